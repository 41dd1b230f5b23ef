package analysis

import (
	"sort"
	"strings"
)

// finnishRules finds base forms and compound parts without a dictionary.
type finnishRules struct {
	nouns, verbs lexicon
	vocabulary   *Vocabulary
}

func newFinnishRules(v *Vocabulary) finnishRules {
	return finnishRules{nouns: finnishNouns(), verbs: finnishVerbs(), vocabulary: v}
}

func (f *finnishRules) knows(word string) bool { return f.nouns.has(word) || f.verbs.has(word) }

// Costs around the guesses of the endings.
const (
	bonusKnown    = 5 // the guess is a word of our list
	bonusSeen     = 2 // the guess occurs in the project's texts
	guessSpread   = 5 // guesses this much worse than the best are dropped
	knownSpread   = 3 // the same among words of our list
	guessLimit    = 5
	knownMaxStart = 5 // a known word must not cost more than this to be believed
)

// bases gives the likely base forms of an unknown word, the best first, and
// whether the best is a word that we know.
func (f *finnishRules) bases(word string) (lemmas []string, known bool) {
	all := guess(word)
	for i := range all {
		switch {
		case f.knows(all[i].stem):
			all[i].cost -= bonusKnown
		case all[i].stem != word && f.vocabulary.Count(all[i].stem) > 0:
			all[i].cost -= bonusSeen
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].cost < all[j].cost })
	known = f.knows(all[0].stem) && all[0].cost <= knownMaxStart-bonusKnown
	spread := guessSpread
	if known {
		spread = knownSpread
	}
	for _, g := range all {
		if len(lemmas) == guessLimit || g.cost > all[0].cost+spread {
			break
		}
		if !known || f.knows(g.stem) {
			lemmas = append(lemmas, g.stem)
		}
	}
	return lemmas, known
}

// analyse adds base forms and parts of a word to b and reports whether the
// word is one that we know.
func (f *finnishRules) analyse(b *formsBuilder, word string) (known bool) {
	lemmas, known := f.bases(word)
	cut := f.split(word)
	if known && cut != nil && !cut.endsLike(lemmas[0]) {
		cut = nil
	}
	if cut != nil && !known {
		for _, last := range cut.last {
			b.base(cut.head + last)
		}
	}
	if cut == nil || known || cut.unsure {
		b.base(lemmas...)
	}
	if cut != nil {
		b.part(cut.parts...)
		b.part(cut.last...)
	}
	if cut == nil && !known {
		f.spoken(b, word)
	}
	return known || looksBase(word)
}

// spoken adds the base form of the written form that a spoken word stands for,
// if that is a word we know.
func (f *finnishRules) spoken(b *formsBuilder, word string) {
	if len(word) > splitMaxLen/2 {
		return
	}
	for _, w := range written(word) {
		if lemmas, known := f.bases(w); known {
			b.base(lemmas[0])
			return
		}
	}
}

// looksBase reports whether a word ends as hardly anything but a base form
// does.
func looksBase(word string) bool {
	for _, end := range []string{"nen", "uus", "yys", "us", "ys", "kko", "kkö", "ttaa", "ttää", "utua", "ytyä", "oida", "öidä"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}
