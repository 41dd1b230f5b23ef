package guard_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"avokoodi/coding/report/attack"
	"avokoodi/coding/report/guard"
)

// told is a system together with its relations, as an attacker knows them.
type told struct {
	s      *guard.System
	n      int
	sums   [][]int // whole first
	unions [][]int
}

func name(i int) string { return fmt.Sprint("cell ", i) }

// knowledge is what somebody knows who sees what is shown.
func (x told) knowledge(t *rapid.T, threshold int) *attack.Knowledge {
	k := attack.New()
	for i := range x.n {
		c := x.s.Cell(i)
		lo, hi := 0.0, float64(c.Most)
		switch {
		case c.Never:
		case c.Why == guard.Shown:
			lo, hi = float64(c.N), float64(c.N)
		case c.Why == guard.Few:
			lo, hi = 1, min(hi, float64(threshold-1))
		}
		if err := k.Between(name(i), lo, hi); err != nil {
			t.Fatal(err)
		}
	}
	names := func(cells []int) []string {
		var out []string
		for _, c := range cells {
			out = append(out, name(c))
		}
		return out
	}
	for _, r := range x.sums {
		k.Sum(name(r[0]), names(r[1:]))
	}
	for _, r := range x.unions {
		k.Union(name(r[0]), names(r[1:]))
	}
	return k
}

// drawTables draws a table by two variables of a theme, of its only sub-theme and of the two together, with margins.
func drawTables(t *rapid.T, threshold int) told {
	x := told{s: guard.New(threshold)}
	rows, cols := rapid.IntRange(1, 4).Draw(t, "rows"), rapid.IntRange(1, 4).Draw(t, "columns")
	size := rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 12), rapid.IntRange(10, 60))
	measures := rapid.SampledFrom([]int{1, 3}).Draw(t, "measures")
	never := rapid.Bool().Draw(t, "last column is not shown")
	base := make([][]int, rows)
	for i := range base {
		for range cols {
			base[i] = append(base[i], size.Draw(t, "base"))
		}
	}
	var at [3][][]int
	inner := [3][][]int{}
	for m := range measures {
		inner[m] = make([][]int, rows)
		for i := range rows {
			for j := range cols {
				n := min(size.Draw(t, "cell"), base[i][j])
				if m == 2 {
					a, b := inner[0][i][j], inner[1][i][j]
					n = rapid.IntRange(max(a, b), min(a+b, base[i][j])).Draw(t, "union")
				}
				inner[m][i] = append(inner[m][i], n)
			}
		}
		at[m] = x.table(inner[m], base, never)
	}
	if measures == 3 {
		for i := range at[0] {
			for j := range at[0][i] {
				x.s.Union(at[2][i][j], []int{at[0][i][j], at[1][i][j]})
				x.unions = append(x.unions, []int{at[2][i][j], at[0][i][j], at[1][i][j]})
			}
		}
	}
	return x
}

// table adds cells with their margins: the last row and column are the totals.
func (x *told) table(n, base [][]int, never bool) [][]int {
	rows, cols := len(n), len(n[0])
	at := make([][]int, rows+1)
	value := func(of [][]int, i, j int) int {
		sum := 0
		for a := range rows {
			for b := range cols {
				if (i == rows || i == a) && (j == cols || j == b) {
					sum += of[a][b]
				}
			}
		}
		return sum
	}
	for i := range rows + 1 {
		for j := range cols + 1 {
			hide := never && j == cols-1
			at[i] = append(at[i], x.s.Add(guard.Cell{N: value(n, i, j), Most: value(base, i, j), Never: hide, Both: !hide}))
			x.n++
		}
	}
	sum := func(whole int, parts []int) {
		x.s.Sum(whole, parts)
		x.sums = append(x.sums, append([]int{whole}, parts...))
	}
	for i := range rows + 1 {
		sum(at[i][cols], at[i][:cols])
	}
	for j := range cols {
		var parts []int
		for i := range rows {
			parts = append(parts, at[i][j])
		}
		sum(at[rows][j], parts)
	}
	return at
}

// TestLinearProgramRecoversNothing attacks what is shown of linked tables with somebody else's linear program: no cell of
// few people, or that leaves few, can be told, and none is known more closely than the sign in its place says.
func TestLinearProgramRecoversNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		threshold := rapid.IntRange(2, 7).Draw(t, "threshold")
		x := drawTables(t, threshold)
		if !x.s.Protect() {
			t.Fatal("gave up")
		}
		k := x.knowledge(t, threshold)
		for i := range x.n {
			c := x.s.Cell(i)
			few := c.N > 0 && c.N < threshold
			complement := c.Both && c.Most > c.N && c.Most-c.N < threshold
			if (few || complement) && !c.Never && c.Why == guard.Shown {
				t.Fatalf("%d of %d is shown", c.N, c.Most)
			}
			if c.Why == guard.Few && !few {
				t.Fatalf("%d is called few", c.N)
			}
			if !few && !complement {
				continue
			}
			want := float64(min(threshold-1, c.Most))
			if c.Why == guard.Few {
				want--
			}
			lo, hi, err := k.Range(name(i), want)
			if err != nil {
				t.Fatal(err)
			}
			if hi-lo < want-1e-6 {
				t.Fatalf("cell %d, %+v: can be told to be from %v to %v", i, c, lo, hi)
			}
		}
	})
}

// TestRangeIsTheAttackers compares the range that Protect goes by with that of the other linear program.
func TestRangeIsTheAttackers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTables(t, 5)
		x.s.Protect()
		k := x.knowledge(t, 5)
		for i := range x.n {
			if c := x.s.Cell(i); c.Why == guard.Shown && !c.Never || c.N >= 5 {
				continue // of those an insider is held to know more
			}
			lo, hi := x.s.Range(i)
			least, most, err := k.Range(name(i), math.Inf(1))
			if err != nil {
				t.Fatal(err)
			}
			if lo < least-1e-6 || hi > most+1e-6 || math.IsNaN(lo) {
				t.Fatalf("cell %d: %v to %v, the attacker says %v to %v", i, lo, hi, least, most)
			}
		}
	})
}

// TestByExample is the examples that one can follow with a pencil: one line with a total.
func TestByExample(t *testing.T) {
	const s, p, x = guard.Shown, guard.Few, guard.Cover
	for _, c := range []struct {
		name         string
		bases, cells []int
		rest, none   int // not shown: those in no category
		want         []guard.Why
	}{
		{"nothing small", []int{40, 50, 60}, []int{10, 0, 12}, 0, 0, []guard.Why{s, s, s}},
		{"one small: the next smallest too", []int{40, 50, 60}, []int{3, 9, 20}, 0, 0, []guard.Why{p, x, s}},
		{"a zero is not hidden for another", []int{40, 50, 60}, []int{3, 0, 20}, 0, 0, []guard.Why{p, s, x}},
		{"two small that add up to little", []int{40, 50, 60}, []int{1, 2, 20}, 0, 0, []guard.Why{p, p, x}},
		{"neighbours would tell the small one", []int{40, 50, 60}, []int{1, 5, 20}, 0, 0, []guard.Why{x, x, s}},
		{"those in no category are cover enough", []int{40, 50, 60}, []int{3, 9, 20}, 9, 30, []guard.Why{p, s, s}},
		{"too few in no category", []int{40, 50, 60}, []int{8, 9, 20}, 3, 30, []guard.Why{x, s, s}},
		{"small complement", []int{12, 50, 60}, []int{9, 9, 20}, 0, 0, []guard.Why{x, x, s}},
	} {
		sys := guard.New(5)
		sum, base := c.rest, c.none
		for i := range c.cells {
			sum, base = sum+c.cells[i], base+c.bases[i]
		}
		whole := sys.Add(guard.Cell{N: sum, Most: base, Both: true, Fixed: true})
		parts := []int{sys.Add(guard.Cell{N: c.rest, Most: c.none, Never: true})}
		for i, n := range c.cells {
			parts = append(parts, sys.Add(guard.Cell{N: n, Most: c.bases[i], Both: true}))
		}
		sys.Sum(whole, parts)
		if !sys.Protect() {
			t.Errorf("%s: gave up", c.name)
		}
		for i, want := range c.want {
			if got := sys.Cell(parts[i+1]).Why; got != want {
				t.Errorf("%s: cell of %d is %d, want %d", c.name, c.cells[i], got, want)
			}
		}
	}
}

// TestNetGivesItsSubThemeAway is a net that equals the sub-theme in one column, so that hiding the sub-theme's neighbour alone
// would be in vain.
func TestNetGivesItsSubThemeAway(t *testing.T) {
	sys := guard.New(5)
	add := func(n ...int) []int {
		var at []int
		for _, one := range n {
			at = append(at, sys.Add(guard.Cell{N: one, Most: 100}))
		}
		sys.Sum(at[0], at[1:])
		return at
	}
	own, sub, net := add(2, 2, 0, 0), add(32, 3, 9, 20), add(34, 5, 9, 20)
	for i := range own {
		sys.Union(net[i], []int{own[i], sub[i]})
	}
	if !sys.Protect() {
		t.Fatal("gave up")
	}
	if lo, hi := sys.Range(sub[1]); hi-lo < 3 {
		t.Errorf("the 3 can be told to be from %v to %v", lo, hi)
	}
	shown := 0
	for i := range own {
		for _, m := range [][]int{own, sub, net} {
			if sys.Cell(m[i]).Why == guard.Shown {
				shown++
			}
		}
	}
	if shown < 5 {
		t.Errorf("only %d of 12 numbers are left", shown)
	}
}

func TestNoThresholdHidesNothing(t *testing.T) {
	sys := guard.New(1)
	at := sys.Add(guard.Cell{N: 1, Most: 9})
	if !sys.Protect() || sys.Cell(at).Why != guard.Shown {
		t.Errorf("%+v", sys.Cell(at))
	}
}

// TestTooLargeForAProgram ties 900 columns of three measures together: more than a linear program is given. Then everything that hangs
// together is hidden, and no number is called few.
func TestTooLargeForAProgram(t *testing.T) {
	sys := guard.New(5)
	var at [3][]int
	for m := range at {
		parts := make([]int, 900)
		sum := 0
		for j := range parts {
			n := 1 + (j+m)%6
			sum += n
			parts[j] = sys.Add(guard.Cell{N: n, Most: 40, Both: true})
		}
		at[m] = parts
		sys.Sum(sys.Add(guard.Cell{N: sum, Most: 36_000, Fixed: true}), parts)
	}
	for j := range at[0] {
		sys.Union(at[2][j], []int{at[0][j], at[1][j]})
	}
	if !sys.Protect() {
		t.Error("gave up")
	}
	for m := range at {
		for _, i := range at[m] {
			if c := sys.Cell(i); c.Why != guard.Cover {
				t.Fatalf("%+v", c)
			}
		}
	}
}
