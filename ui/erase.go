package ui

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/ui/view"
)

func (s *Server) routeErase(g gin.IRouter) {
	g.GET("/p/:slug/settings/erase", s.project(coding.RoleLead, s.erasePage))
	g.POST("/p/:slug/settings/erase", s.project(coding.RoleLead, s.erase))
}

// erasePage finds respondents (?who=#0147, or the id in the survey file) and tells what would go with each.
func (s *Server) erasePage(r *request) error {
	return s.showErase(r, r.Query("who"), nil, faults{})
}

// showErase shows whom said means, with those ticked that were.
func (s *Server) showErase(r *request, said string, ticked []int64, wrong faults) error {
	page := view.ErasePage{Page: r.base("erase.title", "settings"), Said: strings.TrimSpace(said), Errors: wrong.texts, Fields: wrong.fields}
	page.Asked = page.Said != ""
	found, err := s.Service.FindRespondents(r.ctx(), r.projectID(), r.person.ID, page.Said)
	if err != nil {
		return err
	}
	if !page.Asked {
		found = nil
	}
	for _, one := range found {
		e, err := s.Service.Erasure(r.ctx(), r.projectID(), r.person.ID, []coding.RespondentID{one.ID})
		if errors.Is(err, coding.ErrNotFound) {
			continue // gone meanwhile
		}
		if err != nil {
			return err
		}
		row := view.EraseRow{ID: int64(one.ID), On: len(ticked) == 0 || slices.Contains(ticked, int64(one.ID)), Number: fmt.Sprintf("#%04d", one.Number),
			External: one.External, Answers: e.Answers, Codings: e.Codings + e.Marks + e.Decisions, Memos: e.Memos, Quotes: e.Quotes}
		if len(e.Rounds) > 0 {
			row.Round = e.Rounds[0].Label.In(coding.Lang(r.lang))
		}
		page.Ready += e.Ready
		for _, report := range e.UsedIn {
			if !slices.Contains(page.UsedIn, report) {
				page.UsedIn = append(page.UsedIn, report)
			}
		}
		if err := s.beginning(r, one, &row); err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	return s.render(r, wrong.status(), "erase", page)
}

// beginning is how the respondent's first answer begins.
func (s *Server) beginning(r *request, one coding.Respondent, row *view.EraseRow) error {
	return s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		questions, err := rd.Questions(r.ctx(), r.projectID())
		for _, q := range questions {
			a, err := rd.AnswerOf(r.ctx(), r.projectID(), one.ID, q.ID)
			if err == nil {
				row.Excerpt, row.Lang = quotes.Excerpt(a.Text, 90), string(a.Language)
				return nil
			}
			if !errors.Is(err, coding.ErrNotFound) {
				return err
			}
		}
		return err
	})
}

// erase takes the ticked respondents out for good, when the form says that this is understood.
func (s *Server) erase(r *request) error {
	var ticked []int64
	var ids []coding.RespondentID
	for _, v := range r.PostFormArray("respondent") {
		id, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return coding.ErrNotFound
		}
		ticked, ids = append(ticked, id), append(ids, coding.RespondentID(id))
	}
	said := r.PostForm("who")
	switch {
	case len(ids) == 0:
		wrong, _ := r.faulty(coding.Problem{Field: "respondent", Key: "erase.nobody_ticked"})
		return s.showErase(r, said, []int64{0}, wrong)
	case r.PostForm("sure") == "":
		wrong, _ := r.faulty(coding.Problem{Field: "sure", Key: "erase.not_sure"})
		return s.showErase(r, said, ticked, wrong)
	}
	done, err := s.Service.Erase(r.ctx(), r.projectID(), r.person.ID, ids)
	if errors.Is(err, coding.ErrNotFound) {
		return r.goTo(r.path("/settings/erase?"+url.Values{"who": {said}}.Encode()), "erase.gone")
	}
	if err != nil {
		return err
	}
	s.corpora.forget(r.projectID())
	s.frozen.forget()
	return r.goTo(r.path("/settings/erase"), "erase.done", len(done.Respondents), done.Answers, done.Codings+done.Marks+done.Decisions, done.Quotes)
}
