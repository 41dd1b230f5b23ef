package agreement

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// table turns a contingency table of two coders into a matrix.
func table(cells ...[]int) Matrix {
	var m Matrix
	for i, row := range cells {
		for j, n := range row {
			for range n {
				m = append(m, []int{i, j})
			}
		}
	}
	return m
}

// distribution turns the number of coders by unit and value into a matrix.
func distribution(rows ...[]int) Matrix {
	var m Matrix
	for _, row := range rows {
		var one []int
		for v, n := range row {
			for range n {
				one = append(one, v)
			}
		}
		m = append(m, one)
	}
	return m
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s is %.7f, published as %.7f", what, got, want)
	}
}

func interval(t *testing.T, what string, e Estimate, value, low, high, within float64) {
	t.Helper()
	near(t, what, e.Value, value, 5e-6)
	near(t, what+", lower", e.Low, low, within)
	near(t, what+", upper", e.High, high, within)
}

// Ratings of four coders with gaps (Krippendorff 2011, example C; in the R package irrCAC it is cac.raw4raters, and its manual
// gives the intervals).
var krippendorff2011 = Matrix{{1, 1, Missing, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4}, {4, 4, 4, 4}, {1, 1, 2, 1},
	{2, 2, 2, 2}, {Missing, 5, 5, 5}, {Missing, Missing, 1, 1}, {Missing, Missing, 3, Missing}}

func TestIntervalsWithMissingRatings(t *testing.T) {
	r := Nominal(krippendorff2011)
	interval(t, "percent", r.Percent, 0.8181818, 0.542, 1, 5.1e-4)
	interval(t, "AC1", r.AC1, 0.77544, 0.461, 1, 5.1e-4)
	interval(t, "Fleiss' kappa", r.FleissKappa, 0.76117, 0.424, 1, 5.1e-4)
	interval(t, "alpha", r.Alpha, 0.74342, 0.419, 1, 5.1e-4)
	if r.Units != 12 || r.Paired != 11 || r.Coders != 4 {
		t.Errorf("%d units, %d paired, %d coders", r.Units, r.Paired, r.Coders)
	}
	if r.CohenKappa.Defined() || r.CohenKappa.Why != TwoCoders {
		t.Errorf("Cohen's kappa of four coders: %+v", r.CohenKappa)
	}
}

// Six coders, 15 units (Fleiss 1971, half of the units; irrCAC's distrib.6raters, with intervals in its manual; for counted and
// tabulated ratings it works out the variance of some coefficients a little differently).
func TestIntervalsOfSixCoders(t *testing.T) {
	r := Nominal(distribution([]int{0, 0, 0, 6, 0}, []int{0, 3, 0, 0, 3}, []int{0, 1, 4, 0, 1}, []int{0, 0, 0, 0, 6}, []int{0, 3, 0, 3, 0}, []int{2, 0, 4, 0, 0},
		[]int{0, 0, 4, 0, 2}, []int{2, 0, 3, 1, 0}, []int{2, 0, 0, 4, 0}, []int{0, 0, 0, 0, 6}, []int{1, 0, 0, 5, 0}, []int{1, 1, 0, 4, 0}, []int{0, 3, 3, 0, 0},
		[]int{1, 0, 0, 5, 0}, []int{0, 2, 0, 3, 1}))
	interval(t, "AC1", r.AC1, 0.4448007, 0.264, 0.625, 5.1e-4)
	interval(t, "Fleiss' kappa", r.FleissKappa, 0.4139265, 0.24, 0.588, 5.1e-4)
	interval(t, "alpha", r.Alpha, 0.4204384, 0.244, 0.597, 3e-3)
}

// Two coders: Gwet's table of abstractors in irrCAC's manual, and the table whose interval SAS prints.
func TestIntervalsOfTwoCoders(t *testing.T) {
	r := Nominal(table([]int{13, 0, 0}, []int{0, 20, 7}, []int{0, 4, 56}))
	near(t, "Cohen's kappa", r.CohenKappa.Value, 0.7964094, 1e-6)
	interval(t, "AC1", r.AC1, 0.8493305, 0.764, 0.935, 1.5e-3)
	interval(t, "percent", r.Percent, 0.89, 0.828, 0.952, 5.1e-4)
	interval(t, "alpha", r.Alpha, 0.7972585, 0.68, 0.914, 1.5e-3)
	k := Nominal(table([]int{0, 4, 1}, []int{0, 8, 0}, []int{0, 1, 5})).CohenKappa
	near(t, "Cohen's kappa", k.Value, 0.4842, 5e-5)
	near(t, "lower", k.Low, 0.2137, 5e-5)
	near(t, "upper", k.High, 0.7547, 5e-5)
}

func TestUndefined(t *testing.T) {
	for name, c := range map[string]struct {
		m              Matrix
		percent, kappa Why
	}{
		"one value":  {Matrix{{0, 0}, {0, 0}, {0, 0}}, "", OneValue},
		"no overlap": {Matrix{{0, Missing}, {Missing, 1}}, NoPairs, NoPairs},
		"nothing":    {nil, NoPairs, TwoCoders},
		"one unit":   {Matrix{{0, 1}}, OneUnit, OneUnit},
	} {
		r := Nominal(c.m)
		if r.Percent.Why != c.percent || r.CohenKappa.Why != c.kappa {
			t.Errorf("%s: percent %+v, Cohen's kappa %+v", name, r.Percent, r.CohenKappa)
		}
		for _, e := range []Estimate{r.Percent, r.CohenKappa, r.FleissKappa, r.Alpha, r.AC1, r.AlphaJaccard, r.AlphaMASI} {
			if e.Why == "" && (!e.Defined() || !e.Bounded()) || e.Defined() && math.IsInf(e.Value, 0) {
				t.Errorf("%s: %+v has no reason", name, e)
			}
		}
	}
	if r := Nominal(Matrix{{0, 0}, {0, 0}}); r.Percent.Value != 1 {
		t.Errorf("agreement on one value is %v", r.Percent)
	}
}

// TestDistances holds alpha with Jaccard's and MASI distance to values worked out by hand: two units of two coders, {0,1} and
// {0}, {2} and {2}. Observed disagreement is 1/4 of the first unit's distance twice over; expected is over all 12 ordered pairs
// of {0,1}, {0}, {2}, {2}: two with distance d, eight with 1, two with 0.
func TestDistances(t *testing.T) {
	r := Sets([][]Set{{{Values: []int{1, 0}, Judged: true}, {Values: []int{0}, Judged: true}}, {{Values: []int{2}, Judged: true}, {Values: []int{2}, Judged: true}}})
	by := func(d float64) float64 { return 1 - (2*d/4)/((2*d+8)/12) }
	near(t, "alpha, Jaccard", r.AlphaJaccard.Value, by(1./2), 1e-12)
	near(t, "alpha, MASI", r.AlphaMASI.Value, by(1-1./2*2/3), 1e-12)
	near(t, "alpha of whole sets", r.Alpha.Value, by(1), 1e-12)
}

// TestSingletons: the distances of sets of one value are 0 and 1, so that alpha is the nominal one; a value beyond 64 counts too.
func TestSingletons(t *testing.T) {
	var sets [][]Set
	for _, row := range krippendorff2011 {
		var one []Set
		for _, v := range row {
			if v == Missing {
				one = append(one, Set{})
			} else {
				one = append(one, Set{[]int{60 + v}, true})
			}
		}
		sets = append(sets, one)
	}
	r := Sets(sets)
	near(t, "alpha, Jaccard", r.AlphaJaccard.Value, 0.743421052632, 1e-9)
	near(t, "alpha, MASI", r.AlphaMASI.Value, 0.743421052632, 1e-9)
	near(t, "percent", r.Percent.Value, 0.8181818, 1e-6)
}

// TestPublishedExamples goes through the worked examples beside the project; each file says what to expect, and how closely.
func TestPublishedExamples(t *testing.T) {
	folder := needed.File(t, filepath.Join("..", "..", "..", "shared", "data", "agreement"))
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var x struct {
			Name, Kind string
			Matrix     [][]json.RawMessage
			Expected   map[string]float64
			Computed   map[string]any `json:"expected_computed"`
			Tolerance  float64
		}
		if err := json.Unmarshal(raw, &x); err != nil {
			t.Fatal(file, err)
		}
		r := example(t, x.Kind, x.Matrix)
		got := map[string]Estimate{"percent_agreement": r.Percent, "percent_agreement_exact_set": r.Percent, "cohen_kappa": r.CohenKappa, "fleiss_kappa": r.FleissKappa,
			"krippendorff_alpha_nominal": r.Alpha, "gwet_ac1": r.AC1, "alpha_jaccard": r.AlphaJaccard, "alpha_masi_2/3_1/3": r.AlphaMASI, "alpha_exact_set_nominal": r.Alpha}
		for name, v := range x.Computed {
			if want, ok := v.(float64); ok {
				x.Expected[name] = want
			}
		}
		for name, want := range x.Expected {
			if e, ok := got[name]; ok {
				compared++
				near(t, x.Name+": "+name, e.Value, want, x.Tolerance)
			}
		}
	}
	if compared < 55 {
		t.Errorf("only %d coefficients were compared", compared)
	}
}

func example(t *testing.T, kind string, matrix [][]json.RawMessage) Result {
	t.Helper()
	known := map[string]int{}
	number := func(s string) int {
		if _, ok := known[s]; !ok {
			known[s] = len(known)
		}
		return known[s]
	}
	if kind != "multilabel" {
		var m Matrix
		for _, row := range matrix {
			var one []int
			for _, cell := range row {
				if v := Missing; string(cell) == "null" {
					one = append(one, v)
				} else {
					one = append(one, number(string(cell)))
				}
			}
			m = append(m, one)
		}
		return Nominal(m)
	}
	var units [][]Set
	for _, row := range matrix {
		var one []Set
		for _, cell := range row {
			var labels []string
			if err := json.Unmarshal(cell, &labels); err != nil {
				t.Fatal(err)
			}
			s := Set{Judged: string(cell) != "null"}
			for _, l := range labels {
				s.Values = append(s.Values, number(l))
			}
			one = append(one, s)
		}
		units = append(units, one)
	}
	return Sets(units)
}
