package ui

import (
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

const lookupMax = 8 << 20 // bytes of a look-up table

func (s *Server) routeVariables(g gin.IRouter) {
	lead := func(h handler) gin.HandlerFunc { return s.project(coding.RoleLead, h) }
	g.GET("/p/:slug/settings/variables", lead(func(r *request) error { return s.showVariables(r, view.VariablesPage{}, faults{}) }))
	g.POST("/p/:slug/settings/variables", lead(s.addVariable))
	g.POST("/p/:slug/settings/variables/order", lead(s.orderVariables))
	g.POST("/p/:slug/settings/variables/lookup", lead(s.lookupVariables))
	for _, form := range []string{"order", "lookup"} {
		g.GET("/p/:slug/settings/variables/"+form, lead(func(r *request) error { return r.goTo(r.path("/settings/variables"), "") }))
	}
	g.GET("/p/:slug/settings/variables/v/:id", lead(s.variablePage))
	g.POST("/p/:slug/settings/variables/v/:id", lead(s.changeVariable))
}

func (r *request) variableHref(id coding.VariableID) string {
	return r.path("/settings/variables/v/" + strconv.FormatInt(int64(id), 10))
}

func (s *Server) showVariables(r *request, page view.VariablesPage, wrong faults) error {
	page.Page = r.base("variables.title", "settings")
	page.Fields, page.Errors = wrong.fields, wrong.texts
	lang := coding.Lang(r.lang)
	chosen := r.PostForm("from")
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		all := b.Variables()
		ids := make([]string, len(all))
		for i, v := range all {
			ids[i] = strconv.FormatInt(int64(v.ID), 10)
		}
		swapped := func(i, j int) string {
			if j < 0 || j >= len(ids) {
				return ""
			}
			next := slices.Clone(ids)
			next[i], next[j] = next[j], next[i]
			return strings.Join(next, " ")
		}
		for i, v := range all {
			line := view.VariableLine{ID: int64(v.ID), Key: v.Key, Label: labelOr(v.Label.In(lang), v.Key), Href: r.variableHref(v.ID), Weight: v.Weight,
				Categories: len(v.Categories), Up: swapped(i, i-1), Down: swapped(i, i+1)}
			in := roaring.New()
			for _, c := range v.Categories {
				in.Or(b.Members(c.ID))
			}
			line.Without = int(b.Respondents().GetCardinality() - in.AndCardinality(b.Respondents()))
			if v.Derived() {
				from := find(all, func(x coding.Variable) bool { return x.ID == v.Recode.From })
				line.From = labelOr(from.Label.In(lang), from.Key)
			}
			page.Variables = append(page.Variables, line)
			page.Sources = append(page.Sources, view.Option{Value: ids[i], Label: line.Label, Selected: ids[i] == chosen})
		}
		return nil
	})
	if err != nil {
		return err
	}
	status := wrong.status()
	if len(page.Problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.render(r, status, "variables", page)
}

func labelOr(label, key string) string {
	if label == "" {
		return key
	}
	return label
}

func (r *request) source() coding.VariableID {
	id, _ := strconv.ParseInt(r.PostForm("from"), 10, 64)
	return coding.VariableID(id)
}

// addVariable makes a derived variable with the classes that were named; what belongs to them is said on its own page.
func (s *Server) addVariable(r *request) error {
	lang := coding.Lang(r.lang)
	v := coding.Variable{Label: themes.Only(lang, r.PostForm("label")), Recode: &coding.Recode{From: r.source()}}
	for line := range strings.Lines(r.PostForm("classes")) {
		if name := strings.TrimSpace(line); name != "" {
			v.Categories = append(v.Categories, coding.Category{Label: themes.Only(lang, name)})
		}
	}
	made, err := s.Service.AddVariable(r.ctx(), r.projectID(), r.person.ID, v)
	if wrong, ok := r.faulty(err); ok {
		return s.showVariables(r, view.VariablesPage{Label: r.PostForm("label"), Classes: r.PostForm("classes")}, wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo(r.variableHref(made.ID), "variables.added")
}

func (s *Server) orderVariables(r *request) error {
	var ids []coding.VariableID
	for _, f := range strings.Fields(r.PostForm("ids")) {
		if id, err := strconv.ParseInt(f, 10, 64); err == nil {
			ids = append(ids, coding.VariableID(id))
		}
	}
	if _, err := s.Service.OrderVariables(r.ctx(), r.projectID(), r.person.ID, ids); err != nil {
		return err
	}
	return r.goTo(r.path("/settings/variables"), "")
}

// lookupVariables derives a variable from each column of a look-up table.
func (s *Server) lookupVariables(r *request) error {
	f, header, err := r.Request.FormFile("file")
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case err != nil:
		return s.showVariables(r, view.VariablesPage{}, faults{texts: []string{r.t("themes.import_no_file")}})
	}
	defer f.Close()
	tmp, err := os.CreateTemp("", "avokoodi-lookup-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = io.Copy(tmp, io.LimitReader(f, lookupMax+1))
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	list, problems, err := s.readLookup(r, tmp.Name(), header.Filename)
	if err != nil {
		return err
	}
	if problems.Refused() || len(list) == 0 {
		return s.showVariables(r, view.VariablesPage{Problems: r.problemRows(problems)}, faults{})
	}
	if _, err = s.Service.AddVariables(r.ctx(), r.projectID(), r.person.ID, list); err != nil {
		if wrong, ok := r.faulty(err); ok {
			return s.showVariables(r, view.VariablesPage{}, wrong)
		}
		return err
	}
	return r.goTo(r.path("/settings/variables"), "variables.looked_up", len(list), len(problems))
}

func (s *Server) readLookup(r *request, path, name string) ([]coding.Variable, importer.Problems, error) {
	sheet, err := s.Reader.Read(r.ctx(), path, name, importer.Options{MaxBytes: lookupMax})
	var one importer.Problem
	var many importer.Problems
	switch {
	case errors.As(err, &many):
		return nil, many, nil
	case errors.As(err, &one):
		return nil, importer.Problems{one}, nil
	case err != nil:
		return nil, nil, err
	}
	defer sheet.Close()
	var source coding.Variable
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		all, err := rd.Variables(r.ctx(), r.projectID())
		source = find(all, func(v coding.Variable) bool { return v.ID == r.source() })
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return importer.Lookup(sheet, source, coding.Lang(r.lang))
}
