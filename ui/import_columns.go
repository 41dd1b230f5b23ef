package ui

import (
	"cmp"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// roles that a column can be given; everything else is not imported.
var columnRoles = []importer.Role{importer.RoleQuestion, importer.RoleVariable, importer.RoleChoice, importer.RoleID, importer.RoleLanguage, importer.RoleIgnore}

const (
	shownSamples = 10
	shownValues  = 10
	sampleLength = 220 // code points
	maxLabel     = 2000

	// A file with more columns than this is shown with less about each, so that the page stays light.
	manyColumns  = 150
	briefSamples = 4
	briefValues  = 4
	briefLength  = 60
)

func (s *Server) columnsPage(r *request, d *draft) error {
	var m importer.Mapping
	if d.readErr == nil {
		m = d.mapping()
	}
	return s.showColumns(r, d, m, nil)
}

// showColumns shows the columns as m says; wrong is what a mapping file got wrong.
func (s *Server) showColumns(r *request, d *draft, m importer.Mapping, wrong []importer.Problem) error {
	page := view.ImportColumnsPage{Page: r.base("wizard.columns.title", "import"), Wizard: d.wizard("columns"), Reading: r.readingOf(d)}
	page.Scripts = []string{"js/columns.js"}
	page.Problems = r.problemRows(wrong)
	if d.readErr != nil {
		wrong, _ := r.faulty(d.readErr)
		page.Errors = wrong.texts
		return s.render(r, 422, "import_columns", page)
	}
	k, err := s.present(r)
	if err != nil {
		return err
	}
	cols := d.columnsOf(m)
	page.Rows, page.Own, page.Troubles = d.file.sheet.Len, d.u.Mapping != "", len(d.file.sheet.Problems())
	page.Counts = map[string]int{}
	for i, c := range cols {
		page.Columns = append(page.Columns, r.columnCard(d, i, c, k))
		page.Counts[string(c.role)]++
		if n := d.file.proposal.Columns[i].Stats.Rows; n < page.Rows {
			page.Sampled = n
		}
	}
	for _, q := range k.questions {
		page.Keys = append(page.Keys, q.Key)
	}
	for _, v := range k.variables {
		page.VarKeys = append(page.VarKeys, v.Key)
	}
	status := 200
	if len(wrong) > 0 {
		status = 422
	}
	return s.render(r, status, "import_columns", page)
}

func (r *request) columnCard(d *draft, i int, c column, k present) view.ColumnCard {
	p := d.file.proposal.Columns[i]
	card := view.ColumnCard{Index: i, Letter: p.Letter, Name: p.Name, Role: string(c.role), Key: c.key, KeyHint: d.keyFor(i), Label: p.Name,
		Reason: r.t(p.Reason.Key, p.Reason.Args...), Private: p.Role == importer.RolePersonal}
	for _, role := range columnRoles {
		card.Roles = append(card.Roles, view.Option{Value: string(role), Label: r.t("wizard.role." + string(role)), Selected: role == c.role})
	}
	samples, values, length := shownSamples, shownValues, sampleLength
	if len(d.file.sheet.Columns) > manyColumns {
		samples, values, length = briefSamples, briefValues, briefLength
	} else {
		card.Labels = r.nameFields(c.label)
	}
	lang := coding.Lang(r.lang)
	if says := p.Hint.Label.In(lang).In(lang); says != p.Name && c.role != importer.RoleChoice {
		card.Says = says
	}
	switch c.role {
	case importer.RoleQuestion:
		if q := find(k.questions, func(q coding.Question) bool { return q.Key == c.key }); q.ID != 0 {
			card.Joins = q.Name(lang)
		}
	case importer.RoleVariable, importer.RoleChoice:
		if v := find(k.variables, func(v coding.Variable) bool { return v.Key == c.key }); v.ID != 0 {
			card.Joins = v.Label.In(lang)
		}
	}
	st := p.Stats
	facts := []string{r.t("wizard.filled", st.Filled), r.t("wizard.distinct", st.Distinct)}
	if st.Words >= 1.5 {
		facts = append(facts, r.t("wizard.words", i18n.Decimal(r.lang, st.Words, 1)))
	}
	card.Facts = strings.Join(facts, " · ")
	for _, text := range st.Sample[:min(len(st.Sample), samples)] {
		card.Sample = append(card.Sample, clip(text, length))
	}
	for _, v := range st.Top[:min(len(st.Top), values)] {
		card.Values = append(card.Values, view.ValueBar{Text: clip(v.Text, 80), N: v.N, Size: v.N * 1000 / st.Top[0].N})
	}
	card.More = cmp.Or(st.Choices, st.Distinct) - len(card.Values)
	return card
}

// clip is the beginning of a text.
func clip(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

// columns takes the roles. 'continue' goes on to the language; anything else shows the columns again.
func (s *Server) columns(r *request, d *draft) error {
	if d.readErr != nil {
		return r.goTo(d.path("columns"), "")
	}
	old := d.mapping()
	before := d.columnsOf(old)
	cols := d.columnsOf(old)
	for i := range cols {
		n := strconv.Itoa(i)
		role, ok := r.GetPostForm("role." + n)
		if !ok {
			continue
		}
		was := cols[i]
		cols[i] = column{role: importer.Role(oneOf(role, "ignore", "question", "variable", "choice", "id", "language")), short: was.short, vals: was.vals,
			split: was.split, other: was.other, value: was.value, match: was.match}
		if cols[i].role != importer.RoleQuestion && cols[i].role != importer.RoleVariable && cols[i].role != importer.RoleChoice {
			continue
		}
		cols[i].key = strings.Join(strings.Fields(r.PostForm("key."+n)), "-")
		cols[i].label = was.label // the page of a file with many columns does not ask for it
		for _, l := range themes.Langs {
			if text, ok := r.GetPostForm("label." + n + "." + string(l)); ok {
				cols[i].label.Set(l, clip(text, maxLabel))
			}
		}
		cols[i].label = cols[i].label.Trim()
	}
	only(cols, before, importer.RoleID)
	only(cols, before, importer.RoleLanguage)
	m := d.mappingOf(cols, old)
	if was := old.Language.Column; m.Language.Column.IsZero() && !was.IsZero() {
		d.u.Language = false
	}
	d.u.Columns = true
	if err := s.keep(d, m); err != nil {
		return err
	}
	if r.PostForm("do") != "continue" {
		return r.goTo(d.path("columns"), "")
	}
	if len(m.Questions)+len(m.Variables) == 0 {
		return s.showColumns(r, d, m, []importer.Problem{{Key: "import.no_question", Severity: importer.Error}})
	}
	if d.aligns() {
		return r.goTo(d.path("versions"), "")
	}
	return r.goTo(d.path("language"), "")
}

// only leaves a role to one column; where several have it, to one that did not have it before, since that is what the person
// has just chosen.
func only(cols, before []column, role importer.Role) {
	chosen := -1
	for i := range cols {
		if cols[i].role == role && (chosen < 0 || before[i].role != role) {
			chosen = i
		}
	}
	for i := range cols {
		if cols[i].role == role && i != chosen {
			cols[i] = column{role: importer.RoleIgnore}
		}
	}
}
