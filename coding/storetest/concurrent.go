package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"avokoodi/coding"
)

// testSnapshot: a View sees one state from its first read on, and never what is not committed; an Update sees its own
// writes.
func testSnapshot(f *fixture) {
	s := f.newSurvey("p", 2)
	p := s.project.ID
	count := func(r coding.Reader) int {
		list, err := all(r.EachCoding(f.ctx, p))
		f.must(err)
		return len(list)
	}
	inside, goOn := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	f.view(func(r coding.Reader) error {
		f.same(0, count(r), "at first")
		go func() {
			done <- f.store.Update(f.ctx, func(tx coding.Tx) error {
				st, err := tx.Begin(f.ctx, p, 1, coding.OpApply, "", 0)
				if err != nil {
					return err
				}
				if _, err := tx.Put(f.ctx, st, nil, s.coding(0, 0, 1)); err != nil {
					return err
				}
				list, err := tx.CodingsOf(f.ctx, p, []coding.AnswerID{s.answers[0].ID})
				if len(list) != 1 {
					return fmt.Errorf("own write not seen: %w", err)
				}
				close(inside)
				<-goOn
				return nil
			})
		}()
		<-inside
		f.same(0, count(r), "while another writes")
		f.view(func(r coding.Reader) error {
			f.same(0, count(r), "a new View while another writes")
			return nil
		})
		close(goOn)
		f.must(<-done)
		f.same(0, count(r), "after the commit")
		seq, err := r.LastSeq(f.ctx, p)
		f.must(err)
		changes, err := r.Changes(f.ctx, p, 0, 1<<30)
		f.same(int(seq), len(changes), "changes in the old snapshot")
		return err
	})
	f.view(func(r coding.Reader) error {
		f.same(1, count(r), "a new View")
		return nil
	})
}

// testConcurrent lets 50 goroutines write, of whom some fail, some panic and some conflict: what was acknowledged is
// there, nothing else is, and the log has no gap.
func testConcurrent(f *fixture) {
	s := f.newSurvey("p", 50)
	p := s.project.ID
	const writers, each = 50, 12
	wrong := errors.New("wrong")
	var mu sync.Mutex
	kept := map[coding.CodingID]coding.Coding{}
	var conflicts atomic.Int64
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				c := s.coding(w, i%3, coding.PersonID(1+i/3))
				if i == 7 { // two of each want the same
					c = s.coding(w/2*2, 0, 99)
				}
				func() {
					defer func() { _ = recover() }()
					err := f.store.Update(f.ctx, func(tx coding.Tx) error {
						st, err := tx.Begin(f.ctx, p, coding.PersonID(w+1), coding.OpApply, "", 0)
						if err != nil {
							return err
						}
						id, err := tx.Put(f.ctx, st, nil, c)
						if err != nil {
							return err
						}
						c.ID = coding.CodingID(id)
						switch i {
						case 3:
							return wrong
						case 5:
							panic("ouch")
						}
						return nil
					})
					switch {
					case err == nil:
						mu.Lock()
						kept[c.ID] = c
						mu.Unlock()
					case i == 3 && errors.Is(err, wrong):
					case i == 7 && errors.Is(err, coding.ErrConflict):
						conflicts.Add(1)
					default:
						f.t.Errorf("writer %d, turn %d: %v", w, i, err)
					}
				}()
			}
		})
	}
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() { f.readWhile(p, stop) })
	}
	wg.Wait()
	close(stop)
	readers.Wait()
	f.same(int64(writers/2), conflicts.Load(), "conflicts")
	f.same(writers*(each-2)-writers/2, len(kept), "acknowledged")
	got := map[coding.CodingID]coding.Coding{}
	for _, c := range f.contents(p).Codings {
		got[c.ID] = c
	}
	f.same(kept, got, "codings")
	f.gapless(p)
}

// readWhile compares the log with the codings, again and again: they agree in every snapshot.
func (f *fixture) readWhile(p coding.ProjectID, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		err := f.store.View(f.ctx, func(r coding.Reader) error {
			seq, err := r.LastSeq(f.ctx, p)
			if err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
			changes, err := r.Changes(f.ctx, p, 0, 1<<30)
			if err != nil {
				return err
			}
			made := 0
			for _, c := range changes {
				if c.Kind == coding.KindCoding {
					made++
				}
			}
			codings, err := all(r.EachCoding(f.ctx, p))
			if len(changes) != int(seq) || len(codings) != made {
				return fmt.Errorf("seq %d with %d changes; %d codings with %d in the log: %w", seq, len(changes), len(codings), made, err)
			}
			return err
		})
		if err != nil {
			f.t.Errorf("snapshot: %v", err)
			return
		}
	}
}
