package guard

import "math"

// Why tells whether a cell is shown, and else why not.
type Why uint8

// Reasons. A cell that is Few is known to be from 1 to below the threshold; one that is Cover may be anything.
const (
	Shown Why = iota
	Few
	Cover
)

// Cell is one number of people in a System.
type Cell struct {
	N    int // the true number
	Most int // what everybody knows it to be at most: the base
	// Both tells that those who are in Most and not in N are protected just as well: of 12 people 9 having a theme says
	// that 3 do not.
	Both bool
	// Never tells that the cell is no part of any table, although it can be computed from one: those in no category, or
	// those who did not name a theme.
	Never bool
	// Fixed tells that Why was decided before, in a table that people may have seen, and stays.
	Fixed bool
	// Rather tells that the cell is hidden rather than others where one must be: the number of a theme with its sub-themes, which
	// people ask for less often than for the theme's own.
	Rather bool
	Why    Why
}

// kind of a relation.
type kind uint8

const (
	sum   kind = iota // the whole is the sum of the parts
	union             // the whole is at least each part and at most their sum
)

type relation struct {
	kind  kind
	whole int
	parts []int
}

// System is cells and how they hang together. Make one with New.
type System struct {
	threshold int
	cells     []Cell
	rels      []relation
	of        [][]int // relations of each cell
}

// New makes an empty system. A threshold below 2 protects nothing.
func New(threshold int) *System { return &System{threshold: threshold} }

// Add puts a cell in and returns its place.
func (s *System) Add(c Cell) int {
	s.cells = append(s.cells, c)
	s.of = append(s.of, nil)
	return len(s.cells) - 1
}

// Cell is the cell at a place.
func (s *System) Cell(i int) Cell { return s.cells[i] }

// Sum says that whole is the sum of parts. Numbers that do not quite add up, since a person is in two parts, are fine: what
// counts is that whoever knows all but one believes to know that one.
func (s *System) Sum(whole int, parts []int) { s.relate(relation{sum, whole, parts}) }

// Union says that whole is of the people who are in any of the parts, who may overlap.
func (s *System) Union(whole int, parts []int) { s.relate(relation{union, whole, parts}) }

// Net is Union, where a reader may also take one number from another: those of the whole who are not in a part are whole minus
// part, and where two parts alone hold anybody, those in both are what the parts are more than the whole. None of these may
// be a few people of whom the numbers tell exactly. most is what the whole is known to be at most.
func (s *System) Net(whole int, parts []int, most int) {
	s.Union(whole, parts)
	s.cells[whole].Rather = true
	if s.threshold < 2 {
		return
	}
	var some []int
	for _, p := range parts {
		if s.cells[p].N > 0 {
			some = append(some, p)
		}
	}
	if len(some) < 2 {
		return
	}
	rest := make([]int, len(some)) // of the whole beside each part; -1 for nobody
	for i, p := range some {
		rest[i] = -1
		if left := s.cells[whole].N - s.cells[p].N; left > 0 {
			rest[i] = s.Add(Cell{N: left, Most: most, Never: true})
			s.Sum(whole, []int{p, rest[i]})
		}
	}
	if len(some) > 2 || rest[0] < 0 || rest[1] < 0 {
		return // a part that is the whole has the other in it
	}
	if both := s.cells[some[1]].N - s.cells[rest[0]].N; both > 0 {
		s.Sum(some[1], []int{rest[0], s.Add(Cell{N: both, Most: most, Never: true})})
	}
}

func (s *System) relate(r relation) {
	at := len(s.rels)
	s.rels = append(s.rels, r)
	s.of[r.whole] = append(s.of[r.whole], at)
	for _, p := range r.parts {
		s.of[p] = append(s.of[p], at)
	}
}

// few tells whether a number of people is too small to be known.
func (s *System) few(n int) bool { return n > 0 && n < s.threshold }

func (s *System) small(i int) bool {
	c := s.cells[i]
	return s.few(c.N) || c.Both && s.few(c.Most-c.N)
}

// hidden tells whether the number of the cell is not known.
func (s *System) hidden(i int) bool { return s.cells[i].Never || s.cells[i].Why != Shown }

// sensitive tells whether a cell must stay unknown: it is small, or it was hidden before.
func (s *System) sensitive(i int) bool {
	return s.small(i) || s.cells[i].Fixed && s.cells[i].Why != Shown && s.cells[i].N > 0
}

// width is how wide the range of a hidden cell must be.
func (s *System) width(i int) float64 { return float64(min(s.threshold-1, s.cells[i].Most)) }

// bounds is what is known of a hidden cell by itself.
func (s *System) bounds(i int, labels bool) (lo, hi float64) {
	c := s.cells[i]
	switch {
	case labels && c.Why == Few:
		return 1, float64(min(s.threshold-1, c.Most))
	case labels && !c.Never && !c.Fixed && c.N >= s.threshold:
		// Beside cells that are called few, one that is not is known to be no small one.
		return float64(s.threshold), float64(c.Most)
	}
	return 0, float64(c.Most)
}

const tiny = 1e-6

// Range is what somebody can work out of a cell who sees what is shown: the least and the most that it may be. Both are the
// number itself where it is shown.
func (s *System) Range(i int) (lo, hi float64) {
	if !s.hidden(i) {
		return float64(s.cells[i].N), float64(s.cells[i].N)
	}
	lp := s.program(s.component(i), true)
	return lp.extent(i, math.Inf(1))
}
