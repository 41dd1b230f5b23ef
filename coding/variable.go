package coding

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"avokoodi/themes"
)

// Variable is a background variable with its categories in order. Its values come with the respondents, unless Recode says
// how they follow from another variable.
type Variable struct {
	ID         VariableID `json:"id"`
	Key        string     `json:"key"`
	Label      Text       `json:"label"`
	Order      int        `json:"order"`
	Multi      bool       `json:"multi,omitempty"` // a respondent may be in several categories
	Categories []Category `json:"categories,omitempty"`

	// Recode makes this a derived variable; nil for one whose values were imported.
	Recode *Recode `json:"recode,omitempty"`
	// Weight says that the categories are numbers by which a respondent may be weighed (Category.Number).
	Weight bool `json:"weight,omitempty"`
	// Counted is the variable whose categories the populations count, such as the municipality of a size class; 0 when they
	// count respondents.
	Counted VariableID `json:"counted,omitempty"`
}

// Derived tells that the variable follows another.
func (v Variable) Derived() bool { return v.Recode != nil }

// Category is one class of a variable. In the store it is an entity of its own; Variable.Categories is filled on reading.
type Category struct {
	ID       CategoryID `json:"id"`
	Variable VariableID `json:"variable"`
	Key      string     `json:"key"`
	Label    Text       `json:"label"`
	Order    int        `json:"order"`
	// Population is how many there are in the whole population, for coverage such as '58 of 123'; 0 where it is not known.
	Population int `json:"population,omitempty"`
}

// Number is what the category says as a number: its label, in any language, or its key.
func (c Category) Number() (float64, bool) {
	for _, l := range themes.Langs {
		if n, ok := ParseNumber(c.Label.Exact(l)); ok {
			return n, true
		}
	}
	return ParseNumber(c.Key)
}

var numberSpaces = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2009", "", "−", "-")

// ParseNumber reads a number as people write it in Finnish, Swedish and English: '12 345,6', '12,345.6', '0.87'. One comma
// or one period alone is the decimal sign.
func ParseNumber(s string) (float64, bool) {
	s = numberSpaces.Replace(strings.TrimSpace(s))
	if s == "" || strings.Trim(s, "-+.,0123456789") != "" {
		return 0, false
	}
	commas, periods := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case commas > 0 && periods > 0 && strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.'):
		s = strings.ReplaceAll(s, ".", "")
	case commas > 0 && periods > 0:
		s = strings.ReplaceAll(s, ",", "")
	case commas > 1:
		s = strings.ReplaceAll(s, ",", "")
	case periods > 1:
		s = strings.ReplaceAll(s, ".", "")
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return n, err == nil
}

// FoldValue is the form in which values are compared: NFC, lower case, single spaces.
func FoldValue(s string) string {
	return norm.NFC.String(strings.ToLower(strings.Join(strings.Fields(s), " ")))
}
