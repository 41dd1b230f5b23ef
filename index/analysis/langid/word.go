package langid

import "math"

const (
	// nameWeight is what a word counts that looks like a name, which may be
	// of any language, against 1 for other words.
	nameWeight = 0.15
	// abbreviation is the greatest length of an unknown word in capitals that
	// is taken for an abbreviation.
	abbreviation = 4
	// foreignShare is the probability of 'another language' that a letter
	// outside the three alphabets (ø, õ, ł) gives a word at least.
	foreignShare = 0.8
)

// word is what one word of a text says about its language.
type word struct {
	p       [classes]float64 // probability of each class, from this word alone
	weight  float64          // 0 to 1: how much it counts
	letters float64
	opener  bool // an unknown word that opens a sentence with a capital
	name    bool // it has a capital within a sentence, or is a listed name
	stop    bool // a sentence ended before it
	vague   bool // alone it says nothing; see isHomograph
}

// word judges one token.
func (m *Model) word(t token) word {
	w := word{weight: 1, letters: float64(len(t.letters)), stop: t.stop, vague: isHomograph(t.letters)}
	tally, known := m.weigh(t.letters)
	w.p = m.posterior(tally)
	switch {
	case 2*t.alien > len(t.letters):
		w.p = [classes]float64{classOther: 1}
	case len(t.letters) == 1 || !wordlike(t.letters):
		w.weight = 0
	case neutral(t.letters, t.casing):
		w.weight = 0
		w.name = !t.opening
	case t.casing == capital && !t.opening:
		w.weight = nameWeight
		w.name = true
	case t.casing == shout && !known && len(t.letters) <= abbreviation:
		w.weight = nameWeight
		w.name = !t.opening
	case t.foreign > 0:
		for k := range w.p {
			w.p[k] *= 1 - foreignShare
		}
		w.p[classOther] += foreignShare
	default:
		w.opener = t.casing == capital && !known
	}
	return w
}

// posterior turns a tally into probabilities.
func (m *Model) posterior(t tally) (p [classes]float64) {
	top := max(t[0], t[1], t[2], t[3])
	sum := 0.0
	for k, v := range t {
		p[k] = math.Exp(float64(v-top) * m.scale)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// isHomograph picks out the few words that are whole answers in one language
// and among the most frequent words of another: ja ('and', 'yes'), jo
// ('already', 'yes'), en ('I do not', 'a'). How often the training texts have
// them says nothing about an answer of one word.
func isHomograph(letters []rune) bool {
	if len(letters) != 2 {
		return false
	}
	a, b := letters[0], letters[1]
	return a == 'j' && (b == 'a' || b == 'o') || a == 'e' && b == 'n'
}

// wordlike tells whether a folded word could be one: it has a vowel, or a
// letter beyond a to z, and is not one letter over and over.
func wordlike(letters []rune) bool {
	same, vowel := true, false
	for _, r := range letters {
		same = same && r == letters[0]
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			vowel = true
		default:
			vowel = vowel || r > 0x7f
		}
	}
	return vowel && !same
}
