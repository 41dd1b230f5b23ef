// Package csvfile reads text tables, CSV and TSV, as survey tools and spreadsheets in Finland write them: semicolons, commas,
// tabs or bars, decimal commas, quoted line breaks, Excel's 'sep=' line, and UTF-8, UTF-16, Windows-1252 or the older code
// pages of Excel's 'CSV (Macintosh)' and 'CSV (MS-DOS)'. All of it is detected from the contents.
package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"avokoodi/coding/importer"
)

// Format is the reader of text tables. It knows every file that is not known to be something else, so it stands last.
type Format struct{}

// Knows tells whether the file may be text.
func (Format) Knows(f *importer.File) bool { return importer.Foreign(f.Head) == "" }

// Read makes a sheet of the file.
func (Format) Read(ctx context.Context, f *importer.File, opts importer.Options) (*importer.Sheet, error) {
	in, err := os.Open(f.Path)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer in.Close()
	enc, err := detectEncoding(ctx, in, f, opts.Encoding)
	if err != nil {
		return nil, err
	}
	sample, whole, err := enc.sample(in)
	if err != nil {
		return nil, err
	}
	d, err := detectDialect(sample, whole, opts.Delimiter)
	if err != nil {
		return nil, importer.Refuse(f.Name, err.Error(), opts.Delimiter)
	}
	sheet, _, err := read(ctx, in, f, opts, enc, d)
	if d.delim == '\t' && hasQuoteErrors(sheet, err) {
		if plain := readPlain(ctx, in, f, opts, enc, d); plain != nil {
			if sheet != nil {
				_ = sheet.Close()
			}
			return plain, nil
		}
	}
	return sheet, err
}

// Decode gives the text of a file as UTF-8, without byte order mark, and the name of its encoding; want is the encoding, "" to
// detect it.
func Decode(ctx context.Context, in io.ReadSeeker, f *importer.File, want string) (io.Reader, string, error) {
	enc, err := detectEncoding(ctx, in, f, want)
	if err != nil {
		return nil, "", err
	}
	r, err := enc.reader(in)
	return r, enc.name, err
}

// IsTable tells whether the beginning of a text looks like a table of several columns, rather than
// sentences with as many commas in each line.
func IsTable(sample []byte) bool {
	d, err := detectDialect(sample, false, "")
	if err != nil || d.delim == 0 {
		return false
	}
	return d.skip > 0 || fit(sample, false, d) >= goodFit && textual(sample, d.delim) < 0.3
}

// readPlain takes quotation marks for text, as many writers of tab-separated files do. It is believed only if every row then
// has a cell for each column, and is nil otherwise.
func readPlain(ctx context.Context, in io.ReadSeeker, f *importer.File, opts importer.Options, enc encoding, d dialect) *importer.Sheet {
	d.quotes = false
	sheet, short, err := read(ctx, in, f, opts, enc, d)
	if err != nil {
		return nil
	}
	if short > 0 || sheet.Problems().Refused() {
		_ = sheet.Close()
		return nil
	}
	return sheet
}

func hasQuoteErrors(sheet *importer.Sheet, err error) bool {
	var p importer.Problem
	if errors.As(err, &p) {
		return p.Key == "import.quote_open" || p.Key == "import.row_long"
	}
	if sheet == nil {
		return false
	}
	for _, p := range sheet.Problems() {
		if p.Key == "import.quote_lines" || p.Key == "import.quote_stray" {
			return true
		}
	}
	return false
}

// read makes the sheet and counts the rows that had fewer cells than the header.
func read(ctx context.Context, in io.ReadSeeker, f *importer.File, opts importer.Options, enc encoding, d dialect) (*importer.Sheet, int, error) {
	r, err := enc.reader(in)
	if err != nil {
		return nil, 0, err
	}
	if _, err := io.CopyN(io.Discard, r, int64(d.skip)); err != nil {
		return nil, 0, fmt.Errorf("import: %w", err)
	}
	b := importer.NewBuilder(f, opts)
	b.CheckText = enc.check
	short, err := fill(ctx, b, newScanner(r, d), enc, f.Name)
	if err != nil {
		b.Discard()
		return nil, 0, err
	}
	sheet, err := b.Sheet()
	if err != nil {
		return nil, 0, err
	}
	sheet.Format, sheet.Encoding, sheet.Delimiter = "csv", enc.name, d.name()
	return sheet, short, nil
}

func fill(ctx context.Context, b *importer.Builder, s *scanner, enc encoding, name string) (short int, err error) {
	for {
		if s.row&1023 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		err := s.next()
		switch {
		case err == io.EOF:
			return short, nil
		case errors.Is(err, errQuoteOpen):
			return 0, importer.Problem{File: name, Row: s.row, Key: "import.quote_open", Args: []any{s.opened}, Severity: importer.Error}
		case errors.Is(err, errRowLong):
			return 0, importer.Problem{File: name, Row: s.row, Key: "import.row_long", Args: []any{maxRecord >> 20}, Severity: importer.Error}
		case err != nil:
			return 0, fmt.Errorf("import: read: %w", err)
		}
		if enc.nul {
			noteNUL(b, s)
		}
		if s.stray >= 0 {
			noteStray(b, s)
		}
		if len(s.cells) < b.Width() && (len(s.cells) > 1 || len(s.cells[0]) > 0) {
			short++
		}
		if err := b.Add(s.row, s.cells); err != nil {
			return 0, err
		}
	}
}

// noteStray reports a quotation mark where none may stand. It is only a warning when the row came out whole.
func noteStray(b *importer.Builder, s *scanner) {
	switch {
	case s.strayLines:
		b.Problem(importer.Error, s.row, s.stray, false, "import.quote_lines")
	case b.Width() > 0 && len(s.cells) != b.Width():
		b.Problem(importer.Error, s.row, s.stray, false, "import.quote_stray")
	default:
		b.Problem(importer.Warning, s.row, s.stray, false, "import.quote_stray")
	}
}

// noteNUL reports the first cell of the row that has a NUL byte.
func noteNUL(b *importer.Builder, s *scanner) {
	for i, c := range s.cells {
		if bytes.IndexByte(c, 0) >= 0 {
			b.Problem(importer.Error, s.row, i, false, "import.nul")
			return
		}
	}
}
