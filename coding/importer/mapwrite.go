package importer

import (
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"avokoodi/coding"
)

// WriteMapping writes m as a mapping file that ReadMapping reads back.
func WriteMapping(w io.Writer, m Mapping) error {
	top := newBlock()
	if m.Profile == "" {
		m.Profile = ProfileTable
	}
	top.text("profile", m.Profile)
	if m.Round != "" {
		top.quoted("round", m.Round)
	}
	if m.Kind != "" {
		top.text("kind", string(m.Kind))
	}
	if !m.RespondentID.IsZero() {
		top.add("respondent_id", columnNode(m.RespondentID))
	}
	if m.prefix != "" {
		top.quoted("id_prefix", m.prefix)
	}
	top.add("language", languageNode(m.Language))
	questions := newList()
	for _, q := range m.Questions {
		b := newBlock()
		b.text("key", q.Key)
		b.add("column", columnNode(q.Column))
		b.label("label", q.Label)
		b.label("short", q.Short)
		if q.OtherOf != "" {
			b.text("other_of", q.OtherOf)
		}
		questions.Content = append(questions.Content, b.node)
	}
	top.add("questions", questions)
	variables := newList()
	for _, v := range m.Variables {
		variables.Content = append(variables.Content, variableNode(v))
	}
	top.add("variables", variables)
	ignore := newList()
	for _, c := range m.Ignore {
		ignore.Content = append(ignore.Content, columnNode(c))
	}
	top.add("ignore", ignore)

	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(top.node); err != nil {
		return fmt.Errorf("import: mapping: %w", err)
	}
	if err := enc.Close(); err != nil {
		return fmt.Errorf("import: mapping: %w", err)
	}
	return nil
}

func variableNode(v VariableMap) *yaml.Node {
	b := newBlock()
	b.text("key", v.Key)
	if !v.Column.IsZero() {
		b.add("column", columnNode(v.Column))
	}
	if v.Split != "" {
		b.quoted("split", v.Split)
	}
	b.label("label", v.Label)
	if len(v.Values) == 0 {
		return b.node
	}
	values := newList()
	for _, val := range v.Values {
		c := newBlock()
		c.node.Style = yaml.FlowStyle
		c.text("key", val.Key)
		if !val.Column.IsZero() {
			c.add("column", columnNode(val.Column))
		}
		c.label("label", val.Label)
		if len(val.Match) > 0 {
			match := newList()
			match.Style = yaml.FlowStyle
			for _, s := range val.Match {
				match.Content = append(match.Content, quotedNode(s))
			}
			c.add("match", match)
		}
		values.Content = append(values.Content, c.node)
	}
	b.add("values", values)
	return b.node
}

func languageNode(r LanguageRule) *yaml.Node {
	if r.Fixed == "" && r.Column.IsZero() {
		return scalarNode("auto")
	}
	b := newBlock()
	b.node.Style = yaml.FlowStyle
	if r.Fixed != "" {
		b.text("fixed", string(r.Fixed))
	} else {
		b.add("column", columnNode(r.Column))
	}
	return b.node
}

// columnNode writes a header in quotation marks, so that a header '3' does not become column number 3.
func columnNode(c ColumnRef) *yaml.Node {
	if c.Number > 0 {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: c.String()}
	}
	return quotedNode(c.Name)
}

func quotedNode(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: yaml.DoubleQuotedStyle}
}

func scalarNode(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}

func newList() *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode} }

type blockNode struct{ node *yaml.Node }

func newBlock() blockNode { return blockNode{&yaml.Node{Kind: yaml.MappingNode}} }

func (b blockNode) add(key string, value *yaml.Node) {
	if value.Kind == yaml.SequenceNode && len(value.Content) == 0 {
		return
	}
	b.node.Content = append(b.node.Content, scalarNode(key), value)
}

func (b blockNode) text(key, value string)   { b.add(key, scalarNode(value)) }
func (b blockNode) quoted(key, value string) { b.add(key, quotedNode(value)) }

func (b blockNode) label(key string, t coding.Text) {
	if t.IsZero() {
		return
	}
	l := newBlock()
	l.node.Style = yaml.FlowStyle
	for _, part := range []struct{ lang, text string }{{"fi", t.FI}, {"sv", t.SV}, {"en", t.EN}} {
		if part.text != "" {
			l.quoted(part.lang, part.text)
		}
	}
	b.add(key, l.node)
}
