package ui

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

const (
	historyPage   = 50
	historyLook   = 60  // steps of at most this many changes say which answers they are about
	historyAnswer = 3   // so many of them by number
	stepMost      = 200 // changes listed on a step's own page
)

// shownOps are the operations in the order of the filter. Saved views are nobody else's business.
var shownOps = []coding.Op{coding.OpApply, coding.OpRemove, coding.OpMark, coding.OpUnmark, coding.OpRule, coding.OpMemo, coding.OpQuote,
	coding.OpUnquote, coding.OpTheme, coding.OpMerge, coding.OpSplit, coding.OpLanguage, coding.OpImport, coding.OpCodebook,
	coding.OpCodings, coding.OpAssign, coding.OpReassign, coding.OpWithdraw, coding.OpUnveil, coding.OpDecide, coding.OpUndecide, coding.OpProject, coding.OpVariable, coding.OpRecheck, coding.OpErase, coding.OpLook,
	coding.OpUndo, coding.OpRedo}

func (s *Server) routeHistory(g gin.IRouter) {
	g.GET("/p/:slug/history", s.project(coding.RoleAnalyst, s.history))
	g.GET("/p/:slug/history/export.csv", s.project(coding.RoleAnalyst, s.exportHistory))
	g.GET("/p/:slug/history/:id", s.project(coding.RoleAnalyst, s.historyStep))
	g.POST("/p/:slug/history/:id/revert", s.project(coding.RoleAnalyst, s.revert))
}

// historyFilter reads ?who=NAME&what=OP&day=2026-11-22&before=STEP.
func (r *request) historyFilter(people map[coding.PersonID]coding.Person) coding.StepFilter {
	f := coding.StepFilter{Ops: shownOps}
	if name := r.Query("who"); name != "" {
		f.Actor = -1
		for id, p := range people {
			if p.Name == name {
				f.Actor = id
			}
		}
	}
	if op := coding.Op(r.Query("what")); slices.Contains(shownOps, op) {
		f.Ops = []coding.Op{op}
	}
	if day, err := time.ParseInLocation(time.DateOnly, r.Query("day"), time.Local); err == nil {
		f.From, f.To = day, day.AddDate(0, 0, 1)
	}
	if before, err := strconv.ParseInt(r.Query("before"), 10, 64); err == nil && before > 0 {
		f.Before = coding.StepID(before)
	}
	return f
}

func (s *Server) history(r *request) error {
	people, err := s.names(r)
	if err != nil {
		return err
	}
	f := r.historyFilter(people)
	f.Limit = historyPage + 1
	steps, err := s.Service.History(r.ctx(), r.projectID(), r.person.ID, f)
	if err != nil {
		return err
	}
	query := url.Values{}
	for _, name := range []string{"who", "what", "day"} {
		if v := r.Query(name); v != "" {
			query.Set(name, v)
		}
	}
	page := view.HistoryPage{Page: r.base("history.title", "history"), Day: r.Query("day"), Filtered: len(query) > 0, Clear: r.path("/history")}
	page.Scripts = []string{"js/swap.js"}
	page.Exports = []view.ExportGroup{{Label: r.t("history.title"), Links: []view.ExportLink{{Href: r.path("/history/export.csv?" + query.Encode()), Format: "CSV"}}}}
	if f.Before != 0 {
		page.Newest = r.path("/history?" + query.Encode())
	}
	if len(steps) > historyPage {
		steps = steps[:historyPage]
		query.Set("before", strconv.FormatInt(int64(steps[len(steps)-1].ID), 10))
		page.Older = r.path("/history?" + query.Encode())
	}
	if page.People, err = s.historyPeople(r, people); err != nil {
		return err
	}
	page.Ops = append(page.Ops, view.Option{Label: r.t("history.any_op"), Selected: r.Query("what") == ""})
	for _, op := range shownOps {
		page.Ops = append(page.Ops, view.Option{Value: string(op), Label: r.t("op." + string(op)), Selected: r.Query("what") == string(op)})
	}
	teller, err := s.teller(r, people)
	if err != nil {
		return err
	}
	rows, err := teller.steps(steps)
	if err != nil {
		return err
	}
	for i, row := range rows {
		label := r.dayLabel(steps[i].At)
		if n := len(page.Days); n == 0 || page.Days[n-1].Label != label {
			page.Days = append(page.Days, view.HistoryDay{Label: label})
		}
		day := &page.Days[len(page.Days)-1]
		day.Steps = append(day.Steps, row)
	}
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	return s.render(r, http.StatusOK, "history", page)
}

// historyPeople is everybody, for the filter by person.
func (s *Server) historyPeople(r *request, people map[coding.PersonID]coding.Person) ([]view.Option, error) {
	out := []view.Option{{Label: r.t("history.anybody"), Selected: r.Query("who") == ""}}
	for _, p := range people {
		out = append(out, view.Option{Value: p.Name, Label: p.Shown(), Selected: r.Query("who") == p.Name})
	}
	by := collate.New(language.Make(r.lang))
	slices.SortFunc(out[1:], func(a, b view.Option) int { return by.CompareString(a.Label, b.Label) })
	return out, nil
}

// dayLabel is 'today', 'yesterday' or the date with its weekday.
func (r *request) dayLabel(t time.Time) string {
	switch day := i18n.Date(r.lang, t); day {
	case i18n.Date(r.lang, time.Now()):
		return r.t("history.today")
	case i18n.Date(r.lang, time.Now().AddDate(0, 0, -1)):
		return r.t("history.yesterday")
	default:
		return r.t("weekday."+strconv.Itoa(int(t.Local().Weekday()))) + " " + day
	}
}

// stepOf is the step that the path names.
func (s *Server) stepOf(r *request) (coding.Step, error) {
	id, err := r.id("id")
	if err != nil {
		return coding.Step{}, err
	}
	var st coding.Step
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		st, err = rd.Step(r.ctx(), r.projectID(), coding.StepID(id))
		return err
	})
	if err == nil && st.Op == coding.OpView && st.Actor != r.person.ID {
		return st, coding.ErrNotFound
	}
	return st, err
}

// historyStep shows everything that a step changed, and asks before it is reversed.
func (s *Server) historyStep(r *request) error {
	st, err := s.stepOf(r)
	if err != nil {
		return err
	}
	people, err := s.names(r)
	if err != nil {
		return err
	}
	teller, err := s.teller(r, people)
	if err != nil {
		return err
	}
	rows, err := teller.steps([]coding.Step{st})
	if err != nil {
		return err
	}
	page := view.StepPage{Page: r.base("history.step_title", "history"), Step: rows[0], Back: r.path("/history")}
	page.Step.Here = page.Here
	if teller.hidden(st) {
		page.Hidden = st.Changes
		return s.render(r, http.StatusOK, "step", page)
	}
	if page.Changes, err = teller.changes(st, stepMost); err != nil {
		return err
	}
	page.Hidden = max(st.Changes-len(page.Changes), 0)
	return s.render(r, http.StatusOK, "step", page)
}

// revert reverses a step, whoever made it; a conflict with a later change is explained and changes nothing.
func (s *Server) revert(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	st, err := s.Service.Revert(r.ctx(), r.projectID(), r.person.ID, coding.StepID(id))
	if err != nil {
		return err
	}
	key := "history.reverted"
	if st.Op == coding.OpUndo {
		key = "history.redone"
	}
	if r.fragment() {
		r.JSON(http.StatusOK, gin.H{"message": r.t(key, r.t("op."+string(st.Op)))})
		return nil
	}
	return r.back(r.path("/history"), key, r.t("op."+string(st.Op)))
}

// goToDone goes to a page that offers to undo what the person has just done.
func (s *Server) goToDone(r *request, to string) error {
	steps, err := s.Service.History(r.ctx(), r.projectID(), r.person.ID, coding.StepFilter{Actor: r.person.ID, Limit: 1})
	if err != nil {
		return err
	}
	if len(steps) == 1 {
		to = offering(to, steps[0].ID)
	}
	return r.goTo(to, "")
}

// offering is the address of a page that then offers to undo a step, as justDone says.
func offering(to string, step coding.StepID) string {
	u, err := url.Parse(to)
	if err != nil {
		return to
	}
	q := u.Query()
	q.Set("did", strconv.FormatInt(int64(step), 10))
	u.RawQuery = q.Encode()
	return u.String()
}

// justDone is the offer to undo the step that ?did names: the person's own, still standing, and not long ago.
func (s *Server) justDone(r *request) (*view.Undo, error) {
	id, err := strconv.ParseInt(r.Query("did"), 10, 64)
	if err != nil || id <= 0 || !r.access.Role.AtLeast(coding.RoleAnalyst) {
		return nil, nil
	}
	var st coding.Step
	var tree themes.Tree
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		if st, err = rd.Step(r.ctx(), r.projectID(), coding.StepID(id)); err != nil {
			return err
		}
		list, err := rd.Themes(r.ctx(), r.projectID())
		tree = themes.NewTree(list)
		return err
	})
	if err != nil || st.Actor != r.person.ID || st.UndoneBy != 0 || time.Since(st.At) > time.Hour {
		return nil, nil // an old link: there is nothing to offer
	}
	text := r.t("history.reverted_offer", r.t("op."+string(st.Op)))
	switch st.Op {
	case coding.OpUnquote:
		text = r.t("quotes.removed")
	case coding.OpMerge:
		text = r.t("themes.merged")
	case coding.OpSplit:
		text = r.t("themes.split_done", st.Changes)
	case coding.OpTheme:
		text = r.t("themes.deleted", st.Detail)
		if th, ok := tree.Find(st.Detail); ok {
			text = r.t("themes.changed", th.Label.In(r.labels()))
		}
	}
	next, _ := url.Parse(r.Request.URL.RequestURI())
	q := next.Query()
	q.Del("did")
	next.RawQuery = q.Encode()
	return &view.Undo{Step: int64(st.ID), Text: text, Next: next.String()}, nil
}

// exportHistory is the steps that the filter picks as CSV.
func (s *Server) exportHistory(r *request) error {
	people, err := s.names(r)
	if err != nil {
		return err
	}
	f := r.historyFilter(people)
	f.Before, f.Limit = 0, 500
	teller, err := s.teller(r, people)
	if err != nil {
		return err
	}
	doc := &exporter.Document{Lang: coding.Lang(r.lang), Title: r.t("history.title")}
	table := exporter.Table{Name: r.t("history.title")}
	for _, col := range []string{"id", "time", "user", "name", "op", "what", "detail", "changes", "undoes", "undone"} {
		table.Columns = append(table.Columns, exporter.Column{Title: r.t("history.col." + col), Width: 16})
	}
	table.Rows = func(yield func([]exporter.Cell, error) bool) {
		for {
			steps, err := s.Service.History(r.ctx(), r.projectID(), r.person.ID, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, st := range steps {
				if !yield(teller.cells(st), nil) {
					return
				}
			}
			if len(steps) < f.Limit {
				return
			}
			f.Before = steps[len(steps)-1].ID
		}
	}
	doc.Tables = []exporter.Table{table}
	return s.download(r, doc, r.fileName("history"), "csv")
}

// cells is a step as a row of a file.
func (t *teller) cells(st coding.Step) []exporter.Cell {
	row := t.step(st)
	detail := row.Detail
	if t.hidden(st) {
		row.Chip, detail = nil, t.r.t("blind.hidden")
	}
	if row.Chip != nil {
		detail = strings.TrimSpace(row.Chip.Label + " " + detail)
	}
	other := func(id coding.StepID) exporter.Cell {
		if id == 0 {
			return exporter.Cell{}
		}
		return exporter.Number(int(id))
	}
	return []exporter.Cell{exporter.Number(int(st.ID)), exporter.Moment(st.At), exporter.Text(t.people[st.Actor].Name), exporter.Text(row.Who.Name),
		exporter.Text(string(st.Op)), exporter.Text(row.What), exporter.Text(detail), exporter.Number(st.Changes), other(st.Undoes), other(st.UndoneBy)}
}
