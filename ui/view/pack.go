package view

// PackPage is a report in the making.
type PackPage struct {
	Page
	CanEdit bool
	Packs   []Option // all reports; the value is an address
	Name    string
	Langs   []Option
	Action  string // address that changes the report; "" where there is none
	New     string // address that begins one
	Items   []PackItem
	Kinds   []Option
	Themes  []Option
	Files   []ExportLink
	Undo    *Undo
	Fields  map[string]string
}

// PackItem is one part.
type PackItem struct {
	N           int // its place, from 1
	Kind        string
	Name        string   // what it shows, for lists and labels
	Title, Text string   // its own, "" for none
	About       string   // what is counted
	Href        string   // where it comes from
	Weights     []Option // by which its shares can be weighted
	Shows       []Option // table, chart or both
	First, Last bool
	Is          string // its kind and content; changes to it are refused when this differs
}
