package demo

import (
	"path/filepath"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report/attack"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
)

// TestHiddenStaysHidden gives an attacker every table that readers can have of the demonstration's projects, of the divisions of
// questions those of the first; a linear program tries each hidden number, and works out none.
func TestHiddenStaysHidden(t *testing.T) {
	ctx := t.Context()
	store, err := sqlstore.Open(ctx, filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, _, err := Ensure(ctx, store); err != nil {
		t.Fatal(err)
	}
	var projects []coding.Project
	if err := store.View(ctx, func(r coding.Reader) (err error) {
		projects, err = r.Projects(ctx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	boards, hidden := sets.New(store), 0
	for _, p := range projects {
		err := boards.Read(ctx, p.ID, func(b *sets.Board) error {
			a, err := attack.NewReader(b, 1)
			if err != nil {
				return err
			}
			told, n, err := a.Recovered(nil)
			for _, one := range told {
				t.Errorf("%s: %s", p.Slug, one)
			}
			t.Logf("%s: %d hidden numbers", p.Slug, n)
			hidden += n
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(projects) < 2 || hidden < 500 {
		t.Errorf("only %d hidden numbers of %d projects were attacked", hidden, len(projects))
	}
}
