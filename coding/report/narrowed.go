package report

import (
	"cmp"
	"fmt"
	"slices"

	"avokoodi/coding/report/guard"
	"avokoodi/coding/sets"
)

// mostParts is the number of parts of a filter that are looked at one by one; what is beyond is taken for granted.
const mostParts = 4

// narrowing decides what a table under a filter may show, so that it can lie beside the same table under any part of the filter.
//
//   - A filter of one category, language or round is a column of the table by that, and two of them, or one and a breakdown, are
//     cells of the table by two. They are decided there, as one with all other columns: one category taken from the whole tells
//     no more than the table by all categories does.
//   - Any other filter is decided by itself. A number is hidden where the same table without one of the parts hides it, and where
//     the parts, each taken or left, single out a small group: with parts F and G these are those in both, in F alone, in G
//     alone, and in neither.
type narrowing struct {
	board     *sets.Board
	unit      Unit
	threshold int
	none      bool
	by, other *Breakdown
	seen      map[string]narrowed // decided
	counted   map[string]narrowed
}

// narrowed is a table's field with what was decided of it.
type narrowed struct {
	*field
	measures
	hiding
}

// narrowed decides a table that is not made for readers.
func (q Request) narrowed(c *counter, t *Table) (*field, measures, hiding) {
	n := narrowing{board: c.board, unit: c.unit, threshold: t.Threshold, none: q.None, by: t.By, other: t.Second, seen: map[string]narrowed{}, counted: map[string]narrowed{}}
	out := n.decide(c.filter)
	if t.By != nil {
		t.By.Categories = slices.Clone(out.categories)
	}
	return out.field, out.measures, out.hiding
}

// counter counts the answers of a filter.
func (n *narrowing) counter(f sets.Filter) *counter {
	return &counter{board: n.board, unit: n.unit, coder: f.By, filter: f, whose: true, answers: n.board.Answers(f)}
}

// blank is a breakdown without columns.
func (by *Breakdown) blank() *Breakdown {
	if by == nil {
		return nil
	}
	return &Breakdown{Kind: by.Kind, Key: by.Key, Variable: by.Variable}
}

// field counts a table under a filter.
func (n *narrowing) field(f sets.Filter, by, other *Breakdown) narrowed {
	t := &Table{Unit: n.unit, Threshold: n.threshold, By: by.blank(), Second: other.blank()}
	one, m := n.counter(f).field(t, n.none)
	if t.By != nil {
		one.categories = t.By.Categories
	}
	return narrowed{field: one, measures: m}
}

// own counts the table itself under a filter.
func (n *narrowing) own(f sets.Filter) narrowed {
	key := narrowKey(f)
	was, ok := n.counted[key]
	if !ok {
		was = n.field(f, n.by, n.other)
		n.counted[key] = was
	}
	one := *was.field // whoever decides has one to write into
	was.field = &one
	return was
}

func narrowKey(f sets.Filter) string { return fmt.Sprintf("%s %p", filterKey(f), f.Within) }

func (n *narrowing) decide(f sets.Filter) narrowed {
	key := narrowKey(f)
	if was, ok := n.seen[key]; ok {
		return was
	}
	out := n.own(f)
	list := parts(f)
	list = list[:min(len(list), mostParts)]
	switch one, two, ok := n.cells(f, list); {
	case len(list) == 0 || n.threshold < 2:
		out.hiding = n.whole(f, n.by, n.other, out.field)
	case ok:
		out.hiding = n.column(f, out.field, one, two)
	default:
		preset := n.lattice(f, list, out.field)
		for _, part := range list {
			without := f
			part.drop(&without)
			preset.over(n.decide(without).hiding, out.field)
		}
		out.preset = &preset
		out.hiding = out.protect()
		out.hiding.unnamed()
	}
	n.seen[key] = out
	return out
}

// wholeKey names a table without parts of a filter that pick respondents.
type wholeKey struct {
	threshold         int
	none              bool
	scope, by, second string
}

// whole decides a table without such parts. What was decided is kept as long as nothing changes.
func (n *narrowing) whole(f sets.Filter, by, other *Breakdown, counted *field) hiding {
	if n.threshold < 2 {
		return counted.protect()
	}
	key := wholeKey{threshold: n.threshold, none: n.none, scope: filterKey(f)}
	if by != nil {
		key.by = by.named()
	}
	if other != nil {
		key.second = other.named()
	}
	return sets.Keep(n.board, key, counted.protect)
}

// pick is a part of a filter that is one column of a breakdown.
type pick struct {
	by     *Breakdown
	column int
}

// cells tells whether the table under a filter is a column, or one column's cells, of a table by one or two breakdowns that do not
// overlap. The second is the breakdown of the table itself where its column is -1.
func (n *narrowing) cells(f sets.Filter, list []filterPart) (one, two pick, ok bool) {
	if n.other != nil || n.none || len(parts(f)) > len(list) || len(list) == 0 || len(list) > 2 || len(list) == 2 && n.by != nil {
		return one, two, false
	}
	var picks []pick
	for _, part := range list {
		p, ok := n.pick(f, part)
		if !ok {
			return one, two, false
		}
		picks = append(picks, p)
	}
	if n.by != nil {
		if n.by.Variable.Multi || n.by.Kind == ByQuestion || n.by.is(picks[0].by) {
			return one, two, false
		}
		picks = append(picks, pick{n.by, -1})
	}
	if len(picks) < 2 {
		return picks[0], two, true
	}
	if cmp.Compare(picks[0].by.named(), picks[1].by.named()) > 0 { // the same table, whichever is asked for first
		slices.Reverse(picks)
	}
	return picks[0], picks[1], true
}

// pick finds the column that a part of a filter is.
func (n *narrowing) pick(f sets.Filter, part filterPart) (pick, bool) {
	column := func(by *Breakdown, is func(Category) bool) (pick, bool) {
		at := slices.IndexFunc(n.counter(sets.Filter{}).columns(by).cats, is)
		return pick{by, at}, at >= 0
	}
	switch {
	case part.name == "language" && len(f.Languages) == 1:
		return column(&Breakdown{Kind: ByLanguage, Key: string(ByLanguage)}, func(c Category) bool { return c.Key == string(f.Languages[0]) })
	case part.name == "round" && len(f.Rounds) == 1:
		return column(&Breakdown{Kind: ByRound, Key: string(ByRound)}, func(c Category) bool { return c.ID == int64(f.Rounds[0]) })
	}
	for _, v := range n.board.Variables() {
		if ids := f.Categories[v.ID]; part.name == fmt.Sprint("variable:", v.ID) && len(ids) == 1 && ids[0] != 0 && !v.Multi {
			return column(&Breakdown{Kind: ByVariable, Key: v.Key, Variable: v}, func(c Category) bool { return c.ID == int64(ids[0]) })
		}
	}
	return pick{}, false
}

// column reads what the table by one or two breakdowns hides of the cells that a filter picks. The nodes of the filter's own table
// are its whole and its columns.
func (n *narrowing) column(f sets.Filter, own *field, one, two pick) hiding {
	wide := f
	for _, part := range parts(f) {
		part.drop(&wide)
	}
	key := fmt.Sprint(filterKey(wide), one.by.named())
	if two.by != nil {
		key += " " + two.by.named()
	}
	all, ok := n.seen[key]
	if !ok {
		all = n.field(wide, one.by, two.by)
		all.hiding = n.whole(wide, one.by, two.by, all.field)
		n.seen[key] = all
	}
	if two.by == nil {
		return all.hiding.at(1 + one.column)
	}
	c := n.counter(sets.Filter{})
	x, y := len(c.columns(one.by).cols), len(c.columns(two.by).cols)
	pair := func(i, j int) int { return 1 + x + y + i*y + j }
	var nodes []int
	switch {
	case one.column >= 0 && two.column >= 0:
		nodes = []int{pair(one.column, two.column)}
	case two.column < 0:
		nodes = []int{1 + one.column}
		for j := range y {
			nodes = append(nodes, pair(one.column, j))
		}
	default:
		nodes = []int{1 + x + two.column}
		for i := range x {
			nodes = append(nodes, pair(i, two.column))
		}
	}
	return all.hiding.at(nodes[:len(own.base)]...)
}

// lattice hides what the parts of a filter, each taken or left, single out a small group of: at the whole, at each column, and
// beside it.
func (n *narrowing) lattice(f sets.Filter, list []filterPart, own *field) hiding {
	fields := make([]*field, 1<<len(list)) // by the parts that are taken
	for set := range fields {
		some := f
		for i, part := range list {
			if set&(1<<i) == 0 {
				part.drop(&some)
			}
		}
		fields[set] = n.own(some).field
	}
	out := blankHiding(own)
	atoms := make([]int, len(fields))
	small := func(number func(*field) int) bool {
		for set, one := range fields {
			atoms[set] = number(one)
		}
		for i := range list { // from those who are in the parts taken to those who are in no others
			for set := range atoms {
				if set&(1<<i) == 0 {
					atoms[set] -= atoms[set|1<<i]
				}
			}
		}
		return slices.ContainsFunc(atoms, func(n int) bool { return n > 0 && n < own.threshold })
	}
	for node := range own.base {
		for m := -1; m < len(own.cells); m++ {
			number := func(f *field, node int) int {
				if m < 0 {
					return f.base[node].people
				}
				return f.cells[m][node].people
			}
			if own.never[node] {
				continue
			}
			at := func(f *field) int { return number(f, node) }
			beside := func(f *field) int { return number(f, 0) - number(f, node) }
			rest := func(f *field) int { return f.base[node].people - number(f, node) }
			if !small(at) && !(m >= 0 && small(rest)) && !(node > 0 && small(beside)) {
				continue
			}
			if n := number(own, node); n > 0 && n < own.threshold {
				continue // is hidden anyway, and may be called few
			}
			if m < 0 {
				out.base[node] = guard.Cover
			} else {
				out.cells[m][node] = guard.Cover
			}
		}
	}
	return out
}

func blankHiding(f *field) hiding {
	h := hiding{base: make([]guard.Why, len(f.base)), cells: make([][]guard.Why, len(f.cells))}
	for m := range h.cells {
		h.cells[m] = make([]guard.Why, len(f.base))
	}
	return h
}

// unnamed calls nothing few: of tables that are not decided together, the names alone would bound each other.
func (h hiding) unnamed() {
	for n := range h.base {
		h.base[n] = min(h.base[n], 1) * guard.Cover
		for m := range h.cells {
			h.cells[m][n] = min(h.cells[m][n], 1) * guard.Cover
		}
	}
}

// over hides what another hides of the same nodes, but leaves small numbers to be called so.
func (h hiding) over(other hiding, own *field) {
	put := func(to *guard.Why, why guard.Why, n int) {
		if *to == guard.Shown && (why == guard.Cover || why == guard.Few && (n == 0 || n >= own.threshold)) {
			*to = guard.Cover
		}
	}
	for n := range h.base {
		put(&h.base[n], other.base[n], own.base[n].people)
		for m := range h.cells {
			put(&h.cells[m][n], other.cells[m][n], own.cells[m][n].people)
		}
	}
}
