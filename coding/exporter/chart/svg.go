package chart

import (
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
)

const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"

// SVG writes a drawing for a page: in the reader's font, with its numbers as links.
func SVG(w io.Writer, d Drawing) error { return writeSVG(w, d.scene(), nil) }

// File writes a drawing as an SVG that needs no font: letters are outlines. Its numbers lead nowhere.
func File(w io.Writer, d Drawing) error {
	f, err := newFaces()
	if err != nil {
		return err
	}
	return writeSVG(w, d.scene(), f)
}

// svgWriter writes a scene. With faces, letters become outlines, each defined once.
type svgWriter struct {
	b, defs  strings.Builder
	id       string
	faces    *faces
	patterns map[string]bool
	glyphs   map[string]bool
	inLink   bool // the group that is open is a link
}

func writeSVG(w io.Writer, s *scene, f *faces) error {
	x := &svgWriter{id: escape(s.ID), faces: f, patterns: map[string]bool{}, glyphs: map[string]bool{}}
	for _, one := range s.shapes {
		if err := x.shape(one); err != nil {
			return err
		}
	}
	role, font := "img", ` font-family="`+escape(fontFamily)+`"`
	if s.linked && f == nil {
		role = "group" // the links inside must be reached
	}
	if f != nil {
		font = ""
	}
	high := number(s.y)
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 %d %s" width="%d" height="%s" role="%s" aria-label="%s"%s>
<defs>%s</defs>
<rect class="chart-paper" width="%d" height="%s" fill="%s"/>
%s</svg>
`, width, high, width, high, role, escape(s.Title+". "+s.Subtitle), font, x.defs.String(), width, high, paper, x.b.String())
	return err
}

func (x *svgWriter) shape(s shape) error {
	switch s.kind {
	case rectangle:
		x.tag("rect", s, fmt.Sprintf(` x="%s" y="%s" width="%s" height="%s"`, number(s.at.x), number(s.at.y), number(s.w), number(s.h)))
	case polyline, polygon:
		var pts []string
		for _, p := range s.pts {
			pts = append(pts, number(p.x)+","+number(p.y))
		}
		name := "polyline"
		if s.kind == polygon {
			name = "polygon"
		}
		x.tag(name, s, ` points="`+strings.Join(pts, " ")+`"`)
	case letters:
		if x.faces != nil {
			return x.outline(s)
		}
		weight := "400"
		if s.bold {
			weight = "600"
		}
		fmt.Fprintf(&x.b, `<text class="%s" x="%s" y="%s" font-size="%s" font-weight="%s" fill="%s" text-anchor="%s">%s</text>`+"\n",
			s.class, number(s.at.x), number(s.at.y), number(s.size), weight, s.fill, s.anchor, escape(s.text))
	case open:
		if s.href != "" && x.faces == nil {
			fmt.Fprintf(&x.b, `<a href="%s" aria-label="%s">`+"\n", escape(s.href), escape(s.label))
		} else {
			x.b.WriteString("<g>\n")
		}
		fmt.Fprintf(&x.b, "<title>%s</title>\n", escape(s.label))
		x.inLink = s.href != "" && x.faces == nil
	case shut:
		if x.inLink {
			x.b.WriteString("</a>\n")
		} else {
			x.b.WriteString("</g>\n")
		}
	}
	return nil
}

// tag writes a shape that is filled and stroked.
func (x *svgWriter) tag(name string, s shape, where string) {
	fmt.Fprintf(&x.b, `<%s class="%s"`, name, s.class)
	if s.hue > 0 {
		fmt.Fprintf(&x.b, ` data-hue="%d"`, s.hue)
	}
	x.b.WriteString(where)
	fill := "none"
	switch {
	case s.kind == polyline || s.catch:
	case s.fills != plain:
		fill = "url(#" + x.pattern(s.fills, s.fill) + ")"
	case s.fill != "":
		fill = s.fill
	}
	fmt.Fprintf(&x.b, ` fill="%s"`, fill)
	if s.stroke != "" {
		fmt.Fprintf(&x.b, ` stroke="%s"`, s.stroke)
	}
	if s.thick != 0 && s.thick != 1 {
		fmt.Fprintf(&x.b, ` stroke-width="%s"`, number(s.thick))
	}
	if len(s.dash) > 0 {
		var d []string
		for _, n := range s.dash {
			d = append(d, number(n))
		}
		fmt.Fprintf(&x.b, ` stroke-dasharray="%s"`, strings.Join(d, " "))
	}
	if s.catch {
		x.b.WriteString(` pointer-events="all"`)
	}
	x.b.WriteString("/>\n")
}

// pattern is the id of a pattern in a colour, which is defined the first time.
func (x *svgWriter) pattern(p pattern, color string) string {
	id := x.id + "p" + strconv.Itoa(int(p)) + color[1:]
	if x.patterns[id] {
		return id
	}
	x.patterns[id] = true
	size := p.size()
	fmt.Fprintf(&x.defs, `<pattern id="%s" width="%d" height="%d" patternUnits="userSpaceOnUse">`, id, size, size)
	if p != hidden {
		fmt.Fprintf(&x.defs, `<rect class="chart-paper" width="%d" height="%d" fill="%s"/>`, size, size, paper)
	}
	if p == dots {
		fmt.Fprintf(&x.defs, `<circle cx="%d" cy="%d" r="1.6" fill="%s"/>`, size/2, size/2, color)
	}
	for _, l := range p.lines() {
		fmt.Fprintf(&x.defs, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"/>`, number(l[0]), number(l[1]), number(l[2]), number(l[3]), color, number(p.thick()))
	}
	x.defs.WriteString("</pattern>")
	return id
}

// size is the side of the tile that a pattern repeats.
func (p pattern) size() int {
	switch p {
	case wide:
		return 10
	case dots:
		return 6
	}
	return 7
}

func (p pattern) thick() float64 {
	if p == wide {
		return 4
	}
	return 1.8
}

// lines are the lines of a tile; diagonal ones run over its corners, so that tiles join.
func (p pattern) lines() [][4]float64 {
	n := float64(p.size())
	up := [][4]float64{{-1, n + 1, n + 1, -1}, {-1, 1, 1, -1}, {n - 1, n + 1, n + 1, n - 1}}
	switch p {
	case slash, hidden, wide:
		return up
	case back:
		var out [][4]float64
		for _, l := range up {
			out = append(out, [4]float64{n - l[0], l[1], n - l[2], l[3]})
		}
		return out
	case bars:
		return [][4]float64{{0, n / 2, n, n / 2}}
	case grid:
		return [][4]float64{{0, n / 2, n, n / 2}, {n / 2, 0, n / 2, n}}
	}
	return nil
}

// outline writes letters as the shapes of the font.
func (x *svgWriter) outline(s shape) error {
	run, err := x.faces.run(s)
	if err != nil {
		return err
	}
	fmt.Fprintf(&x.b, `<g class="%s" fill="%s" aria-label="%s">`, s.class, s.fill, escape(s.text))
	for _, g := range run {
		id := x.id + g.id
		if !x.glyphs[id] {
			x.glyphs[id] = true
			fmt.Fprintf(&x.defs, `<path id="%s" d="%s"/>`, id, g.path())
		}
		if len(g.outline) > 0 {
			fmt.Fprintf(&x.b, `<use href="#%s" transform="translate(%s %s) scale(%s)"/>`, id, number(g.x), number(s.at.y), strconv.FormatFloat(s.size/unitsPerEm, 'f', 5, 64))
		}
	}
	x.b.WriteString("</g>\n")
	return nil
}

// number is a coordinate to a hundredth.
func number(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}

// escape makes text safe in XML, in an element as well as in an attribute.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")))
}
