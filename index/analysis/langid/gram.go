package langid

const (
	// maxWord bounds how many letters of one word are looked at; the rest is
	// only walked over, so a word of 100,000 letters has no more say than
	// one of forty.
	maxWord = 40
	// maxGram is the longest n-gram. The word boundary counts as a character.
	maxGram = 5
	// hashBits is the width of a feature's hash: an n-gram that was never
	// trained meets a trained one by chance about once in 950 look-ups.
	hashBits = 26

	boundary  = '_'
	gramSeed  = 2166136261 // FNV-1a
	wordSeed  = 0x9e3779b9 // keeps whole words apart from n-grams
	hashPrime = 16777619
)

// Features calls visit with the hash of every feature of a folded word (as
// EachWord gives it): its n-grams of one to five characters, word boundaries
// included, and last, with whole set, the word itself. The training program
// uses it; Model.weigh walks the same features without a call for each.
func Features(word []rune, visit func(hash uint32, whole bool)) {
	var buf [maxWord + 2]rune
	padded := pad(&buf, word)
	for i := range padded {
		h := uint32(gramSeed)
		for j := i; j < len(padded) && j < i+maxGram; j++ {
			h = (h ^ uint32(padded[j])) * hashPrime
			if j > i || (i > 0 && i < len(padded)-1) { // a lone boundary says nothing
				visit(mix(h), false)
			}
		}
	}
	visit(wordHash(word), true)
}

// pad copies a word into buf between two boundaries.
func pad(buf *[maxWord + 2]rune, word []rune) []rune {
	if len(word) > maxWord {
		word = word[:maxWord]
	}
	buf[0] = boundary
	n := copy(buf[1:], word)
	buf[n+1] = boundary
	return buf[:n+2]
}

// wordHash is the feature that stands for the whole word.
func wordHash(word []rune) uint32 {
	h := uint32(wordSeed)
	for _, r := range word {
		h = (h ^ uint32(r)) * hashPrime
	}
	return mix(h)
}

// mix spreads a running hash evenly over hashBits bits (the finaliser of
// MurmurHash3).
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	h ^= h >> 16
	return h >> (32 - hashBits)
}
