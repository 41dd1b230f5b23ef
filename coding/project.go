package coding

import (
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"avokoodi/themes"
)

// DefaultThreshold is the number of respondents under which nothing is reported of a group.
const DefaultThreshold = 5

// Project is one survey or series of rounds with its codebook.
type Project struct {
	ID            ProjectID  `json:"id"`
	Slug          string     `json:"slug"`
	Name          Text       `json:"name"`
	Threshold     int        `json:"threshold"` // respondents; numbers about fewer are hidden
	Synthetic     bool       `json:"synthetic,omitempty"`
	Created       time.Time  `json:"created"`
	Quoting       QuoteRules `json:"quoting,omitzero"`
	NoSuggestions bool       `json:"no_suggestions,omitempty"` // coders are not shown what a model would give
	EmptyTalk     []string   `json:"empty_talk,omitempty"`     // normalised answers that the project holds to be empty talk
}

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// CheckSlug returns a Problem unless s can name a project in an address: a–z, 0–9 and '-', at most 64.
func CheckSlug(s string) error {
	if !slugForm.MatchString(s) {
		return problem("slug", "project.slug_bad", s)
	}
	return nil
}

func (p Project) check() error {
	if err := CheckSlug(p.Slug); err != nil {
		return err
	}
	if p.Name.IsZero() {
		return problem("name", "project.name_missing")
	}
	for _, l := range themes.Langs {
		if utf8.RuneCountInString(p.Name.Exact(l)) > 200 {
			return problem("name", "project.name_long", 200)
		}
	}
	if p.Threshold < 1 || p.Threshold > 1000 {
		return problem("threshold", "project.threshold_bad", 1, 1000)
	}
	if k := p.Quoting.K; k < 0 || k > 1000 {
		return problem("quote_k", "project.quote_k_bad", 1, 1000)
	}
	if !slices.Contains(CutMarks, p.Quoting.CutMark()) {
		return problem("quote_mark", "project.quote_mark_bad", p.Quoting.Mark)
	}
	return nil
}

// Round is one time of asking.
type Round struct {
	ID    RoundID   `json:"id"`
	Key   string    `json:"key"`
	Label Text      `json:"label"`
	Order int       `json:"order"`
	Kind  RoundKind `json:"kind"`

	Wordings []Wording `json:"wordings,omitempty"` // what its files asked, and called variables and categories that the project calls otherwise
}

// Wording is how a round put a question, or called a variable or a category: one of the three ids is set.
type Wording struct {
	Question QuestionID `json:"question,omitempty"`
	Variable VariableID `json:"variable,omitempty"`
	Category CategoryID `json:"category,omitempty"`
	Label    Text       `json:"label"` // in the languages in which it was asked
}

// said is a wording of a file; same that it is the project's own, which only takes the place of one that the round has.
type said struct {
	Wording
	same bool
}

// of is what the wording is of.
func (w Wording) of() Wording {
	return Wording{Question: w.Question, Variable: w.Variable, Category: w.Category}
}

// Worded is how the round put a question, empty where that is not known.
func (r Round) Worded(q QuestionID) Text { return r.wording(Wording{Question: q}) }

// Called is what the round called a variable, empty where it is not known or the same as in the project.
func (r Round) Called(v VariableID) Text { return r.wording(Wording{Variable: v}) }

// Named is what the round called a category, empty where it is not known or the same as in the project.
func (r Round) Named(c CategoryID) Text { return r.wording(Wording{Category: c}) }

func (r Round) wording(of Wording) Text {
	for _, w := range r.Wordings {
		if w.of() == of {
			return w.Label
		}
	}
	return Text{}
}

// word adds the wordings of one more file. Languages in which the round is worded already stay, unless the file corrects it.
func (r Round) word(list []said, corrects bool) Round {
	r.Wordings = slices.Clone(r.Wordings)
	for _, w := range list {
		if w.Label.IsZero() {
			continue
		}
		at := slices.IndexFunc(r.Wordings, func(have Wording) bool { return have.of() == w.of() })
		switch {
		case at < 0 && !w.same:
			r.Wordings = append(r.Wordings, w.Wording)
		case at < 0:
		case corrects:
			r.Wordings[at].Label = fill(w.Label, r.Wordings[at].Label)
		default:
			r.Wordings[at].Label = fill(r.Wordings[at].Label, w.Label)
		}
	}
	return r
}

// RoundKind tells where the answers of a round come from.
type RoundKind string

// Kinds of rounds.
const (
	RoundSurvey   RoundKind = "survey"
	RoundNotes    RoundKind = "notes"
	RoundWorkshop RoundKind = "workshop"
)

// Holds is the kind of the round; one that says none holds a survey.
func (r Round) Holds() RoundKind {
	if r.Kind == "" {
		return RoundSurvey
	}
	return r.Kind
}

// RoundKinds lists them.
var RoundKinds = []RoundKind{RoundSurvey, RoundNotes, RoundWorkshop}

// Question is an open question of the project.
type Question struct {
	ID    QuestionID `json:"id"`
	Key   string     `json:"key"`
	Label Text       `json:"label"`          // full wording
	Short Text       `json:"short,omitzero"` // for lists and tables
	Order int        `json:"order"`
	// Headers are what survey files call it where that is none of its labels, so that it is found by these names too.
	Headers []string `json:"headers,omitempty"`
}

// Name is the short label in l, or else the full one.
func (q Question) Name(l Lang) string {
	if !q.Short.IsZero() {
		return q.Short.In(l)
	}
	return q.Label.In(l)
}
