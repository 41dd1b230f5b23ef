package sets

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// given is one assignment.
type given struct {
	coder  coding.PersonID
	set    *roaring.Bitmap
	veiled bool
	blind  bool
}

// Queue is the answers that the person was given to judge, done or not.
func (b *Board) Queue(who coding.PersonID) *roaring.Bitmap { return b.queues.get(who) }

// Queues lists who was given answers, by id.
func (b *Board) Queues() []coding.PersonID {
	var out []coding.PersonID
	for who, set := range b.queues {
		if set.Intersects(b.all) {
			out = append(out, who)
		}
	}
	slices.Sort(out)
	return out
}

// Given is the answers of one assignment that are still in the project. The set is the caller's own.
func (b *Board) Given(id coding.AssignmentID) *roaring.Bitmap {
	if g, ok := b.given[id]; ok {
		return roaring.And(g.set, b.all)
	}
	return roaring.New()
}

// Veiled is the answers that the person still codes blind; of 0, those that anybody does. The set is the caller's own.
func (b *Board) Veiled(who coding.PersonID) *roaring.Bitmap {
	out := roaring.New()
	for _, g := range b.given {
		if g.veiled && (who == 0 || g.coder == who) {
			out.Or(g.set)
		}
	}
	out.And(b.all)
	return out
}

// Blind is the answers that at least two of the people were given to code blind, over or not. The set is the caller's own.
func (b *Board) Blind(people []coding.PersonID) *roaring.Bitmap {
	once, twice := roaring.New(), roaring.New()
	for _, who := range people {
		mine := roaring.New()
		for _, g := range b.given {
			if g.blind && g.coder == who {
				mine.Or(g.set)
			}
		}
		twice.Or(roaring.And(once, mine))
		once.Or(mine)
	}
	twice.And(b.all)
	return twice
}

// Unassigned is the answers that nobody was given. The set is the caller's own.
func (b *Board) Unassigned() *roaring.Bitmap {
	out := b.all.Clone()
	for _, set := range b.queues {
		out.AndNot(set)
	}
	return out
}

// inQueues is the answers given to any of the people, 0 being nobody.
func (b *Board) inQueues(people []coding.PersonID) *roaring.Bitmap {
	set := b.queues.union(people)
	if slices.Contains(people, 0) {
		set.Or(b.Unassigned())
	}
	set.And(b.all) // an assignment outlives an import that is undone
	return set
}

func (b *Board) readAssignments(ctx context.Context, r coding.Reader, p coding.ProjectID) error {
	list, err := r.Assignments(ctx, p)
	if err != nil {
		return err
	}
	for _, a := range list {
		b.applyAssignment(nil, a)
	}
	return nil
}

func (b *Board) applyAssignment(before, after any) {
	if old, ok := before.(coding.Assignment); ok {
		delete(b.given, old.ID)
		b.requeue(old.Coder)
	}
	if a, ok := after.(coding.Assignment); ok {
		b.given[a.ID] = given{a.Coder, Of(a.Answers...), a.Veiled(), a.Blind}
		b.requeue(a.Coder)
	}
}

// requeue unites the coder's assignments anew.
func (b *Board) requeue(who coding.PersonID) {
	var list []*roaring.Bitmap
	for _, g := range b.given {
		if g.coder == who {
			list = append(list, g.set)
		}
	}
	if len(list) == 0 {
		delete(b.queues, who)
		return
	}
	b.queues[who] = roaring.FastOr(list...)
}
