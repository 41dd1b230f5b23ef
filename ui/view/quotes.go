package view

// QuotesPage is the chosen quotes, grouped by section and theme.
type QuotesPage struct {
	Page
	CanEdit  bool
	Keys     bool // single keys act
	Groups   []QuoteGroup
	Total    int // quotes of the project that the reader may see
	Approved int
	Shown    int // quotes that the filter picks
	Spoken   int // languages among the quotes
	Themes   []Option
	Langs    []Option
	States   []Option
	Filtered bool
	Hidden   []ExtraFilter // the filter as hidden fields of the balance's form
	Clear    string
	Balance  *Balance
	Exports  []ExportGroup
	Undo     *Undo
	Rules    *QuoteRules // for those who lead
	Sections []string    // that are in use, to choose from
	Blocked  int         // approved quotes that do not follow from their answer any more
}

// QuoteRules is how the project quotes, as a form.
type QuoteRules struct {
	Marks    []Option
	K        int
	Second   bool
	Template [3]TextField
	Names    string // one a line
	Keys     []Option
	Save     string
}

// TextField is a text in one language.
type TextField struct{ Lang, Language, Value string }

// QuoteGroup is the quotes under one theme of one section.
type QuoteGroup struct {
	Key    string
	Label  string
	Hue    int // 0 for quotes without a theme
	Quotes []QuoteCard
}

// QuoteCard is one quote.
type QuoteCard struct {
	ID          int64
	Lang        string
	Language    string
	Open        string // quotation marks of the language
	Close       string
	Pieces      []QuotePiece
	Short       []QuotePiece
	State       string
	StateLabel  string
	By          string // who said it: the attribution that may be shown
	Translation string // into the reader's language
	Note        string
	Source      *AnswerLink // for those who code
	First       bool
	Last        bool
	Change      string // addresses of what can be done
	Move        string
	Remove      string
	EditHref    string
	CanEdit     bool
	Chosen      string // by whom
	When        string
	Used        []string
	Changed     bool       // its answer was corrected after it was made
	Refused     bool       // its attribution may not be shown any more
	Prev, Next  int64      // neighbours in the group
	Edit        *QuoteEdit // for the quote that is open
}

// QuotePiece is a stretch of a quote: Kind is words, cut, mask, fix, sic or capital.
type QuotePiece struct{ Kind, Text string }

// QuoteEdit is everything that can be done to the quote that is open.
type QuoteEdit struct {
	// What was typed into a form that was refused: the comment, and which forms stand open with it.
	Typed       string
	Translating bool
	Placing     bool
	Version     int
	Do          string // address of the edits
	State       string // address of the states
	Show        string
	Translate   string
	Comment     string
	Original    []QuotePiece // the whole answer: in, out, or gone for words that something stands for
	Was         string       // the approved words, where the answer has been corrected since
	HasShort    bool
	OnShort     bool // the edits are of the short version
	Versions    []Option
	Found       []QuoteFound
	Themes      []Option
	Section     string
	Whole       bool
	Note        string
	Classes     []QuoteClass
	Refusal     string
	Coarser     []QuoteCoarser
	Override    string
	Langs       []QuoteTranslation
	Comments    []Memo
	Checked     string
	Approved    string
	CanCheck    bool
	CanApprove  bool
	CanReopen   bool
	NeedsCheck  bool
	Kept        []string
	History     string
	Capital     bool // the first letter could be a bracketed capital
}

// QuoteFound is an identifier that could be masked.
type QuoteFound struct {
	Kind, Text, Label string
	Start, End        int
	Direct            bool
}

// QuoteClass is a background variable that could stand with the quote.
type QuoteClass struct {
	ID       int64
	Variable string
	Class    string
	On       bool
}

// QuoteCoarser is an attribution that fewer words make and enough people share.
type QuoteCoarser struct {
	Label     string
	Variables []int64
}

// QuoteTranslation is the field for one language.
type QuoteTranslation struct {
	Lang, Language, Text string
	By                   string
	Old                  bool // of words that have been changed since
}

// QuoteFind is answers that could be quoted under a theme.
type QuoteFind struct {
	Page
	Keys   bool
	Themes []Option
	Langs  []Option
	Theme  int64
	Found  []QuoteCandidate
	Of     int
}

// QuoteCandidate is one of them with why it is there.
type QuoteCandidate struct {
	Excerpt
	Reasons []string
	Choose  string
	Back    string
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

// IdentifiersPage is answers that somebody could be recognised by.
type IdentifiersPage struct {
	Page
	Found []IdentifiedAnswer
	Most  int // how many are shown at most, where there may be more; 0 where all are shown
}

// IdentifiedAnswer is one of them, with what was found marked by its kind.
type IdentifiedAnswer struct {
	Number, Href, Lang string
	Parts              []QuotePiece // Kind is "" or the name of what was found
	Kinds              []string
}
