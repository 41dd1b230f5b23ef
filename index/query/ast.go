package query

// Query is a parsed query. Root is nil when there is nothing to ask: everything matches.
type Query struct {
	Text string // as typed
	Root Node
}

// Span is a place in the query's text, in code points; End is exclusive.
type Span struct{ Start, End int }

// Node is a part of a query: *And, *Or, *Not or a leaf.
type Node interface {
	// At is the place of the node in the text.
	At() Span
}

// And matches when all of Nodes do; it has at least two.
type And struct{ Nodes []Node }

// Or matches when one of Nodes does; it has at least two.
type Or struct{ Nodes []Node }

// Not matches when Node does not.
type Not struct {
	Span
	Node Node
}

// Word is a word in any inflection.
type Word struct {
	Span
	Text string
}

// Phrase is words one after another: in the very forms written, or, when Loose, in any inflection.
type Phrase struct {
	Span
	Text  string
	Loose bool
}

// Pattern is a form with '*' for any letters.
type Pattern struct {
	Span
	Text string
}

// Fuzzy is a word with typing errors. Distance is the number of letters that may differ; 0 leaves it to the word's length.
type Fuzzy struct {
	Span
	Text     string
	Distance int
}

// Field asks for answers by what is known of them, not by their text. It matches when one of Values does.
type Field struct {
	Span
	Kind   Kind
	Name   string // the key of the variable, for KindVariable
	Typed  string // the field's name as typed
	Values []Value
}

// Value is one value of a Field as typed, without quotes.
type Value struct {
	Span
	Text string
}

// Label is the plain name of the field: the variable's key, or the English name.
func (f *Field) Label() string {
	if f.Kind == KindVariable {
		return f.Name
	}
	return f.Kind.String()
}

// At is the place from the first to the last node.
func (n *And) At() Span { return span(n.Nodes) }

// At is the place from the first to the last node.
func (n *Or) At() Span { return span(n.Nodes) }

// At is s itself: leaves embed their place.
func (s Span) At() Span { return s }

func span(nodes []Node) Span {
	return Span{nodes[0].At().Start, nodes[len(nodes)-1].At().End}
}

// Leaves calls visit with every leaf in the order written, and whether it stands under an odd number of nots.
func (q *Query) Leaves(visit func(leaf Node, negated bool)) { leaves(q.Root, false, visit) }

func leaves(n Node, negated bool, visit func(Node, bool)) {
	switch n := n.(type) {
	case nil:
	case *And:
		for _, c := range n.Nodes {
			leaves(c, negated, visit)
		}
	case *Or:
		for _, c := range n.Nodes {
			leaves(c, negated, visit)
		}
	case *Not:
		leaves(n.Node, !negated, visit)
	default:
		visit(n, negated)
	}
}

// HasText tells whether the query asks for any word, or only by fields.
func (q *Query) HasText() bool {
	has := false
	q.Leaves(func(n Node, _ bool) {
		if _, ok := n.(*Field); !ok {
			has = true
		}
	})
	return has
}
