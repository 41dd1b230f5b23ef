// Package xlsxfile writes a document as an Excel workbook: a sheet for each table and one for the notes. Numbers are
// numbers, shares per cents, times dates; text is text and never a formula. Headings stay in view.
package xlsxfile

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding/exporter"
)

// Format is the XLSX format.
type Format struct{}

var _ exporter.Format = Format{}

// Ending is "xlsx".
func (Format) Ending() string { return "xlsx" }

// MediaType is that of an Excel workbook.
func (Format) MediaType() string {
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// Write writes all tables of d and its notes.
func (Format) Write(w io.Writer, d *exporter.Document) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	b := &book{file: f, doc: d, names: map[string]bool{}, rows: maxRows}
	if err := b.styles(); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	for _, t := range d.Tables {
		if err := b.table(t); err != nil {
			return fmt.Errorf("xlsx: sheet %q: %w", t.Name, err)
		}
	}
	if len(d.Notes) > 0 {
		if err := b.notes(); err != nil {
			return fmt.Errorf("xlsx: notes: %w", err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: d.Title, Creator: "Avokoodi", Language: string(d.Lang)}); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	f.SetActiveSheet(0)
	_, err = f.WriteTo(w)
	return err
}

// book is a workbook that is being written.
type book struct {
	file  *excelize.File
	doc   *exporter.Document
	names map[string]bool // of sheets, lower case
	style map[look]int
	rows  int // of a sheet at most
	cut   int // cells that were too long
	// shares tells that the graph's columns of the table that is being written are shares.
	shares bool
}

// Limits of the format.
const (
	maxRows = 1 << 20
	maxCell = 32767 // UTF-16 units
	maxName = 31
)

// table writes a table, on a second sheet from where the first is full.
func (b *book) table(t exporter.Table) error {
	var s *sheet
	b.shares = false
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if s == nil || s.row == b.rows {
			if s, err = b.next(s, t); err != nil {
				return err
			}
		}
		if err := s.write(row, b.style, b.value); err != nil {
			return err
		}
		b.shares = b.shares || t.Graph != nil && row[t.Graph.Series[0]].Kind == exporter.KindShare
	}
	if s == nil {
		var err error
		if s, err = b.next(nil, t); err != nil {
			return err
		}
	}
	if t.Graph != nil {
		if err := b.graph(t, s.name, s.row); err != nil {
			return err
		}
	}
	return s.stream.Flush()
}

func (b *book) next(full *sheet, t exporter.Table) (*sheet, error) {
	if full != nil {
		if err := full.stream.Flush(); err != nil {
			return nil, err
		}
	}
	stream, name, err := b.sheet(t.Name)
	if err != nil {
		return nil, err
	}
	s := &sheet{stream: stream, name: name}
	return s, s.head(t, b.style)
}

// sheet makes a sheet with a name that Excel takes and no other sheet has.
func (b *book) sheet(name string) (*excelize.StreamWriter, string, error) {
	name = sheetName(name, b.names)
	first := len(b.names) == 0
	b.names[strings.ToLower(name)] = true
	if first {
		if err := b.file.SetSheetName(b.file.GetSheetName(0), name); err != nil {
			return nil, "", err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return nil, "", err
	}
	if err := b.print(name); err != nil {
		return nil, "", err
	}
	stream, err := b.file.NewStreamWriter(name)
	return stream, name, err
}

// print lays a sheet out for paper: on its side, all columns and the chart beside them on one page.
func (b *book) print(name string) error {
	fit, wide, high, way := true, 1, 0, "landscape"
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &way, FitToWidth: &wide, FitToHeight: &high})
}

func sheetName(name string, taken map[string]bool) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), " '")
	if name == "" {
		name = "1"
	}
	for i := 1; ; i++ {
		tail := ""
		if i > 1 {
			tail = fmt.Sprint(" ", i)
		}
		if one := firstUnits(name, maxName-len(tail)) + tail; !taken[strings.ToLower(one)] {
			return one
		}
	}
}

// firstUnits is the beginning of s that has at most n UTF-16 units.
func firstUnits(s string, n int) string {
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > n {
			return s[:i]
		}
	}
	return s
}

// value is what a cell holds in the file.
func (b *book) value(c exporter.Cell) any {
	switch c.Kind {
	case exporter.KindText, exporter.KindHidden:
		s := strings.ToValidUTF8(c.Text, string(utf8.RuneError))
		if short := firstUnits(s, maxCell); len(short) < len(s) {
			b.cut++
			s = firstUnits(s, maxCell-1) + "…"
		}
		return s
	case exporter.KindNumber, exporter.KindShare, exporter.KindDecimal:
		return c.Number
	case exporter.KindTime:
		if c.Time.IsZero() {
			return nil
		}
		return c.Time.UTC()
	}
	return nil
}

func (b *book) notes() error {
	t := exporter.Table{Name: b.doc.NotesName, Columns: []exporter.Column{{Title: b.doc.Title, Width: 30, Wrap: true}, {Width: 90, Wrap: true}}}
	s, err := b.next(nil, t)
	if err != nil {
		return err
	}
	list := b.doc.Notes
	if b.cut > 0 {
		list = append(slices.Clip(list), b.doc.Cut)
	}
	for _, n := range list {
		label := exporter.Text(n.Label)
		label.Strong = n.Text == ""
		if err := s.write([]exporter.Cell{label, exporter.Text(n.Text)}, b.style, b.value); err != nil {
			return err
		}
	}
	return s.stream.Flush()
}
