package view

import (
	"html/template"
	"time"
)

// AgreementPage is how far coders agree: numbers, what is taken for what, text for a report, and what was set up to be coded twice.
type AgreementPage struct {
	Page
	Tabs      []Option // of the analysis
	Subs      []Option // numbers, answers that differ
	Questions []Option
	Languages []Option
	Rounds    []Option
	Coders    []Option // pairs and everybody; the value is an address
	Measures  []Option // what the picture shows
	Orders    []Option
	Hidden    []Option // what the form keeps
	Sub       string
	Say       []string
	Caution   string
	Empty     *Empty
	Chart     template.HTML
	ChartSVG  string
	ChartPNG  string
	Heads     [2]string // names of two coders; empty for more
	Totals    []AgreementRow
	Themes    []AgreementRow
	Pairs     []AgreementPair
	Confused  []ConfusedRow
	MoreConf  int // that are not listed
	Methods   []MethodsText
	Notes     []FindingNote
	Exports   []ExportGroup
	Trials    []Trial
	Setup     string // address of the form that sets up double coding; "" for who can't
	Undo      *Undo
}

// AgreementRow is the numbers of one theme, or of all together.
type AgreementRow struct {
	Label    string
	Hue      int
	Href     string // the theme's definition
	Say      []string
	N        Linked
	Cells    []Linked // all gave it, only the first, only the second, none; with more than two coders: all, differ, none
	Decided  Linked
	Estimate [4]Estimate // percent, Cohen's kappa, alpha, AC1
}

// Linked is a number that opens onto its answers.
type Linked struct {
	N    int
	Href string
	Say  string // what it counts, for those who listen
}

// Estimate is a coefficient as text; Why says why it, or its interval, is missing.
type Estimate struct{ Value, Interval, Why string }

// AgreementPair is two coders' agreement on whole sets of themes.
type AgreementPair struct {
	Label    string
	Href     string
	N        int
	Estimate [5]Estimate // with alpha of sets by MASI
}

// ConfusedRow is two themes that coders took for each other.
type ConfusedRow struct {
	First, Second       string
	FirstHue, SecondHue int // 0 for nothing in its place
	N                   Linked
}

// MethodsText is the text for a methods section in one language.
type MethodsText struct{ Lang, Name, Text string }

// Trial is one double coding.
type Trial struct {
	Key     string
	Note    string
	At      time.Time
	By      string
	Answers int
	Coders  []TrialCoder
	Both    int  // answers that all of its coders have read
	Blind   bool // the phase is on
	Was     bool // it was blind once
	Opened  time.Time
	Done    bool // everybody has read everything
	Mine    bool // the reader is one of the coders and the phase is on
}

// TrialCoder is how far one coder is.
type TrialCoder struct {
	Person
	Done, Left int
	Href       string // the queue on the desk; "" for another's
}

// DisputePage is answers that several coders read, where they stand as the filter says, each with who gave what.
type DisputePage struct {
	Page
	Tabs    []Option
	Subs    []Option
	Themes  []Option
	Stands  []Option
	Coders  []Option
	Hidden  []Option
	Sub     string
	Total   int
	From    int
	Next    string // address of the next cards
	First   string // of the first ones
	Veiled  int
	Empty   *Empty
	Cards   []Dispute
	Keys    bool
	Sides   []string // names of the coders by key
	CanBulk bool
	Undo    *Undo
}

// Dispute is one answer and what its coders gave it.
type Dispute struct {
	ID       int64
	Number   string
	Lang     string
	Language string
	Question string
	Href     string // on the desk
	Segments []Segment
	Sides    []DisputeSide
	Rows     []DisputeRow
	Agreed   []ThemeChip
	Others   []Option // themes that may be given besides
	Next     string   // where its forms come back to
	Memos    []Memo
	Settled  bool
}

// DisputeSide is a coder who read the answer. Key takes the coder's side.
type DisputeSide struct {
	Person
	Key  string
	Mark string // 'no theme applies', 'unusable'
}

// DisputeRow is one theme on which coders differ, or which was decided.
type DisputeRow struct {
	Theme      int64
	Label      string
	Hue        int
	Gave       []bool // by side
	Decided    string // "yes", "no", ""
	By         string
	At         time.Time
	Why        string
	Up         bool // the first one that is open
	Definition string
	Include    string
	Exclude    string
	Codebook   string // address of its definition
	Note       string // the reader's memo on the theme
}
