package index

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
	"avokoodi/themes"
)

// branch is one way in which a leaf of a query can match: by words as one language knows them, or as they stand.
type branch struct {
	lang    coding.Lang // "" for words as they stand
	slots   []slot
	ordered bool // the words must stand as far from each other as in the query
}

// slot is one word of a branch: a text has it when it has one of bases, in the field of the branch's language, or one of
// forms, in fieldWord.
type slot struct {
	bases []string
	forms []string
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
		var slots []slot
		for _, t := range w.Exact(n.Text) {
			slots = append(slots, slot{forms: texts(t.Terms), place: t.Position})
		}
		if len(slots) > 0 {
			return []branch{{slots: slots, ordered: true}}
		}
	}
	return nil
}

func inflected(w wording, text string, ordered bool) []branch {
	var out []branch
	for _, l := range themes.Langs {
		var slots []slot
		for _, t := range w.Query(l, text) {
			slots = append(slots, slot{bases: texts(t.Terms), forms: ownForms(w, l, texts(t.Terms)), place: t.Position})
		}
		if len(slots) > 0 {
			out = append(out, branch{lang: l, slots: slots, ordered: ordered})
		}
	}
	return out
}

func texts(terms []analysis.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.Text
	}
	return out
}

// ownForms is those of the terms that are also words of which they are a term. See newDocument: such words stand in
// fieldWord only.
func ownForms(w wording, l coding.Lang, terms []string) []string {
	var out []string
	for _, term := range terms {
		tokens, exact := w.Index(l, term), w.Exact(term)
		if len(tokens) == 1 && len(exact) == 1 && exact[0].Terms[0].Text == term && slices.Contains(texts(tokens[0].Terms), term) {
			out = append(out, term)
		}
	}
	return out
}
