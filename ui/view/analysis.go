package view

import "html/template"

// AnalysisPage is the theme counts of a part of the answers.
type AnalysisPage struct {
	Page
	Questions []Option
	Languages []Option
	Rounds    []Option
	Bys       []OptionGroup
	Ands      []OptionGroup // the second variable
	Units     []Option
	CanTest   bool // groups can be compared
	Tests     bool // and are
	Orders    []Option
	Net       bool
	HasNet    bool // the codebook has sub-themes
	Extra     []ExtraFilter
	Sub       string   // what is counted
	Say       []string // the numbers in plain words
	Empty     *Empty
	Table     *CountTable
	Chart     template.HTML // an SVG of our own making
	Charts    []Option      // other ways of drawing it; the value is an address
	ChartSVG  string        // the same as a file
	ChartPNG  string
	PackQuery string   // what a report keeps of it
	Reports   []Option // to which it can be added
	AsChart   bool
	TableHref string
	ChartView string
	TooMany   bool // more groups than the chart draws
	Unit      string
	Exports   []ExportGroup
	Aside     bool     // a filter was set aside, since it leaves out too few
	Detail    bool     // numbers lead to answers
	Tabs      []Option // the other pages of numbers; the value is an address
	Search    string
	Weights   []Option
	Weight    string // what weighted shares rest on
	Below     bool   // numbers below the threshold are shown
	CanBelow  bool   // they may be asked for
}

// OptionGroup is a group of choices of a select; without a label the choices stand alone.
type OptionGroup struct {
	Label   string
	Options []Option
}

// ExtraFilter is a part of the filter that no control of the page shows.
type ExtraFilter struct {
	Name, Value string
	Label       string
	Without     string // address of the page without it
}

// Empty says why there is nothing to show and what to do.
type Empty struct{ Title, Say, Href, Do string }

// CountTable is theme counts laid out.
type CountTable struct {
	Caption   string
	Base      CountCell
	Effective string // 'effective n = 231' of a weighted base
	BaseName  string // 'respondents'
	Columns   []CountColumn
	Rows      []CountRow
	Few       string // '<5', where such a cell is shown
	Secondary bool   // some cell is hidden to protect another
	None      bool   // no row has a number
	Tested    bool   // rows have a test, cells letters
}

// CountColumn is one group.
type CountColumn struct {
	Label     string
	Letter    string // that tests call it by
	Lang      string
	Base      CountCell
	Effective string
}

// CountRow is one theme.
type CountRow struct {
	Label   string
	Hue     int
	Depth   int
	Retired bool
	Bar     int // 0–1000 of the largest number
	Total   CountCell
	Cells   []CountCell
	Test    string // 'p = 0.003 (χ²), V = 0.14'
	Differ  bool   // significantly
}

// CountCell is one number, or the sign that stands for a hidden one.
type CountCell struct {
	Text   string
	Share  string
	Href   string
	Hidden bool
	Zero   bool
	Above  string // letters of the columns that it is significantly above
	Say    string // what a screen reader says of a hidden number
}
