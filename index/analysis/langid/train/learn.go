package main

import (
	"math"
	"math/rand/v2"
)

// weights holds the four weights of each feature.
type weights [][classes]float64

// learn fits multinomial logistic regression by AdaGrad with a quadratic
// penalty on the weights. The order of the items is shuffled with a fixed
// seed, so the same input gives the same weights.
func learn(items []item, features int, o options) weights {
	w := make(weights, features)
	g := make(weights, features) // sums of squared gradients
	scale := float64(len(items)) // so that the weights of items are about 1
	order := rand.New(rand.NewPCG(1, 2))
	for range o.epochs {
		order.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		for _, it := range items {
			p := w.predict(it.features)
			p[it.class]--
			for k := range p {
				p[k] *= it.weight * scale
			}
			for _, f := range it.features {
				for k, d := range p {
					d += o.penalty * w[f][k]
					g[f][k] += d * d
					w[f][k] -= o.rate * d / math.Sqrt(g[f][k]+o.start)
				}
			}
		}
	}
	return w
}

// predict gives the probability of each class.
func (w weights) predict(features []int32) (p [classes]float64) {
	for _, f := range features {
		for k := range p {
			p[k] += w[f][k]
		}
	}
	top := max(p[0], p[1], p[2], p[3])
	sum := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}
