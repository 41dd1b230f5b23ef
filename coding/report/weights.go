package report

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Weighted says by what the shares of a table are weighted. Its numbers are respondents all the same, unweighted; so is what
// decides which of them are hidden.
type Weighted struct {
	Variable coding.Variable
	// Without is the respondents of the base who have no weight, or one that is zero or negative: they count in numbers and weigh
	// nothing in shares.
	Without Cell
}

// Effect is the weight of the respondents of a base together, and how many unweighted ones would tell as much: (Σw)² / Σw²
// (Kish, 1965). Both are 0 for a base that is hidden or weighs nothing.
type Effect struct {
	Sum, Effective float64
	Hidden         bool // would tell of hidden bases; both are 0
}

// weighing finds the variable that the request weighs by; nil for none.
func (q Request) weighing(b *sets.Board, unit Unit) (*coding.Variable, error) {
	if q.Weight == "" {
		return nil, nil
	}
	for _, v := range b.Variables() {
		if v.Key != q.Weight {
			continue
		}
		switch {
		case !v.Weight:
			return nil, problem("weight", "report.weight_unmarked", q.Weight)
		case unit != Respondents:
			return nil, problem("weight", "report.weight_unit")
		case q.Public:
			return nil, problem("weight", "report.public_weight")
		}
		return &v, nil
	}
	return nil, problem("weight", "report.weight_unknown", q.Weight)
}

// weigh puts weighted shares into the cells that are shown.
func (t *Table) weigh(c *counter, v coding.Variable) {
	w, _ := c.board.Weighing(v.ID)
	weights := c.board.Weights(w)
	t.Weighted = &Weighted{Variable: v}
	everybody := c.board.RespondentsOf(c.answers)
	_, _, n := weights.Sum(everybody)
	without := int(everybody.GetCardinality()) - n
	switch {
	case t.Base.Suppressed != Shown:
		t.Weighted.Without = Cell{Suppressed: Secondary}
	case without > 0 && without < t.Threshold:
		t.Weighted.Without = Cell{Suppressed: Primary}
	default:
		t.Weighted.Without = Cell{N: without}
	}
	effect := func(base Cell, set *roaring.Bitmap) Effect {
		if base.Suppressed != Shown {
			return Effect{}
		}
		sum, squares, _ := weights.Sum(c.board.RespondentsOf(set))
		if squares == 0 {
			return Effect{}
		}
		return Effect{Sum: sum, Effective: sum * sum / squares}
	}
	t.Effect = effect(t.Base, c.answers)
	columns := t.columnSets(c)
	even := evenly(c, weights, columns)
	for j := range columns {
		if even[j] && t.By.Categories[j].Base.Suppressed != Shown {
			t.Effect = Effect{Hidden: true} // and with it every share of the whole, whose cells there are hidden
		}
	}
	for j := range columns {
		t.By.Categories[j].Effect = effect(t.By.Categories[j].Base, columns[j])
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		with := c.board.ThemesBy(row.Themes, c.coder)
		with.And(c.answers)
		share := func(cell *Cell, set *roaring.Bitmap, of Effect) {
			if cell.Share = 0; cell.Suppressed == Shown && of.Sum > 0 {
				sum, _, _ := weights.Sum(c.board.RespondentsOf(set))
				cell.Share = sum / of.Sum
			}
		}
		share(&row.Total, with, t.Effect)
		for j := range columns {
			share(&row.Cells[j], roaring.And(with, columns[j]), t.By.Categories[j].Effect)
			if row.Cells[j].Suppressed != Shown && even[j] {
				row.Total = Cell{Suppressed: Secondary}
			}
		}
	}
}

// evenly tells of each column whether all its respondents weigh the same, as they do where the weight makes up for how a class is
// represented. How many of them named a theme then follows from weighted shares of the whole: two hidden numbers have one sum as
// they are and another as they are weighted.
func evenly(c *counter, weights sets.Weights, columns []*roaring.Bitmap) []bool {
	out := make([]bool, len(columns))
	for j, set := range columns {
		sum, squares, n := weights.Sum(c.board.RespondentsOf(set))
		out[j] = n > 0 && sum*sum > squares*float64(n)*(1-1e-9)
	}
	return out
}

// columnSets is the answers of each column of the table.
func (t *Table) columnSets(c *counter) []*roaring.Bitmap {
	if t.By == nil {
		return nil
	}
	x := c.columns(t.By)
	find := func(x *cut, key string, none bool) *roaring.Bitmap {
		for i, cat := range x.cats {
			if !none && cat.Key == key {
				return x.cols[i]
			}
		}
		return x.cols[len(x.cols)-1]
	}
	var y *cut
	if t.Second != nil {
		y = c.columns(t.Second)
	}
	out := make([]*roaring.Bitmap, len(t.By.Categories))
	for j, cat := range t.By.Categories {
		set := c.answers.Clone()
		if !cat.All {
			set.And(find(x, cat.Key, cat.None))
		}
		if cat.Second != nil {
			set.And(find(y, cat.Second.Key, false))
		}
		out[j] = set
	}
	return out
}
