package syntaxfile

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/csvfile"
)

func document() *exporter.Document {
	rows := [][]exporter.Cell{{exporter.Text("r1"), exporter.Text("coded"), exporter.Number(1), exporter.Share(0.125)}, {exporter.Text("-2"), exporter.Text("open"), exporter.Number(0), {}}}
	t := exporter.Table{Columns: []exporter.Column{{Title: "respondent"}, {Title: "state"}, {Title: "palvelut-ruotsiksi"}, {Title: "All"}},
		Variables: []exporter.Variable{{Label: "Vastaaja", Kind: exporter.KindText},
			{Label: "Tila", Kind: exporter.KindText, Values: []exporter.ValueLabel{{Value: "coded", Label: "Koodattu"}, {Value: "open", Label: "Koodaamatta"}}},
			{Label: "Palvelut 'ruotsiksi' \"\\\n", Kind: exporter.KindNumber, Values: []exporter.ValueLabel{{Value: "0", Label: "ei"}, {Value: "1", Label: "kyllä"}}},
			{Label: "Osuus", Kind: exporter.KindShare}},
		Rows: func(yield func([]exporter.Cell, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}}
	return &exporter.Document{Name: "m", Title: "Matriisi.\nexit.", Lang: "fi", Tables: []exporter.Table{t}, Notes: []exporter.Note{{Label: "Projekti", Text: "Kysely."}}}
}

func TestSPSS(t *testing.T) {
	var b bytes.Buffer
	if err := (SPSS{}).Write(&b, document()); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff* Encoding: UTF-8.\n* Matriisi. exit.\n* Projekti: Kysely.\nSET DECIMAL=COMMA.\n" +
		"GET DATA /TYPE=TXT /FILE='m.csv' /ENCODING='UTF8' /DELCASE=LINE /DELIMITERS=\";\" /QUALIFIER='\"'\n /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=\n" +
		" respondent A255\n state A255\n palvelut_ruotsiksi F8.0\n v_all F8.1.\n" +
		"VARIABLE LABELS\n respondent 'Vastaaja'\n /state 'Tila'\n /palvelut_ruotsiksi 'Palvelut ''ruotsiksi'' \"\\'\n /v_all 'Osuus'.\n" +
		"VALUE LABELS state\n 'coded' 'Koodattu'\n 'open' 'Koodaamatta'.\nVALUE LABELS palvelut_ruotsiksi\n 0 'ei'\n 1 'kyllä'.\nEXECUTE.\n"
	if got := strings.ReplaceAll(b.String(), "\r\n", "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// TestSPSSRuns lets PSPP read the CSV by the syntax, where PSPP is.
func TestSPSSRuns(t *testing.T) {
	pspp := needed.Program(t, "pspp")
	dir := t.TempDir()
	var syntax, data bytes.Buffer
	if err := errors.Join((SPSS{}).Write(&syntax, document()), csvfile.Format{}.Write(&data, document())); err != nil {
		t.Fatal(err)
	}
	syntax.WriteString("LIST.\r\nFREQUENCIES VARIABLES=state palvelut_ruotsiksi.\r\n")
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "m.sps"), syntax.Bytes(), 0o600), os.WriteFile(filepath.Join(dir, "m.csv"), data.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(pspp, "m.sps")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	text := string(out)
	if err != nil || strings.Contains(text, "error:") || strings.Contains(text, "warning:") {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, want := range []string{"Koodattu", "Koodaamatta", "kyllä", "Palvelut 'ruotsiksi'", "12,5"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestR(t *testing.T) {
	var b bytes.Buffer
	if err := (R{}).Write(&b, document()); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{"# Matriisi. exit.\n", `read.csv("m.csv", sep = ";", dec = ",", fileEncoding = "UTF-8-BOM"`,
		`names(d) <- c("respondent", "state", "palvelut_ruotsiksi", "v_all")`, `d[["state"]] <- factor(d[["state"]], levels = c("coded", "open"), labels = c("Koodattu", "Koodaamatta"))`,
		`attr(d[["palvelut_ruotsiksi"]], "labels") <- c("ei" = 0, "kyllä" = 1)`, `attr(d[["palvelut_ruotsiksi"]], "label") <- "Palvelut 'ruotsiksi' \"\\\n"`,
		`/ 100`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\nexit.") {
		t.Error("a title became a command")
	}
}

// TestRRuns lets R read the CSV by the program, where R is.
func TestRRuns(t *testing.T) {
	r := needed.Program(t, "Rscript")
	dir := t.TempDir()
	var program, data bytes.Buffer
	if err := errors.Join((R{}).Write(&program, document()), csvfile.Format{}.Write(&data, document())); err != nil {
		t.Fatal(err)
	}
	program.WriteString("\ncat(levels(d$state), sum(d$palvelut_ruotsiksi), d$v_all[1], d$respondent[2], attr(d$state, 'label'), sep = '|')\n")
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "m.r"), program.Bytes(), 0o600), os.WriteFile(filepath.Join(dir, "m.csv"), data.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(r, "m.r")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil || string(out) != "Koodattu|Koodaamatta|1|0.125|-2|Tila" {
		t.Errorf("%v: %s", err, out)
	}
}

func TestNames(t *testing.T) {
	var columns []exporter.Column
	for _, s := range []string{"Älä-tee", "ala tee", "1a", "", "all", strings.Repeat("x", 90), strings.Repeat("x", 91), "日本"} {
		columns = append(columns, exporter.Column{Title: s})
	}
	got := Names(columns)
	want := []string{"ala_tee", "ala_tee_2", "v_1a", "v_", "v_all", strings.Repeat("x", 60), strings.Repeat("x", 58) + "_2", "v__2"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestWithoutDictionary(t *testing.T) {
	d := document()
	d.Tables[0].Variables = nil
	for _, f := range []exporter.Format{R{}, SPSS{}} {
		var b bytes.Buffer
		var p coding.Problem
		if err := f.Write(&b, d); !errors.As(err, &p) || b.Len() > 0 {
			t.Errorf("%s: %v", f.Ending(), err)
		}
	}
}
