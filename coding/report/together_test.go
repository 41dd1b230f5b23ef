package report_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/report/attack"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
	"avokoodi/themes"
)

// atoms is what an attacker knows to be the smallest groups of a survey with one question and one round: the classes of two
// variables and the language, each with 'none'.
type atoms struct {
	dims [][]string
	all  [][]string
}

func newAtoms(dims ...[]string) atoms {
	a := atoms{dims: dims, all: [][]string{nil}}
	for _, d := range dims {
		var next [][]string
		for _, one := range a.all {
			for _, v := range d {
				next = append(next, append(slices.Clone(one), v))
			}
		}
		a.all = next
	}
	return a
}

// in lists the groups that a test of the classes admits.
func (a atoms) in(admits func(atom []string) bool) []string {
	var out []string
	for _, one := range a.all {
		if admits(one) {
			out = append(out, strings.Join(one, "/"))
		}
	}
	return out
}

// exported is one table of an export as the attacker reads it: numbers of a measure in a set of groups.
type exported struct {
	request report.Request
	filter  func([]string) bool
}

// learn takes a table in: every number is the sum of its smallest groups.
func (a atoms) learn(t *testing.T, k *attack.Knowledge, hidden map[string]report.Hidden, x exported, table report.Table, recode map[string]string) {
	tell := func(measure string, c report.Cell, admits func([]string) bool) {
		groups := a.in(func(one []string) bool { return x.filter(one) && admits(one) })
		name := measure + " " + strings.Join(groups, " ")
		lo, hi := float64(c.N), float64(c.N)
		switch c.Suppressed {
		case report.Primary:
			lo, hi = 1, float64(table.Threshold-1)
		case report.Secondary:
			lo, hi = 0, math.Inf(1)
		}
		if was, ok := hidden[name]; ok && was != c.Suppressed {
			t.Errorf("%s is %q in one table and %q in another", name, was, c.Suppressed)
		} else if !ok {
			parts := make([]string, len(groups))
			for i, g := range groups {
				parts[i] = measure + " at " + g
				if measure != "base" {
					k.AtMost(parts[i], "base at "+g)
				}
			}
			k.Sum(name, parts)
		}
		if hidden[name] == report.Shown {
			hidden[name] = c.Suppressed
		}
		if err := k.Between(name, lo, hi); err != nil {
			t.Error(err)
		}
	}
	everybody := func([]string) bool { return true }
	columns := []func([]string) bool{}
	if table.By != nil {
		for _, c := range table.By.Categories {
			columns = append(columns, func(one []string) bool {
				return a.is(one, table.By, c, recode) && (c.Second == nil || a.is(one, table.Second, *c.Second, recode))
			})
		}
	}
	tell("base", table.Base, everybody)
	for j, admits := range columns {
		tell("base", table.By.Categories[j].Base, admits)
	}
	for _, row := range table.Rows {
		measure := row.Theme.Key
		if len(row.Themes) > 1 {
			measure += "+"
		}
		tell(measure, row.Total, everybody)
		for j, admits := range columns {
			tell(measure, row.Cells[j], admits)
		}
	}
}

func (a atoms) is(one []string, by *report.Breakdown, c report.Category, recode map[string]string) bool {
	if c.All && c.Second != nil && by.Key != "" && c.Key == "" {
		return true
	}
	switch by.Key {
	case "v1":
		return one[0] == c.Key
	case "class":
		return recode[one[0]] == c.Key
	case "v2":
		return one[1] == c.Key
	}
	return one[2] == c.Key
}

// TestExportRecoversNothing makes exports by chance, of tables by a variable, by another that is derived from it, by two, and
// with filters, and attacks the tables of each together: what one hides can't be worked out from all.
func TestExportRecoversNothing(t *testing.T) {
	attacked, alone := 0, 0
	for seed := range uint64(12) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 60 + rnd.IntN(240), Questions: 1, Rounds: 1, Themes: 1 + rnd.IntN(4),
			Coders: 1, Codings: 60 + rnd.IntN(500), Categories: []int{5, 2}, Seed: seed})
		recode := map[string]string{"v1-1": "north", "v1-2": "north", "v1-3": "south", "v1-4": "south", "v1-5": "south"}
		addRecode(t, sv, "class", "v1", recode)
		err := sets.New(sv.Store).Read(t.Context(), sv.Project.ID, func(b *sets.Board) error {
			exports := drawExport(rnd, b)
			for _, together := range []bool{true, false} {
				told, n, err := attackExport(t, b, exports, recode, together)
				if err != nil {
					return err
				}
				if !together {
					alone += len(told)
					continue
				}
				attacked += n
				for _, one := range told {
					t.Errorf("seed %d: %s", seed, one)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d hidden numbers attacked; of tables protected one by one, %d are recovered", attacked, alone)
	if attacked < 200 || alone < 2 {
		t.Errorf("%d hidden numbers were attacked, and %d fall where tables are protected one by one: the attack says too little", attacked, alone)
	}
}

func addRecode(t *testing.T, sv *setstest.Survey, key, from string, classes map[string]string) {
	t.Helper()
	err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
		vars, err := tx.Variables(t.Context(), sv.Project.ID)
		if err != nil {
			return err
		}
		st, err := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpVariable, "", 0)
		if err != nil {
			return err
		}
		source := vars[slices.IndexFunc(vars, func(v coding.Variable) bool { return v.Key == from })]
		id, err := tx.Put(t.Context(), st, nil, coding.Variable{Key: key, Label: themes.Same(key), Order: 9, Recode: &coding.Recode{From: source.ID, Values: classes}})
		if err != nil {
			return err
		}
		for i, class := range []string{"north", "south"} {
			if _, err := tx.Put(t.Context(), st, nil, coding.Category{Variable: coding.VariableID(id), Key: class, Label: themes.Same(class), Order: i}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// drawExport is two to five tables, each with its own filter.
func drawExport(rnd *rand.Rand, b *sets.Board) []exported {
	var out []exported
	for range 3 + rnd.IntN(3) {
		x := exported{filter: func([]string) bool { return true }}
		x.request = report.Request{Project: b.Project().ID, Net: rnd.IntN(2) == 0, By: []string{"", "v1", "class", "v2", "language"}[rnd.IntN(5)]}
		if x.request.By == "v1" && rnd.IntN(3) == 0 {
			x.request.Second = "v2"
		}
		switch rnd.IntN(4) {
		case 0:
			x.request.Languages = []coding.Lang{"fi"}
			x.filter = func(one []string) bool { return one[2] == "fi" }
		case 1:
			v := b.Variables()[1]
			x.request.Filter.Categories = map[coding.VariableID][]coding.CategoryID{v.ID: {v.Categories[0].ID}}
			x.filter = func(one []string) bool { return one[1] == "v2-1" }
		}
		out = append(out, x)
	}
	return out
}

// attackExport lists what can be recovered of an export, and counts the hidden numbers.
func attackExport(t *testing.T, b *sets.Board, exports []exported, recode map[string]string, together bool) (told []string, hidden int, err error) {
	a := newAtoms([]string{"v1-1", "v1-2", "v1-3", "v1-4", "v1-5", ""}, []string{"v2-1", "v2-2", ""}, []string{"fi", "sv", "en", ""})
	var qs []report.Request
	var tables []report.Table
	for _, x := range exports {
		qs = append(qs, x.request)
		one, err := report.CountOn(b, x.request)
		if err != nil {
			return nil, 0, err
		}
		tables = append(tables, one)
	}
	if together {
		if tables, err = report.CountTogetherOn(b, qs); err != nil {
			return nil, 0, err
		}
	}
	k, seen := attack.New(), map[string]report.Hidden{}
	for i, table := range tables {
		if len(table.Alike) > 0 { // its filter is not what the request says
			exports[i].filter = widened(table, b)
		}
		if together {
			a.learn(t, k, seen, exports[i], table, recode)
		} else {
			quiet := &testing.T{} // tables alone may well contradict each other in what they hide
			a.learn(quiet, k, seen, exports[i], table, recode)
		}
	}
	for name, why := range seen {
		if why == report.Shown {
			continue
		}
		hidden++
		enough := 1.0
		if why == report.Primary {
			enough = float64(b.Project().Threshold - 2)
		}
		lo, hi, err := k.Range(name, enough)
		if err != nil {
			return told, hidden, err
		}
		if hi-lo < enough-1e-6 && hi > 1e-6 {
			told = append(told, fmt.Sprintf("%s (%s): from %.2f to %.2f", name, why, lo, hi))
		}
	}
	return told, hidden, nil
}

// widened is the filter of a table of which a part was set aside.
func widened(table report.Table, b *sets.Board) func([]string) bool {
	return func(one []string) bool {
		return (len(table.Scope.Languages) == 0 || one[2] == "fi") && (len(table.Scope.Categories) == 0 || one[1] == "v2-1")
	}
}

// TestExportCannotBeDifferenced is the attack that one can do by head: everybody, and everybody but a few.
func TestExportCannotBeDifferenced(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 90, Questions: 1, Rounds: 1, Themes: 3, Coders: 1, Codings: 200, Categories: []int{6}, Seed: 4})
	err := sets.New(sv.Store).Read(t.Context(), sv.Project.ID, func(b *sets.Board) error {
		v := b.Variables()[0]
		but := func(drop int) report.Request {
			ids := []coding.CategoryID{0}
			for i, c := range v.Categories {
				if i != drop {
					ids = append(ids, c.ID)
				}
			}
			return report.Request{Project: sv.Project.ID, Filter: sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{v.ID: ids}}}
		}
		differ := 0
		for drop := range v.Categories {
			tables, err := report.CountTogetherOn(b, []report.Request{{Project: sv.Project.ID}, but(drop)})
			if err != nil {
				return err
			}
			all, rest := tables[0], tables[1]
			if all.Base.Suppressed != report.Shown || rest.Base.Suppressed != report.Shown {
				continue
			}
			if d := all.Base.N - rest.Base.N; d > 0 && d < all.Threshold {
				t.Errorf("without %s: the bases tell of %d", v.Categories[drop].Key, d)
			}
			for i := range all.Rows {
				a, r := all.Rows[i].Total, rest.Rows[slices.IndexFunc(rest.Rows, func(r report.Row) bool { return r.Theme.ID == all.Rows[i].Theme.ID })].Total
				if a.Suppressed == report.Shown && r.Suppressed == report.Shown {
					if d := a.N - r.N; d > 0 && d < all.Threshold {
						t.Errorf("without %s: theme %d tells of %d", v.Categories[drop].Key, i, d)
					} else {
						differ++
					}
				}
			}
		}
		if differ == 0 {
			t.Error("nothing is shown at all")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestThemeFilterIsTheTheme lays a table of those who named a theme beside the table of themes: their base is one number.
func TestThemeFilterIsTheTheme(t *testing.T) {
	for seed := range uint64(20) {
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 60, Questions: 1, Rounds: 1, Themes: 3, Coders: 1, Codings: 90, Categories: []int{5}, Seed: seed})
		err := sets.New(sv.Store).Read(t.Context(), sv.Project.ID, func(b *sets.Board) error {
			th := b.Tree().All()[1]
			tables, err := report.CountTogetherOn(b, []report.Request{{Project: sv.Project.ID, By: "v1"},
				{Project: sv.Project.ID, By: "v1", Filter: sets.Filter{Themes: []coding.ThemeID{th.ID}}}})
			if err != nil || len(tables[1].Alike) > 0 {
				return err
			}
			row := tables[0].Rows[slices.IndexFunc(tables[0].Rows, func(r report.Row) bool { return r.Theme.ID == th.ID })]
			for j, c := range tables[1].By.Categories {
				if tables[0].By.Categories[j].Base.Suppressed != report.Shown {
					continue // then the whole column is hidden
				}
				if row.Cells[j].Suppressed != c.Base.Suppressed || row.Cells[j].N != c.Base.N {
					t.Errorf("seed %d, column %d: the theme is %+v, the base of those who named it %+v", seed, j, row.Cells[j], c.Base)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestTogetherAreTheNumbers compares what is shown with the tables that hide nothing, and a table alone with itself.
func TestTogetherAreTheNumbers(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 700, Questions: 2, Rounds: 2, Themes: 6, Coders: 2, Codings: 1500, Categories: []int{5, 3}, Seed: 6})
	err := sets.New(sv.Store).Read(t.Context(), sv.Project.ID, func(b *sets.Board) error {
		qs := []report.Request{{By: "v1"}, {By: "question", Unit: report.Answers}, {By: "round", Questions: []string{"q1"}}, {By: "v2", Languages: []coding.Lang{"fi"}}, {By: "v1", Second: "v2", Net: true}}
		got, err := report.CountTogetherOn(b, qs)
		if err != nil {
			return err
		}
		shown := 0
		for i, q := range qs {
			q.Threshold = 1
			want, err := report.CountOn(b, q)
			if err != nil {
				return err
			}
			for r, row := range got[i].Rows {
				for j, c := range append([]report.Cell{row.Total}, row.Cells...) {
					w := append([]report.Cell{want.Rows[r].Total}, want.Rows[r].Cells...)[j]
					if c.Suppressed == report.Shown {
						if shown++; c.N != w.N {
							t.Errorf("table %d, %s, column %d: %d, want %d", i, row.Theme.Key, j, c.N, w.N)
						}
					} else if w.N == 0 && c.Suppressed == report.Primary {
						t.Errorf("table %d: a zero is called few", i)
					}
				}
			}
		}
		if shown < 100 {
			t.Errorf("only %d numbers are shown", shown)
		}
		var p coding.Problem
		if _, err := report.CountTogetherOn(b, []report.Request{{By: "nothing"}}); !errors.As(err, &p) {
			t.Errorf("an unknown variable: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
