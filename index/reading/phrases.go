package reading

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// MostPhrases is how many phrases Phrases gives at most.
const MostPhrases = 2000

// Phrase is two or three words that stand one after another within a sentence, whatever their inflection.
type Phrase struct {
	Bases       []string
	Text        string // as it is written most often, in lower case
	Forms       []Form
	Count       int
	Answers     int
	Respondents int
}

// gram is a phrase by its base forms; of two words the third is none.
type gram [3]uint32

const none = ^uint32(0)

// grams goes through the phrases of n words in an answer, with their first token's place.
func (c *Corpus) grams(e *entry, n int, functionWords bool) iter.Seq2[int, gram] {
	return func(yield func(int, gram) bool) {
		tokens := c.of(e)
		for i := 0; i+n <= len(tokens); i++ {
			g := gram{none, none, none}
			ok := true
			for k := range n {
				w := &c.words[tokens[i+k]&^apart]
				function := c.bases[w.bases[0]].function
				if !w.letter || k > 0 && tokens[i+k]&apart != 0 || !functionWords && function && (k == 0 || k == n-1) {
					ok = false
					break
				}
				g[k] = w.bases[0]
			}
			if ok && !yield(i, g) {
				return
			}
		}
	}
}

// Phrases lists the phrases of n (2 or 3) words that occur more than once in a scope, the most common ones first. Unless
// function words are asked for, a phrase neither begins nor ends with one.
func (c *Corpus) Phrases(s Scope, n int, functionWords bool) []Phrase {
	n = min(max(n, 2), 3)
	return keep(c, s.asked("phrases", n, functionWords), func() []Phrase { return c.listPhrases(s, n, functionWords) })
}

func (c *Corpus) listPhrases(s Scope, n int, functionWords bool) []Phrase {
	counts := map[gram]int32{}
	for e := range c.each(s) {
		for _, g := range c.grams(e, n, functionWords) {
			counts[g]++
		}
	}
	var often []gram
	for g, k := range counts {
		if k > 1 {
			often = append(often, g)
		}
	}
	slices.SortFunc(often, func(a, b gram) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), slices.Compare(a[:], b[:]))
	})
	often = often[:min(len(often), MostPhrases)]
	type detail struct {
		count
		forms map[string]int
	}
	details := make(map[gram]*detail, len(often))
	for _, g := range often {
		details[g] = &detail{forms: map[string]int{}}
	}
	var text []byte
	for e := range c.each(s) {
		tokens := c.of(e)
		for i, g := range c.grams(e, n, functionWords) {
			d := details[g]
			if d == nil {
				continue
			}
			d.add(e)
			text = text[:0]
			for k := range n {
				if k > 0 {
					text = append(text, ' ')
				}
				text = append(text, c.words[tokens[i+k]&^apart].form...)
			}
			d.forms[string(text)]++
		}
	}
	out := make([]Phrase, 0, len(often))
	for _, g := range often {
		d := details[g]
		p := Phrase{Count: d.n, Answers: d.answers, Respondents: d.respondents}
		for _, b := range g[:n] {
			p.Bases = append(p.Bases, c.bases[b].text)
		}
		var forms []Form
		for f, k := range d.forms {
			forms = append(forms, Form{f, k})
		}
		p.Forms = common(forms)
		p.Text = p.Forms[0].Text
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Phrase) int {
		return cmp.Or(b.Count-a.Count, b.Respondents-a.Respondents, strings.Compare(a.Text, b.Text))
	})
	return out
}
