package ooxml

import "fmt"

// Table is a table in the style 'Report Table'. Its head is repeated on each page that it runs over, and no row is broken.
type Table struct {
	Alt    string // what the table holds, for screen readers
	Head   []Cell
	Rows   [][]Cell
	Widths []float64 // of the columns, in any one unit; nil for equal ones
}

// Cell is one cell of text. Numbers stand to the right.
type Cell struct {
	Text   string
	Number bool
	Strong bool
	Indent int // steps of 4 mm
	Lang   string
}

// Table adds a table as wide as the page. Every row has as many cells as the head.
func (d *Document) Table(tb Table) {
	n := len(tb.Head)
	if n == 0 || tb.Widths != nil && len(tb.Widths) != n {
		d.fail(fmt.Errorf("ooxml: table: %d columns and %d widths", n, len(tb.Widths)))
		return
	}
	for i, row := range tb.Rows {
		if len(row) != n {
			d.fail(fmt.Errorf("ooxml: table: row %d has %d cells of %d", i+1, len(row), n))
			return
		}
	}
	if d.afterTable {
		d.Add(Body)
	}
	t, widths := &d.body, d.widths(tb)
	t.start("w:tbl")
	t.start("w:tblPr")
	t.leaf("w:tblStyle", "w:val", "ReportTable")
	t.leaf("w:tblW", "w:w", num(d.page.text()), "w:type", "dxa")
	t.leaf("w:tblLayout", "w:type", "fixed")
	t.leaf("w:tblLook", "w:val", "0020", "w:firstRow", "1", "w:lastRow", "0", "w:firstColumn", "0", "w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1")
	if tb.Alt != "" {
		t.leaf("w:tblCaption", "w:val", tb.Alt)
	}
	t.end()
	t.start("w:tblGrid")
	for _, w := range widths {
		t.leaf("w:gridCol", "w:w", num(w))
	}
	t.end()
	row(t, tb.Head, widths, true, false)
	for i, cells := range tb.Rows {
		row(t, cells, widths, false, i < keepRows && i+1 < len(tb.Rows))
	}
	t.end()
	d.afterTable = true
}

func (d *Document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// widths share the page out among the columns.
func (d *Document) widths(tb Table) []int {
	sum := 0.0
	for i := range tb.Head {
		sum += share(tb.Widths, i)
	}
	out, left := make([]int, len(tb.Head)), d.page.text()
	for i := range out {
		out[i] = int(share(tb.Widths, i) / sum * float64(d.page.text()))
		if i == len(out)-1 {
			out[i] = left
		}
		left -= out[i]
	}
	return out
}

func share(widths []float64, i int) float64 {
	if widths == nil {
		return 1
	}
	return max(widths[i], 0.01)
}

// keepRows is how many rows stay with the next one, so that a page never ends with a head and a row or two.
const keepRows = 3

func row(t *tree, cells []Cell, widths []int, head, keep bool) {
	t.start("w:tr")
	t.start("w:trPr")
	t.leaf("w:cantSplit")
	if head {
		t.leaf("w:tblHeader")
	}
	t.end()
	for i, c := range cells {
		t.start("w:tc")
		t.with("w:tcPr", func() { t.leaf("w:tcW", "w:w", num(widths[i]), "w:type", "dxa") })
		style := TableText
		if c.Number {
			style = TableNumber
		}
		if head {
			style = TableHead
		}
		paragraph(t, style, func() {
			if keep {
				t.leaf("w:keepNext")
			}
			if c.Indent > 0 {
				t.leaf("w:ind", "w:left", num(227*min(c.Indent, 8)))
			}
			if head && c.Number {
				t.leaf("w:jc", "w:val", "right")
			}
		}, Run{Text: c.Text, Bold: c.Strong, Lang: c.Lang})
		t.end()
	}
	t.end()
}
