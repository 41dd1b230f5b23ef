package sets_test

import (
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

func TestDeal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := roaring.BitmapOf(rapid.SliceOf(rapid.Uint32Range(1, 300)).Draw(t, "set")...)
		sizes := rapid.SliceOfN(rapid.IntRange(-1, 80), 0, 5).Draw(t, "sizes")
		seed := rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "seed")
		shares := sets.Deal(set, sizes, seed)
		left := int(set.GetCardinality())
		all := roaring.New()
		for i, share := range shares {
			want := min(max(sizes[i], 0), left)
			left -= want
			if int(share.GetCardinality()) != want {
				t.Fatalf("share %d has %d, want %d", i, share.GetCardinality(), want)
			}
			if share.Intersects(all) {
				t.Fatalf("share %d holds what another has", i)
			}
			if seed == "" && !share.IsEmpty() && !all.IsEmpty() && share.Minimum() <= all.Maximum() {
				t.Fatalf("share %d is not behind those before it", i)
			}
			all.Or(share)
		}
		if !roaring.AndNot(all, set).IsEmpty() {
			t.Fatal("dealt what the set does not have")
		}
		again := sets.Deal(set, sizes, seed)
		if !slices.EqualFunc(shares, again, func(x, y *roaring.Bitmap) bool { return x.Equals(y) }) {
			t.Fatal("the same seed dealt differently")
		}
	})
}

// TestSampleIsFair draws from 1,000 answers with 400 seeds: each answer comes up about as often as chance says (mean 40, standard
// deviation 6), and two seeds share about a tenth.
func TestSampleIsFair(t *testing.T) {
	set := roaring.New()
	set.AddRange(500, 1500)
	times := map[uint32]int{}
	for i := range 400 {
		for _, id := range sets.Sample(set, 100, string(rune(0x41+i))).ToArray() {
			times[id]++
		}
	}
	for id := uint32(500); id < 1500; id++ {
		if n := times[id]; n < 15 || n > 68 {
			t.Errorf("answer %d came up %d times of 400, expected about 40", id, n)
		}
	}
	a, b := sets.Sample(set, 100, "a"), sets.Sample(set, 100, "b")
	if n := a.AndCardinality(b); n < 1 || n > 30 {
		t.Errorf("two samples of 100 of 1,000 share %d", n)
	}
	// An answer more does not turn the rest around.
	set.Add(9000)
	if n := sets.Sample(set, 100, "a").AndCardinality(a); n < 99 {
		t.Errorf("with one answer more, only %d of the sample stayed", n)
	}
}

func TestEven(t *testing.T) {
	if got := sets.Even(11, 3); !slices.Equal(got, []int{4, 4, 3}) {
		t.Errorf("11 among 3: %v", got)
	}
	if got := sets.Even(2, 3); !slices.Equal(got, []int{1, 1, 0}) {
		t.Errorf("2 among 3: %v", got)
	}
	if got := sets.Shuffled(sets.Of(5, 3), "x"); len(got) != 2 || !slices.Contains(got, coding.AnswerID(3)) {
		t.Errorf("shuffled: %v", got)
	}
}
