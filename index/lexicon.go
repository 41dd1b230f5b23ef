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
	terms  [len(themes.Langs)]termList

	pending []byte // lines for the file; see lexfile.go
}

// form is a word as it stands, in lower case and NFC.
type form struct {
	spelling
	known known
}

// known is in which languages the terms of a form are known.
type known [len(themes.Langs)]bool

// all tells whether all languages of need are among them.
func (k known) all(need known) bool {
	for i, n := range need {
		if n && !k[i] {
			return false
		}
	}
	return true
}

// word is a word of a text with its terms in one language.
type word struct {
	form  string
	key   string // for the analysers
	terms []analysis.Term
}

// termList is the terms of one language.
type termList struct {
	number map[string]uint32
	list   []term
}

// term is a base form or a part of a compound.
type term struct {
	spelling
	forms []uint32
}

// spelling is a word with what rules most others out before letters are compared one by one.
type spelling struct {
	text    string
	letters uint64 // which letters it has, in 64 classes
	runes   int
}

func spell(word string) spelling {
	s := spelling{text: word, runes: utf8.RuneCountInString(word)}
	for _, r := range word {
		s.letters |= 1 << (uint32(r) % 64)
	}
	return s
}

// near tells whether s becomes other by at most most edits. An edit changes the length by one at most, and the set of
// letters by two.
func (s *spelling) near(other *spelling, most int) bool {
	d := s.runes - other.runes
	return d <= most && -d <= most && bits.OnesCount64(s.letters^other.letters) <= 2*most && within(s.text, other.text, most)
}

func newLexicon() *lexicon {
	x := &lexicon{number: map[string]uint32{}}
	for i := range x.terms {
		x.terms[i].number = map[string]uint32{}
	}
	return x
}

func langNumber(l coding.Lang) int { return slices.Index(themes.Langs[:], l) }

// find is what is known of a form; nil when nothing is. The caller holds mu, and keeps what it gets no longer.
func (x *lexicon) find(text []byte) *form {
	if id, ok := x.number[string(text)]; ok {
		return &x.forms[id]
	}
	return nil
}

// learn takes in the terms of words in a language. A word without terms stands for itself.
func (x *lexicon) learn(lang coding.Lang, words []word) {
	n := langNumber(lang)
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, w := range words {
		if id, ok := x.number[w.form]; ok && x.forms[id].known[n] {
			continue
		}
		list := texts(w.terms)
		if len(list) == 0 {
			list = []string{w.form}
		}
		x.add(n, w.form, list)
		x.note(n, w.form, list)
	}
}

// add makes the terms of a form known in a language.
func (x *lexicon) add(lang int, text string, terms []string) {
	id, ok := x.number[text]
	if !ok {
		id = uint32(len(x.forms))
		x.number[text] = id
		x.forms = append(x.forms, form{spelling: spell(text)})
	}
	x.forms[id].known[lang] = true
	for _, t := range terms {
		x.terms[lang].add(t, id)
	}
}

func (l *termList) add(text string, form uint32) {
	n, ok := l.number[text]
	if !ok {
		n = uint32(len(l.list))
		l.number[text] = n
		l.list = append(l.list, term{spelling: spell(text)})
	}
	if t := &l.list[n]; len(t.forms) == 0 || t.forms[len(t.forms)-1] != form {
		t.forms = append(t.forms, form)
	}
}

// formsOf is the forms that have one of the terms in a language.
func (x *lexicon) formsOf(lang coding.Lang, terms []string) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	l := &x.terms[langNumber(lang)]
	var ids []uint32
	for _, t := range terms {
		if n, ok := l.number[t]; ok {
			ids = append(ids, l.list[n].forms...)
		}
	}
	return x.texts(ids)
}

// texts is the forms with the numbers, each once, in order.
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
	return x.formsWhere(func(s *spelling) bool { return fn(s.text) })
}

// formsNear is the forms that become word by at most most edits.
func (x *lexicon) formsNear(word string, most int) []string {
	wanted := spell(word)
	return x.formsWhere(func(s *spelling) bool { return s.near(&wanted, most) })
}

func (x *lexicon) formsWhere(fn func(*spelling) bool) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []string
	for i := range x.forms {
		if fn(&x.forms[i].spelling) {
			out = append(out, x.forms[i].text)
		}
	}
	slices.Sort(out)
	return out
}

// termsLike is the terms of a language for which fn is true.
func (x *lexicon) termsLike(lang coding.Lang, fn func(term string) bool) []string {
	return x.termsWhere(lang, func(s *spelling) bool { return fn(s.text) })
}

// termsNear is the terms of a language that become word by at most most edits.
func (x *lexicon) termsNear(lang coding.Lang, word string, most int) []string {
	wanted := spell(word)
	return x.termsWhere(lang, func(s *spelling) bool { return s.near(&wanted, most) })
}

func (x *lexicon) termsWhere(lang coding.Lang, fn func(*spelling) bool) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	list := x.terms[langNumber(lang)].list
	var out []string
	for i := range list {
		if fn(&list[i].spelling) {
			out = append(out, list[i].text)
		}
	}
	return out
}

// lacks tells whether a term of fieldWord is a form of which the terms in a language are not known.
func (x *lexicon) lacks(term string, lang coding.Lang) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	id, ok := x.number[term]
	return !(ok && x.forms[id].known[langNumber(lang)]) && !strings.Contains(term, spillSign)
}

// size is the number of forms.
func (x *lexicon) size() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.forms)
}
