package report_test

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/agreement"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// readings is a survey read answer by answer: who gave what, and what was decided.
type readings struct {
	sv      *setstest.Survey
	read    map[coding.AnswerID]map[coding.PersonID]bool
	gave    map[coding.AnswerID]map[coding.PersonID][]coding.ThemeID
	decided map[coding.AnswerID][]coding.ThemeID
	themes  []coding.Theme
}

func doubled(t *testing.T, coders int) *readings {
	t.Helper()
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 60, Questions: 2, Themes: 4, Coders: coders, Codings: 420, Rounds: 1, Blank: 0.1, Seed: 11})
	ctx := context.Background()
	w := &readings{sv: sv, read: map[coding.AnswerID]map[coding.PersonID]bool{}, gave: map[coding.AnswerID]map[coding.PersonID][]coding.ThemeID{}, decided: map[coding.AnswerID][]coding.ThemeID{}}
	err := sv.Store.Update(ctx, func(tx coding.Tx) error {
		w.themes, _ = tx.Themes(ctx, sv.Project.ID)
		note := func(a coding.AnswerID, who coding.PersonID) {
			if w.read[a] == nil {
				w.read[a], w.gave[a] = map[coding.PersonID]bool{}, map[coding.PersonID][]coding.ThemeID{}
			}
			w.read[a][who] = true
		}
		st, _ := tx.Begin(ctx, sv.Project.ID, 1, coding.OpDecide, "", 0)
		for c := range tx.EachCoding(ctx, sv.Project.ID) {
			note(c.Answer, c.Coder)
			w.gave[c.Answer][c.Coder] = append(w.gave[c.Answer][c.Coder], c.Theme)
			if c.Answer%3 == 0 && c.Theme%2 == 0 && !slices.Contains(w.decided[c.Answer], c.Theme) {
				w.decided[c.Answer] = append(w.decided[c.Answer], c.Theme)
				if _, err := tx.Put(ctx, st, nil, coding.Decision{Answer: c.Answer, Theme: c.Theme, Applies: c.Answer%2 == 0}); err != nil {
					return err
				}
			}
		}
		for m := range tx.EachMark(ctx, sv.Project.ID) {
			note(m.Answer, m.Coder)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// stand is how those of the coders who read an answer stand to a theme: how many gave it, of how many, and who did first.
func (w *readings) stand(a coding.AnswerID, th coding.ThemeID, coders []coding.PersonID) (gave, read int, first coding.PersonID) {
	for _, who := range coders {
		if w.read[a][who] {
			read++
			if slices.Contains(w.gave[a][who], th) {
				if gave++; first == 0 {
					first = who
				}
			}
		}
	}
	return gave, read, first
}

// TestCompareCounts compares cells, confusion, standings and their order with a count answer by answer.
func TestCompareCounts(t *testing.T) {
	for _, coders := range [][]coding.PersonID{{1, 2}, {1, 2, 3}} {
		w := doubled(t, 3)
		r := report.New(sets.New(w.sv.Store))
		q := report.Compare{Request: report.Request{Project: w.sv.Project.ID}, Coders: coders}
		got, err := r.Compare(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var units []coding.AnswerID
		for a := range w.read {
			if _, n, _ := w.stand(a, 0, coders); n > 1 {
				units = append(units, a)
			}
		}
		slices.Sort(units)
		if len(units) < 30 || got.All.Paired != len(units) {
			t.Fatalf("%v: %d compared answers, want %d", coders, got.All.Paired, len(units))
		}
		differ, open := map[coding.AnswerID]int{}, map[coding.AnswerID]bool{}
		for i, th := range got.Themes {
			var want report.ThemeCells
			stands := map[report.Standing][]coding.AnswerID{}
			for _, a := range units {
				gave, read, first := w.stand(a, th.Theme.ID, coders)
				switch {
				case gave == read:
					want.All++
					stands[report.Alike] = append(stands[report.Alike], a)
				case gave == 0:
					want.None++
					stands[report.Neither] = append(stands[report.Neither], a)
				default:
					want.Split++
					differ[a]++
					stands[report.Split] = append(stands[report.Split], a)
					if slices.Contains(w.decided[a], th.Theme.ID) {
						stands[report.Settled] = append(stands[report.Settled], a)
					} else {
						want.Open++
						open[a] = true
						stands[report.Undecided] = append(stands[report.Undecided], a)
					}
					if at := report.OnlyA; len(coders) == 2 {
						if first != coders[0] {
							at = report.OnlyB
						}
						stands[at] = append(stands[at], a)
					}
				}
			}
			want.OnlyA, want.OnlyB = len(stands[report.OnlyA]), len(stands[report.OnlyB])
			if got.Cells[i] != want {
				t.Errorf("%v, %s: %+v, want %+v", coders, th.Theme.Key, got.Cells[i], want)
			}
			if len(coders) == 2 && th.CohenKappa.Defined() != (agreement.BandOf(th.CohenKappa) != "") {
				t.Errorf("%s: a word for %+v", th.Theme.Key, th.CohenKappa)
			}
			for _, at := range report.Standings {
				list, err := r.Disputes(t.Context(), q, report.Asked{Theme: th.Theme.ID, At: at})
				if err != nil {
					t.Fatal(err)
				}
				ids := slices.Sorted(slices.Values(list.Answers))
				if !slices.Equal(ids, stands[at]) {
					t.Errorf("%v, %s, %q: %v, want %v", coders, th.Theme.Key, at, ids, stands[at])
				}
			}
		}
		if got.Differ != len(differ) || got.Decided != len(differ)-len(open) {
			t.Errorf("%v: %d differ, %d decided; want %d and %d", coders, got.Differ, got.Decided, len(differ), len(differ)-len(open))
		}
		w.checkOrder(t, r, q, coders, differ, open)
		w.checkConfused(t, r, q, got, coders, units)
		if pairs := len(got.Pairs); len(coders) == 2 && pairs != 0 || len(coders) == 3 && pairs != 3 {
			t.Errorf("%v: %d pairs", coders, pairs)
		}
	}
}

// checkOrder wants the undecided answers by the mean distance of MASI, then by themes that differ, decided or not, then by id.
func (w *readings) checkOrder(t *testing.T, r *report.Reports, q report.Compare, coders []coding.PersonID, differ map[coding.AnswerID]int, open map[coding.AnswerID]bool) {
	t.Helper()
	list, err := r.Disputes(t.Context(), q, report.Asked{})
	if err != nil {
		t.Fatal(err)
	}
	distance := func(a coding.AnswerID) float64 {
		sum, n := 0.0, 0
		for i, x := range coders {
			for _, y := range coders[:i] {
				if !w.read[a][x] || !w.read[a][y] {
					continue
				}
				n++
				both := 0
				for _, th := range w.gave[a][x] {
					if slices.Contains(w.gave[a][y], th) {
						both++
					}
				}
				one, two := len(w.gave[a][x]), len(w.gave[a][y])
				if either := one + two - both; either != both {
					m := 1. / 3
					if both == min(one, two) {
						m = 2. / 3
					}
					sum += 1 - m*float64(both)/float64(either)
				}
			}
		}
		return sum / float64(n)
	}
	want := []coding.AnswerID{}
	for a := range open {
		want = append(want, a)
	}
	slices.SortFunc(want, func(a, b coding.AnswerID) int {
		return cmp.Or(cmp.Compare(distance(b), distance(a)), differ[b]-differ[a], cmp.Compare(a, b))
	})
	if !slices.Equal(list.Answers, want) {
		t.Errorf("%v: in the order %v, want %v", coders, list.Answers, want)
	}
}

// checkConfused counts pairs of themes that were taken for each other.
func (w *readings) checkConfused(t *testing.T, r *report.Reports, q report.Compare, got report.Comparison, coders []coding.PersonID, units []coding.AnswerID) {
	t.Helper()
	want := map[[2]coding.ThemeID]int{}
	for _, a := range units {
		seen := map[[2]coding.ThemeID]bool{}
		for _, x := range coders {
			for _, y := range coders {
				if x == y || !w.read[a][x] || !w.read[a][y] {
					continue
				}
				without := func(one, two coding.PersonID) (out []coding.ThemeID) {
					for _, th := range w.gave[a][one] {
						if !slices.Contains(w.gave[a][two], th) {
							out = append(out, th)
						}
					}
					return out
				}
				theirs := without(y, x)
				for _, mine := range without(x, y) {
					if len(theirs) == 0 {
						seen[[2]coding.ThemeID{mine, 0}] = true
					}
					for _, other := range theirs {
						seen[[2]coding.ThemeID{min(mine, other), max(mine, other)}] = true
					}
				}
			}
		}
		for pair := range seen {
			want[pair]++
		}
	}
	if len(got.Confused) != len(want) || len(want) == 0 {
		t.Errorf("%v: %d pairs of themes, want %d", coders, len(got.Confused), len(want))
	}
	for _, c := range got.Confused {
		pair := [2]coding.ThemeID{c.First.ID, c.Second.ID}
		if c.Second.ID != 0 {
			pair = [2]coding.ThemeID{min(c.First.ID, c.Second.ID), max(c.First.ID, c.Second.ID)}
		}
		if c.N != want[pair] {
			t.Errorf("%v: %s for %s %d times, want %d", coders, c.First.Key, c.Second.Key, c.N, want[pair])
		}
		list, err := r.Disputes(t.Context(), q, report.Asked{Theme: c.First.ID, At: report.Split, For: c.Second.ID, Nothing: c.Second.ID == 0})
		if err != nil || len(list.Answers) != c.N {
			t.Errorf("%v: %s for %s opens onto %d answers, want %d (%v)", coders, c.First.Key, c.Second.Key, len(list.Answers), c.N, err)
		}
	}
}
