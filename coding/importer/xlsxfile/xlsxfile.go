// Package xlsxfile reads the sheets of an Excel workbook (.xlsx, .xlsm) as a person sees them: the first visible sheet with
// data, numbers and dates as displayed in Finland, hidden sheets left alone. What is in the zip is looked over before excelize
// gets it, so that a bomb, a cut file or a document that is no workbook is refused with a reason.
package xlsxfile

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding/importer"
)

// Format is the reader of workbooks.
type Format struct{}

// Knows tells whether the file is a zip, whatever its name.
func (Format) Knows(f *importer.File) bool {
	return strings.HasPrefix(string(f.Head), "PK\x03\x04") || strings.HasPrefix(string(f.Head), "PK\x05\x06")
}

// partInMemory is the size up to which excelize keeps a sheet or the shared strings in memory; larger ones it unpacks to a
// temporary file. Taken apart they need up to thirty times as much.
const partInMemory = 4 << 20

// Read makes a sheet of one sheet of the workbook.
func (Format) Read(ctx context.Context, f *importer.File, opts importer.Options) (sheet *importer.Sheet, err error) {
	// excelize is given files from anywhere, and a broken one must not take the server down.
	defer func() {
		if r := recover(); r != nil {
			sheet, err = nil, importer.Refuse(f.Name, "import.workbook_damaged", "")
		}
	}()
	odd, err := inspect(ctx, f, opts.Unzipped())
	if err != nil {
		return nil, err
	}
	book, err := excelize.OpenFile(f.Path, excelize.Options{UnzipSizeLimit: opts.Unzipped(), UnzipXMLSizeLimit: partInMemory,
		TmpDir: opts.TempDir, ShortDatePattern: "d.m.yyyy", LongDatePattern: "d.m.yyyy", LongTimePattern: "hh:mm:ss"})
	if err != nil {
		return nil, refuse(f.Name, err)
	}
	defer book.Close()
	names, err := choose(book, f.Name, opts.Sheet)
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		sheet, err := readSheet(ctx, book, f, opts, name, odd)
		if isEmpty(err) && i+1 < len(names) {
			continue
		}
		if isEmpty(err) && len(book.GetSheetList()) > len(names) && opts.Sheet == "" {
			break // what there is is hidden
		}
		if err != nil {
			return nil, err
		}
		sheet.Format, sheet.Name = "xlsx", name
		for _, other := range names {
			if other != name {
				sheet.Others = append(sheet.Others, other)
			}
		}
		return sheet, nil
	}
	return nil, importer.Refuse(f.Name, "import.no_sheet")
}

func isEmpty(err error) bool {
	var p importer.Problem
	return errors.As(err, &p) && p.Key == "import.empty"
}

// refuse turns what excelize says into a Problem; an error of the disk stays what it is.
func refuse(file string, err error) error {
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), errors.Is(err, excelize.ErrWorkbookFileFormat):
		return importer.Refuse(file, "import.not_workbook")
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrAlgorithm):
		return importer.Refuse(file, "import.zip_damaged")
	}
	if diskError(err) {
		return fmt.Errorf("import: workbook: %w", err)
	}
	return importer.Refuse(file, "import.workbook_damaged", "")
}

// choose lists the sheets to try in order.
func choose(book *excelize.File, file, want string) ([]string, error) {
	var visible []string
	for _, name := range book.GetSheetList() {
		if shown, err := book.GetSheetVisible(name); err == nil && shown {
			visible = append(visible, name)
		}
	}
	if want == "" {
		return visible, nil
	}
	for _, name := range visible {
		if strings.EqualFold(name, strings.TrimSpace(want)) {
			return []string{name}, nil
		}
	}
	return nil, importer.Refuse(file, "import.sheet_missing", want, strings.Join(visible, ", "))
}

// readSheet reads one sheet by excelize's row iterator.
func readSheet(ctx context.Context, book *excelize.File, f *importer.File, opts importer.Options, name string, odd bool) (*importer.Sheet, error) {
	rows, err := book.Rows(name)
	if err != nil {
		return nil, refuse(f.Name, err)
	}
	defer rows.Close()
	b := importer.NewBuilder(f, opts)
	b.CheckText = true
	number := 0
	for rows.Next() {
		number++
		if number&255 == 0 && ctx.Err() != nil {
			b.Discard()
			return nil, ctx.Err()
		}
		cells, err := rows.Columns()
		if err != nil {
			b.Discard()
			return nil, refuse(f.Name, err)
		}
		if len(cells) == 0 {
			continue
		}
		if err := b.AddStrings(number, cells); err != nil {
			b.Discard()
			return nil, err
		}
	}
	if err := rows.Error(); err != nil {
		b.Discard()
		return nil, refuse(f.Name, err)
	}
	if odd {
		if err := formulas(ctx, f, name, b); err != nil {
			b.Discard()
			return nil, err
		}
	}
	return b.Sheet()
}
