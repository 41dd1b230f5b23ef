package ui

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// quoted is a quote with its answer.
type quoted struct {
	coding.Quote
	answer coding.Answer
	number int
	by     quotes.Attribution
	broken bool // an approved quote that does not follow from its answer
}

// readQuotes is every quote of the project in order; for a reader only those that are approved and whole.
func (s *Server) readQuotes(r *request) ([]quoted, error) {
	var out []quoted
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		list, err := rd.Quotes(r.ctx(), r.projectID())
		if err != nil {
			return err
		}
		ids := make([]coding.AnswerID, len(list))
		for i, q := range list {
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
		said, err := quotes.Attributions(r.ctx(), rd, s.Boards.Sharing, r.projectID())
		if err != nil {
			return err
		}
		inside := r.access.Role.AtLeast(coding.RoleAnalyst)
		for _, q := range list {
			a, ok := byID[q.Answer]
			if !ok {
				continue
			}
			one := quoted{Quote: q, answer: a, number: number[a.Respondent], by: said[q.ID]}
			one.broken = q.Source != "" && quotes.VerifyQuote(q, a.Text) != nil
			if inside || q.Ready() && !one.broken {
				out = append(out, one)
			}
		}
		return nil
	})
	return out, err
}

// quotePage is what the cards of one page share.
type quotePage struct {
	*request
	server    *Server
	filter    url.Values
	tree      themes.Tree
	people    map[coding.PersonID]coding.Person
	variables []coding.Variable
	choices   []view.Option
	open      coding.QuoteID
	refused   bool // a change was not made: what was typed stays in its field
}

func (s *Server) quoteList(r *request, at coding.QuoteID, refused bool) (view.QuotesPage, error) {
	page := view.QuotesPage{Page: r.base("quotes.title", "quotes"), CanEdit: r.access.Role.AtLeast(coding.RoleAnalyst), Clear: r.path("/quotes"), Keys: !r.person.Desk.NoKeys}
	p := &quotePage{request: r, server: s, filter: quoteFilter(r), open: at, refused: refused}
	page.Filtered = len(p.filter["theme"])+len(p.filter["language"])+len(p.filter["state"]) > 0
	for _, name := range []string{"theme", "language", "state"} {
		for _, v := range p.filter[name] {
			page.Hidden = append(page.Hidden, view.ExtraFilter{Name: name, Value: v})
		}
	}
	page.Exports = r.quoteExports(p.filter)
	all, err := p.read(s)
	if err != nil {
		return page, err
	}
	page.Total = len(all)
	p.choose(all)
	used, spoken := map[coding.ThemeID]bool{}, map[coding.Lang]bool{}
	var shown []quoted
	for _, q := range all {
		used[q.Theme], spoken[q.answer.Language] = true, true
		if q.Ready() {
			page.Approved++
		}
		if q.broken {
			page.Blocked++
		}
		if q.Section != "" && !slices.Contains(page.Sections, q.Section) {
			page.Sections = append(page.Sections, q.Section)
		}
		th, _ := p.tree.Get(q.Theme)
		if q.ID != p.open && (!passes(p.filter["theme"], orNone(th.Key)) || !passes(p.filter["language"], orNone(string(q.answer.Language))) ||
			!passes(p.filter["state"], stateKey(q.State))) {
			continue
		}
		shown = append(shown, q)
	}
	page.Shown, page.Spoken = len(shown), len(spoken)
	if page.Groups, err = p.groups(shown, page.Sections); err != nil {
		return page, err
	}
	p.filters(&page, used, spoken)
	if r.access.Role.AtLeast(coding.RoleLead) {
		page.Rules = p.rules()
	}
	page.Balance, err = s.balance(r, all, p.filter.Get("balance"))
	return page, err
}

func (p *quotePage) read(s *Server) ([]quoted, error) {
	var err error
	if p.tree, err = s.Service.Codebook(p.ctx(), p.projectID(), p.person.ID); err != nil {
		return nil, err
	}
	if p.people, err = s.names(p.request); err != nil {
		return nil, err
	}
	err = s.Service.Store().View(p.ctx(), func(rd coding.Reader) error {
		p.variables, err = rd.Variables(p.ctx(), p.projectID())
		return err
	})
	if err != nil {
		return nil, err
	}
	p.choices = p.themeChoices(p.tree)
	return s.readQuotes(p.request)
}

// choose opens the quote that the address names: at=ID, or answer=ID for the last one chosen of an answer.
func (p *quotePage) choose(all []quoted) {
	if p.open == 0 {
		id, _ := strconv.ParseInt(p.Query("at"), 10, 64)
		p.open = coding.QuoteID(id)
	}
	if id, err := strconv.ParseInt(p.Query("answer"), 10, 64); err == nil && p.open == 0 {
		for _, q := range all {
			if q.Answer == coding.AnswerID(id) {
				p.open = max(p.open, q.ID)
			}
		}
	}
}

// groups puts quotes under their section and theme: sections in the order of their first quote, quotes of none behind them.
func (p *quotePage) groups(all []quoted, sections []string) ([]view.QuoteGroup, error) {
	var out []view.QuoteGroup
	for _, section := range append(slices.Clone(sections), "") {
		add := func(id coding.ThemeID, key, label string, hue int) error {
			group := view.QuoteGroup{Key: key, Label: label, Hue: hue}
			if section != "" {
				group.Key, group.Label = fmt.Sprint(slices.Index(sections, section)+1, "-", key), section+" · "+label
			}
			for _, q := range all {
				if q.Theme == id && q.Section == section {
					card, err := p.card(q)
					if err != nil {
						return err
					}
					group.Quotes = append(group.Quotes, card)
				}
			}
			for i := range group.Quotes {
				card := &group.Quotes[i]
				if card.First = i == 0; !card.First {
					card.Prev = group.Quotes[i-1].ID
				}
				if card.Last = i == len(group.Quotes)-1; !card.Last {
					card.Next = group.Quotes[i+1].ID
				}
			}
			if len(group.Quotes) > 0 {
				out = append(out, group)
			}
			return nil
		}
		for _, th := range p.tree.All() {
			if err := add(th.ID, th.Key, th.Label.In(p.labels()), th.Hue); err != nil {
				return nil, err
			}
		}
		if err := add(0, "none", p.t("quotes.no_theme"), 0); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// filters is the choices above the list.
func (p *quotePage) filters(page *view.QuotesPage, used map[coding.ThemeID]bool, spoken map[coding.Lang]bool) {
	on := func(name, value string) bool { return slices.Contains(p.filter[name], value) }
	page.Themes = []view.Option{{Label: p.t("quotes.any_theme"), Selected: len(p.filter["theme"]) == 0}}
	for _, th := range p.tree.All() {
		if used[th.ID] {
			page.Themes = append(page.Themes, view.Option{Value: th.Key, Label: th.Label.In(p.labels()), Selected: on("theme", th.Key)})
		}
	}
	if used[0] {
		page.Themes = append(page.Themes, view.Option{Value: "none", Label: p.t("quotes.no_theme"), Selected: on("theme", "none")})
	}
	page.Langs = []view.Option{{Label: p.t("quotes.any_language"), Selected: len(p.filter["language"]) == 0}}
	for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
		if spoken[l] {
			page.Langs = append(page.Langs, view.Option{Value: orNone(string(l)), Label: p.language(l), Selected: on("language", orNone(string(l)))})
		}
	}
	page.States = []view.Option{{Label: p.t("quotes.any_state"), Selected: len(p.filter["state"]) == 0}}
	for _, st := range coding.QuoteStates {
		page.States = append(page.States, view.Option{Value: stateKey(st), Label: p.t("quotes.state." + stateKey(st)), Selected: on("state", stateKey(st))})
	}
}

func (p *quotePage) rules() *view.QuoteRules {
	q := p.access.Project.Quoting
	out := &view.QuoteRules{K: quotes.K(q), Second: q.Second, Names: strings.Join(q.Names, "\n"), Save: p.path("/quotes/rules")}
	for _, m := range coding.CutMarks {
		out.Marks = append(out.Marks, view.Option{Value: m, Label: m, Selected: m == q.CutMark()})
	}
	for i, l := range []coding.Lang{"fi", "sv", "en"} {
		out.Template[i] = view.TextField{Lang: string(l), Language: p.language(l), Value: q.Template.Exact(l)}
	}
	for _, v := range p.variables {
		out.Keys = append(out.Keys, view.Option{Value: "{" + v.Key + "}", Label: v.Label.In(coding.Lang(p.lang))})
	}
	return out
}

func stateKey(s coding.QuoteState) string {
	if s == coding.QuoteCandidate {
		return "candidate"
	}
	return string(s)
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

// card lays a quote out: its words between the quotation marks of its language.
func (p *quotePage) card(q quoted) (view.QuoteCard, error) {
	c := view.QuoteCard{ID: int64(q.ID), Lang: string(q.answer.Language), Language: p.language(q.answer.Language),
		State: stateKey(q.State), StateLabel: p.t("quotes.state." + stateKey(q.State)), CanEdit: p.access.Role.AtLeast(coding.RoleAnalyst),
		Changed: q.broken, Refused: q.by.Refused}
	c.Open, c.Close = quotes.Marks(q.answer.Language)
	mark := p.access.Project.Quoting.CutMark()
	pieces, err := quotes.Pieces(q.answer.Text, q.Long, mark)
	switch {
	case q.broken && q.Long.Said != "":
		c.Pieces = []view.QuotePiece{{Kind: "words", Text: q.Long.Said}}
	case err != nil:
		c.Pieces = []view.QuotePiece{{Kind: "words", Text: q.answer.Text}}
	default:
		c.Pieces = quotePieces(pieces)
	}
	if q.Short != nil && !q.broken {
		if short, err := quotes.Pieces(q.answer.Text, *q.Short, mark); err == nil {
			c.Short = quotePieces(short)
		}
	}
	if !q.by.Refused {
		c.By = quotes.Phrase(p.access.Project.Quoting, p.variables, q.by.Classes, coding.Lang(p.lang))
	}
	if t, ok := q.In(coding.Lang(p.lang)); ok && t.Of == plainPieces(c.Pieces) {
		c.Translation = t.Text
	}
	if !c.CanEdit {
		return c, nil
	}
	c.Chosen, c.When, c.Note, c.Used = p.nameOf(p.people, q.By), i18n.Date(p.lang, q.At), q.Note, q.UsedIn
	c.Source = &view.AnswerLink{Number: fmt.Sprintf("#%04d", q.number), Href: deskHref(p.slug(), "question=*", q.Answer)}
	filter := p.filter.Encode()
	at := func(do string) string { return p.path(fmt.Sprintf("/quotes/%d%s?%s", q.ID, do, filter)) }
	c.Change, c.Move, c.Remove = at(""), at("/move"), at("/remove")
	here := url.Values{}
	for k, v := range p.filter {
		here[k] = v
	}
	here.Set("at", fmt.Sprint(int64(q.ID)))
	c.EditHref = fmt.Sprintf("%s?%s#q%d", p.path("/quotes"), here.Encode(), q.ID)
	if q.ID == p.open {
		c.Edit = p.edit(q, at)
	}
	return c, nil
}

func quotePieces(pieces []quotes.Piece) []view.QuotePiece {
	out := make([]view.QuotePiece, len(pieces))
	for i, x := range pieces {
		out[i] = view.QuotePiece{Kind: string(x.Kind), Text: x.Text}
	}
	return out
}

func plainPieces(pieces []view.QuotePiece) string {
	var b strings.Builder
	for _, x := range pieces {
		b.WriteString(x.Text)
	}
	return b.String()
}
