package view

// DiffPiece is a stretch of a difference: Op is "", "del" or "ins".
type DiffPiece struct{ Op, Text string }

// Revise is what a corrected file would change, on the check page of the wizard.
type Revise struct {
	Round    string
	Facts    []Fact
	Changed  []ChangedAnswer
	More     int // changed answers that are not listed
	Missing  []Tick
	MoreGone int // missing respondents that are not listed
	Blank    []Tick
	MoreVoid int
	Notes    []string // questions and variables that are only here or only there
}

// ChangedAnswer is an answer before and after.
type ChangedAnswer struct {
	Number     string
	Href       string
	Lang       string
	Pieces     []DiffPiece
	Judgements int
}

// Tick is a line with a box.
type Tick struct {
	Value, Label, Text string
}

// RecheckPage lists judgements of answers whose text has changed.
type RecheckPage struct {
	Page
	Total int
	Cards []RecheckCard
	Next  string // address of the following ones; "" at the end
}

// RecheckCard is one changed answer with what was judged of it.
type RecheckCard struct {
	ChangedAnswer
	Judged []JudgedRow
}

// JudgedRow is a coding, or a mark with State.
type JudgedRow struct {
	Field string // "coding" or "mark", for the form
	ID    int64
	Chip  *ThemeChip
	State string
	Who   *Person
}
