package ui

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
)

func (s *Server) routeQuotes(g gin.IRouter) {
	g.GET("/p/:slug/quotes", s.project(coding.RoleReader, s.quotesPage))
	g.GET("/p/:slug/quotes/find", s.project(coding.RoleAnalyst, s.findQuotes))
	g.GET("/p/:slug/quotes/identifiers", s.project(coding.RoleAnalyst, s.identifiersPage))
	g.POST("/p/:slug/quotes/rules", s.project(coding.RoleLead, s.quoteRules))
	for path, h := range map[string]func(*request, quotes.Change) error{
		"": s.placeQuote, "/edit": s.editQuote, "/state": s.quoteState, "/show": s.showWithQuote, "/translate": s.translateQuote, "/comment": s.commentQuote,
	} {
		g.POST("/p/:slug/quotes/:id"+path, s.project(coding.RoleAnalyst, s.quoteChange(h)))
	}
	g.POST("/p/:slug/quotes/:id/move", s.project(coding.RoleAnalyst, s.moveQuote))
	g.POST("/p/:slug/quotes/:id/remove", s.project(coding.RoleAnalyst, s.removeQuote))
}

// quoteDesk is the use cases, counting people on the bitmaps.
func (s *Server) quoteDesk() *quotes.Desk { return quotes.New(s.Service, s.Boards.Sharing) }

func (s *Server) quotesPage(r *request) error { return s.showQuotes(r, 0, faults{}) }

// showQuotes renders the page with the quote at open; 0 for the one that the address names.
func (s *Server) showQuotes(r *request, at coding.QuoteID, wrong faults) error {
	page, err := s.quoteList(r, at, len(wrong.texts) > 0)
	if err != nil {
		return err
	}
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	page.Errors = wrong.texts
	page.Scripts = []string{"js/quotes.js", "js/quote_desk.js"}
	return s.render(r, wrong.status(), "quotes", page)
}

// quoteAddress is the page with its filter and the quote at open.
func quoteAddress(r *request, at coding.QuoteID) string {
	q := quoteFilter(r)
	if at != 0 {
		q.Set("at", strconv.FormatInt(int64(at), 10))
	}
	if r.PostForm("short") != "" {
		q.Set("short", "1")
	}
	to := r.path("/quotes")
	if len(q) > 0 {
		to += "?" + q.Encode()
	}
	if at != 0 {
		to += fmt.Sprintf("#q%d", at)
	}
	return to
}

// quoteChange adapts a change of the quote that the path names. What a person must mend is said above the same page, with the
// quote open; so is that somebody else was quicker.
func (s *Server) quoteChange(h func(*request, quotes.Change) error) handler {
	return func(r *request) error {
		id, err := r.id("id")
		if err != nil {
			return err
		}
		c := quotes.Change{Project: r.projectID(), Actor: r.person.ID, Quote: coding.QuoteID(id), Version: int(formInt(r, "version"))}
		err = h(r, c)
		wrong, ok := r.faulty(err)
		switch {
		case errors.Is(err, coding.ErrConflict):
			wrong, ok = faults{texts: []string{s.whoChanged(r, c)}}, true
		case errors.Is(err, coding.ErrNotFound) && !r.fragment():
			if gone := s.whoRemoved(r, c); gone != "" {
				return s.showQuotes(r, 0, faults{texts: []string{gone}})
			}
		}
		switch {
		case ok && !r.fragment():
			return s.showQuotes(r, c.Quote, wrong)
		case err != nil:
			return err
		}
		return r.goTo(quoteAddress(r, c.Quote), "quotes.saved")
	}
}

// whoChanged says who was quicker with a quote, what they changed and that the change under way was not made.
func (s *Server) whoChanged(r *request, c quotes.Change) string {
	by, at, what, _ := s.lastOnQuote(r, c)
	if by == "" {
		return r.t("quotes.changed_meanwhile")
	}
	return r.t("quotes.changed_by", by, at, cmp.Or(what, r.t("kind.quote")))
}

// whoRemoved says who took a quote off the list meanwhile; "" where there never was one.
func (s *Server) whoRemoved(r *request, c quotes.Change) string {
	by, at, _, gone := s.lastOnQuote(r, c)
	if !gone {
		return ""
	}
	return r.t("quotes.removed_by", by, at)
}

// lastOnQuote is who changed a quote last, when, and what of it; gone when it was taken off the list.
func (s *Server) lastOnQuote(r *request, c quotes.Change) (by, at, what string, gone bool) {
	_ = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		last, err := rd.LastChange(r.ctx(), c.Project, coding.KindQuote, int64(c.Quote))
		if err != nil {
			return err
		}
		st, err := rd.Step(r.ctx(), c.Project, last.Step)
		if err != nil {
			return err
		}
		people, err := s.names(r)
		if err != nil {
			return err
		}
		before, err1 := coding.Decode(last.Kind, last.Before)
		after, err2 := coding.Decode(last.Kind, last.After)
		if err1 == nil && err2 == nil {
			what = r.quoteDiff(before, after)
		}
		by, at, gone = r.nameOf(people, st.Actor), clock(r.lang, st), missing(last.After)
		return nil
	})
	return by, at, what, gone
}

// placeQuote sets theme, section and note.
func (s *Server) placeQuote(r *request, c quotes.Change) error {
	var theme *coding.ThemeID
	if _, ok := r.GetPostForm("theme"); ok {
		id := coding.ThemeID(formInt(r, "theme"))
		theme = &id
	}
	text := func(name string) *string {
		if v, ok := r.GetPostForm(name); ok {
			return &v
		}
		return nil
	}
	_, err := s.quoteDesk().Place(r.ctx(), c, theme, text("section"), text("note"))
	return err
}

// editQuote does one thing to the words between start and end, or to the words that were typed.
func (s *Server) editQuote(r *request, c quotes.Change) error {
	do, short := r.PostForm("do"), r.PostForm("short") != ""
	if do == "noshort" {
		_, err := s.quoteDesk().DropShort(r.ctx(), c)
		return err
	}
	_, err := s.quoteDesk().Edit(r.ctx(), c, short, func(text string, v coding.Version) (coding.Version, error) {
		switch do {
		case "whole":
			return coding.Version{}, nil
		case "maskall":
			v, _ := quotes.MaskAll(quotes.FinderOf(r.access.Project), text, v, r.quoteLang(c.Quote))
			return v, nil
		case "capital":
			if at, ok := quotes.FirstLetter(text, v); ok {
				return quotes.Put(text, v, coding.QuoteEdit{Span: at, Do: coding.EditCapital})
			}
			return v, coding.Problem{Field: "words", Key: "quotes.no_small_letter"}
		}
		at, err := r.quoteSpan(text)
		if err != nil {
			return v, err
		}
		what := trimmed(r, "text")
		switch do {
		case "cut":
			return quotes.Without(text, v, at)
		case "only":
			return quotes.Only(text, v, at)
		case "back":
			return quotes.With(text, v, at)
		case "plain":
			return quotes.Drop(v, at), nil
		case "mask", "fix", "sic":
			return quotes.Put(text, v, coding.QuoteEdit{Span: at, Do: coding.EditKind(do), Text: strings.Trim(what, "[]")})
		}
		return v, coding.ErrNotFound
	})
	return err
}

// quoteLang is the language of a quote's answer; "" when it can't be read.
func (r *request) quoteLang(id coding.QuoteID) coding.Lang {
	var l coding.Lang
	_ = r.server.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		q, err := rd.Quote(r.ctx(), r.projectID(), id)
		if err != nil {
			return err
		}
		a, err := rd.Answer(r.ctx(), r.projectID(), q.Answer)
		l = a.Language
		return err
	})
	return l
}

// quoteSpan is what an edit is about: start and end, or the place of the words that were typed.
func (r *request) quoteSpan(text string) (coding.Span, error) {
	start, err1 := strconv.Atoi(r.PostForm("start"))
	end, err2 := strconv.Atoi(r.PostForm("end"))
	if err1 == nil && err2 == nil && end > start {
		return coding.Span{Start: start, End: end}, nil
	}
	words := trimmed(r, "words")
	if words == "" {
		return coding.Span{}, coding.Problem{Field: "words", Key: "quotes.words_missing"}
	}
	at, ok := quotes.Place(text, words, 1)
	if !ok {
		return at, coding.Problem{Field: "words", Key: "quotes.words_not_there", Args: []any{quotes.Excerpt(words, 80)}}
	}
	return at, nil
}

// quoteState moves a quote along its way.
func (s *Server) quoteState(r *request, c quotes.Change) error {
	d := s.quoteDesk()
	var err error
	switch r.PostForm("do") {
	case "check":
		_, err = d.Check(r.ctx(), c)
	case "approve":
		_, err = d.Approve(r.ctx(), c, r.PostFormArray("keep"))
	case "reopen":
		_, err = d.Reopen(r.ctx(), c)
	case "use":
		_, err = d.Use(r.ctx(), c, r.PostForm("report"), false)
	case "unuse":
		_, err = d.Use(r.ctx(), c, r.PostForm("report"), true)
	case "refresh":
		_, _, err = d.Refresh(r.ctx(), c)
	default:
		err = coding.ErrNotFound
	}
	return err
}

func (s *Server) showWithQuote(r *request, c quotes.Change) error {
	var ids []coding.VariableID
	for _, v := range r.PostFormArray("variable") {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			ids = append(ids, coding.VariableID(n))
		}
	}
	_, err := s.quoteDesk().Show(r.ctx(), c, ids, r.PostForm("reason"))
	return err
}

func (s *Server) translateQuote(r *request, c quotes.Change) error {
	_, err := s.quoteDesk().Translate(r.ctx(), c, coding.Lang(r.PostForm("lang")), r.PostForm("text"))
	return err
}

func (s *Server) commentQuote(r *request, c quotes.Change) error {
	c.Version = 0 // comments stand beside each other
	_, err := s.quoteDesk().Comment(r.ctx(), c, r.PostForm("text"))
	return err
}

// quoteRules sets how the project quotes.
func (s *Server) quoteRules(r *request) error {
	rules := coding.QuoteRules{Mark: r.PostForm("mark"), K: int(formInt(r, "k")), Second: r.PostForm("second") != ""}
	for _, l := range []coding.Lang{"fi", "sv", "en"} {
		rules.Template.Set(l, trimmed(r, "template_"+string(l)))
	}
	for line := range strings.SplitSeq(trimmed(r, "names"), "\n") {
		if line = strings.TrimSpace(line); line != "" && len(rules.Names) < 5000 {
			rules.Names = append(rules.Names, shortened(line, 200))
		}
	}
	err := s.Service.SetQuoting(r.ctx(), r.person.ID, r.projectID(), rules)
	if wrong, ok := r.faulty(err); ok {
		return s.showQuotes(r, 0, wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo(r.path("/quotes"), "quotes.saved")
}

// moveQuote puts a quote before (before=ID) or behind (after=ID) another of the list.
func (s *Server) moveQuote(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	all, err := s.readQuotes(r)
	if err != nil {
		return err
	}
	me := coding.QuoteID(id)
	if !slices.ContainsFunc(all, func(o quoted) bool { return o.ID == me }) {
		return coding.ErrNotFound
	}
	all = slices.DeleteFunc(all, func(o quoted) bool { return o.ID == me })
	place := func(name string) int {
		id := coding.QuoteID(formInt(r, name))
		return slices.IndexFunc(all, func(o quoted) bool { return o.ID == id })
	}
	at := place("before")
	if at < 0 {
		if at = place("after") + 1; at == 0 {
			return r.goTo(quoteAddress(r, me), "") // the neighbour is gone
		}
	}
	if err := s.Service.MoveQuote(r.ctx(), r.projectID(), r.person.ID, me, at); err != nil {
		return err
	}
	return r.goTo(quoteAddress(r, me), "quotes.moved")
}

func (s *Server) removeQuote(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	if _, err := s.Service.RemoveQuotes(r.ctx(), r.projectID(), r.person.ID, []coding.QuoteID{coding.QuoteID(id)}); err != nil {
		return err
	}
	return s.goToDone(r, r.path("/quotes?"+quoteFilter(r).Encode()))
}

// quoteFilter reads ?theme=KEY&language=fi&state=approved, which may repeat; theme 'none' is quotes without a theme.
func quoteFilter(r *request) url.Values {
	q := url.Values{}
	for _, name := range []string{"theme", "language", "state", "balance"} {
		if v := values(r.Request.URL.Query(), name); len(v) > 0 {
			q[name] = v
		}
	}
	return q
}
