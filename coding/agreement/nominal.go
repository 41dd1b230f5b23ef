package agreement

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Result is every coefficient of one matrix.
type Result struct {
	Units  int // rated by at least one coder
	Paired int // rated by at least two
	Coders int // who rated at least one unit

	Percent, CohenKappa, FleissKappa, Alpha, AC1 Estimate
	AlphaJaccard, AlphaMASI                      Estimate // of sets
}

// Nominal works out the coefficients of values that are the same or not.
func Nominal(m Matrix) Result {
	units, values := m.rated()
	r := Result{Units: len(units), Paired: len(paired(units)), Coders: m.coders(), AlphaJaccard: Undefined(SetsOnly), AlphaMASI: Undefined(SetsOnly)}
	r.Percent = percent(units)
	r.CohenKappa = cohen(m, values, r.Coders)
	r.FleissKappa = fleiss(units, values)
	r.AC1 = ac1(units, values)
	r.Alpha = alpha(units, values, nil)
	return r
}

// observed is the mean share of agreeing pairs in the paired units, and each unit's part in it: 0 for units with one rating,
// so that the mean over all is the share.
func observed(units []unit) (po float64, each []float64) {
	pairs := float64(len(paired(units)))
	each = make([]float64, len(units))
	for i, u := range units {
		if u.n > 1 {
			each[i] = u.same(nil) / float64(u.n*(u.n-1))
			po += each[i] / pairs
		}
	}
	return po, each
}

// percent is pairwise agreement: the mean over units of the share of pairs of coders who agree.
func percent(units []unit) Estimate {
	pairs := len(paired(units))
	if pairs == 0 {
		return Undefined(NoPairs)
	}
	po, each := observed(units)
	for i := range each {
		each[i] *= float64(len(units)) / float64(pairs)
	}
	e := byUnits(po, each)
	e.Low = max(0, e.Low) // NaN stays NaN
	return e
}

// shares is the mean over units of each value's share of the unit's ratings.
func shares(units []unit, values int) []float64 {
	out := make([]float64, values)
	for _, u := range units {
		for _, c := range u.counts {
			out[c.value] += float64(c.n) / float64(u.n) / float64(len(units))
		}
	}
	return out
}

// used is the number of values that occur.
func used(shares []float64) int {
	n := 0
	for _, s := range shares {
		if s > 0 {
			n++
		}
	}
	return n
}

// corrected is (po − pe) / (1 − pe) with Gwet's variance; chance is each unit's part in pe.
func corrected(units []unit, pe float64, chance func(unit) float64) Estimate {
	po, each := observed(units)
	value, n, pairs := (po-pe)/(1-pe), float64(len(units)), float64(len(paired(units)))
	for i, u := range units {
		own := 0.0
		if u.n > 1 {
			own = n / pairs * (each[i] - pe) / (1 - pe)
		}
		each[i] = own - 2*(1-value)*(chance(u)-pe)/(1-pe)
	}
	return byUnits(value, each)
}

// fleiss is the generalised kappa of Fleiss (1971), Psychological Bulletin 76, with Gwet's handling of missing ratings.
func fleiss(units []unit, values int) Estimate {
	if len(paired(units)) == 0 {
		return Undefined(NoPairs)
	}
	pi := shares(units, values)
	if used(pi) < 2 {
		return Undefined(OneValue)
	}
	pe := 0.0
	for _, p := range pi {
		pe += p * p
	}
	return corrected(units, pe, func(u unit) float64 {
		sum := 0.0
		for _, c := range u.counts {
			sum += float64(c.n) * pi[c.value]
		}
		return sum / float64(u.n)
	})
}

// ac1 is the first-order coefficient of Gwet (2008).
func ac1(units []unit, values int) Estimate {
	if len(paired(units)) == 0 {
		return Undefined(NoPairs)
	}
	pi := shares(units, values)
	q := float64(used(pi))
	if q < 2 {
		return Undefined(OneValue)
	}
	pe := 0.0
	for _, p := range pi {
		pe += p * (1 - p) / (q - 1)
	}
	return corrected(units, pe, func(u unit) float64 {
		sum := 0.0
		for _, c := range u.counts {
			sum += float64(c.n) * (1 - pi[c.value])
		}
		return sum / float64(u.n) / (q - 1)
	})
}

// cohen is the kappa of Cohen (1960), Educational and Psychological Measurement 20, over the units that both coders rated.
func cohen(m Matrix, values, coders int) Estimate {
	if coders != 2 {
		return Undefined(TwoCoders)
	}
	cells, rows, cols := map[[2]int]float64{}, make([]float64, values), make([]float64, values)
	n := 0.0
	for _, row := range m {
		both := slices.DeleteFunc(slices.Clone(row), func(v int) bool { return v < 0 })
		if len(both) == 2 {
			cells[[2]int{both[0], both[1]}]++
			rows[both[0]]++
			cols[both[1]]++
			n++
		}
	}
	if n == 0 {
		return Undefined(NoPairs)
	}
	po, pe := 0.0, 0.0
	for v := range values {
		rows[v], cols[v] = rows[v]/n, cols[v]/n
		po += cells[[2]int{v, v}] / n
		pe += rows[v] * cols[v]
	}
	if 1-pe < 1e-12 {
		return Undefined(OneValue)
	}
	k := (po - pe) / (1 - pe)
	if n < 2 {
		return Estimate{k, math.NaN(), math.NaN(), OneUnit}
	}
	var agree, differ float64
	order := slices.SortedFunc(maps.Keys(cells), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) // sums are the same each time
	for _, at := range order {
		if i, j := at[0], at[1]; i == j {
			agree += cells[at] / n * math.Pow(1-(rows[i]+cols[i])*(1-k), 2)
		} else {
			differ += cells[at] / n * math.Pow(cols[i]+rows[j], 2)
		}
	}
	variance := (agree + (1-k)*(1-k)*differ - math.Pow(k-pe*(1-k), 2)) / ((1 - pe) * (1 - pe) * n)
	return around(k, distuv.UnitNormal.Quantile(0.5+level/2)*math.Sqrt(max(0, variance)))
}
