package chart

import (
	"strings"
	"unicode"
)

// wrap breaks text into at most most lines of a width, at spaces, after hyphens, and inside words that are too long. What does not
// fit ends in '…'. SVG has no lines of its own, and the reader's font is not known; advance is the widest of the common ones.
func wrap(s string, width, size, most int) []string {
	var lines []string
	line := ""
	for _, w := range words(s) {
		for {
			if advance(strings.TrimRight(line+w, " "), size) <= float64(width) {
				line += w
				break
			}
			if strings.TrimSpace(line) != "" {
				lines = append(lines, strings.TrimSpace(line))
				line = ""
				continue
			}
			head := fitting(w, width, size)
			lines = append(lines, head+"-")
			w = w[len(head):]
		}
	}
	if strings.TrimSpace(line) != "" || len(lines) == 0 {
		lines = append(lines, strings.TrimSpace(line))
	}
	if len(lines) > most {
		last := strings.TrimRight(lines[most-1], " -")
		for last != "" && advance(last+"…", size) > float64(width) {
			last = last[:lastRune(last)]
		}
		lines = append(lines[:most-1], last+"…")
	}
	return lines
}

// words are the pieces between which a line may break, each with the space behind it.
func words(s string) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		for {
			i := strings.IndexByte(w, '-')
			if i < 1 || i+1 == len(w) {
				break
			}
			out = append(out, w[:i+1])
			w = w[i+1:]
		}
		out = append(out, w+" ")
	}
	return out
}

// fitting is the beginning of a long word that fits with a hyphen; at least one character.
func fitting(w string, width, size int) string {
	end := 0
	for i, r := range w {
		next := i + len(string(r))
		if end > 0 && advance(w[:next]+"-", size) > float64(width) {
			break
		}
		end = next
	}
	return w[:end]
}

func lastRune(s string) int {
	last := 0
	for i := range s {
		last = i
	}
	return last
}

// advance is how wide s is at most, in units, at a font size.
func advance(s string, size int) float64 {
	em := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("iljtfI.,:;'|!() ", r):
			em += 0.34
		case strings.ContainsRune("mwMW@%—", r):
			em += 0.95
		case unicode.IsUpper(r):
			em += 0.72
		case r > 0x2E80: // CJK and emoji
			em += 1.05
		default:
			em += 0.58
		}
	}
	return em * float64(size)
}
