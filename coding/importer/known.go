package importer

import (
	"strconv"

	"avokoodi/coding"
)

// Known is what a project has already, that the columns of a file may be. Rounds have the words in which it asked before.
type Known struct {
	Questions []coding.Question
	Variables []coding.Variable
	Rounds    []coding.Round
}

// Some tells that there is something that a file may join.
func (k Known) Some() bool { return len(k.Questions)+len(k.imported()) > 0 }

// imported are the variables whose values come from files.
func (k Known) imported() (out []coding.Variable) {
	for _, v := range k.Variables {
		if !v.Derived() {
			out = append(out, v)
		}
	}
	return out
}

// asked is every wording of a question: the project's and those of the rounds.
func (k Known) asked(q coding.Question) []coding.Text {
	return k.words([]coding.Text{q.Label, q.Short}, func(r coding.Round) coding.Text { return r.Worded(q.ID) })
}

// called is every wording of a variable.
func (k Known) called(v coding.Variable) []coding.Text {
	return k.words([]coding.Text{v.Label}, func(r coding.Round) coding.Text { return r.Called(v.ID) })
}

func (k Known) words(out []coding.Text, in func(coding.Round) coding.Text) []coding.Text {
	for _, r := range k.Rounds {
		if text := in(r); !text.IsZero() {
			out = append(out, text)
		}
	}
	return out
}

// categoryItems are the categories of a variable, each by all that it was ever called.
func (k Known) categoryItems(v coding.Variable) []Item {
	out := make([]Item, len(v.Categories))
	for i, c := range v.Categories {
		out[i].Code = c.Key
		for _, text := range k.words([]coding.Text{c.Label}, func(r coding.Round) coding.Text { return r.Named(c.ID) }) {
			out[i].Names = append(out[i].Names, text.All()...)
		}
		out[i].Names = append(out[i].Names, c.Key)
		for _, n := range out[i].Names {
			if out[i].Number == "" {
				out[i].Number = numberOfValue(n)
			}
		}
	}
	return out
}

// Speaks tells whether most of what the project has is worded in l.
func (k Known) Speaks(l coding.Lang) bool {
	said, all := 0, 0
	see := func(t coding.Text) {
		all++
		if t.Exact(l) != "" {
			said++
		}
	}
	for _, q := range k.Questions {
		see(q.Label)
	}
	for _, v := range k.imported() {
		see(v.Label)
	}
	return 2*said >= all
}

// Before is m with what goes before the respondents' ids: the language, as in 'sv-12', where people in the round have the same
// ids or row numbers and are others. That is so where the file brings a language in which the project has asked little (foreign),
// unless same says that they are the same people; a later file of that language is known by the ids that the round has. have
// tells whether the round has an id. The problem is a warning.
func (m Mapping) Before(s *Sheet, lang coding.Lang, foreign, same bool, have func(id string) bool) (Mapping, Problems, error) {
	col := -1
	if !m.RespondentID.IsZero() {
		col = s.Find(m.RespondentID)
	}
	bare, with := 0, 0
	prefix := string(lang) + "-"
	for row, err := range s.Rows() {
		if err != nil {
			return m, nil, err
		}
		id := strconv.Itoa(row.Number)
		if col >= 0 {
			id = row.Cells[col]
		}
		if have(id) {
			bare++
		}
		if have(prefix + id) {
			with++
		}
	}
	var problems Problems
	switch {
	case with > 0 && with >= bare:
		m.prefix = prefix
	case bare == 0:
	case foreign && !same:
		if col >= 0 && m.prefix == "" {
			problems = Problems{{File: s.File, Column: m.RespondentID.String(), Key: "import.join_ids", Args: []any{bare, prefix}, Severity: Warning}}
		}
		m.prefix = prefix
	default:
		m.prefix = ""
	}
	return m, problems, nil
}
