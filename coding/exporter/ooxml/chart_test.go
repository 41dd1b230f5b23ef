package ooxml

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestChartsNumbersTravelWithIt reads a chart's workbook with another program and compares it with the picture's own copy.
func TestChartsNumbersTravelWithIt(t *testing.T) {
	d := NewDocument(Meta{Lang: "sv"})
	c := charts()[0]
	d.Chart(c)
	parts := unpack(t, written(t, d))
	book, err := excelize.OpenReader(bytes.NewReader([]byte(parts["word/embeddings/chart1.xlsx"])))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(sheetName, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"", "Järjestö", "Kunta"}, {"Koordinaatio", "0.25", "0.75"}, {long, "0.5", "<5"}}
	if !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("workbook %q", rows)
	}
	id, _ := book.GetCellStyle(sheetName, "B2")
	if style, err := book.GetStyle(id); err != nil || style.CustomNumFmt == nil || *style.CustomNumFmt != c.format() {
		t.Errorf("the style of a share is %+v, %v", style, err)
	}
	body := parts["word/charts/chart1.xml"]
	formulas := texts(t, body, "f")
	if !slices.Equal(formulas, []string{"Data!$B$1", "Data!$A$2:$A$3", "Data!$B$2:$B$3", "Data!$C$1", "Data!$A$2:$A$3", "Data!$C$2:$C$3"}) {
		t.Errorf("formulas %q", formulas)
	}
	if got := texts(t, body, "v"); !slices.Equal(got, []string{"Järjestö", "Koordinaatio", long, "0.25", "0.5", "Kunta", "Koordinaatio", long, "0.75"}) {
		t.Errorf("values %q: one is hidden and must not be there", got)
	}
}

// TestSeriesDifferWithoutColour compares how neighbouring series are filled, dashed and marked.
func TestSeriesDifferWithoutColour(t *testing.T) {
	var series []Series
	for range 8 {
		series = append(series, Series{Values: []float64{1}, Color: "#000000"})
	}
	for _, kind := range []ChartKind{Bars, Line} {
		c := Chart{Kind: kind, Categories: []string{"a"}, Series: series}
		looks := map[string]int{}
		for i, s := range series {
			x := &tree{}
			c.shape(x, i, s)
			looks[x.b.String()]++
		}
		if least := map[ChartKind]int{Bars: 7, Line: 8}[kind]; len(looks) < least {
			t.Errorf("%s: %d looks of 8 series", kind, len(looks))
		}
	}
}

func TestHeightHoldsTheNames(t *testing.T) {
	last := 0.0
	for _, n := range []int{1, 5, 20} {
		c := Chart{Categories: make([]string, n), Series: []Series{{Values: make([]float64, n)}}}
		h := c.height()
		if h < last || n > 1 && h/float64(n) < 7 {
			t.Errorf("%d bars are %f mm high", n, h)
		}
		last = h
	}
	if (Chart{Categories: make([]string, 400), Series: make([]Series, 1)}).height() > 230 {
		t.Error("a chart is higher than a page")
	}
}

func TestNumberFormats(t *testing.T) {
	for lang, want := range map[string]string{"fi": "0\"\u00a0\"%", "sv": "0\"\u00a0\"%", "en": "0%"} {
		if got := (Chart{Percent: true, Lang: lang}).format(); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if float(0.1) != "0.1" || float(1e21) == "" || float(math.Pi) != strconv.FormatFloat(math.Pi, 'g', -1, 64) {
		t.Error("numbers")
	}
}
