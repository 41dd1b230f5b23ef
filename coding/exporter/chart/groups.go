package chart

import (
	"math"

	"avokoodi/coding/exporter"
)

// Groups are the shares of themes in several groups. Cells has a row for each of Rows and in it a value for each of Groups.
type Groups struct {
	Head
	Form   Form
	Rows   []Name
	Groups []Name
	Cells  [][]Value
}

// Form is how the groups stand to each other.
type Form string

// Forms. Panels stand side by side, each group on its own base line; clustered bars lie one below the other; stacked ones follow
// each other in one bar as long as their sum, or, with Whole, all of one length: how those who name a theme divide among the
// groups. A stacked bar of shares of different bases would add up what does not add up, so it is drawn of numbers.
const (
	Panels    Form = "panels"
	Clustered Form = "clustered"
	Stacked   Form = "stacked"
	Whole     Form = "whole"
)

func (c Groups) scene() *scene {
	s := newScene(c.Head)
	switch {
	case len(c.Rows) == 0 || len(c.Groups) == 0:
		return s.nothing()
	case c.Form == Clustered:
		c.clustered(s)
	case c.Form == Stacked || c.Form == Whole:
		c.stacked(s)
	default:
		c.panels(s)
	}
	return s.end()
}

// most is the longest bar of all.
func (c Groups) most() float64 {
	most := 0.0
	for _, row := range c.Cells {
		for _, v := range row {
			most = max(most, v.size())
		}
	}
	return most
}

func (c Groups) panels(s *scene) {
	names := 250.0
	step := (width - 2*margin - names - gap) / float64(len(c.Groups))
	from := margin + names + gap
	var heads [][]string
	high := 1
	for _, g := range c.Groups {
		lines := wrap(g.Label, int(step)-10, 13, 4)
		heads = append(heads, lines)
		high = max(high, len(lines))
	}
	for j, g := range c.Groups {
		x := from + float64(j)*step
		for k, line := range heads[j] {
			s.letters("chart-label", x, s.y+13+float64(16*(k+high-len(heads[j]))), 13, true, ink, "start", line)
		}
		s.letters("chart-sub", x, s.y+float64(16*high)+14, 12, false, ink2, "start", g.Base)
	}
	s.y += float64(16*high) + 26
	top, most := s.y, c.most()
	for i, n := range c.Rows {
		lines, height := rowOf(n, names, 14)
		s.label(lines, margin+float64(min(n.Depth, 4)*indent), s.y+height/2, 14, "start")
		for j, v := range c.Cells[i] {
			x := from + float64(j)*step
			s.begin(v, c.Groups[j].Label+", "+n.Label)
			s.area(x, s.y, step-6, height)
			long := s.bar(v, x, s.y+height/2-8, 16, step-62, most, n.Hue, plain)
			s.letters("chart-value", x+long+6, s.y+height/2+4.5, 13, false, ink, "start", v.short(s.Lang))
			s.close()
		}
		s.y += height
	}
	for j := range c.Groups {
		x := from + float64(j)*step
		s.line("chart-rule", point{x, top}, point{x, s.y}, rule, 1)
	}
}

// rowOf is the lines of a row's name and how high the row is.
func rowOf(n Name, wide float64, size int) ([]string, float64) {
	lines := wrap(n.Label, int(wide)-min(n.Depth, 4)*indent, size, 4)
	return lines, float64(len(lines)*(size+3) + rowPad)
}

func (c Groups) clustered(s *scene) {
	c.key(s)
	const each = 19.0
	top, most := s.y, c.most()
	for i, n := range c.Rows {
		lines := wrap(n.Label, nameWidth-min(n.Depth, 4)*indent, 15, 4)
		height := max(each*float64(len(c.Groups)), float64(len(lines)*lineStep)) + rowPad
		s.label(lines, margin+float64(min(n.Depth, 4)*indent), s.y+height/2, 15, "start")
		y := s.y + (height-each*float64(len(c.Groups)))/2
		for j, v := range c.Cells[i] {
			s.begin(v, c.Groups[j].Label+", "+n.Label)
			s.area(barFrom, y, width-barFrom, each)
			long := s.bar(v, barFrom, y+2, each-4, barWidth+60, most, seriesHue(j), seriesFill(j))
			s.letters("chart-value", barFrom+long+7, y+14, 13, false, ink, "start", v.short(s.Lang))
			s.close()
			y += each
		}
		s.y += height
		s.line("chart-rule", point{margin, s.y}, point{width - margin, s.y}, rule, 1)
	}
	s.line("chart-rule", point{barFrom, top}, point{barFrom, s.y}, rule, 1)
}

// key is the legend of the groups.
func (c Groups) key(s *scene) {
	s.legend(c.Groups, func(i int, x, y float64) {
		s.bar(Value{N: 1}, x, y+1, 14, 26, 1, seriesHue(i), seriesFill(i))
	})
}

func (c Groups) stacked(s *scene) {
	c.key(s)
	sums, most := make([]float64, len(c.Rows)), 0.0
	for i, row := range c.Cells {
		for _, v := range row {
			if v.Hidden == "" {
				sums[i] += float64(v.N)
			}
		}
		most = max(most, sums[i])
	}
	const long = width - margin - barFrom - 10
	top := s.y
	for i, n := range c.Rows {
		lines, height := rowOf(n, nameWidth, 15)
		height = max(height, 34)
		middle := s.y + height/2
		s.label(lines, margin+float64(min(n.Depth, 4)*indent), middle, 15, "start")
		full := most
		if c.Form == Whole {
			full = sums[i]
		}
		stubs := 0
		for _, v := range c.Cells[i] {
			if v.Hidden != "" {
				stubs++
			}
		}
		x, room := float64(barFrom), float64(long-stubs*stub)
		for j, v := range c.Cells[i] {
			s.begin(v, c.Groups[j].Label+", "+n.Label)
			w := s.bar(Value{N: v.N, Hidden: v.Hidden}, x, middle-11, 22, room, full, seriesHue(j), seriesFill(j))
			c.inside(s, i, v, x, middle, w, sums[i], stubs > 0)
			s.close()
			x += w
		}
		s.y += height
	}
	s.line("chart-rule", point{barFrom, top}, point{barFrom, s.y}, rule, 1)
}

// inside writes a number into its part of a bar, on paper so that it is read on any pattern, where there is room. A row with
// hidden parts has no shares of the whole, for the whole would be wrong without them.
func (c Groups) inside(s *scene, i int, v Value, x, middle, w, sum float64, partly bool) {
	text := exporter.Whole(s.Lang, v.N)
	switch {
	case v.Hidden != "":
		text = v.Hidden
	case v.N == 0:
		return
	case c.Form == Whole && !partly && sum > 0:
		text = exporter.Percent(s.Lang, float64(v.N)/sum)
	}
	room := advance(text, 12) + 6
	if room > w+1 {
		return
	}
	s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-patch", at: point{x + (w-room)/2, middle - 8}, w: room, h: 16, fill: paper})
	s.letters("chart-value", x+w/2, middle+4.5, 12, true, ink, "middle", text)
}

// steps are round numbers from 0 to at least most, about n of them.
func steps(most float64, n int) []float64 {
	if most <= 0 {
		return []float64{0, 1}
	}
	raw := most / float64(n)
	ten := math.Pow(10, math.Floor(math.Log10(raw)))
	unit := 10 * ten
	for _, k := range []float64{1, 2, 5} {
		if raw <= k*ten {
			unit = k * ten
			break
		}
	}
	out := []float64{0}
	for i := 1; out[len(out)-1] < most-unit*1e-9; i++ {
		out = append(out, float64(i)*unit)
	}
	return out
}
