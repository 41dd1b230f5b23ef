package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/index/query"
)

// Resolver answers the parts of a query that ask for answers by what is known of them rather than by their words.
type Resolver interface {
	// Resolve gives the ids of the answers of which the field has the value; ok is false when it has no such value. The set
	// is not changed.
	Resolve(ctx context.Context, f *query.Field, v query.Value) (set *roaring.Bitmap, ok bool, err error)
}

// evaluation is a query at work: its words on the index, its fields on a Resolver.
type evaluation struct {
	*looking
	fields Resolver // nil refuses fields
}

// matching is the answers that match the query, and whether it had to be folded to find any. The set is the caller's own.
func (e *evaluation) matching(q *query.Query) (set *roaring.Bitmap, folded bool, err error) {
	if set, err = e.root(q); err != nil {
		return nil, false, err
	}
	if set.IsEmpty() && foldable(q) {
		again := *e
		with := *e.looking
		with.folded = true
		again.looking = &with
		if set, err = again.root(q); err != nil {
			return nil, false, err
		}
		folded = !set.IsEmpty()
	}
	return set, folded, nil
}

func (e *evaluation) root(q *query.Query) (*roaring.Bitmap, error) {
	if q.Root == nil {
		return e.all().Clone(), nil
	}
	set, err := e.set(q.Root)
	if err != nil {
		return nil, err
	}
	return set.Clone(), nil
}

// set is the answers that match a node. It may belong to others and is not to be changed.
func (e *evaluation) set(n query.Node) (*roaring.Bitmap, error) {
	if err := e.ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case *query.And:
		return e.and(n.Nodes)
	case *query.Or:
		sets := make([]*roaring.Bitmap, len(n.Nodes))
		for i, c := range n.Nodes {
			var err error
			if sets[i], err = e.set(c); err != nil {
				return nil, err
			}
		}
		return roaring.FastOr(sets...), nil
	case *query.Not:
		set, err := e.set(n.Node)
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(e.all(), set), nil
	case *query.Field:
		return e.field(n)
	}
	return e.leaf(n)
}

func (e *evaluation) and(nodes []query.Node) (*roaring.Bitmap, error) {
	var with, without []*roaring.Bitmap
	for _, c := range nodes {
		if not, ok := c.(*query.Not); ok {
			set, err := e.set(not.Node)
			if err != nil {
				return nil, err
			}
			without = append(without, set)
			continue
		}
		set, err := e.set(c)
		if err != nil {
			return nil, err
		}
		with = append(with, set)
	}
	var out *roaring.Bitmap
	if len(with) == 0 {
		out = e.all()
	} else {
		slices.SortFunc(with, func(a, b *roaring.Bitmap) int { return cmp.Compare(a.GetCardinality(), b.GetCardinality()) })
		out = with[0]
		for _, set := range with[1:] {
			out = roaring.And(out, set)
		}
	}
	for _, set := range without {
		out = roaring.AndNot(out, set)
	}
	return out, nil
}

func (e *evaluation) field(f *query.Field) (*roaring.Bitmap, error) {
	if e.fields == nil {
		return nil, query.NoFields(f)
	}
	sets := make([]*roaring.Bitmap, len(f.Values))
	for i, v := range f.Values {
		err := foreign(func() error {
			set, ok, err := e.fields.Resolve(e.ctx, f, v)
			if err == nil && !ok {
				err = query.UnknownValue(f, v)
			}
			sets[i] = set
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	// What the resolver knows may be ahead of the index; answers that are not in it yet are no hits.
	return roaring.And(roaring.FastOr(sets...), e.all()), nil
}
