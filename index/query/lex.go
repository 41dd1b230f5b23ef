package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenLeaf
	tokenOpen
	tokenClose
	tokenNot
	tokenOr
)

type token struct {
	kind tokenKind
	at   Span
	leaf Node
}

// lexer cuts a query into tokens. Leaves come out ready.
type lexer struct {
	text      []rune
	pos       int
	variables Variables
	terms     int
	skipped   *Span // the first run of signs that holds nothing to search for
}

// operators are understood in capital letters only, so that the words themselves can be searched for.
var operators = map[string]tokenKind{"OR": tokenOr, "TAI": tokenOr, "ELLER": tokenOr, "|": tokenOr, "||": tokenOr, "NOT": tokenNot}

// next is the next token. It skips signs that no word contains, and "AND", which goes without saying.
func (l *lexer) next() (token, error) {
	for {
		for l.pos < len(l.text) && isSpace(l.text[l.pos]) {
			l.pos++
		}
		if l.pos == len(l.text) {
			return token{kind: tokenEnd, at: Span{l.pos, l.pos}}, nil
		}
		start := l.pos
		switch r := l.text[l.pos]; {
		case r == '(':
			l.pos++
			return token{kind: tokenOpen, at: Span{start, l.pos}}, nil
		case r == ')':
			l.pos++
			return token{kind: tokenClose, at: Span{start, l.pos}}, nil
		case isQuote(r):
			return l.phrase()
		case isMinus(r):
			l.pos++
			if l.pos == len(l.text) || isSpace(l.text[l.pos]) || l.text[l.pos] == ')' {
				return token{}, fail(Span{start, l.pos}, "minus_alone")
			}
			return token{kind: tokenNot, at: Span{start, l.pos}}, nil
		}
		run := l.run(false)
		at := Span{start, l.pos}
		if kind, ok := operators[run]; ok {
			return token{kind: kind, at: at}, nil
		}
		if run == "AND" || run == "&&" {
			continue
		}
		t, err := l.word(run, at)
		if err != nil || t.kind != tokenEnd {
			return t, err
		}
		if l.skipped == nil {
			l.skipped = &at
		}
	}
}

// run reads up to the next space, parenthesis or quotation mark, and in a list of values also comma.
func (l *lexer) run(list bool) string {
	start := l.pos
	for l.pos < len(l.text) {
		r := l.text[l.pos]
		if isSpace(r) || r == '(' || r == ')' || isQuote(r) || list && r == ',' {
			break
		}
		l.pos++
	}
	return string(l.text[start:l.pos])
}

// quoted reads what stands between quotation marks; the lexer is at the first of them.
func (l *lexer) quoted() (string, Span, error) {
	start := l.pos
	for end := start + 1; end < len(l.text); end++ {
		if isQuote(l.text[end]) {
			l.pos = end + 1
			return string(l.text[start+1 : end]), Span{start, l.pos}, nil
		}
	}
	return "", Span{}, fail(Span{start, start + 1}, "quote_open")
}

func (l *lexer) phrase() (token, error) {
	text, at, err := l.quoted()
	if err != nil {
		return token{}, err
	}
	if !hasWord(text) {
		return token{}, fail(at, "quote_empty")
	}
	p := &Phrase{Span: at, Text: text}
	if l.pos < len(l.text) && l.text[l.pos] == '~' {
		l.pos++
		p.Loose, p.End = true, l.pos
	}
	return l.leaf(p, len(strings.Fields(text)))
}

// word makes a leaf of a run of signs; a token of kind tokenEnd when there is nothing in it to search for.
func (l *lexer) word(run string, at Span) (token, error) {
	if t, ok, err := l.field(run, at); ok || err != nil {
		return t, err
	}
	if strings.Contains(run, "*") {
		return l.pattern(run, at)
	}
	if i := strings.IndexByte(run, '~'); i > 0 {
		return l.fuzzy(run[:i], run[i+1:], at)
	}
	if !hasWord(run) {
		return token{}, nil
	}
	return l.leaf(&Word{Span: at, Text: run}, 1)
}

func (l *lexer) pattern(run string, at Span) (token, error) {
	for strings.Contains(run, "**") {
		run = strings.ReplaceAll(run, "**", "*")
	}
	run = strings.TrimRight(run, "~")
	before, _, _ := strings.Cut(run, "*")
	if letters(before) < 2 && (before != "" || letters(run) < 3) {
		return token{}, fail(at, "star_short", run)
	}
	return l.leaf(&Pattern{Span: at, Text: run}, 1)
}

func (l *lexer) fuzzy(word, distance string, at Span) (token, error) {
	f := &Fuzzy{Span: at, Text: word}
	switch distance {
	case "":
	case "1", "2":
		f.Distance = int(distance[0] - '0')
	default:
		return token{}, fail(at, "fuzzy_distance", word)
	}
	if letters(word) < 3 {
		return token{}, fail(at, "fuzzy_short", word)
	}
	return l.leaf(f, 1)
}

// leaf counts the terms of the query.
func (l *lexer) leaf(n Node, terms int) (token, error) {
	if l.terms += terms; l.terms > MaxTerms {
		return token{}, fail(n.At(), "too_many", MaxTerms)
	}
	return token{kind: tokenLeaf, at: n.At(), leaf: n}, nil
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200B' || r == '\uFEFF' || r == utf8.RuneError
}

func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»", r) }

func isMinus(r rune) bool { return r == '-' || r == '\u2212' }

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func hasWord(s string) bool { return strings.ContainsFunc(s, isLetter) }

func letters(s string) int {
	n := 0
	for _, r := range s {
		if isLetter(r) {
			n++
		}
	}
	return n
}
