// Package setstest is a store in memory and surveys of any size, for the tests and benchmarks of the packages that count.
// It keeps what a bitmap, a table or an export reads; it checks no rules, rolls nothing back, and panics on the rest.
package setstest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Store is a coding.Store in memory.
type Store struct {
	mu       sync.RWMutex
	ids      map[coding.Kind]int64
	projects map[coding.ProjectID]*project
	people   map[coding.PersonID]coding.Person
	lastID   coding.ProjectID
	queries  atomic.Int64
}

type project struct {
	head        coding.Project
	rounds      []coding.Round
	questions   []coding.Question
	variables   []coding.Variable
	themes      []themes.Theme
	imports     []coding.Import
	respondents []coding.Respondent
	answers     []coding.Answer
	values      []coding.Value
	codings     []coding.Coding
	marks       []coding.Mark
	memos       []coding.Memo
	quotes      []coding.Quote
	assignments []coding.Assignment
	packs       []coding.Pack
	workshops   []coding.Workshop
	decisions   []coding.Decision
	changes     []coding.Change
	index       index
}

var _ coding.Store = (*Store)(nil)

// NewStore is an empty store.
func NewStore() *Store {
	return &Store{ids: map[coding.Kind]int64{}, projects: map[coding.ProjectID]*project{}, people: map[coding.PersonID]coding.Person{}}
}

// View runs fn while nothing is written.
func (s *Store) View(_ context.Context, fn func(coding.Reader) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return fn(reader{s: s})
}

// Update runs fn alone. What an fn that fails has written stays.
func (s *Store) Update(_ context.Context, fn func(coding.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fn(tx{reader{s: s}})
}

// Watch never calls fn.
func (s *Store) Watch(func()) (stop func()) { return func() {} }

// Close does nothing.
func (s *Store) Close() error { return nil }

// Queries is how many reads of a project there were so far.
func (s *Store) Queries() int { return int(s.queries.Load()) }

func (s *Store) next(k coding.Kind) int64 {
	s.ids[k]++
	return s.ids[k]
}

type tx struct{ reader }

func (t tx) Begin(_ context.Context, p coding.ProjectID, actor coding.PersonID, op coding.Op, detail string, undoes coding.StepID) (*coding.Step, error) {
	return &coding.Step{Project: p, Actor: actor, Op: op, Detail: detail, Undoes: undoes, At: At}, nil
}

// At is the time at which everything in the store happens.
var At = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

func (t tx) Put(_ context.Context, st *coding.Step, before, after any) (int64, error) {
	p := t.s.projects[st.Project]
	entity := after
	if entity == nil {
		entity = before
	}
	kind, id := coding.KindOf(entity)
	if before == nil && id == 0 {
		id = t.s.next(kind)
		after = coding.WithID(after, id)
	}
	p.put(kind, id, after)
	c := coding.Change{Seq: coding.Seq(len(p.changes) + 1), Kind: kind, ID: id}
	if st.ID == 0 {
		st.ID = coding.StepID(c.Seq)
	}
	c.Step = st.ID
	st.Changes++
	c.Before, c.After = raw(before), raw(after)
	p.changes = append(p.changes, c)
	return id, nil
}

func raw(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return out
}

func (p *project) put(kind coding.Kind, id int64, after any) {
	switch kind {
	case coding.KindProject:
		p.head = after.(coding.Project)
	case coding.KindRound:
		p.rounds = replace(p.rounds, id, after)
	case coding.KindQuestion:
		p.questions = replace(p.questions, id, after)
	case coding.KindVariable:
		if v, ok := after.(coding.Variable); ok {
			for _, old := range p.variables {
				if old.ID == v.ID {
					v.Categories = old.Categories
				}
			}
			after = v
		}
		p.variables = replace(p.variables, id, after)
	case coding.KindCategory:
		p.putCategory(coding.CategoryID(id), after)
	case coding.KindTheme:
		p.themes = replace(p.themes, id, after)
	case coding.KindImport:
		p.imports = replace(p.imports, id, after)
		if after == nil {
			p.dropImport(coding.ImportID(id))
		}
	case coding.KindCoding:
		p.codings = replace(p.codings, id, after)
	case coding.KindMark:
		p.marks = replace(p.marks, id, after)
	case coding.KindMemo:
		p.memos = replace(p.memos, id, after)
	case coding.KindQuote:
		p.quotes = replace(p.quotes, id, after)
	case coding.KindAnswer:
		a := after.(coding.AnswerLanguage)
		for i := range p.answers {
			if p.answers[i].ID == a.ID {
				p.answers[i].Language, p.answers[i].Mixed, p.answers[i].Confidence = a.Language, a.Mixed, a.Confidence
			}
		}
	case coding.KindText:
		if a, ok := after.(coding.Answer); ok {
			a.Describe()
			after = a
		}
		p.answers = replace(p.answers, id, after)
	case coding.KindRespondent:
		p.respondents = replace(p.respondents, id, after)
	case coding.KindValues:
		who := coding.RespondentID(id)
		p.values = slices.DeleteFunc(slices.Clone(p.values), func(v coding.Value) bool { return v.Respondent == who })
		for _, c := range after.(coding.RespondentValues).Categories {
			p.values = append(p.values, coding.Value{Respondent: who, Category: c})
		}
		slices.SortStableFunc(p.values, func(a, b coding.Value) int { return cmp.Compare(a.Respondent, b.Respondent) })
	case coding.KindPack:
		p.packs = replace(p.packs, id, after)
	case coding.KindWorkshop:
		p.workshops = replace(p.workshops, id, after)
	case coding.KindAssignment:
		p.assignments = replace(p.assignments, id, after)
	case coding.KindDecision:
		p.decisions = replace(p.decisions, id, after)
	case coding.KindView:
	default:
		panic(fmt.Sprint("setstest: put ", kind))
	}
}

func (p *project) putCategory(id coding.CategoryID, after any) {
	for i := range p.variables {
		v := &p.variables[i]
		v.Categories = slices.DeleteFunc(slices.Clone(v.Categories), func(c coding.Category) bool { return c.ID == id })
		if c, ok := after.(coding.Category); ok && c.Variable == v.ID {
			v.Categories = append(v.Categories, c)
			slices.SortFunc(v.Categories, func(a, b coding.Category) int { return a.Order - b.Order })
		}
	}
}

func (p *project) dropImport(id coding.ImportID) {
	gone := map[coding.RespondentID]bool{}
	for _, r := range p.respondents {
		gone[r.ID] = r.Import == id
	}
	p.values = slices.DeleteFunc(slices.Clone(p.values), func(v coding.Value) bool { return gone[v.Respondent] })
	p.respondents = slices.DeleteFunc(slices.Clone(p.respondents), func(r coding.Respondent) bool { return r.Import == id })
	p.answers = slices.DeleteFunc(slices.Clone(p.answers), func(a coding.Answer) bool { return a.Import == id })
}

// replace puts an entity in the place of the one with its id, in order of id; nil takes it away.
func replace[T any](list []T, id int64, after any) []T {
	i, found := slices.BinarySearchFunc(list, id, func(one T, id int64) int {
		_, have := coding.KindOf(any(one))
		return int(have - id)
	})
	switch {
	case after == nil && found:
		return slices.Delete(list, i, i+1)
	case after == nil:
		return list
	case found:
		list[i] = after.(T)
		return list
	}
	return slices.Insert(list, i, after.(T))
}

func (t tx) CreateProject(_ context.Context, p coding.Project) (coding.Project, error) {
	t.s.lastID++
	p.ID = t.s.lastID
	t.s.projects[p.ID] = &project{head: p}
	return p, nil
}

func (t tx) DeleteProject(_ context.Context, p coding.ProjectID) error {
	delete(t.s.projects, p)
	return nil
}

func (t tx) AddRespondents(_ context.Context, p coding.ProjectID, rs []coding.Respondent) error {
	in := t.s.projects[p]
	for i := range rs {
		rs[i].ID = coding.RespondentID(t.s.next("respondent"))
		rs[i].Number = len(in.respondents) + 1
		in.respondents = append(in.respondents, rs[i])
	}
	return nil
}

func (t tx) AddAnswers(_ context.Context, p coding.ProjectID, as []coding.Answer) error {
	in := t.s.projects[p]
	for i := range as {
		as[i].ID = coding.AnswerID(t.s.next(coding.KindAnswer))
		as[i].Describe()
		in.answers = append(in.answers, as[i])
	}
	return nil
}

func (t tx) AddValues(_ context.Context, p coding.ProjectID, vs []coding.Value) error {
	t.s.projects[p].values = append(t.s.projects[p].values, vs...)
	return nil
}

func (t tx) SavePerson(_ context.Context, p coding.Person) (coding.Person, error) {
	if p.ID == 0 {
		p.ID = coding.PersonID(t.s.next("person"))
	}
	t.s.people[p.ID] = p
	return p, nil
}

func (t tx) Erase(context.Context, coding.ProjectID, coding.Erased) (int, error) { return 0, nil }

func (t tx) MarkUndone(context.Context, coding.ProjectID, coding.StepID, coding.StepID) error {
	return nil
}
func (t tx) SetMember(context.Context, coding.Member) error   { return nil }
func (t tx) SetSetting(context.Context, string, string) error { return nil }
