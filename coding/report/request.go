package report

import (
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

// Request asks for a table. Questions, Rounds and Languages narrow what Filter picks; each is empty for all.
type Request struct {
	Project   coding.ProjectID
	Questions []string // keys, or names as coding.FindQuestion has them
	Rounds    []string // keys
	Languages []coding.Lang
	Filter    sets.Filter
	// By is "question", "language", "round" or the key of a variable; "" for no breakdown. A variable that has one of the
	// three names for a key is reached as "variable:KEY".
	By string
	// Second divides the columns of By once more; it is named like By.
	Second string
	// Public asks for a table that is given to readers, whose tables taken together must tell nothing that one alone hides;
	// see publicOn for what they can ask.
	Public bool
	None   bool // with a column for those in no category of the variable
	Unit   Unit // "" is Respondents
	Net    bool
	// Threshold is the number of respondents under which a number is hidden; 0 is the project's own. The caller checks
	// that whoever asks for a lower one may.
	Threshold int
	Order     Order
	// Weight is the key of a variable that is marked as a weight; shares are weighted by it then. "" for none.
	Weight string
	// Search is the words of the search whose hits Filter.Within has, for the notes.
	Search string
}

// Order is the order of the rows.
type Order string

// Orders. ByNumber puts the most frequent theme first and hidden ones last, in the order of the codebook.
const (
	ByCodebook Order = ""
	ByNumber   Order = "n"
)

func problem(field, key string, args ...any) error {
	return coding.Problem{Field: field, Key: key, Args: args}
}

// scope is the filter of the whole request. Its errors are Problems.
func (q Request) scope(b *sets.Board) (sets.Filter, error) {
	f := q.Filter
	var questions []coding.QuestionID
	for _, key := range q.Questions {
		one, err := coding.FindQuestion(b.Questions(), key)
		if err != nil {
			return f, err
		}
		questions = append(questions, one.ID)
	}
	f.Questions = narrow(f.Questions, questions, -1)
	var rounds []coding.RoundID
	for _, key := range q.Rounds {
		i := slices.IndexFunc(b.Rounds(), func(one coding.Round) bool { return one.Key == key })
		if i < 0 {
			return f, problem("round", "report.round_unknown", key)
		}
		rounds = append(rounds, b.Rounds()[i].ID)
	}
	f.Rounds = narrow(f.Rounds, rounds, -1)
	f.Languages = narrow(f.Languages, q.Languages, "-")
	return f, nil
}

// narrow is what both lists admit, where an empty list admits all; nothing is written as nobody, which no answer has.
func narrow[T comparable](a, b []T, nobody T) []T {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	var both []T
	for _, one := range a {
		if slices.Contains(b, one) {
			both = append(both, one)
		}
	}
	if both == nil {
		return []T{nobody}
	}
	return both
}

// breakdown finds what By or Second names; nil for none.
func (q Request) breakdown(b *sets.Board, name string) (*Breakdown, error) {
	switch kind := Kind(name); kind {
	case "":
		return nil, nil
	case ByQuestion, ByLanguage, ByRound:
		return &Breakdown{Kind: kind, Key: name}, nil
	}
	key := strings.TrimPrefix(name, string(ByVariable)+":")
	for _, v := range b.Variables() {
		if v.Key == key {
			return &Breakdown{Kind: ByVariable, Key: v.Key, Variable: v}, nil
		}
	}
	return nil, problem("by", "report.by_unknown", key)
}

// named is the filter in things that can be named.
func (q Request) named(b *sets.Board, f sets.Filter) Scope {
	s := Scope{Languages: f.Languages, States: f.States, Coders: f.Coders, By: f.By, Memo: f.Memo != sets.Either,
		Quote: f.Quote != sets.Either, Mixed: f.Mixed != sets.Either, Unsure: f.Unsure != sets.Either, Search: f.Within != nil, Words: q.Search}
	s.PeopleThemes = themesOf(b, f.PeopleThemes)
	for _, q := range b.Questions() {
		if slices.Contains(f.Questions, q.ID) {
			s.Questions = append(s.Questions, q)
		}
	}
	for _, r := range b.Rounds() {
		if slices.Contains(f.Rounds, r.ID) {
			s.Rounds = append(s.Rounds, r)
		}
	}
	s.Themes, s.AllThemes, s.NoThemes = themesOf(b, f.Themes), themesOf(b, f.AllThemes), themesOf(b, f.NoThemes)
	for _, v := range b.Variables() {
		ids := f.Categories[v.ID]
		if len(ids) == 0 {
			continue
		}
		one := ScopeVariable{Variable: v, None: slices.Contains(ids, 0)}
		for _, c := range v.Categories {
			if slices.Contains(ids, c.ID) {
				one.Categories = append(one.Categories, c)
			}
		}
		s.Categories = append(s.Categories, one)
	}
	return s
}

func themesOf(b *sets.Board, ids []coding.ThemeID) []themes.Theme {
	var out []themes.Theme
	for _, th := range b.Tree().All() {
		if slices.Contains(ids, th.ID) {
			out = append(out, th)
		}
	}
	return out
}
