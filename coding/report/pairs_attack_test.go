package report_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/report/attack"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// TestReaderRecoversNoPair makes small surveys by chance and attacks the pairs of themes that a reader is given: each hidden pair
// through every third theme with a linear program over the eight groups into which three themes divide everybody, and each hidden
// cell of a table by a variable through every pair of themes, over the groups into which two themes divide each class.
func TestReaderRecoversNoPair(t *testing.T) {
	pairs, cells := 0, 0
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 9))
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 25 + rnd.IntN(90), Questions: 1, Rounds: 1, Themes: 5 + rnd.IntN(8),
			Coders: 1, Categories: []int{4, 2}, Seed: seed})
		plant(t, sv, rnd)
		err := sets.New(sv.Store).Read(t.Context(), sv.Project.ID, func(b *sets.Board) error {
			p, err := report.PairsOn(b, report.Request{Project: sv.Project.ID, Public: true})
			if err != nil {
				return err
			}
			truth, err := report.PairsOn(b, report.Request{Project: sv.Project.ID, Threshold: 1})
			if err != nil {
				return err
			}
			x := pairAttack{t: t, p: p, truth: truth, k: float64(p.Threshold)}
			for _, one := range x.thirds() {
				t.Errorf("seed %d: %s", seed, one)
			}
			for _, by := range []string{"v1", "v2", "language"} {
				table, err := report.CountOn(b, report.Request{Project: sv.Project.ID, By: by, Public: true})
				if err != nil {
					return err
				}
				for _, one := range x.beside(table) {
					t.Errorf("seed %d: %s: %s", seed, by, one)
				}
			}
			pairs, cells = pairs+x.pairs, cells+x.cells
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d hidden pairs and %d hidden cells beside pairs attacked", pairs, cells)
	if pairs < 300 || cells < 1000 {
		t.Errorf("only %d pairs and %d cells were attacked", pairs, cells)
	}
}

// plant gives the answers of a survey themes that hang together with each other and with the classes of the first variable: in each
// class a theme is named by nobody, by everybody, or by some.
func plant(t *testing.T, sv *setstest.Survey, rnd *rand.Rand) {
	t.Helper()
	s := readStream(t, sv.Store, sv.Project.ID)
	share := map[[2]int64]float64{}
	of := func(class coding.CategoryID, th coding.ThemeID) float64 {
		key := [2]int64{int64(class), int64(th)}
		if _, ok := share[key]; !ok {
			share[key] = []float64{0, 0, 0.1, 0.5, 0.9, 1, 1}[rnd.IntN(7)]
		}
		return share[key]
	}
	give(t, sv, s, func(a coding.Answer, at int) bool {
		class := coding.CategoryID(0)
		for _, c := range s.variables[0].Categories {
			if s.category[a.Respondent][c.ID] {
				class = c.ID
			}
		}
		return rnd.Float64() < of(class, s.tree.All()[at].ID)
	})
}

// give codes answers with the themes, by their place in the codebook, that named tells.
func give(t *testing.T, sv *setstest.Survey, s stream, named func(a coding.Answer, theme int) bool) {
	t.Helper()
	err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
		st, err := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpApply, "", 0)
		if err != nil {
			return err
		}
		for _, a := range s.answers {
			for i, th := range s.tree.All() {
				if named(a, i) {
					if _, err := tx.Put(t.Context(), st, nil, coding.Coding{Answer: a.ID, Theme: th.ID, Coder: 1, Source: coding.ByPerson, Version: 1}); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestThirdThemeTellsNoPair: of 20 who named Z, 12 named X and 11 named Y, so that at least 3 named both, and these are no more than
// 3; whoever is told that they are fewer than 5 must not be told the rest.
func TestThirdThemeTellsNoPair(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 80, Questions: 1, Rounds: 1, Themes: 9, Coders: 1, Seed: 4})
	s := readStream(t, sv.Store, sv.Project.ID)
	order := map[coding.RespondentID]int{}
	for i, a := range s.answers {
		order[a.Respondent] = i
	}
	in := func(n int, ranges ...int) bool {
		for i := 0; i < len(ranges); i += 2 {
			if n >= ranges[i] && n < ranges[i+1] {
				return true
			}
		}
		return false
	}
	give(t, sv, s, func(a coding.Answer, theme int) bool {
		n := order[a.Respondent]
		return theme == 0 && in(n, 0, 12, 20, 26) || theme == 4 && in(n, 9, 20, 26, 32) || theme == 8 && in(n, 0, 20)
	})
	reports := report.New(sets.New(sv.Store))
	for _, public := range []bool{true, false} {
		p, err := reports.Pairs(t.Context(), report.Request{Project: sv.Project.ID, Public: public})
		if err != nil {
			t.Fatal(err)
		}
		truth, err := reports.Pairs(t.Context(), report.Request{Project: sv.Project.ID, Threshold: 1})
		if err != nil {
			t.Fatal(err)
		}
		if truth.At(0, 4).N != 3 || truth.At(0, 8).N != 12 || truth.At(4, 8).N != 11 {
			t.Fatalf("the survey is not as planned: %d, %d, %d", truth.At(0, 4).N, truth.At(0, 8).N, truth.At(4, 8).N)
		}
		x := pairAttack{t: t, p: p, truth: truth, k: float64(p.Threshold)}
		for _, one := range x.thirds() {
			t.Errorf("public %v: %s", public, one)
		}
		if p.At(0, 4).Suppressed == report.Shown || len(p.Together(false, 5)) == 0 {
			t.Errorf("the small pair is shown, or nothing is")
		}
	}
}

// pairAttack is what a reader knows of pairs.
type pairAttack struct {
	t            *testing.T
	p, truth     report.Pairs
	k            float64
	pairs, cells int
}

func (x *pairAttack) between(k *attack.Knowledge, name string, lo, hi float64) {
	if err := k.Between(name, lo, hi); err != nil {
		x.t.Error(err)
	}
}

// tell takes a cell of a table in.
func (x *pairAttack) tell(k *attack.Knowledge, name string, c report.Cell) {
	lo, hi := float64(c.N), float64(c.N)
	switch c.Suppressed {
	case report.Primary:
		lo, hi = 1, x.k-1
	case report.Secondary:
		lo, hi = 0, math.Inf(1)
	}
	x.between(k, name, lo, hi)
}

// known tells whether the range is that of a small group, and tells more than that it is one.
func (x *pairAttack) known(lo, hi float64) bool {
	return lo > 1e-6 && hi < x.k-1e-6 && hi-lo < x.k-2-1e-6
}

// thirds attacks each hidden pair through every other theme, with what is known of the pairs with it, again and again.
func (x *pairAttack) thirds() []string {
	n := len(x.p.Rows)
	type extent struct{ lo, hi float64 }
	at := map[[2]int]extent{}
	var hidden [][2]int
	for i := range n {
		for j := i + 1; j < n; j++ {
			if x.p.Rows[i].Total.Suppressed != report.Shown || x.p.Rows[j].Total.Suppressed != report.Shown || x.p.Base.Suppressed != report.Shown {
				continue
			}
			c := x.p.At(i, j)
			e := extent{float64(c.N), float64(c.N)}
			switch {
			case c.Suppressed == report.Primary:
				e = extent{1, x.k - 1}
			case c.Suppressed != report.Shown:
				e = extent{0, float64(x.p.Base.N)}
			}
			if at[[2]int{i, j}] = e; c.Suppressed != report.Shown && !c.Branch {
				hidden = append(hidden, [2]int{i, j})
			}
		}
	}
	x.pairs += len(hidden)
	of := func(i, j int) extent { return at[[2]int{min(i, j), max(i, j)}] }
	var told []string
	for round := range 2 {
		for _, p := range hidden {
			for z := range n {
				if z == p[0] || z == p[1] || x.p.Rows[z].Total.Suppressed != report.Shown {
					continue
				}
				k := attack.New()
				three := [3]int{p[0], p[1], z}
				// Groups are named by whether they have each of the three themes.
				group := func(admits func(has [3]bool) bool) []string {
					var out []string
					for bits := range 8 {
						if has := [3]bool{bits&1 > 0, bits&2 > 0, bits&4 > 0}; admits(has) {
							out = append(out, fmt.Sprint(has))
						}
					}
					return out
				}
				k.Sum("all", group(func([3]bool) bool { return true }))
				x.tell(k, "all", x.p.Base)
				for a := range 3 {
					name := fmt.Sprint("one", a)
					k.Sum(name, group(func(has [3]bool) bool { return has[a] }))
					x.tell(k, name, x.p.Rows[three[a]].Total)
					for b := a + 1; b < 3; b++ {
						name := fmt.Sprintf("two%d%d", a, b)
						k.Sum(name, group(func(has [3]bool) bool { return has[a] && has[b] }))
						e := of(three[a], three[b])
						x.between(k, name, e.lo, e.hi)
					}
				}
				lo, hi, err := k.Range("two01", math.Inf(1))
				if err != nil {
					x.t.Error(err)
				}
				e := of(p[0], p[1])
				at[p] = extent{max(e.lo, lo), min(e.hi, hi)}
			}
			if round == 0 {
				continue
			}
			e, a, b, base := of(p[0], p[1]), float64(x.p.Rows[p[0]].Total.N), float64(x.p.Rows[p[1]].Total.N), float64(x.p.Base.N)
			for what, r := range map[string]extent{"both": e, "the one": {a - e.hi, a - e.lo}, "the other": {b - e.hi, b - e.lo}, "neither": {base - a - b + e.lo, base - a - b + e.hi}} {
				if x.known(r.lo, r.hi) || x.p.At(p[0], p[1]).Suppressed == report.Primary && what == "both" && r.hi-r.lo < x.k-2-1e-6 {
					told = append(told, fmt.Sprintf("%s with %s, %s: from %v to %v", x.p.Rows[p[0]].Theme.Key, x.p.Rows[p[1]].Theme.Key, what, r.lo, r.hi))
				}
			}
		}
	}
	for i := range n { // what is shown must be no small group
		for j := i + 1; j < n; j++ {
			if c := x.p.At(i, j); c.Suppressed == report.Shown {
				a, b, base := x.p.Rows[i].Total.N, x.p.Rows[j].Total.N, x.p.Base.N
				for _, rest := range []int{c.N, a - c.N, b - c.N, base - a - b + c.N} {
					if rest > 0 && rest < int(x.k) {
						told = append(told, fmt.Sprintf("%s with %s: %d is shown", x.p.Rows[i].Theme.Key, x.p.Rows[j].Theme.Key, rest))
					}
				}
				if c.N != x.truth.At(i, j).N {
					told = append(told, "a number is wrong")
				}
			}
		}
	}
	return told
}

// beside attacks the hidden cells of a table by a variable through each pair of its themes.
func (x *pairAttack) beside(table report.Table) []string {
	var told []string
	row := map[coding.ThemeID]report.Row{}
	for _, r := range table.Rows {
		row[r.Theme.ID] = r
	}
	for i := range x.p.Rows {
		for j := i + 1; j < len(x.p.Rows); j++ {
			if x.p.At(i, j).Suppressed != report.Shown {
				continue
			}
			two := [2]report.Row{row[x.p.Rows[i].Theme.ID], row[x.p.Rows[j].Theme.ID]}
			for _, with := range []bool{false, true} {
				k := attack.New()
				x.learn(k, table, two)
				if with {
					x.between(k, "both", float64(x.p.At(i, j).N), float64(x.p.At(i, j).N))
				}
				for c := range table.By.Categories {
					for a := range two {
						cell := two[a].Cells[c]
						if cell.Suppressed == report.Shown || table.By.Categories[c].Base.Suppressed != report.Shown {
							continue
						}
						lo, hi, err := k.Range(fmt.Sprint("named", a, " in ", c), math.Inf(1))
						if err != nil {
							x.t.Error(err)
						}
						if x.cells++; with && (x.known(lo, hi) || hi-lo < 1-1e-6 && hi > 1e-6 || cell.Suppressed == report.Primary && hi-lo < x.k-2-1e-6) {
							told = append(told, fmt.Sprintf("%s beside %s in %s (%s): from %v to %v", two[a].Theme.Key, two[1-a].Theme.Key, table.By.Categories[c].Key, cell.Suppressed, lo, hi))
						}
					}
				}
			}
		}
	}
	return told
}

// learn takes in how two themes divide each class.
func (x *pairAttack) learn(k *attack.Knowledge, table report.Table, two [2]report.Row) {
	columns := []string{}
	for c, cat := range table.By.Categories {
		at := fmt.Sprint(" in ", c)
		columns = append(columns, at)
		x.tell(k, "base"+at, cat.Base)
		for a, r := range two {
			x.tell(k, fmt.Sprint("named", a, at), r.Cells[c])
		}
	}
	columns = append(columns, " in none")
	sum := func(name string, part func(at string) []string) {
		var all []string
		for _, at := range columns {
			all = append(all, part(at)...)
		}
		k.Sum(name, all)
	}
	for _, at := range columns {
		k.Sum("base"+at, []string{"11" + at, "10" + at, "01" + at, "00" + at})
		k.Sum("named0"+at, []string{"11" + at, "10" + at})
		k.Sum("named1"+at, []string{"11" + at, "01" + at})
	}
	sum("base", func(at string) []string { return []string{"base" + at} })
	sum("named0", func(at string) []string { return []string{"named0" + at} })
	sum("named1", func(at string) []string { return []string{"named1" + at} })
	sum("both", func(at string) []string { return []string{"11" + at} })
	x.tell(k, "base", table.Base)
	x.tell(k, "named0", two[0].Total)
	x.tell(k, "named1", two[1].Total)
}
