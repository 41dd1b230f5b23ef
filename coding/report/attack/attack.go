// Package attack works out hidden numbers as somebody would who has every table that is given out and a linear program. It
// is there to test disclosure control, and shares no code with it: the two-phase simplex method on a plain tableau
// (Chvátal, Linear Programming, 1983, chapters 2 and 3), which its own test holds against gonum's.
package attack

import (
	"fmt"
	"math"
)

// Knowledge is what is known of numbers, each under a name of the caller's.
type Knowledge struct {
	names  []string
	at     map[string]int
	lo, hi []float64
	rows   []row
	solved map[int]*tableau // of each unknown
	place  map[int]int      // of each unknown in its tableau
}

// row says that the sum of coef times the numbers is at most bound, or equal to it.
type row struct {
	coef  map[int]float64
	bound float64
	equal bool
}

// New knows nothing but that numbers are not negative.
func New() *Knowledge { return &Knowledge{at: map[string]int{}} }

// Number makes a number known by name and returns its place.
func (k *Knowledge) Number(name string) int {
	if i, ok := k.at[name]; ok {
		return i
	}
	k.at[name] = len(k.names)
	k.names = append(k.names, name)
	k.lo, k.hi = append(k.lo, 0), append(k.hi, math.Inf(1))
	return len(k.names) - 1
}

// Between says that a number is from lo to hi. Two tables that contradict each other about it are an error.
func (k *Knowledge) Between(name string, lo, hi float64) error {
	i := k.Number(name)
	k.solved = nil
	k.lo[i], k.hi[i] = max(k.lo[i], lo), min(k.hi[i], hi)
	if k.lo[i] > k.hi[i] {
		return fmt.Errorf("%s: two tables contradict each other: from %v to %v", name, k.lo[i], k.hi[i])
	}
	return nil
}

// Known tells whether a number is known without working anything out.
func (k *Knowledge) Known(name string) bool {
	i := k.Number(name)
	return k.lo[i] == k.hi[i]
}

// Sum says that a whole is the sum of parts.
func (k *Knowledge) Sum(whole string, parts []string) { k.relate(whole, parts, true) }

// Union says that a whole is of those who are in any of the parts.
func (k *Knowledge) Union(whole string, parts []string) {
	k.relate(whole, parts, false)
	for _, p := range parts {
		k.AtMost(p, whole)
	}
}

// AtMost says that one number is at most another.
func (k *Knowledge) AtMost(part, whole string) {
	k.rows = append(k.rows, row{coef: map[int]float64{k.Number(part): 1, k.Number(whole): -1}})
}

func (k *Knowledge) relate(whole string, parts []string, equal bool) {
	coef := map[int]float64{k.Number(whole): 1}
	for _, p := range parts {
		coef[k.Number(p)]--
	}
	k.rows = append(k.rows, row{coef: coef, equal: equal})
}

// Range is the least and the most that a number may be. The search ends once the range is known to be as wide as enough,
// so that a range that wide is a part of the whole one. Tables that cannot all be true are an error.
func (k *Knowledge) Range(name string, enough float64) (least, most float64, err error) {
	target := k.Number(name)
	if k.lo[target] == k.hi[target] {
		return k.lo[target], k.hi[target], nil
	}
	if k.solved == nil {
		k.solved, k.place = map[int]*tableau{}, map[int]int{}
	}
	t := k.solved[target]
	if t == nil {
		vars, rows := k.around(target)
		t = newTableau(len(vars), rows)
		for v, i := range vars {
			k.solved[v], k.place[v] = t, i
		}
		if !t.feasible() {
			return 0, 0, fmt.Errorf("%s: what is shown can't all be true", name)
		}
	}
	i := k.place[target]
	t.stretch(i, 1, enough)
	t.stretch(i, -1, enough)
	return t.least[i] + k.lo[target], t.most[i] + k.lo[target], nil
}

// around gathers the unknown numbers that hang together with one, and all that is known of them. Each is counted from its
// least.
func (k *Knowledge) around(target int) (map[int]int, []row) {
	of := map[int][]int{}
	for r, one := range k.rows {
		for v := range one.coef {
			of[v] = append(of[v], r)
		}
	}
	vars, used := map[int]int{target: 0}, map[int]bool{}
	var rows []row
	list := []int{target}
	for i := 0; i < len(list); i++ {
		v := list[i]
		if !math.IsInf(k.hi[v], 1) {
			rows = append(rows, row{coef: map[int]float64{vars[v]: 1}, bound: k.hi[v] - k.lo[v]})
		}
		for _, r := range of[v] {
			if used[r] {
				continue
			}
			used[r] = true
			one := row{coef: map[int]float64{}, bound: k.rows[r].bound, equal: k.rows[r].equal}
			for w, c := range k.rows[r].coef {
				one.bound -= c * k.lo[w]
				if k.lo[w] == k.hi[w] {
					continue
				}
				if _, ok := vars[w]; !ok {
					vars[w] = len(vars)
					list = append(list, w)
				}
				one.coef[vars[w]] = c
			}
			rows = append(rows, one)
		}
	}
	return vars, rows
}
