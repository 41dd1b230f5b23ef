package view

import "time"

// ThemesPage is the codebook: the tree of themes, with one theme open beside it.
type ThemesPage struct {
	Page
	CanEdit   bool
	CanDelete bool
	Tree      []ThemeRow
	Total     int
	Retired   int
	Missing   []MissingLabels // languages in which some themes have no name
	Unused    int
	Form      *ThemeForm     // for those who code; nil when nothing is open
	Document  bool           // the whole codebook stands beside the tree, to be read and printed
	Themes    []ThemeReading // of the document
	Exports   []ExportGroup
	Undo      *Undo
}

// MissingLabels says how many themes have no name in a language.
type MissingLabels struct {
	Lang string
	N    int
}

// ThemeRow is one line of the tree.
type ThemeRow struct {
	ID       int64
	Parent   int64
	Key      string
	Label    string
	Hue      int
	Depth    int // 0 for a top theme
	Shortcut string
	Retired  bool
	Current  bool
	Position int    // among its siblings, from 0
	Count    string // respondents, under the threshold's rule
	Missing  []string
	Href     string
	CanEdit  bool
	Subs     []ThemeRow
}

// ThemeForm is the editor of one theme, or of a new one.
type ThemeForm struct {
	ID         int64 // 0 for a new one
	Key        string
	Title      string
	Hue        int
	Shortcut   string
	Retired    bool
	Version    int
	Aliases    []string
	Parent     int64
	ParentName string
	ParentKey  string
	Seen       string // what the theme was when the form was made, to notice another's change
	Take       bool   // offer to take the shortcut from the theme that has it
	Label      [3]Wording
	Notes      []NoteField
	Keywords   NoteField
	Hues       []HueChoice
	Parents    []Option
	Counts     *ThemeCounts
	Examples   []Excerpt
	Candidates []Excerpt // answers to choose examples from
	Choosing   bool
	First      bool // no sibling above
	Last       bool
	Nested     bool
	CanNest    bool
	HasSubs    bool
	Versions   []ThemeVersion
	Memos      []Memo
	Fields     map[string]string // problem by field
	CanDelete  bool
	Slug       string
}

// Wording is a text in one of the three languages.
type Wording struct{ Lang, Text string }

// NoteField is one long text of a theme in three languages: its definition, when it applies, its words.
type NoteField struct {
	Name  string // definition, include, exclude, keywords
	Texts [3]Wording
}

// HueChoice is one of the twelve colours.
type HueChoice struct {
	Hue     int
	Name    string
	Checked bool
}

// ThemeCounts is how much a theme is used.
type ThemeCounts struct {
	Respondents, Answers, Codings int
	Older                         int // codings made under an older definition
	Quotes                        int
}

// ThemeReading is a theme to be read.
type ThemeReading struct {
	Key      string
	Label    string
	Hue      int
	Depth    int
	Shortcut string
	Retired  bool
	Count    string
	Others   []Wording // the name in the other languages
	Notes    []ThemeNote
	Examples []Excerpt
}

// ThemeNote is one note of a theme in the reader's language, or else in the first that exists.
type ThemeNote struct{ Name, Lang, Text string }

// Excerpt is an answer shown as an example.
type Excerpt struct {
	Answer int64
	Number string // #0147
	Lang   string
	Parts  []Segment
	Href   string // on the desk
	Chosen bool
}

// ThemeVersion is one change of a theme.
type ThemeVersion struct {
	Step    int64
	Who     string
	At      time.Time
	Changed []string // what changed, translated
}

// ThemeDeletePage asks whether a theme should really go.
type ThemeDeletePage struct {
	Page
	ID      int64
	Key     string
	Label   string
	Hue     int
	Counts  ThemeCounts
	Subs    []string
	Parent  string // where the sub-themes go; "" for the top
	Retired bool
}

// Undo offers to take back what was just done.
type Undo struct {
	Step int64
	Text string
	Next string
}
