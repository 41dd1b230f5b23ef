package chart

// Measures, in units of the picture; a unit is a pixel at 100 %.
const (
	width     = 960
	margin    = 24
	nameWidth = 330 // of labels
	indent    = 16  // of a sub-theme
	gap       = 12
	lineStep  = 18
	stub      = 26 // length of a bar whose number is hidden
	ink       = "#1d2126"
	ink2      = "#565d66"
	rule      = "#cfc8bb"
	paper     = "#ffffff"
)

// pattern is how a shape is filled, for reading without colour.
type pattern int

const (
	plain pattern = iota
	slash
	dots
	bars
	back
	grid
	wide
	hidden // of numbers that are not shown
)

// kinds of shapes.
type kind uint8

const (
	rectangle kind = iota
	polyline
	polygon
	letters
	open // of a group of shapes: a link where it has an address
	shut
)

type point struct{ x, y float64 }

// shape is one thing in a scene. Which fields count is up to its kind.
type shape struct {
	kind   kind
	class  string
	at     point // of a rectangle: its corner; of letters: the start, middle or end of their line
	w, h   float64
	pts    []point
	fill   string
	fills  pattern
	stroke string
	thick  float64
	dash   []float64
	hue    int // for the page's style sheet; 0 is not said

	text   string
	size   float64
	bold   bool
	anchor string // start, middle, end

	href, label string
	catch       bool // takes the pointer although it is not seen
}

// scene is a drawing as plain shapes.
type scene struct {
	Head
	shapes []shape
	y      float64 // where the next thing goes; at last the height
	linked bool
}

func newScene(h Head) *scene {
	s := &scene{Head: h, y: margin}
	for _, line := range wrap(h.Title, width-2*margin, 20, 2) {
		s.y += 20
		s.letters("chart-title", margin, s.y, 20, true, ink, "start", line)
		s.y += 5
	}
	for _, line := range wrap(h.Subtitle, width-2*margin, 14, 2) {
		s.y += 18
		s.letters("chart-sub", margin, s.y, 14, false, ink2, "start", line)
	}
	s.y += 18
	return s
}

// nothing says that there is nothing.
func (s *scene) nothing() *scene {
	s.y += 24
	s.letters("chart-sub", margin, s.y, 15, false, ink2, "start", s.Empty)
	s.y += 12
	return s.end()
}

// end adds the notes.
func (s *scene) end() *scene {
	s.y += 14
	for _, n := range s.Notes {
		for _, line := range wrap(n, width-2*margin, 12, 6) {
			s.y += 16
			s.letters("chart-note", margin, s.y, 12, false, ink2, "start", line)
		}
	}
	s.y += margin
	return s
}

func (s *scene) letters(class string, x, y, size float64, bold bool, fill, anchor, text string) {
	if text != "" {
		s.shapes = append(s.shapes, shape{kind: letters, class: class, at: point{x, y}, size: size, bold: bold, fill: fill, anchor: anchor, text: text})
	}
}

func (s *scene) line(class string, a, b point, stroke string, thick float64, dash ...float64) {
	s.shapes = append(s.shapes, shape{kind: polyline, class: class, pts: []point{a, b}, stroke: stroke, thick: thick, dash: dash})
}

// begin opens the shapes of one number: a link where it leads somewhere, with its words for those who do not see it.
func (s *scene) begin(v Value, label string) {
	s.linked = s.linked || v.Href != ""
	s.shapes = append(s.shapes, shape{kind: open, href: v.Href, label: label + ": " + v.spoken(s.Lang)})
}

func (s *scene) close() { s.shapes = append(s.shapes, shape{kind: shut}) }

// area is the place of a number that takes the pointer.
func (s *scene) area(x, y, w, h float64) {
	s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-row", at: point{x, y}, w: w, h: h, catch: true})
}

// bar draws a number as a bar, or the stub of a hidden one, and returns how long it is.
func (s *scene) bar(v Value, x, y, height, longest, most float64, hue int, fills pattern) float64 {
	if v.Hidden != "" {
		s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-hidden", at: point{x, y}, w: stub, h: height, fills: hidden, fill: ink2, stroke: ink2, thick: 1})
		return stub
	}
	if v.size() <= 0 || most <= 0 {
		return 0
	}
	long := v.size() / most * longest
	class := "chart-bar"
	if fills != plain {
		class = "chart-tile" // its pattern has the colour
	}
	s.shapes = append(s.shapes, shape{kind: rectangle, class: class, at: point{x, y}, w: long, h: height, fill: Line(hue), fills: fills, stroke: Ink(hue), thick: 1, hue: hue})
	return long
}

// label writes a name of several lines with its middle at y, and returns how high it is.
func (s *scene) label(lines []string, x, y, size float64, anchor string) {
	step := size + 3
	for i, line := range lines {
		s.letters("chart-label", x, y+size/3+float64(i)*step-float64(len(lines)-1)*step/2, size, false, ink, anchor, line)
	}
}

// legend tells which pattern is which series, in as many lines as it takes.
func (s *scene) legend(names []Name, key func(i int, x, y float64)) {
	x := float64(margin)
	s.y += 6
	for i, n := range names {
		text := n.Label
		if n.Base != "" {
			text += " (" + n.Base + ")"
		}
		text = wrap(text, 400, 13, 1)[0]
		w := 34 + advance(text, 13) + 18
		if x > margin && x+w > width-margin {
			x = margin
			s.y += 24
		}
		key(i, x, s.y)
		s.letters("chart-label", x+34, s.y+12, 13, false, ink, "start", text)
		x += w
	}
	s.y += 34
}

// seriesHue and seriesFill are how the i-th series of a drawing looks.
func seriesHue(i int) int { return [...]int{7, 3, 9, 1, 5, 10, 4, 12}[i%8] }

func seriesFill(i int) pattern {
	return [...]pattern{plain, slash, dots, bars, back, grid, wide}[i%7]
}
