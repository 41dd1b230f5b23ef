package index

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/themes"
)

// lexicon knows every word form of a project and the terms under which it is found: base forms and compound parts, as the
// analysers give them. Bleve indexes the forms only. A question for a base form becomes one for all its forms, so that the
// analysis of a form is made and kept once, however often people write it; the index is a third of what it would be with
// base forms of its own, and quicker to make.
//
// The same form may mean different things in different languages ('on' is 'olla' in Finnish), hence terms are kept by
// language, for those languages in which the form occurs. Forms are never taken out: one that nobody uses any more finds
// nothing. A lexicon is safe for use by many goroutines.
type lexicon struct {
	mu     sync.RWMutex
	number map[string]uint32
	forms  []form
	by     [len(themes.Langs)]map[string][]uint32 // forms by language and term

	pending []byte // lines for the file; see lexfile.go
}

// form is a word as it stands, in lower case and NFC.
type form struct {
	text    string
	letters uint64 // which letters it has, in 64 classes
	runes   int
	known   [len(themes.Langs)]bool // in which languages its terms are known
}

func newLexicon() *lexicon {
	l := &lexicon{number: map[string]uint32{}}
	for i := range l.by {
		l.by[i] = map[string][]uint32{}
	}
	return l
}

func langNumber(l coding.Lang) int { return slices.Index(themes.Langs[:], l) }

// knows tells whether the terms of all the words are known in a language.
func (x *lexicon) knows(lang coding.Lang, words []analysis.Token) bool {
	n := langNumber(lang)
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, w := range words {
		id, ok := x.number[w.Terms[0].Text]
		if !ok || !x.forms[id].known[n] {
			return false
		}
	}
	return true
}

// learn takes in the terms of a text's words in a language. words and analysed are the same words: as they stand, and with
// their terms.
func (x *lexicon) learn(lang coding.Lang, words, analysed []analysis.Token) {
	n := langNumber(lang)
	x.mu.Lock()
	defer x.mu.Unlock()
	for i, k := 0, 0; i < len(words); i++ {
		for k < len(analysed) && analysed[k].Start < words[i].Start {
			k++
		}
		var terms []analysis.Term
		if k < len(analysed) && analysed[k].Start == words[i].Start {
			terms = analysed[k].Terms
		}
		text := words[i].Terms[0].Text
		if id, ok := x.number[text]; ok && x.forms[id].known[n] {
			continue
		}
		list := make([]string, len(terms))
		for j, t := range terms {
			list[j] = t.Text
		}
		x.add(n, text, list)
		x.note(n, text, list)
	}
}

// add makes the terms of a form known in a language.
func (x *lexicon) add(lang int, text string, terms []string) {
	id, ok := x.number[text]
	if !ok {
		id = uint32(len(x.forms))
		x.number[text] = id
		x.forms = append(x.forms, form{text: text, letters: lettersOf(text), runes: utf8.RuneCountInString(text)})
	}
	x.forms[id].known[lang] = true
	for _, t := range terms {
		if list := x.by[lang][t]; !slices.Contains(list, id) {
			x.by[lang][t] = append(list, id)
		}
	}
}

// formsOf is the forms that have one of the terms in a language.
func (x *lexicon) formsOf(lang coding.Lang, terms []string) []string {
	n := langNumber(lang)
	x.mu.RLock()
	defer x.mu.RUnlock()
	var ids []uint32
	for _, t := range terms {
		ids = append(ids, x.by[n][t]...)
	}
	return x.texts(ids)
}

func (x *lexicon) texts(ids []uint32) []string {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = x.forms[id].text
	}
	slices.Sort(out)
	return out
}

// formsLike is the forms for which fn is true.
func (x *lexicon) formsLike(fn func(form string) bool) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []string
	for i := range x.forms {
		if fn(x.forms[i].text) {
			out = append(out, x.forms[i].text)
		}
	}
	slices.Sort(out)
	return out
}

// formsNear is the forms that differ from word by at most most letters.
func (x *lexicon) formsNear(word string, most int) []string {
	near := nearby(word, most)
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []string
	for i := range x.forms {
		if f := &x.forms[i]; near.maybe(f.letters, f.runes) && within(f.text, word, most) {
			out = append(out, f.text)
		}
	}
	slices.Sort(out)
	return out
}

// formsOfTermsNear is the forms of which a term in a language differs from word by at most most letters.
func (x *lexicon) formsOfTermsNear(lang coding.Lang, word string, most int) []string {
	near := nearby(word, most)
	return x.formsOf(lang, x.termsLike(lang, func(term string) bool {
		return near.maybe(lettersOf(term), utf8.RuneCountInString(term)) && within(term, word, most)
	}))
}

// termsLike is the terms of a language for which fn is true.
func (x *lexicon) termsLike(lang coding.Lang, fn func(term string) bool) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []string
	for term := range x.by[langNumber(lang)] {
		if fn(term) {
			out = append(out, term)
		}
	}
	return out
}

// proximity rules out most words before their letters are compared one by one.
type proximity struct {
	letters     uint64
	runes, most int
}

func nearby(word string, most int) proximity {
	return proximity{lettersOf(word), utf8.RuneCountInString(word), most}
}

// maybe is false for words that are surely further away: an edit changes the length by one at most, and the set of letters
// by two.
func (p proximity) maybe(letters uint64, runes int) bool {
	d := runes - p.runes
	return d <= p.most && -d <= p.most && bits.OnesCount64(letters^p.letters) <= 2*p.most
}

func lettersOf(word string) uint64 {
	set := uint64(0)
	for _, r := range word {
		set |= 1 << (uint32(r) % 64)
	}
	return set
}

// lacks tells whether a term of fieldWord is a form that the lexicon does not know.
func (x *lexicon) lacks(term string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	_, ok := x.number[term]
	return !ok && !strings.Contains(term, spillSign)
}
