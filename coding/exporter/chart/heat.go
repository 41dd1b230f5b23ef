package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Heat is a table of numbers as shades: theme by group, or themes named together. The darker, the more; the number stands in
// each cell. Cells has a row for each of Rows and in it a value for each of Columns.
type Heat struct {
	Head
	Rows    []Name
	Columns []Name
	Cells   [][]Value
	// Shade of a value, 0 to 1; nil is its size over the largest. Text of a value; nil is its share, or else its number.
	Shade func(Value) float64
	Text  func(Value) string
	// Skip leaves a cell empty, as a theme with itself.
	Skip func(row, column int) bool
}

// Shades run from paper to dark green by equal steps of lightness, so that they are told apart in grey as well.
const (
	lightest = 0xf4
	darkest  = 0x2e
)

func shadeOf(x float64) string {
	x = min(max(x, 0), 1)
	v := lightest + (darkest-lightest)*x
	clamp := func(f float64) int { return int(math.Round(min(max(f, 0), 255))) }
	return fmt.Sprintf("#%02x%02x%02x", clamp(v-14*x), clamp(v+10*x), clamp(v+8*x))
}

const black = "#000000"

// letterOn is the colour of a number on a shade: black or white, whichever is the easier to read. Where both are alike, at 0.655,
// either stands out by 4.58 to 1; a softer black would not reach WCAG's 4.5.
func letterOn(shade float64) string {
	if shade > 0.655 {
		return paper
	}
	return black
}

func (c Heat) scene() *scene {
	s := newScene(c.Head)
	if len(c.Rows) == 0 || len(c.Columns) == 0 {
		return s.nothing()
	}
	names := float64(nameWidth - 40)
	from := margin + names + gap
	step := min((width-margin-from)/float64(len(c.Columns)), 120)
	size := 13
	if step < 44 {
		size = 10
	}
	if c.roomy(step) {
		c.heads(s, from, step)
	} else {
		c.Rows = c.numbered(s, from, step)
	}
	most := 0.0
	for i, row := range c.Cells {
		for j, v := range row {
			if c.Skip == nil || !c.Skip(i, j) {
				most = max(most, v.size())
			}
		}
	}
	for i, n := range c.Rows {
		lines, height := rowOf(n, names, 14)
		height = max(height-4, 28)
		s.label(lines, margin+float64(min(n.Depth, 4)*indent), s.y+height/2, 14, "start")
		for j, v := range c.Cells[i] {
			if c.Skip != nil && c.Skip(i, j) {
				continue
			}
			label := n.Label + ", " + c.Columns[j].Label
			if c.Text != nil && v.Hidden == "" {
				label += " – " + c.Text(v) // what is seen is said
			}
			s.begin(v, label)
			c.cell(s, v, from+float64(j)*step, step, height, size, most)
			s.close()
		}
		s.y += height
	}
	return s.end()
}

func (c Heat) cell(s *scene, v Value, x, step, height float64, size int, most float64) {
	shade := 0.0
	if c.Shade != nil {
		shade = c.Shade(v)
	} else if most > 0 {
		shade = v.size() / most
	}
	text := v.short(s.Lang)
	if c.Text != nil && v.Hidden == "" {
		text = c.Text(v)
	}
	box := shape{kind: rectangle, class: "chart-cell", at: point{x + 1, s.y + 1}, w: step - 2, h: height - 2, fill: shadeOf(shade), stroke: rule, thick: 1}
	color := letterOn(shade)
	if v.Hidden != "" {
		box.class, box.fills, box.fill, color = "chart-hidden", hidden, "#b9bdc2", ink
	}
	s.shapes = append(s.shapes, box)
	if v.Hidden != "" {
		room := advance(text, size) + 6
		s.shapes = append(s.shapes, shape{kind: rectangle, class: "chart-patch", at: point{x + (step-room)/2, s.y + height/2 - 8}, w: room, h: 16, fill: paper})
	}
	class := "chart-shade"
	switch {
	case v.Hidden != "":
		class = "chart-value"
	case color == black:
		class = "chart-shade0"
	}
	s.letters(class, x+step/2, s.y+height/2+float64(size)/3, float64(size), false, color, "middle", text)
}

// heads writes the names of the columns above them.
func (c Heat) heads(s *scene, from, step float64) {
	high := 1
	var heads [][]string
	for _, n := range c.Columns {
		lines := wrap(n.Label, int(step)-8, 12, 5)
		heads = append(heads, lines)
		high = max(high, len(lines))
	}
	for j, n := range c.Columns {
		x := from + float64(j)*step + step/2
		for k, line := range heads[j] {
			s.letters("chart-label", x, s.y+12+float64(15*(k+high-len(heads[j]))), 12, true, ink, "middle", line)
		}
		s.letters("chart-sub", x, s.y+float64(15*high)+12, 11, false, ink2, "middle", n.Base)
	}
	s.y += float64(15*high) + 20
}

// roomy tells whether the names of the columns have room above them without breaking a word.
func (c Heat) roomy(step float64) bool {
	for _, n := range c.Columns {
		for _, w := range words(n.Label) {
			if advance(strings.TrimSpace(w), 12) > step-8 {
				return step > 100
			}
		}
	}
	return true
}

// numbered numbers the columns where their names have no room, and lists the names where the rows do not say them already.
func (c Heat) numbered(s *scene, from, step float64) []Name {
	rows := slices.Clone(c.Rows)
	same := len(c.Rows) == len(c.Columns)
	for j := range c.Columns {
		same = same && c.Rows[j].Label == c.Columns[j].Label
		s.letters("chart-label", from+float64(j)*step+step/2, s.y+12, 12, true, ink, "middle", fmt.Sprint(j+1))
	}
	s.y += 20
	if same { // rows carry their number, by which a column is found
		for i := range rows {
			rows[i].Label = fmt.Sprint(i+1, " ", rows[i].Label)
		}
		return rows
	}
	text := ""
	for j, n := range c.Columns {
		if text != "" {
			text += " · "
		}
		text += fmt.Sprint(j+1, " ", n.Label)
	}
	s.Notes = append([]string{text}, s.Notes...)
	return rows
}
