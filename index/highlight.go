package index

import (
	"slices"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
)

// highlighter finds in a text the words for which it matches a query. It reads the text as the index does, so that it
// agrees with the index without keeping the places of letters there.
type highlighter struct {
	words    wording
	branches []branch
}

// stretch is a part of a text, in bytes.
type stretch struct{ start, end int }

// highlighter makes one for the parts of the query that are not negated.
func (l *looking) highlighter(q *query.Query) *highlighter {
	h := &highlighter{words: l.gen.words}
	q.Leaves(func(n query.Node, negated bool) {
		if !negated {
			h.branches = append(h.branches, slices.Concat(l.compile(n)...)...)
		}
	})
	return h
}

// spans is the matches in an answer, in code points, sorted and apart.
func (h *highlighter) spans(a coding.Answer) []coding.Span {
	if len(h.branches) == 0 {
		return nil
	}
	words := h.words.Exact(a.Text)
	in := languagesOf(a)
	var found []stretch
	for _, b := range h.branches {
		switch {
		case b.lang != "" && !slices.Contains(in, b.lang):
		case b.ordered:
			found = markPhrase(b, words, found)
		default:
			found = markWords(b, words, found)
		}
	}
	return coding.MergeSpans(codePoints(a.Text, found))
}

// codePoints turns byte offsets into code points.
func codePoints(text string, found []stretch) []coding.Span {
	edges := make([]int, 0, 2*len(found))
	for _, s := range found {
		edges = append(edges, s.start, s.end)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	at := make(map[int]int, len(edges))
	count, last := 0, 0
	for _, e := range edges {
		count += utf8.RuneCountInString(text[last:e])
		at[e], last = count, e
	}
	out := make([]coding.Span, len(found))
	for i, s := range found {
		out[i] = coding.Span{Start: at[s.start], End: at[s.end]}
	}
	return out
}

// markWords marks all words of the branch.
func markWords(b branch, words []analysis.Token, out []stretch) []stretch {
	for _, w := range words {
		if slices.ContainsFunc(b.slots, func(s slot) bool { return s.has(w.Terms[0].Text) }) {
			out = append(out, stretch{w.Start, w.End})
		}
	}
	return out
}

// markPhrase marks words that stand as the branch wants them, from the first to the last.
func markPhrase(b branch, words []analysis.Token, out []stretch) []stretch {
	at := make(map[int]int, len(words)) // by place
	for i, w := range words {
		at[w.Position] = i
	}
	for _, w := range words {
		end, ok := 0, true
		for _, s := range b.slots {
			i, there := at[w.Position+s.place-b.slots[0].place]
			if ok = there && s.has(words[i].Terms[0].Text); !ok {
				break
			}
			end = words[i].End
		}
		if ok {
			out = append(out, stretch{w.Start, end})
		}
	}
	return out
}
