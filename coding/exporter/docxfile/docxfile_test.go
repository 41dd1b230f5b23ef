package docxfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/ooxml/officetest"
	"avokoodi/coding/report"
)

func list(rows [][]exporter.Cell) exporter.Table {
	return exporter.Table{Rows: func(yield func([]exporter.Cell, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}}
}

const long = `Kotoutumiskoulutusjärjestelmän <&"> kehittämistarpeet`

// counts is a table as exporter.Counts lays it out, with n groups.
func counts(n int) *exporter.Document {
	few := exporter.Cell{Kind: exporter.KindHidden, Hidden: report.Primary, Text: "<5"}
	rows := [][]exporter.Cell{{{Kind: exporter.KindText, Text: "Yhteensä", Strong: true}, exporter.Number(1200), {}}, {exporter.Text(long), exporter.Number(300), exporter.Share(0.25)},
		{exporter.Text("Muu"), few, {}}}
	t := list(rows)
	t.Columns = []exporter.Column{{Title: "Teema", Width: 40}, {Title: "n"}, {Title: "%"}}
	for j := range n {
		t.Columns = append(t.Columns, exporter.Column{Title: fmt.Sprint("Ryhmä ", j+1)}, exporter.Column{Title: "osuus"})
		for i := range rows {
			rows[i] = append(rows[i], exporter.Number(10*i+j), exporter.Share(0.5))
		}
	}
	t.Columns = append(t.Columns, exporter.Column{Title: "Tunnus"})
	for i := range rows {
		rows[i] = append(rows[i], exporter.Text("tunnus-1"))
	}
	t.Pairs, t.Codes = true, []int{len(t.Columns) - 1}
	t.Graph = &exporter.Graph{Form: exporter.GraphBars, Series: []int{2}, From: 1, Hues: []int{3, 4}}
	return &exporter.Document{Title: "Teemat", Lang: "fi", NotesName: "Tiedot", Notes: []exporter.Note{{Label: "Projekti", Text: "Kysely 2022"}, {Label: "Kynnys"}}, Tables: []exporter.Table{t}}
}

func written(t *testing.T, d *exporter.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (Format{}).Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestInOffice(t *testing.T) {
	d := counts(2)
	quotes := list([][]exporter.Cell{{exporter.Text("Rahoitus"), exporter.Text("Rahaa ei ole."), exporter.Text("Uusimaa")}, {exporter.Text("Rahoitus"), exporter.Text("Pengar saknas."), {}}})
	quotes.Columns, quotes.Listing = make([]exporter.Column, 3), &exporter.Listing{Body: 1, Tail: []int{2}}
	d.Tables = append(d.Tables, quotes)
	text := strings.ReplaceAll(officetest.Text(t, officetest.PDF(t, "a.docx", written(t, d))), "\u00a0", " ")
	for _, want := range []string{"Teemat", "Kysely 2022", "Taulukko 1. Teemat", "Kuva 1. Teemat", "1 200", "300 (25 %)", "<5", "Ryhmä 2", "Rahaa ei ole.", "Uusimaa", "Pengar saknas."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	if strings.Contains(text, "tunnus-1") || strings.Count(text, "Rahoitus") != 1 {
		t.Error("codes or repeated headings are in the report")
	}
}

// TestWideTablesAreParted: no number is lost, and no part is wider than a sheet.
func TestWideTablesAreParted(t *testing.T) {
	for _, n := range []int{0, 3, 8, 9, 17} {
		d := counts(n)
		var all [][]exporter.Cell
		for row := range d.Tables[0].Rows {
			all = append(all, row)
		}
		heads, rows, _ := readable(d.Tables[0], all, "fi")
		if len(heads) != 2+n || len(rows) != 3 || len(rows[2]) != 2+n {
			t.Fatalf("%d groups: %d columns", n, len(heads))
		}
		if rows[1][1].Text != "300 (25\u00a0%)" || rows[2][1].Text != "<5" || !rows[2][1].Number || rows[1][0].Number {
			t.Errorf("row %+v", rows[1])
		}
		body := string(written(t, d))
		if len(body) == 0 {
			t.Error("nothing")
		}
	}
}

func TestChartLeavesHiddenNumbersOut(t *testing.T) {
	d := counts(0)
	var all [][]exporter.Cell
	for row := range d.Tables[0].Rows {
		all = append(all, row)
	}
	c, ok := Chart(d.Tables[0], all, "fi")
	if !ok || !slices.Equal(c.Categories, []string{long, "Muu"}) || !c.Percent || len(c.Colors) != 2 {
		t.Fatalf("%+v", c)
	}
	s := c.Series[0]
	if s.Values[0] != 0.25 || s.Values[1] == s.Values[1] || s.Marks[1] != "<5" {
		t.Errorf("series %+v", s)
	}
	if _, ok := Chart(d.Tables[0], all[:1], "fi"); ok {
		t.Error("a chart of no theme")
	}
}

func TestErrors(t *testing.T) {
	var p coding.Problem
	d := counts(0)
	rows := make([][]exporter.Cell, maxRows+1)
	for i := range rows {
		rows[i] = make([]exporter.Cell, 1)
	}
	d.Tables[0] = list(rows)
	var b bytes.Buffer
	if err := (Format{}).Write(&b, d); !errors.As(err, &p) || p.Key != "export.docx_long" || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
	broken := errors.New("broken")
	d.Tables[0].Rows = func(yield func([]exporter.Cell, error) bool) { yield(nil, broken) }
	if err := (Format{}).Write(&b, d); !errors.Is(err, broken) || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
}
