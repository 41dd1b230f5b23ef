package analysis

import (
	"strings"
	"sync"
)

// englishForms maps irregular forms to their base forms.
var englishForms = sync.OnceValue(func() map[string][]string {
	table := map[string][]string{}
	for line := range strings.Lines(ownText("en_irregular.txt")) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Fields(strings.ToLower(line))
		for _, form := range f {
			if !contains(table[form], f[0]) {
				table[form] = append(table[form], f[0])
			}
		}
	}
	return table
})

var englishAdjectives = sync.OnceValue(func() lexicon { return ownWords("en_adjectives.txt") })

// englishBases gives the possible base forms of a word, the likeliest first.
// Endings that make another word (-er of a person, -ly, -ment, -ness) stay.
func englishBases(word string) []string {
	var l []string
	add := func(lemmas ...string) {
		for _, w := range lemmas {
			if !contains(l, w) {
				l = append(l, w)
			}
		}
	}
	add(englishForms()[word]...)
	if len(l) > 0 {
		return l
	}
	add(comparativeBase(word)...)
	add(verbBase(word)...)
	if len(l) == 0 {
		add(singular(word)...)
	}
	if stem, ok := strings.CutSuffix(word, "men"); ok && len(stem) > 3 {
		add(stem+"man", word)
	}
	if len(l) == 0 {
		add(prefixedBase(word)...)
	}
	if len(l) == 0 {
		add(word)
	}
	return l
}

// singular undoes the -s of plurals and of the third person.
func singular(word string) []string {
	stem, ok := strings.CutSuffix(word, "s")
	if !ok || len(stem) < 2 || strings.HasSuffix(stem, "s") || strings.HasSuffix(stem, "u") || strings.HasSuffix(stem, "i") {
		return nil
	}
	short, es := strings.CutSuffix(stem, "e")
	if !es || len(short) < 2 || englishE.has(stem) {
		return []string{stem}
	}
	if strings.HasSuffix(short, "i") {
		return []string{short[:len(short)-1] + "y"}
	}
	if hasAnySuffix(short, "ss", "sh", "ch", "x", "zz", "o") {
		return []string{short}
	}
	return []string{stem}
}

// englishE are nouns that keep the e before the -s of the plural.
var englishE = wordSet(`movie cookie zombie rookie calorie selfie hippie veggie birdie pie tie lie die brownie newbie genie prairie eerie smoothie techie
	ache headache toothache stomachache cache niche axe shoe toe canoe hoe foe oboe tiptoe moustache mustache avalanche psyche quiche cliche`)

// verbBase undoes -ing and -ed.
func verbBase(word string) []string {
	if stem, ok := strings.CutSuffix(word, "ing"); ok && hasEnglishVowel(stem) && len(stem) > 1 {
		return verbStems(stem)
	}
	if stem, ok := strings.CutSuffix(word, "ied"); ok && len(stem) > 1 {
		return []string{stem + "y"}
	}
	if stem, ok := strings.CutSuffix(word, "eed"); ok && len(stem) > 2 && hasEnglishVowel(stem) {
		return []string{stem + "ee", word}
	}
	if stem, ok := strings.CutSuffix(word, "ed"); ok && hasEnglishVowel(stem) && len(stem) > 1 && !strings.HasSuffix(stem, "e") {
		return verbStems(stem)
	}
	return nil
}

// verbStems gives the infinitives of a stem before -ing or -ed: 'runn', 'mak',
// 'visit', 'tell'.
func verbStems(stem string) []string {
	n := len(stem)
	last, before := stem[n-1], stem[n-2]
	switch {
	case last == before && strings.IndexByte("bdgmnprt", last) >= 0:
		if stem == "add" || stem == "ebb" || stem == "err" || stem == "purr" {
			return []string{stem}
		}
		return []string{stem[:n-1]}
	case last == before && last == 'l' && n > 5:
		return []string{stem[:n-1], stem}
	case last == before:
		return []string{stem}
	case strings.HasSuffix(stem, "ick") && n > 4:
		return []string{stem[:n-1], stem}
	case last == 'v' || last == 'u' || last == 'c':
		return []string{stem + "e"}
	case last == 'z' || hasAnySuffix(stem, "rs", "ns", "ls", "dg", "rg", "ng", "th") && takesE(stem):
		return []string{stem + "e", stem}
	case isEnglishVowel(last) && last != 'o' && last != 'y' || last == 'i':
		return []string{stem + "e", stem}
	case strings.IndexByte("wxyh", last) >= 0:
		return []string{stem}
	case !isEnglishVowel(before):
		if hasAnySuffix(stem, "bl", "cl", "dl", "fl", "gl", "kl", "pl", "tl", "zl", "sl", "ps") {
			return []string{stem + "e"}
		}
		if hasAnySuffix(stem, "ast", "ong", "aps") {
			return []string{stem, stem + "e"}
		}
		return []string{stem}
	case hasAnySuffix(stem, "iat", "uat"):
		return []string{stem + "e"}
	case hasAnySuffix(stem, "eat"):
		return []string{stem, stem + "e"}
	case n > 2 && isEnglishVowel(stem[n-3]) && stem[n-3] != 'u' || n > 3 && stem[n-3] == 'u' && stem[n-4] != 'q' && isEnglishVowel(before):
		if hasAnySuffix(stem, "as", "es", "is", "os", "us") || hasAnySuffix(stem, "eiv", "iev", "oos") {
			return []string{stem + "e", stem}
		}
		return []string{stem}
	case unstressed(stem):
		return []string{stem, stem + "e"}
	case oneSyllable(stem) || hasAnySuffix(stem, "iz", "ys"):
		return []string{stem + "e"}
	case hasAnySuffix(stem, "at", "ut", "it", "id", "ir", "ur", "or", "in", "iz", "is", "us", "as", "ak", "ik", "ok", "uk", "od", "ud", "ad", "ed", "am", "im", "om", "um", "an", "on", "un", "en", "al", "il", "ol", "ul", "ag", "ip", "op", "yp", "ap", "ar", "os", "ot", "et", "es", "ib", "ob", "yl", "el", "er", "ep", "em", "ym"):
		return []string{stem + "e", stem}
	}
	return []string{stem}
}

// takesE tells the stems in -ns, -rs, -ng, -th that drop an e ('sens', 'chang')
// from those that do not ('bring', 'perspir').
func takesE(stem string) bool {
	return !strings.HasSuffix(stem, "ng") && !strings.HasSuffix(stem, "th") || hasAnySuffix(stem, "ang", "eng", "unge", "inge", "eath", "oath", "oth")
}

// unstressed reports whether the last syllable of a stem carries no stress, so
// that it neither doubles its consonant nor had an e: 'visit', 'offer', 'happen'.
func unstressed(stem string) bool {
	return len(stem) > 4 && hasAnySuffix(stem, "er", "en", "on", "it", "or", "op", "el", "al", "et", "om", "et", "ow", "ish", "ip", "ul", "ar")
}

// oneSyllable reports whether a stem that ends in vowel and consonant has no
// other vowel; with a short vowel its consonant would have been doubled.
func oneSyllable(stem string) bool {
	return !strings.ContainsAny(stem[:len(stem)-2], "aeiouy")
}

// comparativeBase undoes -er and -est of adjectives.
func comparativeBase(word string) []string {
	for _, end := range []string{"er", "est"} {
		stem, ok := strings.CutSuffix(word, end)
		if !ok || len(stem) < 2 {
			continue
		}
		n := len(stem)
		for _, adjective := range []string{stem, stem + "e", stem[:n-1] + "y", stem[:n-1]} {
			if !englishAdjectives().has(adjective) {
				continue
			}
			if adjective == stem[:n-1] && stem[n-1] != stem[n-2] || strings.HasSuffix(adjective, "y") && n > 1 && stem[n-1] != 'i' && adjective != stem {
				continue
			}
			return []string{adjective}
		}
	}
	return nil
}

// prefixedBase finds irregular forms behind a prefix: 'rewritten', 'misheard'.
func prefixedBase(word string) []string {
	for _, prefix := range []string{"re", "un", "mis", "over", "out", "under", "pre", "fore", "with"} {
		tail, ok := strings.CutPrefix(word, prefix)
		if !ok || len(tail) < 4 {
			continue
		}
		var all []string
		for _, lemma := range englishForms()[tail] {
			all = append(all, prefix+lemma)
		}
		return all
	}
	return nil
}

func hasAnySuffix(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

func isEnglishVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

func hasEnglishVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }
