package ui

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// request is one request with who asks, in which language, and in which project.
type request struct {
	*gin.Context
	server *Server
	person coding.Person // ID 0 when nobody is signed in
	lang   i18n.Lang
	access coding.Access // within /p/:slug
	packed bool          // pages go compressed: nothing in them is worth guessing from their length
}

type handler func(*request) error

// page adapts a handler that anybody may call.
func (s *Server) page(h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		r := &request{Context: c, server: s}
		if err := s.whoIs(r); err != nil {
			s.fail(r, err)
			return
		}
		if err := h(r); err != nil {
			s.fail(r, err)
		}
	}
}

// signedIn adapts a handler for people who are signed in.
func (s *Server) signedIn(h handler) gin.HandlerFunc {
	return s.page(func(r *request) error {
		if r.person.ID == 0 {
			return errSignInFirst
		}
		return h(r)
	})
}

// project adapts a handler under /p/:slug for people who have at least the role there.
func (s *Server) project(least coding.Role, h handler) gin.HandlerFunc {
	return s.signedIn(func(r *request) error {
		a, err := s.Service.Open(r.ctx(), r.person.ID, r.Param("slug"))
		if err != nil {
			return err
		}
		r.access = a
		if !a.Role.AtLeast(least) {
			return coding.ErrForbidden
		}
		return h(r)
	})
}

// whoIs reads the session cookie and chooses the language: the person's, the cookie's, the browser's.
func (s *Server) whoIs(r *request) error {
	ctx := r.Request.Context()
	token := ""
	if c, err := r.Request.Cookie(s.sessions.Cookie.Name); err == nil {
		token = c.Value
	}
	ctx, err := s.sessions.Load(ctx, token)
	if err != nil {
		return err
	}
	r.Request = r.Request.WithContext(ctx)
	if id := s.sessions.GetInt64(ctx, sessionPerson); id != 0 {
		p, err := s.Service.Person(ctx, coding.PersonID(id))
		switch {
		case errors.Is(err, coding.ErrNotFound) || err == nil && (p.Disabled || s.sessions.GetString(ctx, sessionStamp) != stamp(p)):
		case err != nil:
			return err
		default:
			r.person = p
		}
	}
	r.lang = string(r.person.Desk.Lang)
	if r.lang == "" {
		if c, err := r.Request.Cookie("lang"); err == nil && (c.Value == "fi" || c.Value == "sv" || c.Value == "en") {
			r.lang = c.Value
		} else {
			r.lang = i18n.Match(r.GetHeader("Accept-Language"))
		}
	}
	return nil
}

func (r *request) t(key string, args ...any) string { return i18n.T(r.lang, key, args...) }

// labels is the language of theme labels.
func (r *request) labels() coding.Lang {
	if r.person.Desk.Labels != "" {
		return r.person.Desk.Labels
	}
	return coding.Lang(r.lang)
}

// hue is a theme's colour on the person's desk.
func (r *request) hue(th coding.Theme) int {
	if own := r.person.Desk.Hues[th.ID]; own >= 1 && own <= themes.Hues {
		return own
	}
	return th.Hue
}

func (r *request) slug() string                { return r.access.Project.Slug }
func (r *request) projectID() coding.ProjectID { return r.access.Project.ID }

// path is an address below the project.
func (r *request) path(below string) string { return "/p/" + r.slug() + below }

// fragment tells whether the page's own script asks, and wants a piece or JSON and no redirect.
func (r *request) fragment() bool { return r.GetHeader("X-Fragment") != "" }

// id reads a positive number from the path.
func (r *request) id(name string) (int64, error) {
	n, err := strconv.ParseInt(r.Param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, coding.ErrNotFound
	}
	return n, nil
}

// base is what every page has; title is a message key.
func (r *request) base(title, section string) view.Page {
	p := view.Page{Lang: r.lang, Title: r.t(title), Here: r.Request.URL.RequestURI(), Look: r.person.Desk.Look,
		Size: r.person.Desk.Size, Density: r.person.Desk.Density, SearchKey: keymap(r.person.Desk)["search"], Flash: r.flash(), Plain: r.person.ID == 0}
	if c, err := r.Request.Cookie("look"); err == nil && p.Look == "" && (c.Value == "light" || c.Value == "dark") {
		p.Look = c.Value
	}
	if r.person.ID != 0 {
		p.Person = person(r.person)
	}
	if r.person.Desk.NoKeys {
		p.SearchKey, p.KeysOff = "", true
	}
	if a := r.access; a.Project.ID != 0 {
		p.Project = &view.Project{ID: int64(a.Project.ID), Slug: a.Project.Slug, Name: a.Project.Name.In(coding.Lang(r.lang)),
			Role: string(a.Role), Section: section, Synthetic: a.Project.Synthetic, CanCode: a.Role.AtLeast(coding.RoleAnalyst),
			CanLead: a.Role.AtLeast(coding.RoleLead), Threshold: a.Project.Threshold}
	}
	return p
}

func person(p coding.Person) *view.Person {
	return &view.Person{ID: int64(p.ID), Name: p.Shown(), Initials: initials(p.Shown()), Hue: int(p.ID*5%12) + 1,
		Admin: p.Role == coding.RoleAdmin, Lead: p.Role.AtLeast(coding.RoleLead)}
}

// initials is the first letters of the first two words, or the first two letters of one.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	first := func(s string) string {
		c, n := utf8.DecodeRuneInString(s)
		if n == 0 {
			return ""
		}
		return string(c)
	}
	switch {
	case len(words) == 0:
		return "?"
	case len(words) == 1:
		head := first(words[0])
		return strings.ToUpper(head) + first(words[0][len(head):])
	}
	return strings.ToUpper(first(words[0]) + first(words[1]))
}

// back sends the browser to where the form came from, with a message key kept for the next page.
func (r *request) back(fallback, flash string, args ...any) error {
	to := r.PostForm("next")
	if !localPath(to) {
		to = fallback
	}
	return r.goTo(to, flash, args...)
}

// goTo redirects within the site, with a message for the next page ("" for none).
func (r *request) goTo(to, flash string, args ...any) error {
	if flash != "" {
		text := url.QueryEscape(r.t(flash, args...))
		if len(text) < 3000 {
			http.SetCookie(r.Writer, &http.Cookie{Name: "flash", Value: text, Path: "/", MaxAge: 60, HttpOnly: true,
				SameSite: http.SameSiteLaxMode, Secure: r.server.Secure})
		}
	}
	r.Redirect(http.StatusSeeOther, to)
	return nil
}

// flash takes the message that goTo left.
func (r *request) flash() string {
	c, err := r.Request.Cookie("flash")
	if err != nil || c.Value == "" {
		return ""
	}
	http.SetCookie(r.Writer, &http.Cookie{Name: "flash", Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.server.Secure})
	text, err := url.QueryUnescape(c.Value)
	if err != nil || len(text) > 3000 {
		return ""
	}
	return text
}

// localPath tells whether to is a path on this site, so that no form can send a person elsewhere.
func localPath(to string) bool {
	return strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.ContainsAny(to, "\\\r\n")
}

func (r *request) ctx() context.Context { return r.Request.Context() }
