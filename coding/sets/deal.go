package sets

import (
	"cmp"
	"hash/fnv"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// Shuffled is the answers of the set in an order that looks random and is always the same for the same seed. An answer's
// place among others does not depend on which others the set has.
func Shuffled(set *roaring.Bitmap, seed string) []coding.AnswerID {
	h := fnv.New64a()
	h.Write([]byte(seed))
	key := h.Sum64()
	ids := IDs(set)
	slices.SortFunc(ids, func(a, b coding.AnswerID) int { return cmp.Compare(mix(uint64(a)^key), mix(uint64(b)^key)) })
	return ids
}

// mix scatters x over 64 bits (the finaliser of splitmix64, a bijection).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Sample is n answers of the set drawn at random by the seed, or all of it when it has no more. The caller's own.
func Sample(set *roaring.Bitmap, n int, seed string) *roaring.Bitmap {
	ids := Shuffled(set, seed)
	return Of(ids[:min(max(n, 0), len(ids))]...)
}

// Stratified is n answers drawn at random by the seed, from each stratum in proportion to its size: first the whole parts, then
// one more for those with the largest remainders, the first of equals. Strata must not overlap. The caller's own.
func Stratified(strata []*roaring.Bitmap, n int, seed string) *roaring.Bitmap {
	total := 0
	for _, s := range strata {
		total += int(s.GetCardinality())
	}
	n = min(max(n, 0), total)
	out := roaring.New()
	if n == 0 {
		return out
	}
	sizes, order, left := make([]int, len(strata)), make([]int, len(strata)), n
	for i, s := range strata {
		sizes[i], order[i] = n*int(s.GetCardinality())/total, i
		left -= sizes[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return n*int(strata[b].GetCardinality())%total - n*int(strata[a].GetCardinality())%total
	})
	for _, i := range order[:left] {
		sizes[i]++
	}
	for i, s := range strata {
		out.Or(Sample(s, sizes[i], seed))
	}
	return out
}

// Even parts n into k numbers that differ by one at most, the larger ones first.
func Even(n, k int) []int {
	out := make([]int, k)
	for i := range out {
		out[i] = n / k
		if i < n%k {
			out[i]++
		}
	}
	return out
}

// Deal gives out the set: the first share gets sizes[0] answers, and so on, until the set is empty. No answer is in two
// shares. Without a seed the shares are stretches of the set in order; with one they are drawn at random by it.
func Deal(set *roaring.Bitmap, sizes []int, seed string) []*roaring.Bitmap {
	var ids []coding.AnswerID
	if seed == "" {
		ids = IDs(set)
	} else {
		ids = Shuffled(set, seed)
	}
	out := make([]*roaring.Bitmap, len(sizes))
	for i, n := range sizes {
		n = min(max(n, 0), len(ids))
		out[i] = Of(ids[:n]...)
		ids = ids[n:]
	}
	return out
}
