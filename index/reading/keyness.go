package reading

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// Key is a word that a group uses more often or more seldom than the rest.
type Key struct {
	Base            string
	Count, Rest     int // occurrences in the group and in the rest
	Respondents     int // who used it, in the group
	RestRespondents int
	G2              float64 // log-likelihood
	LogRatio        float64 // binary logarithm of the ratio of relative frequencies; positive when the group uses it more
	P               float64 // of G2, one degree of freedom
	Clear           bool    // still below 5 % when the number of words compared is taken into account
}

// Comparison is the words of a group against the rest.
type Comparison struct {
	Keys                []Key // the highest G2 first
	Tokens, Rest        int   // words in the group's texts and in the rest
	Respondents, Others int
	Compared            int // words that were compared
}

// LogLikelihood is Dunning's G² for a word that occurs a times among c words and b times among d, in the form of Rayson &
// Garside (2000): 2·(a·ln(a/E₁) + b·ln(b/E₂)) with E₁ = c·(a+b)/(c+d) and E₂ = d·(a+b)/(c+d); 0·ln 0 is 0.
//
// Dunning, T. (1993), Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19(1).
// Rayson, P. & Garside, R. (2000), Comparing Corpora using Frequency Profiling, ACL Workshop on Comparing Corpora.
func LogLikelihood(a, b, c, d int) float64 {
	if a+b == 0 || c+d == 0 {
		return 0
	}
	term := func(n, size int) float64 {
		if n == 0 {
			return 0
		}
		return float64(n) * math.Log(float64(n)*float64(c+d)/(float64(size)*float64(a+b)))
	}
	return max(0, 2*(term(a, c)+term(b, d)))
}

// LogRatio is the effect size of Hardie (2014): log₂((a/c)/(b/d)), each step of 1 a doubling. A count of 0 is taken as ½.
//
// Hardie, A. (2014), Log Ratio – an informal introduction, ESRC Centre for Corpus Approaches to Social Science, Lancaster.
func LogRatio(a, b, c, d int) float64 {
	if c == 0 || d == 0 || a+b == 0 {
		return 0
	}
	half := func(n int) float64 { return max(float64(n), 0.5) }
	return math.Log2(half(a) / float64(c) / (half(b) / float64(d)))
}

// chance is the probability of a χ² of one degree of freedom to be at least g.
func chance(g float64) float64 { return math.Erfc(math.Sqrt(g / 2)) }

// Compare looks for the words whose frequency in group differs from that in rest, which has no answer of group. A word
// counts for what it is by its base form; words of fewer than least respondents are left out. Clear is by Holm's step-down method,
// since many words are compared at once. G² takes words for independent, which those of one respondent are not: read the
// numbers of respondents beside it.
func (c *Corpus) Compare(l coding.Lang, group, rest *roaring.Bitmap, least int, functionWords bool) Comparison {
	a := Scope{Answers: group, Lang: l}.asked("keys", least, functionWords)
	a.rest = rest.Checksum()
	return keep(c, a, func() Comparison { return c.compare(l, group, rest, least, functionWords) })
}

func (c *Corpus) compare(l coding.Lang, group, rest *roaring.Bitmap, least int, functionWords bool) Comparison {
	in := c.tally(Scope{Answers: group, Lang: l})
	out := c.tally(Scope{Answers: rest, Lang: l})
	cmpn := Comparison{Tokens: in.tokens, Rest: out.tokens, Respondents: in.respondents, Others: out.respondents}
	if in.tokens == 0 || out.tokens == 0 {
		return cmpn
	}
	words := c.lettered()
	for i := range c.bases {
		b, x, y := &c.bases[i], &in.base[i], &out.base[i]
		if x.n+y.n == 0 || !words[i] || b.function && !functionWords || x.respondents+y.respondents < least {
			continue
		}
		k := Key{Base: b.text, Count: x.n, Rest: y.n, Respondents: x.respondents, RestRespondents: y.respondents,
			G2: LogLikelihood(x.n, y.n, in.tokens, out.tokens), LogRatio: LogRatio(x.n, y.n, in.tokens, out.tokens)}
		k.P = chance(k.G2)
		cmpn.Keys = append(cmpn.Keys, k)
	}
	slices.SortFunc(cmpn.Keys, func(a, b Key) int {
		return cmp.Or(cmp.Compare(b.G2, a.G2), b.Count-a.Count, cmp.Compare(a.Base, b.Base))
	})
	cmpn.Compared = len(cmpn.Keys)
	for i := range cmpn.Keys {
		k := &cmpn.Keys[i]
		if k.P*float64(cmpn.Compared-i) >= 0.05 {
			break
		}
		k.Clear = true
	}
	return cmpn
}

// lettered tells which base forms are words rather than numbers.
func (c *Corpus) lettered() []bool {
	out := make([]bool, len(c.bases))
	for i := range c.words {
		if w := &c.words[i]; w.letter {
			out[w.bases[0]] = true
		}
	}
	return out
}
