package chart

import (
	"fmt"
	"html"
	"io"
	"strings"

	"avokoodi/coding/exporter"
)

// Measures, in units of the picture; a unit is a pixel at 100 %.
const (
	width     = 960
	margin    = 24
	nameWidth = 330 // of labels
	indent    = 16  // of a sub-theme
	gap       = 12
	barFrom   = margin + nameWidth + gap
	barWidth  = 440 // of the longest bar; its number stands behind it
	barHeight = 18
	lineStep  = 18
	rowPad    = 14
	stub      = 26 // length of a bar whose number is hidden
	ink       = "#1d2126"
	ink2      = "#565d66"
	rule      = "#cfc8bb"
	font      = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
)

// SVG writes the chart.
func (c Chart) SVG(w io.Writer) error {
	d := &drawing{c: c}
	d.header()
	d.bars()
	d.notes()
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 %d %d" width="%d" height="%d" role="%s" aria-label="%s" font-family="%s">
<defs><pattern id="%s" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="%s" stroke-width="2"/></pattern></defs>
<rect class="chart-paper" width="%d" height="%d" fill="#ffffff"/>
%s</svg>
`, width, d.y, width, d.y, c.role(), escape(c.Title+". "+c.Subtitle), escape(font), d.hatch(), ink2, width, d.y, d.b.String())
	return err
}

// role is img for a picture, and group where bars are links that must be reached.
func (c Chart) role() string {
	for _, b := range c.Bars {
		if b.Href != "" {
			return "group"
		}
	}
	return "img"
}

type drawing struct {
	c Chart
	b strings.Builder
	y int // where the next thing goes
}

// hatch is the id of the pattern of hidden bars.
func (d *drawing) hatch() string { return escape(d.c.ID) + "hatch" }

func (d *drawing) text(class string, x, y, size, weight int, fill, anchor, s string) {
	fmt.Fprintf(&d.b, `<text class="%s" x="%d" y="%d" font-size="%d" font-weight="%d" fill="%s" text-anchor="%s">%s</text>`+"\n",
		class, x, y, size, weight, fill, anchor, escape(s))
}

func (d *drawing) header() {
	d.y = margin
	for _, line := range wrap(d.c.Title, width-2*margin, 20, 2) {
		d.y += 20
		d.text("chart-title", margin, d.y, 20, 600, ink, "start", line)
		d.y += 5
	}
	for _, line := range wrap(d.c.Subtitle, width-2*margin, 14, 2) {
		d.y += 18
		d.text("chart-sub", margin, d.y, 14, 400, ink2, "start", line)
	}
	d.y += 18
}

func (d *drawing) bars() {
	if len(d.c.Bars) == 0 {
		d.y += 24
		d.text("chart-sub", margin, d.y, 15, 400, ink2, "start", d.c.Empty)
		d.y += 12
		return
	}
	most := 1
	for _, b := range d.c.Bars {
		if b.Hidden == "" {
			most = max(most, b.N)
		}
	}
	top := d.y
	for _, b := range d.c.Bars {
		d.bar(b, most)
	}
	fmt.Fprintf(&d.b, `<line class="chart-rule" x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s"/>`+"\n", barFrom, top, barFrom, d.y, rule)
}

func (d *drawing) bar(b Bar, most int) {
	in := min(b.Depth, 4) * indent
	lines := wrap(b.Label, nameWidth-in, 15, 3)
	height := len(lines)*lineStep + rowPad
	middle := d.y + height/2
	value := d.value(b)
	if b.Href != "" {
		fmt.Fprintf(&d.b, `<a href="%s" aria-label="%s">`+"\n", escape(b.Href), escape(b.Label+": "+spoken(b, value)))
	} else {
		d.b.WriteString("<g>\n")
	}
	fmt.Fprintf(&d.b, "<title>%s</title>\n", escape(b.Label+": "+spoken(b, value)))
	fmt.Fprintf(&d.b, `<rect class="chart-row" x="0" y="%d" width="%d" height="%d" fill="none" pointer-events="all"/>`+"\n", d.y, width, height)
	for i, line := range lines {
		d.text("chart-label", margin+in, middle+5+i*lineStep-(len(lines)-1)*lineStep/2, 15, 400, ink, "start", line)
	}
	length := 0.0
	switch {
	case b.Hidden != "":
		length = stub
		fmt.Fprintf(&d.b, `<rect class="chart-hidden" x="%d" y="%d" width="%d" height="%d" fill="url(#%s)" stroke="%s"/>`+"\n",
			barFrom, middle-barHeight/2, stub, barHeight, d.hatch(), ink2)
	case b.N > 0:
		length = float64(b.N) / float64(most) * barWidth
		fmt.Fprintf(&d.b, `<rect class="chart-bar" data-hue="%d" x="%d" y="%d" width="%.1f" height="%d" rx="2" fill="%s" stroke="%s"/>`+"\n",
			b.Hue, barFrom, middle-barHeight/2, length, barHeight, Line(b.Hue), Ink(b.Hue))
	}
	d.text("chart-value", barFrom+int(length)+8, middle+5, 15, 600, ink, "start", value)
	if b.Href != "" {
		d.b.WriteString("</a>\n")
	} else {
		d.b.WriteString("</g>\n")
	}
	d.y += height
}

func (d *drawing) value(b Bar) string {
	switch {
	case b.Hidden != "":
		return b.Hidden
	case b.Shared:
		return exporter.Whole(d.c.Lang, b.N) + " (" + exporter.Percent(d.c.Lang, b.Share) + ")"
	}
	return exporter.Whole(d.c.Lang, b.N)
}

func spoken(b Bar, value string) string {
	if b.Hidden != "" && b.Why != "" {
		return b.Why
	}
	return value
}

func (d *drawing) notes() {
	d.y += 14
	for _, n := range d.c.Notes {
		for _, line := range wrap(n, width-2*margin, 12, 6) {
			d.y += 16
			d.text("chart-note", margin, d.y, 12, 400, ink2, "start", line)
		}
	}
	d.y += margin
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
