package setstest

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"avokoodi/coding"
)

// reader reads what counting needs; the methods of the nil Reader inside panic.
type reader struct {
	coding.Reader
	s *Store
}

func (r reader) of(p coding.ProjectID) (*project, error) {
	r.s.queries.Add(1)
	in := r.s.projects[p]
	if in == nil {
		return nil, fmt.Errorf("project %d: %w", p, coding.ErrNotFound)
	}
	return in, nil
}

func pick[T any](r reader, p coding.ProjectID, list func(*project) []T) ([]T, error) {
	in, err := r.of(p)
	if err != nil {
		return nil, err
	}
	return slices.Clone(list(in)), nil
}

func (r reader) Project(_ context.Context, slug string) (coding.Project, error) {
	for _, in := range r.s.projects {
		if in.head.Slug == slug {
			return in.head, nil
		}
	}
	return coding.Project{}, coding.ErrNotFound
}

func (r reader) ProjectByID(_ context.Context, p coding.ProjectID) (coding.Project, error) {
	in, err := r.of(p)
	if err != nil {
		return coding.Project{}, err
	}
	return in.head, nil
}

func (r reader) Rounds(_ context.Context, p coding.ProjectID) ([]coding.Round, error) {
	return pick(r, p, func(in *project) []coding.Round { return in.rounds })
}

func (r reader) Questions(_ context.Context, p coding.ProjectID) ([]coding.Question, error) {
	return pick(r, p, func(in *project) []coding.Question { return in.questions })
}

func (r reader) Variables(_ context.Context, p coding.ProjectID) ([]coding.Variable, error) {
	return pick(r, p, func(in *project) []coding.Variable { return in.variables })
}

func (r reader) Themes(_ context.Context, p coding.ProjectID) ([]coding.Theme, error) {
	return pick(r, p, func(in *project) []coding.Theme { return in.themes })
}

func (r reader) Imports(_ context.Context, p coding.ProjectID) ([]coding.Import, error) {
	return pick(r, p, func(in *project) []coding.Import { return in.imports })
}

func (r reader) Answers(_ context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Answer, error) {
	in, err := r.of(p)
	if err != nil {
		return nil, err
	}
	var out []coding.Answer
	for _, id := range ids {
		i, ok := slices.BinarySearchFunc(in.answers, id, func(a coding.Answer, id coding.AnswerID) int { return cmp.Compare(a.ID, id) })
		if ok {
			out = append(out, in.answers[i])
		}
	}
	return out, nil
}

func (r reader) Respondents(_ context.Context, p coding.ProjectID, ids []coding.RespondentID) ([]coding.Respondent, error) {
	in, err := r.of(p)
	if err != nil {
		return nil, err
	}
	sorted := slices.Sorted(slices.Values(ids))
	var out []coding.Respondent
	for _, id := range slices.Compact(sorted) {
		i, ok := slices.BinarySearchFunc(in.respondents, id, func(a coding.Respondent, id coding.RespondentID) int { return cmp.Compare(a.ID, id) })
		if ok {
			out = append(out, in.respondents[i])
		}
	}
	return out, nil
}

func (r reader) ValuesOf(_ context.Context, p coding.ProjectID, ids []coding.RespondentID) ([]coding.Value, error) {
	in, err := r.of(p)
	if err != nil {
		return nil, err
	}
	x := in.lookup()
	var out []coding.Value
	for _, id := range ids {
		out = append(out, x.values[id]...)
	}
	return out, nil
}

func (r reader) CodingsOf(_ context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Coding, error) {
	in, err := r.of(p)
	if err != nil {
		return nil, err
	}
	x := in.lookup()
	var out []coding.Coding
	for _, id := range slices.Sorted(slices.Values(ids)) {
		out = append(out, x.codings[id]...)
	}
	return out, nil
}

// index finds codings, marks and values by what they belong to. It is made anew when there are others.
type index struct {
	mu   sync.Mutex
	made [3]int
	found
}

type found struct {
	codings map[coding.AnswerID][]coding.Coding
	marks   map[coding.AnswerID][]coding.Mark
	values  map[coding.RespondentID][]coding.Value
}

func (p *project) lookup() found {
	x := &p.index
	x.mu.Lock()
	defer x.mu.Unlock()
	if now := [3]int{len(p.changes), len(p.codings), len(p.values)}; x.codings == nil || x.made != now {
		x.made, x.found = now, found{map[coding.AnswerID][]coding.Coding{}, map[coding.AnswerID][]coding.Mark{}, map[coding.RespondentID][]coding.Value{}}
		for _, c := range p.codings {
			x.codings[c.Answer] = append(x.codings[c.Answer], c)
		}
		for _, m := range p.marks {
			x.marks[m.Answer] = append(x.marks[m.Answer], m)
		}
		for _, v := range p.values {
			x.values[v.Respondent] = append(x.values[v.Respondent], v)
		}
	}
	return x.found
}

func (r reader) MarksOf(_ context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Mark, error) {
	in, err := r.of(p)
	if err != nil {
		return nil, err
	}
	x := in.lookup()
	var out []coding.Mark
	for _, id := range slices.Sorted(slices.Values(ids)) {
		out = append(out, x.marks[id]...)
	}
	return out, nil
}

func (r reader) Decisions(_ context.Context, p coding.ProjectID) ([]coding.Decision, error) {
	list, err := pick(r, p, func(in *project) []coding.Decision { return in.decisions })
	slices.SortStableFunc(list, func(a, b coding.Decision) int {
		return cmp.Or(cmp.Compare(a.Answer, b.Answer), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

func (r reader) DecisionsOf(ctx context.Context, p coding.ProjectID, ids []coding.AnswerID) ([]coding.Decision, error) {
	list, err := r.Decisions(ctx, p)
	return slices.DeleteFunc(list, func(d coding.Decision) bool { return !slices.Contains(ids, d.Answer) }), err
}

func (r reader) Packs(_ context.Context, p coding.ProjectID) ([]coding.Pack, error) {
	return pick(r, p, func(in *project) []coding.Pack { return in.packs })
}

func (r reader) Workshops(_ context.Context, p coding.ProjectID) ([]coding.Workshop, error) {
	return pick(r, p, func(in *project) []coding.Workshop { return in.workshops })
}

func (r reader) Assignments(_ context.Context, p coding.ProjectID) ([]coding.Assignment, error) {
	return pick(r, p, func(in *project) []coding.Assignment { return in.assignments })
}

func (r reader) Quotes(_ context.Context, p coding.ProjectID) ([]coding.Quote, error) {
	quotes, err := pick(r, p, func(in *project) []coding.Quote { return in.quotes })
	slices.SortStableFunc(quotes, func(a, b coding.Quote) int { return cmp.Or(a.Order-b.Order, cmp.Compare(a.ID, b.ID)) })
	return quotes, err
}

func (r reader) People(context.Context) ([]coding.Person, error) {
	var out []coding.Person
	for _, p := range r.s.people {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b coding.Person) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

func (r reader) LastSeq(_ context.Context, p coding.ProjectID) (coding.Seq, error) {
	in, err := r.of(p)
	if err != nil {
		return 0, err
	}
	return coding.Seq(len(in.changes)), nil
}

func (r reader) Changes(_ context.Context, p coding.ProjectID, after coding.Seq, limit int) ([]coding.Change, error) {
	in, err := r.of(p)
	if err != nil || int(after) >= len(in.changes) {
		return nil, err
	}
	return in.changes[after:min(int(after)+limit, len(in.changes))], nil
}

func each[T any](r reader, p coding.ProjectID, list func(*project) []T, keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		in, err := r.of(p)
		if err != nil {
			yield(zero, err)
			return
		}
		for _, one := range list(in) {
			if keep(one) && !yield(one, nil) {
				return
			}
		}
	}
}

func (r reader) EachAnswer(_ context.Context, p coding.ProjectID, after coding.AnswerID, imp coding.ImportID) iter.Seq2[coding.Answer, error] {
	return each(r, p, func(in *project) []coding.Answer {
		i, _ := slices.BinarySearchFunc(in.answers, after+1, func(a coding.Answer, id coding.AnswerID) int { return cmp.Compare(a.ID, id) })
		return in.answers[i:]
	}, func(a coding.Answer) bool { return imp == 0 || a.Import == imp })
}

func (r reader) EachAnswerHead(ctx context.Context, p coding.ProjectID, after coding.AnswerID) iter.Seq2[coding.Answer, error] {
	return func(yield func(coding.Answer, error) bool) {
		for a, err := range r.EachAnswer(ctx, p, after, 0) {
			a.Text = ""
			if !yield(a, err) {
				return
			}
		}
	}
}

func (r reader) EachRespondent(_ context.Context, p coding.ProjectID, after coding.RespondentID) iter.Seq2[coding.Respondent, error] {
	return each(r, p, func(in *project) []coding.Respondent { return in.respondents },
		func(one coding.Respondent) bool { return one.ID > after })
}

func (r reader) EachValue(_ context.Context, p coding.ProjectID, after coding.RespondentID) iter.Seq2[coding.Value, error] {
	return each(r, p, func(in *project) []coding.Value { return in.values },
		func(v coding.Value) bool { return v.Respondent > after })
}

func (r reader) EachCoding(_ context.Context, p coding.ProjectID) iter.Seq2[coding.Coding, error] {
	return each(r, p, func(in *project) []coding.Coding { return in.codings }, func(coding.Coding) bool { return true })
}

func (r reader) EachCodingHead(_ context.Context, p coding.ProjectID) iter.Seq2[coding.Coding, error] {
	return func(yield func(coding.Coding, error) bool) {
		in, err := r.of(p)
		if err != nil {
			yield(coding.Coding{}, err)
			return
		}
		heads := make([]coding.Coding, len(in.codings))
		for i, c := range in.codings {
			heads[i] = coding.Coding{Answer: c.Answer, Theme: c.Theme, Coder: c.Coder}
		}
		slices.SortFunc(heads, func(a, b coding.Coding) int {
			return cmp.Or(cmp.Compare(a.Answer, b.Answer), cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Coder, b.Coder))
		})
		for _, c := range heads {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (r reader) EachCodingMoment(_ context.Context, p coding.ProjectID) iter.Seq2[coding.Coding, error] {
	return func(yield func(coding.Coding, error) bool) {
		for c, err := range r.EachCoding(context.Background(), p) {
			if !yield(coding.Coding{Answer: c.Answer, At: c.At}, err) {
				return
			}
		}
	}
}

func (r reader) RecheckCodings(_ context.Context, p coding.ProjectID) ([]coding.Coding, error) {
	flagged, err := pick(r, p, func(in *project) []coding.Coding { return in.codings })
	return slices.DeleteFunc(flagged, func(c coding.Coding) bool { return c.Recheck == 0 }), err
}

func (r reader) EachMark(_ context.Context, p coding.ProjectID) iter.Seq2[coding.Mark, error] {
	return each(r, p, func(in *project) []coding.Mark { return in.marks }, func(coding.Mark) bool { return true })
}

func (r reader) EachMemo(_ context.Context, p coding.ProjectID, on coding.MemoOn) iter.Seq2[coding.Memo, error] {
	return each(r, p, func(in *project) []coding.Memo { return in.memos }, func(m coding.Memo) bool { return m.On == on })
}

// Erased is nobody.
func (reader) Erased(context.Context, coding.ProjectID) ([]string, error) { return nil, nil }
