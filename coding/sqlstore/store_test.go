package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/storetest"
)

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		os.Exit(child(task, os.Getenv(childPath)))
	}
	os.Exit(m.Run())
}

func open(t testing.TB) *Store { return openAt(t, filepath.Join(t.TempDir(), "avokoodi.db")) }

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) coding.Store { return open(t) })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sound fails unless the file is whole and the log of the project has no gap. It returns the codings.
func sound(t *testing.T, s *Store, p coding.ProjectID) map[coding.CodingID]coding.Coding {
	t.Helper()
	ctx := context.Background()
	c, err := openConn(ctx, s.side)
	must(t, err)
	defer c.close()
	for _, check := range []string{"PRAGMA integrity_check", "PRAGMA foreign_key_check"} {
		must(t, c.query(ctx, check, nil, func(rows *sql.Rows) error {
			var text any
			cols, _ := rows.Columns()
			dest := []any{&text}
			for range len(cols) - 1 {
				dest = append(dest, new(any))
			}
			if err := rows.Scan(dest...); err != nil || text != "ok" {
				t.Errorf("%s: %v %v", check, text, err)
			}
			return nil
		}))
	}
	codings := map[coding.CodingID]coding.Coding{}
	must(t, s.View(ctx, func(r coding.Reader) error {
		last, err := r.LastSeq(ctx, p)
		must(t, err)
		changes, err := r.Changes(ctx, p, 0, 0)
		must(t, err)
		if len(changes) != int(last) {
			t.Errorf("%d changes, the last is %d", len(changes), last)
		}
		logged := 0
		for i, ch := range changes {
			if ch.Seq != coding.Seq(i+1) {
				t.Fatalf("change %d has seq %d", i+1, ch.Seq)
			}
			if ch.Kind == coding.KindCoding {
				logged++
			}
		}
		for c, err := range r.EachCoding(ctx, p) {
			must(t, err)
			codings[c.ID] = c
		}
		if len(codings) != logged {
			t.Errorf("%d codings, the log has %d", len(codings), logged)
		}
		return nil
	}))
	return codings
}

func TestFileMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no file modes")
	}
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "x.db"))
	fill(t, s, "p", words(3))
	files, err := os.ReadDir(dir)
	must(t, err)
	if len(files) < 2 {
		t.Errorf("%d files, want the database and its log", len(files))
	}
	for _, f := range files {
		info, err := f.Info()
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd name å%41?#.db")
	s := openAt(t, path)
	data := fill(t, s, "p", words(10))
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[0], Theme: data.themes[0], Coder: 1}))
	must(t, s.Close())
	must(t, s.Close())
	if err := s.Update(t.Context(), func(coding.Tx) error { return nil }); !errors.Is(err, errClosed) {
		t.Errorf("Update after Close: %v", err)
	}
	if err := s.View(t.Context(), func(coding.Reader) error { return nil }); !errors.Is(err, errClosed) {
		t.Errorf("View after Close: %v", err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%d files after Close, want the database alone", len(files))
	}
	if len(sound(t, openAt(t, path), data.project)) != 1 {
		t.Errorf("the coding is gone")
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	newer := filepath.Join(dir, "newer.db")
	s := openAt(t, newer)
	must(t, s.writer.do(t.Context(), true, func(c *conn) error {
		_, err := c.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
		return err
	}))
	must(t, s.Close())
	text := filepath.Join(dir, "text.db")
	must(t, os.WriteFile(text, []byte(strings.Repeat("this is no database ", 1000)), 0o600))
	readonly := filepath.Join(dir, "readonly")
	must(t, os.Mkdir(readonly, 0o500))
	for path, want := range map[string]string{
		newer:                                "newer version of this program (form 9999",
		text:                                 "not a database of this program",
		dir:                                  "cannot be opened",
		filepath.Join(dir, "none", "x.db"):   "no such file",
		filepath.Join(text, "below", "x.db"): "not a directory",
		filepath.Join(readonly, "x.db"):      "permission denied",
	} {
		if path == filepath.Join(readonly, "x.db") && os.Geteuid() == 0 {
			continue // root may write everywhere
		}
		start := time.Now()
		s, err := Open(t.Context(), path)
		if err == nil {
			_ = s.Close()
			t.Errorf("%s: opened", path)
			continue
		}
		if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %q does not tell of %q", path, err, want)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: refused after %v", path, took)
		}
	}
}

// TestOpenAtOnce: several may make the database at the same moment.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	children := make([]*process, 3)
	for i := range children {
		children[i] = start(t, "open", path)
	}
	for _, c := range children {
		c.wait(t)
	}
}

func TestTwoStores(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	a, b := openAt(t, path), openAt(t, path)
	data := fill(t, a, "p", words(100))
	var calls atomic.Int64
	stop := b.Watch(func() { calls.Add(1) })
	defer stop()
	time.Sleep(2 * pollTime)
	calls.Store(0)
	must(t, apply(t.Context(), a, data.project, coding.Coding{Answer: data.answers[0], Theme: data.themes[0], Coder: 99}))
	for deadline := time.Now().Add(10 * pollTime); calls.Load() == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("a commit of another store is not heard of")
		}
	}
	writeTogether(t, []*Store{a, b}, data, 10, 30)
	if n := len(sound(t, b, data.project)); n != 601 {
		t.Errorf("%d codings, want 601", n)
	}
}

// writeTogether lets each store write with so many goroutines, each times.
func writeTogether(t *testing.T, stores []*Store, data sample, goroutines, times int) {
	t.Helper()
	var wg sync.WaitGroup
	for i, s := range stores {
		for g := range goroutines {
			wg.Go(func() {
				for n := range times {
					c := coding.Coding{Answer: data.answers[n], Theme: data.themes[g%20], Coder: coding.PersonID(1 + i*1000 + g)}
					if err := apply(context.Background(), s, data.project, c); err != nil {
						t.Errorf("store %d: %v", i, err)
						return
					}
				}
			})
		}
	}
	wg.Wait()
}

func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s := openAt(t, path)
	data := fill(t, s, "p", words(1000))
	other := start(t, "code", path)
	other.line(t)
	writeTogether(t, []*Store{s}, data, 5, 200)
	acked := other.kill(t)
	codings := sound(t, s, data.project)
	for _, id := range acked {
		if _, ok := codings[id]; !ok {
			t.Errorf("coding %d of the other process is gone", id)
		}
	}
	t.Logf("beside 1000 of this process, the other wrote %d", len(acked))
	if len(codings) < 1000+len(acked) {
		t.Errorf("%d codings", len(codings))
	}
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[999], Theme: data.themes[1], Coder: 7777}))
}

func TestBackup(t *testing.T) {
	s := open(t)
	data := fill(t, s, "p", words(200))
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[0], Theme: data.themes[0], Coder: 1}))
	path := filepath.Join(t.TempDir(), "it's a copy.db")
	must(t, s.Backup(t.Context(), path))
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[1], Theme: data.themes[0], Coder: 1}))
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("copy: %v %v", info.Mode(), err)
	}
	if n := len(sound(t, openAt(t, path), data.project)); n != 1 {
		t.Errorf("%d codings in the copy, want 1", n)
	}
	if err := s.Backup(t.Context(), path); !errors.Is(err, os.ErrExist) {
		t.Errorf("a copy over a file: %v", err)
	}
	if err := s.Backup(t.Context(), filepath.Join(path, "x")); err == nil {
		t.Errorf("a copy to where no file can be")
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	path = filepath.Join(t.TempDir(), "never.db")
	if err := s.Backup(cancelled, path); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a cancelled copy left a file: %v", err)
	}
}

func TestPollOnlyWhileWatched(t *testing.T) {
	s := open(t)
	polling := func() bool {
		s.watch.mu.Lock()
		defer s.watch.mu.Unlock()
		return s.watch.stop != nil
	}
	if polling() {
		t.Error("polls with nobody watching")
	}
	stop1, stop2 := s.Watch(func() {}), s.Watch(func() {})
	stop1()
	if !polling() {
		t.Error("does not poll for the second watcher")
	}
	stop2()
	if polling() {
		t.Error("polls after the last watcher")
	}
	for deadline := time.Now().Add(5 * time.Second); s.side.Stats().OpenConnections > s.side.Stats().Idle; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the polling connection stays")
		}
	}
}

func TestReadersLimit(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), WithReaders(1))
	must(t, err)
	defer s.Close()
	must(t, s.View(t.Context(), func(coding.Reader) error {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if err := s.View(ctx, func(coding.Reader) error { return fmt.Errorf("ran") }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("second View with one reader: %v", err)
		}
		return nil
	}))
	must(t, s.View(t.Context(), func(coding.Reader) error { return nil }))
}
