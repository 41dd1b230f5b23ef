package index

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"avokoodi/index/query"
)

// Okapi BM25 (Robertson and Zaragoza 2009) with the usual constants. A word counts as one term whatever its inflection.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
	// typicalLength stands for the mean number of words of an answer. Only the proportion to it matters.
	typicalLength = 25
)

// ranked is an answer with its score.
type ranked struct {
	id    uint32
	score float64
}

// rank is the best of the answers in set, best first; equally good ones in order of id.
func (l *looking) rank(q *query.Query, set *roaring.Bitmap, most int) ([]ranked, error) {
	var wanted []query.Node
	q.Leaves(func(n query.Node, negated bool) {
		if _, field := n.(*query.Field); !field && !negated {
			wanted = append(wanted, n)
		}
	})
	if len(wanted) == 0 {
		return first(set, most), nil
	}
	scores := make([][]float32, len(l.view.segments))
	for i, p := range l.view.segments {
		scores[i] = make([]float32, len(p.ids))
	}
	for _, n := range wanted {
		if err := l.score(n, set, scores); err != nil {
			return nil, err
		}
	}
	best := heap{most: most}
	for i, p := range l.view.segments {
		for doc, id := range p.ids {
			if set.Contains(id) && (p.deleted == nil || !p.deleted.Contains(uint32(doc))) {
				best.add(ranked{id, float64(scores[i][doc])})
			}
		}
	}
	return best.sorted(), nil
}

// first is the lowest answers of the set, for a query that asks for no word.
func first(set *roaring.Bitmap, most int) []ranked {
	var out []ranked
	for it := set.Iterator(); it.HasNext() && len(out) < most; {
		out = append(out, ranked{id: it.Next()})
	}
	return out
}

// score adds to each document what one leaf is worth to it.
func (l *looking) score(n query.Node, set *roaring.Bitmap, scores [][]float32) error {
	found, err := l.leaf(n)
	if err != nil {
		return err
	}
	all, has := float64(l.view.count()), float64(found.GetCardinality())
	idf := float32(math.Log(1 + (all-has+0.5)/(has+0.5)))
	word, isWord := n.(*query.Word)
	if !isWord {
		for i, p := range l.view.segments {
			for doc, id := range p.ids {
				if found.Contains(id) {
					scores[i][doc] += idf
				}
			}
		}
		return nil
	}
	list, err := l.compile(word)
	if err != nil {
		return err
	}
	for i, p := range l.view.segments {
		tf := map[uint32]occurring{}
		for _, b := range list {
			if err := p.occurrences(b, set, tf); err != nil {
				return damaged("postings", err)
			}
		}
		for doc, o := range tf {
			length := bm25K1 * (1 - bm25B + bm25B*o.length/typicalLength)
			scores[i][doc] += idf * o.times * (bm25K1 + 1) / (o.times + length)
		}
		if err := l.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// occurring is how often a word occurs in a document of so many words.
type occurring struct{ times, length float32 }

// occurrences counts the branch's words in the documents of which the answers are in set.
func (p part) occurrences(b branch, set *roaring.Bitmap, into map[uint32]occurring) error {
	dict, err := p.Dictionary(b.field)
	if err != nil {
		return err
	}
	for _, s := range b.slots {
		for _, t := range s.terms {
			list, err := dict.PostingsList([]byte(t), nil, nil)
			if err != nil {
				return err
			}
			it := list.Iterator(true, true, false, nil)
			for {
				post, err := it.Next()
				if err != nil {
					return err
				}
				if post == nil {
					break
				}
				doc := uint32(post.Number())
				if set.Contains(p.ids[doc]) {
					o := into[doc]
					o.times += float32(occurrences(post.Frequency()))
					o.length = wordsIn(post)
					into[doc] = o
				}
			}
		}
	}
	return nil
}

// wordsIn is the length of the field, which Bleve hands out as 1/√length.
func wordsIn(post segment.Posting) float32 {
	n := post.Norm()
	return float32(1 / (n * n))
}

// count is the number of documents of the view.
func (v *view) count() int {
	n := 0
	for _, p := range v.segments {
		n += len(p.ids)
		if p.deleted != nil {
			n -= int(p.deleted.GetCardinality())
		}
	}
	return n
}

// heap keeps the best answers it is given; the worst of them is at the root.
type heap struct {
	most int
	list []ranked
}

func better(a, b ranked) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id)) }

func (h *heap) add(r ranked) {
	if len(h.list) < h.most {
		h.list = append(h.list, r)
		for i := len(h.list) - 1; i > 0; {
			up := (i - 1) / 2
			if better(h.list[i], h.list[up]) <= 0 {
				break
			}
			h.list[i], h.list[up] = h.list[up], h.list[i]
			i = up
		}
		return
	}
	if h.most == 0 || better(r, h.list[0]) >= 0 {
		return
	}
	h.list[0] = r
	for i := 0; ; {
		worst := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(h.list); c++ {
			if better(h.list[c], h.list[worst]) > 0 {
				worst = c
			}
		}
		if worst == i {
			return
		}
		h.list[i], h.list[worst] = h.list[worst], h.list[i]
		i = worst
	}
}

func (h *heap) sorted() []ranked {
	slices.SortFunc(h.list, better)
	return h.list
}
