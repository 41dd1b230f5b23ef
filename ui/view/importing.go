package view

import "time"

// WizardStep is one step of an import, as the head of every page of the wizard shows it.
type WizardStep struct {
	Label, Href string
	State       string // "done", "now", "later"
}

// Wizard is what every page of an import has.
type Wizard struct {
	Steps []WizardStep
	File  string
	Size  string
	Path  string // of the upload: /p/SLUG/import/ID
}

// ImportFilePage takes a file.
type ImportFilePage struct {
	Page
	Wizard   Wizard
	Max      int // megabytes
	MaxBytes int64
	Most     int // files at once
	Pending  []PendingUpload
	First    bool // the project has no answers yet
}

// PendingUpload is an import that was begun and not finished.
type PendingUpload struct {
	File, Size, Path string
	At               time.Time
}

// ImportColumnsPage gives every column its role.
type ImportColumnsPage struct {
	Page
	Wizard   Wizard
	Reading  FileReading
	Columns  []ColumnCard
	Rows     int
	Counts   map[string]int // columns by role
	Sampled  int            // rows behind the preview, where it is not all
	Keys     []string       // of questions that the project has
	VarKeys  []string
	Troubles int // problems found while reading
	Own      bool
	Problems []ProblemRow // of a mapping file
}

// FileReading is how the file was read, and how else it could be. A select of one choice is not shown.
type FileReading struct {
	Facts      []string
	Encodings  []Option
	Delimiters []Option
	Header     int // row of the headers, 0 where it is not known
	MostHeader int
	Sheets     []Option
	Profiles   []Option // layouts of survey tools
	Profile    string   // the one that was read
	Dictionary string   // name of the file that describes the columns
	Failed     bool     // it could not be read as it is
}

// ColumnCard is one column of the file.
type ColumnCard struct {
	Index   int
	Letter  string
	Name    string
	Says    string // the question, where the header is only a code
	Role    string
	Roles   []Option
	Reason  string
	Private bool // names or addresses of people
	Key     string
	KeyHint string // what the key becomes where none is given
	Label   string // placeholder of the labels
	Labels  []NameField
	Joins   string // the project's question or variable of the same key
	Facts   string
	Sample  []string
	Values  []ValueBar
	More    int // values that are not listed
}

// ValueBar is a value of a column and how often it occurs, Size in thousandths of the commonest.
type ValueBar struct {
	Text string
	N    int
	Size int
}

// ImportVersionsPage shows the files of one questionnaire side by side.
type ImportVersionsPage struct {
	Page
	Wizard Wizard
	Files  []VersionFile
	Rows   []VersionRow
	Left   []ProblemRow // what could not be aligned
	Whole  int          // questions, variables and categories that every file has
	Total  int
	Say    string

	Beside  string // what the project is called, where it stands beside the files; "" where it has nothing yet
	Foreign string // 'Swedish', of a language in which the project says nothing yet
}

// VersionFile is one file, the first being the one whose columns the others are aligned with.
type VersionFile struct {
	Index int
	Name  string
	Rows  int
	First bool
	Lang  string
	Langs []Option
	Apart bool // it has too little in common to be a version
	Extra []VersionChip
}

// VersionChip is a column that stands alone.
type VersionChip struct{ Value, Text string }

// VersionRow is a question, variable, category or id in every file.
type VersionRow struct {
	Kind, KindName, Key string
	Cells               []VersionCell
	Gap                 bool // a file does not have it
	Values              []VersionRow
	Gaps                int // of Values
}

// VersionCell is what a file has. Without a name it can't be changed.
type VersionCell struct {
	File              int
	Lang, Text, By    string
	Name, Value, None string
	Kind              string // cells of one kind may change places
	Loose             bool   // it stands alone and may be put into a cell of its kind
	Options           []Option
	Known, Quiet      bool // what the project has; Quiet where nothing is missing
}

// ImportLanguagePage tells the language of answers, and the round.
type ImportLanguagePage struct {
	Page
	Wizard  Wizard
	Rule    string          // "column", "fixed", "files", "auto"
	Files   []LanguageGuess // rows by the language of their file, of several files
	Columns []LanguageColumn
	Column  string // index of the chosen one
	Fixed   []Option
	Guess   []LanguageGuess
	Tried   int             // answers behind Guess
	Unsure  int             // of Tried
	Doubts  []LanguageDoubt // the least certain of them
	Round   string
	Rounds  []string
	Kinds   []Option // of the round
	Fields  map[string]string
	Back    string // the step before
}

// LanguageColumn is a column that may tell the language of a row.
type LanguageColumn struct {
	Index  string
	Name   string
	Values []LanguageValue
	Bad    int // values that name no language
}

// LanguageValue is a text in a language column and what it is taken to mean, "" for nothing.
type LanguageValue struct {
	Text, Means string
	N           int
}

// LanguageGuess is how many of the answers that were tried are in a language.
type LanguageGuess struct {
	Label string
	N     int
	Share string
	Size  int
	Sure  string // how sure the program is on average; "" where a column says it
}

// LanguageDoubt is an answer whose language is an uncertain guess.
type LanguageDoubt struct {
	Lang, Language string
	Sure           string // "62 %"
	Text           string
}

// ImportCheckPage says what would come in, and what stands against it.
type ImportCheckPage struct {
	Page
	Revise    *Revise // where the round has respondents of the file already
	Wizard    Wizard
	Facts     []Fact
	Round     string
	Joins     bool         // the round exists already
	Kind      string       // what it holds
	Stops     []ProblemRow // what stands against the import
	Warnings  []ProblemRow
	MoreE     int // stops that are not listed
	MoreW     int
	Ready     bool
	Questions []CheckQuestion
	Variables []CheckVariable
	// MoreVariables are those behind the first, by name only: a file can have thousands.
	MoreVariables []CheckVariable
	Languages     []LanguageGuess
	Unsure        int      // answers whose language is an uncertain guess
	Left          []string // columns that stay out
	People        *SamePeople
	Maps          []MapFile // the mapping of each file, of several
}

// MapFile is the mapping of one of several files, to save.
type MapFile struct{ Name, Href string }

// SamePeople asks whether those of a language version who have an id of the round are the same people.
type SamePeople struct {
	Same bool // as it stands
}

// ProblemRow is one problem of the file.
type ProblemRow struct {
	File   string // of several
	Row    string
	Column string
	Text   string
	Error  bool
}

// CheckQuestion is one open question as it would come in.
type CheckQuestion struct {
	Key, Label     string
	Answers, Blank int
	Known          bool      // the project has it already
	Was            *Reworded // where the project has it in other words
	Sample         []string
}

// Reworded is the difference between two wordings in a language.
type Reworded struct {
	Lang   string
	Pieces []DiffPiece
}

// CheckVariable is one variable as it would come in.
type CheckVariable struct {
	Key, Label string
	Blank      int
	Known      bool
	Was        *Reworded  // where the project calls it otherwise
	Renamed    []Reworded // categories that the project calls otherwise
	Values     []ValueBar
	More       int
}

// ImportProgressPage follows an import.
type ImportProgressPage struct {
	Page
	Wizard          Wizard
	State           string // "running", "done", "failed"
	Rows, Total     int
	Text            string
	Facts           []Fact
	Languages       []string
	Identifiers     string // how many answers somebody could be recognised by; "" for none
	IdentifiersHref string
	Problem         string
	ID              string // of the log line
}
