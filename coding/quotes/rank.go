package quotes

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"
	"unicode"

	"avokoodi/coding"
)

// Candidate is an answer that could be quoted under a theme.
type Candidate struct {
	Answer   coding.Answer
	Evidence int // code points marked as the theme's evidence
	Themes   int // themes on the answer
}

// Chosen is an answer that is quoted already.
type Chosen struct {
	Text       string
	Respondent coding.RespondentID
}

// Reason is why a candidate stands where it does; a message key 'quotes.why.REASON'.
type Reason string

// Reasons for and against.
const (
	WhySentences Reason = "sentences" // complete sentences
	WhyLength    Reason = "length"    // reads well in a report
	WhyEvidence  Reason = "evidence"
	WhySpecific  Reason = "specific" // about this theme only
	WhyLanguage  Reason = "language" // wanted
	WhyNew       Reason = "new"      // of somebody who has not been quoted
	WhyAgain     Reason = "again"    // the respondent is quoted already
	WhyLong      Reason = "long"
	WhyShort     Reason = "short"
	WhyNames     Reason = "names" // identifiers to mask
)

// Ranked is a candidate with its points and their reasons.
type Ranked struct {
	Candidate
	Points  int
	Reasons []Reason
}

// alike is how much of two texts' words must be the same for one to say what the other says.
const alike = 0.55

// Rank puts candidates in order, the most quotable first, and leaves out those that say the same as one that is chosen or stands
// before them. It stops at most of them; most < 0 ranks all. wanted is the language that is looked for, "" for any; identifies
// tells whether a text names somebody. It takes long, and is asked only of those that may come next.
func Rank(list []Candidate, chosen []Chosen, wanted coding.Lang, identifies func(string) bool, most int) []Ranked {
	quoted := map[coding.RespondentID]bool{}
	var said []map[string]bool
	for _, c := range chosen {
		quoted[c.Respondent] = true
		said = append(said, stems(c.Text))
	}
	next := make(ranking, 0, len(list))
	for _, c := range list {
		next = append(next, judged{Ranked: rank(c, quoted[c.Answer.Respondent], wanted)})
	}
	heap.Init(&next)
	var out []Ranked
	for len(next) > 0 && len(out) != most {
		first := &next[0]
		if !first.looked {
			first.looked = true
			if identifies(strings.TrimSpace(first.Answer.Text)) {
				first.add(namesPoints, WhyNames)
				heap.Fix(&next, 0)
				continue
			}
		}
		r := heap.Pop(&next).(judged).Ranked
		mine := stems(r.Answer.Text)
		if slices.ContainsFunc(said, func(other map[string]bool) bool { return overlap(mine, other) >= alike }) {
			continue
		}
		said = append(said, mine)
		out = append(out, r)
	}
	return out
}

// namesPoints is what identifiers take off: the only points that are counted late.
const namesPoints = -5

// judged is a candidate; looked tells that its points are final.
type judged struct {
	Ranked
	looked bool
}

// ranking is a heap with the candidate of the most points on top, the first answer of several.
type ranking []judged

func (h ranking) Len() int { return len(h) }
func (h ranking) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(h[j].Points, h[i].Points), cmp.Compare(h[i].Answer.ID, h[j].Answer.ID)) < 0
}
func (h ranking) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *ranking) Push(x any)   { *h = append(*h, x.(judged)) }
func (h *ranking) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}

func (r *Ranked) add(points int, why Reason) {
	r.Points += points
	r.Reasons = append(r.Reasons, why)
}

// rank is the points of a candidate but those of identifiers.
func rank(c Candidate, again bool, wanted coding.Lang) Ranked {
	r := Ranked{Candidate: c}
	add := func(is bool, points int, why Reason) {
		if is {
			r.add(points, why)
		}
	}
	text := strings.TrimSpace(c.Answer.Text)
	n := len([]rune(text))
	add(wanted != "" && c.Answer.Language == wanted, 30, WhyLanguage)
	add(sentences(text), 20, WhySentences)
	add(n >= 60 && n <= 320, 20, WhyLength)
	add(n > 600, -10, WhyLong)
	add(n < 30, -20, WhyShort)
	add(c.Evidence > 0, 15, WhyEvidence)
	add(c.Themes == 1, 10, WhySpecific)
	add(!again, 5, WhyNew)
	add(again, -15, WhyAgain)
	return r
}

// sentences tells whether a text begins with a capital and ends like a sentence.
func sentences(text string) bool {
	runes := []rune(strings.TrimLeft(text, "\"”“'’»- "))
	if len(runes) == 0 || !unicode.IsUpper(runes[0]) {
		return false
	}
	end := strings.TrimRight(text, "\"”“'’»)")
	return strings.HasSuffix(end, ".") || strings.HasSuffix(end, "!") || strings.HasSuffix(end, "?") || strings.HasSuffix(end, "…")
}

// stems are the beginnings of a text's longer words: enough to tell that two texts say the same, in any of the languages.
func stems(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if r := []rune(w); len(r) > 3 {
			out[string(r[:min(len(r), 6)])] = true
		}
	}
	return out
}

// overlap is the Jaccard index of two sets; 0 of two empty ones.
func overlap(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	if len(a)+len(b) == both {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// Same tells whether three or more quotes all say the same: each is alike to one of the others.
func Same(texts []string) bool {
	if len(texts) < 3 {
		return false
	}
	var sets []map[string]bool
	for _, t := range texts {
		sets = append(sets, stems(t))
	}
	for i, a := range sets {
		if !slices.ContainsFunc(append(slices.Clone(sets[:i]), sets[i+1:]...), func(b map[string]bool) bool { return overlap(a, b) >= 0.4 }) {
			return false
		}
	}
	return true
}
