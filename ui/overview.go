package ui

import (
	"net/http"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

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
		list, err := s.Service.Rechecks(r.ctx(), r.projectID(), r.person.ID)
		if err != nil {
			return err
		}
		page.Recheck = len(list)
		if err := s.work(r, people, &page); err != nil {
			return err
		}
	}
	page.Next = r.nextStep(next)
	return s.render(r, http.StatusOK, "overview", page)
}
