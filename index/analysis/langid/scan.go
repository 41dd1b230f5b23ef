package langid

import "unicode/utf8"

// casing tells how a word was written.
type casing uint8

const (
	lower   casing = iota // the first letter is small
	capital               // the first letter is a capital
	shout                 // two letters or more, all of them capitals
)

// token is one word of a text.
type token struct {
	letters []rune // folded, at most maxWord; valid until the next token
	casing  casing
	opening bool // it opens the text, a sentence or a line
	stop    bool // a sentence or line ended before it
	alien   int  // letters of other scripts than Latin
	foreign int  // Latin letters that fi, sv and en do without
}

// scanner walks over the words of a text. Addresses, numbers, and letters that
// are joined to digits are passed over.
type scanner struct {
	text    string
	pos     int
	chunk   int // where the stretch without blanks ends that pos is in
	opening bool
	stop    bool
	buf     [maxWord]rune
}

func newScanner(text string) scanner { return scanner{text: text, opening: true} }

// EachWord calls visit with every word of text, folded as the detector sees
// it: in small letters, combining dots and rings joined to their letter, one
// kind of apostrophe. The slice is valid during the call only.
func EachWord(text string, visit func(word []rune)) {
	s := newScanner(text)
	for t, ok := s.next(); ok; t, ok = s.next() {
		visit(t.letters)
	}
}

// next gives the next word, or false at the end of the text.
func (s *scanner) next() (token, bool) {
	for s.pos < len(s.text) {
		if s.pos >= s.chunk {
			s.enterChunk()
			continue
		}
		r, width := s.runeAt(s.pos)
		switch {
		case isLetter(r):
			if t, ok := s.word(); ok {
				s.opening, s.stop = false, false
				return t, true
			}
		case isDigit(r):
			s.skipCode()
		default:
			s.pos += width
			if endsSentence(r) {
				s.opening, s.stop = true, true
			}
		}
	}
	return token{}, false
}

// enterChunk finds the end of the next stretch without blanks, and passes over
// the stretch if it is an address.
func (s *scanner) enterChunk() {
	for s.pos < len(s.text) && s.text[s.pos] <= ' ' {
		if s.text[s.pos] == '\n' {
			s.opening, s.stop = true, true
		}
		s.pos++
	}
	s.chunk = s.pos
	for s.chunk < len(s.text) && s.text[s.chunk] > ' ' {
		s.chunk++
	}
	if isAddress(s.text[s.pos:s.chunk]) {
		s.pos = s.chunk
	}
}

// word reads the word that begins at pos; false if it runs into a digit.
func (s *scanner) word() (token, bool) {
	t := token{opening: s.opening, stop: s.stop}
	n, letters, capitals := 0, 0, 0
	for s.pos < len(s.text) {
		r, width := s.runeAt(s.pos)
		if isDigit(r) {
			s.skipCode()
			return token{}, false
		}
		if joinMark(s.buf[:n], r) {
			s.pos += width
			continue
		}
		if inner := innerMark(r); inner != 0 && s.letterAt(s.pos+width) {
			r = inner
		} else if !isLetter(r) {
			break
		} else {
			letters++
			if small := fold(r); small != r {
				r = small
				capitals++
				if letters == 1 {
					t.casing = capital
				}
			}
			t.count(r)
		}
		if n < maxWord {
			s.buf[n] = r
			n++
		}
		s.pos += width
	}
	if letters > 1 && capitals == letters {
		t.casing = shout
	}
	t.letters = s.buf[:n]
	return t, true
}

// skipCode passes over letters and digits that belong together.
func (s *scanner) skipCode() {
	for s.pos < len(s.text) {
		r, width := s.runeAt(s.pos)
		if !isLetter(r) && !isDigit(r) {
			return
		}
		s.pos += width
	}
}

func (s *scanner) letterAt(i int) bool {
	if i >= len(s.text) {
		return false
	}
	r, _ := s.runeAt(i)
	return isLetter(r)
}

func (s *scanner) runeAt(i int) (rune, int) {
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:])
}
