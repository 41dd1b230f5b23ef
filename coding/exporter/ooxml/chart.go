package ooxml

import (
	"errors"
	"fmt"
	"math"
	"regexp"
)

// ChartKind is the form of a chart.
type ChartKind string

// Kinds of charts. Bars lie, columns stand; Stacked bars add up to a whole. All but Line may have one or more series.
const (
	Bars    ChartKind = "bars"
	Columns ChartKind = "columns"
	Stacked ChartKind = "stacked"
	Line    ChartKind = "line"
)

// Chart is a native chart: the reader's program draws it and lets it be edited, for the numbers travel with it in a workbook.
// It reads in black and white: series differ by pattern, lines by dashes and markers.
type Chart struct {
	Kind       ChartKind // "" is Bars
	Title      string    // inside the picture; "" for none
	Alt        string    // what the picture shows, in words
	Lang       string
	Categories []string
	Series     []Series
	Percent    bool     // values are shares of 1
	Height     float64  // mm; 0 is by the number of bars
	size       int      // of letters in hundredths of a point; 0 is 900
	Colors     []string // of the categories, '#rrggbb', where there is one series; nil for that of the series
}

// Series is one number for each category.
type Series struct {
	Name   string
	Color  string    // '#rrggbb'; "" is chosen by place
	Values []float64 // NaN where there is none to show
	Marks  []string  // what the workbook has where Values is NaN, such as '<5'; may be short or nil
}

// Limits of a chart, beyond which programs draw no longer or nobody reads.
const (
	maxSeries     = 40
	maxCategories = 500
	sheetName     = "Data" // of the workbook
)

var (
	errChart   = errors.New("ooxml: chart")
	colorForm  = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	seriesTone = [...]string{"#1f5f5b", "#ba7917", "#4f8bd6", "#ca6477", "#659a45", "#897ad2", "#958d0f", "#565d66"}
	patterns   = [...]string{"", "wdUpDiag", "", "pct25", "wdDnDiag", "smGrid", "dkHorz", "pct70"}
	dashes     = [...]string{"solid", "dash", "sysDot", "lgDash", "dashDot", "lgDashDot", "sysDash", "sysDashDotDot"}
	markers    = [...]string{"circle", "square", "triangle", "diamond", "x", "plus", "star", "dash"}
)

// check tells what is wrong with a chart: it is the caller's mistake, not a person's.
func (c Chart) check() error {
	switch c.Kind {
	case "", Bars, Columns, Stacked, Line:
	default:
		return fmt.Errorf("%w: kind %q", errChart, c.Kind)
	}
	if len(c.Categories) == 0 || len(c.Categories) > maxCategories || len(c.Series) == 0 || len(c.Series) > maxSeries {
		return fmt.Errorf("%w: %d categories and %d series", errChart, len(c.Categories), len(c.Series))
	}
	for _, s := range c.Series {
		if len(s.Values) != len(c.Categories) {
			return fmt.Errorf("%w: series %q has %d values for %d categories", errChart, s.Name, len(s.Values), len(c.Categories))
		}
		for _, v := range s.Values {
			if math.IsInf(v, 0) {
				return fmt.Errorf("%w: series %q has an infinite value", errChart, s.Name)
			}
		}
		if s.Color != "" && !colorForm.MatchString(s.Color) {
			return fmt.Errorf("%w: colour %q", errChart, s.Color)
		}
	}
	for _, one := range c.Colors {
		if one != "" && !colorForm.MatchString(one) {
			return fmt.Errorf("%w: colour %q", errChart, one)
		}
	}
	return nil
}

// lying tells whether the bars lie.
func (c Chart) lying() bool { return c.Kind == "" || c.Kind == Bars || c.Kind == Stacked }

// height is that of the chart in mm: each bar has room for its name.
func (c Chart) height() float64 {
	if c.Height > 0 {
		return c.Height
	}
	h := 80.0
	switch c.Kind {
	case "", Bars:
		each := max(8.5, 4.2*float64(len(c.Series))+3)
		h = 16 + each*float64(len(c.Categories))
	case Stacked:
		h = 26 + 9*float64(len(c.Categories))
	}
	if len(c.Series) > 1 {
		h += 8 // legend
	}
	if c.Title != "" {
		h += 10
	}
	return min(max(h, 45), 215)
}

// letters is the size of text in hundredths of a point.
func (c Chart) letters() int {
	if c.size == 0 {
		return 900
	}
	return c.size
}

// format is the number format of the values, in Excel's notation.
func (c Chart) format() string {
	switch {
	case !c.Percent:
		return "#,##0"
	case c.Lang == "en":
		return "0%"
	}
	return "0\"\u00a0\"%"
}

func tone(s Series, i int) string {
	if s.Color != "" {
		return s.Color[1:]
	}
	return seriesTone[i%len(seriesTone)][1:]
}

// addChart adds a chart and its workbook to a package and returns the name of the chart's part. folder is "word" or "ppt".
func (p *pack) addChart(folder string, n int, c Chart) (string, error) {
	if err := c.check(); err != nil {
		return "", err
	}
	name := fmt.Sprintf("%s/charts/chart%d.xml", folder, n)
	book := fmt.Sprintf("%s/embeddings/chart%d.xlsx", folder, n)
	data, err := c.workbook()
	if err != nil {
		return "", err
	}
	p.kinds["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	p.add(book, "", data)
	id := p.relate(name, "package", book)
	p.add(name, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", c.part(id))
	return name, nil
}
