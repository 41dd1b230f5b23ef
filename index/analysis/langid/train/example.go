package main

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// example is one word of one class with the weight it has in training.
type example struct {
	word   string
	class  int
	weight float64
	common bool // frequent or listed, so that the whole word may be a feature
}

// examples turns counts into weighted examples, in a fixed order. Frequent
// words are damped (a power of their count), because the answers are about few
// subjects; the weights of a class add up to its share.
func (c *corpus) examples(o options) []example {
	var all []example
	for k := range classes {
		first := len(all)
		for w, n := range c.counts[k] {
			if !c.borrowed(w, k) {
				all = append(all, example{w, k, math.Pow(n, o.damping), n >= o.common})
			}
		}
		for w := range c.listed[k] {
			if k != other || !c.known(w) {
				all = append(all, example{w, k, o.listed, true})
			}
		}
		slices.SortFunc(all[first:], func(a, b example) int {
			return cmp.Or(strings.Compare(a.word, b.word), cmp.Compare(a.weight, b.weight))
		})
		normalise(all[first:], o.share[k])
	}
	return all
}

// normalise makes the weights add up to share.
func normalise(part []example, share float64) {
	sum := 0.0
	for _, e := range part {
		sum += e.weight
	}
	for i := range part {
		part[i].weight *= share / sum
	}
}

// borrowed tells whether a word seen in class k belongs rather to another
// class: English terms in Finnish answers, say.
func (c *corpus) borrowed(w string, k int) bool {
	if c.listed[k][w] {
		return false
	}
	rate := c.counts[k][w] / c.totals[k]
	for j := range other {
		if j == k {
			continue
		}
		if c.listed[j][w] || c.counts[j][w]/c.totals[j] > 5*rate {
			return true
		}
	}
	return false
}

// known tells whether w is a word of Finnish, Swedish or English.
func (c *corpus) known(w string) bool {
	for k := range other {
		if c.listed[k][w] || c.counts[k][w] > 2 {
			return true
		}
	}
	return false
}
