package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// run runs a command and gives its status, output and messages.
func run(t *testing.T, args ...string) (status int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	status = Run(context.Background(), append(args, "--lang", "en"), strings.NewReader(""), &o, &e)
	return status, o.String(), e.String()
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// workbook makes a workbook by hand.
func workbook(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rows(f *excelize.File, sheet string, table ...[]any) {
	for i, row := range table {
		_ = f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row)
	}
}

// zipped makes a workbook of the parts.
func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(text))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var table = [][]any{{"id", "Maakunta", "Kommentti"}, {1, "Uusimaa", "Hyvin sujui tänä vuonna"}, {2, "Kainuu", "Huonommin kuin ennen kaikki"}}

// TestBadInput: whatever is wrong with a file, the answer names the file and, where there are any, row and column; the status is
// 3 and nothing was written.
func TestBadInput(t *testing.T) {
	good := workbook(t, func(f *excelize.File) { rows(f, "Sheet1", table...) })
	long := strings.Repeat("sana ", 1<<18)
	bomb := strings.Repeat("<row/>", 8<<20)
	tests := []struct {
		name    string
		content []byte
		row     int
		column  string
		says    string
	}{
		{"legend.csv", []byte("Vastausaika\tID\tSukupuoli\tKommentti\n-\t\t-\t-\n1.2.2024 12:01:00\t1\t1\tHyvin sujui\n\t\t1 = Nainen\t\n1.2.2024 12:01:00\t2\t2\tHuonosti\n"), 5, "", "below the legend of codes"},
		{"password.xlsx", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600)), "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...), 0, "", "protected with a password"},
		{"old.xlsx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), 0, "", "old Excel file"},
		{"cut.xlsx", good[:len(good)/2], 0, "", "damaged or incomplete"},
		{"bomb.xlsx", zipped(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "<worksheet>" + bomb + "</worksheet>"}), 0, "", "unreasonably large"},
		{"laughs.xlsx", zipped(t, map[string]string{"xl/workbook.xml": `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>`}), 0, "", "damaged"},
		{"lengths.sav", []byte("$FL2" + strings.Repeat(" ", 60) + "\x02\x00\x00\x00" + strings.Repeat("\xff", 300)), 0, "", "The SPSS file"},
		{"long.csv", []byte("id;Kommentti\n1;hyvin sujui\n2;" + long + "\n3;huonosti meni\n"), 3, "Kommentti", "1,279 kB"},
		{"mixed.csv", []byte("id;Kommentti\n1;hyv\xc3\xa4\xc3\xa4 ty\xc3\xb6t\xc3\xa4 t\xc3\xa4\xc3\xa4ll\xc3\xa4\n2;t\xc3\xa4ss\xc3\xa4 hyv\xe4\xe4 ja p\xc3\xa4\xc3\xa4st\xc3\xb6\n"), 3, "Kommentti", "can’t be read"},
		{"nul.csv", []byte("id;Kommentti\n1;hyvin sujui t\x00ota\n2;toinen vastaus on\n"), 2, "Kommentti", "NUL"},
		{"ragged.csv", []byte("id;Kommentti\n1;hyvin sujui\n2;huonosti;tai ei\n"), 3, "C", "more cells than there are headers"},
		{"merged.xlsx", workbook(t, func(f *excelize.File) {
			rows(f, "Sheet1", []any{"id"}, []any{1, "hyvin sujui"}, []any{2, "huonosti", "ja muuta"}, []any{3, "kelpo"})
			_ = f.MergeCell("Sheet1", "B2", "C2")
		}), 2, "B", "more cells than there are headers"},
		{"hidden.xlsx", workbook(t, func(f *excelize.File) {
			rows(f, "Sheet1", table...)
			_, _ = f.NewSheet("Tyhjä")
			f.SetActiveSheet(1)
			_ = f.SetSheetVisible("Sheet1", false)
		}), 0, "", "no visible sheet with answers"},
		{"nothing.csv", nil, 0, "", "empty"},
		{"missing", nil, 0, "", "not found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "no such file")
			if tt.name != "missing" {
				path = write(t, tt.name, tt.content)
			}
			data := t.TempDir()
			status, out, errOut := run(t, "import", path, "--project", "p", "--data", data, "--json")
			if status != exitRefused {
				t.Errorf("status %d: %s%s", status, out, errOut)
			}
			var got imported
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatalf("%q: %v", out, err)
			}
			found := false
			for _, p := range got.Problems {
				found = found || p.File == filepath.Base(path) && p.Row == tt.row && p.Column == tt.column && strings.Contains(p.Message, tt.says)
			}
			if !found {
				t.Errorf("no %d [%s] %q in %s", tt.row, tt.column, tt.says, out[:min(len(out), 800)])
			}
			if tt.row > 0 && !strings.Contains(errOut, fmt.Sprintf("%s:%d", filepath.Base(path), tt.row)) {
				t.Errorf("a person is told %q", errOut[:min(len(errOut), 400)])
			}
			if files, _ := filepath.Glob(filepath.Join(data, "*")); len(files) > 0 {
				t.Errorf("%v was written", files)
			}
		})
	}
}

// TestOddInput is taken: columns in another order, the header again among the rows, dates as numbers, formulas, a hidden sheet
// beside the answers, two thousand columns.
func TestOddInput(t *testing.T) {
	wide := strings.Repeat("sarake;", 2000) + "Kommentti\n" + strings.Repeat("1;", 2000) + "hyvin sujui tänä vuonna\n" + strings.Repeat("2;", 2000) + "huonommin kuin ennen\n"
	tests := []struct {
		name    string
		content []byte
		want    string // respondents, answers
	}{
		{"shuffled.csv", []byte("Kommentti;Maakunta;id\nHyvin sujui tänä vuonna;Uusimaa;1\nHuonommin kuin ennen;Kainuu;2\n"), "2 2"},
		{"again.csv", []byte("id;Kommentti\n1;Hyvin sujui tänä vuonna\nid;Kommentti\n2;Huonommin kuin ennen\n"), "2 2"},
		{"dates.xlsx", workbook(t, func(f *excelize.File) {
			rows(f, "Sheet1", []any{"id", "Päivä", "Kommentti"}, []any{1, 45293, "Hyvin sujui tänä vuonna"}, []any{2, 45294, "Huonommin kuin ennen"})
		}), "2 2"},
		{"formulas.xlsx", workbook(t, func(f *excelize.File) {
			rows(f, "Sheet1", table...)
			_ = f.SetCellFormula("Sheet1", "B2", `CONCAT("Uusi","maa")`)
		}), "2 2"},
		{"hidden.xlsx", workbook(t, func(f *excelize.File) {
			rows(f, "Sheet1", []any{"salainen"}, []any{"1"})
			_, _ = f.NewSheet("Vastaukset")
			rows(f, "Vastaukset", table...)
			f.SetActiveSheet(1)
			_ = f.SetSheetVisible("Sheet1", false)
		}), "2 2"},
		{"wide.csv", []byte(wide), "2 2"},
		{"merged.xlsx", workbook(t, func(f *excelize.File) {
			rows(f, "Sheet1", []any{"Kyselyn tulokset"}, table[0], table[1], table[2])
			_ = f.MergeCell("Sheet1", "A1", "C1")
		}), "2 2"},
		{"title.csv", []byte("Kyselyn tulokset 2024\nid;Kommentti\n1;Hyvin sujui tänä vuonna\n2;Huonommin kuin ennen\n3;\n4;\n5;\n"), "5 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errOut := run(t, "import", write(t, tt.name, tt.content), "--dry-run", "--json")
			var got imported
			if err := json.Unmarshal([]byte(out), &got); err != nil || status != exitDone || fmt.Sprint(got.Respondents, " ", got.Answers) != tt.want {
				t.Errorf("%d %v %s %s", status, err, out[:min(len(out), 600)], errOut[:min(len(errOut), 600)])
			}
		})
	}
}

// TestProfilesOnTheCommandLine: chosen, wrong, with a dictionary, and the mapping written and used again.
func TestProfilesOnTheCommandLine(t *testing.T) {
	data := write(t, "data.csv", []byte("record_id,sex,services___1,services___2,comments,survey_complete\n1,1,1,0,Palvelut toimivat hyvin,2\n2,2,1,1,Huonommin kuin ennen,2\n"))
	dictionary := write(t, "dictionary.csv", []byte("Variable / Field Name,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\"\nsex,radio,Sukupuoli,\"1, Nainen | 2, Mies\"\nservices,checkbox,Mitä käytät?,\"1, Kirjasto | 2, Uimahalli\"\ncomments,notes,Miten sujui?,\n"))
	mapping := filepath.Join(t.TempDir(), "m.yaml")
	if status, out, errOut := run(t, "import", data, dictionary, "--dry-run", "--json", "--write-mapping", mapping); status != exitDone || !strings.Contains(out, `"respondents":2,"answers":2`) {
		t.Fatal(status, out, errOut)
	}
	yaml, err := os.ReadFile(mapping)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"profile: redcap", `column: "services___2"`, "Uimahalli", "Nainen", "Miten sujui?"} {
		if !strings.Contains(string(yaml), want) {
			t.Errorf("no %s in %s", want, yaml)
		}
	}
	if status, out, errOut := run(t, "import", data, "--project", "p", "--data", t.TempDir(), "--json", "--mapping", mapping); status != exitDone || !strings.Contains(out, `"respondents":2,"answers":2`) {
		t.Error(status, out, errOut)
	}
	if status, _, errOut := run(t, "import", data, "--dry-run", "--profile", "spss"); status != exitRefused || !strings.Contains(errOut, "looks like “table”") {
		t.Error(status, errOut)
	}
	if status, _, errOut := run(t, "import", data, "--dry-run", "--profile", "excel"); status != exitUsage || !strings.Contains(errOut, "Give one of") {
		t.Error(status, errOut)
	}
	if status, out, errOut := run(t, "import", data, "--dry-run", "--profile", "table", "--json"); status != exitDone || !strings.Contains(out, `"respondents":2`) {
		t.Error(status, out, errOut)
	}
}
