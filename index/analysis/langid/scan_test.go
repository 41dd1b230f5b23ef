package langid

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestEachWord(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "",
		"Hyvää työtä!":                     "hyvää työtä",
		"ÅÄÖ ÉÜ":                           "åäö éü",
		"a\u0308a\u030ao\u0308 e\u0301":    "äåö e",
		"don't don’t 'quoted' end'":        "don't don't quoted end",
		"EU:n KELA: hyvä":                  "eu:n kela hyvä",
		"yhteis\u00adtyö zero\u200bwidth":  "yhteistyö zerowidth",
		"matala-kynnys ja/tai":             "matala kynnys ja tai",
		"1990-luvulla 12kpl x2 R2D2 a_b c": "luvulla c",
		"anna@example.org kiitos":          "kiitos",
		"terv. @nimi (www.example.org) ok": "terv ok",
		"https://example.org/a/b?c=d e":    "e",
		"Katso kunta.fi, hyvä":             "katso hyvä",
		"hyvä.Se toimi.Kiitos":             "hyvä se toimi kiitos",
		"vanda.fi/tjanster example.se/x y": "y",
		"det var bra.Se nedan":             "det var bra se nedan",
		"привет мир":                       "привет мир",
		"a\xffb":                           "a b",
		"50 % 3,5 € 10:30":                 "",
		"rivi\nrivi\ttab\r\nlast":          "rivi rivi tab last",
	} {
		var words []string
		EachWord(text, func(w []rune) { words = append(words, string(w)) })
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestEachWordCutsLongWords(t *testing.T) {
	var words []string
	EachWord(strings.Repeat("ä", 100_000)+" yö", func(w []rune) { words = append(words, string(w)) })
	if want := []string{strings.Repeat("ä", maxWord), "yö"}; !slices.Equal(words, want) {
		t.Errorf("%d words, first of %d letters", len(words), len([]rune(words[0])))
	}
}

func TestTokenMarks(t *testing.T) {
	const text = "Hei Anna, TE-toimisto. Uusi rivi\ntässä iPhone 5. Øl и"
	var got []string
	s := newScanner(text)
	for tok, ok := s.next(); ok; tok, ok = s.next() {
		marks := [...]string{"", "C", "S"}[tok.casing]
		if tok.opening {
			marks += "o"
		}
		if tok.stop {
			marks += "."
		}
		got = append(got, fmt.Sprintf("%s/%s%d%d", string(tok.letters), marks, tok.foreign, tok.alien))
	}
	want := "hei/Co00 anna/C00 te/S00 toimisto/00 uusi/Co.00 rivi/00 tässä/o.00 iphone/00 øl/Co.10 и/01"
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got  %s\nwant %s", g, want)
	}
}

func TestNeutral(t *testing.T) {
	for _, c := range []struct {
		word   string
		casing casing
		want   bool
	}{
		{"virtanen", capital, true}, {"virtanen", shout, true}, {"virtanen", lower, false},
		{"åbo", capital, true}, {"palvelu", capital, false}, {"ok", lower, true}, {"ok", shout, true},
		{strings.Repeat("ä", maxWord), capital, false},
	} {
		if got := neutral([]rune(c.word), c.casing); got != c.want {
			t.Errorf("%q, casing %d: %v", c.word, c.casing, got)
		}
	}
	for w := range neutralWords() {
		if len(w) > longestNeutral {
			t.Errorf("%q is longer than longestNeutral", w)
		}
	}
}

func TestWordlike(t *testing.T) {
	for word, want := range map[string]bool{"yö": true, "xxx": false, "aaa": false, "hmm": false, "och": true, "спб": true, "my": true} {
		if got := wordlike([]rune(word)); got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
}
