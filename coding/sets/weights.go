package sets

import "github.com/RoaringBitmap/roaring/v2"

// Weights is the weight of each respondent, 0 for those without one or with one that is not positive.
type Weights struct {
	base   uint32
	weight []float64
}

// Weights lays a weighing out by respondent.
func (b *Board) Weights(w Weighing) Weights {
	out := Weights{}
	if b.respondents.IsEmpty() {
		return out
	}
	out.base = b.respondents.Minimum()
	out.weight = make([]float64, b.respondents.Maximum()-out.base+1)
	for i, set := range w.members {
		eachBatch(set, func(ids []uint32) {
			for _, id := range ids {
				out.weight[id-out.base] = w.weights[i]
			}
		})
	}
	return out
}

// Sum is the weight of the respondents together, that of their squared weights, and how many of them have a weight. It adds in the
// order of the respondents, so that the same state gives the same sum to the last bit.
func (w Weights) Sum(set *roaring.Bitmap) (sum, squares float64, n int) {
	eachBatch(set, func(ids []uint32) {
		for _, id := range ids {
			if x := w.weight[id-w.base]; x > 0 {
				sum, squares, n = sum+x, squares+x*x, n+1
			}
		}
	})
	return sum, squares, n
}
