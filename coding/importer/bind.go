package importer

import (
	"slices"
	"strings"

	"avokoodi/coding"
)

// binding is a mapping with its columns found in a sheet.
type binding struct {
	sheet     *Sheet
	m         Mapping
	id        int // column, -1 for none
	language  int // column, -1 for none
	questions []int
	variables []int   // column, -1 for one that is missing or spread over columns
	parts     [][]int // by variable that is spread, the column of each of its values
	used      []bool  // by column
	roles     []string
	log       *log
}

// bind finds the columns of m in s and reports what does not fit to l.
func bind(s *Sheet, m Mapping, l *log) *binding {
	b := &binding{sheet: s, m: m, id: -1, language: -1, used: make([]bool, len(s.Columns)), roles: make([]string, len(s.Columns)), log: l}
	if !m.RespondentID.IsZero() {
		b.id = b.take(m.RespondentID, "respondent_id")
	}
	if !m.Language.Column.IsZero() {
		b.language = b.take(m.Language.Column, "language")
	}
	keys := map[string]string{}
	for _, q := range m.Questions {
		b.key(keys, q.Key, q.Column, q.line)
		b.otherOf(q)
		b.questions = append(b.questions, b.take(q.Column, "questions: "+q.Key))
	}
	clear(keys)
	for _, v := range m.Variables {
		b.key(keys, v.Key, v.firstColumn(), v.line)
		b.variable(v)
		b.values(v)
	}
	switch {
	case len(m.Questions) > 0:
	case len(m.Variables) == 0:
		b.problem(0, "import.no_question")
	default:
		b.log.add(b.place(Problem{Key: "import.only_variables", Severity: Warning}))
	}
	b.leftOver()
	return b
}

// variable finds the column of a variable, or those of its values.
func (b *binding) variable(v VariableMap) {
	role := "variables: " + v.Key
	if !v.Spread() {
		b.variables, b.parts = append(b.variables, b.take(v.Column, role)), append(b.parts, nil)
		return
	}
	parts := make([]int, len(v.Values))
	for i, val := range v.Values {
		parts[i] = b.take(val.Column, role)
	}
	b.variables, b.parts = append(b.variables, -1), append(b.parts, parts)
}

// otherOf checks that the variable is there to which a question of the form 'other, please specify' belongs.
func (b *binding) otherOf(q QuestionMap) {
	if q.OtherOf != "" && !slices.ContainsFunc(b.m.Variables, func(v VariableMap) bool { return v.Key == q.OtherOf }) {
		b.problem(q.line, "import.other_of", q.Key, q.OtherOf)
	}
}

// found tells whether every column of the mapping is in the sheet, so that the rows can be looked at.
func (b *binding) found() bool {
	for i, v := range b.m.Variables {
		if b.variables[i] < 0 && !v.Spread() || slices.Contains(b.parts[i], -1) {
			return false
		}
	}
	m := b.m
	return !slices.Contains(b.questions, -1) && len(m.Questions)+len(m.Variables) > 0 &&
		(m.RespondentID.IsZero() || b.id >= 0) && (m.Language.Column.IsZero() || b.language >= 0)
}

// columnName is what the column of a variable is called, or the columns of its values together.
func (b *binding) columnName(variable int) string {
	if parts := b.parts[variable]; len(parts) > 0 {
		return b.sheet.Columns[parts[0]].Name + " …"
	}
	return b.sheet.Columns[b.variables[variable]].Name
}

// firstColumn is the variable's column, or that of its first value.
func (v VariableMap) firstColumn() ColumnRef {
	if v.Spread() {
		return v.Values[0].Column
	}
	return v.Column
}

// Check tells what in a mapping does not fit a sheet: a column that is not there, or a key or column that is named twice. It
// reads no row.
func Check(s *Sheet, m Mapping) Problems {
	var l log
	bind(s, m, &l)
	return slices.DeleteFunc(l.all(), func(p Problem) bool { return p.Severity != Error })
}

// problem reports something in the mapping: at its line where it is a file, else at the survey file.
func (b *binding) problem(line int, key string, args ...any) {
	b.log.add(b.place(Problem{Row: line, Key: key, Args: args}))
}

func (b *binding) place(p Problem) Problem {
	if p.File = b.m.file; p.File == "" {
		p.File, p.Row = b.sheet.File, 0
	}
	return p
}

// take gives a column its role.
func (b *binding) take(ref ColumnRef, role string) int {
	i := b.sheet.Find(ref)
	if i < 0 {
		p := Problem{Row: ref.line, Column: ref.String(), Key: "import.column_missing", Args: []any{ref.String(), b.names()}}
		b.log.add(b.place(p))
		return -1
	}
	if b.roles[i] != "" {
		p := Problem{Row: ref.line, Column: b.sheet.Columns[i].Name, Key: "import.column_twice", Args: []any{b.roles[i], role}}
		b.log.add(b.place(p))
		return i
	}
	b.roles[i] = role
	b.used[i] = true
	return i
}

// names lists the sheet's columns for a message.
func (b *binding) names() string {
	var names []string
	for _, c := range b.sheet.Columns {
		names = append(names, shorten(c.Name))
	}
	const most = 30
	if len(names) > most {
		names = append(names[:most], "…")
	}
	return strings.Join(names, ", ")
}

// key checks the key of a question or variable.
func (b *binding) key(taken map[string]string, key string, ref ColumnRef, line int) {
	if !goodKey(key) {
		b.problem(line, "import.key_bad", key)
	}
	if first, ok := taken[key]; ok {
		b.problem(line, "import.key_twice", key, first, ref.String())
		return
	}
	taken[key] = ref.String()
}

// values checks that no text means two categories.
func (b *binding) values(v VariableMap) {
	keys := map[string]bool{}
	means := map[string]string{}
	for _, val := range v.Values {
		if !val.known && !goodKey(val.Key) && (val.Key == "" || valueKey(val.Key) != val.Key) {
			b.problem(val.line, "import.key_bad", val.Key)
		}
		if keys[val.Key] {
			b.problem(val.line, "import.value_twice", val.Key, val.Key, val.Key)
			continue
		}
		keys[val.Key] = true
		if v.Spread() {
			continue // its texts say that it is ticked
		}
		for _, text := range val.texts() {
			other, ok := means[fold(text)]
			if ok && other != val.Key {
				b.problem(val.line, "import.value_twice", text, other, val.Key)
			}
			means[fold(text)] = val.Key
		}
	}
}

// texts is everything that means the value: its key, labels and matches.
func (v ValueMap) texts() []string {
	return append(append([]string{v.Key}, v.Label.All()...), v.Match...)
}

// leftOver warns of columns that the mapping says nothing of.
func (b *binding) leftOver() {
	for _, ref := range b.m.Ignore {
		i := b.sheet.Find(ref)
		if i < 0 {
			continue // another language version may have it
		}
		if b.used[i] {
			p := Problem{Row: ref.line, Column: b.sheet.Columns[i].Name, Key: "import.column_twice", Args: []any{b.roles[i], "ignore"}}
			b.log.add(b.place(p))
		}
		b.roles[i] = "ignore"
	}
	var names []string
	for i, role := range b.roles {
		if role == "" {
			names = append(names, shorten(b.sheet.Columns[i].Name))
		}
	}
	if n := len(names); n > 0 {
		const most = 10
		if n > most {
			names = append(names[:most], "…")
		}
		p := b.place(Problem{Key: "import.column_unmapped", Args: []any{n, strings.Join(names, ", ")}})
		p.Severity = Warning
		b.log.add(p)
	}
}

// languageOf is what the row says of its answers' language: false when it is to be detected.
func (b *binding) languageOf(row Row) (coding.Lang, bool) {
	if b.m.Language.Fixed != "" {
		return b.m.Language.Fixed, true
	}
	if b.language < 0 || row.Cells[b.language] == "" {
		return "", false
	}
	cell := row.Cells[b.language]
	l, ok := ParseLanguage(cell)
	if !ok {
		b.cell(row, b.language, "import.language_value", shorten(cell))
	}
	return l, true
}

// cell reports something about the contents of a cell.
func (b *binding) cell(row Row, col int, key string, args ...any) {
	b.log.add(Problem{File: b.sheet.File, Row: row.Number, Column: b.sheet.Columns[col].Name, Key: key, Args: args})
}
