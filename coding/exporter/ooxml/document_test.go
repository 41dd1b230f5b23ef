package ooxml

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"avokoodi/coding/exporter/ooxml/officetest"
)

func written(t fataler, d io.WriterTo) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := d.WriteTo(&b)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	if n != int64(b.Len()) {
		t.Fatalf("WriteTo says %d bytes of %d", n, b.Len())
	}
	return b.Bytes()
}

func picture(w, h int) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)))
	return b.Bytes()
}

const long = "Kotoutumiskoulutusjärjestelmän kehittämistarpeet ja hyvinvointialueiden järjestöyhteistyö"

// everything is a document with all that there is.
func everything() *Document {
	d := NewDocument(Meta{Title: `Raportti <&">`, Lang: "fi", Created: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)})
	d.Header("Ylätunniste")
	d.Footer("Alatunniste")
	d.Text(Title, `Raportti <&">`)
	d.Text(Subtitle, "Alaotsikko")
	d.Heading(1, "Luku yksi")
	d.Add(Body, Run{Text: "Lihavaa", Bold: true}, Run{Text: " ja på svenska", Lang: "sv", Italic: true})
	d.Text(Bullet, "Luetelma")
	d.Heading(2, "Luvut")
	d.Caption("Taulukko", "Teemat")
	d.Table(Table{Alt: "Teemat", Head: []Cell{{Text: "Teema"}, {Text: "n", Number: true}}, Widths: []float64{5, 1},
		Rows: [][]Cell{{{Text: long, Indent: 1}, {Text: "128", Number: true}}, {{Text: "Muu", Strong: true}, {Text: "<5", Number: true}}}})
	d.Table(Table{Head: []Cell{{Text: "Toinen"}}})
	for _, c := range charts() {
		d.Caption("Kuva", string(c.Kind))
		d.Chart(c)
	}
	d.Heading(3, "Lainaukset")
	d.Quote("”Åsikterna går isär.”", "Förening, Nyland", "sv")
	d.Turn(true)
	d.Text(Body, "Vaakasivu")
	d.Turn(false)
	d.Picture(Picture{PNG: picture(40, 20), Alt: "Kuva", Width: 50})
	d.PageBreak()
	d.Table(Table{Head: []Cell{{Text: "Viimeinen"}}, Rows: [][]Cell{{{Text: "solu"}}}})
	return d
}

func charts() []Chart {
	names := []string{"Koordinaatio", long}
	two := []Series{{Name: "Järjestö", Values: []float64{0.25, 0.5}}, {Name: "Kunta", Values: []float64{0.75, math.NaN()}, Marks: []string{"", "<5"}}}
	var out []Chart
	for _, k := range []ChartKind{Bars, Columns, Stacked, Line} {
		out = append(out, Chart{Kind: k, Title: "Otsikko", Alt: "Kuvaus", Categories: names, Series: two, Percent: true})
	}
	return append(out, Chart{Categories: names, Series: []Series{{Name: "n", Values: []float64{128, 41}}}, Colors: []string{"#ca6477"}})
}

func TestDocument(t *testing.T) {
	first := written(t, everything())
	parts := unpack(t, first)
	if !bytes.Equal(first, written(t, everything())) {
		t.Error("the same calls give other bytes")
	}
	body := parts[documentPart]
	var styles []string
	for _, e := range elements(t, body) {
		if e.Name.Local == "pStyle" {
			styles = append(styles, e.get("val"))
		}
	}
	known := map[string]bool{}
	for _, e := range elements(t, parts["word/styles.xml"]) {
		known[e.get("styleId")] = true
	}
	for _, s := range styles {
		if !known[s] {
			t.Errorf("style %s is not there", s)
		}
	}
	for _, want := range []Style{Title, Subtitle, Heading1, Heading2, Heading3, Quote, Attribution, Caption, Bullet, TableHead, TableText, TableNumber} {
		if !slices.Contains(styles, string(want)) {
			t.Errorf("style %s is not used", want)
		}
	}
	if n := strings.Count(body, "<w:tblHeader/>"); n != 3 {
		t.Errorf("%d heads of tables, want 3", n)
	}
	if strings.Contains(body, "</w:tbl><w:tbl>") || strings.Contains(body, "</w:tbl><w:sectPr") {
		t.Error("a table is not followed by a paragraph")
	}
	if !strings.Contains(body, `<w:lang w:val="sv-FI"/>`) || !strings.Contains(parts["word/styles.xml"], `w:val="fi-FI"`) {
		t.Error("a language is not named")
	}
	if got := texts(t, parts["docProps/core.xml"], "title"); len(got) != 1 || got[0] != `Raportti <&">` {
		t.Errorf("title %q", got)
	}
	if !strings.Contains(body, `w:instr=" SEQ Kuva \* ARABIC "><w:r><w:t xml:space="preserve">5<`) {
		t.Error("figures are not numbered")
	}
	if !strings.Contains(body, `w:orient="landscape"`) || strings.Count(body, "<w:sectPr>") != 3 {
		t.Error("sections")
	}
}

// TestDocumentInOffice opens it in LibreOffice.
func TestDocumentInOffice(t *testing.T) {
	pdf := officetest.PDF(t, "a.docx", written(t, everything()))
	text := officetest.Text(t, pdf)
	for _, want := range []string{`Raportti <&">`, "Luku yksi", "Lihavaa ja på svenska", "Taulukko 1. Teemat", "128", "<5", "Kuva 4. line", "Åsikterna går isär",
		"Förening, Nyland", "Vaakasivu", "Viimeinen", "Ylätunniste", "Alatunniste", "Koordinaatio", "75", "Otsikko"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the pages", want)
		}
	}
	if all, missing := officetest.Fonts(t, pdf); all == 0 || len(missing) > 0 {
		t.Errorf("%d fonts, not embedded: %v", all, missing)
	}
	if pages := officetest.Pages(t, pdf, "20"); len(pages) < 4 || len(pages) > 8 {
		t.Errorf("%d pages", len(pages))
	}
}

// TestAnyText writes what people may write, and finds it again.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[<&"'>\x00-\x1fa-zåäö ]{0,40}`))
		s, lang := text.Draw(t, "text"), rapid.SampledFrom([]string{"", "fi", "sv", "en"}).Draw(t, "lang")
		d := NewDocument(Meta{Title: text.Draw(t, "title"), Lang: lang})
		d.Header(s)
		d.Quote(s, text.Draw(t, "by"), lang)
		d.Caption(s, s)
		d.Table(Table{Alt: s, Head: []Cell{{Text: s}}})
		d.Chart(Chart{Alt: s, Title: s, Categories: []string{s}, Series: []Series{{Name: s, Values: []float64{1}, Marks: []string{s}}}})
		parts := unpack(t, written(t, d))
		want := strings.Map(func(r rune) rune { // what runs keep besides line breaks and tabs
			if r == '\n' || r == '\t' {
				return -1
			}
			if r < ' ' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
				return '\ufffd'
			}
			return r
		}, strings.ReplaceAll(s, "\r\n", "\n"))
		if got := strings.Join(texts(t, parts["word/header1.xml"], "t"), ""); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

func TestMistakesAreTold(t *testing.T) {
	one := []string{"a"}
	for name, fill := range map[string]func(*Document){
		"no columns":     func(d *Document) { d.Table(Table{}) },
		"a short row":    func(d *Document) { d.Table(Table{Head: make([]Cell, 2), Rows: [][]Cell{make([]Cell, 1)}}) },
		"widths":         func(d *Document) { d.Table(Table{Head: make([]Cell, 2), Widths: []float64{1}}) },
		"not a picture":  func(d *Document) { d.Picture(Picture{PNG: []byte("x")}) },
		"no series":      func(d *Document) { d.Chart(Chart{Categories: one}) },
		"a short series": func(d *Document) { d.Chart(Chart{Categories: one, Series: []Series{{}}}) },
		"no kind of chart": func(d *Document) {
			d.Chart(Chart{Kind: "pie", Categories: one, Series: []Series{{Values: []float64{1}}}})
		},
		"infinite": func(d *Document) {
			d.Chart(Chart{Categories: one, Series: []Series{{Values: []float64{math.Inf(1)}}}})
		},
		"a colour": func(d *Document) {
			d.Chart(Chart{Categories: one, Series: []Series{{Values: []float64{1}, Color: `red"/>`}}})
		},
	} {
		d := NewDocument(Meta{})
		fill(d)
		d.Text(Body, "later")
		var b bytes.Buffer
		if _, err := d.WriteTo(&b); err == nil || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", name, err, b.Len())
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("full")

func TestFullDisk(t *testing.T) {
	if _, err := everything().WriteTo(full{}); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}
