package storetest

import (
	"fmt"

	"avokoodi/coding"
	"avokoodi/themes"
)

func testBulk(f *fixture) {
	s := f.newSurvey("p", 70)
	other := f.newSurvey("other", 3)
	p := s.project.ID
	c := f.contents(p)
	f.same(s.respondents, c.Respondents, "respondents")
	f.same(s.answers, c.Answers, "answers")
	f.same(70, len(c.Values), "values")
	for i, r := range c.Respondents {
		f.same(i+1, r.Number, "number of respondent %d", i)
	}
	for i, r := range other.respondents {
		f.same(i+1, r.Number, "number of respondent %d of another project", i)
	}
	for i := 1; i < len(c.Answers); i++ {
		if c.Answers[i].ID <= c.Answers[i-1].ID {
			f.t.Fatalf("ids of answers do not grow")
		}
	}
	f.same(coding.Seq(10), c.LastSeq, "the bulk writes no changes")

	// A second import: numbers go on, in another round the same external ids are allowed.
	s2 := s
	s2.round = coding.RoundID(f.put(p, nil, coding.Round{Key: "2026", Order: 1}))
	s2.imp.ID = coding.ImportID(f.put(p, nil, coding.Import{Round: s2.round, SHA256: "another"}))
	s2.respondents, s2.answers = nil, nil
	f.update(func(tx coding.Tx) error {
		f.must(f.fill(tx, &s2, 2))
		f.must(tx.AddRespondents(f.ctx, p, nil))
		f.must(tx.AddAnswers(f.ctx, p, nil))
		f.must(tx.AddValues(f.ctx, p, nil))
		return f.fill(tx, &s2, 2)
	})
	f.same([]int{71, 72, 73, 74}, []int{s2.respondents[0].Number, s2.respondents[1].Number, s2.respondents[2].Number, s2.respondents[3].Number}, "numbers")
	f.view(func(r coding.Reader) error {
		named, err := r.RespondentsNamed(f.ctx, p, "r00001")
		f.must(err)
		f.same([]coding.Respondent{s.respondents[1], s2.respondents[1]}, named, "respondents named")
		named, err = r.RespondentsNamed(f.ctx, p, "nobody")
		f.same(0, len(named), "respondents with an unknown name")
		f.must(err)
		a, err := r.AnswerOf(f.ctx, p, s2.respondents[1].ID, s.questions[1])
		f.must(err)
		f.same(s2.answers[3], a, "answer of")
		_, err = r.AnswerOf(f.ctx, p, s2.respondents[1].ID, 1<<30)
		f.wants(coding.ErrNotFound, err, "answer to an unknown question")
		byImport, err := all(r.EachAnswer(f.ctx, p, 0, s2.imp.ID))
		f.must(err)
		f.same(s2.answers, byImport, "answers of an import")
		return nil
	})
}

// testBulkFailure: a bulk write that fails leaves nothing of its rows, though some went in before.
func testBulkFailure(f *fixture) {
	s := f.newSurvey("p", 5)
	p := s.project.ID
	respondent := func(external string) coding.Respondent {
		return coding.Respondent{Round: s.round, Import: s.imp.ID, External: external}
	}
	var many []coding.Respondent
	for i := range 500 {
		many = append(many, respondent(fmt.Sprint("new-", i)))
	}
	answer := coding.Answer{Question: s.questions[0], Round: s.round, Respondent: s.respondents[0].ID, Import: s.imp.ID, Language: themes.FI, Text: "x"}
	stray := answer
	stray.Respondent = 1 << 30
	value := coding.Value{Respondent: s.respondents[0].ID, Category: s.categories[0]}
	strayValue := coding.Value{Respondent: s.respondents[0].ID, Category: 1 << 30}
	for what, c := range map[string]struct {
		want error
		run  func(coding.Tx) error
	}{
		"respondent known": {coding.ErrConflict, func(tx coding.Tx) error {
			return tx.AddRespondents(f.ctx, p, append(many, respondent("r00003")))
		}},
		"respondent twice": {coding.ErrConflict, func(tx coding.Tx) error {
			return tx.AddRespondents(f.ctx, p, append(many, respondent("new-3")))
		}},
		"two answers":      {coding.ErrConflict, func(tx coding.Tx) error { return tx.AddAnswers(f.ctx, p, []coding.Answer{answer}) }},
		"answer of nobody": {coding.ErrNotFound, func(tx coding.Tx) error { return tx.AddAnswers(f.ctx, p, []coding.Answer{stray}) }},
		"value twice":      {coding.ErrConflict, func(tx coding.Tx) error { return tx.AddValues(f.ctx, p, []coding.Value{value}) }},
		"value of nothing": {coding.ErrNotFound, func(tx coding.Tx) error { return tx.AddValues(f.ctx, p, []coding.Value{strayValue}) }},
	} {
		f.unchanged(p, what, func() {
			f.wants(c.want, f.store.Update(f.ctx, c.run), "%s", what)
			// Even if the caller goes on after the error.
			f.update(func(tx coding.Tx) error {
				f.wants(c.want, c.run(tx), "%s", what)
				named, err := tx.RespondentsNamed(f.ctx, p, "new-0")
				f.same(0, len(named), "%s: respondents left of the bulk", what)
				return err
			})
		})
	}
}

func testImportUndo(f *fixture) {
	s := f.newSurvey("p", 40)
	p := s.project.ID
	second := s
	second.imp = coding.Import{Round: s.round, File: "b.csv", SHA256: "b", At: noonKept, Respondents: 5, Answers: 10}
	before := f.contents(p)
	second.imp.ID = coding.ImportID(f.put(p, nil, second.imp))
	f.update(func(tx coding.Tx) error { return f.fill(tx, &second, 5) })
	answer := second.answers[len(second.answers)-1].ID

	// Anybody's work keeps the import.
	c := second.coding(len(second.answers)-1, 0, 9)
	for _, e := range []any{
		c,
		coding.Mark{Answer: answer, Coder: 9, State: coding.StateUnusable},
		coding.Memo{On: coding.MemoAnswer, Target: int64(answer), Author: 9},
		coding.Quote{Answer: answer},
	} {
		id := f.put(p, nil, e)
		f.unchanged(p, "refusal to delete an import", func() {
			_, err := f.try(p, second.imp, nil)
			f.wants(coding.ErrConflict, err, "import with a %T", e)
		})
		f.put(p, coding.WithID(e, id), nil)
	}
	// Work on answers of another import, and a memo on something else with the same number, do not.
	f.put(p, nil, s.coding(0, 0, 1))
	f.put(p, nil, coding.Memo{On: coding.MemoTheme, Target: int64(answer), Author: 9})

	f.put(p, second.imp, nil)
	f.logged(p, coding.KindImport, int64(second.imp.ID), second.imp, nil)
	after := f.contents(p)
	f.same(before.Answers, after.Answers, "answers")
	f.same(before.Respondents, after.Respondents, "respondents")
	f.same(before.Values, after.Values, "values")
	f.same(before.Imports, after.Imports, "imports")

	f.unchanged(p, "redo of an import", func() {
		_, err := f.try(p, nil, second.imp)
		f.wants(coding.ErrConflict, err, "redo of an import")
	})
	// The same file may come again; ids are new.
	second.imp.ID = 0
	second.imp.ID = coding.ImportID(f.put(p, nil, second.imp))
	last := second.answers[len(second.answers)-1].ID
	f.update(func(tx coding.Tx) error { return f.fill(tx, &second, 1) })
	if got := second.answers[len(second.answers)-1].ID; got <= last {
		f.t.Errorf("answer ids of the deleted import were given again: %d after %d", got, last)
	}
}
