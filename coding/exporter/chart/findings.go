package chart

import (
	"math"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
)

// How many themes a heat map of pairs has: on a screen, and on paper.
const (
	HeatThemes  = 24
	PaperThemes = 13
)

// PairsOf draws the most frequent themes with each other, most of them at most, as shades of numbers or of lift. link is where the
// pair of two rows leads.
func PairsOf(p report.Pairs, lift bool, most int, o exporter.Options, link func(i, j int) string) Heat {
	at := make([]int, len(p.Rows))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return p.Rows[b].Total.N - p.Rows[a].Total.N })
	at = slices.DeleteFunc(at, func(i int) bool { return p.Rows[i].Total.Suppressed != report.Shown || p.Rows[i].Total.N == 0 })
	at = at[:min(len(at), most)]
	h := Heat{Head: headOf(p.Table, p.Base, o), Skip: func(i, j int) bool { return i == j || p.At(at[i], at[j]).Branch }}
	h.Title = o.T("numbers.title_cooccurrence")
	if lift {
		h.Title += " – " + o.T("numbers.lift")
		h.Shade = func(v Value) float64 { return min(v.Share/3, 1) }
		h.Text = func(v Value) string { return exporter.Decimals(o.Lang, v.Share, 1) }
	}
	hides := false
	for _, i := range at {
		n := Name{Label: p.Rows[i].Theme.Label.In(o.Lang), Hue: p.Rows[i].Theme.Hue}
		h.Rows, h.Columns = append(h.Rows, n), append(h.Columns, n)
		var line []Value
		for _, j := range at {
			c := p.At(i, j)
			v := Value{N: c.N, Share: c.Share, Shared: !lift}
			if link != nil {
				v.Href = link(i, j)
			}
			switch {
			case i != j && c.Suppressed != report.Shown:
				v = Value{Hidden: exporter.HiddenText(c.Suppressed, p.Threshold), Why: o.T("export.chart_hidden")}
				if c.Suppressed == report.Primary {
					v.Why = o.T("export.chart_few", p.Threshold)
				}
				hides = hides || !c.Branch
			case lift && !math.IsNaN(c.Lift):
				v.Share = c.Lift
			case lift:
				v.Share = 0
			}
			line = append(line, v)
		}
		h.Cells = append(h.Cells, line)
	}
	h.Notes = notesOf(p.Table, o, hides)
	if len(at) > 0 && len(at) < len(p.Rows) {
		h.Notes = append(h.Notes, o.T("numbers.slope_most", len(at), len(p.Rows)))
	}
	if lift {
		h.Notes = append([]string{o.T("numbers.lift_text")}, h.Notes...)
	}
	return h
}

// TrendOf draws themes over rounds, those of which a number above 0 is shown.
func TrendOf(t report.Trend, o exporter.Options) Slope {
	table := t.Table
	table.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r report.Row) bool {
		return !slices.ContainsFunc(r.Cells, func(c report.Cell) bool { return c.Suppressed == report.Shown && c.N > 0 })
	})
	s := SlopeOf(table, o, nil)
	s.Title = o.T("numbers.title_rounds")
	return s
}

// CoverOf draws the classes of a variable against their population.
func CoverOf(c report.Cover, o exporter.Options) Reach {
	out := Reach{Head: headOf(c.Table, c.Base, o)}
	out.Title = o.T("numbers.title_coverage") + " – " + exporter.ByName(c.By, o)
	hides := false
	for _, one := range c.Classes {
		v := Value{N: one.Reached.N, Share: one.Reached.Share, Shared: one.Population > 0}
		if one.Reached.Suppressed != report.Shown {
			v, hides = Value{Hidden: exporter.HiddenText(one.Reached.Suppressed, c.Threshold), Why: o.T("export.chart_hidden")}, true
		}
		out.Rows = append(out.Rows, ReachRow{Name{Label: exporter.CategoryLabel(one.Category, c.By, o)}, v, one.Population})
	}
	if c.Counted.ID != 0 {
		out.Notes = append(out.Notes, o.T("numbers.reached_text", c.Counted.Label.In(o.Lang)))
	}
	if hides {
		out.Notes = append(out.Notes, o.T("export.note_threshold_text", c.Threshold))
	}
	if c.Project.Synthetic {
		out.Notes = append(out.Notes, o.T("export.note_synthetic_text"))
	}
	return out
}

// curveSteps is how many steps a curve has; more are drawn several at a time.
const curveSteps = 40

// ReadingOf draws how the codebook filled up as answers were read.
func ReadingOf(r report.Reading, o exporter.Options) Curve {
	out := Curve{Head: Head{Title: o.T("numbers.title_saturation"), Lang: o.Lang, Empty: o.T("export.chart_empty")},
		Added: o.T("numbers.new_themes"), Known: o.T("numbers.known_themes"), Along: o.T("numbers.answers_read")}
	n := 0
	if len(r.Blocks) > 0 {
		n = r.Blocks[len(r.Blocks)-1].To
	}
	out.Subtitle = r.Project.Name.In(o.Lang) + " · " + o.T("numbers.answers_read") + " · n = " + exporter.Whole(o.Lang, n)
	each := max(1, (len(r.Blocks)+curveSteps-1)/curveSteps)
	for blocks := range slices.Chunk(r.Blocks, each) {
		last := blocks[len(blocks)-1]
		one := Step{Label: exporter.Whole(o.Lang, blocks[0].From) + "–" + exporter.Whole(o.Lang, last.To), Known: last.Known}
		for _, b := range blocks {
			one.Added += len(b.New)
		}
		out.Steps = append(out.Steps, one)
	}
	out.Notes = []string{o.T("numbers.order_text", r.Block*each)}
	if r.Project.Synthetic {
		out.Notes = append(out.Notes, o.T("export.note_synthetic_text"))
	}
	return out
}

// mixCoders is how many coders one chart has.
const mixCoders = 6

// MixOf draws what the coders coded, side by side: the shares that each gave each theme. There is none of a single coder, nor of
// more than can be told apart.
func MixOf(m report.Mix, names func(coding.PersonID) string, o exporter.Options) Drawing {
	if len(m.Coders) < 2 || len(m.Coders) > mixCoders {
		return nil
	}
	g := Groups{Form: Clustered, Head: Head{Title: o.T("numbers.title_coders"), Subtitle: m.Project.Name.In(o.Lang), Lang: o.Lang, Empty: o.T("export.chart_empty")}}
	unit := "numbers.coded"
	if m.Threshold > 0 {
		unit = "export.unit_respondents"
	}
	g.Subtitle += " · " + o.T("export.col_share") + " · " + o.T(unit)
	for i, c := range m.Coders {
		n := exporter.Whole(o.Lang, c.Coded)
		if m.Threshold > 0 {
			n = shown(c.Base, report.Table{Threshold: m.Threshold}, o)
		}
		g.Groups = append(g.Groups, Name{Label: names(c.Coder), Hue: seriesHue(i), Base: "n = " + n})
	}
	hides := false
	for _, r := range m.Rows {
		var line []Value
		any := false
		for i, c := range r.Cells {
			base := report.Cell{N: m.Coders[i].Coded}
			if m.Threshold > 0 {
				base = m.Coders[i].Base
			}
			v := valueOf(c, base, report.Table{Threshold: m.Threshold}, o)
			any, hides = any || v.Hidden != "" || v.N > 0, hides || v.Hidden != ""
			line = append(line, v)
		}
		if any {
			g.Rows = append(g.Rows, Name{Label: r.Theme.Label.In(o.Lang), Hue: r.Theme.Hue, Depth: r.Depth})
			g.Cells = append(g.Cells, line)
		}
	}
	g.Notes = []string{o.T("numbers.threshold_inside")}
	if m.Threshold > 0 {
		g.Notes = []string{o.T("numbers.coders_protected")}
	}
	if hides {
		g.Notes = append(g.Notes, o.T("export.note_threshold_text", m.Threshold))
	}
	if m.Project.Synthetic {
		g.Notes = append(g.Notes, o.T("export.note_synthetic_text"))
	}
	return g
}

// FoundOf draws a part of a report that has a picture; nil for none. lift says what a heat map of pairs shows, names who coders are.
func FoundOf(f report.Found, lift bool, names func(coding.PersonID) string, o exporter.Options) Drawing {
	switch {
	case f.Pairs != nil:
		return PairsOf(*f.Pairs, lift, PaperThemes, o, nil)
	case f.Trend != nil && len(f.Trend.By.Categories) > 1:
		return TrendOf(*f.Trend, o)
	case f.Cover != nil && f.Cover.Population > 0:
		return CoverOf(*f.Cover, o)
	case f.Reading != nil:
		return ReadingOf(*f.Reading, o)
	case f.Mix != nil:
		return MixOf(*f.Mix, names, o)
	}
	return nil
}
