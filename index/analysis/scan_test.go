package analysis

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scanAll gives the words of a text and their keys.
func scanAll(text string) (words, keys []string) {
	s := scanner{text: text}
	for s.next() {
		words = append(words, text[s.start:s.end])
		key := string(s.key)
		if s.cut {
			key += "-"
		}
		keys = append(keys, key)
	}
	return words, keys
}

func TestScan(t *testing.T) {
	for _, test := range []struct {
		text, words, keys string
	}{
		{"", "", ""},
		{"Yksi, kaksi!", "Yksi|kaksi", "yksi|kaksi"},
		{"ÄÄNESTÄÄ Åbo Öland", "ÄÄNESTÄÄ|Åbo|Öland", "äänestää|åbo|öland"},
		{"EU-virkamies A-poikien", "EU-virkamies|A-poikien", "eu-virkamies|a-poikien"},
		{"EU:n ja THL:llä, 5:ttä", "EU:n|ja|THL:llä|5:ttä", "eu:n|ja|thl:llä|5:ttä"},
		{"Plussaa:hyvä opettaja", "Plussaa|hyvä|opettaja", "plussaa|hyvä|opettaja"},
		{"Note:This", "Note|This", "note|this"},
		{"sosiaali- ja terveysala", "sosiaali|ja|terveysala", "sosiaali-|ja|terveysala"},
		{"hinta 5- 6 euroa", "hinta|5|6|euroa", "hinta|5|6|euroa"},
		{"-antologia --x", "antologia|x", "antologia|x"},
		{"vaa'an vaa’an don't", "vaa'an|vaa’an|don't", "vaa'an|vaa'an|don't"},
		{"'sana' \"toinen\"", "sana|toinen", "sana|toinen"},
		{"hyvä.Mutta 3,5 1.2.2024 10 000", "hyvä|Mutta|3,5|1.2.2024|10|000", "hyvä|mutta|3,5|1.2.2024|10|000"},
		{"ja/tai https://thl.fi/a_b", "ja|tai|https|thl|fi|a|b", "ja|tai|https|thl|fi|a|b"},
		{"soft\u00ADhyphen end\u00AD", "soft\u00ADhyphen|end", "softhyphen|end"},
		{"a\u2011b a\u2010b", "a\u2011b|a\u2010b", "a-b|a-b"},
		{"pa\u0308iva\u0308", "pa\u0308iva\u0308", "päivä"},
		{"tyo\u0308ma\u0308a\u0308ra\u0308t", "tyo\u0308ma\u0308a\u0308ra\u0308t", "työmäärät"},
		{"1990-luvun 10–15", "1990-luvun|10|15", "1990-luvun|10|15"},
		{"привет мир 😀 ²", "привет|мир|²", "привет|мир|²"},
		{"\xff\xfeabc\xff", "abc", "abc"},
		{strings.Repeat("-", 99), "", ""},
	} {
		words, keys := scanAll(test.text)
		if got := strings.Join(words, "|"); got != test.words {
			t.Errorf("%q: words %q, want %q", test.text, got, test.words)
		}
		if got := strings.Join(keys, "|"); got != test.keys {
			t.Errorf("%q: keys %q, want %q", test.text, got, test.keys)
		}
	}
}

// TestOffsets cuts words of a text with many-byte letters out again.
func TestOffsets(t *testing.T) {
	const text = "Älä mene Åboon, öisin se on hämärää: maahanmuuttajapalvelut käyttöön!"
	for _, lang := range Languages {
		var cut []string
		for i, token := range rulesEngine().For(lang).Index(text) {
			if token.Position != i+1 {
				t.Errorf("%s: word %d has position %d", lang, i+1, token.Position)
			}
			cut = append(cut, text[token.Start:token.End])
		}
		want := []string{"Älä", "mene", "Åboon", "öisin", "se", "on", "hämärää", "maahanmuuttajapalvelut", "käyttöön"}
		if !slices.Equal(cut, want) {
			t.Errorf("%s: %q", lang, cut)
		}
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, text := range []string{"EU:n 5-vuotissuunnitelma, sosiaali- ja terveysala", "a\u0308iti vaa'an", "don't x-y-z", "\xff-\xfe", "ÅÄÖ:n", "'-:.,"} {
		f.Add(text)
	}
	e := rulesEngine()
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range append([]Language{exact}, Languages...) {
			end := 0
			for _, token := range e.For(lang).Index(text) {
				if token.Start < end || token.End <= token.Start || token.End > len(text) {
					t.Fatalf("%s: offsets %d–%d after %d in %q", lang, token.Start, token.End, end, text)
				}
				end = token.End
				if len(token.Terms) == 0 || len(token.Terms) > 3*maxTerms {
					t.Fatalf("%s: %d terms for %q", lang, len(token.Terms), text[token.Start:token.End])
				}
				for _, term := range token.Terms {
					if term.Text == "" || len(term.Text) > maxTermBytes {
						t.Fatalf("%s: term %q", lang, term.Text)
					}
					if utf8.ValidString(text) && !norm.NFC.IsNormalString(term.Text) {
						t.Fatalf("%s: term %q is not composed", lang, term.Text)
					}
				}
			}
			e.For(lang).Query(text)
		}
	})
}
