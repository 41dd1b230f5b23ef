package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// inOrder keeps those of docs in which the slots' words stand as far from each other as in the query. Every one of docs
// has all slots.
func inOrder(dicts dictionaries, slots []slot, docs *roaring.Bitmap) (*roaring.Bitmap, error) {
	cursors := make([][]*cursor, len(slots))
	for i, s := range slots {
		for _, t := range s.bases {
			list, err := cursorsOf(dicts.bases, t)
			if err != nil {
				return nil, err
			}
			cursors[i] = append(cursors[i], list...)
		}
		for _, t := range s.forms {
			list, err := cursorsOf(dicts.forms, t)
			if err != nil {
				return nil, err
			}
			cursors[i] = append(cursors[i], list...)
		}
	}
	out := roaring.New()
	places := make([][]int, len(slots))
	for it := docs.Iterator(); it.HasNext(); {
		doc := it.Next()
		for i := range slots {
			places[i] = places[i][:0]
			for _, c := range cursors[i] {
				var err error
				if places[i], err = c.places(places[i], doc); err != nil {
					return nil, err
				}
			}
		}
		if stand(slots, places) {
			out.Add(doc)
		}
	}
	return out, nil
}

// stand tells whether some place of the first slot has places of all others at the right distance.
func stand(slots []slot, places [][]int) bool {
	for _, first := range places[0] {
		ok := true
		for i := 1; i < len(slots) && ok; i++ {
			ok = slices.Contains(places[i], first+slots[i].place-slots[0].place)
		}
		if ok {
			return true
		}
	}
	return false
}

// cursor goes through the postings of one term.
type cursor struct {
	it   segment.PostingsIterator
	post segment.Posting // nil at the end
}

// cursorsOf opens the postings of a term and of the terms that hold its further places.
func cursorsOf(dict segment.TermDictionary, term string) ([]*cursor, error) {
	var out []*cursor
	for n, t := 1, term; ; n, t = n+1, spill(term, n) {
		ok, err := dict.Contains([]byte(t))
		if err != nil || !ok {
			return out, err
		}
		list, err := dict.PostingsList([]byte(t), nil, nil)
		if err != nil {
			return nil, err
		}
		c := &cursor{it: list.Iterator(true, true, false, nil)}
		if c.post, err = c.it.Next(); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
}

// places appends where the term stands in doc. Documents must be asked for in order.
func (c *cursor) places(places []int, doc uint32) ([]int, error) {
	if c.post != nil && c.post.Number() < uint64(doc) {
		var err error
		if c.post, err = c.it.Advance(uint64(doc)); err != nil {
			return nil, err
		}
	}
	if c.post == nil || c.post.Number() != uint64(doc) {
		return places, nil
	}
	return unpack(places, c.post.Frequency()), nil
}
