package xlsxfile

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/ooxml/officetest"
)

func charted(rows [][]exporter.Cell) *exporter.Document {
	t := exporter.Table{Name: "Luvut '22", Columns: []exporter.Column{{Title: "Teema"}, {Title: "n"}, {Title: "Osuus"}},
		Graph: &exporter.Graph{Form: exporter.GraphBars, Series: []int{2}, From: 1}, Rows: func(yield func([]exporter.Cell, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}}
	return &exporter.Document{Title: "Teemat", Lang: "fi", Tables: []exporter.Table{t}}
}

// TestChartIsOfTheCells: the chart refers to the cells of its table, so that it can be edited, and LibreOffice opens it.
func TestChartIsOfTheCells(t *testing.T) {
	var b bytes.Buffer
	d := charted([][]exporter.Cell{{exporter.Text("Yhteensä"), exporter.Number(40), {}}, {exporter.Text("Rahoitus"), exporter.Number(10), exporter.Share(0.25)},
		{exporter.Text("Yhteistyö <&\">"), exporter.Number(20), exporter.Share(0.5)}})
	if err := (Format{}).Write(&b, d); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(z.File, func(f *zip.File) bool { return strings.HasPrefix(f.Name, "xl/charts/chart") })
	if at < 0 {
		t.Fatal("no chart")
	}
	r, err := z.File[at].Open()
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"'Luvut ''22'!$A$3:$A$4", "'Luvut ''22'!$C$3:$C$4"} {
		if !strings.Contains(strings.ReplaceAll(string(body), "&#39;", "'"), want) {
			t.Errorf("the chart is not of %s:\n%s", want, body)
		}
	}
	text := officetest.Text(t, officetest.PDF(t, "a.xlsx", b.Bytes()))
	if strings.Count(text, "Rahoitus") != 2 || !strings.Contains(text, "Teemat") {
		t.Errorf("the name stands in the table and in the chart:\n%s", text)
	}
}

func TestNoChartOfNothing(t *testing.T) {
	var b bytes.Buffer
	if err := (Format{}).Write(&b, charted([][]exporter.Cell{{exporter.Text("Yhteensä"), exporter.Number(0), {}}})); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes(), []byte("xl/charts/chart")) {
		t.Error("a chart without a bar")
	}
}
