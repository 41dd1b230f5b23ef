package chart

import (
	"cmp"
	"slices"
)

// Slope is a line for each theme over rounds. Its names stand at the end of the lines, moved apart where lines meet. Cells has a
// row for each of Rows and in it a value for each of Rounds; a hidden value breaks its line.
type Slope struct {
	Head
	Rows   []Name
	Rounds []Name
	Cells  [][]Value
}

const (
	slopeHeight = 440.0
	slopeFrom   = margin + 64.0
	slopeTo     = 560.0
)

var lineDashes = [][]float64{nil, {9, 4}, {2, 3}, {14, 4, 3, 4}, {5, 3}, {14, 5}, {9, 3, 2, 3, 2, 3}, {3, 6}}

func (c Slope) scene() *scene {
	s := newScene(c.Head)
	if len(c.Rows) == 0 || len(c.Rounds) == 0 {
		return s.nothing()
	}
	most := 0.0
	shares := false
	for _, row := range c.Cells {
		for _, v := range row {
			most, shares = max(most, v.size()), shares || v.Shared
		}
	}
	marks := steps(most, 5)
	full := marks[len(marks)-1]
	high := max(slopeHeight, float64(len(c.Rows))*37)
	top := s.y + 26
	x := func(j int) float64 {
		if len(c.Rounds) == 1 {
			return (slopeFrom + slopeTo) / 2
		}
		return slopeFrom + (slopeTo-slopeFrom)*float64(j)/float64(len(c.Rounds)-1)
	}
	y := func(v float64) float64 { return top + high - v/full*high }
	for _, m := range marks {
		s.line("chart-rule", point{slopeFrom, y(m)}, point{slopeTo, y(m)}, rule, 1)
		s.letters("chart-sub", slopeFrom-12, y(m)+4, 12, false, ink2, "end", Value{N: int(m), Share: m, Shared: shares}.short(s.Lang))
	}
	for j, n := range c.Rounds {
		s.line("chart-rule", point{x(j), top}, point{x(j), top + high}, rule, 1)
		anchor := "middle"
		if j == 0 && len(c.Rounds) > 1 {
			anchor = "start"
		}
		text := n.Label
		if n.Base != "" {
			text += " (" + n.Base + ")"
		}
		s.letters("chart-label", x(j), s.y+12, 13, true, ink, anchor, wrap(text, int(560/float64(len(c.Rounds))), 13, 1)[0])
	}
	for i := range c.Rows {
		c.row(s, i, x, y)
	}
	c.ends(s, top, high, y)
	s.y = top + high + 12
	return s.end()
}

// row draws the line of a theme with a mark at each round.
func (c Slope) row(s *scene, i int, x func(int) float64, y func(float64) float64) {
	hue := c.Rows[i].Hue
	var part []point
	flush := func() {
		if len(part) > 1 {
			s.shapes = append(s.shapes, shape{kind: polyline, class: "chart-line", pts: part, stroke: Line(hue), thick: 2.5, dash: lineDashes[i%len(lineDashes)], hue: hue})
		}
		part = nil
	}
	for j, v := range c.Cells[i] {
		if v.Hidden != "" {
			flush()
			continue
		}
		part = append(part, point{x(j), y(v.size())})
	}
	flush()
	for j, v := range c.Cells[i] {
		if v.Hidden != "" {
			continue
		}
		s.begin(v, c.Rows[i].Label+", "+c.Rounds[j].Label)
		s.shapes = append(s.shapes, shape{kind: polygon, class: "chart-bar", pts: marker(i, point{x(j), y(v.size())}), fill: Line(hue), stroke: Ink(hue), thick: 1, hue: hue})
		s.close()
	}
}

// marker is the corners of a small shape around a point.
func marker(i int, at point) []point {
	const r = 5.5
	forms := [][]point{
		{{-r, 0}, {-0.7 * r, -0.7 * r}, {0, -r}, {0.7 * r, -0.7 * r}, {r, 0}, {0.7 * r, 0.7 * r}, {0, r}, {-0.7 * r, 0.7 * r}}, // round
		{{-r, -r}, {r, -r}, {r, r}, {-r, r}}, // square
		{{-r, r}, {0, -r}, {r, r}},           // triangle
		{{-r, 0}, {0, -r}, {r, 0}, {0, r}},   // diamond
		{{-r, -r}, {r, -r}, {0, r}},          // triangle on its point
	}
	out := slices.Clone(forms[i%len(forms)])
	for k := range out {
		out[k].x += at.x
		out[k].y += at.y
	}
	return out
}

// ends writes the names at the right, in the order of the last numbers, each with a line to its own.
func (c Slope) ends(s *scene, top, high float64, y func(float64) float64) {
	type end struct {
		row   int
		from  float64 // where the line ends
		at    float64 // where the name stands
		v     Value
		lines []string
		left  float64 // of the name
	}
	var list []end
	for i, row := range c.Cells {
		e := end{row: i, v: row[len(row)-1], from: top + high}
		if e.v.Hidden == "" {
			e.from = y(e.v.size())
		}
		e.at, e.left = e.from, slopeTo+46+max(advance(e.v.short(s.Lang), 13)+6, 44)
		e.lines = wrap(c.Rows[i].Label, int(width-margin-e.left), 13, 2)
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b end) int { return cmp.Compare(a.from, b.from) })
	room := func(i int) float64 { // between the name and the one above it
		return 5 + 8*float64(len(list[i].lines)+len(list[i-1].lines))
	}
	for i := 1; i < len(list); i++ { // down, then up from the bottom
		list[i].at = max(list[i].at, list[i-1].at+room(i))
	}
	most := top + high
	for i := len(list) - 1; i >= 0; i-- {
		list[i].at = min(list[i].at, most)
		if i > 0 {
			most = list[i].at - room(i)
		}
	}
	for _, e := range list {
		if e.v.Hidden == "" {
			s.line("chart-rule", point{slopeTo + 8, e.from}, point{slopeTo + 22, e.at}, ink2, 1)
		}
		n := c.Rows[e.row]
		s.begin(e.v, n.Label)
		mark := marker(e.row, point{slopeTo + 32, e.at})
		s.shapes = append(s.shapes, shape{kind: polygon, class: "chart-bar", pts: mark, fill: Line(n.Hue), stroke: Ink(n.Hue), thick: 1, hue: n.Hue})
		s.letters("chart-value", slopeTo+46, e.at+4.5, 13, true, ink, "start", e.v.short(s.Lang))
		s.label(e.lines, e.left, e.at, 13, "start")
		s.close()
	}
}
