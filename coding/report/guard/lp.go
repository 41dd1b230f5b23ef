package guard

import (
	"math"
	"slices"
)

// program is a linear program over hidden cells that hang together. Its variables are how far each cell is from its true
// number, so that all zeros is a solution to begin with, and the constraints are sums that stay zero. It keeps the least
// and the most of each variable that it has come across.
type program struct {
	vars   map[int]int // cell → variable
	truth  []float64
	lo, hi []float64 // bounds of the variables
	rows   [][]float64
	basis  []int // variable of each row
	isIn   []int // row of a basic variable; -1
	at     []float64
	least  []float64 // seen
	most   []float64
	ready  bool
}

// component is the hidden cells that hang together with i, in order.
func (s *System) component(i int) []int {
	seen, gone := map[int]bool{i: true}, map[int]bool{}
	list := []int{i}
	for k := 0; k < len(list); k++ {
		for _, r := range s.of[list[k]] {
			if gone[r] { // each relation once, however many of its cells are hidden
				continue
			}
			gone[r] = true
			s.each(r, func(c int) {
				if !seen[c] && s.hidden(c) {
					seen[c] = true
					list = append(list, c)
				}
			})
		}
	}
	slices.Sort(list)
	return list
}

func (s *System) each(r int, fn func(cell int)) {
	fn(s.rels[r].whole)
	for _, p := range s.rels[r].parts {
		fn(p)
	}
}

// program sets the linear program of a component up. labels tells whether the reader is told which cells are Few.
func (s *System) program(cells []int, labels bool) *program {
	p := &program{vars: map[int]int{}}
	for _, c := range cells {
		lo, hi := s.bounds(c, labels)
		n := float64(s.cells[c].N)
		p.vars[c] = p.variable(n, lo-n, hi-n)
	}
	done := map[int]bool{}
	for _, c := range cells {
		for _, r := range s.of[c] {
			if !done[r] {
				done[r] = true
				p.add(s, s.rels[r])
			}
		}
	}
	return p
}

func (p *program) variable(truth, lo, hi float64) int {
	p.truth = append(p.truth, truth)
	p.lo, p.hi = append(p.lo, min(lo, 0)), append(p.hi, max(hi, 0))
	return len(p.truth) - 1
}

func (p *program) add(s *System, r relation) {
	coef := map[int]float64{}
	if v, ok := p.vars[r.whole]; ok {
		coef[v]++
	}
	total := 0.0
	for _, c := range r.parts {
		total += float64(s.cells[c].N)
		if v, ok := p.vars[c]; ok {
			coef[v]--
		}
	}
	whole := float64(s.cells[r.whole].N)
	if r.kind == union {
		// whole + slack = sum of parts, slack from 0 on; and whole - slack = part for each part.
		over := max(total-whole, 0)
		coef[p.variable(over, -over, math.Inf(1))] = 1
		for _, c := range r.parts {
			one := map[int]float64{}
			if v, ok := p.vars[r.whole]; ok {
				one[v]++
			}
			if v, ok := p.vars[c]; ok {
				one[v]--
			}
			if len(one) > 0 {
				gap := max(whole-float64(s.cells[c].N), 0)
				one[p.variable(gap, -gap, math.Inf(1))] = -1
				p.row(one)
			}
		}
	}
	p.row(coef)
}

func (p *program) row(coef map[int]float64) {
	row := make([]float64, 0, len(p.truth))
	for v, c := range coef {
		for len(row) <= v {
			row = append(row, 0)
		}
		row[v] = c
	}
	p.rows = append(p.rows, row)
}

// prepare brings the rows into the form in which each has a variable of its own.
func (p *program) prepare() {
	n := len(p.truth)
	p.at, p.least, p.most = make([]float64, n), make([]float64, n), make([]float64, n)
	p.isIn = make([]int, n)
	for i := range p.isIn {
		p.isIn[i] = -1
	}
	rows := p.rows
	p.rows = nil
	for _, row := range rows {
		for len(row) < n {
			row = append(row, 0)
		}
		for i, b := range p.basis {
			if f := row[b]; f != 0 {
				axpy(row, p.rows[i], -f)
			}
		}
		pivot := -1
		for v, c := range row {
			// A free variable is the best to express, since it never stands in the way.
			if math.Abs(c) > tiny && (pivot < 0 || p.hi[v]-p.lo[v] > p.hi[pivot]-p.lo[pivot]) {
				pivot = v
			}
		}
		if pivot >= 0 {
			p.rows, p.basis = append(p.rows, row), append(p.basis, pivot)
			p.isIn[pivot] = len(p.rows) - 1
			p.pivot(len(p.rows)-1, pivot)
		}
	}
	p.ready = true
}

func axpy(to, from []float64, f float64) {
	for j, x := range from {
		if x != 0 {
			to[j] += f * x
			if math.Abs(to[j]) < 1e-11 {
				to[j] = 0
			}
		}
	}
}

// pivot makes v the variable of row i.
func (p *program) pivot(i, v int) {
	row := p.rows[i]
	if f := row[v]; f != 1 {
		for j := range row {
			row[j] /= f
		}
	}
	for k := range p.rows {
		if f := p.rows[k][v]; k != i && f != 0 {
			axpy(p.rows[k], row, -f)
			p.rows[k][v] = 0
		}
	}
}

// extent is the least and the most that the cell may be; the search ends once the range is wide enough.
func (p *program) extent(cell int, enough float64) (lo, hi float64) {
	if !p.ready {
		p.prepare()
	}
	v := p.vars[cell]
	for _, sign := range []float64{1, -1} {
		if p.most[v]-p.least[v] >= enough-tiny {
			break
		}
		p.walk(v, sign, enough)
	}
	return p.truth[v] + p.least[v], p.truth[v] + p.most[v]
}

// walk moves variable v up or down as far as it goes, or until its range is wide enough: the simplex method with bounds,
// by Bland's rule once the steps get many, so that it ends.
func (p *program) walk(v int, sign, enough float64) {
	for step := 0; step < 5000; step++ {
		if p.most[v]-p.least[v] >= enough-tiny {
			return
		}
		in, up := p.entering(v, sign, step > 60)
		if in < 0 {
			return
		}
		p.move(in, up)
	}
}

// entering is the variable to move, and which way; -1 when v is as far as it goes.
func (p *program) entering(v int, sign float64, first bool) (in int, up float64) {
	in = -1
	if p.isIn[v] < 0 {
		if sign > 0 && p.at[v] < p.hi[v]-tiny || sign < 0 && p.at[v] > p.lo[v]+tiny {
			return v, sign
		}
		return -1, 0
	}
	best := 0.0
	for j, c := range p.rows[p.isIn[v]] {
		if p.isIn[j] >= 0 || math.Abs(c) <= tiny {
			continue
		}
		way := -c * sign // how v changes with j
		if way > 0 && p.at[j] < p.hi[j]-tiny || way < 0 && p.at[j] > p.lo[j]+tiny {
			if math.Abs(c) > best+tiny {
				best, in, up = math.Abs(c), j, math.Copysign(1, way)
				if first {
					return in, up
				}
			}
		}
	}
	return in, up
}

func (p *program) move(in int, up float64) {
	room := p.hi[in] - p.at[in]
	if up < 0 {
		room = p.at[in] - p.lo[in]
	}
	out := -1
	for i, b := range p.basis {
		rate := -p.rows[i][in] * up
		limit := math.Inf(1)
		switch {
		case rate > tiny:
			limit = (p.hi[b] - p.at[b]) / rate
		case rate < -tiny:
			limit = (p.lo[b] - p.at[b]) / rate
		}
		switch limit = max(limit, 0); {
		case limit < room-1e-9:
			room, out = limit, i
		case limit < room+1e-9 && out >= 0 && b < p.basis[out]:
			out = i // the first of equals, for Bland's rule
		}
	}
	if math.IsInf(room, 1) {
		room = 1e9 // nothing holds it: as good as anything
	}
	for i, b := range p.basis {
		if rate := p.rows[i][in]; rate != 0 {
			p.at[b] -= rate * up * room
			p.note(b)
		}
	}
	p.at[in] += up * room
	p.note(in)
	if out >= 0 {
		p.isIn[p.basis[out]] = -1
		p.basis[out], p.isIn[in] = in, out
		p.pivot(out, in)
	}
}

func (p *program) note(v int) {
	p.least[v], p.most[v] = min(p.least[v], p.at[v]), max(p.most[v], p.at[v])
}
