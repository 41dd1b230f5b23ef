package quotes

import (
	"strings"
	"unicode"

	"avokoodi/coding"
)

// PieceKind tells what a piece of a quote is.
type PieceKind string

// Kinds of pieces. Words are the answer's own; everything else shows in brackets that somebody did something.
const (
	Words   PieceKind = "words"
	Cut     PieceKind = "cut"
	Mask    PieceKind = "mask"
	Fix     PieceKind = "fix"
	Sic     PieceKind = "sic"
	Capital PieceKind = "capital"
)

// Piece is a stretch of a quote with where it comes from in the answer, in code points; a cut comes from what it leaves out.
type Piece struct {
	Kind PieceKind
	Text string
	From coding.Span
}

// Pieces is what a version makes of an answer's text, with the white space at the ends of each stretch left away. A version that
// does not fit the text is coding.Problems. mark is the house style for cuts where the version has none.
func Pieces(text string, v coding.Version, mark string) ([]Piece, error) {
	runes := []rune(text)
	if err := check(runes, v); err != nil {
		return nil, err
	}
	if v.Mark != "" {
		mark = v.Mark
	}
	var out []Piece
	edits := v.Edits
	for i, keep := range kept(runes, v) {
		if i > 0 {
			out = append(out, Piece{Cut, " " + mark + " ", coding.Span{Start: out[len(out)-1].From.End, End: keep.Start}})
		}
		at := keep.Start
		for len(edits) > 0 && edits[0].End <= keep.End {
			e := edits[0]
			edits = edits[1:]
			if e.Start > at {
				out = append(out, Piece{Words, string(runes[at:e.Start]), coding.Span{Start: at, End: e.Start}})
			}
			out = append(out, edited(runes, e))
			at = e.End
		}
		if at < keep.End {
			out = append(out, Piece{Words, string(runes[at:keep.End]), coding.Span{Start: at, End: keep.End}})
		}
	}
	return out, nil
}

func edited(runes []rune, e coding.QuoteEdit) Piece {
	was := string(runes[e.Start:e.End])
	switch e.Do {
	case coding.EditMask:
		return Piece{Mask, "[" + e.Text + "]", e.Span}
	case coding.EditFix:
		return Piece{Fix, "[" + e.Text + "]", e.Span}
	case coding.EditSic:
		return Piece{Sic, was + " [sic]", e.Span}
	}
	return Piece{Capital, "[" + strings.ToUpper(was) + "]", e.Span}
}

// kept is the stretches of a version without the white space at their ends; the whole text where it names none.
func kept(runes []rune, v coding.Version) []coding.Span {
	list := v.Keep
	if len(list) == 0 {
		list = []coding.Span{{End: len(runes)}}
	}
	out := make([]coding.Span, len(list))
	for i, k := range list {
		for k.Start < k.End && unicode.IsSpace(runes[k.Start]) {
			k.Start++
		}
		for k.Start < k.End && unicode.IsSpace(runes[k.End-1]) {
			k.End--
		}
		out[i] = k
	}
	return out
}

// Said is the words that a version makes of an answer's text.
func Said(text string, v coding.Version, mark string) (string, error) {
	pieces, err := Pieces(text, v, mark)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String(), nil
}

// Between is words between the quotation marks of their language: ”…” in Finnish and Swedish, “…” in English.
func Between(said string, l coding.Lang) string {
	open, shut := Marks(l)
	return open + said + shut
}

// Marks are the quotation marks of a language.
func Marks(l coding.Lang) (open, shut string) {
	if l == "en" {
		return "“", "”"
	}
	return "”", "”"
}

// Excerpt is the beginning of a text on one line, of at most n code points.
func Excerpt(text string, n int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
