package ui

import (
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/ui/i18n"
)

// publicBases is the numbers of respondents and answers that readers are told: those of the tables that they are given, so
// that no page tells what another hides.
type publicBases struct{ table report.Table }

func basesFor(b *sets.Board) publicBases {
	t, err := report.CountOn(b, report.Request{Project: b.Project().ID, By: string(report.ByQuestion), Public: true})
	if err != nil {
		return publicBases{report.Table{Base: report.Cell{Suppressed: report.Secondary}}}
	}
	return publicBases{t}
}

// question is how many answered a question, and whether that is hidden.
func (p publicBases) question(r *request, key string) (text string, hidden bool) {
	if p.table.By != nil {
		for _, c := range p.table.By.Categories {
			if c.Key == key {
				return r.cellText(c.Base, p.table.Threshold), c.Base.Suppressed != report.Shown
			}
		}
	}
	return "·", true
}

// answers is the number of all answers, where it does not tell that of a question that is hidden.
func (p publicBases) answers(r *request) string {
	if p.table.By == nil || p.table.Base.Suppressed != report.Shown {
		return "·"
	}
	sum := 0
	for _, c := range p.table.By.Categories {
		if c.Base.Suppressed != report.Shown {
			return "·"
		}
		sum += c.Base.N
	}
	return i18n.Int(r.lang, int64(sum))
}
