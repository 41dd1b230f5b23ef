package view

// ExportGroup is one thing that can be downloaded, in one or more formats.
type ExportGroup struct {
	Label string
	Hint  string
	Links []ExportLink
	Copy  string // address of plain text for the clipboard; "" for none
}

// ExportLink downloads something in one format.
type ExportLink struct{ Href, Format string }
