package view

import "html/template"

// FindingPage is a page of numbers that is no plain table of themes: themes named together, rounds, coverage, saturation, coders.
type FindingPage struct {
	Page
	Kind      string // of the document
	Action    string // its address
	Tabs      []Option
	Sub       string
	Questions []Option
	Rounds    []Option // of the filter
	Languages []Option
	Variables []Option // of which one is covered
	From, To  []Option // the compared rounds
	CanPair   bool
	Paired    bool
	Measures  []Option // of the heat map; the value is an address
	Search    string
	CanSearch bool
	Extra     []ExtraFilter
	Aside     bool
	Say       []string
	Caution   string
	Empty     *Empty
	Chart     template.HTML
	ChartSVG  string
	ChartPNG  string
	Table     *FindingTable
	Notes     []FindingNote
	Links     []Option // what else helps; the value is an address
	Exports   []ExportGroup
	CanAdd    bool
	PackQuery string   // by which a report makes it again
	Reports   []Option // to which it can be added
}

// FindingTable is the rows of a document.
type FindingTable struct {
	Caption string
	Columns []FindingColumn
	Rows    [][]FindingCell
	More    string // what is left out
}

// FindingColumn is a heading.
type FindingColumn struct {
	Label  string
	Number bool
	Text   bool // of words that may be long
}

// FindingCell is one cell. Share stands beside a number.
type FindingCell struct {
	Text   string
	Share  string
	Href   string
	Say    string // of a hidden number, for those who listen
	Hidden bool
	Strong bool
	Indent int
}

// FindingNote is one line of what must be known.
type FindingNote struct{ Label, Text string }
