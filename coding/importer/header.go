package importer

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// header takes the first row that has any text as the names of the columns.
func (b *Builder) header(row int, cells [][]byte) error {
	names := make([]string, 0, len(cells))
	last := 0
	for i, c := range cells {
		name := tidyHeader(string(trim(c)))
		if b.CheckText && !soundText([]byte(name)) {
			name = strings.ToValidUTF8(name, "\uFFFD")
			b.Problem(Error, row, i, true, "import.bad_text", shorten(name))
		}
		if len(name) > MaxHeader {
			return Problem{File: b.sheet.File, Row: row, Column: Letter(i), Key: "import.header_long", Args: []any{MaxHeader}, Severity: Error}
		}
		names = append(names, name)
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

// tidyHeader is a header in NFC with single spaces.
func tidyHeader(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }

// widen makes room for a second row that is wider than the header and begins with a blank: the writers of headers in two rows
// leave out the blank cells behind the last question of the first.
func (b *Builder) widen(row int, cells [][]byte) {
	s := b.sheet
	from, to := len(s.Columns), min(len(cells), MaxColumns)
	for to > from && len(trim(cells[to-1])) == 0 {
		to--
	}
	if first := string(trim(cells[0])); to <= from || first != "" && first != "-" {
		return
	}
	s.widened = widening{row: row, from: from, text: shorten(string(trim(cells[to-1])))}
	names := make([]string, to)
	for i, c := range s.Columns {
		names[i] = c.Header
	}
	s.Columns = columns(names)
	s.spool.width = to
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
		out[i] = Column{Index: i, Name: free, Header: names[i], Letter: letter}
	}
	return out
}
