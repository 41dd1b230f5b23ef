package chart

import "avokoodi/coding/exporter"

// Curve is how something fills up from left to right: a bar for what each step added, and a line for what there was by then. Both
// are read on one scale. The line has a mark at each step and the bars a pattern, so that it reads without colour.
type Curve struct {
	Head
	Steps []Step
	Added string // what the bars are, in words
	Known string // what the line is
	Along string // what the steps are
}

// Step is one step.
type Step struct {
	Label        string
	Added, Known int
}

const (
	curveHeight = 320.0
	curveFrom   = margin + 52.0
	curveTo     = width - margin - 8.0
)

func (c Curve) scene() *scene {
	s := newScene(c.Head)
	if len(c.Steps) == 0 {
		return s.nothing()
	}
	s.legend([]Name{{Label: c.Known}, {Label: c.Added}}, func(i int, x, y float64) {
		if i == 1 {
			s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-tile", at: point{x, y}, w: 26, h: 14, fill: Line(curveHue), fills: slash, stroke: Ink(curveHue), thick: 1, hue: curveHue})
			return
		}
		s.shapes = append(s.shapes, shape{kind: polyline, class: "chart-sum", pts: []point{{x, y + 7}, {x + 26, y + 7}}, stroke: ink, thick: 2},
			shape{kind: polygon, class: "chart-dot", pts: marker(0, point{x + 13, y + 7}), fill: paper, stroke: ink, thick: 2})
	})
	most := 0
	for _, one := range c.Steps {
		most = max(most, one.Known, one.Added)
	}
	marks := steps(float64(most), 5)
	if len(marks) > 2 && marks[1] < 1 {
		marks = []float64{0, 1}
	}
	top := s.y + 16
	y := func(v float64) float64 { return top + curveHeight - v/marks[len(marks)-1]*curveHeight }
	for _, m := range marks {
		s.line("chart-rule", point{curveFrom, y(m)}, point{curveTo, y(m)}, rule, 1)
		s.letters("chart-sub", curveFrom-10, y(m)+4, 13, false, ink2, "end", exporter.Whole(s.Lang, int(m)))
	}
	c.draw(s, y)
	s.y = top + curveHeight + 42
	s.letters("chart-sub", (curveFrom+curveTo)/2, s.y, 13, false, ink2, "middle", c.Along)
	s.y += 8
	return s.end()
}

// curveHue is the colour of the bars.
const curveHue = 7

func (c Curve) draw(s *scene, y func(float64) float64) {
	n := float64(len(c.Steps))
	wide := (curveTo - curveFrom) / n
	x := func(i int) float64 { return curveFrom + wide*(float64(i)+.5) }
	last := -1e9
	var pts []point
	for i, one := range c.Steps {
		v := Value{N: one.Added}
		s.begin(v, one.Label+", "+c.Added)
		s.area(x(i)-wide/2, y(float64(one.Known)), wide, y(0)-y(float64(one.Known)))
		if one.Added > 0 {
			bar := min(wide*.7, 56)
			s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-tile", at: point{x(i) - bar/2, y(float64(one.Added))}, w: bar, h: y(0) - y(float64(one.Added)), fill: Line(curveHue), fills: slash, stroke: Ink(curveHue), thick: 1, hue: curveHue})
		}
		s.close()
		pts = append(pts, point{x(i), y(float64(one.Known))})
		if half := advance(one.Label, 12)/2 + 5; x(i)-half > last {
			s.letters("chart-label", x(i), y(0)+18, 12, false, ink, "middle", one.Label)
			last = x(i) + half
		}
	}
	if len(pts) > 1 {
		s.shapes = append(s.shapes, shape{kind: polyline, class: "chart-sum", pts: pts, stroke: ink, thick: 2})
	}
	told := -1
	for i, p := range pts {
		s.begin(Value{N: c.Steps[i].Known}, c.Steps[i].Label+", "+c.Known)
		s.shapes = append(s.shapes, shape{kind: polygon, class: "chart-dot", pts: marker(0, p), fill: paper, stroke: ink, thick: 2})
		if c.Steps[i].Known != told || i == len(pts)-1 {
			told = c.Steps[i].Known
			s.letters("chart-value", p.x, p.y-11, 13, true, ink, "middle", exporter.Whole(s.Lang, told))
		}
		s.close()
	}
}
