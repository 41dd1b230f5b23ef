package quotes

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"avokoodi/coding"
)

// Without is v with a stretch of the text cut out of what it keeps. Edits inside go with it. Nothing left is a problem.
func Without(text string, v coding.Version, cut coding.Span) (coding.Version, error) {
	runes := []rune(text)
	var keep []coding.Span
	for _, k := range kept(runes, v) {
		for _, part := range []coding.Span{{Start: k.Start, End: min(k.End, cut.Start)}, {Start: max(k.Start, cut.End), End: k.End}} {
			for part.Start < part.End && unicode.IsSpace(runes[part.Start]) {
				part.Start++
			}
			for part.Start < part.End && unicode.IsSpace(runes[part.End-1]) {
				part.End--
			}
			if part.Start < part.End {
				keep = append(keep, part)
			}
		}
	}
	if len(keep) == 0 {
		return v, coding.Problems{{Field: "quote", Key: "quotes.nothing_left"}}
	}
	return inside(runes, v, keep)
}

// With is v with a stretch of the text taken back into what it keeps.
func With(text string, v coding.Version, more coding.Span) (coding.Version, error) {
	runes := []rune(text)
	if len(v.Keep) == 0 {
		return v, check(runes, v)
	}
	keep := coding.MergeSpans(append(slices.Clone(v.Keep), more))
	return inside(runes, v, join(runes, keep))
}

// Only is v with nothing but a stretch of the text kept.
func Only(text string, v coding.Version, keep coding.Span) (coding.Version, error) {
	return inside([]rune(text), v, []coding.Span{keep})
}

// join unites stretches that have only white space between them: nothing was cut there.
func join(runes []rune, keep []coding.Span) []coding.Span {
	var out []coding.Span
	for _, k := range keep {
		if n := len(out); n > 0 && k.Start <= len(runes) && strings.TrimSpace(string(runes[out[n-1].End:max(k.Start, out[n-1].End)])) == "" {
			out[n-1].End = k.End
			continue
		}
		out = append(out, k)
	}
	return out
}

// inside is v with what it keeps replaced; edits outside that are dropped, and so are capitals that begin nothing any more.
func inside(runes []rune, v coding.Version, keep []coding.Span) (coding.Version, error) {
	for _, k := range keep {
		if k.Start < 0 || k.End > len(runes) || k.Start >= k.End {
			return v, coding.Problems{{Field: "quote", Key: "quotes.place_bad", Args: []any{k.Start, k.End, len(runes)}}}
		}
	}
	v.Keep = join(runes, keep)
	if len(v.Keep) == 1 && v.Keep[0] == (coding.Span{End: len(runes)}) {
		v.Keep = nil
	}
	stretches := kept(runes, v)
	v.Edits = slices.DeleteFunc(slices.Clone(v.Edits), func(e coding.QuoteEdit) bool {
		return !slices.ContainsFunc(stretches, func(k coding.Span) bool {
			return k.Start <= e.Start && e.End <= k.End && (e.Do != coding.EditCapital || e.Start == k.Start)
		})
	})
	return v, check(runes, v)
}

// Put is v with an edit, in place of those that it overlaps.
func Put(text string, v coding.Version, e coding.QuoteEdit) (coding.Version, error) {
	if e.Do == coding.EditCapital || e.Do == coding.EditSic {
		e.Text = ""
	}
	v = Drop(v, e.Span)
	v.Edits = append(v.Edits, e)
	slices.SortFunc(v.Edits, func(a, b coding.QuoteEdit) int { return cmp.Compare(a.Start, b.Start) })
	return v, check([]rune(text), v)
}

// Drop is v without the edits that touch a stretch.
func Drop(v coding.Version, at coding.Span) coding.Version {
	v.Edits = slices.DeleteFunc(slices.Clone(v.Edits), func(e coding.QuoteEdit) bool { return e.Start < at.End && at.Start < e.End })
	return v
}

// FirstLetter is the place of the first letter of what v keeps, where it is a small one that a bracketed capital could replace.
func FirstLetter(text string, v coding.Version) (coding.Span, bool) {
	runes := []rune(text)
	k := kept(runes, v)[0]
	if k.Start >= k.End {
		return coding.Span{}, false
	}
	end := k.Start + 1
	for end < k.End && !border(runes, end) {
		end++
	}
	was := string(runes[k.Start:end])
	return coding.Span{Start: k.Start, End: end}, unicode.IsLetter(runes[k.Start]) && strings.ToUpper(was) != was
}

// Place is where words stand in a text, the nth time from 1 on, for those who work without selecting.
func Place(text, words string, nth int) (coding.Span, bool) {
	if words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n")); words == "" {
		return coding.Span{}, false
	}
	at := 0
	for n := 1; ; n++ {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return coding.Span{}, false
		}
		if at += i; n == max(nth, 1) {
			start := len([]rune(text[:at]))
			return coding.Span{Start: start, End: start + len([]rune(words))}, true
		}
		at += len(words)
	}
}
