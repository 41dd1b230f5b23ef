package importer

import (
	"iter"
	"slices"
	"strings"

	"avokoodi/coding"
)

// Layout is the way in which a survey tool lays out its export: header rows, legends, columns of its own, choices spread over
// columns. It cleans a Sheet's headers and says what it knows of the columns; Propose goes by that. Package profile has them.
type Layout interface {
	// Profile is its name in Profiles.
	Profile() string
	// Fits tells whether the table has this layout. It looks at Head only.
	Fits(t *Table) bool
	// Arrange cleans the table. What a person can mend comes as a Problem.
	Arrange(t *Table) error
}

// Hint is what a layout, or a file that describes itself, knows of a column. The zero value knows nothing.
type Hint struct {
	Role   Role     // "" to go by header and contents
	Reason Reason   // for Role
	Key    string   // what the tool calls the column, "" for none
	Label  Wording  // the question; empty for the header
	Values []Choice // of a variable: what its codes mean
	Split  string   // what stands between the choices that a cell lists
	Closed bool     // the respondents chose, so that this is no free text
	// Of a RoleChoice column, and of one that specifies 'other':
	Group      string  // key of the variable that it belongs to
	GroupLabel Wording // the question that the variable asks
	Choice     Choice  // the choice that is ticked here; Match may name the cells that say so
}

// holding lists the values that hold Split themselves, the longest first.
func (h Hint) holding() []string {
	var out []string
	for _, c := range h.Values {
		if strings.Contains(c.Label.Plain, h.Split) {
			out = append(out, c.Label.Plain)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// Choice is a value as a tool describes it.
type Choice struct {
	Code  string
	Label Wording
	Match []string
}

// Wording is a text in the language of the file, or in languages that are known.
type Wording struct {
	Plain string
	Text  coding.Text
}

// Plain is a wording in the language of the file.
func Plain(s string) Wording { return Wording{Plain: s} }

// IsZero tells that there are no words.
func (w Wording) IsZero() bool { return w.Plain == "" && w.Text.IsZero() }

// In gives the wording as a text; l is the language of the file.
func (w Wording) In(l coding.Lang) coding.Text {
	text := w.Text
	if text.IsZero() {
		text.Set(l, w.Plain)
	}
	return text
}

// headRows is how many rows a Layout looks at to know a table.
const headRows = 30

// Table is a Sheet whose layout is being found out.
type Table struct {
	*Sheet
	Head       []Row // the first rows below the header; their cells stay good
	Dictionary []Dictionary
}

// Dictionary describes the columns of an export: what the tool gives beside the answers.
type Dictionary struct {
	File    string
	Profile string
	Fields  []Field
}

// Field is a column, or several for one with choices, as a dictionary has it.
type Field struct {
	Name    string
	Type    string // in the tool's words
	Label   Wording
	Choices []Choice
	Private bool // the dictionary says that it identifies a person
}

// Field looks a name up in the dictionaries.
func (t *Table) Field(name string) (Field, bool) {
	for _, d := range t.Dictionary {
		if i := slices.IndexFunc(d.Fields, func(f Field) bool { return f.Name == name }); i >= 0 {
			return d.Fields[i], true
		}
	}
	return Field{}, false
}

// Raw is a column's header as it stands in the file, "" where there is no column.
func (t *Table) Raw(col int) string {
	if col >= len(t.Columns) {
		return ""
	}
	return t.Columns[col].Header
}

// Cell is a cell of a row of Head, "" where there is none.
func (t *Table) Cell(row, col int) string {
	if row >= len(t.Head) || col >= len(t.Columns) {
		return ""
	}
	return t.Head[row].Cells[col]
}

// Hint is what is known of a column, to be filled in.
func (t *Table) Hint(col int) *Hint {
	if t.hints == nil {
		t.hints = make([]Hint, len(t.Columns))
	}
	return &t.hints[col]
}

// Hint is what the file itself or its layout says of a column.
func (s *Sheet) Hint(col int) Hint {
	if s.hints == nil {
		return Hint{}
	}
	return s.hints[col]
}

// Drop leaves a row out: one that belongs to the header, or to a legend.
func (t *Table) Drop(number int) {
	if t.dropped == nil {
		t.dropped = map[int]bool{}
	}
	if !t.dropped[number] {
		t.dropped[number] = true
		t.Len--
	}
}

// Rename gives the columns their final names, "" for those that keep theirs. Names are made unique.
func (t *Table) Rename(names []string) {
	for i := range names {
		if names[i] == "" {
			names[i] = t.Columns[i].Header
		}
		names[i] = tidyHeader(names[i])
	}
	old := t.Columns
	t.Columns = columns(names)
	for i := range old {
		t.Columns[i].Header = old[i].Header
		t.folded[i] = fold(t.Columns[i].Name)
	}
	t.log.rename(func(col int) string {
		if col > len(t.Columns) { // behind the last column that holds anything
			return Letter(col - 1)
		}
		return t.Columns[col-1].Name
	})
}

// Problem notes what a layout finds wrong at a row and the 0-based column, -1 for none.
func (t *Table) Problem(s Severity, row, col int, key string, args ...any) {
	p := Problem{File: t.File, Row: row, Key: key, Args: args, Severity: s}
	if col >= 0 {
		p.Column = t.Columns[col].Name
	}
	t.log.add(p)
}

// Every goes through all rows that are not dropped.
func (t *Table) Every() iter.Seq2[Row, error] { return t.Rows() }

// arrange finds the layout of a sheet, or takes the one of the options, and lets it clean the sheet.
func arrange(s *Sheet, layouts []Layout, opts Options) error {
	t := &Table{Sheet: s, Dictionary: opts.Dictionaries}
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		row.Cells = slices.Clone(row.Cells)
		if t.Head = append(t.Head, row); len(t.Head) == headRows {
			break
		}
	}
	want := opts.Profile
	if want == ProfileAuto {
		want = ""
	}
	if s.Profile != ProfileTable {
		layouts = nil // the file describes itself
	}
	for _, l := range layouts {
		chosen := want != "" && want != ProfileTable
		if chosen && l.Profile() != want || !chosen && !l.Fits(t) || want == ProfileTable && l.Profile() != want {
			continue
		}
		s.Profile = l.Profile()
		if err := l.Arrange(t); err != nil {
			return err
		}
		break
	}
	if want != "" && want != s.Profile {
		if want != ProfileTable {
			return Refuse(s.File, "import.profile_other", want, s.Profile)
		}
		s.Profile, s.hints = want, nil
	}
	s.settleWidth()
	if s.Len == 0 {
		return Problem{File: s.File, Row: s.HeaderRow, Key: "import.header_only", Severity: Error}
	}
	return nil
}

// settleWidth reports the row that made the table wider than its header, unless a layout took it for a part of the header.
func (s *Sheet) settleWidth() {
	if w := s.widened; w.row > 0 && !s.dropped[w.row] {
		s.log.add(Problem{File: s.File, Row: w.row, Key: "import.ragged", Args: []any{w.from, Letter(w.from), w.text}, Severity: Error})
	}
}
