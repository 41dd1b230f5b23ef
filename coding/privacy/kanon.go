package privacy

import (
	"cmp"
	"slices"
)

// DefaultK is the number of people who must share what is said of the one who is quoted word for word.
const DefaultK = 10

// Count tells how many people belong to all the classes: respondents, and people in the population the survey is about, -1
// where that is not known. Of no class it is everybody.
type Count func(classes []int) (sample, population int)

// Verdict is what may be said of a respondent.
type Verdict struct {
	OK         bool
	Sample     int  // respondents who share what would be known
	Population int  // people who do; -1 where not known
	Linked     bool // the classes alone would do, but not with what other quotes of the respondent tell
	// Coarser are the largest parts of the classes that may be shown, those that most people share first; empty where not even
	// one class may.
	Coarser [][]int
}

// Judge tells whether classes may be shown with a quote when those in told are known from other quotes of the same respondent:
// at least k respondents share all of them, and k people of the population where that is known. A population of 0 is a figure
// that does not cover the respondent and is taken as not known. Nothing shown and nothing told is always right.
func Judge(k int, classes, told []int, count Count) Verdict {
	if len(classes) == 0 {
		sample, population := count(nil)
		return Verdict{OK: true, Sample: sample, Population: population}
	}
	v := Verdict{}
	v.OK, v.Sample, v.Population = enough(k, union(classes, told), count)
	if v.OK {
		return v
	}
	alone, _, _ := enough(k, union(classes, nil), count)
	v.Linked = alone
	for size := len(classes) - 1; size > 0 && len(v.Coarser) == 0; size-- {
		type part struct {
			classes []int
			sample  int
		}
		var fit []part
		for _, c := range parts(classes, size) {
			if ok, n, _ := enough(k, union(c, told), count); ok {
				fit = append(fit, part{c, n})
			}
		}
		slices.SortStableFunc(fit, func(a, b part) int { return cmp.Compare(b.sample, a.sample) })
		for _, p := range fit {
			v.Coarser = append(v.Coarser, p.classes)
		}
	}
	return v
}

func enough(k int, classes []int, count Count) (ok bool, sample, population int) {
	sample, population = count(classes)
	return sample >= k && (population <= 0 || population >= k), sample, population
}

func union(a, b []int) []int {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// parts are the subsets of the size, in order.
func parts(of []int, size int) [][]int {
	if size == 0 {
		return [][]int{nil}
	}
	if len(of) < size {
		return nil
	}
	var out [][]int
	for _, p := range parts(of[1:], size-1) {
		out = append(out, append([]int{of[0]}, p...))
	}
	return append(out, parts(of[1:], size)...)
}
