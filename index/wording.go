package index

import (
	"context"

	"avokoodi/coding"
)

// Wording is how the texts and queries of a project are analysed.
type Wording = wording

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
