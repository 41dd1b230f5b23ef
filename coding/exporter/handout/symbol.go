package handout

import (
	"math"
	"strings"

	"fmt"

	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/workshop"
)

// symbol is a shape that tells a theme apart where colours don't: in a unit square, and by the name that presentations know it by.
type symbol struct {
	preset string
	shapes func() [][]paper.Point // filled; a second one is cut out of the first
}

func regular(n int, turn float64) []paper.Point {
	out := make([]paper.Point, n)
	for i := range out {
		sin, cos := math.Sincos(2*math.Pi*float64(i)/float64(n) + turn)
		out[i] = paper.Point{X: .5 + .5*cos, Y: .5 + .5*sin}
	}
	return out
}

func points(xy ...float64) []paper.Point {
	var out []paper.Point
	for i := 0; i+1 < len(xy); i += 2 {
		out = append(out, paper.Point{X: xy[i], Y: xy[i+1]})
	}
	return out
}

func star() []paper.Point {
	outer, inner := regular(5, -math.Pi/2), regular(5, -math.Pi/2+math.Pi/5)
	var out []paper.Point
	for i := range outer {
		out = append(out, outer[i], paper.Point{X: .5 + (inner[i].X-.5)*.45, Y: .5 + (inner[i].Y-.5)*.45})
	}
	return out
}

func heart() []paper.Point {
	var out []paper.Point
	for i := range 60 {
		t := 2 * math.Pi * float64(i) / 60
		sin := math.Sin(t)
		x := 16 * sin * sin * sin
		y := 13*math.Cos(t) - 5*math.Cos(2*t) - 2*math.Cos(3*t) - math.Cos(4*t)
		out = append(out, paper.Point{X: .5 + x/34, Y: .46 - y/34})
	}
	return out
}

func drop() []paper.Point {
	var out []paper.Point
	for i := range 60 {
		t := 2 * math.Pi * float64(i) / 60
		out = append(out, paper.Point{X: .5 + .36*math.Sin(t)*math.Pow(math.Sin(t/2), 1.2)*1.15, Y: .5 - .5*math.Cos(t)})
	}
	return out
}

var symbols = [workshop.Symbols]symbol{
	{"ellipse", func() [][]paper.Point { return [][]paper.Point{regular(48, 0)} }},
	{"rect", func() [][]paper.Point { return [][]paper.Point{points(.06, .06, .94, .06, .94, .94, .06, .94)} }},
	{"triangle", func() [][]paper.Point { return [][]paper.Point{points(.5, .03, 1, .94, 0, .94)} }},
	{"diamond", func() [][]paper.Point { return [][]paper.Point{points(.5, 0, 1, .5, .5, 1, 0, .5)} }},
	{"star5", func() [][]paper.Point { return [][]paper.Point{star()} }},
	{"plus", func() [][]paper.Point {
		return [][]paper.Point{points(.34, .02, .66, .02, .66, .34, .98, .34, .98, .66, .66, .66, .66, .98, .34, .98, .34, .66, .02, .66, .02, .34, .34, .34)}
	}},
	{"hexagon", func() [][]paper.Point { return [][]paper.Point{regular(6, 0)} }},
	{"donut", func() [][]paper.Point {
		hole := regular(48, 0)
		for i := range hole {
			hole[i] = paper.Point{X: .5 + (hole[i].X-.5)*.5, Y: .5 + (hole[i].Y-.5)*.5}
		}
		return [][]paper.Point{regular(48, 0), hole}
	}},
	{"upArrow", func() [][]paper.Point {
		return [][]paper.Point{points(.5, 0, 1, .5, .7, .5, .7, 1, .3, 1, .3, .5, 0, .5)}
	}},
	{"heart", func() [][]paper.Point { return [][]paper.Point{heart()} }},
	{"chevron", func() [][]paper.Point {
		return [][]paper.Point{points(0, .05, .55, .05, 1, .5, .55, .95, 0, .95, .45, .5)}
	}},
	{"teardrop", func() [][]paper.Point { return [][]paper.Point{drop()} }},
}

// mark draws a symbol into a square; back is the colour behind it, which shows through holes.
func mark(p *paper.Page, n int, x, y, size float64, fill, back string) {
	for i, shape := range symbols[n%len(symbols)].shapes() {
		at := make([]paper.Point, len(shape))
		for k, q := range shape {
			at[k] = paper.Point{X: x + q.X*size, Y: y + q.Y*size}
		}
		color := fill
		if i > 0 {
			color = back
		}
		p.Polygon(at, color, "", 0)
	}
}

// SymbolPath is the outline of a symbol for an SVG of 24 by 24; holes are cut out by the even-odd rule.
func SymbolPath(n int) string {
	var b strings.Builder
	for _, shape := range symbols[n%len(symbols)].shapes() {
		for i, q := range shape {
			letter := "L"
			if i == 0 {
				letter = "M"
			}
			fmt.Fprintf(&b, "%s%.1f %.1f", letter, 1+q.X*22, 1+q.Y*22)
		}
		b.WriteString("Z")
	}
	return b.String()
}
