package index

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/themes"
)

// meaning is a word with its terms.
func meaning(form string, terms ...string) word {
	w := word{form: form, key: form}
	for _, term := range terms {
		w.terms = append(w.terms, analysis.Term{Text: term})
	}
	return w
}

// knows tells whether the terms of all the words are known in a language.
func (x *lexicon) knows(lang coding.Lang, words ...string) bool {
	var need known
	need[langNumber(lang)] = true
	return !slices.ContainsFunc(words, func(w string) bool {
		f := x.find([]byte(w))
		return f == nil || !f.known.all(need)
	})
}

func TestLexicon(t *testing.T) {
	x := newLexicon()
	words := []string{"palvelut", "on", "hyvät"}
	if x.knows(themes.FI, words...) {
		t.Error("an empty lexicon knows words")
	}
	x.learn(themes.FI, []word{meaning("palvelut", "palvelu"), meaning("on", "olla"), meaning("hyvät", "hyvä", "hyvät")})
	x.learn(themes.EN, []word{meaning("on", "on")})
	if !x.knows(themes.FI, words...) || x.knows(themes.EN, words...) || !x.knows(themes.EN, "on") || x.knows(themes.SV, "palvelut") {
		t.Error("knows the wrong words")
	}
	for _, c := range []struct {
		lang  coding.Lang
		terms []string
		want  []string
	}{
		{themes.FI, []string{"palvelu"}, []string{"palvelut"}},
		{themes.FI, []string{"olla"}, []string{"on"}},
		{themes.EN, []string{"olla"}, []string{}},
		{themes.EN, []string{"on"}, []string{"on"}},
		{themes.FI, []string{"hyvä", "hyvät", "palvelu"}, []string{"hyvät", "palvelut"}},
		{themes.SV, []string{"on"}, []string{}},
	} {
		if got := x.formsOf(c.lang, c.terms); !slices.Equal(got, c.want) {
			t.Errorf("%s %v: %q", c.lang, c.terms, got)
		}
	}
	if got := x.formsNear("pavlelut", 1); !slices.Equal(got, []string{"palvelut"}) {
		t.Errorf("near: %q", got)
	}
	if got := x.termsNear(themes.FI, "palvelus", 1); !slices.Equal(got, []string{"palvelu"}) {
		t.Errorf("terms near: %q", got)
	}
	// A word whose analysis is not there stands for itself.
	x.learn(themes.SV, []word{meaning("outo")})
	if got := x.formsOf(themes.SV, []string{"outo"}); !slices.Equal(got, []string{"outo"}) {
		t.Errorf("a word without analysis: %q", got)
	}
}

func TestLexiconFile(t *testing.T) {
	dir := t.TempDir()
	x, f, err := openLexicon(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		x.learn(themes.Langs[i%3], []word{meaning(fmt.Sprint("sana", i), "sana", fmt.Sprint("s", i)), meaning(fmt.Sprint("ord", i%7), "ord")})
		if err := f.flush(x); err != nil {
			t.Fatal(err)
		}
	}
	f.close()
	path := filepath.Join(dir, lexiconFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	y, f, err := openLexicon(dir)
	if err != nil {
		t.Fatal(err)
	}
	f.close()
	for _, l := range themes.Langs {
		for _, terms := range [][]string{{"sana"}, {"ord"}, {"s5"}, {"s100", "s101"}} {
			if a, b := x.formsOf(l, terms), y.formsOf(l, terms); !slices.Equal(a, b) {
				t.Errorf("%s %v: %q, after reading %q", l, terms, a, b)
			}
		}
	}
	// Cut anywhere, it is read up to the last whole line, and goes on from there.
	for cut := range len(whole) {
		if cut%37 != 0 {
			continue
		}
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		z, f, err := openLexicon(dir)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		z.learn(themes.FI, []word{meaning("uusi", "uusi")})
		if err := f.flush(z); err != nil {
			t.Fatal(err)
		}
		f.close()
		again, f, err := openLexicon(dir)
		if err != nil {
			t.Fatalf("cut at %d, then continued: %v", cut, err)
		}
		f.close()
		if again.size() != z.size() || !again.knows(themes.FI, "uusi") {
			t.Fatalf("cut at %d: %d forms, then %d", cut, z.size(), again.size())
		}
	}
}

// TestWithin compares the quick distance, and what is ruled out before it, with the one by the book.
func TestWithin(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abcäö")), 0, 7, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := edits([]rune(a), []rune(b))
		x, y := spell(a), spell(b)
		for most := range 4 {
			if got := within(a, b, most); got != (d <= most) {
				t.Fatalf("%q %q: within %d is %v, the distance is %d", a, b, most, got, d)
			}
			if got := x.near(&y, most); got != (d <= most) {
				t.Fatalf("%q %q: near %d is %v, the distance is %d", a, b, most, got, d)
			}
		}
	})
}

func TestGlob(t *testing.T) {
	w := testWords()
	for _, c := range []struct {
		pattern, form string
		want          bool
	}{
		{"kun*", "kunta", true}, {"kun*", "kun", true}, {"kun*", "ku", false}, {"*työ", "yhteistyö", true}, {"*työ", "työt", false},
		{"ku*ta", "kunta", true}, {"ku*ta", "kuta", true}, {"ku*uta", "kuta", false}, {"a*b*c", "aXbYc", true}, {"a*b*c", "acb", false},
		{"*alv*", "palvelu", true}, {"KUN*", "kunta", true}, {"a\u0308ä*", "ääni", true},
	} {
		if got := newGlob(w, c.pattern, false).matches(c.form); got != c.want {
			t.Errorf("%s %s: %v", c.pattern, c.form, got)
		}
	}
	if !newGlob(w, "paiv*", true).matches("päivä") || newGlob(w, "paiv*", false).matches("päivä") {
		t.Error("folding")
	}
}
