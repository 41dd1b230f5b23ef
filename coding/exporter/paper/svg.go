package paper

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// SVG writes a page as a picture with real text, for a page of the browser: in mm, in the font 'Go' that the page's style sheet
// knows. Nothing in it is a style or a script. name is what it is called for those who do not see it; its words are said too.
func SVG(w io.Writer, p *Page) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="paper" viewBox="0 0 %s %s" role="img" aria-label="%s">`, mm(p.Width), mm(p.Height), html.EscapeString(p.spoken()))
	for _, it := range p.items {
		if it.text != "" {
			weight, slant := "", ""
			if it.face == Bold || it.face == BoldItalic {
				weight = ` font-weight="700"`
			}
			if it.face == Italic || it.face == BoldItalic {
				slant = ` font-style="italic"`
			}
			fmt.Fprintf(&b, `<text x="%s" y="%s" font-size="%s" fill="%s"%s%s textLength="%s" lengthAdjust="spacingAndGlyphs" lang="%s">%s</text>`, mm(it.at.X), mm(it.at.Y),
				mm(it.size*mmPerPoint), it.color, weight, slant, mm(Width(it.text, it.face, it.size)), html.EscapeString(it.lang), html.EscapeString(it.text))
			continue
		}
		fill, stroke := "none", ""
		if it.fill != "" {
			fill = it.fill
		}
		if it.stroke != "" {
			stroke = fmt.Sprintf(` stroke="%s" stroke-width="%s"`, it.stroke, mm(it.thick))
			if it.dash > 0 {
				stroke += fmt.Sprintf(` stroke-dasharray="%s"`, mm(it.dash))
			}
		}
		d := "M"
		for _, q := range it.points {
			d += mm(q.X) + " " + mm(q.Y) + " "
		}
		if it.closed {
			d += "Z"
		}
		fmt.Fprintf(&b, `<path d="%s" fill="%s"%s/>`, strings.TrimSpace(d), fill, stroke)
	}
	b.WriteString("</svg>")
	_, err := io.WriteString(w, b.String())
	return err
}

func mm(x float64) string {
	s := fmt.Sprintf("%.2f", x)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// spoken is the title and the words of the page.
func (p *Page) spoken() string {
	return strings.TrimSpace(p.Title + ". " + strings.Join(p.Texts(), " "))
}
