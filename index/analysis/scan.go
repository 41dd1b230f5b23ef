package analysis

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scanner cuts a text into words. A word is a run of letters and digits with
// the joiners that belong to it: the hyphen of 'EU-virkamies', the apostrophe
// of 'vaa'an', the colon of 'EU:n', the separators inside numbers. Combining
// marks and soft hyphens are inside the word and its offsets.
type scanner struct {
	text string
	pos  int

	start, end int    // the current word
	key        []byte // its normal form: lower case, NFC, plain hyphen and apostrophe
	cut        bool   // a hyphen follows, as in 'sosiaali- ja terveysala'
	plain      bool   // nothing but letters a–z (after lower-casing)
	odd        bool   // the key still needs NFC
}

const (
	softHyphen      = '\u00AD'
	maxColonSuffix  = 7
	maxColonInitial = 3
)

// next moves to the next word and reports whether there is one.
func (s *scanner) next() bool {
	for s.pos < len(s.text) {
		r, n := decode(s.text, s.pos)
		if isWord(r) {
			s.word()
			return true
		}
		s.pos += n
	}
	return false
}

// word reads the word that begins at pos.
func (s *scanner) word() {
	s.start, s.key, s.cut, s.odd, s.plain = s.pos, s.key[:0], false, false, true
	for s.pos < len(s.text) {
		r, n := decode(s.text, s.pos)
		switch {
		case isWord(r):
			s.add(r)
		case r == softHyphen || r == '\u200D' || r == '\u200C':
		case r >= utf8.RuneSelf && unicode.IsMark(r):
			s.odd, s.plain = true, false
			s.key = utf8.AppendRune(s.key, r)
		default:
			j := s.joiner(r, s.pos+n)
			if j == 0 {
				s.cut = isHyphen(r) && !unicode.IsDigit(s.before())
				s.finish()
				return
			}
			s.plain = false
			s.key = append(s.key, j)
		}
		s.pos += n
	}
	s.finish()
}

// finish closes the word before pos; trailing soft hyphens stay outside.
func (s *scanner) finish() {
	s.end = s.pos
	for {
		r, n := utf8.DecodeLastRuneInString(s.text[s.start:s.end])
		if r != softHyphen && r != '\u200D' && r != '\u200C' {
			break
		}
		s.end -= n
	}
	if s.odd && !norm.NFC.IsNormal(s.key) {
		s.key = norm.NFC.Bytes(s.key)
	}
}

// add appends a letter or digit in lower case.
func (s *scanner) add(r rune) {
	switch {
	case r >= 'a' && r <= 'z':
		s.key = append(s.key, byte(r))
	case r >= 'A' && r <= 'Z':
		s.key = append(s.key, byte(r)+'a'-'A')
	case r < utf8.RuneSelf:
		s.plain = false
		s.key = append(s.key, byte(r))
	default:
		s.plain = false
		if r > 0x17F {
			s.odd = true
		}
		s.key = utf8.AppendRune(s.key, unicode.ToLower(r))
	}
}

// joiner returns the plain form of r if r, which is followed by the text at
// next, joins two halves of one word, and 0 otherwise.
func (s *scanner) joiner(r rune, next int) byte {
	if next >= len(s.text) {
		return 0
	}
	after, _ := decode(s.text, next)
	switch {
	case !isWord(after):
		return 0
	case isHyphen(r):
		return '-'
	case r == '\'' || r == '\u2019' || r == '\u02BC':
		if unicode.IsLetter(after) && isWord(s.before()) {
			return '\''
		}
	case r == '.' || r == ',':
		if unicode.IsDigit(after) && unicode.IsDigit(s.before()) {
			return byte(r)
		}
	case r == ':':
		if unicode.IsDigit(after) && unicode.IsDigit(s.before()) || s.colonSuffix(next) {
			return ':'
		}
	}
	return 0
}

// colonSuffix tells 'EU:n' and '5:ttä' from a sentence that goes on behind a
// colon without a space: before it an abbreviation or a number, behind it a
// few small letters.
func (s *scanner) colonSuffix(next int) bool {
	n := 0
	for i, r := range s.text[next:] {
		if !isWord(r) {
			break
		}
		if n++; n > maxColonSuffix || i == 0 && !unicode.IsLower(r) {
			return false
		}
	}
	letters, upper := 0, 0
	for _, r := range s.text[s.start : next-1] {
		switch {
		case unicode.IsDigit(r):
			return true
		case r == ':':
			return false
		case unicode.IsUpper(r):
			upper++
		}
		letters++
	}
	return upper == letters || letters <= maxColonInitial || upper >= 2
}

// before is the character in front of pos.
func (s *scanner) before() rune {
	r, _ := utf8.DecodeLastRuneInString(s.text[s.start:s.pos])
	return r
}

func decode(text string, pos int) (rune, int) {
	if c := text[pos]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[pos:])
}

func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

func isWord(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
		return true
	case r < utf8.RuneSelf:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}
