package report

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// fill puts the numbers that may be shown into the table. withNone makes those in no category, if there are any, a column
// of their own.
func (t *Table) fill(g grid, withNone bool) {
	if withNone && g.none.people > 0 {
		t.By.Categories = append(t.By.Categories, Category{None: true})
		g.bases = append(g.bases, g.none)
		for i := range g.cells {
			g.cells[i] = append(g.cells[i], g.noneOf[i])
			g.noneOf[i] = tally{}
		}
		g.none = tally{}
	}
	hide := protect(g, t.Threshold)
	t.Base = cell(g.base, g.base, hide.base)
	for i := range t.Rows {
		t.Rows[i].Total = cell(g.rows[i], g.base, hide.rows[i])
	}
	if t.By == nil {
		return
	}
	for j := range t.By.Categories {
		t.By.Categories[j].Base = cell(g.bases[j], g.base, hide.bases[j])
	}
	for i := range t.Rows {
		t.Rows[i].Cells = make([]Cell, len(g.bases))
		for j := range g.bases {
			t.Rows[i].Cells[j] = cell(g.cells[i][j], g.bases[j], hide.cells[i][j])
		}
	}
}

func cell(n, base tally, why Hidden) Cell {
	if why != Shown {
		return Cell{Suppressed: why}
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
	t.Judged = cell(tally{n: all - int(open.AndCardinality(c.answers))}, tally{n: all}, Shown)
}
