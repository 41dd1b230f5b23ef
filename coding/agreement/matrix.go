package agreement

import (
	"cmp"
	"slices"
)

// Missing is the rating of a coder who did not judge the unit.
const Missing = -1

// Matrix holds nominal ratings: a row for each unit, in it a value for each coder, all rows being equally long. Values are
// numbers from 0; which number stands for what does not matter.
type Matrix [][]int

// count says how many coders gave a unit one value.
type count struct{ value, n int }

// unit is the ratings of one unit, by value.
type unit struct {
	counts []count
	n      int // ratings
}

// same is the number of ordered pairs of ratings that agree, where pairs of unlike values agree by weight(k, l).
func (u unit) same(weight func(k, l int) float64) float64 {
	sum := 0.0
	for i, a := range u.counts {
		sum += float64(a.n * (a.n - 1))
		if weight == nil {
			continue
		}
		for _, b := range u.counts[:i] {
			sum += 2 * weight(a.value, b.value) * float64(a.n*b.n)
		}
	}
	return sum
}

// rated is the units that anybody rated, and the number of values.
func (m Matrix) rated() (units []unit, values int) {
	for _, row := range m {
		var u unit
		for _, v := range row {
			if v < 0 {
				continue
			}
			values = max(values, v+1)
			u.n++
			if i := slices.IndexFunc(u.counts, func(c count) bool { return c.value == v }); i >= 0 {
				u.counts[i].n++
			} else {
				u.counts = append(u.counts, count{v, 1})
			}
		}
		if u.n > 0 {
			slices.SortFunc(u.counts, func(a, b count) int { return cmp.Compare(a.value, b.value) })
			units = append(units, u)
		}
	}
	return units, values
}

func paired(units []unit) []unit {
	var out []unit
	for _, u := range units {
		if u.n > 1 {
			out = append(out, u)
		}
	}
	return out
}

// coders is how many columns have a rating.
func (m Matrix) coders() int {
	var seen []bool
	for _, row := range m {
		for len(seen) < len(row) {
			seen = append(seen, false)
		}
		for i, v := range row {
			seen[i] = seen[i] || v >= 0
		}
	}
	n := 0
	for _, s := range seen {
		if s {
			n++
		}
	}
	return n
}
