package view

// ThemeRef is a theme by name, colour and address.
type ThemeRef struct {
	ID    int64
	Key   string
	Label string
	Hue   int
	Notes []ThemeNote
}

// MergePage unites a theme with another: first it asks with which, then whether.
type MergePage struct {
	Page
	From    ThemeRef
	Into    *ThemeRef
	Choices []Option
	Codings int // of From
	Both    int // answers that one coder gave both
	Quotes  int
	Subs    []string
}

// ReviewPage walks through the answers of a theme: to split it ("split"), or after its definition changed ("older").
type ReviewPage struct {
	Page
	Kind    string
	Theme   ThemeRef
	To      *ThemeRef // for a split: where answers may go
	Choices []Option
	Cards   []ReviewCard
	Left    int    // answers from the first card on
	Next    string // address of the answers behind these; "" for none
	First   string // address of the first answers; "" when these are they
	Action  string
	Undo    *Undo
}

// ReviewCard is one answer to decide on.
type ReviewCard struct {
	Excerpt
	Coders []Person
	Locked bool // others coded it, and the person may not change that
}

// CodebookImportPage brings a codebook file in: it asks for the file, shows what would change, and asks again.
type CodebookImportPage struct {
	Page
	File     string
	Content  string // the file in base64, between the preview and the confirmation
	Preview  bool
	New      []ThemeRef
	Changed  []ThemeChange
	Same     int
	Problems []RowProblem
}

// ThemeChange is how a theme would change.
type ThemeChange struct {
	ThemeRef
	Fields []FieldChange
}

// FieldChange is one text before and after.
type FieldChange struct{ Name, Lang, Before, After string }

// RowProblem is what is wrong with one row of a file.
type RowProblem struct {
	Where string // 'row 3, column label'; "" for the whole file
	Text  string
}
