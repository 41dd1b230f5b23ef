package paper

import "strings"

// Block is a paragraph.
type Block struct {
	Text   string
	Face   Face
	Size   float64 // points, before the flow is made smaller
	Color  string  // "" is black
	Lang   string  // "" is the page's
	Lead   float64 // of a line, in parts of the size; 0 is 1.3
	Before float64 // mm above it, unless it is the first
	Mark   string  // such as '1' or '•', left of the text, which is indented
	Align  Align
	Rule   bool    // a line above, of the colour of the text
	Gap    float64 // room below in mm that is left free whatever the size, for writing
}

// Align is where the lines of a block stand.
type Align uint8

// Alignments.
const (
	Left Align = iota
	Center
	Right
)

const markWidth = 1.7 // of the indent, in parts of the size

func (b Block) lead() float64 {
	if b.Lead == 0 {
		return 1.3
	}
	return b.Lead
}

func (b Block) indent(scale float64) float64 {
	if b.Mark == "" {
		return 0
	}
	return max(markWidth*b.Size, Width(b.Mark+" ", b.Face, b.Size)/mmPerPoint) * scale * mmPerPoint
}

// least is the size in points below which nobody reads; text goes below it only where nothing else is left.
const least = 3.5

// set is a flow that was broken into lines at a scale.
type set struct {
	lines  []line
	height float64
	forced bool // a word was broken where no syllable ends
	wide   bool // a line is wider than it may be, since not even a letter fits
}

type line struct {
	text   string
	block  int
	y      float64 // of the base line
	first  bool    // of its block
	broken bool
}

// Fit sets blocks below each other into a box: as large as they are, or smaller until all of them go in. It returns the height
// that they take and the scale at which they are set.
func (p *Page) Fit(x, y, w, h float64, blocks ...Block) (height, scale float64) {
	scale = fitting(w, h, p.Lang, blocks)
	s := lay(w, scale, p.Lang, blocks)
	for _, l := range s.lines {
		b := blocks[l.block]
		size := b.Size * scale
		in := b.indent(scale)
		if l.first && b.Rule {
			top := y + l.y - size*mmPerPoint*(b.lead()+ascent)/2 - b.Before*scale/2
			p.Line(x, top, x+w, top, color(b), 0.25, 0)
		}
		if l.first && b.Mark != "" {
			p.letters(x, y+l.y, b.Mark, bolder(b.Face), size, color(b), b.Lang, false)
		}
		left := x + in
		switch free := w - in - Width(l.text, b.Face, size); b.Align {
		case Center:
			left += free / 2
		case Right:
			left += free
		}
		p.letters(left, y+l.y, l.text, b.Face, size, color(b), b.Lang, l.broken)
	}
	return s.height, scale
}

// HeightOf is how high blocks are in a width, at their own size.
func (p *Page) HeightOf(w float64, blocks ...Block) float64 { return lay(w, 1, p.Lang, blocks).height }

func color(b Block) string {
	if b.Color == "" {
		return "#1d2126"
	}
	return b.Color
}

func bolder(f Face) Face {
	if f == Italic || f == BoldItalic {
		return BoldItalic
	}
	return Bold
}

func (p *Page) letters(x, y float64, text string, f Face, size float64, color, lang string, broken bool) {
	if lang == "" {
		lang = p.Lang
	}
	if text != "" {
		p.items = append(p.items, item{text: text, at: Point{x, y}, face: f, size: size, color: color, lang: lang, broken: broken})
	}
}

// fitting is the largest scale, not above 1, at which the blocks go into a box without a word broken where none should be; where
// the letters would become too small for that, such breaks are allowed first.
func fitting(w, h float64, lang string, blocks []Block) float64 {
	smallest := 0.0
	for _, b := range blocks {
		if b.Text != "" && (smallest == 0 || b.Size < smallest) {
			smallest = b.Size
		}
	}
	goes := func(scale float64, breaks bool) bool {
		s := lay(w, scale, lang, blocks)
		return !s.wide && s.height <= h+0.01 && (breaks || !s.forced)
	}
	for scale := 1.0; scale*smallest >= least && scale > 0.3; scale *= 0.97 {
		if goes(scale, false) {
			return scale
		}
	}
	scale := 1.0
	for ; scale > 0.01 && !goes(scale, true); scale *= 0.97 {
	}
	return scale
}

// lay breaks the blocks into lines.
func lay(w, scale float64, lang string, blocks []Block) set {
	var s set
	for i, b := range blocks {
		size := b.Size * scale
		if i > 0 {
			s.height += b.Before * scale
		}
		own := b.Lang
		if own == "" {
			own = lang
		}
		lines, forced := wrap(Shown(strings.ReplaceAll(strings.ReplaceAll(b.Text, "\r\n", "\n"), "\t", " "), b.Face), b, w-b.indent(scale), size, own)
		s.forced = s.forced || forced
		step := size * mmPerPoint * b.lead()
		for k, l := range lines {
			l.block, l.first = i, k == 0
			l.y = s.height + step*(1+(ascent-descent)/b.lead())/2
			s.height += step
			s.wide = s.wide || Width(l.text, b.Face, size) > w-b.indent(scale)+0.001
			s.lines = append(s.lines, l)
		}
		s.height += b.Gap
	}
	return s
}

// wrap breaks one text into lines of a width.
func wrap(text string, b Block, w, size float64, lang string) (out []line, forced bool) {
	for _, paragraph := range strings.Split(text, "\n") {
		lines, f := wrapOne(strings.FieldsFunc(paragraph, func(r rune) bool { return r == ' ' }), b.Face, w, size, lang)
		out, forced = append(out, lines...), forced || f
	}
	return out, forced
}

func wrapOne(words []string, f Face, w, size float64, lang string) (out []line, forced bool) {
	now, wide := "", 0.0 // the line so far, and how wide it is: widths add up, for there is no kerning
	space := Width(" ", f, size)
	push := func(text string, broken bool) {
		out = append(out, line{text: text, broken: broken})
		now, wide = "", 0
	}
	for _, word := range words {
		for word != "" {
			own, before := Width(word, f, size), 0.0
			if now != "" {
				before = wide + space
			}
			if before+own <= w {
				now, wide = spaced(now, word), before+own
				break
			}
			// A word is broken where a line of its own would not hold it, and not to fill a line: what is read aloud at a table
			// reads better whole, and a compound can break in a wrong place.
			if now != "" && own <= w {
				push(now, false)
				continue
			}
			head, rest := split(word, f, w-before, size, lang)
			switch {
			case head != "":
				push(spaced(now, head), len(head) > len(word)-len(rest))
				word = rest
			case now != "":
				push(now, false)
			default:
				head, rest = anywhere(word, f, w, size)
				push(head, rest != "")
				forced, word = true, rest
			}
		}
	}
	if now != "" || len(out) == 0 {
		push(now, false)
	}
	return out, forced
}

func spaced(now, head string) string {
	if now == "" {
		return head
	}
	return now + " " + head
}

// split is the longest beginning of a word that goes into a width, with its hyphen, and the rest; "" where none does.
func split(word string, f Face, w, size float64, lang string) (head, rest string) {
	runes := []rune(word)
	places := Hyphenate(word, lang)
	for i, r := range runes { // a hyphen of its own, a slash
		if (r == '-' || r == '/' || r == '–') && i > 0 && i+1 < len(runes) {
			places = append(places, -(i + 1))
		}
	}
	// A line of this width holds a bounded number of letters: nothing behind them needs to be measured.
	most := 1
	for wide := 0.0; most < len(runes) && wide <= w; most++ {
		wide += Width(string(runes[most-1]), f, size)
	}
	best := 0
	for _, at := range places {
		n, hyphen := at, "-"
		if at < 0 {
			n, hyphen = -at, ""
		}
		if n > best && n <= most && Width(string(runes[:n])+hyphen, f, size) <= w {
			best, head = n, string(runes[:n])+hyphen
		}
	}
	return head, string(runes[best:])
}

// anywhere is as much of a word as goes into a line, at least one letter.
func anywhere(word string, f Face, w, size float64) (head, rest string) {
	runes := []rune(word)
	n := 1
	for n < len(runes)-1 && Width(string(runes[:n+1])+"-", f, size) <= w {
		n++
	}
	if len(runes) == 1 {
		return word, ""
	}
	return string(runes[:n]) + "-", string(runes[n:])
}
