package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

func (s *Server) routePack(g gin.IRouter) {
	g.GET("/p/:slug/report", s.project(coding.RoleReader, s.packPage))
	g.POST("/p/:slug/report", s.project(coding.RoleAnalyst, s.newPack))
	g.POST("/p/:slug/report/:id", s.project(coding.RoleAnalyst, s.changePack))
	g.GET("/p/:slug/report/:id/:file", s.project(coding.RoleReader, s.packFile))
}

// addable are the reports that a table or finding can be added to, the newest chosen; nil for those who can't.
func (s *Server) addable(r *request) ([]view.Option, error) {
	if !r.access.Role.AtLeast(coding.RoleAnalyst) {
		return nil, nil
	}
	list, err := s.Service.Packs(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return nil, err
	}
	var out []view.Option
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, view.Option{Value: fmt.Sprint(list[i].ID), Label: list[i].Name})
	}
	return out, nil
}

// packPage shows the report that ?id= names, or the newest.
func (s *Server) packPage(r *request) error { return s.showPack(r, r.Query("id"), faults{}) }

func (s *Server) showPack(r *request, id string, wrong faults) error {
	list, err := s.Service.Packs(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	page := view.PackPage{Page: r.base("pack.title", "analysis"), CanEdit: r.access.Role.AtLeast(coding.RoleAnalyst), New: r.path("/report"), Fields: wrong.fields}
	page.Scripts, page.Errors = []string{"js/pack.js"}, wrong.texts
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	at := len(list) - 1
	for i, one := range list {
		if fmt.Sprint(one.ID) == id {
			at = i
		}
	}
	for i, one := range list {
		page.Packs = append(page.Packs, view.Option{Value: r.path(fmt.Sprintf("/report?id=%d", one.ID)), Label: one.Name, Selected: i == at})
	}
	if at >= 0 {
		tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
		if err != nil {
			return err
		}
		err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
			r.fillPack(&page, list[at], tree, b)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return s.render(r, max(wrong.status(), http.StatusOK), "report", page)
}

func (r *request) fillPack(page *view.PackPage, one coding.Pack, tree themes.Tree, b *sets.Board) {
	page.Name, page.Action = one.Name, r.path(fmt.Sprintf("/report/%d", one.ID))
	page.Langs = []view.Option{{Value: "", Label: r.t("pack.language_reader"), Selected: one.Lang == ""}}
	for _, l := range themes.Langs {
		page.Langs = append(page.Langs, view.Option{Value: string(l), Label: r.t("lang.name." + string(l)), Selected: one.Lang == l})
	}
	for _, k := range slices.Concat([]coding.PackKind{coding.PackText, coding.PackTheme, coding.PackQuotes}, coding.PackFindings) {
		if (k != coding.PackRounds || len(b.Rounds()) > 1) && (k != coding.PackCoverage || len(b.Variables()) > 0) && r.access.Role.AtLeast(leastFor(k)) {
			page.Kinds = append(page.Kinds, view.Option{Value: string(k), Label: r.t("pack.kind_" + string(k))})
		}
	}
	for _, th := range tree.All() {
		if !th.Retired {
			page.Themes = append(page.Themes, view.Option{Value: fmt.Sprint(th.ID), Label: strings.Repeat("\u2003", tree.Depth(th.ID)) + th.Label.In(r.labels())})
		}
	}
	for _, ending := range []string{"docx", "pptx", "xlsx"} {
		page.Files = append(page.Files, view.ExportLink{Href: page.Action + "/report." + ending, Format: strings.ToUpper(ending)})
	}
	for i, it := range one.Items {
		row := view.PackItem{N: i + 1, Kind: r.t("pack.kind_" + string(it.Kind)), Title: it.Title, Text: it.Text, First: i == 0, Last: i == len(one.Items)-1, Is: itemMark(it)}
		row.Name = it.Title
		switch {
		case it.Kind.Counted():
			r.fillCounted(&row, it, b)
		case it.Kind == coding.PackTheme:
			th, ok := tree.Get(it.Theme)
			row.About = r.t("pack.gone")
			if ok {
				row.About, row.Href = th.Label.In(r.labels()), r.path("/themes?theme="+url.QueryEscape(th.Key))
			}
		case it.Kind == coding.PackQuotes:
			row.Href = r.path("/quotes")
		case it.Kind == coding.PackText:
			row.About = shortened(strings.ReplaceAll(it.Text, "\n", " "), 120)
		}
		if row.Name == "" {
			row.Name = orText(row.About, row.Kind)
		}
		page.Items = append(page.Items, row)
	}
}

// fillCounted says of a part what it counts and where from, and what can be chosen for it.
func (r *request) fillCounted(row *view.PackItem, it coding.PackItem, b *sets.Board) {
	q, _ := url.ParseQuery(it.Query) //nolint:errcheck // what can be read of it
	page, open := "/analysis", true
	if it.Kind == coding.PackChart {
		q.Set("view", "chart")
	}
	if at := slices.IndexFunc(findings, func(f findingKind) bool { return string(f.kind) == string(it.Kind) }); at >= 0 {
		page += "/" + findings[at].path
		open = r.access.Role.AtLeast(findings[at].kind.Least())
	}
	row.About = r.aboutQuery(it.Kind, q, b)
	if it.Kind != coding.PackTable && it.Kind != coding.PackChart {
		for _, show := range []string{"", "table", "chart"} {
			row.Shows = append(row.Shows, view.Option{Value: show, Label: r.t("pack.show_" + orText(show, "both")), Selected: q.Get("show") == show})
		}
	} else if oneOf(q.Get("unit"), "", "answers", "codings") == "" {
		for _, v := range b.Variables() {
			if v.Weight {
				row.Weights = append(row.Weights, view.Option{Value: v.Key, Label: textOr(v.Label, r.labels(), v.Key), Selected: q.Get("weight") == v.Key})
			}
		}
		if len(row.Weights) > 0 {
			row.Weights = append([]view.Option{{Label: r.t("numbers.weight_none"), Selected: q.Get("weight") == ""}}, row.Weights...)
		}
	}
	if q.Del("show"); it.Kind != coding.PackProgress && open {
		row.Href = r.path(page + "?" + q.Encode())
	}
}

// aboutQuery says in words what a query of the analysis page counts.
func (r *request) aboutQuery(kind coding.PackKind, q url.Values, b *sets.Board) string {
	var parts []string
	if kind == coding.PackTable || kind == coding.PackChart {
		unit := oneOf(q.Get("unit"), "respondents", "answers", "codings")
		parts = append(parts, r.t("analysis.unit_"+unit))
	}
	switch by := q.Get("by"); by {
	case "":
	case "question", "language", "round":
		parts = append(parts, r.t("analysis.by_"+by))
	default:
		for _, v := range b.Variables() {
			if v.Key == strings.TrimPrefix(by, "variable:") {
				parts = append(parts, textOr(v.Label, r.labels(), v.Key))
			}
		}
	}
	if c := q.Get("chart"); c != "" && slices.Contains([]chartForm{formBars, formPareto, formPanels, formClustered, formStacked, formWhole, formHeat, formSlope}, chartForm(c)) {
		parts = append(parts, r.t("analysis.chart_"+c))
	}
	for _, one := range b.Questions() {
		if slices.Contains(q["question"], one.Key) {
			parts = append(parts, one.Name(r.labels()))
		}
	}
	for _, one := range b.Rounds() {
		if slices.Contains(q["round"], one.Key) {
			parts = append(parts, textOr(one.Label, r.labels(), one.Key))
		}
	}
	for _, l := range q["language"] {
		parts = append(parts, r.columnName(report.Category{Key: strings.TrimPrefix(l, "none")}, report.ByLanguage))
	}
	for _, f := range r.extraFilters(b, asked{query: q}) {
		parts = append(parts, f.Label)
	}
	for _, v := range b.Variables() {
		if v.Key == q.Get("weight") && v.Weight {
			parts = append(parts, r.t("numbers.weight_by")+": "+textOr(v.Label, r.labels(), v.Key))
		}
	}
	if q.Get("measure") == "lift" {
		parts = append(parts, r.t("numbers.lift"))
	}
	return strings.Join(parts, " · ")
}

// itemMark tells a part from any other, so that a change meant for it does not hit another.
func itemMark(it coding.PackItem) string {
	raw, _ := json.Marshal(it) //nolint:errcheck // plain strings
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:6])
}

func (s *Server) packOf(r *request) (coding.Pack, error) {
	id, err := r.id("id")
	if err != nil {
		return coding.Pack{}, err
	}
	list, err := s.Service.Packs(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return coding.Pack{}, err
	}
	i := slices.IndexFunc(list, func(p coding.Pack) bool { return int64(p.ID) == id })
	if i < 0 {
		return coding.Pack{}, coding.ErrNotFound
	}
	return list[i], nil
}

// newPack begins a report; with a query it holds the analysis page's table or chart, or adds it to the newest report.
func (s *Server) newPack(r *request) error {
	item := coding.PackItem{Kind: coding.PackKind(r.PostForm("kind")), Query: r.PostForm("query")}
	if !item.Kind.Counted() {
		item.Kind = coding.PackTable
	}
	if !r.access.Role.AtLeast(leastFor(item.Kind)) {
		return coding.ErrForbidden
	}
	if r.PostForm("add") != "" {
		list, err := s.Service.Packs(r.ctx(), r.projectID(), r.person.ID)
		if err != nil {
			return err
		}
		var one coding.Pack
		if n := len(list); n > 0 {
			at := slices.IndexFunc(list, func(p coding.Pack) bool { return fmt.Sprint(p.ID) == r.PostForm("to") })
			if at < 0 {
				at = n - 1
			}
			one, err = s.Service.ChangePack(r.ctx(), r.projectID(), r.person.ID, list[at].ID, func(p *coding.Pack) error {
				p.Items = append(p.Items, item)
				return nil
			})
		} else {
			one, err = s.Service.AddPack(r.ctx(), r.projectID(), r.person.ID, coding.Pack{Name: r.t("pack.first"), Items: []coding.PackItem{item}})
		}
		if err != nil {
			return err
		}
		return r.goTo(r.path(fmt.Sprintf("/report?id=%d", one.ID)), "pack.added", one.Name)
	}
	one, err := s.Service.AddPack(r.ctx(), r.projectID(), r.person.ID, coding.Pack{Name: trimmed(r, "name")})
	if wrong, ok := r.faulty(err); ok {
		return s.showPack(r, "", wrong)
	}
	if err != nil {
		return err
	}
	return r.goTo(r.path(fmt.Sprintf("/report?id=%d", one.ID)), "")
}

// changePack does one thing to a report: add, edit, up, down, place (before a part), remove, settings or delete.
func (s *Server) changePack(r *request) error {
	one, err := s.packOf(r)
	if err != nil {
		return err
	}
	back, do := r.path(fmt.Sprintf("/report?id=%d", one.ID)), r.PostForm("do")
	if do == "delete" {
		if err := s.Service.RemovePack(r.ctx(), r.projectID(), r.person.ID, one.ID); err != nil {
			return err
		}
		return s.goToDone(r, r.path("/report"))
	}
	stale := false
	_, err = s.Service.ChangePack(r.ctx(), r.projectID(), r.person.ID, one.ID, func(p *coding.Pack) error {
		switch do {
		case "add":
			kind := coding.PackKind(r.PostForm("kind"))
			if !r.access.Role.AtLeast(leastFor(kind)) {
				return coding.ErrForbidden
			}
			p.Items = append(p.Items, coding.PackItem{Kind: kind, Title: trimmed(r, "title"), Text: trimmed(r, "text"), Theme: coding.ThemeID(formInt(r, "theme"))})
			return nil
		case "settings":
			p.Name, p.Lang = trimmed(r, "name"), coding.Lang(r.PostForm("lang"))
			return nil
		}
		i := int(formInt(r, "n")) - 1
		if i < 0 || i >= len(p.Items) || itemMark(p.Items[i]) != r.PostForm("is") {
			stale = true
			return nil
		}
		if do == "edit" && p.Items[i].Kind.Counted() {
			p.Items[i].Query = r.chosen(p.Items[i].Query)
		}
		p.Items = movedItem(p.Items, i, do, int(formInt(r, "to"))-1, trimmed(r, "title"), trimmed(r, "text"))
		return nil
	})
	if wrong, ok := r.faulty(err); ok {
		return s.showPack(r, fmt.Sprint(one.ID), wrong)
	}
	switch {
	case err != nil:
		return err
	case stale:
		return r.goTo(back, "pack.changed")
	case do == "remove":
		return s.goToDone(r, back)
	case do == "up" || do == "down" || do == "place":
		return r.goTo(back+"#parts", "pack.moved")
	}
	return r.goTo(back+"#parts", "pack.saved")
}

// chosen is a part's query with the weight and the form that were chosen for it.
func (r *request) chosen(query string) string {
	q, err := url.ParseQuery(query)
	if err != nil {
		return query
	}
	for _, name := range []string{"weight", "show"} {
		v, ok := r.GetPostForm(name)
		switch {
		case ok && v == "":
			q.Del(name)
		case ok:
			q.Set(name, v)
		}
	}
	return q.Encode()
}

// movedItem is the parts after one thing was done to the i-th. to is the place that 'place' puts it at.
func movedItem(items []coding.PackItem, i int, do string, to int, title, text string) []coding.PackItem {
	it := items[i]
	switch do {
	case "edit":
		items[i].Title, items[i].Text = title, text
		return items
	case "up":
		to = i - 1
	case "down":
		to = i + 1
	case "remove":
		return slices.Delete(items, i, i+1)
	case "place":
	default:
		return items
	}
	items = slices.Delete(items, i, i+1)
	return slices.Insert(items, min(max(to, 0), len(items)), it)
}
