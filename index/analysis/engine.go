package analysis

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// rulesVersion counts the changes of the rules in this package that change
// terms. Word lists are counted by their contents.
const rulesVersion = 1

// defaultCacheWords is how many word forms each language remembers.
const defaultCacheWords = 60_000

// Options say where an engine finds what is outside the program. The zero
// value looks in the usual places of the system.
type Options struct {
	// DictionaryPath is the Voikko dictionary: a mor.vfst file, or a folder
	// that holds one in Voikko's layout. Empty means the usual places.
	DictionaryPath string
	// SwedishListPath is a Hunspell word list (.dic). Empty means the usual
	// places.
	SwedishListPath string
	// NoSystem turns off the search in the usual places; with empty paths the
	// engine then works by rules alone.
	NoSystem bool
	// Vocabulary holds the words of the project's texts; it may be nil.
	Vocabulary *Vocabulary
	// CacheWords bounds the word forms remembered per language; 0 means a
	// default that takes a few tens of megabytes at most.
	CacheWords int
}

// Engine analyses text in all languages. It is safe for concurrent use.
type Engine struct {
	voikko     *voikko
	dictionary source
	swedish    *packed
	list       source
	cacheWords int
	analyzers  map[Language]*wordAnalyzer
}

// source is where something was read from, or why not.
type source struct {
	path   string
	digest uint64
	err    error
}

// New makes an engine. It never fails: without a usable dictionary it works by
// rules, and [Engine.Dictionary] says why.
func New(o Options) *Engine {
	e := &Engine{cacheWords: o.CacheWords}
	if e.cacheWords <= 0 {
		e.cacheWords = defaultCacheWords
	}
	e.voikko, e.dictionary = findDictionary(o)
	e.swedish, e.list = findSwedishList(o)
	e.build(o.Vocabulary)
	return e
}

// With gives an engine for another project's vocabulary, which shares the
// dictionaries with e.
func (e *Engine) With(v *Vocabulary) *Engine {
	sibling := *e
	sibling.build(v)
	return &sibling
}

func (e *Engine) build(v *Vocabulary) {
	fi := &finnish{dict: e.voikko, rules: newFinnishRules(v)}
	sv := &swedish{rules: newSwedishRules(v, e.swedish)}
	e.analyzers = map[Language]*wordAnalyzer{
		Finnish: e.analyzer(Finnish, fi.analyse),
		Swedish: e.analyzer(Swedish, sv.analyse),
		English: e.analyzer(English, english{}.analyse),
		exact:   e.analyzer(exact, exactForms),
	}
}

func (e *Engine) analyzer(lang Language, analyse func(string) *forms) *wordAnalyzer {
	return &wordAnalyzer{cache: newCache[*forms](e.cacheWords), analyse: func(word string) *forms {
		f := analyse(word)
		f.function = !contentWord(lang, f.index)
		return f
	}}
}

// For gives the analyser of a language; an unknown language gets the exact
// one.
func (e *Engine) For(lang Language) Analyzer {
	if a, ok := e.analyzers[lang]; ok {
		return a
	}
	return e.analyzers[exact]
}

// Exact gives the analyser that takes words as they stand, in lower case.
func (e *Engine) Exact() Analyzer { return e.analyzers[exact] }

// Each hands out the words of a text one after the other, for those who have no need of all of them at once: form is what the
// exact analyser makes of a word, and key is what [Engine.Terms] wants. Both are good until visit returns.
func (e *Engine) Each(text string, visit func(form, key []byte)) {
	var buffer [cacheMaxWord + 8]byte
	s := scanner{text: text, key: buffer[:0]}
	for s.next() {
		form := s.key[:len(clip(s.key))]
		if s.cut {
			s.key = append(s.key, '-')
		}
		visit(form, s.key)
	}
}

// Terms gives what a word of a text in a language is found by, as the analyser of that language would. key is from
// [Engine.Each]. The terms are shared; do not change them.
func (e *Engine) Terms(lang Language, key string) []Term {
	a, ok := e.analyzers[lang]
	if !ok {
		a = e.analyzers[exact]
	}
	return a.cache.get([]byte(key), a.analyse).index
}

// Dictionary tells where the Finnish dictionary was found. If it was not, or
// could not be used, reason says why in words for the system page.
func (e *Engine) Dictionary() (path string, found bool, reason error) {
	return e.dictionary.path, e.voikko != nil, e.dictionary.err
}

// SwedishList tells the same of the Swedish spelling dictionary, which is a
// help and no requirement.
func (e *Engine) SwedishList() (path string, found bool, reason error) {
	return e.list.path, e.swedish != nil, e.list.err
}

// Version identifies everything that terms depend on, except the vocabulary:
// the rules, our word lists and the dictionaries. An index that was built
// under another version is to be rebuilt.
func (e *Engine) Version() string {
	return fmt.Sprintf("%d-%x-%x-%x", rulesVersion, listsDigest(), e.dictionary.digest, e.list.digest)
}

// listsDigest identifies the embedded word lists.
var listsDigest = sync.OnceValue(func() uint64 {
	h := fnv.New64a()
	names, _ := fs.Glob(wordFiles, "words/*.txt")
	slices.Sort(names)
	for _, name := range names {
		h.Write([]byte(ownText(strings.TrimPrefix(name, "words/"))))
	}
	return h.Sum64()
})

func digest(data []byte) uint64 {
	h := fnv.New64a()
	h.Write(data)
	return h.Sum64()
}
