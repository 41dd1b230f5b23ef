package reading

import (
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// Analyse gives the words of a text with base forms and compound parts, as the index does.
type Analyse func(l coding.Lang, text string) []analysis.Token

// maxForm is how many bytes of a word tell it from others.
const maxForm = 200

// apart is set on a token with a mark before it that ends a phrase: a full stop, a bracket, a line break.
const apart = 1 << 31

// Corpus is the words of answers. It does not change after Build and is safe for use by many goroutines. The lists that it gives may be
// given to others too and must not be changed.
type Corpus struct {
	words   []word   // distinct forms in a language
	bases   []base   // distinct base forms in a language
	tokens  []uint32 // of all answers: places in words, with apart
	answers []entry  // by respondent, then id
	place   map[coding.AnswerID]int
	kept    kept
}

// word is one form with what it is counted as. The first base is the one that lists count; the others are what else the
// form may be.
type word struct {
	form   string // lower case
	lang   coding.Lang
	bases  []uint32
	parts  []uint32
	letter bool // not a mere number
}

type base struct {
	text     string
	lang     coding.Lang
	function bool
}

type entry struct {
	id         coding.AnswerID
	respondent coding.RespondentID
	lang       coding.Lang
	from, to   int // in tokens
}

type formKey struct {
	lang coding.Lang
	text string
}

type builder struct {
	c     *Corpus
	words map[formKey]uint32
	bases map[formKey]uint32
}

// together is how many answers are analysed at the same time, on all processors.
const together = 512

// Build reads a stream of answers. An error of the stream is returned as it is. analyse is called from several goroutines.
func Build(answers iter.Seq2[coding.Answer, error], analyse Analyse) (*Corpus, error) {
	b := builder{&Corpus{place: map[coding.AnswerID]int{}}, map[formKey]uint32{}, map[formKey]uint32{}}
	var some []coding.Answer
	for a, err := range answers {
		if err != nil {
			return nil, err
		}
		if some = append(some, a); len(some) == together {
			b.addAll(some, analyse)
			some = some[:0]
		}
	}
	b.addAll(some, analyse)
	slices.SortFunc(b.c.answers, func(x, y entry) int {
		if x.respondent != y.respondent {
			return int(x.respondent) - int(y.respondent)
		}
		return int(x.id) - int(y.id)
	})
	for i, e := range b.c.answers {
		b.c.place[e.id] = i
	}
	return b.c, nil
}

func (b *builder) addAll(answers []coding.Answer, analyse Analyse) {
	tokens := make([][]analysis.Token, len(answers))
	var next atomic.Int64
	var wait sync.WaitGroup
	var broken atomic.Pointer[any] // what an analysis panicked with, for the caller to recover from
	for range min(runtime.GOMAXPROCS(0), len(answers)) {
		wait.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					broken.Store(&p)
				}
			}()
			for i := int(next.Add(1)) - 1; i < len(answers); i = int(next.Add(1)) - 1 {
				tokens[i] = analyse(answers[i].Language, answers[i].Text)
			}
		})
	}
	wait.Wait()
	if p := broken.Load(); p != nil {
		panic(*p)
	}
	for i, a := range answers {
		b.add(a, tokens[i])
	}
}

func (b *builder) add(a coding.Answer, tokens []analysis.Token) {
	from, end := len(b.c.tokens), 0
	for _, t := range tokens {
		w := b.word(a.Language, a.Text[t.Start:t.End], t.Terms)
		if t.Start > end && strings.ContainsAny(a.Text[end:t.Start], ".!?;:()[]\"”“\n\r\t•/") {
			w |= apart
		}
		end = t.End
		b.c.tokens = append(b.c.tokens, w)
	}
	b.c.answers = append(b.c.answers, entry{a.ID, a.Respondent, a.Language, from, len(b.c.tokens)})
}

func (b *builder) word(l coding.Lang, text string, terms []analysis.Term) uint32 {
	form := strings.ToLower(text)
	if len(form) > maxForm {
		form = strings.ToValidUTF8(form[:maxForm], "") + "…"
	}
	key := formKey{l, form}
	if n, ok := b.words[key]; ok {
		return n
	}
	w := word{form: strings.Clone(form), lang: l, letter: strings.ContainsFunc(form, unicode.IsLetter)}
	for _, t := range terms {
		n := b.base(l, t.Text)
		switch {
		case t.Kind == analysis.Base && !slices.Contains(w.bases, n):
			w.bases = append(w.bases, n)
		case t.Kind == analysis.Part && !slices.Contains(w.parts, n):
			w.parts = append(w.parts, n)
		}
	}
	if len(w.bases) == 0 {
		w.bases = []uint32{b.base(l, form)}
	}
	w.parts = slices.DeleteFunc(w.parts, func(n uint32) bool { return n == w.bases[0] })
	n := uint32(len(b.c.words))
	b.c.words = append(b.c.words, w)
	b.words[formKey{l, w.form}] = n
	return n
}

func (b *builder) base(l coding.Lang, text string) uint32 {
	if len(text) > maxForm {
		text = strings.ToValidUTF8(text[:maxForm], "") + "…"
	}
	key := formKey{l, text}
	n, ok := b.bases[key]
	if !ok {
		n = uint32(len(b.c.bases))
		key.text = strings.Clone(text)
		b.bases[key] = n
		function := analysis.IsFunctionWord(analysis.Language(l), text) || utf8.RuneCountInString(text) < 2
		b.c.bases = append(b.c.bases, base{key.text, l, function})
	}
	return n
}

// Tokens is the number of words in the corpus.
func (c *Corpus) Tokens() int { return len(c.tokens) }

// Scope is the part of a corpus that is looked at: the answers of the set that are in the language.
type Scope struct {
	Answers *roaring.Bitmap // nil for all
	Lang    coding.Lang
	Any     bool // in any language
}

// each goes through the answers of the scope, those of one respondent one after another.
func (c *Corpus) each(s Scope) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for i := range c.answers {
			e := &c.answers[i]
			if (s.Any || e.lang == s.Lang) && (s.Answers == nil || s.Answers.Contains(uint32(e.id))) && !yield(e) {
				return
			}
		}
	}
}

func (c *Corpus) of(e *entry) []uint32 { return c.tokens[e.from:e.to] }
