package suggest

import (
	"cmp"
	"math"
	"slices"
)

// sigmoid turns the value of a line into a probability: 1 / (1 + exp(a·value + b)).
type sigmoid struct{ a, b float64 }

// plain is the sigmoid where there is nothing to set one by.
var plain = sigmoid{-2, 0.5}

func (s sigmoid) at(value float64) float64 { return 1 / (1 + math.Exp(s.a*value+s.b)) }

// fitSigmoid is Platt's method with the corrections of Lin, Lin and Weng (2007), A Note on Platt's Probabilistic Outputs:
// Newton's method with backtracking on the likelihood of smoothed targets.
func fitSigmoid(values []float64, y []bool) sigmoid {
	var with float64
	for _, b := range y {
		if b {
			with++
		}
	}
	without := float64(len(y)) - with
	if with == 0 || without == 0 {
		return plain
	}
	high, low := (with+1)/(with+2), 1/(without+2)
	target := func(i int) float64 {
		if y[i] {
			return high
		}
		return low
	}
	loss := func(s sigmoid) float64 {
		sum := 0.0
		for i, v := range values {
			if z := s.a*v + s.b; z >= 0 {
				sum += target(i)*z + math.Log1p(math.Exp(-z))
			} else {
				sum += (target(i)-1)*z + math.Log1p(math.Exp(z))
			}
		}
		return sum
	}
	s := sigmoid{0, math.Log((without + 1) / (with + 1))}
	have := loss(s)
	for range 100 {
		haa, hbb, hab, ga, gb := 1e-12, 1e-12, 0.0, 0.0, 0.0
		for i, v := range values {
			p := s.at(v)
			d := target(i) - p
			haa, hbb, hab = haa+v*v*p*(1-p), hbb+p*(1-p), hab+v*p*(1-p)
			ga, gb = ga+v*d, gb+d
		}
		if math.Abs(ga) < 1e-5 && math.Abs(gb) < 1e-5 {
			break
		}
		det := haa*hbb - hab*hab
		da, db := -(hbb*ga-hab*gb)/det, -(haa*gb-hab*ga)/det
		slope, step, moved := ga*da+gb*db, 1.0, false
		for ; step > 1e-10; step /= 2 {
			next := sigmoid{s.a + step*da, s.b + step*db}
			if l := loss(next); l < have+1e-4*step*slope {
				s, have, moved = next, l, true
				break
			}
		}
		if !moved {
			break
		}
	}
	if s.a > 0 { // held-out examples say the opposite: too few to go by
		return plain
	}
	return s
}

// drawn is a theme's own sigmoid, drawn towards s as far as the theme is rare.
func (s sigmoid) drawn(own sigmoid, has []bool) sigmoid {
	n := float64(positives(has))
	return sigmoid{(n*own.a + trust*s.a) / (n + trust), (n*own.b + trust*s.b) / (n + trust)}
}

func positives(has []bool) int {
	n := 0
	for _, h := range has {
		if h {
			n++
		}
	}
	return n
}

// judged is a probability and whether the example has the theme.
type judged struct {
	p   float64
	has bool
}

// best is the threshold that gives the highest F1, and that F1. It lies between two probabilities.
func best(list []judged) (threshold, f1 float64) {
	slices.SortStableFunc(list, func(a, b judged) int { return cmp.Compare(b.p, a.p) })
	positives := 0
	for _, j := range list {
		if j.has {
			positives++
		}
	}
	threshold = 0.5
	hits := 0
	for i, j := range list {
		if j.has {
			hits++
		}
		if i+1 < len(list) && list[i+1].p == j.p {
			continue
		}
		if f := 2 * float64(hits) / float64(i+1+positives); f > f1 {
			f1, threshold = f, j.p/2
			if i+1 < len(list) {
				threshold = (j.p + list[i+1].p) / 2
			}
		}
	}
	return threshold, f1
}

// trust is how many examples a threshold of a theme's own needs to weigh as much as that of all themes together.
const trust = 10

// thresholds sets one for each theme: its own best, drawn towards the best for all as far as the theme is rare.
func thresholds(byTheme [][]judged) []float64 {
	var all []judged
	for _, list := range byTheme {
		all = append(all, list...)
	}
	common, _ := best(all)
	out := make([]float64, len(byTheme))
	for i, list := range byTheme {
		own, _ := best(list)
		n := 0.0
		for _, j := range list {
			if j.has {
				n++
			}
		}
		out[i] = (n*own + trust*common) / (n + trust)
		if n == 0 {
			out[i] = common
		}
	}
	return out
}
