package report_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/report/attack"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// TestReaderRecoversNothing makes small surveys by chance, collects every table that readers are given, and attacks them
// together.
func TestReaderRecoversNothing(t *testing.T) {
	hidden := 0
	for seed := range uint64(14) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 5 + rnd.IntN(90), Questions: 1 + rnd.IntN(3), Rounds: 1 + rnd.IntN(2),
			Themes: 1 + rnd.IntN(5), Coders: 2, Codings: rnd.IntN(250), Categories: []int{4, 2}, Blank: 0.3, Seed: seed})
		if seed%2 == 0 { // readers know what a class is made of
			addRecode(t, sv, "class", "v1", map[string]string{"v1-1": "north", "v1-2": "north", "v1-3": "south", "v1-4": "south"})
		}
		err := sets.New(sv.Store).Read(t.Context(), sv.Project.ID, func(b *sets.Board) error {
			a, err := attack.NewReader(b, 0)
			if err != nil {
				return err
			}
			told, n, err := a.Recovered(nil)
			for _, one := range told {
				t.Errorf("seed %d: %s", seed, one)
			}
			hidden += n
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if hidden < 500 {
		t.Errorf("only %d hidden cells were attacked", hidden)
	}
}

// TestReadersGetSoMuch checks what readers may not ask.
func TestReadersGetSoMuch(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 300, Questions: 2, Themes: 6, Coders: 2, Codings: 500,
		Categories: []int{4, 3}, Rounds: 2, Seed: 3})
	reports := report.New(sets.New(sv.Store))
	one := []string{"q1"}
	for _, c := range []struct {
		q   report.Request
		key string // "" where it is given
	}{
		{report.Request{}, ""},
		{report.Request{By: "question"}, ""},
		{report.Request{By: "round", Questions: one, Net: true}, ""},
		{report.Request{By: "v1", Questions: one, Rounds: []string{"2020"}}, ""},
		{report.Request{By: "v1", Rounds: []string{"2020"}}, "report.public_question"},
		{report.Request{By: "v1", Questions: one}, "report.public_round"},
		{report.Request{By: "language", Questions: []string{"q1", "q2"}}, "report.public_one"},
		{report.Request{Unit: report.Answers}, "report.public_unit"},
		{report.Request{Languages: []coding.Lang{"sv"}}, "report.public_filter"},
		{report.Request{Filter: sets.Filter{Themes: []coding.ThemeID{1}}}, "report.public_filter"},
		{report.Request{Filter: sets.Filter{By: 1}}, "report.public_filter"},
		{report.Request{By: "v1", Second: "v2", Questions: one, Rounds: []string{"2020"}}, "report.public_second"},
	} {
		c.q.Project, c.q.Public, c.q.Threshold = sv.Project.ID, true, 1
		got, err := reports.Count(t.Context(), c.q)
		var p coding.Problem
		if errors.As(err, &p); p.Key != c.key || (err == nil) != (c.key == "") {
			t.Errorf("%+v: %v, want %q", c.q, err, c.key)
		}
		if err == nil && got.Threshold != sv.Project.Threshold {
			t.Errorf("a reader's threshold is %d", got.Threshold)
		}
	}
}

// TestPublicNumbersAreTheNumbers compares what readers are given with the table that has nothing hidden.
func TestPublicNumbersAreTheNumbers(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 1500, Questions: 2, Themes: 6, Coders: 2, Codings: 2500,
		Categories: []int{4}, Rounds: 2, Seed: 5})
	reports := report.New(sets.New(sv.Store))
	shown := 0
	for _, q := range []report.Request{{}, {By: "question"}, {By: "round"}, {By: "question", Rounds: []string{"2022"}}, {By: "round", Questions: []string{"q2"}},
		{Questions: []string{"q2"}, Rounds: []string{"2020"}}, {Questions: []string{"q1"}, Rounds: []string{"2022"}, By: "v1", Net: true}} {
		q.Project, q.Public = sv.Project.ID, true
		got, err := reports.Count(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		q.Public, q.Threshold = false, 1
		want, err := reports.Count(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		same := func(what string, got, want report.Cell) {
			if got.Suppressed == report.Shown {
				if shown++; got != want {
					t.Errorf("%+v: %s is %+v, want %+v", q, what, got, want)
				}
			}
		}
		same("base", got.Base, want.Base)
		for i, r := range got.Rows {
			same(r.Theme.Key, r.Total, want.Rows[i].Total)
			for j := range r.Cells {
				same(r.Theme.Key, r.Cells[j], want.Rows[i].Cells[j])
			}
		}
	}
	if shown < 100 {
		t.Errorf("only %d numbers are shown", shown)
	}
}
