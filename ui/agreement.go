package ui

import (
	"bytes"
	"html/template"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) routeAgreement(g gin.IRouter) {
	g.GET("/p/:slug/agreement", s.project(coding.RoleAnalyst, s.agreementPage))
	g.GET("/p/:slug/agreement/chart.svg", s.project(coding.RoleAnalyst, s.agreementChart(chart.File, ".svg", "image/svg+xml; charset=utf-8")))
	g.GET("/p/:slug/agreement/chart.png", s.project(coding.RoleAnalyst, s.agreementChart(chart.PNG, ".png", "image/png")))
	g.GET("/p/:slug/agreement/answers", s.project(coding.RoleAnalyst, s.disputePage))
	g.POST("/p/:slug/agreement/decide", s.project(coding.RoleAnalyst, s.postDecide))
	g.POST("/p/:slug/agreement/note", s.project(coding.RoleAnalyst, s.postThemeNote))
	g.POST("/p/:slug/agreement/unveil", s.project(coding.RoleLead, s.postUnveil))
}

// comparing is what a page of agreement is about.
type comparing struct {
	ask    report.Compare
	query  url.Values // that makes the same comparison again
	people map[coding.PersonID]coding.Person
	all    []coding.PersonID // who has judged anything here
	many   struct{ questions, rounds, languages bool }
}

// comparisonAsked reads question, round, language and coder (several) from the address.
func (s *Server) comparisonAsked(r *request) (comparing, error) {
	c := comparing{query: url.Values{}}
	for _, name := range []string{"question", "round", "language", "coder"} {
		for _, v := range values(r.Request.URL.Query(), name) {
			if name == "coder" { // a pair of the list comes as one value
				c.query[name] = append(c.query[name], strings.Split(v, ",")...)
			} else {
				c.query[name] = append(c.query[name], v)
			}
		}
	}
	var err error
	if c.people, err = s.names(r); err != nil {
		return c, err
	}
	var list []coding.Person
	for _, p := range c.people {
		list = append(list, p)
	}
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		f := readFilter(b, url.Values{"question": c.query["question"], "round": c.query["round"], "language": c.query["language"], "coder": c.query["coder"]}, list)
		c.ask = report.Compare{Request: report.Request{Project: r.projectID()}, Coders: f.Coders, Veiled: r.person.ID}
		f.Coders = nil
		c.ask.Filter = f
		c.all = b.Coders()
		return nil
	})
	return c, err
}

// href is a page of agreement with the comparison's query and more; values that are "" are left out.
func (c comparing) href(r *request, below string, more ...string) string {
	q := url.Values{}
	for k, v := range c.query {
		q[k] = v
	}
	for i := 0; i+1 < len(more); i += 2 {
		if q.Del(more[i]); more[i+1] != "" {
			q.Set(more[i], more[i+1])
		}
	}
	if len(q) == 0 {
		return r.path("/agreement" + below)
	}
	return r.path("/agreement" + below + "?" + q.Encode())
}

// subs are the pages of agreement.
func (c comparing) subs(r *request, at string, open int) []view.Option {
	out := []view.Option{{Value: c.href(r, ""), Label: r.t("compare.numbers"), Selected: at == ""}, {Value: c.href(r, "/answers"), Label: r.t("compare.queue"), Selected: at == "answers"}}
	if open > 0 {
		out[1].Count = i18n.Int(r.lang, int64(open))
	}
	return out
}

// coderChoices are everybody together and every pair.
func (c comparing) coderChoices(r *request) []view.Option {
	if len(c.all) < 3 {
		return nil
	}
	chosen := values(c.query, "coder")
	out := []view.Option{{Label: r.t("compare.everybody", len(c.all)), Selected: len(chosen) == 0}}
	for i, a := range c.all {
		for _, b := range c.all[i+1:] {
			one, two := c.people[a], c.people[b]
			out = append(out, view.Option{Value: one.Name + "," + two.Name, Label: one.Shown() + " – " + two.Shown(),
				Selected: len(chosen) == 2 && slices.Contains(chosen, one.Name) && slices.Contains(chosen, two.Name)})
		}
	}
	return out
}

// scopeChoices are the choices of question, language and round.
func (s *Server) scopeChoices(r *request, c comparing, page *view.AgreementPage) error {
	return s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		lang := coding.Lang(r.lang)
		add := func(to *[]view.Option, name, all string, n int, option func(i int) (value, label string)) {
			if n < 2 {
				return
			}
			*to = append(*to, view.Option{Label: all, Selected: len(c.query[name]) == 0})
			for i := range n {
				value, label := option(i)
				*to = append(*to, view.Option{Value: value, Label: label, Selected: slices.Contains(c.query[name], value)})
			}
		}
		questions, rounds, langs := b.Questions(), b.Rounds(), b.Languages()
		add(&page.Questions, "question", r.t("analysis.all_questions"), len(questions), func(i int) (string, string) { return questions[i].Key, questions[i].Name(lang) })
		add(&page.Rounds, "round", r.t("analysis.all_rounds"), len(rounds), func(i int) (string, string) { return rounds[i].Key, textOr(rounds[i].Label, lang, rounds[i].Key) })
		add(&page.Languages, "language", r.t("analysis.all_languages"), len(langs), func(i int) (string, string) { return langParam(langs[i]), r.langName(langs[i]) })
		return nil
	})
}

// coefficient is the one that the picture and the sentences speak of, by its place in exporter.Coefficients.
func (r *request) coefficient() int {
	if i := slices.Index(exporter.Coefficients[:], r.Query("measure")); i >= 0 {
		return i
	}
	return 2 // Krippendorff's alpha
}

func (s *Server) agreementPage(r *request) error {
	asked, err := s.comparisonAsked(r)
	if err != nil {
		return err
	}
	c, err := report.New(s.Boards).Compare(r.ctx(), asked.ask)
	if err != nil {
		return err
	}
	page := view.AgreementPage{Page: r.base("compare.title", "analysis"), Tabs: r.findingTabs("agreement", url.Values{}),
		Subs: asked.subs(r, "", c.Differ-c.Decided), Coders: asked.coderChoices(r)}
	page.Scripts = []string{"js/swap.js", "js/agreement.js"}
	if err := s.scopeChoices(r, asked, &page); err != nil {
		return err
	}
	if page.Trials, err = s.trials(r, asked.people); err != nil {
		return err
	}
	if r.access.Role.AtLeast(coding.RoleLead) {
		page.Setup = r.path("/work?double=1#split")
	}
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	page.Sub = r.t("compare.base", c.All.Paired, c.Answers)
	if c.Veiled > 0 {
		page.Caution = r.t("compare.veiled_n", c.Veiled)
	}
	if c.All.Paired == 0 {
		page.Empty = r.nothingCompared(asked, c, page)
		return s.render(r, http.StatusOK, "agreement", page)
	}
	r.fillAgreement(asked, c, &page)
	return s.render(r, http.StatusOK, "agreement", page)
}

// nothingCompared says why there is nothing to compare, and what to do.
func (r *request) nothingCompared(asked comparing, c report.Comparison, page view.AgreementPage) *view.Empty {
	out := &view.Empty{Title: r.t("compare.empty_twice"), Say: r.t("compare.empty_twice_say")}
	switch {
	case c.Veiled > 0:
		out.Title, out.Say = r.t("compare.empty_blind"), r.t("compare.empty_blind_say")
	case len(asked.query) > 0 && len(asked.all) > 1:
		out.Title, out.Say = r.t("compare.empty_scope"), r.t("compare.empty_scope_say")
		out.Do, out.Href = r.t("compare.show_all"), r.path("/agreement")
		return out
	case len(asked.all) == 0:
		out.Title, out.Say = r.t("compare.empty_none"), r.t("compare.empty_none_say")
	case len(asked.all) == 1:
		out.Title, out.Say = r.t("compare.empty_one"), r.t("compare.empty_one_say", asked.people[asked.all[0]].Shown())
	}
	if page.Setup != "" && c.Veiled == 0 {
		out.Do, out.Href = r.t("compare.set_up"), page.Setup
	}
	return out
}

// fillAgreement fills in everything that needs answers to compare.
func (r *request) fillAgreement(asked comparing, c report.Comparison, page *view.AgreementPage) {
	o := r.exportOptions()
	o.Lang, o.In = r.labels(), r.inLang
	page.Say = r.agreementSay(asked, c)
	measure := r.coefficient()
	for i, name := range exporter.Coefficients {
		page.Measures = append(page.Measures, view.Option{Value: asked.href(r, "", "measure", name, "order", r.Query("order")), Label: r.t("agreement." + name), Selected: i == measure})
	}
	for _, order := range []string{"", "differ", "codebook"} {
		page.Orders = append(page.Orders, view.Option{Value: order, Label: r.t("compare.order_" + order), Selected: r.Query("order") == order})
	}
	if m := r.Query("measure"); m != "" {
		page.Hidden = append(page.Hidden, view.Option{Label: "measure", Value: m})
	}
	if list := values(asked.query, "coder"); len(asked.all) < 3 || len(list) > 2 || len(list) == 1 { // the list of pairs does not have it
		for _, name := range list {
			page.Hidden = append(page.Hidden, view.Option{Label: "coder", Value: name})
		}
	}
	if len(c.Coders) == 2 {
		page.Heads = [2]string{asked.people[c.Coders[0]].Shown(), asked.people[c.Coders[1]].Shown()}
	}
	page.Totals = r.agreementTotals(asked, c)
	for _, i := range r.themeOrder(c) {
		page.Themes = append(page.Themes, r.agreementRow(asked, c, i))
	}
	for _, p := range c.Pairs {
		a, b := asked.people[p.A], asked.people[p.B]
		row := view.AgreementPair{Label: a.Shown() + " – " + b.Shown(), N: p.Paired, Href: asked.href(r, "", "coder", a.Name+","+b.Name)}
		list := exporter.CoefficientsOf(p.Result)
		for i, e := range append(list[:], p.AlphaMASI) {
			row.Estimate[i] = r.estimate(e, i == 0)
		}
		page.Pairs = append(page.Pairs, row)
	}
	page.Confused, page.MoreConf = r.confusedRows(asked, c)
	for _, l := range []string{"fi", "sv", "en"} {
		page.Methods = append(page.Methods, view.MethodsText{Lang: l, Name: r.t("lang.name." + l), Text: exporter.MethodsText(c, coding.Lang(l), r.inLang(coding.Lang(l)))})
	}
	o.Lang = coding.Lang(r.lang)
	for _, n := range exporter.AgreementNotes(c, asked.people, o) {
		page.Notes = append(page.Notes, view.FindingNote{Label: n.Label, Text: n.Text})
	}
	page.Exports = r.exports(asked.query, exporter.KindAgreement)
	var b strings.Builder
	if err := chart.SVG(&b, r.agreementDots(asked, c, true)); err == nil {
		page.Chart = template.HTML(b.String()) //nolint:gosec // drawn by us; labels are escaped there
	}
	page.ChartSVG = asked.href(r, "/chart.svg", "measure", exporter.Coefficients[measure], "order", r.Query("order"))
	page.ChartPNG = asked.href(r, "/chart.png", "measure", exporter.Coefficients[measure], "order", r.Query("order"))
}

func (r *request) inLang(l coding.Lang) exporter.Translate {
	return func(key string, args ...any) string { return i18n.T(string(l), key, args...) }
}

// agreementChart is the picture as a file.
func (s *Server) agreementChart(write func(io.Writer, chart.Drawing) error, ending, kind string) func(*request) error {
	return func(r *request) error {
		asked, err := s.comparisonAsked(r)
		if err != nil {
			return err
		}
		c, err := report.New(s.Boards).Compare(r.ctx(), asked.ask)
		if err != nil {
			return err
		}
		if c.All.Paired == 0 {
			return coding.ErrNotFound
		}
		var b bytes.Buffer
		if err := write(&b, r.agreementDots(asked, c, false)); err != nil {
			return err
		}
		r.Header("Content-Disposition", attachment(r.fileName("agreement")+ending))
		r.Data(http.StatusOK, kind, b.Bytes())
		return nil
	}
}

// agreementDots draws the chosen coefficient of every theme; the dots are links on the page.
func (r *request) agreementDots(asked comparing, c report.Comparison, links bool) chart.Dots {
	measure := r.coefficient()
	name := exporter.Coefficients[measure]
	d := chart.Dots{Head: chart.Head{ID: "agreement", Title: r.t("compare.chart_title", r.t("agreement."+name)), Subtitle: r.t("compare.base", c.All.Paired, c.Answers),
		Lang: coding.Lang(r.lang), Notes: []string{r.t("compare.chart_note"), r.t("compare.conventions_text")}}, Axis: r.t("agreement." + name)}
	if name == "krippendorff_alpha" {
		d.Marks = []chart.AxisMark{{At: 0.667, Label: exporter.Decimals(d.Lang, 0.667, 3)}, {At: 0.8, Label: exporter.Decimals(d.Lang, 0.8, 3)}}
	}
	for _, i := range r.themeOrder(c) {
		th := c.Themes[i]
		e := exporter.CoefficientsOf(th.Result)[measure]
		dot := chart.Dot{Name: chart.Name{Label: th.Theme.Label.In(r.labels()), Hue: r.hue(th.Theme)}, Value: e.Value, Low: e.Low, High: e.High, Why: "–",
			Spoken: exporter.EstimateText(e, measure == 0, d.Lang)}
		if !e.Defined() {
			dot.Spoken = r.t("agreement.why." + string(e.Why))
		}
		if links {
			dot.Href = asked.href(r, "/answers", "theme", th.Theme.Key, "is", string(report.Split))
		}
		if low := math.Floor(e.Low*5) / 5; !math.IsNaN(low) {
			d.From = math.Min(d.From, low)
		}
		if e.Defined() {
			d.From = math.Min(d.From, math.Floor(e.Value*5)/5)
		}
		d.Rows = append(d.Rows, dot)
	}
	return d
}
