package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/themes"
)

// Slug is the demonstration project's.
const Slug = "demo"

// Ensure makes the demonstration project, and beside it the small one of two rounds, unless the store has it, and returns it with the person who shows it, an
// administrator without a password who signs in by a link.
func Ensure(ctx context.Context, store coding.Store) (coding.Project, coding.Person, error) {
	now := time.Now()
	clock := now.Add(-5 * 24 * time.Hour)
	svc := coding.NewService(store, func() time.Time { return clock })
	host, err := someone(ctx, svc, coding.NewPerson{Name: "demo", Display: "Demo", Role: coding.RoleAdmin})
	if err != nil {
		return coding.Project{}, host, err
	}
	access, err := svc.Open(ctx, coding.Operator, Slug)
	if !errors.Is(err, coding.ErrNotFound) {
		return access.Project, host, err
	}
	var p coding.Project
	err = store.Update(ctx, func(tx coding.Tx) error { // all of it or nothing
		m := &maker{svc: coding.NewService(within{tx}, func() time.Time { return clock }), clock: &clock, now: now, rnd: rand.New(rand.NewPCG(7, 60)), late: rand.New(rand.NewPCG(7, 61))}
		var err error
		p, err = m.project(ctx)
		return err
	})
	return p, host, err
}

// within lets the use cases of a Service run inside one transaction.
type within struct{ tx coding.Tx }

func (w within) View(_ context.Context, fn func(coding.Reader) error) error { return fn(w.tx) }
func (w within) Update(_ context.Context, fn func(coding.Tx) error) error   { return fn(w.tx) }
func (w within) Watch(func()) func()                                        { return func() {} }
func (w within) Close() error                                               { return nil }

func someone(ctx context.Context, svc *coding.Service, n coding.NewPerson) (coding.Person, error) {
	var p coding.Person
	err := svc.Store().View(ctx, func(r coding.Reader) error {
		var err error
		p, err = r.PersonNamed(ctx, n.Name)
		return err
	})
	if errors.Is(err, coding.ErrNotFound) {
		return svc.AddPerson(ctx, coding.Operator, n)
	}
	return p, err
}

type maker struct {
	svc    *coding.Service
	clock  *time.Time
	now    time.Time
	rnd    *rand.Rand
	late   *rand.Rand // of what came to the demonstration later, so that the rest stays as it was
	themes map[string]coding.Theme
	people []person
	ids    []map[string]coding.AnswerID // by respondent and question
}

func (m *maker) project(ctx context.Context) (coding.Project, error) {
	c, err := readContent()
	if err != nil {
		return coding.Project{}, fmt.Errorf("demonstration content: %w", err)
	}
	p, err := m.svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: Slug, Synthetic: true, Name: coding.Text{
		FI: "Kumppanuusbarometri", SV: "Partnerskapsbarometern", EN: "Partnership barometer"}})
	if err != nil {
		return p, err
	}
	m.people = survey(c)
	_, err = m.svc.Import(ctx, p.ID, coding.Operator, coding.Batch{File: "demonstration", SHA256: "demonstration", Profile: "demonstration",
		Round:     coding.Round{Key: "2026", Label: coding.Text{FI: "2026", SV: "2026", EN: "2026"}, Kind: coding.RoundSurvey},
		Questions: c.questions, Variables: c.variables, Rows: rows(m.people, c)}, nil)
	if err != nil {
		return p, err
	}
	if err := m.codebook(ctx, p.ID, c); err != nil {
		return p, err
	}
	if err := m.workshop(ctx, p.ID); err != nil {
		return p, err
	}
	if err := m.readIDs(ctx, p.ID); err != nil {
		return p, err
	}
	if err := m.code(ctx, p.ID); err != nil {
		return p, err
	}
	if err := m.populations(ctx, p.ID, c); err != nil {
		return p, err
	}
	if err := m.memos(ctx, p.ID); err != nil {
		return p, err
	}
	if err := m.reports(ctx, p.ID); err != nil {
		return p, err
	}
	return p, m.twoRounds(ctx, c)
}

func (m *maker) codebook(ctx context.Context, p coding.ProjectID, c content) error {
	m.themes = map[string]coding.Theme{}
	for _, row := range c.themes {
		th := row.theme
		th.Parent = m.themes[row.parent].ID
		th, err := m.svc.AddTheme(ctx, p, coding.Operator, th)
		if err != nil {
			return fmt.Errorf("theme %s: %w", row.theme.Key, err)
		}
		m.themes[th.Key] = th
	}
	return nil
}

// workshop prepares a workshop of twelve themes, in two languages.
func (m *maker) workshop(ctx context.Context, p coding.ProjectID) error {
	w := coding.Workshop{Name: "Kumppanuustyöpaja", Langs: []coding.Lang{themes.FI, themes.SV}, Start: "9.00", People: 36, Groups: 6, Forming: coding.GroupMixed,
		PerPage: 4, TwoSided: true, Blank: true}
	for _, key := range []string{"cooperation", "employment", "services", "training", "coordination", "communication", "association-funding", "inclusion", "low-threshold",
		"children-youth", "language-learning", "good-practices"} {
		w.Themes = append(w.Themes, coding.WorkshopTheme{Theme: m.themes[key].ID, Why: coding.WhyMost})
	}
	w.Agenda = []coding.WorkshopStep{{Kind: "welcome", Minutes: 10}, {Kind: "results", Minutes: 15}, {Kind: "groups", Minutes: 5}, {Kind: "discuss", Minutes: 30},
		{Kind: "break", Minutes: 10}, {Kind: "rotate", Minutes: 20}, {Kind: "vote", Minutes: 15}, {Kind: "summary", Minutes: 15}}
	_, err := m.svc.AddWorkshop(ctx, p, coding.Operator, w)
	return err
}

func (m *maker) readIDs(ctx context.Context, p coding.ProjectID) error {
	index := map[string]int{}
	for i, x := range m.people {
		index[x.external] = i
		m.ids = append(m.ids, map[string]coding.AnswerID{})
	}
	return m.svc.Store().View(ctx, func(r coding.Reader) error {
		questions, err := r.Questions(ctx, p)
		if err != nil {
			return err
		}
		keys := map[coding.QuestionID]string{}
		for _, q := range questions {
			keys[q.ID] = q.Key
		}
		who := map[coding.RespondentID]int{}
		for x, err := range r.EachRespondent(ctx, p, 0) {
			if err != nil {
				return err
			}
			who[x.ID] = index[x.External]
		}
		for a, err := range r.EachAnswerHead(ctx, p, 0) {
			if err != nil {
				return err
			}
			m.ids[who[a.Respondent]][keys[a.Question]] = a.ID
		}
		return nil
	})
}

// code lets two coders do their work: together they read 60 % of the answers, a quarter of those both. They see most of what
// we see in an answer, miss some, and now and then see something else.
func (m *maker) code(ctx context.Context, p coding.ProjectID) error {
	var coders [2]coding.Person
	for i, n := range []coding.NewPerson{{Name: "aino", Display: "Aino (demo)", Role: coding.RoleAnalyst}, {Name: "mikael", Display: "Mikael (demo)", Role: coding.RoleAnalyst}} {
		var err error
		if coders[i], err = someone(ctx, m.svc, n); err != nil {
			return err
		}
	}
	quoted := map[string]bool{}
	for i, x := range m.people {
		*m.clock = m.clock.Add(time.Duration(20+m.rnd.IntN(90)) * time.Second)
		if m.clock.After(m.now) {
			*m.clock = m.now
		}
		for _, q := range slices.Sorted(keysOf(x.answers)) {
			w, id := x.answers[q], m.ids[i][q]
			luck := m.rnd.Float64()
			first, second := coders[0], coders[1]
			if m.rnd.Float64() < .5 {
				first, second = second, first
			}
			if luck < .60 || w.quote != nil {
				luckOf := m.rnd
				if luck >= .60 && w.quote.late {
					m.rnd = m.late
				}
				if err := m.judge(ctx, p, first.ID, id, w, 0); err != nil {
					return err
				}
				m.rnd = luckOf
			}
			if luck < .15 {
				if err := m.judge(ctx, p, second.ID, id, w, .14); err != nil {
					return err
				}
			}
			if w.quote != nil && !quoted[w.text] {
				quoted[w.text] = true
				if err := m.quote(ctx, p, first.ID, second.ID, id, w); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// quote chooses an answer; most are translated, checked by the other coder and approved, by the rules of the quote desk.
func (m *maker) quote(ctx context.Context, p coding.ProjectID, first, second coding.PersonID, id coding.AnswerID, w written) error {
	q, err := m.svc.AddQuote(ctx, p, first, coding.Quote{Answer: id, Theme: m.themes[w.quote.theme].ID})
	if err != nil || w.quote.candidate {
		return err
	}
	// Nothing of a respondent's background stands with these, so that nobody needs to be counted.
	desk := quotes.New(m.svc, func(context.Context, coding.ProjectID, []coding.CategoryID, coding.Lang) (int, int, error) {
		return 0, -1, nil
	})
	change := quotes.Change{Project: p, Actor: second, Quote: q.ID}
	for _, l := range themes.Langs {
		if text := w.quote.translations[l]; text != "" {
			if _, err := desk.Translate(ctx, change, l, text); err != nil {
				return fmt.Errorf("translation of %q: %w", w.text, err)
			}
		}
	}
	if _, err = desk.Check(ctx, change); err == nil {
		_, err = desk.Approve(ctx, change, nil)
	}
	var leave coding.Problem
	if errors.As(err, &leave) { // it names somebody: a person has to decide
		return nil
	}
	return err
}

func keysOf(answers map[string]written) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range answers {
			if !yield(k) {
				return
			}
		}
	}
}

// judge is one coder reading one answer; slack adds to the chance of seeing it otherwise than we do.
func (m *maker) judge(ctx context.Context, p coding.ProjectID, who coding.PersonID, id coding.AnswerID, w written, slack float64) error {
	if w.state != coding.StateCoded {
		state := w.state
		if m.rnd.Float64() < .08+slack { // the two marks are easily mixed up
			state = coding.StateNoTheme
		}
		_, err := m.svc.MarkAnswers(ctx, p, who, []coding.AnswerID{id}, state)
		return err
	}
	given := 0
	for i, key := range w.themes {
		if m.rnd.Float64() < .06+slack && (i > 0 || len(w.themes) > 1) {
			continue
		}
		th := m.themes[key]
		if m.rnd.Float64() < .03+slack/3 && th.Parent != 0 { // sees the broader theme only
			th = m.parent(th)
		}
		a := coding.Apply{Answers: []coding.AnswerID{id}, Theme: th.ID}
		if sp, ok := w.evidence[key]; ok {
			a.Evidence = []coding.Span{sp}
		}
		if _, err := m.svc.ApplyTheme(ctx, p, who, a); err != nil {
			return err
		}
		given++
	}
	if given == 0 {
		_, err := m.svc.MarkAnswers(ctx, p, who, []coding.AnswerID{id}, coding.StateNoTheme)
		return err
	}
	return nil
}

func (m *maker) parent(th coding.Theme) coding.Theme {
	for _, other := range m.themes {
		if other.ID == th.Parent {
			return other
		}
	}
	return th
}
