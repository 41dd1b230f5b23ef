package ui

import (
	"math"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/ui/view"
)

func (s *Server) findRounds(r *request, f *finding, o exporter.Options) error {
	if len(f.table.By.Categories) < 2 {
		f.empty = &view.Empty{Title: r.t("numbers.empty_rounds"), Say: r.t("numbers.empty_rounds_say")}
		return nil
	}
	t, err := report.New(s.Boards).Trend(r.ctx(), f.ask, f.compare, f.paired)
	if err != nil {
		return err
	}
	if f.doc, err = s.exporter().RoundsOf(r.ctx(), t, o); err != nil {
		return err
	}
	f.doc.Tables[0].Pairs = true
	f.drawing = chart.TrendOf(t, o)
	f.caution = r.t("numbers.caution")
	if f.paired {
		f.caution = r.t("numbers.caution_paired")
	}
	f.say = r.trendSentences(t, o)
	rounds := len(t.By.Categories)
	f.href = func(row, column int) string {
		if !r.access.Role.AtLeast(coding.RoleAnalyst) || column < 1 || column > 2+2*rounds {
			return ""
		}
		var line *report.Row
		if row > 0 {
			line = &t.Rows[row-1]
		}
		if column < 3 {
			return r.deskFor(f.asked, line, nil)
		}
		return r.deskFor(f.asked, line, &t.By.Categories[(column-3)/2])
	}
	return nil
}

// trendSentences says what rose and fell most between the compared rounds, and whether that is more than chance.
func (r *request) trendSentences(t report.Trend, o exporter.Options) []string {
	up, down := -1, -1
	var names []string
	tested := false
	for i, c := range t.Changes {
		tested = tested || !math.IsNaN(c.P)
		if c.Holm < report.Significant {
			names = append(names, t.Rows[i].Theme.Label.In(o.Lang))
		}
		if c.Diff > 0 && (up < 0 || c.Diff > t.Changes[up].Diff) {
			up = i
		}
		if c.Diff < 0 && (down < 0 || c.Diff < t.Changes[down].Diff) {
			down = i
		}
	}
	var out []string
	shown := func(c report.Cell) string {
		if c.Suppressed != report.Shown {
			return exporter.HiddenText(c.Suppressed, t.Threshold)
		}
		return exporter.Percent(o.Lang, c.Share)
	}
	tell := func(key string, i int) {
		if i >= 0 {
			row := t.Rows[i]
			out = append(out, r.t(key, row.Theme.Label.In(o.Lang), shown(row.Cells[t.From]), shown(row.Cells[t.To])))
		}
	}
	tell("numbers.say_rose", up)
	tell("numbers.say_fell", down)
	switch {
	case !tested:
		out = append(out, r.t("numbers.say_untested"))
	case len(names) == 0:
		out = append(out, r.t("numbers.say_unchanged"))
	default:
		out = append(out, r.t("numbers.say_changed", strings.Join(names, ", ")))
	}
	return out
}
