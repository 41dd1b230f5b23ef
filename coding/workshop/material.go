package workshop

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

// Words is a message in a language, with {0}, {1} … replaced by the arguments.
type Words func(l coding.Lang, key string, args ...any) string

// Symbols is how many symbols tell themes apart beside their colours; after so many they come again, with other numbers.
const Symbols = 12

// Material is a workshop with its numbers counted and its quotes read.
type Material struct {
	coding.Workshop
	Project  coding.Project
	Base     report.Cell       // respondents with an answer in the scope
	Least    int               // respondents below which a number is hidden
	Question *coding.Question  // nil for all
	Round    *coding.Round     // nil for all
	By       *report.Breakdown // of the small charts; nil for none
	NoGroups string            // why By is nil although groups were asked for: a message's key
	Themes   []Theme
	Steps    []Step
	Left     []Left
	words    Words
}

// Theme is one theme with what its sheet holds.
type Theme struct {
	Theme     coding.Theme
	Chosen    coding.WorkshopTheme
	N         int // its number in the workshop, from 1
	Symbol    int // from 0, below Symbols
	Sort      coding.WorkshopSort
	Total     report.Cell
	Groups    []Group
	Veiled    bool // so many groups are hidden that Groups is left empty
	Quotes    []quotes.Spoken
	Questions []coding.Text
	Own       bool // the questions are somebody's own, not the ready ones
}

// Group is how many of a group name a theme.
type Group struct {
	Label coding.Text
	Cell  report.Cell
	Base  report.Cell
}

// Left is something that was chosen and could not get in, with the reason: a message's key and arguments.
type Left struct {
	Theme coding.ThemeID
	Quote coding.QuoteID // 0 for the theme itself
	Why   string
}

// Why things are left out.
const (
	LeftGone       = "workshop.left_gone"     // the theme was deleted
	LeftUnapproved = "workshop.left_state"    // the quote is not approved, or not any more
	LeftChanged    = "workshop.left_changed"  // its answer was corrected
	LeftTelling    = "workshop.left_telling"  // it says more of its respondent than it may
	LeftQuoteGone  = "workshop.left_no_quote" // it was taken from the list of quotes
)

// Maker makes material of the projects of one store.
type Maker struct {
	store   coding.Store
	reports *report.Reports
	words   Words
}

// NewMaker reads from store and counts with reports.
func NewMaker(store coding.Store, reports *report.Reports, words Words) *Maker {
	return &Maker{store, reports, words}
}

// QuotesWanted is how many quotes a theme gets unless they are chosen.
const QuotesWanted = 4

// Make counts and reads everything that a workshop holds. What was chosen and may not get in is told in Left. A question, round or
// variable that the project does not have any more is a coding.Problem.
func (mk *Maker) Make(ctx context.Context, p coding.ProjectID, w coding.Workshop) (*Material, error) {
	m := &Material{Workshop: w.Copy(), words: mk.words}
	if len(m.Langs) == 0 {
		m.Langs = []coding.Lang{themes.FI}
	}
	var tree themes.Tree
	var table report.Table
	err := mk.reports.Boards().Read(ctx, p, func(b *sets.Board) error {
		tree = b.Tree()
		var err error
		table, err = m.count(b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("workshop: %w", err)
	}
	rows := map[coding.ThemeID]report.Row{}
	for _, row := range table.Rows {
		rows[row.Theme.ID] = row
	}
	m.Project, m.Base, m.Least, m.By = table.Project, table.Base, table.Threshold, table.By
	if table.By == nil {
		m.By = nil
	}
	for _, chosen := range m.Workshop.Themes {
		th, ok := tree.Get(chosen.Theme)
		if !ok {
			m.Left = append(m.Left, Left{Theme: chosen.Theme, Why: LeftGone})
			continue
		}
		n := len(m.Themes)
		one := Theme{Theme: th, Chosen: chosen, N: n + 1, Symbol: n % Symbols, Sort: cmp.Or(chosen.Sort, SortOf(th)), Total: rows[th.ID].Total}
		if row := rows[th.ID]; table.By != nil {
			for j, c := range table.By.Categories {
				if !c.None && j < len(row.Cells) {
					one.Groups = append(one.Groups, Group{m.category(c, table.By), row.Cells[j], c.Base})
				}
			}
		}
		one.veil()
		one.Questions, one.Own = chosen.Questions, len(chosen.Questions) > 0
		if !one.Own {
			one.Questions = Ready(one.Sort, m.Plain, mk.words)
		}
		m.Themes = append(m.Themes, one)
	}
	if err := mk.quote(ctx, p, m); err != nil {
		return nil, fmt.Errorf("workshop: %w", err)
	}
	m.Steps = m.steps()
	return m, nil
}

// veil leaves the groups out where fewer than half of them, or fewer than two, have a number that may be shown.
func (th *Theme) veil() {
	shown := 0
	for _, g := range th.Groups {
		if g.Cell.Suppressed == report.Shown && g.Base.Suppressed == report.Shown {
			shown++
		}
	}
	if len(th.Groups) > 0 && (shown < 2 || 2*shown < len(th.Groups)) {
		th.Groups, th.Veiled = nil, true
	}
}

// category is what a group is called.
func (m *Material) category(c report.Category, by *report.Breakdown) coding.Text {
	if by.Kind == report.ByLanguage {
		var t coding.Text
		for _, l := range themes.Langs {
			t.Set(l, m.words(l, "lang.name."+c.Key))
		}
		return t
	}
	if c.Label.IsZero() {
		return themes.Same(c.Key)
	}
	return c.Label
}

// count makes the table. Groups that readers may not ask for are not in it, and why is told in m.NoGroups.
func (m *Material) count(b *sets.Board) (report.Table, error) {
	q := report.Request{Project: b.Project().ID, Public: true, Unit: report.Respondents}
	if key := m.Workshop.Question; key != "" {
		i := slices.IndexFunc(b.Questions(), func(x coding.Question) bool { return x.Key == key })
		if i < 0 {
			return report.Table{}, coding.Problem{Field: "question", Key: "question.unknown", Args: []any{key}}
		}
		m.Question = &b.Questions()[i]
		q.Questions = []string{key}
	}
	if key := m.Workshop.Round; key != "" {
		i := slices.IndexFunc(b.Rounds(), func(x coding.Round) bool { return x.Key == key })
		if i < 0 {
			return report.Table{}, coding.Problem{Field: "round", Key: "report.round_unknown", Args: []any{key}}
		}
		m.Round = &b.Rounds()[i]
		q.Rounds = []string{key}
	}
	switch by := m.Workshop.By; {
	case by == "":
	case m.Question == nil && len(b.Questions()) > 1:
		m.NoGroups = "workshop.by_needs_question"
	case m.Round == nil && len(b.Rounds()) > 1:
		m.NoGroups = "workshop.by_needs_round"
	default:
		q.By = by
	}
	return report.CountOn(b, q)
}

// quote reads the quotes of the themes.
func (mk *Maker) quote(ctx context.Context, p coding.ProjectID, m *Material) error {
	return mk.store.View(ctx, func(r coding.Reader) error {
		g, err := quotes.OpenGate(ctx, r, mk.reports.Boards().Sharing, p)
		if err != nil {
			return err
		}
		for i := range m.Themes {
			m.choose(&m.Themes[i], g)
		}
		return nil
	})
}

// choose fills a theme's quotes: those that were chosen, or the first ones that may be shown, before others those from the answers
// that are counted.
func (m *Material) choose(th *Theme, g *quotes.Gate) {
	if th.Chosen.NoQuotes {
		return
	}
	all := g.Quotes()
	if len(th.Chosen.Quotes) > 0 {
		for _, id := range th.Chosen.Quotes {
			i := slices.IndexFunc(all, func(q coding.Quote) bool { return q.ID == id })
			if i < 0 {
				m.Left = append(m.Left, Left{th.Theme.ID, id, LeftQuoteGone})
				continue
			}
			q, why := g.Pass(all[i])
			if why != quotes.Passed {
				m.Left = append(m.Left, Left{th.Theme.ID, id, left[why]})
				continue
			}
			th.Quotes = append(th.Quotes, q)
		}
		return
	}
	for _, inside := range []bool{true, false} {
		for _, one := range all {
			a := g.Answer(one)
			in := (m.Question == nil || a.Question == m.Question.ID) && (m.Round == nil || a.Round == m.Round.ID)
			if one.Theme != th.Theme.ID || in != inside || len(th.Quotes) == QuotesWanted {
				continue
			}
			if q, why := g.Pass(one); why == quotes.Passed {
				th.Quotes = append(th.Quotes, q)
			}
		}
	}
}

// left says why a quote was left out.
var left = map[quotes.Refusal]string{
	quotes.Gone: LeftQuoteGone, quotes.Unapproved: LeftUnapproved, quotes.Changed: LeftChanged, quotes.Telling: LeftTelling,
}

// Offered is the quotes that each of the themes may have, in their own order.
func (mk *Maker) Offered(ctx context.Context, p coding.ProjectID, ths ...coding.ThemeID) (map[coding.ThemeID][]quotes.Spoken, error) {
	out := map[coding.ThemeID][]quotes.Spoken{}
	err := mk.store.View(ctx, func(r coding.Reader) error {
		g, err := quotes.OpenGate(ctx, r, mk.reports.Boards().Sharing, p)
		if err != nil {
			return err
		}
		list, _ := g.Public()
		for _, q := range list {
			if slices.Contains(ths, q.Theme) {
				out[q.Theme] = append(out[q.Theme], q)
			}
		}
		return nil
	})
	return out, err
}
