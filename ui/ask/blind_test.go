package ask_test

import (
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// TestBlindAsksOnlyOneself lets fields that tell of judgements tell a blind coder of the own ones alone.
func TestBlindAsksOnlyOneself(t *testing.T) {
	p, _ := asked(t)
	p.Blind = 1
	for query, make := range map[string]func(b *sets.Board) *roaring.Bitmap{
		"theme:teema-1": func(b *sets.Board) *roaring.Bitmap { return b.ThemeBy(b.Tree().All()[0].ID, 1) },
		"state:open":    func(b *sets.Board) *roaring.Bitmap { return b.StateBy(coding.StateOpen, 1) },
		"coder:coder1":  func(b *sets.Board) *roaring.Bitmap { return b.Coder(1) },
		"coder:coder2":  func(*sets.Board) *roaring.Bitmap { return roaring.New() },
	} {
		q, err := p.Parse(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Matching(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if all := want(t, p, make); !got.Equals(all) {
			t.Errorf("%s finds %d answers, want %d", query, got.GetCardinality(), all.GetCardinality())
		}
	}
}
