package ui

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
)

func TestAddPerson(t *testing.T) {
	s := newTestSite(t)
	b := s.as(coding.RoleAdmin)
	p := b.post("/people", "name", "new one", "display", strings.Repeat("x", 101), "role", "king").want(http.StatusUnprocessableEntity)
	p.says("The user name “new one” cannot be used", "at most 100 characters", "no role “king”")
	if !strings.Contains(p.body, `value="new one"`) || !strings.Contains(p.body, `aria-invalid="true"`) {
		t.Error("the form lost what was written, or does not mark the field")
	}
	b.post("/people", "name", "reader", "role", "analyst", "password", "long enough").want(http.StatusUnprocessableEntity).says("The user name reader is taken")
	b.post("/people", "name", "short", "role", "analyst", "password", "123").want(http.StatusUnprocessableEntity).says("at least 10 characters")

	p = b.post("/people", "name", "aino", "display", "Aino A.", "role", "analyst").want(http.StatusOK).says("New password: Aino A.")
	made := regexp.MustCompile(`[a-z2-7]{4}(-[a-z2-7]{4}){3}`).FindString(p.body)
	if _, err := s.svc.SignIn(t.Context(), "aino", made); err != nil {
		t.Fatalf("the password %q that was shown does not sign in: %v", made, err)
	}
	b.get("/people").hides(made)
	if strings.Contains(s.log.String(), made) {
		t.Error("the password is in the log")
	}
	b.post("/people", "name", "own", "role", "reader", "password", "a good password").to("/people")
	b.get("/people").says("own has been added.")
}

func TestChangePerson(t *testing.T) {
	s := newTestSite(t)
	admin, reader := s.people[coding.RoleAdmin], s.people[coding.RoleReader]
	b := s.as(coding.RoleAdmin)
	path := fmt.Sprintf("/people/%d", reader.ID)
	b.post(path, "display", "Liisa", "role", "lead", "active", "1").to("/people")
	p, err := s.svc.Person(t.Context(), reader.ID)
	if err != nil || p.Shown() != "Liisa" || p.Role != coding.RoleLead || p.Disabled {
		t.Fatalf("after the change: %+v, %v", p, err)
	}
	theirs := s.as(coding.RoleReader)
	b.post(path, "display", "Liisa", "role", "lead").to("/people")
	theirs.get("/projects").to("/login.*") // closing an account ends its sessions

	own := fmt.Sprintf("/people/%d", admin.ID)
	b.post(own, "display", "", "role", "reader", "active", "1").want(http.StatusUnprocessableEntity).says("At least one administrator")
	b.post(own, "display", "", "role", "admin").want(http.StatusUnprocessableEntity).says("At least one administrator")
}

func TestPasswords(t *testing.T) {
	s := newTestSite(t)
	coder := s.people[coding.RoleAnalyst]
	admin, here, elsewhere := s.as(coding.RoleAdmin), s.as(coding.RoleAnalyst), s.as(coding.RoleAnalyst)

	admin.post(fmt.Sprintf("/people/%d/password", coder.ID), "password", "first password").to("/people/.*")
	here.get("/account").to("/login.*") // a new password ends old sessions
	here.signIn(coder.ID)
	elsewhere.signIn(coder.ID)
	here.post("/account/password", "old", "wrong", "password", "second password").want(http.StatusUnprocessableEntity).says("The current password is wrong.")
	here.post("/account/password", "old", "first password", "password", "short").want(http.StatusUnprocessableEntity).says("at least 10 characters")
	here.post("/account/password", "old", "first password", "password", "second password").to("/account")
	here.get("/account").want(http.StatusOK).says("Password changed.")
	elsewhere.get("/account").to("/login.*")
	if _, err := s.svc.SignIn(t.Context(), coder.Name, "second password"); err != nil {
		t.Error(err)
	}

	for range 12 {
		if here.post("/account/password", "old", "guess", "password", "third password").status == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("guessing the old password is never slowed down")
}

// TestFormsCanBeReread: a form that was answered with a page must not be a dead end when its address is read.
func TestFormsCanBeReread(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleAdmin)
	at := b.send("one", "a.csv", []byte(threeLanguages))
	for path, to := range map[string]string{
		"/people/2/password": "/people/2", "/account/password": "/account", "/p/one/settings/members": "/p/one/settings#members",
		"/p/one/settings/delete": "/p/one/settings#delete", at + "/mapping": at + "/columns", at + "/run": at + "/columns",
	} {
		b.get(path).to(to)
	}
}

func TestAccount(t *testing.T) {
	s := newTestSite(t)
	b := s.as(coding.RoleReader)
	b.post("/account", "lang", "sv", "labels", "en", "look", "dark", "size", "huge", "density", "compact").to("/account")
	p, err := s.svc.Person(t.Context(), s.people[coding.RoleReader].ID)
	want := coding.Desk{Lang: "sv", Labels: "en", Look: "dark", Size: "huge", Density: "compact", NoKeys: true}
	if err != nil || fmt.Sprint(p.Desk) != fmt.Sprint(want) {
		t.Errorf("desk %+v, want %+v, %v", p.Desk, want, err)
	}
	page := b.get("/account").want(http.StatusOK).says("Inställningarna har sparats.", "Eget konto")
	if !strings.Contains(page.body, `<html lang="sv" data-look="dark" data-size="huge" data-density="compact">`) {
		t.Error("the page does not follow the choices")
	}
	b.post("/account", "lang", "xx", "look", "pink", "keys", "1").to("/account")
	p, _ = s.svc.Person(t.Context(), p.ID)
	if p.Desk.Lang != "sv" || p.Desk.Look != "" || p.Desk.NoKeys {
		t.Errorf("odd choices made %+v", p.Desk)
	}
}

// TestOwnName changes the name that others see, which takes no administrator.
func TestOwnName(t *testing.T) {
	s := newTestSite(t)
	b := s.as(coding.RoleReader)
	b.post("/account/name", "display", "  Maija \n Meri ").to("/account")
	b.get("/account").want(http.StatusOK).says("Name changed.", "Maija Meri")
	b.post("/account/name", "display", strings.Repeat("ä", 101)).want(http.StatusUnprocessableEntity).says("at most 100 characters")
	if p, err := s.svc.Person(t.Context(), s.people[coding.RoleReader].ID); err != nil || p.Display != "Maija Meri" {
		t.Errorf("the name is %q, %v", p.Display, err)
	}
	b.post("/account/name", "display", "").to("/account")
	if p, _ := s.svc.Person(t.Context(), s.people[coding.RoleReader].ID); p.Shown() != p.Name {
		t.Errorf("without a name others see %q", p.Shown())
	}
}

// TestSystemInThreeLanguages has a fact with a value, and one with a message.
func TestSystemInThreeLanguages(t *testing.T) {
	s := newTestSite(t)
	s.server.System = func(context.Context) []SystemLine {
		return []SystemLine{{Key: "disk", Value: "3.0 MiB", Warn: true}, {Key: "projects", Say: "system.projects_line", Args: []any{2, 1500}}}
	}
	b := s.as(coding.RoleAdmin)
	for lang, want := range map[string][]string{"en": {"Free disk space", "2 projects, answers: 1,500"}, "fi": {"Vapaata levytilaa", "2 projektia, vastauksia: 1 500"}, "sv": {"Ledigt diskutrymme", "2 projekt, 1 500 svar"}} {
		b.post("/prefs", "lang", lang)
		page := b.get("/system").want(http.StatusOK)
		page.says("3.0 MiB")
		text := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "&nbsp;", " ").Replace(page.body)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in %s", lang, w, text)
			}
		}
	}
}

func TestSystem(t *testing.T) {
	s := newTestSite(t)
	s.server.System = nil
	s.server.Version = "1.2.3"
	s.as(coding.RoleAdmin).get("/system").want(http.StatusOK).says("1.2.3", "Everything is in order.")
}
