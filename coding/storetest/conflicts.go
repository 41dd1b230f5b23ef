package storetest

import (
	"avokoodi/coding"
	"avokoodi/themes"
)

// testConflicts puts a second entity where the rules allow one.
func testConflicts(f *fixture) {
	s, other := f.newSurvey("p", 2), f.newSurvey("other", 2)
	p := s.project.ID
	mark := coding.Mark{Answer: s.answers[1].ID, Coder: 1, State: coding.StateNoTheme}
	memo := coding.Memo{On: coding.MemoAnswer, Target: int64(s.answers[0].ID), Author: 1, Text: "a"}
	f.put(p, nil, s.coding(0, 0, 1))
	f.put(p, nil, mark)
	f.put(p, nil, memo)
	decision := coding.Decision{Answer: s.answers[0].ID, Theme: s.themes[0], At: noon}
	f.put(p, nil, decision)

	mark2, memo2 := mark, memo
	mark2.State, memo2.Text = coding.StateUnusable, "b"
	second := []any{
		coding.Round{Key: "2025"},
		coding.Question{Key: "q1"},
		coding.Variable{Key: "area"},
		coding.Category{Variable: s.variable, Key: "south"},
		coding.Theme{Key: "theme-0", Label: themes.Same("x"), Hue: 1},
		coding.Import{Round: s.round, SHA256: s.imp.SHA256, File: "copy.csv"},
		s.coding(0, 0, 1),
		mark2,
		decision,
		memo2,
	}
	for _, e := range second {
		f.unchanged(p, "a conflict", func() {
			_, err := f.try(p, nil, e)
			f.wants(coding.ErrConflict, err, "second %T", e)
		})
	}

	// By another coder, on another answer, by another author, in another project: allowed.
	f.put(p, nil, s.coding(0, 0, 2))
	f.put(p, nil, s.coding(1, 0, 1))
	f.put(p, nil, s.coding(0, 1, 1))
	mark2.Coder, memo2.Author = 2, 2
	f.put(p, nil, mark2)
	decision.Theme = s.themes[1]
	f.put(p, nil, decision)
	f.put(p, nil, memo2)
	memo.On, memo.Target = coding.MemoTheme, int64(s.answers[0].ID)
	f.put(p, nil, memo)
	f.put(other.project.ID, nil, other.coding(0, 0, 1))

	// After a conflict an Update can go on, and what it puts is kept.
	f.update(func(tx coding.Tx) error {
		st, err := tx.Begin(f.ctx, p, 1, coding.OpApply, "", 0)
		f.must(err)
		_, err = tx.Put(f.ctx, st, nil, s.coding(0, 0, 1))
		f.wants(coding.ErrConflict, err, "within an Update")
		f.same(coding.StepID(0), st.ID, "step after a refused put")
		_, err = tx.Put(f.ctx, st, nil, s.coding(2, 2, 1))
		return err
	})
	f.view(func(r coding.Reader) error {
		list, err := r.CodingsOf(f.ctx, p, []coding.AnswerID{s.answers[2].ID})
		f.same(1, len(list), "codings put after a conflict")
		return err
	})
	f.gapless(p)
}

// testReferences deletes what others point to, and points to what is not there.
func testReferences(f *fixture) {
	s := f.newSurvey("p", 2)
	p := s.project.ID
	f.put(p, nil, s.coding(0, 0, 1))
	f.put(p, nil, coding.Quote{Answer: s.answers[0].ID, Theme: s.themes[1]})
	f.put(p, nil, coding.Theme{Key: "child", Parent: s.themes[2], Label: themes.Same("x"), Hue: 1})
	used := map[string]any{
		"theme with a coding":      coding.Theme{ID: s.themes[0]},
		"theme with a quote":       coding.Theme{ID: s.themes[1]},
		"theme with a sub-theme":   coding.Theme{ID: s.themes[2]},
		"round with an import":     coding.Round{ID: s.round},
		"question with answers":    coding.Question{ID: s.questions[0]},
		"variable with categories": coding.Variable{ID: s.variable},
		"category with values":     coding.Category{ID: s.categories[0]},
	}
	for what, e := range used {
		f.unchanged(p, what, func() {
			_, err := f.try(p, e, nil)
			f.wants(coding.ErrConflict, err, "deleting a %s", what)
		})
	}

	missing := coding.AnswerID(1 << 30)
	stray := s.coding(0, 0, 2)
	stray.Answer = missing
	strayTheme := s.coding(0, 0, 2)
	strayTheme.Theme = 1 << 30
	for _, e := range []any{
		stray, strayTheme,
		coding.Mark{Answer: missing, Coder: 1, State: coding.StateNoTheme},
		coding.Quote{Answer: missing},
		coding.Quote{Answer: s.answers[0].ID, Theme: 1 << 30},
		coding.Theme{Key: "x", Parent: 1 << 30},
		coding.Category{Key: "x", Variable: 1 << 30},
		coding.Import{SHA256: "x", Round: 1 << 30},
	} {
		f.unchanged(p, "a stray reference", func() {
			_, err := f.try(p, nil, e)
			f.wants(coding.ErrNotFound, err, "%T that points nowhere", e)
		})
	}
}

// testIsolation reads and writes with the ids of one project in another.
func testIsolation(f *fixture) {
	a, b := f.newSurvey("a", 2), f.newSurvey("b", 2)
	pa, pb := a.project.ID, b.project.ID
	answer := a.answers[0].ID
	c := a.coding(0, 0, 1)
	c.ID = coding.CodingID(f.put(pa, nil, c))
	quote := coding.QuoteID(f.put(pa, nil, coding.Quote{Answer: answer}))
	f.put(pa, nil, coding.Mark{Answer: answer, Coder: 1, State: coding.StateNoTheme})
	f.put(pa, nil, coding.Memo{On: coding.MemoAnswer, Target: int64(answer), Author: 1})

	before := f.contents(pa)
	f.view(func(r coding.Reader) error {
		_, err := r.Theme(f.ctx, pb, a.themes[0])
		f.wants(coding.ErrNotFound, err, "theme")
		_, err = r.Answer(f.ctx, pb, answer)
		f.wants(coding.ErrNotFound, err, "answer")
		_, err = r.AnswerOf(f.ctx, pb, a.respondents[0].ID, a.questions[0])
		f.wants(coding.ErrNotFound, err, "answer of")
		_, err = r.Coding(f.ctx, pb, c.ID)
		f.wants(coding.ErrNotFound, err, "coding")
		_, err = r.Quote(f.ctx, pb, quote)
		f.wants(coding.ErrNotFound, err, "quote")
		_, err = r.LastChange(f.ctx, pb, coding.KindCoding, int64(c.ID))
		f.wants(coding.ErrNotFound, err, "last change")

		var errs []error
		var n int
		countOf(&n, &errs, len2(r.Answers(f.ctx, pb, []coding.AnswerID{answer})))
		countOf(&n, &errs, len2(r.Respondents(f.ctx, pb, []coding.RespondentID{a.respondents[0].ID})))
		countOf(&n, &errs, len2(r.ValuesOf(f.ctx, pb, []coding.RespondentID{a.respondents[0].ID})))
		countOf(&n, &errs, len2(r.CodingsOf(f.ctx, pb, []coding.AnswerID{answer})))
		countOf(&n, &errs, len2(r.CodingsWith(f.ctx, pb, a.themes[0])))
		countOf(&n, &errs, len2(r.MarksOf(f.ctx, pb, []coding.AnswerID{answer})))
		countOf(&n, &errs, len2(r.QuotesOf(f.ctx, pb, []coding.AnswerID{answer})))
		countOf(&n, &errs, len2(r.MemosOf(f.ctx, pb, coding.MemoAnswer, []int64{int64(answer)})))
		countOf(&n, &errs, len2(all(r.EachAnswer(f.ctx, pb, 0, a.imp.ID))))
		for _, err := range errs {
			f.must(err)
		}
		f.same(0, n, "things of another project in batches")

		named, err := r.RespondentsNamed(f.ctx, pb, a.respondents[0].External)
		f.must(err)
		f.same([]coding.Respondent{b.respondents[0]}, named, "respondents named")
		return nil
	})

	changed := c
	changed.Version = 9
	for what, pair := range map[string][2]any{
		"change":           {c, changed},
		"deletion":         {c, nil},
		"coding of answer": {nil, coding.Coding{Answer: answer, Theme: b.themes[0], Coder: 1}},
		"coding by theme":  {nil, coding.Coding{Answer: b.answers[0].ID, Theme: a.themes[0], Coder: 1}},
		"mark":             {nil, coding.Mark{Answer: answer, Coder: 2, State: coding.StateNoTheme}},
		"quote":            {nil, coding.Quote{Answer: answer}},
		"quote's theme":    {nil, coding.Quote{Answer: b.answers[0].ID, Theme: a.themes[0]}},
		"parent":           {nil, coding.Theme{Key: "x", Parent: a.themes[0]}},
		"category":         {nil, coding.Category{Key: "x", Variable: a.variable}},
		"language":         {coding.AnswerLanguage{ID: answer}, coding.AnswerLanguage{ID: answer, Language: themes.SV}},
		"import":           {a.imp, nil},
	} {
		f.unchanged(pb, what, func() {
			_, err := f.try(pb, pair[0], pair[1])
			f.wants(coding.ErrNotFound, err, "%s across projects", what)
		})
	}
	err := f.store.Update(f.ctx, func(tx coding.Tx) error {
		return tx.AddValues(f.ctx, pb, []coding.Value{{Respondent: b.respondents[0].ID, Category: a.categories[1]}})
	})
	f.wants(coding.ErrNotFound, err, "value across projects")
	f.same(before, f.contents(pa), "the project whose ids were used")
}

func len2[T any](list []T, err error) lenErr { return lenErr{len(list), err} }

type lenErr struct {
	n   int
	err error
}

func countOf(n *int, errs *[]error, l lenErr) {
	*n += l.n
	*errs = append(*errs, l.err)
}
