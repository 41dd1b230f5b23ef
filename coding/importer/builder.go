package importer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

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

	sheet *Sheet
	open  bool // the header is there
	last  int  // columns up to the last that has a name or a cell
	text  []byte
	cells [][]byte
}

// NewBuilder starts the sheet of a file.
func NewBuilder(f *File, opts Options) *Builder {
	return &Builder{sheet: &Sheet{File: f.Name, Profile: ProfileTable,
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
	if !b.open {
		return b.header(row, cells)
	}
	s := b.sheet
	start := len(s.spool.buf)
	buf := binary.AppendUvarint(s.spool.buf, uint64(row))
	width, blank, again := len(s.Columns), true, len(cells) > 1
	for i, c := range cells {
		c = trim(c)
		if i >= width {
			if len(c) > 0 {
				b.Problem(Error, row, -1, false, "import.ragged", width, Letter(i), shorten(string(c)))
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
	if blank {
		s.spool.buf = buf[:start]
		return nil
	}
	if again && len(cells) >= width {
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
		b.Problem(Error, row, col, true, "import.bad_text", shorten(strings.ToValidUTF8(string(c), "\uFFFD")))
		return appendText(buf, strings.ToValidUTF8(string(c), "\uFFFD"))
	}
	if bytes.IndexByte(c, '\r') >= 0 {
		return appendText(buf, lineEnds.Replace(string(c)))
	}
	buf = binary.AppendUvarint(buf, uint64(len(c)))
	return append(buf, c...)
}

func appendText(buf []byte, s string) []byte {
	buf = binary.AppendUvarint(buf, uint64(len(s)))
	return append(buf, s...)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

var replacement = []byte("\uFFFD")

func soundText(c []byte) bool { return utf8.Valid(c) && !bytes.Contains(c, replacement) }

// header takes the first row that has any text as the names of the columns.
func (b *Builder) header(row int, cells [][]byte) error {
	names := make([]string, 0, len(cells))
	last := 0
	for i, c := range cells {
		name := strings.Join(strings.Fields(string(trim(c))), " ")
		if b.CheckText && !soundText([]byte(name)) {
			name = strings.ToValidUTF8(name, "\uFFFD")
			b.Problem(Error, row, i, true, "import.bad_text", shorten(name))
		}
		if len(name) > MaxHeader {
			return Problem{File: b.sheet.File, Row: row, Column: Letter(i), Key: "import.header_long", Args: []any{MaxHeader}, Severity: Error}
		}
		names = append(names, norm.NFC.String(name))
		if name != "" {
			last = i + 1
		}
	}
	if last == 0 {
		return nil
	}
	if last > MaxColumns {
		return Problem{File: b.sheet.File, Row: row, Key: "import.columns_many", Args: []any{last, MaxColumns}, Severity: Error}
	}
	// Blank headers at the end are kept for the case that there is text below them.
	names = names[:min(len(names), MaxColumns)]
	b.open, b.last = true, last
	b.sheet.HeaderRow = row
	b.sheet.Columns = columns(names)
	b.sheet.spool.width = len(names)
	return nil
}

// columns names the columns: blank headers by their letter, repeated ones with a number behind.
func columns(names []string) []Column {
	taken := map[string]bool{}
	for _, n := range names {
		taken[n] = true
	}
	seen := map[string]bool{}
	out := make([]Column, len(names))
	for i, name := range names {
		letter := Letter(i)
		if name == "" {
			name = letter
		}
		free := name
		for k := 2; seen[free] || free != names[i] && taken[free]; k++ {
			free = fmt.Sprintf("%s (%d)", name, k)
		}
		seen[free] = true
		out[i] = Column{Index: i, Name: free, Letter: letter}
	}
	return out
}

// trim takes white space, no-break spaces and invisible marks off both ends.
func trim(c []byte) []byte {
	for len(c) > 0 {
		if b := c[0]; b > ' ' && b < 0x7f {
			break
		}
		r, n := utf8.DecodeRune(c)
		if !outer(r) {
			break
		}
		c = c[n:]
	}
	for len(c) > 0 {
		if b := c[len(c)-1]; b > ' ' && b < 0x7f {
			break
		}
		r, n := utf8.DecodeLastRune(c)
		if !outer(r) {
			break
		}
		c = c[:len(c)-n]
	}
	return c
}

func outer(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == 0x1a // the last is the end mark of MS-DOS
}

// shorten is the beginning of a cell, for a message.
func shorten(s string) string {
	const most = 40
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
