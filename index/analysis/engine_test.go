package analysis

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestEngineLanguages(t *testing.T) {
	e := rulesEngine()
	for lang, want := range map[Language]string{Finnish: "talo", Swedish: "talossa", English: "talossa", "de": "talossa", exact: "talossa"} {
		if got := basesOf(e.For(lang), "Talossa"); !slices.Contains(got, want) {
			t.Errorf("%s: %q lacks %s", lang, got, want)
		}
	}
	if got := basesOf(e.Exact(), "EU:n Ääni-levyt, 5"); !slices.Equal(got, []string{"eu:n", "ääni-levyt", "5"}) {
		t.Errorf("exact: %q", got)
	}
	if got := partsOf(e.Exact(), "Ääni-levyt"); !slices.Equal(got, []string{"ääni", "levyt"}) {
		t.Errorf("exact parts: %q", got)
	}
	if got := queryOf(e.Exact(), "a\u0308a\u0308ni"); !slices.Equal(got, []string{"ääni"}) {
		t.Errorf("exact query: %q", got)
	}
}

// TestVersion changes with everything that terms depend on.
func TestVersion(t *testing.T) {
	dir := t.TempDir()
	one := writeFile(t, dir, "one/mor.vfst", tinyDictionary())
	two := writeFile(t, dir, "two/mor.vfst", wordDictionary([2]string{"talo", "[Ln][Xp]talo[X]talo"}, [2]string{"olla", "[Lt][Xp]olla[X]olla"}, [2]string{"hyvä", "[Ll][Xp]hyvä[X]hyvä"}))
	list := writeFile(t, dir, "sv_SE.dic", []byte("mentor/A\n"))
	seen := map[string]int{}
	for i, o := range []Options{{}, {DictionaryPath: one}, {DictionaryPath: two}, {SwedishListPath: list}, {DictionaryPath: one, SwedishListPath: list}} {
		o.NoSystem = true
		version := New(o).Version()
		if j, ok := seen[version]; ok {
			t.Errorf("options %d and %d have version %s", i, j, version)
		}
		seen[version] = i
		if again := New(o).Version(); again != version {
			t.Errorf("options %d have versions %s and %s", i, version, again)
		}
	}
	e := rulesEngine()
	v := NewVocabulary()
	v.Learn("mentori")
	if e.With(v).Version() != e.Version() {
		t.Error("the vocabulary changes the version")
	}
}

// TestVocabularySplits learns a word that no list has.
func TestVocabularySplits(t *testing.T) {
	v := NewVocabulary()
	v.Learn("Blaffi on hyvä. Kotiblaffi ja blaffi. Skrutt och skrutt.")
	plain := rulesEngine()
	taught := plain.With(v)
	for lang, word := range map[Language]string{Finnish: "kansalaisblaffille", Swedish: "skolskrutten"} {
		if got := partsOf(plain.For(lang), word); len(got) > 0 {
			t.Errorf("%s without vocabulary: %q", word, got)
		}
		if got := partsOf(taught.For(lang), word); len(got) < 2 {
			t.Errorf("%s with vocabulary: %q", word, got)
		}
	}
	if got := partsOf(plain.For(Finnish), "kansalaisblaffille"); len(got) > 0 {
		t.Errorf("the vocabulary leaked into the first engine: %q", got)
	}
}

// TestRubbish analyses what people paste into answers.
func TestRubbish(t *testing.T) {
	for _, e := range []*Engine{rulesEngine(), New(Options{})} {
		for _, text := range []string{
			strings.Repeat("x", 100_000), strings.Repeat("ä", 100_000), strings.Repeat("-a", 50_000), strings.Repeat("a\u0308", 50_000), strings.Repeat("maa", 20),
			strings.Repeat("kuusi", 12), strings.Repeat("arbets", 10), strings.Repeat("'a", 9_000), strings.Repeat("1.", 9_000), strings.Repeat("\xff", 9_000), "\x00\x01",
		} {
			for _, lang := range Languages {
				for _, token := range e.For(lang).Index(text) {
					for _, term := range token.Terms {
						if len(term.Text) > maxTermBytes {
							t.Fatalf("%s: a term of %d bytes", lang, len(term.Text))
						}
					}
				}
			}
		}
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	e := New(Options{NoSystem: true, CacheWords: 10})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 50 {
				for _, lang := range Languages {
					e.For(lang).Index("Opettajien arbetsplatserna services maahanmuuttajapalvelut ja paljon muita sanoja eri kielillä")
				}
			}
		})
	}
	group.Wait()
}

func TestFunctionWords(t *testing.T) {
	for lang, words := range map[Language]string{Finnish: "ja se olla", Swedish: "och det vara", English: "the and be"} {
		for w := range strings.FieldsSeq(words) {
			if !IsFunctionWord(lang, w) {
				t.Errorf("%s is no function word of %s", w, lang)
			}
		}
	}
	for lang, w := range map[Language]string{Finnish: "palvelu", Swedish: "arbete", English: "service", "de": "und"} {
		if IsFunctionWord(lang, w) {
			t.Errorf("%s is a function word of %s", w, lang)
		}
	}
}

func TestNames(t *testing.T) {
	for got, want := range map[string]string{
		Base.String(): "base", Part.String(): "part", FromRules.String(): "rules", FromDictionary.String(): "dictionary", FromList.String(): "list", FromText.String(): "text",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestEach: words one by one are those that the analysers give, with the same terms, however odd the text.
func TestEach(t *testing.T) {
	e := New(Options{NoSystem: true})
	texts := []string{"", "Sosiaali- ja terveysala toimii.", "EU:n tuki, 1,5 miljoonaa – vaa'an mukaan", "a\u0308a\u0301ni e\u0301te\u0301", "- ei -", strings.Repeat("ö", 100) + "-talo ja",
		"Maahanmuuttaja\u00ADpalvelut", "barn- och ungdomsarbete i stadsdelarna", "co-operation with children's services"}
	for _, text := range texts {
		for _, l := range Languages {
			exact, index := e.Exact().Index(text), e.For(l).Index(text)
			n := 0
			e.Each(text, func(form, key []byte) {
				if got := e.Terms(l, string(key)); !slices.Equal(got, index[n].Terms) {
					t.Errorf("%s %q: terms of %q are %v, the analyser gives %v", l, text, key, got, index[n].Terms)
				}
				if want := exact[n].Terms[0].Text; string(form) != want {
					t.Errorf("%q: form %q, the analyser gives %q", text, form, want)
				}
				n++
			})
			if n != len(exact) {
				t.Errorf("%q: %d words, the analyser gives %d", text, n, len(exact))
			}
		}
	}
}
