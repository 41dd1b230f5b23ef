package analysis

// The Finnish rules work on Latin-1 bytes, one per letter, so that 'the letter
// before the last' is an index and not a search.

const (
	aUml = 0xE4 // ä
	oUml = 0xF6 // ö
)

// toLatin1 encodes a word for the rules; words with other letters have no
// Finnish rules.
func toLatin1(word string) (string, bool) {
	out := make([]byte, 0, len(word))
	for _, r := range word {
		if r > 0xFF {
			return "", false
		}
		out = append(out, byte(r))
	}
	return string(out), true
}

func fromLatin1(word string) string {
	out := make([]rune, len(word))
	for i := range len(word) {
		out[i] = rune(word[i])
	}
	return string(out)
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y', aUml, oUml:
		return true
	}
	return false
}

// harmony gives the a, o, u of a word's vowel harmony.
func harmony(word string) (a, o, u byte) {
	for i := len(word) - 1; i >= 0; i-- {
		switch word[i] {
		case 'a', 'o', 'u':
			return 'a', 'o', 'u'
		case aUml, oUml, 'y':
			return aUml, oUml, 'y'
		}
	}
	return aUml, oUml, 'y'
}

// withA appends the a of the word's harmony.
func withA(stem, tail string) string {
	a, _, _ := harmony(stem)
	return stem + tail + string([]byte{a})
}

// at gives the letter i places before the end (at(s, 0) is the last), or 0.
func at(s string, i int) byte {
	if i >= len(s) {
		return 0
	}
	return s[len(s)-1-i]
}

// graded is a stem in another consonant grade; cost tells how far-fetched
// that is.
type graded struct {
	stem string
	cost int
}

// onset splits a stem into what is before its last consonants, those
// consonants, and the last vowel: 'katu' is 'ka', 't', 'u'.
func onset(stem string) (head, consonants, vowel string) {
	i := len(stem) - 1
	j := i
	for j > 0 && !isVowel(stem[j-1]) {
		j--
	}
	return stem[:j], stem[j:i], stem[i:]
}

var strengthen = map[string][]string{
	"d": {"t"}, "hd": {"ht"}, "v": {"p"}, "lv": {"lp"}, "rv": {"rp"}, "mm": {"mp"}, "nn": {"nt"}, "ng": {"nk"},
	"ll": {"lt"}, "rr": {"rt"}, "l": {"lk"}, "r": {"rk"}, "rj": {"rk"}, "lj": {"lk"}, "hj": {"hk"}, "h": {"hk"},
	"k": {"kk"}, "p": {"pp"}, "t": {"tt"}, "lk": {"lkk"}, "rk": {"rkk"}, "nk": {"nkk"}, "lp": {"lpp"}, "rp": {"rpp"},
	"mp": {"mpp"}, "lt": {"ltt"}, "rt": {"rtt"}, "nt": {"ntt"}, "": {"k"}, "'": {"k"}, "st": {"stt"}, "sk": {"skk"},
}

// costly strengthenings are rare in the language.
var strengthenCost = map[string]int{
	"l": 4, "r": 4, "h": 8, "": 5, "lk": 2, "rk": 2, "lp": 2, "mp": 2, "lt": 2, "rt": 2, "nt": 2, "v": 1, "st": 8, "sk": 8,
	"ll": 2, "rr": 2, "nk": 1, "rp": 2,
}

// strongOnly cannot stand at the beginning of a closed syllable, so a stem in
// the weak grade does not have them.
var strongOnly = map[string]bool{
	"kk": true, "pp": true, "tt": true, "mp": true, "nt": true, "nk": true, "lt": true, "rt": true, "ht": true,
	"lkk": true, "nkk": true, "rkk": true, "mpp": true, "ntt": true, "rtt": true, "ltt": true, "lk": true, "rk": true, "lp": true, "rp": true,
}

// toStrong gives the strong grades of a stem in the weak grade, itself
// included where it need not change.
func toStrong(stem string) []graded {
	if len(stem) < 2 || !isVowel(at(stem, 0)) {
		return []graded{{stem, 0}}
	}
	head, c, v := onset(stem)
	same := graded{stem, 0}
	switch {
	case strongOnly[c]:
		same.cost = 8
	case (c == "k" || c == "p" || c == "t" || c == "d") && head != "":
		same.cost = 4
	}
	all := []graded{same}
	if head == "" || c == "" && (len(head) < 2 || isVowel(at(head, 1)) && at(head, 1) == at(head, 0)) {
		return all
	}
	if c == "v" && (v == "u" && at(head, 0) == 'u' || v == "y" && at(head, 0) == 'y') {
		return append(all, graded{head + "k" + v, 0})
	}
	for _, s := range strengthen[c] {
		all = append(all, graded{head + s + v, strengthenCost[c]})
	}
	return all
}

var weaken = map[string][]string{
	"kk": {"k"}, "pp": {"p"}, "tt": {"t"}, "k": {"", "v"}, "p": {"v"}, "t": {"d"}, "ht": {"hd"}, "nk": {"ng"}, "mp": {"mm"},
	"nt": {"nn"}, "lt": {"ll"}, "rt": {"rr"}, "lk": {"l"}, "rk": {"r"}, "lp": {"lv"}, "rp": {"rv"}, "lkk": {"lk"},
	"nkk": {"nk"}, "rkk": {"rk"}, "ntt": {"nt"}, "ltt": {"lt"}, "rtt": {"rt"}, "mpp": {"mp"}, "lpp": {"lp"},
}

// toWeak gives the weak grades of a stem in the strong grade: 'rikka' of
// 'rikkaan' is 'rika(s)'.
func toWeak(stem string) []graded {
	if len(stem) < 2 || !isVowel(at(stem, 0)) {
		return []graded{{stem, 0}}
	}
	head, c, v := onset(stem)
	all := []graded{{stem, 0}}
	if head == "" {
		return all
	}
	for _, w := range weaken[c] {
		cost := 0
		if c == "k" || c == "lk" || c == "rk" {
			cost = 3
		}
		all = append(all, graded{head + w + v, cost})
	}
	if len(weaken[c]) > 0 && len(c) > 1 {
		all[0].cost = 4
	}
	return all
}
