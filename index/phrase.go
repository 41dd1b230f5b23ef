package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// inOrder keeps those of docs in which the slots' words stand as far from each other as in the query. Every one of docs
// has all slots.
func inOrder(dict segment.TermDictionary, slots []slot, docs *roaring.Bitmap) (*roaring.Bitmap, error) {
	places := make([]map[uint32][]int, len(slots))
	for i, s := range slots {
		places[i] = make(map[uint32][]int, docs.GetCardinality())
		for _, form := range s.forms {
			if err := addPlaces(dict, form, docs, places[i]); err != nil {
				return nil, err
			}
		}
	}
	out := roaring.New()
	for it := docs.Iterator(); it.HasNext(); {
		if doc := it.Next(); stand(slots, places, doc) {
			out.Add(doc)
		}
	}
	return out, nil
}

// stand tells whether some place of the first slot has places of all others at the right distance.
func stand(slots []slot, places []map[uint32][]int, doc uint32) bool {
	for _, first := range places[0][doc] {
		ok := true
		for i := 1; i < len(slots) && ok; i++ {
			ok = slices.Contains(places[i][doc], first+slots[i].place-slots[0].place)
		}
		if ok {
			return true
		}
	}
	return false
}

// addPlaces adds the places of a form in docs, from its own postings and those for which these had no room.
func addPlaces(dict segment.TermDictionary, form string, docs *roaring.Bitmap, places map[uint32][]int) error {
	has := roaring.New()
	for n, term := 1, form; ; n, term = n+1, spill(form, n) {
		has.Clear()
		if err := addPostings(dict, term, has); err != nil {
			return err
		}
		if n > 1 && has.IsEmpty() {
			return nil
		}
		if has.And(docs); has.IsEmpty() {
			return nil
		}
		list, err := dict.PostingsList([]byte(term), nil, nil)
		if err != nil {
			return err
		}
		postings := list.Iterator(true, true, false, nil)
		for it := has.Iterator(); it.HasNext(); {
			doc := it.Next()
			post, err := postings.Advance(uint64(doc))
			if err != nil || post == nil {
				return err
			}
			places[doc] = unpack(places[doc], post.Frequency())
		}
	}
}
