package exporter_test

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/xlsxfile"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
)

func openXLSX(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestCountsXLSX compares every cell of the sheet with the table it was made from.
func TestCountsXLSX(t *testing.T) {
	sv := survey(12)
	q := request("fi")
	q.Project = sv.Project.ID
	table, err := report.New(sets.New(sv.Store)).Count(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	f := openXLSX(t, write(t, xlsxfile.Format{}, makeDoc(t, sv, exporter.KindCounts, q, "fi")))
	sheet := f.GetSheetName(0)
	cell := func(col, row int) string {
		name, _ := excelize.CoordinatesToCellName(col, row)
		v, err := f.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	same := func(c report.Cell, col, row int, withShare bool) {
		t.Helper()
		want, share := strconv.Itoa(c.N), strconv.FormatFloat(c.Share, 'f', -1, 64)
		switch c.Suppressed {
		case report.Primary:
			want, share = "<5", ""
		case report.Secondary:
			want, share = "·", ""
		}
		if !withShare {
			share = ""
		}
		if got := cell(col, row); got != want {
			t.Errorf("row %d, column %d: %q, want %q", row, col, got, want)
		}
		if got := cell(col+1, row); got != share {
			t.Errorf("row %d, column %d: share %q, want %q", row, col+1, got, share)
		}
	}
	same(table.Base, 2, 2, false)
	for j, c := range table.By.Categories {
		same(c.Base, 4+2*j, 2, false)
	}
	for i, r := range table.Rows {
		if got := cell(1, 3+i); got != r.Theme.Label.FI {
			t.Errorf("row %d is %q", i, got)
		}
		same(r.Total, 2, 3+i, true)
		for j, c := range r.Cells {
			same(c, 4+2*j, 3+i, true)
		}
	}
	notes, _ := f.GetRows("Tiedot")
	said := map[string]string{}
	for _, n := range notes[1:] {
		if len(n) > 1 {
			said[n[0]] = n[1]
		}
	}
	for _, key := range []string{"note_project", "note_time", "note_unit", "note_base", "note_threshold", "note_by", "scope_languages"} {
		if said[options("fi").T("export."+key)] == "" {
			t.Errorf("the notes lack %q: %v", options("fi").T("export."+key), said)
		}
	}
}

// TestRowsXLSX reads matrix and answers back: the same rows as the CSV, with numbers for numbers.
func TestRowsXLSX(t *testing.T) {
	sv := survey(9)
	facts := readFacts(t, sv)
	f := openXLSX(t, write(t, xlsxfile.Format{}, makeDoc(t, sv, exporter.KindMatrix, report.Request{}, "sv")))
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) != len(facts.answers)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	sum, codings := 0, 0
	for i, a := range facts.answers {
		for _, v := range rows[i+1][5:] {
			n, err := strconv.Atoi(v)
			if err != nil {
				t.Fatal(err)
			}
			sum += n
		}
		seen := map[coding.ThemeID]bool{}
		for _, c := range facts.codings[a.ID] {
			seen[c.Theme] = true
		}
		codings += len(seen)
	}
	if sum != codings || sum == 0 {
		t.Errorf("%d ones, want %d", sum, codings)
	}
	if kind, _ := f.GetCellType(f.GetSheetName(0), "F2"); kind != excelize.CellTypeUnset {
		t.Errorf("a 0 is of type %d", kind)
	}
	if key, _ := f.GetRows(f.GetSheetName(1)); len(key) != facts.tree.Len()+1 {
		t.Errorf("the key has %d rows", len(key))
	}
	f = openXLSX(t, write(t, xlsxfile.Format{}, makeDoc(t, sv, exporter.KindAnswers, report.Request{}, "en")))
	rows, _ = f.GetRows(f.GetSheetName(0))
	for i, a := range facts.answers {
		if rows[i+1][6] != a.Text {
			t.Errorf("answer %d: %q, want %q", a.ID, rows[i+1][6], a.Text)
		}
	}
}
