package importer

import (
	"iter"
	"slices"
	"strings"
)

// noTick are the cells that say that a choice was not ticked, folded.
var noTick = map[string]bool{"0": true, "no": true, "n": true, "false": true, "unchecked": true, "not selected": true, "not checked": true, "ei": true, "epätosi": true,
	"ei valittu": true, "nej": true, "falskt": true, "inte vald": true, "-": true, "0.0": true}

// ticked tells whether a cell of a choice's column says that the choice was taken.
func (v ValueMap) ticked(cell string) bool {
	switch {
	case cell == "":
		return false
	case len(v.Match) > 0:
		return slices.ContainsFunc(v.Match, func(m string) bool { return m == cell || fold(m) == fold(cell) })
	case len(cell) > 16:
		return true
	}
	return !noTick[cell] && !noTick[fold(cell)]
}

// ticks goes through the choices of a variable that is spread over columns, and counts those that are ticked.
func (c *categories) ticks(cells []string, parts []int, each func(category int)) (n int) {
	for i, col := range parts {
		if cell := cells[col]; cell != "" && c.listed[i].ticked(cell) {
			each(i)
			n++
		}
	}
	return n
}

// choices cuts a cell into the choices that it lists; a cell of a variable without Split is one.
func (c *categories) choices(cell string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if c.split == "" {
			yield(cell)
			return
		}
		for choice := range cut(cell, c.split, c.known) {
			if !yield(choice) {
				return
			}
		}
	}
}

// Choices cuts a cell at sep, but not within brackets, and not within one of the texts known, of which the longest go first.
func Choices(cell, sep string, known []string) iter.Seq[string] { return cut(cell, sep, known) }

func cut(cell, sep string, known []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest := cell; rest != ""; {
			end, next := choiceEnd(rest, sep, known)
			if choice := strings.TrimSpace(rest[:end]); choice != "" && !yield(choice) {
				return
			}
			rest = rest[next:]
		}
	}
}

// choiceEnd is where the first choice of a cell ends, and where the next one begins.
func choiceEnd(text, sep string, known []string) (end, next int) {
	for _, k := range known {
		if rest, ok := strings.CutPrefix(text, k); ok && (rest == "" || strings.HasPrefix(rest, sep)) {
			return len(k), len(text) - len(strings.TrimPrefix(rest, sep))
		}
	}
	depth := 0
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '(' || text[i] == '[':
			depth++
		case text[i] == ')' || text[i] == ']':
			depth = max(0, depth-1)
		}
		if depth == 0 && strings.HasPrefix(text[i:], sep) {
			return i, i + len(sep)
		}
	}
	if depth > 0 { // a bracket that nobody closed hides nothing
		if i := strings.Index(text, sep); i >= 0 {
			return i, i + len(sep)
		}
	}
	return len(text), len(text)
}
