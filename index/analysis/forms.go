package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// forms is everything that is known about one word form. It is cached and
// shared, hence never changed once made.
type forms struct {
	index  []Term // base forms, likeliest first, then parts
	query  []Term // what a query for this word looks for
	source Source

	function           bool     // a function word; see contentWord
	indexRaw, queryRaw [][]byte // the same terms as Bleve wants them
}

// bases lists the base forms.
func (f *forms) bases() []string {
	var all []string
	for _, t := range f.index {
		if t.Kind == Base {
			all = append(all, t.Text)
		}
	}
	return all
}

// maxTerms bounds the terms of one word; real words have fewer than ten.
const maxTerms = 24

// formsBuilder gathers distinct terms.
type formsBuilder struct {
	bases, parts []string
}

func (b *formsBuilder) base(texts ...string) {
	for _, t := range texts {
		if t = clip(t); t != "" && len(b.bases) < maxTerms && !contains(b.bases, t) {
			b.bases = append(b.bases, t)
		}
	}
}

func (b *formsBuilder) part(texts ...string) {
	for _, t := range texts {
		if t = clip(t); len(t) > 1 && len(b.parts) < maxTerms && !contains(b.parts, t) {
			b.parts = append(b.parts, t)
		}
	}
}

// build makes the forms of a word. If the analysis is sure, a query for a word
// that is one of its own base forms looks for that one only: who types 'kuusi'
// does not mean 'your moon', and every text with the very same word has that
// term too. If it is a guess, what was typed counts as one more base form.
func (b *formsBuilder) build(word string, source Source, sure bool) *forms {
	f := &forms{source: source}
	for _, t := range b.bases {
		f.index = append(f.index, Term{t, Base})
	}
	f.query = f.index[:len(b.bases):len(b.bases)]
	switch has := contains(b.bases, word); {
	case has && sure:
		f.query = []Term{{word, Base}}
	case !has && !sure && source == FromRules:
		f.query = append(f.query, Term{clip(word), Base})
	}
	for _, t := range b.parts {
		if !contains(b.bases, t) {
			f.index = append(f.index, Term{t, Part})
		}
	}
	f.indexRaw, f.queryRaw = raw(f.index), raw(f.query)
	return f
}

func raw(terms []Term) [][]byte {
	all := make([][]byte, len(terms))
	for i, t := range terms {
		all[i] = []byte(t.Text)
	}
	return all
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}

// textForms are the forms of something that is not inflected: a number, a
// code, a word of the exact analyser.
func textForms(word string) *forms {
	var b formsBuilder
	b.base(word)
	if strings.Contains(word, "-") {
		b.part(strings.Split(word, "-")...)
	}
	return b.build(word, FromText, true)
}

// maxTermBytes bounds a single term; only pasted rubbish is longer.
const maxTermBytes = 120

// clip cuts an overlong term at a character boundary.
func clip[T string | []byte](word T) T {
	if len(word) <= maxTermBytes {
		return word
	}
	n := maxTermBytes
	for !utf8.RuneStart(word[n]) {
		n--
	}
	return word[:n]
}

func hasLetter(word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

// cutSuffixed cuts the ending that follows a colon or an apostrophe in
// 'thl:llä' and "bush'in".
func cutSuffixed(word string) (stem string, ok bool) {
	i := strings.LastIndexAny(word, ":'")
	if i < 1 || len(word)-i > maxColonSuffix+1 {
		return "", false
	}
	if before := word[i-1]; word[i] == '\'' && i+1 < len(word) && before == word[i+1] && isVowel(before) {
		return "", false // vaa'an
	}
	return word[:i], true
}

// maxHyphens bounds the pieces of a hyphenated word that are analysed.
const maxHyphens = 6

// maxPieceBases bounds the guesses for one piece.
const maxPieceBases = 2

// hyphenated adds the forms of a word with hyphens: 'brexit-äänestyksen'. The
// last piece is inflected; all pieces are parts.
func hyphenated(b *formsBuilder, word string, analyse func(string) *forms) {
	pieces := strings.Split(word, "-")
	if len(pieces) > maxHyphens {
		b.base(word)
		return
	}
	last := len(pieces) - 1
	head := strings.Join(pieces[:last], "-") + "-"
	for i, piece := range pieces {
		sub := analyse(piece)
		if i < last && sub.source == FromRules && contains(sub.bases(), piece) {
			b.part(piece)
			continue
		}
		bases := 0
		for _, t := range sub.index {
			if t.Kind == Base {
				if bases++; bases > maxPieceBases && sub.source == FromRules {
					continue
				}
				if i == last {
					b.base(head + t.Text)
				}
			}
			b.part(t.Text)
		}
	}
}

func hasDigit(word string) bool { return strings.ContainsAny(word, "0123456789") }

func trimHyphen(word string) string { return strings.TrimSuffix(word, "-") }
