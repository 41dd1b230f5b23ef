package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/report/guard"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

// Reports makes tables of the projects of one store.
type Reports struct{ boards *sets.Boards }

// New counts on boards.
func New(boards *sets.Boards) *Reports { return &Reports{boards} }

// Boards is what the reports count on.
func (r *Reports) Boards() *sets.Boards { return r.boards }

// Count makes a table. What the request names and the project does not have is a coding.Problem.
func (r *Reports) Count(ctx context.Context, q Request) (Table, error) {
	var t Table
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		var err error
		t, err = CountOn(b, q)
		return err
	})
	if err != nil {
		return Table{}, fmt.Errorf("count: %w", err)
	}
	return t, nil
}

// Selection is the answers that a request is about. Answers is the caller's own.
type Selection struct {
	Project coding.Project
	Seq     coding.Seq // the change at which it was made
	Scope   Scope
	Answers *roaring.Bitmap
}

// Select picks the answers that a request is about. Its breakdown, unit and threshold play no part.
func (r *Reports) Select(ctx context.Context, q Request) (Selection, error) {
	var s Selection
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		f, err := q.scope(b)
		if err != nil {
			return err
		}
		s = Selection{Project: b.Project(), Seq: b.Seq(), Scope: q.named(b, f), Answers: b.Answers(f)}
		return nil
	})
	if err != nil {
		return Selection{}, fmt.Errorf("select: %w", err)
	}
	return s, nil
}

// CountOn is Count on a board that is being read.
func CountOn(b *sets.Board, q Request) (Table, error) {
	if q.Public {
		return publicOn(b, q)
	}
	c, t, err := q.begin(b)
	if err != nil {
		return Table{}, err
	}
	f, m, h := q.narrowed(c, t)
	t.fill(c.board.Tree(), f, m, h)
	t.judge(c)
	if err := q.weighted(c, t); err != nil {
		return Table{}, err
	}
	t.sort(q.Order)
	return *t, nil
}

// weighted weighs a table if the request says so.
func (q Request) weighted(c *counter, t *Table) error {
	v, err := q.weighing(c.board, t.Unit)
	if v != nil {
		t.weigh(c, *v)
	}
	return err
}

// begin reads a request: the counter of its answers, and the table with everything but numbers.
func (q Request) begin(b *sets.Board) (*counter, *Table, error) {
	f, err := q.scope(b)
	if err != nil {
		return nil, nil, err
	}
	by, err := q.breakdown(b, q.By)
	if err != nil {
		return nil, nil, err
	}
	second, err := q.breakdown(b, q.Second)
	if err != nil {
		return nil, nil, err
	}
	if second != nil && (by == nil || by.is(second)) {
		return nil, nil, problem("second", "report.second_same")
	}
	unit, ok := ParseUnit(string(q.Unit))
	if !ok {
		return nil, nil, problem("unit", "report.unit_unknown", string(q.Unit))
	}
	threshold := cmp.Or(q.Threshold, b.Project().Threshold)
	f, alike := alike(b, f, threshold)
	t := &Table{Project: b.Project(), Seq: b.Seq(), Unit: unit, Net: q.Net, Order: q.Order, Scope: q.named(b, f), Threshold: threshold,
		By: by, Second: second, Alike: alike}
	return &counter{board: b, unit: unit, coder: f.By, filter: f, whose: true, answers: b.Answers(f)}, t, nil
}

func (by *Breakdown) is(other *Breakdown) bool {
	return by.Kind == other.Kind && by.Variable.ID == other.Variable.ID
}

// field counts what a table needs, lays its columns out, and says how they hang together. withNone makes those in no
// category, if there are any, a column of their own.
func (c *counter) field(t *Table, withNone bool) (*field, measures) {
	m := measuresOf(c.board.Tree())
	f := &field{threshold: t.Threshold, family: m.family, nets: m.nets}
	var cuts []*cut
	if t.By != nil {
		cuts = append(cuts, c.columns(t.By))
	}
	if t.Second != nil {
		cuts = append(cuts, c.columns(t.Second))
		cuts = append(cuts, c.pairs(cuts[0], cuts[1]))
	}
	var all []coding.ThemeID
	for _, th := range c.board.Tree().All() {
		all = append(all, th.ID)
	}
	if by, ok := c.classes(t); ok {
		who := c.people(m)
		f.base = divideBy(by, who.all)
		for _, named := range who.named {
			f.cells = append(f.cells, divideBy(by, named))
		}
	} else {
		for _, x := range cuts {
			x.ready(c.board)
		}
		f.base = c.nodes(cuts, c.answers, all)
		for _, ids := range m.themes {
			set := c.board.ThemesBy(ids, c.coder)
			set.And(c.answers)
			f.cells = append(f.cells, c.nodes(cuts, set, ids))
		}
	}
	f.lay(t, cuts, withNone)
	f.cuts = cuts
	return f, m
}

// sets is the answers of each node of a field that the counter made.
func (c *counter) sets(f *field) []*roaring.Bitmap {
	out := []*roaring.Bitmap{c.answers}
	for _, x := range f.cuts {
		for _, col := range x.cols {
			out = append(out, roaring.And(c.answers, col))
		}
	}
	return out
}

// nodes counts the units of a set: the whole, then by each cut.
func (c *counter) nodes(cuts []*cut, set *roaring.Bitmap, themes []coding.ThemeID) []tally {
	if len(cuts) == 0 {
		total, _ := c.measure(nil, set, themes)
		return []tally{total}
	}
	var out []tally
	for _, x := range cuts {
		total, cells := c.measure(x, set, themes)
		if out == nil {
			out = append(out, total)
		}
		out = append(out, cells...)
	}
	return out
}

// lay ties the nodes of the cuts and gives each that is shown its column in the table.
func (f *field) lay(t *Table, cuts []*cut, withNone bool) {
	f.never, f.level = make([]bool, len(f.base)), make([]int, len(f.base))
	if len(cuts) == 0 {
		return
	}
	from := []int{1}
	for _, x := range cuts {
		from = append(from, from[len(from)-1]+len(x.cols))
	}
	for i, x := range cuts[:min(len(cuts), 2)] {
		one := tie{union: !x.partition}
		for j := range x.cols {
			n := from[i] + j
			one.parts, f.level[n] = append(one.parts, n), 1
			if j >= len(x.cats) {
				f.never[n] = !withNone || f.base[n].people == 0 || len(cuts) > 1
			}
		}
		f.ties = append(f.ties, one)
	}
	if len(cuts) == 1 {
		for j, c := range cuts[0].cats {
			f.column(t, c, 1+j)
		}
		if last := len(f.base) - 1; cuts[0].none && !f.never[last] {
			f.column(t, Category{None: true}, last)
		}
		return
	}
	x, y := cuts[0], cuts[1]
	pair := func(i, j int) int { return from[2] + i*len(y.cols) + j }
	for i := range x.cols {
		one := tie{union: !y.partition, whole: from[0] + i}
		for j := range y.cols {
			n := pair(i, j)
			one.parts, f.level[n], f.never[n] = append(one.parts, n), 2, i >= len(x.cats) || j >= len(y.cats)
		}
		f.ties = append(f.ties, one)
	}
	for j := range y.cols {
		one := tie{union: !x.partition, whole: from[1] + j}
		for i := range x.cols {
			one.parts = append(one.parts, pair(i, j))
		}
		f.ties = append(f.ties, one)
	}
	for j := range y.cats {
		f.column(t, Category{All: true, Second: &y.cats[j]}, from[1]+j)
	}
	for i, a := range x.cats {
		f.column(t, a, from[0]+i)
		for j := range y.cats {
			a.Second = &y.cats[j]
			f.column(t, a, pair(i, j))
		}
	}
}

// column adds a column whose numbers stand at a node.
func (f *field) column(t *Table, c Category, node int) {
	t.By.Categories = append(t.By.Categories, c)
	f.columns = append(f.columns, node)
}

// fill puts the numbers that may be shown into the table.
func (t *Table) fill(tree themes.Tree, f *field, m measures, h hiding) {
	w := f.whole
	t.Base = cell(f.base[w], f.base[w], h.base[w])
	for j, n := range f.columns {
		t.By.Categories[j].Base = cell(f.base[n], f.base[w], h.base[n])
	}
	for _, th := range tree.All() {
		at := m.own[th.ID]
		if t.Net {
			at = m.net[th.ID]
		}
		if th.Retired && f.cells[at][w].people == 0 && h.cells[at][w] == guard.Shown {
			continue // to leave out what is hidden would tell that it is nobody
		}
		row := Row{Theme: th, Depth: tree.Depth(th.ID), Themes: m.themes[at], Total: cell(f.cells[at][w], f.base[w], h.cells[at][w])}
		for _, n := range f.columns {
			row.Cells = append(row.Cells, cell(f.cells[at][n], f.base[n], h.cells[at][n]))
		}
		t.Rows = append(t.Rows, row)
	}
}

func cell(n, base tally, why guard.Why) Cell {
	switch why {
	case guard.Few:
		return Cell{Suppressed: Primary}
	case guard.Cover:
		return Cell{Suppressed: Secondary}
	}
	out := Cell{N: n.n}
	if base.n > 0 {
		out.Share = float64(n.n) / float64(base.n)
	}
	return out
}

// judge counts the answers that are coded or marked. How far the work has come tells nothing about a respondent, but a
// base that is hidden stays so.
func (t *Table) judge(c *counter) {
	if t.Base.Suppressed != Shown {
		t.Judged = Cell{Suppressed: Secondary}
		return
	}
	var open *roaring.Bitmap
	if c.coder == 0 {
		open = c.board.State(coding.StateOpen)
	} else {
		open = c.board.StateBy(coding.StateOpen, c.coder)
	}
	all := int(c.answers.GetCardinality())
	t.Judged = cell(tally{n: all - int(open.AndCardinality(c.answers))}, tally{n: all}, guard.Shown)
}

func (t *Table) sort(order Order) {
	if order != ByNumber {
		return
	}
	rank := func(r Row) int {
		if r.Total.Suppressed != Shown {
			return -1
		}
		return r.Total.N
	}
	slices.SortStableFunc(t.Rows, func(a, b Row) int { return rank(b) - rank(a) })
}
