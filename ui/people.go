package ui

import (
	"crypto/rand"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

// Some forms are answered with a page at their own address; reading that address, as after a change of language there, leads
// back to the page that has the form.
func (s *Server) routePeople(g gin.IRouter) {
	g.GET("/people", s.admin(s.peoplePage))
	g.POST("/people", s.admin(s.addPerson))
	g.GET("/people/:id", s.admin(s.onePerson))
	g.POST("/people/:id", s.admin(s.changePerson))
	g.POST("/people/:id/password", s.admin(s.givePassword))
	g.GET("/people/:id/password", s.admin(func(r *request) error { return r.goTo("/people/"+r.Param("id"), "") }))
	g.GET("/account/password", s.signedIn(func(r *request) error { return r.goTo("/account", "") }))
	g.GET("/account", s.signedIn(s.account))
	g.POST("/account", s.signedIn(s.changeAccount))
	g.POST("/account/name", s.signedIn(s.changeName))
	g.GET("/account/name", s.signedIn(func(r *request) error { return r.goTo("/account", "") }))
	g.POST("/account/password", s.signedIn(s.changePassword))
	g.GET("/system", s.admin(s.system))
}

// admin adapts a handler for administrators. The use cases check again; this keeps the forms from others.
func (s *Server) admin(h handler) gin.HandlerFunc {
	return s.signedIn(func(r *request) error {
		if !r.person.Role.AtLeast(coding.RoleAdmin) {
			return coding.ErrForbidden
		}
		return h(r)
	})
}

func (s *Server) peoplePage(r *request) error {
	return s.showPeople(r, faults{}, view.PersonForm{}, coding.RoleAnalyst, nil)
}

func (s *Server) showPeople(r *request, wrong faults, form view.PersonForm, role coding.Role, secret *view.Secret) error {
	all, err := s.Service.People(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	page := view.PeoplePage{Page: r.base("people.title", ""), New: form, Secret: secret}
	page.New.Roles, page.New.Fields, page.Errors = r.roles(role), wrong.fields, wrong.texts
	page.Scripts = []string{"js/reveal.js"}
	for _, p := range all {
		page.People = append(page.People, r.row(p))
		if p.Role == coding.RoleAdmin && !p.Disabled {
			page.Admins++
		}
	}
	return s.render(r, wrong.status(), "people", page)
}

// row is a person as the lists show them.
func (r *request) row(p coding.Person) view.PersonRow {
	row := view.PersonRow{Person: *person(p), User: p.Name, Role: string(p.Role), State: "active", You: p.ID == r.person.ID, Since: p.Created}
	switch {
	case p.Disabled:
		row.State = "disabled"
	case p.Password == "":
		row.State = "coder"
	}
	return row
}

func (r *request) roles(chosen coding.Role) []view.Option {
	var out []view.Option
	for _, role := range coding.Roles {
		out = append(out, view.Option{Value: string(role), Label: r.t("role." + string(role)), Selected: role == chosen})
	}
	return out
}

// addPerson makes a person who can sign in. Without a password it makes one, and shows it once.
func (s *Server) addPerson(r *request) error {
	n := coding.NewPerson{Name: r.PostForm("name"), Display: r.PostForm("display"), Role: coding.Role(r.PostForm("role")), Password: r.PostForm("password")}
	made := n.Password == ""
	if made {
		n.Password = newPassword()
	}
	p, err := s.Service.AddPerson(r.ctx(), r.person.ID, n)
	if wrong, ok := r.faulty(err); ok {
		return s.showPeople(r, wrong, view.PersonForm{Name: n.Name, Display: n.Display}, n.Role, nil)
	}
	if err != nil {
		return err
	}
	if !made {
		return r.goTo("/people", "people.added", p.Shown())
	}
	secret := &view.Secret{ID: int64(p.ID), User: p.Name, Name: p.Shown(), Password: n.Password}
	return s.showPeople(r, faults{}, view.PersonForm{}, coding.RoleAnalyst, secret)
}

// newPassword is easy to read aloud and has 80 bits.
func newPassword() string {
	text := strings.ToLower(rand.Text())
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:16]
}
