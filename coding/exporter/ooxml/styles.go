package ooxml

// Style is the id of a paragraph style of a Document.
type Style string

// Styles. Those that Word has of its own bear its names, which each language version of Word shows translated.
const (
	Title       Style = "Title"
	Subtitle    Style = "Subtitle"
	Body        Style = "Normal"
	Heading1    Style = "Heading1"
	Heading2    Style = "Heading2"
	Heading3    Style = "Heading3"
	Quote       Style = "Quote"
	Attribution Style = "QuoteAttribution" // who said it: 'Quote Attribution'
	Caption     Style = "Caption"
	Note        Style = "TableNote" // below a table or chart: 'Table Note'
	Bullet      Style = "ListBullet"
	TableText   Style = "TableText"   // 'Table Text'
	TableNumber Style = "TableNumber" // to the right: 'Table Number'
	TableHead   Style = "TableHead"   // 'Table Head'
)

const (
	nsW   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	face  = "Arial"
	green = "1F5F5B"
	gray  = "565D66"
)

// look is a paragraph style.
type look struct {
	id, name, base, next   string
	size                   int // half points; 0 is the base's
	bold, italic           bool
	color                  string
	before, after, line    int // twentieths of a point; line in 240ths of a line
	left, right, hang      int
	align                  string
	outline                int // 1–3; 0 for none
	keepNext, keepTogether bool
	bar                    bool // a line at the left
	numbered               bool
	custom                 bool
}

var looks = []look{
	{id: "Normal", name: "Normal", after: 120, line: 276},
	{id: "Title", name: "Title", base: "Normal", next: "Subtitle", size: 52, bold: true, after: 80, line: 240, keepNext: true},
	{id: "Subtitle", name: "Subtitle", base: "Normal", next: "Normal", size: 26, color: gray, after: 320, line: 252},
	{id: "Heading1", name: "heading 1", base: "Normal", next: "Normal", size: 34, bold: true, color: green, before: 440, after: 140, line: 252, outline: 1, keepNext: true, keepTogether: true},
	{id: "Heading2", name: "heading 2", base: "Normal", next: "Normal", size: 27, bold: true, before: 340, after: 100, line: 252, outline: 2, keepNext: true, keepTogether: true},
	{id: "Heading3", name: "heading 3", base: "Normal", next: "Normal", size: 23, bold: true, color: gray, before: 260, after: 80, line: 252, outline: 3, keepNext: true, keepTogether: true},
	{id: "Quote", name: "Quote", base: "Normal", next: "QuoteAttribution", italic: true, before: 160, after: 60, left: 340, right: 340, bar: true, keepTogether: true},
	{id: "QuoteAttribution", name: "Quote Attribution", base: "Normal", next: "Normal", size: 19, color: gray, after: 200, left: 340, right: 340, custom: true},
	{id: "Caption", name: "caption", base: "Normal", next: "Normal", size: 20, bold: true, before: 240, after: 100, line: 252, keepNext: true, keepTogether: true},
	{id: "TableNote", name: "Table Note", base: "Normal", size: 17, color: gray, before: 60, after: 60, line: 252, custom: true},
	{id: "ListBullet", name: "List Bullet", base: "Normal", after: 60, left: 360, hang: 260, numbered: true},
	{id: "TableText", name: "Table Text", base: "Normal", size: 18, before: 30, after: 30, line: 240, custom: true},
	{id: "TableNumber", name: "Table Number", base: "TableText", align: "right", custom: true},
	{id: "TableHead", name: "Table Head", base: "TableText", bold: true, keepNext: true, custom: true},
	{id: "Header", name: "header", base: "Normal", size: 17, color: gray, after: 0, line: 240},
	{id: "Footer", name: "footer", base: "Normal", size: 17, color: gray, after: 0, line: 240},
}

func (m Meta) styles() []byte {
	t := &tree{}
	t.start("w:styles", "xmlns:w", nsW)
	t.start("w:docDefaults")
	t.start("w:rPrDefault")
	t.start("w:rPr")
	t.leaf("w:rFonts", "w:ascii", face, "w:hAnsi", face, "w:cs", face, "w:eastAsia", face)
	t.leaf("w:sz", "w:val", "22")
	t.leaf("w:szCs", "w:val", "22")
	t.leaf("w:lang", "w:val", Tag(m.Lang), "w:eastAsia", Tag(m.Lang), "w:bidi", "ar-SA")
	t.ends(2)
	t.with("w:pPrDefault", func() { t.leaf("w:pPr") })
	t.end()
	for i, l := range looks {
		l.write(t, i == 0)
	}
	t.with("w:style", func() {
		t.leaf("w:name", "w:val", "Default Paragraph Font")
		t.leaf("w:uiPriority", "w:val", "1")
		t.leaf("w:semiHidden")
	}, "w:type", "character", "w:default", "1", "w:styleId", "DefaultParagraphFont")
	tableStyles(t)
	t.end()
	return t.part()
}

func (l look) write(t *tree, standard bool) {
	def, custom := "", ""
	if standard {
		def = "1"
	}
	if l.custom {
		custom = "1"
	}
	t.start("w:style", "w:type", "paragraph", "w:default", def, "w:customStyle", custom, "w:styleId", l.id)
	t.leaf("w:name", "w:val", l.name)
	if l.base != "" {
		t.leaf("w:basedOn", "w:val", l.base)
	}
	if l.next != "" {
		t.leaf("w:next", "w:val", l.next)
	}
	t.leaf("w:qFormat")
	t.start("w:pPr")
	if l.keepNext {
		t.leaf("w:keepNext")
	}
	if l.keepTogether {
		t.leaf("w:keepLines")
	}
	if l.numbered {
		t.with("w:numPr", func() { t.leaf("w:numId", "w:val", "1") })
	}
	if l.bar {
		t.with("w:pBdr", func() { t.leaf("w:left", "w:val", "single", "w:sz", "18", "w:space", "10", "w:color", "BA7917") })
	}
	if l.line > 0 || l.before > 0 || l.after > 0 {
		line, rule := "", ""
		if l.line > 0 {
			line, rule = num(l.line), "auto"
		}
		t.leaf("w:spacing", "w:before", num(l.before), "w:after", num(l.after), "w:line", line, "w:lineRule", rule)
	}
	if l.left > 0 {
		hang := ""
		if l.hang > 0 {
			hang = num(l.hang)
		}
		t.leaf("w:ind", "w:left", num(l.left), "w:right", num(l.right), "w:hanging", hang)
	}
	if l.align != "" {
		t.leaf("w:jc", "w:val", l.align)
	}
	if l.outline > 0 {
		t.leaf("w:outlineLvl", "w:val", num(l.outline-1))
	}
	t.end()
	t.start("w:rPr")
	if l.bold {
		t.leaf("w:b")
	}
	if l.italic {
		t.leaf("w:i")
	}
	if l.color != "" {
		t.leaf("w:color", "w:val", l.color)
	}
	if l.size > 0 {
		t.leaf("w:sz", "w:val", num(l.size))
		t.leaf("w:szCs", "w:val", num(l.size))
	}
	t.ends(2)
}

// tableStyles are the plain table of Word and ours, with lines above and below the head and at the end.
func tableStyles(t *tree) {
	margins := func() {
		t.start("w:tblCellMar")
		t.leaf("w:left", "w:w", "85", "w:type", "dxa")
		t.leaf("w:right", "w:w", "85", "w:type", "dxa")
		t.end()
	}
	line := func(side, size, color string) {
		t.leaf("w:"+side, "w:val", "single", "w:sz", size, "w:space", "0", "w:color", color)
	}
	t.start("w:style", "w:type", "table", "w:default", "1", "w:styleId", "TableNormal")
	t.leaf("w:name", "w:val", "Normal Table")
	t.with("w:tblPr", margins)
	t.end()

	t.start("w:style", "w:type", "table", "w:styleId", "TableGrid")
	t.leaf("w:name", "w:val", "Table Grid")
	t.leaf("w:basedOn", "w:val", "TableNormal")
	t.start("w:tblPr")
	t.start("w:tblBorders")
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		line(side, "4", "auto")
	}
	t.ends(3)

	t.start("w:style", "w:type", "table", "w:customStyle", "1", "w:styleId", "ReportTable")
	t.leaf("w:name", "w:val", "Report Table")
	t.leaf("w:basedOn", "w:val", "TableNormal")
	t.start("w:tblPr")
	t.start("w:tblBorders")
	line("top", "8", "1D2126")
	line("bottom", "8", "1D2126")
	line("insideH", "4", "DDD6C9")
	t.end()
	margins()
	t.end()
	t.start("w:tblStylePr", "w:type", "firstRow")
	t.with("w:rPr", func() { t.leaf("w:b") })
	t.start("w:tcPr")
	t.with("w:tcBorders", func() { line("bottom", "8", "1D2126") })
	t.leaf("w:vAlign", "w:val", "bottom")
	t.ends(3)
}
