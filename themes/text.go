// Package themes is the codebook: the theme tree, its labels in three languages, its invariants, versions and shortcuts.
package themes

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Lang is one of the three languages that the product treats as equal; "" means unknown.
type Lang string

// The three languages, in the order in which every page and file shows them.
const (
	FI Lang = "fi"
	SV Lang = "sv"
	EN Lang = "en"
)

// Langs lists the three languages in their fixed order.
var Langs = [3]Lang{FI, SV, EN}

// ParseLang returns the language that s names ("fi", "sv", "en", in any case), and whether it is one.
func ParseLang(s string) (Lang, bool) {
	switch l := Lang(strings.ToLower(strings.TrimSpace(s))); l {
	case FI, SV, EN:
		return l, true
	}
	return "", false
}

// Text is one wording in three languages; any of them may be empty.
type Text struct {
	FI string `json:"fi,omitempty" yaml:"fi,omitempty"`
	SV string `json:"sv,omitempty" yaml:"sv,omitempty"`
	EN string `json:"en,omitempty" yaml:"en,omitempty"`
}

// Same is a Text with the one wording s in all three languages.
func Same(s string) Text { return Text{FI: s, SV: s, EN: s} }

// Only is a Text with s in one language and nothing in the others.
func Only(l Lang, s string) Text {
	var t Text
	t.Set(l, s)
	return t
}

// In is the wording in l, or else the first that exists in the order fi, sv, en.
func (t Text) In(l Lang) string {
	if s := t.Exact(l); s != "" {
		return s
	}
	for _, other := range Langs {
		if s := t.Exact(other); s != "" {
			return s
		}
	}
	return ""
}

// Worded is In for a language by its name, so that messages can take a Text as an argument.
func (t Text) Worded(lang string) string { return t.In(Lang(lang)) }

// Exact is the wording in l, "" when there is none.
func (t Text) Exact(l Lang) string {
	switch l {
	case FI:
		return t.FI
	case SV:
		return t.SV
	case EN:
		return t.EN
	}
	return ""
}

// Set puts s in as the wording in l.
func (t *Text) Set(l Lang, s string) {
	switch l {
	case FI:
		t.FI = s
	case SV:
		t.SV = s
	case EN:
		t.EN = s
	}
}

// IsZero tells whether the text has no wording in any language.
func (t Text) IsZero() bool { return t == Text{} }

// Trim is the text with white space folded to single spaces, in NFC.
func (t Text) Trim() Text {
	return Text{FI: Fold(t.FI), SV: Fold(t.SV), EN: Fold(t.EN)}
}

// All lists the wordings that exist, in the order fi, sv, en.
func (t Text) All() []string {
	var out []string
	for _, l := range Langs {
		if s := t.Exact(l); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Fold writes a name or label as it is compared: composed letters, one space between words, none around.
func Fold(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }
