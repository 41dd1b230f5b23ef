package room

import (
	"crypto/rand"
	"strings"
)

// letters are those of codes: none that sounds or looks like another.
const letters = "ABCDEFGHJKMNPQRTUVWXY346789"

// CodeLength is the number of letters of a code: 27⁶ are 387 million codes.
const CodeLength = 6

// NewCode is a new random code. Every letter is equally likely.
func NewCode() string {
	out := make([]byte, 0, CodeLength)
	var b [16]byte
	for len(out) < CodeLength {
		rand.Read(b[:])
		for _, c := range b {
			if int(c) < 256/len(letters)*len(letters) && len(out) < CodeLength {
				out = append(out, letters[int(c)%len(letters)])
			}
		}
	}
	return string(out)
}

// ReadCode is a code as people type it: in any case, with spaces and dashes. ok is false for what can't be one.
func ReadCode(s string) (code string, ok bool) {
	code = strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' || c == '\u00a0' || c == '\t' {
			return -1
		}
		return c
	}, strings.ToUpper(s))
	return code, len(code) == CodeLength && strings.Trim(code, letters) == ""
}

// Spaced is a code as people read it: two groups of three.
func Spaced(code string) string {
	if len(code) != CodeLength {
		return code
	}
	return code[:3] + " " + code[3:]
}
