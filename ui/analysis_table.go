package ui

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// cellText is a number or the sign for a hidden one: '<5' or '·'.
func (r *request) cellText(c report.Cell, threshold int) string {
	switch c.Suppressed {
	case report.Primary:
		return "<" + i18n.Int(r.lang, int64(threshold))
	case report.Secondary:
		return "·"
	}
	return i18n.Int(r.lang, int64(c.N))
}

func (r *request) countCell(c report.Cell, t report.Table, href string) view.CountCell {
	out := view.CountCell{Text: r.cellText(c, t.Threshold)}
	switch c.Suppressed {
	case report.Primary:
		out.Hidden, out.Say = true, r.t("analysis.say_few", t.Threshold)
		return out
	case report.Secondary:
		out.Hidden, out.Say = true, r.t("analysis.say_hidden")
		return out
	}
	if out.Zero = c.N == 0; !out.Zero {
		out.Share, out.Href = i18n.Percent(r.lang, c.Share), href
	}
	return out
}

// countTable lays a table out, with every number a link to its answers for those who code.
func (r *request) countTable(a asked) *view.CountTable {
	t := a.table
	detail := r.access.Role.AtLeast(coding.RoleAnalyst)
	out := &view.CountTable{BaseName: r.t("analysis.unit_" + string(t.Unit)), None: true}
	out.Caption = r.t("analysis.title_" + string(t.Unit))
	href := func(row *report.Row, col *report.Category) string {
		if !detail {
			return ""
		}
		return r.deskFor(a, row, col)
	}
	see := func(c view.CountCell, why report.Hidden) view.CountCell {
		if why == report.Primary {
			out.Few = c.Text
		}
		out.Secondary = out.Secondary || why == report.Secondary
		return c
	}
	base := func(c report.Cell, href string) view.CountCell {
		cell := see(r.countCell(c, t, href), c.Suppressed)
		cell.Share = ""
		return cell
	}
	out.Base = base(t.Base, href(nil, nil))
	if t.By != nil {
		for i := range t.By.Categories {
			c := &t.By.Categories[i]
			out.Columns = append(out.Columns, view.CountColumn{Label: r.columnName(*c, t.By.Kind), Base: base(c.Base, href(nil, c))})
		}
	}
	if t.Weighted != nil {
		effect := func(base report.Cell, e report.Effect) string {
			return r.t("numbers.effective_of", exporter.EffectText(base, e, r.exportOptions()))
		}
		out.Effective = effect(t.Base, t.Effect)
		for j := range out.Columns {
			out.Columns[j].Effective = effect(t.By.Categories[j].Base, t.By.Categories[j].Effect)
		}
	}
	out.Tested = a.query.Get("tests") != "" && t.Comparable()
	var tests []report.Test
	var letters [][]string
	if out.Tested {
		tests, letters = t.Tests(), t.Letters()
		for j := range out.Columns {
			out.Columns[j].Letter = report.Letter(j)
		}
	}
	most := 1
	for _, row := range t.Rows {
		most = max(most, row.Total.N)
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		line := view.CountRow{Label: row.Theme.Label.In(r.labels()), Hue: row.Theme.Hue, Retired: row.Theme.Retired,
			Total: see(r.countCell(row.Total, t, href(row, nil)), row.Total.Suppressed), Bar: row.Total.N * 1000 / most}
		if a.query.Get("order") == "codebook" {
			line.Depth = row.Depth
		}
		if !line.Total.Hidden {
			out.None = false
		}
		for j := range row.Cells {
			c := row.Cells[j]
			line.Cells = append(line.Cells, see(r.countCell(c, t, href(row, &t.By.Categories[j])), c.Suppressed))
		}
		if out.Tested {
			line.Test, line.Differ = r.testText(tests[i]), tests[i].Holm < report.Significant
			for j := range line.Cells {
				line.Cells[j].Above = letters[i][j]
			}
		}
		out.Rows = append(out.Rows, line)
	}
	return out
}

// columnName is the label of a group.
func (r *request) columnName(c report.Category, kind report.Kind) string {
	if c.Second != nil {
		second := r.columnName(*c.Second, report.ByVariable)
		if c.All {
			return second
		}
		c.Second = nil
		return r.columnName(c, kind) + " · " + second
	}
	switch {
	case c.None:
		return r.t("analysis.no_category")
	case kind == report.ByLanguage && c.Key == "":
		return r.t("lang.none")
	case kind == report.ByLanguage:
		return r.languageName("lang.name."+c.Key, c.Key)
	}
	return textOr(c.Label, coding.Lang(r.lang), c.Key)
}

// deskFor is the desk with exactly the answers behind a number.
func (r *request) deskFor(a asked, row *report.Row, col *report.Category) string {
	q := withoutTable(a.query)
	set := func(name, value string) { q[name] = []string{value} }
	divide := func(by *report.Breakdown, c *report.Category) {
		key := c.Key
		switch {
		case by.Kind != report.ByVariable:
			set(string(by.Kind), orNone(key))
			return
		case c.None:
			key = "none"
		}
		set(filterParam(by.Key), key)
	}
	if col != nil && !col.All {
		divide(a.table.By, col)
	}
	if col != nil && col.Second != nil {
		divide(a.table.Second, col.Second)
	}
	if len(q["question"]) == 0 {
		set("question", "*")
	}
	if row == nil {
		return r.path("/code?" + q.Encode())
	}
	keys := make([]string, 0, len(row.Themes))
	for _, id := range row.Themes {
		if th, ok := themeOfRow(a.table, id); ok {
			keys = append(keys, th)
		}
	}
	if with := q["theme"]; len(with) > 0 {
		// The desk has any of some themes, or all of them, and no address for one of these and one of those.
		if len(keys) > 1 || len(with) > 1 && q.Get("themes") != "all" || q.Get("themes") == "people" {
			return ""
		}
		keys = append(slices.Clone(with), keys...)
		set("themes", "all")
	}
	q["theme"] = keys
	return r.path("/code?" + q.Encode())
}

func themeOfRow(t report.Table, id coding.ThemeID) (string, bool) {
	for _, row := range t.Rows {
		if row.Theme.ID == id {
			return row.Theme.Key, true
		}
	}
	return "", false
}
