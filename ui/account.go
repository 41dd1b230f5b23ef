package ui

import (
	"errors"
	"net/http"

	"avokoodi/coding"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) account(r *request) error { return s.showAccount(r, faults{}) }

func (s *Server) showAccount(r *request, wrong faults) error {
	d := r.person.Desk
	page := view.AccountPage{Page: r.base("account.title", ""), Row: r.row(r.person), Keys: !d.NoKeys, Fields: wrong.fields}
	page.Scripts = []string{"js/reveal.js"}
	page.Errors, page.Display = wrong.texts, r.person.Display
	if _, bad := wrong.fields["display"]; bad {
		page.Display = r.PostForm("display")
	}
	page.Labels = []view.Option{{Label: r.t("account.labels_same"), Selected: d.Labels == ""}}
	for _, l := range i18n.Langs {
		page.Languages = append(page.Languages, view.Option{Value: l, Label: r.t("lang." + l), Selected: l == r.lang})
		page.Labels = append(page.Labels, view.Option{Value: l, Label: r.t("lang." + l), Selected: l == string(d.Labels)})
	}
	page.Looks = r.options("look.", page.Look, "system", "light", "dark")
	page.Sizes = r.options("size.", d.Size, "small", "normal", "large", "huge")
	page.Densities = r.options("density.", d.Density, "normal", "compact")
	return s.render(r, wrong.status(), "account", page)
}

// options is a list of choices named by messages; the usual one, 'normal' or 'system', has the value "".
func (r *request) options(prefix, chosen string, names ...string) []view.Option {
	var out []view.Option
	for _, name := range names {
		value := name
		if name == "normal" || name == "system" {
			value = ""
		}
		out = append(out, view.Option{Value: value, Label: r.t(prefix + name), Selected: value == chosen})
	}
	return out
}

// changeAccount keeps how the person likes the pages.
func (s *Server) changeAccount(r *request) error {
	lang := oneOf(r.PostForm("lang"), r.lang, "fi", "sv", "en")
	err := s.Service.SetDesk(r.ctx(), r.person.ID, func(d *coding.Desk) {
		d.Lang = coding.Lang(lang)
		d.Labels = coding.Lang(oneOf(r.PostForm("labels"), "", "fi", "sv", "en"))
		d.Look = oneOf(r.PostForm("look"), "", "light", "dark")
		d.Size = oneOf(r.PostForm("size"), "", "small", "large", "huge")
		d.Density = oneOf(r.PostForm("density"), "", "compact")
		d.NoKeys = r.PostForm("keys") == ""
	})
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"lang": lang, "look": r.PostForm("look")} {
		c := &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure}
		if value == "" {
			c.MaxAge = -1
		}
		http.SetCookie(r.Writer, c)
	}
	r.lang = lang // the message is in the new language already
	return r.goTo("/account", "account.saved")
}

// changeName changes the name under which others see the person.
func (s *Server) changeName(r *request) error {
	err := s.Service.SetDisplay(r.ctx(), r.person.ID, r.PostForm("display"))
	if wrong, ok := r.faulty(err); ok {
		return s.showAccount(r, wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo("/account", "account.name_changed")
}

// changePassword asks for the old password first, so that a screen left open gives nothing away.
func (s *Server) changePassword(r *request) error {
	if !s.limits.allow(r.ClientIP()) || !s.limits.allow("name "+r.person.Name) {
		return errTooMany
	}
	_, err := s.Service.SignIn(r.ctx(), r.person.Name, r.PostForm("old"))
	if errors.Is(err, coding.ErrSignIn) {
		wrong, _ := r.faulty(coding.Problem{Field: "old", Key: "account.old_wrong"})
		return s.showAccount(r, wrong)
	}
	if err != nil {
		return err
	}
	err = s.Service.SetPassword(r.ctx(), r.person.ID, r.person.ID, r.PostForm("password"))
	if wrong, ok := r.faulty(err); ok {
		return s.showAccount(r, wrong)
	}
	if err != nil {
		return err
	}
	s.limits.forget("name " + r.person.Name)
	if err := s.renew(r); err != nil {
		return err
	}
	return r.goTo("/account", "account.password_changed")
}

// system shows what the server says of itself.
func (s *Server) system(r *request) error {
	page := view.SystemPage{Page: r.base("system.title", "")}
	lines := []SystemLine{{Key: "version", Value: s.Version}}
	if s.System != nil {
		lines = s.System(r.ctx())
	}
	for _, l := range lines {
		label, value := l.In(r.lang)
		page.Lines = append(page.Lines, view.SystemLine{Label: label, Value: value, Warn: l.Warn})
		if l.Warn {
			page.Warns++
		}
	}
	return s.render(r, http.StatusOK, "system", page)
}
