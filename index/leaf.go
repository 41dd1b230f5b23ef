package index

import (
	"context"
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"avokoodi/coding"
	"avokoodi/index/query"
)

// looking is one search at work on a view.
type looking struct {
	ctx     context.Context
	gen     *generation
	view    *view
	content uint64 // of the generation, before the view was opened
	folded  bool   // a, o also stand for å, ä, ö

	compiled map[string][][]branch // by leafKey
}

// look opens a view and runs fn on it.
func (g *generation) look(ctx context.Context, fn func(*looking) error) error {
	return guard("search", func() error {
		l := &looking{ctx: ctx, gen: g, content: g.content.Load()}
		v, err := g.view()
		if err != nil {
			return damaged("view", err)
		}
		defer v.close()
		l.view = v
		return fn(l)
	})
}

// all is every answer of the view. The set belongs to the cache.
func (l *looking) all() *roaring.Bitmap {
	const key = "" // of no leaf
	set := l.gen.sets.get(key, l.content)
	if set == nil {
		set = l.view.all()
		l.gen.sets.put(key, l.content, set)
	}
	return set
}

// leaf is the answers that match a word, phrase, pattern or fuzzy word. The set belongs to the cache.
func (l *looking) leaf(n query.Node) (*roaring.Bitmap, error) {
	key := leafKey(n, l.folded)
	if set := l.gen.sets.get(key, l.content); set != nil {
		return set, nil
	}
	var set *roaring.Bitmap
	for _, group := range l.compile(n) {
		some, err := l.branches(group)
		if err != nil {
			return nil, err
		}
		if set == nil {
			set = some
		} else {
			set.And(some)
		}
	}
	if set == nil {
		set = roaring.New()
	}
	l.gen.sets.put(key, l.content, set)
	return set, nil
}

func leafKey(n query.Node, folded bool) string {
	switch n := n.(type) {
	case *query.Word:
		return fmt.Sprintf("w %v %s", folded, n.Text)
	case *query.Phrase:
		return fmt.Sprintf("p %v %v %s", folded, n.Loose, n.Text)
	case *query.Pattern:
		return fmt.Sprintf("* %v %s", folded, n.Text)
	case *query.Fuzzy:
		return fmt.Sprintf("~ %d %s", n.Distance, n.Text)
	}
	return ""
}

func (l *looking) branches(list []branch) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(l.view.segments))
	for i, p := range l.view.segments {
		sets[i] = roaring.New()
		for _, b := range list {
			set, err := p.branch(b)
			if err != nil {
				return nil, damaged("postings", err)
			}
			sets[i].Or(set)
		}
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
	}
	return l.view.answers(sets), nil
}

// keyword is the answers with a keyword.
func (l *looking) keyword(field, value string) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(l.view.segments))
	for i, p := range l.view.segments {
		sets[i] = roaring.New()
		dict, err := p.Dictionary(field)
		if err == nil {
			err = addPostings(dict, value, sets[i])
		}
		if err != nil {
			return nil, damaged("keyword", err)
		}
	}
	return l.view.answers(sets), nil
}

// branch is the documents of the segment that match.
func (p part) branch(b branch) (*roaring.Bitmap, error) {
	dict, err := p.Dictionary(fieldWord)
	if err != nil {
		return nil, err
	}
	var out *roaring.Bitmap
	for _, s := range b.slots {
		set := roaring.New()
		for _, form := range s.forms {
			if err := addPostings(dict, form, set); err != nil {
				return nil, err
			}
		}
		if out == nil {
			out = set
		} else {
			out.And(set)
		}
		if out.IsEmpty() {
			return out, nil
		}
	}
	if b.lang != "" {
		in, err := p.in(b.lang)
		if err != nil {
			return nil, err
		}
		out.And(in)
	}
	if b.ordered && len(b.slots) > 1 {
		return inOrder(dict, b.slots, out)
	}
	return out, nil
}

// in is the documents that are indexed in a language.
func (p part) in(lang coding.Lang) (*roaring.Bitmap, error) {
	dict, err := p.Dictionary(fieldIn)
	if err != nil {
		return nil, err
	}
	set := roaring.New()
	return set, addPostings(dict, string(lang), set)
}

// addPostings adds the documents that have the term.
func addPostings(dict segment.TermDictionary, term string, into *roaring.Bitmap) error {
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return err
	}
	if whole, ok := list.(interface{ OrInto(*roaring.Bitmap) }); ok {
		whole.OrInto(into)
		return nil
	}
	it := list.Iterator(false, false, false, nil)
	for {
		post, err := it.Next()
		if err != nil || post == nil {
			return err
		}
		into.Add(uint32(post.Number()))
	}
}

// setCache remembers the sets of the latest leaves, for as long as the index does not change.
type setCache struct {
	mu      sync.Mutex
	content uint64
	by      map[string]*roaring.Bitmap
}

const cachedSets = 64

func (c *setCache) get(key string, content uint64) *roaring.Bitmap {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.content != content {
		return nil
	}
	return c.by[key]
}

func (c *setCache) put(key string, content uint64, set *roaring.Bitmap) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if content < c.content {
		return
	}
	if content > c.content || c.by == nil {
		c.content, c.by = content, map[string]*roaring.Bitmap{}
	}
	if len(c.by) >= cachedSets {
		for old := range c.by {
			delete(c.by, old)
			break
		}
	}
	c.by[key] = set
}
