package ui

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

func (s *Server) routeThemeWork(g gin.IRouter) {
	g.GET("/p/:slug/themes/import", s.project(coding.RoleAnalyst, s.codebookImportPage))
	g.POST("/p/:slug/themes/import", s.project(coding.RoleAnalyst, s.importCodebook))
	g.GET("/p/:slug/themes/:id/merge", s.project(coding.RoleAnalyst, s.mergePage))
	g.POST("/p/:slug/themes/:id/merge", s.project(coding.RoleAnalyst, s.merge))
	g.GET("/p/:slug/themes/:id/split", s.project(coding.RoleAnalyst, s.splitPage))
	g.POST("/p/:slug/themes/:id/split", s.project(coding.RoleAnalyst, s.split))
	g.GET("/p/:slug/themes/:id/older", s.project(coding.RoleAnalyst, s.olderPage))
	g.POST("/p/:slug/themes/:id/older", s.project(coding.RoleAnalyst, s.older))
}

// themeRef names a theme, with what it means.
func (r *request) themeRef(th coding.Theme) view.ThemeRef {
	ref := view.ThemeRef{ID: int64(th.ID), Key: th.Key, Label: th.Label.In(r.labels()), Hue: th.Hue}
	for _, n := range []struct {
		name string
		text coding.Text
	}{{"definition", th.Definition}, {"include", th.Include}, {"exclude", th.Exclude}} {
		if !n.text.IsZero() {
			ref.Notes = append(ref.Notes, r.themeNote(n.name, n.text))
		}
	}
	return ref
}

// themeNote is a note in the language of labels, or else in the first language that it has.
func (r *request) themeNote(name string, text coding.Text) view.ThemeNote {
	note := view.ThemeNote{Name: name, Text: text.In(r.labels())}
	if text.Exact(r.labels()) != "" {
		return note
	}
	for _, l := range themes.Langs {
		if note.Lang == "" && text.Exact(l) == note.Text {
			note.Lang = string(l)
		}
	}
	return note
}

// otherThemes is the themes in use to choose from, without those under from (and from itself).
func (r *request) otherThemes(tree themes.Tree, from, chosen themes.ID) []view.Option {
	var out []view.Option
	below := map[themes.ID]bool{}
	for _, id := range tree.Within(from) {
		below[id] = true
	}
	for _, th := range tree.All() {
		if !below[th.ID] && !th.Retired {
			out = append(out, view.Option{Value: th.Key, Selected: th.ID == chosen,
				Label: strings.Repeat("\u2003", tree.Depth(th.ID)) + th.Label.In(r.labels())})
		}
	}
	return out
}

// mergePage asks with which theme (?into=KEY) to unite this one, and then says what that would do.
func (s *Server) mergePage(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	return s.showMerge(r, http.StatusOK, th, r.Query("into"))
}

func (s *Server) showMerge(r *request, status int, th coding.Theme, key string, problems ...string) error {
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	into, chosen := coding.Theme{}, false
	for _, other := range tree.All() {
		if other.Key == key && key != "" {
			into, chosen = other, true
		}
	}
	page := view.MergePage{Page: r.base("themes.merge_title", "themes"), From: r.themeRef(th), Choices: r.otherThemes(tree, th.ID, into.ID)}
	page.Errors = problems
	if !chosen {
		return s.render(r, status, "theme_merge", page)
	}
	ref := r.themeRef(into)
	page.Into = &ref
	for _, id := range tree.Children(th.ID) {
		sub, _ := tree.Get(id)
		page.Subs = append(page.Subs, sub.Label.In(r.labels()))
	}
	counts, err := s.countsOf(r, th)
	if err != nil {
		return err
	}
	page.Codings, page.Quotes = counts.Codings, counts.Quotes
	if page.Both, err = s.codedBoth(r, th.ID, into.ID); err != nil {
		return err
	}
	return s.render(r, status, "theme_merge", page)
}

// codedBoth is how often one coder gave an answer both themes.
func (s *Server) codedBoth(r *request, a, b coding.ThemeID) (n int, err error) {
	type key struct {
		answer coding.AnswerID
		coder  coding.PersonID
	}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		have := map[key]bool{}
		codings, err := rd.CodingsWith(r.ctx(), r.projectID(), a)
		if err != nil {
			return err
		}
		for _, c := range codings {
			have[key{c.Answer, c.Coder}] = true
		}
		if codings, err = rd.CodingsWith(r.ctx(), r.projectID(), b); err != nil {
			return err
		}
		for _, c := range codings {
			if have[key{c.Answer, c.Coder}] {
				n++
			}
		}
		return nil
	})
	return n, err
}

func (s *Server) merge(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	into, ok := tree.Get(coding.ThemeID(formInt(r, "into")))
	if !ok {
		return coding.ErrNotFound
	}
	_, err = s.Service.MergeThemes(r.ctx(), r.projectID(), r.person.ID, th.ID, into.ID)
	if texts, _, ok := r.problems(err); ok {
		return s.showMerge(r, http.StatusUnprocessableEntity, th, "", texts...)
	}
	if err != nil {
		return err
	}
	return s.goToDone(r, themeHref(r, into.Key))
}

func themeWorkPath(r *request, th coding.Theme, what string) string {
	return r.path(fmt.Sprintf("/themes/%d/%s", th.ID, what))
}
