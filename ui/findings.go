package ui

import (
	"bytes"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

// findings are the pages of numbers beside the tables of themes, in order, with the documents that they show.
var findings = []findingKind{{"together", exporter.KindPairs}, {"rounds", exporter.KindRounds}, {"coverage", exporter.KindCoverage}, {"saturation", exporter.KindSaturation}, {"coders", exporter.KindCoders}}

type findingKind struct {
	path string
	kind exporter.Kind
}

func (s *Server) routeFindings(g gin.IRouter) {
	for _, f := range findings {
		at := "/p/:slug/analysis/" + f.path
		show := func(do func(*request, finding) error) func(*request) error {
			return func(r *request) error {
				found, err := s.find(r, f.kind)
				if err != nil {
					return err
				}
				return do(r, found)
			}
		}
		g.GET(at, s.project(f.kind.Least(), show(s.findingPage)))
		g.GET(at+"/chart.svg", s.project(f.kind.Least(), show(findingFile(chart.File, ".svg", "image/svg+xml; charset=utf-8"))))
		g.GET(at+"/chart.png", s.project(f.kind.Least(), show(findingFile(chart.PNG, ".png", "image/png"))))
	}
}

// findingTabs are the pages of numbers that the person may see; those that stay with the same filter.
func (r *request) findingTabs(path string, q url.Values) []view.Option {
	rest := url.Values{}
	for name, v := range withoutTable(q) {
		rest[name] = v
	}
	query := ""
	if len(rest) > 0 {
		query = "?" + rest.Encode()
	}
	out := []view.Option{{Value: r.path("/analysis" + query), Label: r.t("numbers.tab_counts"), Selected: path == ""}}
	for _, f := range findings {
		if r.access.Role.AtLeast(f.kind.Least()) {
			out = append(out, view.Option{Value: r.path("/analysis/" + f.path + query), Label: r.t("numbers.tab_" + f.path), Selected: path == f.path})
		}
	}
	if r.access.Role.AtLeast(exporter.KindAgreement.Least()) {
		out = append(out, view.Option{Value: r.path("/agreement"), Label: r.t("numbers.tab_agreement"), Selected: path == "agreement"})
	}
	return out
}

// finding is one of the pages with its numbers.
type finding struct {
	asked
	kind    exporter.Kind
	path    string
	doc     *exporter.Document
	say     []string
	caution string
	empty   *view.Empty
	drawing chart.Drawing
	href    func(row, column int) string // of the first table's cells
	more    string
	paired  bool
	compare [2]string
	by      []view.Option
}

// findingQuery is the address of a page of numbers without what only tables of themes have.
func findingQuery(kind exporter.Kind, q url.Values) url.Values {
	for _, name := range []string{"and", "unit", "net", "tests", "weight"} {
		q.Del(name)
	}
	switch kind {
	case exporter.KindRounds:
		q.Set("by", "round")
		q.Del("round")
	case exporter.KindCoverage:
	default:
		q.Del("by")
	}
	return q
}

// find counts what a page shows.
func (s *Server) find(r *request, kind exporter.Kind) (finding, error) {
	q := findingQuery(kind, r.Request.URL.Query())
	f := finding{kind: kind, compare: [2]string{q.Get("from"), q.Get("to")}, paired: q.Get("paired") != "" && r.access.Role.AtLeast(coding.RoleAnalyst)}
	for _, one := range findings {
		if one.kind == kind {
			f.path = one.path
		}
	}
	switch kind {
	case exporter.KindCoverage:
		f.by = s.coverable(r, &q)
	case exporter.KindPairs:
		if !r.access.Role.AtLeast(coding.RoleAnalyst) {
			q.Del("question")
			q.Del("round")
		}
	}
	var err error
	if f.asked, err = s.tableOf(r, q); err != nil {
		return f, err
	}
	f.empty = f.asked.empty
	f.href = func(int, int) string { return "" }
	if kind == exporter.KindSaturation || kind == exporter.KindCoders || f.empty != nil && f.table.By != nil {
		if f.table.Base.Suppressed != report.Shown {
			f.empty = nil // these hide nothing
		}
	}
	if f.empty != nil {
		return f, nil
	}
	o := r.exportOptions()
	o.Lang = r.labels()
	switch kind {
	case exporter.KindPairs:
		err = s.findPairs(r, &f, o)
	case exporter.KindRounds:
		err = s.findRounds(r, &f, o)
	case exporter.KindCoverage:
		err = s.findCoverage(r, &f, o)
	case exporter.KindSaturation:
		err = s.findSaturation(r, &f, o)
	default:
		err = s.findCoders(r, &f, o)
	}
	return f, err
}

// findingFile sends the chart as a file.
func findingFile(write func(io.Writer, chart.Drawing) error, ending, kind string) func(*request, finding) error {
	return func(r *request, f finding) error {
		if f.drawing == nil {
			return coding.ErrNotFound
		}
		var b bytes.Buffer
		if err := write(&b, f.drawing); err != nil {
			return err
		}
		r.Header("Content-Disposition", attachment(r.fileName(string(f.kind))+ending))
		r.Data(http.StatusOK, kind, b.Bytes())
		return nil
	}
}

func (s *Server) findingPage(r *request, f finding) error {
	page := view.FindingPage{Page: r.base("analysis.title", "analysis"), Kind: string(f.kind), Action: r.path("/analysis/" + f.path), Tabs: r.findingTabs(f.path, f.query),
		Search: f.query.Get("q"), CanSearch: r.access.Role.AtLeast(coding.RoleAnalyst), Say: f.say, Caution: f.caution, Empty: f.empty, Variables: f.by, Paired: f.paired, CanAdd: r.access.Role.AtLeast(coding.RoleAnalyst)}
	page.Title, page.Scripts = r.t("numbers.title_"+string(f.kind)), []string{"js/swap.js"}
	controls := view.AnalysisPage{Detail: page.CanSearch}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		r.controls(b, f.asked, &controls)
		for i, one := range b.Rounds() {
			last := i == len(b.Rounds())-1
			o := view.Option{Value: one.Key, Label: textOr(one.Label, r.labels(), one.Key)}
			o.Selected = one.Key == f.compare[0] || f.compare[0] == "" && i == 0
			page.From = append(page.From, o)
			o.Selected = one.Key == f.compare[1] || f.compare[1] == "" && last
			page.To = append(page.To, o)
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.Extra, page.Aside, page.Languages = controls.Extra, controls.Aside, controls.Languages
	if page.CanSearch || f.kind == exporter.KindRounds {
		page.Questions = controls.Questions
	}
	page.CanPair = page.CanSearch
	if page.CanSearch && f.kind != exporter.KindRounds {
		page.Rounds = controls.Rounds
	}
	page.Sub = r.scopeText(f.table)
	if f.kind == exporter.KindPairs {
		for _, m := range []string{"", "lift"} {
			label := r.t("numbers.measure_n")
			if m != "" {
				label = r.t("numbers.lift")
			}
			page.Measures = append(page.Measures, view.Option{Value: r.path("/analysis/together?" + with(f.query, "measure", m).Encode()), Label: label, Selected: r.Query("measure") == m})
		}
	}
	if f.kind == exporter.KindCoders {
		page.Links = []view.Option{{Value: r.path("/work"), Label: r.t("numbers.to_work")}}
	}
	if f.doc != nil && f.empty == nil {
		if page.Table, err = r.findingTable(f); err != nil {
			return err
		}
		for _, n := range f.doc.Notes {
			page.Notes = append(page.Notes, view.FindingNote{Label: n.Label, Text: n.Text})
		}
		page.Exports = r.exports(f.files(), f.kind)
		if page.Reports, err = s.addable(r); err != nil {
			return err
		}
		pack := f.files()
		if m := r.Query("measure"); m != "" {
			pack.Set("measure", m)
		}
		page.PackQuery = pack.Encode()
		if f.drawing != nil {
			var b strings.Builder
			if err := chart.SVG(&b, f.drawing); err != nil {
				return err
			}
			page.Chart = template.HTML(b.String()) //nolint:gosec // drawn by us; labels are escaped there
			query := f.files()
			if m := r.Query("measure"); m != "" {
				query.Set("measure", m)
			}
			page.ChartSVG, page.ChartPNG = page.Action+"/chart.svg?"+query.Encode(), page.Action+"/chart.png?"+query.Encode()
		}
	}
	return s.render(r, http.StatusOK, "finding", page)
}

// files is the query that makes the same document again.
func (f finding) files() url.Values {
	q := url.Values{}
	for name, v := range f.query {
		q[name] = v
	}
	for i, name := range []string{"from", "to"} {
		if f.kind == exporter.KindRounds && f.compare[i] != "" {
			q.Set(name, f.compare[i])
		}
	}
	if f.paired {
		q.Set("paired", "1")
	}
	return q
}
