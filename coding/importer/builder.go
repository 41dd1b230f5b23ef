package importer

import (
	"bytes"
	"encoding/binary"
	"strings"

	"avokoodi/coding"
)

// Limits of a sheet.
const (
	MaxColumns = 4096
	MaxRows    = 2_000_000
	MaxHeader  = 4000 // bytes in the name of a column
)

// Builder makes a Sheet out of rows, in the same way for every format: the first row with text is the header, white space
// around cells goes, line ends become "\n", short rows are filled up, and what can't be right is noted as a Problem.
type Builder struct {
	// CheckText makes the builder look for invalid UTF-8 and replacement characters in every cell.
	CheckText bool
	// KeepBlank keeps rows without any text: those of a file in which a row is a respondent, whatever it holds.
	KeepBlank bool

	sheet *Sheet
	from  int  // row of the header; 0 means the first with text
	open  bool // the header is there
	last  int  // columns up to the last that has a name or a cell
	text  []byte
	cells [][]byte
}

// NewBuilder starts the sheet of a file.
func NewBuilder(f *File, opts Options) *Builder {
	return &Builder{from: opts.Header, sheet: &Sheet{File: f.Name, Profile: ProfileTable,
		spool: spool{dir: opts.TempDir, budget: opts.memory()}}}
}

// AddStrings is Add for cells that are strings.
func (b *Builder) AddStrings(row int, cells []string) error {
	b.text, b.cells = b.text[:0], b.cells[:0]
	for _, c := range cells {
		b.text = append(b.text, c...)
	}
	rest := b.text
	for _, c := range cells {
		b.cells = append(b.cells, rest[:len(c)])
		rest = rest[len(c):]
	}
	return b.Add(row, b.cells)
}

// Problem notes something wrong at a row and the 0-based column, -1 for none. With contents the problem is about what the
// cell holds and does not matter when the column is not used.
func (b *Builder) Problem(s Severity, row, col int, contents bool, key string, args ...any) {
	p := Problem{File: b.sheet.File, Row: row, Key: key, Args: args, Severity: s}
	if col >= 0 {
		p.Column = b.columnName(col)
		if contents {
			p.col = col + 1
		}
	}
	b.sheet.log.add(p)
}

// Width is the number of columns, 0 before the header.
func (b *Builder) Width() int { return len(b.sheet.Columns) }

// Describe tells what the file itself says of a column; call it after the header.
func (b *Builder) Describe(col int, h Hint) {
	if b.sheet.hints == nil {
		b.sheet.hints = make([]Hint, len(b.sheet.Columns))
	}
	b.sheet.hints[col] = h
}

// Sheet ends the building. A sheet without a header or without rows is a Problem.
func (b *Builder) Sheet() (*Sheet, error) {
	s := b.sheet
	switch {
	case !b.open:
		return nil, b.fail(Refuse(s.File, "import.empty"))
	case s.Len == 0:
		return nil, b.fail(Problem{File: s.File, Row: s.HeaderRow, Key: "import.header_only", Severity: Error})
	}
	if err := s.spool.seal(); err != nil {
		return nil, b.fail(err)
	}
	s.spool.buf = nil
	s.Columns = s.Columns[:b.last]
	if s.hints != nil {
		s.hints = s.hints[:b.last]
	}
	for _, c := range s.Columns {
		s.folded = append(s.folded, fold(c.Name))
	}
	return s, nil
}

// Discard lets go of what was built; use it when reading fails.
func (b *Builder) Discard() { _ = b.sheet.spool.close() }

func (b *Builder) fail(err error) error {
	b.Discard()
	return err
}

func (b *Builder) columnName(col int) string {
	if col < len(b.sheet.Columns) {
		return b.sheet.Columns[col].Name
	}
	return Letter(col)
}

// Add takes the next row. The cells may be reused by the caller afterwards.
func (b *Builder) Add(row int, cells [][]byte) error {
	if row < b.from {
		return nil
	}
	if !b.open {
		return b.header(row, cells)
	}
	s := b.sheet
	if s.Len == 0 && len(cells) > len(s.Columns) && s.widened.row == 0 {
		b.widen(row, cells)
	}
	start := len(s.spool.buf)
	buf := binary.AppendUvarint(s.spool.buf, uint64(row))
	width, blank, again := len(s.Columns), true, len(cells) > 1
	for i, c := range cells {
		if len(c) == 1 && i < width && c[0] > ' ' && c[0] < 0x7f { // a code, which is most of a survey
			blank = false
			again = again && len(s.Columns[i].Name) == 1 && s.Columns[i].Name[0] == c[0]
			b.last = max(b.last, i+1)
			buf = append(buf, 1, c[0])
			continue
		}
		c = trim(c)
		if i >= width {
			if len(c) > 0 {
				b.Problem(Error, row, i, false, "import.ragged", width, Letter(i), shorten(string(c)))
				blank = false
				break
			}
			continue
		}
		if len(c) == 0 {
			buf = append(buf, 0)
			continue
		}
		blank = false
		if again && string(c) != s.Columns[i].Name {
			again = false
		}
		b.last = max(b.last, i+1)
		buf = b.appendCell(buf, c, row, i)
	}
	for range width - len(cells) {
		buf = append(buf, 0)
	}
	if blank && !b.KeepBlank {
		s.spool.buf = buf[:start]
		return nil
	}
	if again && !blank && len(cells) >= width {
		s.spool.buf = buf[:start]
		b.Problem(Warning, row, -1, false, "import.header_again")
		return nil
	}
	s.spool.buf = buf
	if s.Len++; s.Len > MaxRows {
		return Refuse(s.File, "import.rows_many", MaxRows)
	}
	if len(buf) >= chunkSize {
		return s.spool.seal()
	}
	return nil
}

func (b *Builder) appendCell(buf, c []byte, row, col int) []byte {
	if len(c) > coding.MaxAnswer {
		b.Problem(Error, row, col, true, "import.cell_long", coding.MaxAnswer>>10, len(c)>>10)
		return append(buf, 0)
	}
	if b.CheckText && !soundText(c) {
		text := strings.ToValidUTF8(string(c), "\uFFFD")
		b.Problem(Error, row, col, true, "import.bad_text", shorten(text))
		return appendText(buf, lineEnds.Replace(text))
	}
	if bytes.IndexByte(c, '\r') >= 0 {
		return appendText(buf, lineEnds.Replace(string(c)))
	}
	buf = binary.AppendUvarint(buf, uint64(len(c)))
	return append(buf, c...)
}
