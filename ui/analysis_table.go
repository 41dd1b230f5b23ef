package ui

import (
	"slices"
	"strings"

	"avokoodi/coding"
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
	out.Base = see(r.countCell(t.Base, t, href(nil, nil)), t.Base.Suppressed)
	if t.By != nil {
		for i := range t.By.Categories {
			c := &t.By.Categories[i]
			out.Columns = append(out.Columns, view.CountColumn{Label: r.columnName(*c, t.By.Kind),
				Base: see(r.countCell(c.Base, t, href(nil, c)), c.Base.Suppressed)})
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
		out.Rows = append(out.Rows, line)
	}
	return out
}

// columnName is the label of a group.
func (r *request) columnName(c report.Category, kind report.Kind) string {
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
	if col != nil {
		switch a.table.By.Kind {
		case report.ByVariable:
			key := col.Key
			if col.None {
				key = "none"
			}
			set(filterParam(a.table.By.Key), key)
		default:
			set(string(a.table.By.Kind), orNone(col.Key))
		}
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
		// The desk unites themes; a number within a theme's answers has no address there, so that the wider list is shown.
		keys = append(slices.Clone(with), keys...)
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

// scopeText says what is counted: the question, the base, the round and the languages.
func (r *request) scopeText(t report.Table) string {
	var parts []string
	lang := coding.Lang(r.lang)
	switch len(t.Scope.Questions) {
	case 0:
		parts = append(parts, r.t("analysis.all_questions"))
	default:
		for _, q := range t.Scope.Questions {
			parts = append(parts, q.Name(lang))
		}
	}
	if t.Base.Suppressed == report.Shown {
		parts = append(parts, r.t("analysis.n_"+string(t.Unit), t.Base.N))
	}
	for _, one := range t.Scope.Rounds {
		parts = append(parts, textOr(one.Label, lang, one.Key))
	}
	if len(t.Scope.Languages) == 0 {
		parts = append(parts, r.t("analysis.in_all_languages"))
	}
	for _, l := range t.Scope.Languages {
		parts = append(parts, r.language(l))
	}
	return strings.Join(parts, " · ")
}

// sentences puts the main numbers into plain words.
func (r *request) sentences(t report.Table) []string {
	var out []string
	rows := slices.DeleteFunc(slices.Clone(t.Rows), func(row report.Row) bool { return row.Total.Suppressed != report.Shown || row.Total.N == 0 })
	slices.SortStableFunc(rows, func(a, b report.Row) int { return b.Total.N - a.Total.N })
	name := func(row report.Row) string { return row.Theme.Label.In(r.labels()) }
	number := func(row report.Row) string {
		return r.t("analysis.n_"+string(t.Unit), row.Total.N) + ", " + i18n.Percent(r.lang, row.Total.Share)
	}
	switch {
	case len(rows) == 0:
		out = append(out, r.t("analysis.say.none", t.Threshold))
	case len(rows) == 1:
		out = append(out, r.t("analysis.say.one", name(rows[0]), number(rows[0])))
	case rows[0].Total.N == rows[1].Total.N:
		out = append(out, r.t("analysis.say.tie", name(rows[0]), name(rows[1]), number(rows[0])))
	default:
		out = append(out, r.t("analysis.say.top", name(rows[0]), number(rows[0]), name(rows[1]), number(rows[1])))
	}
	if s := r.difference(t, rows); s != "" {
		out = append(out, s)
	}
	if t.Judged.Suppressed == report.Shown && t.Judged.Share < 0.995 {
		out = append(out, r.t("analysis.say.unfinished", i18n.Percent(r.lang, float64(int(t.Judged.Share*100))/100)))
	}
	return out
}

// leastCompared is the size of groups that a sentence compares.
const leastCompared = 20

// difference names the theme whose shares differ most between two groups of some size; "" when there is none to speak of.
func (r *request) difference(t report.Table, rows []report.Row) string {
	if t.By == nil || t.By.Kind == report.ByQuestion || t.Unit == report.Codings {
		return ""
	}
	var best, low, high = -1, -1, -1
	most := 0.1 // ten percentage points
	for i, row := range rows {
		lo, hi := -1, -1
		for j, c := range row.Cells {
			base := t.By.Categories[j].Base
			if c.Suppressed != report.Shown || base.Suppressed != report.Shown || base.N < leastCompared || t.By.Categories[j].None {
				continue
			}
			if lo < 0 || c.Share < row.Cells[lo].Share {
				lo = j
			}
			if hi < 0 || c.Share > row.Cells[hi].Share {
				hi = j
			}
		}
		if lo >= 0 && row.Cells[hi].Share-row.Cells[lo].Share >= most {
			best, low, high, most = i, lo, hi, row.Cells[hi].Share-row.Cells[lo].Share
		}
	}
	if best < 0 {
		return ""
	}
	row := rows[best]
	group := func(j int) string { return r.columnName(t.By.Categories[j], t.By.Kind) }
	return r.t("analysis.say.differ", row.Theme.Label.In(r.labels()), group(high), i18n.Percent(r.lang, row.Cells[high].Share),
		group(low), i18n.Percent(r.lang, row.Cells[low].Share))
}
