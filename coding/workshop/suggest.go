package workshop

import (
	"cmp"
	"context"
	"math"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

// Suggestion is a theme that suits a workshop, with the numbers behind it. They are those of tables for members of the project, and
// are not for the material itself.
type Suggestion struct {
	Theme    coding.Theme
	Why      coding.WorkshopWhy
	Total    report.Cell
	Variable coding.Variable // of WhyDisputed and WhyTypical
	High     Group           // the group that names it the most, or that it is typical of
	Low      Group           // of WhyDisputed: the group that names it the least
	V        float64         // of WhyDisputed: Cramér's V
	Sure     bool            // of WhyDisputed: the difference is significant after Holm's adjustment
}

// Suggestions are the themes by reason, the strongest first.
type Suggestions struct {
	Most, Disputed, Typical []Suggestion
	Base                    report.Cell
}

// Of is the suggestions for a reason.
func (s Suggestions) Of(why coding.WorkshopWhy) []Suggestion {
	switch why {
	case coding.WhyMost:
		return s.Most
	case coding.WhyDisputed:
		return s.Disputed
	}
	return s.Typical
}

// Limits of suggestions.
const (
	suggestEach    = 6   // for each reason
	suggestColumns = 12  // groups that are still compared
	weakV          = 0.1 // Cramér's V below which nobody would call it a dispute; Cohen's small effect
	typicalMore    = 0.1 // how much larger a group's share must be than everybody's
)

// suggesting is what suggestions are kept under until something changes.
type suggesting struct{ question, round, by string }

type suggested struct {
	Suggestions
	err error
}

// Suggest looks for themes that many name, that groups see differently, and that are typical of one group. by is the variable that
// is looked at, "" for all.
func (mk *Maker) Suggest(ctx context.Context, p coding.ProjectID, question, round, by string) (Suggestions, error) {
	var out suggested
	err := mk.reports.Boards().Read(ctx, p, func(b *sets.Board) error {
		out = sets.Keep(b, suggesting{question, round, by}, func() suggested {
			s, err := suggestOn(b, question, round, by)
			return suggested{s, err}
		})
		return out.err
	})
	return out.Suggestions, err
}

func suggestOn(b *sets.Board, question, round, by string) (Suggestions, error) {
	var out Suggestions
	q := report.Request{Project: b.Project().ID, Order: report.ByNumber}
	if question != "" {
		q.Questions = []string{question}
	}
	if round != "" {
		q.Rounds = []string{round}
	}
	whole, err := report.CountOn(b, q)
	if err != nil {
		return out, err
	}
	out.Base = whole.Base
	for _, row := range whole.Rows {
		if !row.Theme.Retired && row.Total.Suppressed == report.Shown && row.Total.N > 0 && len(out.Most) < suggestEach {
			out.Most = append(out.Most, Suggestion{Theme: row.Theme, Why: coding.WhyMost, Total: row.Total})
		}
	}
	for _, v := range b.Variables() {
		if by != "" && v.Key != by || v.Weight || len(v.Categories) < 2 || len(v.Categories) > suggestColumns {
			continue
		}
		q.By = string(report.ByVariable) + ":" + v.Key
		t, err := report.CountOn(b, q)
		if err != nil {
			return out, err
		}
		out.compare(t, v)
	}
	out.Disputed = strongest(out.Disputed, func(s Suggestion) float64 {
		if s.Sure {
			return 1 + s.V
		}
		return s.V
	})
	out.Typical = strongest(out.Typical, func(s Suggestion) float64 { return s.High.Cell.Share - s.Total.Share })
	return out, nil
}

// strongest is the suggestions in order, each theme once.
func strongest(list []Suggestion, measure func(Suggestion) float64) []Suggestion {
	slices.SortStableFunc(list, func(a, b Suggestion) int { return cmp.Compare(measure(b), measure(a)) })
	var once []Suggestion
	for _, s := range list {
		if len(once) < suggestEach && !slices.ContainsFunc(once, func(o Suggestion) bool { return o.Theme.ID == s.Theme.ID }) {
			once = append(once, s)
		}
	}
	return once
}

// compare takes in what a table by one variable tells.
func (s *Suggestions) compare(t report.Table, v coding.Variable) {
	tests := t.Tests()
	for i, row := range t.Rows {
		if row.Theme.Retired || row.Total.Suppressed != report.Shown {
			continue
		}
		var shown []Group
		for j, c := range t.By.Categories {
			if !c.None && c.Base.Suppressed == report.Shown && c.Base.N >= t.Threshold && row.Cells[j].Suppressed == report.Shown {
				label := c.Label
				if label.IsZero() {
					label = themes.Same(c.Key)
				}
				shown = append(shown, Group{label, row.Cells[j], c.Base})
			}
		}
		if len(shown) < 2 {
			continue
		}
		byShare := func(a, b Group) int { return cmp.Compare(a.Cell.Share, b.Cell.Share) }
		high, low := slices.MaxFunc(shown, byShare), slices.MinFunc(shown, byShare)
		if tests != nil && !math.IsNaN(tests[i].V) && tests[i].V >= weakV {
			s.Disputed = append(s.Disputed, Suggestion{row.Theme, coding.WhyDisputed, row.Total, v, high, low, tests[i].V, tests[i].Holm < report.Significant})
		}
		if high.Cell.N >= max(t.Threshold, 3) && high.Cell.Share >= row.Total.Share+typicalMore {
			s.Typical = append(s.Typical, Suggestion{Theme: row.Theme, Why: coding.WhyTypical, Total: row.Total, Variable: v, High: high})
		}
	}
}

// Draft is a workshop that could be held as it is: suggested themes, an agenda of two hours, cards four to a sheet.
func Draft(name string, l coding.Lang, s Suggestions) coding.Workshop {
	w := coding.Workshop{Name: name, Langs: []coding.Lang{l}, PerPage: 4, Blank: true, Start: "9.00", People: 30, Groups: 6, Forming: coding.GroupMixed, Agenda: Agenda()}
	add := func(list []Suggestion, most int) {
		for _, one := range list {
			if most > 0 && !slices.ContainsFunc(w.Themes, func(o coding.WorkshopTheme) bool { return o.Theme == one.Theme.ID }) {
				w.Themes = append(w.Themes, coding.WorkshopTheme{Theme: one.Theme.ID, Why: one.Why})
				most--
			}
		}
	}
	add(s.Most, 4)
	add(s.Disputed, 1)
	add(s.Typical, 1)
	return w
}

// Agenda is two hours.
func Agenda() []coding.WorkshopStep {
	return []coding.WorkshopStep{{Kind: "welcome", Minutes: 10}, {Kind: "results", Minutes: 15}, {Kind: "groups", Minutes: 5}, {Kind: "discuss", Minutes: 30},
		{Kind: "break", Minutes: 10}, {Kind: "rotate", Minutes: 20}, {Kind: "vote", Minutes: 15}, {Kind: "summary", Minutes: 15}}
}
