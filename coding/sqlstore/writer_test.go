package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	sqlite3 "modernc.org/sqlite/lib"

	"avokoodi/coding"
)

// together runs fns in one batch: the first holds its turn until all the others wait. It returns their errors.
func together(t *testing.T, s *Store, fns ...func(*conn) error) []error {
	t.Helper()
	errs := make([]error, len(fns))
	inside, goOn := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		errs[0] = s.writer.do(context.Background(), true, func(c *conn) error {
			close(inside)
			<-goOn
			return fns[0](c)
		})
	})
	<-inside
	for i := range fns[1:] {
		wg.Go(func() { errs[i+1] = s.writer.do(context.Background(), true, fns[i+1]) })
		time.Sleep(5 * time.Millisecond) // they queue in this order
	}
	close(goOn)
	wg.Wait()
	return errs
}

func set(key string) func(*conn) error {
	return func(c *conn) error {
		_, err := c.exec(context.Background(), "INSERT INTO settings (key, value) VALUES ($1, 'x')", key)
		return err
	}
}

func setting(t *testing.T, s *Store, key string) bool {
	t.Helper()
	var v string
	must(t, s.View(t.Context(), func(r coding.Reader) (err error) {
		v, err = r.Setting(t.Context(), key)
		return err
	}))
	return v != ""
}

// longBatch makes a batch long enough for the jobs of together: its pauses count against the batch's time.
func longBatch(t *testing.T, s *Store) {
	t.Helper()
	s.writer.batchTime = time.Second
}

func TestBatchSharesCommit(t *testing.T) {
	s := open(t)
	longBatch(t, s)
	commits := 0
	must(t, s.writer.do(t.Context(), false, func(*conn) error { return nil }))
	s.writer.committed = func() { commits++ }
	wrong := errors.New("wrong")
	errs := together(t, s, set("a"), func(c *conn) error { return errors.Join(set("b")(c), wrong) }, set("c"))
	if errs[0] != nil || !errors.Is(errs[1], wrong) || errs[2] != nil {
		t.Errorf("errors %v", errs)
	}
	must(t, s.writer.do(t.Context(), false, func(*conn) error { return nil })) // behind the callback
	if commits != 1 {
		t.Errorf("%d commits for one batch", commits)
	}
	if !setting(t, s, "a") || setting(t, s, "b") || !setting(t, s, "c") {
		t.Errorf("a job that fails must be taken back alone")
	}
}

// TestBatchLost: when the database has rolled everything back by itself, all jobs of the batch hear of it.
func TestBatchLost(t *testing.T) {
	s := open(t)
	longBatch(t, s)
	rollBack := func(c *conn) error {
		_, err := c.exec(context.Background(), "ROLLBACK")
		return err
	}
	for name, lost := range map[string]func(*conn) error{
		"and says so":      func(c *conn) error { return errors.Join(rollBack(c), errors.New("disk full")) },
		"and is swallowed": rollBack,
	} {
		errs := together(t, s, set("first "+name), lost, set("last "+name))
		if errs[0] == nil || errs[1] == nil {
			t.Errorf("%s: errors %v, but the work is lost", name, errs)
		}
		if errs[2] != nil || !setting(t, s, "last "+name) {
			t.Errorf("%s: the next batch: %v", name, errs[2])
		}
		if setting(t, s, "first "+name) {
			t.Errorf("%s: half written", name)
		}
	}
	// The first job of a batch has no savepoint that would tell.
	errs := together(t, s, func(c *conn) error { return errors.Join(set("before")(c), rollBack(c)) }, set("behind"), set("next"))
	if errs[0] == nil || errs[1] == nil || setting(t, s, "before") || setting(t, s, "behind") {
		t.Errorf("lost by the first: errors %v", errs)
	}
	if errs[2] != nil || !setting(t, s, "next") {
		t.Errorf("the batch behind a lost one: %v", errs[2])
	}
}

// TestFirstFails: the job that a batch begins with is taken back without a savepoint, and those behind it are written.
func TestFirstFails(t *testing.T) {
	s := open(t)
	longBatch(t, s)
	wrong := errors.New("wrong")
	errs := together(t, s, func(c *conn) error { return errors.Join(set("a")(c), wrong) }, set("b"), set("c"))
	if !errors.Is(errs[0], wrong) || errs[1] != nil || errs[2] != nil {
		t.Errorf("errors %v", errs)
	}
	if setting(t, s, "a") || !setting(t, s, "b") || !setting(t, s, "c") {
		t.Error("kept of the failed one, or lost of the others")
	}
}

// TestDiskFull: an import that does not fit leaves the project as it was, and a smaller change is possible after it. Those
// in the same batch are either kept or told.
func TestDiskFull(t *testing.T) {
	s := open(t)
	longBatch(t, s)
	data := fill(t, s, "p", words(500))
	before := state(t, s)
	limit := func(pages int64) {
		must(t, s.writer.do(t.Context(), false, func(c *conn) error {
			var n int64
			if pages > 0 {
				must(t, c.queryRow(t.Context(), "PRAGMA page_count", nil, &n))
				pages += n
			} else {
				pages = 1 << 30
			}
			return c.QueryRowContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)).Scan(&n)
		}))
	}
	limit(30)
	big := make([]coding.Respondent, 20_000)
	for i := range big {
		big[i] = coding.Respondent{Round: 1, Import: 1, External: fmt.Sprintf("full-%d", i)}
	}
	add := func(tx coding.Tx) error { return tx.AddRespondents(t.Context(), data.project, big) }
	err := s.Update(t.Context(), add)
	if code(err) != sqlite3.SQLITE_FULL || !errors.Is(err, coding.ErrFull) {
		t.Fatalf("import on a full disk: %v", err)
	}
	if d := cmp.Diff(before, state(t, s)); d != "" {
		t.Errorf("the failed import changed: %s", d)
	}
	// Swallowing the error does not help: nothing more is taken, and the Update fails.
	err = s.Update(t.Context(), func(tx coding.Tx) error {
		_ = add(tx)
		if err := tx.SetSetting(t.Context(), "after", "x"); err == nil {
			t.Error("a transaction goes on after a full disk")
		}
		if _, err := tx.Projects(t.Context()); err == nil {
			t.Error("a transaction reads on after a full disk")
		}
		return nil
	})
	if code(err) != sqlite3.SQLITE_FULL || setting(t, s, "after") {
		t.Errorf("swallowed: %v", err)
	}
	errs := together(t, s, set("beside 1"), func(c *conn) error { return add(newTx(c)) }, set("beside 2"))
	if code(errs[1]) != sqlite3.SQLITE_FULL {
		t.Errorf("import in a batch: %v", errs[1])
	}
	for i, key := range []string{"beside 1", "", "beside 2"} {
		if key != "" && (errs[i] == nil) != setting(t, s, key) {
			t.Errorf("%s: error %v, kept %v", key, errs[i], setting(t, s, key))
		}
	}
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[0], Theme: data.themes[0], Coder: 1}))
	sound(t, s, data.project)
	limit(0)
	must(t, s.Update(t.Context(), add))
	sound(t, s, data.project)
}

// state is the number of rows in every table.
func state(t *testing.T, s *Store) map[string]int64 {
	t.Helper()
	c, err := openConn(t.Context(), s.side)
	must(t, err)
	defer c.close()
	out := map[string]int64{}
	for _, table := range append([]string{"projects", "people", "settings"}, projectTables...) {
		var n int64
		must(t, c.queryRow(t.Context(), "SELECT count(*) FROM "+table, nil, &n))
		out[table] = n
	}
	return out
}

// TestBusy: while another process holds the write lock, Updates wait; when it does not let go, they fail in time.
func TestBusy(t *testing.T) {
	s := open(t)
	hold := func() *conn {
		c, err := openConn(t.Context(), s.side)
		must(t, err)
		_, err = c.exec(t.Context(), beginWrite)
		must(t, err)
		return c
	}
	c := hold()
	done := make(chan error, 1)
	go func() { done <- s.writer.do(context.Background(), true, set("waited")) }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := s.writer.do(ctx, true, set("impatient")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting with a deadline: %v", err)
	}
	select {
	case err := <-done:
		t.Fatalf("wrote beside another writer: %v", err)
	default:
	}
	_, err := c.exec(t.Context(), "ROLLBACK")
	must(t, err)
	must(t, <-done)
	must(t, c.close())
	if !setting(t, s, "waited") || setting(t, s, "impatient") {
		t.Error("the one who waited must have written, the impatient one not")
	}

	s.writer.busyTime = 50 * time.Millisecond
	c = hold()
	if err := s.writer.do(t.Context(), true, set("late")); !isBusy(err) || !strings.Contains(err.Error(), "begin") {
		t.Errorf("with a lock that stays: %v", err)
	}
	// Those who wait behind one another do not wait as long again each.
	s.writer.busyTime = 300 * time.Millisecond
	start := time.Now()
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			if err := s.writer.do(context.Background(), true, set(fmt.Sprint("waits ", i))); !isBusy(err) {
				t.Errorf("waiting behind another: %v", err)
			}
		})
	}
	wg.Wait()
	if took := time.Since(start); took > 5*s.writer.busyTime {
		t.Errorf("ten waited %v for a lock that is waited for %v", took, s.writer.busyTime)
	}
	must(t, c.close())
	s.writer.busyTime = 20 * time.Second
	must(t, s.writer.do(t.Context(), true, set("late")))
}
