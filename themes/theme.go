package themes

import (
	"strings"
	"unicode"
)

// ID identifies a theme; 0 is no theme (the parent of a top theme).
type ID int64

// Theme is one entry of the codebook.
type Theme struct {
	ID         ID       `json:"id"`
	Parent     ID       `json:"parent,omitempty"`
	Key        string   `json:"key"` // lower-case, stable, unique in the project; what files and scripts use
	Label      Text     `json:"label"`
	Definition Text     `json:"definition,omitzero"`
	Include    Text     `json:"include,omitzero"`   // when the theme applies
	Exclude    Text     `json:"exclude,omitzero"`   // when it does not, and what applies instead
	Keywords   Keywords `json:"keywords,omitzero"`  // words that point to it
	Examples   []int64  `json:"examples,omitempty"` // answers chosen as examples
	Hue        int      `json:"hue"`                // 1–12
	Shortcut   string   `json:"shortcut,omitempty"` // one digit 1–9 or one letter; unique in the project
	Order      int      `json:"order"`              // among its siblings, from 0
	Retired    bool     `json:"retired,omitempty"`  // kept in old counts, out of the type-ahead
	Version    int      `json:"version"`            // grows when label, definition, include or exclude changes
	Aliases    []string `json:"aliases,omitempty"`  // keys and labels of themes merged into this one
}

// Keywords are words of a theme per language.
type Keywords struct {
	FI []string `json:"fi,omitempty"`
	SV []string `json:"sv,omitempty"`
	EN []string `json:"en,omitempty"`
}

// In is the list of words in l.
func (k Keywords) In(l Lang) []string {
	switch l {
	case FI:
		return k.FI
	case SV:
		return k.SV
	case EN:
		return k.EN
	}
	return nil
}

// IsZero tells whether there is no keyword in any language.
func (k Keywords) IsZero() bool { return len(k.FI)+len(k.SV)+len(k.EN) == 0 }

// SplitWords cuts a list written by a person (separated by ; , or a line break) into words.
func SplitWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
		if w = Fold(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// SameMeaning tells whether a coder would apply a and b alike: label, definition, include and exclude are equal.
func SameMeaning(a, b Theme) bool {
	return a.Label == b.Label && a.Definition == b.Definition && a.Include == b.Include && a.Exclude == b.Exclude
}

// KeyFrom makes a key out of a label: 'Palvelut ruotsiksi' becomes 'palvelut-ruotsiksi'. It returns "" for a label
// without a letter or digit.
func KeyFrom(label string) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(Fold(label)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		default:
			dash = true
		}
		if b.Len() >= 60 {
			break
		}
	}
	return b.String()
}

// ValidShortcut tells whether s may be a theme's shortcut: a digit 1–9 or one lower-case letter.
func ValidShortcut(s string) bool {
	r := []rune(s)
	return len(r) == 1 && (r[0] >= '1' && r[0] <= '9' || unicode.IsLower(r[0]))
}
