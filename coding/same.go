package coding

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SameRules numbers the rules of Folded. A store that kept keys made by other rules makes them anew when it is opened.
const SameRules = 1

// SameKey is equal for answers that say the same; 0 is no key. It is the first 63 bits of a hash: where a decision rests on
// it, Folded tells for certain.
type SameKey int64

// Folded is a text without what does not change its meaning: case, spaces, and punctuation outside numbers. Short texts
// that are other ways of writing the same, such as 'en osaa sanoa' and 'EOS', become one of them. A text of nothing but
// punctuation stays what it is, each run of a sign written once, and every kind of dash and dot alone is '-'.
func Folded(text string) string {
	words := foldedWords(norm.NFC.String(text))
	if words == "" {
		return signs(text)
	}
	if one, ok := equals[words]; ok {
		return one
	}
	return words
}

// SameKeyOf is the key of a text.
func SameKeyOf(text string) SameKey {
	sum := sha256.Sum256([]byte(Folded(text)))
	return SameKey(binary.BigEndian.Uint64(sum[:])>>1 | 1)
}

// Describe sets what a store keeps of an answer's text: Length and Same.
func (a *Answer) Describe() {
	a.Length, a.Same = utf8.RuneCountInString(a.Text), SameKeyOf(a.Text)
}

// foldedWords is the words of the text in lower case, with one space between them.
func foldedWords(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	rs := []rune(text)
	gap := false
	for i, c := range rs {
		switch {
		case c == '\'' || c == '’' || c == '\u00ad' || c == '\u200b': // don't is dont; soft hyphens are not there
			continue
		case unicode.IsSpace(c), unicode.IsControl(c), unicode.IsPunct(c) && !meant(rs, i):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// meant tells whether the punctuation at i changes what is said: inside a number or before one, and signs such as %.
func meant(rs []rune, i int) bool {
	if strings.ContainsRune("%‰&#@§", rs[i]) {
		return true
	}
	if i+1 == len(rs) || !unicode.IsDigit(rs[i+1]) {
		return false
	}
	if i > 0 && unicode.IsDigit(rs[i-1]) {
		return true
	}
	return (rs[i] == '-' || rs[i] == '–') && (i == 0 || unicode.IsSpace(rs[i-1]))
}

// signs is the text of an answer without words: spaces left out, a repeated sign written once.
func signs(text string) string {
	var b strings.Builder
	last := rune(-1)
	for _, c := range text {
		if unicode.IsSpace(c) || c == last {
			continue
		}
		b.WriteRune(c)
		last = c
	}
	switch s := b.String(); s {
	case ".", "…", "‐", "‑", "‒", "–", "—", "―", "_", "/", "*", ",":
		return "-"
	default:
		return s
	}
}

// sameSayings are short answers that say the same, by line; the first of a line stands for it. Answers of different
// languages are never put together here.
var sameSayings = []string{
	"eos|e o s|en osaa sanoa|en osaa vastata|ei osaa sanoa|en osaa sanoo|emme osaa sanoa",
	"en tiedä|en tiiä|emt|e m t|en mä tiedä|en minä tiedä",
	"ei kommentoitavaa|ei kommenttia|ei kommentteja|ei kommentoitavaa tähän|en kommentoi",
	"ei lisättävää|ei mitään lisättävää|ei muuta lisättävää|ei muuta|ei mitään muuta",
	"vet ej|vet inte|jag vet inte|jag vet ej|kan inte säga|kan ej säga",
	"inga kommentarer|ingen kommentar|inget att kommentera",
	"inget|ingenting",
	"inget att tillägga|inget annat|inget mer",
	"dont know|do not know|i dont know|i do not know|dk|idk|cant say|cannot say",
	"no comment|no comments|no further comments",
	"nothing to add|nothing else|nothing more",
	"n/a|na|n a|not applicable",
}

var equals = func() map[string]string {
	out := map[string]string{}
	for _, line := range sameSayings {
		ways := strings.Split(line, "|")
		for _, w := range ways {
			out[w] = ways[0]
		}
	}
	return out
}()
