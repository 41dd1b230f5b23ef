package ui

import (
	"slices"
	"time"

	"avokoodi/coding"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) imports(r *request, rd coding.Reader, page *view.OverviewPage) error {
	imports, err := rd.Imports(r.ctx(), r.projectID())
	if err != nil {
		return err
	}
	rounds, err := rd.Rounds(r.ctx(), r.projectID())
	if err != nil {
		return err
	}
	number := func(n int) string { return i18n.Int(r.lang, int64(n)) }
	slices.Reverse(imports)
	for _, imp := range imports {
		row := view.ImportRow{File: imp.File, At: imp.At, Respondents: number(imp.Respondents), Answers: number(imp.Answers),
			Blank: number(imp.Blank), Duplicates: number(imp.Duplicates), Languages: r.languageCounts(imp.Languages)}
		round := find(rounds, func(x coding.Round) bool { return x.ID == imp.Round })
		if row.Round = round.Label.In(coding.Lang(r.lang)); row.Round == "" {
			row.Round = round.Key
		}
		page.Imports = append(page.Imports, row)
	}
	return nil
}

// languageCounts lists answers by language: 'suomi 349'.
func (r *request) languageCounts(counts map[string]int) []string {
	var out []string
	for _, code := range []string{"fi", "sv", "en", ""} {
		if n := counts[code]; n > 0 {
			key := "lang." + code
			if code == "" {
				key = "lang.none"
			}
			out = append(out, r.t(key)+" "+i18n.Int(r.lang, int64(n)))
		}
	}
	return out
}

// worked are the operations that count as work on answers, in the order in which a day's work is told.
var worked = []coding.Op{coding.OpApply, coding.OpRule, coding.OpRemove, coding.OpMark, coding.OpQuote, coding.OpMemo,
	coding.OpTheme, coding.OpMerge, coding.OpSplit, coding.OpImport, coding.OpCodings, coding.OpCodebook}

// work is who coded what lately: the newest steps gathered by day and person.
func (s *Server) work(r *request, people map[coding.PersonID]coding.Person, page *view.OverviewPage) error {
	steps, err := s.Service.History(r.ctx(), r.projectID(), r.person.ID, coding.StepFilter{Ops: worked, Limit: 2000})
	if err != nil {
		return err
	}
	type key struct {
		day string
		who coding.PersonID
	}
	counts := map[key]map[coding.Op]int{}
	var order []key
	last := map[key]time.Time{}
	for _, st := range steps {
		if st.UndoneBy != 0 {
			continue
		}
		k := key{i18n.Date(r.lang, st.At), st.Actor}
		if counts[k] == nil {
			if len(order) == 10 {
				break
			}
			counts[k], last[k] = map[coding.Op]int{}, st.At
			order = append(order, k)
		}
		counts[k][st.Op]++
	}
	today := time.Now()
	for _, k := range order {
		day := k.day
		switch k.day {
		case i18n.Date(r.lang, today):
			day = r.t("overview.today")
		case i18n.Date(r.lang, today.AddDate(0, 0, -1)):
			day = r.t("overview.yesterday")
		}
		if n := len(page.Work); n == 0 || page.Work[n-1].Day != day {
			page.Work = append(page.Work, view.WorkDay{Day: day})
		}
		row := view.WorkRow{Last: last[k]}
		if p, ok := people[k.who]; ok {
			row.Person = *person(p)
		} else {
			row.Person = view.Person{Name: r.nameOf(people, k.who), Initials: "·", Hue: 1}
		}
		for _, op := range worked {
			if n := counts[k][op]; n > 0 {
				row.What = append(row.What, r.t("work."+string(op), n))
			}
		}
		d := &page.Work[len(page.Work)-1]
		d.Rows = append(d.Rows, row)
	}
	return nil
}
