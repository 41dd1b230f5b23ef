package chart

import (
	"math"

	"avokoodi/coding/exporter"
)

// Dots is an estimate with its interval for each row, on one axis from From to 1. Marks are values that a convention names,
// each a line with its label.
type Dots struct {
	Head
	Axis  string // what the axis measures
	From  float64
	Rows  []Dot
	Marks []AxisMark
}

// Dot is one row. Value is NaN where it is not defined, Low and High where there is no interval; Why then says why.
type Dot struct {
	Name
	Value, Low, High float64
	Why              string
	Spoken           string // the value in words
	Href             string
}

// AxisMark is a line across the axis.
type AxisMark struct {
	At    float64
	Label string
}

const (
	dotTo   = width - margin - 130 // the number stands behind the axis
	dotWide = dotTo - barFrom
)

func (c Dots) scene() *scene {
	s := newScene(c.Head)
	if len(c.Rows) == 0 {
		return s.nothing()
	}
	x := func(v float64) float64 { return barFrom + dotWide*(math.Max(v, c.From)-c.From)/(1-c.From) }
	s.y += 8
	for _, m := range c.Marks {
		s.letters("chart-sub", x(m.At), s.y, 12, false, ink2, "middle", m.Label)
	}
	s.y += 8
	top, frame := s.y, len(s.shapes)
	for i, d := range c.Rows {
		c.row(s, i, d, x)
	}
	var lines []shape // behind the dots
	back := &scene{}
	for v := c.From; v < 1.001; v += 0.2 {
		back.line("chart-rule", point{x(v), top}, point{x(v), s.y}, rule, 1)
	}
	for _, m := range c.Marks {
		back.line("chart-rule", point{x(m.At), top}, point{x(m.At), s.y}, ink2, 1, 4, 4)
	}
	lines = append(lines, back.shapes...)
	s.shapes = append(s.shapes[:frame:frame], append(lines, s.shapes[frame:]...)...)
	s.y += 16
	for v := c.From; v < 1.001; v += 0.2 {
		s.letters("chart-sub", x(v), s.y, 12, false, ink2, "middle", exporter.Decimals(s.Lang, math.Round(v*10)/10, 1))
	}
	s.y += 18
	s.letters("chart-sub", barFrom+dotWide/2, s.y, 12, false, ink2, "middle", c.Axis)
	return s.end()
}

func (c Dots) row(s *scene, i int, d Dot, x func(float64) float64) {
	in := float64(min(d.Depth, 4) * indent)
	lines := wrap(d.Label, nameWidth-int(in), 15, 3)
	height := float64(len(lines)*lineStep + rowPad)
	middle := s.y + height/2
	s.linked = s.linked || d.Href != ""
	s.shapes = append(s.shapes, shape{kind: open, href: d.Href, label: d.Label + ": " + d.Spoken})
	s.area(0, s.y, width, height)
	s.label(lines, margin+in, middle, 15, "start")
	text := d.Why
	if !math.IsNaN(d.Value) {
		text = exporter.Decimals(s.Lang, d.Value, 2)
		if !math.IsNaN(d.Low) {
			a, b := x(d.Low), x(d.High)
			s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-range", at: point{a, middle - 2.5}, w: math.Max(b-a, 1), h: 5, fill: Line(d.Hue), stroke: Ink(d.Hue), thick: 0.5, hue: d.Hue})
			for _, at := range []float64{a, b} {
				s.line("chart-axis", point{at, middle - 6}, point{at, middle + 6}, Ink(d.Hue), 1.5)
			}
		}
		s.shapes = append(s.shapes, shape{kind: polygon, class: "chart-dot", pts: marker(0, point{x(d.Value), middle}), fill: paper, stroke: Ink(d.Hue), thick: 2.5, hue: d.Hue})
	}
	s.letters("chart-value", dotTo+16, middle+5, 15, true, ink, "start", text)
	s.close()
	s.y += height
}
