package index

import (
	"fmt"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/themes"
)

// wording is the analysers that one generation of an index was built with.
type wording interface {
	// Index gives the words of a text with all terms under which they are found.
	Index(l coding.Lang, text string) []analysis.Token
	// Query gives the words of a query, each with the terms of which a text must have one.
	Query(l coding.Lang, text string) []analysis.Token
	// Exact gives the words of a text or a query as they stand, in lower case and NFC.
	Exact(text string) []analysis.Token
	// Version changes when texts must be analysed anew.
	Version() string
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
