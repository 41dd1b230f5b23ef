package notefile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
)

// isProse tells plain text from a table that is called .txt: no character cuts its lines into the same number of cells, or its
// paragraphs stand apart and nothing but a comma does.
func isProse(f *importer.File) bool {
	in, err := os.Open(f.Path)
	if err != nil {
		return false
	}
	defer in.Close()
	text, _, err := csvfile.Decode(context.Background(), in, f, "")
	if err != nil {
		return false
	}
	sample, err := io.ReadAll(io.LimitReader(text, importer.HeadSize))
	return err == nil && !csvfile.IsTable(sample)
}

// maxLine is the longest line of a text in bytes.
const maxLine = 4 << 20

// readText reads plain text or Markdown: blocks between blank lines, or lines where no line is blank.
func readText(ctx context.Context, f *importer.File, opts importer.Options) (*importer.Sheet, error) {
	in, err := os.Open(f.Path)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer in.Close()
	apart, err := standApart(ctx, in, f, opts)
	if err != nil {
		return nil, err
	}
	text, encoding, err := csvfile.Decode(ctx, in, f, opts.Encoding)
	if err != nil {
		return nil, err
	}
	p := &prose{notes: newNotes(f, opts), apart: apart, format: "text"}
	if ext := extension(f); ext == ".md" || ext == ".markdown" {
		p.format, p.apart = "markdown", true
	}
	scan := lines(text)
	for line := 1; scan.Scan(); line++ {
		if line&1023 == 0 && ctx.Err() != nil {
			p.notes.b.Discard()
			return nil, ctx.Err()
		}
		p.line(line, strings.TrimRight(scan.Text(), "\r"))
	}
	p.end()
	if err := scan.Err(); err != nil {
		p.notes.b.Discard()
		if errors.Is(err, bufio.ErrTooLong) {
			return nil, importer.Problem{File: f.Name, Row: p.last + 1, Key: "import.row_long", Args: []any{maxLine >> 20}, Severity: importer.Error}
		}
		return nil, fmt.Errorf("import: %w", err)
	}
	sheet, err := p.notes.sheet(p.format)
	if err == nil {
		sheet.Encoding = encoding
	}
	return sheet, err
}

func lines(text io.Reader) *bufio.Scanner {
	scan := bufio.NewScanner(text)
	scan.Buffer(make([]byte, 64<<10), maxLine)
	return scan
}

// standApart tells whether blank lines stand between the paragraphs.
func standApart(ctx context.Context, in io.ReadSeeker, f *importer.File, opts importer.Options) (bool, error) {
	text, _, err := csvfile.Decode(ctx, in, f, opts.Encoding)
	if err != nil {
		return false, err
	}
	scan := lines(text)
	begun, gap := false, false
	for scan.Scan() {
		blank := strings.TrimSpace(scan.Text()) == ""
		if !blank && gap {
			return true, nil
		}
		begun = begun || !blank
		gap = begun && blank
	}
	return false, nil // a line that is too long is reported where it is read
}

// prose gathers lines into notes.
type prose struct {
	notes  *notes
	format string
	apart  bool // blank lines end a note, not line ends
	last   int  // line read last

	from  int // line of the note being gathered, 0 for none
	block []string
	fence bool     // within ``` of Markdown
	above []string // cells of the row before, which may be the header of a table
	names []string // of the columns of the table that is being read
}

// Marks of Markdown.
var (
	atx       = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	underline = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*$`)
	rule      = regexp.MustCompile(`^ {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$`)
	item      = regexp.MustCompile(`^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?`)
	quoted    = regexp.MustCompile(`^ {0,3}(?:>[ \t]?)+`)
	divider   = regexp.MustCompile(`^[ \t]*\|?[ \t:]*-[-| \t:]*$`)
)

func (p *prose) line(number int, text string) {
	p.last = number
	if p.format == "markdown" {
		p.markdown(number, text)
		return
	}
	switch {
	case strings.TrimSpace(text) == "":
		p.end()
	case p.apart:
		p.add(number, text)
	default:
		p.end()
		p.add(number, text)
	}
}

func (p *prose) markdown(number int, text string) {
	if strings.HasPrefix(strings.TrimSpace(text), "```") {
		p.fence = !p.fence
		return
	}
	if p.fence {
		p.add(number, text)
		return
	}
	text = quoted.ReplaceAllString(text, "")
	if p.table(number, text) {
		return
	}
	head := atx.FindStringSubmatch(text)
	bar := underline.FindStringSubmatch(text)
	switch {
	case strings.TrimSpace(text) == "":
		p.end()
	case head != nil:
		p.end()
		p.notes.heading(len(head[1]), head[2])
	case bar != nil && len(p.block) == 1 && !strings.Contains(p.block[0], "|"):
		level := 1
		if bar[1][0] == '-' {
			level = 2
		}
		p.notes.heading(level, p.block[0])
		p.from, p.block = 0, nil
	case rule.MatchString(text):
		p.end()
	case item.MatchString(text):
		p.end()
		p.add(number, item.ReplaceAllString(text, ""))
	default:
		p.add(number, text)
	}
}

// table takes a line that belongs to a table: a row is a note, which says what the columns are called.
func (p *prose) table(number int, text string) bool {
	above := p.above
	p.above = nil
	switch {
	case len(above) > 0 && strings.Contains(text, "|") && divider.MatchString(text):
		p.names = above
		return true
	case len(above) > 0: // a row, though no header
		p.notes.note(number-1, row(nil, above))
	}
	if !strings.HasPrefix(strings.TrimSpace(text), "|") {
		p.names = nil
		return false
	}
	p.end()
	var cells []string
	for _, c := range strings.Split(strings.Trim(strings.TrimSpace(text), "|"), "|") {
		cells = append(cells, strings.TrimSpace(c))
	}
	if p.names == nil {
		p.above = cells
	} else {
		p.notes.note(number, row(p.names, cells))
	}
	return true
}

// row is the cells of a row, a line for each, after the names of their columns.
func row(names, cells []string) string {
	var lines []string
	for i, c := range cells {
		if c == "" {
			continue
		}
		if i < len(names) && names[i] != "" {
			c = strings.TrimSuffix(names[i], ":") + ": " + c
		}
		lines = append(lines, c)
	}
	return strings.Join(lines, "\n")
}

func (p *prose) add(number int, text string) {
	if p.from == 0 {
		p.from = number
	}
	p.block = append(p.block, strings.TrimSpace(text))
}

// end hands over what was gathered.
func (p *prose) end() {
	if len(p.above) > 0 {
		p.notes.note(p.last, row(nil, p.above))
		p.above = nil
	}
	if p.from > 0 {
		p.notes.note(p.from, strings.Join(p.block, "\n"))
	}
	p.from, p.block = 0, nil
}
