package analysis

import (
	"sort"
	"strings"
)

// swedish analyses Swedish words.
type swedish struct {
	rules swedishRules
}

func newSwedishRules(v *Vocabulary, system *packed) swedishRules {
	return swedishRules{nouns: swedishNouns(), verbs: swedishBaseVerbs(), vocabulary: v, system: system}
}

// Costs around the Swedish guesses; see the Finnish ones.
const (
	swedishSpread      = 2
	swedishKnownSpread = 3
	swedishLimit       = 3
)

// analyse gives the forms of a normalised word.
func (s *swedish) analyse(word string) *forms {
	var b formsBuilder
	bare := strings.TrimSuffix(word, "-")
	bases := swedishForms[bare]
	if stem, ok := strings.CutSuffix(bare, "s"); ok && bases == nil && letters(stem) > minPart {
		bases = swedishForms[stem]
	}
	if bases != nil {
		b.base(bases...)
		return b.build(bare, FromList, true)
	}
	if swedishFixed().has(bare) {
		b.base(bare)
		return b.build(bare, FromList, true)
	}
	if !hasLetter(bare) || hasDigit(bare) && !strings.ContainsAny(bare, "-:") {
		return textForms(bare)
	}
	if stem, ok := cutSuffixed(bare); ok {
		b.base(stem)
		return b.build(bare, FromRules, false)
	}
	if strings.Contains(bare, "-") {
		hyphenated(&b, bare, s.analyse)
		return b.build(bare, FromRules, false)
	}
	if letters(bare) > splitMaxLen {
		return textForms(bare)
	}
	sure := s.rules.analyse(&b, bare)
	return b.build(bare, FromRules, sure)
}

// knows reports whether a word is a base form of our lists.
func (s *swedishRules) knows(word string) bool { return s.nouns.has(word) || s.verbs.has(word) }

// bases gives the likely base forms of a word, and whether the best is a word
// that we know.
func (s *swedishRules) bases(word string) (list []string, known bool) {
	all := s.guess(word)
	for i := range all {
		switch g := &all[i]; {
		case s.knows(g.stem):
			g.cost -= bonusKnown
		case g.stem != word && (s.system.has(g.stem) || s.vocabulary.Count(g.stem) > 0):
			g.cost -= bonusSeen
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].cost < all[j].cost })
	known = s.knows(all[0].stem)
	spread := swedishSpread
	if known {
		spread = swedishKnownSpread
	}
	for _, g := range all {
		if len(list) == swedishLimit || g.cost > all[0].cost+spread {
			break
		}
		if !known || s.knows(g.stem) {
			list = append(list, g.stem)
		}
	}
	return list, known
}

// analyse adds the forms of a word and reports whether it is a base form that
// we know.
func (s *swedishRules) analyse(b *formsBuilder, word string) bool {
	list, known := s.bases(word)
	cut := s.split(word)
	if known && cut != nil && (cut.cost >= costSeen || !cut.endsLike(list[0])) {
		cut = nil
	}
	if cut == nil || known {
		b.base(list...)
	}
	if cut != nil {
		for _, last := range cut.last {
			b.base(cut.head + last)
		}
		b.part(cut.parts...)
		b.part(cut.last...)
	}
	return s.knows(word)
}
