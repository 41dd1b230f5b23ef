package ui

import (
	"net/http"
	"slices"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

func (s *Server) deleteThemePage(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	book, err := s.codebook(r)
	if err != nil {
		return err
	}
	page := view.ThemeDeletePage{Page: r.base("themes.delete_title", "themes"), ID: int64(th.ID), Key: th.Key, Label: th.Label.In(r.labels()),
		Hue: th.Hue, Retired: th.Retired}
	for _, c := range book.tree.Children(th.ID) {
		sub, _ := book.tree.Get(c)
		page.Subs = append(page.Subs, sub.Label.In(r.labels()))
	}
	if up, ok := book.tree.Get(th.Parent); ok {
		page.Parent = up.Label.In(r.labels())
	}
	counts, err := s.countsOf(r, th)
	if err != nil {
		return err
	}
	page.Counts = *counts
	return s.render(r, http.StatusOK, "theme_delete", page)
}

func (s *Server) deleteTheme(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	if err := s.Service.DeleteTheme(r.ctx(), r.projectID(), r.person.ID, th.ID); err != nil {
		return err
	}
	return s.goToDone(r, r.path("/themes"))
}

// moveTheme changes a theme's place: dir=up, down, in (under the one above) or out; or parent=ID with an optional position.
func (s *Server) moveTheme(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	parent, position := coding.ThemeID(formInt(r, "parent")), len(tree.All())
	if dir := r.PostForm("dir"); dir != "" {
		var ok bool
		if parent, position, ok = themeStep(tree, th, dir); !ok {
			return r.back(themeHref(r, th.Key), "themes.cannot_move")
		}
	} else if r.PostForm("position") != "" {
		position = int(formInt(r, "position"))
	}
	step, err := s.Service.MoveTheme(r.ctx(), r.projectID(), r.person.ID, th.ID, parent, position)
	if texts, _, ok := r.problems(err); ok {
		book, err := s.codebook(r)
		if err != nil {
			return err
		}
		if err := s.openTheme(r, book, th); err != nil {
			return err
		}
		return s.showThemes(r, http.StatusUnprocessableEntity, book, texts...)
	}
	if err != nil {
		return err
	}
	to := themeHref(r, th.Key) + "#place"
	if next := r.PostForm("next"); localPath(next) {
		to = next
	}
	if step == 0 {
		return r.goTo(to, "themes.nothing_changed")
	}
	return r.goTo(offering(to, step), "themes.moved")
}

// themeStep is the place one step up, down, in or out from where the theme is; ok is false where there is none.
func themeStep(tree themes.Tree, th coding.Theme, dir string) (parent coding.ThemeID, position int, ok bool) {
	siblings := tree.Children(th.Parent)
	at := slices.Index(siblings, th.ID)
	switch {
	case dir == "up" && at > 0:
		return th.Parent, at - 1, true
	case dir == "down" && at < len(siblings)-1:
		return th.Parent, at + 1, true
	case dir == "in" && at > 0:
		above := siblings[at-1]
		return above, len(tree.Children(above)), true
	case dir == "out" && th.Parent != 0:
		up, _ := tree.Get(th.Parent)
		return up.Parent, slices.Index(tree.Children(up.Parent), up.ID) + 1, true
	}
	return 0, 0, false
}
