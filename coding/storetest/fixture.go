package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"avokoodi/coding"
	"avokoodi/themes"
)

// tester is what *testing.T and *rapid.T have in common here.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// fixture is a store with short ways to write into it.
type fixture struct {
	t     tester
	store coding.Store
	ctx   context.Context
}

func newFixture(t *testing.T, s coding.Store) *fixture {
	return &fixture{t: t, store: s, ctx: t.Context()}
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatalf("%v", err)
	}
}

// wants fails unless err is want.
func (f *fixture) wants(want, err error, what string, args ...any) {
	f.t.Helper()
	if !errors.Is(err, want) {
		f.t.Errorf("%s: error %v, want %v", fmt.Sprintf(what, args...), err, want)
	}
}

func (f *fixture) same(want, got any, what string, args ...any) {
	f.t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		f.t.Errorf("%s (-want +got):\n%s", fmt.Sprintf(what, args...), d)
	}
}

func (f *fixture) update(fn func(coding.Tx) error) {
	f.t.Helper()
	f.must(f.store.Update(f.ctx, fn))
}

func (f *fixture) view(fn func(coding.Reader) error) {
	f.t.Helper()
	f.must(f.store.View(f.ctx, fn))
}

// try puts one entity in a step of its own.
func (f *fixture) try(p coding.ProjectID, before, after any) (id int64, err error) {
	err = f.store.Update(f.ctx, func(tx coding.Tx) error {
		st, err := tx.Begin(f.ctx, p, 1, coding.OpApply, "", 0)
		if err != nil {
			return err
		}
		id, err = tx.Put(f.ctx, st, before, after)
		return err
	})
	return id, err
}

func (f *fixture) put(p coding.ProjectID, before, after any) int64 {
	f.t.Helper()
	id, err := f.try(p, before, after)
	f.must(err)
	return id
}

// noon is a moment with microseconds, and with nanoseconds below them which no store needs to keep.
var noon = time.Date(2025, 3, 1, 12, 30, 15, 123456789, time.FixedZone("EET", 2*3600))

// noonKept is noon as it is read back.
var noonKept = time.Date(2025, 3, 1, 10, 30, 15, 123456000, time.UTC)

// survey is a project with a little of everything.
type survey struct {
	project     coding.Project
	round       coding.RoundID
	questions   []coding.QuestionID
	variable    coding.VariableID
	categories  []coding.CategoryID
	themes      []coding.ThemeID
	imp         coding.Import
	respondents []coding.Respondent
	answers     []coding.Answer // respondent by respondent, question by question
}

// newSurvey makes a project with n respondents who answered two questions.
func (f *fixture) newSurvey(slug string, n int) survey {
	f.t.Helper()
	s := survey{}
	f.update(func(tx coding.Tx) (err error) {
		s.project, err = tx.CreateProject(f.ctx, coding.Project{Slug: slug, Name: themes.Same("Kysely"), Threshold: 5, Created: noon})
		if err != nil {
			return err
		}
		st, err := tx.Begin(f.ctx, s.project.ID, 1, coding.OpImport, "kysely.csv", 0)
		if err != nil {
			return err
		}
		put := func(e any) int64 {
			id, err := tx.Put(f.ctx, st, nil, e)
			f.must(err)
			return id
		}
		s.round = coding.RoundID(put(coding.Round{Key: "2025", Label: themes.Same("2025"), Kind: coding.RoundSurvey}))
		for i, key := range []string{"q1", "q2"} {
			s.questions = append(s.questions, coding.QuestionID(put(coding.Question{Key: key, Label: themes.Same(key), Order: i})))
		}
		s.variable = coding.VariableID(put(coding.Variable{Key: "area", Label: themes.Same("Alue")}))
		for i, key := range []string{"north", "south"} {
			s.categories = append(s.categories, coding.CategoryID(put(coding.Category{Variable: s.variable, Key: key, Order: i})))
		}
		for i := range 3 {
			key := fmt.Sprint("theme-", i)
			s.themes = append(s.themes, themes.ID(put(coding.Theme{Key: key, Label: themes.Same(key), Hue: 1 + i, Version: 1})))
		}
		s.imp = coding.Import{Round: s.round, File: "kysely.csv", SHA256: slug + "-sha", At: noon, Respondents: n, Answers: 2 * n}
		s.imp.ID = coding.ImportID(put(s.imp))
		return f.fill(tx, &s, n)
	})
	return s
}

// fill adds n respondents with their answers and values to the survey.
func (f *fixture) fill(tx coding.Tx, s *survey, n int) error {
	rs := make([]coding.Respondent, n)
	for i := range rs {
		rs[i] = coding.Respondent{Round: s.round, Import: s.imp.ID, External: fmt.Sprintf("r%05d", len(s.respondents)+i)}
	}
	if err := tx.AddRespondents(f.ctx, s.project.ID, rs); err != nil {
		return err
	}
	var as []coding.Answer
	var vs []coding.Value
	for i, r := range rs {
		for _, q := range s.questions {
			as = append(as, coding.Answer{Question: q, Round: s.round, Respondent: r.ID, Import: s.imp.ID,
				Language: themes.FI, Text: fmt.Sprintf("Vastaus %d kysymykseen %d, åäö", i, q)})
		}
		vs = append(vs, coding.Value{Respondent: r.ID, Category: s.categories[i%2]})
	}
	if err := tx.AddAnswers(f.ctx, s.project.ID, as); err != nil {
		return err
	}
	if err := tx.AddValues(f.ctx, s.project.ID, vs); err != nil {
		return err
	}
	s.respondents, s.answers = append(s.respondents, rs...), append(s.answers, as...)
	return nil
}

func (s survey) coding(answer, theme int, coder coding.PersonID) coding.Coding {
	return coding.Coding{Answer: s.answers[answer].ID, Theme: s.themes[theme], Coder: coder, Source: coding.ByPerson, Version: 1, At: noonKept}
}

// all reads a stream to its end.
func all[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
	return out, nil
}
