package report_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

func found(t *testing.T, reports *report.Reports, sv *setstest.Survey, parts ...report.Part) []report.Found {
	t.Helper()
	for i := range parts {
		parts[i].Project = sv.Project.ID
	}
	out, err := reports.Together(t.Context(), sv.Project.ID, parts)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// plain compares by what is printed, in which NaN equals NaN.
func plain(x any) string { return strings.ReplaceAll(fmt.Sprintf("%+v", x), "NaN", "-") }

// TestFindingsAlone: in a report of its own, a finding is what its page shows.
func TestFindingsAlone(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 240, Questions: 2, Rounds: 2, Themes: 6, Coders: 2, Codings: 600, Categories: []int{4}, Seed: 5})
	reports := report.New(sets.New(sv.Store))
	q := report.Request{Project: sv.Project.ID}
	pairs, err := reports.Pairs(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if got := found(t, reports, sv, report.Part{Find: report.FindPairs})[0]; plain(got.Pairs.Cells) != plain(pairs.Cells) {
		t.Error("pairs differ")
	}
	trend, err := reports.Trend(t.Context(), q, [2]string{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if got := found(t, reports, sv, report.Part{Find: report.FindRounds})[0]; plain(got.Trend.Changes) != plain(trend.Changes) || len(trend.Changes) == 0 {
		t.Error("rounds differ")
	}
	cover, err := reports.Cover(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if got := found(t, reports, sv, report.Part{Find: report.FindCoverage})[0]; plain(got.Cover.Classes) != plain(cover.Classes) {
		t.Error("coverage differs")
	}
	reading, err := reports.Saturation(t.Context(), q, report.ReadStep)
	if err != nil {
		t.Fatal(err)
	}
	if got := found(t, reports, sv, report.Part{Find: report.FindSaturation})[0]; !reflect.DeepEqual(got.Reading.Blocks, reading.Blocks) {
		t.Error("saturation differs")
	}
	progress, err := reports.Progress(t.Context(), sv.Project.ID, sets.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	work := found(t, reports, sv, report.Part{Find: report.FindProgress})[0].Work
	for i, one := range progress.Questions {
		if row := work.Rows[i]; row.Answers.N != one.Answers || row.Judged.N != one.Done() {
			t.Errorf("%s: %d of %d, want %d of %d", one.Question.Key, row.Judged.N, row.Answers.N, one.Done(), one.Answers)
		}
	}
}

// TestPairsOfOneReport: what two parts together would give away about pairs is hidden.
func TestPairsOfOneReport(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 900, Questions: 1, Rounds: 1, Themes: 6, Coders: 1, Codings: 2400, Seed: 4})
	reports := report.New(sets.New(sv.Store))
	shown := func(f report.Found) int { return len(f.Pairs.Together(false, 1)) }
	all := report.Part{Find: report.FindPairs}
	finnish := report.Part{Find: report.FindPairs, Request: report.Request{Languages: []coding.Lang{"fi"}}}
	alone := [2]int{shown(found(t, reports, sv, all)[0]), shown(found(t, reports, sv, finnish)[0])}
	if alone[0] == 0 || alone[1] == 0 {
		t.Fatalf("pairs alone: %v", alone)
	}
	// Everybody's less the Finnish is a count of the others.
	both := found(t, reports, sv, all, finnish)
	if shown(both[0]) == 0 || shown(both[1]) != 0 {
		t.Errorf("side by side: %d and %d pairs are shown", shown(both[0]), shown(both[1]))
	}
	// The same twice tells nothing new, and neither do groups that have nobody in common.
	if same := found(t, reports, sv, all, all); shown(same[1]) != shown(same[0]) {
		t.Errorf("twice the same: %d and %d", shown(same[0]), shown(same[1]))
	}
	apart := found(t, reports, sv, finnish, report.Part{Find: report.FindPairs, Request: report.Request{Languages: []coding.Lang{"sv", "en"}}})
	if shown(apart[0]) == 0 || shown(apart[1]) == 0 {
		t.Errorf("apart: %d and %d", shown(apart[0]), shown(apart[1]))
	}
	// A table of those who named a theme has its pairs, protected in its own way.
	var theme coding.Theme
	for _, row := range both[0].Pairs.Rows {
		if row.Total.Suppressed == report.Shown && row.Total.N > 100 {
			theme = row.Theme
		}
	}
	filtered := found(t, reports, sv, all, report.Part{Request: report.Request{Filter: sets.Filter{Themes: []coding.ThemeID{theme.ID}}}})
	for _, at := range filtered[0].Pairs.Together(false, 1) {
		if filtered[0].Pairs.Rows[at[0]].Theme.ID == theme.ID || filtered[0].Pairs.Rows[at[1]].Theme.ID == theme.ID {
			t.Errorf("a pair with %s is shown", theme.Key)
		}
	}
}

// TestHiddenStaysHiddenInFindings: what the tables under the findings of a report hide shows in none of them.
func TestHiddenStaysHiddenInFindings(t *testing.T) {
	hidden := 0
	for seed := range uint64(6) {
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 90, Questions: 2, Rounds: 2, Themes: 8, Coders: 2, Codings: 160, Categories: []int{5}, Seed: seed})
		reports := report.New(sets.New(sv.Store))
		out := found(t, reports, sv, report.Part{}, report.Part{Request: report.Request{By: "v1"}}, report.Part{Find: report.FindRounds}, report.Part{Find: report.FindCoders},
			report.Part{Find: report.FindCoverage, Request: report.Request{By: "v1"}}, report.Part{Find: report.FindPairs}, report.Part{Find: report.FindProgress})
		total := map[coding.ThemeID]report.Cell{}
		for _, r := range out[0].Table.Rows {
			total[r.Theme.ID] = r.Total
		}
		trend := out[2].Trend
		for i, c := range trend.Changes {
			row := trend.Rows[i]
			if (row.Cells[trend.From].Suppressed != report.Shown || row.Cells[trend.To].Suppressed != report.Shown) && !(math.IsNaN(c.Diff) && math.IsNaN(c.P)) {
				t.Errorf("seed %d: the change of %s is told", seed, row.Theme.Key)
			}
		}
		mix := out[3].Mix
		for _, r := range mix.Rows {
			for k, c := range r.Cells {
				if c.Suppressed != report.Shown {
					hidden++
					continue
				}
				if c.N > 0 && c.N < mix.Threshold || total[r.Theme.ID].Suppressed != report.Shown || mix.Coders[k].Base.Suppressed != report.Shown {
					t.Errorf("seed %d: %s by coder %d shows %d", seed, r.Theme.Key, mix.Coders[k].Coder, c.N)
				}
			}
		}
		for i, class := range out[4].Cover.Classes {
			if out[1].Table.By.Categories[i].Base.Suppressed != report.Shown && class.Reached.Suppressed == report.Shown {
				t.Errorf("seed %d: class %s is covered in sight", seed, class.Category.Key)
			}
		}
		pairs := out[5].Pairs
		for i := range pairs.Cells {
			for j := i + 1; j < len(pairs.Cells); j++ {
				if c := pairs.Cells[i][j]; c.Suppressed == report.Shown && (total[pairs.Rows[i].Theme.ID].Suppressed != report.Shown || total[pairs.Rows[j].Theme.ID].Suppressed != report.Shown) {
					t.Errorf("seed %d: a pair of a hidden theme is shown", seed)
				}
			}
		}
	}
	if hidden == 0 {
		t.Error("nothing was hidden: the test says nothing")
	}
}

// TestReadersFindings: a reader gets no paired comparison and no pairs of one question, also in a report.
func TestReadersFindings(t *testing.T) {
	sv := survey()
	reports := report.New(sets.New(sv.Store))
	for key, x := range map[string]report.Part{
		"report.public_paired": {Find: report.FindRounds, Paired: true, Request: report.Request{Public: true}},
		"report.public_whole":  {Find: report.FindPairs, Request: report.Request{Public: true, Questions: []string{"q1"}}},
	} {
		x.Project = sv.Project.ID
		_, err := reports.Together(t.Context(), sv.Project.ID, []report.Part{x})
		var p coding.Problem
		if !errors.As(err, &p) || p.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
}
