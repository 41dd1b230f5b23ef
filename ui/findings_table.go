package ui

import (
	"math"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
	"avokoodi/ui/view"
)

// findingTable lays the first table of a document out.
func (r *request) findingTable(f finding) (*view.FindingTable, error) {
	t := f.doc.Tables[0]
	out := &view.FindingTable{Caption: f.doc.Title, More: f.more}
	skip := func(i int) bool { return slices.Contains(t.Codes, i) }
	var shares []bool // the column is the share of the one before it
	n := 0
	for row, err := range t.Rows {
		if err != nil {
			return nil, err
		}
		if n == 0 {
			for i := range t.Columns {
				share := i > 0 && row[i].Kind == exporter.KindShare && row[i-1].Kind == exporter.KindNumber
				shares = append(shares, t.Pairs && share || t.Pairs && i%2 == 0 && i > 0 && i <= pairedColumns(f, t))
			}
			for i, c := range t.Columns {
				if !skip(i) && !shares[i] {
					out.Columns = append(out.Columns, view.FindingColumn{Label: c.Title, Number: row[i].Kind != exporter.KindText, Text: c.Wrap})
				}
			}
		}
		if n++; f.kind == exporter.KindPairs && (len(out.Rows) == mostPairs || row[2].Kind == exporter.KindHidden) {
			continue // hidden ones come last
		}
		var line []view.FindingCell
		for i, c := range row {
			if skip(i) || shares[i] {
				continue
			}
			cell := r.findingCell(c, f.table.Threshold)
			if !cell.Hidden && c.Number > 0 {
				cell.Href = f.href(n-1, i)
			}
			if i+1 < len(row) && shares[i+1] {
				cell.Share = r.findingCell(row[i+1], 0).Text
			}
			line = append(line, cell)
		}
		out.Rows = append(out.Rows, line)
	}
	if f.kind == exporter.KindPairs && n > len(out.Rows) {
		out.More = strings.TrimSpace(r.t("numbers.more_pairs", len(out.Rows), n) + " " + out.More)
	}
	return out, nil
}

// pairedColumns is the last column of a document whose numbers stand in pairs.
func pairedColumns(f finding, t exporter.Table) int {
	if f.kind == exporter.KindRounds {
		return 2 + 2*len(f.table.By.Categories)
	}
	return len(t.Columns) - 1
}

func (r *request) findingCell(c exporter.Cell, threshold int) view.FindingCell {
	out := view.FindingCell{Text: c.Text, Strong: c.Strong, Indent: c.Indent}
	switch c.Kind {
	case exporter.KindNumber:
		out.Text = exporter.Whole(coding.Lang(r.lang), int(math.Round(c.Number)))
	case exporter.KindShare:
		out.Text = exporter.Percent(coding.Lang(r.lang), c.Number)
	case exporter.KindDecimal:
		out.Text = c.Decimals(coding.Lang(r.lang))
	case exporter.KindHidden:
		out.Hidden, out.Say = true, r.t("analysis.say_hidden")
		if c.Hidden == report.Primary {
			out.Say = r.t("analysis.say_few", threshold)
		}
	}
	return out
}
