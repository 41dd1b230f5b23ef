package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/ui/i18n"
)

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
	if r.Query("tests") != "" && t.Comparable() {
		out = append(out, r.significant(t))
	} else if s := r.difference(t, rows); s != "" {
		out = append(out, s)
	}
	if t.Judged.Suppressed == report.Shown && t.Judged.Share < 1 {
		out = append(out, r.t("analysis.say.unfinished", i18n.Percent(r.lang, min(t.Judged.Share, 0.99))))
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

// significant says in plain words which themes differ between groups, adjusted over all themes.
func (r *request) significant(t report.Table) string {
	var names []string
	compared := 0
	for _, one := range t.Tests() {
		if !math.IsNaN(one.P) {
			compared++
		}
		if one.Holm < report.Significant {
			names = append(names, one.Theme.Label.In(r.labels()))
		}
	}
	by := r.t("analysis.by_" + string(t.By.Kind))
	if t.By.Kind == report.ByVariable {
		by = textOr(t.By.Variable.Label, coding.Lang(r.lang), t.By.Key)
	}
	switch {
	case compared == 0:
		return r.t("analysis.say.untested")
	case len(names) == 0:
		return r.t("analysis.say.same", by)
	}
	return r.t("analysis.say.significant", by, strings.Join(names, ", "))
}

// testText is a test in a cell: 'p = 0.003 (χ²) · V = 0.14', p being adjusted by Holm's method.
func (r *request) testText(t report.Test) string {
	if math.IsNaN(t.P) {
		return "–"
	}
	number := func(x float64, digits int) string {
		s := strconv.FormatFloat(x, 'f', digits, 64)
		if r.lang != "en" {
			s = strings.Replace(s, ".", ",", 1)
		}
		return s
	}
	p := "p = " + number(t.Holm, 3)
	if t.Holm < 0.001 {
		p = "p < " + number(0.001, 3)
	}
	how := "χ²"
	switch t.Method {
	case report.MethodFisher:
		how = "Fisher"
	case report.MethodMonteCarlo:
		how = "Monte Carlo, n = " + i18n.Int(r.lang, int64(t.Draws))
	}
	return p + " (" + how + ") · V = " + number(t.V, 2)
}
