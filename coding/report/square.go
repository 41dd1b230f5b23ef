package report

import (
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// square is the numbers of pairs of themes before disclosure control, with what was decided of each.
type square struct {
	t         Table
	m         measures
	named     []*roaring.Bitmap // who named the theme of each row
	everyone  *roaring.Bitmap
	people    int
	own       []int // who named it, in number
	n         [][]int
	why       [][]Hidden
	branch    [][]bool
	open      []bool // rows whose own number is shown
	lo, hi    [][]int
	hidden    [][2]int // pairs of open rows that are hidden, in order
	threshold int
}

func newSquare(c *counter, t Table) *square {
	m := measuresOf(c.board.Tree())
	who := c.people(m)
	size := len(t.Rows)
	s := &square{t: t, m: m, everyone: who.all, people: int(who.all.GetCardinality()), threshold: t.Threshold, own: make([]int, size), open: make([]bool, size)}
	s.n, s.lo, s.hi = matrix[int](size), matrix[int](size), matrix[int](size)
	s.why, s.branch = matrix[Hidden](size), matrix[bool](size)
	dense := make([][]uint64, size)
	respondents := c.board.Respondents()
	for i, row := range t.Rows {
		at := m.own[row.Theme.ID]
		s.named = append(s.named, who.named[at])
		s.own[i], dense[i] = int(who.named[at].GetCardinality()), words(who.named[at], respondents)
		s.open[i] = row.Total.Suppressed == Shown && t.Base.Suppressed == Shown
	}
	for i := range size {
		for j := i + 1; j < size; j++ {
			n := both(dense[i], dense[j])
			s.n[i][j], s.n[j][i] = n, n
			family := m.family[m.own[t.Rows[i].Theme.ID]] == m.family[m.own[t.Rows[j].Theme.ID]]
			s.branch[i][j], s.branch[j][i] = family, family
		}
	}
	return s
}

func matrix[T any](size int) [][]T {
	all := make([]T, size*size)
	out := make([][]T, size)
	for i := range out {
		out[i] = all[i*size : (i+1)*size]
	}
	return out
}

func (s *square) few(n int) bool { return n > 0 && n < s.threshold }

// small tells whether a pair is one of the four groups into which two themes divide everybody, and that a small one.
func (s *square) small(i, j int) bool {
	n := s.n[i][j]
	return s.few(n) || s.few(s.own[i]-n) || s.few(s.own[j]-n) || s.few(s.people-s.own[i]-s.own[j]+n)
}

func (s *square) hide(i, j int, why Hidden) {
	if s.why[i][j] == Shown {
		s.hidden = append(s.hidden, [2]int{i, j})
	}
	s.why[i][j], s.why[j][i] = why, why
}

// protect hides small pairs, and then others until no small one can be worked out of any third theme. Whoever knows how
// often a third theme Z is named, alone and with each of two others, knows that X and Y are named together at least XZ+YZ-Z
// times, and so on (Fréchet's bounds of three events). The bounds of hidden pairs bound others in turn, until nothing changes.
func (s *square) protect() {
	if s.threshold < 2 {
		return
	}
	for i := range s.own {
		for j := i + 1; j < len(s.own); j++ {
			switch n := s.n[i][j]; {
			case !s.open[i] || !s.open[j]:
				s.why[i][j], s.why[j][i] = Secondary, Secondary // of which nobody knows anything
			case s.branch[i][j]: // left out, and taken to be known
			case s.few(n):
				s.hide(i, j, Primary)
			case s.small(i, j):
				s.hide(i, j, Secondary)
			}
		}
	}
	for {
		s.bound(false)
		again := false
		for _, p := range slices.Clone(s.hidden) {
			if i, j := p[0], p[1]; s.small(i, j) && s.hi[i][j]-s.lo[i][j] < s.threshold-1 {
				again = s.hideFor(i, j) || again
			}
		}
		if !again {
			break
		}
	}
	if s.bound(true); !s.labelled() {
		for _, p := range s.hidden {
			s.hide(p[0], p[1], Secondary)
		}
	}
}

// bound works out the least and the most that each hidden pair may be. labels tells whether those who ask are told which ones
// are below the threshold.
func (s *square) bound(labels bool) {
	for _, p := range s.hidden {
		i, j := p[0], p[1]
		lo, hi := max(0, s.own[i]+s.own[j]-s.people), min(s.own[i], s.own[j])
		switch {
		case labels && s.why[i][j] == Primary:
			lo, hi = max(lo, 1), min(hi, s.threshold-1)
		case labels && s.n[i][j] >= s.threshold:
			lo = max(lo, s.threshold)
		}
		s.lo[i][j], s.hi[i][j] = lo, hi
	}
	for changed := true; changed; {
		changed = false
		for _, p := range s.hidden {
			for z := range s.own {
				lo, hi := s.by(p[0], p[1], z)
				if lo > s.lo[p[0]][p[1]] {
					s.lo[p[0]][p[1]], changed = lo, true
				}
				if hi < s.hi[p[0]][p[1]] {
					s.hi[p[0]][p[1]], changed = hi, true
				}
			}
		}
	}
}

// by is the least and the most of a pair that a third theme leaves.
func (s *square) by(i, j, z int) (lo, hi int) {
	if z == i || z == j || !s.open[z] {
		return 0, s.people
	}
	a, b := s.extent(i, z)
	c, d := s.extent(j, z)
	x, y, third := s.own[i], s.own[j], s.own[z]
	lo = max(0, a+c-third, x+y-s.people+third-(b+d))
	hi = min(x, y, y+b-c, x+d-a)
	return lo, hi
}

// extent is what is known of a pair of open rows.
func (s *square) extent(i, j int) (lo, hi int) {
	if i > j {
		i, j = j, i
	}
	if s.why[i][j] == Shown {
		return s.n[i][j], s.n[i][j]
	}
	return s.lo[i][j], s.hi[i][j]
}

// hideFor hides one more pair, of those that bound a pair: the smaller one of the two with the third theme that bounds it most.
func (s *square) hideFor(i, j int) bool {
	best, width := [2]int{-1, -1}, math.MaxInt
	for z := range s.own {
		if z == i || z == j || !s.open[z] {
			continue
		}
		lo, hi := s.by(i, j, z)
		if hi-lo >= width {
			continue
		}
		for _, one := range [][2]int{{i, z}, {j, z}} {
			a, b := min(one[0], one[1]), max(one[0], one[1])
			if s.why[a][b] != Shown || s.branch[a][b] {
				continue
			}
			if hi-lo < width || s.n[a][b] < s.n[best[0]][best[1]] {
				best, width = [2]int{a, b}, hi-lo
			}
		}
	}
	if best[0] < 0 { // what bounds it is hidden and bounded by others
		least := math.MaxInt
		for a := range s.own {
			for b := a + 1; b < len(s.own); b++ {
				if s.open[a] && s.open[b] && !s.branch[a][b] && s.why[a][b] == Shown && s.n[a][b] < least {
					best, least = [2]int{a, b}, s.n[a][b]
				}
			}
		}
		if best[0] < 0 {
			return false
		}
	}
	s.hide(best[0], best[1], Secondary)
	return true
}

// labelled tells whether the names of pairs below the threshold tell no more than that.
func (s *square) labelled() bool {
	for _, p := range s.hidden {
		i, j := p[0], p[1]
		switch lo, hi := s.lo[i][j], s.hi[i][j]; {
		case s.why[i][j] == Primary && (lo > 1 || hi < s.threshold-1):
			return false
		case s.why[i][j] != Primary && s.small(i, j) && hi-lo < s.threshold-1:
			return false
		}
	}
	return true
}

func (s *square) pair(i, j int) Pair {
	out := Pair{Lift: math.NaN(), Branch: s.branch[i][j]}
	out.Suppressed = s.why[i][j]
	if out.Branch {
		out.Suppressed = Secondary
	}
	if out.Suppressed != Shown {
		return out
	}
	out.N = s.n[i][j]
	if s.people > 0 {
		out.Share = float64(out.N) / float64(s.people)
	}
	if s.own[i] > 0 && s.own[j] > 0 {
		out.Lift = float64(out.N) * float64(s.people) / (float64(s.own[i]) * float64(s.own[j]))
	}
	return out
}
