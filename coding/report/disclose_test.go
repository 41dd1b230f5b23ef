package report

import (
	"testing"

	"pgregory.net/rapid"
)

func drawGrid(t *rapid.T) (grid, int) {
	threshold := rapid.IntRange(2, 8).Draw(t, "threshold")
	g := grid{partition: true}
	columns := rapid.IntRange(1, 5).Draw(t, "columns")
	size := rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 12), rapid.IntRange(10, 60))
	whole := func(n int) tally { return tally{n, n} }
	sum := 0
	for range columns {
		n := size.Draw(t, "base")
		g.bases = append(g.bases, whole(n))
		sum += n
	}
	g.none = whole(rapid.SampledFrom([]int{0, 0, 0, 1, 5, 20}).Draw(t, "none"))
	g.base = whole(sum + g.none.n)
	for range rapid.IntRange(1, 4).Draw(t, "rows") {
		var row []tally
		total := 0
		for _, b := range g.bases {
			n := min(size.Draw(t, "cell"), b.n)
			row = append(row, whole(n))
			total += n
		}
		none := min(size.Draw(t, "none of row"), g.none.n)
		g.cells = append(g.cells, row)
		g.noneOf = append(g.noneOf, whole(none))
		g.rows = append(g.rows, whole(total+none))
	}
	return g, threshold
}

func small(n, threshold int) bool { return n > 0 && n < threshold }

// TestNothingSmallIsShown checks the cells one by one.
func TestNothingSmallIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, threshold := drawGrid(t)
		g.partition = rapid.Bool().Draw(t, "partition")
		h := protect(g, threshold)
		look := func(n, base tally, why Hidden) {
			if why == Shown && (small(n.people, threshold) || small(base.people-n.people, threshold)) {
				t.Fatalf("%d of %d is shown", n.people, base.people)
			}
			if why == Primary && !small(n.people, threshold) {
				t.Fatalf("%d is called fewer than %d", n.people, threshold)
			}
		}
		look(g.base, g.base, h.base)
		for i := range g.rows {
			look(g.rows[i], g.base, h.rows[i])
			for j := range g.bases {
				look(g.cells[i][j], g.bases[j], h.cells[i][j])
				if h.bases[j] != Shown && h.cells[i][j] == Shown {
					t.Fatal("a cell is shown in a column that is hidden")
				}
			}
		}
		for j := range g.bases {
			if h.bases[j] == Shown && small(g.bases[j].people, threshold) {
				t.Fatalf("a base of %d is shown", g.bases[j].people)
			}
		}
	})
}

// TestSubtractionGivesNothing attacks each line: what is hidden, taken together, is the total less what is shown.
func TestSubtractionGivesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, threshold := drawGrid(t)
		h := protect(g, threshold)
		if h.base != Shown {
			return
		}
		attack(t, threshold, g.base.people, g.bases, h.bases, nil)
		for i := range g.rows {
			if h.rows[i] == Shown {
				attack(t, threshold, g.rows[i].people, g.cells[i], h.cells[i], &g)
			}
		}
	})
}

func attack(t *rapid.T, threshold, total int, parts []tally, why []Hidden, g *grid) {
	left, hidden, nonzero := total, 0, 0
	for j := range parts {
		if why[j] == Shown {
			left -= parts[j].people
			continue
		}
		hidden++
		if parts[j].people > 0 {
			nonzero++
		}
	}
	if small(left, threshold) {
		t.Fatalf("%v of total %d, hidden %q: what is hidden adds up to %d", parts, total, why, left)
	}
	if nonzero > 0 && hidden == 1 && g != nil && g.none.people == 0 {
		t.Fatalf("%v of total %d, hidden %q: the one hidden cell is %d", parts, total, why, left)
	}
	// Each hidden cell by itself: the least and the most that the others leave it. A cell in a column that is shown can't
	// be above the column's base.
	for j := range parts {
		if why[j] != Primary {
			continue
		}
		others, otherLeast := 0, 0
		for k := range parts {
			if k != j && why[k] != Shown {
				lo, hi := 0, total
				if g != nil {
					hi = g.bases[k].people
				}
				if why[k] == Primary {
					lo, hi = 1, threshold-1
				}
				otherLeast += lo
				others += hi
			}
		}
		if g != nil {
			others += g.none.people
		} else {
			others += total
		}
		if left-others > 1 || left-otherLeast < threshold-1 {
			t.Fatalf("%v of total %d, hidden %q: part %d is told to be in %d…%d", parts, total, why, j, left-others, left-otherLeast)
		}
	}
}

// TestLargeNumbersStay checks that nothing is hidden where there is nothing to protect.
func TestLargeNumbersStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := grid{partition: true, base: tally{200, 200}, bases: []tally{{80, 80}, {120, 120}}, rows: []tally{{0, 0}}, noneOf: []tally{{}}}
		a := rapid.SampledFrom([]int{0, 5, 9, 75, 80}).Draw(t, "a")
		b := rapid.SampledFrom([]int{0, 5, 60, 115, 120}).Draw(t, "b")
		g.cells = [][]tally{{{a, a}, {b, b}}}
		g.rows[0] = tally{a + b, a + b}
		h := protect(g, 5)
		if h.rows[0] != Shown || h.cells[0][0] != Shown || h.cells[0][1] != Shown || h.bases[0] != Shown {
			t.Fatalf("%d and %d: %+v", a, b, h)
		}
	})
}

func TestProtectByExample(t *testing.T) {
	n := func(people ...int) []tally {
		var out []tally
		for _, p := range people {
			out = append(out, tally{p, p})
		}
		return out
	}
	const s, p, x = Shown, Primary, Secondary
	for _, c := range []struct {
		name  string
		bases []tally
		none  int
		cells []tally
		rest  int
		total Hidden
		want  []Hidden
	}{
		{"nothing small", n(40, 50, 60), 0, n(10, 0, 12), 0, s, []Hidden{s, s, s}},
		{"one small: the next smallest too", n(40, 50, 60), 0, n(3, 9, 20), 0, s, []Hidden{p, x, s}},
		{"a zero is not hidden for another", n(40, 50, 60), 0, n(3, 0, 20), 0, s, []Hidden{p, s, x}},
		{"two small that add up to little", n(40, 50, 60), 0, n(1, 2, 20), 0, s, []Hidden{p, p, x}},
		{"neighbours would tell the small one", n(40, 50, 60), 0, n(1, 5, 20), 0, s, []Hidden{x, x, s}},
		{"those in no category are cover enough", n(40, 50, 60), 30, n(3, 9, 20), 9, s, []Hidden{p, s, s}},
		{"too few in no category", n(40, 50, 60), 30, n(8, 9, 20), 3, s, []Hidden{x, s, s}},
		{"small complement", n(12, 50, 60), 0, n(9, 9, 20), 0, s, []Hidden{x, x, s}},
		{"small total", n(40, 50, 60), 0, n(3, 0, 0), 0, p, []Hidden{p, s, s}},
		{"small column", n(3, 50, 60, 70), 0, n(2, 9, 20, 30), 0, s, []Hidden{x, x, s, s}},
	} {
		g := grid{partition: true, bases: c.bases, cells: [][]tally{c.cells}, noneOf: n(c.rest), none: tally{c.none, c.none}, rows: n(c.rest)}
		g.base = g.none
		for j := range c.bases {
			g.base.people += c.bases[j].people
			g.rows[0].people += c.cells[j].people
		}
		h := protect(g, 5)
		if h.rows[0] != c.total {
			t.Errorf("%s: total %q, want %q", c.name, h.rows[0], c.total)
		}
		for j := range c.want {
			if h.cells[0][j] != c.want[j] {
				t.Errorf("%s: %q, want %q", c.name, h.cells[0], c.want)
				break
			}
		}
	}
}

func TestSmallBaseHidesAll(t *testing.T) {
	g := grid{base: tally{4, 4}, rows: []tally{{2, 2}, {0, 0}}, bases: []tally{{4, 4}}, cells: [][]tally{{{2, 2}}, {{0, 0}}}, noneOf: make([]tally, 2)}
	h := protect(g, 5)
	if h.base != Primary || h.rows[0] == Shown || h.rows[1] == Shown || h.cells[1][0] == Shown || h.bases[0] == Shown {
		t.Errorf("%+v", h)
	}
	if h := protect(g, 1); h.base != Shown || h.rows[0] != Shown {
		t.Errorf("without a threshold: %+v", h)
	}
}
