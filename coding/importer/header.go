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
