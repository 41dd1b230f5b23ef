// Package csvfile writes a document's first table as the CSV that the reader's Excel opens as it is: UTF-8 with a byte order
// mark and CRLF; semicolons and decimal commas in Finnish and Swedish, commas and points in English.
//
// A cell of text that Excel would take for a formula gets an apostrophe in front (exporter.Guard). Shares are written in
// per cent with one decimal, times as RFC 3339 in UTC.
package csvfile

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"

	"avokoodi/coding/exporter"
)

// Format is the CSV format.
type Format struct{}

var _ exporter.Format = Format{}

// Ending is "csv".
func (Format) Ending() string { return "csv" }

// MediaType is that of CSV with a heading.
func (Format) MediaType() string { return "text/csv; charset=utf-8; header=present" }

// Write writes the first table of d.
func (Format) Write(w io.Writer, d *exporter.Document) error {
	f := &file{w: bufio.NewWriterSize(w, 1<<16), delimiter: ',', point: "."}
	if d.Lang != "en" {
		f.delimiter, f.point = ';', ","
	}
	if _, err := f.w.WriteString("\ufeff"); err != nil {
		return err
	}
	t := d.Tables[0]
	for i, c := range t.Columns {
		f.field(i, exporter.Guard(c.Title))
	}
	f.end()
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		for i, c := range row {
			f.field(i, f.text(c))
		}
		if err := f.end(); err != nil {
			return err
		}
	}
	return f.w.Flush()
}

type file struct {
	w         *bufio.Writer
	delimiter byte
	point     string
}

func (f *file) text(c exporter.Cell) string {
	switch c.Kind {
	case exporter.KindText:
		return exporter.Guard(c.Text)
	case exporter.KindHidden:
		return c.Text
	case exporter.KindNumber:
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	case exporter.KindShare:
		return strings.Replace(strconv.FormatFloat(100*c.Number, 'f', 1, 64), ".", f.point, 1)
	case exporter.KindDecimal:
		return strings.Replace(strconv.FormatFloat(c.Number, 'f', 4, 64), ".", f.point, 1)
	case exporter.KindTime:
		if c.Time.IsZero() {
			return ""
		}
		return c.Time.UTC().Format(time.RFC3339)
	}
	return ""
}

// field writes one field. encoding/csv is not used since it changes line breaks inside a field.
func (f *file) field(i int, s string) {
	if i > 0 {
		f.w.WriteByte(f.delimiter)
	}
	if !f.quoted(s) {
		f.w.WriteString(s)
		return
	}
	f.w.WriteByte('"')
	f.w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	f.w.WriteByte('"')
}

func (f *file) quoted(s string) bool {
	if s == "" {
		return false
	}
	return strings.ContainsAny(s, "\"\r\n\t") || strings.IndexByte(s, f.delimiter) >= 0 || s[0] == ' ' || s[len(s)-1] == ' '
}

func (f *file) end() error {
	_, err := f.w.WriteString("\r\n")
	return err
}
