// Package chart draws the counts of a table as a bar chart in SVG that stands alone: a file for a report as well as a
// picture in a page. It has title, base and notes in it; every bar has its name and number beside it and an outline, so
// that it reads in black and white and without a legend.
//
// Colours are attributes of the shapes, not a style sheet, so that a strict content security policy lets them be; each shape
// has a class by which a page may colour it otherwise (dark). A hidden number is a hatched stub of one length for all.
package chart

import (
	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
)

// Chart is a bar chart.
type Chart struct {
	ID       string // prefix of the ids inside, for several charts in one page
	Title    string
	Subtitle string // what is counted, and of how many
	Notes    []string
	Lang     coding.Lang
	Empty    string // what to say when there is no bar
	Bars     []Bar
}

// Bar is one row of a chart.
type Bar struct {
	Label  string
	Hue    int // 1–12; 0 is none
	Depth  int // levels of the tree above it
	N      int
	Share  float64 // of 1; shown when WithShare
	Shared bool    // has a share
	Hidden string  // what stands for a number that is not shown, such as '<5'; N and Share play no part
	Why    string  // that in words
	Href   string  // where the bar leads; "" nowhere
}

// FromTable makes a chart of the whole of a table, or of one of its categories where column is 0 or more. link is where a
// row's bar leads; nil for no links.
func FromTable(t report.Table, column int, o exporter.Options, link func(report.Row) string) Chart {
	d := exporter.Counts(t, nil, t.Project.Created, o)
	c := Chart{Title: d.Title, Lang: o.Lang, Empty: o.T("export.chart_empty")}
	base := t.Base
	if column >= 0 {
		cat := t.By.Categories[column]
		base = cat.Base
		c.Title = o.T("export.chart_of", o.T("export.title_counts"), exporter.CategoryLabel(cat, t.By, o))
	}
	c.Subtitle = t.Project.Name.In(o.Lang) + " · " + o.T("export.unit_"+string(t.Unit)) + " · n = " + shown(base, t, o)
	for _, r := range t.Rows {
		cell := r.Total
		if column >= 0 {
			cell = r.Cells[column]
		}
		bar := Bar{Label: r.Theme.Label.In(o.Lang), Hue: r.Theme.Hue, N: cell.N, Share: cell.Share,
			Shared: base.Suppressed == report.Shown && base.N > 0}
		if t.Order == report.ByCodebook {
			bar.Depth = r.Depth
		}
		if cell.Suppressed != report.Shown {
			bar.Hidden, bar.Why = exporter.HiddenText(cell.Suppressed, t.Threshold), o.T("export.chart_hidden")
			if cell.Suppressed == report.Primary {
				bar.Why = o.T("export.chart_few", t.Threshold)
			}
		}
		if link != nil {
			bar.Href = link(r)
		}
		c.Bars = append(c.Bars, bar)
	}
	c.Notes = notes(t, o, c.Bars)
	return c
}

func shown(c report.Cell, t report.Table, o exporter.Options) string {
	if c.Suppressed != report.Shown {
		return exporter.HiddenText(c.Suppressed, t.Threshold)
	}
	return exporter.Whole(o.Lang, c.N)
}

// notes explains the signs that the chart has.
func notes(t report.Table, o exporter.Options, bars []Bar) []string {
	out := []string{o.T("export.unit_" + string(t.Unit) + "_text")}
	for _, b := range bars {
		if b.Hidden != "" {
			out = append(out, o.T("export.note_threshold_text", t.Threshold))
			break
		}
	}
	if t.Judged.Suppressed == report.Shown && t.Judged.Share < 1 {
		out = append(out, o.T("export.note_judged_text", exporter.Percent(o.Lang, t.Judged.Share), exporter.Whole(o.Lang, t.Judged.N)))
	}
	if t.Project.Synthetic {
		out = append(out, o.T("export.note_synthetic_text"))
	}
	return out
}
