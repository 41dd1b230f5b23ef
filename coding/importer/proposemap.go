package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// mapping is what the roles come to; l is the language of headers and labels.
func (p *Proposal) mapping(profile string, l coding.Lang) Mapping {
	m := Mapping{Profile: profile}
	keys := p.keys()
	groups := map[string]int{} // place in Variables
	for i, c := range p.Columns {
		ref := ColumnRef{Name: c.Name}
		label := p.label(i, l)
		switch c.Role {
		case RoleID:
			m.RespondentID = ref
		case RoleLanguage:
			m.Language.Column = ref
		case RoleQuestion:
			m.Questions = append(m.Questions, QuestionMap{Key: keys[i], Column: ref, Label: label, OtherOf: c.Hint.Group})
		case RoleVariable:
			m.Variables = append(m.Variables, VariableMap{Key: keys[i], Column: ref, Split: c.Hint.Split, Label: label, Values: values(c.Hint.Values, l)})
		case RoleChoice:
			at, ok := groups[c.Hint.Group]
			if !ok {
				at = len(m.Variables)
				groups[c.Hint.Group] = at
				m.Variables = append(m.Variables, VariableMap{Key: keys[i], Label: c.Hint.GroupLabel.In(l)})
			}
			v := &m.Variables[at]
			one := values([]Choice{c.Hint.Choice}, l)[0]
			one.Column, one.Match = ref, c.Hint.Choice.Match
			one.Key = free(one.Key, func(k string) bool { return slices.ContainsFunc(v.Values, func(o ValueMap) bool { return o.Key == k }) })
			v.Values = append(v.Values, one)
		default:
			m.Ignore = append(m.Ignore, ref)
		}
	}
	p.tieOthers(&m, keys)
	return m
}

// label is what a column says in the language of the headers.
func (p *Proposal) label(col int, l coding.Lang) coding.Text {
	c := p.Columns[col]
	if !c.Hint.Label.IsZero() {
		return c.Hint.Label.In(l)
	}
	return themes.Only(l, c.Name)
}

// groups are the keys of the variables by the names that layouts give to groups.
func (p *Proposal) groups(keys []string) map[string]string {
	byName := map[string]string{}
	for i, c := range p.Columns {
		if c.Role != RoleChoice && c.Role != RoleVariable {
			continue
		}
		for _, name := range []string{c.Hint.Group, c.Hint.Key, c.Header, c.Name} {
			if name != "" && byName[name] == "" {
				byName[name] = keys[i]
			}
		}
	}
	return byName
}

// tieOthers turns names of groups into the keys of the variables; what has no variable is untied.
func (p *Proposal) tieOthers(m *Mapping, keys []string) {
	byName := p.groups(keys)
	for i := range m.Questions {
		m.Questions[i].OtherOf = byName[m.Questions[i].OtherOf]
	}
}

// values are the categories that a tool describes. Two of the same wording are told apart by their codes.
func values(choices []Choice, l coding.Lang) []ValueMap {
	var out []ValueMap
	means, codes := map[string]bool{}, map[string]bool{}
	for _, c := range choices {
		v := ValueMap{Key: choiceKey(c), Label: c.Label.In(l), Match: c.Match}
		if c.Code != "" && c.Code != v.Key {
			v.Match = append([]string{c.Code}, v.Match...)
		}
		if v.Label.IsZero() {
			v.Label = themes.Only(l, c.Code)
		}
		if c.Code != "" && codes[c.Code] {
			continue // described twice
		}
		codes[c.Code] = true
		v.Key = free(v.Key, func(k string) bool { return slices.ContainsFunc(out, func(o ValueMap) bool { return o.Key == k }) })
		for _, lang := range themes.Langs {
			if text := v.Label.Exact(lang); means[fold(text)] && fold(text) != fold(v.Key) {
				v.Label.Set(lang, fmt.Sprintf("%s (%s)", text, v.Key))
			}
		}
		for _, text := range v.texts() {
			means[fold(text)] = true
		}
		out = append(out, v)
	}
	return out
}

// choiceKey is a category's key: the tool's code, or else the words.
func choiceKey(c Choice) string {
	text := c.Code
	if text == "" {
		text = cmp.Or(c.Label.Plain, c.Label.Text.EN, c.Label.Text.FI, c.Label.Text.SV)
	}
	key := valueKey(text)
	if goodKey(key) {
		return key
	}
	key = strings.Join(strings.FieldsFunc(key, func(r rune) bool { return r == '-' || !goodKey(string(r)) }), "-")
	if key == "" {
		return "x" + hash(text)
	}
	return key
}

// keys makes a key for each column: what the tool calls it, or else what the header says. The columns of a group have one.
func (p *Proposal) keys() []string {
	names := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		names[i] = cmp.Or(c.Hint.Key, c.Name)
		if c.Role == RoleChoice {
			names[i] = c.Hint.Group
		}
	}
	codes := keysOf(names)
	taken, groups := map[string]bool{}, map[string]string{}
	out := make([]string, len(names))
	for i, c := range p.Columns {
		if known := groups[c.Hint.Group]; c.Role == RoleChoice && known != "" {
			out[i] = known
			continue
		}
		key := codes[i]
		switch {
		case c.Role == RoleChoice:
			key = groupKey(c.Hint.Group)
		case c.Role == RoleQuestion && c.Hint.Group != "":
			key = groupKey(c.Hint.Group) + "-other"
		case c.Hint.Key != "":
			key = slug(c.Hint.Key)
		}
		if c.Role != RoleQuestion && c.Role != RoleVariable && c.Role != RoleChoice {
			out[i] = key // it needs none
			continue
		}
		out[i] = free(key, func(k string) bool { return taken[k] })
		taken[out[i]] = true
		if c.Role == RoleChoice {
			groups[c.Hint.Group] = out[i]
		}
	}
	return out
}

// groupKey is the key of a variable out of what its layout calls it: a code or the question.
func groupKey(name string) string {
	if code := headerCode(name); code != "" && strings.TrimSpace(name) != "" {
		return code
	}
	return slug(name)
}

// free is key, with a number behind it where it is taken.
func free(key string, taken func(string) bool) string {
	out := key
	for n := 2; taken(out); n++ {
		out = fmt.Sprintf("%s-%d", key, n)
	}
	return out
}
