// Package langid tells Finnish, Swedish and English apart in texts as short as
// one word, marks texts that mix them, and says when it cannot tell: for a
// dash, a number, an address, a name, or another language.
//
// The model is logistic regression over the character n-grams of a word,
// trained by the program in the folder train from published survey answers
// and from word lists of our own; the words of a text then vote. Numbers and
// limits are in docs/language-model.md. The answers come from:
//
//   - tarmot/koodiaapinen, open course feedback in Finnish, by Tarmo
//     Toikkanen, CC BY 4.0
//   - spraakbanken/SuperLim-2, argumentation sentences in Swedish, CC BY 4.0
//   - rstudio/learning-r-survey, open answers in English, Apache-2.0
//
// The model file holds hashes of n-grams and weights: no text of theirs.
package langid

import (
	_ "embed"
	"sync"
)

//go:generate go run ./train -data ../../../../shared/data -out model.bin

//go:embed model.bin
var modelFile []byte

var builtIn = sync.OnceValue(func() *Model {
	m, err := ReadModel(modelFile)
	if err != nil {
		panic("langid: built-in " + err.Error()) // a broken build; any test of Detect shows it
	}
	return m
})

// codes are the language codes of the classes, in the order of Guess.Scores.
var codes = [classes]string{"fi", "sv", "en", ""}

// Guess is what Detect makes of a text.
type Guess struct {
	// Lang is "fi", "sv" or "en", or "" where the text does not tell. In a
	// mixed text it is the language of most letters.
	Lang string
	// Confidence is the greatest of Scores, from 0 to 1. Where Lang is empty
	// it is how far the best of the three got, and 0 if there were no words.
	Confidence float64
	// Mixed is set where whole stretches of the text, not just a borrowed
	// word or a name, are in different ones of the three languages.
	Mixed bool
	// Scores are the estimated probabilities that the text is Finnish,
	// Swedish and English, in this order. They add up to at most 1; the rest
	// is for 'something else'. In a mixed text they are shares of the letters.
	Scores [3]float64
}

// Detect guesses the language of a text in UTF-8 with the built-in model.
// It is safe for concurrent use and takes time linear in the text.
func Detect(text string) Guess { return builtIn().Detect(text) }

// Detect guesses the language of a text with this model.
func (m *Model) Detect(text string) Guess {
	var e evidence
	var last word
	words := newScanner(text)
	for t, ok := words.next(); ok; t, ok = words.next() {
		w := m.word(t)
		if w.name && last.opener {
			last.weight = min(last.weight, nameWeight) // 'Ella Fitzgerald'
		}
		e.add(&last)
		last = w
	}
	e.add(&last)
	return e.guess()
}
