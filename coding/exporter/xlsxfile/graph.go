package xlsxfile

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
)

// graph puts a native chart beside a table, of the table's own cells, so that it can be edited and follows them. last is the
// last row of the sheet.
func (b *book) graph(t exporter.Table, sheet string, last int) error {
	g := t.Graph
	from := g.From + 2 // under the heading
	if last < from {
		return nil
	}
	ref := func(column, first, last int) string {
		a, _ := excelize.CoordinatesToCellName(column+1, first, true)
		z, _ := excelize.CoordinatesToCellName(column+1, last, true)
		return fmt.Sprintf("'%s'!%s:%s", strings.ReplaceAll(sheet, "'", "''"), a, z)
	}
	c := &excelize.Chart{Type: excelize.Bar, Legend: excelize.ChartLegend{Position: "none"}, PlotArea: excelize.ChartPlotArea{ShowVal: true},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: cmp.Or(t.Title, b.doc.Title)}}}, ShowBlanksAs: "gap",
		XAxis: excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Color: "1D2126", Size: 9}}, YAxis: excelize.ChartAxis{MajorGridLines: true, Font: excelize.Font{Color: "565D66", Size: 9}}}
	switch g.Form {
	case exporter.GraphStacked:
		c.Type = excelize.BarStacked
	case exporter.GraphLine:
		c.Type, c.XAxis.ReverseOrder = excelize.Line, false
	}
	if b.shares {
		c.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: `0\ %`}
		if b.doc.Lang == "en" {
			c.YAxis.NumFmt.CustomNumFmt = "0%"
		}
	}
	for i, column := range g.Series {
		name, _ := excelize.CoordinatesToCellName(column+1, 1, true)
		s := excelize.ChartSeries{Name: fmt.Sprintf("'%s'!%s", strings.ReplaceAll(sheet, "'", "''"), name), Categories: ref(g.Names, from, last), Values: ref(column, from, last)}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{chart.Line([]int{7, 3, 9, 1, 5, 10}[i%6])}}
		c.Series = append(c.Series, s)
	}
	rows := last - from + 1
	if len(g.Series) > 1 {
		c.Legend.Position = "bottom"
	}
	c.Dimension = excelize.ChartDimension{Width: 720, Height: uint(min(max(200, 70+rows*(16+12*len(g.Series))), 1600))}
	at, err := excelize.CoordinatesToCellName(len(t.Columns)+2, 2)
	if err != nil {
		return err
	}
	return b.file.AddChart(sheet, at, c)
}
