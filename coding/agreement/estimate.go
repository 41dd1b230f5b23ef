package agreement

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Why says why a coefficient is undefined.
type Why string

// Reasons. The empty one is that of a coefficient that is defined.
const (
	NoPairs   Why = "no_pairs"   // no unit was rated by two coders
	OneValue  Why = "one_value"  // all ratings are the same value: there is no chance agreement to compare with
	TwoCoders Why = "two_coders" // the coefficient is for exactly two coders
	SetsOnly  Why = "sets_only"  // the coefficient is for sets of values
	OneUnit   Why = "one_unit"   // a single unit has no variance
	Unbounded Why = "unbounded"  // the interval could not be worked out
)

// Estimate is a coefficient and its interval at 95 %. Value is NaN where it is undefined, Low and High are NaN where the
// interval is; Why tells the reason of either.
type Estimate struct {
	Value, Low, High float64
	Why              Why
}

// Defined tells whether there is a value.
func (e Estimate) Defined() bool { return !math.IsNaN(e.Value) }

// Bounded tells whether there is an interval.
func (e Estimate) Bounded() bool { return !math.IsNaN(e.Low) }

// Undefined is no value, for a reason.
func Undefined(why Why) Estimate { return Estimate{math.NaN(), math.NaN(), math.NaN(), why} }

const level = 0.95

// byUnits is the estimate with the interval of a value that is the mean of linearised values, one for each unit.
func byUnits(value float64, each []float64) Estimate {
	n := float64(len(each))
	if n < 2 {
		return Estimate{value, math.NaN(), math.NaN(), OneUnit}
	}
	ss := 0.0
	for _, x := range each {
		ss += (x - value) * (x - value)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.5 + level/2)
	return around(value, t*math.Sqrt(ss/(n*(n-1))))
}

func around(value, half float64) Estimate {
	if math.IsNaN(half) || math.IsInf(half, 0) {
		return Estimate{value, math.NaN(), math.NaN(), Unbounded}
	}
	return Estimate{value, max(-1, value-half), min(1, value+half), ""}
}
