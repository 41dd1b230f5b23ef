package ui

import (
	"net/http"
	"net/url"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

// Most answers that are ranked, and most that are shown.
const (
	rankedMost = 3000
	foundMost  = 20
)

// findQuotes ranks the answers of a theme by how well they could be quoted: ?theme=KEY&language=sv.
func (s *Server) findQuotes(r *request) error {
	page := view.QuoteFind{Page: r.base("quotes.find_title", "quotes"), Keys: !r.person.Desk.NoKeys}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	th, ok := tree.Find(r.Query("theme"))
	if !ok {
		if all := tree.All(); len(all) > 0 {
			th, ok = all[0], true
		}
	}
	for _, one := range tree.All() {
		page.Themes = append(page.Themes, view.Option{Value: one.Key, Label: one.Label.In(r.labels()), Selected: one.ID == th.ID})
	}
	wanted := coding.Lang(r.Query("language"))
	page.Langs = []view.Option{{Label: r.t("quotes.any_language"), Selected: wanted == ""}}
	for _, l := range []coding.Lang{"fi", "sv", "en"} {
		page.Langs = append(page.Langs, view.Option{Value: string(l), Label: r.language(l), Selected: l == wanted})
	}
	if ok {
		page.Theme = int64(th.ID)
		if page.Found, page.Of, err = s.ranked(r, th, wanted); err != nil {
			return err
		}
	}
	page.Scripts = []string{"js/quotes.js", "js/quote_desk.js"}
	return s.render(r, http.StatusOK, "quotes_find", page)
}

func (s *Server) ranked(r *request, th coding.Theme, wanted coding.Lang) ([]view.QuoteCandidate, int, error) {
	var ids []coding.AnswerID
	onAnswer := map[coding.AnswerID]int{}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		set := b.Theme(th.ID).Clone()
		if wanted != "" {
			set.And(b.Language(wanted))
		}
		ids = sets.After(set, 0, rankedMost)
		for _, id := range ids {
			onAnswer[id] = b.CodingsOn(id)
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	all, err := s.readQuotes(r)
	if err != nil {
		return nil, 0, err
	}
	var chosen []quotes.Chosen
	for _, q := range all {
		chosen = append(chosen, quotes.Chosen{Text: q.answer.Text, Respondent: q.answer.Respondent})
	}
	var list []quotes.Candidate
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		answers, err := rd.Answers(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		marked, err := evidenceOf(r, rd, ids, th.ID)
		for _, a := range answers {
			c := quotes.Candidate{Answer: a, Themes: onAnswer[a.ID]}
			for _, e := range marked[a.ID] {
				for _, sp := range e.spans {
					c.Evidence += sp.End - sp.Start
				}
			}
			list = append(list, c)
		}
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	finder := quotes.FinderOf(r.access.Project)
	ranked := quotes.Rank(list, chosen, wanted, func(text string) bool { return len(finder.Find(text)) > 0 }, foundMost)
	var few []coding.AnswerID
	for _, c := range ranked {
		few = append(few, c.Answer.ID)
	}
	slices.Sort(few)
	excerpts, err := s.excerpts(r, few, th.ID)
	if err != nil {
		return nil, 0, err
	}
	var out []view.QuoteCandidate
	back := r.path("/quotes/find?" + url.Values{"theme": {th.Key}, "language": {string(wanted)}}.Encode())
	for _, c := range ranked {
		one := view.QuoteCandidate{Excerpt: excerpts[c.Answer.ID], Choose: r.path("/answers/" + themeValue(coding.ThemeID(c.Answer.ID)) + "/quote"), Back: back}
		for _, why := range c.Reasons {
			one.Reasons = append(one.Reasons, r.t("quotes.why."+string(why)))
		}
		out = append(out, one)
	}
	return out, len(list), nil
}
