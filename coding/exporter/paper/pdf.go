package paper

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Meta is what a PDF says of itself.
type Meta struct {
	Title, Subject string
	Lang           string // fi, sv or en
	At             time.Time
}

var styles = [...]string{"", "B", "I", "BI"}

// PDF writes pages as one file, each of its own size, with the fonts inside and a list of contents.
func PDF(w io.Writer, m Meta, pages []*Page) error {
	if len(pages) == 0 {
		return fmt.Errorf("paper: a PDF without pages")
	}
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: pages[0].Width, Ht: pages[0].Height}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetTitle(m.Title, true)
	doc.SetSubject(m.Subject, true)
	doc.SetAuthor("Avokoodi", true)
	doc.SetCreator("Avokoodi", true)
	doc.SetLang(map[string]string{"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[m.Lang])
	doc.SetDisplayMode("fullpage", "single")
	if m.At.IsZero() {
		m.At = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	doc.SetCreationDate(m.At)
	doc.SetModificationDate(m.At)
	doc.SetCatalogSort(true)
	for f := range styles {
		if used(pages, Face(f)) {
			doc.AddUTF8FontFromBytes("Go", styles[f], bytes.Clone(Face(f).TTF()))
		}
	}
	last := ""
	for _, p := range pages {
		doc.AddPageFormat("P", fpdf.SizeType{Wd: p.Width, Ht: p.Height})
		if p.Title != "" && p.Title != last {
			doc.Bookmark(p.Title, 0, 0)
			last = p.Title
		}
		p.pdf(doc)
	}
	if err := doc.Error(); err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	if err := doc.Output(w); err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	return nil
}

func used(pages []*Page, f Face) bool {
	for _, p := range pages {
		for _, it := range p.items {
			if it.text != "" && it.face == f {
				return true
			}
		}
	}
	return false
}

func (p *Page) pdf(doc *fpdf.Fpdf) {
	for _, it := range p.items {
		if it.text != "" {
			doc.SetTextColor(rgb(it.color))
			doc.SetFont("Go", styles[it.face], it.size)
			doc.Text(it.at.X, it.at.Y, it.text)
			continue
		}
		style := ""
		if it.fill != "" {
			doc.SetFillColor(rgb(it.fill))
			style = "F"
		}
		if it.stroke != "" {
			doc.SetDrawColor(rgb(it.stroke))
			doc.SetLineWidth(it.thick)
			style += "D"
		}
		if it.dash > 0 {
			doc.SetDashPattern([]float64{it.dash, it.dash}, 0)
		}
		if !it.closed {
			doc.Line(it.points[0].X, it.points[0].Y, it.points[1].X, it.points[1].Y)
		} else if style != "" {
			points := make([]fpdf.PointType, len(it.points))
			for i, q := range it.points {
				points[i] = fpdf.PointType{X: q.X, Y: q.Y}
			}
			doc.Polygon(points, style)
		}
		if it.dash > 0 {
			doc.SetDashPattern(nil, 0)
		}
	}
}

func rgb(s string) (r, g, b int) {
	n, err := strconv.ParseUint(s[min(1, len(s)):], 16, 32)
	if err != nil {
		return 29, 33, 38
	}
	return int(n >> 16), int(n >> 8 & 255), int(n & 255)
}

// Ellipse is the outline of an ellipse, as points.
func Ellipse(x, y, rx, ry float64) []Point {
	const n = 48
	out := make([]Point, n)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		out[i] = Point{x + rx*cos, y + ry*sin}
	}
	return out
}

// Slice is the outline of a part of a circle, from the top to the right; part is of 1.
func Slice(x, y, r, part float64) []Point {
	out := []Point{{x, y}}
	for i := range 25 {
		sin, cos := math.Sincos(2 * math.Pi * part * float64(i) / 24)
		out = append(out, Point{x + r*sin, y - r*cos})
	}
	return out
}
