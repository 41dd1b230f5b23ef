package index

import (
	"fmt"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/themes"
)

// wording is the analysers that one generation of an index was built with.
type wording interface {
	Wording
	// Each hands out the words of a text: form as Exact gives it, and key for Terms. Both are good until visit returns.
	Each(text string, visit func(form, key []byte))
	// Terms gives what a word that Each handed out is found by, as Index does.
	Terms(l coding.Lang, key string) []analysis.Term
}

// engineWords is our own analysers, with the words of one project.
type engineWords struct {
	engine  *analysis.Engine
	version string
}

func newWords(e *analysis.Engine, w learnt) wording {
	v := w.vocabulary()
	return &engineWords{e.With(v), fmt.Sprintf("%s/%016x", e.Version(), v.Digest())}
}

func (w *engineWords) Index(l coding.Lang, text string) []analysis.Token {
	return w.engine.For(analysis.Language(l)).Index(text)
}

func (w *engineWords) Each(text string, visit func(form, key []byte)) { w.engine.Each(text, visit) }

func (w *engineWords) Terms(l coding.Lang, key string) []analysis.Term {
	return w.engine.Terms(analysis.Language(l), key)
}

func (w *engineWords) Query(l coding.Lang, text string) []analysis.Token {
	return w.engine.For(analysis.Language(l)).Query(text)
}

func (w *engineWords) Exact(text string) []analysis.Token { return w.engine.Exact().Index(text) }

func (w *engineWords) Version() string { return w.version }

// languagesOf is in which languages an answer is indexed: in its own, or in all three where the language is not known or
// there are parts in another one.
func languagesOf(a coding.Answer) []coding.Lang {
	if langNumber(a.Language) >= 0 && !a.Mixed {
		return []coding.Lang{a.Language}
	}
	return themes.Langs[:]
}

// The fields of the index.
const (
	fieldID       = "_id"
	fieldWord     = "word"     // every word as it stands
	fieldQuestion = "question" // ids, as keywords
	fieldLanguage = "language"
	fieldIn       = "in" // the languages in which the answer is indexed
	fieldRound    = "round"
	fieldImport   = "import"
	fieldSum      = "sum" // one term that every answer has, with the answer's checksum as its frequency
)
