package ui

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) routeWork(g gin.IRouter) {
	g.GET("/p/:slug/work", s.project(coding.RoleAnalyst, s.workPage))
	g.POST("/p/:slug/work", s.project(coding.RoleLead, s.assignWork))
	g.POST("/p/:slug/work/:id", s.project(coding.RoleLead, s.moveWork))
}

// workPage shows who codes what; with ?how= it also shows what the form would do.
func (s *Server) workPage(r *request) error {
	return s.showWork(r, r.Request.URL.Query(), http.StatusOK)
}

func (s *Server) showWork(r *request, q url.Values, status int, problems ...string) error {
	page := view.WorkPage{Page: r.base("work.title", "work")}
	page.Scripts, page.Errors = []string{"js/swap.js"}, problems
	people, err := s.names(r)
	if err != nil {
		return err
	}
	given, err := s.Service.Assignments(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	lead := r.access.Role.AtLeast(coding.RoleLead)
	var coders []coding.Person
	if lead {
		if coders, err = s.coders(r); err != nil {
			return err
		}
	}
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		r.queues(b, people, &page)
		if !lead {
			return nil
		}
		for _, a := range given {
			page.Given = append(page.Given, r.assignment(b, a, people, coders))
		}
		page.Form = r.workForm(b, q, coders)
		if q.Get("how") == "" {
			return nil
		}
		plan, err := planWork(b, q, coders)
		if wrong, ok := r.faulty(err); ok {
			page.Errors, page.Form.Fields, status = append(page.Errors, wrong.texts...), wrong.fields, wrong.status()
			return nil
		}
		page.Preview = r.workPreview(b, q, plan)
		return err
	})
	if err != nil {
		return err
	}
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	return s.render(r, status, "work", page)
}

// coders is everybody who may be given answers: who can sign in and codes in the project. By name.
func (s *Server) coders(r *request) ([]coding.Person, error) {
	all, err := s.Service.People(r.ctx(), r.person.ID)
	if err != nil {
		return nil, err
	}
	var out []coding.Person
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for _, p := range all {
			role, err := coding.RoleIn(r.ctx(), rd, r.projectID(), p.ID)
			if err != nil {
				return err
			}
			if role.AtLeast(coding.RoleAnalyst) {
				out = append(out, p)
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b coding.Person) int {
		return strings.Compare(strings.ToLower(a.Shown()), strings.ToLower(b.Shown()))
	})
	return out, err
}

// queueHref is a person's queue on the desk.
func (r *request) queueHref(p coding.Person, more url.Values) string {
	q := url.Values{"question": {"*"}, "queue": {p.Name}}
	for k, v := range more {
		q[k] = v
	}
	return r.path("/code?" + q.Encode())
}

// queueRow is one person's queue as a line of a progress table.
func (r *request) queueRow(p coding.Person, done report.Progress) view.ProgressRow {
	return view.ProgressRow{Label: p.Shown(), Progress: drawn(done), Answers: i18n.Int(r.lang, int64(done.Answers)),
		Href: r.queueHref(p, url.Values{"by": {p.Name}})}
}

// queueTable is the head of the table of queues.
func (r *request) queueTable() view.ProgressTable {
	return view.ProgressTable{ID: "by-queue", Title: r.t("work.by_coder"), Heading: r.t("overview.coder"), Detail: true, Key: true}
}

// queues is how far everybody is.
func (r *request) queues(b *sets.Board, people map[coding.PersonID]coding.Person, page *view.WorkPage) {
	page.Progress = r.queueTable()
	var heads []string
	questions := view.QueueTable{ID: "queue-questions", Title: r.t("work.by_question"), Part: r.t("overview.question")}
	languages := view.QueueTable{ID: "queue-languages", Title: r.t("work.by_language"), Part: r.t("overview.language")}
	for _, x := range b.Questions() {
		questions.Rows = append(questions.Rows, view.QueueTableRow{Name: x.Name(coding.Lang(r.lang))})
	}
	for _, l := range b.Languages() {
		languages.Rows = append(languages.Rows, view.QueueTableRow{Name: r.langName(l)})
	}
	for _, one := range report.QueuesOn(b) {
		who, ok := people[one.Coder]
		if !ok {
			continue
		}
		page.Progress.Rows = append(page.Progress.Rows, r.queueRow(who, one.Progress))
		if who.ID == r.person.ID {
			page.Mine = &view.OwnQueue{Left: one.Open, Given: one.Answers, Href: r.queueHref(who, nil)}
		}
		cell := func(to *view.QueueTableRow, done report.Progress, name, value string) {
			to.Cells = append(to.Cells, view.QueueCell{Done: done.Done(), Given: done.Answers, Href: r.queueHref(who, url.Values{name: {value}})})
		}
		for i, x := range one.Questions {
			cell(&questions.Rows[i], x.Progress, "question", x.Question.Key)
		}
		for i, x := range one.Languages {
			cell(&languages.Rows[i], x.Progress, "language", langParam(x.Language))
		}
		heads = append(heads, who.Shown())
	}
	for _, t := range []view.QueueTable{questions, languages} {
		if t.Heads = heads; len(t.Rows) > 1 && len(heads) > 0 {
			page.Tables = append(page.Tables, t)
		}
	}
	free := roaring.And(b.Unassigned(), b.State(coding.StateOpen))
	page.Left = i18n.Int(r.lang, int64(free.GetCardinality()))
	page.LeftHref = r.path("/code?question=*&queue=none&state=open")
}

func (r *request) langName(l coding.Lang) string {
	if l == "" {
		return r.t("lang.none")
	}
	return r.languageName("lang."+string(l), string(l))
}

func (r *request) assignment(b *sets.Board, a coding.Assignment, people map[coding.PersonID]coding.Person, coders []coding.Person) view.AssignmentRow {
	set := b.Given(a.ID)
	open := b.StateBy(coding.StateOpen, a.Coder)
	row := view.AssignmentRow{ID: int64(a.ID), Note: a.Note, At: a.At, By: r.nameOf(people, a.By), Given: int(set.GetCardinality()),
		Left: int(open.AndCardinality(set))}
	row.Done, row.Double, row.Blind = row.Given-row.Left, a.Trial != "", a.Veiled()
	if p, ok := people[a.Coder]; ok {
		row.Coder = *person(p)
	}
	for _, p := range coders {
		if p.ID != a.Coder {
			row.Others = append(row.Others, view.Option{Value: strconv.FormatInt(int64(p.ID), 10), Label: p.Shown()})
		}
	}
	return row
}

// assignWork gives out the answers as the preview said. Where that is no longer what would come out, it is shown again.
func (s *Server) assignWork(r *request) error {
	q, err := url.ParseQuery(r.PostForm("plan"))
	if err != nil || q.Get("how") == "" {
		return coding.ErrNotFound
	}
	coders, err := s.coders(r)
	if err != nil {
		return err
	}
	var plan workPlan
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		var err error
		plan, err = planWork(b, q, coders)
		return err
	})
	if _, ok := r.faulty(err); ok {
		return s.showWork(r, q, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	if plan.seen() != r.PostForm("seen") {
		return s.showWork(r, q, http.StatusConflict, r.t("work.changed_meanwhile"))
	}
	if plan.double {
		var who []coding.PersonID
		for _, one := range plan.coders {
			who = append(who, one.ID)
		}
		_, err = s.Service.AssignDouble(r.ctx(), r.projectID(), r.person.ID, who, sets.IDs(plan.pool), q.Get("note"), plan.blind)
	} else {
		_, err = s.Service.Assign(r.ctx(), r.projectID(), r.person.ID, plan.shares(), q.Get("note"))
	}
	if wrong, ok := r.faulty(err); ok {
		return s.showWork(r, q, http.StatusUnprocessableEntity, wrong.texts...)
	}
	if err != nil {
		return err
	}
	if plan.double {
		return s.goToDone(r, r.path("/agreement#trials"))
	}
	return s.goToDone(r, r.path("/work"))
}

// moveWork gives what is left of an assignment to another (to=ID), or takes it back.
func (s *Server) moveWork(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	given, err := s.Service.Assignments(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	a := find(given, func(a coding.Assignment) bool { return int64(a.ID) == id })
	if a.ID == 0 {
		return coding.ErrNotFound
	}
	left := a.Answers // of which those go that the coder has not judged, or all when none of them exists any more
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		if set := b.Given(a.ID); !set.IsEmpty() {
			left = sets.IDs(roaring.And(set, b.StateBy(coding.StateOpen, a.Coder)))
		}
		return nil
	})
	if err != nil {
		return err
	}
	var step coding.StepID
	if r.PostForm("do") == "withdraw" {
		step, err = s.Service.Withdraw(r.ctx(), r.projectID(), r.person.ID, a.ID, left)
	} else {
		step, err = s.Service.Reassign(r.ctx(), r.projectID(), r.person.ID, a.ID, left, coding.PersonID(formInt(r, "to")))
	}
	if wrong, ok := r.faulty(err); ok {
		return s.showWork(r, url.Values{}, http.StatusUnprocessableEntity, wrong.texts...)
	}
	if err != nil {
		return err
	}
	if step == 0 {
		return r.goTo(r.path("/work"), "work.nothing_left")
	}
	return s.goToDone(r, r.path("/work"))
}
