package index

import (
	"slices"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
	"avokoodi/themes"
)

// branch is one way in which a leaf of a query can match.
type branch struct {
	lang    coding.Lang // only in answers indexed in this language; "" for all
	slots   []slot
	ordered bool // the words must stand as far from each other as in the query
}

// slot is one word of a branch: an answer has it when it has one of the forms.
type slot struct {
	forms []string // sorted
	place int
}

// compile tells how a leaf is looked for: an answer matches when, for each of the groups, one of its branches does. There
// is more than one group only for a fuzzy word that has signs in it.
func (l *looking) compile(leaf query.Node) [][]branch {
	key := leafKey(leaf, l.folded)
	groups, ok := l.compiled[key]
	if !ok {
		groups = l.compileNew(leaf)
		if l.compiled == nil {
			l.compiled = map[string][][]branch{}
		}
		l.compiled[key] = groups
	}
	return groups
}

func (l *looking) compileNew(leaf query.Node) [][]branch {
	words := l.gen.words
	switch n := leaf.(type) {
	case *query.Word:
		return [][]branch{l.inflected(n.Text, false)}
	case *query.Phrase:
		if n.Loose {
			return [][]branch{l.inflected(n.Text, true)}
		}
		return [][]branch{l.exact(n.Text)}
	case *query.Pattern:
		g := newGlob(words, n.Text, l.folded)
		return [][]branch{{{slots: []slot{{forms: l.gen.lexicon.formsLike(g.matches)}}}}}
	case *query.Fuzzy:
		var groups [][]branch
		for _, t := range words.Exact(n.Text) {
			groups = append(groups, l.fuzzy(t.Terms[0].Text, n.Distance))
		}
		return groups
	}
	return nil
}

// inflected looks for words in every language by that language's rules, since people ask once for what was said in three.
func (l *looking) inflected(text string, ordered bool) []branch {
	var out []branch
	exact := l.gen.words.Exact(text)
	for _, lang := range themes.Langs {
		b := branch{lang: lang, ordered: ordered}
		for _, t := range l.gen.words.Query(lang, text) {
			terms := texts(t.Terms)
			if l.folded {
				terms = append(terms, l.unfolded(lang, exact, t.Position)...)
			}
			b.slots = append(b.slots, slot{forms: l.gen.lexicon.formsOf(lang, terms), place: t.Position})
		}
		if len(b.slots) > 0 {
			out = append(out, b)
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

// exact looks for words as they stand.
func (l *looking) exact(text string) []branch {
	b := branch{ordered: true}
	for _, t := range l.gen.words.Exact(text) {
		forms := texts(t.Terms)
		if l.folded {
			word := forms[0]
			forms = l.gen.lexicon.formsLike(func(form string) bool { return foldsTo(form, word) })
		}
		b.slots = append(b.slots, slot{forms: forms, place: t.Position})
	}
	if len(b.slots) == 0 {
		return nil
	}
	return []branch{b}
}

// fuzzy looks for forms, and for forms of base forms, that are written nearly alike.
func (l *looking) fuzzy(word string, distance int) []branch {
	if distance == 0 {
		distance = 2
		if utf8.RuneCountInString(word) <= 5 {
			distance = 1
		}
	}
	lexicon := l.gen.lexicon
	out := []branch{{slots: []slot{{forms: lexicon.formsNear(word, distance)}}}}
	for _, lang := range themes.Langs {
		out = append(out, branch{lang: lang, slots: []slot{{forms: lexicon.formsOf(lang, lexicon.termsNear(lang, word, distance))}}})
	}
	return out
}

// has tells whether a form is one of the slot's.
func (s slot) has(form string) bool {
	_, ok := slices.BinarySearch(s.forms, form)
	return ok
}
