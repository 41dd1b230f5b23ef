package index

import (
	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
	"avokoodi/themes"
)

// branch is one way in which a leaf of a query can match: by words in one field.
type branch struct {
	field   string
	lang    coding.Lang // of the field; "" for fieldWord
	slots   []slot
	ordered bool // the words must stand as far from each other as in the query
}

// slot is one word of a branch: a text has it when it has one of the terms.
type slot struct {
	terms []string
	place int
}

// compile tells how a word or phrase is looked for: a word in every language by that language's rules, since people ask
// once for what was said in three.
func compile(w wording, leaf query.Node) []branch {
	switch n := leaf.(type) {
	case *query.Word:
		return inflected(w, n.Text, false)
	case *query.Phrase:
		if n.Loose {
			return inflected(w, n.Text, true)
		}
		if slots := slotsOf(w.Exact(n.Text)); len(slots) > 0 {
			return []branch{{field: fieldWord, slots: slots, ordered: true}}
		}
	}
	return nil
}

func inflected(w wording, text string, ordered bool) []branch {
	var out []branch
	for _, l := range themes.Langs {
		if slots := slotsOf(w.Query(l, text)); len(slots) > 0 {
			out = append(out, branch{field: bodyField[l], lang: l, slots: slots, ordered: ordered})
		}
	}
	return out
}

func slotsOf(tokens []analysis.Token) []slot {
	out := make([]slot, 0, len(tokens))
	for _, t := range tokens {
		s := slot{place: t.Position}
		for _, term := range t.Terms {
			s.terms = append(s.terms, term.Text)
		}
		out = append(out, s)
	}
	return out
}
