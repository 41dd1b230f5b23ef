package chart

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"strconv"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// Print size: the picture is as wide as the text of an A4 page, at 300 dots to the inch.
const (
	pngScale     = 2
	dotsPerMetre = 11811
)

// PNG writes a drawing as a picture for print: 1,920 dots wide, 163 mm at 300 dots to the inch.
func PNG(w io.Writer, d Drawing) error {
	s := d.scene()
	f, err := newFaces()
	if err != nil {
		return err
	}
	p := &painter{img: image.NewRGBA(image.Rect(0, 0, width*pngScale, int(math.Ceil(s.y))*pngScale)), faces: f}
	draw.Draw(p.img, p.img.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	for _, one := range s.shapes {
		if err := p.shape(one); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p.img); err != nil {
		return fmt.Errorf("chart: %w", err)
	}
	_, err = w.Write(withSize(b.Bytes()))
	return err
}

// withSize adds the print size: the chunk pHYs right after the header, whose 33 bytes open every PNG.
func withSize(file []byte) []byte {
	const header = 33
	chunk := []byte("pHYs")
	chunk = binary.BigEndian.AppendUint32(chunk, dotsPerMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, dotsPerMetre)
	chunk = append(chunk, 1)
	out := append([]byte(nil), file[:header]...)
	out = binary.BigEndian.AppendUint32(out, 9)
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[header:]...)
}

// painter draws shapes on an image.
type painter struct {
	img   *image.RGBA
	faces *faces
	z     vector.Rasterizer
}

func (p *painter) shape(s shape) error {
	switch s.kind {
	case rectangle:
		if s.catch {
			return nil
		}
		box := []point{s.at, {s.at.x + s.w, s.at.y}, {s.at.x + s.w, s.at.y + s.h}, {s.at.x, s.at.y + s.h}}
		p.area(box, s)
		p.stroke(append(box, box[0]), s)
	case polygon:
		p.area(s.pts, s)
		p.stroke(append(append([]point(nil), s.pts...), s.pts[0]), s)
	case polyline:
		p.stroke(s.pts, s)
	case letters:
		return p.letters(s)
	}
	return nil
}

// within begins a path in the part of the image that pts and their surroundings cover, and returns that part.
func (p *painter) within(pts []point, around float64) image.Rectangle {
	a, b := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, q := range pts {
		a.x, a.y, b.x, b.y = min(a.x, q.x), min(a.y, q.y), max(b.x, q.x), max(b.y, q.y)
	}
	r := image.Rect(int((a.x-around)*pngScale)-1, int((a.y-around)*pngScale)-1, int((b.x+around)*pngScale)+2, int((b.y+around)*pngScale)+2)
	p.z.Reset(r.Dx(), r.Dy())
	return r
}

// path adds a closed path to the rasterizer.
func (p *painter) path(pts []point, at image.Point) {
	for i, q := range pts {
		x, y := float32(q.x*pngScale)-float32(at.X), float32(q.y*pngScale)-float32(at.Y)
		if i == 0 {
			p.z.MoveTo(x, y)
		} else {
			p.z.LineTo(x, y)
		}
	}
	p.z.ClosePath()
}

// paint fills the path with src. The parts outside the image are left out.
func (p *painter) paint(r image.Rectangle, src image.Image) {
	mask := image.NewAlpha(image.Rect(0, 0, r.Dx(), r.Dy()))
	p.z.DrawOp = draw.Src
	p.z.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	draw.DrawMask(p.img, r, src, r.Min, mask, image.Point{}, draw.Over)
}

func (p *painter) area(pts []point, s shape) {
	if s.fill == "" {
		return
	}
	r := p.within(pts, 0)
	p.path(pts, r.Min)
	if s.fills == plain {
		p.paint(r, image.NewUniform(rgb(s.fill)))
		return
	}
	p.paint(r, &tiles{pattern: s.fills, ink: rgb(s.fill)})
}

// stroke draws each stretch of a line as a box of its thickness.
func (p *painter) stroke(pts []point, s shape) {
	if s.stroke == "" {
		return
	}
	half := max(s.thick, 1) / 2
	src := image.NewUniform(rgb(s.stroke))
	for _, seg := range dashed(pts, s.dash) {
		dx, dy := seg[1].x-seg[0].x, seg[1].y-seg[0].y
		long := math.Hypot(dx, dy)
		if long == 0 {
			continue
		}
		nx, ny, ex, ey := -dy/long*half, dx/long*half, dx/long*half, dy/long*half
		if len(s.dash) > 0 {
			ex, ey = 0, 0
		}
		a, b := point{seg[0].x - ex, seg[0].y - ey}, point{seg[1].x + ex, seg[1].y + ey}
		r := p.within([]point{a, b}, half)
		p.path([]point{{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}}, r.Min)
		p.paint(r, src)
	}
}

// dashed cuts a line into its dashes; without any, into its stretches.
func dashed(pts []point, dash []float64) [][2]point {
	var out [][2]point
	k, left := 0, 0.0
	if len(dash) > 0 {
		left = dash[0]
	}
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		long := math.Hypot(b.x-a.x, b.y-a.y)
		if len(dash) == 0 {
			out = append(out, [2]point{a, b})
			continue
		}
		for at := 0.0; at < long; {
			step := min(left, long-at)
			if k%2 == 0 {
				f, g := at/long, (at+step)/long
				out = append(out, [2]point{{a.x + (b.x-a.x)*f, a.y + (b.y-a.y)*f}, {a.x + (b.x-a.x)*g, a.y + (b.y-a.y)*g}})
			}
			at += step
			if left -= step; left <= 1e-9 {
				k++
				left = dash[k%len(dash)]
			}
		}
	}
	return out
}

func (p *painter) letters(s shape) error {
	run, err := p.faces.run(s)
	if err != nil || len(run) == 0 {
		return err
	}
	last := run[len(run)-1].x + 2*s.size
	r := p.within([]point{{run[0].x, s.at.y - 1.2*s.size}, {last, s.at.y + 0.5*s.size}}, s.size)
	scale := float32(s.size / unitsPerEm * pngScale)
	for _, g := range run {
		ox, oy := float32(g.x*pngScale)-float32(r.Min.X), float32(s.at.y*pngScale)-float32(r.Min.Y)
		at := func(seg sfnt.Segment, i int) (float32, float32) {
			return ox + float32(seg.Args[i].X)/64*scale, oy + float32(seg.Args[i].Y)/64*scale
		}
		for _, seg := range g.outline {
			x0, y0 := at(seg, 0)
			x1, y1 := at(seg, 1)
			x2, y2 := at(seg, 2)
			switch seg.Op {
			case sfnt.SegmentOpMoveTo:
				p.z.ClosePath()
				p.z.MoveTo(x0, y0)
			case sfnt.SegmentOpLineTo:
				p.z.LineTo(x0, y0)
			case sfnt.SegmentOpQuadTo:
				p.z.QuadTo(x0, y0, x1, y1)
			case sfnt.SegmentOpCubeTo:
				p.z.CubeTo(x0, y0, x1, y1, x2, y2)
			}
		}
		p.z.ClosePath()
	}
	p.paint(r, image.NewUniform(rgb(s.fill)))
	return nil
}

// tiles is a pattern as an endless image.
type tiles struct {
	pattern pattern
	ink     color.RGBA
}

func (t *tiles) ColorModel() color.Model { return color.RGBAModel }
func (t *tiles) Bounds() image.Rectangle { return image.Rect(-1e6, -1e6, 1e6, 1e6) }

func (t *tiles) At(x, y int) color.Color {
	size := float64(t.pattern.size())
	fx, fy := math.Mod((float64(x)+0.5)/pngScale, size), math.Mod((float64(y)+0.5)/pngScale, size)
	if t.pattern == dots && math.Hypot(fx-size/2, fy-size/2) <= 1.6 {
		return t.ink
	}
	for _, l := range t.pattern.lines() {
		dx, dy := l[2]-l[0], l[3]-l[1]
		if math.Abs((fx-l[0])*dy-(fy-l[1])*dx)/math.Hypot(dx, dy) <= t.pattern.thick()/2 {
			return t.ink
		}
	}
	return color.White
}

// rgb reads '#rrggbb'.
func rgb(s string) color.RGBA {
	n, _ := strconv.ParseUint(s[1:], 16, 32)
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}
