package analysis

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// swedishRules finds base forms of Swedish words: irregular forms from our
// lists, the regular ones by endings, the likeliest first.
type swedishRules struct {
	nouns, verbs lexicon
	vocabulary   *Vocabulary
	system       *packed // the system's spelling dictionary, may be nil
}

// suffixRule turns an ending into the ending of the base form.
type suffixRule struct {
	to   string
	cost int
	verb bool
}

// swedishSuffixes: ending, ending of the base form (0 for none), cost. A v
// marks verbs.
var swedishSuffixes = suffixTable(`
orna a 0; or a 0; an a 1; ans a 1;
arna 0 0; arna e 0; arna are 0; ar 0 0; ar e 1; ar a 0 v;
erna 0 0; erna e 1; er 0 0; er e 1; er a 1 v; ierna ium 1; ier ium 1; eerna eum 1; eer eum 1; iet ium 2; iets ium 2; eet eum 1; ier ie 1; ien ia 2; iens ia 3;
en 0 0; en e 1; et 0 0; et e 0; n 0 1; na 0 2; t 0 2;
a 0 2; e 0 4; are 0 2; ast 0 1; aste 0 1; t d 3; tt 0 1; tt d 2; tt t 3; nt nd 2; nt nn 2; na en 2; et en 3; na n 3; ade ad 4; at ad 4; da d 3; de d 4; re er 4; ra er 2; la el 2;
ade a 0 v; at a 0 v; as a 1 v; es a 2 v; ades a 0 v; ats a 0 v; ad a 5 v; ande a 5 v; ende 0 5 v; ende a 5 v;
de a 1 v; te a 1 v; t a 2 v; d a 6 v; r 0 1 v; r ra 2 v; dde 0 1 v; dde da 1 v; tt ta 2 v; tt 0 2 v; tt da 2 v; tte ta 1 v; nde nna 1 v; nde nda 1 v; nt nna 2 v; nt nda 2 v; nd nna 5 v;
it a 2 v; its a 2 v; 0 a 7 v;
`)

func suffixTable(text string) map[string][]suffixRule {
	table := map[string][]suffixRule{}
	for entry := range strings.SplitSeq(text, ";") {
		f := strings.Fields(entry)
		if len(f) < 3 {
			continue
		}
		r := suffixRule{to: strings.Trim(f[1], "0"), cost: int(f[2][0] - '0'), verb: len(f) > 3}
		from := strings.Trim(f[0], "0")
		table[from] = append(table[from], r)
	}
	return table
}

const maxSwedishEnding = 5 // bytes

// lemmas gathers candidate base forms with their costs.
type lemmas map[string]int

func (l lemmas) add(lemma string, cost int) {
	if old, ok := l[lemma]; !ok || cost < old {
		l[lemma] = cost
	}
}

// ranked gives the candidates, the cheapest first.
func (l lemmas) ranked() []graded {
	all := make([]graded, 0, len(l))
	for lemma, cost := range l {
		all = append(all, graded{lemma, cost})
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].cost != all[j].cost {
			return all[i].cost < all[j].cost
		}
		return all[i].stem < all[j].stem
	})
	return all
}

// guess gives possible base forms of a word, the likeliest first.
func (s *swedishRules) guess(word string) []graded {
	l := lemmas{word: 3}
	s.irregular(l, word, 0)
	s.endings(l, word, 0)
	if stem, ok := strings.CutSuffix(word, "s"); ok && letters(stem) > 2 && !strings.HasSuffix(stem, "s") {
		l.add(stem, 4)
		s.irregular(l, stem, 1)
		s.endings(l, stem, 1)
		if s.verbs.has(stem + "a") {
			l.add(stem+"a", 2)
		}
	}
	return l.ranked()
}

// irregular adds the base forms of irregular nouns and verbs, also where they
// end a longer word.
func (s *swedishRules) irregular(l lemmas, word string, cost int) {
	verbs := swedishVerbs()
	for i := range word {
		head, tail := word[:i], word[i:]
		if letters(tail) < 2 {
			break
		}
		for _, infinitive := range verbs[tail] {
			if i == 0 || verbPrefixes.has(head) {
				l.add(head+infinitive, cost)
			}
		}
		if i > 0 && (i < 2 || !hasSwedishVowel(head)) {
			continue
		}
		for _, end := range umlautEndings {
			stem, ok := strings.CutSuffix(tail, end)
			if !ok {
				continue
			}
			for _, noun := range swedishUmlauts[stem] {
				l.add(head+noun, cost)
			}
		}
	}
}

// endings adds the base forms that regular endings lead to.
func (s *swedishRules) endings(l lemmas, word string, cost int) {
	for n := 0; n <= maxSwedishEnding && n < len(word)-1; n++ {
		stem, end := word[:len(word)-n], word[len(word)-n:]
		for _, r := range swedishSuffixes[end] {
			if hasSwedishVowel(stem) && fits(stem, end, r) {
				s.addStem(l, stem, r, cost+r.cost)
			}
		}
	}
}

// fits holds the conditions of single endings.
func fits(stem, end string, r suffixRule) bool {
	last := lastRune(stem)
	vowel := isSwedishVowel(last)
	switch {
	case end == "n" && r.to == "":
		return vowel || strings.HasSuffix(stem, "el") || strings.HasSuffix(stem, "er") || strings.HasSuffix(stem, "or")
	case end == "na" && r.to == "", end == "r" && r.to == "", end == "dde" && r.to == "", end == "tt" && r.to == "":
		return vowel
	case end == "r" && r.to == "ra":
		return vowel
	case end == "t" && r.to == "":
		return last != 't'
	case end == "" && r.verb:
		return !vowel && letters(stem) > 2
	case end == "a" || end == "e" || end == "en" || end == "et" || end == "ar" || end == "er":
		return letters(stem) > 1
	}
	return true
}

// addStem adds stem + ending, mending the stem where the ending had changed
// it: 'rumm(et)' is 'rum', 'exempl(et)' is 'exempel', 'glöm(de)' is 'glömma'.
func (s *swedishRules) addStem(l lemmas, stem string, r suffixRule, cost int) {
	n := len(stem)
	if r.verb {
		if r.to == "a" && isSwedishVowel(lastRune(stem)) {
			return
		}
		l.add(stem+r.to, cost)
		if c := stem[n-1]; r.to == "a" && (c == 'm' || c == 'n') && n > 2 && stem[n-2] != c && !isSwedishVowel(rune(c)) {
			l.add(stem+string([]byte{c})+"a", cost+1)
		}
		return
	}
	if r.to != "" {
		l.add(stem+r.to, cost)
		return
	}
	if n > 2 && syncopated(stem) {
		l.add(stem[:n-1]+"e"+stem[n-1:], cost)
		if stem[n-2] == 'm' {
			l.add(stem[:n-1]+"me"+stem[n-1:], cost)
		}
		cost += 4
	}
	if n > 2 && stem[n-1] == stem[n-2] && (stem[n-1] == 'm' || stem[n-1] == 'n') {
		l.add(stem[:n-1], cost)
		cost++
	}
	l.add(stem, cost)
}

// syncopated reports whether a stem has lost the e of -el, -er, -en.
func syncopated(stem string) bool {
	last, before := stem[len(stem)-1], stem[len(stem)-2]
	if last != 'l' && last != 'r' && last != 'n' {
		return false
	}
	switch before {
	case 'b', 'd', 'f', 'g', 'k', 'p', 't', 'v', 's', 'm':
		return true
	}
	return false
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func isSwedishVowel(r rune) bool { return strings.ContainsRune("aeiouyåäöé", r) }

func hasSwedishVowel(s string) bool { return strings.ContainsAny(s, "aeiouyåäöé") }
