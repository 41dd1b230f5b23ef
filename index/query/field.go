package query

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Kind is what a field is about.
type Kind int

// Kinds of fields.
const (
	KindVariable Kind = iota // a background variable of the project, by its key
	KindQuestion
	KindLanguage
	KindRound
	KindTheme
	KindCoder
	KindState
)

// fieldNames are the names of the built-in fields: the Finnish, the Swedish and the English one, then others that are
// understood (without dots and rings, and other words for it).
var fieldNames = map[Kind][]string{
	KindQuestion: {"kysymys", "fråga", "question", "fraga"},
	KindLanguage: {"kieli", "språk", "language", "sprak", "lang"},
	KindRound:    {"kierros", "omgång", "round", "omgang"},
	KindTheme:    {"teema", "tema", "theme"},
	KindCoder:    {"koodaaja", "kodare", "coder"},
	KindState:    {"tila", "status", "state", "läge", "lage", "tillstånd"},
}

var kindByName = func() map[string]Kind {
	m := map[string]Kind{}
	for k, names := range fieldNames {
		for _, n := range names {
			m[n] = k
		}
	}
	return m
}()

// String is the English name of the field, "variable" for KindVariable.
func (k Kind) String() string {
	if k == KindVariable {
		return "variable"
	}
	return fieldNames[k][2]
}

// FieldName is the name of a built-in field in the interface language lang ("fi", "sv" or "en"); "" for KindVariable.
func FieldName(k Kind, lang string) string {
	names := fieldNames[k]
	if names == nil {
		return ""
	}
	switch lang {
	case "fi":
		return names[0]
	case "sv":
		return names[1]
	}
	return names[2]
}

// Kinds lists the built-in fields in the order in which help and builder show them.
var Kinds = [...]Kind{KindQuestion, KindLanguage, KindRound, KindTheme, KindCoder, KindState}

// Variables tells the parser which names, beside the built-in ones, are fields. It gets a name in lower case and returns
// the variable's key. It may be nil.
type Variables func(name string) (key string, ok bool)

// lookup finds a field by the name typed before a colon.
func (v Variables) lookup(name string) (Kind, string, bool) {
	name = strings.ToLower(norm.NFC.String(name))
	if k, ok := kindByName[name]; ok {
		return k, "", true
	}
	if v != nil {
		if key, ok := v(name); ok {
			return KindVariable, key, true
		}
	}
	return 0, "", false
}
