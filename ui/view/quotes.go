package view

// QuotesPage is the chosen quotes, grouped by theme.
type QuotesPage struct {
	Page
	CanEdit  bool
	Groups   []QuoteGroup
	Total    int // quotes of the project
	Shown    int // quotes that the filter picks
	Spoken   int // languages among the quotes
	Themes   []Option
	Langs    []Option
	Filtered bool
	Hidden   []ExtraFilter // the filter as hidden fields of the balance's form
	Clear    string
	Balance  *Balance
	Exports  []ExportGroup
	Undo     *Undo
}

// QuoteGroup is the quotes under one theme.
type QuoteGroup struct {
	Key    string
	Label  string
	Hue    int // 0 for quotes without a theme
	Quotes []QuoteCard
}

// QuoteCard is one quote. No background of the respondent goes with it.
type QuoteCard struct {
	ID         int64
	Lang       string
	Language   string
	Open       string // quotation marks of the language
	Close      string
	Text       string
	Whole      bool // the whole answer
	Note       string
	Source     *AnswerLink // for those who code
	Original   []Segment   // the answer with the quoted part marked, where that is not all of it
	Themes     []Option
	First      bool
	Last       bool
	Change     string // addresses of what can be done
	Move       string
	Remove     string
	CanEdit    bool
	By         string
	When       string
	Prev, Next int64 // neighbours in the group
}

// Balance is how the quotes spread, compared with the data.
type Balance struct {
	Languages []BalanceRow
	Variable  string
	Variables []Option
	Groups    []BalanceRow
	Warnings  []string
	Hidden    bool
}

// BalanceRow is the quotes of one group.
type BalanceRow struct {
	Label string
	N     int
	Share int    // per cent of the quotes, for the bar
	Data  string // share in the data: '93 %'; '<5' for a small group
	Lang  string // language of Label
}
