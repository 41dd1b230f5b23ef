package report_test

import (
	ctx "context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/report/attack"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// overlap is a small survey and what somebody knows who has asked for tables of it one by one, each with its own filter.
type overlap struct {
	t      *rapid.T
	b      *sets.Board
	atoms  atoms
	search *roaring.Bitmap
	k      *attack.Knowledge
	seen   map[string]report.Hidden
	truth  map[string]int
}

// ask takes in the table under a filter of some categories of v1 and v2, a language, and whether it is found by a search.
func (o *overlap) ask(v1, v2, lang string, search bool, by string) {
	q := report.Request{Project: o.b.Project().ID, By: by, Filter: sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{}}}
	for i, key := range []string{v1, v2} {
		v := o.b.Variables()[i]
		if at := slices.IndexFunc(v.Categories, func(c coding.Category) bool { return c.Key == key }); at >= 0 {
			q.Filter.Categories[v.ID] = []coding.CategoryID{v.Categories[at].ID}
		}
	}
	if lang != "" {
		q.Languages = []coding.Lang{coding.Lang(lang)}
	}
	if search {
		q.Filter.Within = o.search
	}
	got, err := report.CountOn(o.b, q)
	if err != nil {
		o.t.Fatal(err)
	}
	// What was set aside was not asked.
	for _, aside := range got.Alike {
		switch aside {
		case "search":
			search = false
		case "language":
			lang = ""
		case fmt.Sprint("variable:", o.b.Variables()[0].ID):
			v1 = ""
		default:
			v2 = ""
		}
	}
	o.learn(got, o.exact(q, got), func(atom []string) bool {
		return (v1 == "" || atom[0] == v1) && (v2 == "" || atom[1] == v2) && (lang == "" || atom[2] == lang) && (!search || atom[3] == "found")
	})
}

// exact is the same table with nothing hidden.
func (o *overlap) exact(q report.Request, got report.Table) report.Table {
	f := sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{}, Languages: got.Scope.Languages}
	for _, c := range got.Scope.Categories {
		f.Categories[c.Variable.ID] = []coding.CategoryID{c.Categories[0].ID}
	}
	if got.Scope.Search {
		f.Within = q.Filter.Within
	}
	out, err := report.CountOn(o.b, report.Request{Project: q.Project, By: q.By, Filter: f, Threshold: 1})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func (o *overlap) learn(got, exact report.Table, filter func([]string) bool) {
	tell := func(measure string, c, is report.Cell, admits func([]string) bool) {
		groups := o.atoms.in(func(one []string) bool { return filter(one) && admits(one) })
		name := measure + " " + strings.Join(groups, " ")
		if _, ok := o.seen[name]; !ok {
			var parts []string
			for _, g := range groups {
				parts = append(parts, measure+" at "+g)
				if measure != "base" {
					o.k.AtMost(measure+" at "+g, "base at "+g)
				}
			}
			o.k.Sum(name, parts)
			o.seen[name] = c.Suppressed
		}
		o.truth[name] = is.N
		lo, hi := float64(c.N), float64(c.N)
		switch c.Suppressed {
		case report.Primary:
			lo, hi = 1, float64(got.Threshold-1)
		case report.Secondary:
			lo, hi = 0, math.Inf(1)
		default:
			o.seen[name] = report.Shown
		}
		if err := o.k.Between(name, lo, hi); err != nil {
			o.t.Fatal(err)
		}
	}
	all := func([]string) bool { return true }
	tell("base", got.Base, exact.Base, all)
	for i, row := range got.Rows {
		tell(row.Theme.Key, row.Total, exact.Rows[i].Total, all)
	}
	if got.By == nil {
		return
	}
	for j, c := range got.By.Categories {
		in := func(atom []string) bool { return o.atoms.is(atom, got.By, c, nil) }
		tell("base", c.Base, exact.By.Categories[j].Base, in)
		for i, row := range got.Rows {
			tell(row.Theme.Key, row.Cells[j], exact.Rows[i].Cells[j], in)
		}
	}
}

// recovered lists the hidden small groups that are known: exactly, or of '<5' more than that.
func (o *overlap) recovered() (told []string, hidden int) {
	for name, why := range o.seen {
		few := float64(o.b.Project().Threshold)
		if n := o.truth[name]; why == report.Shown || n == 0 || float64(n) >= few {
			continue
		}
		hidden++
		enough := 1.0
		if why == report.Primary {
			enough = few - 2
		}
		lo, hi, err := o.k.Range(name, enough)
		if err != nil {
			o.t.Fatal(err)
		}
		if hi-lo < enough-1e-6 {
			told = append(told, fmt.Sprintf("%s (%s): from %.2f to %.2f", name, why, lo, hi))
		}
	}
	return told, hidden
}

func drawOverlap(t *rapid.T, fn func(*overlap)) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: rapid.IntRange(20, 260).Draw(t, "respondents"), Questions: 1, Rounds: 1, Themes: 2,
		Coders: 1, Codings: rapid.IntRange(20, 300).Draw(t, "codings"), Categories: []int{4, 3}, Seed: rapid.Uint64().Draw(t, "seed")})
	found := rapid.Uint64().Draw(t, "found")
	err := sets.New(sv.Store).Read(ctx.Background(), sv.Project.ID, func(b *sets.Board) error {
		o := &overlap{t: t, b: b, k: attack.New(), seen: map[string]report.Hidden{}, truth: map[string]int{}, search: roaring.New()}
		for _, id := range b.All().ToArray() {
			if (uint64(id)*0x9e3779b97f4a7c15^found)>>61 < 3 {
				o.search.Add(id)
			}
		}
		o.atoms = newAtoms([]string{"v1-1", "v1-2", "v1-3", "v1-4", "none"}, []string{"v2-1", "v2-2", "v2-3", "none"}, []string{"fi", "sv", "en", ""}, []string{"found", "not"})
		fn(o)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var (
	firsts  = []string{"", "v1-1", "v1-2", "v1-3", "v1-4"}
	seconds = []string{"", "v2-1", "v2-2", "v2-3"}
)

// TestOverlappingFilters asks for tables one by one, under every filter of one or two variables, whole and by the other variable, and
// attacks them together: one taken from another, and categories that leave a last one over, tell nothing.
func TestOverlappingFilters(t *testing.T) {
	hidden := 0
	rapid.Check(t, func(t *rapid.T) {
		drawOverlap(t, func(o *overlap) {
			for _, v1 := range firsts {
				for _, v2 := range seconds {
					if rapid.IntRange(0, 4).Draw(t, "asked") == 0 {
						continue
					}
					by := ""
					if v1 == "" || v2 == "" {
						by = rapid.SampledFrom([]string{"", "v1", "v2"}).Draw(t, "by")
					}
					if by == "v1" && v1 != "" || by == "v2" && v2 != "" {
						by = ""
					}
					o.ask(v1, v2, "", false, by)
				}
			}
			told, n := o.recovered()
			hidden += n
			for _, one := range told {
				t.Error(one)
			}
		})
	})
	if hidden < 300 {
		t.Errorf("only %d small groups were attacked", hidden)
	}
}

// TestSearchAndOtherFilters asks for tables under every combination of a search, a language and one category of each variable, taken
// or left.
func TestSearchAndOtherFilters(t *testing.T) {
	hidden := 0
	rapid.Check(t, func(t *rapid.T) {
		drawOverlap(t, func(o *overlap) {
			v1, v2 := rapid.SampledFrom(firsts[1:]).Draw(t, "v1"), rapid.SampledFrom(seconds[1:]).Draw(t, "v2")
			for set := range 16 {
				or := func(bit int, s string) string {
					if set&bit == 0 {
						return ""
					}
					return s
				}
				if rapid.IntRange(0, 4).Draw(t, "asked") > 0 {
					o.ask(or(1, v1), or(2, v2), or(4, "sv"), set&8 > 0, "")
				}
			}
			told, n := o.recovered()
			hidden += n
			for _, one := range told {
				t.Error(one)
			}
		})
	})
	if hidden < 300 {
		t.Errorf("only %d small groups were attacked", hidden)
	}
}
