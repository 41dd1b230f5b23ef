package ui

import (
	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
)

// mostPairs is how many pairs the page lists.
const mostPairs = 60

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
	link := func(i, j int) string {
		if !r.access.Role.AtLeast(coding.RoleAnalyst) {
			return ""
		}
		q := withoutTable(f.query)
		q["theme"], q["themes"] = []string{p.Rows[i].Theme.Key, p.Rows[j].Theme.Key}, []string{"people"} // who may have named them in different answers
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
	if len(order) == 0 {
		f.say = append(f.say, r.t("numbers.say_no_pairs"))
	} else {
		first := order[0]
		f.say = append(f.say, r.t("numbers.say_pairs", name(first[0]), name(first[1]), r.t("analysis.n_respondents", p.At(first[0], first[1]).N)))
		if by := p.Together(true, max(p.Threshold, 5)); len(by) > 0 && p.At(by[0][0], by[0][1]).Lift > 1 {
			f.say = append(f.say, r.t("numbers.say_lift", name(by[0][0]), name(by[0][1]), exporter.Decimals(o.Lang, p.At(by[0][0], by[0][1]).Lift, 1)))
		}
	}
	f.drawing = chart.PairsOf(p, r.Query("measure") == "lift", chart.HeatThemes, o, link)
	return nil
}
