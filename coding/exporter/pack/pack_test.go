package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/ooxml/officetest"
)

var project = exporter.Note{Label: "Projekti", Text: "Kysely"}

func document(rows ...[]exporter.Cell) *exporter.Document {
	t := exporter.Table{Name: "Luvut", Columns: []exporter.Column{{Title: "Teema", Width: 30}, {Title: "n"}, {Title: "%"}, {Title: "Tunnus"}}, Pairs: true, Codes: []int{3},
		Graph: &exporter.Graph{Form: exporter.GraphBars, Series: []int{2}, From: 1}, Rows: again(rows)}
	return &exporter.Document{Title: "Teemat", Lang: "fi", Tables: []exporter.Table{t}, Notes: []exporter.Note{project, {Label: "Rajaus", Text: "vain suomi"}}}
}

func report() Pack {
	row := func(name string, n int, share float64) []exporter.Cell {
		return []exporter.Cell{exporter.Text(name), exporter.Number(n), exporter.Share(share), exporter.Text("koodi-x")}
	}
	rows := [][]exporter.Cell{row("Kaikki", 40, 1)}
	for i := range 15 {
		rows = append(rows, row("Teema "+string(rune('A'+i)), 30-i, float64(30-i)/40))
	}
	name := strings.Repeat(`Pitkä <&"> `, 18)
	return Pack{Title: name, Subtitle: "Kysely", Lang: "fi", NotesName: "Tiedot", Notes: []exporter.Note{project}, Parts: []Part{
		{Heading: "Johdanto", Text: "Leipäteksti ensimmäisenä."},
		{Heading: "Taulukko-osa", Table: true, Note: "n = 40", Doc: document(rows...)},
		{Heading: "Kuvio-osa", Chart: true, Note: "n = 40", Doc: document(rows...)},
		{Heading: "Kuvana", Chart: true, Doc: document(rows...), Picture: chart.Pareto{Head: chart.Head{Title: "Pareto", Lang: "fi"}, Rows: []chart.Bar{{Value: chart.Value{N: 3}}}}},
	}}
}

func written(t *testing.T, p Pack, ending string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b, ending); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReportInOffice(t *testing.T) {
	for ending, want := range map[string][]string{
		"docx": {"Leipäteksti ensimmäisenä.", "Taulukko-osa", "30 (75 %)", "Kuvio-osa", "Kuvana", "vain suomi", "Projekti: Kysely"},
		"pptx": {"Leipäteksti ensimmäisenä.", "Kuvio-osa", "Teema L", "n = 40 (12/15)"},
		"xlsx": {"Taulukko-osa", "Kuvio-osa", "Teema O", "Leipäteksti", "vain suomi"},
	} {
		text := strings.ReplaceAll(officetest.Text(t, officetest.PDF(t, "a."+ending, written(t, report(), ending))), "\u00a0", " ")
		at := -1
		for _, s := range want {
			if !strings.Contains(text, s) {
				t.Errorf("%s: %q is missing in\n%s", ending, s, text)
			}
		}
		if ending != "xlsx" {
			for _, heading := range []string{"Johdanto", "Taulukko-osa", "Kuvio-osa", "Kuvana"} {
				i := strings.Index(text, heading)
				if i < at {
					t.Errorf("%s: %q is out of order", ending, heading)
				}
				at = i
			}
		}
		if strings.Contains(text, "koodi-x") == (ending != "xlsx") {
			t.Errorf("%s: codes are for workbooks only", ending)
		}
	}
}

// TestOneFileForEachPart counts the pictures and charts that the formats hold.
func TestOneFileForEachPart(t *testing.T) {
	for ending, want := range map[string][2]int{"docx": {1, 1}, "pptx": {3, 0}, "xlsx": {2, 0}} {
		data := written(t, report(), ending)
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		charts, pictures := 0, 0
		for _, f := range z.File {
			if strings.Contains(f.Name, "/charts/chart") && strings.HasSuffix(f.Name, ".xml") {
				charts++
			}
			if strings.HasSuffix(f.Name, ".png") {
				pictures++
			}
		}
		if charts != want[0] || pictures != want[1] {
			t.Errorf("%s: %d charts and %d pictures, want %v", ending, charts, pictures, want)
		}
	}
}

func TestNothingIsWrittenOfABrokenReport(t *testing.T) {
	broken := errors.New("cancelled")
	for _, ending := range []string{"docx", "pptx", "xlsx"} {
		p := report()
		p.Parts[2].Doc.Tables[0].Rows = func(yield func([]exporter.Cell, error) bool) { yield(nil, broken) }
		var b bytes.Buffer
		if err := p.Write(&b, ending); !errors.Is(err, broken) || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", ending, err, b.Len())
		}
	}
	var problem coding.Problem
	if err := report().Write(io.Discard, "odt"); !errors.As(err, &problem) {
		t.Errorf("an unknown format: %v", err)
	}
}
