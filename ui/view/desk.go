package view

// DeskPage is the coding desk.
type DeskPage struct {
	Page
	Seq       int64  // the change of the project that the page was made at
	Heading   string // the question, or what is shown
	HeadLang  string // language of Heading
	Done      int    // answers of the question that are read: coded or marked
	Total     int    // answers of the question
	Shown     int    // answers that the filter picks
	Facets    []Facet
	Restricts bool   // something besides the question restricts the list
	Filter    string // the filter as a query string, without the place
	Cards     []Card
	Before    bool // more cards stand before the first
	After     bool // more stand after the last
	Pane      ThemePane
	Views     []SavedView
	Sort      string
	Seed      string
	Problem   string            // what is wrong with the search, "" for nothing
	Keys      bool              // single-key shortcuts are on
	KeyOf     map[string]string // the key of each action; none when they are off
	KeyMap    string            // action by key, as JSON
	Help      []HelpKey
	Settings  string // address of the settings of the desk
	Searched  bool
	Suggests  bool        // there is a place for suggestions
	Suggested []Suggested // for the current answer
	Empty     int         // open answers of the project that are known to say nothing
	Same      string      // only answers that say what this one says
	Apart     bool        // answers that say the same stand apart
	Alike     int         // answers that say what one before them says; 0 also where they stand apart
}

// Facet is one group of filters with counts.
type Facet struct {
	Name    string // of the form field
	Label   string
	One     bool // only one value at a time
	Options []Option
	More    int  // options from this index on stand behind 'more'
	Open    bool // one of those is chosen, so all are shown
}

// Card is one answer on the desk.
type Card struct {
	ID         int64
	Number     string // of the respondent: #0147
	Lang       string
	Language   string // the language's name, for screen readers
	Mixed      bool
	Identifies string // what identifies in the text, in words
	Unsure     string // how certain the language is, where that is little
	Question   string // shown where several questions are mixed
	Class      string // the first background variable's category
	State      string
	Judged     string // the state in words, where it is neither open nor coded
	Mine       string // the state in the reader's own judgement
	NoTheme    bool   // Mine is 'no theme applies'
	Unusable   bool   // Mine is 'unusable'
	Changed    string // address of the list of changed answers, where the text has changed since it was judged
	Segments   []Segment
	Chips      []Chip
	Memos      []Memo
	MyMemo     string
	Quoted     bool
	Now        bool
	Project    string // slug
	CanCode    bool
	KeyOf      map[string]string // as DeskPage.KeyOf
	Examples   []CardExample
	Href       string // this card as the current one
	Back       string // where forms come back to
	Position   int
	Alike      int        // answers that the card stands for, itself among them; 0 for one
	On         string     // those answers, packed for the forms
	Suggested  *Suggested // for the current card
	Blind      bool       // the reader codes it blind
	AlikeOf    string     // where each of them stands on a card of its own
}

// Segment is a piece of an answer's text that carries the same evidence throughout.
type Segment struct {
	Text  string
	Hit   bool // found by the search
	Marks []MarkedBy
}

// CardExample is a theme on an answer, for which the answer may be an example.
type CardExample struct {
	Theme  int64
	Label  string
	Hue    int
	Chosen bool
	Coding int64 // the reader's own, on which a memo may be written; 0 for none
}

// MarkedBy is one theme whose evidence a segment is.
type MarkedBy struct {
	Hue   int
	Label string
}

// Chip is a theme on an answer.
type Chip struct {
	Theme    int64
	Label    string
	Lang     string
	Hue      int
	Mine     bool     // the reader gave it, to all answers of the card
	Own      bool     // the reader gave it, to some of them at least
	Part     string   // how many of the card's answers have it, where not all do
	Others   []Person // who else gave it
	Coding   int64    // the reader's own
	Evidence string   // of the reader's coding: "3-17,20-25"
	CanDrop  bool
	Stale    bool // given under an older definition
	// Decided is "yes" or "no" where it was decided that the theme applies or does not; DecidedBy is by whom.
	Decided, DecidedBy string
}

// Memo is somebody's note.
type Memo struct {
	By    string
	Text  string
	When  string
	Theme string // of the coding that it is on; "" where it is on the answer
}

// ThemePane is the list of themes beside the answers.
type ThemePane struct {
	Project string
	Answer  int64 // the current answer that a click applies to; 0 for none
	Back    string
	Themes  []PaneTheme
	CanCode bool
}

// PaneTheme is one theme in the pane.
type PaneTheme struct {
	ID       int64
	Key      string
	Label    string
	Search   string // labels in all languages and keywords, lower-cased, for the type-ahead
	Hue      int
	Depth    int
	Shortcut string
	Count    string
	On       bool // on the current answer, by the reader
	Title    string
}

// SavedView is a filter that the person keeps.
type SavedView struct{ Name, Query string }

// Mark shows in the pane which themes the current card has from the reader.
func (p *ThemePane) Mark(now Card) {
	mine := map[int64]bool{}
	for _, c := range now.Chips {
		mine[c.Theme] = c.Mine
	}
	for i := range p.Themes {
		p.Themes[i].On = mine[p.Themes[i].ID]
	}
}

// AlikeList is the answers of one card that say the same, each with what it has.
type AlikeList struct {
	Cards []Card
	Total int
	More  int // that are not listed
}

// Suggested is what is suggested for an answer, with the reasons.
type Suggested struct {
	Answer  int64
	Project string // slug
	Key     string // that accepts the first; "" for none
	On      string // the answers of the card, where it stands for several
	Back    string // where forms come back to
	Themes  []SuggestedTheme
	Say     string // why nothing is
	About   string // from how much it was learned, and how good that has been
}

// SuggestedTheme is one theme.
type SuggestedTheme struct {
	Theme  int64
	Label  string
	Hue    int
	P      string   // that a coder would give it: 0.86
	Words  []string // of the answer that speak for it
	Spans  string   // where they stand: "3-17,20-25"
	Record string   // how often it has been right
}
