package ui

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
)

func (s *Server) routePrefs(g gin.IRouter) {
	g.POST("/prefs", s.page(s.prefs))
}

// prefs keeps the language and the look: for a person in the store, for anybody in a cookie too.
func (s *Server) prefs(r *request) error {
	lang, look := r.PostForm("lang"), r.PostForm("look")
	_, size := r.GetPostForm("size")
	keys := r.PostForm("keys")
	cookie := func(name, value string) {
		http.SetCookie(r.Writer, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true,
			SameSite: http.SameSiteLaxMode, Secure: s.Secure})
	}
	if lang == "fi" || lang == "sv" || lang == "en" {
		cookie("lang", lang)
	} else {
		lang = ""
	}
	if look == "light" || look == "dark" || look == "system" {
		cookie("look", look)
	} else {
		look = ""
	}
	if r.person.ID != 0 && (lang != "" || look != "" || size || keys != "") {
		err := s.Service.SetDesk(r.ctx(), r.person.ID, func(d *coding.Desk) {
			if lang != "" {
				d.Lang = coding.Lang(lang)
			}
			switch look {
			case "light", "dark":
				d.Look = look
			case "system":
				d.Look = ""
			}
			if keys != "" {
				d.NoKeys = keys == "off"
			}
			if size {
				d.Size = oneOf(r.PostForm("size"), "", "small", "large", "huge")
			}
		})
		if err != nil {
			return err
		}
	}
	if r.fragment() {
		r.Status(http.StatusNoContent)
		return nil
	}
	return r.back("/projects", "")
}

// oneOf is s where it is among the choices, or else the first choice.
func oneOf(s string, choices ...string) string {
	for _, c := range choices {
		if s == c {
			return s
		}
	}
	return choices[0]
}
