package ui

import (
	"cmp"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/agreement"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
	"avokoodi/ui/view"
)

const (
	fewCompared  = 50  // compared answers below which intervals are wide
	wideInterval = 0.4 // length of an interval that says little
	rareAlike    = 0.9 // percent agreement at which a low alpha comes from a rare theme
	mostTalk     = 3   // themes that the page asks to talk about
	listConfused = 15
)

// themeOrder is the places of the themes in the order that the page asks for: the lowest coefficient first, those without one
// last; the most answers that differ first; or that of the codebook.
func (r *request) themeOrder(c report.Comparison) []int {
	out := make([]int, len(c.Themes))
	for i := range out {
		out[i] = i
	}
	switch measure := r.coefficient(); r.Query("order") {
	case "codebook":
	case "differ":
		slices.SortStableFunc(out, func(a, b int) int { return c.Cells[b].Split - c.Cells[a].Split })
	default:
		slices.SortStableFunc(out, func(a, b int) int {
			x, y := exporter.CoefficientsOf(c.Themes[a].Result)[measure], exporter.CoefficientsOf(c.Themes[b].Result)[measure]
			if x.Defined() != y.Defined() {
				if x.Defined() {
					return -1
				}
				return 1
			}
			if !x.Defined() {
				return 0
			}
			return cmp.Or(cmp.Compare(x.Value, y.Value), c.Cells[b].Split-c.Cells[a].Split)
		})
	}
	return out
}

// agreementSay is what the numbers come to, for those who do not read coefficients every day.
func (r *request) agreementSay(asked comparing, c report.Comparison) []string {
	lang := coding.Lang(r.lang)
	same := c.All.Paired - c.Differ
	key := "compare.say_same_many"
	args := []any{exporter.Whole(lang, same), exporter.Whole(lang, c.All.Paired), exporter.Percent(lang, float64(same)/float64(c.All.Paired)), len(c.Coders)}
	if len(c.Coders) == 2 {
		key, args = "compare.say_same", append(args[:3], asked.people[c.Coders[0]].Shown(), asked.people[c.Coders[1]].Shown())
	}
	say := []string{r.t(key, args...)}
	if e := c.All.AlphaMASI; e.Defined() {
		say = append(say, r.t("compare.say_masi", exporter.EstimateText(e, false, lang))+" "+r.t("compare.reliance_"+string(agreement.RelianceOf(e))))
	} else {
		say = append(say, r.t("compare.say_masi", "–")+" "+r.t("agreement.why."+string(e.Why)))
	}
	if c.Differ > 0 {
		say = append(say, r.t("compare.say_differ", c.Differ, exporter.Whole(lang, c.Decided)))
	}
	var talk []string
	for _, i := range r.themeOrder(c) {
		if e := c.Themes[i].Alpha; e.Defined() && e.Value < agreement.Tentative && c.Cells[i].Open > 0 && len(talk) < mostTalk {
			talk = append(talk, c.Themes[i].Theme.Label.In(r.labels()))
		}
	}
	if len(talk) > 0 {
		say = append(say, r.t("compare.say_talk", strings.Join(talk, "; ")))
	}
	if c.All.Paired < fewCompared {
		say = append(say, r.t("compare.say_few", c.All.Paired))
	}
	return say
}

// themeSay is one theme in words.
func (r *request) themeSay(c report.Comparison, i int) []string {
	th, cell, lang := c.Themes[i], c.Cells[i], coding.Lang(r.lang)
	say := []string{r.t("compare.theme_say", exporter.Whole(lang, th.N), exporter.Whole(lang, cell.All))}
	measure := r.coefficient()
	e := exporter.CoefficientsOf(th.Result)[measure]
	switch {
	case !e.Defined():
		return append(say, "– "+r.t("agreement.why."+string(e.Why)))
	case measure == 0:
		say = append(say, r.t("compare.percent_say"))
	case measure == 2:
		say = append(say, r.t("compare.reliance_"+string(agreement.RelianceOf(e))))
	default:
		say = append(say, r.t("compare.band", r.t("compare.band_"+string(agreement.BandOf(e)))))
	}
	if a := th.Alpha; measure != 0 && th.Percent.Value >= rareAlike && a.Defined() && a.Value < agreement.Tentative {
		say = append(say, r.t("compare.rare"))
	}
	if measure != 0 && e.Bounded() && e.High-e.Low > wideInterval {
		say = append(say, r.t("compare.wide"))
	}
	return say
}

func (r *request) estimate(e agreement.Estimate, share bool) view.Estimate {
	lang := coding.Lang(r.lang)
	value, interval, _ := strings.Cut(exporter.EstimateText(e, share, lang), " (")
	out := view.Estimate{Value: value, Interval: strings.TrimSuffix(interval, ")")}
	if e.Why != "" {
		out.Why = r.t("agreement.why." + string(e.Why))
	}
	return out
}

// agreementTotals are the rows of all themes together.
func (r *request) agreementTotals(asked comparing, c report.Comparison) []view.AgreementRow {
	n := view.Linked{N: c.All.Paired}
	open := func(at report.Standing, n int, key string) view.Linked {
		return r.linked(asked, "", at, n, r.t(key))
	}
	first := view.AgreementRow{Label: r.t("compare.whole_sets"), N: n, Decided: open(report.Settled, c.Decided, "compare.decided")}
	same, differ := open(report.Alike, c.All.Paired-c.Differ, "compare.all_same"), open(report.Split, c.Differ, "compare.split")
	first.Say = []string{r.t("compare.say_cells", same.N, differ.N)}
	first.Cells = []view.Linked{same, differ}
	for i, e := range exporter.CoefficientsOf(c.All) {
		first.Estimate[i] = r.estimate(e, i == 0)
	}
	second := view.AgreementRow{Label: r.t("compare.masi"), N: n, Say: []string{r.t("compare.masi_say")}}
	second.Estimate[2] = r.estimate(c.All.AlphaMASI, false)
	third := view.AgreementRow{Label: r.t("compare.mean_themes", len(c.Themes)), N: n, Say: []string{r.t("compare.mean_say")}}
	for i, e := range exporter.MeanOverThemes(c) {
		third.Estimate[i] = r.estimate(e, i == 0)
	}
	return []view.AgreementRow{first, second, third}
}

// linked is a number with its answers.
func (r *request) linked(asked comparing, theme string, at report.Standing, n int, say string) view.Linked {
	out := view.Linked{N: n, Say: say}
	if n > 0 {
		out.Href = asked.href(r, "/answers", "theme", theme, "is", string(at))
	}
	return out
}

func (r *request) agreementRow(asked comparing, c report.Comparison, i int) view.AgreementRow {
	th, cell := c.Themes[i], c.Cells[i]
	row := view.AgreementRow{Label: th.Theme.Label.In(r.labels()), Hue: r.hue(th.Theme), Href: themeHref(r, th.Theme.Key), Say: r.themeSay(c, i),
		N: view.Linked{N: th.Paired}}
	link := func(at report.Standing, n int, key string, args ...any) view.Linked {
		return r.linked(asked, th.Theme.Key, at, n, r.t(key, args...))
	}
	row.Cells = []view.Linked{link(report.Alike, cell.All, "compare.all_gave")}
	if len(c.Coders) == 2 {
		row.Cells = append(row.Cells, link(report.OnlyA, cell.OnlyA, "compare.only", asked.people[c.Coders[0]].Shown()),
			link(report.OnlyB, cell.OnlyB, "compare.only", asked.people[c.Coders[1]].Shown()))
	} else {
		row.Cells = append(row.Cells, link(report.Split, cell.Split, "compare.split"))
	}
	row.Cells = append(row.Cells, link(report.Neither, cell.None, "compare.none_gave"))
	row.Decided = link(report.Settled, cell.Split-cell.Open, "compare.decided")
	for k, e := range exporter.CoefficientsOf(th.Result) {
		row.Estimate[k] = r.estimate(e, k == 0)
	}
	return row
}

// confusedRows are the pairs of themes that coders took for each other most often, and how many more there are.
func (r *request) confusedRows(asked comparing, c report.Comparison) (out []view.ConfusedRow, more int) {
	list := c.Confused[:min(len(c.Confused), listConfused)]
	for _, one := range list {
		row := view.ConfusedRow{First: one.First.Label.In(r.labels()), FirstHue: r.hue(one.First), Second: r.t("compare.nothing"), N: view.Linked{N: one.N, Say: r.t("compare.n")}}
		second := "-"
		if one.Second.ID != 0 {
			row.Second, row.SecondHue, second = one.Second.Label.In(r.labels()), r.hue(one.Second), one.Second.Key
		}
		row.N.Href = asked.href(r, "/answers", "theme", one.First.Key, "for", second, "is", string(report.Split))
		out = append(out, row)
	}
	return out, len(c.Confused) - len(list)
}
