package ui

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

func (s *Server) routeAnalysis(g gin.IRouter) {
	g.GET("/p/:slug/analysis", s.project(coding.RoleReader, s.analysis))
	g.GET("/p/:slug/analysis/chart.svg", s.project(coding.RoleReader, s.chartFile(chart.File, ".svg", "image/svg+xml; charset=utf-8")))
	g.GET("/p/:slug/analysis/chart.png", s.project(coding.RoleReader, s.chartFile(chart.PNG, ".png", "image/png")))
	g.POST("/p/:slug/analysis/below", s.project(coding.RoleLead, s.below))
	s.routeFindings(g)
	s.routeExport(g)
}

// asked is what the address of the analysis page asks for.
type asked struct {
	query   url.Values // as given, without what the project does not have
	ask     report.Request
	table   report.Table
	empty   *view.Empty
	problem string // what is wrong with the search
	// refused says why a reader is not given what was asked; the table then is not broken down.
	refused error
}

// tableAsked counts what the address asks: question, language, round, by, unit, net and order; for those who code, any other
// filter of the desk too. A reader gets the plain ones only, so that filters can't be played against each other.
func (s *Server) tableAsked(r *request) (asked, error) { return s.tableOf(r, r.Request.URL.Query()) }

// tableOf is the table that a query string of the analysis page asks for.
func (s *Server) tableOf(r *request, q url.Values) (asked, error) {
	detail := r.access.Role.AtLeast(coding.RoleAnalyst)
	out := asked{query: keptQuery(q, detail)}
	people, err := s.names(r)
	if err != nil {
		return out, err
	}
	var list []coding.Person
	for _, p := range people {
		list = append(list, p)
	}
	hits, err := s.searchOf(r, &out, list)
	if err != nil {
		return out, err
	}
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		ask := tableRequest(b, q, out.query, list, detail, hits)
		out.ask = ask
		var err error
		var one coding.Problem
		out.table, err = report.CountOn(b, ask)
		if !detail && errors.As(err, &one) && strings.HasPrefix(one.Key, "report.public_") {
			// The whole instead, and what to choose.
			out.empty = &view.Empty{Title: r.t("analysis.empty.public"), Say: r.t(one.Key)}
			out.refused, ask.By = one, ""
			out.table, err = report.CountOn(b, ask)
			return err
		}
		if err != nil {
			return err
		}
		out.setAside(b)
		out.empty = r.emptyTable(b, out)
		return nil
	})
	return out, err
}

// keptQuery is what shapes a table in the address of one, for those who may see detail or not.
func keptQuery(q url.Values, detail bool) url.Values {
	kept := url.Values{}
	keep(kept, q, "question", "language", "round", "by", "and", "unit", "net", "order", "tests")
	if detail {
		keep(kept, q, "q", "weight")
	}
	if by := kept.Get("by"); by == "" || by == kept.Get("and") {
		delete(kept, "and")
	}
	return kept
}

func keep(kept, q url.Values, names ...string) {
	for _, name := range names {
		if v := values(q, name); len(v) > 0 && v[0] != "*" {
			kept[name] = v
		}
	}
}

// tableRequest is what an address asks for; kept then has all of it that counts. hits are those of its search, nil for none.
func tableRequest(b *sets.Board, q, kept url.Values, people []coding.Person, detail bool, hits *searched) report.Request {
	if detail {
		keep(kept, q, answerFilters...)
		for _, v := range b.Variables() {
			keep(kept, q, filterParam(v.Key))
		}
	} else {
		delete(kept, "language")
		delete(kept, "unit")
		delete(kept, "and")
		kept["question"], kept["round"] = first(kept["question"]), first(kept["round"])
	}
	ask := report.Request{Project: b.Project().ID, Public: !detail, Filter: readFilter(b, withoutTable(kept), people), By: kept.Get("by"), Second: kept.Get("and"),
		Unit: report.Unit(oneOf(kept.Get("unit"), "", "answers", "codings")), Net: kept.Get("net") != "", Order: report.ByNumber, Weight: kept.Get("weight")}
	if hits != nil {
		ask.Filter.Within, ask.Search = hits.set, kept.Get("q")
	}
	if kept.Get("order") == "codebook" {
		ask.Order = report.ByCodebook
	}
	return ask
}

// setAside takes the parts of the filter out of the address that the table set aside, so that its links lead to what was
// counted.
func (a *asked) setAside(b *sets.Board) {
	for _, name := range a.table.Alike {
		if name == "search" {
			name = "q"
		}
		delete(a.query, name)
		for _, v := range b.Variables() {
			if name == fmt.Sprint("variable:", v.ID) {
				delete(a.query, filterParam(v.Key))
			}
		}
	}
}

// searchOf is the hits of the search that narrows a table; nil for none. What is wrong with the query finds nothing.
func (s *Server) searchOf(r *request, a *asked, people []coding.Person) (*searched, error) {
	text := strings.TrimSpace(a.query.Get("q"))
	if text == "" {
		return nil, nil
	}
	hits, err := s.search(r, text, "", people)
	if texts, _, ok := r.problems(err); ok {
		a.problem = texts[0]
		return &searched{set: roaring.New()}, nil
	}
	return hits, err
}

// first is the first of a list, as a list.
func first(list []string) []string { return list[:min(len(list), 1)] }

// withoutTable is the filter of the answers, without what shapes the table.
func withoutTable(q url.Values) url.Values {
	out := url.Values{}
	for name, v := range q {
		if !slices.Contains([]string{"by", "and", "unit", "net", "order", "tests", "weight", "from", "to", "paired", "measure"}, name) {
			out[name] = v
		}
	}
	return out
}

func (s *Server) analysis(r *request) error {
	a, err := s.tableAsked(r)
	if err != nil {
		return err
	}
	return s.showAnalysis(r, a, false)
}

// below shows a lead the table with the numbers that are hidden from everybody else, after it was noted in the history.
func (s *Server) below(r *request) error {
	q, err := url.ParseQuery(r.PostForm("query"))
	if err != nil {
		return coding.ErrNotFound
	}
	a, err := s.tableOf(r, q)
	if err != nil {
		return err
	}
	if _, err := s.Service.Look(r.ctx(), r.projectID(), r.person.ID, a.query.Encode()); err != nil {
		return err
	}
	a.ask.Threshold = 1
	if a.table, err = report.New(s.Boards).Count(r.ctx(), a.ask); err != nil {
		return err
	}
	if a.empty != nil && a.table.Base.N > 0 {
		a.empty = nil
	}
	return s.showAnalysis(r, a, true)
}

func (s *Server) showAnalysis(r *request, a asked, below bool) error {
	page := view.AnalysisPage{Page: r.base("analysis.title", "analysis"), Net: a.table.Net, Detail: r.access.Role.AtLeast(coding.RoleAnalyst),
		Empty: a.empty, Tabs: r.findingTabs("", a.query), Search: a.query.Get("q"), Below: below, CanBelow: r.access.Role.AtLeast(coding.RoleLead) && !below}
	page.Title = r.t("analysis.title_" + string(a.table.Unit))
	page.Scripts = []string{"js/swap.js"}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		r.controls(b, a, &page)
		return nil
	})
	if err != nil {
		return err
	}
	page.Exports = r.exports(a.query, "counts", "matrix", "codings", "answers", "quotes", "codebook")
	page.Sub = r.scopeText(a.table)
	page.PackQuery = a.query.Encode()
	if page.Reports, err = s.addable(r); err != nil {
		return err
	}
	if page.Empty == nil {
		page.Table = r.countTable(a)
		page.Say = r.sentences(a.table)
		if w := a.table.Weighted; w != nil {
			page.Weight = r.t("numbers.weight_text", textOr(w.Variable.Label, r.labels(), w.Variable.Key))
			if w.Without.Suppressed != report.Shown || w.Without.N > 0 {
				page.Weight += " " + r.t("numbers.weight_without", r.cellText(w.Without, a.table.Threshold))
			}
		}
		if page.AsChart = r.Query("view") == "chart"; page.AsChart {
			form := r.formAsked(a.table)
			svg, err := r.chart(a, form)
			if err != nil {
				return err
			}
			page.Chart = template.HTML(svg) //nolint:gosec // drawn by us; labels are escaped there
			page.TooMany = len(page.Table.Columns) > heatGroups
			page.Charts = r.chartChoices(a, form)
			file := with(a.query, "chart", string(form)).Encode()
			page.PackQuery = file
			page.ChartSVG, page.ChartPNG = r.path("/analysis/chart.svg?"+file), r.path("/analysis/chart.png?"+file)
		}
		page.TableHref, page.ChartView = r.path("/analysis?"+a.query.Encode()), r.path("/analysis?"+with(a.query, "view", "chart").Encode())
		page.Unit = string(a.table.Unit)
	}
	return s.render(r, http.StatusOK, "analysis", page)
}

// controls fills in the choices of the page.
func (r *request) controls(b *sets.Board, a asked, page *view.AnalysisPage) {
	lang := coding.Lang(r.lang)
	choose := func(name, value, label string) view.Option {
		return view.Option{Value: value, Label: label, Selected: a.query.Get(name) == value}
	}
	page.Aside = len(a.table.Alike) > 0
	page.Questions = []view.Option{choose("question", "", r.t("analysis.all_questions"))}
	for _, q := range b.Questions() {
		page.Questions = append(page.Questions, choose("question", q.Key, q.Name(lang)))
	}
	page.Languages = []view.Option{choose("language", "", r.t("analysis.all_languages"))}
	for _, l := range b.Languages() {
		if !page.Detail {
			break // groups of readers' tables are not narrowed by language
		}
		page.Languages = append(page.Languages, choose("language", orNone(string(l)), r.columnName(report.Category{Key: string(l)}, report.ByLanguage)))
	}
	page.Rounds = []view.Option{choose("round", "", r.t("analysis.all_rounds"))}
	for _, one := range b.Rounds() {
		page.Rounds = append(page.Rounds, choose("round", one.Key, textOr(one.Label, lang, one.Key)))
	}
	plain := view.OptionGroup{Options: []view.Option{choose("by", "", r.t("analysis.by_nothing"))}}
	for _, kind := range []struct {
		key string
		n   int
	}{{"question", len(b.Questions())}, {"language", len(b.Languages())}, {"round", len(b.Rounds())}} {
		if kind.n > 1 {
			plain.Options = append(plain.Options, choose("by", kind.key, r.t("analysis.by_"+kind.key)))
		}
	}
	page.Bys = []view.OptionGroup{plain}
	variables := view.OptionGroup{Label: r.t("analysis.variables")}
	for _, v := range b.Variables() {
		key := v.Key
		if slices.Contains([]string{"question", "language", "round"}, key) {
			key = "variable:" + key
		}
		variables.Options = append(variables.Options, choose("by", key, textOr(v.Label, lang, v.Key)))
	}
	if len(variables.Options) > 0 {
		page.Bys = append(page.Bys, variables)
	}
	if page.Detail && a.query.Get("by") != "" && len(b.Variables()) > 0 {
		page.Ands = []view.OptionGroup{{Options: []view.Option{choose("and", "", r.t("analysis.and_nothing"))}}, {Label: variables.Label}}
		for _, o := range variables.Options {
			if o.Value != a.query.Get("by") {
				o.Selected = o.Value == a.query.Get("and")
				page.Ands[1].Options = append(page.Ands[1].Options, o)
			}
		}
	}
	for _, v := range b.Variables() {
		if v.Weight && page.Detail && a.table.Unit == report.Respondents {
			page.Weights = append(page.Weights, choose("weight", v.Key, textOr(v.Label, lang, v.Key)))
		}
	}
	if len(page.Weights) > 0 {
		page.Weights = append([]view.Option{choose("weight", "", r.t("numbers.weight_none"))}, page.Weights...)
	}
	page.CanTest, page.Tests = a.table.Comparable(), a.query.Get("tests") != ""
	for _, u := range []report.Unit{report.Respondents, report.Answers, report.Codings} {
		if u == report.Respondents || page.Detail {
			value := string(u)
			if u == report.Respondents {
				value = ""
			}
			page.Units = append(page.Units, view.Option{Value: value, Label: r.t("analysis.unit_" + string(u)), Selected: a.table.Unit == u})
		}
	}
	page.Orders = []view.Option{{Value: "", Label: r.t("analysis.order_n"), Selected: a.query.Get("order") == ""},
		{Value: "codebook", Label: r.t("analysis.order_codebook"), Selected: a.query.Get("order") == "codebook"}}
	for _, th := range b.Tree().All() {
		page.HasNet = page.HasNet || th.Parent != 0
	}
	page.Extra = r.extraFilters(b, a)
}

// with is q with one value set.
func with(q url.Values, name, value string) url.Values {
	out := maps.Clone(q)
	out[name] = []string{value}
	return out
}

// extraFilters lists the parts of the filter that no control shows, each with a way out.
func (r *request) extraFilters(b *sets.Board, a asked) []view.ExtraFilter {
	var out []view.ExtraFilter
	lang := coding.Lang(r.lang)
	add := func(name, value, label string) {
		rest := url.Values{}
		for n, vs := range a.query {
			for _, v := range vs {
				if n != name || v != value {
					rest.Add(n, v)
				}
			}
		}
		out = append(out, view.ExtraFilter{Name: name, Value: value, Label: label, Without: r.path("/analysis?" + rest.Encode())})
	}
	for _, words := range a.query["q"] {
		add("q", words, r.t("numbers.search")+": "+words)
	}
	for _, v := range b.Variables() {
		name := filterParam(v.Key)
		for _, key := range a.query[name] {
			label := r.t("analysis.no_category")
			for _, c := range v.Categories {
				if c.Key == key {
					label = textOr(c.Label, lang, c.Key)
				}
			}
			add(name, key, textOr(v.Label, lang, v.Key)+": "+label)
		}
	}
	for _, name := range []string{"theme", "without"} {
		for _, key := range a.query[name] {
			if th, ok := b.Tree().Find(key); ok {
				add(name, key, r.t("analysis.filter_"+name, th.Label.In(r.labels())))
			}
		}
	}
	for _, key := range a.query["state"] {
		add("state", key, r.t("state."+oneOf(key, "open", "coded", "none", "unusable")))
	}
	for _, name := range []string{"coder", "memo", "quote", "mixed", "unsure"} {
		for _, v := range a.query[name] {
			add(name, v, r.t("analysis.filter_"+name, v))
		}
	}
	return out
}

func textOr(t coding.Text, l coding.Lang, key string) string {
	if s := t.In(l); s != "" {
		return s
	}
	return key
}

// emptyTable says why there is nothing to count; nil when there is.
func (r *request) emptyTable(b *sets.Board, a asked) *view.Empty {
	t := a.table
	codes := r.access.Role.AtLeast(coding.RoleAnalyst)
	say := func(key, href, do string) *view.Empty {
		e := &view.Empty{Title: r.t("analysis.empty." + key), Say: r.t("analysis.empty." + key + "_say")}
		if do != "" {
			e.Href, e.Do = href, r.t(do)
		}
		return e
	}
	if a.problem != "" {
		return &view.Empty{Title: r.t("numbers.search_wrong"), Say: a.problem, Href: r.path("/analysis"), Do: r.t("numbers.search_off")}
	}
	switch {
	case b.All().IsEmpty() && r.access.Role.AtLeast(coding.RoleLead):
		return say("answers", r.path("/import"), "analysis.empty.import")
	case b.All().IsEmpty():
		return say("answers", "", "")
	case inUse(b.Tree()) == 0 && codes:
		return say("themes", r.path("/themes?new=1"), "analysis.empty.new_theme")
	case inUse(b.Tree()) == 0:
		return say("themes", "", "")
	case b.Codings() == 0 && codes:
		return say("codings", r.path("/code"), "analysis.empty.code")
	case b.Codings() == 0:
		return say("codings", "", "")
	case t.Base.Suppressed == report.Shown && t.Base.N == 0:
		return say("nobody", r.path("/analysis"), "analysis.empty.clear")
	case t.By != nil && len(t.By.Categories) > widestTable:
		e := say("wide", r.path("/analysis"), "analysis.empty.clear")
		e.Say = r.t("analysis.empty.wide_say", len(t.By.Categories), widestTable)
		return e
	case t.Base.Suppressed != report.Shown:
		e := say("hidden", r.path("/analysis"), "analysis.empty.clear")
		e.Say = r.t("analysis.empty.hidden_say", t.Threshold)
		return e
	}
	return nil
}

// widestTable is the number of columns above which a page shows none; files have them all.
const widestTable = 120

func inUse(tree themes.Tree) int {
	n := 0
	for _, th := range tree.All() {
		if !th.Retired {
			n++
		}
	}
	return n
}
