package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

func (s *Server) routeSettings(g gin.IRouter) {
	g.GET("/p/:slug/settings", s.project(coding.RoleLead, s.settings))
	g.POST("/p/:slug/settings", s.project(coding.RoleLead, s.changeSettings))
	for _, form := range []string{"members", "delete"} {
		g.GET("/p/:slug/settings/"+form, s.project(coding.RoleLead, func(r *request) error { return r.goTo(r.path("/settings#"+form), "") }))
	}
	g.POST("/p/:slug/settings/members", s.project(coding.RoleLead, s.changeMembers))
	g.POST("/p/:slug/settings/delete", s.project(coding.RoleLead, s.deleteProject))
}

func (s *Server) settings(r *request) error {
	return s.showSettings(r, r.access.Project, faults{}, "")
}

// showSettings shows the project as p says, which is what the form said where something is wrong with it.
func (s *Server) showSettings(r *request, p coding.Project, wrong faults, typed string) error {
	page := view.SettingsPage{Page: r.base("nav.settings", "settings"), Names: r.nameFields(p.Name), Slug: p.Slug, Threshold: p.Threshold, Suggest: !p.NoSuggestions, Typed: typed}
	page.Fields, page.Errors = wrong.fields, wrong.texts
	if err := s.members(r, &page); err != nil {
		return err
	}
	respondents, err := s.respondents(r)
	if err != nil {
		return err
	}
	err = s.Boards.Read(r.ctx(), p.ID, func(b *sets.Board) error {
		r.structure(b, respondents, &page)
		return nil
	})
	if err != nil {
		return err
	}
	return s.render(r, wrong.status(), "settings", page)
}

func (s *Server) members(r *request, page *view.SettingsPage) error {
	people, err := s.Service.People(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	members, err := s.Service.Members(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	for _, p := range people {
		own := find(members, func(m coding.Member) bool { return m.Person == p.ID }).Role
		row := view.MemberRow{Person: *person(p), User: p.Name}
		switch {
		case p.Role == coding.RoleAdmin:
			row.Fixed = r.t("role.admin")
		case p.Disabled:
			row.Fixed = r.t("people.state.disabled")
		case p.Password == "" && own == "":
			row.Fixed = r.t("people.state.coder")
		}
		row.Options = append(row.Options, view.Option{Label: r.t("settings.as_everywhere", r.t("role."+string(p.Role))), Selected: own == ""})
		for _, role := range memberRoles {
			row.Options = append(row.Options, view.Option{Value: string(role), Label: r.t("role." + string(role)), Selected: own == role})
		}
		page.Members = append(page.Members, row)
	}
	return nil
}

// memberRoles are what a project can give a person instead of the role everywhere.
var memberRoles = []coding.Role{coding.RoleNone, coding.RoleReader, coding.RoleAnalyst, coding.RoleLead}

// respondents is how many each round has, those without an answer too.
func (s *Server) respondents(r *request) (map[coding.RoundID]int, error) {
	out := map[coding.RoundID]int{}
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		imports, err := rd.Imports(r.ctx(), r.projectID())
		for _, imp := range imports {
			out[imp.Round] += imp.Respondents
		}
		return err
	})
	return out, err
}

// structure lists rounds, questions and variables with what belongs to each.
func (r *request) structure(b *sets.Board, respondents map[coding.RoundID]int, page *view.SettingsPage) {
	lang := coding.Lang(r.lang)
	page.Answers, page.Codings = int(b.All().GetCardinality()), b.Codings()
	row := func(key string, label coding.Text, set *roaring.Bitmap, param string) view.StructureRow {
		out := view.StructureRow{Key: key, Label: label.In(lang), Count: int(set.GetCardinality()),
			Href: r.path("/code?question=*&" + url.Values{param: {key}}.Encode())}
		if out.Label == "" {
			out.Label = key
		}
		for _, l := range themes.Langs {
			if label.Exact(l) != "" {
				out.Langs = append(out.Langs, string(l))
			}
		}
		return out
	}
	for _, x := range b.Rounds() {
		one := row(x.Key, x.Label, b.Round(x.ID), "round")
		one.Other, one.Kind = respondents[x.ID], r.t("round.kind."+string(x.Holds()))
		page.Rounds = append(page.Rounds, one)
	}
	for _, q := range b.Questions() {
		one := row(q.Key, q.Label, b.Question(q.ID), "question")
		one.Href = r.path("/code?" + url.Values{"question": {q.Key}}.Encode())
		one.Asked = r.asked(b.Rounds(), q.Label, func(x coding.Round) coding.Text { return x.Worded(q.ID) })
		page.Questions = append(page.Questions, one)
	}
	for _, v := range b.Variables() {
		one := view.VariableRow{Key: v.Key, Label: v.Label.In(lang), Multi: v.Multi}
		one.Asked = r.asked(b.Rounds(), v.Label, func(x coding.Round) coding.Text { return x.Called(v.ID) })
		in := roaring.New()
		for _, c := range v.Categories {
			members := b.Members(c.ID)
			in.Or(members)
			n := int(members.GetCardinality())
			one.Categories = append(one.Categories, view.CategoryRow{Label: c.Label.In(lang), Count: n, Small: n > 0 && n < r.access.Project.Threshold,
				Href: r.path("/code?question=*&" + url.Values{filterParam(v.Key): {c.Key}}.Encode()), Named: r.named(b.Rounds(), c)})
		}
		one.Missing = int(b.Respondents().GetCardinality() - in.AndCardinality(b.Respondents()))
		page.Variables = append(page.Variables, one)
	}
	page.Spoken = r.spoken(b)
}

// asked lists the rounds that put it in other words, with the difference.
func (r *request) asked(rounds []coding.Round, now coding.Text, was func(coding.Round) coding.Text) []view.Asked {
	var out []view.Asked
	for _, x := range rounds {
		for _, l := range themes.Langs {
			if a, b := was(x).Exact(l), now.Exact(l); a != "" && b != "" && a != b {
				out = append(out, view.Asked{Round: textOr(x.Label, coding.Lang(r.lang), x.Key), Reworded: view.Reworded{Lang: string(l), Pieces: difference(b, a)}})
			}
		}
	}
	return out
}

// named lists the rounds that called a category otherwise.
func (r *request) named(rounds []coding.Round, c coding.Category) []view.Named {
	var out []view.Named
	for _, x := range rounds {
		was := x.Named(c.ID)
		for _, l := range themes.Langs {
			if a, b := was.Exact(l), c.Label.Exact(l); a != "" && b != "" && coding.FoldValue(a) != coding.FoldValue(b) {
				out = append(out, view.Named{Round: textOr(x.Label, coding.Lang(r.lang), x.Key), Lang: string(l), Text: a})
			}
		}
	}
	return out
}

// spoken is the languages of the answers, with those that a person had better look at last.
func (r *request) spoken(b *sets.Board) []view.StructureRow {
	var out []view.StructureRow
	row := func(label string, set *roaring.Bitmap, param, value string) {
		if n := int(set.GetCardinality()); n > 0 {
			out = append(out, view.StructureRow{Label: label, Count: n, Href: r.path("/code?question=*&" + url.Values{param: {value}}.Encode())})
		}
	}
	for _, l := range append(slices.Clone(themes.Langs[:]), "") {
		row(r.language(coding.Lang(l)), b.Language(coding.Lang(l)), "language", orNone(string(l)))
	}
	row(r.t("card.mixed"), b.Mixed(), "mixed", "yes")
	row(r.t("facet.unsure"), b.Unsure(), "unsure", "yes")
	return out
}

func (s *Server) changeSettings(r *request) error {
	p := r.access.Project
	p.Name = r.nameFrom()
	p.Threshold, p.NoSuggestions = -1, r.PostForm("suggest") == ""
	if n, err := strconv.Atoi(strings.TrimSpace(r.PostForm("threshold"))); err == nil {
		p.Threshold = n
	}
	err := s.Service.ChangeProject(r.ctx(), r.person.ID, p)
	if wrong, ok := r.faulty(err); ok {
		if p.Threshold < 0 {
			p.Threshold = r.access.Project.Threshold
		}
		return s.showSettings(r, p, wrong, "")
	}
	if err != nil {
		return err
	}
	return r.goTo(r.path("/settings"), "settings.saved")
}

// changeMembers takes the whole list and changes what differs. A lead who would lose the role by it is asked to let another
// do that.
func (s *Server) changeMembers(r *request) error {
	members, err := s.Service.Members(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	people, err := s.Service.People(r.ctx(), r.person.ID)
	if err != nil {
		return err
	}
	var changes []coding.Member
	for _, p := range people {
		given, ok := r.GetPostForm("role." + strconv.FormatInt(int64(p.ID), 10))
		own := find(members, func(m coding.Member) bool { return m.Person == p.ID }).Role
		if !ok || coding.Role(given) == own {
			continue
		}
		after := coding.Role(given)
		if after == "" {
			after = p.Role
		}
		if p.ID == r.person.ID && !after.AtLeast(coding.RoleLead) {
			wrong, _ := r.faulty(coding.Problem{Field: "members", Key: "settings.own_role"})
			return s.showSettings(r, r.access.Project, wrong, "")
		}
		changes = append(changes, coding.Member{Project: r.projectID(), Person: p.ID, Role: coding.Role(given)})
	}
	for _, m := range changes {
		if err := s.Service.SetMember(r.ctx(), r.person.ID, m); err != nil {
			return err
		}
	}
	return r.goTo(r.path("/settings#members"), "settings.members_saved", len(changes))
}

// deleteProject wants the project's address typed, so that no slip of the hand deletes months of work.
func (s *Server) deleteProject(r *request) error {
	typed := strings.TrimSpace(r.PostForm("confirm"))
	if typed != r.slug() {
		wrong, _ := r.faulty(coding.Problem{Field: "confirm", Key: "settings.confirm_wrong", Args: []any{r.slug()}})
		return s.showSettings(r, r.access.Project, wrong, typed)
	}
	if err := s.Service.DeleteProject(r.ctx(), r.person.ID, r.projectID()); err != nil {
		return err
	}
	s.Boards.Drop(r.projectID())
	s.uploads.dropProject(r.projectID())
	return r.goTo("/projects", "settings.deleted", r.access.Project.Name.In(coding.Lang(r.lang)))
}
