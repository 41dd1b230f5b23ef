package paper

import (
	"strings"
	"unicode"
)

// Hyphenate is the places, as numbers of runes, at which a word may be broken with a hyphen. There are at least two letters before
// and two behind each in Finnish (three in words of twelve or more), three elsewhere. Finnish goes by its syllables: a new one begins
// with the last consonant before a vowel, and between two vowels that make neither a long one nor a diphthong (Iso suomen kielioppi
// § 11 ff.). Swedish and English go by where consonants meet, which is coarser. It is for words that do not go into a line, not for all.
func Hyphenate(word, lang string) []int {
	runes := []rune(strings.ToLower(word))
	var out []int
	for from := 0; from < len(runes); { // each stretch of letters by itself
		if !unicode.IsLetter(runes[from]) {
			from++
			continue
		}
		to := from
		for to < len(runes) && unicode.IsLetter(runes[to]) {
			to++
		}
		least := 3
		if lang == "fi" && to-from < 12 {
			least = 2
		}
		for _, at := range syllables(runes[from:to], lang) {
			if at >= least && to-from-at >= least {
				out = append(out, from+at)
			}
		}
		from = to
	}
	return out
}

const vowels = "aeiouyåäöéèáàüêëïôæøœ"

func vowel(r rune) bool { return strings.ContainsRune(vowels, r) }

// together are the consonants that begin a syllable together.
var together = map[string][]string{
	"sv": {"sch", "stj", "skj", "str", "spr", "skr", "sk", "sp", "st", "sj", "tj", "kj", "bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "tr", "kv", "sl", "sn", "sm", "sv", "ch"},
	"en": {"str", "spr", "scr", "sch", "thr", "sh", "ch", "th", "ph", "wh", "bl", "br", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "pl", "pr", "tr", "st", "sp", "sk", "sc"},
}

// syllables is where new syllables begin in a stretch of small letters.
func syllables(word []rune, lang string) []int {
	var out []int
	before := -1 // the end of the vowels before
	for i := 0; i < len(word); {
		if !vowel(word[i]) {
			i++
			continue
		}
		if before >= 0 {
			at := i - 1
			for _, begin := range together[lang] {
				if n := len([]rune(begin)); i-n > before && string(word[i-n:i]) == begin {
					at = min(at, i-n)
				}
			}
			out = append(out, at)
		}
		for i < len(word) && vowel(word[i]) { // the vowels that stand together
			end := i + 1
			if end < len(word) && vowel(word[end]) && (lang != "fi" || glides(word[i], word[end])) {
				end++
			}
			i, before = end, end
			if lang == "fi" && i < len(word) && vowel(word[i]) {
				out = append(out, i)
			}
		}
	}
	return out
}

// glides tells whether two vowels are one syllable in Finnish. Some pairs are so in the first syllable only; they are kept together
// everywhere, since a compound's second part has a first syllable too, and a place less does no harm.
func glides(a, b rune) bool {
	return a == b || strings.Contains("ai ei oi ui yi äi öi au eu iu ou ey iy äy öy ie uo yö", string([]rune{a, b}))
}
