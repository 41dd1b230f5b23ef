package ui

import (
	"net/http"
	"net/url"
	"slices"
	"time"

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

// guarded writes a count; one from 1 to under least is '<least', so that no small group is told.
func (r *request) guarded(n, least int) string {
	if n > 0 && n < least {
		return "<" + i18n.Int(r.lang, int64(least))
	}
	return i18n.Int(r.lang, int64(n))
}

// guardedParts writes the parts of a known whole. What is hidden must not be worked out from the rest: it is at least two
// parts and together at least least, or the smallest part still shown is hidden too ('·').
func (r *request) guardedParts(parts []int, least int) (texts []string, hidden bool) {
	cells, sum := 0, 0
	for _, n := range parts {
		texts = append(texts, r.guarded(n, least))
		if n > 0 && n < least {
			cells, sum = cells+1, sum+n
		}
	}
	hidden = cells > 0
	for hidden && (cells < 2 || sum < least) {
		next := -1
		for i, n := range parts {
			if n >= least && texts[i] != "·" && (next < 0 || n < parts[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		texts[next] = "·"
		cells, sum = cells+1, sum+parts[next]
	}
	return texts, hidden
}

func (s *Server) overview(r *request) error {
	people, err := s.names(r)
	if err != nil {
		return err
	}
	page := view.OverviewPage{Page: r.base("overview.title", "overview"), Detail: r.access.Role.AtLeast(coding.RoleAnalyst)}
	page.Title = page.Project.Name
	var next nextFrom
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		next = r.progress(b, people, &page)
		return nil
	})
	if err != nil {
		return err
	}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		quotes, err := rd.Quotes(r.ctx(), r.projectID())
		if err != nil {
			return err
		}
		next.quotes = len(quotes)
		if !page.Detail {
			return nil
		}
		return s.imports(r, rd, &page)
	})
	if err != nil {
		return err
	}
	if page.Detail {
		if err := s.work(r, people, &page); err != nil {
			return err
		}
	}
	page.Next = r.nextStep(next)
	return s.render(r, http.StatusOK, "overview", page)
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

	from := nextFrom{answers: o.Answers, open: o.Open, themes: len(b.Tree().All())}
	questions := r.progressTable(page, "question")
	questions.Key = true
	for _, q := range o.Questions {
		row := view.ProgressRow{Label: q.Question.Label.In(lang), Progress: drawn(q.Progress), Href: r.deskOf("question", q.Question.Key)}
		row.Answers = r.guarded(q.Answers, least) // answers to several questions do not add up to a known whole
		row.Hidden = q.Answers > 0 && q.Answers < least
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
		var sizes []int
		for _, row := range parts {
			sizes = append(sizes, row.Progress.Total)
		}
		texts, hidden := r.guardedParts(sizes, least)
		for i := range parts {
			parts[i].Answers, parts[i].Hidden = texts[i], hidden && texts[i] != i18n.Int(r.lang, int64(sizes[i]))
		}
		page.Hidden = page.Hidden || hidden
	}
	page.Tables = []view.ProgressTable{questions, languages}
	if len(rounds.Rows) > 1 {
		page.Tables = append(page.Tables, rounds)
	}
	if page.Detail && len(o.Coders) > 0 {
		page.Tables = append(page.Tables, r.coders(o.Coders, people, page))
	}
	page.Facts = r.facts(b, o, page, least)
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

func (r *request) facts(b *sets.Board, o report.Overview, page *view.OverviewPage, least int) []view.Fact {
	code := ""
	if page.Detail {
		code = r.path("/code?question=*")
	}
	respondents, questions, themes := int(b.Respondents().GetCardinality()), len(o.Questions), len(b.Tree().All())
	facts := []view.Fact{
		{Value: r.guarded(respondents, least), Label: r.t("overview.respondents", respondents)},
		{Value: r.guarded(o.Answers, least), Label: r.t("overview.answers", o.Answers), Href: code},
		{Value: i18n.Int(r.lang, int64(questions)), Label: r.t("overview.questions", questions)},
		{Value: i18n.Int(r.lang, int64(themes)), Label: r.t("overview.themes", themes), Href: r.path("/themes")},
	}
	if page.Detail {
		facts = append(facts, view.Fact{Value: i18n.Int(r.lang, int64(b.Codings())), Label: r.t("overview.codings", b.Codings()), Href: code + "&state=coded"})
	}
	return facts
}

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

// nextFrom is what the next sensible step follows from.
type nextFrom struct {
	answers, open, themes, quotes int
	question, href                string // the question to go on with
	left                          int
	begun                         bool
}

func (r *request) nextStep(f nextFrom) view.NextStep {
	step := func(key, href string, args ...any) view.NextStep {
		return view.NextStep{Title: r.t("next." + key + ".title"), Say: r.t("next."+key+".say", args...), Href: href, Do: r.t("next." + key + ".do")}
	}
	codes := r.access.Role.AtLeast(coding.RoleAnalyst)
	var n view.NextStep
	switch {
	case f.answers == 0 && r.access.Role.AtLeast(coding.RoleLead):
		n = step("import", r.path("/import"))
	case f.answers == 0:
		n = step("wait", "/projects")
	case !codes:
		n = step("look", r.path("/analysis"))
		n.OtherHref, n.Other = r.path("/quotes"), r.t("nav.quotes")
	case f.themes == 0:
		n = step("begin", f.href)
		n.OtherHref, n.Other = r.path("/themes"), r.t("next.begin.other")
	case f.open > 0:
		n = step("code", f.href+"&state=open", f.left, f.question)
		n.OtherHref, n.Other = r.path("/analysis"), r.t("next.look.do")
	case f.quotes == 0:
		n = step("quotes", r.path("/code?question=*&state=coded"))
		n.OtherHref, n.Other = r.path("/analysis"), r.t("next.look.do")
	default:
		n = step("done", r.path("/analysis"))
		n.OtherHref, n.Other = r.path("/quotes"), r.t("nav.quotes")
	}
	return n
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
