package ooxml

import (
	"fmt"
	"io"
	"strings"
)

// Deck is a presentation of 16:9 slides that is being filled. What goes wrong on the way is told by WriteTo.
type Deck struct {
	meta   Meta
	footer string
	slides []*Slide
	err    error
}

// Slide is one slide: a title with text, quotes, a chart or both side by side. What does not fit is set smaller, down to 11
// points; there is no scrolling on a wall, so a slide holds what its maker puts on it and no more.
type Slide struct {
	deck     *Deck
	opening  bool
	title    string
	subtitle string
	body     []line
	chart    *Chart
	picture  *Picture
	note     string
	speech   string
	mark     mark
	marks    []mark
}

// mark is the shape before the title, by which a topic is known again.
type mark struct{ shape, color string }

// line is a paragraph of a slide.
type line struct {
	text, lang  string
	bullet      bool
	quote, from bool // a quote, or who said it
}

// NewDeck begins a presentation.
func NewDeck(m Meta) *Deck { return &Deck{meta: m} }

// Footer stands on every slide but the title slides, with the number of the slide.
func (d *Deck) Footer(s string) { d.footer = s }

// TitleSlide adds a slide with a large title.
func (d *Deck) TitleSlide(title, subtitle string) *Slide {
	s := d.Slide(title)
	s.opening, s.subtitle = true, subtitle
	return s
}

// Slide adds a slide with a title.
func (d *Deck) Slide(title string) *Slide {
	s := &Slide{deck: d, title: title}
	d.slides = append(d.slides, s)
	return s
}

// Text adds a paragraph.
func (s *Slide) Text(text string) { s.body = append(s.body, line{text: text}) }

// Bullet adds an item of a list.
func (s *Slide) Bullet(text string) { s.body = append(s.body, line{text: text, bullet: true}) }

// TextIn is Text in a language that is not the presentation's; small sets it smaller.
func (s *Slide) TextIn(text, lang string, small bool) {
	s.body = append(s.body, line{text: text, lang: lang, from: small})
}

// Also is the quote before it in another language, set smaller.
func (s *Slide) Also(text, lang string) {
	s.body = append(s.body, line{text: text, lang: lang, quote: true, from: true})
}

// Mark puts a shape before the title, and a line of its colour ('#rrggbb') along the top. shape is a preset of DrawingML, such as
// 'ellipse' or 'star5'.
func (s *Slide) Mark(shape, color string) { s.mark = mark{shape, strings.TrimPrefix(color, "#")} }

// Marks adds a shape to the row of shapes at the foot of a title slide.
func (s *Slide) Marks(shape, color string) {
	s.marks = append(s.marks, mark{shape, strings.TrimPrefix(color, "#")})
}

// Quote adds a quote, with the quotation marks that it has, and who said it, "" for nobody. lang is the quote's language.
func (s *Slide) Quote(text, attribution, lang string) {
	s.body = append(s.body, line{text: text, lang: lang, quote: true})
	if attribution != "" {
		s.body = append(s.body, line{text: attribution, from: true})
	}
}

// Chart puts a native chart on the slide: beside the text, or alone.
func (s *Slide) Chart(c Chart) {
	if c.Lang == "" {
		c.Lang = s.deck.meta.Lang
	}
	if err := c.check(); err != nil && s.deck.err == nil {
		s.deck.err = err
	}
	s.chart = &c
}

// Picture puts a picture where a chart would be. Its width plays no part.
func (s *Slide) Picture(p Picture) {
	if err := p.check(); err != nil && s.deck.err == nil {
		s.deck.err = err
	}
	s.picture = &p
}

// Note is small text at the foot: what is counted, of how many.
func (s *Slide) Note(text string) { s.note = text }

// Speak is what the speaker sees and the audience does not.
func (s *Slide) Speak(text string) { s.speech = text }

const (
	nsP       = "http://schemas.openxmlformats.org/presentationml/2006/main"
	deckPart  = "ppt/presentation.xml"
	deckKind  = "application/vnd.openxmlformats-officedocument.presentationml."
	master    = "ppt/slideMasters/slideMaster1.xml"
	noteSheet = "ppt/notesMasters/notesMaster1.xml"
)

// layouts are the kinds of slides.
var layouts = [...]string{"ppt/slideLayouts/slideLayout1.xml", "ppt/slideLayouts/slideLayout2.xml"}

// WriteTo writes the presentation, which can't be added to afterwards. A presentation without a slide is a mistake.
func (d *Deck) WriteTo(w io.Writer) (int64, error) {
	if d.err != nil {
		return 0, d.err
	}
	if len(d.slides) == 0 {
		return 0, fmt.Errorf("ooxml: a presentation without slides")
	}
	p := newPack()
	p.relate("", "officeDocument", deckPart)
	p.relate(deckPart, "slideMaster", master)
	p.relate(deckPart, "notesMaster", noteSheet)
	var ids []string
	for i := range d.slides {
		ids = append(ids, p.relate(deckPart, "slide", slideName(i)))
	}
	p.relate(deckPart, "theme", "ppt/theme/theme1.xml")
	p.add(deckPart, deckKind+"presentation.main+xml", d.presentation(ids))
	d.frame(p)
	charts, pictures := 0, 0
	for i, s := range d.slides {
		layout := layouts[1]
		if s.opening {
			layout = layouts[0]
		}
		p.relate(slideName(i), "slideLayout", layout)
		chart := ""
		if s.chart != nil {
			charts++
			c := *s.chart
			c.Height, c.size = float64(s.chartBox().h)/36000, 1200
			if len(c.Categories) <= 9 {
				c.size = 1400
			}
			name, err := p.addChart("ppt", charts, c)
			if err != nil {
				return 0, err
			}
			chart = p.relate(slideName(i), "chart", name)
		}
		image := ""
		if s.picture != nil {
			pictures++
			name := fmt.Sprintf("ppt/media/image%d.png", pictures)
			p.kinds["png"] = "image/png"
			p.add(name, "", s.picture.PNG)
			image = p.relate(slideName(i), "image", name)
		}
		if s.speech != "" {
			note := fmt.Sprintf("ppt/notesSlides/notesSlide%d.xml", i+1)
			p.relate(slideName(i), "notesSlide", note)
			p.relate(note, "notesMaster", noteSheet)
			p.relate(note, "slide", slideName(i))
			p.add(note, deckKind+"notesSlide+xml", s.speaker())
		}
		p.add(slideName(i), deckKind+"slide+xml", s.part(i, chart, image))
	}
	d.meta.addTo(p, "Avokoodi")
	c := &counter{w: w}
	err := p.write(c, d.meta.at())
	return c.n, err
}

func slideName(i int) string { return fmt.Sprintf("ppt/slides/slide%d.xml", i+1) }

func (d *Deck) presentation(slides []string) []byte {
	t := &tree{}
	t.start("p:presentation", "xmlns:a", nsA, "xmlns:r", nsRel, "xmlns:p", nsP)
	t.with("p:sldMasterIdLst", func() { t.leaf("p:sldMasterId", "id", "2147483648", "r:id", "rId1") })
	t.with("p:notesMasterIdLst", func() { t.leaf("p:notesMasterId", "r:id", "rId2") })
	t.start("p:sldIdLst")
	for i, id := range slides {
		t.leaf("p:sldId", "id", num(256+i), "r:id", id)
	}
	t.end()
	t.leaf("p:sldSz", "cx", num(deckWidth), "cy", num(deckHeight))
	t.leaf("p:notesSz", "cx", "6858000", "cy", "9144000")
	t.end()
	return t.part()
}
