package analysis

import "github.com/blevesearch/bleve/v2/analysis"

// exact is the pseudo-language of the analyser without inflection.
const exact Language = "exact"

func exactForms(word string) *forms { return textForms(trimHyphen(word)) }

// wordAnalyzer runs one language's word analysis over texts.
type wordAnalyzer struct {
	analyse func(word string) *forms
	cache   *cache[*forms]
}

// Index implements [Analyzer].
func (a *wordAnalyzer) Index(text string) []Token { return a.tokens(text, false) }

// Query implements [Analyzer].
func (a *wordAnalyzer) Query(text string) []Token { return a.tokens(text, true) }

func (a *wordAnalyzer) tokens(text string, query bool) []Token {
	var tokens []Token
	a.each(text, func(start, end int, f *forms) {
		t := Token{Start: start, End: end, Position: len(tokens) + 1, Terms: f.index, Source: f.source}
		if query {
			t.Terms = f.query
		}
		tokens = append(tokens, t)
	})
	return tokens
}

// each hands every word of a text to visit.
func (a *wordAnalyzer) each(text string, visit func(start, end int, f *forms)) {
	var buffer [cacheMaxWord + 8]byte
	s := scanner{text: text, key: buffer[:0]}
	for s.next() {
		if s.cut {
			s.key = append(s.key, '-')
		}
		visit(s.start, s.end, a.cache.get(s.key, a.analyse))
	}
}

// stream gives the tokens as Bleve wants them: one for each term, those of one
// word at one position.
func (a *wordAnalyzer) stream(text string, query, contentOnly bool) analysis.TokenStream {
	type word struct {
		start, end, position int
		raw                  [][]byte
	}
	var buffer [64]word
	words, terms, position := buffer[:0], 0, 0
	a.each(text, func(start, end int, f *forms) {
		position++
		if contentOnly && f.function {
			return
		}
		raw := f.indexRaw
		if query {
			raw = f.queryRaw
		}
		words = append(words, word{start, end, position, raw})
		terms += len(raw)
	})
	tokens := make([]analysis.Token, terms)
	stream := make(analysis.TokenStream, 0, terms)
	for _, w := range words {
		for _, term := range w.raw {
			t := &tokens[len(stream)]
			*t = analysis.Token{Start: w.start, End: w.end, Term: term, Position: w.position, Type: analysis.AlphaNumeric}
			stream = append(stream, t)
		}
	}
	return stream
}
