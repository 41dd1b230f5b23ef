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
	s := scoring{looking: l, documents: make([][]uint32, len(l.view.segments)), scores: make([][]float32, len(l.view.segments))}
	for i, p := range l.view.segments {
		s.documents[i] = p.documents(set)
		s.scores[i] = make([]float32, len(p.ids))
	}
	for _, n := range wanted {
		if err := s.leaf(n); err != nil {
			return nil, err
		}
	}
	best := heap{most: most}
	for i, p := range l.view.segments {
		for _, doc := range s.documents[i] {
			best.add(ranked{p.ids[doc], float64(s.scores[i][doc])})
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

// scoring is a ranking at work.
type scoring struct {
	*looking
	documents [][]uint32  // to be ranked, by segment
	scores    [][]float32 // by segment and document
}

// leaf adds to each document what one leaf is worth to it.
func (s *scoring) leaf(n query.Node) error {
	found, err := s.looking.leaf(n)
	if err != nil {
		return err
	}
	all, has := float64(s.view.count()), float64(found.GetCardinality())
	idf := float32(math.Log(1 + (all-has+0.5)/(has+0.5)))
	if _, word := n.(*query.Word); !word {
		for i, p := range s.view.segments {
			for _, doc := range s.documents[i] {
				if found.Contains(p.ids[doc]) {
					s.scores[i][doc] += idf
				}
			}
		}
		return nil
	}
	list := s.compile(n)[0]
	for i, p := range s.view.segments {
		if len(s.documents[i]) == 0 {
			continue
		}
		occurring := make([]occurrence, len(p.ids))
		for _, b := range list {
			if err := p.count(b, occurring); err != nil {
				return damaged("postings", err)
			}
		}
		for _, doc := range s.documents[i] {
			o := occurring[doc]
			length := bm25K1 * (1 - bm25B + bm25B*o.length/typicalLength)
			s.scores[i][doc] += idf * o.times * (bm25K1 + 1) / (o.times + length)
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// occurrence is how often a word occurs in a document of so many words.
type occurrence struct{ times, length float32 }

// count counts the branch's words in all documents of its language.
func (p part) count(b branch, into []occurrence) error {
	dict, err := p.Dictionary(fieldWord)
	if err != nil {
		return err
	}
	in, err := p.in(b.lang)
	if err != nil {
		return err
	}
	everywhere := in.GetCardinality() == p.Count()
	for _, s := range b.slots {
		for _, form := range s.forms {
			list, err := dict.PostingsList([]byte(form), nil, nil)
			if err != nil {
				return err
			}
			for it := list.Iterator(true, true, false, nil); ; {
				post, err := it.Next()
				if err != nil {
					return err
				}
				if post == nil {
					break
				}
				if doc := post.Number(); everywhere || in.Contains(uint32(doc)) {
					o := &into[doc]
					o.times += float32(occurrences(post.Frequency()))
					o.length = wordsIn(post)
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
