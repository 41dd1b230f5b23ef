package handout

import (
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/report"
	"avokoodi/coding/workshop"
)

// Posters are one A3 for each theme, to be read from across a room: the name, how many named it, one quote, and room to stick notes.
func Posters(m *workshop.Material) []*paper.Page {
	var out []*paper.Page
	for _, th := range m.Themes {
		out = append(out, poster(m, th))
	}
	return out
}

func poster(m *workshop.Material, th workshop.Theme) *paper.Page {
	const margin, w = 18.0, 297 - 36.0
	l, hue := m.Langs[0], th.Theme.Hue
	p := paper.A3(th.Theme.Label.In(l), string(l))
	p.Rect(margin, margin, w, 150, chart.Soft(hue), "", 0)
	p.Rect(margin, margin, w, 3, chart.Ink(hue), "", 0)
	mark(p, th.Symbol, margin+14, margin+17, 52, chart.Ink(hue), chart.Soft(hue))
	names := []paper.Block{{Text: th.Theme.Label.In(l), Face: paper.Bold, Size: 54, Color: chart.Ink(hue), Lead: 1.08}}
	for _, other := range beyond(m) {
		if text := th.Theme.Label.Exact(other); text != "" {
			names = append(names, paper.Block{Text: text, Size: 26, Color: chart.Ink(hue), Lang: string(other), Before: 3, Lead: 1.12})
		}
	}
	p.Fit(margin+80, margin+14, w-94, 70, names...)
	shown := th.Total.Suppressed == report.Shown && m.Base.Suppressed == report.Shown
	if shown {
		ten(p, th, margin+13, margin+90, 17)
	}
	var counted []paper.Block
	for i, one := range m.Langs {
		b := paper.Block{Text: m.CountSentence(th, one), Face: paper.Bold, Size: 23, Lang: string(one), Lead: 1.18}
		if i > 0 {
			b.Face, b.Size, b.Before = paper.Regular, 15, 1.5
		}
		counted = append(counted, b)
	}
	p.Fit(margin+14, margin+112, w-28, 34, counted...)
	y := margin + 162
	if len(th.Quotes) > 0 {
		q := th.Quotes[0]
		for _, other := range th.Quotes { // the one that can be read from the farthest
			if len(other.Brief()) < len(q.Brief()) {
				q = other
			}
		}
		var said []paper.Block
		for i, v := range versions(m, q) {
			b := paper.Block{Text: v.said, Face: paper.Italic, Size: 27, Lang: string(v.lang), Lead: 1.25}
			if i > 0 {
				b.Size, b.Color, b.Before = 18, gray, 3
			}
			said = append(said, b)
		}
		if by := q.Attribution.In(l); by != "" {
			said = append(said, paper.Block{Text: "– " + by, Size: 14, Color: gray, Before: 2})
		}
		high, _ := p.Fit(margin+10, y, w-10, 82, said...)
		p.Rect(margin, y+1, 2, high-2, chart.Line(hue), "", 0)
		y += high + 12
	}
	ask := []paper.Block{}
	for i, one := range m.Langs {
		ask = append(ask, paper.Block{Text: m.T(one, "workshop.poster_ask"), Face: []paper.Face{paper.Bold, paper.Regular}[min(i, 1)], Size: []float64{24, 15}[min(i, 1)], Color: chart.Ink(hue), Lang: string(one), Lead: 1.15})
	}
	high, _ := p.Fit(margin, y, w, 30, ask...)
	y += high + 4
	corners := [][4]float64{{margin, y, margin + w, y}, {margin, 390, margin + w, 390}, {margin, y, margin, 390}, {margin + w, y, margin + w, 390}}
	for _, c := range corners {
		p.Line(c[0], c[1], c[2], c[3], chart.Line(hue), 0.5, 3)
	}
	footer(p, m)
	return p
}
