package storetest

import (
	"avokoodi/coding"
)

// testRevised looks at what a corrected file changes: values as one set, and codings and marks to look at again.
func testRevised(f *fixture) {
	s := f.newSurvey("p", 3)
	p, who := s.project.ID, s.respondents[0].ID
	valuesOf := func(want ...coding.CategoryID) {
		f.t.Helper()
		f.view(func(r coding.Reader) error {
			vs, err := r.ValuesOf(f.ctx, p, []coding.RespondentID{who})
			f.must(err)
			var got []coding.CategoryID
			for _, v := range vs {
				got = append(got, v.Category)
			}
			f.same(want, got, "values")
			return nil
		})
	}
	values := func(cats ...coding.CategoryID) coding.RespondentValues {
		return coding.RespondentValues{Respondent: who, Categories: cats}
	}
	first, both, none := values(s.categories[0]), values(s.categories...), values()
	for _, turn := range [][2]coding.RespondentValues{{first, both}, {both, none}, {none, first}} {
		f.put(p, turn[0], turn[1])
		valuesOf(turn[1].Categories...)
		f.logged(p, coding.KindValues, int64(who), turn[0], turn[1])
	}
	_, err := f.try(p, first, values(s.categories[1], 999))
	f.wants(coding.ErrNotFound, err, "a category that is not there")
	valuesOf(s.categories[0])
	_, err = f.try(p, coding.RespondentValues{Respondent: 999}, coding.RespondentValues{Respondent: 999})
	f.wants(coding.ErrNotFound, err, "values of nobody")

	c := s.coding(2, 0, 4)
	c.ID = coding.CodingID(f.put(p, nil, c))
	f.put(p, nil, s.coding(0, 1, 4))
	m := coding.Mark{Answer: s.answers[1].ID, Coder: 4, State: coding.StateNoTheme, At: noonKept}
	m.ID = coding.MarkID(f.put(p, nil, m))
	flagged, marked := c, m
	flagged.Recheck, marked.Recheck = 7, 7
	f.put(p, c, flagged)
	f.put(p, m, marked)
	f.view(func(r coding.Reader) error {
		codings, err := r.RecheckCodings(f.ctx, p)
		f.must(err)
		f.same([]coding.Coding{flagged}, codings, "codings to look at")
		marks, err := r.RecheckMarks(f.ctx, p)
		f.must(err)
		f.same([]coding.Mark{marked}, marks, "marks to look at")
		return nil
	})

	// The change of a step, though a later step changed the same entity.
	other := s.answers[4]
	after := other
	after.Text = "Korjattu"
	var step coding.StepID
	f.update(func(tx coding.Tx) error {
		st, err := tx.Begin(f.ctx, p, 1, coding.OpImport, "", 0)
		f.must(err)
		_, err = tx.Put(f.ctx, st, other, after)
		f.must(err)
		step = st.ID
		got, err := tx.ChangeIn(f.ctx, p, step, coding.KindText, int64(other.ID))
		f.must(err)
		f.same(text(other), string(got.Before), "inside its own Update")
		return nil
	})
	f.put(p, after, other)
	f.view(func(r coding.Reader) error {
		got, err := r.ChangeIn(f.ctx, p, step, coding.KindText, int64(other.ID))
		f.must(err)
		f.same(text(other), string(got.Before), "before, in the step")
		_, err = r.ChangeIn(f.ctx, p, step, coding.KindText, int64(s.answers[0].ID))
		f.wants(coding.ErrNotFound, err, "an answer that the step left alone")
		return nil
	})
	for _, id := range []coding.AnswerID{s.answers[2].ID, s.answers[0].ID} { // codings hang on them
		f.view(func(r coding.Reader) error {
			a, err := r.Answer(f.ctx, p, id)
			f.must(err)
			_, err = f.try(p, a, nil)
			f.wants(coding.ErrConflict, err, "deleting a coded answer")
			return nil
		})
	}
	_, err = f.try(p, s.respondents[1], nil)
	f.wants(coding.ErrConflict, err, "deleting a respondent who has answers")
}
