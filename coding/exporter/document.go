package exporter

import (
	"iter"
	"math"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/report"
)

// Translate is the message of a key in the reader's language, with {0}, {1} … replaced by the arguments.
type Translate func(key string, args ...any) string

// Document is one or more tables with what must be known to read them.
type Document struct {
	Name   string // file name without ending
	Title  string
	Lang   coding.Lang // decides number forms and delimiters
	Tables []Table     // the first is the document; formats of one table write only that
	Notes  []Note
	// NotesName is what a format calls the place of the notes.
	NotesName string
	// Cut is the note that a format adds which had to cut long texts.
	Cut Note
}

// Note is one line of what must be known: project, time, unit, base, threshold, filters. One without a text names the part that
// the next ones are about.
type Note struct{ Label, Text string }

// Table is rows of typed cells.
type Table struct {
	Name    string // short: a sheet's name
	Title   string // of its chart; "" is the document's
	Columns []Column
	Frozen  int // columns at the left that stay in view
	// Rows can be gone through once or more. A row is valid until the next one. An error ends them as the last pair.
	Rows iter.Seq2[[]Cell, error]
	// Listing says how to read the table as text; nil for a plain table.
	Listing *Listing
	// Graph says which columns make a chart; nil for none.
	Graph *Graph
	// Codes are columns for programs; what people read leaves them out.
	Codes []int
	// Pairs tells that from column 1 on each number has its share in the column after it.
	Pairs bool
	// Variables is the data dictionary: what each column holds, in the order of Columns; nil where headings say it all.
	Variables []Variable
}

// Graph is a chart of a table's columns, for formats that have charts of their own.
type Graph struct {
	Form   GraphForm
	Names  int   // column of the names
	Series []int // columns of the numbers
	From   int   // first row, counted from 0
	Hues   []int // of the rows, where there is one series: 1–12; nil for none
	Labels []string
}

// GraphForm is how a chart looks.
type GraphForm string

// Forms of charts.
const (
	GraphBars    GraphForm = "bars"    // lying, one or several series
	GraphStacked GraphForm = "stacked" // lying, adding up
	GraphLine    GraphForm = "line"    // names from left to right
)

// Variable says what a column of data holds.
type Variable struct {
	Label  string
	Kind   CellKind
	Values []ValueLabel // nil where any value may stand
}

// ValueLabel is the meaning of one value.
type ValueLabel struct{ Value, Label string }

// Column is a column's heading and how wide it is, in characters.
type Column struct {
	Title string
	Width int
	Wrap  bool // long text
}

// CellKind tells how a cell is to be laid out.
type CellKind uint8

// Kinds of cells.
const (
	KindEmpty   CellKind = iota
	KindText             // written by people; a file must not take it for a formula
	KindNumber           // Number is a whole number
	KindShare            // Number is a share of 1
	KindDecimal          // Number, with Digits decimals
	KindTime
	KindHidden // Hidden says why; Text is what stands instead of the number
)

// Cell is one value.
type Cell struct {
	Kind   CellKind
	Text   string
	Number float64
	Time   time.Time
	Hidden report.Hidden
	Indent int         // levels to the right
	Strong bool        // a total
	Lang   coding.Lang // of a text that may be in another language than the document
	Digits int         // decimals that people read; 0 is two
	P      bool        // a probability: below 0.001 it is said to be so
}

// Text is a cell of text; of "" an empty one.
func Text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: KindText, Text: s}
}

// Number is a cell of a whole number.
func Number(n int) Cell { return Cell{Kind: KindNumber, Number: float64(n)} }

// Share is a cell of a share of 1.
func Share(x float64) Cell { return Cell{Kind: KindShare, Number: x} }

// Decimal is a cell of a number with decimals; an empty one where it is not defined.
func Decimal(x float64) Cell {
	if math.IsNaN(x) {
		return Cell{}
	}
	return Cell{Kind: KindDecimal, Number: x}
}

// Points is a cell of a difference of shares in percentage points; an empty one where it is not defined.
func Points(x float64) Cell {
	c := Decimal(100 * x)
	c.Digits = 1
	return c
}

// Probability is a cell of a p value; an empty one where it is not defined.
func Probability(p float64) Cell {
	c := Decimal(p)
	c.Digits, c.P = 3, c.Kind == KindDecimal
	return c
}

// Decimals writes a cell of a number with decimals as the language does.
func (c Cell) Decimals(l coding.Lang) string {
	digits := c.Digits
	if digits == 0 {
		digits = 2
	}
	if c.P && c.Number < 0.001 {
		return "<" + Decimals(l, 0.001, 3)
	}
	return Decimals(l, c.Number, digits)
}

// Moment is a cell of a time.
func Moment(t time.Time) Cell { return Cell{Kind: KindTime, Time: t} }

// rows are rows that are in memory already.
func rows(list [][]Cell) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		for _, row := range list {
			if !yield(row, nil) {
				return
			}
		}
	}
}
