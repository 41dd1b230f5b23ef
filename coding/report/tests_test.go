package report_test

import (
	"math"
	"testing"

	"avokoodi/coding/report"
)

// crosstab is a table with one theme, its numbers and bases by group.
func crosstab(x, n []int) report.Table {
	t := report.Table{Unit: report.Respondents, By: &report.Breakdown{Kind: report.ByVariable}}
	row := report.Row{}
	for j := range x {
		t.By.Categories = append(t.By.Categories, report.Category{Base: report.Cell{N: n[j]}})
		row.Cells = append(row.Cells, report.Cell{N: x[j]})
	}
	t.Rows = []report.Row{row}
	return t
}

// TestTestsOfATable are the tables of the shared data, computed in R 4.2.2.
func TestTestsOfATable(t *testing.T) {
	for _, c := range []struct {
		name            string
		x, n            []int
		method          report.Method
		statistic, p, v float64
		tolerance       float64
	}{
		{"theme by region", []int{34, 41, 12, 55, 28}, []int{200, 150, 100, 200, 200}, report.MethodChiSquare, 21.6979166666667, 0.000230164019720792, 0.15977158941537, 1e-9},
		{"tea tasting", []int{3, 1}, []int{4, 4}, report.MethodFisher, 2, 0.485714285714286, 0.5, 1e-9},
		{"one zero cell", []int{0, 7}, []int{12, 16}, report.MethodFisher, 7, 0.0103307320698625, 0.5, 1e-9},
	} {
		got := crosstab(c.x, c.n).Tests()[0]
		if got.Method != c.method || math.Abs(got.Statistic-c.statistic) > c.tolerance || math.Abs(got.P-c.p) > c.tolerance || math.Abs(got.V-c.v) > c.tolerance {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	few := crosstab([]int{3, 0, 1}, []int{9, 8, 10}).Tests()[0]
	if few.Method != report.MethodMonteCarlo || few.Draws < 500 || few.Draws > 9999 || !(few.P > 0.1 && few.P < 0.3) {
		t.Errorf("three small groups: %+v", few)
	}
	if again := crosstab([]int{3, 0, 1}, []int{9, 8, 10}).Tests()[0]; again.P != few.P {
		t.Error("run again, the p is another")
	}
}

// TestTestsTellNothingHidden changes what is hidden and finds the tests unchanged.
func TestTestsTellNothingHidden(t *testing.T) {
	table := crosstab([]int{34, 41, 12, 3}, []int{200, 150, 100, 60})
	table.Rows[0].Cells[3] = report.Cell{Suppressed: report.Primary}
	got, want := table.Tests()[0], crosstab([]int{34, 41, 12}, []int{200, 150, 100}).Tests()[0]
	if got.P != want.P || got.Statistic != want.Statistic || got.DF != want.DF || got.Groups != 3 {
		t.Errorf("%+v, without the hidden group %+v", got, want)
	}
	table = crosstab([]int{5}, []int{9})
	if got := table.Tests()[0]; !math.IsNaN(got.P) {
		t.Errorf("one group is tested: %+v", got)
	}
}

func TestNoTestsWhereGroupsOverlap(t *testing.T) {
	for _, change := range []func(*report.Table){
		func(t *report.Table) { t.By.Kind = report.ByQuestion },
		func(t *report.Table) { t.By.Variable.Multi = true },
		func(t *report.Table) { t.Unit = report.Codings },
		func(t *report.Table) { t.Second = &report.Breakdown{} },
		func(t *report.Table) { t.By = nil },
	} {
		table := crosstab([]int{34, 41}, []int{200, 150})
		change(&table)
		if table.Tests() != nil || table.Letters() != nil {
			t.Errorf("%+v is tested", table.By)
		}
	}
}

func TestLetters(t *testing.T) {
	got := crosstab([]int{142, 97, 30}, []int{500, 600, 110}).Letters()[0]
	if got[0] != "b" || got[1] != "" || got[2] != "b" {
		t.Errorf("%q", got)
	}
	if l := report.Letter(27); l != "b2" {
		t.Errorf("letter 27 is %s", l)
	}
}
