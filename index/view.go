package index

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// view is one unchanging state of an index, to be read at the level of its segments. Inside a segment answers go by
// document number, outside by answer id.
type view struct {
	snapshot *scorch.IndexSnapshot
	segments []part
	lowest   uint32 // of all answer ids
	highest  uint32
}

// part is one segment of a view.
type part struct {
	segment.Segment
	deleted *roaring.Bitmap // may be nil
	ids     []uint32        // answer id by document number
	byID    []uint32        // document numbers in order of answer id
}

// view opens the present state. The caller closes it.
func (g *generation) view() (*view, error) {
	s, err := g.reader()
	if err != nil {
		return nil, err
	}
	v := &view{snapshot: s, lowest: math.MaxUint32}
	keep := map[uint64]bool{}
	for _, seg := range s.Segments() {
		ids, err := g.ids.of(seg)
		if err != nil {
			_ = s.Close()
			return nil, err
		}
		keep[seg.Id()] = true
		v.segments = append(v.segments, part{seg.Segment(), seg.Deleted(), ids.list, ids.order})
		v.lowest, v.highest = min(v.lowest, ids.lowest), max(v.highest, ids.highest)
	}
	g.ids.keep(keep)
	return v, nil
}

func (v *view) close() { _ = v.snapshot.Close() }

// segmentIDs remembers the answer ids of segments: a segment never changes.
type segmentIDs struct {
	mu sync.Mutex
	by map[uint64]*idList
}

type idList struct {
	list, order     []uint32
	lowest, highest uint32
}

func (c *segmentIDs) of(seg *scorch.SegmentSnapshot) (*idList, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l := c.by[seg.Id()]; l != nil {
		return l, nil
	}
	l := &idList{list: make([]uint32, seg.Segment().Count()), lowest: math.MaxUint32}
	for n := range l.list {
		id, err := seg.Segment().DocID(uint64(n))
		if err != nil {
			return nil, damaged("document id", err)
		}
		answer, err := strconv.ParseUint(string(id), 10, 32)
		if err != nil {
			return nil, damaged("document id", err)
		}
		l.list[n] = uint32(answer)
	}
	l.order = make([]uint32, len(l.list))
	for n := range l.order {
		l.order[n] = uint32(n)
	}
	slices.SortFunc(l.order, func(a, b uint32) int { return cmp.Compare(l.list[a], l.list[b]) })
	if n := len(l.list); n > 0 {
		l.lowest, l.highest = l.list[l.order[0]], l.list[l.order[n-1]]
	}
	if c.by == nil {
		c.by = map[uint64]*idList{}
	}
	c.by[seg.Id()] = l
	return l, nil
}

// keep forgets all segments but these. Another reader may still use an older view; it then reads its ids again.
func (c *segmentIDs) keep(segments map[uint64]bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range c.by {
		if !segments[id] {
			delete(c.by, id)
		}
	}
}

// answers gathers document numbers of the view's segments into one set of answer ids. sets has one set for each segment.
func (v *view) answers(sets []*roaring.Bitmap) *roaring.Bitmap {
	const most = 1 << 26 // ids apart: 8 MB of bits
	base := v.lowest &^ 0xFFFF
	if v.highest < v.lowest {
		return roaring.New()
	}
	if v.highest-base > most {
		return v.sparse(sets)
	}
	words := make([]uint64, (v.highest-base)/64+1)
	var buf [512]uint32
	for i, p := range v.segments {
		if sets[i] == nil {
			continue
		}
		it := p.live(sets[i]).ManyIterator()
		for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
			for _, doc := range buf[:n] {
				id := p.ids[doc] - base
				words[id/64] |= 1 << (id % 64)
			}
		}
	}
	out := roaring.FromDense(words, false)
	if base > 0 {
		out = roaring.AddOffset64(out, int64(base))
	}
	return out
}

// sparse does the same where the ids of the project lie too far apart.
func (v *view) sparse(sets []*roaring.Bitmap) *roaring.Bitmap {
	var list []uint32
	for i, p := range v.segments {
		if sets[i] != nil {
			it := p.live(sets[i]).Iterator()
			for it.HasNext() {
				list = append(list, p.ids[it.Next()])
			}
		}
	}
	slices.Sort(list)
	out := roaring.New()
	out.AddMany(list)
	return out
}

// live is docs without the deleted ones.
func (p part) live(docs *roaring.Bitmap) *roaring.Bitmap {
	if p.deleted == nil || p.deleted.IsEmpty() {
		return docs
	}
	return roaring.AndNot(docs, p.deleted)
}

// documents is the documents of a set of answers, in order of answer id.
func (p part) documents(set *roaring.Bitmap) []uint32 {
	var out []uint32
	take := func(doc uint32) {
		if p.deleted == nil || !p.deleted.Contains(doc) {
			out = append(out, doc)
		}
	}
	it := set.Iterator()
	if n := int(set.GetCardinality()); n < len(p.byID)/16 {
		for at := 0; it.HasNext(); {
			k, ok := slices.BinarySearchFunc(p.byID[at:], it.Next(), func(doc, id uint32) int { return cmp.Compare(p.ids[doc], id) })
			if at += k; ok {
				take(p.byID[at])
			}
		}
		return out
	}
	for _, doc := range p.byID {
		id := p.ids[doc]
		it.AdvanceIfNeeded(id)
		if !it.HasNext() {
			break
		}
		if it.PeekNext() == id {
			take(doc)
		}
	}
	return out
}

// all is every answer of the view.
func (v *view) all() *roaring.Bitmap {
	sets := make([]*roaring.Bitmap, len(v.segments))
	for i, p := range v.segments {
		sets[i] = roaring.New()
		sets[i].AddRange(0, p.Count())
	}
	return v.answers(sets)
}
