package langid

import (
	"unicode"
	"unicode/utf8"
)

func isLetter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	case 0xc0 <= r && r <= 0x24f:
		return r != '×' && r != '÷'
	}
	return unicode.IsLetter(r)
}

// isDigit counts the underscore in, since names of variables are no words.
func isDigit(r rune) bool { return '0' <= r && r <= '9' || r == '_' }

func endsSentence(r rune) bool {
	switch r {
	case '.', '!', '?', ';', '…', '•', '\u2028', '\u2029':
		return true
	}
	return false
}

// fold gives the small letter.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case 0xc0 <= r && r <= 0xde:
		return r + 0x20
	case 0xdf <= r && r <= 0xff:
		return r
	}
	return unicode.ToLower(r)
}

// innerMark gives the one form of a mark that may stand inside a word, as in
// "don't" and 'EU:n', or 0.
func innerMark(r rune) rune {
	switch r {
	case '\'', '’':
		return '\''
	case ':':
		return ':'
	}
	return 0
}

// joinMark takes in what changes a letter without being one: combining dots
// and rings are joined to the last of letters, other combining marks and
// characters without width are dropped. False if r is none of these.
func joinMark(letters []rune, r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xad // soft hyphen
	case r == 0x308 || r == 0x30a:
		if n := len(letters); n > 0 {
			letters[n-1] = composed(letters[n-1], r)
		}
		return true
	}
	return r >= 0x200b && r <= 0x200d || r == 0x2060 || r == 0xfeff || unicode.Is(unicode.Mn, r)
}

// composed joins dots (U+0308) or a ring (U+030A) to a small letter.
func composed(letter, mark rune) rune {
	switch {
	case letter == 'a' && mark == 0x308:
		return 'ä'
	case letter == 'o' && mark == 0x308:
		return 'ö'
	case letter == 'a' && mark == 0x30a:
		return 'å'
	}
	return letter
}

// count counts a small letter that speaks for another language.
func (t *token) count(r rune) {
	switch {
	case r < utf8.RuneSelf:
	case r == 'å' || r == 'ä' || r == 'ö' || r == 'é' || r == 'è' || r == 'à' || r == 'ü' || r == 'š' || r == 'ž':
		// ours, or met in loans and names: idé, à la, müsli, šakki
	case r > 0x24f && (r < 0x1e00 || r > 0x1eff):
		t.alien++
	default:
		t.foreign++
	}
}
