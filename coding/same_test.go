package coding_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"avokoodi/coding"
)

func TestFolded(t *testing.T) {
	for _, same := range [][]string{
		{"ei", "Ei.", " EI ", "ei!!", "(ei)", "“Ei”"},
		{"EOS", "eos.", "En osaa sanoa", "en  osaa\nsanoa.", "e.o.s."},
		{"-", "--", "–", "—", "...", "…", " . ", "_"},
		{"Vet ej", "vet inte!", "Jag vet inte."},
		{"I don't know", "dont know", "I don’t know."},
		{"n/a", "N/A", "NA", "n.a."},
		{"Enemmän rahoitusta, kiitos", "enemmän rahoitusta – kiitos!", "Enemma\u0308n rahoitusta kiitos"},
		{"yhteis\u00adtyö", "Yhteistyö"},
	} {
		for _, s := range same[1:] {
			if coding.Folded(s) != coding.Folded(same[0]) || coding.SameKeyOf(s) != coding.SameKeyOf(same[0]) {
				t.Errorf("%q is %q, %q is %q", s, coding.Folded(s), same[0], coding.Folded(same[0]))
			}
		}
	}
	// What looks alike and is not.
	seen := map[string]string{}
	for _, s := range []string{"ei", "ei ole", "-", "?", "!", ":)", "👍", "1,5", "15", "1.5", "-5", "5", "50 %", "50", "1/2", "nej", "no", "nothing",
		"ei mitään", "inget", "en tiedä", "eos", "vet ej", "dont know", "a b", "ab", "+", "++--", "työ", "tyo", "ÅÄÖ"} {
		f := coding.Folded(s)
		if other, ok := seen[f]; ok {
			t.Errorf("%q and %q are both %q", s, other, f)
		}
		seen[f] = s
	}
}

// What a person may add without saying anything else never changes the key; a letter more always does.
func TestFoldedProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zåäöé]{2,9}`), 1, 12).Draw(t, "words")
		plain := strings.Join(words, " ")
		var b strings.Builder
		for _, w := range words {
			if rapid.Bool().Draw(t, "upper") {
				w = strings.ToUpper(w)
			}
			if rapid.Bool().Draw(t, "decomposed") {
				w = norm.NFD.String(w)
			}
			b.WriteString(rapid.SampledFrom([]string{" ", ", ", " – ", "\n", " \t(", "... "}).Draw(t, "between"))
			b.WriteString(w)
		}
		b.WriteString(rapid.SampledFrom([]string{"", ".", "!!", " ;"}).Draw(t, "end"))
		if got := coding.SameKeyOf(b.String()); got != coding.SameKeyOf(plain) || got <= 0 {
			t.Fatalf("%q folds to %q, %q to %q", b.String(), coding.Folded(b.String()), plain, coding.Folded(plain))
		}
		if coding.SameKeyOf(plain+"xq") == coding.SameKeyOf(plain) {
			t.Fatalf("%q and %q are the same", plain, plain+"xq")
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		f := coding.Folded(s)
		if again := coding.Folded(f); again != f {
			t.Fatalf("%q folds to %q and that to %q", s, f, again)
		}
		if f == "" && strings.ContainsFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
			t.Fatalf("%q folds to nothing", s)
		}
	})
}
