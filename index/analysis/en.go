package analysis

import "strings"

// english analyses English words.
type english struct{}

// analyse gives the forms of a normalised word.
func (e english) analyse(word string) *forms {
	var b formsBuilder
	bare := strings.TrimSuffix(word, "-")
	switch {
	case strings.Contains(bare, "-"):
		hyphenated(&b, bare, e.analyse)
		return b.build(bare, FromRules, true)
	case strings.Contains(bare, "'"):
		e.contracted(&b, bare)
		return b.build(bare, FromRules, true)
	case !hasLetter(bare) || hasDigit(bare):
		return textForms(bare)
	case letters(bare) > splitMaxLen:
		return textForms(bare)
	}
	source := FromRules
	if _, irregular := englishForms()[bare]; irregular {
		source = FromList
	}
	b.base(englishBases(bare)...)
	return b.build(bare, source, true)
}

// contracted handles apostrophes: "service's", "don't", "they've".
func (e english) contracted(b *formsBuilder, word string) {
	i := strings.LastIndexByte(word, '\'')
	head, tail := word[:i], word[i+1:]
	switch {
	case tail == "t" && strings.HasSuffix(head, "n"):
		b.base(englishBases(strings.TrimSuffix(head, "n"))...)
		b.part("not")
	case tail == "s" || tail == "" || tail == "ve" || tail == "re" || tail == "ll" || tail == "d" || tail == "m":
		b.base(englishBases(head)...)
	default:
		b.base(word)
		b.part(head, tail)
	}
}
