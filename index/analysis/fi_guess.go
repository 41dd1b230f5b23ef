package analysis

import (
	"maps"
	"sort"
	"strings"
)

// maxEnding is the length of the longest ending in letters.
const maxEnding = 9

// guess gives possible base forms of a Finnish word by rules alone, likeliest
// first, with their costs. The word may be any inflected form.
func guess(word string) []graded {
	w, ok := toLatin1(word)
	if !ok || len(w) < 2 {
		return []graded{{word, 0}}
	}
	g := &guesses{cost: map[string]int{}}
	g.add(w, 3)
	g.form(w, 0)
	for _, c := range clitics {
		if stem, ok := strings.CutSuffix(w, c); ok && len(stem) > 2 && (isVowel(at(stem, 0)) || strings.IndexByte("nts", at(stem, 0)) >= 0) {
			g.add(stem, 5)
			g.form(stem, 2)
		}
	}
	g.comparatives()
	g.verbsOfParticiples()
	if len(g.cost) == 0 {
		return []graded{{word, 0}}
	}
	all := make([]graded, 0, len(g.cost))
	for lemma, cost := range g.cost {
		all = append(all, graded{fromLatin1(lemma), cost})
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].cost != all[j].cost {
			return all[i].cost < all[j].cost
		}
		return all[i].stem < all[j].stem
	})
	return all
}

// form adds guesses for a word without clitics.
func (g *guesses) form(w string, cost int) {
	g.endings(w, cost, false)
	g.illative(w, cost)
	g.lengthened(w, cost)
	g.verbStem(w, true, cost+5)
	for _, p := range possessives {
		if stem, ok := strings.CutSuffix(w, p); ok && len(stem) > 1 && isVowel(at(stem, 0)) {
			extra := 2
			if p == "si" || p == "mme" {
				extra = 6 // mostly something else
			}
			g.owned(stem, cost+extra)
		}
	}
	if n := len(w); n > 5 && at(w, 0) == 'n' && isVowel(at(w, 1)) && at(w, 1) == at(w, 2) {
		g.endings(w[:n-2], cost+1, true)
	}
}

// owned adds guesses for what stands before a possessive suffix.
func (g *guesses) owned(stem string, cost int) {
	g.endings(stem, cost-1, true)
	g.illative(stem+"n", cost)
	g.singular(stem, false, cost+1)
	if at(stem, 0) == 'i' {
		g.plural(stem, false, cost+2)
	}
}

// endings tries every ending that fits.
func (g *guesses) endings(w string, cost int, obliqueOnly bool) {
	for n := 1; n <= maxEnding && n < len(w)-1; n++ {
		stem, text := w[:len(w)-n], w[len(w)-n:]
		for _, e := range endings[text] {
			if !obliqueOnly || e.oblique {
				g.stem(stem, e, cost+e.cost)
			}
		}
	}
}

// stem adds guesses for a stem left by an ending.
func (g *guesses) stem(s string, e ending, cost int) {
	if lemma, ok := irregularStems[s]; ok {
		g.add(lemma, cost-1)
	}
	switch e.kind {
	case stemWeak:
		g.singular(s, true, cost)
		g.plural(s, true, cost+1)
	case stemStrong:
		if e.text[0] == 't' && isVowel(at(s, 1)) {
			cost -= 4
		}
		g.singular(s, false, cost)
	case stemConsonant:
		g.consonant(s, cost)
	case stemPlural:
		if c := at(s, 0); e.text[0] != 'j' || c != 'a' && c != aUml && c != 'i' {
			g.plural(s+"i", false, cost)
		}
	case stemPluralWeak:
		g.plural(s+"i", true, cost)
	case stemWord:
		if at(s, 0) == 'e' {
			g.add(s, cost)
		}
	case stemUs:
		if c := at(s, 0); c == 'u' || c == 'y' {
			g.add(s+"s", cost)
		}
	case stemSi:
		if isVowel(at(s, 0)) {
			g.add(s+"si", cost)
		}
	case stemNsi:
		g.add(s+"nsi", cost)
	case verbWeak:
		g.verbStem(s, true, cost)
		g.passiveA(s, e, cost)
	case verbStrong:
		g.verbStem(s, false, cost)
	case verbPast:
		g.past(s, true, cost)
	case verbPastStrong:
		g.past(s, false, cost)
	case verbIf:
		g.conditional(s, cost)
	case verbPassive:
		g.passive(s, cost)
	case verbShort:
		g.shortPassive(s, cost)
	case verbInfinitive:
		g.infinitive(s, cost)
	case verbPart:
		g.participle(s, cost)
	}
}

// irregularStems are finnishStems in the letters of the rules.
var irregularStems = func() map[string]string {
	m := map[string]string{}
	for stem, lemma := range finnishStems {
		s, _ := toLatin1(stem)
		m[s], _ = toLatin1(lemma)
	}
	return m
}()

// passiveA handles 'annetaan', whose a has become e.
func (g *guesses) passiveA(s string, e ending, cost int) {
	if len(e.text) == 4 && at(s, 0) == 'e' && len(s) > 1 {
		a, _, _ := harmony(s + e.text)
		g.verbStem(s[:len(s)-1]+string([]byte{a}), true, cost)
	}
}

// illative handles 'taloon' and 'maahan'.
func (g *guesses) illative(w string, cost int) {
	n := len(w)
	if n < 5 || at(w, 0) != 'n' || !isVowel(at(w, 1)) {
		return
	}
	switch v := at(w, 1); {
	case at(w, 2) == v:
		g.singular(w[:n-2], false, cost)
	case at(w, 2) == 'h' && at(w, 3) == v:
		g.singular(w[:n-3], false, cost)
	}
}

// lengthened handles the third person singular: 'puhuu', 'tulee', 'haluaa'.
func (g *guesses) lengthened(w string, cost int) {
	n := len(w)
	if n < 4 || !isVowel(at(w, 0)) || at(w, 0) != at(w, 1) {
		return
	}
	g.verbStem(w[:n-1], false, cost+1)
	g.verbStem(w, false, cost+1)
}

// verbsOfParticiples adds the verb for every guess that is a participle.
func (g *guesses) verbsOfParticiples() {
	for lemma, cost := range maps.Clone(g.cost) {
		cost += 2
		n := len(lemma)
		for k := 2; k <= 5 && k < n-1; k++ {
			for _, e := range endings[lemma[n-k:]] {
				switch {
				case e.kind == verbPart && strings.HasSuffix(e.text, "t"),
					e.kind == verbPassive && (at(e.text, 0) == 'u' || at(e.text, 0) == 'y' || len(e.text) > 3),
					e.kind == verbShort && len(e.text) < 5,
					e.kind == verbStrong && len(e.text) < 4 && e.text[0] != 'v' || e.kind == verbStrong && len(e.text) == 2,
					e.kind == verbStrong && len(e.text) == 5:
					g.stem(lemma[:n-k], e, cost+e.cost)
				}
			}
		}
	}
}
