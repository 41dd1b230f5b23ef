package importer

import (
	"iter"
	"slices"

	"avokoodi/coding"
)

// Sheet is a table read from a file: named columns, and rows that can be gone through any number of times. Cells have no
// outer white space and their line ends are "\n"; rows without any text are not there. Close it when done.
type Sheet struct {
	File      string           // base name of the file as the person knows it
	SHA256    string           // hex, of the file's bytes
	Profile   string           // which tool's layout was read: "table", "webropol" …
	Format    string           // "csv", "xlsx", "sav", "docx", "text", "markdown"
	Kind      coding.RoundKind // of the round that the file makes, "" for a survey
	Encoding  string           // of a text file: "UTF-8", "UTF-16LE", "Windows-1252" …
	Delimiter string           // of a text file; "" when it has one column
	Name      string           // of the workbook's sheet that was read
	Others    []string
	HeaderRow int // row number of the header
	Columns   []Column
	Len       int // rows below the header

	spool  spool
	log    log
	folded []string // names of the columns

	hints   []Hint       // by column, nil for none
	dropped map[int]bool // rows of the header or a legend, by number
	widened widening
}

// widening is a second row that is wider than the header, as tools with several header rows write it.
type widening struct {
	row, from int // its number; the columns that the header had
	text      string
}

// Column is one column of a sheet.
type Column struct {
	Index  int    // 0-based
	Name   string // the header, made unique with ' (2)'; the letter where the header is blank
	Header string // as it stands in the file, with single spaces
	Letter string // as a spreadsheet shows it: A, B, … AA
}

// Row is one row below the header. Number is the row that Excel shows. Cells has one string for each column of the sheet;
// the slice is only good until the next row, the strings stay good.
type Row struct {
	Number int
	Cells  []string
}

// Rows goes through the rows in order. An error ends the sequence as its last pair.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	rows := s.spool.rows(len(s.Columns))
	if len(s.dropped) == 0 {
		return rows
	}
	dropped := s.dropped
	return func(yield func(Row, error) bool) {
		for row, err := range rows {
			if (err != nil || !dropped[row.Number]) && !yield(row, err) {
				return
			}
		}
	}
}

// Problems is what was wrong while reading; NewPlan repeats those that matter for its mapping.
func (s *Sheet) Problems() Problems { return slices.Clone(s.log.all()) }

// Close lets go of the rows.
func (s *Sheet) Close() error { return s.spool.close() }

// Letter is the letter of the 0-based column in a spreadsheet.
func Letter(index int) string {
	var out []byte
	for i := index + 1; i > 0; i = (i - 1) / 26 {
		out = append([]byte{byte('A' + (i-1)%26)}, out...)
	}
	return string(out)
}
