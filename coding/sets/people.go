package sets

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// fewAnswers is the size of a set up to which its respondents are gathered in a list rather than in a dense field of bits.
const fewAnswers = 4096

// RespondentsOf is who gave the answers of the set. The result is the caller's own.
func (b *Board) RespondentsOf(set *roaring.Bitmap) *roaring.Bitmap {
	if set.GetCardinality() <= fewAnswers {
		return b.fewRespondents(set)
	}
	if b.respondents.IsEmpty() {
		return roaring.New()
	}
	base := b.respondents.Minimum() &^ 0xFFFF
	words := make([]uint64, (b.respondents.Maximum()-base)/64+1)
	b.eachPair(set, func(_, rs []uint32) {
		for _, r := range rs {
			words[(r-base)/64] |= 1 << ((r - base) % 64)
		}
	})
	out := roaring.FromDense(words, false)
	if base == 0 {
		return out
	}
	return roaring.AddOffset64(out, int64(base))
}

func (b *Board) fewRespondents(set *roaring.Bitmap) *roaring.Bitmap {
	list := make([]uint32, 0, set.GetCardinality())
	sorted := true
	b.eachPair(set, func(_, rs []uint32) {
		for _, r := range rs {
			if n := len(list); n > 0 {
				if list[n-1] == r {
					continue
				}
				sorted = sorted && list[n-1] < r
			}
			list = append(list, r)
		}
	})
	if !sorted {
		slices.Sort(list)
	}
	out := roaring.New()
	out.AddMany(list)
	return out
}

// eachBatch calls fn with the ids of the set in order, many at a time.
func eachBatch(set *roaring.Bitmap, fn func(ids []uint32)) {
	it := set.ManyIterator()
	var buf [1024]uint32
	for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
		fn(buf[:n])
	}
}

// eachPair calls fn with answers of the set and, at the same places, who gave them, in order of answers. Answers that the
// board does not have are left out.
func (b *Board) eachPair(set *roaring.Bitmap, fn func(answers, respondents []uint32)) {
	var rs [1024]uint32
	eachBatch(set, func(ids []uint32) {
		n := 0
		var page *[pageSize]uint32
		number := ^uint32(0)
		for _, id := range ids {
			if at := id >> pageBits; at != number {
				number, page = at, b.respondent.page(at)
			}
			if page == nil {
				continue
			}
			if r := page[id%pageSize]; r != 0 {
				ids[n], rs[n] = id, r
				n++
			}
		}
		fn(ids[:n], rs[:n])
	})
}

// AnswersOf is the answers that respondents of the set gave. The result is the caller's own.
func (b *Board) AnswersOf(respondents *roaring.Bitmap) *roaring.Bitmap {
	out := roaring.New()
	b.eachPair(b.all, func(ids, rs []uint32) {
		n := 0
		for i, id := range ids {
			if respondents.Contains(rs[i]) {
				ids[n] = id
				n++
			}
		}
		out.AddMany(ids[:n])
	})
	return out
}

// Sequence lists the respondents of the set in order.
func Sequence(respondents *roaring.Bitmap) []coding.RespondentID {
	out := make([]coding.RespondentID, 0, respondents.GetCardinality())
	for it := respondents.Iterator(); it.HasNext(); {
		out = append(out, coding.RespondentID(it.Next()))
	}
	return out
}
