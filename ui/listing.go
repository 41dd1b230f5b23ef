package ui

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// listing is the answers of the desk in order. ids is nil for the natural order, in which set is enough.
type listing struct {
	set *roaring.Bitmap
	ids []coding.AnswerID
}

// arrange orders the picked answers: "" as they came, "random" by a seed so that the same sample comes again, "relevance"
// by the search, "long" and "short" by the length of the text.
func arrange(set *roaring.Bitmap, order, seed string, hits *searched, length func(coding.AnswerID) int) listing {
	switch {
	case order == "long" || order == "short":
		ids := sets.IDs(set)
		sign := 1
		if order == "long" {
			sign = -1
		}
		slices.SortStableFunc(ids, func(a, b coding.AnswerID) int { return sign * cmp.Compare(length(a), length(b)) })
		return listing{set, ids}
	case order == "random":
		return listing{set, sets.Shuffled(set, seed)}
	case order == "relevance" && hits != nil && hits.ranked != nil:
		ids := make([]coding.AnswerID, 0, set.GetCardinality())
		seen := roaring.New()
		for _, id := range hits.ranked {
			if set.Contains(uint32(id)) {
				ids = append(ids, id)
				seen.Add(uint32(id))
			}
		}
		return listing{set, append(ids, sets.IDs(roaring.AndNot(set, seen))...)}
	}
	return listing{set: set}
}

func (l listing) len() int { return int(l.set.GetCardinality()) }

// position of id in the list; of an id that is not in it, the place where it would stand in natural order.
func (l listing) position(id coding.AnswerID) int {
	if l.ids == nil {
		return sets.Rank(l.set, id)
	}
	return max(slices.Index(l.ids, id), 0)
}

func (l listing) at(position, n int) []coding.AnswerID {
	if position < 0 {
		n, position = n+position, 0
	}
	if l.ids == nil {
		return sets.At(l.set, position, n)
	}
	if position >= len(l.ids) || n <= 0 {
		return nil
	}
	return l.ids[position:min(position+n, len(l.ids))]
}

func (l listing) after(id coding.AnswerID, n int) []coding.AnswerID {
	if l.ids == nil {
		return sets.After(l.set, id, n)
	}
	return l.at(l.position(id)+1, n)
}

func (l listing) before(id coding.AnswerID, n int) []coding.AnswerID {
	at := l.position(id)
	return l.at(at-n, min(n, at))
}

// around is the cards before and from the current answer on. Without a place the list begins at its start.
func (l listing) around(id coding.AnswerID, before, after int) (ids []coding.AnswerID, now coding.AnswerID, more, rest bool) {
	at := 0
	if id > 0 {
		at = min(l.position(id), max(l.len()-1, 0))
	}
	from := max(at-before, 0)
	ids = l.at(from, at-from+after)
	if at-from < len(ids) {
		now = ids[at-from]
	}
	return ids, now, from > 0, from+len(ids) < l.len()
}
