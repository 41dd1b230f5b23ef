package ui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/unicode/norm"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) routeProjects(g gin.IRouter) {
	g.GET("/projects", s.signedIn(s.projects))
	g.GET("/projects/new", s.signedIn(s.newProject))
	g.POST("/projects", s.signedIn(s.createProject))
	g.GET("/p/:slug", s.project(coding.RoleReader, s.overview))
}

func (s *Server) projects(r *request) error {
	list, err := s.Service.List(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	people, err := s.names(r)
	if err != nil {
		return err
	}
	page := view.ProjectsPage{Page: r.base("projects.title", ""), CanCreate: r.person.Role.AtLeast(coding.RoleLead)}
	page.Scripts = []string{"js/projects.js"}
	page.New = r.projectForm(coding.Project{}, list)
	for _, a := range list {
		card, err := s.card(r, a, people)
		if err != nil {
			return err
		}
		page.Cards = append(page.Cards, card)
	}
	return s.render(r, http.StatusOK, "projects", page)
}

// names is everybody by id.
func (s *Server) names(r *request) (map[coding.PersonID]coding.Person, error) {
	all, err := s.Service.People(r.ctx(), r.person.ID)
	if err != nil {
		return nil, err
	}
	out := make(map[coding.PersonID]coding.Person, len(all))
	for _, p := range all {
		out[p.ID] = p
	}
	return out, nil
}

func (s *Server) card(r *request, a coding.Access, people map[coding.PersonID]coding.Person) (view.ProjectCard, error) {
	card := view.ProjectCard{Slug: a.Project.Slug, Name: a.Project.Name.In(coding.Lang(r.lang)), Role: string(a.Role), Synthetic: a.Project.Synthetic}
	detail := a.Role.AtLeast(coding.RoleAnalyst)
	err := s.Boards.Read(r.ctx(), a.Project.ID, func(b *sets.Board) error {
		card.Empty = b.Respondents().IsEmpty()
		card.Respondents = i18n.Int(r.lang, int64(b.Respondents().GetCardinality()))
		card.Answers = i18n.Int(r.lang, int64(b.All().GetCardinality()))
		if !detail {
			known := basesFor(b)
			card.Respondents, card.Answers = r.cellText(known.table.Base, known.table.Threshold), known.answers(r)
		}
		card.Questions, card.Themes = len(b.Questions()), len(b.Tree().All())
		if card.Progress = drawn(report.ProgressOn(b, sets.Filter{}).Progress); !detail {
			card.Progress = coarse(card.Progress)
		}
		for _, l := range b.Languages() {
			if l != "" {
				card.Languages = append(card.Languages, string(l))
			}
		}
		return nil
	})
	if err != nil || !detail {
		return card, err
	}
	steps, err := s.Service.History(r.ctx(), a.Project.ID, r.person.ID, coding.StepFilter{Limit: 1})
	if err == nil && len(steps) > 0 {
		card.Last, card.LastBy = steps[0].At, r.nameOf(people, steps[0].Actor)
	}
	return card, err
}

// nameOf is how the pages call somebody; the command line's changes have no person.
func (r *request) nameOf(people map[coding.PersonID]coding.Person, id coding.PersonID) string {
	if p, ok := people[id]; ok {
		return p.Shown()
	}
	if id == coding.Operator {
		return r.t("person.operator")
	}
	return r.t("person.somebody")
}

func (s *Server) newProject(r *request) error {
	if !r.person.Role.AtLeast(coding.RoleLead) {
		return coding.ErrForbidden
	}
	list, err := s.Service.List(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	return s.showNewProject(r, r.projectForm(coding.Project{}, list), faults{})
}

func (s *Server) showNewProject(r *request, form view.ProjectForm, wrong faults) error {
	page := view.NewProjectPage{Page: r.base("projects.new", ""), Form: form}
	page.Scripts = []string{"js/projects.js"}
	page.Form.Fields, page.Errors = wrong.fields, wrong.texts
	return s.render(r, wrong.status(), "project_new", page)
}

// projectForm asks for the name in the interface's language first.
func (r *request) projectForm(p coding.Project, list []coding.Access) view.ProjectForm {
	form := view.ProjectForm{Slug: p.Slug}
	form.Names = r.nameFields(p.Name)
	for _, a := range list {
		form.Taken = append(form.Taken, a.Project.Slug)
	}
	return form
}

func (r *request) nameFields(name coding.Text) []view.NameField {
	order := append([]coding.Lang{coding.Lang(r.lang)}, slices.DeleteFunc(slices.Clone(themes.Langs[:]), func(l coding.Lang) bool { return string(l) == r.lang })...)
	var out []view.NameField
	for i, l := range order {
		out = append(out, view.NameField{Lang: string(l), Label: r.t("lang.name." + string(l)), Value: name.Exact(l), First: i == 0})
	}
	return out
}

// nameFrom reads the fields name.fi, name.sv and name.en.
func (r *request) nameFrom() coding.Text {
	var t coding.Text
	for _, l := range themes.Langs {
		t.Set(l, r.PostForm("name."+string(l)))
	}
	return t.Trim()
}

func (s *Server) createProject(r *request) error {
	if !r.person.Role.AtLeast(coding.RoleLead) {
		return coding.ErrForbidden
	}
	p := coding.Project{Name: r.nameFrom(), Slug: strings.TrimSpace(r.PostForm("slug"))}
	list, err := s.Service.List(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	if p.Slug == "" {
		p.Slug = freeSlug(p.Name.In(coding.Lang(r.lang)), list)
	}
	if p.Name.IsZero() {
		wrong, _ := r.faulty(coding.Problem{Field: "name", Key: "project.name_missing"})
		return s.showNewProject(r, r.projectForm(p, list), wrong)
	}
	made, err := s.Service.CreateProject(r.ctx(), r.person.ID, p)
	if wrong, ok := r.faulty(err); ok {
		return s.showNewProject(r, r.projectForm(p, list), wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo("/p/"+made.Slug+"/import", "projects.created", made.Name.In(coding.Lang(r.lang)))
}

// slugFrom makes an address out of a name: 'Kysely Åbo 2022' becomes 'kysely-abo-2022'. js/projects.js does the same.
func slugFrom(name string) string {
	var b strings.Builder
	dash := false
	for _, c := range norm.NFD.String(strings.ToLower(name)) {
		switch c {
		case 'ø':
			c = 'o'
		case 'æ':
			c = 'a'
		case 'ß':
			c = 's'
		}
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(c)
		case unicode.Is(unicode.Mn, c):
		default:
			dash = true
		}
	}
	slug := b.String()
	if len(slug) > slugLength { // at the end of a word
		slug = slug[:slugLength]
		if i := strings.LastIndexByte(slug, '-'); i > 0 {
			slug = slug[:i]
		}
	}
	return slug
}

// slugLength is how long a suggested address may be; there is room for a number behind it.
const slugLength = 48

// freeSlug is slugFrom with a number behind it where another project that the person sees has the address.
func freeSlug(name string, list []coding.Access) string {
	base := slugFrom(name)
	if base == "" {
		return ""
	}
	slug := base
	for k := 2; slices.ContainsFunc(list, func(a coding.Access) bool { return a.Project.Slug == slug }); k++ {
		slug = base + "-" + strconv.Itoa(k)
	}
	return slug
}
