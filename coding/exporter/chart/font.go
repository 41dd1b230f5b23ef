package chart

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// unitsPerEm is that of the Go fonts: their outlines are read at this size, so that a unit is a font unit.
const unitsPerEm = 2048

// faces are the typefaces of files: the Go fonts, which come with the Go project and have the letters of all European languages.
// A character that they lack is an empty box. It is for one drawing.
type faces struct {
	regular, bold *sfnt.Font
	buf           sfnt.Buffer
}

var parsed = sync.OnceValues(func() ([2]*sfnt.Font, error) {
	regular, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return [2]*sfnt.Font{}, fmt.Errorf("chart: %w", err)
	}
	bold, err := sfnt.Parse(gobold.TTF)
	if err != nil {
		return [2]*sfnt.Font{}, fmt.Errorf("chart: %w", err)
	}
	return [2]*sfnt.Font{regular, bold}, nil
})

func newFaces() (*faces, error) {
	list, err := parsed()
	return &faces{regular: list[0], bold: list[1]}, err
}

// glyph is a letter in its place.
type glyph struct {
	id      string // the same for the same letter of a face
	x       float64
	outline sfnt.Segments // in font units, y downwards
}

// run is the letters of a shape from left to right.
func (f *faces) run(s shape) ([]glyph, error) {
	face, name := f.regular, "r"
	if s.bold {
		face, name = f.bold, "b"
	}
	var out []glyph
	wide, scale := 0.0, s.size/unitsPerEm
	for _, r := range s.text {
		if r == '\u00a0' || r == '\t' || r == '\n' {
			r = ' '
		}
		i, err := face.GlyphIndex(&f.buf, r)
		if err != nil {
			return nil, fmt.Errorf("chart: %q: %w", r, err)
		}
		segments, err := face.LoadGlyph(&f.buf, i, fixed.I(unitsPerEm), nil)
		if err != nil {
			return nil, fmt.Errorf("chart: %q: %w", r, err)
		}
		step, err := face.GlyphAdvance(&f.buf, i, fixed.I(unitsPerEm), font.HintingNone)
		if err != nil {
			return nil, fmt.Errorf("chart: %q: %w", r, err)
		}
		out = append(out, glyph{fmt.Sprint(name, i), wide, append(sfnt.Segments(nil), segments...)})
		wide += float64(step) / 64 * scale
	}
	from := s.at.x
	switch s.anchor {
	case "middle":
		from -= wide / 2
	case "end":
		from -= wide
	}
	for i := range out {
		out[i].x += from
	}
	return out, nil
}

// path is the outline in the notation of SVG.
func (g glyph) path() string {
	var b strings.Builder
	for _, s := range g.outline {
		n := map[sfnt.SegmentOp]int{sfnt.SegmentOpMoveTo: 1, sfnt.SegmentOpLineTo: 1, sfnt.SegmentOpQuadTo: 2, sfnt.SegmentOpCubeTo: 3}[s.Op]
		b.WriteByte("MLQC"[s.Op])
		for i := range n {
			fmt.Fprintf(&b, "%d %d ", s.Args[i].X.Round(), s.Args[i].Y.Round())
		}
	}
	return strings.TrimSpace(b.String())
}
