package ui

import (
	"fmt"
	"net/url"
	"slices"

	"avokoodi/coding"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// quoteFilter reads ?theme=KEY&language=fi, both of which may repeat; theme 'none' is quotes without a theme.
func quoteFilter(r *request) url.Values {
	q := url.Values{}
	for _, name := range []string{"theme", "language", "balance"} {
		if v := values(r.Request.URL.Query(), name); len(v) > 0 {
			q[name] = v
		}
	}
	return q
}

// quoted is a quote with its answer.
type quoted struct {
	coding.Quote
	answer coding.Answer
	number int
}

// readQuotes is every quote of the project in order.
func (s *Server) readQuotes(r *request) ([]quoted, error) {
	var out []quoted
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		quotes, err := rd.Quotes(r.ctx(), r.projectID())
		if err != nil {
			return err
		}
		ids := make([]coding.AnswerID, len(quotes))
		for i, q := range quotes {
			ids[i] = q.Answer
		}
		slices.Sort(ids)
		answers, err := rd.Answers(r.ctx(), r.projectID(), slices.Compact(ids))
		if err != nil {
			return err
		}
		byID := map[coding.AnswerID]coding.Answer{}
		var people []coding.RespondentID
		for _, a := range answers {
			byID[a.ID] = a
			people = append(people, a.Respondent)
		}
		respondents, err := rd.Respondents(r.ctx(), r.projectID(), people)
		if err != nil {
			return err
		}
		number := map[coding.RespondentID]int{}
		for _, x := range respondents {
			number[x.ID] = x.Number
		}
		for _, q := range quotes {
			if a, ok := byID[q.Answer]; ok {
				out = append(out, quoted{q, a, number[a.Respondent]})
			}
		}
		return nil
	})
	return out, err
}

func (s *Server) quoteList(r *request) (view.QuotesPage, error) {
	page := view.QuotesPage{Page: r.base("quotes.title", "quotes"), CanEdit: r.access.Role.AtLeast(coding.RoleAnalyst), Clear: r.path("/quotes")}
	filter := quoteFilter(r)
	page.Filtered = len(filter["theme"])+len(filter["language"]) > 0
	for _, name := range []string{"theme", "language"} {
		for _, v := range filter[name] {
			page.Hidden = append(page.Hidden, view.ExtraFilter{Name: name, Value: v})
		}
	}
	page.Exports = r.exports(filter, "quotes")
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return page, err
	}
	people, err := s.names(r)
	if err != nil {
		return page, err
	}
	all, err := s.readQuotes(r)
	if err != nil {
		return page, err
	}
	page.Total = len(all)
	used, spoken := map[coding.ThemeID]bool{}, map[coding.Lang]bool{}
	groups := map[coding.ThemeID][]view.QuoteCard{}
	choices := r.themeChoices(tree)
	for _, q := range all {
		used[q.Theme], spoken[q.answer.Language] = true, true
		th, _ := tree.Get(q.Theme)
		if !passes(filter["theme"], orNone(th.Key)) || !passes(filter["language"], orNone(string(q.answer.Language))) {
			continue
		}
		page.Shown++
		card := r.quoteCard(q)
		at := func(do string) string { return r.path(fmt.Sprintf("/quotes/%d%s?%s", q.ID, do, filter.Encode())) }
		card.Change, card.Move, card.Remove = at(""), at("/move"), at("/remove")
		card.By = r.nameOf(people, q.By)
		if page.CanEdit {
			card.Themes = selected(choices, fmt.Sprint(int64(q.Theme)))
		}
		groups[q.Theme] = append(groups[q.Theme], card)
	}
	page.Spoken = len(spoken)
	add := func(id coding.ThemeID, key, label string, hue int) {
		cards := groups[id]
		for i := range cards {
			if cards[i].First = i == 0; !cards[i].First {
				cards[i].Prev = cards[i-1].ID
			}
			if cards[i].Last = i == len(cards)-1; !cards[i].Last {
				cards[i].Next = cards[i+1].ID
			}
		}
		if len(cards) > 0 {
			page.Groups = append(page.Groups, view.QuoteGroup{Key: key, Label: label, Hue: hue, Quotes: cards})
		}
	}
	page.Themes = []view.Option{{Label: r.t("quotes.any_theme"), Selected: len(filter["theme"]) == 0}}
	for _, th := range tree.All() {
		add(th.ID, th.Key, th.Label.In(r.labels()), th.Hue)
		if used[th.ID] {
			page.Themes = append(page.Themes, view.Option{Value: th.Key, Label: th.Label.In(r.labels()), Selected: slices.Contains(filter["theme"], th.Key)})
		}
	}
	add(0, "none", r.t("quotes.no_theme"), 0)
	if used[0] {
		page.Themes = append(page.Themes, view.Option{Value: "none", Label: r.t("quotes.no_theme"), Selected: slices.Contains(filter["theme"], "none")})
	}
	page.Langs = []view.Option{{Label: r.t("quotes.any_language"), Selected: len(filter["language"]) == 0}}
	for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
		if spoken[l] {
			page.Langs = append(page.Langs, view.Option{Value: orNone(string(l)), Label: r.language(l), Selected: slices.Contains(filter["language"], orNone(string(l)))})
		}
	}
	page.Balance, err = s.balance(r, all, filter.Get("balance"))
	return page, err
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func passes(wanted []string, value string) bool {
	return len(wanted) == 0 || slices.Contains(wanted, value)
}

func selected(options []view.Option, value string) []view.Option {
	out := slices.Clone(options)
	for i := range out {
		out[i].Selected = out[i].Value == value
	}
	return out
}

// quoteCard lays a quote out: its text between the quotation marks of its language.
func (r *request) quoteCard(q quoted) view.QuoteCard {
	c := view.QuoteCard{ID: int64(q.ID), Lang: string(q.answer.Language), Language: r.language(q.answer.Language),
		CanEdit: r.access.Role.AtLeast(coding.RoleAnalyst), When: i18n.Date(r.lang, q.At)}
	c.Open, c.Close = marksOf(q.answer.Language)
	c.Text, c.Whole = quoteText(q.answer.Text, q.Span)
	if !c.CanEdit {
		return c
	}
	c.Note = q.Note
	c.Source = &view.AnswerLink{Number: fmt.Sprintf("#%04d", q.number), Href: deskHref(r.slug(), "question=*", q.Answer)}
	if !c.Whole {
		c.Original = segments(q.answer.Text, []evidence{{spans: []coding.Span{q.Span}}}, nil)
	}
	return c
}

// marksOf is the quotation marks of a language: ”…” in Finnish and Swedish, “…” in English.
func marksOf(l coding.Lang) (open, close string) {
	if l == "en" {
		return "“", "”"
	}
	return "”", "”"
}

// quoteText is the quoted stretch of an answer; whole tells that it is all of it.
func quoteText(text string, span coding.Span) (cut string, whole bool) {
	runes := []rune(text)
	if span == (coding.Span{}) || span.Start <= 0 && span.End >= len(runes) {
		return text, true
	}
	start := min(max(span.Start, 0), len(runes))
	return string(runes[start:min(max(span.End, start), len(runes))]), false
}
