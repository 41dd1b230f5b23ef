package ui

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// The measures of a chart with panels, in its own units.
const (
	chartWidth  = 1000
	chartLabels = 300 // for the names of themes
	chartPanels = 8   // groups that are drawn at most; of more only the whole is
)

// chart draws a table: the whole as bars, or a panel for each of a handful of groups. It reads well in black and white, for
// every bar has its number, and stands alone as a file; the page's style sheet colours it for light and dark.
func (r *request) chart(t report.Table, laid *view.CountTable) (string, error) {
	if n := len(laid.Columns); n > 0 && n <= chartPanels {
		c := &drawing{r: r, table: t, laid: laid, row: 29}
		c.draw()
		return c.b.String(), nil
	}
	i := -1
	c := chart.FromTable(t, -1, r.exportOptions(), func(report.Row) string { i++; return laid.Rows[i].Total.Href })
	c.ID, c.Title, c.Subtitle = "whole", laid.Caption, r.scopeText(t)
	var b strings.Builder
	err := c.SVG(&b)
	return b.String(), err
}

// drawing is a chart with a panel for each group, all on one scale of shares.
type drawing struct {
	r     *request
	table report.Table
	laid  *view.CountTable
	row   int // height of a row
	b     strings.Builder
}

func (d *drawing) draw() {
	for _, row := range d.laid.Rows {
		if len(labelLines(row)) > 1 {
			d.row = 34
		}
	}
	const top = 112
	rows := len(d.laid.Rows)
	height := top + rows*d.row + 54
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 %d %d" width="%d" height="%d" role="group" aria-label="%s" font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif" font-size="14">`,
		chartWidth, height, chartWidth, height, esc(d.r.t("analysis.chart_of", d.laid.Caption)))
	fmt.Fprintf(&d.b, `<rect class="chart-paper" width="%d" height="%d" fill="#ffffff"/>`, chartWidth, height)
	d.text("chart-title", 0, 22, 19, 600, d.laid.Caption)
	d.text("chart-sub", 0, 46, 14, 400, d.r.scopeText(d.table))
	step := (chartWidth - chartLabels) / len(d.laid.Columns)
	for j, col := range d.laid.Columns {
		x := chartLabels + j*step
		lines := wrapped(col.Label, (step-8)/7, 2)
		for k, line := range lines {
			d.text("chart-label", x, 74+16*k-8*(len(lines)-1), 13, 600, line)
		}
		d.text("chart-sub", x, top-14, 12, 400, "n = "+col.Base.Text)
		fmt.Fprintf(&d.b, `<line class="chart-rule" x1="%d" x2="%d" y1="%d" y2="%d" stroke="#cfc8bb"/>`, x, x, top-8, top+rows*d.row)
	}
	most := 0.0001
	for _, row := range d.table.Rows {
		for _, c := range row.Cells {
			most = max(most, c.Share)
		}
	}
	for i, row := range d.laid.Rows {
		y := top + i*d.row
		d.label(row, y)
		for j, cell := range row.Cells {
			share, text := d.table.Rows[i].Cells[j].Share, cell.Text
			if !cell.Hidden && !cell.Zero {
				text = i18n.Percent(d.r.lang, share)
			}
			d.bar(row.Hue, chartLabels+j*step, y, int(share/most*float64(step-58)), cell, text)
		}
	}
	d.text("chart-note", 0, height-12, 12, 400, d.foot())
	d.b.WriteString("</svg>")
}

// foot says where the numbers come from and what the signs mean.
func (d *drawing) foot() string {
	parts := []string{d.table.Project.Name.In(d.r.labels()), d.r.t("analysis.counted_" + string(d.table.Unit))}
	if d.laid.Few != "" {
		parts = append(parts, d.r.t("analysis.few_short", d.laid.Few, d.table.Threshold))
	}
	if d.laid.Secondary {
		parts = append(parts, d.r.t("analysis.hidden_short"))
	}
	if d.table.Project.Synthetic {
		parts = append(parts, d.r.t("nav.synthetic"))
	}
	return strings.Join(parts, " · ")
}

func labelLines(row view.CountRow) []string { return wrapped(row.Label, 39-2*row.Depth, 2) }

func (d *drawing) label(row view.CountRow, y int) {
	lines := labelLines(row)
	at := y + 16
	if len(lines) == 2 {
		at = y + 8
	}
	for k, line := range lines {
		size := 14
		if len(lines) == 2 {
			size = 13
		}
		d.text("chart-label", 14*row.Depth, at+15*k, size, 400, line)
	}
}

// bar draws one bar with its number; the pair is a link where the number is one.
func (d *drawing) bar(hue, x, y, width int, cell view.CountCell, text string) {
	if cell.Href != "" {
		fmt.Fprintf(&d.b, `<a href="%s">`, esc(cell.Href))
	}
	if width > 0 {
		fmt.Fprintf(&d.b, `<rect class="chart-bar" data-hue="%d" x="%d" y="%d" width="%d" height="18" rx="1.5" fill="%s"/>`, hue, x, y+2, width, chart.Line(hue))
	}
	class := "chart-value"
	if cell.Hidden || cell.Zero {
		class = "chart-sub"
	}
	d.text(class, x+max(width, 0)+7, y+16, 13, 400, text)
	if cell.Href != "" {
		d.b.WriteString("</a>")
	}
}

func (d *drawing) text(class string, x, y, size, weight int, text string) {
	fill := "#1d2126"
	if class == "chart-sub" || class == "chart-note" {
		fill = "#565d66"
	}
	fmt.Fprintf(&d.b, `<text class="%s" x="%d" y="%d" font-size="%d" fill="%s" font-weight="%d">%s</text>`, class, x, y, size, fill, weight, esc(text))
}

func esc(s string) string { return html.EscapeString(s) }

// wrapped breaks a label into lines of about width characters, at most so many; what is left over is cut with '…'. A word
// longer than a line is broken.
func wrapped(text string, width, most int) []string {
	width = max(width, 6)
	var lines []string
	line := []rune{}
	for _, word := range strings.Fields(text) {
		w := []rune(word)
		for len(line) == 0 && len(w) > width {
			lines = append(lines, string(w[:width-1])+"-")
			w = w[width-1:]
		}
		switch {
		case len(line) == 0:
			line = w
		case len(line)+1+len(w) <= width:
			line = append(append(line, ' '), w...)
		default:
			lines = append(lines, string(line))
			line = w
		}
	}
	lines = append(lines, string(line))
	if len(lines) > most {
		last := []rune(lines[most-1])
		lines = append(lines[:most-1], strings.TrimRight(string(last[:min(len(last), width-1)]), " -")+"…")
	}
	return lines
}

// chartFile is the chart as a file.
func (s *Server) chartFile(r *request) error {
	a, err := s.tableAsked(r)
	if err != nil {
		return err
	}
	laid := r.countTable(a)
	for i := range laid.Rows { // a file's bars lead nowhere
		laid.Rows[i].Total.Href = ""
		for j := range laid.Rows[i].Cells {
			laid.Rows[i].Cells[j].Href = ""
		}
	}
	svg, err := r.chart(a.table, laid)
	if err != nil {
		return err
	}
	r.Header("Content-Disposition", attachment(r.fileName("chart")+".svg"))
	r.Data(http.StatusOK, "image/svg+xml; charset=utf-8", []byte(svg))
	return nil
}
