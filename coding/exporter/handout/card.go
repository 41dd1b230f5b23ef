package handout

import (
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/quotes"
	"avokoodi/coding/workshop"
)

// card is one quote with its theme.
type card struct {
	theme workshop.Theme
	quote quotes.Spoken
	blank bool
}

// place is where a card lies on its sheet.
type place struct{ x, y, w, h float64 }

// places are those of the cards of an A4: four A6 that stand, or two A5 that lie.
func places(perPage int) []place {
	if perPage == 2 {
		return []place{{0, 0, 210, 148.5}, {0, 148.5, 210, 148.5}}
	}
	return []place{{0, 0, 105, 148.5}, {105, 0, 105, 148.5}, {0, 148.5, 105, 148.5}, {105, 148.5, 105, 148.5}}
}

// Cards are the quote cards on A4, with marks where to cut. Two-sided ones have their backs on every second sheet, in places that fit
// when the paper is turned along its long edge.
func Cards(m *workshop.Material) []*paper.Page {
	var all []card
	for _, th := range m.Themes {
		for _, q := range th.Quotes {
			all = append(all, card{theme: th, quote: q})
		}
	}
	at := places(m.PerPage)
	if m.Blank {
		for range (len(at)-len(all)%len(at)-1)%len(at) + 1 { // at least one, and the sheet full
			all = append(all, card{blank: true})
		}
	}
	var out []*paper.Page
	for from := 0; from < len(all); from += len(at) {
		some := all[from:min(from+len(at), len(all))]
		title := m.T(m.Langs[0], "workshop.cards")
		front := paper.A4(title, string(m.Langs[0]))
		back := paper.A4(title, string(m.Langs[len(m.Langs)-1]))
		for i, c := range some {
			c.front(front, m, at[i])
			turned := at[i]
			turned.x = 210 - turned.x - turned.w
			c.back(back, m, turned)
		}
		cuts(front, m.PerPage)
		out = append(out, front)
		if m.TwoSided {
			cuts(back, m.PerPage)
			out = append(out, back)
		}
	}
	return out
}

// cuts are the marks between cards: at the edges of the sheet, where a knife begins, and where lines cross.
func cuts(p *paper.Page, perPage int) {
	const from, to = 3.0, 11.0
	mark := func(x1, y1, x2, y2 float64) { p.Line(x1, y1, x2, y2, gray, 0.2, 0) }
	mark(from, 148.5, to, 148.5)
	mark(210-to, 148.5, 210-from, 148.5)
	if perPage == 4 {
		mark(105, from, 105, to)
		mark(105, 297-to, 105, 297-from)
		mark(101, 148.5, 109, 148.5)
		mark(105, 144.5, 105, 152.5)
	}
}

// scale of a card's letters beside those of an A6.
func (at place) scale() float64 {
	if at.w > 150 {
		return 1.32
	}
	return 1
}

// front is the card in the first language, or in all of them where it has one side only.
func (c card) front(p *paper.Page, m *workshop.Material, at place) {
	if c.blank {
		blank(p, m, m.Langs, at)
		return
	}
	langs := m.Langs
	if m.TwoSided {
		langs = langs[:1]
	}
	c.side(p, m, langs, at)
}

// back is the card in the other languages; of a card in one language, its theme.
func (c card) back(p *paper.Page, m *workshop.Material, at place) {
	switch {
	case c.blank:
		if len(m.Langs) > 1 {
			blank(p, m, m.Langs[1:], at)
		} else {
			blank(p, m, m.Langs, at)
		}
	case len(m.Langs) > 1:
		c.side(p, m, m.Langs[1:], at)
	default:
		th, size := c.theme, 46*at.scale()
		mark(p, th.Symbol, at.x+(at.w-size)/2, at.y+at.h*0.2, size, chart.Line(th.Theme.Hue), "#ffffff")
		p.Fit(at.x+10, at.y+at.h*0.2+size+9, at.w-20, at.h*0.34, paper.Block{Text: th.Theme.Label.In(m.Langs[0]), Face: paper.Bold, Size: 19 * at.scale(), Color: chart.Ink(th.Theme.Hue),
			Align: paper.Center, Lead: 1.15})
	}
}

// side is the quote in languages below each other, under the name of its theme.
func (c card) side(p *paper.Page, m *workshop.Material, langs []coding.Lang, at place) {
	const margin = 8.0
	k, th := at.scale(), c.theme
	x, w := at.x+margin, at.w-2*margin
	top, high := at.y+margin, 15*k
	p.Rect(x, top, w, high, chart.Soft(th.Theme.Hue), "", 0)
	p.Rect(x, top, 1.6, high, chart.Ink(th.Theme.Hue), "", 0)
	size := 8.5 * k
	mark(p, th.Symbol, x+4.5, top+(high-size)/2, size, chart.Ink(th.Theme.Hue), chart.Soft(th.Theme.Hue))
	var names []paper.Block
	for i, l := range langs {
		text := th.Theme.Label.In(l)
		if i > 0 && th.Theme.Label.Exact(l) == "" {
			continue
		}
		b := paper.Block{Text: text, Face: paper.Bold, Size: 10.5 * k, Color: chart.Ink(th.Theme.Hue), Lang: string(l), Lead: 1.15}
		if i > 0 {
			b.Face, b.Size, b.Before = paper.Regular, 8*k, 0.4
		}
		names = append(names, b)
	}
	left := 4.5 + size + 4
	tall := min(p.HeightOf(w-left-3, names...), high-2)
	p.Fit(x+left, top+(high-tall)/2, w-left-3, tall+0.1, names...)

	said := c.said(m, langs, k)
	bottom := at.y + at.h - margin
	if by := c.quote.Attribution.In(langs[0]); by != "" {
		h, _ := p.Fit(x, bottom-9*k, w, 9*k, paper.Block{Text: "– " + by, Size: 8.5 * k, Color: gray, Lead: 1.15})
		bottom -= max(h, 9*k) + 2
	}
	p.Fit(x, top+high+6*k, w, bottom-top-high-6*k, said...)
}

// said is the quote's words, each version once, with the language where it is not that of the reader.
func (c card) said(m *workshop.Material, langs []coding.Lang, k float64) []paper.Block {
	var out []paper.Block
	n := 0
	for _, l := range langs {
		said, _, _ := c.quote.In(l)
		n += len([]rune(said))
	}
	size := 16.0
	switch {
	case n < 70:
		size = 25
	case n < 130:
		size = 22
	case n < 200:
		size = 19
	}
	var seen []string
	for _, l := range langs {
		said, lang, translated := c.quote.In(l)
		tail := ""
		switch {
		case translated:
			tail = m.T(l, "workshop.translated")
		case lang != "" && lang != l:
			tail = strings.ToUpper(string(lang))
		}
		if contains(seen, said) {
			continue
		}
		seen = append(seen, said)
		b := paper.Block{Text: said, Face: paper.Italic, Size: size * k, Lang: string(lang), Lead: 1.28}
		if len(out) > 0 {
			b.Size, b.Color, b.Before = size*k*0.8, gray, 4
		}
		out = append(out, b)
		if tail != "" {
			out = append(out, paper.Block{Text: tail, Size: 7.5 * k, Color: gray, Before: 1})
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// blank is the card for what is missing.
func blank(p *paper.Page, m *workshop.Material, langs []coding.Lang, at place) {
	const margin = 8.0
	k := at.scale()
	x, w := at.x+margin, at.w-2*margin
	p.Rect(x, at.y+margin, w, 15*k, "#f4f1ea", "", 0)
	p.Rect(x, at.y+margin, 1.6, 15*k, gray, "", 0)
	var names, say []paper.Block
	for i, l := range langs {
		size := 12.5 * k
		if i > 0 {
			size = 8.5 * k
		}
		names = append(names, paper.Block{Text: m.T(l, "workshop.missing"), Face: []paper.Face{paper.Bold, paper.Regular}[min(i, 1)], Size: size, Lang: string(l), Lead: 1.12})
		say = append(say, paper.Block{Text: m.T(l, plain(m, "workshop.missing_say")), Size: 8.5 * k, Color: gray, Lang: string(l), Before: 1})
	}
	tall := min(p.HeightOf(w-8, names...), 13*k)
	p.Fit(x+5, at.y+margin+(15*k-tall)/2, w-8, tall+0.1, names...)
	high, _ := p.Fit(x, at.y+margin+18*k, w, 22*k, say...)
	for y := at.y + margin + 18*k + high + 11; y < at.y+at.h-margin; y += 11 {
		p.Line(x, y, x+w, y, pale, 0.2, 0.9)
	}
}
