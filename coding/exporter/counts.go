package exporter

import (
	"cmp"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/report"
)

// Counts lays a table of counts out: a row for each theme after one for the base; two columns, number and share, for the
// whole and for each category. The last column is the theme's key.
func Counts(t report.Table, people map[coding.PersonID]coding.Person, now time.Time, o Options) *Document {
	d := &Document{Name: fileName(t.Project.Slug, "counts"), Title: CountTitle(t, o), Lang: o.Lang, NotesName: o.T("export.sheet_notes"),
		Notes: countNotes(t, people, now, o)}
	unit := o.T("export.unit_" + string(t.Unit))
	out := Table{Name: o.T("export.sheet_counts"), Frozen: 1, Columns: []Column{{Title: o.T("export.col_theme"), Width: 42},
		{Title: o.T("export.col_n", unit), Width: 13}, {Title: o.T("export.col_share"), Width: 10}}}
	base := []Cell{strong(Text(o.T("export.base_row", unit))), strong(number(t.Base, t)), {}}
	if t.By != nil {
		for _, c := range t.By.Categories {
			label := CategoryLabel(c, t.By, o)
			out.Columns = append(out.Columns, Column{Title: label, Width: 16}, Column{Title: o.T("export.col_share_of", label), Width: 16})
			base = append(base, strong(number(c.Base, t)), Cell{})
		}
	}
	out.Columns = append(out.Columns, Column{Title: o.T("export.col_theme_key"), Width: 24})
	out.Pairs, out.Codes = true, []int{len(out.Columns) - 1}
	list := [][]Cell{append(base, Cell{})}
	for _, r := range t.Rows {
		name := Text(r.Theme.Label.In(o.Lang))
		if t.Order == report.ByCodebook { // elsewhere a sub-theme does not stand under its parent
			name.Indent = r.Depth
		}
		row := append([]Cell{name}, pair(r.Total, t.Base, t)...)
		for j, c := range r.Cells {
			row = append(row, pair(c, t.By.Categories[j].Base, t)...)
		}
		list = append(list, append(row, Text(r.Theme.Key)))
	}
	out.Rows = rows(list)
	out.Graph = countGraph(t, o)
	d.Tables = []Table{out}
	return d
}

// graphGroups is how many groups one chart can hold and still be read.
const graphGroups = 6

// countGraph draws the shares of the groups; of the whole where there are none, or too many. Without shares it draws numbers.
func countGraph(t report.Table, o Options) *Graph {
	if len(t.Rows) == 0 {
		return nil
	}
	g := &Graph{Form: GraphBars, From: 1, Series: []int{2}, Labels: []string{o.T("export.unit_" + string(t.Unit))}}
	if t.Base.Suppressed != report.Shown || t.Base.N == 0 {
		g.Series = []int{1}
	}
	if t.By != nil && len(t.By.Categories) > 0 && len(t.By.Categories) <= graphGroups {
		g.Series, g.Labels = nil, nil
		for j, c := range t.By.Categories {
			g.Series, g.Labels = append(g.Series, 4+2*j), append(g.Labels, CategoryLabel(c, t.By, o))
		}
		return g
	}
	for _, r := range t.Rows {
		g.Hues = append(g.Hues, r.Theme.Hue)
	}
	return g
}

func strong(c Cell) Cell {
	c.Strong = true
	return c
}

func number(c report.Cell, t report.Table) Cell {
	if c.Suppressed != report.Shown {
		return Cell{Kind: KindHidden, Hidden: c.Suppressed, Text: HiddenText(c.Suppressed, t.Threshold)}
	}
	return Number(c.N)
}

// pair is a number and its share; the share of a hidden number, or of nobody, is empty.
func pair(c, base report.Cell, t report.Table) []Cell {
	if c.Suppressed != report.Shown || base.Suppressed != report.Shown || base.N == 0 {
		return []Cell{number(c, t), {}}
	}
	return []Cell{number(c, t), Share(c.Share)}
}

// CountTitle is what a table is called.
func CountTitle(t report.Table, o Options) string {
	if t.By == nil {
		return o.T("export.title_counts")
	}
	return o.T("export.title_counts_by", ByName(t.By, o))
}

// ByName is what a table is broken down by.
func ByName(by *report.Breakdown, o Options) string {
	if by.Kind == report.ByVariable {
		return cmp.Or(by.Variable.Label.In(o.Lang), by.Key)
	}
	return o.T("export.by_" + string(by.Kind))
}

// CategoryLabel is the name of a column of a breakdown, also of a language and of 'no category'.
func CategoryLabel(c report.Category, by *report.Breakdown, o Options) string {
	if c.Second != nil {
		second := cmp.Or(c.Second.Label.In(o.Lang), c.Second.Key)
		if c.All {
			return second
		}
		c.Second = nil
		return CategoryLabel(c, by, o) + " · " + second
	}
	switch {
	case c.None:
		return o.T("export.no_category")
	case by.Kind != report.ByLanguage:
		return cmp.Or(c.Label.In(o.Lang), c.Key)
	case c.Key == "":
		return o.T("export.lang_none")
	}
	return languageName(coding.Lang(c.Key), o)
}
