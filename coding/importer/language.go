package importer

import (
	"avokoodi/coding"
)

// Detect tells the language of a text, "" when it can't; how sure it is from 0 to 1; and whether parts are in another
// language. It must be safe for use by several goroutines.
type Detect func(text string) (lang coding.Lang, confidence float64, mixed bool)

// languageWords are what a language column may hold, folded.
var languageWords = map[string]coding.Lang{
	"fi": "fi", "fin": "fi", "suomi": "fi", "suomeksi": "fi", "suomenkielinen": "fi", "finnish": "fi", "finska": "fi", "fi-fi": "fi",
	"fi_fi": "fi",
	"sv":    "sv", "sve": "sv", "swe": "sv", "ruotsi": "sv", "ruotsiksi": "sv", "ruotsinkielinen": "sv", "swedish": "sv", "svenska": "sv",
	"sv-fi": "sv", "sv_fi": "sv", "sv-se": "sv", "sv_se": "sv",
	"en": "en", "eng": "en", "englanti": "en", "englanniksi": "en", "englanninkielinen": "en", "english": "en", "engelska": "en",
	"en-gb": "en", "en_gb": "en", "en-us": "en", "en_us": "en",
}

// ParseLanguage reads what a language column says, in any of the three languages; false when it names none of them.
func ParseLanguage(cell string) (coding.Lang, bool) {
	if len(cell) < 2 || len(cell) > 40 {
		return "", false
	}
	if l, ok := languageWords[cell]; ok {
		return l, true
	}
	switch cell[0] | 0x20 { // the first letters of all the words, or a space: this is asked of every cell of a sheet
	case 'f', 's', 'r', 'e', ' ':
	default:
		return "", false
	}
	l, ok := languageWords[fold(cell)]
	return l, ok
}

// told is what is kept of each answer's language in two bytes: the number of the language, a bit for mixed, and above them
// the confidence in percent.
type told uint16

const (
	mixedBit   = 0x80
	confidence = 8 // the place of the confidence
)

var byNumber = [...]coding.Lang{"", "fi", "sv", "en"}

func tell(l coding.Lang, mixed bool, percent int) told {
	t := told(percent) << confidence
	for i, known := range byNumber {
		if l == known {
			t |= told(i)
		}
	}
	if mixed {
		t |= mixedBit
	}
	return t
}

func (t told) number() int           { return int(t & (mixedBit - 1)) }
func (t told) language() coding.Lang { return byNumber[t.number()] }
func (t told) mixed() bool           { return t&mixedBit != 0 }
func (t told) confidence() int       { return int(t >> confidence) }
func (t told) unsure() bool {
	return coding.AnswerLanguage{Language: t.language(), Confidence: t.confidence()}.Unsure()
}

// dominant is the language with the highest count; Finnish where nothing is known.
func dominant(counts [len(byNumber)]int) coding.Lang {
	best := 1
	for i := 2; i < len(counts); i++ {
		if counts[i] > counts[best] {
			best = i
		}
	}
	return byNumber[best]
}
