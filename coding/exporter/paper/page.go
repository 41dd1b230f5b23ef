package paper

// Page is one sheet that is being laid out. Measures are in mm from the upper left corner; colours are '#rrggbb', "" for none.
type Page struct {
	Width, Height float64
	Title         string // what the sheet is: in the PDF's contents, and its name in the browser
	Lang          string // of text that says no other
	items         []item
}

// Point is a place.
type Point struct{ X, Y float64 }

// item is one thing on a page: a shape, or letters on a line.
type item struct {
	points       []Point // of a shape
	closed       bool
	fill, stroke string
	thick        float64 // mm
	dash         float64 // mm; 0 is a whole line

	text   string
	at     Point // start of the base line
	face   Face
	size   float64 // points
	color  string
	lang   string
	broken bool // the word goes on in the next line
}

// A4 and A3 are sheets that stand.
func A4(title, lang string) *Page { return &Page{Width: 210, Height: 297, Title: title, Lang: lang} }
func A3(title, lang string) *Page { return &Page{Width: 297, Height: 420, Title: title, Lang: lang} }

// Polygon draws a shape.
func (p *Page) Polygon(points []Point, fill, stroke string, thick float64) {
	p.items = append(p.items, item{points: points, closed: true, fill: fill, stroke: stroke, thick: thick})
}

// Rect draws a rectangle.
func (p *Page) Rect(x, y, w, h float64, fill, stroke string, thick float64) {
	p.Polygon([]Point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, fill, stroke, thick)
}

// Line draws a line; dash is the length of its dashes, 0 for none.
func (p *Page) Line(x1, y1, x2, y2 float64, stroke string, thick, dash float64) {
	p.items = append(p.items, item{points: []Point{{x1, y1}, {x2, y2}}, stroke: stroke, thick: thick, dash: dash})
}

// Enlarge is the page with everything k times as large: an A4 becomes an A3 by √2.
func (p *Page) Enlarge(k float64) *Page {
	out := *p
	out.Width, out.Height, out.items = p.Width*k, p.Height*k, nil
	for _, it := range p.items {
		points := make([]Point, len(it.points))
		for i, q := range it.points {
			points[i] = Point{q.X * k, q.Y * k}
		}
		it.points, it.at = points, Point{it.at.X * k, it.at.Y * k}
		it.thick, it.dash, it.size = it.thick*k, it.dash*k, it.size*k
		out.items = append(out.items, it)
	}
	return &out
}

// Texts are the lines of text in the order in which they were set, for tests and for those who listen.
func (p *Page) Texts() []string {
	var out []string
	joined := ""
	for _, it := range p.items {
		switch {
		case it.text == "":
		case it.broken:
			joined += it.text[:len(it.text)-1]
		default:
			out = append(out, joined+it.text)
			joined = ""
		}
	}
	return out
}

// Over is how far, in mm, the text that sticks out of the page the furthest does so; 0 where none does.
func (p *Page) Over() float64 {
	most := 0.0
	for _, it := range p.items {
		if it.text == "" {
			continue
		}
		up, down := it.size*mmPerPoint*ascent, it.size*mmPerPoint*descent
		most = max(most, -it.at.X, it.at.X+Width(it.text, it.face, it.size)-p.Width, up-it.at.Y, it.at.Y+down-p.Height)
	}
	return most
}

// Of the fonts, in parts of the size.
const (
	ascent  = 0.95
	descent = 0.22
)
