package storetest

import (
	"errors"
	"sync/atomic"
	"time"

	"avokoodi/coding"
)

// testWatch: after every commit there is a call, which sees what was committed; after stop there is none.
func testWatch(f *fixture) {
	s := f.newSurvey("p", 4)
	p := s.project.ID
	var seen atomic.Int64
	stop := f.store.Watch(func() {
		_ = f.store.View(f.ctx, func(r coding.Reader) error {
			seq, err := r.LastSeq(f.ctx, p)
			seen.Store(int64(seq))
			return err
		})
	})
	var second atomic.Int64
	stopSecond := f.store.Watch(func() { second.Add(1) })
	for i := range 5 {
		f.put(p, nil, s.coding(i, 0, 1))
		want := int64(f.contents(p).LastSeq)
		for deadline := time.Now().Add(2 * time.Second); seen.Load() != want; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				f.t.Fatalf("the watcher saw %d, want %d", seen.Load(), want)
			}
		}
	}
	if second.Load() == 0 {
		f.t.Errorf("the second watcher heard nothing")
	}
	stop()
	stop() // does no harm
	last := seen.Load()
	heard := second.Load()
	f.put(p, nil, s.coding(5, 0, 1))
	for deadline := time.Now().Add(2 * time.Second); second.Load() == heard; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			f.t.Fatalf("a watcher hears nothing after another has stopped")
		}
	}
	time.Sleep(20 * time.Millisecond)
	f.same(last, seen.Load(), "seen after stop")
	stopSecond()
	_ = f.store.Update(f.ctx, func(coding.Tx) error { return errors.New("no") }) // with nobody watching
	f.put(p, nil, s.coding(6, 0, 1))
}
