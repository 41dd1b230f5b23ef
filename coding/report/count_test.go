package report_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
	"avokoodi/themes"
)

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// stream is a project read off the store's streams.
type stream struct {
	answers   []coding.Answer
	codings   map[coding.AnswerID][]coding.Coding
	category  map[coding.RespondentID]map[coding.CategoryID]bool
	variables []coding.Variable
	questions []coding.Question
	rounds    []coding.Round
	tree      themes.Tree
}

func readStream(t fataler, store coding.Store, p coding.ProjectID) stream {
	t.Helper()
	s := stream{codings: map[coding.AnswerID][]coding.Coding{}, category: map[coding.RespondentID]map[coding.CategoryID]bool{}}
	ctx := context.Background()
	err := store.View(ctx, func(r coding.Reader) error {
		for a := range r.EachAnswer(ctx, p, 0, 0) {
			s.answers = append(s.answers, a)
		}
		for c := range r.EachCoding(ctx, p) {
			s.codings[c.Answer] = append(s.codings[c.Answer], c)
		}
		for v := range r.EachValue(ctx, p, 0) {
			if s.category[v.Respondent] == nil {
				s.category[v.Respondent] = map[coding.CategoryID]bool{}
			}
			s.category[v.Respondent][v.Category] = true
		}
		s.variables, _ = r.Variables(ctx, p)
		s.questions, _ = r.Questions(ctx, p)
		s.rounds, _ = r.Rounds(ctx, p)
		list, err := r.Themes(ctx, p)
		s.tree = themes.NewTree(list)
		return err
	})
	if err != nil {
		t.Fatalf("read the streams: %v", err)
	}
	return s
}

// count counts the units of the answers that in admits and that have one of the themes; of all answers when themes is nil.
func (s stream) count(unit report.Unit, in func(coding.Answer) bool, ids []coding.ThemeID) int {
	people := map[coding.RespondentID]bool{}
	answers, codings := 0, 0
	for _, a := range s.answers {
		if !in(a) {
			continue
		}
		n := 0
		for _, c := range s.codings[a.ID] {
			if ids == nil || slices.Contains(ids, c.Theme) {
				n++
			}
		}
		if n > 0 || ids == nil {
			people[a.Respondent] = true
			answers++
		}
		codings += n
	}
	return map[report.Unit]int{report.Respondents: len(people), report.Answers: answers, report.Codings: codings}[unit]
}

// column is a category of the naive table.
type column struct {
	key string
	in  func(coding.Answer) bool
}

func (s stream) columns(by string) []column {
	var out []column
	switch by {
	case "":
	case "question":
		for _, q := range s.questions {
			out = append(out, column{q.Key, func(a coding.Answer) bool { return a.Question == q.ID }})
		}
	case "round":
		for _, r := range s.rounds {
			out = append(out, column{r.Key, func(a coding.Answer) bool { return a.Round == r.ID }})
		}
	case "language":
		for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
			in := func(a coding.Answer) bool { return a.Language == l }
			if slices.ContainsFunc(s.answers, in) {
				out = append(out, column{string(l), in})
			}
		}
	default:
		for _, v := range s.variables {
			for _, c := range v.Categories {
				if v.Key == by {
					out = append(out, column{c.Key, func(a coding.Answer) bool { return s.category[a.Respondent][c.ID] }})
				}
			}
		}
	}
	return out
}

// numbers is a table as numbers only, in the order of the codebook.
type numbers struct {
	Base   int
	Themes map[string]int
	Bases  map[string]int
	Cells  map[string]map[string]int // by theme, then category
}

func (s stream) table(q report.Request, in func(coding.Answer) bool) numbers {
	out := numbers{Base: s.count(q.Unit, in, nil), Themes: map[string]int{}, Bases: map[string]int{}, Cells: map[string]map[string]int{}}
	cols := s.columns(q.By)
	both := func(c column) func(coding.Answer) bool {
		return func(a coding.Answer) bool { return in(a) && c.in(a) }
	}
	for _, c := range cols {
		out.Bases[c.key] = s.count(q.Unit, both(c), nil)
	}
	for _, th := range s.tree.All() {
		ids := []coding.ThemeID{th.ID}
		if q.Net {
			ids = s.tree.Within(th.ID)
		}
		out.Themes[th.Key] = s.count(q.Unit, in, ids)
		out.Cells[th.Key] = map[string]int{}
		for _, c := range cols {
			out.Cells[th.Key][c.key] = s.count(q.Unit, both(c), ids)
		}
	}
	return out
}

func shown(t report.Table) numbers {
	out := numbers{Base: t.Base.N, Themes: map[string]int{}, Bases: map[string]int{}, Cells: map[string]map[string]int{}}
	for _, r := range t.Rows {
		out.Themes[r.Theme.Key] = r.Total.N
		out.Cells[r.Theme.Key] = map[string]int{}
	}
	if t.By == nil {
		return out
	}
	for j, c := range t.By.Categories {
		out.Bases[c.Key] = c.Base.N
		for _, r := range t.Rows {
			out.Cells[r.Theme.Key][c.Key] = r.Cells[j].N
		}
	}
	return out
}

// TestCountEqualsTheStreams compares whole tables, with nothing hidden, with a count of the store's streams.
func TestCountEqualsTheStreams(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: rapid.IntRange(0, 60).Draw(t, "respondents"), Questions: 3,
			Themes: rapid.IntRange(0, 9).Draw(t, "themes"), Coders: 2, Codings: rapid.IntRange(0, 200).Draw(t, "codings"), Categories: []int{4, 2},
			Rounds: 2, Blank: 0.2, Seed: rapid.Uint64().Draw(t, "seed")})
		s := readStream(t, sv.Store, sv.Project.ID)
		q := report.Request{Project: sv.Project.ID, Threshold: 1,
			Unit: rapid.SampledFrom([]report.Unit{report.Respondents, report.Answers, report.Codings}).Draw(t, "unit"),
			By:   rapid.SampledFrom([]string{"", "question", "language", "round", "v1", "v2"}).Draw(t, "by"), Net: rapid.Bool().Draw(t, "net")}
		in := func(coding.Answer) bool { return true }
		if rapid.Bool().Draw(t, "narrow") {
			q.Questions, q.Rounds, q.Languages = []string{"q1", "q3"}, []string{"2020"}, []coding.Lang{"fi", ""}
			in = func(a coding.Answer) bool {
				return (a.Question == s.questions[0].ID || a.Question == s.questions[2].ID) && a.Round == s.rounds[0].ID && (a.Language == "fi" || a.Language == "")
			}
		}
		got, err := report.New(sets.New(sv.Store)).Count(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s.table(q, in), shown(got), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%+v:\n%s", q, diff)
		}
		if got.Base.N > 0 {
			for _, r := range got.Rows {
				if r.Total.Share != float64(r.Total.N)/float64(got.Base.N) {
					t.Fatalf("share %v of %d/%d", r.Total.Share, r.Total.N, got.Base.N)
				}
			}
		}
	})
}

// TestHiddenCellsHoldNoNumber counts with the threshold and without: what is shown is equal, what is hidden is empty.
func TestHiddenCellsHoldNoNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: rapid.IntRange(0, 120).Draw(t, "respondents"), Questions: 2,
			Themes: 6, Coders: 2, Codings: rapid.IntRange(0, 300).Draw(t, "codings"), Categories: []int{6}, Rounds: 1, Seed: rapid.Uint64().Draw(t, "seed")})
		q := report.Request{Project: sv.Project.ID, By: rapid.SampledFrom([]string{"", "v1", "language"}).Draw(t, "by"), None: rapid.Bool().Draw(t, "none"),
			Unit: rapid.SampledFrom([]report.Unit{report.Respondents, report.Answers, report.Codings}).Draw(t, "unit")}
		reports := report.New(sets.New(sv.Store))
		hidden, err := reports.Count(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		q.Threshold = 1
		open, err := reports.Count(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		same := func(got, want report.Cell) {
			if got.Suppressed == report.Shown && got != want || got.Suppressed != report.Shown && (got.N != 0 || got.Share != 0) {
				t.Fatalf("cell %+v, without a threshold %+v", got, want)
			}
			if q.Unit == report.Respondents && got.Suppressed == report.Shown && want.N > 0 && want.N < 5 {
				t.Fatalf("%d respondents are shown", want.N)
			}
			if want.Suppressed != report.Shown {
				t.Fatalf("hidden without a threshold: %+v", want)
			}
		}
		same(hidden.Base, open.Base)
		for i, r := range hidden.Rows {
			same(r.Total, open.Rows[i].Total)
			for j := range r.Cells {
				same(r.Cells[j], open.Rows[i].Cells[j])
			}
		}
		if hidden.By != nil {
			for j, c := range hidden.By.Categories {
				same(c.Base, open.By.Categories[j].Base)
			}
		}
	})
}

func survey() *setstest.Survey {
	return setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 300, Questions: 2, Themes: 6, Coders: 2, Codings: 500,
		Categories: []int{4}, Rounds: 1, Seed: 3})
}

func TestRequestThatNamesTheUnknown(t *testing.T) {
	sv := survey()
	reports := report.New(sets.New(sv.Store))
	for _, c := range []struct {
		q   report.Request
		key string
	}{
		{report.Request{By: "nothing"}, "report.by_unknown"},
		{report.Request{By: "variable:nothing"}, "report.by_unknown"},
		{report.Request{Questions: []string{"q9"}}, "question.unknown"},
		{report.Request{Rounds: []string{"1999"}}, "report.round_unknown"},
		{report.Request{Unit: "heads"}, "report.unit_unknown"},
	} {
		c.q.Project = sv.Project.ID
		_, err := reports.Count(t.Context(), c.q)
		var p coding.Problem
		if !errors.As(err, &p) || p.Key != c.key {
			t.Errorf("%+v: %v, want %s", c.q, err, c.key)
		}
	}
	if _, err := reports.Count(t.Context(), report.Request{Project: 99}); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("a project that is not there: %v", err)
	}
}

func TestKeysNarrowTheFilter(t *testing.T) {
	sv := survey()
	reports := report.New(sets.New(sv.Store))
	s := readStream(t, sv.Store, sv.Project.ID)
	q := report.Request{Project: sv.Project.ID, Questions: []string{"q1"}, Filter: sets.Filter{Questions: []coding.QuestionID{s.questions[1].ID}}}
	got, err := reports.Count(t.Context(), q)
	if err != nil || got.Base.N != 0 {
		t.Errorf("two different questions give a base of %d, %v", got.Base.N, err)
	}
}

func TestColumnOfNoCategory(t *testing.T) {
	sv := survey()
	got, err := report.New(sets.New(sv.Store)).Count(t.Context(), report.Request{Project: sv.Project.ID, By: "v1", None: true, Threshold: 1})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, c := range got.By.Categories {
		sum += c.Base.N
	}
	last := got.By.Categories[len(got.By.Categories)-1]
	if !last.None || last.Base.N == 0 || sum != got.Base.N {
		t.Errorf("last column %+v; bases add up to %d of %d", last, sum, got.Base.N)
	}
}

func TestOrderByNumber(t *testing.T) {
	sv := survey()
	got, err := report.New(sets.New(sv.Store)).Count(t.Context(), report.Request{Project: sv.Project.ID, Order: report.ByNumber})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(got.Rows, func(a, b report.Row) int { return b.Total.N - a.Total.N }) {
		t.Error("rows are not in the order of their numbers")
	}
}

// TestRetiredThemes are listed as long as they count for something.
func TestRetiredThemes(t *testing.T) {
	sv := survey()
	s := readStream(t, sv.Store, sv.Project.ID)
	err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
		st, _ := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpTheme, "", 0)
		for _, th := range []coding.Theme{s.tree.All()[0], {Key: "never", Label: themes.Same("Never"), Hue: 1}} {
			var before any
			if th.ID != 0 {
				before = th
			}
			th.Retired = true
			if _, err := tx.Put(t.Context(), st, before, th); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := report.New(sets.New(sv.Store)).Count(t.Context(), report.Request{Project: sv.Project.ID})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 6 || !got.Rows[0].Theme.Retired {
		t.Errorf("%d rows, the first %+v", len(got.Rows), got.Rows[0].Theme)
	}
}

func TestScopeIsNamed(t *testing.T) {
	sv := survey()
	s := readStream(t, sv.Store, sv.Project.ID)
	v := s.variables[0]
	q := report.Request{Project: sv.Project.ID, Threshold: 1, Questions: []string{"q2"}, Filter: sets.Filter{
		Themes: []coding.ThemeID{s.tree.All()[1].ID}, Categories: map[coding.VariableID][]coding.CategoryID{v.ID: {0, v.Categories[1].ID}},
		Quote: sets.No, Within: sets.Of(1, 2, 3)}}
	got, err := report.New(sets.New(sv.Store)).Count(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	want := report.Scope{Questions: s.questions[1:2], Themes: s.tree.All()[1:2], Quote: true, Search: true,
		Categories: []report.ScopeVariable{{Variable: v, Categories: v.Categories[1:2], None: true}}}
	if diff := cmp.Diff(want, got.Scope); diff != "" {
		t.Error(diff)
	}
}

// TestMultiVariable counts a respondent in each of the categories that he or she is in.
func TestMultiVariable(t *testing.T) {
	sv := survey()
	s := readStream(t, sv.Store, sv.Project.ID)
	v := s.variables[0]
	err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
		st, _ := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpProject, "", 0)
		multi := v
		multi.Multi, multi.Categories = true, nil
		before := multi
		before.Multi = false
		if _, err := tx.Put(t.Context(), st, before, multi); err != nil {
			return err
		}
		var more []coding.Value
		for r, in := range s.category {
			if r%3 == 0 && !in[v.Categories[3].ID] {
				more = append(more, coding.Value{Respondent: r, Category: v.Categories[3].ID})
			}
		}
		return tx.AddValues(t.Context(), sv.Project.ID, more)
	})
	if err != nil {
		t.Fatal(err)
	}
	s = readStream(t, sv.Store, sv.Project.ID)
	for _, unit := range []report.Unit{report.Respondents, report.Answers, report.Codings} {
		q := report.Request{Project: sv.Project.ID, By: "v1", Unit: unit, Threshold: 1}
		got, err := report.New(sets.New(sv.Store)).Count(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s.table(q, func(coding.Answer) bool { return true }), shown(got)); diff != "" {
			t.Errorf("%s:\n%s", unit, diff)
		}
		sum := 0
		for _, c := range got.By.Categories {
			sum += c.Base.N
		}
		if sum <= got.Base.N {
			t.Errorf("%s: columns add up to %d of %d; nobody is in two", unit, sum, got.Base.N)
		}
	}
}

func TestSelect(t *testing.T) {
	sv := survey()
	s := readStream(t, sv.Store, sv.Project.ID)
	reports := report.New(sets.New(sv.Store))
	got, err := reports.Select(t.Context(), report.Request{Project: sv.Project.ID, Questions: []string{"q2"}})
	if err != nil {
		t.Fatal(err)
	}
	want := s.count(report.Answers, func(a coding.Answer) bool { return a.Question == s.questions[1].ID }, nil)
	if int(got.Answers.GetCardinality()) != want || got.Project.ID != sv.Project.ID || len(got.Scope.Questions) != 1 {
		t.Errorf("%d answers, want %d; %+v", got.Answers.GetCardinality(), want, got.Scope)
	}
	if _, err := reports.Select(t.Context(), report.Request{Project: sv.Project.ID, Questions: []string{"q9"}}); err == nil {
		t.Error("a question that is not there is taken")
	}
}
