package handout_test

import (
	"archive/zip"
	"bytes"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/exporter/handout"
	"avokoodi/coding/exporter/ooxml/officetest"
	"avokoodi/coding/report"
	"avokoodi/coding/workshop"
	"avokoodi/themes"
)

// ways are the workshop in one, two and three languages, and what goes with that.
func (h *house) ways() map[string]coding.Workshop {
	one, two, three := h.w.Copy(), h.w.Copy(), h.w.Copy()
	one.By, one.Question = "nature", "q11a"
	two.Langs, two.TwoSided = []coding.Lang{"fi", "sv"}, true
	three.Langs, three.Plain, three.PerPage = []coding.Lang{"sv", "fi", "en"}, true, 2
	return map[string]coding.Workshop{"one": one, "two": two, "three": three}
}

func written(t *testing.T, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func kept(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestEverySheetHoldsItsText: in every language and form no line leaves its sheet, fonts are inside, letters can be read out again, and
// nothing is printed where printers don't print.
func TestEverySheetHoldsItsText(t *testing.T) {
	h := newHouse(t)
	for name, w := range h.ways() {
		m := h.make(w)
		for _, part := range handout.Parts {
			pages := handout.Pages(m, part)
			if len(pages) == 0 {
				t.Fatalf("%s: no %s", name, part)
			}
			for _, p := range pages {
				if over := p.Over(); over > 0 {
					t.Errorf("%s %s: text sticks out of %q by %.2f mm", name, part, p.Title, over)
				}
			}
			pdf := kept(t, "a.pdf", written(t, func(w io.Writer) error { return handout.PDF(w, m, part) }))
			if all, missing := officetest.Fonts(t, pdf); all == 0 || len(missing) > 0 {
				t.Errorf("%s %s: %d fonts, not inside: %v", name, part, all, missing)
			}
			text := officetest.Text(t, pdf)
			if n := strings.Count(text, "\f"); n != len(pages) {
				t.Errorf("%s %s: %d pages of %d", name, part, n, len(pages))
			}
			for _, th := range m.Themes {
				if label := th.Theme.Label.In(m.Langs[0]); !strings.Contains(flat(text), flat(label)) {
					t.Errorf("%s %s: %q is not on it", name, part, label)
				}
			}
			for _, letter := range "åäö" {
				if name == "two" && !strings.ContainsRune(strings.ToLower(text), letter) && part != handout.PartFacilitator {
					t.Errorf("%s %s: no %c in the text", name, part, letter)
				}
			}
			if name == "three" && part != handout.PartSheetsA3 { // the fullest, and each size of paper once
				for _, page := range officetest.Pages(t, pdf, "40") {
					margins(t, string(part), page)
				}
			}
		}
	}
}

// flat is a text without what lines and hyphens do to it.
func flat(s string) string {
	return regexp.MustCompile(`-\n\s*|[\s\x{a0}]+`).ReplaceAllString(strings.ToLower(s), "")
}

// margins are white: 2.5 mm all around.
func margins(t *testing.T, what, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	edge, b, ink := 4, img.Bounds(), 0 // 40 dpi: 1.57 to a millimetre
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			white := r+g+bl > 3*0xf000
			if !white {
				ink++
			}
			if out := x < b.Min.X+edge || x >= b.Max.X-edge || y < b.Min.Y+edge || y >= b.Max.Y-edge; out && !white {
				t.Errorf("%s: ink at %d,%d of %v", what, x, y, b)
				return
			}
		}
	}
	if ink < 200 {
		t.Errorf("%s: an empty sheet", what)
	}
}

// TestQuotesOnCards: 48 cards have their quotes whole, each once on the fronts.
func TestQuotesOnCards(t *testing.T) {
	h := newHouse(t)
	m := h.make(h.w)
	pages := handout.Cards(m)
	if len(pages) != 13 {
		t.Errorf("%d sheets of four for 48 cards and a blank one", len(pages))
	}
	all := ""
	for _, p := range pages {
		all += strings.Join(p.Texts(), " ") + " "
	}
	n := 0
	for _, th := range m.Themes {
		for _, q := range th.Quotes {
			said, _, _ := q.In("fi")
			if strings.Count(flat(all), flat(said)) != 1 {
				t.Errorf("%q is not on a card once", said)
			}
			n++
		}
	}
	if n != 48 || !strings.Contains(all, "Mitä puuttuu?") {
		t.Errorf("%d quotes", n)
	}
	two := h.w.Copy()
	two.TwoSided = true
	if got := len(handout.Cards(h.make(two))); got != 26 {
		t.Errorf("two-sided: %d sides", got)
	}
}

// TestBadMoments: names of two hundred letters without a place to break, quotes that go on and on, no quotes, no numbers, no themes.
func TestBadMoments(t *testing.T) {
	h := newHouse(t)
	m := h.make(h.ways()["three"])
	th := &m.Themes[0]
	th.Theme.Label = themes.Same(strings.Repeat("Maahanmuuttajaväestö", 10))
	m.Themes[1].Theme.Label = themes.Same(strings.Repeat("hyvä yö ", 25))
	m.Themes[2].Theme.Label = themes.Same("Mwörd 😀 漢字 " + strings.Repeat("w", 180))
	th.Quotes[0].Said, th.Quotes[0].Translated = strings.Repeat("Pitkä vastaus jatkuu ja jatkuu. ", 120), coding.Text{}
	th.Quotes[1].Said = strings.Repeat("ö", 900)
	th.Quotes[2].Attribution = themes.Same(strings.Repeat("Kunnan varhaiskasvatus, ", 9))
	th.Questions = []coding.Text{themes.Same(strings.Repeat("Miksi näin? ", 33)), themes.Same("Mitä?")}
	m.Themes[3].Quotes = nil
	m.Themes[4].Total = report.Cell{Suppressed: report.Primary}
	for i := range m.Agenda {
		m.Agenda[i].Note = strings.Repeat("Muista tämä. ", 150)
	}
	m.Steps = append(m.Steps, workshop.Step{WorkshopStep: coding.WorkshopStep{Kind: "other", Title: themes.Same(strings.Repeat("Kohta", 40)), Note: strings.Repeat("Muista tämä. ", 150)}})
	for _, part := range handout.Parts {
		for _, p := range handout.Pages(m, part) {
			if over := p.Over(); over > 0 {
				t.Errorf("%s: text sticks out of %.30q by %.2f mm", part, p.Title, over)
			}
		}
		if err := handout.PDF(io.Discard, m, part); err != nil {
			t.Error(err)
		}
	}
	text := strings.Join(handout.Sheets(m)[0].Texts(), " ")
	if !strings.Contains(flat(text), flat(th.Theme.Label.SV)) {
		t.Error("the long name is not whole")
	}
	for _, write := range []func(io.Writer, *workshop.Material) error{handout.PPTX, handout.DOCX} {
		if err := write(io.Discard, m); err != nil {
			t.Error(err)
		}
	}
	empty := h.make(coding.Workshop{Name: "Tyhjä", Langs: []coding.Lang{"fi"}, PerPage: 4})
	if err := handout.PDF(io.Discard, empty, handout.PartCards); err == nil {
		t.Error("a PDF of nothing")
	}
	if err := handout.Zip(io.Discard, empty, time.Now()); err != nil {
		t.Errorf("a zip of a workshop without themes: %v", err)
	}
}

// TestSlidesInOffice: LibreOffice opens the slides; charts are charts, with their numbers, and notes are notes.
func TestSlidesInOffice(t *testing.T) {
	h := newHouse(t)
	m := h.make(h.ways()["two"])
	data := written(t, func(w io.Writer) error { return handout.PPTX(w, m) })
	parts := unzipped(t, data)
	charts, notes := 0, 0
	for name := range parts {
		if strings.HasPrefix(name, "ppt/charts/chart") {
			charts++
		}
		if strings.HasPrefix(name, "ppt/notesSlides/") && strings.HasSuffix(name, ".xml") {
			notes++
		}
		if strings.HasPrefix(name, "ppt/media") {
			t.Errorf("%s: a picture where text or a chart should be", name)
		}
	}
	slides := handout.Slides(m)
	if charts != 13 || notes < 24 {
		t.Errorf("%d charts, %d notes", charts, notes)
	}
	xml := ""
	for name, part := range parts {
		if strings.HasPrefix(name, "ppt/slides/slide") {
			xml += string(part)
		}
	}
	text := officetest.Text(t, officetest.PDF(t, "a.pptx", data))
	if n := strings.Count(text, "\f"); n != len(slides) {
		t.Errorf("%d pages of %d slides", n, len(slides))
	}
	for _, th := range m.Themes {
		for _, q := range th.Quotes {
			said, _, _ := q.In("fi")
			if !strings.Contains(flat(text), flat(said)) {
				t.Errorf("%q is not on the slides", said)
			}
		}
		if !strings.Contains(xml, m.CountSentence(th, "sv")) {
			t.Errorf("the number of %s is not on the slides", th.Theme.Key)
		}
	}
}

func TestDocumentInOffice(t *testing.T) {
	h := newHouse(t)
	m := h.make(h.ways()["one"])
	text := flat(officetest.Text(t, officetest.PDF(t, "a.docx", written(t, func(w io.Writer) error { return handout.DOCX(w, m) }))))
	for _, th := range m.Themes {
		for _, want := range []string{th.Theme.Label.FI, m.CountSentence(th, "fi"), th.Questions[0].FI, th.Quotes[0].Said} {
			if !strings.Contains(text, flat(want)) {
				t.Errorf("%q is not in the document", want)
			}
		}
	}
}

func unzipped(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestWholePack holds the promise of three seconds, with room for a slow machine.
func TestWholePack(t *testing.T) {
	h := newHouse(t)
	begun := time.Now()
	m := h.make(h.w)
	files := unzipped(t, written(t, func(w io.Writer) error { return handout.Zip(w, m, begun) }))
	took := time.Since(begun)
	for _, want := range []string{"1-ohjaajan-arkki.pdf", "2-teema-arkit-a4.pdf", "3-teema-arkit-a3.pdf", "4-sitaattikortit.pdf", "5-julisteet-a3.pdf", "6-diat.pptx", "7-muokattava.docx"} {
		if len(files[want]) < 1000 {
			t.Errorf("%s has %d bytes", want, len(files[want]))
		}
	}
	t.Logf("%d themes, 48 cards, %d slides, seven files in %v", len(m.Themes), len(handout.Slides(m)), took.Round(time.Millisecond))
	if took > 3*time.Second {
		t.Errorf("took %v", took)
	}
}

// BenchmarkPack is the whole pack of the demonstration: counted, quoted, laid out, written.
func BenchmarkPack(b *testing.B) {
	h := newHouse(b)
	for b.Loop() {
		m := h.make(h.w)
		if err := handout.Zip(io.Discard, m, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}
