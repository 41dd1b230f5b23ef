// Package savfile reads SPSS system files, .sav and .zsav: numbers and dates as text, strings of any length in any code page,
// variable and value labels, missing values, multiple dichotomy sets; plain, bytecode- and zlib-compressed. The layout of the
// file is that of the PSPP developer's guide, 'System File Format'. Cases stream through; only the dictionary is held.
package savfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"avokoodi/coding/importer"
)

// Format is the reader of SPSS files.
type Format struct{}

// Knows tells whether the file begins as an SPSS system file does.
func (Format) Knows(f *importer.File) bool {
	return strings.HasPrefix(string(f.Head), "$FL2") || strings.HasPrefix(string(f.Head), "$FL3")
}

// Read makes a sheet of the file: a column for each variable, a row for each case, numbered from 1.
func (Format) Read(ctx context.Context, f *importer.File, opts importer.Options) (*importer.Sheet, error) {
	in, err := os.Open(f.Path)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer in.Close()
	src := &source{r: bufio.NewReaderSize(in, 256<<10), size: f.Size, file: f.Name}
	d, err := readDictionary(src)
	if err != nil {
		return nil, refuse(f.Name, err)
	}
	if err := d.settle(opts.Encoding); err != nil {
		return nil, refuse(f.Name, err)
	}
	cases, err := d.cases(src, in, opts)
	if err != nil {
		return nil, refuse(f.Name, err)
	}
	b := importer.NewBuilder(f, opts)
	sheet, err := d.build(ctx, b, cases)
	if err != nil {
		b.Discard()
		return nil, refuse(f.Name, err)
	}
	sheet.Format, sheet.Profile, sheet.Encoding = "sav", "spss", d.encodingName
	return sheet, nil
}

// damage is a file that is not what it says: the byte where that shows.
type damage struct{ at int64 }

func (d damage) Error() string { return fmt.Sprintf("savfile: damaged at byte %d", d.at) }

// refuse turns damage and a file that ends too soon into a Problem; other errors stay what they are.
func refuse(file string, err error) error {
	var d damage
	switch {
	case errors.As(err, &d):
		return importer.Refuse(file, "import.sav_damaged", d.at)
	case errors.Is(err, errLarge):
		return importer.Refuse(file, "import.sav_large")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return importer.Refuse(file, "import.sav_cut")
	}
	return err
}

// build hands the cases to the builder.
func (d *dictionary) build(ctx context.Context, b *importer.Builder, cases caseReader) (*importer.Sheet, error) {
	b.KeepBlank = true
	names := make([]string, len(d.vars))
	for i, v := range d.vars {
		names[i] = v.name
	}
	if err := b.AddStrings(0, names); err != nil {
		return nil, err
	}
	if b.Width() < len(names) { // none has a name
		return nil, importer.Refuse(d.file, "import.sav_damaged", 0)
	}
	d.describe(b)
	text := newTexts(d)
	for n := 1; ; n++ {
		if n&1023 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row, err := cases.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				return nil, importer.Problem{File: d.file, Row: n, Key: "import.sav_cut", Severity: importer.Error}
			}
			return nil, err
		}
		if err := b.Add(n, text.cells(row)); err != nil {
			return nil, err
		}
		if int64(n) == d.count {
			break
		}
	}
	if d.count > 0 && text.rows < d.count {
		return nil, importer.Problem{File: d.file, Row: int(text.rows), Key: "import.sav_cut", Severity: importer.Error}
	}
	for i, n := range text.missing {
		if n > 0 {
			b.Problem(importer.Warning, 0, i, true, "import.sav_missing", n)
		}
	}
	for i, bad := range text.bad {
		if bad > 0 {
			b.Problem(importer.Error, bad, i, true, "import.sav_encoding", d.encodingName)
		}
	}
	return b.Sheet()
}
