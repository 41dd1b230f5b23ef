package xlsxfile

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
)

func rows(list ...[]exporter.Cell) iter.Seq2[[]exporter.Cell, error] {
	return func(yield func([]exporter.Cell, error) bool) {
		for _, row := range list {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func open(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func document(l string, tables ...exporter.Table) *exporter.Document {
	d := &exporter.Document{Title: "Teemat", Tables: tables, NotesName: "Tiedot", Notes: []exporter.Note{{Label: "Projekti", Text: "Kysely"}},
		Cut: exporter.Note{Label: "Lyhennetty", Text: "liian pitkiä"}}
	d.Lang = "fi"
	if l != "" {
		d.Lang = "en"
	}
	return d
}

func write(t *testing.T, d *exporter.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (Format{}).Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestTypes reads every kind of cell back.
func TestTypes(t *testing.T) {
	at := time.Date(2024, 5, 6, 7, 8, 0, 0, time.UTC)
	raw := write(t, document("", exporter.Table{Name: "Luvut", Frozen: 1, Columns: []exporter.Column{{Title: "Teema", Width: 40, Wrap: true}, {Title: "n"}, {Title: "%"}, {Title: "milloin"}, {Title: "piilo"}, {Title: "tyhjä"}},
		Rows: rows(
			[]exporter.Cell{{Kind: exporter.KindText, Text: "=HYPERLINK(\"http://x\")", Indent: 2}, exporter.Number(1234), exporter.Share(0.1633), exporter.Moment(at),
				{Kind: exporter.KindHidden, Text: "<5", Hidden: report.Primary}, {}},
			[]exporter.Cell{exporter.Text("0123"), {Kind: exporter.KindNumber, Number: 7, Strong: true}},
		)}))
	f := open(t, raw)
	if got := f.GetSheetList(); len(got) != 2 || got[0] != "Luvut" || got[1] != "Tiedot" {
		t.Fatalf("sheets %v", got)
	}
	for cell, want := range map[string]struct {
		shown, raw string
		kind       excelize.CellType
	}{
		"A1": {"Teema", "Teema", excelize.CellTypeInlineString},
		"A2": {`=HYPERLINK("http://x")`, `=HYPERLINK("http://x")`, excelize.CellTypeInlineString},
		"B2": {"1,234", "1234", excelize.CellTypeUnset},
		"C2": {"16.3% ", "0.1633", excelize.CellTypeUnset}, // excelize puts the space of the format behind
		"D2": {"2024-05-06 07:08", "", excelize.CellTypeUnset},
		"E2": {"<5", "<5", excelize.CellTypeInlineString},
		"F2": {"", "", excelize.CellTypeUnset},
		"A3": {"0123", "0123", excelize.CellTypeInlineString},
		"B3": {"7", "7", excelize.CellTypeUnset},
	} {
		shown, _ := f.GetCellValue("Luvut", cell)
		plain, _ := f.GetCellValue("Luvut", cell, excelize.Options{RawCellValue: true})
		kind, _ := f.GetCellType("Luvut", cell)
		if shown != want.shown || want.raw != "" && plain != want.raw || kind != want.kind {
			t.Errorf("%s: %q, %q, type %d; want %+v", cell, shown, plain, kind, want)
		}
		if formula, _ := f.GetCellFormula("Luvut", cell); formula != "" {
			t.Errorf("%s is a formula: %s", cell, formula)
		}
	}
	style, _ := f.GetCellStyle("Luvut", "C2")
	if got, err := f.GetStyle(style); err != nil || got.CustomNumFmt == nil || *got.CustomNumFmt != `0.0\ %` {
		t.Errorf("format of shares %+v, %v", got, err)
	}
	panes, err := f.GetPanes("Luvut")
	if err != nil || !panes.Freeze || panes.XSplit != 1 || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if w, _ := f.GetColWidth("Luvut", "A"); w != 40 {
		t.Errorf("width %f", w)
	}
	if v, _ := f.GetCellValue("Tiedot", "B2"); v != "Kysely" {
		t.Errorf("note %q", v)
	}
	if strings.Contains(string(part(t, raw, "xl/worksheets/sheet1.xml")), "<f>") {
		t.Error("the sheet has a formula")
	}
}

func part(t *testing.T, raw []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEnglishPerCent(t *testing.T) {
	f := open(t, write(t, document("en", exporter.Table{Name: "x", Columns: []exporter.Column{{Title: "a"}}, Rows: rows([]exporter.Cell{exporter.Share(0.5)})})))
	if v, _ := f.GetCellValue("x", "A2"); v != "50.0%" {
		t.Errorf("%q", v)
	}
}

// TestAnyText writes what people may write and reads it back.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`(_x00[0-9A-F]{2}_|[<&"' =+\-@]|[åäö]){0,8}`)).Draw(rt, "text")
		f := open(t, write(t, document("", exporter.Table{Name: "x", Columns: []exporter.Column{{Title: "a"}}, Rows: rows([]exporter.Cell{exporter.Text(text), exporter.Number(1)})})))
		got, err := f.GetCellValue("x", "A2")
		if err != nil {
			rt.Fatal(err)
		}
		// XML can't hold some control characters; a spreadsheet has one kind of line break.
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
				return '\ufffd'
			}
			return r
		}, text))
		if strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(got) != want {
			rt.Fatalf("%q became %q", text, got)
		}
	})
}

func TestLongTextIsCutAndNoted(t *testing.T) {
	long := strings.Repeat("å", maxCell) + "x"
	f := open(t, write(t, document("", exporter.Table{Name: "x", Columns: []exporter.Column{{Title: "a"}}, Rows: rows([]exporter.Cell{exporter.Text(long)})})))
	got, _ := f.GetCellValue("x", "A2")
	if got != strings.Repeat("å", maxCell-1)+"…" {
		t.Errorf("%d bytes, ends in %q", len(got), got[max(0, len(got)-10):])
	}
	if v, _ := f.GetCellValue("Tiedot", "A3"); v != "Lyhennetty" {
		t.Errorf("the notes don't say so: %q", v)
	}
}

// TestFullSheet goes on on a second sheet with the same headings.
func TestFullSheet(t *testing.T) {
	f := excelize.NewFile()
	b := &book{file: f, doc: document(""), names: map[string]bool{}, rows: 3}
	if err := b.styles(); err != nil {
		t.Fatal(err)
	}
	one := func(n int) []exporter.Cell { return []exporter.Cell{exporter.Number(n)} }
	if err := b.table(exporter.Table{Name: "Koodaukset", Columns: []exporter.Column{{Title: "n"}}, Rows: rows(one(1), one(2), one(3), one(4), one(5))}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	got := open(t, out.Bytes())
	for i, want := range [][]string{{"n", "1", "2"}, {"n", "3", "4"}, {"n", "5"}} {
		name := []string{"Koodaukset", "Koodaukset 2", "Koodaukset 3"}[i]
		cols, err := got.GetCols(name)
		if err != nil || len(cols) != 1 || strings.Join(cols[0], ",") != strings.Join(want, ",") {
			t.Errorf("%s: %v, %v", name, cols, err)
		}
	}
}

func TestSheetNames(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range []struct{ in, want string }{
		{"Teemat", "Teemat"}, {"teemat", "teemat 2"}, {"a/b:c*?[x]\\", "a b c   x"}, {"'x'", "x"}, {"", "1"},
		{strings.Repeat("å", 40), strings.Repeat("å", 31)}, {strings.Repeat("å", 40), strings.Repeat("å", 29) + " 2"},
		{strings.Repeat("😀", 20), strings.Repeat("😀", 15)},
	} {
		got := sheetName(c.in, taken)
		taken[strings.ToLower(got)] = true
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestErrorOfTheRows(t *testing.T) {
	want := errors.New("gone")
	broken := func(yield func([]exporter.Cell, error) bool) { yield(nil, want) }
	if err := (Format{}).Write(io.Discard, document("", exporter.Table{Name: "x", Rows: broken})); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

func TestEmptyTable(t *testing.T) {
	f := open(t, write(t, document("", exporter.Table{Name: "x", Columns: []exporter.Column{{Title: "a"}}, Rows: rows()})))
	if got, _ := f.GetRows("x"); len(got) != 1 {
		t.Errorf("%v", got)
	}
}
