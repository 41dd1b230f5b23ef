package suggest

import (
	"math"
	"math/rand/v2"
)

// Settings of the classifiers, chosen by measurement.
const (
	softness    = 1.0 // C of the support vector machine
	forPositive = 2.0 // times softness, of examples that have the theme
	bayes       = 0.5 // how far features are scaled by their log-count ratio; 0 is not at all
	bayesPrior  = 0.1 // added to every count
	enough      = 0.1 // violation of the optimum at which training ends
	mostPasses  = 30  // over the examples, where they are few
	fewPasses   = 10  // and where they are many
)

// line is a linear function of vectors: a weight for each dimension and one for all.
type line struct {
	weights []float32
	bias    float32
}

// at is the value at a vector.
func (l line) at(x []feature) float64 {
	sum := float64(l.bias)
	for _, f := range x {
		sum += float64(l.weights[f.id] * f.amount)
	}
	return sum
}

// scales are the squares of what each dimension is scaled by.
func scales(x [][]feature, y []bool, size int) []float32 {
	with, without := make([]float32, size), make([]float32, size)
	var sumWith, sumWithout float64
	for i, one := range x {
		counts, sum := without, &sumWithout
		if y[i] {
			counts, sum = with, &sumWith
		}
		for _, f := range one {
			counts[f.id] += f.amount
			*sum += float64(f.amount)
		}
	}
	all := bayesPrior * float64(size)
	shift := math.Log(sumWithout+all) - math.Log(sumWith+all)
	for i := range with {
		ratio := math.Log(float64(with[i])+bayesPrior) - math.Log(float64(without[i])+bayesPrior) + shift
		s := 1 - bayes + bayes*math.Abs(ratio)/2
		with[i] = float32(s * s)
	}
	return with
}

// separate trains a support vector machine with squared hinge loss by coordinate descent in the dual (Hsieh and others 2008, A
// Dual Coordinate Descent Method for Large-scale Linear SVM) with shrinking. The order of the examples is always the same.
func separate(x [][]feature, y []bool, size int) line {
	scale := scales(x, y, size)
	l := line{weights: make([]float32, size)}
	dual, own, order := make([]float64, len(x)), make([]float64, len(x)), make([]int, len(x))
	for i, one := range x {
		order[i], own[i] = i, 1
		for _, f := range one {
			own[i] += float64(f.amount * f.amount * scale[f.id])
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	active, bound := len(order), math.Inf(1)
	passes := mostPasses
	if len(x) > fewExamples {
		passes = fewPasses
	}
	for range passes {
		rng.Shuffle(active, func(i, j int) { order[i], order[j] = order[j], order[i] })
		worst, highest := 0.0, math.Inf(-1)
		for k := 0; k < active; k++ {
			i := order[k]
			sign, slack := -1.0, 1/(2*softness)
			if y[i] {
				sign, slack = 1, 1/(2*softness*forPositive)
			}
			slope := sign*l.at(x[i]) - 1 + slack*dual[i]
			if dual[i] == 0 && slope > bound { // far on its own side
				active--
				order[k], order[active] = order[active], order[k]
				k--
				continue
			}
			off := slope
			if dual[i] == 0 {
				off = min(slope, 0)
			}
			worst, highest = max(worst, math.Abs(off)), max(highest, off)
			if math.Abs(off) < 1e-9 {
				continue
			}
			next := max(dual[i]-slope/(own[i]+slack), 0)
			step := float32((next - dual[i]) * sign)
			dual[i] = next
			l.bias += step
			for _, f := range x[i] {
				l.weights[f.id] += step * f.amount * scale[f.id]
			}
		}
		switch {
		case worst >= enough:
			bound = highest
			if bound <= 0 {
				bound = math.Inf(1)
			}
		case active == len(order):
			return l
		default:
			active, bound = len(order), math.Inf(1)
		}
	}
	return l
}
