// Package stat is the tests that theme tables need, and no others: is a theme named by some groups more than by others?
//
// Chi-square, Cramér's V and Wilson's interval are in Agresti, Categorical Data Analysis (2013); Fisher's exact test is
// two-sided by the sum of all tables that are no more probable, as R has it; adjusted p-values are those of R's p.adjust. The
// distributions come from gonum. A result that is not defined, such as a test of a table with an empty margin, is NaN.
package stat

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// ChiSquare is Pearson's test of independence without a correction for continuity.
type ChiSquare struct {
	Statistic   float64
	DF          int
	P           float64
	V           float64 // Cramér's V, from 0 to 1
	LeastExpect float64 // the smallest expected number
	FewExpected int     // cells whose expected number is below 5
}

// Independence tests a table of numbers, all rows being equally long. Rows and columns that add up to nothing are left out.
func Independence(table [][]int) ChiSquare {
	rows, cols, n := margins(table)
	r, c := positive(rows), positive(cols)
	out := ChiSquare{Statistic: math.NaN(), P: math.NaN(), V: math.NaN(), LeastExpect: math.NaN()}
	if r < 2 || c < 2 {
		return out
	}
	out.Statistic, out.LeastExpect, out.DF = 0, math.Inf(1), (r-1)*(c-1)
	for i, row := range table {
		for j, x := range row {
			if rows[i] == 0 || cols[j] == 0 {
				continue
			}
			e := float64(rows[i]) * float64(cols[j]) / float64(n)
			d := float64(x) - e
			out.Statistic += d * d / e
			if out.LeastExpect = min(out.LeastExpect, e); e < 5 {
				out.FewExpected++
			}
		}
	}
	out.P = distuv.ChiSquared{K: float64(out.DF)}.Survival(out.Statistic)
	out.V = math.Sqrt(out.Statistic / float64(n) / float64(min(r, c)-1))
	return out
}

func margins(table [][]int) (rows, cols []int, n int) {
	rows = make([]int, len(table))
	for i, row := range table {
		if cols == nil {
			cols = make([]int, len(row))
		}
		for j, x := range row {
			rows[i], cols[j], n = rows[i]+x, cols[j]+x, n+x
		}
	}
	return rows, cols, n
}

func positive(list []int) int {
	n := 0
	for _, x := range list {
		if x > 0 {
			n++
		}
	}
	return n
}

// Fisher is the two-sided p of Fisher's exact test of a 2×2 table {{a, b}, {c, d}}.
func Fisher(a, b, c, d int) float64 {
	row, col, n := a+b, a+c, a+b+c+d
	log := func(x int) float64 { // of the probability that the first cell is x
		return choose(col, x) + choose(n-col, row-x) - choose(n, row)
	}
	seen := log(a)
	p := 0.0
	for x := max(0, row+col-n); x <= min(row, col); x++ {
		if l := log(x); l <= seen+1e-7 {
			p += math.Exp(l)
		}
	}
	return min(p, 1)
}

func factorial(n int) float64 {
	l, _ := math.Lgamma(float64(n) + 1)
	return l
}

func choose(n, k int) float64 { return factorial(n) - factorial(k) - factorial(n-k) }

// enough is the number of tables as extreme as the given one after which MonteCarlo stops.
const enough = 400

// MonteCarlo is an exact p of independence by chance: the share of tables with the same margins, shuffled from the seed, whose
// chi-square is as large as the given table's. At most n are drawn, and then the table itself is one of them (Davison and Hinkley,
// Bootstrap Methods, 1997, 4.2); it stops once 400 were as large, since p is known well enough by then (Besag and Clifford,
// Sequential Monte Carlo p-values, Biometrika 78, 1991). It also gives the number of tables that were drawn. It takes as long as the
// rows but the last have units.
func MonteCarlo(table [][]int, n int, seed uint64) (p float64, drew int) {
	rows, cols, total := margins(table)
	if positive(rows) < 2 || positive(cols) < 2 {
		return math.NaN(), 0
	}
	seen := ranking(table, rows, cols)
	labels := make([]uint16, 0, total) // the column of each unit, row by row
	for j, c := range cols {
		for range c {
			labels = append(labels, uint16(j))
		}
	}
	rnd := rand.NewPCG(seed, 0x6176)
	drawn := make([][]int, len(rows))
	for i := range drawn {
		drawn[i] = make([]int, len(cols))
	}
	extreme := 0
	for drew = 1; drew <= n; drew++ {
		at := 0
		last := drawn[len(rows)-1]
		copy(last, cols)
		for i, r := range rows[:len(rows)-1] { // what is left is the last row's
			clear(drawn[i])
			for range r {
				// Only as much of the shuffle as the row needs. The high word of the product is even enough for so few.
				high, _ := bits.Mul64(rnd.Uint64(), uint64(len(labels)-at))
				k := at + int(high)
				labels[at], labels[k] = labels[k], labels[at]
				drawn[i][labels[at]]++
				last[labels[at]]--
				at++
			}
		}
		if ranking(drawn, rows, cols) >= seen-1e-9 {
			if extreme++; extreme == enough {
				return float64(extreme) / float64(drew), drew
			}
		}
	}
	return float64(extreme+1) / float64(n+1), n
}

// ranking orders tables of the same margins as chi-square does.
func ranking(table [][]int, rows, cols []int) float64 {
	sum := 0.0
	for i, row := range table {
		for j, x := range row {
			if x > 0 {
				sum += float64(x) * float64(x) / float64(rows[i]) / float64(cols[j])
			}
		}
	}
	return sum
}

// Wilson is Wilson's interval of a share of x in n; (0, 1) for no n. Level is such as 0.95.
func Wilson(x, n int, level float64) (lo, hi float64) {
	if n == 0 {
		return 0, 1
	}
	z := distuv.UnitNormal.Quantile(0.5 + level/2)
	N, p := float64(n), float64(x)/float64(n)
	mid := p + z*z/(2*N)
	half := z * math.Sqrt(p*(1-p)/N+z*z/(4*N*N))
	lo, hi = (mid-half)/(1+z*z/N), (mid+half)/(1+z*z/N)
	if x == 0 {
		lo = 0
	}
	if x == n {
		hi = 1
	}
	return max(lo, 0), min(hi, 1)
}

// Holm adjusts p-values so that the chance of one false alarm among all stays what it is for one. NaN stays, and does not
// count.
func Holm(p []float64) []float64 {
	order, m := ascending(p)
	out, most := slices.Clone(p), 0.0
	for k, i := range order {
		most = max(most, min(1, float64(m-k)*p[i]))
		out[i] = most
	}
	return out
}

// BenjaminiHochberg adjusts p-values so that their share of false alarms is held. NaN stays, and does not count.
func BenjaminiHochberg(p []float64) []float64 {
	order, m := ascending(p)
	out, least := slices.Clone(p), 1.0
	for k := m - 1; k >= 0; k-- {
		least = min(least, p[order[k]]*float64(m)/float64(k+1))
		out[order[k]] = least
	}
	return out
}

func ascending(p []float64) (order []int, m int) {
	for i, x := range p {
		if !math.IsNaN(x) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case p[i] < p[j]:
			return -1
		case p[i] > p[j]:
			return 1
		}
		return 0
	})
	return order, len(order)
}

// McNemar compares two shares of the same people by those who changed: b from yes to no, c from no to yes. Up to 25 changes p
// is exact (binomial); above, it is the chi-square without correction. Statistic is NaN where p is exact.
func McNemar(b, c int) (statistic, p float64) {
	n := b + c
	if n == 0 {
		return math.NaN(), 1
	}
	if n > 25 {
		d := float64(b - c)
		statistic = d * d / float64(n)
		return statistic, distuv.ChiSquared{K: 1}.Survival(statistic)
	}
	for k := range min(b, c) + 1 {
		p += math.Exp(choose(n, k) - float64(n)*math.Ln2)
	}
	return math.NaN(), min(1, 2*p)
}

// TwoShares is the two-sided p of the difference of two shares of different people, by the pooled z test.
func TwoShares(x1, n1, x2, n2 int) (z, p float64) {
	if n1 == 0 || n2 == 0 || x1+x2 == 0 || x1+x2 == n1+n2 {
		return math.NaN(), math.NaN()
	}
	pool := float64(x1+x2) / float64(n1+n2)
	z = (float64(x1)/float64(n1) - float64(x2)/float64(n2)) / math.Sqrt(pool*(1-pool)*(1/float64(n1)+1/float64(n2)))
	return z, 2 * distuv.UnitNormal.Survival(math.Abs(z))
}

// EffectiveN is Kish's effective number of weighted units: (Σw)²/Σw². It is 0 for none.
func EffectiveN(weights []float64) float64 {
	sum, squares := 0.0, 0.0
	for _, w := range weights {
		sum, squares = sum+w, squares+w*w
	}
	if squares == 0 {
		return 0
	}
	return sum * sum / squares
}

// Newcombe is the interval of the difference x1/n1 - x2/n2 of two shares of different people, from Wilson's intervals of both
// (Newcombe, Statistics in Medicine 17, 1998, method 10).
func Newcombe(x1, n1, x2, n2 int, level float64) (lo, hi float64) {
	if n1 == 0 || n2 == 0 {
		return math.NaN(), math.NaN()
	}
	p1, p2 := float64(x1)/float64(n1), float64(x2)/float64(n2)
	l1, u1 := Wilson(x1, n1, level)
	l2, u2 := Wilson(x2, n2, level)
	return p1 - p2 - math.Hypot(p1-l1, u2-p2), p1 - p2 + math.Hypot(u1-p1, p2-l2)
}
