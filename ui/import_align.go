package ui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

// mostChoices is how many columns that are not aligned a cell offers.
const mostChoices = 60

// versionsPage shows the files' questions, variables and categories side by side.
func (s *Server) versionsPage(r *request, d *draft) error {
	if d.readErr != nil || !d.u.Columns || d.aligning() == "" {
		return r.goTo(d.path(d.next()), "")
	}
	v, err := s.aligned(d)
	if err != nil {
		return err
	}
	met, err := d.meeting(v)
	if err != nil {
		return err
	}
	title := "wizard.versions.title"
	if len(d.others) == 0 {
		title = "wizard.match.title"
	}
	page := view.ImportVersionsPage{Page: r.base(title, "import"), Wizard: d.wizard("versions")}
	page.Scripts = []string{"js/versions.js"}
	problems := slices.Concat(v.Problems, met.Problems, d.file.doubtful(d.mapping()))
	page.Left = r.problemRows(problems)
	for i := range page.Left {
		page.Left[i].File = cmp.Or(problems[i].File, "–")
	}
	al := alignment{request: r, d: d, v: v, met: met}
	if d.known.Some() {
		page.Beside = r.access.Project.Name.In(coding.Lang(r.lang))
		if met.Foreign {
			page.Foreign = r.t("lang.name." + string(v.Languages[0]))
		}
	}
	for i := range v.Mappings {
		page.Files = append(page.Files, al.file(i))
	}
	page.Rows = al.rows()
	for _, row := range met.Rows {
		page.Total++
		if !slices.Contains(row.Texts, "") && (row.Known != "" || page.Beside == "" || row.Kind == "id") {
			page.Whole++
		}
	}
	if page.Say = r.t("wizard.versions.whole", page.Whole, page.Total); page.Beside != "" {
		page.Say = r.t("wizard.match.some", page.Whole, page.Total)
	}
	return s.render(r, 200, "import_versions", page)
}

// alignment lays out what is aligned with what.
type alignment struct {
	*request
	d   *draft
	v   *importer.Versions
	met importer.Meeting
}

func (a *alignment) file(i int) view.VersionFile {
	f := a.d.files()[i]
	out := view.VersionFile{Index: i, Name: f.sheet.File, Rows: f.sheet.Len, First: i == 0, Lang: string(a.v.Languages[i])}
	for _, l := range themes.Langs {
		out.Langs = append(out.Langs, view.Option{Value: string(l), Label: a.t("lang.name." + string(l)), Selected: l == a.v.Languages[i]})
	}
	out.Apart = i > 0 && !a.together(i)
	if i == 0 || out.Apart {
		return out
	}
	used := a.used(i)
	for col, c := range f.proposal.Columns {
		if imported(c.Role) && !used[col] {
			out.Extra = append(out.Extra, view.VersionChip{Value: strconv.Itoa(col), Text: clip(says(f, col, a.v.Languages[i]), sampleLength)})
		}
	}
	return out
}

// together tells whether a file is a version of the first.
func (a *alignment) together(i int) bool {
	return a.v.Together[i]
}

func imported(role importer.Role) bool {
	return role == importer.RoleQuestion || role == importer.RoleVariable || role == importer.RoleChoice
}

// says is what a column says: the question, the choice or the header.
func says(f *readFile, col int, lang coding.Lang) string {
	c := f.proposal.Columns[col]
	if c.Role == importer.RoleChoice && !c.Hint.Choice.Label.IsZero() {
		return c.Hint.Choice.Label.In(lang).In(lang)
	}
	if !c.Hint.Label.IsZero() {
		return c.Hint.Label.In(lang).In(lang)
	}
	return c.Name
}

// used are the columns of a file that stand beside one of the first file.
func (a *alignment) used(i int) map[int]bool {
	out := map[int]bool{}
	for _, row := range a.v.Rows {
		if row.Columns != nil && row.Columns[i] >= 0 {
			out[row.Columns[i]] = true
		}
	}
	return out
}

// rows are the questions and variables, each variable with its categories under it, beside what the project has.
func (a *alignment) rows() []view.VersionRow {
	var out []view.VersionRow
	free := make([][]view.Option, len(a.v.Mappings))
	for i := 1; i < len(free); i++ {
		free[i] = a.free(i)
	}
	for _, row := range a.met.Rows {
		one := view.VersionRow{Kind: row.Kind, KindName: a.t("wizard.versions." + row.Kind), Key: cmp.Or(row.Known, row.Key)}
		if a.d.known.Some() {
			one.Cells = append(one.Cells, a.known(row))
			one.Gap = row.Known == "" && row.Kind != "id"
		}
		for i := range row.Texts {
			cell := a.cell(row.Aligned, i, free[i])
			if i == 0 && a.d.known.Some() {
				a.meets(&cell, row)
			}
			one.Cells = append(one.Cells, cell)
			one.Gap = one.Gap || row.Texts[i] == ""
		}
		if n := len(out); row.Kind == "category" && n > 0 {
			out[n-1].Values = append(out[n-1].Values, one)
			if one.Gap {
				out[n-1].Gaps++
			}
			continue
		}
		out = append(out, one)
	}
	return out
}

// known is what the project has.
func (a *alignment) known(row importer.Met) view.VersionCell {
	c := view.VersionCell{File: -1, Known: true, Lang: a.lang}
	if row.Kind == "id" || row.Known == "" {
		c.Quiet = row.Kind == "id"
		return c
	}
	c.Text = clip(textOr(row.Text, coding.Lang(a.lang), row.Known), sampleLength)
	if l := firstOf(row.Text, coding.Lang(a.lang)); l != "" {
		c.Lang = string(l)
	}
	return c
}

// firstOf is the language in which a text is read by somebody who reads l best.
func firstOf(t coding.Text, l coding.Lang) coding.Lang {
	for _, one := range append([]coding.Lang{l}, themes.Langs[:]...) {
		if t.Exact(one) != "" && t.Exact(one) == t.In(l) {
			return one
		}
	}
	return ""
}

// meets lets what the first file has be moved beside something else of the project.
func (a *alignment) meets(c *view.VersionCell, row importer.Met) {
	name, value, kind := metSlot(row)
	if kind == "" || row.Kind == "category" && !a.isKnown(row.Variable) {
		return
	}
	c.Kind, c.Name, c.Value = kind, name, value
	if row.How != "" && row.Texts[0] != "" {
		c.By = a.t("wizard.by." + string(row.How))
	}
	if name == "" {
		c.Loose = row.Texts[0] != ""
		return
	}
	c.Options = []view.Option{{Label: a.t("wizard.versions.none"), Selected: value == ""}}
	if value != "" {
		c.Options = append(c.Options, view.Option{Value: value, Label: clip(row.Texts[0], 80), Selected: true})
	}
	for _, other := range a.met.Rows {
		if _, key, k := metSlot(other); k == kind && other.Known == "" && other.Texts[0] != "" && len(c.Options) < mostChoices {
			c.Options = append(c.Options, view.Option{Value: key, Label: clip(other.Texts[0], 80)})
		}
	}
}

func (a *alignment) isKnown(variable string) bool {
	return slices.ContainsFunc(a.d.known.Variables, func(v coding.Variable) bool { return v.Key == variable })
}

// free are the columns of a file that nothing is aligned with, those that would come in first.
func (a *alignment) free(i int) []view.Option {
	used := a.used(i)
	var first, rest []view.Option
	f := a.d.files()[i]
	for col, c := range f.proposal.Columns {
		o := view.Option{Value: strconv.Itoa(col), Label: clip(says(f, col, a.v.Languages[i]), 80)}
		switch {
		case used[col]:
		case imported(c.Role):
			first = append(first, o)
		default:
			rest = append(rest, o)
		}
	}
	first = append(first, rest...)
	return first[:min(len(first), mostChoices)]
}

func (a *alignment) cell(row importer.Aligned, i int, free []view.Option) view.VersionCell {
	c := view.VersionCell{File: i, Lang: string(a.v.Languages[i]), Text: clip(row.Texts[i], sampleLength)}
	if by := row.By[i]; by != "" {
		c.By = a.t("wizard.by." + string(by))
	}
	name, value, none := slot(row, i)
	c.Kind = fmt.Sprintf("c.%d", i)
	if row.Columns == nil {
		c.Kind = fmt.Sprintf("v.%d.%s", i, row.Variable)
	}
	if name == "" && i > 0 && row.Kind == "category" && row.Columns == nil && row.Texts[i] != "" {
		c.Loose, c.Value = true, row.Key
	}
	if name == "" || i > 0 && !a.together(i) {
		return c
	}
	c.Name, c.Value, c.None = name, value, none
	c.Options = append(c.Options, view.Option{Value: none, Label: a.t("wizard.versions.none"), Selected: row.Texts[i] == ""})
	if row.Texts[i] != "" {
		c.Options = append(c.Options, view.Option{Value: value, Label: clip(row.Texts[i], 80), Selected: true})
	}
	if row.Columns == nil {
		free = a.freeValues(row, i)
	}
	c.Options = append(c.Options, free...)
	return c
}

// slot names the field that says what stands in a cell, its present value, and the value for nothing; "" where a cell can't be
// changed: in the first file, and where nothing stands to be aligned with.
func slot(row importer.Aligned, i int) (name, value, none string) {
	alone := true
	for other, text := range row.Texts {
		alone = alone && (other == i || text == "")
	}
	switch {
	case i == 0 || alone:
		return "", "", ""
	case row.Columns != nil && row.Columns[0] >= 0:
		return fmt.Sprintf("c.%d.%d", i, row.Columns[0]), strconv.Itoa(row.Columns[i]), "-1"
	case row.Columns == nil && row.Variable != "":
		if row.Texts[i] != "" {
			value = row.Key
		}
		return fmt.Sprintf("v.%d.%s.%s", i, row.Variable, row.Key), value, ""
	}
	return "", "", ""
}

// freeValues are the values of a file in a variable that stand alone, by the keys of their rows.
func (a *alignment) freeValues(row importer.Aligned, i int) []view.Option {
	var out []view.Option
	for _, other := range a.v.Rows {
		name, _, _ := slot(other, i)
		if other.Kind == "category" && other.Variable == row.Variable && other.Columns == nil && other.Texts[i] != "" && name == "" {
			out = append(out, view.Option{Value: other.Key, Label: clip(other.Texts[i], 80)})
		}
	}
	return out
}

// alignByHand takes what a person changed: languages, cells, files that are versions after all. Whatever a cell held before is let
// go of unless another cell takes it.
func (s *Server) alignByHand(r *request, d *draft) error {
	if d.readErr != nil || !d.u.Columns || d.aligning() == "" {
		return r.goTo(d.path(d.next()), "")
	}
	v, err := s.aligned(d)
	if err != nil {
		return err
	}
	met, err := d.meeting(v)
	if err != nil {
		return err
	}
	if err := r.Request.ParseForm(); err != nil {
		return coding.ErrNotFound
	}
	h := d.u.Hands.clone(len(v.Mappings))
	for i := range v.Mappings {
		if l := coding.Lang(oneOf(r.PostForm(fmt.Sprintf("lang.%d", i)), "", "fi", "sv", "en")); l != "" && l != v.Languages[i] {
			h.Languages[i] = l
		}
		if r.PostForm("do") == fmt.Sprintf("together.%d", i) {
			h.Together[i] = true
		}
		h.take(r, v, i)
	}
	if err := s.meet(r, d, met, &h); err != nil {
		return err
	}
	d.u.Hands, d.u.Versions = h, true
	if err := s.uploads.save(d.u); err != nil {
		return err
	}
	if r.PostForm("do") == "continue" {
		return r.goTo(d.path("language"), "")
	}
	return r.goTo(d.path("versions"), "")
}

// meet takes what was decided about the project's side, and puts the proposal back where that is asked for.
func (s *Server) meet(r *request, d *draft, met importer.Meeting, h *hands) error {
	var m importer.Mapping
	var err error
	switch was := d.firstLanguage(); {
	case r.PostForm("do") == "reset":
		*h = hands{OwnTongue: h.OwnTongue, Same: h.Same}
		m = d.proposedKeys()
	case !d.known.Some():
		return nil
	case len(h.Languages) > 0 && h.Languages[0] != "" && h.Languages[0] != was:
		h.Met = nil
		m, err = d.rejoin(h.Languages[0])
	default:
		m = d.meetByHand(r, met.Rows, h)
	}
	if err != nil || !d.known.Some() {
		return err
	}
	return s.keep(d, m)
}

// proposedKeys is the mapping with the keys that were proposed for its columns.
func (d *draft) proposedKeys() importer.Mapping {
	m := d.mapping()
	keys := map[string]map[string]string{"question": {}, "variable": {}}
	for _, q := range m.Questions {
		keys["question"][q.Key] = d.file.keys[q.Column.Name]
	}
	for _, v := range m.Variables {
		ref := v.Column
		if v.Spread() {
			ref = v.Values[0].Column
		}
		keys["variable"][v.Key] = d.file.keys[ref.Name]
	}
	return d.rekeyed(m, keys, &hands{})
}

// clone is a copy with room for n files.
func (h hands) clone(n int) hands {
	out := hands{Columns: make([]map[int]int, n), Values: make([]map[string]map[string]string, n), Languages: make([]coding.Lang, n), Together: make([]bool, n),
		OwnTongue: h.OwnTongue, Met: h.Met, Same: h.Same}
	copy(out.Languages, h.Languages)
	copy(out.Together, h.Together)
	for i := range n {
		out.Columns[i], out.Values[i] = map[int]int{}, map[string]map[string]string{}
		if i < len(h.Columns) {
			maps.Copy(out.Columns[i], h.Columns[i])
		}
		if i < len(h.Values) {
			for key, list := range h.Values[i] {
				out.Values[i][key] = maps.Clone(list)
			}
		}
	}
	return out
}

// take puts the changed cells of a file over what was decided before.
func (h hands) take(r *request, v *importer.Versions, i int) {
	type change struct {
		row importer.Aligned
		to  string
	}
	var changes []change
	for _, row := range v.Rows {
		name, value, none := slot(row, i)
		if name == "" {
			continue
		}
		if row.Texts[i] == "" {
			value = none
		}
		if to, asked := r.GetPostForm(name); asked && to != value {
			changes = append(changes, change{row, to})
			h.letGo(row, i)
		}
	}
	for _, c := range changes {
		if c.row.Columns != nil {
			if col, err := strconv.Atoi(c.to); err == nil && col >= 0 {
				h.Columns[i][col] = c.row.Columns[0]
			}
			continue
		}
		at := slices.IndexFunc(v.Rows, func(o importer.Aligned) bool {
			return o.Kind == "category" && o.Variable == c.row.Variable && o.Key == c.to && o.Texts[i] != ""
		})
		if at >= 0 && strings.TrimSpace(c.to) != "" {
			h.value(i, c.row.Variable, v.Rows[at].Texts[i], c.row.Key)
		}
	}
}

// letGo leaves what stands in a cell on its own.
func (h hands) letGo(row importer.Aligned, i int) {
	switch {
	case row.Texts[i] == "":
	case row.Columns != nil:
		h.Columns[i][row.Columns[i]] = -1
	default:
		h.value(i, row.Variable, row.Texts[i], "")
	}
}

func (h hands) value(i int, variable, text, key string) {
	if h.Values[i][variable] == nil {
		h.Values[i][variable] = map[string]string{}
	}
	h.Values[i][variable][text] = key
}
