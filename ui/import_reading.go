package ui

import (
	"strings"

	"avokoodi/ui/view"
)

// readingOf says how the file was read, and how else it can be.
func (r *request) readingOf(d *draft) view.FileReading {
	out := view.FileReading{Failed: d.readErr != nil}
	text := true
	encoding, delimiter := d.u.Encoding, d.u.Delimiter
	if d.readErr == nil {
		sheet := d.file.sheet
		encoding, delimiter, text = strings.TrimSuffix(sheet.Encoding, " (BOM)"), sheet.Delimiter, sheet.Format == "csv"
		if text {
			out.Facts = append(out.Facts, sheet.Encoding)
			if sheet.Delimiter != "" {
				out.Facts = append(out.Facts, r.t("wizard.split_by", r.delimiterName(sheet.Delimiter)))
			}
		} else {
			out.Facts = append(out.Facts, r.t("wizard.workbook", sheet.Name))
		}
		out.Facts = append(out.Facts, r.t("wizard.header_row", sheet.HeaderRow), r.t("wizard.rows", sheet.Len), r.t("wizard.columns", len(sheet.Columns)))
		for _, name := range append([]string{sheet.Name}, sheet.Others...) {
			if name != "" {
				out.Sheets = append(out.Sheets, view.Option{Value: name, Label: name, Selected: name == sheet.Name})
			}
		}
	}
	if !text {
		return out
	}
	for _, e := range encodings {
		out.Encodings = append(out.Encodings, view.Option{Value: e, Label: e, Selected: e == encoding})
	}
	for _, c := range delimiters {
		out.Delimiters = append(out.Delimiters, view.Option{Value: c, Label: r.delimiterName(c), Selected: c == delimiter})
	}
	return out
}

// How a text file can be read, beside what is detected.
var (
	encodings  = []string{"UTF-8", "Windows-1252", "UTF-16LE", "UTF-16BE", "Macintosh", "CP850"}
	delimiters = []string{";", ",", "\t", "|"}
)

func (r *request) delimiterName(c string) string {
	switch c {
	case ";":
		return r.t("wizard.delimiter.semicolon")
	case ",":
		return r.t("wizard.delimiter.comma")
	case "\t":
		return r.t("wizard.delimiter.tab")
	}
	return c
}

// reading reads the file in another way. The columns may be others then, so the proposal is made anew.
func (s *Server) reading(r *request, d *draft) error {
	pick := func(name string, from []string) string {
		return oneOf(r.PostForm(name), append([]string{""}, from...)...)
	}
	was := d.u.reading()
	d.u.Encoding, d.u.Delimiter = pick("encoding", encodings), pick("delimiter", delimiters)
	d.u.Sheet = clip(r.PostForm("sheet"), 100)
	if d.u.reading() != was {
		d.u.Mapping, d.u.Columns, d.u.Language = "", false, false
	}
	if err := s.uploads.save(d.u); err != nil {
		return err
	}
	return r.goTo(d.path("columns"), "")
}
