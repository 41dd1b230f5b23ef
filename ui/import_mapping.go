package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"avokoodi/coding"
	"avokoodi/coding/importer"
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

// column is what one column of the file is to become.
type column struct {
	role  importer.Role // RoleIgnore for everything that is not imported
	key   string
	label coding.Text
	short coding.Text
	vals  []importer.ValueMap
	split string // of a variable whose cells list choices
	other string // of a question: key of the variable that it specifies
	value string // of a choice: the key of its value
	match []string
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
		*at(q.Column) = column{role: importer.RoleQuestion, key: q.Key, label: q.Label, short: q.Short, other: q.OtherOf}
	}
	for _, v := range m.Variables {
		if v.Spread() {
			for _, val := range v.Values {
				*at(val.Column) = column{role: importer.RoleChoice, key: v.Key, label: val.Label, value: val.Key, match: val.Match}
			}
			continue
		}
		*at(v.Column) = column{role: importer.RoleVariable, key: v.Key, label: v.Label, vals: v.Values, split: v.Split}
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
	m := importer.Mapping{Profile: old.Profile, Round: old.Round, Kind: old.Kind, Language: importer.LanguageRule{Fixed: old.Language.Fixed}}
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
		} else if c.role == importer.RoleChoice && c.key == "" {
			c.key = d.keyFor(i)
		}
		switch c.role {
		case importer.RoleID:
			m.RespondentID = ref
		case importer.RoleLanguage:
			m.Language = importer.LanguageRule{Column: ref}
		case importer.RoleQuestion:
			m.Questions = append(m.Questions, importer.QuestionMap{Key: c.key, Column: ref, Label: c.label, Short: c.short, OtherOf: c.other})
		case importer.RoleVariable:
			m.Variables = append(m.Variables, importer.VariableMap{Key: c.key, Column: ref, Label: c.label, Values: c.vals, Split: c.split})
		case importer.RoleChoice:
			d.addChoice(&m, old, c, ref)
		default:
			m.Ignore = append(m.Ignore, ref)
		}
	}
	for i := range m.Questions { // a variable that is gone has nothing to specify
		if of := m.Questions[i].OtherOf; of != "" && !slices.ContainsFunc(m.Variables, func(v importer.VariableMap) bool { return v.Key == of }) {
			m.Questions[i].OtherOf = ""
		}
	}
	return m
}

// addChoice makes a column one choice of the variable that has its key. The variable is called what it was called before, or
// what the file proposes.
func (d *draft) addChoice(m *importer.Mapping, old importer.Mapping, c column, ref importer.ColumnRef) {
	named := func(v importer.VariableMap) bool { return v.Key == c.key }
	at := slices.IndexFunc(m.Variables, func(v importer.VariableMap) bool { return named(v) && v.Column.IsZero() })
	if at < 0 {
		v := importer.VariableMap{Key: c.key, Label: c.label}
		for _, from := range [][]importer.VariableMap{old.Variables, d.file.proposal.Mapping.Variables} {
			if i := slices.IndexFunc(from, named); i >= 0 {
				v.Label = from[i].Label
				break
			}
		}
		at = len(m.Variables)
		m.Variables = append(m.Variables, v)
	}
	v := &m.Variables[at]
	for _, was := range d.file.proposal.Mapping.Variables { // a column that was left out and comes back
		for _, val := range was.Values {
			if c.value == "" && val.Column.Name == ref.Name && c.label.IsZero() {
				c.value, c.label, c.match = val.Key, val.Label, val.Match
			}
		}
	}
	if c.value == "" {
		c.value = slugFrom(cmp.Or(c.label.In(coding.Lang(d.request.lang)), ref.Name))
	}
	taken := map[string]bool{}
	for _, val := range v.Values {
		taken[val.Key] = true
	}
	v.Values = append(v.Values, importer.ValueMap{Key: freeKey(cmp.Or(c.value, "c"), taken), Label: c.label, Match: c.match, Column: ref})
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
		for _, val := range v.Values {
			if !val.Column.IsZero() {
				keys[val.Column.Name] = v.Key
			}
		}
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
