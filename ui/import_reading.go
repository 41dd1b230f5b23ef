package ui

import (
	"strconv"
	"strings"

	"avokoodi/coding/importer"
	"avokoodi/ui/view"
)

// readingOf says how the file was read, and how else it can be.
func (r *request) readingOf(d *draft) view.FileReading {
	out := view.FileReading{Failed: d.readErr != nil, Dictionary: d.u.Dictionary, Header: d.u.Header, MostHeader: mostHeaderRow}
	for _, p := range importer.Profiles[1:] {
		if p != "spss" || d.readErr == nil && d.file.sheet.Profile == p {
			out.Profiles = append(out.Profiles, view.Option{Value: p, Label: r.t("wizard.profile." + p), Selected: p == d.u.Profile})
		}
	}
	text := true
	encoding, delimiter := d.u.Encoding, d.u.Delimiter
	if d.readErr == nil {
		sheet := d.file.sheet
		encoding, delimiter, text = strings.TrimSuffix(sheet.Encoding, " (BOM)"), sheet.Delimiter, sheet.Encoding != "" && sheet.Format != "sav"
		out.Profile = r.t("wizard.profile." + sheet.Profile)
		if text {
			out.Facts = append(out.Facts, sheet.Encoding)
			if sheet.Delimiter != "" {
				out.Facts = append(out.Facts, r.t("wizard.split_by", r.delimiterName(sheet.Delimiter)))
			}
		} else if sheet.Format == "docx" {
			out.Facts = append(out.Facts, r.t("wizard.document"))
		} else if sheet.Name != "" {
			out.Facts = append(out.Facts, r.t("wizard.workbook", sheet.Name))
		}
		if sheet.HeaderRow > 0 {
			out.Header = sheet.HeaderRow
			out.Facts = append(out.Facts, r.t("wizard.header_row", sheet.HeaderRow))
		}
		out.Facts = append(out.Facts, r.t("wizard.rows", sheet.Len), r.t("wizard.columns", len(sheet.Columns)))
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
	if d.readErr == nil && d.file.sheet.Format != "csv" {
		return out
	}
	for _, c := range delimiters {
		out.Delimiters = append(out.Delimiters, view.Option{Value: c, Label: r.delimiterName(c), Selected: c == delimiter})
	}
	return out
}

// mostHeaderRow is the last row that a person may declare to be the headers.
const mostHeaderRow = 10_000

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
	if _, asked := r.GetPostForm("profile"); asked {
		d.u.Profile = pick("profile", importer.Profiles[1:])
	}
	if n, err := strconv.Atoi(strings.TrimSpace(r.PostForm("header"))); err == nil && n > 0 && n <= mostHeaderRow {
		d.u.Header = n
	} else {
		d.u.Header = 0
	}
	if d.u.reading() != was {
		d.u.anew()
	}
	if err := s.uploads.save(d.u); err != nil {
		return err
	}
	return r.goTo(d.path("columns"), "")
}
