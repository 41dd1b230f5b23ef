package ui

import (
	"strconv"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

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
