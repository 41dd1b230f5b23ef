package ui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

// moreClasses is how many empty lines a derived variable offers for further classes.
const moreClasses = 2

func (s *Server) variablePage(r *request) error {
	v, err := s.variableOf(r)
	if err != nil {
		return err
	}
	return s.showVariable(r, v, faults{}, false)
}

func (s *Server) variableOf(r *request) (coding.Variable, error) {
	id, err := r.id("id")
	if err != nil {
		return coding.Variable{}, err
	}
	var v coding.Variable
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		all, err := rd.Variables(r.ctx(), r.projectID())
		v = find(all, func(x coding.Variable) bool { return int64(x.ID) == id })
		if err == nil && v.ID == 0 {
			err = coding.ErrNotFound
		}
		return err
	})
	return v, err
}

// showVariable shows a variable as v says; with preview nothing of it is saved yet.
func (s *Server) showVariable(r *request, v coding.Variable, wrong faults, preview bool) error {
	lang := coding.Lang(r.lang)
	page := view.VariablePage{Page: r.base("variables.edit", "settings"), ID: int64(v.ID), Key: v.Key, Derived: v.Derived(), Names: r.nameFields(v.Label),
		Fields: wrong.fields, Weight: v.Weight, Previews: preview}
	page.Errors, page.Title = wrong.texts, labelOr(v.Label.In(lang), v.Key)
	page.Numbers = len(v.Categories) > 0 && !slices.ContainsFunc(v.Categories, func(c coding.Category) bool { _, ok := c.Number(); return !ok })
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		page.Counted = []view.Option{{Label: r.t("variables.counts_respondents"), Selected: v.Counted == 0}}
		for _, x := range b.Variables() {
			if x.ID != v.ID {
				page.Counted = append(page.Counted, view.Option{Value: fmt.Sprint(x.ID), Label: labelOr(x.Label.In(lang), x.Key), Selected: x.ID == v.Counted})
			}
		}
		members := func(c coding.Category) *roaring.Bitmap { return b.Members(c.ID) }
		if v.Derived() {
			source := find(b.Variables(), func(x coding.Variable) bool { return x.ID == v.Recode.From })
			page.From = labelOr(source.Label.In(lang), source.Key)
			members = func(c coding.Category) *roaring.Bitmap {
				in := roaring.New()
				for _, one := range source.Categories {
					if c.Key != "" && v.Recode.ClassOf(one) == c.Key {
						in.Or(b.Members(one.ID))
					}
				}
				return in
			}
			r.sourceRows(&page, b, v, source)
		}
		page.Asked = r.asked(b.Rounds(), v.Label, func(x coding.Round) coding.Text { return x.Called(v.ID) })
		units := find(b.Variables(), func(x coding.Variable) bool { return x.ID == v.Counted })
		all := roaring.New()
		for _, c := range v.Categories {
			in := members(c)
			all.Or(in)
			page.Rows = append(page.Rows, r.classRow(b, v, c, in, units))
		}
		page.Without = int(b.Respondents().GetCardinality() - all.AndCardinality(b.Respondents()))
		return nil
	})
	if err != nil {
		return err
	}
	if v.Derived() {
		page.Rows = append(page.Rows, make([]view.ClassRow, moreClasses)...)
	}
	return s.render(r, wrong.status(), "variable", page)
}

// sourceRows lists the values of the source with the class of each.
func (r *request) sourceRows(page *view.VariablePage, b *sets.Board, v, source coding.Variable) {
	lang := coding.Lang(r.lang)
	options := func(chosen string) []view.Option {
		out := []view.Option{{Label: r.t("variables.by_rule"), Selected: chosen == ""}}
		for _, c := range v.Categories {
			out = append(out, view.Option{Value: c.Key, Label: labelOr(c.Label.In(lang), c.Key), Selected: c.Key == chosen})
		}
		return out
	}
	named := coding.Recode{Values: v.Recode.Values}
	for _, c := range source.Categories {
		class := find(v.Categories, func(x coding.Category) bool { return x.Key != "" && x.Key == v.Recode.ClassOf(c) })
		page.Values = append(page.Values, view.SourceRow{Field: fmt.Sprint("v.", c.ID), Label: labelOr(c.Label.In(lang), c.Key),
			N: int(b.Members(c.ID).GetCardinality()), Classes: options(named.ClassOf(c)), Class: class.Label.In(lang)})
	}
	page.Rest = options(v.Recode.Rest)
	page.Rest[0].Label = r.t("variables.no_class")
}

func (r *request) classRow(b *sets.Board, v coding.Variable, c coding.Category, in *roaring.Bitmap, units coding.Variable) view.ClassRow {
	row := view.ClassRow{ID: int64(c.ID), Key: c.Key, FI: c.Label.FI, SV: c.Label.SV, EN: c.Label.EN, N: int(in.GetCardinality())}
	if c.ID != 0 {
		row.Named = r.named(b.Rounds(), c)
	}
	if c.Population > 0 {
		row.Population = strconv.Itoa(c.Population)
		reached := row.N
		if units.ID != 0 {
			reached = 0
			for _, u := range units.Categories {
				if b.Members(u.ID).Intersects(in) {
					reached++
				}
			}
		}
		if row.N >= r.access.Project.Threshold || row.N == 0 {
			row.Reached = r.t("variables.reached", reached, c.Population)
		}
	} else if c.Population < 0 {
		row.Population = "0"
	}
	if v.Derived() {
		number := func(n *float64) string {
			if n == nil {
				return ""
			}
			return strconv.FormatFloat(*n, 'f', -1, 64)
		}
		for _, one := range v.Recode.Ranges {
			if one.Class == c.Key {
				row.Least, row.Below = number(one.Least), number(one.Below)
			}
		}
	}
	return row
}

// changeVariable saves the form, or shows what it would come to (do=preview), or deletes the variable (do=delete).
func (s *Server) changeVariable(r *request) error {
	v, err := s.variableOf(r)
	if err != nil {
		return err
	}
	if r.PostForm("do") == "delete" {
		_, err := s.Service.RemoveVariable(r.ctx(), r.projectID(), r.person.ID, v.ID)
		if wrong, ok := r.faulty(err); ok {
			return s.showVariable(r, v, wrong, false)
		}
		if err != nil {
			return err
		}
		return r.goTo(r.path("/settings/variables"), "variables.deleted", v.Label)
	}
	next, err := s.variableFrom(r, v)
	if wrong, ok := r.faulty(err); ok {
		return s.showVariable(r, v, wrong, false)
	}
	if err != nil {
		return err
	}
	if r.PostForm("do") == "preview" {
		return s.showVariable(r, next, faults{}, true)
	}
	_, err = s.Service.ChangeVariable(r.ctx(), r.projectID(), r.person.ID, next)
	if wrong, ok := r.faulty(err); ok {
		return s.showVariable(r, next, wrong, false)
	}
	if err != nil {
		return err
	}
	return r.goTo(r.variableHref(v.ID), "variables.saved")
}

// variableFrom is the variable as the form has it.
func (s *Server) variableFrom(r *request, v coding.Variable) (coding.Variable, error) {
	v.Label, v.Weight = r.nameFrom(), r.PostForm("weight") != ""
	counted, _ := strconv.ParseInt(r.PostForm("counted"), 10, 64)
	v.Counted = coding.VariableID(counted)
	keys := map[int64]string{}
	for _, c := range v.Categories {
		keys[int64(c.ID)] = c.Key
	}
	type placed struct {
		at int
		c  coding.Category
	}
	var list []placed
	var ranges []coding.Range
	taken := map[string]bool{}
	for _, k := range keys {
		taken[k] = true
	}
	for i := 0; i < coding.MaxClasses+moreClasses; i++ {
		field := func(name string) string { return strings.TrimSpace(r.PostForm(fmt.Sprint("c.", i, ".", name))) }
		if _, ok := r.GetPostForm(fmt.Sprint("c.", i, ".id")); !ok {
			break
		}
		id, _ := strconv.ParseInt(field("id"), 10, 64)
		c := coding.Category{ID: coding.CategoryID(id), Variable: v.ID, Key: keys[id], Label: coding.Text{FI: field("fi"), SV: field("sv"), EN: field("en")}.Trim()}
		if v.Derived() && (field("del") != "" || id == 0 && c.Label.IsZero()) {
			continue
		}
		if c.Key == "" { // now, so that the rules can name it
			base := themes.KeyFrom(c.Label.In(themes.EN))
			for n := 1; c.Key == "" || taken[c.Key]; n++ {
				if c.Key = base; n > 1 {
					c.Key = fmt.Sprint(base, "-", n)
				}
			}
			taken[c.Key] = true
		}
		if p := field("pop"); p != "" {
			n, ok := coding.ParseNumber(p)
			if c.Population = int(n); !ok || n < 1 || n != float64(int(n)) {
				c.Population = -1
			}
		}
		at, err := strconv.Atoi(field("ord"))
		if err != nil {
			at = i + 1
		}
		list = append(list, placed{at, c})
		one, err := rangeOf(c, field("least"), field("below"))
		if err != nil {
			return v, err
		}
		if one != nil {
			ranges = append(ranges, *one)
		}
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	v.Categories = nil
	for _, p := range list {
		v.Categories = append(v.Categories, p.c)
	}
	if !v.Derived() {
		return v, nil
	}
	return v, s.rulesFrom(r, &v, ranges)
}

func rangeOf(c coding.Category, least, below string) (*coding.Range, error) {
	if least == "" && below == "" {
		return nil, nil
	}
	out := coding.Range{Class: c.Key}
	for _, b := range []struct {
		text string
		to   **float64
	}{{least, &out.Least}, {below, &out.Below}} {
		if b.text == "" {
			continue
		}
		n, ok := coding.ParseNumber(b.text)
		if !ok {
			return nil, coding.Problem{Field: "range", Key: "variables.bound_bad", Args: []any{b.text}}
		}
		*b.to = &n
	}
	return &out, nil
}

// rulesFrom reads the classes of the source's values. Rules for values that the project does not have yet stay.
func (s *Server) rulesFrom(r *request, v *coding.Variable, ranges []coding.Range) error {
	rules := *v.Recode
	rules.Values, rules.Ranges, rules.Rest = maps.Clone(v.Recode.Values), ranges, r.PostForm("rest")
	if rules.Values == nil {
		rules.Values = map[string]string{}
	}
	has := func(key string) bool {
		return slices.ContainsFunc(v.Categories, func(c coding.Category) bool { return c.Key == key })
	}
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		all, err := rd.Variables(r.ctx(), r.projectID())
		source := find(all, func(x coding.Variable) bool { return x.ID == rules.From })
		for _, c := range source.Categories {
			class, ok := r.GetPostForm(fmt.Sprint("v.", c.ID))
			if !ok {
				continue
			}
			for _, name := range append(c.Label.All(), c.Key) {
				delete(rules.Values, coding.FoldValue(name))
			}
			if class != "" {
				rules.Values[coding.FoldValue(c.Key)] = class
			}
		}
		return err
	})
	maps.DeleteFunc(rules.Values, func(_, class string) bool { return !has(class) }) // its class was deleted
	if !has(rules.Rest) {
		rules.Rest = ""
	}
	v.Recode = &rules
	return err
}
