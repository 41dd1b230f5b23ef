package paper

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestNothingLeavesItsBox: whatever the words and the box, every line is inside, nothing is lost, and letters are never larger than asked.
func TestNothingLeavesItsBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.Map(rapid.SliceOfN(rapid.StringMatching(`[a-zåäö-]{1,60}`), 1, 40), func(w []string) string { return strings.Join(w, " ") }), rapid.StringMatching(`[A-ZÅÄÖa-z]{1,200}`), rapid.String()).Draw(t, "text")
		b := Block{Text: text, Size: rapid.Float64Range(5, 60).Draw(t, "size"), Face: Face(rapid.IntRange(0, 3).Draw(t, "face")), Lang: rapid.SampledFrom([]string{"fi", "sv", "en", ""}).Draw(t, "lang"),
			Mark: rapid.SampledFrom([]string{"", "1"}).Draw(t, "mark"), Align: Align(rapid.IntRange(0, 2).Draw(t, "align"))}
		x, y, w, h := 20.0, 30.0, rapid.Float64Range(15, 180).Draw(t, "w"), rapid.Float64Range(8, 200).Draw(t, "h")
		p := A4("t", "fi")
		high, scale := p.Fit(x, y, w, h, b, Block{Text: "toinen", Size: 9, Before: 2})
		if high > h+0.02 || scale > 1 {
			t.Fatalf("%.2f of %.2f mm at scale %.2f", high, h, scale)
		}
		for _, it := range p.items {
			right := it.at.X + Width(it.text, it.face, it.size)
			if it.at.X < x-0.02 || right > x+w+0.05 || it.at.Y < y || it.at.Y > y+h+0.05 {
				t.Fatalf("%q at %.2f–%.2f, %.2f is out of %.2f×%.2f", it.text, it.at.X, right, it.at.Y, w, h)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		want := squeeze(strings.ReplaceAll(Shown(strings.NewReplacer("\t", " ", "\n", " ").Replace(text), b.Face), "\u00a0", ""))
		got := strings.TrimPrefix(squeeze(strings.ReplaceAll(strings.Join(p.Texts(), ""), "\u00a0", "")), b.Mark)
		if got != want+"toinen" {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

func TestLongWordsAreHyphenated(t *testing.T) {
	p := A4("t", "fi")
	p.Fit(10, 10, 40, 200, Block{Text: "hyvinvointialuejärjestöyhteistyöneuvottelukunta", Size: 14})
	var lines []string
	for _, it := range p.items {
		lines = append(lines, it.text)
		if it.size < 13.9 {
			t.Errorf("set in %.1f although a hyphen does", it.size)
		}
	}
	if len(lines) < 2 || !strings.HasSuffix(lines[0], "-") {
		t.Errorf("lines %q", lines)
	}
	if got := p.Texts(); len(got) != 1 || got[0] != "hyvinvointialuejärjestöyhteistyöneuvottelukunta" {
		t.Errorf("read together: %q", got)
	}
	one := A4("t", "fi")
	one.Fit(10, 10, 120, 20, Block{Text: "Ensin lyhyitä sanoja ja sitten yhdistyspohja", Size: 14})
	for _, it := range one.items {
		if strings.HasSuffix(it.text, "-") {
			t.Errorf("%q is broken although there is room", it.text)
		}
	}
}

func page() *Page {
	p := A4("Ääkköset <&>", "sv")
	p.Rect(10, 10, 50, 20, "#d1f6f2", "#005f5a", 0.3)
	p.Line(10, 40, 60, 40, "#cfc8bb", 0.2, 1)
	p.Polygon(Ellipse(100, 20, 5, 5), "#005f5a", "", 0)
	p.Fit(10, 50, 80, 40, Block{Text: "Åland <b>&</b> 😀 näin", Size: 12, Face: BoldItalic}, Block{Text: "Två", Size: 12, Face: Italic})
	return p
}

func TestSVG(t *testing.T) {
	var b bytes.Buffer
	if err := SVG(&b, page()); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(&b)
	text, elements := "", map[string]int{}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			elements[x.Name.Local]++
			for _, a := range x.Attr {
				if a.Name.Local == "style" {
					t.Error("a style attribute, which the pages' policy forbids")
				}
			}
		case xml.CharData:
			text += string(x)
		}
	}
	if text != "Åland <b>&</b> □ näinTvå" || elements["path"] != 3 || elements["script"]+elements["style"] > 0 {
		t.Errorf("%q, %v", text, elements)
	}
}

func TestPDFIsTheSameEachTime(t *testing.T) {
	write := func() []byte {
		var b bytes.Buffer
		if err := PDF(&b, Meta{Title: "Ä", Lang: "fi"}, []*Page{page(), page().Enlarge(1.4142)}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(write(), write()) {
		t.Error("the same pages give other bytes")
	}
	if err := PDF(io.Discard, Meta{}, nil); err == nil {
		t.Error("no error without pages")
	}
}
