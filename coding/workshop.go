package coding

import (
	"context"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"avokoodi/themes"
)

// Workshop is the material of one workshop in the making: which themes, with which quotes and questions, in which languages, and
// how the time is used. Like a Pack it keeps what was chosen and no numbers or words of answers: coding/workshop counts and quotes
// anew each time that it is shown.
type Workshop struct {
	ID    WorkshopID `json:"id"`
	Name  string     `json:"name"`
	Langs []Lang     `json:"langs"` // one to three, side by side; the first is the main one
	Plain bool       `json:"plain,omitempty"`

	Question string `json:"question,omitempty"` // key of the question whose answers are counted; "" for all
	Round    string `json:"round,omitempty"`    // key; "" for all
	By       string `json:"by,omitempty"`       // key of the variable whose groups the small charts show; "" for none

	Start    string           `json:"start,omitempty"`   // '9.00'; "" is not said
	People   int              `json:"people,omitempty"`  // who are expected
	Groups   int              `json:"groups,omitempty"`  // tables
	Forming  WorkshopGrouping `json:"forming,omitempty"` // how the groups come about
	PerPage  int              `json:"per_page"`          // quote cards on an A4: 4 (A6) or 2 (A5)
	TwoSided bool             `json:"two_sided,omitempty"`
	Blank    bool             `json:"blank,omitempty"` // with the card 'what is missing?'

	Themes []WorkshopTheme `json:"themes,omitempty"`
	Agenda []WorkshopStep  `json:"agenda,omitempty"`
}

// WorkshopTheme is one theme of a workshop.
type WorkshopTheme struct {
	Theme     ThemeID      `json:"theme"`
	Why       WorkshopWhy  `json:"why,omitempty"`       // why it was suggested; "" for one that a person chose
	Sort      WorkshopSort `json:"sort,omitempty"`      // which ready questions suit it; "" is guessed
	Quotes    []QuoteID    `json:"quotes,omitempty"`    // chosen, in order; none means the first that are approved
	NoQuotes  bool         `json:"no_quotes,omitempty"` // none at all
	Questions []Text       `json:"questions,omitempty"` // none means the ready ones
	Note      string       `json:"note,omitempty"`      // for the facilitator
}

// WorkshopWhy is why a theme was suggested.
type WorkshopWhy string

// Reasons of suggestions.
const (
	WhyMost     WorkshopWhy = "most"     // many named it
	WhyDisputed WorkshopWhy = "disputed" // groups differ the most
	WhyTypical  WorkshopWhy = "typical"  // of one group
)

// WorkshopSort is what a theme is about, as far as questions to discuss go.
type WorkshopSort string

// Sorts of themes.
const (
	SortNeed        WorkshopSort = "need"        // something that is missing or wished for
	SortObstacle    WorkshopSort = "obstacle"    // something in the way
	SortStrength    WorkshopSort = "strength"    // something that works
	SortCooperation WorkshopSort = "cooperation" // who does what with whom
	SortInformation WorkshopSort = "information" // knowing, telling, training
	SortResources   WorkshopSort = "resources"   // money, time, people
	SortService     WorkshopSort = "service"     // what people get, and how they find it
)

// WorkshopSorts lists the sorts.
var WorkshopSorts = [7]WorkshopSort{SortNeed, SortObstacle, SortStrength, SortCooperation, SortInformation, SortResources, SortService}

// WorkshopGrouping is how the groups of a workshop come about.
type WorkshopGrouping string

// Ways of forming groups.
const (
	GroupMixed  WorkshopGrouping = "mixed"  // cards are dealt: chance, with colleagues apart
	GroupChoice WorkshopGrouping = "choice" // everybody goes to the theme that interests them
	GroupAlike  WorkshopGrouping = "alike"  // those of one background together
)

// WorkshopGroupings lists the ways.
var WorkshopGroupings = [3]WorkshopGrouping{GroupMixed, GroupChoice, GroupAlike}

// WorkshopStep is one item of the agenda.
type WorkshopStep struct {
	Kind    string `json:"kind"`           // welcome, results, groups, discuss, rotate, vote, break, summary; other is said by Title alone
	Title   Text   `json:"title,omitzero"` // zero is what the kind is called
	Minutes int    `json:"minutes"`
	Note    string `json:"note,omitempty"` // for the facilitator
}

// WorkshopStepKinds lists the kinds of items that have words of their own.
var WorkshopStepKinds = [9]string{"welcome", "results", "groups", "discuss", "rotate", "vote", "break", "summary", "other"}

// Limits of workshops.
const (
	MaxWorkshops         = 50
	MaxWorkshopThemes    = 24
	MaxWorkshopQuotes    = 5 // of a theme
	MaxWorkshopQuestions = 6 // of a theme
	MaxWorkshopSteps     = 30
	MaxWorkshopText      = 2000
)

var clockForm = regexp.MustCompile(`^([01]?\d|2[0-3])[.:][0-5]\d$`)

func (w Workshop) check() error {
	switch {
	case w.Name == "":
		return problem("name", "workshop.name_missing")
	case utf8.RuneCountInString(w.Name) > 200:
		return problem("name", "workshop.name_long", 200)
	case len(w.Langs) == 0:
		return problem("lang", "workshop.lang_missing")
	case len(w.Themes) > MaxWorkshopThemes:
		return problem("theme", "workshop.many_themes", MaxWorkshopThemes)
	case len(w.Agenda) > MaxWorkshopSteps:
		return problem("agenda", "workshop.many_steps", MaxWorkshopSteps)
	case w.PerPage != 2 && w.PerPage != 4:
		return problem("per_page", "workshop.per_page_bad")
	case w.Start != "" && !clockForm.MatchString(w.Start):
		return problem("start", "workshop.start_bad", w.Start)
	case w.People < 0 || w.People > 2000 || w.Groups < 0 || w.Groups > 200:
		return problem("people", "workshop.people_bad")
	case w.Forming != "" && !slices.Contains(WorkshopGroupings[:], w.Forming):
		return problem("forming", "workshop.forming_bad")
	}
	for i, l := range w.Langs {
		if !slices.Contains(themes.Langs[:], l) || slices.Contains(w.Langs[:i], l) {
			return problem("lang", "workshop.lang_bad", string(l))
		}
	}
	for i, th := range w.Themes {
		if slices.ContainsFunc(w.Themes[:i], func(o WorkshopTheme) bool { return o.Theme == th.Theme }) {
			return problem("theme", "workshop.theme_twice")
		}
		if err := th.check(); err != nil {
			return err
		}
	}
	for _, st := range w.Agenda {
		if st.Minutes < 0 || st.Minutes > 600 {
			return problem("minutes", "workshop.minutes_bad", 600)
		}
		if !slices.Contains(WorkshopStepKinds[:], st.Kind) {
			return problem("agenda", "workshop.step_bad")
		}
		if long(st.Title, 200) || utf8.RuneCountInString(st.Note) > MaxWorkshopText {
			return problem("agenda", "workshop.text_long", MaxWorkshopText)
		}
	}
	return nil
}

func (th WorkshopTheme) check() error {
	switch {
	case len(th.Quotes) > MaxWorkshopQuotes:
		return problem("quote", "workshop.many_quotes", MaxWorkshopQuotes)
	case len(th.Questions) > MaxWorkshopQuestions:
		return problem("question", "workshop.many_questions", MaxWorkshopQuestions)
	case th.Sort != "" && !slices.Contains(WorkshopSorts[:], th.Sort):
		return problem("sort", "workshop.sort_bad")
	case utf8.RuneCountInString(th.Note) > MaxWorkshopText:
		return problem("note", "workshop.text_long", MaxWorkshopText)
	}
	for _, q := range th.Questions {
		if long(q, 400) {
			return problem("question", "workshop.text_long", 400)
		}
	}
	return nil
}

func long(t Text, most int) bool {
	return slices.ContainsFunc(themes.Langs[:], func(l Lang) bool { return utf8.RuneCountInString(t.Exact(l)) > most })
}

// Copy is the workshop with lists of its own.
func (w Workshop) Copy() Workshop {
	w.Langs, w.Themes, w.Agenda = slices.Clone(w.Langs), slices.Clone(w.Themes), slices.Clone(w.Agenda)
	for i := range w.Themes {
		w.Themes[i].Quotes, w.Themes[i].Questions = slices.Clone(w.Themes[i].Quotes), slices.Clone(w.Themes[i].Questions)
	}
	return w
}

// Workshops are the workshops of the project, the oldest first.
func (s *Service) Workshops(ctx context.Context, p ProjectID, actor PersonID) ([]Workshop, error) {
	var list []Workshop
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleReader); err != nil {
			return err
		}
		var err error
		list, err = r.Workshops(ctx, p)
		return err
	})
	return list, err
}

// AddWorkshop begins a workshop.
func (s *Service) AddWorkshop(ctx context.Context, p ProjectID, actor PersonID, w Workshop) (Workshop, error) {
	w.ID, w.Name = 0, strings.TrimSpace(w.Name)
	if err := w.check(); err != nil {
		return w, err
	}
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpWorkshop, w.Name, func(tx Tx, st *Step) error {
		list, err := tx.Workshops(ctx, p)
		if err != nil {
			return err
		}
		if len(list) >= MaxWorkshops {
			return problem("name", "workshop.many", MaxWorkshops)
		}
		if slices.ContainsFunc(list, func(o Workshop) bool { return o.Name == w.Name }) {
			return problem("name", "workshop.name_taken", w.Name)
		}
		id, err := tx.Put(ctx, st, nil, w)
		w.ID = WorkshopID(id)
		return err
	})
	return w, err
}

// ChangeWorkshop changes a workshop as it stands by fn; nothing happens where fn changes nothing. fn runs within the transaction.
func (s *Service) ChangeWorkshop(ctx context.Context, p ProjectID, actor PersonID, id WorkshopID, fn func(*Workshop) error) (Workshop, error) {
	var w Workshop
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpWorkshop, "", func(tx Tx, st *Step) error {
		list, err := tx.Workshops(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(o Workshop) bool { return o.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		before := list[i]
		w = before.Copy()
		if err := fn(&w); err != nil {
			return err
		}
		w.ID, w.Name = id, strings.TrimSpace(w.Name)
		if err := w.check(); err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(o Workshop) bool { return o.ID != id && o.Name == w.Name }) {
			return problem("name", "workshop.name_taken", w.Name)
		}
		st.Detail = w.Name
		if reflect.DeepEqual(before, w) {
			return nil
		}
		_, err = tx.Put(ctx, st, before, w)
		return err
	})
	return w, err
}

// RemoveWorkshop throws a workshop away.
func (s *Service) RemoveWorkshop(ctx context.Context, p ProjectID, actor PersonID, id WorkshopID) error {
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpWorkshop, "", func(tx Tx, st *Step) error {
		list, err := tx.Workshops(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(o Workshop) bool { return o.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		st.Detail = list[i].Name
		_, err = tx.Put(ctx, st, list[i], nil)
		return err
	})
	return err
}
