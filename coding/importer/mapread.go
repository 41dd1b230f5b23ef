package importer

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"avokoodi/coding"
	"avokoodi/themes"
)

// MaxMapping is the largest mapping file in bytes.
const MaxMapping = 1 << 20

// ReadMapping reads a mapping file (YAML); name is for problems. What is wrong comes as Problems, all of it at once.
func ReadMapping(name string, r io.Reader) (Mapping, error) {
	y := &mapReader{file: BaseName(name)}
	m := Mapping{file: y.file}
	text, err := io.ReadAll(io.LimitReader(r, MaxMapping+1))
	if err != nil {
		return m, fmt.Errorf("import: mapping: %w", err)
	}
	if len(text) > MaxMapping {
		return m, Problems{{File: y.file, Key: "import.mapping_large", Args: []any{MaxMapping >> 20}, Severity: Error}}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		line, says := yamlError(err)
		return m, Problems{{File: y.file, Row: line, Key: "import.mapping_syntax", Args: []any{says}, Severity: Error}}
	}
	if len(doc.Content) == 0 {
		return m, Problems{{File: y.file, Key: "import.mapping_empty", Severity: Error}}
	}
	y.mapping(doc.Content[0], &m)
	return m, y.log.all().Err()
}

// yamlError takes apart what the YAML reader says: 'yaml: line 3: …'.
func yamlError(err error) (line int, says string) {
	says = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(says, "line "); ok {
		if n, after, ok := strings.Cut(rest, ": "); ok {
			if line, convErr := strconv.Atoi(n); convErr == nil {
				return line, after
			}
		}
	}
	return 0, says
}

// mapReader walks the nodes of a mapping file, so that each problem knows its line.
type mapReader struct {
	file  string
	log   log
	items int // of lists, aliases counted each time
}

// maxItems is the most items that all lists of a mapping have together.
const maxItems = 200_000

func (y *mapReader) problem(n *yaml.Node, key string, args ...any) {
	y.log.add(Problem{File: y.file, Row: n.Line, Key: key, Args: args})
}

// field is a key that a block of the file may have.
type field struct {
	name string
	read func(*yaml.Node)
}

// block reads the keys of a YAML mapping and reports unknown and repeated ones. where is what the block is called.
func (y *mapReader) block(n *yaml.Node, where string, fields ...field) bool {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		y.problem(n, "import.mapping_type", where, "{…: …}")
		return false
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		switch {
		case at < 0:
			names := make([]string, len(fields))
			for i, f := range fields {
				names[i] = f.name
			}
			y.problem(key, "import.mapping_key", key.Value, strings.Join(names, ", "))
		case seen[key.Value]:
			y.problem(key, "import.mapping_key_twice", key.Value)
		default:
			seen[key.Value] = true
			fields[at].read(resolve(n.Content[i+1]))
		}
	}
	return true
}

// resolve follows an alias to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	return n
}

func (y *mapReader) mapping(n *yaml.Node, m *Mapping) {
	y.block(n, "mapping", y.text("profile", &m.Profile), y.text("round", &m.Round), y.text("kind", (*string)(&m.Kind)), y.column("respondent_id", &m.RespondentID), y.text("id_prefix", &m.prefix),
		field{"language", func(n *yaml.Node) { y.language(n, &m.Language) }},
		y.list("questions", func(n *yaml.Node) {
			q := QuestionMap{line: n.Line}
			y.block(n, "questions", y.text("key", &q.Key), y.column("column", &q.Column), y.label("label", &q.Label), y.label("short", &q.Short),
				y.text("other_of", &q.OtherOf))
			y.must(n, q.Key, q.Column)
			m.Questions = append(m.Questions, q)
		}),
		y.list("variables", func(n *yaml.Node) {
			v := VariableMap{line: n.Line}
			y.block(n, "variables", y.text("key", &v.Key), y.column("column", &v.Column), y.split(&v.Split), y.label("label", &v.Label),
				y.list("values", func(n *yaml.Node) { v.Values = append(v.Values, y.value(n)) }))
			y.variable(n, v)
			m.Variables = append(m.Variables, v)
		}),
		y.list("ignore", func(n *yaml.Node) {
			var c ColumnRef
			y.column("ignore", &c).read(n)
			m.Ignore = append(m.Ignore, c)
		}))
	if m.Profile != "" && !slices.Contains(Profiles, m.Profile) {
		y.problem(n, "import.profile_unknown", m.Profile, strings.Join(Profiles, ", "))
	}
	if m.Kind != "" && !slices.Contains(coding.RoundKinds, m.Kind) {
		y.problem(n, "import.mapping_type", "kind", "survey | notes | workshop")
	}
}

func (y *mapReader) value(n *yaml.Node) ValueMap {
	v := ValueMap{line: n.Line}
	if y.block(n, "values", y.text("key", &v.Key), y.column("column", &v.Column), y.label("label", &v.Label), y.list("match", func(n *yaml.Node) {
		var s string
		y.text("match", &s).read(n)
		v.Match = append(v.Match, s)
	})) && v.Key == "" {
		y.problem(n, "import.mapping_missing", "key")
	}
	return v
}

// must reports a question or variable without key or column.
func (y *mapReader) must(n *yaml.Node, key string, c ColumnRef) {
	if resolve(n).Kind != yaml.MappingNode {
		return // reported already
	}
	if key == "" {
		y.problem(n, "import.mapping_missing", "key")
	}
	if c.IsZero() {
		y.problem(n, "import.mapping_missing", "column")
	}
}

// variable reports a variable without key or columns: it has one column, or one for each value.
func (y *mapReader) variable(n *yaml.Node, v VariableMap) {
	if !v.Spread() {
		y.must(n, v.Key, v.Column)
	}
	for _, val := range v.Values {
		if val.Column.IsZero() == v.Spread() {
			y.problem(&yaml.Node{Line: val.line}, "import.mapping_columns", v.Key)
			return
		}
	}
	if v.Spread() && v.Key == "" {
		y.problem(n, "import.mapping_missing", "key")
	}
}

// split is the field that says what stands between choices; white space around it counts.
func (y *mapReader) split(to *string) field {
	return field{"split", func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode {
			y.problem(n, "import.mapping_type", "split", "“;”")
			return
		}
		if n.Tag != "!!null" {
			*to = n.Value
		}
	}}
}

func (y *mapReader) language(n *yaml.Node, rule *LanguageRule) {
	if n.Kind == yaml.ScalarNode {
		if n.Value != "auto" && n.Tag != "!!null" {
			y.problem(n, "import.mapping_type", "language", "auto | {column: …} | {fixed: fi|sv|en}")
		}
		return
	}
	var fixed string
	y.block(n, "language", y.column("column", &rule.Column), y.text("fixed", &fixed))
	if fixed != "" {
		l, ok := themes.ParseLang(fixed)
		if !ok {
			y.problem(n, "import.mapping_type", "fixed", "fi | sv | en")
		}
		rule.Fixed = l
	}
	if fixed != "" && !rule.Column.IsZero() {
		y.problem(n, "import.mapping_type", "language", "auto | {column: …} | {fixed: fi|sv|en}")
	}
}

// text is a field that holds a word or a number.
func (y *mapReader) text(name string, to *string) field {
	return field{name, func(n *yaml.Node) {
		if n = resolve(n); n.Kind != yaml.ScalarNode {
			y.problem(n, "import.mapping_type", name, "“…”")
			return
		}
		if n.Tag != "!!null" {
			*to = strings.TrimSpace(n.Value)
		}
	}}
}

// column is a field that names a column by header or number.
func (y *mapReader) column(name string, to *ColumnRef) field {
	return field{name, func(n *yaml.Node) {
		n = resolve(n)
		if n.Kind != yaml.ScalarNode {
			y.problem(n, "import.mapping_type", name, "“…” | 1, 2, 3 …")
			return
		}
		if n.Tag == "!!null" {
			return
		}
		*to = ColumnRef{Name: n.Value, line: n.Line}
		if num, err := strconv.Atoi(n.Value); err == nil && n.Tag == "!!int" {
			if num < 1 {
				y.problem(n, "import.mapping_type", name, "“…” | 1, 2, 3 …")
			}
			to.Name, to.Number = "", num
		}
	}}
}

// label is a field that holds a wording in some of the three languages.
func (y *mapReader) label(name string, to *coding.Text) field {
	return field{name, func(n *yaml.Node) {
		if resolve(n).Tag == "!!null" {
			return
		}
		y.block(n, name, y.text("fi", &to.FI), y.text("sv", &to.SV), y.text("en", &to.EN))
		*to = to.Trim()
	}}
}

// list is a field that holds a list, whose items each goes through.
func (y *mapReader) list(name string, each func(*yaml.Node)) field {
	return field{name, func(n *yaml.Node) {
		if n.Tag == "!!null" {
			return
		}
		if n.Kind != yaml.SequenceNode {
			y.problem(n, "import.mapping_type", name, "[…]")
			return
		}
		for _, item := range n.Content {
			if y.items++; y.items > maxItems {
				y.problem(n, "import.mapping_large", MaxMapping>>20)
				return
			}
			each(resolve(item))
		}
	}}
}
