package langid

import "math"

// The constants below were chosen on shared/data/langid, on other.tsv and
// mixed.tsv in testdata, and by checking that Confidence is about the share of
// right guesses (see docs/language-model.md).
const (
	// surprise is the least probability of a word, which keeps one odd word
	// from outvoting a sentence.
	surprise = 0.01
	// otherBonus makes up for counting the low prior probability of another
	// language once for every word: in training it is 0.08 to 3. It grows in
	// over the first bonusWords words.
	otherBonus = 2
	bonusWords = 3
	// minWeight is the least evidence to decide on: more than three names.
	minWeight = 0.5
	// minConfidence is where Lang is given rather than 'cannot tell'.
	minConfidence = 0.45
	// tie is the lead that it needs over the second best of the three.
	tie = 0.03
)

// evidence sums up the words of a text. The zero value is that of no words.
type evidence struct {
	weight, letters float64
	telling         bool             // some word is more than a homograph
	votes           [classes]float64 // sum of logarithms of probabilities
	share           [classes]float64 // letters
	alone           [classes]float64 // like votes, with leastLog
	divided         [3]float64       // the best division that ends in each language
}

// add counts one word.
func (e *evidence) add(w *word) {
	if w.weight == 0 {
		return
	}
	var logs [classes]float64
	for k, p := range w.p {
		logs[k] = math.Log(max(surprise, p))
		e.votes[k] += w.weight * logs[k]
		e.share[k] += w.weight * w.letters * p
	}
	e.divide(w, &logs)
	e.weight += w.weight
	e.letters += w.weight * w.letters
	e.telling = e.telling || !w.vague
}

// guess decides.
func (e *evidence) guess() Guess {
	if e.weight < minWeight {
		return Guess{}
	}
	extra := e.weight - 1
	bonus := otherBonus * max(0, extra) * min(1, max(0, extra)/bonusWords)
	if e.mixed(bonus) {
		return e.mixture()
	}
	e.votes[classOther] += bonus
	p := e.probabilities()
	best := argmax(p[:])
	if !e.telling {
		p[classFi] = (p[classFi] + p[classSv]) / 2
		p[classSv] = p[classFi]
	}
	g := Guess{}
	second := 0.0
	for k := range g.Scores {
		g.Scores[k] = p[k]
		second = max(second, min(g.Confidence, g.Scores[k]))
		g.Confidence = max(g.Confidence, g.Scores[k])
	}
	if best != classOther && g.Confidence >= max(minConfidence, second+tie) {
		g.Lang = codes[best]
	}
	return g
}

// probabilities takes the words for independent witnesses.
func (e *evidence) probabilities() (p [classes]float64) {
	top := e.votes[argmax(e.votes[:])]
	sum := 0.0
	for k, v := range e.votes {
		p[k] = math.Exp(v - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

func argmax(values []float64) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}
