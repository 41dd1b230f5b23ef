package view

// WordsPage is the reading tools: word list, phrases, words typical of a group, keyword in context.
type WordsPage struct {
	Page
	Tab       string // list, phrases, typical, context
	Tabs      []WordTab
	Questions []Option
	Languages []Option
	Rounds    []Option
	Wheres    []OptionGroup // background groups to restrict to
	Groups    []OptionGroup // groups to compare with the rest
	Group     string        // name of the group that is compared
	Orders    []Option
	Lengths   []Option
	Small     bool          // function words are listed
	Hidden    []ExtraFilter // what the form carries along
	Extra     []ExtraFilter // parts of the filter that no control shows
	Word      string        // looked for in context
	Sub       string
	Say       string
	Empty     *Empty
	Words     []WordRow
	Phrases   []WordRow
	Keys      []KeyRow
	Lines     []ContextLine
	LangCode  string // of the words
	Compounds bool   // the list is of parts of compounds
	HasParts  bool   // some word of the list stands inside others
	Inside    []WordTab
	Search    string // address of the desk with the same word searched
	Export    string
	More      string // address of the page with more rows
	Shown     int
	Total     int
	Few       bool // some number of respondents is under the threshold
	QuoteKeys bool // single keys choose quotes
	Here      string
}

// WordTab is a link of a row of alternatives.
type WordTab struct {
	Label, Href string
	Current     bool
}

// WordRow is one line of a word list or of a list of phrases.
type WordRow struct {
	Text        string
	Lang        string
	Href        string // in context
	Count       int
	Respondents string // under the threshold's rule
	Compounds   int    // times as a part of other words
	InsideHref  string
	Forms       string
	SearchHref  string // the desk
}

// KeyRow is a word that a group uses more, or less, than the rest.
type KeyRow struct {
	Text, Lang      string
	Href, RestHref  string
	SearchHref      string
	Count, Rest     int
	Respondents     string
	RestRespondents string
	Times           string // 'four times as often', as a ratio
	Ratio           string // binary logarithm
	G2              string
	Clear           bool
}

// ContextLine is a place in an answer on one line.
type ContextLine struct {
	Left, Match, Right string
	CutLeft, CutRight  bool
	Lang               string
	Number             string
	Href               string
	ID                 string // of the row
	Quote              string // address that chooses the answer as a quote
	Quoted             bool   // it is one; the same address with off=1 lets it go
}

// AnalysePage shows how a text is read.
type AnalysePage struct {
	Page
	Text      string
	Asked     string // the query
	Languages []Option
	Guess     string // what the detection says
	As        string // as which language it is read
	Tokens    []ReadToken
	Cut       bool
	Problem   string
	Reasons   []Reason
	None      bool // a query was given and nothing matches
	Source    string
}

// ReadToken is one word of a text with everything it is found by.
type ReadToken struct {
	Text, Lang string
	Bases      []string
	Parts      []string
	Source     string
	Function   bool
	Matches    bool
}

// Reason says why a word of the text is found.
type Reason struct{ Word, Query, Why string }

// SearchHelpPage explains the query language and helps to write a query.
type SearchHelpPage struct {
	Page
	Examples  []SearchExample
	All       string
	Phrase    string
	Without   string
	Any       string
	Questions []Option
	Languages []Option
	Themes    []Option
	States    []Option
	Wheres    []OptionGroup
	Keywords  []SearchExample // themes with keywords
}

// SearchExample is a query to try.
type SearchExample struct{ Query, Href, Say string }

// LanguagePage asks whether the language of many answers is to be changed.
type LanguagePage struct {
	Page
	N         int // answers that the list shows
	Change    int // of them, those that are in another language now
	Now       string
	To        string
	ToName    string
	Filter    string
	Sum       string
	Back      string
	Languages []Option
	Samples   []ContextLine
	TooMany   int // the most that one step changes, where N is more
}
