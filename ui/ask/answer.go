package ask

import (
	"context"
	"errors"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Request is a search that the command line asks of a running server.
type Request struct {
	Project string `json:"project"`
	Query   string `json:"query"`
	Limit   int    `json:"limit"`
	IDs     bool   `json:"ids,omitempty"` // all answers that match, by id, instead of the best ones
}

// Response is a search's result as scripts read it. Problem is set instead of hits where the query was wrong.
type Response struct {
	Query   string   `json:"query"`
	Total   int      `json:"total"`
	TookMs  float64  `json:"took_ms"`
	Hits    []Hit    `json:"hits"`
	Problem *Problem `json:"problem,omitempty"`
	Failed  string   `json:"failed,omitempty"`
	// IDs is every answer that matches, where the request asked for that.
	IDs []coding.AnswerID `json:"ids,omitempty"`

	answers []coding.Answer // of the hits
}

// Problem is a message key with its arguments.
type Problem struct {
	Key  string `json:"key"`
	Args []any  `json:"args"`
}

// Hit is one answer; Matches are [start, end) in code points of Text.
type Hit struct {
	Respondent string   `json:"respondent"`
	Round      string   `json:"round"`
	Question   string   `json:"question"`
	Language   string   `json:"language"`
	Score      float64  `json:"score"`
	Text       string   `json:"text"`
	Matches    [][2]int `json:"matches"`
}

// Answer runs one query. A failure inside stands in Failed.
func (p Project) Answer(ctx context.Context, store coding.Store, text string, limit int) Response {
	out := Response{Query: text, Hits: []Hit{}}
	q, err := p.Parse(ctx, text)
	if err == nil {
		err = p.fill(ctx, store, &out, func() error {
			res, err := p.Search(ctx, q, limit)
			if err != nil {
				return err
			}
			out.Total, out.TookMs = res.Total, res.TookMs
			for _, h := range res.Hits {
				hit := Hit{Language: string(h.Answer.Language), Score: h.Score, Text: h.Answer.Text, Matches: [][2]int{}}
				for _, m := range h.Matches {
					hit.Matches = append(hit.Matches, [2]int{m.Start, m.End})
				}
				out.Hits = append(out.Hits, hit)
				out.answers = append(out.answers, h.Answer)
			}
			return nil
		})
	}
	out.tell(err)
	return out
}

// All is every answer that matches a query, by id. A failure inside stands in Failed.
func (p Project) All(ctx context.Context, text string) Response {
	out := Response{Query: text, Hits: []Hit{}}
	q, err := p.Parse(ctx, text)
	if err == nil {
		var set *roaring.Bitmap
		if set, err = p.Matching(ctx, q); err == nil {
			out.IDs, out.Total = sets.IDs(set), int(set.GetCardinality())
		}
	}
	out.tell(err)
	return out
}

// tell puts an error into the response.
func (r *Response) tell(err error) {
	var wrong coding.Problem
	switch {
	case errors.As(err, &wrong):
		r.Problem = &Problem{wrong.Key, wrong.Args}
	case err != nil:
		r.Failed = err.Error()
	}
}

// fill runs a search and names the respondent, round and question of each hit.
func (p Project) fill(ctx context.Context, store coding.Store, out *Response, run func() error) error {
	if err := run(); err != nil {
		return err
	}
	rounds, questions := map[coding.RoundID]string{}, map[coding.QuestionID]string{}
	err := p.Boards.Read(ctx, p.ID, func(b *sets.Board) error {
		for _, r := range b.Rounds() {
			rounds[r.ID] = r.Key
		}
		for _, q := range b.Questions() {
			questions[q.ID] = q.Key
		}
		return nil
	})
	if err != nil {
		return err
	}
	ids := make([]coding.RespondentID, len(out.answers))
	for i, a := range out.answers {
		ids[i] = a.Respondent
	}
	names := map[coding.RespondentID]string{}
	err = store.View(ctx, func(r coding.Reader) error {
		people, err := r.Respondents(ctx, p.ID, ids)
		for _, x := range people {
			names[x.ID] = x.External
		}
		return err
	})
	for i, a := range out.answers {
		out.Hits[i].Respondent, out.Hits[i].Round, out.Hits[i].Question = names[a.Respondent], rounds[a.Round], questions[a.Question]
	}
	return err
}
