package index

import (
	"context"
	"fmt"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/index/query"
)

// Options of a search.
type Options struct {
	Limit  int             // hits; 0 means 20
	Within *roaring.Bitmap // only these answers; nil does not restrict
	Fields Resolver        // for theme:, state: and so on; nil refuses them
}

// Result of a search. Total counts all answers that match, Hits is the best of them, best first.
type Result struct {
	Total  int
	Hits   []Hit
	TookMs float64
	Folded bool // nothing has the words as typed; these have them with å, ä or ö for a and o
}

// Hit is an answer that matches. Matches are the words for which it does, in code points of its text, sorted and apart.
type Hit struct {
	Answer  coding.Answer
	Score   float64
	Matches []coding.Span
}

// Search finds the answers that match and reads the best of them from the store.
func (x *Index) Search(ctx context.Context, p coding.ProjectID, q *query.Query, o Options) (Result, error) {
	began := time.Now()
	if o.Limit <= 0 {
		o.Limit = 20
	}
	var res Result
	err := x.read(ctx, p, func(g *generation) error {
		res = Result{}
		return g.look(ctx, func(l *looking) error {
			e := &evaluation{looking: l, fields: o.Fields}
			set, folded, err := e.matching(q)
			if err != nil {
				return err
			}
			if o.Within != nil {
				set.And(o.Within)
			}
			l.folded = folded
			res.Folded, res.Total = folded, int(set.GetCardinality())
			best, err := l.rank(q, set, o.Limit)
			if err != nil {
				return err
			}
			res.Hits, err = x.hits(ctx, p, l, q, best)
			return err
		})
	})
	res.TookMs = float64(time.Since(began).Microseconds()) / 1000
	return res, err
}

// hits reads the answers' texts. An answer that the store no longer has is left out.
func (x *Index) hits(ctx context.Context, p coding.ProjectID, l *looking, q *query.Query, best []ranked) ([]Hit, error) {
	ids := make([]coding.AnswerID, len(best))
	score := make(map[coding.AnswerID]float64, len(best))
	for i, r := range best {
		ids[i] = coding.AnswerID(r.id)
		score[ids[i]] = r.score
	}
	var answers []coding.Answer
	err := foreign(func() error {
		return x.store.View(ctx, func(r coding.Reader) (err error) {
			answers, err = r.Answers(ctx, p, ids)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	h := l.highlighter(q)
	hits := make([]Hit, len(answers))
	for i, a := range answers {
		hits[i] = Hit{Answer: a, Score: score[a.ID], Matches: h.spans(a)}
	}
	return hits, nil
}

// Matching is the ids of all answers that match. The set is the caller's own.
func (x *Index) Matching(ctx context.Context, p coding.ProjectID, q *query.Query, fields Resolver) (*roaring.Bitmap, error) {
	var set *roaring.Bitmap
	err := x.read(ctx, p, func(g *generation) error {
		return g.look(ctx, func(l *looking) error {
			var err error
			set, _, err = (&evaluation{looking: l, fields: fields}).matching(q)
			return err
		})
	})
	return set, err
}

// Highlight tells for which words each of the answers matches the query, as Search does; an answer without any is left out.
// Fields have no words.
func (x *Index) Highlight(ctx context.Context, p coding.ProjectID, q *query.Query, answers []coding.Answer) (map[coding.AnswerID][]coding.Span, error) {
	out := make(map[coding.AnswerID][]coding.Span, len(answers))
	if !q.HasText() || len(answers) == 0 {
		return out, nil
	}
	err := x.read(ctx, p, func(g *generation) error {
		return g.look(ctx, func(l *looking) error {
			if foldable(q) {
				_, folded, err := (&evaluation{looking: l, fields: anything{l}}).matching(q)
				if err != nil {
					return err
				}
				l.folded = folded
			}
			h := l.highlighter(q)
			for _, a := range answers {
				if spans := h.spans(a); len(spans) > 0 {
					out[a.ID] = spans
				}
			}
			return nil
		})
	})
	return out, err
}

// anything is a Resolver for which every field has every value.
type anything struct{ *looking }

func (a anything) Resolve(context.Context, *query.Field, query.Value) (*roaring.Bitmap, bool, error) {
	return a.all(), true, nil
}
