package ui

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/workshop"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) routeWorkshop(g gin.IRouter) {
	g.GET("/p/:slug/workshop", s.project(coding.RoleReader, s.workshopPage))
	g.POST("/p/:slug/workshop", s.project(coding.RoleAnalyst, s.newWorkshop))
	g.POST("/p/:slug/workshop/:id", s.project(coding.RoleAnalyst, s.changeWorkshop))
	g.GET("/p/:slug/workshop/:id/file/:file", s.project(coding.RoleReader, s.workshopFile))
	g.GET("/p/:slug/workshop/:id/print/:part", s.project(coding.RoleReader, s.workshopPrint))
	g.GET("/p/:slug/workshop/:id/present", s.project(coding.RoleReader, s.workshopPresent))
}

// workshops makes material with the interface's words.
func (s *Server) workshops() *workshop.Maker {
	return workshop.NewMaker(s.Service.Store(), report.New(s.Boards), func(l coding.Lang, key string, args ...any) string { return i18n.T(string(l), key, args...) })
}

// workshopPage shows the workshop that ?id= names, or the newest.
func (s *Server) workshopPage(r *request) error { return s.showWorkshop(r, r.Query("id"), faults{}) }

func (s *Server) showWorkshop(r *request, id string, wrong faults) error {
	list, err := s.Service.Workshops(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	page := view.WorkshopPage{Page: r.base("workshop.title", "workshop"), CanEdit: r.access.Role.AtLeast(coding.RoleAnalyst), New: r.path("/workshop"), Fields: wrong.fields}
	page.Scripts, page.Errors = []string{"js/pack.js"}, wrong.texts
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
		if err := s.fillWorkshop(r, &page, list[at]); err != nil {
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

// newWorkshop begins a workshop with what suits the answers as they are: a draft that could be held.
func (s *Server) newWorkshop(r *request) error {
	suggested, err := s.workshops().Suggest(r.ctx(), r.projectID(), "", "", "")
	if err != nil {
		return err
	}
	one, err := s.Service.AddWorkshop(r.ctx(), r.projectID(), r.person.ID, workshop.Draft(trimmed(r, "name"), coding.Lang(r.lang), suggested))
	if wrong, ok := r.faulty(err); ok {
		return s.showWorkshop(r, "", wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo(r.path(fmt.Sprintf("/workshop?id=%d", one.ID)), "workshop.made")
}
