package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/themes"
)

// whole fails unless index and store are equal.
func (d *desk) whole() Report {
	d.Helper()
	rep, err := d.index.Check(context.Background(), d.project)
	if err != nil {
		d.Fatal(err)
	}
	if !rep.OK() {
		d.Fatalf("the index differs: %+v", rep)
	}
	return rep
}

func numbered(n int, format string, lang coding.Lang) []said {
	out := make([]said, n)
	for i := range out {
		out[i] = said{lang, fmt.Sprintf(format, i)}
	}
	return out
}

func (d *desk) correct(id coding.AnswerID, l coding.Lang) {
	d.Helper()
	err := d.store.Update(context.Background(), func(tx coding.Tx) error {
		a, err := tx.Answer(context.Background(), d.project, id)
		if err != nil {
			return err
		}
		st, err := tx.Begin(context.Background(), d.project, coding.Operator, coding.OpLanguage, "", 0)
		if err != nil {
			return err
		}
		_, err = tx.Put(context.Background(), st, coding.AnswerLanguage{ID: id, Language: a.Language, Mixed: a.Mixed}, coding.AnswerLanguage{ID: id, Language: l})
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
}

func TestFollowsChanges(t *testing.T) {
	d := newDesk(t).open()
	d.expect("service")
	d.add(said{themes.FI, "Palvelut ovat hyviä."}, said{themes.FI, "Services are needed."})
	d.whole()
	d.expect("palvelut", "Palvelut ovat hyviä.")
	d.expect("serviced") // indexed as Finnish
	d.correct(d.answers()[1].ID, themes.EN)
	d.expect("serviced", "Services are needed.")
	d.whole()

	d.add(numbered(30, "Uusi vastaus %d palveluista", themes.FI)...)
	d.whole()
	if got := len(d.found("vastaus")); got != 30 {
		t.Errorf("%d answers of the second import", got)
	}
	if _, err := d.service.Undo(context.Background(), d.project, coding.Operator); err != nil {
		t.Fatal(err)
	}
	d.expect("vastaus")
	d.whole()
	d.close()

	// Brought in and taken back while nobody followed.
	d.add(numbered(30, "Kolmas vastaus %d", themes.FI)...)
	if _, err := d.service.Undo(context.Background(), d.project, coding.Operator); err != nil {
		t.Fatal(err)
	}
	d.add(numbered(10, "Neljäs vastaus %d", themes.FI)...)
	d.correct(d.answers()[2].ID, themes.SV)
	d.open()
	if rep := d.whole(); rep.Answers != 12 {
		t.Errorf("%d answers", rep.Answers)
	}
}

// TestFollowsACorrectedFile: texts that changed, came and went are found as they are, and after undo as they were.
func TestFollowsACorrectedFile(t *testing.T) {
	d := newDesk(t).open()
	d.add(said{themes.FI, "Palvelut ovat hyviä."}, said{themes.FI, "Kahvi on kylmää."}, said{"", ""}, said{themes.FI, "Poistuva lause."})
	revise := func(all ...said) {
		d.Helper()
		d.files++
		b := coding.Batch{File: fmt.Sprint(d.files), SHA256: fmt.Sprint(d.files), Round: coding.Round{Key: "2024", Label: themes.Same("2024")},
			Questions: []coding.Question{{Key: "q1"}, {Key: "q2"}, {Key: "q3"}, {Key: "q4"}}, Rows: rowsOf(1, all)}
		if _, _, err := d.service.Revise(context.Background(), d.project, coding.Operator, []coding.Batch{b}, coding.Decisions{AllBlank: true, AllMissing: true}, nil); err != nil {
			d.Fatal(err)
		}
	}
	revise(said{themes.FI, "Palvelut ovat hyviä."}, said{themes.FI, "Tee on kuumaa."}, said{themes.FI, "Lisätty lause."}, said{"", ""})
	d.expect("kahvi")
	d.expect("tee", "Tee on kuumaa.")
	d.expect("lause", "Lisätty lause.")
	d.whole()
	if _, err := d.service.Undo(context.Background(), d.project, coding.Operator); err != nil {
		t.Fatal(err)
	}
	d.expect("kahvi", "Kahvi on kylmää.")
	d.expect("lause", "Poistuva lause.")
	d.whole()
}

// TestSeesChangesSoon: a change is found without anybody asking for it to be taken in.
func TestSeesChangesSoon(t *testing.T) {
	d := newDesk(t).open()
	d.add(numbered(50, "Vastaus %d", themes.FI)...)
	d.sync()
	for i := range 5 {
		word := fmt.Sprintf("uutuus%d", i)
		d.add(said{themes.FI, "Tässä on " + word})
		began := time.Now()
		for {
			set, err := d.index.Matching(context.Background(), d.project, parse(t, word), nil)
			if err != nil {
				t.Fatal(err)
			}
			if set.GetCardinality() == 1 {
				break
			}
			if time.Since(began) > 10*time.Second {
				t.Fatal("the change is not found")
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Logf("found after %v", time.Since(began))
	}
}

func TestAnswersOfUnknownLanguage(t *testing.T) {
	d := newDesk(t).open()
	d.add(said{"", "Palveluissa"}, said{"", "workers"}, said{"", "arbetena"}, said{"", "–"})
	d.expect("palvelut", "Palveluissa")
	d.expect("worker", "workers")
	d.expect("arbete", "arbetena")
	d.expect("", "Palveluissa", "workers", "arbetena", "–")
	d.whole()
}

func TestProjectsApart(t *testing.T) {
	d := newDesk(t).open()
	other := d.newProject("toinen")
	d.add(said{themes.FI, "tuki täällä"})
	d.addTo(other, said{themes.FI, "tuki siellä"})
	d.expect("tuki", "tuki täällä")
	if err := d.index.Sync(context.Background(), other); err != nil {
		t.Fatal(err)
	}
	if err := d.service.DeleteProject(context.Background(), coding.Operator, other); err != nil {
		t.Fatal(err)
	}
	_, err := d.index.Matching(context.Background(), 12345, parse(t, "tuki"), nil)
	if !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("a project that there is not: %v", err)
	}
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(d.index.root(other)); errors.Is(err, os.ErrNotExist) {
			break
		}
		if time.Since(began) > 10*time.Second {
			t.Fatal("the index of a deleted project stays")
		}
	}
	d.expect("tuki", "tuki täällä")
}

func TestLocked(t *testing.T) {
	d := newDesk(t).open()
	began := time.Now()
	_, err := Open(d.path(), d.store, Config{Once: true, Engine: testEngine()})
	if !errors.Is(err, ErrLocked) {
		t.Fatalf("second opening: %v", err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	d.close()
	d.open()
}

func TestClosed(t *testing.T) {
	d := newDesk(t).open()
	x := d.index
	d.close()
	if _, err := x.Matching(context.Background(), d.project, parse(t, "tuki"), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}

// TestOnce: without following, a first search brings in everything.
func TestOnce(t *testing.T) {
	d := newDesk(t)
	d.add(said{themes.FI, "kunnan tuki"})
	x, err := Open(d.path(), d.store, Config{Once: true, Engine: testEngine()})
	if err != nil {
		t.Fatal(err)
	}
	d.index = x
	res, err := x.Search(context.Background(), d.project, parse(t, "tuki"), Options{})
	if err != nil || res.Total != 1 {
		t.Errorf("%+v %v", res, err)
	}
}

// TestConcurrent searches while answers are imported, corrected and taken back, and the index is rebuilt.
func TestConcurrent(t *testing.T) {
	d := newDesk(t).open()
	d.add(numbered(200, "Vastaus %d: kunnan tuki on tärkeä", themes.FI)...)
	d.sync()
	ctx, cancel := context.WithCancel(context.Background())
	var readers sync.WaitGroup
	for n := range 3 {
		readers.Go(func() {
			for ctx.Err() == nil {
				text := []string{"tuki", `"kunnan tuki"`, "vast*", "kunnan~ -uusi", "help"}[n]
				res, err := d.index.Search(ctx, d.project, parse(t, text), Options{Limit: 5})
				if err != nil && ctx.Err() == nil {
					t.Errorf("%s: %v", text, err)
					return
				}
				for _, h := range res.Hits {
					if len(h.Matches) == 0 && h.Answer.Language == themes.FI { // others: the index is a moment behind
						t.Errorf("%s: a hit without matches: %+v", text, h)
						return
					}
				}
			}
		})
	}
	for i := range 6 {
		d.add(numbered(100, "Uusi vastaus %d, kunnan tuki", themes.FI)...)
		d.correct(d.answers()[i].ID, themes.SV)
		switch i % 3 {
		case 0:
			if err := d.index.Rebuild(ctx, d.project, nil); err != nil {
				t.Error(err)
			}
		case 1:
			// The correction, then the import.
			for range 2 {
				if _, err := d.service.Undo(ctx, d.project, coding.Operator); err != nil {
					t.Error(err)
				}
			}
		}
	}
	cancel()
	readers.Wait()
	if rep := d.whole(); rep.Answers != 200+4*100 {
		t.Errorf("%d answers", rep.Answers)
	}
}

func TestRebuildProgress(t *testing.T) {
	d := newDesk(t).open()
	d.add(numbered(100, "Vastaus %d", themes.FI)...)
	d.sync()
	var heard []int
	err := d.index.Rebuild(context.Background(), d.project, func(done, total int) {
		if total != 100 {
			t.Errorf("total %d", total)
		}
		heard = append(heard, done)
	})
	if err != nil || len(heard) == 0 || heard[len(heard)-1] != 100 || !slices.IsSorted(heard) {
		t.Errorf("heard %v, %v", heard, err)
	}
	d.whole()
}
