package chart

// Bars is one bar for each theme, with its number and share.
type Bars struct {
	Head
	Rows []Bar
}

// Bar is one row.
type Bar struct {
	Name
	Value
}

const (
	barFrom   = margin + nameWidth + gap
	barWidth  = 440 // of the longest bar; its number stands behind it
	barHeight = 18
	rowPad    = 14
)

func (c Bars) scene() *scene {
	s := newScene(c.Head)
	if len(c.Rows) == 0 {
		return s.nothing()
	}
	most := 1
	for _, b := range c.Rows {
		if b.Hidden == "" {
			most = max(most, b.N)
		}
	}
	top := s.y
	for _, b := range c.Rows {
		in := float64(min(b.Depth, 4) * indent)
		lines := wrap(b.Label, nameWidth-int(in), 15, 3)
		height := float64(len(lines)*lineStep + rowPad)
		middle := s.y + height/2
		s.begin(b.Value, b.Label)
		s.area(0, s.y, width, height)
		s.label(lines, margin+in, middle, 15, "start")
		long := s.bar(Value{N: b.N, Hidden: b.Hidden}, barFrom, middle-barHeight/2, barHeight, barWidth, float64(most), b.Hue, plain)
		s.letters("chart-value", barFrom+long+8, middle+5, 15, true, ink, "start", b.text(s.Lang))
		s.close()
		s.y += height
	}
	s.line("chart-rule", point{barFrom, top}, point{barFrom, s.y}, rule, 1)
	return s.end()
}
