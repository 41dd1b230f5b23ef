package xlsxfile_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
	"avokoodi/coding/importer/xlsxfile"
)

func read(t testing.TB, path string, opts importer.Options) (*importer.Sheet, error) {
	t.Helper()
	s, err := importer.NewReader(xlsxfile.Format{}, csvfile.Format{}).Read(t.Context(), path, path, opts)
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

func rows(t testing.TB, s *importer.Sheet) (numbers []int, cells [][]string) {
	t.Helper()
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, row.Number)
		cells = append(cells, append([]string(nil), row.Cells...))
	}
	return numbers, cells
}

// book saves a workbook that fill has filled and returns its path.
func book(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func put(t testing.TB, f *excelize.File, sheet, cell string, values ...any) {
	t.Helper()
	if err := f.SetSheetRow(sheet, cell, &values); err != nil {
		t.Fatal(err)
	}
}

func problemKey(err error) string {
	var p importer.Problem
	if errors.As(err, &p) {
		return p.Key
	}
	return fmt.Sprint(err)
}

func TestCellsAsDisplayed(t *testing.T) {
	path := book(t, func(f *excelize.File) {
		put(t, f, "Sheet1", "A1", "id", "pvm", "luku", "prosentti", "tosi", " Palaute ", nil, "")
		put(t, f, "Sheet1", "A2", 1, time.Date(2024, 3, 9, 0, 0, 0, 0, time.UTC), 1.5, 0.25, true, "  rivi 1\r\nrivi 2 ")
		put(t, f, "Sheet1", "A5", 12345678, nil, 0.1+0.2, nil, nil, "ääkköset 😀")
		short, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		percent, _ := f.NewStyle(&excelize.Style{NumFmt: 9})
		_ = f.SetCellStyle("Sheet1", "B2", "B2", short)
		_ = f.SetCellStyle("Sheet1", "D2", "D2", percent)
		_ = f.SetCellRichText("Sheet1", "F7", []excelize.RichTextRun{{Text: "osa "}, {Text: "lihavoitu", Font: &excelize.Font{Bold: true}}})
	})
	s, err := read(t, path, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range s.Columns {
		names = append(names, c.Name)
	}
	if diff := cmp.Diff([]string{"id", "pvm", "luku", "prosentti", "tosi", "Palaute"}, names); diff != "" {
		t.Error(diff)
	}
	numbers, cells := rows(t, s)
	if diff := cmp.Diff([]int{2, 5, 7}, numbers); diff != "" {
		t.Error("row numbers:", diff)
	}
	want := [][]string{
		{"1", "9.3.2024", "1.5", "25%", "TRUE", "rivi 1\nrivi 2"},
		{"12345678", "", "0.3", "", "", "ääkköset 😀"},
		{"", "", "", "", "", "osa lihavoitu"},
	}
	if diff := cmp.Diff(want, cells); diff != "" {
		t.Error(diff)
	}
	if len(s.SHA256) != 64 || s.Format != "xlsx" || s.Name != "Sheet1" {
		t.Error(s.SHA256, s.Format, s.Name)
	}
}

func TestChoosesFirstVisibleSheetWithData(t *testing.T) {
	path := book(t, func(f *excelize.File) {
		for _, name := range []string{"Piilo", "Tyhjä", "Vastaukset", "Muut"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		put(t, f, "Piilo", "A1", "id", "salainen")
		put(t, f, "Piilo", "A2", "1", "x")
		put(t, f, "Vastaukset", "A3", "id", "palaute")
		put(t, f, "Vastaukset", "A4", "1", "hyvä")
		put(t, f, "Muut", "A1", "id", "toinen")
		put(t, f, "Muut", "A2", "7", "jotain")
		f.SetActiveSheet(2)
		if err := f.SetSheetVisible("Piilo", false); err != nil {
			t.Fatal(err)
		}
	})
	for _, tt := range []struct{ want, sheet, cell string }{{"", "Vastaukset", "hyvä"}, {"muut", "Muut", "jotain"}} {
		s, err := read(t, path, importer.Options{Sheet: tt.want})
		if err != nil {
			t.Fatal(err)
		}
		_, cells := rows(t, s)
		if s.Name != tt.sheet || cells[0][1] != tt.cell {
			t.Errorf("%q: %s %v", tt.want, s.Name, cells)
		}
	}
	for _, want := range []string{"Piilo", "Ei ole"} {
		if _, err := read(t, path, importer.Options{Sheet: want}); problemKey(err) != "import.sheet_missing" {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestRagged(t *testing.T) {
	path := book(t, func(f *excelize.File) {
		put(t, f, "Sheet1", "A1", "id", "q1")
		put(t, f, "Sheet1", "A2", "1", "a", "liikaa")
		put(t, f, "Sheet1", "A3", "2")
	})
	s, err := read(t, path, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ps := s.Problems()
	if len(ps) != 1 || ps[0].Key != "import.ragged" || ps[0].Row != 2 {
		t.Error(ps)
	}
}

// repack copies a workbook with one part replaced; a nil part is left out.
func repack(t testing.TB, path, part string, content []byte) string {
	t.Helper()
	in, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out := filepath.Join(t.TempDir(), "repacked.xlsx")
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, e := range in.File {
		text := content
		if e.Name != part {
			r, _ := e.Open()
			text, _ = io.ReadAll(r)
			r.Close()
		} else if content == nil {
			continue
		}
		w, _ := z.Create(e.Name)
		_, _ = w.Write(text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

func plainBook(t testing.TB) string {
	return book(t, func(f *excelize.File) {
		put(t, f, "Sheet1", "A1", "id", "q1")
		for i := range 50 {
			put(t, f, "Sheet1", fmt.Sprintf("A%d", i+2), i, fmt.Sprintf("vastaus %d", i))
		}
	})
}

func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipOf(t testing.TB, name string, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, _ := z.Create(parts[i])
		_, _ = io.WriteString(w, parts[i+1])
	}
	_ = z.Close()
	return write(t, name, b.Bytes())
}

func TestRefused(t *testing.T) {
	whole, err := os.ReadFile(plainBook(t))
	if err != nil {
		t.Fatal(err)
	}
	const sheet1 = "xl/worksheets/sheet1.xml"
	const head = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	tests := []struct {
		name, path, want string
	}{
		{"truncated zip", write(t, "a.xlsx", whole[:len(whole)/2]), "import.zip_damaged"},
		{"damaged bytes", write(t, "a.xlsx", flip(whole)), "import.zip_damaged"},
		{"OpenDocument", zipOf(t, "a.ods", "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>"), "import.ods"},
		{"document", zipOf(t, "a.xlsx", "word/document.xml", "<a/>"), "import.not_workbook"},
		{"empty zip", zipOf(t, "a.xlsx"), "import.not_workbook"},
		{"zip of a CSV", zipOf(t, "a.zip", "a.csv", "a,b\n1,2\n"), "import.not_workbook"},
		{"cut sheet", repack(t, plainBook(t), sheet1, []byte(head+`<row r="1"><c r="A1" t="str"><v>id</v></c></row>`)), "import.workbook_damaged"},
		{"broken sheet", repack(t, plainBook(t), sheet1, []byte(head+`<row r="1"><c r="A1" t="str"><v>id</v></c></row>`+
			`<row r="2"><c r="A2" t="str"><v>x</v></c></row><row r="3"><c r="A3"<<<></row></sheetData></worksheet>`)), "import.workbook_damaged"},
		{"billion laughs", repack(t, plainBook(t), sheet1, []byte(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`+
			`<worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`)), "import.workbook_damaged"},
		{"millions of cells in a row", repack(t, plainBook(t), sheet1, []byte(head+`<row r="1">`+strings.Repeat(`<c r="A1"/>`, 20_001)+`</row></sheetData></worksheet>`)),
			"import.workbook_damaged"},
		{"large styles", repack(t, plainBook(t), "xl/styles.xml", []byte(`<styleSheet>`+strings.Repeat(`<xf/>`, 4<<20)+`</styleSheet>`)), "import.zip_bomb"},
		{"no data", book(t, func(*excelize.File) {}), "import.empty"},
		{"header only", book(t, func(f *excelize.File) { put(t, f, "Sheet1", "A1", "id", "q1") }), "import.header_only"},
		{"no workbook part", repack(t, plainBook(t), "xl/workbook.xml", nil), "import.workbook_damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := read(t, tt.path, importer.Options{})
			if problemKey(err) != tt.want {
				t.Errorf("got %v %v, want %s", s, err, tt.want)
			}
		})
	}
}

func flip(b []byte) []byte {
	b = bytes.Clone(b)
	for i := len(b) / 4; i < len(b)/2; i += 97 {
		b[i] ^= 0x55
	}
	return b
}

// bomb is a workbook whose sheet is size bytes of nothing; honest says that the zip tells so.
func bomb(t testing.TB, size int64, honest bool) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bomb.xlsx")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	z := zip.NewWriter(out)
	w, _ := z.Create("xl/workbook.xml")
	_, _ = io.WriteString(w, "<workbook/>")
	var packed bytes.Buffer
	f, _ := flate.NewWriter(&packed, flate.BestCompression)
	spaces := bytes.Repeat([]byte(" "), 1<<20)
	for n := int64(0); n < size; n += int64(len(spaces)) {
		_, _ = f.Write(spaces)
	}
	_ = f.Close()
	h := &zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(size)}
	if !honest {
		h.UncompressedSize64 = 1000
	}
	raw, err := z.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = raw.Write(packed.Bytes())
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestZipBomb(t *testing.T) {
	tests := []struct {
		name   string
		size   int64
		honest bool
		opts   importer.Options
		want   string
	}{
		{"ratio", 64 << 20, true, importer.Options{}, "import.zip_bomb"},
		{"total", 8 << 20, true, importer.Options{MaxUnzipped: 4 << 20}, "import.zip_bomb"},
		{"lying about its size", 64 << 20, false, importer.Options{}, "import.zip_damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			started := time.Now()
			_, err := read(t, bomb(t, tt.size, tt.honest), tt.opts)
			if problemKey(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if d := time.Since(started); d > 10*time.Second {
				t.Error("took", d)
			}
		})
	}
}

// A CSV named .xlsx and a workbook named .csv are read by what they are.
func TestContentBeforeName(t *testing.T) {
	s, err := read(t, write(t, "a.xlsx", []byte("id;q1\n1;hyvä\n")), importer.Options{})
	if err != nil || s.Format != "csv" {
		t.Error(s, err)
	}
	whole, _ := os.ReadFile(plainBook(t))
	s, err = read(t, write(t, "a.csv", whole), importer.Options{})
	if err != nil || s.Format != "xlsx" || s.Len != 50 {
		t.Error(s, err)
	}
}

// Rows without numbers and with a namespace prefix are legal; gaps and the last row must still be right.
func TestForeignWriters(t *testing.T) {
	const ns = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	for name, sheet := range map[string]string{
		"prefix": `<?xml version="1.0"?><x:worksheet xmlns:x="` + ns + `"><x:sheetData><x:row><x:c t="str"><x:v>id</x:v></x:c><x:c t="str"><x:v>q1</x:v></x:c></x:row>` +
			`<x:row><x:c t="str"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>hyvä &amp; row </x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
		"attributes": `<?xml version="1.0"?><worksheet xmlns="` + ns + `"><sheetData><row spans="1:2" r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>q1</v></c></row>` +
			`<row ht="15" ` + strings.Repeat(" ", 300) + ` r="2"><c r="A2" t="str"><v>1</v></c><c r="B2" t="str"><v>hyvä &amp; row</v></c></row><row r="9"/></sheetData></worksheet>`,
	} {
		t.Run(name, func(t *testing.T) {
			s, err := read(t, repack(t, plainBook(t), "xl/worksheets/sheet1.xml", []byte(sheet)), importer.Options{})
			if err != nil {
				t.Fatal(err)
			}
			_, cells := rows(t, s)
			if diff := cmp.Diff([][]string{{"1", "hyvä & row"}}, cells); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := book(t, func(f *excelize.File) {
		w, _ := f.NewStreamWriter("Sheet1")
		for i := range 2000 {
			_ = w.SetRow(fmt.Sprintf("A%d", i+1), []any{fmt.Sprint("id", i), "q"})
		}
		_ = w.Flush()
	})
	_, err := importer.NewReader(xlsxfile.Format{}).Read(ctx, path, path, importer.Options{})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestFormulas: a formula comes in as its result. One without a result, as programs write it that do not compute, would be blank, and an
// error would be an answer: both are noted with their places.
func TestFormulas(t *testing.T) {
	const head = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		`<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>q1</v></c><c r="C1" t="str"><v>q2</v></c></row>`
	path := repack(t, plainBook(t), "xl/worksheets/sheet1.xml", []byte(head+
		`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>CONCAT("a","b")</f><v>ab</v></c><c r="C2" t="str"><f>A1&amp;""</f><v></v></c></row>`+
		`<row r="3"><c r="A3"><v>2</v></c><c r="B3"><f>CONCAT("a","b")</f></c><c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="F3"><f>A3</f></c></row>`+
		`<row r="4"><c r="A4"><v>3</v></c><c r="B4" t="str"><f>CONCAT("a","b")</f></c><c r="C4" t="str"><f>A1&amp;""</f><v/></c></row></sheetData></worksheet>`))
	s, err := read(t, path, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, cells := rows(t, s); len(cells) != 3 || cells[0][1] != "ab" || cells[0][2] != "" {
		t.Errorf("cells %q", cells)
	}
	var got []string
	for _, p := range s.Problems() {
		got = append(got, fmt.Sprint(p.Key, " ", p.Row, " ", p.Column))
	}
	if want := []string{"import.formula_blank 3 q1", "import.formula_error 3 q2", "import.formula_blank 3 F", "import.formula_blank 4 q1"}; !slices.Equal(got, want) {
		t.Errorf("noted %q", got)
	}
	m := importer.Mapping{RespondentID: importer.ColumnRef{Name: "id"}, Questions: []importer.QuestionMap{{Key: "q1", Column: importer.ColumnRef{Name: "q1"}}}}
	plan, err := importer.NewPlan(t.Context(), s, m, nil)
	if err != nil || !plan.Problems.Refused() || len(plan.Problems) != 3 { // and a warning of the column that is left out
		t.Errorf("plan: %v %v", plan.Problems, err)
	}
}
