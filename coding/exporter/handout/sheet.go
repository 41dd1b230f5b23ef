package handout

import (
	"fmt"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/quotes"
	"avokoodi/coding/report"
	"avokoodi/coding/workshop"
)

// Measures of an A4 sheet in mm, and colours beside those of themes.
const (
	edge   = 13.0
	inside = 210 - 2*edge
	foot   = 285.0 // base line of the last line
	gray   = "#565d66"
	pale   = "#cfc8bb"
	ink    = "#1d2126"
)

// langs are the languages beyond the first.
func beyond(m *workshop.Material) []coding.Lang { return m.Langs[1:] }

// columns are equal columns across a width.
func columns(n int, x, w float64) (at []float64, each float64) {
	const gap = 6.0
	each = (w - gap*float64(n-1)) / float64(n)
	for i := range n {
		at = append(at, x+float64(i)*(each+gap))
	}
	return at, each
}

// Sheets are the theme sheets, one for each theme, on A4, and one for what is missing where that is wanted. Enlarged by √2 they are A3.
func Sheets(m *workshop.Material) []*paper.Page {
	var out []*paper.Page
	for _, th := range m.Themes {
		out = append(out, themeSheet(m, th))
	}
	if m.Blank {
		out = append(out, missingSheet(m))
	}
	return out
}

// themeSheet goes from top to bottom: whose sheet it is, how many named it, the groups, the quotes, the questions, room to write. What
// is left for quotes and questions is shared between them, and both are set smaller where it does not do.
func themeSheet(m *workshop.Material, th workshop.Theme) *paper.Page {
	main := m.Langs[0]
	p := paper.A4(th.Theme.Label.In(main), string(main))
	y := header(p, m, th) + 6
	y = counts(p, m, th, y) + 3
	if len(th.Groups) > 0 {
		y = groupBars(p, m, th, edge, y, inside, min(float64(len(th.Groups))*6.2, 66)) + 5
	}
	asks, quotes := questionBlocks(m, th), quoteBlocks(m, th, sizeOf(m, 11.5), len(th.Quotes))
	_, each := columns(len(m.Langs), edge, inside)
	asked := 0.0
	for _, blocks := range asks {
		asked = max(asked, p.HeightOf(each, blocks...))
	}
	const notes, legible = 40.0, 0.75
	room := foot - 7 - notes - y - 20 // two headings and the room between
	said := p.HeightOf(inside-6, quotes...)
	for _, size := range []float64{14, 13, 12} { // larger where there is room
		more := quoteBlocks(m, th, sizeOf(m, size), len(th.Quotes))
		if high := p.HeightOf(inside-6, more...); high+asked < room-30 {
			quotes, said = more, high
			break
		}
	}
	for n := len(th.Quotes) - 1; n > 0 && said*legible*legible+asked > room; n-- { // the rest is on the cards
		quotes = quoteBlocks(m, th, sizeOf(m, 11.5), n)
		said = p.HeightOf(inside-6, quotes...)
	}
	if asked+said > room { // both give way, the longer one more
		asked = max(min(asked, room*0.42), min(asked, room-said))
		said = room - asked
	}
	y = heading(p, th, m.T(main, "workshop.quotes"), y)
	high, _ := p.Fit(edge+6, y, inside-6, said, quotes...)
	if len(th.Quotes) > 0 {
		p.Rect(edge, y+0.5, 1.2, high-1, chart.Line(th.Theme.Hue), "", 0)
	}
	y = heading(p, th, m.T(main, "workshop.questions"), y+high+5)
	at, _ := columns(len(m.Langs), edge, inside)
	tall := 0.0
	for i, blocks := range asks {
		high, _ := p.Fit(at[i], y, each, asked, blocks...)
		tall = max(tall, high)
	}
	y = heading(p, th, m.T(main, "workshop.notes"), y+tall+5)
	for line := y + 6; line <= foot-8; line += 8.5 {
		p.Line(edge, line, edge+inside, line, pale, 0.2, 0.9)
	}
	footer(p, m)
	return p
}

// sizeOf is a size of letters, larger in plain language.
func sizeOf(m *workshop.Material, size float64) float64 {
	if m.Plain {
		return size * 1.15
	}
	return size
}

// header is the coloured field with the symbol and the name in all languages; it returns where it ends.
func header(p *paper.Page, m *workshop.Material, th workshop.Theme) float64 {
	const top, left = edge, 34.0
	hue := th.Theme.Hue
	blocks := []paper.Block{{Text: th.Theme.Label.In(m.Langs[0]), Face: paper.Bold, Size: 25, Color: chart.Ink(hue), Lead: 1.12}}
	for _, l := range beyond(m) {
		if text := th.Theme.Label.Exact(l); text != "" {
			blocks = append(blocks, paper.Block{Text: text, Size: 13.5, Color: chart.Ink(hue), Lang: string(l), Before: 1.5, Lead: 1.15})
		}
	}
	w := inside - left - 8
	high := min(max(p.HeightOf(w, blocks...), 20), 52)
	p.Rect(edge, top, inside, high+14, chart.Soft(hue), "", 0)
	p.Rect(edge, top, 3, high+14, chart.Ink(hue), "", 0)
	mark(p, th.Symbol, edge+9, top+(high+14-20)/2, 20, chart.Ink(hue), chart.Soft(hue))
	tall := min(p.HeightOf(w, blocks...), high)
	at := top + (high+14-tall-5)/2
	p.Fit(edge+left, at, w, 5, paper.Block{Text: m.T(m.Langs[0], "workshop.theme_n", th.N), Face: paper.Bold, Size: 9.5, Color: chart.Ink(hue)})
	p.Fit(edge+left, at+5, w, tall+0.1, blocks...)
	return top + high + 14
}

// counts is the sentence in each language, beside ten circles of which as many are full as of ten respondents named the theme.
func counts(p *paper.Page, m *workshop.Material, th workshop.Theme, y float64) float64 {
	x, w := edge, inside
	if th.Total.Suppressed == report.Shown && m.Base.Suppressed == report.Shown {
		const each = 6.6
		ten(p, th, edge+inside-10*each, y+1, each)
		w -= 10*each + 6
	}
	var blocks []paper.Block
	for i, l := range m.Langs {
		b := paper.Block{Text: m.CountSentence(th, l), Face: paper.Bold, Size: sizeOf(m, 13.5), Lang: string(l), Lead: 1.2}
		if i > 0 {
			b.Face, b.Size, b.Color, b.Before = paper.Regular, sizeOf(m, 10.5), gray, 1.2
		}
		blocks = append(blocks, b)
	}
	high, _ := p.Fit(x, y, w, 34, blocks...)
	return y + max(high, 8)
}

// ten draws ten circles; the last full one may be full in part.
func ten(p *paper.Page, th workshop.Theme, x, y, each float64) {
	r := each * 0.4
	for i := range 10 {
		cx, cy := x+each*(float64(i)+.5), y+each/2
		p.Polygon(paper.Ellipse(cx, cy, r, r), "#ffffff", chart.Ink(th.Theme.Hue), 0.3)
		switch full := th.Total.Share*10 - float64(i); {
		case full >= 0.95:
			p.Polygon(paper.Ellipse(cx, cy, r, r), chart.Line(th.Theme.Hue), chart.Ink(th.Theme.Hue), 0.3)
		case full > 0.05:
			p.Polygon(paper.Slice(cx, cy, r, full), chart.Line(th.Theme.Hue), chart.Ink(th.Theme.Hue), 0.3)
		}
	}
}

// groupBars is a bar for each group: what part of it named the theme.
func groupBars(p *paper.Page, m *workshop.Material, th workshop.Theme, x, y, w, h float64) float64 {
	l := m.Langs[0]
	name := m.By.Variable.Label.In(l)
	if name == "" {
		name = m.T(l, "workshop.by_group")
	}
	y = heading(p, th, name, y)
	each := h / float64(len(th.Groups))
	most := 0.01
	hidden := false
	for _, g := range th.Groups {
		most = max(most, g.Cell.Share)
		hidden = hidden || g.Cell.Suppressed != report.Shown
	}
	label, size := w*0.42, min(10, each/0.5)
	long := w - label - 44
	for _, g := range th.Groups {
		p.Fit(x, y+each*0.08, label-3, each*0.84, paper.Block{Text: g.Label.In(l), Size: size, Lead: 1.15})
		bar := 0.0
		if g.Cell.Suppressed == report.Shown {
			bar = long * g.Cell.Share / most
			p.Rect(x+label, y+each*0.14, max(bar, 0.3), each*0.72, chart.Line(th.Theme.Hue), chart.Ink(th.Theme.Hue), 0.2)
		} else {
			bar = 6
			p.Rect(x+label, y+each*0.14, bar, each*0.72, "", gray, 0.2)
			p.Line(x+label, y+each*0.86, x+label+bar, y+each*0.14, gray, 0.2, 0)
		}
		p.Fit(x+label+bar+2, y+each*0.08, 42, each*0.84, paper.Block{Text: groupValue(m, g, l), Face: paper.Bold, Size: size, Lead: 1.15})
		y += each
	}
	p.Line(x+label, y-h, x+label, y, pale, 0.25, 0)
	if hidden {
		high, _ := p.Fit(x+label, y+0.6, w-label, 4, paper.Block{Text: m.T(l, "workshop.hidden_why", m.Least), Size: 7.5, Color: gray})
		y += high + 0.6
	}
	return y
}

// groupValue is the share with the number and the base: '45 % (13/29)'.
func groupValue(m *workshop.Material, g workshop.Group, l coding.Lang) string {
	if g.Cell.Suppressed != report.Shown {
		return m.Number(g.Cell)
	}
	out := workshop.Percent(l, g.Cell.Share)
	if g.Base.Suppressed == report.Shown {
		out += fmt.Sprintf(" (%d/%d)", g.Cell.N, g.Base.N)
	}
	return out
}

// heading is a small heading; it returns where what follows begins.
func heading(p *paper.Page, th workshop.Theme, text string, y float64) float64 {
	high, _ := p.Fit(edge, y, inside, 6, paper.Block{Text: text, Face: paper.Bold, Size: 10, Color: chart.Ink(th.Theme.Hue)})
	return y + high + 1.2
}

// quoteBlocks are the first n quotes below each other, each with who said it and with its translations.
func quoteBlocks(m *workshop.Material, th workshop.Theme, size float64, n int) []paper.Block {
	if len(th.Quotes) == 0 {
		return []paper.Block{{Text: m.T(m.Langs[0], "workshop.no_quotes"), Size: size * 0.9, Color: gray}}
	}
	var out []paper.Block
	for _, q := range th.Quotes[:n] {
		for i, v := range versions(m, q) {
			b := paper.Block{Text: v.said, Face: paper.Italic, Size: size, Lang: string(v.lang), Lead: 1.25, Before: 2.6}
			if i > 0 {
				b.Size, b.Color, b.Before = size*0.88, gray, 0.6
			}
			out = append(out, b)
		}
		if by := q.Attribution.In(m.Langs[0]); by != "" {
			out = append(out, paper.Block{Text: "– " + by, Size: size * 0.78, Color: gray, Before: 0.4})
		}
	}
	if more := len(th.Quotes) - n; more > 0 {
		out = append(out, paper.Block{Text: m.T(m.Langs[0], "workshop.more_on_cards", more), Size: size * 0.78, Color: gray, Before: 2})
	}
	return out
}

// version is a quote in one language.
type version struct {
	said string
	lang coding.Lang
}

// versions are a quote in the languages of the workshop, each wording once: first as the first language reads it.
func versions(m *workshop.Material, q quotes.Spoken) []version {
	var out []version
	for _, l := range m.Langs {
		said, lang, translated := q.In(l)
		if translated {
			said += " (" + m.T(l, "workshop.translated") + ")"
		}
		seen := false
		for _, v := range out {
			seen = seen || v.said == said
		}
		if !seen {
			out = append(out, version{said, lang})
		}
	}
	return out
}

// questionBlocks are the questions, a list for each language.
func questionBlocks(m *workshop.Material, th workshop.Theme) [][]paper.Block {
	var out [][]paper.Block
	for i, l := range m.Langs {
		var blocks []paper.Block
		for n, q := range th.Questions {
			size := sizeOf(m, 12.5)
			if len(m.Langs) > 1 {
				size = sizeOf(m, 11)
			}
			blocks = append(blocks, paper.Block{Text: q.In(l), Size: size, Mark: fmt.Sprintf("%d", n+1), Lang: string(l), Before: 2, Lead: 1.25, Color: []string{ink, gray}[min(i, 1)]})
		}
		out = append(out, blocks)
	}
	return out
}

// missingSheet is a sheet for a theme that the answers did not have.
func missingSheet(m *workshop.Material) *paper.Page {
	l := m.Langs[0]
	p := paper.A4(m.T(l, "workshop.missing"), string(l))
	p.Rect(edge, edge, inside, 40, "#f4f1ea", "", 0)
	p.Rect(edge, edge, 3, 40, gray, "", 0)
	p.Polygon(paper.Ellipse(edge+19, edge+20, 10, 10), "", gray, 0.6)
	p.Fit(edge+9, edge+13.5, 20, 14, paper.Block{Text: "?", Face: paper.Bold, Size: 30, Color: gray, Align: paper.Center, Lead: 1})
	var blocks []paper.Block
	for i, one := range m.Langs {
		b := paper.Block{Text: m.T(one, "workshop.missing"), Face: paper.Bold, Size: 25, Lang: string(one), Lead: 1.12}
		if i > 0 {
			b.Face, b.Size, b.Before = paper.Regular, 13.5, 1
		}
		blocks = append(blocks, b)
	}
	p.Fit(edge+34, edge+8, inside-42, 27, blocks...)
	var say []paper.Block
	for i, one := range m.Langs {
		say = append(say, paper.Block{Text: m.T(one, plain(m, "workshop.missing_say")), Size: sizeOf(m, 12.5), Lang: string(one), Color: []string{ink, gray}[min(i, 1)], Before: 1.5})
	}
	high, _ := p.Fit(edge, edge+47, inside, 30, say...)
	for y := edge + 47 + high + 12; y <= foot-8; y += 10 {
		p.Line(edge, y, edge+inside, y, pale, 0.2, 0.9)
	}
	footer(p, m)
	return p
}

func plain(m *workshop.Material, key string) string {
	if m.Plain {
		return key + "_plain"
	}
	return key
}

// footer says what was counted, and that it was made up where it was.
func footer(p *paper.Page, m *workshop.Material) {
	parts := []string{m.Name, m.About(m.Langs[0])}
	if m.Project.Synthetic {
		parts = append(parts, m.T(m.Langs[0], "workshop.synthetic"))
	}
	k := p.Width / 210
	p.Fit(edge*k, (foot-3)*k, inside*k, 6*k, paper.Block{Text: strings.Join(parts, " · "), Size: 7.5 * k, Color: gray, Lead: 1.15})
}
