package ui

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
)

func (s *Server) routeQuotes(g gin.IRouter) {
	g.GET("/p/:slug/quotes", s.project(coding.RoleReader, s.quotesPage))
	g.POST("/p/:slug/quotes/:id", s.project(coding.RoleAnalyst, s.changeQuote))
	g.POST("/p/:slug/quotes/:id/move", s.project(coding.RoleAnalyst, s.moveQuote))
	g.POST("/p/:slug/quotes/:id/remove", s.project(coding.RoleAnalyst, s.removeQuote))
}

func (s *Server) quotesPage(r *request) error {
	page, err := s.quoteList(r)
	if err != nil {
		return err
	}
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	page.Scripts = []string{"js/quotes.js"}
	return s.render(r, http.StatusOK, "quotes", page)
}

// quoteBack shows the list again at the quote.
func (s *Server) quoteBack(r *request, message string, at coding.QuoteID) error {
	return r.goTo(fmt.Sprintf("%s?%s#q%d", r.path("/quotes"), quoteFilter(r).Encode(), at), message)
}

// quoteOf is the quote that the path names, as it stands.
func (s *Server) quoteOf(r *request) (coding.Quote, error) {
	id, err := r.id("id")
	if err != nil {
		return coding.Quote{}, err
	}
	var q coding.Quote
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		q, err = rd.Quote(r.ctx(), r.projectID(), coding.QuoteID(id))
		return err
	})
	return q, err
}

// changeQuote sets the theme, the note, and with whole=1 the whole answer as the quote.
func (s *Server) changeQuote(r *request) error {
	q, err := s.quoteOf(r)
	if err != nil {
		return err
	}
	if _, ok := r.GetPostForm("theme"); ok {
		q.Theme = coding.ThemeID(formInt(r, "theme"))
	}
	if _, ok := r.GetPostForm("note"); ok {
		q.Note = shortened(trimmed(r, "note"), 10_000)
	}
	if r.PostForm("whole") != "" {
		q.Span = coding.Span{}
	}
	if err := s.Service.ChangeQuote(r.ctx(), r.projectID(), r.person.ID, q); err != nil {
		return err
	}
	return s.quoteBack(r, "quotes.saved", q.ID)
}

// moveQuote puts a quote before (before=ID) or behind (after=ID) another of the list.
func (s *Server) moveQuote(r *request) error {
	q, err := s.quoteOf(r)
	if err != nil {
		return err
	}
	all, err := s.readQuotes(r)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(o quoted) bool { return o.ID == q.ID })
	place := func(name string) int {
		id := coding.QuoteID(formInt(r, name))
		return slices.IndexFunc(all, func(o quoted) bool { return o.ID == id })
	}
	at := place("before")
	if at < 0 {
		if at = place("after") + 1; at == 0 {
			return s.quoteBack(r, "", q.ID) // the neighbour is gone
		}
	}
	if err := s.Service.MoveQuote(r.ctx(), r.projectID(), r.person.ID, q.ID, at); err != nil {
		return err
	}
	return s.quoteBack(r, "quotes.moved", q.ID)
}

func (s *Server) removeQuote(r *request) error {
	q, err := s.quoteOf(r)
	if err != nil {
		return err
	}
	if _, err := s.Service.RemoveQuotes(r.ctx(), r.projectID(), r.person.ID, []coding.QuoteID{q.ID}); err != nil {
		return err
	}
	return s.goToDone(r, r.path("/quotes?"+quoteFilter(r).Encode()))
}
