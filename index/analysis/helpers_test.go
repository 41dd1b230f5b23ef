package analysis

import "slices"

// termsOf gives the terms of a kind of all words of a text.
func termsOf(tokens []Token, kind Kind) []string {
	var all []string
	for _, token := range tokens {
		for _, term := range token.Terms {
			if term.Kind == kind {
				all = append(all, term.Text)
			}
		}
	}
	return all
}

func basesOf(a Analyzer, text string) []string { return termsOf(a.Index(text), Base) }
func partsOf(a Analyzer, text string) []string { return termsOf(a.Index(text), Part) }
func queryOf(a Analyzer, text string) []string { return termsOf(a.Query(text), Base) }

// finds reports whether a query of one word finds a text.
func finds(a Analyzer, query, text string) bool {
	var indexed []string
	for _, token := range a.Index(text) {
		for _, term := range token.Terms {
			indexed = append(indexed, term.Text)
		}
	}
	for _, token := range a.Query(query) {
		if !slices.ContainsFunc(token.Terms, func(t Term) bool { return slices.Contains(indexed, t.Text) }) {
			return false
		}
	}
	return true
}

// rulesEngine works without anything from the system.
func rulesEngine() *Engine { return New(Options{NoSystem: true}) }
