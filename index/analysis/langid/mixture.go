package langid

// For mixed texts, in natural logarithms of odds: the cost of a change of
// language within a sentence and between sentences, what the best
// division must gain over one language alone, and the least that one word
// counts (a probability of 0.05), so that it takes several to gain that.
const (
	switchCost = 4.0
	stopCost   = 2.5
	mixedGain  = 3.0
	leastLog   = -3.0
)

// divide follows the best way to divide the text into stretches of one
// language each (the Viterbi algorithm, of which only the value is kept).
func (e *evidence) divide(w *word, logs *[classes]float64) {
	cost := switchCost
	if w.stop {
		cost = stopCost
	}
	other := max(e.divided[0], e.divided[1], e.divided[2]) - cost
	for k, l := range logs {
		gain := w.weight * max(leastLog, l)
		e.alone[k] += gain
		if k < len(e.divided) {
			e.divided[k] = max(e.divided[k], other) + gain
		}
	}
}

// mixed tells whether a division explains the text far better than any single
// language does.
func (e *evidence) mixed(bonus float64) bool {
	divided := max(e.divided[0], e.divided[1], e.divided[2])
	alone := max(e.alone[0], e.alone[1], e.alone[2])
	return divided-alone > mixedGain && divided > e.alone[classOther]+bonus
}

// mixture is the guess for a mixed text.
func (e *evidence) mixture() Guess {
	g := Guess{Mixed: true}
	for k := range g.Scores {
		g.Scores[k] = min(1, e.share[k]/e.letters)
	}
	best := argmax(g.Scores[:])
	g.Lang, g.Confidence = codes[best], g.Scores[best]
	return g
}
