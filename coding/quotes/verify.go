package quotes

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"avokoodi/coding"
)

// MaxText is the longest text in brackets, in code points.
const MaxText = 80

// Fingerprint is the SHA-256 of an answer's text, hex.
func Fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Verify returns nil when v's words are exactly what its operations make of the answer's text. A version without words has not
// been made yet, and is a problem too.
func Verify(text string, v coding.Version) error {
	said, err := Said(text, v, coding.CutMarks[0])
	if err != nil {
		return err
	}
	if v.Said == "" || said != v.Said {
		return coding.Problems{{Field: "quote", Key: "quotes.not_from_answer"}}
	}
	return nil
}

// VerifyQuote verifies every version of a quote, and that the answer's text is the one that they were made from.
func VerifyQuote(q coding.Quote, text string) error {
	if q.Source != "" && q.Source != Fingerprint(text) {
		return coding.Problems{{Field: "quote", Key: "quotes.answer_changed"}}
	}
	if err := Verify(text, q.Long); err != nil {
		return err
	}
	if q.Short != nil {
		return Verify(text, *q.Short)
	}
	return nil
}

// check tells what is wrong with a version of a text: coding.Problems, or nil.
func check(runes []rune, v coding.Version) error {
	bad := func(key string, args ...any) error {
		return coding.Problems{{Field: "quote", Key: key, Args: args}}
	}
	if v.Mark != "" && !slices.Contains(coding.CutMarks, v.Mark) {
		return bad("quotes.mark_bad", v.Mark)
	}
	last := -1
	for _, k := range v.Keep {
		switch {
		case k.Start < 0 || k.End <= k.Start || k.End > len(runes):
			return bad("quotes.place_bad", k.Start, k.End, len(runes))
		case k.Start <= last:
			return bad("quotes.order_bad")
		case !border(runes, k.Start) || !border(runes, k.End):
			return bad("quotes.letter_cut")
		}
		last = k.End
	}
	stretches := kept(runes, v)
	for _, k := range stretches {
		if k.Start == k.End {
			return bad("quotes.nothing_left")
		}
	}
	last = 0
	for _, e := range v.Edits {
		switch {
		case e.Start < last || e.End <= e.Start || e.End > len(runes) || !slices.ContainsFunc(stretches, func(k coding.Span) bool {
			return k.Start <= e.Start && e.End <= k.End
		}):
			return bad("quotes.edit_place", e.Start, e.End)
		case !border(runes, e.Start) || !border(runes, e.End):
			return bad("quotes.letter_cut")
		}
		if key := checkEdit(runes, stretches, e); key != "" {
			return bad(key, string(runes[e.Start:e.End]), e.Text)
		}
		last = e.End
	}
	return nil
}

// checkEdit is the key of what is wrong with one edit; "" for nothing.
func checkEdit(runes []rune, stretches []coding.Span, e coding.QuoteEdit) string {
	was := string(runes[e.Start:e.End])
	switch e.Do {
	case coding.EditMask, coding.EditFix:
		if n := len([]rune(e.Text)); n == 0 || n > MaxText || strings.TrimSpace(e.Text) != e.Text || strings.ContainsAny(e.Text, "[]\n\r\t") {
			return "quotes.bracket_text"
		}
		if e.Do == coding.EditFix && (was == e.Text || strings.ContainsFunc(was, unicode.IsSpace) || distance([]rune(was), []rune(e.Text)) > maxTypo) {
			return "quotes.not_a_typo"
		}
		return ""
	case coding.EditSic, coding.EditCapital:
		if e.Text != "" {
			return "quotes.edit_kind"
		}
		if e.Do == coding.EditSic {
			return ""
		}
		first := slices.ContainsFunc(stretches, func(k coding.Span) bool { return k.Start == e.Start })
		if !first || !unicode.IsLetter(runes[e.Start]) || strings.ToUpper(was) == was || border(runes, e.Start+1) && e.End != e.Start+1 {
			return "quotes.not_a_capital"
		}
		for i := e.Start + 1; i < e.End; i++ {
			if border(runes, i) {
				return "quotes.not_a_capital"
			}
		}
		return ""
	}
	return "quotes.edit_kind"
}

// maxTypo is how many letters an obvious typing error may differ by: added, left out, changed or swapped with the next.
const maxTypo = 2

// distance is the optimal string alignment distance of two words.
func distance(a, b []rune) int {
	if d := len(a) - len(b); d > maxTypo || d < -maxTypo {
		return maxTypo + 1
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}

// border tells whether a text may be parted before its code point i: not before a combining mark, a variation selector, a skin
// tone or a joiner, not behind a joiner, and not between the halves of a line end or a flag.
func border(runes []rune, i int) bool {
	if i <= 0 || i >= len(runes) {
		return true
	}
	c, before := runes[i], runes[i-1]
	if unicode.IsMark(c) || c == joiner || before == joiner || c >= 0x1F3FB && c <= 0x1F3FF || before == '\r' && c == '\n' {
		return false
	}
	if regional(c) && regional(before) {
		n := 0
		for j := i - 1; j >= 0 && regional(runes[j]); j-- {
			n++
		}
		return n%2 == 0
	}
	return true
}

const joiner = '\u200d'

func regional(c rune) bool { return c >= 0x1F1E6 && c <= 0x1F1FF }
