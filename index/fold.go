package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"avokoodi/index/query"
)

// A query without å, ä and ö that finds nothing is asked again with a and o standing for them: 'paivakoti' then finds
// 'päiväkoti'. A query that has one of the letters, or finds something, means what it says.

var folder = strings.NewReplacer("å", "a", "ä", "a", "ö", "o")

// fold is a term without dots and rings.
func fold(term string) string { return folder.Replace(term) }

// foldable tells whether a query has words, and none of them has å, ä or ö.
func foldable(q *query.Query) bool {
	any, ok := false, true
	q.Leaves(func(n query.Node, _ bool) {
		var text string
		switch n := n.(type) {
		case *query.Word:
			text = n.Text
		case *query.Phrase:
			text = n.Text
		case *query.Pattern:
			text = n.Text
		default:
			return
		}
		any = true
		text = strings.ToLower(norm.NFC.String(text))
		ok = ok && fold(text) == text
	})
	return any && ok
}

// firstLetters is how words begin that fold to one beginning with start.
func firstLetters(start string) []string {
	r, n := utf8.DecodeRuneInString(start)
	switch {
	case n == 0:
		return []string{""}
	case r == 'a':
		return []string{"a", "å", "ä"}
	case r == 'o':
		return []string{"o", "ö"}
	}
	return []string{start[:n]}
}

// compile is the package's compile, and when folded with the terms of all words that fold to the query's.
func (l *looking) compile(n query.Node) ([]branch, error) {
	list := compile(l.gen.words, n)
	if !l.folded {
		return list, nil
	}
	return l.unfold(n, list)
}

const mostUnfolded = 50 // words that one word of a query may stand for

// unfold adds to each slot the terms of words that differ from the query's by dots and rings only.
func (l *looking) unfold(n query.Node, list []branch) ([]branch, error) {
	var text string
	switch n := n.(type) {
	case *query.Word:
		text = n.Text
	case *query.Phrase:
		text = n.Text
	}
	words := l.gen.words
	for _, t := range words.Exact(text) {
		var found []string
		for _, field := range append([]string{fieldWord}, bodyFields(list)...) {
			more, err := l.unfolded(field, t.Terms[0].Text)
			if err != nil {
				return nil, err
			}
			found = append(found, more...)
		}
		slices.Sort(found)
		found = slices.Compact(found)
		for _, b := range list {
			k := slices.IndexFunc(b.slots, func(s slot) bool { return s.place == t.Position })
			if k < 0 {
				continue
			}
			if b.lang == "" {
				b.slots[k].forms = append(b.slots[k].forms, found...)
				continue
			}
			var bases []string
			for _, f := range found {
				bases = append(bases, f)
				for _, t := range words.Query(b.lang, f) {
					bases = append(bases, texts(t.Terms)...)
				}
			}
			slices.Sort(bases)
			bases = slices.Compact(bases)
			b.slots[k].bases = append(b.slots[k].bases, bases...)
			b.slots[k].forms = append(b.slots[k].forms, ownForms(words, b.lang, bases)...)
		}
	}
	return list, nil
}

func bodyFields(list []branch) []string {
	var out []string
	for _, b := range list {
		if b.lang != "" {
			out = append(out, bodyField[b.lang])
		}
	}
	return out
}

// unfolded lists the terms of a field that fold to word.
func (l *looking) unfolded(field, word string) ([]string, error) {
	var out []string
	for _, p := range l.view.segments {
		dict, err := p.Dictionary(field)
		if err != nil {
			return nil, damaged("dictionary", err)
		}
		for _, start := range firstLetters(word) {
			err := l.scan(dict, start, func(term string) error {
				if len(out) < mostUnfolded && len(term) >= len(word) && fold(term) == word && !slices.Contains(out, term) {
					out = append(out, term)
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
