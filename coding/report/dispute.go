package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Disputes is the compared answers that stand so to a theme (0 for all themes), and who is compared.
type Disputes struct {
	Answers []coding.AnswerID // where coders differ, the hardest first: see Disputes
	Coders  []coding.PersonID
	Veiled  int // answers that were left out
}

// Asked is which of the compared answers Disputes lists: those that stand so to a theme, or, for 0, to all themes. For narrows them
// to those where one coder gave Theme and another gave For in its place; Nothing to those where the other gave nothing else.
type Asked struct {
	Theme   coding.ThemeID
	At      Standing
	For     coding.ThemeID
	Nothing bool
}

// Disputes lists answers for the one who asks. Where coders differ, the order is by how far their sets of themes are apart (the
// mean distance of MASI over pairs of coders, 1 where they share nothing), then by how many themes they differ on, then by id;
// elsewhere it is by id. A decision moves no answer: one that is half decided stays under the hand that decides it.
func (r *Reports) Disputes(ctx context.Context, q Compare, asked Asked) (Disputes, error) {
	var out Disputes
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		c, err := newCompared(b, q)
		if err != nil {
			return err
		}
		set := c.standing(asked.Theme, asked.At)
		if asked.For != 0 || asked.Nothing {
			set = c.takenFor(asked, set)
		}
		out.Coders, out.Veiled, out.Answers = c.coders, c.veiled, sets.IDs(set)
		if asked.At == Undecided || asked.At == Split {
			c.harder(out.Answers, set)
		}
		return nil
	})
	if err != nil {
		return Disputes{}, fmt.Errorf("disputes: %w", err)
	}
	return out, nil
}

// UndecidedOn is how many answers several coders differ on and nobody has decided, among those that the person does not code blind.
func UndecidedOn(b *sets.Board, person coding.PersonID) int {
	c, err := newCompared(b, Compare{Veiled: person})
	if err != nil { // nothing was asked that could be wrong
		return 0
	}
	return int(c.standing(0, Undecided).GetCardinality())
}

// harder puts the answers of a set in order.
func (c *compared) harder(ids []coding.AnswerID, set *roaring.Bitmap) {
	type hard struct {
		distance float64
		themes   int
	}
	at := make(map[coding.AnswerID]*hard, len(ids))
	given := make(map[coding.AnswerID][][]int, len(ids)) // themes by coder
	for _, id := range ids {
		at[id], given[id] = &hard{}, make([][]int, len(c.coders))
	}
	for t, th := range c.b.Tree().All() {
		differ, _ := c.split(th.ID)
		differ.And(set)
		for it := differ.Iterator(); it.HasNext(); {
			at[coding.AnswerID(it.Next())].themes++
		}
		for who, gave := range c.gave(th.ID) {
			for it := roaring.And(gave, set).Iterator(); it.HasNext(); {
				id := coding.AnswerID(it.Next())
				given[id][who] = append(given[id][who], t)
			}
		}
	}
	for _, id := range ids {
		pairs := 0
		for i := range c.coders {
			for j := range i {
				if c.read[i].Contains(uint32(id)) && c.read[j].Contains(uint32(id)) {
					at[id].distance += masi(given[id][i], given[id][j])
					pairs++
				}
			}
		}
		at[id].distance /= float64(max(pairs, 1))
	}
	slices.SortStableFunc(ids, func(a, b coding.AnswerID) int {
		return cmp.Or(cmp.Compare(at[b].distance, at[a].distance), at[b].themes-at[a].themes)
	})
}

// masi is the distance of Passonneau (2006) between two sets, whose values are in order; 0 for equal ones.
func masi(a, b []int) float64 {
	both := 0
	for _, v := range a {
		if _, found := slices.BinarySearch(b, v); found {
			both++
		}
	}
	either := len(a) + len(b) - both
	switch {
	case either == both:
		return 0
	case both == 0:
		return 1
	case both == len(a) || both == len(b):
		return 1 - 2./3*float64(both)/float64(either)
	}
	return 1 - 1./3*float64(both)/float64(either)
}
