package report_test

import (
	"errors"
	"math"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// TestFiveThousandValues counts by a variable in which nearly everybody has a value of their own: alone, for readers, beside another
// table, and as coverage. Whatever is shown is no small number.
func TestFiveThousandValues(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 5200, Questions: 1, Rounds: 1, Themes: 4, Coders: 1, Codings: 4000, Categories: []int{5000, 3}, Seed: 1})
	err := sets.New(sv.Store).Read(t.Context(), sv.Project.ID, func(b *sets.Board) error {
		check := func(table report.Table, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			if len(table.By.Categories) != 5000 {
				t.Fatalf("%d columns", len(table.By.Categories))
			}
			for _, row := range table.Rows {
				for j, c := range row.Cells {
					if c.Suppressed == report.Shown && c.N > 0 && c.N < table.Threshold {
						t.Fatalf("column %d shows %d", j, c.N)
					}
				}
			}
		}
		q := report.Request{Project: sv.Project.ID, By: "v1"}
		table, err := report.CountOn(b, q)
		check(table, err)
		for _, one := range table.Tests() {
			if one.Groups > 0 && math.IsNaN(one.Statistic) && !math.IsNaN(one.P) {
				t.Errorf("%+v", one)
			}
		}
		tables, err := report.CountTogetherOn(b, []report.Request{q, {Project: sv.Project.ID, By: "v2"}})
		if err == nil {
			check(tables[0], nil)
		} else if p := (coding.Problem{}); !errors.As(err, &p) || p.Key != "report.together_many" {
			t.Error(err)
		}
		q.Public = true
		if table, err = report.CountOn(b, q); err == nil {
			check(table, nil)
		} else if p := (coding.Problem{}); !errors.As(err, &p) || p.Key != "report.public_fine" {
			t.Error(err)
		}
		cover, err := report.CoverOn(b, report.Request{Project: sv.Project.ID, By: "v1"})
		if err != nil || len(cover.Classes) != 5000 {
			t.Errorf("%v, %d classes", err, len(cover.Classes))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNothingToCount: nobody, no theme, a theme without codings, a filter that nobody passes. Numbers are 0, and nothing is divided
// by it.
func TestNothingToCount(t *testing.T) {
	for name, size := range map[string]setstest.Size{
		"nobody":      {Questions: 1, Rounds: 1, Themes: 2, Coders: 1, Categories: []int{3}},
		"no themes":   {Respondents: 30, Questions: 1, Rounds: 2, Coders: 1, Categories: []int{3}},
		"no codings":  {Respondents: 30, Questions: 1, Rounds: 2, Themes: 4, Coders: 1, Categories: []int{3}},
		"no question": {Themes: 1, Rounds: 1},
	} {
		sv := setstest.NewSurvey(setstest.NewStore(), size)
		reports := report.New(sets.New(sv.Store))
		nobody := report.Request{Project: sv.Project.ID, Filter: sets.Filter{Themes: []coding.ThemeID{-1}}}
		for _, q := range []report.Request{{Project: sv.Project.ID}, {Project: sv.Project.ID, By: "round"}, nobody, {Project: sv.Project.ID, Public: true}} {
			table, err := reports.Count(t.Context(), q)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, row := range table.Rows {
				if row.Total.N != 0 || math.IsNaN(row.Total.Share) {
					t.Errorf("%s: %+v", name, row.Total)
				}
			}
			for _, one := range table.Tests() {
				if !math.IsNaN(one.P) {
					t.Errorf("%s: nothing is tested: %+v", name, one)
				}
			}
			pairs, err := reports.Pairs(t.Context(), q)
			if err != nil || len(pairs.Together(true, 0)) > 0 {
				t.Errorf("%s: pairs %v", name, err)
			}
			trend, err := reports.Trend(t.Context(), q, [2]string{}, false)
			if err != nil {
				t.Errorf("%s: rounds %v", name, err)
			}
			for _, c := range trend.Changes {
				if c.Diff != 0 && !math.IsNaN(c.Diff) || c.P < 1 {
					t.Errorf("%s: %+v", name, c)
				}
			}
		}
		if _, err := reports.CountTogether(t.Context(), sv.Project.ID, []report.Request{nobody, {Project: sv.Project.ID}}); err != nil {
			t.Errorf("%s: together: %v", name, err)
		}
		if got, err := reports.CountTogether(t.Context(), sv.Project.ID, nil); err != nil || len(got) != 0 {
			t.Errorf("%s: no tables: %v", name, err)
		}
		if read, err := reports.Saturation(t.Context(), report.Request{Project: sv.Project.ID}, 50); err != nil || size.Codings == 0 && name != "no codings" && name != "no themes" && len(read.Blocks) > 0 {
			t.Errorf("%s: %v, %+v", name, err, read.Blocks)
		}
		if _, err := reports.Mix(t.Context(), report.Request{Project: sv.Project.ID}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEverythingIsHidden: with a threshold above everybody, no number is left, in any table.
func TestEverythingIsHidden(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 40, Questions: 1, Rounds: 2, Themes: 3, Coders: 1, Codings: 90, Categories: []int{3}, Seed: 2})
	reports := report.New(sets.New(sv.Store))
	for _, q := range []report.Request{{By: "v1"}, {By: "round"}, {}} {
		q.Project, q.Threshold = sv.Project.ID, 500
		one, err := reports.Count(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		tables, err := reports.CountTogether(t.Context(), sv.Project.ID, []report.Request{q, q})
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range append(tables, one) {
			cells := []report.Cell{table.Base, table.Judged}
			for _, row := range table.Rows {
				cells = append(append(cells, row.Total), row.Cells...)
			}
			for _, c := range cells {
				if c.Suppressed == report.Shown && c.N > 0 {
					t.Errorf("by %q: %+v is shown", q.By, c)
				}
			}
		}
		pairs, err := reports.Pairs(t.Context(), q)
		if err != nil || len(pairs.Together(false, 1)) > 0 {
			t.Errorf("pairs: %v", err)
		}
	}
}
