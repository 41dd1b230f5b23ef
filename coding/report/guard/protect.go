package guard

import (
	"cmp"
	"math"
	"slices"
)

// Protect decides for every cell that is not Fixed. It tells whether all hidden cells are safe, which fails only where Fixed
// cells leave no room; then every other cell that hangs together with the unsafe one is hidden.
func (s *System) Protect() bool {
	if s.threshold < 2 {
		return true
	}
	for i := range s.cells {
		c := &s.cells[i]
		switch {
		case c.Fixed || c.Never || c.Why != Shown:
		case s.few(c.N):
			c.Why = Few
		case s.small(i):
			c.Why = Cover
		}
	}
	ok := true
	settled := make([]bool, len(s.cells)) // with all that hang together; more is hidden only where something is not
	for i := range s.cells {
		for !settled[i] && s.hidden(i) && s.sensitive(i) {
			cells := s.component(i)
			if s.large(cells) {
				cells = s.hideAll(cells)
			}
			bad := s.unsafe(cells)
			if len(bad) > 0 && s.hideForAll(bad) {
				continue
			}
			ok = ok && len(bad) == 0
			for _, c := range cells {
				settled[c] = true
			}
		}
	}
	s.reveal()
	s.label()
	return ok
}

// largest is the number of hidden cells that hang together up to which a linear program looks at them. Beyond it everything that
// hangs together with them is hidden, which is as safe as can be and needs no program.
const largest = 800

// large tells whether so many cells hang together, in more than one sum.
func (s *System) large(cells []int) bool {
	if len(cells) <= largest {
		return false
	}
	_, simple := s.line(cells)
	return !simple
}

// hideAll hides everything that hangs together with some cells, and returns them all.
func (s *System) hideAll(cells []int) []int {
	for {
		more := s.candidates(cells)
		if len(more) == 0 {
			return cells
		}
		for _, c := range more {
			s.cells[c].Why = Cover
		}
		cells = s.component(cells[0])
	}
}

// reveal shows the cells again that were hidden for the sake of others but can be worked out all the same: showing them tells
// nothing new.
func (s *System) reveal() {
	done := make([]bool, len(s.cells))
	for i := range s.cells {
		if done[i] || s.cells[i].Why != Cover || s.cells[i].Fixed {
			continue
		}
		cells := s.component(i)
		for _, c := range cells {
			done[c] = true
		}
		if _, ok := s.line(cells); ok || s.large(cells) {
			continue // two of a sum are hidden, or none; or all that can be
		}
		p := s.program(cells, false)
		for _, c := range cells {
			if s.cells[c].Why == Cover && !s.cells[c].Fixed && !s.sensitive(c) {
				if lo, hi := p.extent(c, 1); hi-lo < tiny {
					s.cells[c].Why = Shown
				}
			}
		}
	}
}

// unsafe is the sensitive cells of a component whose range is too narrow, where nobody is told which cells are Few.
func (s *System) unsafe(cells []int) []int {
	var bad []int
	if s.large(cells) {
		return nil
	}
	if line, ok := s.line(cells); ok {
		for _, c := range cells {
			if s.sensitive(c) {
				if lo, hi := line.extent(s.bounds(c, false)); hi-lo < s.width(c)-tiny {
					return append(bad, c)
				}
			}
		}
		return nil
	}
	p := s.program(cells, false)
	for _, c := range cells {
		if s.sensitive(c) {
			if lo, hi := p.extent(c, s.width(c)); hi-lo < s.width(c)-tiny {
				bad = append(bad, c)
			}
		}
	}
	return bad
}

// hideForAll hides cells until each of the bad ones is safe, or at least one more for each; false when there was none to
// hide for any of them.
func (s *System) hideForAll(bad []int) bool {
	did := false
	for i, x := range bad {
		if i > 0 {
			if lo, hi := s.program(s.component(x), false).extent(x, s.width(x)); hi-lo >= s.width(x)-tiny {
				continue
			}
		}
		did = s.hideFor(x) || did
	}
	return did
}

// hideFor hides one more cell for the sake of x; false when there is none left to hide.
func (s *System) hideFor(x int) bool {
	own := s.candidates([]int{x})
	cells := s.component(x)
	if _, ok := s.line(cells); ok && len(own) > 0 {
		s.cells[own[0]].Why = Cover
		return true
	}
	all := s.candidates(cells)
	if len(all) == 0 {
		return false
	}
	// The cheapest that settles it; else the cheapest of x's own.
	for _, c := range cheapest(s, all) {
		s.cells[c].Why = Cover
		if lo, hi := s.program(s.component(x), false).extent(x, s.width(x)); hi-lo >= s.width(x)-tiny {
			return true
		}
		s.cells[c].Why = Shown
	}
	if len(own) > 0 {
		all = own
	}
	s.cells[all[0]].Why = Cover
	return true
}

// tried is how many cells are tried one by one before the cheapest is hidden unseen.
const tried = 12

func cheapest(s *System, all []int) []int {
	out := all[:min(len(all), tried)]
	if i := slices.IndexFunc(all, func(c int) bool { return s.cells[c].N == 0 }); i >= tried {
		out = append(slices.Clone(out), all[i:min(len(all), i+4)]...)
	}
	return out
}

// candidates is the cells that may be hidden and stand in a relation with one of the given ones: nets first, then the smallest, those
// about nobody last, of these the ones with the largest base first.
func (s *System) candidates(cells []int) []int {
	seen, gone := map[int]bool{}, map[int]bool{}
	var out []int
	for _, c := range cells {
		for _, r := range s.of[c] {
			if gone[r] {
				continue
			}
			gone[r] = true
			s.each(r, func(i int) {
				if !seen[i] && !s.hidden(i) && !s.cells[i].Fixed {
					seen[i] = true
					out = append(out, i)
				}
			})
		}
	}
	slices.SortFunc(out, func(i, j int) int {
		a, b := s.cells[i], s.cells[j]
		if (a.N == 0) != (b.N == 0) {
			return b.N - a.N // the larger one is not zero, and comes first
		}
		if a.Rather != b.Rather {
			if a.Rather {
				return -1
			}
			return 1
		}
		return cmp.Or(a.N-b.N, b.Most-a.Most, i-j)
	})
	return out
}

// label takes back the name Few where it would tell more than 'from 1 to below the threshold'.
func (s *System) label() {
	done := make([]bool, len(s.cells))
	for i := range s.cells {
		if done[i] || s.cells[i].Why != Few {
			continue
		}
		cells := s.component(i)
		for _, c := range cells {
			done[c] = true
		}
		if s.large(cells) { // nobody looks at what names tell
			for _, c := range cells {
				if s.cells[c].Why == Few && !s.cells[c].Fixed {
					s.cells[c].Why = Cover
				}
			}
			continue
		}
		for {
			x, bad := s.told(cells)
			if !bad {
				break
			}
			s.unlabel(x, cells)
		}
	}
}

// told is a cell of which the names Few tell too much.
func (s *System) told(cells []int) (cell int, found bool) {
	if !slices.ContainsFunc(cells, func(c int) bool { return s.cells[c].Why == Few && !s.cells[c].Fixed }) {
		return 0, false
	}
	check := func(c int, lo, hi float64) bool {
		if s.cells[c].Why == Few {
			a, b := s.bounds(c, true)
			return lo <= a+tiny && hi >= b-tiny
		}
		return hi-lo >= min(s.width(c), float64(s.threshold-1))-tiny
	}
	if line, ok := s.lineTold(cells); ok {
		for _, c := range cells {
			if s.sensitive(c) {
				if lo, hi := line.extent(s.bounds(c, true)); !check(c, lo, hi) {
					return c, true
				}
			}
		}
		return 0, false
	}
	p := s.program(cells, true)
	for _, c := range cells {
		if s.sensitive(c) {
			if lo, hi := p.extent(c, math.Inf(1)); !check(c, lo, hi) {
				return c, true
			}
		}
	}
	return 0, false
}

// unlabel calls cells Cover that are Few: those in a relation with x, or all where there are none.
func (s *System) unlabel(x int, cells []int) {
	any := false
	drop := func(c int) {
		if s.cells[c].Why == Few && !s.cells[c].Fixed {
			s.cells[c].Why, any = Cover, true
		}
	}
	drop(x)
	for _, r := range s.of[x] {
		s.each(r, drop)
	}
	if !any {
		for _, c := range cells {
			drop(c)
		}
	}
}

func (s *System) line(cells []int) (sumLine, bool)     { return s.asLine(cells, false) }
func (s *System) lineTold(cells []int) (sumLine, bool) { return s.asLine(cells, true) }

// sumLine is the hidden parts of one sum whose whole is shown.
type sumLine struct{ total, least, most float64 }

// extent is what the others leave a part that is by itself between lo and hi.
func (l sumLine) extent(lo, hi float64) (least, most float64) {
	return max(lo, l.total-(l.most-hi)), min(hi, l.total-(l.least-lo))
}

func (s *System) asLine(cells []int, labels bool) (sumLine, bool) {
	rel := -1
	var l sumLine
	for _, c := range cells {
		if len(s.of[c]) != 1 || s.rels[s.of[c][0]].kind != sum || s.rels[s.of[c][0]].whole == c {
			return l, false
		}
		if rel >= 0 && rel != s.of[c][0] {
			return l, false
		}
		rel = s.of[c][0]
		lo, hi := s.bounds(c, labels)
		l.total += float64(s.cells[c].N)
		l.least, l.most = l.least+lo, l.most+hi
	}
	return l, rel >= 0 && !s.hidden(s.rels[rel].whole)
}
