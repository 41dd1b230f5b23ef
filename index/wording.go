package index

import (
	"context"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// Wording is how the texts and queries of a project are analysed.
type Wording interface {
	// Index gives the words of a text with all terms under which they are found.
	Index(l coding.Lang, text string) []analysis.Token
	// Query gives the words of a query, each with the terms of which a text must have one.
	Query(l coding.Lang, text string) []analysis.Token
	// Exact gives the words of a text or a query as they stand, in lower case and NFC.
	Exact(text string) []analysis.Token
	// Version changes when texts must be analysed anew.
	Version() string
}

// Wording is the analysers that the project's index was built with, which know its own words. What they say of a text is
// what a search finds it by. They stay good after the index has been built anew; Version then differs.
func (x *Index) Wording(ctx context.Context, p coding.ProjectID) (Wording, error) {
	var w Wording
	err := x.read(ctx, p, func(g *generation) error {
		w = g.words
		return nil
	})
	return w, err
}
