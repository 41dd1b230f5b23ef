package storetest

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"avokoodi/coding"
)

// writeSome puts and changes a bit of everything, in the middle of which a test fails.
func (f *fixture) writeSome(tx coding.Tx, s *survey) {
	f.t.Helper()
	p := s.project.ID
	st, err := tx.Begin(f.ctx, p, 1, coding.OpApply, "", 0)
	f.must(err)
	for i := range 3 {
		_, err = tx.Put(f.ctx, st, nil, s.coding(i, 1, 9))
		f.must(err)
	}
	renamed := s.project
	renamed.Threshold++
	_, err = tx.Put(f.ctx, st, s.project, renamed)
	f.must(err)
	f.must(tx.MarkUndone(f.ctx, p, 1, st.ID))
	f.must(f.fill(tx, s, 3))
	f.must(tx.SetSetting(f.ctx, "half", "written"))
	_, err = tx.SavePerson(f.ctx, coding.Person{Name: "half"})
	f.must(err)
	_, err = tx.CreateProject(f.ctx, coding.Project{Slug: "half"})
	f.must(err)
}

// nothingWritten fails if any of writeSome is there beside what the project holds.
func (f *fixture) nothingWritten() {
	f.t.Helper()
	f.view(func(r coding.Reader) error {
		_, err := r.Project(f.ctx, "half")
		f.wants(coding.ErrNotFound, err, "project after failure")
		_, err = r.PersonNamed(f.ctx, "half")
		f.wants(coding.ErrNotFound, err, "person after failure")
		v, err := r.Setting(f.ctx, "half")
		f.same("", v, "setting after failure")
		return err
	})
}

func testFailure(f *fixture) {
	s := f.newSurvey("p", 3)
	wrong := errors.New("wrong")
	f.unchanged(s.project.ID, "a failed Update", func() {
		copied := s
		err := f.store.Update(f.ctx, func(tx coding.Tx) error {
			f.writeSome(tx, &copied)
			return wrong
		})
		f.wants(wrong, err, "Update")
	})
	f.nothingWritten()
	f.put(s.project.ID, nil, s.coding(0, 0, 1))
	f.gapless(s.project.ID)
	f.wants(wrong, f.store.View(f.ctx, func(coding.Reader) error { return wrong }), "View")
}

// testPanic: a panic, and the end of the goroutine, take back what was written and reach the caller.
func testPanic(f *fixture) {
	s := f.newSurvey("p", 3)
	f.unchanged(s.project.ID, "a panic", func() {
		copied := s
		recovered := func() (v any) {
			defer func() { v = recover() }()
			_ = f.store.Update(f.ctx, func(tx coding.Tx) error {
				f.writeSome(tx, &copied)
				panic("ouch")
			})
			return nil
		}()
		f.same(any("ouch"), recovered, "recovered from Update")
		recovered = func() (v any) {
			defer func() { v = recover() }()
			_ = f.store.View(f.ctx, func(coding.Reader) error { panic("view") })
			return nil
		}()
		f.same(any("view"), recovered, "recovered from View")

		var wg sync.WaitGroup
		wg.Go(func() {
			copied := s
			_ = f.store.Update(f.ctx, func(tx coding.Tx) error {
				f.writeSome(tx, &copied)
				runtime.Goexit()
				return nil
			})
		})
		wg.Go(func() {
			_ = f.store.View(f.ctx, func(coding.Reader) error {
				runtime.Goexit()
				return nil
			})
		})
		wg.Wait()
	})
	f.nothingWritten()
	for range 40 { // no connection was lost
		_ = func() (v any) {
			defer func() { v = recover() }()
			return f.store.View(f.ctx, func(coding.Reader) error { panic("again") })
		}()
	}
	f.put(s.project.ID, nil, s.coding(0, 0, 1))
	f.gapless(s.project.ID)
}

func testCancel(f *fixture) {
	s := f.newSurvey("p", 1)
	p := s.project.ID
	cancelled, cancel := context.WithCancel(f.ctx)
	cancel()
	ran := false
	f.wants(context.Canceled, f.store.Update(cancelled, func(coding.Tx) error { ran = true; return nil }), "Update")
	f.wants(context.Canceled, f.store.View(cancelled, func(coding.Reader) error { ran = true; return nil }), "View")
	f.same(false, ran, "ran though cancelled")

	// Cancelled while another writes: not run, and nobody else is disturbed.
	var late atomic.Bool
	waiting, cancel := context.WithCancel(f.ctx)
	inside, goOn, waited := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	first := make(chan error, 1)
	go func() {
		first <- f.store.Update(f.ctx, func(tx coding.Tx) error {
			close(inside)
			<-goOn
			st, err := tx.Begin(f.ctx, p, 1, coding.OpApply, "", 0)
			if err == nil {
				_, err = tx.Put(f.ctx, st, nil, s.coding(0, 0, 1))
			}
			return err
		})
	}()
	<-inside
	go func() {
		waited <- f.store.Update(waiting, func(coding.Tx) error { late.Store(true); return nil })
	}()
	time.Sleep(10 * time.Millisecond)
	cancel()
	f.wants(context.Canceled, <-waited, "Update that waits")
	close(goOn)
	f.must(<-first)
	f.put(p, nil, s.coding(1, 0, 1))
	f.same(false, late.Load(), "ran though cancelled while waiting")

	// Cancelled in the middle: what was written is taken back.
	f.unchanged(p, "a cancelled Update", func() {
		ctx, cancel := context.WithCancel(f.ctx)
		err := f.store.Update(ctx, func(tx coding.Tx) error {
			st, err := tx.Begin(ctx, p, 1, coding.OpApply, "", 0)
			f.must(err)
			_, err = tx.Put(ctx, st, nil, s.coding(0, 1, 1))
			f.must(err)
			cancel()
			_, err = tx.Put(ctx, st, nil, s.coding(1, 1, 1))
			return err
		})
		f.wants(context.Canceled, err, "Update cancelled in the middle")
	})
}

func testOver(f *fixture) {
	s := f.newSurvey("p", 1)
	var kept coding.Reader
	var tx coding.Tx
	var st *coding.Step
	f.view(func(r coding.Reader) error { kept = r; return nil })
	f.update(func(t coding.Tx) (err error) {
		tx = t
		st, err = t.Begin(f.ctx, s.project.ID, 1, coding.OpApply, "", 0)
		return err
	})
	if _, err := kept.Projects(f.ctx); err == nil {
		f.t.Errorf("a reader works after its View")
	}
	if _, err := all(kept.EachAnswer(f.ctx, s.project.ID, 0, 0)); err == nil {
		f.t.Errorf("a stream works after its View")
	}
	f.unchanged(s.project.ID, "a transaction after its end", func() {
		if _, err := tx.Put(f.ctx, st, nil, s.coding(0, 0, 1)); err == nil {
			f.t.Errorf("a transaction works after its Update")
		}
		if err := tx.SetSetting(f.ctx, "late", "x"); err == nil {
			f.t.Errorf("a setting can be set after the Update")
		}
	})
}
