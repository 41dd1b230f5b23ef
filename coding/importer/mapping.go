package importer

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"avokoodi/coding"
)

// Mapping says what the columns of a file are. It is what a mapping file holds.
type Mapping struct {
	Profile      string
	Round        string
	Kind         coding.RoundKind // of the round; "" for a survey
	RespondentID ColumnRef        // zero: the row number is the id
	Language     LanguageRule
	Questions    []QuestionMap
	Variables    []VariableMap
	Ignore       []ColumnRef

	file   string // of the mapping, for problems; "" when it was not read from one
	prefix string // before ids, so that those of several files differ
}

// ColumnRef names a column by its header or by its number from 1.
type ColumnRef struct {
	Name   string
	Number int

	line int // in the mapping file, 0 when there is none
}

// IsZero tells that no column is named.
func (c ColumnRef) IsZero() bool { return c.Name == "" && c.Number == 0 }

func (c ColumnRef) String() string {
	if c.Number > 0 {
		return strconv.Itoa(c.Number)
	}
	return c.Name
}

// LanguageRule tells how the language of an answer is known: from a column, fixed, or (the zero value) detected.
type LanguageRule struct {
	Column ColumnRef
	Fixed  coding.Lang
}

// QuestionMap makes an open question of a column. A label in no language means the header.
type QuestionMap struct {
	Key     string
	Column  ColumnRef
	Label   coding.Text
	Short   coding.Text
	OtherOf string // key of the variable whose 'other, please specify' this is; "" for a question of its own

	line int
}

// VariableMap makes a background variable of a column. Values that are not listed become categories of their own.
//
// Two forms have several categories for a respondent: one column whose cells list the choices, cut at Split; and no column but
// one for each value, which the respondent has where that column is ticked (see ValueMap.Column).
type VariableMap struct {
	Key    string
	Column ColumnRef // zero where each value has a column
	Split  string    // what stands between the choices of a cell, "" for one choice in a cell
	Label  coding.Text
	Values []ValueMap

	line int
}

// Multi tells that a respondent may be in several of the variable's categories.
func (v VariableMap) Multi() bool { return v.Split != "" || v.Spread() }

// Spread tells that each value has a column of its own.
func (v VariableMap) Spread() bool {
	return v.Column.IsZero() && len(v.Values) > 0 && !v.Values[0].Column.IsZero()
}

// ValueMap is a category and the texts that mean it, beside its key and its labels. With a column it is a choice that was
// ticked there: by one of the texts of Match where there are any, else by any cell but a blank one or a 'no'.
type ValueMap struct {
	Key    string
	Label  coding.Text
	Match  []string
	Column ColumnRef

	known bool // the key is a category's of the project, whatever it looks like
	line  int
}

// fold is the form in which headers and values are compared: NFC, lower case, single spaces.
func fold(s string) string {
	return norm.NFC.String(strings.ToLower(strings.Join(strings.Fields(s), " ")))
}

// Find is the index of the column that ref names, -1 for none. Case and white space do not matter where they tell no columns
// apart; a number that is no column may still be a header.
func (s *Sheet) Find(ref ColumnRef) int {
	if ref.Number > 0 && ref.Number <= len(s.Columns) {
		return ref.Number - 1
	}
	name := ref.Name
	if name == "" {
		name = strconv.Itoa(ref.Number)
	}
	name = norm.NFC.String(strings.Join(strings.Fields(name), " "))
	for i, c := range s.Columns {
		if c.Name == name {
			return i
		}
	}
	found, folded := -1, fold(name)
	for i, other := range s.folded {
		if other == folded {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	if found < 0 {
		if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(s.Columns) {
			return n - 1
		}
	}
	return found
}
