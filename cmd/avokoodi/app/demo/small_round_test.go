package demo

import (
	"path/filepath"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
)

// TestSmallRound: a round of one respondent, such as a live room that somebody tried out, hides much of the readers' tables; what
// can't be settled is looked at once, and not anew for every cell that hangs together with it, which took minutes.
func TestSmallRound(t *testing.T) {
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	p, _, err := Ensure(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	_, err = coding.NewService(store, nil).Import(t.Context(), p.ID, coding.Operator, coding.Batch{File: "w", SHA256: "w",
		Round: coding.Round{Key: "w", Label: coding.Text{EN: "W"}, Kind: coding.RoundWorkshop}, Questions: []coding.Question{{Key: "workshop-a", Label: coding.Text{EN: "A"}}},
		Rows: func(yield func(coding.BatchRow, error) bool) {
			yield(coding.BatchRow{External: "1", Answers: []coding.BatchAnswer{{Language: "fi", Text: "yksi kommentti"}}}, nil)
		}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	err = sets.New(store).Read(t.Context(), p.ID, func(b *sets.Board) error {
		_, err := report.CountOn(b, report.Request{Project: p.ID, Public: true})
		return err
	})
	if took := time.Since(begin); err != nil || took > 30*time.Second {
		t.Errorf("%v, %v", took, err)
	}
}
