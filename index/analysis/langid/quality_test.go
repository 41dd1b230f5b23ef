package langid

import (
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var languages = codes[:classOther]

// rate counts right guesses.
type rate struct{ right, silent, all int }

func (r *rate) add(g Guess, lang string) {
	r.all++
	switch g.Lang {
	case lang:
		r.right++
	case "":
		r.silent++
	}
}

func (r rate) share() float64 { return float64(r.right) / float64(r.all) }

// report logs the rates and fails those below floor.
func report(t *testing.T, what string, rates map[string]*rate, floor float64) {
	t.Helper()
	for _, lang := range languages {
		r := rates[lang]
		t.Logf("%s %s: %.4f right, %.4f 'cannot tell' (n=%d)", what, lang, r.share(), float64(r.silent)/float64(r.all), r.all)
		if r.share() < floor {
			t.Errorf("%s %s: %.4f, want at least %.3f", what, lang, r.share(), floor)
		}
	}
}

func newRates() map[string]*rate {
	return map[string]*rate{"fi": {}, "sv": {}, "en": {}}
}

// sentence is a text and its language.
type sentence struct{ text, lang string }

// pud gives the sentences of shared/data/langid; sib those of topics.
func pud(t testing.TB) (all []sentence) {
	for _, row := range readShared(t, "langid/sentences.tsv") {
		all = append(all, sentence{row[0], row[1]})
	}
	return all
}

func sib(t testing.TB) (all []sentence) {
	for _, lang := range languages {
		for _, part := range []string{"train", "dev"} {
			for _, row := range readShared(t, "topics/"+lang+"."+part+".tsv") {
				all = append(all, sentence{row[2], lang})
			}
		}
	}
	return all
}

func TestSentences(t *testing.T) {
	for what, all := range map[string][]sentence{"pud": pud(t), "sib": sib(t)} {
		rates := newRates()
		mixed := 0
		for _, s := range all {
			g := Detect(s.text)
			rates[s.lang].add(g, s.lang)
			if g.Mixed {
				mixed++
			}
		}
		report(t, what+" sentences", rates, 0.995)
		if mixed*500 > len(all) {
			t.Errorf("%s: %d of %d sentences called mixed, at most 0.2 %% allowed", what, mixed, len(all))
		}
	}
}

// Three words in a row, names, numbers and all.
func TestThreeWords(t *testing.T) {
	for what, all := range map[string][]sentence{"pud": pud(t), "sib": sib(t)} {
		rates := newRates()
		for _, s := range all {
			words := strings.Fields(s.text)
			for i := 0; i+3 <= len(words); i++ {
				rates[s.lang].add(Detect(strings.Join(words[i:i+3], " ")), s.lang)
			}
		}
		report(t, what+" three words", rates, 0.97)
	}
}

// Single words of four letters and more, names included.
func TestSingleWords(t *testing.T) {
	for what, all := range map[string][]sentence{"pud": pud(t), "sib": sib(t)} {
		rates := newRates()
		for _, s := range all {
			for _, w := range strings.Fields(s.text) {
				w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
				if utf8.RuneCountInString(w) >= 4 {
					rates[s.lang].add(Detect(w), s.lang)
				}
			}
		}
		report(t, what+" single words", rates, 0.85)
	}
}

// Words of the morphology lists, names left out.
func TestDictionaryWords(t *testing.T) {
	forms, lemmas := newRates(), newRates()
	for _, lang := range languages {
		for _, row := range readShared(t, "morphology/lemma_"+lang+".tsv") {
			if row[2] != "PROPN" && utf8.RuneCountInString(row[1]) >= 4 {
				forms[lang].add(Detect(row[0]), lang)
				lemmas[lang].add(Detect(row[1]), lang)
			}
		}
	}
	report(t, "inflected forms", forms, 0.9)
	report(t, "base forms", lemmas, 0.9)
}

// Two sentences, and a sentence that changes language half way.
func TestJoinedSentences(t *testing.T) {
	by := map[string][][]string{}
	for _, s := range pud(t) {
		if words := strings.Fields(s.text); len(words) >= 10 {
			by[s.lang] = append(by[s.lang], words)
		}
	}
	for _, pair := range [][2]string{{"fi", "sv"}, {"sv", "fi"}, {"fi", "en"}, {"en", "fi"}, {"sv", "en"}, {"en", "sv"}} {
		whole, half := 0, 0
		const n = 300
		for i := range n {
			a, b := by[pair[0]][i], by[pair[1]][i+n]
			if Detect(strings.Join(a, " ") + " " + strings.Join(b, " ")).Mixed {
				whole++
			}
			if Detect(strings.Join(a[:8], " ") + " " + strings.Join(b[3:8], " ")).Mixed {
				half++
			}
		}
		t.Logf("%v: %d of %d two sentences, %d of %d eight and five words", pair, whole, n, half, n)
		if whole < n*98/100 || half < n*85/100 {
			t.Errorf("%v: too few found mixed", pair)
		}
	}
}

// Confidence is about the share of right guesses: of words, where it is often
// low, and of three words.
func TestCalibration(t *testing.T) {
	type bin struct{ n, right, confidence float64 }
	var bins [10]bin
	for _, s := range pud(t) {
		for _, w := range strings.Fields(s.text) {
			g := Detect(w)
			if utf8.RuneCountInString(w) < 4 || g.Confidence == 0 {
				continue
			}
			b := &bins[min(9, int(g.Confidence*10))]
			b.n++
			b.confidence += g.Confidence
			if g.Scores[index(t, s.lang)] == g.Confidence {
				b.right++
			}
		}
	}
	for i, b := range bins {
		if b.n < 200 {
			continue
		}
		said, was := b.confidence/b.n, b.right/b.n
		t.Logf("confidence %.1f to %.1f: said %.3f, was %.3f (n=%.0f)", float64(i)/10, float64(i+1)/10, said, was, b.n)
		if math.Abs(said-was) > 0.12 {
			t.Errorf("confidence %.2f, but %.2f right", said, was)
		}
	}
}
