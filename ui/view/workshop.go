package view

import "html/template"

// WorkshopPage is the material of a workshop in the making.
type WorkshopPage struct {
	Page
	CanEdit   bool
	Workshops []Option // all workshops; the value is an address
	Name      string
	About     string // what is counted
	Action    string // address that changes the workshop; "" where there is none
	New       string // address that begins one
	Warnings  []string
	Themes    []WorkshopTheme
	More      []Option // themes that can be added
	Suggested []WorkshopSuggestions
	Outputs   []WorkshopOutput
	Zip       string // address of everything; "" where there is nothing
	Present   string
	Settings  *WorkshopSettings
	Agenda    WorkshopAgenda
	Groups    []string // how they are formed
	Rooms     WorkshopRooms
	Undo      *Undo
	Fields    map[string]string
}

// WorkshopTheme is one theme of a workshop.
type WorkshopTheme struct {
	N           int
	ID          int64
	Label       string
	Hue         int
	Symbol      string // the path of its symbol, in a square of 24
	Count       string // the sentence
	Why         string
	Href        string // of its answers
	Ten         []bool // ten circles: as many are full as of ten respondents named it
	Counted     bool
	Groups      []WorkshopGroup
	Veiled      bool
	Quotes      []WorkshopQuote // in the material
	Offered     []WorkshopQuote // that may be chosen
	Auto        bool            // quotes are the first that are approved
	NoQuotes    bool
	Questions   []string // in the first language
	Own         bool
	Texts       []TextField // the questions in each language, one a line
	Sorts       []Option
	Note        string
	First, Last bool
}

// WorkshopGroup is what part of a group named a theme.
type WorkshopGroup struct{ Label, Value string }

// WorkshopQuote is a quote with its marks.
type WorkshopQuote struct {
	ID       int64
	Text     string
	Lang     string
	By       string
	Chosen   bool
	Long     bool // for a card
	Language string
}

// WorkshopSuggestions are themes that are suggested for one reason.
type WorkshopSuggestions struct {
	Title, Say string
	Themes     []WorkshopSuggestion
}

// WorkshopSuggestion is one of them; In tells that the workshop has it.
type WorkshopSuggestion struct {
	ID     int64
	Label  string
	Hue    int
	Why    string // what speaks for it, in words
	Reason string
	In     bool
}

// WorkshopOutput is something that can be printed, shown or downloaded.
type WorkshopOutput struct {
	Name, Say string
	Pages     string
	View      string // address in the browser; "" for none
	ViewLabel string
	Files     []ExportLink
}

// WorkshopSettings is the settings as a form.
type WorkshopSettings struct {
	Name                                    string
	Langs                                   []Option // every language; chosen ones are side by side
	Main                                    []Option
	Plain, TwoSided, Blank                  bool
	Questions, Rounds, By, Forming, PerPage []Option
	Start, People, Groups                   string
}

// WorkshopAgenda is the agenda as a form.
type WorkshopAgenda struct {
	Rows  []WorkshopStep
	Total string
	Kinds []Option // for a new row
}

// WorkshopStep is one row of it.
type WorkshopStep struct {
	N           int
	When, Title string
	Kinds       []Option
	Titles      []TextField
	Minutes     int
	Note        string
	First, Last bool
}

// WorkshopRooms is what the page says of the live rooms of a workshop.
type WorkshopRooms struct {
	Workshop int64
	Rooms    []RoomRow // the newest
	New, All string    // addresses: opens one with the workshop's themes; lists all
}

// WorkshopPrint is the sheets of one part, to be printed by the browser.
type WorkshopPrint struct {
	Page
	Heading string
	Name    string
	Say     string
	Back    string
	PDF     string
	Parts   []Option
	Paper   string // a3 or a4
	Sheets  []WorkshopSheet
}

// WorkshopSheet is one sheet, drawn.
type WorkshopSheet struct {
	Title string
	SVG   template.HTML
}

// WorkshopPresent is the slides in the browser.
type WorkshopPresent struct {
	Page
	Name    string
	Back    string
	PPTX    string
	Minutes int
	Channel string // by which windows of one workshop keep together
	Notes   bool   // this window is the speaker's
	Other   string // address of the other kind of window
	Slides  []WorkshopSlide
}

// WorkshopSlide is one slide.
type WorkshopSlide struct {
	N, Of   int
	Kind    string
	Title   string
	Lang    string
	Titles  []WorkshopLine
	Hue     int
	Symbol  string
	Lines   []WorkshopLine
	List    bool
	Quotes  []WorkshopQuote
	Bars    []WorkshopBar
	Symbols []WorkshopSymbol
	Note    string
	Speech  []string
}

// WorkshopLine is a text in a language; Soft ones are in a further one.
type WorkshopLine struct {
	Text, Lang string
	Soft       bool
	N          int // its number in a list, within its language
}

// WorkshopBar is one bar of a slide's chart; Long is from 0 to 100.
type WorkshopBar struct {
	Label, Value string
	Long         int
	Hue          int
	Soft, Hidden bool
}

// WorkshopSymbol is a theme's symbol.
type WorkshopSymbol struct {
	Hue  int
	Path string
}
