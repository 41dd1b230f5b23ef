package ooxml

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// part is the chart as XML; book is the relationship to its workbook.
func (c Chart) part(book string) []byte {
	t := &tree{}
	t.start("c:chartSpace", "xmlns:c", nsChart, "xmlns:a", nsA, "xmlns:r", nsRel)
	t.leaf("c:date1904", "val", "0")
	t.leaf("c:lang", "val", Tag(c.Lang))
	t.leaf("c:roundedCorners", "val", "0")
	t.start("c:chart")
	if c.Title != "" {
		t.start("c:title")
		t.start("c:tx")
		t.start("c:rich")
		t.leaf("a:bodyPr")
		t.start("a:p")
		t.with("a:pPr", func() { t.leaf("a:defRPr", "sz", "1200", "b", "1") })
		t.with("a:r", func() {
			t.leaf("a:rPr", "lang", Tag(c.Lang), "sz", "1200", "b", "1")
			t.elem("a:t", c.Title)
		})
		t.ends(3)
		t.leaf("c:overlay", "val", "0")
		t.end()
	}
	t.leaf("c:autoTitleDeleted", "val", bit(c.Title == ""))
	t.start("c:plotArea")
	c.layout(t)
	c.plot(t)
	c.axes(t)
	t.end()
	if len(c.Series) > 1 {
		t.start("c:legend")
		t.leaf("c:legendPos", "val", "b")
		t.leaf("c:overlay", "val", "0")
		t.end()
	}
	t.leaf("c:plotVisOnly", "val", "1")
	t.leaf("c:dispBlanksAs", "val", "gap")
	t.end()
	t.with("c:spPr", func() {
		t.with("a:solidFill", func() { t.leaf("a:srgbClr", "val", "FFFFFF") })
		t.with("a:ln", func() { t.leaf("a:noFill") })
	})
	textProperties(t, c.Lang, c.letters(), "")
	t.with("c:externalData", func() { t.leaf("c:autoUpdate", "val", "0") }, "r:id", book)
	t.end()
	return t.part()
}

// layout leaves lying bars room for names of two or three lines; otherwise the reader's program finds its own.
func (c Chart) layout(t *tree) {
	if !c.lying() {
		t.leaf("c:layout")
		return
	}
	longest := 0
	for _, name := range c.Categories {
		longest = max(longest, utf8.RuneCountInString(name))
	}
	left := min(max(0.12, 0.0125*float64(longest)*float64(c.letters())/900), 0.38)
	height := c.height()
	letter := float64(c.letters()) / 900
	top, bottom := 3.0, 9*letter
	if c.Title != "" {
		top += 10
	}
	if len(c.Series) > 1 {
		bottom += 9 * letter
	}
	t.start("c:layout")
	t.start("c:manualLayout")
	t.leaf("c:layoutTarget", "val", "inner")
	t.leaf("c:xMode", "val", "edge")
	t.leaf("c:yMode", "val", "edge")
	t.leaf("c:x", "val", float(left))
	t.leaf("c:y", "val", float(round(top/height)))
	t.leaf("c:w", "val", float(round(0.94-left)))
	t.leaf("c:h", "val", float(round(1-(top+bottom)/height)))
	t.ends(2)
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// textProperties are a text's language and size; rot "0" keeps it level, so that it wraps rather than leans.
func textProperties(t *tree, lang string, size int, rot string) {
	t.start("c:txPr")
	t.leaf("a:bodyPr", "rot", rot)
	t.start("a:p")
	t.with("a:pPr", func() { t.leaf("a:defRPr", "sz", num(size)) })
	t.leaf("a:endParaRPr", "lang", Tag(lang))
	t.ends(2)
}

func (c Chart) plot(t *tree) {
	if c.Kind == Line {
		t.start("c:lineChart")
		t.leaf("c:grouping", "val", "standard")
	} else {
		t.start("c:barChart")
		dir, grouping := "bar", "clustered"
		if c.Kind == Columns {
			dir = "col"
		}
		if c.Kind == Stacked {
			grouping = "stacked"
		}
		t.leaf("c:barDir", "val", dir)
		t.leaf("c:grouping", "val", grouping)
	}
	t.leaf("c:varyColors", "val", "0")
	for i, s := range c.Series {
		c.series(t, i, s)
	}
	if c.Kind == Line {
		t.leaf("c:marker", "val", "1")
	} else {
		gap := "55"
		t.leaf("c:gapWidth", "val", gap)
		if c.Kind == Stacked {
			t.leaf("c:overlap", "val", "100")
		} else if len(c.Series) > 1 {
			t.leaf("c:overlap", "val", "-5")
		}
	}
	t.leaf("c:axId", "val", "1001")
	t.leaf("c:axId", "val", "1002")
	t.end()
}

func (c Chart) series(t *tree, i int, s Series) {
	t.start("c:ser")
	t.leaf("c:idx", "val", num(i))
	t.leaf("c:order", "val", num(i))
	column, last := letters(i+1), len(c.Categories)+1
	t.with("c:tx", func() {
		t.start("c:strRef")
		t.elem("c:f", fmt.Sprintf("%s!$%s$1", sheetName, column))
		t.start("c:strCache")
		t.leaf("c:ptCount", "val", "1")
		t.with("c:pt", func() { t.elem("c:v", s.Name) }, "idx", "0")
		t.ends(2)
	})
	c.shape(t, i, s)
	if c.Kind != Line {
		t.leaf("c:invertIfNegative", "val", "0")
		c.points(t, i, s)
	}
	c.labels(t)
	t.with("c:cat", func() {
		t.start("c:strRef")
		t.elem("c:f", fmt.Sprintf("%s!$A$2:$A$%d", sheetName, last))
		t.start("c:strCache")
		t.leaf("c:ptCount", "val", num(len(c.Categories)))
		for j, name := range c.Categories {
			t.with("c:pt", func() { t.elem("c:v", name) }, "idx", num(j))
		}
		t.ends(2)
	})
	t.with("c:val", func() {
		t.start("c:numRef")
		t.elem("c:f", fmt.Sprintf("%s!$%s$2:$%s$%d", sheetName, column, column, last))
		t.start("c:numCache")
		t.elem("c:formatCode", c.format())
		t.leaf("c:ptCount", "val", num(len(s.Values)))
		for j, v := range s.Values {
			if !math.IsNaN(v) {
				t.with("c:pt", func() { t.elem("c:v", float(v)) }, "idx", num(j))
			}
		}
		t.ends(2)
	})
	if c.Kind == Line {
		t.leaf("c:smooth", "val", "0")
	}
	t.end()
}

// shape is how a series looks.
func (c Chart) shape(t *tree, i int, s Series) {
	color := tone(s, i)
	t.start("c:spPr")
	if c.Kind == Line {
		t.start("a:ln", "w", "28575", "cap", "rnd")
		solid(t, color)
		t.leaf("a:prstDash", "val", dashes[i%len(dashes)])
		t.leaf("a:round")
		t.ends(2)
		t.start("c:marker")
		t.leaf("c:symbol", "val", markers[i%len(markers)])
		t.leaf("c:size", "val", "8")
		t.with("c:spPr", func() {
			solid(t, color)
			t.with("a:ln", func() { solid(t, color) }, "w", "9525")
		})
		t.end()
		return
	}
	c.fill(t, i, color)
	t.end()
}

// fill is the inside and the edge of a bar. One series is plain; several differ by pattern.
func (c Chart) fill(t *tree, i int, color string) {
	pattern := ""
	if len(c.Series) > 1 {
		pattern = patterns[i%len(patterns)]
	}
	if pattern == "" {
		solid(t, color)
	} else {
		t.start("a:pattFill", "prst", pattern)
		t.with("a:fgClr", func() { t.leaf("a:srgbClr", "val", color) })
		t.with("a:bgClr", func() { t.leaf("a:srgbClr", "val", "FFFFFF") })
		t.end()
	}
	t.with("a:ln", func() { solid(t, "1D2126") }, "w", "6350")
}

// points colours the bars one by one where the chart says so.
func (c Chart) points(t *tree, i int, s Series) {
	if len(c.Series) > 1 {
		return
	}
	for j := range s.Values {
		if j >= len(c.Colors) || c.Colors[j] == "" {
			continue
		}
		t.start("c:dPt")
		t.leaf("c:idx", "val", num(j))
		t.leaf("c:invertIfNegative", "val", "0")
		t.leaf("c:bubble3D", "val", "0")
		t.with("c:spPr", func() { c.fill(t, i, c.Colors[j][1:]) })
		t.end()
	}
}

func solid(t *tree, color string) {
	t.with("a:solidFill", func() { t.leaf("a:srgbClr", "val", color) })
}

func (c Chart) labels(t *tree) {
	t.start("c:dLbls")
	t.leaf("c:numFmt", "formatCode", c.format(), "sourceLinked", "0")
	t.with("c:spPr", func() {
		if c.Kind == Stacked { // read on a pattern
			solid(t, "FFFFFF")
		} else {
			t.leaf("a:noFill")
		}
		t.with("a:ln", func() { t.leaf("a:noFill") })
	})
	size := c.letters()
	if len(c.Series) > 3 {
		size -= 100
	}
	textProperties(t, c.Lang, size, "")
	switch c.Kind {
	case Stacked:
		t.leaf("c:dLblPos", "val", "ctr")
	case Line:
		t.leaf("c:dLblPos", "val", "t")
	default:
		t.leaf("c:dLblPos", "val", "outEnd")
	}
	t.leaf("c:showLegendKey", "val", "0")
	t.leaf("c:showVal", "val", "1")
	t.leaf("c:showCatName", "val", "0")
	t.leaf("c:showSerName", "val", "0")
	t.leaf("c:showPercent", "val", "0")
	t.leaf("c:showBubbleSize", "val", "0")
	t.end()
}

// axes: where bars lie, the first stands on top, so the axis of names runs backwards and that of numbers stays below.
func (c Chart) axes(t *tree) {
	orientation, crosses, names, values := "minMax", "autoZero", "b", "l"
	if c.lying() {
		orientation, crosses, names, values = "maxMin", "max", "l", "b"
	}
	t.start("c:catAx")
	t.leaf("c:axId", "val", "1001")
	t.with("c:scaling", func() { t.leaf("c:orientation", "val", orientation) })
	t.leaf("c:delete", "val", "0")
	t.leaf("c:axPos", "val", names)
	t.leaf("c:numFmt", "formatCode", "General", "sourceLinked", "0")
	t.leaf("c:majorTickMark", "val", "none")
	t.leaf("c:minorTickMark", "val", "none")
	t.leaf("c:tickLblPos", "val", "low")
	edge(t, "8A8F96")
	textProperties(t, c.Lang, c.letters(), "0")
	t.leaf("c:crossAx", "val", "1002")
	t.leaf("c:crosses", "val", "autoZero")
	t.leaf("c:auto", "val", "0")
	t.leaf("c:lblAlgn", "val", "ctr")
	t.leaf("c:lblOffset", "val", "100")
	t.leaf("c:noMultiLvlLbl", "val", "1")
	t.end()

	t.start("c:valAx")
	t.leaf("c:axId", "val", "1002")
	t.with("c:scaling", func() {
		t.leaf("c:orientation", "val", "minMax")
		if c.Kind == Stacked && c.Percent {
			t.leaf("c:max", "val", "1")
		}
		t.leaf("c:min", "val", "0")
	})
	t.leaf("c:delete", "val", "0")
	t.leaf("c:axPos", "val", values)
	t.with("c:majorGridlines", func() { edge(t, "E3DDD2") })
	t.leaf("c:numFmt", "formatCode", c.format(), "sourceLinked", "0")
	t.leaf("c:majorTickMark", "val", "none")
	t.leaf("c:minorTickMark", "val", "none")
	t.leaf("c:tickLblPos", "val", "nextTo")
	edge(t, "8A8F96")
	t.leaf("c:crossAx", "val", "1001")
	t.leaf("c:crosses", "val", crosses)
	t.leaf("c:crossBetween", "val", "between")
	t.end()
}

func edge(t *tree, color string) {
	t.with("c:spPr", func() {
		t.with("a:ln", func() { solid(t, color) }, "w", "6350")
	})
}
