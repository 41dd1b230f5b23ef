package report

import (
	"fmt"
	"math"

	"avokoodi/coding/report/stat"
	"avokoodi/themes"
)

// Method is how a test came by its p.
type Method string

// Methods. Chi-square is used where at most a fifth of the expected numbers is below 5 and none below 1 (Cochran, 1954); else
// Fisher's exact test for two groups, and an exact p by chance, from a fixed seed, for more.
const (
	MethodChiSquare  Method = "chi-square"
	MethodFisher     Method = "fisher"
	MethodMonteCarlo Method = "monte-carlo"
)

// Test tells whether a theme is named by some groups of a table more than by others.
type Test struct {
	Theme     themes.Theme
	Method    Method
	Draws     int     // tables drawn by MethodMonteCarlo
	Statistic float64 // Pearson's chi-square; NaN where there is nothing to compare
	DF        int
	V         float64 // Cramér's V
	P         float64
	Holm, BH  float64 // P adjusted over all themes of the table
	Groups    int     // compared; those with a hidden number are not
}

// Significant is the level below which an adjusted p counts as a difference.
const Significant = 0.05

const (
	draws     = 9999
	drawUnits = 1_000_000 // units that one test draws at most
	drawSeed  = 1900      // of every test, so that a table run again is the same
)

// Tests compares the groups of a table, theme by theme, in the order of its rows. It goes by the numbers that are shown, so
// that a test tells nothing that the table hides. There are none where groups overlap, or where units are not respondents,
// which alone are independent of each other.
func (t Table) Tests() []Test {
	if !t.Comparable() {
		return nil
	}
	out := make([]Test, len(t.Rows))
	p := make([]float64, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = t.test(row)
		p[i] = out[i].P
	}
	holm, bh := stat.Holm(p), stat.BenjaminiHochberg(p)
	for i := range out {
		out[i].Holm, out[i].BH = holm[i], bh[i]
	}
	return out
}

// Comparable tells whether the groups of a table can be tested against each other. Tests of weighted shares would need the design of
// the sample.
func (t Table) Comparable() bool {
	return t.By != nil && t.Second == nil && t.Weighted == nil && t.Unit == Respondents && t.By.Kind != ByQuestion && !t.By.Variable.Multi
}

// group is one group of a row with numbers that are shown.
type group struct{ column, x, n int }

func (t Table) groups(row Row) []group {
	var out []group
	for j, c := range t.By.Categories {
		if !c.None && c.Base.Suppressed == Shown && c.Base.N > 0 && row.Cells[j].Suppressed == Shown {
			out = append(out, group{j, row.Cells[j].N, c.Base.N})
		}
	}
	return out
}

func (t Table) test(row Row) Test {
	groups := t.groups(row)
	table := [][]int{nil, nil}
	named := 0
	for _, g := range groups {
		table[0], table[1] = append(table[0], g.x), append(table[1], g.n-g.x)
		named += g.x
	}
	out := Test{Theme: row.Theme, Method: MethodChiSquare, Groups: len(groups)}
	c := stat.Independence(table)
	out.Statistic, out.DF, out.V, out.P = c.Statistic, c.DF, c.V, c.P
	switch {
	case math.IsNaN(c.P) || c.LeastExpect >= 1 && c.FewExpected*5 <= 2*len(groups):
	case len(groups) == 2:
		out.Method, out.P = MethodFisher, stat.Fisher(table[0][0], table[0][1], table[1][0], table[1][1])
	default:
		out.Method = MethodMonteCarlo
		out.P, out.Draws = stat.MonteCarlo(table, max(999, min(draws, drawUnits/max(named, 1))), drawSeed)
	}
	return out
}

// Letters marks, for each cell of each row, the columns (by place, 'a' first) whose share is significantly lower: pooled z
// tests of every pair of a row, adjusted by Holm's method. It is nil where groups can't be compared.
func (t Table) Letters() [][]string {
	if !t.Comparable() {
		return nil
	}
	out := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = make([]string, len(row.Cells))
		groups := t.groups(row)
		var pairs [][2]group
		var p []float64
		for k, a := range groups {
			for _, b := range groups[k+1:] {
				_, one := stat.TwoShares(a.x, a.n, b.x, b.n)
				pairs, p = append(pairs, [2]group{a, b}), append(p, one)
			}
		}
		for k, adjusted := range stat.Holm(p) {
			if !(adjusted < Significant) {
				continue
			}
			high, low := pairs[k][0], pairs[k][1]
			if float64(high.x)/float64(high.n) < float64(low.x)/float64(low.n) {
				high, low = low, high
			}
			out[i][high.column] += Letter(low.column)
		}
	}
	return out
}

// Letter names a column: a to z, then a2 and so on.
func Letter(column int) string {
	l := string(rune('a' + column%26))
	if column >= 26 {
		l += fmt.Sprint(column/26 + 1)
	}
	return l
}
