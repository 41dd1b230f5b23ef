package ui

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/themes"
)

func (s *Server) routeThemes(g gin.IRouter) {
	g.GET("/p/:slug/themes", s.project(coding.RoleReader, s.themesPage))
	g.POST("/p/:slug/themes", s.project(coding.RoleAnalyst, s.addTheme))
	g.POST("/p/:slug/themes/:id", s.project(coding.RoleAnalyst, s.changeTheme))
	g.POST("/p/:slug/themes/:id/move", s.project(coding.RoleAnalyst, s.moveTheme))
	g.POST("/p/:slug/themes/:id/retire", s.project(coding.RoleAnalyst, s.retireTheme))
	g.POST("/p/:slug/themes/:id/examples", s.project(coding.RoleAnalyst, s.themeExample))
	g.GET("/p/:slug/themes/:id/delete", s.project(coding.RoleLead, s.deleteThemePage))
	g.POST("/p/:slug/themes/:id/delete", s.project(coding.RoleLead, s.deleteTheme))
	s.routeThemeWork(g)
}

// themesPage is the codebook; ?theme=KEY opens one theme beside it and ?new=1&under=KEY an empty form.
func (s *Server) themesPage(r *request) error {
	book, err := s.codebook(r)
	if err != nil {
		return err
	}
	if r.Query("new") != "" && book.canEdit {
		parent, _ := book.tree.Find(r.Query("under"))
		book.form = book.blankForm(r, parent)
	} else if key := r.Query("theme"); key != "" {
		th, ok := book.byKey(key)
		if !ok {
			return coding.ErrNotFound
		}
		if err := s.openTheme(r, book, th); err != nil {
			return err
		}
	}
	return s.showThemes(r, http.StatusOK, book)
}

// openTheme puts a theme beside the tree: its form for those who code, its text for readers.
func (s *Server) openTheme(r *request, book *bookPage, th coding.Theme) error {
	book.open = th.ID
	if !book.canEdit {
		return nil
	}
	book.form = book.formOf(r, th)
	book.form.Choosing = r.Query("examples") != ""
	return s.fillForm(r, book.form, th)
}

func (s *Server) showThemes(r *request, status int, book *bookPage, problems ...string) error {
	page := book.page(r)
	page.Errors = problems
	page.Scripts = []string{"js/themes.js"}
	var err error
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	if page.Document = !book.canEdit || r.Query("view") == "read"; page.Document {
		if page.Themes, err = s.readings(r, book); err != nil {
			return err
		}
	}
	return s.render(r, status, "themes", page)
}

func (s *Server) addTheme(r *request) error {
	th := themeFrom(r, coding.Theme{Parent: coding.ThemeID(formInt(r, "parent"))})
	saved, err := s.Service.AddTheme(r.ctx(), r.projectID(), r.person.ID, th)
	if texts, fields, ok := r.problems(err); ok {
		book, err := s.codebook(r)
		if err != nil {
			return err
		}
		book.form = book.formOf(r, th)
		book.form.Fields = fields
		return s.showThemes(r, http.StatusUnprocessableEntity, book, texts...)
	}
	if err != nil {
		return err
	}
	if r.PostForm("then") == "another" {
		to := r.path("/themes?new=1")
		if up := r.PostForm("under"); up != "" {
			to += "&under=" + queryEscape(up)
		}
		return r.goTo(to, "themes.made", saved.Label.In(r.labels()))
	}
	return r.goTo(themeHref(r, saved.Key), "themes.made", saved.Label.In(r.labels()))
}

func (s *Server) changeTheme(r *request) error {
	old, err := s.themeOf(r)
	if err != nil {
		return err
	}
	th := themeFrom(r, old)
	texts, fields := []string(nil), map[string]string(nil)
	if seen := r.PostForm("seen"); seen != "" && seen != themeStamp(old) {
		texts = []string{r.t("themes.changed_meanwhile")}
	} else {
		_, err = s.Service.ChangeTheme(r.ctx(), r.projectID(), r.person.ID, th, r.PostForm("take") != "")
		var ok bool
		if texts, fields, ok = r.problems(err); !ok {
			if err != nil {
				return err
			}
			return r.goTo(themeHref(r, th.Key), "themes.saved")
		}
	}
	book, err := s.codebook(r)
	if err != nil {
		return err
	}
	book.open = th.ID
	book.form = book.formOf(r, th)
	book.form.Title, book.form.Seen, book.form.Fields = old.Label.In(r.labels()), themeStamp(old), fields
	book.form.Take = th.Shortcut != "" && fields["shortcut"] != ""
	if err := s.fillForm(r, book.form, old); err != nil {
		return err
	}
	return s.showThemes(r, http.StatusUnprocessableEntity, book, texts...)
}

// themeOf is the theme that the path names.
func (s *Server) themeOf(r *request) (coding.Theme, error) {
	id, err := r.id("id")
	if err != nil {
		return coding.Theme{}, err
	}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return coding.Theme{}, err
	}
	th, ok := tree.Get(coding.ThemeID(id))
	if !ok {
		return th, coding.ErrNotFound
	}
	return th, nil
}

// themeFrom is th with what the form says.
func themeFrom(r *request, th coding.Theme) coding.Theme {
	for _, l := range themes.Langs {
		set := func(text *coding.Text, name string) { text.Set(l, trimmed(r, name+"_"+string(l))) }
		set(&th.Label, "label")
		set(&th.Definition, "definition")
		set(&th.Include, "include")
		set(&th.Exclude, "exclude")
	}
	th.Keywords = themes.Keywords{FI: themes.SplitWords(r.PostForm("keywords_fi")), SV: themes.SplitWords(r.PostForm("keywords_sv")),
		EN: themes.SplitWords(r.PostForm("keywords_en"))}
	th.Hue = int(formInt(r, "hue"))
	th.Shortcut = trimmed(r, "shortcut")
	if key, ok := r.GetPostForm("key"); ok {
		th.Key = key
	}
	return th
}

// retireTheme takes a theme out of use, or back into use.
func (s *Server) retireTheme(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	th.Retired = r.PostForm("retired") != ""
	if _, err := s.Service.ChangeTheme(r.ctx(), r.projectID(), r.person.ID, th, false); err != nil {
		return err
	}
	flash := "themes.back_in_use"
	if th.Retired {
		flash = "themes.retired_now"
	}
	return r.goTo(themeHref(r, th.Key), flash, th.Label.In(r.labels()))
}

// themeExample chooses an answer as an example of the theme, or lets it go (off=1).
func (s *Server) themeExample(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	_, err = s.Service.SetExample(r.ctx(), r.projectID(), r.person.ID, th.ID, coding.AnswerID(formInt(r, "answer")), r.PostForm("off") == "")
	if err != nil {
		return err
	}
	return r.back(themeHref(r, th.Key), "")
}

func themeHref(r *request, key string) string { return r.path("/themes?theme=" + queryEscape(key)) }
