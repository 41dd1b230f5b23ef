package suggest

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// Suggestion is one theme for an answer.
type Suggestion struct {
	Theme    coding.ThemeID
	P        float64 // that a coder would give it, from 0 to 1
	Likely   bool    // it is over the theme's threshold
	Evidence []Evidence
	place    int // among the model's themes
}

// Evidence is a word of the answer that speaks for a theme. Start and End are code points, End exclusive; Weight is its part in
// what speaks for the theme, from 0 to 1.
type Evidence struct {
	Word       string
	Start, End int
	Weight     float64
}

// mostEvidence is how many words are shown for a theme, and leastEvidence the part that a word must have.
const (
	mostEvidence  = 5
	leastEvidence = 0.05
)

// Suggest ranks all themes for an answer, the likeliest first. The first most have the words behind them; most < 0 gives words
// to all.
func (m *Model) Suggest(l coding.Lang, q coding.QuestionID, text string, most int) []Suggestion {
	list := m.ranked(m.space.vector(m.vocabulary.bag(l, text), q))
	for i := range list {
		if most < 0 || i < most {
			list[i].Evidence = m.evidence(&m.themes[list[i].place], l, text)
		}
	}
	return list
}

// Evidence is the words behind a suggestion that Suggest ranked without them.
func (m *Model) Evidence(x Suggestion, l coding.Lang, text string) []Evidence {
	return m.evidence(&m.themes[x.place], l, text)
}

func (m *Model) ranked(x []feature) []Suggestion {
	list := make([]Suggestion, len(m.themes))
	for t, one := range m.themes {
		list[t] = Suggestion{Theme: one.id, P: one.sigmoid.at(one.line.at(x)), place: t}
	}
	rank(list)
	m.decide(list, m.rule)
	return list
}

// evidence is the words of content that speak for the theme, the strongest first.
func (m *Model) evidence(th *learned, l coding.Lang, text string) []Evidence {
	var out []Evidence
	sum, at, codepoints := 0.0, 0, 0
	tokens := m.vocabulary.words(l, text)
	for _, t := range tokens[:min(len(tokens), mostWords)] {
		start := codepoints + utf8.RuneCountInString(text[at:t.Start])
		codepoints = start + utf8.RuneCountInString(text[t.Start:t.End])
		at = t.End
		weight := 0.0
		for _, f := range m.vocabulary.word(nil, l, t) {
			weight += float64(th.line.weights[f.id] * f.amount * m.space.rarity[f.id])
		}
		if weight > 0 && !slices.ContainsFunc(t.Terms, func(term analysis.Term) bool { return isFunction(l, term) }) {
			out = append(out, Evidence{text[t.Start:t.End], start, codepoints, weight})
			sum += weight
		}
	}
	slices.SortStableFunc(out, func(a, b Evidence) int { return cmp.Compare(b.Weight, a.Weight) })
	n := 0
	for ; n < min(len(out), mostEvidence) && out[n].Weight >= leastEvidence*sum; n++ {
		out[n].Weight /= sum
	}
	return out[:n]
}
