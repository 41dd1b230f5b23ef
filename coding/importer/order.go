package importer

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	bound      = regexp.MustCompile(`^(?:(alle|under|less than|below|fewer than|mindre än|enintään|korkeintaan|högst|at most|up to|<=?|≤)|(yli|över|more than|over|vähintään|minst|at least|above|enemmän kuin|mer än|>=?|≥))? ?[€$£]? ?([-−]?[0-9](?:[0-9 \x{a0}\x{202f}]*[0-9])?(?:[.,][0-9]+)*)`)
	grouped    = regexp.MustCompile(`^[0-9]{1,3}(?:[.,][0-9]{3})+$`)
	digitSpace = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "−", "-")
)

// rank is where a value stands among numbers: 'alle 10 000' just under 10000, '10 000–49 999' at 10000, 'yli 65' just over
// 65. It is false for a value that does not begin with a number.
func rank(text string) (float64, bool) {
	m := bound.FindStringSubmatch(fold(text))
	if m == nil {
		return 0, false
	}
	digits := digitSpace.Replace(m[3])
	if grouped.MatchString(digits) {
		digits = strings.NewReplacer(".", "", ",", "").Replace(digits)
	}
	n, err := strconv.ParseFloat(strings.Replace(digits, ",", ".", 1), 64)
	switch {
	case err != nil:
		return 0, false
	case m[1] != "":
		return math.Nextafter(n, math.Inf(-1)), true
	case m[2] != "":
		return math.Nextafter(n, math.Inf(1)), true
	}
	return n, true
}

// numberOrder is the order of values by their numbers, nil when they are not numbers. One value in five may be words ('en
// osaa sanoa'): those come last, as they first appeared.
func numberOrder(values []string) []int {
	type place struct {
		n  float64
		ok bool
	}
	places := make([]place, len(values))
	words := 0
	for i, v := range values {
		n, ok := rank(v)
		places[i] = place{n, ok}
		if !ok {
			words++
		}
	}
	if len(values)-words < 2 || words*4 > len(values)-words {
		return nil
	}
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		pa, pb := places[a], places[b]
		switch {
		case pa.ok != pb.ok:
			if pa.ok {
				return -1
			}
			return 1
		case !pa.ok:
			return 0
		}
		return cmp.Or(cmp.Compare(pa.n, pb.n), cmp.Compare(fold(values[a]), fold(values[b])))
	})
	return order
}
