package ui

import (
	"errors"
	"strings"

	"avokoodi/coding/importer"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// problemsOf is what is wrong with a file or a mapping, empty for any other error.
func problemsOf(err error) []importer.Problem {
	var many importer.Problems
	var one importer.Problem
	switch {
	case errors.As(err, &many):
		return many
	case errors.As(err, &one):
		return []importer.Problem{one}
	}
	return nil
}

// place is where a problem is, to stand before its words: 'a.csv, row 7, column Age: '.
func (r *request) place(p importer.Problem) string {
	var out []string
	if p.File != "" {
		out = append(out, p.File)
	}
	if p.Row > 0 {
		out = append(out, r.t("wizard.place_row", p.Row))
	}
	if p.Column != "" {
		out = append(out, r.t("wizard.place_column", clip(p.Column, 80)))
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, ", ") + ": "
}

// problemRows tells problems with their places.
func (r *request) problemRows(list []importer.Problem) []view.ProblemRow {
	var out []view.ProblemRow
	for _, p := range list {
		row := view.ProblemRow{Column: p.Column, Text: r.t(p.Key, p.Args...), Error: p.Severity == importer.Error}
		if p.Row > 0 {
			row.Row = i18n.Int(r.lang, int64(p.Row))
		}
		out = append(out, row)
	}
	return out
}
