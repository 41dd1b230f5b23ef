package ui

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/ui/ask"
)

// searched is the answers that a search finds; ranked is the best of them in order, where the order was asked for.
type searched struct {
	set    *roaring.Bitmap
	ranked []coding.AnswerID
}

// mostRanked is how many answers are put in order of relevance; the rest follow in their natural order.
const mostRanked = 1000

func (s *Server) ask(ctx context.Context, p coding.ProjectID, people []coding.Person) ask.Project {
	return ask.Project{Boards: s.Boards, Index: s.Index, ID: p, People: people}
}

// search finds the answers that match. What is wrong with the query is a coding.Problem.
func (s *Server) search(r *request, text string, order string, people []coding.Person) (*searched, error) {
	a := s.ask(r.ctx(), r.projectID(), people)
	veiled, err := s.veil(r)
	if err != nil {
		return nil, err
	}
	if !veiled.IsEmpty() {
		a.Blind = r.person.ID
	}
	q, err := a.Parse(r.ctx(), text)
	if err != nil {
		return nil, err
	}
	var out searched
	if order == "relevance" {
		res, err := a.Search(r.ctx(), q, mostRanked)
		if err != nil {
			return nil, err
		}
		for _, h := range res.Hits {
			out.ranked = append(out.ranked, h.Answer.ID)
		}
	}
	if out.set, err = a.Matching(r.ctx(), q); err != nil {
		return nil, err
	}
	return &out, nil
}

// highlights is the words of the answers for which the search found them.
func (s *Server) highlights(r *request, text string, ids []coding.AnswerID) (map[coding.AnswerID][]coding.Span, error) {
	a := s.ask(r.ctx(), r.projectID(), nil)
	q, err := a.Parse(r.ctx(), text)
	if err != nil {
		return nil, err
	}
	var answers []coding.Answer
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		answers, err = rd.Answers(r.ctx(), r.projectID(), ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Index.Highlight(r.ctx(), r.projectID(), q, answers)
}
