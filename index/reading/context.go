package reading

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// Pattern is what a concordance looks for: one word, or several one after another. The zero value finds nothing.
type Pattern struct {
	slots [][]bool // by place in the pattern, by word
}

// Base is the pattern of base forms in a language, as word lists and phrases count them: its lines are as many as the list
// says. With compounds, a single word is also found as a part of other words.
func (c *Corpus) Base(l coding.Lang, compounds bool, bases ...string) Pattern {
	var p Pattern
	for _, text := range bases {
		slot := make([]bool, len(c.words))
		for i := range c.words {
			w := &c.words[i]
			slot[i] = w.lang == l && (c.bases[w.bases[0]].text == text ||
				compounds && slices.ContainsFunc(w.parts, func(n uint32) bool { return c.bases[n].text == text }))
		}
		p.slots = append(p.slots, slot)
	}
	return p
}

// Inside is the pattern of compounds that have the base form as a part.
func (c *Corpus) Inside(l coding.Lang, text string) Pattern {
	slot := make([]bool, len(c.words))
	for i := range c.words {
		w := &c.words[i]
		slot[i] = w.lang == l && slices.ContainsFunc(w.parts, func(n uint32) bool { return c.bases[n].text == text })
	}
	return Pattern{[][]bool{slot}}
}

// Slot tells for one word of a typed query what it stands for in a language: base forms, or, when Beginning is set, any form
// that begins so.
type Slot struct {
	Terms     []string
	Beginning string
}

// Typed is the pattern of what a person typed. It is given for each language, since the same letters are other words there.
// A word matches by any of its base forms or, like in a search, as a part of a compound.
func (c *Corpus) Typed(slots map[coding.Lang][]Slot) Pattern {
	var p Pattern
	for l, list := range slots {
		for k, s := range list {
			if k == len(p.slots) {
				p.slots = append(p.slots, make([]bool, len(c.words)))
			}
			for i := range c.words {
				if w := &c.words[i]; w.lang == l && c.fits(w, s) {
					p.slots[k][i] = true
				}
			}
		}
	}
	return p
}

func (c *Corpus) fits(w *word, s Slot) bool {
	if s.Beginning != "" {
		return strings.HasPrefix(w.form, s.Beginning)
	}
	has := func(n uint32) bool { return slices.Contains(s.Terms, c.bases[n].text) }
	return slices.ContainsFunc(w.bases, has) || slices.ContainsFunc(w.parts, has)
}

// Hit is one place: words From up to but without To of an answer.
type Hit struct {
	Answer   coding.AnswerID
	From, To int
	entry    int
}

// Side is what a concordance is sorted by.
type Side int

// Sides. AsCame is by respondent, then answer.
const (
	AsCame Side = iota
	ByLeft
	ByRight
	ByMatch
)

// MostHits is how many places Find gives at most.
const MostHits = 50_000

// Find lists the places where a scope has the pattern, and how many answers and respondents they are of. All counts those
// beyond MostHits, too.
func (c *Corpus) Find(s Scope, p Pattern, side Side) Found {
	var out Found
	n := len(p.slots)
	if n == 0 {
		return out
	}
	var total count
	for e := range c.each(s) {
		tokens := c.of(e)
		for i := 0; i+n <= len(tokens); i++ {
			ok := true
			for k := 0; k < n && ok; k++ {
				ok = p.slots[k][tokens[i+k]&^apart] && (k == 0 || tokens[i+k]&apart == 0)
			}
			if !ok {
				continue
			}
			total.add(e)
			if len(out.Hits) < MostHits {
				out.Hits = append(out.Hits, Hit{e.id, i, i + n, c.place[e.id]})
			}
			i += n - 1
		}
	}
	out.All, out.Answers, out.Respondents = total.n, total.answers, total.respondents
	c.order(out.Hits, side, s.Lang)
	return out
}

// Found is the result of Find.
type Found struct {
	Hits                      []Hit
	All, Answers, Respondents int
}

// sortWords is how many words of the context decide on the order.
const sortWords = 4

func (c *Corpus) order(hits []Hit, side Side, l coding.Lang) {
	if side == AsCame {
		return
	}
	key := collation(l)
	// at is the word so many places from the hit, "" beyond the end of the answer.
	at := func(h *Hit, k int) string {
		e := &c.answers[h.entry]
		var i int
		switch side {
		case ByLeft:
			i = e.from + h.From - 1 - k
		case ByRight:
			i = e.from + h.To + k
		default:
			i = e.from + h.From + k
		}
		if i < e.from || i >= e.to {
			return ""
		}
		return c.words[c.tokens[i]&^apart].form
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		for k := range sortWords {
			x, y := at(&a, k), at(&b, k)
			if d := key.compare(x, y); d != 0 {
				return d
			}
			if x == "" {
				break
			}
		}
		return cmp.Compare(a.entry, b.entry)
	})
}

// Line is a place with the text around it on one line.
type Line struct {
	Left, Match, Right string
	CutLeft, CutRight  bool // the answer goes on beyond
}

// Line cuts the line of a hit from the answer's text. tokens is the answer's words as the corpus was built with; width is
// the most code points on each side. False when the hit is not in the text.
func (h Hit) Line(text string, tokens []analysis.Token, width int) (Line, bool) {
	if h.From < 0 || h.To > len(tokens) || h.From >= h.To {
		return Line{}, false
	}
	start, end := tokens[h.From].Start, tokens[h.To-1].End
	from, to := start, end
	for n := 0; from > 0 && n < width; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	for n := 0; to < len(text) && n < width; n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	// A word that is cut by the edge is left out whole, unless nothing else would be left.
	if from > 0 {
		if i := strings.IndexFunc(text[from:start], unicode.IsSpace); i >= 0 {
			from += i
		}
	}
	if to < len(text) {
		if i := strings.LastIndexFunc(text[end:to], unicode.IsSpace); i >= 0 {
			to = end + i
		}
	}
	return Line{Left: flat(text[from:start]), Match: flat(text[start:end]), Right: flat(text[end:to]),
		CutLeft: strings.TrimSpace(text[:from]) != "", CutRight: strings.TrimSpace(text[to:]) != ""}, true
}

// flat puts a text on one line. Blanks at the edges stay as one.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}
