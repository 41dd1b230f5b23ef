package main

import "avokoodi/index/analysis/langid"

// item is an example with its features as indexes of weights.
type item struct {
	features []int32
	class    int
	weight   float64
}

// table numbers the features.
type table struct {
	index  map[uint32]int32
	hashes []uint32
}

// newTable numbers the features that may enter the model: n-grams that occur
// in two examples at least, and words that are frequent or listed. A rare
// word, which might be somebody's name, leaves no trace of its own.
func newTable(examples []example, minimum int) *table {
	seen := map[uint32]int{}
	for _, e := range examples {
		e.features(func(hash uint32) { seen[hash]++ })
	}
	t := &table{index: map[uint32]int32{}}
	for _, e := range examples {
		e.features(func(hash uint32) {
			if _, ok := t.index[hash]; !ok && seen[hash] >= minimum {
				t.index[hash] = int32(len(t.hashes))
				t.hashes = append(t.hashes, hash)
			}
		})
	}
	return t
}

func (e example) features(visit func(hash uint32)) {
	langid.Features([]rune(e.word), func(hash uint32, whole bool) {
		if !whole || e.common {
			visit(hash)
		}
	})
}

// items turns examples into items.
func (t *table) items(examples []example) []item {
	items := make([]item, len(examples))
	for n, e := range examples {
		it := item{class: e.class, weight: e.weight}
		e.features(func(hash uint32) {
			if i, ok := t.index[hash]; ok {
				it.features = append(it.features, i)
			}
		})
		items[n] = it
	}
	return items
}
