package ui

import (
	"avokoodi/ui/i18n"
)

// guarded writes a count; one from 1 to under least is '<least', so that no small group is told.
func (r *request) guarded(n, least int) string {
	if n > 0 && n < least {
		return "<" + i18n.Int(r.lang, int64(least))
	}
	return i18n.Int(r.lang, int64(n))
}

// guardedParts writes the parts of a known whole. What is hidden must not be worked out from the rest: it is at least two
// parts and together at least least, or the smallest part still shown is hidden too ('·').
func (r *request) guardedParts(parts []int, least int) (texts []string, hidden bool) {
	cells, sum := 0, 0
	for _, n := range parts {
		texts = append(texts, r.guarded(n, least))
		if n > 0 && n < least {
			cells, sum = cells+1, sum+n
		}
	}
	hidden = cells > 0
	for hidden && (cells < 2 || sum < least) {
		next := -1
		for i, n := range parts {
			if n >= least && texts[i] != "·" && (next < 0 || n < parts[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		texts[next] = "·"
		cells, sum = cells+1, sum+parts[next]
	}
	return texts, hidden
}
