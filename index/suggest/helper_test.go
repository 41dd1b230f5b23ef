package suggest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"unicode"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

var engine = sync.OnceValue(func() *analysis.Engine { return analysis.New(analysis.Options{NoSystem: true}) })

// ruled analyses by rules alone, so that tests are the same on every machine.
func ruled(l coding.Lang, text string) []analysis.Token {
	return engine().For(analysis.Language(l)).Index(text)
}

// plainly takes words as they stand: quick, for large sets.
func plainly(_ coding.Lang, text string) []analysis.Token {
	var out []analysis.Token
	start := -1
	for i, c := range text + " " {
		switch letter := unicode.IsLetter(c) || unicode.IsDigit(c); {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			out = append(out, analysis.Token{Start: start, End: i, Terms: []analysis.Term{{Text: strings.ToLower(text[start:i])}}})
			start = -1
		}
	}
	return out
}

// planted makes answers of made-up words: each of the themes has words of its own, which stand among words of none.
func planted(n, themes int, seed uint64) (answers []Example, codebook []coding.Theme) {
	rng := rand.New(rand.NewPCG(seed, 3))
	for t := range themes {
		codebook = append(codebook, coding.Theme{ID: coding.ThemeID(t + 1), Key: fmt.Sprint("t", t), Label: coding.Text{FI: fmt.Sprintf("aihe%c", 'a'+t)}, Order: t})
	}
	word := func(kind string, n int) string { return fmt.Sprintf("%s%c%c", kind, 'a'+n%20, 'b'+n/20) }
	for i := range n {
		x := Example{Answer: coding.AnswerID(i + 1), Question: coding.QuestionID(1 + i%2), Round: coding.RoundID(1 + i%3/2), Lang: "fi"}
		var words []string
		for range 5 + rng.IntN(15) {
			words = append(words, word("sana", rng.IntN(300)))
		}
		for range rng.IntN(3) {
			t := rng.IntN(themes)
			if !x.has(coding.ThemeID(t + 1)) {
				x.Themes = append(x.Themes, coding.ThemeID(t+1))
			}
			words = append(words, word(fmt.Sprintf("teema%c", 'a'+t), rng.IntN(6)))
		}
		rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		x.Text = strings.Join(words, " ")
		x.Same = coding.SameKeyOf(x.Text)
		answers = append(answers, x)
	}
	return answers, codebook
}
