package sets_test

import (
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"avokoodi/coding/sets"
)

// TestStratified draws the right number, within one of each stratum's part, the same each time.
func TestStratified(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var strata []*roaring.Bitmap
		total, at := 0, uint32(1)
		for range rapid.IntRange(1, 6).Draw(t, "strata") {
			size := rapid.IntRange(0, 40).Draw(t, "size")
			s := roaring.New()
			s.AddRange(uint64(at), uint64(at)+uint64(size))
			strata, total, at = append(strata, s), total+size, at+uint32(size)
		}
		n := rapid.IntRange(0, 200).Draw(t, "n")
		got := sets.Stratified(strata, n, "seed")
		if want := min(n, total); int(got.GetCardinality()) != want {
			t.Fatalf("%d drawn, want %d", got.GetCardinality(), want)
		}
		for _, s := range strata {
			part := float64(s.GetCardinality()) * float64(min(n, total)) / float64(max(total, 1))
			if has := float64(got.AndCardinality(s)); has <= part-1 || has >= part+1 {
				t.Fatalf("%v of a stratum, whose part is %v", has, part)
			}
		}
		if !got.Equals(sets.Stratified(strata, n, "seed")) {
			t.Fatal("another draw by the same seed")
		}
	})
}
