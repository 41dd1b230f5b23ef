package ui

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// disputeCards is how many answers the page shows at a time.
const disputeCards = 20

// disputePage lists compared answers: is=STANDING, theme=KEY, for=KEY or '-' of another theme that was given in its place.
func (s *Server) disputePage(r *request) error {
	asked, err := s.comparisonAsked(r)
	if err != nil {
		return err
	}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	want := report.Asked{At: report.Standing(r.Query("is")), Nothing: r.Query("for") == "-"}
	if !slices.Contains(report.Standings, want.At) {
		return coding.ErrNotFound
	}
	for name, to := range map[string]*coding.ThemeID{"theme": &want.Theme, "for": &want.For} {
		key := r.Query(name)
		th, ok := tree.Find(key)
		if key != "" && key != "-" && !ok {
			return coding.ErrNotFound
		}
		*to = th.ID
	}
	got, err := report.New(s.Boards).Disputes(r.ctx(), asked.ask, want)
	if err != nil {
		return err
	}
	page := view.DisputePage{Page: r.base("compare.queue", "analysis"), Tabs: r.findingTabs("agreement", url.Values{}), Coders: asked.coderChoices(r),
		Total: len(got.Answers), Veiled: got.Veiled, Keys: !r.person.Desk.NoKeys}
	open := 0
	if want == (report.Asked{}) {
		open = len(got.Answers)
	}
	page.Subs = asked.subs(r, "answers", open)
	page.Scripts = []string{"js/swap.js", "js/agreement.js"}
	r.disputeChoices(asked, want, tree, len(got.Coders), &page)
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	from, _ := strconv.Atoi(r.Query("from"))
	page.From = min(max(from, 0), max(len(got.Answers)-1, 0))
	to := min(page.From+disputeCards, len(got.Answers))
	at := func(n int) string {
		q := r.Request.URL.Query()
		q.Del("did")
		if q.Del("from"); n > 0 {
			q.Set("from", strconv.Itoa(n))
		}
		return r.path("/agreement/answers?" + q.Encode())
	}
	if page.From > 0 {
		page.First = at(0)
	}
	if to < len(got.Answers) {
		page.Next = at(to)
	}
	if len(got.Answers) == 0 {
		page.Empty = r.noDispute(asked, want, got)
		return s.render(r, http.StatusOK, "agreement_answers", page)
	}
	page.Sub = r.t("compare.shown", page.From+1, to, len(got.Answers))
	if page.Cards, err = s.disputes(r, asked, got, got.Answers[page.From:to]); err != nil {
		return err
	}
	return s.render(r, http.StatusOK, "agreement_answers", page)
}

// disputeChoices are the filters of the page.
func (r *request) disputeChoices(asked comparing, want report.Asked, tree themes.Tree, coders int, page *view.DisputePage) {
	page.Themes = []view.Option{{Label: r.t("compare.any_theme"), Selected: want.Theme == 0}}
	for _, th := range tree.All() {
		page.Themes = append(page.Themes, view.Option{Value: th.Key, Label: th.Label.In(r.labels()), Selected: th.ID == want.Theme})
	}
	for _, is := range report.Standings {
		if (is == report.OnlyA || is == report.OnlyB) && (coders != 2 || want.Theme == 0) && is != want.At {
			continue
		}
		page.Stands = append(page.Stands, view.Option{Value: string(is), Label: r.t("compare.is_" + string(is)), Selected: is == want.At})
	}
	for name, list := range asked.query {
		if name == "coder" && len(page.Coders) > 0 {
			continue
		}
		for _, v := range list {
			page.Hidden = append(page.Hidden, view.Option{Label: name, Value: v})
		}
	}
	if v := r.Query("for"); v != "" {
		page.Hidden = append(page.Hidden, view.Option{Label: "for", Value: v})
	}
}

// noDispute says why no answer is listed.
func (r *request) noDispute(asked comparing, want report.Asked, got report.Disputes) *view.Empty {
	e := &view.Empty{Title: r.t("compare.queue_empty"), Say: r.t("compare.queue_empty_say"), Do: r.t("compare.to_numbers"), Href: asked.href(r, "")}
	switch {
	case len(got.Coders) < 2 && got.Veiled > 0:
		e.Title, e.Say = r.t("compare.empty_blind"), r.t("compare.empty_blind_say")
	case len(got.Coders) < 2:
		e.Title, e.Say = r.t("compare.empty_twice"), r.t("compare.empty_twice_say")
	case want.At != report.Undecided || want.Theme != 0:
		e.Title, e.Say = r.t("compare.queue_none"), r.t("compare.queue_none_say")
		e.Do, e.Href = r.t("compare.show_open"), asked.href(r, "/answers")
	}
	return e
}

// disputes reads answers with what the compared coders gave them.
func (s *Server) disputes(r *request, asked comparing, got report.Disputes, ids []coding.AnswerID) ([]view.Dispute, error) {
	var f frame
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		f = r.frame(b, nil)
		return nil
	})
	if err != nil {
		return nil, err
	}
	f.people = asked.people
	var out []view.Dispute
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		answers, err := rd.Answers(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		o, err := readOn(r.ctx(), rd, r.projectID(), ids, answers, f.variables)
		if err != nil {
			return err
		}
		notes, err := ownThemeMemos(r, rd, f.tree)
		if err != nil {
			return err
		}
		for _, a := range answers {
			out = append(out, r.dispute(a, o, f, got.Coders, notes))
		}
		return nil
	})
	return out, err
}

// ownThemeMemos are the reader's memos on themes.
func ownThemeMemos(r *request, rd coding.Reader, tree themes.Tree) (map[coding.ThemeID]string, error) {
	var ids []int64
	for _, th := range tree.All() {
		ids = append(ids, int64(th.ID))
	}
	out := map[coding.ThemeID]string{}
	memos, err := rd.MemosOf(r.ctx(), r.projectID(), coding.MemoTheme, ids)
	for _, m := range memos {
		if m.Author == r.person.ID {
			out[coding.ThemeID(m.Target)] = m.Text
		}
	}
	return out, err
}

func (r *request) dispute(a coding.Answer, o on, f frame, coders []coding.PersonID, notes map[coding.ThemeID]string) view.Dispute {
	d := view.Dispute{ID: int64(a.ID), Number: fmt.Sprintf("#%04d", o.respondents[a.Respondent].Number), Lang: string(a.Language), Language: r.language(a.Language),
		Question: f.questions[a.Question].Name(coding.Lang(r.lang)), Href: deskHref(r.slug(), "question=*", a.ID), Next: r.Request.URL.RequestURI(), Settled: true}
	var sides []coding.PersonID // who of the compared read it
	given := map[coding.ThemeID][]coding.PersonID{}
	for _, who := range coders {
		side := view.DisputeSide{Person: *person(f.people[who]), Key: strconv.Itoa(len(sides) + 1)}
		read := false
		for _, m := range o.marks[a.ID] {
			if m.Coder == who {
				read, side.Mark = true, r.t("state."+string(m.State))
			}
		}
		for _, c := range o.codings[a.ID] {
			if c.Coder == who {
				read = true
				given[c.Theme] = append(given[c.Theme], who)
			}
		}
		if read {
			sides = append(sides, who)
			d.Sides = append(d.Sides, side)
		}
	}
	decided := map[coding.ThemeID]coding.Decision{}
	for _, one := range o.decisions[a.ID] {
		decided[one.Theme] = one
	}
	up := true
	for _, th := range f.tree.All() {
		one, settled := decided[th.ID]
		n := len(given[th.ID])
		switch {
		case n == 0 && !settled:
			if !th.Retired {
				d.Others = append(d.Others, view.Option{Value: strconv.FormatInt(int64(th.ID), 10), Label: th.Label.In(r.labels())})
			}
			continue
		case n == len(sides) && !settled:
			d.Agreed = append(d.Agreed, view.ThemeChip{Label: th.Label.In(r.labels()), Hue: r.hue(th)})
			continue
		}
		lang := coding.Lang(r.lang)
		row := view.DisputeRow{Theme: int64(th.ID), Label: th.Label.In(r.labels()), Hue: r.hue(th), Definition: th.Definition.In(lang), Include: th.Include.In(lang),
			Exclude: th.Exclude.In(lang), Codebook: themeHref(r, th.Key), Note: notes[th.ID]}
		for _, who := range sides {
			row.Gave = append(row.Gave, slices.Contains(given[th.ID], who))
		}
		if settled {
			row.Decided, row.By, row.At, row.Why = decidedWord(one.Applies), f.people[one.By].Shown(), one.At, one.Why
		} else {
			row.Up, up, d.Settled = up, false, false
		}
		d.Rows = append(d.Rows, row)
	}
	d.Segments = segments(a.Text, r.sideEvidence(o.codings[a.ID], f, sides), nil)
	for _, m := range o.memos[a.ID] {
		d.Memos = append(d.Memos, view.Memo{By: f.people[m.Author].Shown(), Text: m.Text, When: i18n.Date(r.lang, m.At)})
	}
	for _, c := range o.codings[a.ID] {
		for _, m := range o.onCodings[c.ID] {
			th, _ := f.tree.Get(c.Theme)
			d.Memos = append(d.Memos, view.Memo{By: f.people[m.Author].Shown(), Text: m.Text, When: i18n.Date(r.lang, m.At), Theme: th.Label.In(r.labels())})
		}
	}
	return d
}

// sideEvidence is the words that each coder marked for each theme, with the coder's name.
func (r *request) sideEvidence(codings []coding.Coding, f frame, sides []coding.PersonID) []evidence {
	var out []evidence
	for _, th := range f.tree.All() {
		for _, c := range codings {
			if c.Theme == th.ID && len(c.Evidence) > 0 && slices.Contains(sides, c.Coder) {
				out = append(out, evidence{by: view.MarkedBy{Hue: r.hue(th), Label: th.Label.In(r.labels()) + " · " + f.people[c.Coder].Shown()}, spans: c.Evidence})
			}
		}
	}
	return out
}
