package index

import "strings"

// glob is a form with '*' for any letters.
type glob struct {
	parts  []string // what stands between the stars
	folded bool
}

// newGlob makes the pattern comparable with forms. Signs that no word holds are left out.
func newGlob(w wording, text string, folded bool) glob {
	g := glob{folded: folded}
	for _, part := range strings.Split(text, "*") {
		var b strings.Builder
		for _, t := range w.Exact(part) {
			b.WriteString(t.Terms[0].Text)
		}
		g.parts = append(g.parts, b.String())
	}
	return g
}

// matches tells whether a form has the pattern's parts in order, the first at its beginning and the last at its end.
func (g glob) matches(form string) bool {
	if g.folded {
		form = fold(form)
	}
	first, last := g.parts[0], g.parts[len(g.parts)-1]
	if !strings.HasPrefix(form, first) {
		return false
	}
	form = form[len(first):]
	if !strings.HasSuffix(form, last) {
		return false
	}
	form = form[:len(form)-len(last)]
	for _, part := range g.parts[1 : len(g.parts)-1] {
		i := strings.Index(form, part)
		if i < 0 {
			return false
		}
		form = form[i+len(part):]
	}
	return true
}
