package chart

import "avokoodi/coding/exporter"

// Pareto is the themes by their numbers, most first, with a line of what they come to together: how many themes hold most of
// what was said. Its whole is the sum of the numbers that are shown; hidden ones are in no sum.
type Pareto struct {
	Head
	Rows []Bar
	Sum  string // what the line is, in words: 'together, of the mentions shown'
}

func (c Pareto) scene() *scene {
	s := newScene(c.Head)
	sum, most := 0, 1
	for _, b := range c.Rows {
		if b.Hidden == "" {
			sum, most = sum+b.N, max(most, b.N)
		}
	}
	if len(c.Rows) == 0 {
		return s.nothing()
	}
	const (
		right = width - margin - 48.0 // where all is
		left  = right - 190           // where nothing is
		long  = left - barFrom - 70
	)
	s.letters("chart-sub", width-margin, s.y+4, 12, false, ink2, "end", c.Sum)
	s.y += 16
	top := s.y
	var pts []point
	var shares []string
	running := 0
	for _, b := range c.Rows {
		lines, height := rowOf(b.Name, nameWidth, 15)
		middle := s.y + height/2
		s.begin(b.Value, b.Label)
		s.area(0, s.y, width, height)
		s.label(lines, margin, middle, 15, "start")
		w := s.bar(Value{N: b.N, Hidden: b.Hidden}, barFrom, middle-barHeight/2, barHeight, long, float64(most), b.Hue, plain)
		s.letters("chart-value", barFrom+w+7, middle+5, 14, true, ink, "start", Value{N: b.N, Hidden: b.Hidden}.text(s.Lang))
		s.close()
		if b.Hidden == "" && sum > 0 {
			running += b.N
			share := float64(running) / float64(sum)
			pts = append(pts, point{left + share*(right-left), middle})
			shares = append(shares, exporter.Percent(s.Lang, share))
		}
		s.y += height
	}
	s.line("chart-rule", point{barFrom, top}, point{barFrom, s.y}, rule, 1)
	s.line("chart-rule", point{left, top}, point{left, s.y}, rule, 1)
	s.line("chart-rule", point{right, top}, point{right, s.y}, rule, 1, 4, 4)
	if len(pts) > 1 {
		s.shapes = append(s.shapes, shape{kind: polyline, class: "chart-sum", pts: pts, stroke: ink, thick: 2})
	}
	for i, p := range pts {
		s.shapes = append(s.shapes, shape{kind: polygon, class: "chart-dot", pts: marker(0, p), fill: paper, stroke: ink, thick: 2})
		s.letters("chart-sub", p.x+10, p.y-5, 12, false, ink2, "start", shares[i])
	}
	return s.end()
}
