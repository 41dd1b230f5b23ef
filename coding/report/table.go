package report

import (
	"avokoodi/coding"
)

// Unit is what a table counts.
type Unit string

// Units. A respondent counts once for a theme, however many answers or coders gave it; an answer counts once however many
// coders did; codings count one by one.
const (
	Respondents Unit = "respondents"
	Answers     Unit = "answers"
	Codings     Unit = "codings"
)

// ParseUnit returns the unit that s names; "" is Respondents.
func ParseUnit(s string) (Unit, bool) {
	switch u := Unit(s); u {
	case "":
		return Respondents, true
	case Respondents, Answers, Codings:
		return u, true
	}
	return "", false
}

// Hidden tells whether disclosure control hid a number, and why.
type Hidden string

// Why a number is hidden. A Primary cell is about at least one respondent and fewer than the threshold; pages show it as
// '<5'. A Secondary one may be any number: it is hidden so that others can't be worked out from it.
const (
	Shown     Hidden = ""
	Primary   Hidden = "primary"
	Secondary Hidden = "secondary"
)

// Cell is one number. A hidden cell has neither N nor Share.
type Cell struct {
	N          int
	Share      float64 // N over the base of the cell's column; 0 when that is 0
	Suppressed Hidden
}

// Table is the counts of one request.
type Table struct {
	Project   coding.Project
	Seq       coding.Seq // the change at which it was counted
	Unit      Unit
	Threshold int  // respondents; below 2 nothing is hidden
	Net       bool // a theme's number includes its sub-themes, each unit once
	Order     Order
	Scope     Scope
	// Base is the units in the scope: respondents with an answer there, answers, or codings.
	Base Cell
	// Judged is the answers of the scope that are coded or marked; its share is of the scope's answers.
	Judged Cell
	Rows   []Row
	By     *Breakdown // nil when the table is not broken down
	// Second is the other variable of a table by two, without categories; the columns of By then are all the categories of
	// Second, and for each of its own the whole and every pair.
	Second *Breakdown
	// Public tells that the table is one of those that are given to readers.
	Public bool
	// Alike names the parts of the filter that were set aside, since so few respondents are outside them that the table with
	// and the one without would tell about these few: "language", "variable:KEY" …
	Alike []string
	// Weighted says by what shares are weighted; nil where they are not. Effect is that of the base.
	Weighted *Weighted
	Effect   Effect
}

// Row is the numbers of one theme.
type Row struct {
	Theme  coding.Theme
	Depth  int              // levels above it in the codebook
	Themes []coding.ThemeID // whose codings are counted: the theme and, in a net table, those below it
	Total  Cell
	Cells  []Cell // one for each category of the breakdown
}

// Breakdown is the columns of a table.
type Breakdown struct {
	Kind       Kind
	Key        string // the variable's key; else the kind's name
	Variable   coding.Variable
	Categories []Category
}

// Kind is what a table is broken down by.
type Kind string

// Kinds of breakdowns.
const (
	ByVariable Kind = "variable"
	ByQuestion Kind = "question"
	ByLanguage Kind = "language"
	ByRound    Kind = "round"
)

// Category is one column: a category, question, language or round.
type Category struct {
	ID    int64  // of the category, question or round; 0 for a language and for None
	Key   string // of the category, question or round, or the language; "" when not known
	Label coding.Text
	None  bool // those who are in no category of the variable
	All   bool // everybody, where Second is a category
	// Second is the category of the second variable in a table by two; nil for those of any.
	Second *Category
	Base   Cell // its share is of the table's base
	Effect Effect
}

// Scope is the answers that a table is about, in things that can be named. Empty fields do not restrict.
type Scope struct {
	Questions []coding.Question
	Rounds    []coding.Round
	Languages []coding.Lang
	States    []coding.State
	Themes    []coding.Theme // has any of them
	AllThemes []coding.Theme // has all of them
	NoThemes  []coding.Theme // has none of them
	// PeopleThemes is of respondents who named all of them, in one answer or in several.
	PeopleThemes []coding.Theme
	Categories   []ScopeVariable
	Coders       []coding.PersonID // coded or marked by any of them
	By           coding.PersonID   // one coder's judgement
	Memo         bool              // restricted by having a memo, a quote or another language, or by not having it
	Quote        bool
	Mixed        bool
	Unsure       bool   // of the language
	Search       bool   // restricted to the hits of a search
	Words        string // of that search
}

// ScopeVariable is the categories of one variable that a scope admits; None is 'in no category'.
type ScopeVariable struct {
	Variable   coding.Variable
	Categories []coding.Category
	None       bool
}
