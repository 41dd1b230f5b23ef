package ooxml

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"avokoodi/coding/exporter/ooxml/officetest"
)

func slides() *Deck {
	d := NewDeck(Meta{Title: `Työpaja <&">`, Lang: "fi", Created: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)})
	d.Footer("Alatunniste")
	d.TitleSlide(`Työpaja <&">`, "Alaotsikko")
	for _, c := range charts() {
		s := d.Slide("Kaavio " + string(c.Kind))
		s.Chart(c)
		s.Note("n = 375 vastaajaa")
	}
	s := d.Slide(long)
	s.Text("Leipäteksti")
	s.Bullet("Luetelma")
	s.Quote("”Åsikterna går isär.”", "Förening, Nyland", "sv")
	s.Chart(charts()[0])
	s.Speak("Puhujan muistiinpano\ntoinen rivi")
	return d
}

func TestDeck(t *testing.T) {
	first := written(t, slides())
	parts := unpack(t, first)
	if !bytes.Equal(first, written(t, slides())) {
		t.Error("the same calls give other bytes")
	}
	last := parts["ppt/slides/slide7.xml"]
	if got := texts(t, last, "t"); !slices.Equal(got, []string{long, "Leipäteksti", "Luetelma", "”Åsikterna går isär.”", "Förening, Nyland", "Alatunniste", "7"}) {
		t.Errorf("texts of the last slide: %q", got)
	}
	if !strings.Contains(last, `lang="sv-FI"`) {
		t.Error("a quote in Swedish is not marked as Swedish")
	}
	if got := texts(t, parts["ppt/notesSlides/notesSlide7.xml"], "t"); !slices.Equal(got, []string{"Puhujan muistiinpano", "toinen rivi"}) {
		t.Errorf("speaker's notes: %q", got)
	}
	if _, ok := parts["ppt/notesSlides/notesSlide1.xml"]; ok {
		t.Error("a slide without notes has a sheet of notes")
	}
	ids := map[string]bool{}
	for _, e := range elements(t, last) {
		if e.Name.Local == "cNvPr" {
			if ids[e.get("id")] {
				t.Errorf("two shapes have id %s", e.get("id"))
			}
			ids[e.get("id")] = true
		}
	}
	if _, ok := parts["ppt/embeddings/chart6.xlsx"]; !ok {
		t.Error("a chart has no workbook")
	}
}

// TestDeckInOffice opens it in LibreOffice.
func TestDeckInOffice(t *testing.T) {
	pdf := officetest.PDF(t, "a.pptx", written(t, slides()))
	text := officetest.Text(t, pdf)
	for _, want := range []string{`Työpaja <&">`, "Alaotsikko", "n = 375 vastaajaa", "Leipäteksti", "Åsikterna går isär", "Förening, Nyland", "Koordinaatio", "128", "Alatunniste"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slides", want)
		}
	}
	if pages := strings.Count(text, "\f"); pages != 7 {
		t.Errorf("%d pages of 7 slides", pages)
	}
}

// TestAnySlide writes what people may write.
func TestAnySlide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[<&"'>\x00-\x1fa-zåäö ]{0,60}`))
		d := NewDeck(Meta{Title: text.Draw(t, "title"), Lang: "en"})
		d.Footer(text.Draw(t, "footer"))
		s := d.Slide(text.Draw(t, "slide"))
		s.Quote(text.Draw(t, "quote"), text.Draw(t, "by"), "sv")
		s.Speak(text.Draw(t, "speech"))
		s.Note(text.Draw(t, "note"))
		unpack(t, written(t, d))
	})
}

// TestTextShrinksToItsPlace: more text is smaller, never too small, and never larger than asked for.
func TestTextShrinksToItsPlace(t *testing.T) {
	last := 2400
	for n := 1; n < 60; n += 6 {
		size := fit(slices.Repeat([]line{{text: long}}, n), bodyBox, 2400, 1100)
		if size > last || size < 1100 {
			t.Errorf("%d lines are set in %d after %d", n, size, last)
		}
		last = size
	}
	if last != 1100 || fit([]line{{text: "Teema"}}, bodyBox, 2400, 1100) != 2400 {
		t.Error("bounds")
	}
	narrow := box{w: 1500000, h: 5000000}
	if size := fit([]line{{text: "hyvinvointialuejärjestöyhteistyö"}}, narrow, 2400, 400); float64(size)/100*0.55*32 > float64(narrow.w)/12700 {
		t.Errorf("a long word is set in %d and does not fit", size)
	}
}

func TestDeckMistakes(t *testing.T) {
	empty := NewDeck(Meta{})
	bad := NewDeck(Meta{})
	bad.Slide("a").Chart(Chart{})
	for _, d := range []*Deck{empty, bad} {
		if _, err := d.WriteTo(io.Discard); err == nil {
			t.Error("no error")
		}
	}
}
