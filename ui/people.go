package ui

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

func (s *Server) routePeople(g gin.IRouter) {
	g.GET("/people", s.admin(s.peoplePage))
	g.POST("/people", s.admin(s.addPerson))
	g.GET("/people/:id", s.admin(s.onePerson))
	g.POST("/people/:id", s.admin(s.changePerson))
	g.POST("/people/:id/password", s.admin(s.givePassword))
	g.GET("/account", s.signedIn(s.account))
	g.POST("/account", s.signedIn(s.changeAccount))
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

// faults is what a person must mend in a form: all messages in order, and one by field. The zero value is a form in order.
type faults struct {
	texts  []string
	fields map[string]string
}

// faulty tells whether err is about what a person filled in, and if so, what.
func (r *request) faulty(err error) (faults, bool) {
	texts, fields, ok := r.problems(err)
	return faults{texts, fields}, ok
}

func (f faults) status() int {
	if len(f.texts) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
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

func (s *Server) onePerson(r *request) error {
	p, err := s.personOf(r)
	if err != nil {
		return err
	}
	return s.showPerson(r, faults{}, p, nil)
}

func (s *Server) personOf(r *request) (coding.Person, error) {
	id, err := r.id("id")
	if err != nil {
		return coding.Person{}, err
	}
	return s.Service.Person(r.ctx(), coding.PersonID(id))
}

func (s *Server) showPerson(r *request, wrong faults, p coding.Person, secret *view.Secret) error {
	page := view.PersonPage{Page: r.base("people.one", ""), Row: r.row(p), Secret: secret}
	page.Title = p.Shown()
	page.Scripts = []string{"js/reveal.js"}
	page.Form = view.PersonForm{Name: p.Name, Display: p.Display, Disabled: p.Disabled, Roles: r.roles(p.Role), Fields: wrong.fields}
	page.Errors = wrong.texts
	list, err := s.Service.List(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		members, err := s.Service.Members(r.ctx(), a.Project.ID, r.person.ID)
		if err != nil {
			return err
		}
		in := view.PersonProject{Slug: a.Project.Slug, Name: a.Project.Name.In(coding.Lang(r.lang)), Role: string(p.Role)}
		for _, m := range members {
			if m.Person == p.ID && p.Role != coding.RoleAdmin {
				in.Role, in.Own = string(m.Role), true
			}
		}
		page.Projects = append(page.Projects, in)
	}
	return s.render(r, wrong.status(), "person", page)
}

func (s *Server) changePerson(r *request) error {
	p, err := s.personOf(r)
	if err != nil {
		return err
	}
	p.Display, p.Role, p.Disabled = r.PostForm("display"), coding.Role(r.PostForm("role")), r.PostForm("active") == ""
	err = s.Service.ChangePerson(r.ctx(), r.person.ID, p)
	if wrong, ok := r.faulty(err); ok {
		return s.showPerson(r, wrong, p, nil)
	}
	if err != nil {
		return err
	}
	return r.goTo("/people", "people.changed", p.Shown())
}

// givePassword sets somebody's password: the one given, or one that it makes and shows once.
func (s *Server) givePassword(r *request) error {
	p, err := s.personOf(r)
	if err != nil {
		return err
	}
	password := r.PostForm("password")
	made := password == ""
	if made {
		password = newPassword()
	}
	err = s.Service.SetPassword(r.ctx(), r.person.ID, p.ID, password)
	if wrong, ok := r.faulty(err); ok {
		return s.showPerson(r, wrong, p, nil)
	}
	if err != nil {
		return err
	}
	if p.ID == r.person.ID {
		if err := s.renew(r); err != nil {
			return err
		}
	}
	if !made {
		return r.goTo("/people/"+strconv.FormatInt(int64(p.ID), 10), "people.password_set", p.Shown())
	}
	if p, err = s.Service.Person(r.ctx(), p.ID); err != nil {
		return err
	}
	return s.showPerson(r, faults{}, p, &view.Secret{ID: int64(p.ID), User: p.Name, Name: p.Shown(), Password: password})
}

// renew keeps the person signed in after the password has changed, under a new token.
func (s *Server) renew(r *request) error {
	p, err := s.Service.Person(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	r.person = p
	return s.startSession(r, p)
}
