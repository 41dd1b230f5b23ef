package ui

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

func (s *Server) routeWorkshop(g gin.IRouter) {
	g.GET("/p/:slug/workshop", s.project(coding.RoleReader, s.workshopPage))
	g.POST("/p/:slug/workshop", s.project(coding.RoleAnalyst, s.newWorkshop))
	g.POST("/p/:slug/workshop/:id", s.project(coding.RoleAnalyst, s.changeWorkshop))
}

// workshopPage shows the workshop that ?id= names, or the newest.
func (s *Server) workshopPage(r *request) error { return s.showWorkshop(r, r.Query("id"), faults{}) }

func (s *Server) showWorkshop(r *request, id string, wrong faults) error {
	list, err := s.Service.Workshops(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	page := view.WorkshopPage{Page: r.base("workshop.title", "workshop"), CanEdit: r.access.Role.AtLeast(coding.RoleAnalyst), New: r.path("/workshop"), Fields: wrong.fields}
	page.Errors = wrong.texts
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	at := len(list) - 1
	for i, one := range list {
		if fmt.Sprint(one.ID) == id {
			at = i
		}
	}
	for i, one := range list {
		page.Workshops = append(page.Workshops, view.Option{Value: r.path(fmt.Sprintf("/workshop?id=%d", one.ID)), Label: one.Name, Selected: i == at})
	}
	if at >= 0 {
		page.Name, page.Action = list[at].Name, r.path(fmt.Sprintf("/workshop/%d", list[at].ID))
		if page.Rooms, err = s.workshopRooms(r, list[at]); err != nil {
			return err
		}
	}
	return s.render(r, max(wrong.status(), http.StatusOK), "workshop", page)
}

func (s *Server) workshopOf(r *request) (coding.Workshop, error) {
	id, err := r.id("id")
	if err != nil {
		return coding.Workshop{}, err
	}
	list, err := s.Service.Workshops(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return coding.Workshop{}, err
	}
	i := slices.IndexFunc(list, func(w coding.Workshop) bool { return int64(w.ID) == id })
	if i < 0 {
		return coding.Workshop{}, coding.ErrNotFound
	}
	return list[i], nil
}

func (s *Server) newWorkshop(r *request) error {
	one, err := s.Service.AddWorkshop(r.ctx(), r.projectID(), r.person.ID, coding.Workshop{Name: trimmed(r, "name"), Langs: []coding.Lang{coding.Lang(r.lang)}, PerPage: 4})
	if wrong, ok := r.faulty(err); ok {
		return s.showWorkshop(r, "", wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo(r.path(fmt.Sprintf("/workshop?id=%d", one.ID)), "")
}

// changeWorkshop does one thing to a workshop.
func (s *Server) changeWorkshop(r *request) error {
	one, err := s.workshopOf(r)
	if err != nil {
		return err
	}
	if r.PostForm("do") == "delete" {
		if err := s.Service.RemoveWorkshop(r.ctx(), r.projectID(), r.person.ID, one.ID); err != nil {
			return err
		}
		return s.goToDone(r, r.path("/workshop"))
	}
	_, err = s.Service.ChangeWorkshop(r.ctx(), r.projectID(), r.person.ID, one.ID, func(w *coding.Workshop) error {
		w.Name = trimmed(r, "name")
		return nil
	})
	if wrong, ok := r.faulty(err); ok {
		return s.showWorkshop(r, fmt.Sprint(one.ID), wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo(r.path(fmt.Sprintf("/workshop?id=%d", one.ID)), "workshop.saved")
}
