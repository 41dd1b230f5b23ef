package chart

import (
	"slices"

	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
)

// Link is where the number of a row leads; column is the place of the category, or -1 for the whole. A nil Link leads nowhere.
type Link func(row report.Row, column int) string

func (l Link) to(row report.Row, column int) string {
	if l == nil {
		return ""
	}
	return l(row, column)
}

// BarsOf draws the whole of a table, or one of its categories where column is 0 or more.
func BarsOf(t report.Table, column int, o exporter.Options, link Link) Bars {
	c := Bars{Head: headOf(t, t.Base, o)}
	base := t.Base
	if column >= 0 {
		cat := t.By.Categories[column]
		base = cat.Base
		c.Head = headOf(t, base, o)
		c.Title = o.T("export.chart_of", o.T("export.title_counts"), exporter.CategoryLabel(cat, t.By, o))
	}
	for _, r := range t.Rows {
		cell := r.Total
		if column >= 0 {
			cell = r.Cells[column]
		}
		v := valueOf(cell, base, t, o)
		v.Href = link.to(r, column)
		c.Rows = append(c.Rows, Bar{rowName(r, t, o), v})
	}
	c.Notes = notesOf(t, o, slices.ContainsFunc(c.Rows, func(b Bar) bool { return b.Hidden != "" }))
	return c
}

// GroupsOf draws the categories of a table, which has a breakdown.
func GroupsOf(t report.Table, form Form, o exporter.Options, link Link) Groups {
	g := tableOf(t, o, link)
	return Groups{Head: g.head, Form: form, Rows: g.rows, Groups: g.columns, Cells: g.cells}
}

// HeatOf is a table with a breakdown as shades of shares.
func HeatOf(t report.Table, o exporter.Options, link Link) Heat {
	g := tableOf(t, o, link)
	return Heat{Head: g.head, Rows: g.rows, Columns: g.columns, Cells: g.cells}
}

// slopeThemes is how many lines can be told apart.
const slopeThemes = 12

// SlopeOf is a table by round as lines, of the most frequent themes where there are many. Where the samples of the rounds differ,
// its notes say so.
func SlopeOf(t report.Table, o exporter.Options, link Link) Slope {
	all := len(t.Rows)
	if all > slopeThemes {
		t.Rows = slices.Clone(t.Rows)
		slices.SortStableFunc(t.Rows, func(a, b report.Row) int { return b.Total.N - a.Total.N })
		t.Rows = t.Rows[:slopeThemes]
	}
	g := tableOf(t, o, link)
	if all > slopeThemes {
		g.head.Notes = append(g.head.Notes, o.T("numbers.slope_most", slopeThemes, all))
	}
	g.head.Notes = append(g.head.Notes, o.T("export.note_rounds_text"))
	return Slope{Head: g.head, Rows: g.rows, Rounds: g.columns, Cells: g.cells}
}

// ParetoOf is the whole of a table as a Pareto diagram; its rows are in order of their numbers.
func ParetoOf(t report.Table, o exporter.Options, link Link) Pareto {
	b := BarsOf(t, -1, o, link)
	return Pareto{Head: b.Head, Rows: b.Rows, Sum: o.T("export.chart_sum")}
}

// laid is a table with a breakdown as names and values.
type laid struct {
	head          Head
	rows, columns []Name
	cells         [][]Value
}

func tableOf(t report.Table, o exporter.Options, link Link) laid {
	g := laid{head: headOf(t, t.Base, o)}
	if t.By == nil {
		return g
	}
	for i, c := range t.By.Categories {
		g.columns = append(g.columns, Name{Label: exporter.CategoryLabel(c, t.By, o), Hue: seriesHue(i), Base: "n = " + shown(c.Base, t, o)})
	}
	hides := false
	for _, r := range t.Rows {
		g.rows = append(g.rows, rowName(r, t, o))
		var line []Value
		for j, cell := range r.Cells {
			v := valueOf(cell, t.By.Categories[j].Base, t, o)
			v.Href = link.to(r, j)
			hides = hides || v.Hidden != ""
			line = append(line, v)
		}
		g.cells = append(g.cells, line)
	}
	g.head.Title = exporter.CountTitle(t, o)
	g.head.Notes = notesOf(t, o, hides)
	return g
}

func headOf(t report.Table, base report.Cell, o exporter.Options) Head {
	return Head{Title: o.T("export.title_counts"), Lang: o.Lang, Empty: o.T("export.chart_empty"),
		Subtitle: t.Project.Name.In(o.Lang) + " · " + o.T("export.unit_"+string(t.Unit)) + " · n = " + shown(base, t, o)}
}

func rowName(r report.Row, t report.Table, o exporter.Options) Name {
	n := Name{Label: r.Theme.Label.In(o.Lang), Hue: r.Theme.Hue}
	if t.Order == report.ByCodebook {
		n.Depth = r.Depth
	}
	return n
}

// valueOf is a cell, of whose share the base is known.
func valueOf(c, base report.Cell, t report.Table, o exporter.Options) Value {
	if c.Suppressed == report.Shown {
		return Value{N: c.N, Share: c.Share, Shared: base.Suppressed == report.Shown && base.N > 0}
	}
	v := Value{Hidden: exporter.HiddenText(c.Suppressed, t.Threshold), Why: o.T("export.chart_hidden")}
	if c.Suppressed == report.Primary {
		v.Why = o.T("export.chart_few", t.Threshold)
	}
	return v
}

func shown(c report.Cell, t report.Table, o exporter.Options) string {
	if c.Suppressed != report.Shown {
		return exporter.HiddenText(c.Suppressed, t.Threshold)
	}
	return exporter.Whole(o.Lang, c.N)
}

// notesOf explains the signs that the drawing has.
func notesOf(t report.Table, o exporter.Options, hides bool) []string {
	out := []string{o.T("export.unit_" + string(t.Unit) + "_text")}
	if hides {
		out = append(out, o.T("export.note_threshold_text", t.Threshold))
	}
	if t.Judged.Suppressed == report.Shown && t.Judged.Share < 1 {
		out = append(out, o.T("export.note_judged_text", exporter.Percent(o.Lang, t.Judged.Share), exporter.Whole(o.Lang, t.Judged.N)))
	}
	if t.Project.Synthetic {
		out = append(out, o.T("export.note_synthetic_text"))
	}
	return out
}
