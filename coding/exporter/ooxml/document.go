package ooxml

import (
	"io"
	"strings"
)

// Document is a Word document on A4 that is being filled. What goes wrong on the way is told by WriteTo.
type Document struct {
	meta           Meta
	pack           *pack
	body           tree
	page           page
	header, footer string
	captions       map[string]int
	drawings       int // pictures and charts, for their ids
	charts, images int
	afterTable     bool // the last thing was a table: another may not follow at once
	err            error
}

// Run is a stretch of text within a paragraph.
type Run struct {
	Text         string
	Bold, Italic bool
	Lang         string // where it is not the document's
	Gray         bool
}

// page is a sheet's size in twentieths of a point, with equal margins.
type page struct{ width, height int }

const pageMargin = 1304 // 23 mm

var (
	portrait  = page{11906, 16838}
	landscape = page{16838, 11906}
)

// text is the width between the margins.
func (p page) text() int { return p.width - 2*pageMargin }

const documentPart = "word/document.xml"

// NewDocument begins a document.
func NewDocument(m Meta) *Document {
	d := &Document{meta: m, pack: newPack(), page: portrait, captions: map[string]int{}}
	d.body.start("w:document", "xmlns:w", nsW, "xmlns:r", nsRel, "xmlns:a", nsA,
		"xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing")
	d.body.start("w:body")
	return d
}

// Header and Footer stand on every page; the footer has the page number at its right.
func (d *Document) Header(s string) { d.header = s }
func (d *Document) Footer(s string) { d.footer = s }

// Text adds a paragraph.
func (d *Document) Text(style Style, s string) { d.Add(style, Run{Text: s}) }

// Lead adds a paragraph that stays with what follows it: a few words before a chart or table.
func (d *Document) Lead(s string) {
	d.afterTable = false
	paragraph(&d.body, Body, func() { d.body.leaf("w:keepNext") }, Run{Text: s})
}

// Heading adds a heading of level 1 to 3.
func (d *Document) Heading(level int, s string) {
	d.Text([...]Style{Heading1, Heading2, Heading3}[min(max(level, 1), 3)-1], s)
}

// Add adds a paragraph of several runs.
func (d *Document) Add(style Style, runs ...Run) {
	d.afterTable = false
	paragraph(&d.body, style, nil, runs...)
}

// Quote adds a quote, with the quotation marks that it has, and who said it, "" for nobody. lang is the quote's language.
func (d *Document) Quote(s, attribution, lang string) {
	d.Add(Quote, Run{Text: s, Lang: lang})
	if attribution != "" {
		d.Text(Attribution, attribution)
	}
}

// Caption adds a numbered caption, 'Table 3. Themes by region', in Word's own way: the numbers follow when a caption is moved
// or taken away, and lists of tables and figures find it. label is 'Table' or 'Figure' in the document's language.
func (d *Document) Caption(label, s string) {
	d.afterTable = false
	d.captions[label]++
	t := &d.body
	t.start("w:p")
	t.with("w:pPr", func() { t.leaf("w:pStyle", "w:val", string(Caption)) })
	run(t, Run{Text: label + " "})
	field(t, " SEQ "+strings.ReplaceAll(label, " ", "_")+` \* ARABIC `, num(d.captions[label]))
	run(t, Run{Text: ". " + s})
	t.end()
}

// PageBreak goes on on a new page.
func (d *Document) PageBreak() {
	d.afterTable = false
	t := &d.body
	t.start("w:p")
	t.with("w:r", func() { t.leaf("w:br", "w:type", "page") })
	t.end()
}

// Turn goes on on a new page, sheets lying on their side or not. Nothing happens when they do so already.
func (d *Document) Turn(lying bool) {
	next := portrait
	if lying {
		next = landscape
	}
	if next == d.page {
		return
	}
	d.afterTable = false
	t := &d.body
	t.start("w:p")
	t.with("w:pPr", func() {
		t.leaf("w:spacing", "w:before", "0", "w:after", "0", "w:line", "20", "w:lineRule", "exact")
		d.section()
	})
	t.end()
	d.page = next
}

// section writes the properties of the section that ends here.
func (d *Document) section() {
	t := &d.body
	t.start("w:sectPr")
	orient, footer := "", "rId2"
	if d.page == landscape {
		orient, footer = "landscape", "rId3"
	}
	t.leaf("w:headerReference", "w:type", "default", "r:id", "rId1")
	t.leaf("w:footerReference", "w:type", "default", "r:id", footer)
	t.leaf("w:pgSz", "w:w", num(d.page.width), "w:h", num(d.page.height), "w:orient", orient)
	m := num(pageMargin)
	t.leaf("w:pgMar", "w:top", "1247", "w:right", m, "w:bottom", "1247", "w:left", m, "w:header", "624", "w:footer", "624", "w:gutter", "0")
	t.end()
}

// paragraph writes a paragraph; more adds to its properties.
func paragraph(t *tree, style Style, more func(), runs ...Run) {
	t.start("w:p")
	t.start("w:pPr")
	if style != Body {
		t.leaf("w:pStyle", "w:val", string(style))
	}
	if more != nil {
		more()
	}
	t.end()
	for _, r := range runs {
		run(t, r)
	}
	t.end()
}

func run(t *tree, r Run) {
	if r.Text == "" {
		return
	}
	t.start("w:r")
	if r.Bold || r.Italic || r.Gray || r.Lang != "" {
		t.start("w:rPr")
		if r.Bold {
			t.leaf("w:b")
		}
		if r.Italic {
			t.leaf("w:i")
		}
		if r.Gray {
			t.leaf("w:color", "w:val", gray)
		}
		if r.Lang != "" {
			t.leaf("w:lang", "w:val", Tag(r.Lang))
		}
		t.end()
	}
	for i, line := range strings.Split(strings.ReplaceAll(r.Text, "\r\n", "\n"), "\n") {
		if i > 0 {
			t.leaf("w:br")
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				t.leaf("w:tab")
			}
			if piece != "" {
				t.elem("w:t", piece, "xml:space", "preserve")
			}
		}
	}
	t.end()
}

// field is what Word works out itself, with what it says until then.
func field(t *tree, code, now string) {
	t.start("w:fldSimple", "w:instr", code)
	run(t, Run{Text: now})
	t.end()
}

// WriteTo writes the document, which can't be added to afterwards.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	if d.err != nil {
		return 0, d.err
	}
	if d.afterTable {
		d.Add(Body)
	}
	d.section()
	d.body.ends(2)
	p := d.pack
	parts := p.parts // charts and pictures
	p.parts = nil
	const kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	p.relate("", "officeDocument", documentPart)
	p.add(documentPart, kind+"document.main+xml", d.body.part())
	rels := p.rels[documentPart]
	p.rels[documentPart] = nil
	p.relate(documentPart, "header", "word/header1.xml")
	p.relate(documentPart, "footer", "word/footer1.xml")
	p.relate(documentPart, "footer", "word/footer2.xml")
	p.relate(documentPart, "styles", "word/styles.xml")
	p.relate(documentPart, "settings", "word/settings.xml")
	p.relate(documentPart, "numbering", "word/numbering.xml")
	p.rels[documentPart] = append(p.rels[documentPart], rels...)
	p.add("word/header1.xml", kind+"header+xml", d.edge("w:hdr", "Header", d.header, portrait))
	p.add("word/footer1.xml", kind+"footer+xml", d.edge("w:ftr", "Footer", d.footer, portrait))
	p.add("word/footer2.xml", kind+"footer+xml", d.edge("w:ftr", "Footer", d.footer, landscape))
	p.add("word/styles.xml", kind+"styles+xml", d.meta.styles())
	p.add("word/settings.xml", kind+"settings+xml", d.settings())
	p.add("word/numbering.xml", kind+"numbering+xml", numbering())
	d.meta.addTo(p, "Avokoodi")
	p.parts = append(p.parts, parts...)
	c := &counter{w: w}
	err := p.write(c, d.meta.at())
	return c.n, err
}

// edge is the header or the footer of the pages.
func (d *Document) edge(element, style, s string, on page) []byte {
	t := &tree{}
	t.start(element, "xmlns:w", nsW, "xmlns:r", nsRel)
	t.start("w:p")
	t.with("w:pPr", func() {
		t.leaf("w:pStyle", "w:val", style)
		t.with("w:tabs", func() { t.leaf("w:tab", "w:val", "right", "w:pos", num(on.text())) })
	})
	run(t, Run{Text: s})
	if element == "w:ftr" {
		run(t, Run{Text: "\t"})
		field(t, " PAGE ", "1")
		run(t, Run{Text: " / "})
		field(t, " NUMPAGES ", "1")
	}
	t.ends(2)
	return t.part()
}

func (d *Document) settings() []byte {
	t := &tree{}
	t.start("w:settings", "xmlns:w", nsW)
	t.leaf("w:zoom", "w:percent", "100")
	t.leaf("w:autoHyphenation", "w:val", "1")
	t.with("w:compat", func() {
		t.leaf("w:compatSetting", "w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")
	})
	t.leaf("w:themeFontLang", "w:val", Tag(d.meta.Lang))
	t.end()
	return t.part()
}

// numbering is the one list: bullets.
func numbering() []byte {
	t := &tree{}
	t.start("w:numbering", "xmlns:w", nsW)
	t.start("w:abstractNum", "w:abstractNumId", "0")
	t.leaf("w:multiLevelType", "w:val", "singleLevel")
	t.start("w:lvl", "w:ilvl", "0")
	t.leaf("w:start", "w:val", "1")
	t.leaf("w:numFmt", "w:val", "bullet")
	t.leaf("w:lvlText", "w:val", "•")
	t.leaf("w:lvlJc", "w:val", "left")
	t.with("w:pPr", func() { t.leaf("w:ind", "w:left", "360", "w:hanging", "260") })
	t.ends(2)
	t.with("w:num", func() { t.leaf("w:abstractNumId", "w:val", "0") }, "w:numId", "1")
	t.end()
	return t.part()
}
