// Package docxfile writes a document as a Word report: a title, the notes, then for each table a numbered caption, the
// table or the texts of its listing, and a native chart. Styles have Word's own names, so that an organisation's template takes
// over; wide tables lie on their side.
package docxfile

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/ooxml"
)

// Format is the DOCX format.
type Format struct{}

var _ exporter.Format = Format{}

// Ending is "docx".
func (Format) Ending() string { return "docx" }

// MediaType is that of a Word document.
func (Format) MediaType() string {
	return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}

// Limits of a report that a person reads. What is longer belongs in a spreadsheet.
const (
	maxRows    = 5000
	maxColumns = 40
)

// Write writes all tables of d and its notes. A table with more rows or columns than a person reads is a Problem.
func (Format) Write(w io.Writer, d *exporter.Document) error {
	out := ooxml.NewDocument(ooxml.Meta{Title: d.Title, Lang: string(d.Lang)})
	out.Footer(d.Title)
	out.Text(ooxml.Title, d.Title)
	if len(d.Notes) > 0 {
		out.Text(ooxml.Subtitle, d.Notes[0].Text)
	}
	Notes(out, d)
	for _, t := range d.Tables {
		if err := Add(out, t, d); err != nil {
			return err
		}
	}
	_, err := out.WriteTo(w)
	return err
}

// Notes adds the notes of a document under a heading.
func Notes(out *ooxml.Document, d *exporter.Document) {
	if len(d.Notes) == 0 {
		return
	}
	out.Heading(2, d.NotesName)
	for _, n := range d.Notes {
		runs := []ooxml.Run{{Text: n.Label, Bold: true}}
		if n.Text != "" {
			runs = append(runs, ooxml.Run{Text: ": " + n.Text})
		}
		out.Add(ooxml.Note, runs...)
	}
}

// Add adds a table of a document, with its chart.
func Add(out *ooxml.Document, t exporter.Table, d *exporter.Document) error {
	if t.Listing != nil {
		return listing(out, t, d)
	}
	list, err := read(t)
	if err != nil {
		return err
	}
	table(out, t, list, d)
	AddChart(out, t, list, d)
	return nil
}

// AddTable adds a table or listing without a chart.
func AddTable(out *ooxml.Document, t exporter.Table, d *exporter.Document) error {
	t.Graph = nil
	return Add(out, t, d)
}

// AddChart adds the chart of a table's rows, where it has one.
func AddChart(out *ooxml.Document, t exporter.Table, list [][]exporter.Cell, d *exporter.Document) {
	c, ok := Chart(t, list, d.Lang)
	if !ok {
		return
	}
	out.Turn(false)
	FigureCaption(out, d)
	c.Alt = d.Title
	out.Chart(c)
}

// FigureCaption numbers a figure of a document.
func FigureCaption(out *ooxml.Document, d *exporter.Document) {
	out.Caption(word(d.Lang, "Kuva", "Figur", "Figure"), d.Title)
}

func read(t exporter.Table) ([][]exporter.Cell, error) {
	var list [][]exporter.Cell
	for row, err := range t.Rows {
		if err != nil {
			return nil, err
		}
		if len(list) == maxRows || len(row) > maxColumns {
			return nil, coding.Problem{Field: "format", Key: "export.docx_long", Args: []any{maxRows, maxColumns}}
		}
		list = append(list, slices.Clone(row))
	}
	return list, nil
}

func word(l coding.Lang, fi, sv, en string) string {
	switch l {
	case "fi":
		return fi
	case "sv":
		return sv
	}
	return en
}

// Columns of numbers that a sheet has room for, upright and on its side.
const (
	upright = 5
	lying   = 9
)

// table lays a table out, on a sheet on its side where it is wide, and in several parts where it is wider than that: each part
// begins with the first column. Columns for programs are left out, and a share stands with its number.
func table(out *ooxml.Document, t exporter.Table, list [][]exporter.Cell, d *exporter.Document) {
	heads, rows, wide := readable(t, list, d.Lang)
	n := len(heads) - 1
	parts := max((n+lying-1)/lying, 1)
	each := max((n+parts-1)/parts, 1)
	for k := range parts {
		from, to := 1+k*each, min(1+(k+1)*each, len(heads))
		out.Turn(n > upright)
		title := d.Title
		if parts > 1 {
			title += fmt.Sprintf(" (%d/%d)", k+1, parts)
		}
		out.Caption(word(d.Lang, "Taulukko", "Tabell", "Table"), title)
		tb := ooxml.Table{Alt: title, Widths: wide[:1:1], Head: append([]ooxml.Cell{heads[0]}, heads[from:to]...)}
		for i := from; i < to; i++ {
			w := wide[i]
			if w == 0 { // a number
				w = max(1.25, 6/float64(to-from+1))
			}
			tb.Widths = append(tb.Widths, w)
		}
		for _, row := range rows {
			tb.Rows = append(tb.Rows, append([]ooxml.Cell{row[0]}, row[from:to]...))
		}
		out.Table(tb)
	}
}

// readable is a table as people read it. wide is the widths of its columns in any one unit, 0 for those of numbers.
func readable(t exporter.Table, list [][]exporter.Cell, l coding.Lang) (heads []ooxml.Cell, rows [][]ooxml.Cell, wide []float64) {
	rows = make([][]ooxml.Cell, len(list))
	for i := 0; i < len(t.Columns); i++ {
		if slices.Contains(t.Codes, i) {
			continue
		}
		paired := t.Pairs && i > 0 && i+1 < len(t.Columns) && !slices.Contains(t.Codes, i+1)
		number := paired
		for k, row := range list {
			c := ooxml.Cell{Text: text(row[i], l), Strong: row[i].Strong, Indent: row[i].Indent}
			switch row[i].Kind {
			case exporter.KindNumber, exporter.KindShare, exporter.KindDecimal, exporter.KindHidden:
				number = true
			}
			if paired && row[i+1].Kind == exporter.KindShare {
				c.Text += " (" + text(row[i+1], l) + ")"
			}
			rows[k] = append(rows[k], c)
		}
		heads = append(heads, ooxml.Cell{Text: t.Columns[i].Title, Number: number})
		switch {
		case len(wide) == 0:
			wide = append(wide, 3.2)
		case number:
			wide = append(wide, 0)
		default:
			wide = append(wide, min(max(float64(t.Columns[i].Width)/11, 1.25), 6))
		}
		for k := range rows {
			rows[k][len(rows[k])-1].Number = number
		}
		if paired {
			i++
		}
	}
	return heads, rows, wide
}

// text is a cell in the reader's way of writing.
func text(c exporter.Cell, l coding.Lang) string {
	switch c.Kind {
	case exporter.KindNumber:
		return exporter.Whole(l, int(math.Round(c.Number)))
	case exporter.KindShare:
		return exporter.Percent(l, c.Number)
	case exporter.KindDecimal:
		return c.Decimals(l)
	case exporter.KindTime:
		if c.Time.IsZero() {
			return ""
		}
		return c.Time.Format(time.DateOnly)
	}
	return c.Text
}

// listing writes each row as a text under its heading.
func listing(out *ooxml.Document, t exporter.Table, d *exporter.Document) error {
	level := 2
	for r, err := range t.Readings() {
		if err != nil {
			return err
		}
		if r.Section != "" {
			out.Heading(2, r.Section)
			level = 3
		}
		if r.Heading != "" {
			out.Heading(level, r.Heading)
		}
		tail := r.Tail
		if r.By != "" {
			tail = append([]string{r.By}, tail...)
		}
		said := strings.Join(tail, " · ")
		if r.Also == "" {
			out.Quote(r.Said, said, r.Lang)
			continue
		}
		out.Quote(r.Said, "", r.Lang)
		out.Quote(r.Also, said, string(d.Lang))
	}
	return nil
}

// Chart is the native chart of a table's rows; false where there is nothing to draw.
func Chart(t exporter.Table, list [][]exporter.Cell, l coding.Lang) (ooxml.Chart, bool) {
	g := t.Graph
	if g == nil || g.From >= len(list) {
		return ooxml.Chart{}, false
	}
	c := ooxml.Chart{Kind: ooxml.ChartKind(g.Form), Lang: string(l)}
	rows := list[g.From:]
	for i, row := range rows {
		c.Categories = append(c.Categories, text(row[g.Names], l))
		if i < len(g.Hues) && len(g.Series) == 1 {
			c.Colors = append(c.Colors, chart.Line(g.Hues[i]))
		}
	}
	for k, at := range g.Series {
		s := ooxml.Series{Name: t.Columns[at].Title}
		if k < len(g.Labels) {
			s.Name = g.Labels[k]
		}
		for _, row := range rows {
			v, mark := math.NaN(), ""
			switch cell := row[at]; cell.Kind {
			case exporter.KindNumber, exporter.KindShare:
				v = cell.Number
				c.Percent = c.Percent || cell.Kind == exporter.KindShare
			default:
				mark = cell.Text
				if mark == "" && at > 0 { // a share is empty where its number is hidden
					mark = row[at-1].Text
				}
			}
			s.Values, s.Marks = append(s.Values, v), append(s.Marks, mark)
		}
		c.Series = append(c.Series, s)
	}
	return c, len(rows) > 0
}
