package sets

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// Splitter counts sets of answers by parts that do not overlap, in one pass over each set, however many parts there are.
// It is for one goroutine, inside Boards.Read.
type Splitter struct {
	board  *Board
	part   column[uint32] // answer → its part, from 1; 0 is none
	parts  int
	serial uint32
	base   uint32 // the respondent at seen[0]
	seen   []seen
	words  int           // of others for each respondent; 0 where there is no room for all
	others []uint64      // parts beside seen.part in which a respondent was counted
	far    map[pair]bool // the same, where there is no room
}

// seen is how a respondent was counted in the set of a serial: first in part (0 for none), and in others if more.
type seen struct {
	serial, part uint32
	more         bool
}

type pair struct{ respondent, part uint32 }

// roomForParts is the number of parts up to which each respondent has a bit for each.
const roomForParts = 256

// Splitter makes one for parts, which are sets of answers. Of parts that overlap the last holds an answer.
func (b *Board) Splitter(parts []*roaring.Bitmap) *Splitter {
	s := &Splitter{board: b, parts: len(parts)}
	for i, set := range parts {
		eachBatch(set, func(ids []uint32) {
			for _, id := range ids {
				*s.part.at(id) = uint32(i + 1)
			}
		})
	}
	if b.respondents.IsEmpty() {
		return s
	}
	s.base = b.respondents.Minimum()
	s.seen = make([]seen, b.respondents.Maximum()-s.base+1)
	if len(parts) <= roomForParts {
		s.words = (len(parts) + 63) / 64
		s.others = make([]uint64, len(s.seen)*s.words)
	}
	return s
}

// Parts is the number of parts.
func (s *Splitter) Parts() int { return s.parts }

// Split counts, for each part, the answers of the set that are in it and who gave them, and the respondents of the whole
// set. Answers and people have one place for each part and are written over.
func (s *Splitter) Split(set *roaring.Bitmap, answers, people []int) (respondents int) {
	clear(answers)
	clear(people)
	s.serial++
	if s.words == 0 && s.parts > 0 {
		s.far = map[pair]bool{}
	}
	s.board.eachPair(set, func(ids, rs []uint32) {
		var page *[pageSize]uint32
		number := ^uint32(0)
		for i, id := range ids {
			r := rs[i] - s.base
			was := &s.seen[r]
			if was.serial != s.serial {
				*was = seen{serial: s.serial}
				respondents++
			}
			if s.parts == 0 {
				continue
			}
			if at := id >> pageBits; at != number {
				number, page = at, s.part.page(at)
			}
			if page == nil || page[id%pageSize] == 0 {
				continue
			}
			part := page[id%pageSize]
			answers[part-1]++
			if was.part == 0 {
				was.part = part
				people[part-1]++
			} else if was.part != part && s.another(was, r, part) {
				people[part-1]++
			}
		}
	})
	return respondents
}

// another notes that the respondent is in one more part, and tells whether that is news.
func (s *Splitter) another(was *seen, r, part uint32) bool {
	if s.words == 0 {
		key := pair{r, part}
		news := !s.far[key]
		s.far[key] = true
		return news
	}
	others := s.others[int(r)*s.words : int(r+1)*s.words]
	if !was.more {
		clear(others)
		was.more = true
	}
	word, bit := &others[(part-1)/64], uint64(1)<<((part-1)%64)
	news := *word&bit == 0
	*word |= bit
	return news
}

// CodingSets is the answers of the theme, one set for each coder who gave it; of one coder, unless who is 0. Among those of all
// coders an answer that was decided counts as decided: once, or not at all.
func (b *Board) CodingSets(t coding.ThemeID, who coding.PersonID) []*roaring.Bitmap {
	var out []*roaring.Bitmap
	decided := roaring.New()
	if who == 0 {
		decided = roaring.Or(b.applies.get(t), b.refused.get(t))
	}
	for id, c := range b.coders {
		set := c.themes[t]
		if set == nil || who != 0 && id != who {
			continue
		}
		if !decided.IsEmpty() {
			set = roaring.AndNot(set, decided)
		}
		out = append(out, set)
	}
	if set := b.applies[t]; who == 0 && set != nil {
		out = append(out, set)
	}
	return out
}
