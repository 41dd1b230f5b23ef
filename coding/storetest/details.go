package storetest

import (
	"errors"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

func isNotFound(err error) bool { return errors.Is(err, coding.ErrNotFound) }

// testDetails is what the life of one entity does not show.
func testDetails(f *fixture) {
	s := f.newSurvey("p", 2)
	p, a := s.project.ID, s.answers[0]

	c := s.coding(0, 0, 1)
	c.At = noon
	c.ID = coding.CodingID(f.put(p, nil, c))
	c.At = noonKept
	f.logged(p, coding.KindCoding, int64(c.ID), nil, c) // microseconds of UTC in the log too
	f.view(func(r coding.Reader) error {
		got, err := r.Coding(f.ctx, p, c.ID)
		f.same(c, got, "coding")
		if got.Evidence != nil {
			f.t.Errorf("no evidence became %#v", got.Evidence)
		}
		return err
	})
	c.Evidence = []coding.Span{}
	c.Coder = 2
	c.ID = 0
	c.ID = coding.CodingID(f.put(p, nil, c))
	f.view(func(r coding.Reader) error {
		log, err := r.LastChange(f.ctx, p, coding.KindCoding, int64(c.ID))
		if strings.Contains(string(log.After), "evidence") {
			f.t.Errorf("empty evidence in the log: %s", log.After)
		}
		return err
	})

	before := a.Spoken()
	after := coding.AnswerLanguage{ID: a.ID, Language: themes.SV, Mixed: true, Confidence: 60}
	f.put(p, before, after)
	f.logged(p, coding.KindAnswer, int64(a.ID), before, after)
	f.view(func(r coding.Reader) error {
		got, err := r.Answer(f.ctx, p, a.ID)
		a.Language, a.Mixed, a.Confidence = themes.SV, true, 60
		f.same(a, got, "answer with another language")
		return err
	})
	_, err := f.try(p, coding.AnswerLanguage{ID: 1 << 30}, coding.AnswerLanguage{ID: 1 << 30, Language: themes.FI})
	f.wants(coding.ErrNotFound, err, "language of an unknown answer")

	v := coding.Variable{ID: s.variable, Key: "area", Label: themes.Same("Alue")}
	full := v
	full.Categories = []coding.Category{{Key: "stray"}}
	full.Label = themes.Same("Seutu")
	f.put(p, v, full)
	full.Categories = nil
	f.logged(p, coding.KindVariable, int64(v.ID), v, full) // categories are entities of their own
	f.view(func(r coding.Reader) error {
		vs, err := r.Variables(f.ctx, p)
		f.same(2, len(vs[0].Categories), "categories of the variable")
		f.same("Seutu", vs[0].Label.FI, "label of the variable")
		return err
	})

	imp := s.imp
	imp.At, imp.Blank, imp.Languages = noonKept, 3, map[string]int{"fi": 4, "": 1}
	before2 := s.imp
	before2.At = noonKept
	f.put(p, before2, imp)
	f.logged(p, coding.KindImport, int64(imp.ID), before2, imp)
	f.view(func(r coding.Reader) error {
		list, err := r.Imports(f.ctx, p)
		f.same([]coding.Import{imp}, list, "imports")
		return err
	})
}

// testBadPuts is what Put must refuse, leaving nothing.
func testBadPuts(f *fixture) {
	s := f.newSurvey("p", 1)
	p := s.project.ID
	made := s.coding(0, 0, 1)
	made.ID = coding.CodingID(f.put(p, nil, made))
	other := made
	other.ID++
	f.unchanged(p, "a refused put", func() {
		for what, pair := range map[string][2]any{
			"neither":                  {nil, nil},
			"kinds differ":             {made, coding.Mark{ID: coding.MarkID(made.ID)}},
			"ids differ":               {made, other},
			"project made by a step":   {nil, coding.Project{Slug: "x"}},
			"project deleted":          {s.project, nil},
			"answer made by a step":    {nil, coding.AnswerLanguage{ID: s.answers[0].ID}},
			"answer deleted by a step": {coding.AnswerLanguage{ID: s.answers[0].ID}, nil},
		} {
			if _, err := f.try(p, pair[0], pair[1]); err == nil {
				f.t.Errorf("%s: accepted", what)
			}
		}
		err := f.store.Update(f.ctx, func(tx coding.Tx) error {
			_, err := tx.Put(f.ctx, &coding.Step{Project: p}, made, nil)
			return err
		})
		if err == nil {
			f.t.Errorf("a step that was not begun: accepted")
		}
		_, err = f.try(p+100, nil, coding.View{Owner: 1, Name: "x"})
		f.wants(coding.ErrNotFound, err, "a step in an unknown project")
	})
}

func testOrder(f *fixture) {
	s := f.newSurvey("p", 3)
	p := s.project.ID
	for i, order := range []int{5, 3, 4} {
		key := string(rune('x' + i))
		f.put(p, nil, coding.Round{Key: key, Order: order})
		f.put(p, nil, coding.Question{Key: key, Order: order})
		f.put(p, nil, coding.Variable{Key: key, Order: order})
		f.put(p, nil, coding.Category{Variable: s.variable, Key: key, Order: order})
		f.put(p, nil, coding.Quote{Answer: s.answers[2-i].ID, Order: order, Note: key})
		f.put(p, nil, coding.Quote{Answer: s.answers[2-i].ID, Order: order, Note: key + "2"})
		for _, theme := range []int{2, 0} {
			f.put(p, nil, s.coding(2-i, theme, 1))
		}
	}
	f.view(func(r coding.Reader) error {
		rounds, err := r.Rounds(f.ctx, p)
		f.must(err)
		f.same([]string{"2025", "y", "z", "x"}, keys(rounds, func(e coding.Round) string { return e.Key }), "rounds")
		questions, err := r.Questions(f.ctx, p)
		f.must(err)
		f.same([]string{"q1", "q2", "y", "z", "x"}, keys(questions, func(e coding.Question) string { return e.Key }), "questions")
		variables, err := r.Variables(f.ctx, p)
		f.must(err)
		f.same([]string{"area", "y", "z", "x"}, keys(variables, func(e coding.Variable) string { return e.Key }), "variables")
		f.same([]string{"north", "south", "y", "z", "x"},
			keys(variables[0].Categories, func(e coding.Category) string { return e.Key }), "categories")
		quotes, err := r.Quotes(f.ctx, p)
		f.must(err)
		f.same([]string{"y", "y2", "z", "z2", "x", "x2"}, keys(quotes, func(e coding.Quote) string { return e.Note }), "quotes")

		ids := []coding.AnswerID{s.answers[2].ID, s.answers[0].ID, s.answers[1].ID}
		codings, err := r.CodingsOf(f.ctx, p, ids)
		f.must(err)
		if len(codings) != 6 {
			f.t.Fatalf("%d codings, want 6", len(codings))
		}
		for i, c := range codings {
			f.same(s.answers[i/2].ID, c.Answer, "answer of coding %d", i)
			if i%2 == 1 && c.ID < codings[i-1].ID {
				f.t.Errorf("codings of an answer are not by id")
			}
		}
		with, err := r.CodingsWith(f.ctx, p, s.themes[0])
		f.must(err)
		f.same([]coding.Coding{codings[1], codings[3], codings[5]}, with, "codings with a theme, by answer")
		return nil
	})
}

func keys[T any](list []T, key func(T) string) []string {
	var out []string
	for _, e := range list {
		out = append(out, key(e))
	}
	return out
}
