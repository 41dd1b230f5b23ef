package ooxml

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Measures of a slide in EMU.
const (
	deckWidth  = 12192000
	deckHeight = 6858000
	deckMargin = 640080
	titleTop   = 420000
	titleHigh  = 1080000
	bodyTop    = 1640000
	bodyHigh   = 4360000
	footTop    = 6320000
	footHigh   = 300000
)

// box is a place on a slide.
type box struct{ x, y, w, h int }

var (
	titleBox = box{deckMargin, titleTop, deckWidth - 2*deckMargin, titleHigh}
	bodyBox  = box{deckMargin, bodyTop, deckWidth - 2*deckMargin, bodyHigh}
	footBox  = box{deckMargin, footTop, 9000000, footHigh}
	pageBox  = box{deckWidth - deckMargin - 900000, footTop, 900000, footHigh}
	noteBox  = box{deckMargin, 6010000, deckWidth - 2*deckMargin, 300000}
	openBox  = box{deckMargin, 1700000, deckWidth - 2*deckMargin, 2000000}
	underBox = box{deckMargin, 3830000, deckWidth - 2*deckMargin, 1400000}
)

// shapes writes the shapes of one slide, layout or master.
type shapes struct {
	tree
	lang string
	last int // id
}

func newShapes(root, lang, name string, attrs ...string) *shapes {
	s := &shapes{lang: lang, last: 1}
	s.start(root, append([]string{"xmlns:a", nsA, "xmlns:r", nsRel, "xmlns:p", nsP}, attrs...)...)
	s.start("p:cSld", "name", name)
	return s
}

// beginTree opens the tree of shapes, with the properties that it must have.
func (s *shapes) beginTree() {
	s.start("p:spTree")
	s.start("p:nvGrpSpPr")
	s.leaf("p:cNvPr", "id", "1", "name", " ")
	s.leaf("p:cNvGrpSpPr")
	s.leaf("p:nvPr")
	s.end()
	s.leaf("p:grpSpPr")
}

func (s *shapes) id() string {
	s.last++
	return num(s.last)
}

// shape is a text shape. kind and idx make it a placeholder; body and list are the properties of the text, nil for none of
// its own; fill writes the paragraphs.
func (s *shapes) shape(name, kind, idx string, at *box, body, list, fill func()) {
	s.start("p:sp")
	s.start("p:nvSpPr")
	s.leaf("p:cNvPr", "id", s.id(), "name", name)
	if kind == "" {
		s.leaf("p:cNvSpPr", "txBox", "1")
	} else {
		s.with("p:cNvSpPr", func() { s.leaf("a:spLocks", "noGrp", "1") })
	}
	s.with("p:nvPr", func() {
		if kind != "" {
			s.leaf("p:ph", "type", kind, "idx", idx)
		}
	})
	s.end()
	s.start("p:spPr")
	if at != nil {
		s.xfrm("a:xfrm", *at)
		s.with("a:prstGeom", func() { s.leaf("a:avLst") }, "prst", "rect")
	}
	s.end()
	s.start("p:txBody")
	if body == nil {
		s.leaf("a:bodyPr")
	} else {
		body()
	}
	s.start("a:lstStyle")
	if list != nil {
		list()
	}
	s.end()
	fill()
	s.ends(2)
}

func (s *shapes) xfrm(name string, at box) {
	s.start(name)
	s.leaf("a:off", "x", num(at.x), "y", num(at.y))
	s.leaf("a:ext", "cx", num(at.w), "cy", num(at.h))
	s.end()
}

// say is one paragraph. size is in hundredths of a point, 0 for that of the placeholder.
func (s *shapes) say(text, lang string, size int, italic bool, props func()) {
	s.start("a:p")
	if props != nil {
		props()
	}
	if lang == "" {
		lang = s.lang
	}
	sz, i := "", ""
	if size > 0 {
		sz = num(size)
	}
	if italic {
		i = "1"
	}
	for k, part := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if k > 0 {
			s.leaf("a:br")
		}
		if part == "" {
			continue
		}
		s.start("a:r")
		s.leaf("a:rPr", "lang", Tag(lang), "sz", sz, "i", i)
		s.elem("a:t", part)
		s.end()
	}
	s.end()
}

// part is the slide as XML.
func (sl *Slide) part(i int, chart, image string) []byte {
	s := newShapes("p:sld", sl.deck.meta.Lang, "")
	s.beginTree()
	titleAt, kind := titleBox, "title"
	if sl.opening {
		titleAt, kind = openBox, "ctrTitle"
	}
	largest := 3000
	if sl.opening {
		largest = 4400
	}
	var place *box
	if sl.mark.shape != "" {
		titleAt.x, titleAt.w = titleAt.x+markSize+160000, titleAt.w-markSize-160000
		place = &titleAt
		s.drawn("Band", "rect", sl.mark.color, box{0, 0, deckWidth, 91440})
		s.drawn("Mark", sl.mark.shape, sl.mark.color, box{deckMargin, titleAt.y + (titleAt.h-markSize)/2, markSize, markSize})
	}
	var middle func()
	if place != nil {
		middle = func() { s.with("a:bodyPr", func() { s.leaf("a:normAutofit") }, "anchor", "ctr") }
	}
	s.shape("Title", kind, "", place, middle, nil, func() { s.heading(sl.title, titleAt, largest) })
	for i, m := range sl.marks {
		each := min(620000, (deckWidth-2*deckMargin)/len(sl.marks))
		s.drawn("Mark", m.shape, m.color, box{deckMargin + i*each, 5500000, each * 7 / 10, each * 7 / 10})
	}
	if sl.opening && sl.subtitle != "" {
		s.shape("Subtitle", "subTitle", "1", nil, nil, nil, func() {
			s.say(sl.subtitle, "", fit([]line{{text: sl.subtitle}}, underBox, 2200, 1200), false, nil)
		})
	}
	sl.content(s, chart, image)
	if !sl.opening && sl.deck.footer != "" {
		s.shape("Footer", "ftr", "11", nil, nil, nil, func() { s.say(sl.deck.footer, "", 0, false, nil) })
	}
	if !sl.opening {
		s.shape("Number", "sldNum", "12", nil, nil, nil, func() { s.number(i) })
	}
	s.ends(2)
	s.with("p:clrMapOvr", func() { s.leaf("a:masterClrMapping") })
	s.end()
	return s.tree.part()
}

// heading is a title; its lines but the first are the same in other languages, and are set smaller.
func (s *shapes) heading(title string, at box, largest int) {
	lines := strings.Split(strings.ReplaceAll(title, "\r\n", "\n"), "\n")
	all := []line{{text: lines[0]}}
	for _, l := range lines[1:] {
		all = append(all, line{text: l, from: true})
	}
	if len(lines) == 1 {
		s.say(title, "", fit(all, at, largest, 1600), false, nil)
		return
	}
	size := fit(all, at, largest, 1200)
	s.say(lines[0], "", size, false, nil)
	for _, l := range lines[1:] {
		s.start("a:p")
		s.start("a:r")
		s.leaf("a:rPr", "sz", num(size*6/10), "b", "0")
		s.elem("a:t", l)
		s.ends(2)
	}
}

// markSize is the side of the shape before a title.
const markSize = 700000

// drawn is a shape of one colour without text. It says nothing that the title does not say, so it is left out of what is read aloud.
func (s *shapes) drawn(name, preset, color string, at box) {
	s.start("p:sp")
	s.start("p:nvSpPr")
	s.with("p:cNvPr", func() {
		s.with("a:extLst", func() {
			s.with("a:ext", func() {
				s.leaf("adec:decorative", "xmlns:adec", "http://schemas.microsoft.com/office/drawing/2017/decorative", "val", "1")
			}, "uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
		})
	}, "id", s.id(), "name", name)
	s.leaf("p:cNvSpPr")
	s.leaf("p:nvPr")
	s.end()
	s.start("p:spPr")
	turn := ""
	if preset == "teardrop" {
		turn = "18900000" // its tip points up
	}
	s.start("a:xfrm", "rot", turn)
	s.leaf("a:off", "x", num(at.x), "y", num(at.y))
	s.leaf("a:ext", "cx", num(at.w), "cy", num(at.h))
	s.end()
	s.with("a:prstGeom", func() { s.leaf("a:avLst") }, "prst", preset)
	solid(&s.tree, color)
	s.with("a:ln", func() { s.leaf("a:noFill") })
	s.ends(2)
}

// number is the number of the slide, as a field.
func (s *shapes) number(i int) {
	s.start("a:p")
	s.start("a:fld", "id", "{5C1D7F0A-2F64-4F0B-9D5B-6F2A51C0E0A1}", "type", "slidenum")
	s.leaf("a:rPr", "lang", Tag(s.lang))
	s.elem("a:t", num(i+1))
	s.ends(2)
}

// textBox and chartBox are the places of the text and of the chart: side by side where there are both.
func (sl *Slide) textBox() box {
	at := bodyBox
	if sl.opening {
		at.y, at.h = 5000000, 1100000
	}
	if sl.chart != nil || sl.picture != nil {
		at.w = at.w*42/100 - 120000
	}
	return at
}

func (sl *Slide) chartBox() box {
	at := bodyBox
	if sl.opening {
		at.y, at.h = 5000000, 1100000
	}
	if len(sl.body) > 0 {
		at.x += at.w * 42 / 100
		at.w = at.w * 58 / 100
	}
	return at
}

// content is the text and the chart or picture.
func (sl *Slide) content(s *shapes, chart, image string) {
	text := sl.textBox()
	if len(sl.body) > 0 {
		size := fit(sl.body, text, 2400, 1100)
		s.shape("Text", "body", "1", &text, func() {
			s.with("a:bodyPr", func() { s.leaf("a:normAutofit") })
		}, nil, func() {
			for _, l := range sl.body {
				s.paragraph(l, size)
			}
		})
	}
	if chart != "" {
		s.frame(sl.chartBox(), sl.chart.Alt, chart)
	}
	if image != "" {
		s.image(sl.picture.within(sl.chartBox()), sl.picture.Alt, image)
	}
	if sl.note != "" {
		s.shape("Note", "", "", &noteBox, func() {
			s.with("a:bodyPr", func() { s.leaf("a:noAutofit") }, "lIns", "0", "rIns", "0", "anchor", "b")
		}, nil, func() { s.say(sl.note, "", fit([]line{{text: sl.note}}, noteBox, 1200, 800), false, nil) })
	}
}

// paragraph is a line of the body.
func (s *shapes) paragraph(l line, size int) {
	italic := l.quote
	if l.from {
		size = size * 3 / 4
	}
	s.say(l.text, l.lang, size, italic, func() {
		switch {
		case l.bullet:
			s.start("a:pPr", "marL", "285750", "indent", "-285750")
			space(s, 600)
			s.leaf("a:buFont", "typeface", "Arial")
			s.leaf("a:buChar", "char", "•")
			s.end()
		case l.from:
			s.start("a:pPr", "marL", "0", "indent", "0")
			space(s, 100)
			s.leaf("a:buNone")
			s.end()
		default:
			s.start("a:pPr", "marL", "0", "indent", "0")
			space(s, 900)
			s.leaf("a:buNone")
			s.end()
		}
	})
}

// space is the room before a paragraph, in hundredths of a point.
func space(s *shapes, before int) {
	s.with("a:spcBef", func() { s.leaf("a:spcPts", "val", num(before)) })
}

// frame is the place of a chart.
func (s *shapes) frame(at box, alt, id string) {
	s.start("p:graphicFrame")
	s.start("p:nvGraphicFramePr")
	s.leaf("p:cNvPr", "id", s.id(), "name", "Chart", "descr", alt)
	s.leaf("p:cNvGraphicFramePr")
	s.leaf("p:nvPr")
	s.end()
	s.xfrm("p:xfrm", at)
	s.start("a:graphic")
	s.with("a:graphicData", func() { s.leaf("c:chart", "xmlns:c", nsChart, "r:id", id) }, "uri", nsChart)
	s.ends(2)
}

// image is the place of a picture.
func (s *shapes) image(at box, alt, id string) {
	s.start("p:pic")
	s.start("p:nvPicPr")
	s.leaf("p:cNvPr", "id", s.id(), "name", "Picture", "descr", alt)
	s.with("p:cNvPicPr", func() { s.leaf("a:picLocks", "noChangeAspect", "1") })
	s.leaf("p:nvPr")
	s.end()
	s.start("p:blipFill")
	s.leaf("a:blip", "r:embed", id)
	s.with("a:stretch", func() { s.leaf("a:fillRect") })
	s.end()
	s.start("p:spPr")
	s.xfrm("a:xfrm", at)
	s.with("a:prstGeom", func() { s.leaf("a:avLst") }, "prst", "rect")
	s.ends(2)
}

// fit is the largest size, in hundredths of a point, at which the lines go into a box; the smallest when none does. It takes
// the letters for a little wider than they are.
func fit(lines []line, at box, largest, smallest int) int {
	for size := largest; size > smallest; size -= 100 {
		points := float64(size) / 100
		width := float64(at.w-2*91440) / 12700 / (0.55 * points) // letters in a line
		high, ok := 0.0, true
		for _, l := range lines {
			scale := 1.0
			if l.from {
				scale = 0.75
			}
			for _, text := range strings.Split(l.text, "\n") {
				for _, word := range strings.Fields(text) {
					ok = ok && float64(utf8.RuneCountInString(word)) <= width/scale
				}
				n := math.Ceil(float64(utf8.RuneCountInString(text)) * 1.08 * scale / width)
				high += max(n, 1) * points * scale * 1.22
			}
			if len(lines) > 1 {
				high += 9
			}
		}
		if ok && high <= float64(at.h-2*45720)/12700 {
			return size
		}
	}
	return smallest
}

// speaker is the sheet with the speaker's notes.
func (sl *Slide) speaker() []byte {
	s := newShapes("p:notes", sl.deck.meta.Lang, "")
	s.beginTree()
	s.picture(nil)
	s.shape("Notes", "body", "1", nil, nil, nil, func() {
		for _, text := range strings.Split(sl.speech, "\n") {
			s.say(text, "", 0, false, nil)
		}
	})
	s.ends(2)
	s.with("p:clrMapOvr", func() { s.leaf("a:masterClrMapping") })
	s.end()
	return s.tree.part()
}

// picture is the place of the slide's picture on a sheet of notes.
func (s *shapes) picture(at *box) {
	s.start("p:sp")
	s.start("p:nvSpPr")
	s.leaf("p:cNvPr", "id", s.id(), "name", "Slide")
	s.with("p:cNvSpPr", func() { s.leaf("a:spLocks", "noGrp", "1", "noRot", "1", "noChangeAspect", "1") })
	s.with("p:nvPr", func() { s.leaf("p:ph", "type", "sldImg") })
	s.end()
	s.start("p:spPr")
	if at != nil {
		s.xfrm("a:xfrm", *at)
		s.with("a:prstGeom", func() { s.leaf("a:avLst") }, "prst", "rect")
		s.with("a:ln", func() { solid(&s.tree, "8A8F96") }, "w", "9525")
	}
	s.ends(2)
}
