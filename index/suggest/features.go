package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// Weights of what is seen in a word, beside 1 for its first base form and its compound parts. They were chosen by measurement.
const (
	otherBase    = 0.5 // of further base forms that the word may have
	functionWord = 0.3 // of words like 'and', which carry grammar, but also 'not'
	sequence     = 0.5 // of a sequence of letters
)

// sequences are the lengths of letter sequences, in letters; they help where there are few examples of a word. Each word has
// one sign at both ends.
var sequences = [2]int{4, 5}

// mostWords bounds the words of one answer that are looked at.
const mostWords = 5000

// feature is a number of something seen, and how much of it.
type feature struct {
	id     uint32
	amount float32
}

// vocabulary numbers what is seen in answers.
type vocabulary struct {
	words     Words
	ids       map[string]uint32
	sequences bool
	fixed     bool // what is new is passed over
}

func (v *vocabulary) id(name string) (uint32, bool) {
	id, ok := v.ids[name]
	if !ok && !v.fixed {
		id, ok = uint32(len(v.ids)), true
		v.ids[strings.Clone(name)] = id
	}
	return id, ok
}

func isFunction(l coding.Lang, term analysis.Term) bool {
	return analysis.IsFunctionWord(analysis.Language(l), term.Text) || utf8.RuneCountInString(term.Text) < 2
}

// word appends the features of one word to list.
func (v *vocabulary) word(list []feature, l coding.Lang, t analysis.Token) []feature {
	note := func(name string, amount float32) {
		if id, ok := v.id(name); ok {
			list = append(list, feature{id, amount})
		}
	}
	first := true
	for _, term := range t.Terms {
		amount := float32(1)
		function := isFunction(l, term)
		if function {
			amount = functionWord
		}
		if term.Kind == analysis.Part {
			note(term.Text, amount)
			continue
		}
		if !first {
			amount *= otherBase
		}
		note(term.Text, amount)
		if first && v.sequences && !function {
			letters := []rune("^" + term.Text + "$")
			for _, n := range sequences {
				for i := 0; i+n <= len(letters); i++ {
					note("#"+string(letters[i:i+n]), sequence)
				}
			}
		}
		first = false
	}
	return list
}

// bag is all that is seen in a text, by id, each id once.
func (v *vocabulary) bag(l coding.Lang, text string) []feature {
	var list []feature
	tokens := v.words(l, text)
	for _, t := range tokens[:min(len(tokens), mostWords)] {
		list = v.word(list, l, t)
	}
	return gathered(list)
}

// gathered sorts by id and adds up the amounts of each.
func gathered(list []feature) []feature {
	slices.SortFunc(list, func(a, b feature) int { return cmp.Compare(a.id, b.id) })
	n := 0
	for _, f := range list {
		if n > 0 && list[n-1].id == f.id {
			list[n-1].amount += f.amount
			continue
		}
		list[n] = f
		n++
	}
	return slices.Clone(list[:n])
}
