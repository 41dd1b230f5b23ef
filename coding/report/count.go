package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
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
		s = Selection{Project: b.Project(), Seq: b.Seq(), Scope: named(b, f), Answers: b.Answers(f)}
		return nil
	})
	if err != nil {
		return Selection{}, fmt.Errorf("select: %w", err)
	}
	return s, nil
}

// CountOn is Count on a board that is being read.
func CountOn(b *sets.Board, q Request) (Table, error) {
	f, err := q.scope(b)
	if err != nil {
		return Table{}, err
	}
	by, err := q.breakdown(b)
	if err != nil {
		return Table{}, err
	}
	unit, ok := ParseUnit(string(q.Unit))
	if !ok {
		return Table{}, problem("unit", "report.unit_unknown", string(q.Unit))
	}
	t := Table{Project: b.Project(), Seq: b.Seq(), Unit: unit, Net: q.Net, Order: q.Order, Scope: named(b, f),
		Threshold: cmp.Or(q.Threshold, b.Project().Threshold)}
	c := &counter{board: b, unit: unit, coder: f.By, answers: b.Answers(f)}
	if by != nil {
		t.By = by
		c.columns(by)
	}
	c.splitter = b.Splitter(c.disjoint())
	t.fill(c.count(&t), q.None)
	t.judge(c)
	t.sort(q.Order)
	return t, nil
}

// tally is one number before disclosure control: units, and the respondents behind them.
type tally struct{ n, people int }

// grid is the numbers of a table before disclosure control. A table without a breakdown has no columns.
type grid struct {
	base  tally
	rows  []tally
	bases []tally   // of the columns
	cells [][]tally // by row, then column
	// none and noneOf are those in no column of a breakdown, by base and by row.
	none   tally
	noneOf []tally
	// partition tells that the columns and none add up to the whole.
	partition bool
}

// count makes the rows of the table and their numbers.
func (c *counter) count(t *Table) grid {
	g := grid{partition: c.partition}
	tree := c.board.Tree()
	var all []coding.ThemeID
	for _, th := range tree.All() {
		all = append(all, th.ID)
	}
	g.base, g.bases, g.none = c.measure(c.answers, all)
	for _, th := range tree.All() {
		row := Row{Theme: th, Depth: tree.Depth(th.ID), Themes: []coding.ThemeID{th.ID}}
		if t.Net {
			row.Themes = tree.Within(th.ID)
		}
		answers := c.board.ThemesBy(row.Themes, c.coder)
		answers.And(c.answers)
		if th.Retired && answers.IsEmpty() {
			continue
		}
		total, cells, none := c.measure(answers, row.Themes)
		t.Rows = append(t.Rows, row)
		g.rows = append(g.rows, total)
		g.cells = append(g.cells, cells)
		g.noneOf = append(g.noneOf, none)
	}
	return g
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
