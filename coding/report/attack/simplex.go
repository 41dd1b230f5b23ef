package attack

import "math"

const (
	tiny = 1e-7
	// far stands for as far as one likes.
	far = 1e6
)

// tableau is unknowns that are not negative under conditions, in the form in which each row has a variable of its own. The
// columns are the unknowns, a slack for each condition that is no equation, an artificial variable for each row, and the
// value.
type tableau struct {
	n, real     int // unknowns; unknowns and slacks
	rows        [][]float64
	basis       []int
	least, most []float64 // of each unknown, as far as seen
}

func newTableau(n int, rows []row) *tableau {
	t := &tableau{n: n, real: n, least: make([]float64, n), most: make([]float64, n)}
	for _, r := range rows {
		if !r.equal {
			t.real++
		}
	}
	width, slack := t.real+len(rows)+1, n
	for i, r := range rows {
		line := make([]float64, width)
		for j, f := range r.coef {
			line[j] = f
		}
		line[width-1] = r.bound
		if !r.equal {
			line[slack] = 1
			slack++
		}
		if r.bound < 0 {
			for j := range line {
				line[j] = -line[j]
			}
		}
		line[t.real+i] = 1
		t.rows, t.basis = append(t.rows, line), append(t.basis, t.real+i)
	}
	for i := range t.least {
		t.least[i] = math.Inf(1)
		t.most[i] = math.Inf(-1)
	}
	return t
}

func (t *tableau) value(i int) float64 { return t.rows[i][len(t.rows[i])-1] }

// feasible is the first phase: it drives the artificial variables to nothing, and tells whether that can be done.
func (t *tableau) feasible() bool {
	goal := make([]float64, t.real)
	for _, r := range t.rows {
		for j := range goal {
			goal[j] += r[j]
		}
	}
	t.climb(goal, nil)
	for i, b := range t.basis {
		if b >= t.real && t.value(i) > 1e-5 {
			return false
		}
	}
	// What is left of them stands at nothing; take it out of the basis, or the row out where it says nothing.
	for i := 0; i < len(t.rows); i++ {
		if t.basis[i] < t.real {
			continue
		}
		out := true
		for j := range t.real {
			if math.Abs(t.rows[i][j]) > tiny {
				t.pivot(i, j, nil)
				out = false
				break
			}
		}
		if out {
			last := len(t.rows) - 1
			t.rows[i], t.basis[i] = t.rows[last], t.basis[last]
			t.rows, t.basis = t.rows[:last], t.basis[:last]
			i--
		}
	}
	t.note()
	return true
}

// stretch is the second phase for one unknown: as much, or for a sign of -1 as little, of it as there can be.
func (t *tableau) stretch(v int, sign, enough float64) {
	if t.most[v]-t.least[v] >= enough {
		return
	}
	goal := make([]float64, t.real)
	goal[v] = sign
	for i, b := range t.basis {
		if b == v {
			for j := range goal {
				goal[j] -= sign * t.rows[i][j]
			}
		}
	}
	t.climb(goal, func(unbounded int) bool {
		if unbounded >= 0 { // v grows without end
			t.most[v] = max(t.most[v], far)
		}
		t.note()
		return t.most[v]-t.least[v] >= enough
	})
}

// climb moves along edges that better the goal until none does, by Bland's rule once there were many. after is called
// after each move and may end the search; its argument is a column along which there is no end, or -1.
func (t *tableau) climb(goal []float64, after func(unbounded int) bool) {
	for step := 0; step < 50_000; step++ {
		in, best := -1, tiny
		for j, g := range goal {
			if g > best {
				in, best = j, g
				if step > 500 {
					break
				}
			}
		}
		if in < 0 {
			return
		}
		out, room := -1, math.Inf(1)
		for i, r := range t.rows {
			if r[in] > tiny {
				if limit := t.value(i) / r[in]; limit < room-1e-12 || limit < room+1e-12 && (out < 0 || t.basis[i] < t.basis[out]) {
					out, room = i, limit
				}
			}
		}
		if out < 0 {
			if after != nil {
				after(in)
			}
			return
		}
		t.pivot(out, in, goal)
		if after != nil && after(-1) {
			return
		}
	}
}

func (t *tableau) pivot(i, in int, goal []float64) {
	line := t.rows[i]
	f := line[in]
	for j := range line {
		line[j] /= f
	}
	for k, other := range t.rows {
		if g := other[in]; k != i && math.Abs(g) > 1e-12 {
			for j, x := range line {
				if x != 0 {
					other[j] -= g * x
				}
			}
			other[in] = 0
		}
	}
	if goal != nil {
		if g := goal[in]; g != 0 {
			for j := range goal {
				goal[j] -= g * line[j]
			}
			goal[in] = 0
		}
	}
	t.basis[i] = in
}

func (t *tableau) note() {
	at := make([]float64, t.n)
	for i, b := range t.basis {
		if b < t.n {
			at[b] = t.value(i)
		}
	}
	for v, x := range at {
		t.least[v], t.most[v] = min(t.least[v], x), max(t.most[v], x)
	}
}
