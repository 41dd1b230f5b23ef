package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
)

// A query without å, ä and ö that finds nothing is asked again with a and o standing for them: 'paivakoti' then finds
// 'päiväkoti'. A query that has one of the letters, or finds something, means what it says.

// fold is a word, in lower case and NFC, without dots and rings.
func fold(word string) string {
	if strings.IndexByte(word, '\xC3') < 0 { // with which å, ä and ö begin in UTF-8
		return word
	}
	return strings.Map(foldLetter, word)
}

func foldLetter(r rune) rune {
	switch r {
	case 'å', 'ä':
		return 'a'
	case 'ö':
		return 'o'
	}
	return r
}

// foldsTo tells whether fold(word) is folded.
func foldsTo(word, folded string) bool {
	for _, r := range word {
		want, n := utf8.DecodeRuneInString(folded)
		if n == 0 || foldLetter(r) != want {
			return false
		}
		folded = folded[n:]
	}
	return folded == ""
}

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

// unfolded is the terms in a language of all words that differ from a word of the query by dots and rings only.
func (l *looking) unfolded(lang coding.Lang, exact []analysis.Token, place int) []string {
	i := slices.IndexFunc(exact, func(t analysis.Token) bool { return t.Position == place })
	if i < 0 {
		return nil
	}
	word := exact[i].Terms[0].Text
	same := func(s string) bool { return len(s) > len(word) && foldsTo(s, word) }
	var out []string
	for _, form := range l.gen.lexicon.formsLike(same) {
		for _, t := range l.gen.words.Query(lang, form) {
			out = append(out, texts(t.Terms)...)
		}
	}
	return append(out, l.gen.lexicon.termsLike(lang, same)...)
}
