package reading

import (
	"cmp"
	"slices"

	"avokoodi/coding"
)

// Order of a word list.
type Order int

// Orders. ByCompounds puts first what stands most often inside other words, and lists also what stands nowhere else.
const (
	ByCount Order = iota
	ByRespondents
	ByName
	ByCompounds
)

// Form is one spelling, in lower case, and how often it occurs.
type Form struct {
	Text  string
	Count int
}

// Word is one line of a word list. Count, Answers and Respondents are of the word itself; the other two of its occurrences
// as a part of a compound, which are not among the former.
type Word struct {
	Base                string
	Count               int
	Answers             int
	Respondents         int
	Compounds           int
	CompoundRespondents int
	Forms               []Form // the most common ones first
	Function            bool
}

// List is a word list with the size of what was counted.
type List struct {
	Words       []Word
	Tokens      int // words in the texts, also those that are not listed
	Answers     int
	Respondents int
}

// mostForms is how many forms of a word are shown.
const mostForms = 6

// tally counts base forms in a scope.
type tally struct {
	tokens, answers, respondents int
	word                         []int // occurrences by word
	base, part                   []count
	lastRespondent               coding.RespondentID
}

type count struct {
	n, answers, respondents int
	lastAnswer              coding.AnswerID
	lastRespondent          coding.RespondentID
}

func (n *count) add(e *entry) {
	n.n++
	if n.lastAnswer != e.id {
		n.lastAnswer, n.answers = e.id, n.answers+1
	}
	if n.lastRespondent != e.respondent {
		n.lastRespondent, n.respondents = e.respondent, n.respondents+1
	}
}

func (c *Corpus) tally(s Scope) *tally {
	t := &tally{word: make([]int, len(c.words)), base: make([]count, len(c.bases)), part: make([]count, len(c.bases))}
	for e := range c.each(s) {
		t.answers++
		if t.lastRespondent != e.respondent {
			t.lastRespondent, t.respondents = e.respondent, t.respondents+1
		}
		for _, token := range c.of(e) {
			w := &c.words[token&^apart]
			t.tokens++
			t.word[token&^apart]++
			t.base[w.bases[0]].add(e)
			for _, p := range w.parts {
				t.part[p].add(e)
			}
		}
	}
	return t
}

// Words is the word list of a scope by base form. Numbers are not words. Function words are left out unless asked for.
func (c *Corpus) Words(s Scope, order Order, functionWords bool) List {
	return keep(c, s.asked("words", int(order), functionWords), func() List { return c.listWords(s, order, functionWords) })
}

func (c *Corpus) listWords(s Scope, order Order, functionWords bool) List {
	t := c.tally(s)
	list := List{Tokens: t.tokens, Answers: t.answers, Respondents: t.respondents}
	forms := make(map[uint32][]Form)
	for i, n := range t.word {
		if w := &c.words[i]; n > 0 && w.letter {
			forms[w.bases[0]] = append(forms[w.bases[0]], Form{w.form, n})
		}
	}
	for i := range c.bases {
		b, n, p := &c.bases[i], &t.base[i], &t.part[i]
		if b.function && !functionWords || len(forms[uint32(i)]) == 0 && (order != ByCompounds || p.n == 0) || order == ByCompounds && p.n == 0 {
			continue
		}
		list.Words = append(list.Words, Word{Base: b.text, Count: n.n, Answers: n.answers, Respondents: n.respondents, Compounds: p.n,
			CompoundRespondents: p.respondents, Forms: common(forms[uint32(i)]), Function: b.function})
	}
	key := collation(s.Lang)
	slices.SortFunc(list.Words, func(a, b Word) int {
		d := 0
		switch order {
		case ByCount:
			d = cmp.Or(b.Count-a.Count, b.Respondents-a.Respondents)
		case ByRespondents:
			d = cmp.Or(b.Respondents-a.Respondents, b.Count-a.Count)
		case ByCompounds:
			d = cmp.Or(b.Compounds-a.Compounds, b.Count-a.Count)
		}
		return cmp.Or(d, key.compare(a.Base, b.Base))
	})
	return list
}

func common(forms []Form) []Form {
	slices.SortFunc(forms, func(a, b Form) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Text, b.Text)) })
	return forms[:min(len(forms), mostForms)]
}
