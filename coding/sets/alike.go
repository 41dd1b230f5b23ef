package sets

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// alike is which answers to the same question say the same, by coding.SameKey.
type alike struct {
	group   column[uint32] // answer → number of its group from 1; 0 for an answer that nobody else gave
	members [][]uint32     // of each group, in order
	all     *roaring.Bitmap
}

// said is what an answer says, for grouping.
type said struct {
	question coding.QuestionID
	same     coding.SameKey
	id       uint32
}

func saidBy(a coding.Answer) said { return said{a.Question, a.Same, uint32(a.ID)} }

// newAlike groups the sayings of a whole project; it sorts them.
func newAlike(list []said) alike {
	slices.SortFunc(list, func(a, b said) int {
		return cmp.Or(cmp.Compare(a.question, b.question), cmp.Compare(a.same, b.same), cmp.Compare(a.id, b.id))
	})
	out := alike{all: roaring.New()}
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].question == list[from].question && list[to].same == list[from].same {
			to++
		}
		if to-from > 1 && list[from].same != 0 {
			ids := make([]uint32, 0, to-from)
			for _, s := range list[from:to] {
				ids = append(ids, s.id)
				*out.group.at(s.id) = uint32(len(out.members) + 1)
			}
			out.members = append(out.members, ids)
			out.all.AddMany(ids)
		}
		from = to
	}
	return out
}

// readAlike groups the answers anew, after an import.
func (b *Board) readAlike(ctx context.Context, r coding.Reader) error {
	list := make([]said, 0, b.all.GetCardinality())
	for a, err := range r.EachAnswerHead(ctx, b.project.ID, 0) {
		if err != nil {
			return err
		}
		list = append(list, saidBy(a))
	}
	b.alike = newAlike(list)
	return nil
}

// Leads is the set with one answer, the first, of those that say the same: what a list shows that puts them together. The
// result is the caller's own.
func (b *Board) Leads(set *roaring.Bitmap) *roaring.Bitmap {
	drop := make([]uint32, 0, 64)
	seen := make([]bool, len(b.alike.members)+1)
	eachBatch(roaring.And(set, b.alike.all), func(ids []uint32) {
		for _, id := range ids {
			if g := b.alike.group.get(id); seen[g] {
				drop = append(drop, id)
			} else {
				seen[g] = true
			}
		}
	})
	out := set.Clone()
	gone := roaring.New()
	gone.AddMany(drop)
	out.AndNot(gone)
	return out
}

// Alike is the answers of the set that say the same as a in answer to the same question, in order, a itself among them
// when the set has it. An answer that nobody else gave has only itself.
func (b *Board) Alike(set *roaring.Bitmap, a coding.AnswerID) []coding.AnswerID {
	g := b.alike.group.get(uint32(a))
	if g == 0 {
		if set.Contains(uint32(a)) {
			return []coding.AnswerID{a}
		}
		return nil
	}
	var out []coding.AnswerID
	for _, id := range b.alike.members[g-1] {
		if set.Contains(id) {
			out = append(out, coding.AnswerID(id))
		}
	}
	return out
}

// Repeated is the answers that say what another answer to the same question says.
func (b *Board) Repeated() *roaring.Bitmap { return b.alike.all }

// EmptyTalk is the answers that say nothing to code, as coding.EmptyTalk knows it, whatever has been done about them.
func (b *Board) EmptyTalk() *roaring.Bitmap { return b.empty }

// LengthOf is the length of an answer's text in code points; 0 when there is no such answer.
func (b *Board) LengthOf(a coding.AnswerID) int { return int(b.length.get(uint32(a))) }
