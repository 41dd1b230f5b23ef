package view

import "time"

// ProjectsPage lists the projects that a person may see.
type ProjectsPage struct {
	Page
	Cards     []ProjectCard
	CanCreate bool
	New       ProjectForm
}

// ProjectCard is one project of the list.
type ProjectCard struct {
	Slug, Name  string
	Role        string
	Synthetic   bool
	Respondents string // already under the threshold's rule, like every count of a card
	Answers     string
	Questions   int
	Themes      int
	Progress    Progress
	Languages   []string
	Empty       bool
	Last        time.Time
	LastBy      string
}

// ProjectForm is what the form of a new project holds.
type ProjectForm struct {
	Names  []NameField
	Slug   string
	Taken  []string // addresses that other projects have, for the suggestion
	Fields map[string]string
}

// NameField is a name in one language.
type NameField struct {
	Lang, Label, Value string
	First              bool // the interface's own language, which is asked first
}

// NewProjectPage makes a project.
type NewProjectPage struct {
	Page
	Form ProjectForm
}

// Progress is how far a set of answers has been read. Bar is nil where a number could tell too much.
type Progress struct {
	Total, Coded, None, Unusable, Open int
	Bar                                []Piece
	Share                              float64 // read, of all
}

// Read is the answers that somebody has coded or marked.
func (p Progress) Read() int { return p.Total - p.Open }

// Piece is one stretch of a progress bar, in thousandths of its length.
type Piece struct {
	Kind       string // "coded", "none", "unusable"
	From, Size int
}

// OverviewPage is how a project stands.
type OverviewPage struct {
	Page
	Facts   []Fact
	Empty   bool
	Next    NextStep
	Tables  []ProgressTable // by question, language and round
	Whole   Progress
	Work    []WorkDay
	Imports []ImportRow
	Detail  bool // the reader codes, so every state is told
	Hidden  bool // a number is hidden under the threshold
	Recheck int  // answers that have changed since they were judged
}

// Fact is one number of the project; Href opens what is behind it.
type Fact struct{ Value, Label, Href string }

// NextStep is the one thing to do now, and perhaps another way.
type NextStep struct {
	Title, Say       string
	Href, Do         string
	OtherHref, Other string
}

// ProgressTable is progress by something. Detail is for people who code; others see how far it is, and no state for itself.
type ProgressTable struct {
	ID, Title, Heading string
	Detail             bool
	Rows               []ProgressRow
	Key                bool   // a key to the bars' colours follows
	More, MoreText     string // a page that says more; "" for none
}

// ProgressRow is one line of a progress table. Every count opens its answers where the reader codes.
type ProgressRow struct {
	Label    string
	Progress Progress
	Answers  string // under the threshold's rule
	Hidden   bool   // Answers is hidden, and so must be what it could be worked out from
	Href     string // of the desk, with a query
}

// To is the address of the row's answers in a state.
func (r ProgressRow) To(state string) string { return r.Href + "&state=" + state }

// WorkDay is who did what on one day.
type WorkDay struct {
	Day  string
	Rows []WorkRow
}

// WorkRow is one person's work of a day.
type WorkRow struct {
	Person Person
	What   []string
	Last   time.Time
}

// ImportRow is one file that came in.
type ImportRow struct {
	File, Round          string
	At                   time.Time
	Respondents, Answers string
	Blank, Duplicates    string
	Languages            []string
}
