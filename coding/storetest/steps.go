package storetest

import (
	"time"

	"avokoodi/coding"
)

// gapless fails unless the changes of the project are numbered 1, 2, … up to LastSeq, and every step is named after its
// first change and knows how many it has.
func (f *fixture) gapless(p coding.ProjectID) {
	f.t.Helper()
	c := f.contents(p)
	count := map[coding.StepID]int{}
	for i, ch := range c.Changes {
		if ch.Seq != coding.Seq(i+1) {
			f.t.Fatalf("change %d has seq %d", i+1, ch.Seq)
		}
		if count[ch.Step] == 0 && coding.StepID(ch.Seq) != ch.Step {
			f.t.Errorf("the first change of step %d is %d", ch.Step, ch.Seq)
		}
		count[ch.Step]++
	}
	f.same(coding.Seq(len(c.Changes)), c.LastSeq, "last seq")
	f.same(len(count), len(c.Steps), "number of steps")
	for _, st := range c.Steps {
		f.same(count[st.ID], st.Changes, "changes of step %d", st.ID)
	}
}

func testSteps(f *fixture) {
	s := f.newSurvey("p", 3)
	p := s.project.ID
	start := f.contents(p).LastSeq
	began := time.Now().Add(-time.Millisecond)
	var first, second *coding.Step
	f.update(func(tx coding.Tx) (err error) {
		empty, err := tx.Begin(f.ctx, p, 1, coding.OpMark, "never", 0)
		f.must(err)
		first, err = tx.Begin(f.ctx, p, 7, coding.OpApply, "palvelu", 0)
		f.must(err)
		second, err = tx.Begin(f.ctx, p, 8, coding.OpUndo, "", 3)
		f.must(err)
		// The two steps take turns.
		for i, st := range []*coding.Step{first, second, first, first, second} {
			_, err := tx.Put(f.ctx, st, nil, s.coding(i, 0, 1))
			f.must(err)
			seq, err := tx.LastSeq(f.ctx, p)
			f.must(err)
			f.same(start+coding.Seq(i+1), seq, "last seq within the Update")
		}
		f.same(coding.StepID(0), empty.ID, "id of a step without a change")
		f.same(coding.StepID(start+1), first.ID, "id of the first step")
		f.same(coding.StepID(start+2), second.ID, "id of the second step")
		got, err := tx.Step(f.ctx, p, first.ID)
		f.must(err)
		f.same(*first, got, "step within the Update")
		list, err := tx.Steps(f.ctx, p, coding.StepFilter{Actor: 8})
		f.must(err)
		f.same([]coding.Step{*second}, list, "steps within the Update")
		changes, err := tx.ChangesOf(f.ctx, p, second.ID)
		f.same(2, len(changes), "changes of a step within the Update")
		return err
	})
	f.gapless(p)
	f.view(func(r coding.Reader) error {
		got, err := r.Step(f.ctx, p, first.ID)
		f.must(err)
		if got.At.Before(began) || got.At.After(time.Now()) || got.At.Location() != time.UTC {
			f.t.Errorf("step at %v", got.At)
		}
		f.same(coding.Step{ID: coding.StepID(start + 1), Project: p, Actor: 7, At: got.At, Op: coding.OpApply, Detail: "palvelu", Changes: 3}, got, "first step")
		f.same(*first, got, "the step that Begin gave")
		got, err = r.Step(f.ctx, p, second.ID)
		f.must(err)
		f.same(coding.Step{ID: coding.StepID(start + 2), Project: p, Actor: 8, At: got.At, Op: coding.OpUndo, Undoes: 3, Changes: 2}, got, "second step")
		changes, err := r.ChangesOf(f.ctx, p, first.ID)
		f.must(err)
		var seqs []coding.Seq
		for _, c := range changes {
			seqs = append(seqs, c.Seq-start)
		}
		f.same([]coding.Seq{1, 3, 4}, seqs, "changes of the first step")
		_, err = r.Step(f.ctx, p, 1<<30)
		f.wants(coding.ErrNotFound, err, "unknown step")
		page, err := r.Changes(f.ctx, p, start+1, 2)
		f.must(err)
		if len(page) != 2 || page[0].Seq != start+2 || page[1].Seq != start+3 {
			f.t.Errorf("a page of changes: %v", page)
		}
		return nil
	})
	// A step without a change leaves no trace.
	f.unchanged(p, "an empty step", func() {
		f.update(func(tx coding.Tx) error {
			_, err := tx.Begin(f.ctx, p, 1, coding.OpApply, "", 0)
			return err
		})
	})
}

func testStepFilter(f *fixture) {
	s := f.newSurvey("p", 10)
	p := s.project.ID
	ops := []coding.Op{coding.OpApply, coding.OpRemove, coding.OpMark}
	var made []coding.Step
	for i := range 12 {
		f.update(func(tx coding.Tx) error {
			st, err := tx.Begin(f.ctx, p, coding.PersonID(1+i%2), ops[i%3], "", 0)
			f.must(err)
			_, err = tx.Put(f.ctx, st, nil, s.coding(i, 0, 1))
			made = append(made, *st)
			return err
		})
		time.Sleep(time.Millisecond) // so that no two are at the same moment
	}
	pick := func(keep func(i int, st coding.Step) bool) []coding.StepID {
		var ids []coding.StepID
		for i := len(made) - 1; i >= 0; i-- {
			if keep(i, made[i]) {
				ids = append(ids, made[i].ID)
			}
		}
		return ids
	}
	f.view(func(r coding.Reader) error {
		for what, c := range map[string]struct {
			filter coding.StepFilter
			want   []coding.StepID
		}{
			"actor":      {coding.StepFilter{Actor: 2}, pick(func(i int, _ coding.Step) bool { return i%2 == 1 })},
			"one op":     {coding.StepFilter{Ops: ops[1:2]}, pick(func(i int, _ coding.Step) bool { return i%3 == 1 })},
			"two ops":    {coding.StepFilter{Ops: ops[1:]}, pick(func(i int, _ coding.Step) bool { return i%3 != 0 })},
			"from":       {coding.StepFilter{From: made[4].At}, pick(func(i int, _ coding.Step) bool { return i >= 4 })},
			"to":         {coding.StepFilter{Ops: ops, To: made[4].At}, pick(func(i int, _ coding.Step) bool { return i < 4 })},
			"before":     {coding.StepFilter{Ops: ops, Before: made[9].ID}, pick(func(i int, _ coding.Step) bool { return i < 9 })},
			"limit":      {coding.StepFilter{Limit: 3}, pick(func(i int, _ coding.Step) bool { return i >= 9 })},
			"everything": {coding.StepFilter{Actor: 1, Ops: ops[:1], From: made[0].At, To: made[11].At, Before: made[7].ID, Limit: 1}, pick(func(i int, _ coding.Step) bool { return i == 6 })},
		} {
			list, err := r.Steps(f.ctx, p, c.filter)
			f.must(err)
			var ids []coding.StepID
			for _, st := range list {
				ids = append(ids, st.ID)
			}
			f.same(c.want, ids, "steps by %s", what)
		}
		return nil
	})
	for i := range 120 {
		f.put(p, nil, coding.View{Owner: 5, Name: string(rune('a' + i))})
	}
	f.view(func(r coding.Reader) error {
		list, err := r.Steps(f.ctx, p, coding.StepFilter{})
		f.same(100, len(list), "steps without a limit")
		return err
	})
}

func testMarkUndone(f *fixture) {
	s, other := f.newSurvey("p", 1), f.newSurvey("other", 1)
	p := s.project.ID
	f.put(p, nil, s.coding(0, 0, 1))
	step := coding.StepID(f.contents(p).LastSeq)
	undone := func() (by coding.StepID) {
		f.view(func(r coding.Reader) error {
			st, err := r.Step(f.ctx, p, step)
			by = st.UndoneBy
			return err
		})
		return by
	}
	mark := func(p coding.ProjectID, step, by coding.StepID) error {
		return f.store.Update(f.ctx, func(tx coding.Tx) error { return tx.MarkUndone(f.ctx, p, step, by) })
	}
	f.same(coding.StepID(0), undone(), "at first")
	f.must(mark(p, step, 99))
	f.same(coding.StepID(99), undone(), "marked")
	f.must(mark(p, step, 0))
	f.same(coding.StepID(0), undone(), "taken away")
	f.wants(coding.ErrNotFound, mark(p, 1<<30, 1), "unknown step")
	f.wants(coding.ErrNotFound, mark(other.project.ID+10, step, 1), "unknown project")
}

func testLastChange(f *fixture) {
	s := f.newSurvey("p", 2)
	p := s.project.ID
	c := s.coding(0, 0, 1)
	c.ID = coding.CodingID(f.put(p, nil, c))
	f.put(p, nil, coding.Mark{ID: coding.MarkID(c.ID), Answer: s.answers[1].ID, Coder: 1, State: coding.StateNoTheme}) // the same id
	f.put(p, nil, s.coding(1, 0, 1))
	changed := c
	changed.Version = 2
	f.put(p, c, changed)
	want := f.contents(p).LastSeq
	f.put(p, nil, s.coding(2, 0, 1))
	f.view(func(r coding.Reader) error {
		last, err := r.LastChange(f.ctx, p, coding.KindCoding, int64(c.ID))
		f.must(err)
		f.same(want, last.Seq, "seq of the last change")
		f.same(text(changed), string(last.After), "last change")
		_, err = r.LastChange(f.ctx, p, coding.KindQuote, int64(c.ID))
		f.wants(coding.ErrNotFound, err, "another kind")
		return nil
	})
}
