package analysis

import "strings"

// Compound splitting.
const (
	minPart     = 3  // letters
	minCompound = 7  // bytes
	splitMaxLen = 60 // bytes
	maxParts    = 5

	minSeen  = 5 // letters of a part that only the project's texts know
	costSeen = 3

	minUnknown     = 4 // letters of a first part that we do not know
	maxUnknownCost = 3
)

// split cuts a compound into its parts, or gives nil.
func (f *finnishRules) split(word string) *splitting {
	if len(word) < minCompound || len(word) > splitMaxLen {
		return nil
	}
	s := &finnishSplit{f: f, memo: map[string]*splitting{}}
	if best := s.best(word, 0); best != nil {
		return best
	}
	return s.f.halfKnown(word)
}

// halfKnown cuts a word whose last part is a longer noun that we know and
// whose first part looks like a word: 'blogikirjoitus', 'anglikaanipappi'.
func (f *finnishRules) halfKnown(word string) *splitting {
	for i := range word {
		left, right := word[:i], word[i:]
		if letters(left) < minUnknown || !wordLike(left) {
			continue
		}
		if letters(right) < minUnknown {
			return nil
		}
		for _, g := range guess(right) {
			if g.cost > maxUnknownCost {
				break
			}
			if f.nouns.has(g.stem) && letters(g.stem) > minUnknown && !tailLike.has(g.stem) {
				return &splitting{head: left, parts: []string{left}, last: []string{g.stem}, unsure: true}
			}
		}
	}
	return nil
}

// tailLike are nouns that look like endings of longer words: 'massa' of
// 'koodaamassa', 'takki' of 'koodatakin'.
var tailLike = wordSet(`massa rusto vaali vamma valta vasta silta takki lapsi nainen toinen alainen omainen intia ansa neiti reisi tuska risti villa musta lista matto ruuti
	syyte leveä metri tupa tapa kuja maine vaines aines mitta mieli tutti tulla tuella tavara tarha tanko taika taso tasku tämä sinne sisko siili
	kanto kaksi kansa kanssa nasta nimi niska saari savi seisa sika sinkku vaate vahti vaihe vaiva vaja vesi viisi viittä`)

// wordLike reports whether an unknown first part sounds like a Finnish word.
func wordLike(part string) bool {
	s, ok := toLatin1(part)
	if !ok || !isVowel(at(s, 0)) {
		return false
	}
	vowels := 0
	for i := range len(s) {
		switch {
		case isVowel(s[i]) && (i == 0 || !isVowel(s[i-1])):
			vowels++
		case s[i] < 'a':
			return false
		}
	}
	return vowels >= 2
}

// splitting is one way to cut a word.
type splitting struct {
	head  string   // the word up to the last part
	parts []string // base forms of the parts in head
	last  []string // possible base forms of the last part
	cost  int

	unsure bool // the first part is unknown
}

type finnishSplit struct {
	f    *finnishRules
	memo map[string]*splitting
}

// best finds the cheapest way to cut word into at least two parts.
func (s *finnishSplit) best(word string, depth int) *splitting {
	if m, ok := s.memo[word]; ok || depth == maxParts {
		return m
	}
	var best *splitting
	for i := range word {
		left, right := word[:i], word[i:]
		if letters(left) < minPart || letters(right) < minPart {
			continue
		}
		first, cost := s.f.left(left)
		if len(first) == 0 || strings.HasSuffix(left, "s") && (strings.HasPrefix(right, "uu") || strings.HasPrefix(right, "yy")) {
			continue
		}
		var here *splitting
		if last, c := s.f.right(right); len(last) > 0 && cost+c < 2*costSeen {
			here = &splitting{head: left, parts: first, last: last, cost: cost + c}
		}
		if more := s.best(right, depth+1); more != nil && (here == nil || cost+1+more.cost < here.cost) {
			here = &splitting{head: left + more.head, last: more.last, cost: cost + 1 + more.cost}
			here.parts = append(append(here.parts, first...), more.parts...)
		}
		if here != nil && (best == nil || here.cost < best.cost) {
			best = here
		}
	}
	s.memo[word] = best
	return best
}

// endsLike reports whether a word may end in the last part.
func (s *splitting) endsLike(lemma string) bool {
	for _, l := range s.last {
		if strings.HasSuffix(lemma, l) {
			return true
		}
	}
	return false
}

// left gives the base form of a first part: a nominative, a genitive, the
// -s of '-nen' words, or a prefix.
func (f *finnishRules) left(part string) (bases []string, cost int) {
	short := 0
	if letters(part) == minPart {
		short = 2
	}
	if f.nouns.has(part) || finnishPrefixes.has(part) {
		return []string{part}, short
	}
	if stem, ok := strings.CutSuffix(part, "s"); ok {
		for _, end := range []string{"nen", "inen"} {
			if w := stem + end; f.nouns.has(w) {
				return []string{w, part}, 1
			}
		}
	}
	for _, end := range []string{"mis", "ma", "mä"} {
		if stem, ok := strings.CutSuffix(part, end); ok && len(stem) > 2 && f.verbStem(stem) {
			if end == "mis" {
				part = stem + "minen"
			}
			return []string{part}, 2
		}
	}
	if strings.HasSuffix(part, "n") && short == 0 {
		for _, g := range guess(part) {
			if g.cost <= 3 && f.nouns.has(g.stem) {
				return []string{g.stem}, 1
			}
		}
	}
	if letters(part) >= minSeen && f.vocabulary.Count(part) > 1 {
		return []string{part}, costSeen
	}
	return nil, 0
}

// right gives the base forms of a last part.
func (f *finnishRules) right(part string) (bases []string, cost int) {
	first := 0
	for _, g := range guess(part) {
		if g.cost > knownMaxStart || len(bases) > 0 && g.cost > first+1 {
			break
		}
		short := letters(g.stem) <= minPart
		if short && (!shortParts.has(g.stem) || part == "iin") || !f.nouns.has(g.stem) && !f.deverbal(g.stem) {
			continue
		}
		if len(bases) == 0 {
			first = g.cost
			if short {
				cost = 1
			}
		}
		if bases = append(bases, g.stem); len(bases) == 2 {
			break
		}
	}
	if len(bases) == 0 {
		return f.seen(part), costSeen
	}
	return bases, cost
}

// seen gives the base form of a last part that only the project's texts know.
func (f *finnishRules) seen(part string) []string {
	if f.vocabulary == nil || letters(part) < minSeen {
		return nil
	}
	for _, g := range guess(part) {
		if finnishForms[g.stem] != nil || finnishFixed().has(g.stem) {
			return nil
		}
		if g.cost <= knownMaxStart && letters(g.stem) >= minSeen && f.vocabulary.Count(g.stem) > 1 {
			return []string{g.stem}
		}
	}
	return nil
}

// deverbal reports whether a word is a regular noun of a verb that we know:
// 'hiihtäjä', 'hiihtäminen'.
func (f *finnishRules) deverbal(word string) bool {
	for _, end := range []string{"minen", "ja", "jä"} {
		if stem, ok := strings.CutSuffix(word, end); ok && len(stem) > 2 {
			return f.verbStem(stem)
		}
	}
	return false
}

// verbStem reports whether stem is the strong stem of a verb that we know.
func (f *finnishRules) verbStem(stem string) bool {
	s, ok := toLatin1(stem)
	if !ok {
		return false
	}
	g := &guesses{cost: map[string]int{}}
	g.verbStem(s, false, 0)
	for lemma := range g.cost {
		if f.verbs.has(fromLatin1(lemma)) {
			return true
		}
	}
	return false
}

// shortParts are the words of three letters that end compounds.
var shortParts = wordSet(`työ maa tie kuu puu pää suo luu jää sää suu ala osa apu ase asu ura ero etu ikä yö`)

func letters(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}

// finnishPrefixes begin compounds and are no words of their own.
var finnishPrefixes = wordSet(`
	epä yli ali esi jälki ennakko moni kauko lähi pika sivu täys puoli ensi etä ylä ala väli sala ydin mikro makro
	super tele video bio eko geo info multi nano psyko sosio euro inter keski nyky perus pien suur vast vastaan
	kanssa mukaan ennalta jälleen uudelleen itse sisä ulko taka etu ykkös kakkos kolmos maahan ulos sisään lisä`)

func wordSet(text string) lexicon {
	l := lexicon{}
	for _, w := range strings.Fields(text) {
		l[w] = struct{}{}
	}
	return l
}
