package ui

import (
	"math"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
)

// mostPairs is how many pairs the page lists.
const mostPairs = 60

// heatThemes is how many themes the heat map has.
const heatThemes = 24

func (s *Server) findPairs(r *request, f *finding, o exporter.Options) error {
	p, err := report.New(s.Boards).Pairs(r.ctx(), f.ask)
	if err != nil {
		return err
	}
	if f.doc, err = s.exporter().PairsOf(r.ctx(), p, o); err != nil {
		return err
	}
	name := func(i int) string { return p.Rows[i].Theme.Label.In(o.Lang) }
	order := p.Together(false, 0)
	one := len(p.Scope.Questions) == 1 || s.questions(r) == 1
	link := func(i, j int) string {
		if !one || !r.access.Role.AtLeast(coding.RoleAnalyst) {
			return ""
		}
		q := withoutTable(f.query)
		q["theme"], q["themes"] = []string{p.Rows[i].Theme.Key, p.Rows[j].Theme.Key}, []string{"all"}
		if len(q["question"]) == 0 {
			q.Set("question", "*")
		}
		return r.path("/code?" + q.Encode())
	}
	f.href = func(row, column int) string {
		if column != 2 || row >= len(order) {
			return ""
		}
		return link(order[row][0], order[row][1])
	}
	if !one && r.access.Role.AtLeast(coding.RoleAnalyst) {
		f.more = r.t("numbers.choose_question")
	}
	if len(order) == 0 {
		f.say = append(f.say, r.t("numbers.say_no_pairs"))
	} else {
		first := order[0]
		f.say = append(f.say, r.t("numbers.say_pairs", name(first[0]), name(first[1]), r.t("analysis.n_respondents", p.At(first[0], first[1]).N)))
		if by := p.Together(true, max(p.Threshold, 5)); len(by) > 0 && p.At(by[0][0], by[0][1]).Lift > 1 {
			f.say = append(f.say, r.t("numbers.say_lift", name(by[0][0]), name(by[0][1]), exporter.Decimals(o.Lang, p.At(by[0][0], by[0][1]).Lift, 1)))
		}
	}
	f.drawing = pairsHeat(r, p, f, o, link)
	return nil
}

// pairsHeat is the most frequent themes with each other, as shades of lift or of numbers.
func pairsHeat(r *request, p report.Pairs, f *finding, o exporter.Options, link func(i, j int) string) chart.Drawing {
	at := make([]int, len(p.Rows))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return p.Rows[b].Total.N - p.Rows[a].Total.N })
	at = slices.DeleteFunc(at, func(i int) bool { return p.Rows[i].Total.Suppressed != report.Shown || p.Rows[i].Total.N == 0 })
	at = at[:min(len(at), heatThemes)]
	lift := r.Query("measure") == "lift"
	bars := chart.BarsOf(p.Table, -1, o, nil)
	h := chart.Heat{Head: bars.Head, Skip: func(i, j int) bool { return i == j || p.At(at[i], at[j]).Branch }}
	h.Title = o.T("numbers.title_cooccurrence")
	if lift {
		h.Title += " – " + o.T("numbers.lift")
		h.Notes = append(h.Notes, o.T("numbers.lift_text"))
		h.Shade = func(v chart.Value) float64 { return min(v.Share/3, 1) }
		h.Text = func(v chart.Value) string { return exporter.Decimals(o.Lang, v.Share, 1) }
	}
	for _, i := range at {
		n := chart.Name{Label: p.Rows[i].Theme.Label.In(o.Lang), Hue: p.Rows[i].Theme.Hue}
		h.Rows, h.Columns = append(h.Rows, n), append(h.Columns, n)
		var line []chart.Value
		for _, j := range at {
			c := p.At(i, j)
			v := chart.Value{N: c.N, Share: c.Share, Shared: !lift, Href: link(i, j)}
			switch {
			case i != j && c.Suppressed != report.Shown:
				v = chart.Value{Hidden: exporter.HiddenText(c.Suppressed, p.Threshold), Why: o.T("export.chart_hidden")}
			case lift && !math.IsNaN(c.Lift):
				v.Share = c.Lift
			case lift:
				v.Share = 0
			}
			line = append(line, v)
		}
		h.Cells = append(h.Cells, line)
	}
	return h
}

// questions is how many questions the project has.
func (s *Server) questions(r *request) int {
	n := 0
	_ = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error { n = len(b.Questions()); return nil }) // 0 where it fails
	return n
}
