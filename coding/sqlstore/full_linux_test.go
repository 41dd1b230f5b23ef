package sqlstore

import (
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
)

// TestFileSystemFull fills a real file system, where one can be mounted: import on it, coding until it is full, and again
// when there is room.
func TestFileSystemFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=16m"); err != nil {
		t.Skipf("a small file system can't be mounted: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, 0) })
	s, err := Open(t.Context(), filepath.Join(dir, "x.db"))
	must(t, err)
	data := fill(t, s, "p", words(1000))
	before := state(t, s)

	big := make([]coding.Respondent, 100_000)
	for i := range big {
		big[i] = coding.Respondent{Round: 1, Import: 1, External: fmt.Sprintf("full-%d-%0200d", i, i)}
	}
	err = s.Update(t.Context(), func(tx coding.Tx) error { return tx.AddRespondents(t.Context(), data.project, big) })
	if !errors.Is(err, coding.ErrFull) {
		t.Fatalf("100,000 respondents into 16 MB: %v, want ErrFull", err)
	}
	t.Logf("import: %v", err)
	if d := cmp.Diff(before, state(t, s)); d != "" {
		t.Errorf("the failed import changed: %s", d)
	}
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[0], Theme: data.themes[0], Coder: 1}))

	acked, refused := 1, 0
	memo := make([]byte, 50_000)
	for i := range memo {
		memo[i] = 'x'
	}
	for i := 0; i < 2000 && refused < 5; i++ {
		err := s.Update(t.Context(), func(tx coding.Tx) error {
			st, err := tx.Begin(t.Context(), data.project, 1, coding.OpMemo, "", 0)
			if err != nil {
				return err
			}
			_, err = tx.Put(t.Context(), st, nil, coding.Memo{On: coding.MemoAnswer, Target: int64(i), Author: 1, Text: string(memo)})
			return err
		})
		if err != nil {
			if !coding.IsFull(err) {
				t.Errorf("a refused change is not told from others: %v", err)
			}
			refused++
			continue
		}
		acked++
	}
	t.Logf("%d changes went in, %d did not", acked, refused)
	if refused == 0 {
		t.Fatal("the file system never became full")
	}
	memos := 0
	must(t, s.View(t.Context(), func(r coding.Reader) error {
		for _, err := range r.EachMemo(t.Context(), data.project, coding.MemoAnswer) {
			must(t, err)
			memos++
		}
		return nil
	}))
	if memos != acked-1 {
		t.Errorf("%d memos, acknowledged %d", memos, acked-1)
	}
	must(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"))
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[1], Theme: data.themes[0], Coder: 1}))
	sound(t, s, data.project)
	must(t, s.Close())
	s = openAt(t, filepath.Join(dir, "x.db"))
	if n := len(sound(t, s, data.project)); n != 2 {
		t.Errorf("%d codings, want 2", n)
	}
	must(t, s.Close())
}
