package ui

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/themes"
)

// mapping is what the columns are taken to be: what the person chose, or else what is proposed.
func (d *draft) mapping() importer.Mapping {
	if d.u.Mapping != "" {
		if m, err := importer.ReadMapping(d.u.File, strings.NewReader(d.u.Mapping)); err == nil {
			return m
		}
	}
	return d.file.proposal.Mapping
}

// keep remembers a mapping.
func (s *Server) keep(d *draft, m importer.Mapping) error {
	var b bytes.Buffer
	if err := importer.WriteMapping(&b, m); err != nil {
		return err
	}
	d.u.Mapping = b.String()
	return s.uploads.save(d.u)
}

// column is what one column of the file is to become.
type column struct {
	role  importer.Role // RoleIgnore for everything that is not imported
	key   string
	label coding.Text
	short coding.Text
	vals  []importer.ValueMap
}

// columnsOf spreads a mapping over the columns of the file.
func (d *draft) columnsOf(m importer.Mapping) []column {
	out := make([]column, len(d.file.sheet.Columns))
	for i := range out {
		out[i].role = importer.RoleIgnore
	}
	find := columnFinder(d.file.sheet)
	at := func(ref importer.ColumnRef) *column {
		if i := find(ref); i >= 0 {
			return &out[i]
		}
		return &column{}
	}
	if !m.RespondentID.IsZero() {
		at(m.RespondentID).role = importer.RoleID
	}
	if !m.Language.Column.IsZero() {
		at(m.Language.Column).role = importer.RoleLanguage
	}
	for _, q := range m.Questions {
		*at(q.Column) = column{role: importer.RoleQuestion, key: q.Key, label: q.Label, short: q.Short}
	}
	for _, v := range m.Variables {
		*at(v.Column) = column{role: importer.RoleVariable, key: v.Key, label: v.Label, vals: v.Values}
	}
	return out
}

// findColumn is the column that ref names: by its number, its header, or its header in other capitals; -1 for none.
func findColumn(s *importer.Sheet, ref importer.ColumnRef) int { return columnFinder(s)(ref) }

// columnFinder is findColumn for many columns.
func columnFinder(s *importer.Sheet) func(importer.ColumnRef) int {
	exact, loose := make(map[string]int, len(s.Columns)), make(map[string]int, len(s.Columns))
	for i, c := range s.Columns {
		exact[c.Name] = i
		if _, ok := loose[strings.ToLower(c.Name)]; !ok {
			loose[strings.ToLower(c.Name)] = i
		}
	}
	return func(ref importer.ColumnRef) int {
		if ref.Number > 0 && ref.Number <= len(s.Columns) {
			return ref.Number - 1
		}
		name := norm.NFC.String(strings.Join(strings.Fields(ref.String()), " "))
		if i, ok := exact[name]; ok {
			return i
		}
		if i, ok := loose[strings.ToLower(name)]; ok {
			return i
		}
		return -1
	}
}

// mappingOf gathers columns into a mapping. What old says of round and language stays, unless the language column is gone.
func (d *draft) mappingOf(cols []column, old importer.Mapping) importer.Mapping {
	m := importer.Mapping{Profile: old.Profile, Round: old.Round, Language: importer.LanguageRule{Fixed: old.Language.Fixed}}
	taken := map[importer.Role]map[string]bool{importer.RoleQuestion: {}, importer.RoleVariable: {}}
	for _, c := range cols {
		if taken[c.role] != nil {
			taken[c.role][c.key] = true
		}
	}
	for i, c := range cols {
		ref := importer.ColumnRef{Name: d.file.sheet.Columns[i].Name}
		if keys := taken[c.role]; keys != nil && c.key == "" {
			c.key = freeKey(d.keyFor(i), keys)
			keys[c.key] = true
		}
		switch c.role {
		case importer.RoleID:
			m.RespondentID = ref
		case importer.RoleLanguage:
			m.Language = importer.LanguageRule{Column: ref}
		case importer.RoleQuestion:
			m.Questions = append(m.Questions, importer.QuestionMap{Key: c.key, Column: ref, Label: c.label, Short: c.short})
		case importer.RoleVariable:
			m.Variables = append(m.Variables, importer.VariableMap{Key: c.key, Column: ref, Label: c.label, Values: c.vals})
		default:
			m.Ignore = append(m.Ignore, ref)
		}
	}
	return m
}

// keyFor is a key for a column: the proposed one, or its header.
func (d *draft) keyFor(i int) string {
	name := d.file.sheet.Columns[i].Name
	if key, ok := d.file.keys[name]; ok {
		return key
	}
	key := slugFrom(name)
	if len(key) > 32 {
		key = strings.Trim(key[:32], "-")
	}
	if key == "" {
		key = "c" + strconv.Itoa(i+1)
	}
	return key
}

// keysOf is the keys of a proposal by header.
func keysOf(m importer.Mapping) map[string]string {
	keys := make(map[string]string, len(m.Questions)+len(m.Variables))
	for _, q := range m.Questions {
		keys[q.Column.Name] = q.Key
	}
	for _, v := range m.Variables {
		keys[v.Column.Name] = v.Key
	}
	return keys
}

// freeKey is key, with a number behind it where it is taken.
func freeKey(key string, taken map[string]bool) string {
	free := key
	for k := 2; taken[free]; k++ {
		free = key + "-" + strconv.Itoa(k)
	}
	return free
}

// present is what the project has already, that the columns of a file may join.
type present struct {
	questions []coding.Question
	variables []coding.Variable
	rounds    []coding.Round
	imports   []coding.Import
}

func (s *Server) present(r *request) (present, error) {
	var k present
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		var err error
		if k.questions, err = rd.Questions(r.ctx(), r.projectID()); err != nil {
			return err
		}
		if k.variables, err = rd.Variables(r.ctx(), r.projectID()); err != nil {
			return err
		}
		if k.rounds, err = rd.Rounds(r.ctx(), r.projectID()); err != nil {
			return err
		}
		k.imports, err = rd.Imports(r.ctx(), r.projectID())
		return err
	})
	return k, err
}

// join gives columns of a proposal the keys of questions and variables that the project has under the same wording, so that
// a second file of the same survey comes to the same questions. What a person or a file has said stays.
func (k present) join(d *draft, cols []column) []column {
	if d.u.Mapping != "" {
		return cols
	}
	names := d.file.sheet.Columns
	for i := range cols {
		c := &cols[i]
		switch c.role {
		case importer.RoleQuestion:
			for _, q := range k.questions {
				if sameWording(q.Label, names[i].Name) {
					c.key = q.Key
				}
			}
		case importer.RoleVariable:
			for _, v := range k.variables {
				if sameWording(v.Label, names[i].Name) {
					c.key = v.Key
				}
			}
		}
	}
	return cols
}

func sameWording(label coding.Text, header string) bool {
	for _, l := range themes.Langs {
		if t := label.Exact(l); t != "" && strings.EqualFold(strings.Join(strings.Fields(t), " "), header) {
			return true
		}
	}
	return false
}

// mappingFile sends the mapping as a file for the next time, or for the command line.
func (s *Server) mappingFile(r *request, d *draft) error {
	if d.readErr != nil {
		return d.readErr
	}
	var b bytes.Buffer
	if err := importer.WriteMapping(&b, d.mapping()); err != nil {
		return err
	}
	name := slugFrom(strings.TrimSuffix(d.u.File, ".csv"))
	if name == "" {
		name = "mapping"
	}
	r.Header("Content-Disposition", `attachment; filename="`+name+`.mapping.yaml"`)
	r.Data(http.StatusOK, "application/yaml; charset=utf-8", b.Bytes())
	return nil
}

// useMapping takes a mapping file instead of the proposal.
func (s *Server) useMapping(r *request, d *draft) error {
	if d.readErr != nil {
		return d.readErr
	}
	r.Request.Body = http.MaxBytesReader(r.Writer, r.Request.Body, importer.MaxMapping+uploadForm)
	f, head, err := r.Request.FormFile("mapping")
	if err != nil {
		return s.showColumns(r, d, d.mapping(), []importer.Problem{{File: "mapping.yaml", Key: "wizard.no_file", Severity: importer.Error}})
	}
	defer f.Close()
	m, err := importer.ReadMapping(head.Filename, f)
	if problems := problemsOf(err); len(problems) > 0 {
		return s.showColumns(r, d, d.mapping(), problems)
	}
	if err != nil {
		return err
	}
	if err := s.keep(d, m); err != nil {
		return err
	}
	return r.goTo(d.path("columns"), "wizard.mapping_taken", importer.BaseName(head.Filename))
}
