package report

import (
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// mostScopes is for how many filters the respondents of each theme are kept.
const mostScopes = 6

// scopes is the respondents of each measure under the filters that were asked for last, at one change of the board.
type scopes struct {
	mu    sync.Mutex
	order []string
	of    map[string]*people
}

// people is who gave the answers of a scope, and who of them named each measure.
type people struct {
	all   *roaring.Bitmap
	named []*roaring.Bitmap
}

type scopesKey struct{}

// people is the respondents of the counter's scope. They are worked out once for each change and filter.
func (c *counter) people(m measures) *people {
	produce := func() *people {
		p := &people{all: c.board.RespondentsOf(c.answers)}
		for _, ids := range m.themes {
			set := c.board.ThemesBy(ids, c.coder)
			set.And(c.answers)
			p.named = append(p.named, c.board.RespondentsOf(set))
		}
		return p
	}
	if !c.whose || c.filter.Within != nil {
		return produce()
	}
	kept := sets.Keep(c.board, scopesKey{}, func() *scopes { return &scopes{of: map[string]*people{}} })
	key := filterKey(c.filter)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if p := kept.of[key]; p != nil {
		return p
	}
	p := produce()
	if len(kept.order) == mostScopes {
		delete(kept.of, kept.order[0])
		kept.order = kept.order[1:]
	}
	kept.order, kept.of[key] = append(kept.order, key), p
	return p
}

// filterKey is a filter in writing; two that pick the same in another order may have two.
func filterKey(f sets.Filter) string {
	variables := make([]coding.VariableID, 0, len(f.Categories))
	for v := range f.Categories {
		variables = append(variables, v)
	}
	slices.Sort(variables)
	categories := ""
	for _, v := range variables {
		categories += fmt.Sprint(v, f.Categories[v], ";")
	}
	f.Categories, f.Within = nil, nil
	return fmt.Sprintf("%+v %s", f, categories)
}

// classes is how respondents are divided by the cuts; false where it is not for each respondent to be in one column.
func (c *counter) classes(t *Table) ([]sets.Classes, bool) {
	if c.unit != Respondents {
		return nil, false
	}
	var out []sets.Classes
	for _, by := range []*Breakdown{t.By, t.Second} {
		if by == nil {
			continue
		}
		if by.Kind != ByVariable {
			return nil, false
		}
		one, ok := c.board.Classes(by.Variable)
		if !ok {
			return nil, false
		}
		out = append(out, one)
	}
	return out, true
}

// divideBy counts respondents as counter.nodes counts answers: the whole, each class, and each pair of classes.
func divideBy(by []sets.Classes, set *roaring.Bitmap) []tally {
	total := int(set.GetCardinality())
	out := []tally{{total, total}}
	add := func(counts []int) {
		for _, n := range counts {
			out = append(out, tally{n, n})
		}
	}
	if len(by) == 2 {
		x, y := by[0], by[1]
		pairs, rows, cols := make([]int, x.Len()*y.Len()), make([]int, x.Len()), make([]int, y.Len())
		x.CountPairs(y, set, pairs)
		for i, n := range pairs {
			rows[i/y.Len()] += n
			cols[i%y.Len()] += n
		}
		add(rows)
		add(cols)
		add(pairs)
		return out
	}
	for _, c := range by {
		counts := make([]int, c.Len())
		c.Count(set, counts)
		add(counts)
	}
	return out
}
