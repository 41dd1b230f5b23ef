package paper

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func broken(word, lang string) string {
	runes, last := []rune(word), 0
	var parts []string
	for _, at := range Hyphenate(word, lang) {
		parts = append(parts, string(runes[last:at]))
		last = at
	}
	return strings.Join(append(parts, string(runes[last:])), "-")
}

func TestHyphenate(t *testing.T) {
	for lang, words := range map[string]string{
		"fi": "maa-han-muut-ta-nei-den koor-di-nointi hyvin-voin-ti-a-lue mie-len-ter-veys työ-ai-ka osal-li-suus yh-teis-työ " +
			"väes-tö-suh-teet stra-te-gia pa-ko-lais-ten kump-pa-nuus-ba-ro-metri jär-jes-tö-läh-töi-nen sit-ten ei Suo-men " +
			"pi-ka-ruo-ka rahoi-tus-ha-ke-mus",
		"sv": "verk-sam-het kom-mu-ni-ka-tion utbild-ning befolk-nings-re-la-tio-ner barn",
		"en": "com-mu-ni-ca-tion muni-ci-pa-li-ties infor-ma-tion the",
	} {
		for _, want := range strings.Fields(words) {
			word := strings.ReplaceAll(want, "-", "")
			got := broken(word, lang)
			if got != want {
				t.Errorf("%s: %s, not %s", lang, got, want)
			}
		}
	}
	if got := Hyphenate("EU-rahoitus 2026", "fi"); len(got) != 2 || got[0] != 5 || got[1] != 8 {
		t.Errorf("stretches of letters: %v", got)
	}
}

// TestHyphensLeaveEnough: no place is nearer to an end of the letters than it should be, in order, whatever the word.
func TestHyphensLeaveEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-zåäö]{1,40}`).Draw(t, "word")
		for lang, least := range map[string]int{"fi": 2, "sv": 3, "en": 3} {
			last := 0
			for _, at := range Hyphenate(word, lang) {
				if at <= last || at < least || len([]rune(word))-at < least {
					t.Fatalf("%s %q: %v", lang, word, Hyphenate(word, lang))
				}
				last = at
			}
		}
	})
}
