package sets

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Of makes a set of answers, such as the hits of a search for Filter.Within.
func Of(ids ...coding.AnswerID) *roaring.Bitmap {
	list := make([]uint32, 0, len(ids))
	for _, id := range ids {
		if id > 0 && id <= math.MaxUint32 {
			list = append(list, uint32(id))
		}
	}
	slices.Sort(list)
	set := roaring.New()
	set.AddMany(list)
	return set
}

// After is the first n answers of the set whose id is above after, in order.
func After(set *roaring.Bitmap, after coding.AnswerID, n int) []coding.AnswerID {
	if after >= math.MaxUint32 {
		return nil
	}
	it := set.Iterator()
	it.AdvanceIfNeeded(uint32(max(after+1, 0)))
	var out []coding.AnswerID
	for len(out) < n && it.HasNext() {
		out = append(out, coding.AnswerID(it.Next()))
	}
	return out
}

// Before is the last n answers of the set whose id is below before, in order of id.
func Before(set *roaring.Bitmap, before coding.AnswerID, n int) []coding.AnswerID {
	return At(set, Rank(set, before)-n, min(n, Rank(set, before)))
}

// At is n answers of the set from a position on, the first answer being at 0. A position below 0 is 0.
func At(set *roaring.Bitmap, position, n int) []coding.AnswerID {
	position = max(position, 0)
	if n <= 0 || uint64(position) >= set.GetCardinality() {
		return nil
	}
	first, err := set.Select(uint32(position))
	if err != nil {
		return nil
	}
	return After(set, coding.AnswerID(first)-1, n)
}

// Rank is the number of answers of the set that stand before id, whether id itself is in the set or not: its position.
func Rank(set *roaring.Bitmap, id coding.AnswerID) int {
	if id <= 0 {
		return 0
	}
	return int(set.Rank(uint32(min(id-1, math.MaxUint32))))
}

// IDs lists the whole set in order.
func IDs(set *roaring.Bitmap) []coding.AnswerID {
	out := make([]coding.AnswerID, 0, set.GetCardinality())
	eachBatch(set, func(ids []uint32) {
		for _, id := range ids {
			out = append(out, coding.AnswerID(id))
		}
	})
	return out
}

func languagesIn(g group[coding.Lang]) []coding.Lang {
	var out []coding.Lang
	for l, set := range g {
		if !set.IsEmpty() {
			out = append(out, l)
		}
	}
	place := func(l coding.Lang) int {
		if i := slices.Index(themes.Langs[:], l); i >= 0 {
			return i
		}
		if l == "" {
			return len(themes.Langs) + 1
		}
		return len(themes.Langs)
	}
	slices.SortFunc(out, func(a, b coding.Lang) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
	return out
}
