package index

import (
	"strings"
)

// glob is a form with '*' for any letters.
type glob struct {
	parts  []string // what stands between the stars
	starts []string // how terms that match begin, in bytes
	folded bool
}

// newGlob makes the pattern comparable with the terms of fieldWord. Signs that no word holds are left out.
func newGlob(w wording, text string, folded bool) glob {
	g := glob{folded: folded}
	for _, part := range strings.Split(text, "*") {
		var b strings.Builder
		for _, t := range w.Exact(part) {
			b.WriteString(t.Terms[0].Text)
		}
		g.parts = append(g.parts, b.String())
	}
	g.starts = []string{g.parts[0]}
	if folded {
		g.starts = firstLetters(g.parts[0])
	}
	return g
}

// matches tells whether a term has the pattern's parts in order, the first at its beginning and the last at its end.
func (g glob) matches(term string) bool {
	if g.folded {
		term = fold(term)
	}
	first, last := g.parts[0], g.parts[len(g.parts)-1]
	if !strings.HasPrefix(term, first) {
		return false
	}
	term = term[len(first):]
	if !strings.HasSuffix(term, last) {
		return false
	}
	term = term[:len(term)-len(last)]
	for _, part := range g.parts[1 : len(g.parts)-1] {
		i := strings.Index(term, part)
		if i < 0 {
			return false
		}
		term = term[i+len(part):]
	}
	return true
}
