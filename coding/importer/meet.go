package importer

import (
	"cmp"
	"slices"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Meeting is files, made one questionnaire, beside what a project has.
type Meeting struct {
	Mappings []Mapping // by file; categories have the keys of the project's
	Rows     []Met
	Foreign  bool     // the project says little in the language of the reference: it is a language version that comes later
	Problems Problems // warnings: what a language version has no counterpart for
}

// Met is one question, variable or category of the project or of the files, or of both.
type Met struct {
	Aligned             // in the files; no texts where they do not have it. Key is the files' own
	Known   string      // the key in the project, "" for something of the files' own
	Text    coding.Text // what the project calls it
	How     By          // why they are the same
}

// MeetHands are a person's decisions about categories: by key of a variable, then the files' own key of a category → the key of
// the project's, "" for one of its own. Questions and variables are the project's by their keys in the mapping.
type MeetHands map[string]map[string]string

// Meet puts what v makes of files beside what the project has: questions and variables by their keys, as Join gave them or a
// person did, and categories by what they are called. Without rules, as for a mapping that a person wrote, categories too are
// the project's by their keys only.
func Meet(files []Version, v Versions, known Known, joined []Joined, hand MeetHands, rules bool) Meeting {
	m := meeting{files: files, v: v, known: known, joined: joined, hand: hand, rules: rules}
	for _, one := range v.Mappings {
		one.Variables = slices.Clone(one.Variables)
		m.out.Mappings = append(m.out.Mappings, one)
	}
	m.out.Foreign = known.Some() && !known.Speaks(v.Languages[v.Reference])
	m.questions()
	m.variables()
	return m.out
}

type meeting struct {
	files  []Version
	v      Versions
	known  Known
	joined []Joined
	hand   MeetHands
	rules  bool
	out    Meeting
}

// of are the rows of a kind in the files, and where each one's key is.
func (m *meeting) of(kind, variable string) (rows []Aligned, at map[string]int) {
	at = map[string]int{}
	for _, row := range m.v.Rows {
		if row.Kind == kind && (kind != "category" || row.Variable == variable) {
			at[row.Key] = len(rows)
			rows = append(rows, row)
		}
	}
	return rows, at
}

func (m *meeting) nothing(kind, variable string) Aligned {
	n := len(m.files)
	row := Aligned{Kind: kind, Variable: variable, Texts: make([]string, n), By: make([]By, n)}
	if kind != "category" {
		row.Columns = fill(n)
	}
	return row
}

func (m *meeting) questions() {
	for _, row := range m.v.Rows {
		if row.Kind == "id" {
			m.out.Rows = append(m.out.Rows, Met{Aligned: row})
		}
	}
	rows, at := m.of("question", "")
	for _, q := range m.known.Questions {
		i, ok := at[q.Key]
		if !ok {
			m.lacks(q.Label)
			m.out.Rows = append(m.out.Rows, Met{Aligned: m.nothing("question", ""), Known: q.Key, Text: q.Label})
			continue
		}
		m.out.Rows = append(m.out.Rows, Met{Aligned: rows[i], Known: q.Key, Text: q.Label, How: m.how("question", q.Key)})
	}
	for _, row := range rows {
		if !slices.ContainsFunc(m.known.Questions, func(q coding.Question) bool { return q.Key == row.Key }) {
			m.alone(row)
			m.out.Rows = append(m.out.Rows, Met{Aligned: row})
		}
	}
}

func (m *meeting) variables() {
	rows, at := m.of("variable", "")
	imported := m.known.imported()
	for _, x := range imported {
		i, ok := at[x.Key]
		if !ok {
			m.lacks(x.Label)
			m.out.Rows = append(m.out.Rows, Met{Aligned: m.nothing("variable", ""), Known: x.Key, Text: x.Label})
			continue
		}
		m.out.Rows = append(m.out.Rows, Met{Aligned: rows[i], Known: x.Key, Text: x.Label, How: m.how("variable", x.Key)})
		m.categories(x)
	}
	for _, row := range rows {
		if slices.ContainsFunc(imported, func(x coding.Variable) bool { return x.Key == row.Key }) {
			continue
		}
		m.alone(row)
		m.out.Rows = append(m.out.Rows, Met{Aligned: row})
		cats, _ := m.of("category", row.Key)
		for _, c := range cats {
			m.out.Rows = append(m.out.Rows, Met{Aligned: c})
		}
	}
}

// how is why the column of a key was joined to the project's; a person said so where the rules did not.
func (m *meeting) how(kind, key string) By {
	if !m.rules {
		return ByCode
	}
	ref := m.out.Mappings[m.v.Reference]
	var col ColumnRef
	for _, q := range ref.Questions {
		if kind == "question" && q.Key == key {
			col = q.Column
		}
	}
	for _, x := range ref.Variables {
		if kind == "variable" && x.Key == key {
			col = cmp.Or(x.Column, firstColumn(x))
		}
	}
	for _, j := range m.joined {
		if j.Kind == kind && j.Key == key && cmp.Or(j.Column.Name, col.Name) == col.Name {
			return j.By
		}
	}
	return ByHand
}

// alone and lacks list what a later language version has for itself, and what it does not have.
func (m *meeting) alone(row Aligned) {
	if m.out.Foreign {
		ref := m.v.Reference
		m.out.Problems = append(m.out.Problems, Problem{File: m.files[ref].Sheet.File, Column: row.Texts[ref], Key: "import.join_extra", Severity: Warning})
	}
}

func (m *meeting) lacks(label coding.Text) {
	if m.out.Foreign {
		ref := m.v.Reference
		m.out.Problems = append(m.out.Problems, Problem{File: m.files[ref].Sheet.File, Key: "import.join_missing", Severity: Warning,
			Args: []any{shorten(label.In(m.v.Languages[ref]))}})
	}
}

// categories gives the files' categories of a variable the keys of the project's.
func (m *meeting) categories(x coding.Variable) {
	rows, _ := m.of("category", x.Key)
	own := m.ownValues(x.Key)
	keys, how := m.meetValues(x, own)
	for i := range m.out.Mappings {
		for j := range m.out.Mappings[i].Variables {
			if one := &m.out.Mappings[i].Variables[j]; one.Key == x.Key {
				one.Values = renamed(one.Values, own, keys, x)
			}
		}
	}
	place := func(key string) int { return slices.IndexFunc(rows, func(r Aligned) bool { return r.Key == key }) }
	done := map[int]bool{}
	for _, c := range x.Categories {
		met := Met{Aligned: m.nothing("category", x.Key), Known: c.Key, Text: c.Label}
		if k := slices.Index(keys, c.Key); k >= 0 {
			if at := place(own[k].Key); at >= 0 {
				met.Aligned, met.How, done[at] = rows[at], how[k], true
			}
		}
		m.out.Rows = append(m.out.Rows, met)
	}
	for at, row := range rows {
		if done[at] {
			continue
		}
		ref := m.v.Reference
		if m.out.Foreign && m.hand[x.Key][row.Key] == "" && !m.decided(x.Key, row.Key) {
			m.out.Problems = append(m.out.Problems, Problem{File: m.files[ref].Sheet.File, Column: m.variableName(x.Key), Key: "import.join_value",
				Args: []any{shorten(cmp.Or(row.Texts[ref], row.Key))}, Severity: Warning})
		}
		m.out.Rows = append(m.out.Rows, Met{Aligned: row})
	}
}

func (m *meeting) decided(variable, own string) bool {
	_, ok := m.hand[variable][own]
	return ok
}

func (m *meeting) variableName(key string) string {
	for _, x := range m.out.Mappings[m.v.Reference].Variables {
		if x.Key == key {
			return cmp.Or(x.Column, firstColumn(x)).String()
		}
	}
	return key
}

// ownValues are the categories of a variable in all files together, each with all that it is called.
func (m *meeting) ownValues(key string) (out []ValueMap) {
	for _, one := range m.v.Mappings {
		for _, x := range one.Variables {
			if x.Key != key {
				continue
			}
			for _, val := range x.Values {
				at := slices.IndexFunc(out, func(o ValueMap) bool { return o.Key == val.Key })
				if at < 0 {
					at, out = len(out), append(out, ValueMap{Key: val.Key})
				}
				addLabel(&out[at].Label, val.Label)
				if !x.Spread() { // there, texts say only that it is ticked
					out[at].Match = append(out[at].Match, val.Match...)
				}
			}
		}
	}
	return out
}

// meetValues is the project's key for each of the files' own categories, "" for none, and why.
func (m *meeting) meetValues(x coding.Variable, own []ValueMap) (keys []string, how []By) {
	keys, how = make([]string, len(own)), make([]By, len(own))
	mine := make([]Item, len(own))
	for i, val := range own {
		mine[i] = Item{Code: val.Key}
		if m.rules {
			mine[i].Names = append(slices.Clone(val.Match), val.Label.All()...)
			for _, n := range append(val.Label.All(), val.Match...) {
				if mine[i].Number == "" {
					mine[i].Number = numberOfValue(n)
				}
			}
		}
	}
	foreign := m.rules && !slices.ContainsFunc(x.Categories, func(c coding.Category) bool {
		return slices.ContainsFunc(themes.Langs[:], func(l coding.Lang) bool {
			return c.Label.Exact(l) != "" && slices.ContainsFunc(own, func(o ValueMap) bool { return o.Label.Exact(l) != "" })
		})
	})
	for _, a := range Align(m.known.categoryItems(x), mine, foreign && m.listed(x.Key)) {
		keys[a.B], how[a.B] = x.Categories[a.A].Key, a.By
		for _, j := range m.joined { // it has the key because of something else
			if m.rules && j.Kind == "category" && j.Variable == x.Key && j.Key == keys[a.B] {
				how[a.B] = j.By
			}
		}
	}
	for i, val := range own {
		to, ok := m.hand[x.Key][val.Key]
		if !ok {
			continue
		}
		if at := slices.Index(keys, to); at >= 0 && to != "" {
			keys[at], how[at] = "", ""
		}
		keys[i], how[i] = to, ByHand
	}
	return keys, how
}

// listed tells that the reference describes the categories of a variable, so that their order says something.
func (m *meeting) listed(key string) bool {
	ref := m.v.Reference
	for _, x := range m.out.Mappings[ref].Variables {
		if col := m.files[ref].Sheet.Find(x.Column); x.Key == key {
			return x.Spread() || col >= 0 && len(m.files[ref].Proposal.Columns[col].Hint.Values) > 0
		}
	}
	return false
}

// renamed gives values the project's keys. One of the files' own whose key the project uses for another gets a free one.
func renamed(list, own []ValueMap, keys []string, x coding.Variable) []ValueMap {
	has := func(k string) bool {
		return slices.ContainsFunc(x.Categories, func(c coding.Category) bool { return c.Key == k })
	}
	out := slices.Clone(list)
	for i, val := range out {
		at := slices.IndexFunc(own, func(o ValueMap) bool { return o.Key == val.Key })
		switch {
		case at < 0:
		case keys[at] != "":
			out[i].Key, out[i].known = keys[at], true
		case has(val.Key):
			out[i].Key = free(val.Key, func(k string) bool {
				return has(k) || slices.ContainsFunc(own, func(o ValueMap) bool { return o.Key == k })
			})
		}
	}
	return out
}
