package index

import (
	"slices"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
)

// highlighter finds in a text the words for which it matches a query. It analyses the text as the index does, so that it agrees
// with the index without keeping the places of letters there.
type highlighter struct {
	words wording
	finds []finder
}

// finder appends the stretches of a text, in bytes, for which one leaf of a query matches.
type finder func(t *reading, out []stretch) []stretch

type stretch struct{ start, end int }

// reading is an answer's words, in each way in which they are indexed.
type reading struct {
	exact []analysis.Token
	by    map[coding.Lang][]analysis.Token
}

// highlighter makes one for the parts of the query that are not negated.
func (l *looking) highlighter(q *query.Query) (*highlighter, error) {
	m := &highlighter{words: l.gen.words}
	var failed error
	q.Leaves(func(n query.Node, negated bool) {
		if negated || failed != nil {
			return
		}
		switch n := n.(type) {
		case *query.Field:
		case *query.Pattern:
			g := newGlob(l.gen.words, n.Text, l.folded)
			m.finds = append(m.finds, func(t *reading, out []stretch) []stretch {
				return markWords(t.exact, out, g.matches)
			})
		case *query.Fuzzy:
			m.finds = append(m.finds, markFuzzy(l.gen.words, n))
		default:
			list, err := l.compile(n)
			if err != nil {
				failed = err
				return
			}
			for _, b := range list {
				m.finds = append(m.finds, markBranch(b))
			}
		}
	})
	return m, failed
}

// spans is the matches in an answer, in code points, sorted and apart.
func (m *highlighter) spans(a coding.Answer) []coding.Span {
	if len(m.finds) == 0 {
		return nil
	}
	t := &reading{exact: m.words.Exact(a.Text), by: map[coding.Lang][]analysis.Token{}}
	for _, l := range languagesOf(a) {
		t.by[l] = m.words.Index(l, a.Text)
	}
	var found []stretch
	for _, find := range m.finds {
		found = find(t, found)
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

// markWords marks each token that has a term for which has is true.
func markWords(tokens []analysis.Token, out []stretch, has func(term string) bool) []stretch {
	for i := range tokens {
		if slices.ContainsFunc(tokens[i].Terms, func(t analysis.Term) bool { return has(t.Text) }) {
			out = append(out, stretch{tokens[i].Start, tokens[i].End})
		}
	}
	return out
}

// markBranch marks words that stand as the branch wants them: an ordered one from its first word to its last.
func markBranch(b branch) finder {
	slots := make([]map[string]bool, len(b.slots))
	for i, s := range b.slots {
		slots[i] = make(map[string]bool, len(s.bases))
		for _, t := range s.bases {
			slots[i][t] = true
		}
		for _, t := range s.forms {
			slots[i][t] = true
		}
	}
	return func(t *reading, out []stretch) []stretch {
		tokens := t.exact
		if b.lang != "" {
			tokens = t.by[b.lang]
		}
		if b.ordered {
			return markPhrase(b, slots, tokens, out)
		}
		for _, has := range slots {
			out = markWords(tokens, out, func(term string) bool { return has[term] })
		}
		return out
	}
}

func markPhrase(b branch, slots []map[string]bool, tokens []analysis.Token, out []stretch) []stretch {
	at := make(map[int]int, len(tokens)) // token by place
	for i := range tokens {
		at[tokens[i].Position] = i
	}
	has := func(i, slot int) bool {
		return slices.ContainsFunc(tokens[i].Terms, func(t analysis.Term) bool { return slots[slot][t.Text] })
	}
	for i := range tokens {
		last, ok := i, has(i, 0)
		for k := 1; k < len(slots) && ok; k++ {
			last, ok = at[tokens[i].Position+b.slots[k].place-b.slots[0].place]
			ok = ok && has(last, k)
		}
		if ok {
			out = append(out, stretch{tokens[i].Start, tokens[last].End})
		}
	}
	return out
}

func markFuzzy(w wording, n *query.Fuzzy) finder {
	var wanted []string
	for _, t := range w.Exact(n.Text) {
		wanted = append(wanted, t.Terms[0].Text)
	}
	near := func(term string) bool {
		return slices.ContainsFunc(wanted, func(word string) bool { return within(term, word, distance(n, word)) })
	}
	return func(t *reading, out []stretch) []stretch {
		out = markWords(t.exact, out, near)
		for _, tokens := range t.by {
			out = markWords(tokens, out, near)
		}
		return out
	}
}
