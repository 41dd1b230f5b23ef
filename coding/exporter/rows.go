package exporter

import (
	"context"
	"iter"
	"slices"

	"avokoodi/coding"
)

// chunk is the number of answers that are read at a time.
const chunk = 512

// want tells what is read beside the answers and their respondents.
type want struct{ codings, marks, values bool }

// batch is some answers with what belongs to them.
type batch struct {
	answers     []coding.Answer
	respondents map[coding.RespondentID]coding.Respondent
	codings     map[coding.AnswerID][]coding.Coding
	marks       map[coding.AnswerID][]coding.Mark
	decisions   map[coding.AnswerID][]coding.Decision // with the codings
	values      map[coding.RespondentID][]coding.CategoryID
}

// settled is an answer's themes and state as the project's result has them.
func (b *batch) settled(a coding.AnswerID) ([]coding.ThemeID, coding.State) {
	return coding.Settle(b.codings[a], b.marks[a], b.decisions[a])
}

func (b *batch) state(a coding.AnswerID) coding.State {
	_, state := b.settled(a)
	return state
}

// each reads the source's answers in their order, in one view of the store, and makes rows of each.
func (e *Exporter) each(ctx context.Context, s *source, w want, make func(b *batch, a coding.Answer, emit func([]Cell) bool) bool) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		over := false
		emit := func(row []Cell) bool {
			over = over || !yield(row, nil)
			return !over
		}
		err := e.store.View(ctx, func(r coding.Reader) error {
			ids := collect(s)
			for some := range slices.Chunk(ids, chunk) {
				if err := ctx.Err(); err != nil {
					return err
				}
				b, err := read(ctx, r, s.Project.ID, some, w)
				if err != nil {
					return err
				}
				for _, a := range b.answers {
					if !make(b, a, emit) {
						return nil
					}
				}
			}
			return nil
		})
		if err != nil && !over {
			yield(nil, err)
		}
	}
}

func collect(s *source) []coding.AnswerID {
	ids := make([]coding.AnswerID, 0, s.Answers.GetCardinality())
	for it := s.Answers.Iterator(); it.HasNext(); {
		ids = append(ids, coding.AnswerID(it.Next()))
	}
	return ids
}

func read(ctx context.Context, r coding.Reader, p coding.ProjectID, ids []coding.AnswerID, w want) (*batch, error) {
	b := &batch{respondents: map[coding.RespondentID]coding.Respondent{}, codings: map[coding.AnswerID][]coding.Coding{},
		marks: map[coding.AnswerID][]coding.Mark{}, decisions: map[coding.AnswerID][]coding.Decision{}, values: map[coding.RespondentID][]coding.CategoryID{}}
	var err error
	if b.answers, err = r.Answers(ctx, p, ids); err != nil {
		return nil, err
	}
	var who []coding.RespondentID
	for _, a := range b.answers {
		if len(who) == 0 || who[len(who)-1] != a.Respondent {
			who = append(who, a.Respondent)
		}
	}
	people, err := r.Respondents(ctx, p, who)
	if err != nil {
		return nil, err
	}
	for _, one := range people {
		b.respondents[one.ID] = one
	}
	if w.codings {
		list, err := r.CodingsOf(ctx, p, ids)
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			b.codings[c.Answer] = append(b.codings[c.Answer], c)
		}
		decisions, err := r.DecisionsOf(ctx, p, ids)
		if err != nil {
			return nil, err
		}
		for _, d := range decisions {
			b.decisions[d.Answer] = append(b.decisions[d.Answer], d)
		}
	}
	if w.marks {
		list, err := r.MarksOf(ctx, p, ids)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			b.marks[m.Answer] = append(b.marks[m.Answer], m)
		}
	}
	if w.values {
		list, err := r.ValuesOf(ctx, p, who)
		if err != nil {
			return nil, err
		}
		vars, err := r.Variables(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, v := range coding.WithDerived(vars, list) {
			b.values[v.Respondent] = append(b.values[v.Respondent], v.Category)
		}
	}
	return b, nil
}
