package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/index/reading"
	"avokoodi/ui/view"
)

// How many code points a line of context has on each side, on the page and in a file.
const (
	contextPage = 90
	contextFile = 200
)

// mostTyped is how many words a typed phrase may have.
const mostTyped = 6

// contextAsked is what is looked for in context.
type contextAsked struct {
	bases  []string // as a word list or a phrase names them
	typed  string
	inside string // with bases of one word: "" the word itself, "also" in compounds, too, "only" there
}

func (a *wordsAsked) context() contextAsked {
	c := contextAsked{bases: a.own["base"], typed: strings.TrimSpace(a.own.Get("word")), inside: oneOf(a.own.Get("inside"), "", "also", "only")}
	switch {
	case c.typed != "" && c.typed != strings.Join(c.bases, " "): // another word was typed over it
		c.bases = nil
	case c.typed == "":
		c.typed = strings.Join(c.bases, " ")
	}
	if len(c.bases) != 1 {
		c.inside = ""
	}
	return c
}

func (k contextAsked) search() string {
	if len(k.bases) > 0 {
		return searchFor(k.bases...)
	}
	words := strings.Fields(k.typed)
	if len(words) == 1 && strings.HasSuffix(words[0], "*") {
		return words[0]
	}
	return searchFor(words...)
}

// pattern turns it into what the corpus looks for.
func (k contextAsked) pattern(a wordsAsked, c *corpus) reading.Pattern {
	if len(k.bases) > 0 {
		if k.inside == "only" {
			return c.Inside(a.lang, k.bases[0])
		}
		return c.Base(a.lang, k.inside == "also", k.bases...)
	}
	langs := []coding.Lang{a.lang}
	if a.any {
		langs = a.board.languages
	}
	slots := map[coding.Lang][]reading.Slot{}
	for _, l := range langs {
		for _, field := range strings.Fields(k.typed) {
			if start, ok := strings.CutSuffix(field, "*"); ok && len([]rune(start)) >= 2 {
				slots[l] = append(slots[l], reading.Slot{Beginning: strings.ToLower(start)})
				continue
			}
			for _, t := range c.words.Query(l, field) {
				s := reading.Slot{}
				for _, term := range t.Terms {
					s.Terms = append(s.Terms, term.Text)
				}
				slots[l] = append(slots[l], s)
			}
		}
		slots[l] = slots[l][:min(len(slots[l]), mostTyped)]
	}
	return c.Typed(slots)
}

func (s *Server) contextList(r *request, a wordsAsked, c *corpus, page *view.WordsPage) error {
	k := a.context()
	page.Word = k.typed
	for _, b := range k.bases {
		page.Hidden = append(page.Hidden, view.ExtraFilter{Name: "base", Value: b})
	}
	if k.typed == "" {
		page.Empty = &view.Empty{Title: r.t("words.choose_word"), Say: r.t("words.choose_word_say")}
		return nil
	}
	found := a.find(c, k)
	page.Title = r.t("words.in_context", k.typed)
	page.Search = a.desk(r, k.search(), 0)
	if len(k.bases) == 1 {
		for _, inside := range []string{"", "also", "only"} {
			own := []string{"base", k.bases[0], "inside", inside, "side", a.own.Get("side")}
			page.Inside = append(page.Inside, view.WordTab{Label: r.t("words.inside_" + cmp.Or(inside, "none")), Href: a.to(r, "context", own...), Current: inside == k.inside})
		}
	}
	if found.All == 0 {
		page.Empty = &view.Empty{Title: r.t("words.empty_context", k.typed), Say: r.t("words.empty_context_say")}
		return nil
	}
	page.Sub = r.t("words.places", found.All) + " · " + r.t("analysis.n_answers", found.Answers) + " · " + r.t("words.respondents", r.few(found.Respondents))
	page.Total = len(found.Hits)
	page.Shown = min(a.rows, page.Total)
	lines, err := s.lines(r, c, found.Hits[:page.Shown], contextPage)
	for _, l := range lines {
		page.Lines = append(page.Lines, view.ContextLine{Left: l.Left, Match: l.Match, Right: l.Right, CutLeft: l.CutLeft, CutRight: l.CutRight,
			Lang: string(l.answer.Language), Number: l.number, Href: a.desk(r, k.search(), l.answer.ID),
			ID: fmt.Sprintf("l%d-%d", l.answer.ID, len(page.Lines)), Quote: r.path(fmt.Sprintf("/answers/%d/quote", l.answer.ID)), Quoted: l.quoted})
	}
	page.QuoteKeys, page.Here = !r.person.Desk.NoKeys, r.Request.URL.RequestURI()
	page.Scripts = append(page.Scripts, "js/quote_desk.js")
	return err
}

func (a *wordsAsked) find(c *corpus, k contextAsked) reading.Found {
	side := map[string]reading.Side{"left": reading.ByLeft, "right": reading.ByRight, "match": reading.ByMatch}[a.own.Get("side")]
	return c.Find(a.scope(), k.pattern(*a, c), side)
}

// line is one line of context with its answer.
type line struct {
	reading.Line
	answer coding.Answer
	number string
	quoted bool
}

// lines reads the answers of the hits and cuts the lines. An answer that is gone is left out.
func (s *Server) lines(r *request, c *corpus, hits []reading.Hit, width int) ([]line, error) {
	var ids []coding.AnswerID
	for _, h := range hits {
		ids = append(ids, h.Answer)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	answers, numbers, quoted := map[coding.AnswerID]coding.Answer{}, map[coding.RespondentID]int{}, map[coding.AnswerID]bool{}
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		list, err := rd.Answers(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		var people []coding.RespondentID
		for _, a := range list {
			answers[a.ID] = a
			people = append(people, a.Respondent)
		}
		respondents, err := rd.Respondents(r.ctx(), r.projectID(), people)
		for _, x := range respondents {
			numbers[x.ID] = x.Number
		}
		if err != nil {
			return err
		}
		quotes, err := rd.QuotesOf(r.ctx(), r.projectID(), ids)
		for _, q := range quotes {
			quoted[q.Answer] = true
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []line
	for _, h := range hits {
		a, ok := answers[h.Answer]
		if !ok {
			continue
		}
		if cut, ok := h.Line(a.Text, c.words.Index(a.Language, a.Text), width); ok {
			out = append(out, line{cut, a, fmt.Sprintf("#%04d", numbers[a.Respondent]), quoted[a.ID]})
		}
	}
	return out, nil
}
