package query

import (
	"slices"
	"strconv"
	"strings"

	"avokoodi/themes"
)

// String writes the query in its plainest form, with the fields' English names. Parsing that gives the same tree.
func (q *Query) String() string {
	var b strings.Builder
	write(&b, q.Root, false)
	return b.String()
}

// write writes a node; tight puts parentheses round everything that is not one thing.
func write(b *strings.Builder, n Node, tight bool) {
	switch n := n.(type) {
	case nil:
	case *And:
		group(b, tight, n.Nodes, " ")
	case *Or:
		group(b, tight, n.Nodes, " OR ")
	case *Not:
		b.WriteByte('-')
		write(b, n.Node, true)
	case *Word:
		b.WriteString(n.Text)
	case *Pattern:
		b.WriteString(n.Text)
	case *Fuzzy:
		b.WriteString(n.Text + "~")
		if n.Distance > 0 {
			b.WriteString(strconv.Itoa(n.Distance))
		}
	case *Phrase:
		b.WriteString(`"` + n.Text + `"`)
		if n.Loose {
			b.WriteByte('~')
		}
	case *Field:
		b.WriteString(n.Label() + ":")
		for i, v := range n.Values {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + v.Text + `"`)
		}
	}
}

func group(b *strings.Builder, tight bool, nodes []Node, between string) {
	if tight {
		b.WriteByte('(')
	}
	for i, c := range nodes {
		if i > 0 {
			b.WriteString(between)
		}
		_, and := c.(*And)
		write(b, c, !(and && between == " OR "))
	}
	if tight {
		b.WriteByte(')')
	}
}

// ForKeywords is the query that finds any of a theme's keywords in all three languages, each in any inflection; "" when
// there are none. It holds at most MaxTerms words.
func ForKeywords(k themes.Keywords) string {
	var parts []string
	terms := 0
	for _, l := range themes.Langs {
		for _, w := range k.In(l) {
			words := strings.FieldsFunc(w, func(r rune) bool { return !isLetter(r) && !strings.ContainsRune("-'’:", r) })
			words = slices.DeleteFunc(words, func(s string) bool { return !hasWord(s) })
			part := strings.ToLower(strings.Join(words, " "))
			if len(words) > 1 || strings.Contains(part, ":") {
				part = `"` + part + `"~`
			} else {
				part = strings.Trim(part, "-'’")
			}
			if part == "" || slices.Contains(parts, part) {
				continue
			}
			if terms += len(words); terms > MaxTerms {
				return strings.Join(parts, " OR ")
			}
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " OR ")
}
