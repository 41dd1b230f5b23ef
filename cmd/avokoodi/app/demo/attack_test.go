package demo

import (
	"os"
	"path/filepath"
	"testing"

	"avokoodi/coding/report/attack"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
)

// TestReaderOfTheDemonstrationRecoversNothing attacks everything that a reader can see of the demonstration with a linear
// program: every question, every variable, with and without sub-themes. Of the eleven questions the first two are divided,
// or all of them (two minutes) where AVOKOODI_ATTACK is "all".
func TestReaderOfTheDemonstrationRecoversNothing(t *testing.T) {
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	p, _, err := Ensure(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	err = sets.New(store).Read(t.Context(), p.ID, func(b *sets.Board) error {
		most := 2
		if os.Getenv("AVOKOODI_ATTACK") == "all" {
			most = 0
		}
		a, err := attack.NewReader(b, most)
		if err != nil {
			return err
		}
		told, hidden, err := a.Recovered(nil)
		for _, one := range told {
			t.Error(one)
		}
		if hidden < 500 {
			t.Errorf("only %d hidden cells were attacked", hidden)
		}
		t.Logf("%d hidden cells", hidden)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
