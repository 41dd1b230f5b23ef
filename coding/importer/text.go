package importer

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"
)

func appendText(buf []byte, s string) []byte {
	buf = binary.AppendUvarint(buf, uint64(len(s)))
	return append(buf, s...)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

var replacement = []byte("\uFFFD")

func soundText(c []byte) bool { return utf8.Valid(c) && !bytes.Contains(c, replacement) }

// trim takes white space, no-break spaces and invisible marks off both ends.
func trim(c []byte) []byte {
	for len(c) > 0 {
		if b := c[0]; b > ' ' && b < 0x7f {
			break
		}
		r, n := utf8.DecodeRune(c)
		if !outer(r) {
			break
		}
		c = c[n:]
	}
	for len(c) > 0 {
		if b := c[len(c)-1]; b > ' ' && b < 0x7f {
			break
		}
		r, n := utf8.DecodeLastRune(c)
		if !outer(r) {
			break
		}
		c = c[:len(c)-n]
	}
	return c
}

func outer(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == 0x1a // the last is the end mark of MS-DOS
}

// shorten is the beginning of a cell, for a message.
func shorten(s string) string {
	const most = 40
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
