package chart

import "avokoodi/coding/exporter"

// Reach is how much of its population each class has: a bar in a frame that is the whole population.
type Reach struct {
	Head
	Rows []ReachRow
}

// ReachRow is one class. Of is its population; 0 where it is not known, and then there is no frame.
type ReachRow struct {
	Name
	Value
	Of int
}

const reachWidth = 380.0

func (c Reach) scene() *scene {
	s := newScene(c.Head)
	if len(c.Rows) == 0 {
		return s.nothing()
	}
	for _, mark := range []float64{0, .5, 1} {
		anchor := map[float64]string{0: "start", .5: "middle", 1: "end"}[mark]
		s.letters("chart-sub", barFrom+mark*reachWidth, s.y+2, 12, false, ink2, anchor, exporter.Percent(s.Lang, mark))
	}
	s.y += 10
	top := s.y
	for _, r := range c.Rows {
		lines, height := rowOf(r.Name, nameWidth, 15)
		middle := s.y + height/2
		s.begin(r.Value, r.Label)
		s.area(0, s.y, width, height)
		s.label(lines, margin, middle, 15, "start")
		text, at := r.text(s.Lang), barFrom+8.0
		if r.Of > 0 {
			s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-frame", at: point{barFrom, middle - barHeight/2}, w: reachWidth, h: barHeight, fill: paper, stroke: ink2, thick: 1})
			s.bar(Value{Share: min(r.Share, 1), Shared: true, Hidden: r.Hidden}, barFrom, middle-barHeight/2, barHeight, reachWidth, 1, curveHue, plain)
			at = barFrom + reachWidth + 8
			if r.Hidden == "" {
				text = exporter.Percent(s.Lang, r.Share) + " (" + exporter.Whole(s.Lang, r.N) + " / " + exporter.Whole(s.Lang, r.Of) + ")"
			}
		}
		s.letters("chart-value", at, middle+5, 15, true, ink, "start", text)
		s.close()
		s.y += height
	}
	s.line("chart-rule", point{barFrom, top}, point{barFrom, s.y}, rule, 1)
	return s.end()
}
