package ui

import (
	"math"
	"net/url"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// drawn is a progress as the pages draw it.
func drawn(p report.Progress) view.Progress {
	out := view.Progress{Total: p.Answers, Coded: p.Coded, None: p.NoTheme, Unusable: p.Unusable, Open: p.Open, Share: p.Share()}
	from, sum := 0, 0
	for _, piece := range []struct {
		kind string
		n    int
	}{{"coded", p.Coded}, {"none", p.NoTheme}, {"unusable", p.Unusable}} {
		if piece.n == 0 {
			continue
		}
		sum += piece.n
		to := (sum*1000 + p.Answers/2) / p.Answers
		out.Bar = append(out.Bar, view.Piece{Kind: piece.kind, From: from, Size: max(to-from, 4)})
		from = to
	}
	return out
}

// coarse is a progress in steps of 5 %, which does not tell of how many answers it is. Readers get it where that number is hidden.
func coarse(p view.Progress) view.Progress {
	const step = 50
	out := view.Progress{Share: math.Round(p.Share*1000/step) * step / 1000}
	for _, b := range p.Bar {
		from, to := (b.From+step/2)/step*step, (b.From+b.Size+step/2)/step*step
		if to > from {
			out.Bar = append(out.Bar, view.Piece{Kind: b.Kind, From: from, Size: to - from})
		}
	}
	return out
}

// progress fills in everything that is counted on the board.
func (r *request) progress(b *sets.Board, people map[coding.PersonID]coding.Person, page *view.OverviewPage) nextFrom {
	least := r.access.Project.Threshold
	if page.Detail {
		least = 0
	}
	o := report.ProgressOn(b, sets.Filter{})
	page.Whole = drawn(o.Progress)
	page.Empty = o.Answers == 0
	lang := coding.Lang(r.lang)

	empty := b.State(coding.StateOpen)
	empty.And(b.EmptyTalk())
	from := nextFrom{answers: o.Answers, open: o.Open, themes: len(b.Tree().All()), empty: int(empty.GetCardinality())}
	var known publicBases
	if !page.Detail {
		known = basesFor(b)
		page.Whole = coarse(page.Whole)
	}
	questions := r.progressTable(page, "question")
	questions.Key = true
	for _, q := range o.Questions {
		row := view.ProgressRow{Label: q.Question.Label.In(lang), Progress: drawn(q.Progress), Href: r.deskOf("question", q.Question.Key)}
		row.Answers = i18n.Int(r.lang, int64(q.Answers))
		if !page.Detail {
			row.Answers, row.Hidden = known.question(r, q.Question.Key)
		}
		page.Hidden = page.Hidden || row.Hidden
		questions.Rows = append(questions.Rows, row)
		if q.Open > 0 && (from.href == "" || !from.begun && q.Done() > 0) {
			from.href, from.question, from.left, from.begun = row.Href, q.Question.Name(lang), q.Open, q.Done() > 0
		}
	}
	languages := r.progressTable(page, "language")
	for _, l := range o.Languages {
		key, label := string(l.Language), "lang."+string(l.Language)
		if key == "" {
			key, label = "none", "lang.none"
		}
		languages.Rows = append(languages.Rows, view.ProgressRow{Label: r.languageName(label, key), Progress: drawn(l.Progress),
			Href: r.deskOf("language", key)})
	}
	rounds := r.progressTable(page, "round")
	for _, x := range o.Rounds {
		row := view.ProgressRow{Label: x.Round.Label.In(lang), Progress: drawn(x.Progress), Href: r.deskOf("round", x.Round.Key)}
		if row.Label == "" {
			row.Label = x.Round.Key
		}
		rounds.Rows = append(rounds.Rows, row)
	}
	for _, parts := range [][]view.ProgressRow{languages.Rows, rounds.Rows} {
		for i := range parts {
			if parts[i].Answers = i18n.Int(r.lang, int64(parts[i].Progress.Total)); !page.Detail {
				// Numbers over all questions could be set against those of each question.
				parts[i].Answers, parts[i].Hidden = "", parts[i].Progress.Total < 4*least
				parts[i].Progress = coarse(parts[i].Progress)
			}
		}
	}
	page.Tables = []view.ProgressTable{questions, languages}
	if len(rounds.Rows) > 1 {
		page.Tables = append(page.Tables, rounds)
	}
	if page.Detail && len(o.Coders) > 0 {
		page.Tables = append(page.Tables, r.coders(o.Coders, people, page))
	}
	if queues := report.QueuesOn(b); page.Detail && len(queues) > 0 {
		table := r.queueTable()
		table.Key, table.More, table.MoreText = false, r.path("/work"), r.t("work.open")
		for _, one := range queues {
			if who, ok := people[one.Coder]; ok {
				table.Rows = append(table.Rows, r.queueRow(who, one.Progress))
			}
			if one.Coder == r.person.ID {
				from.queue, from.queueHref = one.Open, r.queueHref(people[one.Coder], nil)
			}
		}
		page.Tables = append([]view.ProgressTable{table}, page.Tables...)
	}
	if page.Detail && o.Open == 0 {
		from.differ = report.UndecidedOn(b, r.person.ID)
	}
	page.Facts = r.facts(b, o, page)
	return from
}

// deskOf is the address of the desk with one filter; all questions unless the filter is one.
func (r *request) deskOf(name, value string) string {
	q := url.Values{name: {value}}.Encode()
	if name != "question" {
		q = "question=*&" + q
	}
	return r.path("/code?" + q)
}

// coders is what each person has judged of all answers.
func (r *request) coders(list []report.CoderProgress, people map[coding.PersonID]coding.Person, page *view.OverviewPage) view.ProgressTable {
	out := r.progressTable(page, "coder")
	if len(list) > 1 {
		out.More, out.MoreText = r.path("/agreement"), r.t("compare.title")
	}
	for _, c := range list {
		name := people[c.Coder].Name
		row := view.ProgressRow{Label: r.nameOf(people, c.Coder), Progress: drawn(c.Progress), Answers: i18n.Int(r.lang, int64(c.Answers)),
			Href: r.path("/code?question=*&" + url.Values{"by": {name}}.Encode())}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (r *request) progressTable(page *view.OverviewPage, by string) view.ProgressTable {
	out := view.ProgressTable{ID: "by-" + by, Title: r.t("overview.by_" + by), Heading: r.t("overview." + by), Detail: page.Detail}
	return out
}

// languageName is the language's own name where the interface knows it, or else its code.
func (r *request) languageName(key, code string) string {
	if i18n.Has(r.lang, key) {
		return r.t(key)
	}
	return code
}

func (r *request) facts(b *sets.Board, o report.Overview, page *view.OverviewPage) []view.Fact {
	code := ""
	if page.Detail {
		code = r.path("/code?question=*")
	}
	respondents, questions, themes := int(b.Respondents().GetCardinality()), len(o.Questions), len(b.Tree().All())
	facts := []view.Fact{
		{Value: i18n.Int(r.lang, int64(respondents)), Label: r.t("overview.respondents", respondents)},
		{Value: i18n.Int(r.lang, int64(o.Answers)), Label: r.t("overview.answers", o.Answers), Href: code},
		{Value: i18n.Int(r.lang, int64(questions)), Label: r.t("overview.questions", questions)},
		{Value: i18n.Int(r.lang, int64(themes)), Label: r.t("overview.themes", themes), Href: r.path("/themes")},
	}
	if page.Detail {
		facts = append(facts, view.Fact{Value: i18n.Int(r.lang, int64(b.Codings())), Label: r.t("overview.codings", b.Codings()), Href: code + "&state=coded"})
	}
	if !page.Detail {
		known := basesFor(b)
		facts[0].Value, facts[1].Value = r.cellText(known.table.Base, known.table.Threshold), known.answers(r)
	}
	return facts
}
