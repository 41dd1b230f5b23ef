package xlsxfile

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"syscall"

	"avokoodi/coding/importer"
)

// Limits of what a workbook may hold when unpacked, beside the total in the options.
const (
	maxEntries = 20_000
	maxInRAM   = 128 << 20 // of parts that excelize keeps in memory whatever their size
	maxParsed  = 16 << 20  // of one of those that it takes apart: workbook, styles
	bombSize   = 32 << 20  // a part larger than this
	bombRatio  = 200       // and packed more tightly than this is no survey
)

// inspect unpacks the parts that matter once, to nowhere: sizes and checksums must be right, and the XML well-formed.
// odd tells that a sheet has formulas.
func inspect(ctx context.Context, f *importer.File, most int64) (odd bool, err error) {
	z, err := zip.OpenReader(f.Path)
	if err != nil {
		if diskError(err) {
			return false, fmt.Errorf("import: workbook: %w", err)
		}
		return false, importer.Refuse(f.Name, "import.zip_damaged")
	}
	defer z.Close()
	if err := checkNames(f.Name, z.File); err != nil {
		return false, err
	}
	if err := checkSizes(f.Name, z.File, most); err != nil {
		return false, err
	}
	for _, entry := range z.File {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if !isRead(entry.Name) || entry.FileInfo().IsDir() {
			continue
		}
		formulas, err := checkPart(entry)
		odd = odd || formulas && isWorksheet(entry.Name)
		switch {
		case errors.Is(err, errXML):
			return false, importer.Refuse(f.Name, "import.workbook_damaged", entry.Name)
		case diskError(err):
			return false, fmt.Errorf("import: workbook: %w", err)
		case err != nil:
			return false, importer.Refuse(f.Name, "import.zip_damaged")
		}
	}
	return odd, nil
}

// checkPart reads a part, and tells whether it has formulas.
func checkPart(entry *zip.File) (formulas bool, err error) {
	in, err := entry.Open()
	if err != nil {
		return false, err
	}
	defer in.Close()
	var x xmlCheck
	err = x.check(in)
	return x.odd, err
}

// checkNames refuses a zip that is something else than a workbook.
func checkNames(file string, entries []*zip.File) error {
	if len(entries) > maxEntries {
		return importer.Refuse(file, "import.zip_bomb")
	}
	workbook := false
	for _, e := range entries {
		switch name := partName(e.Name); {
		case name == "mimetype" || name == "content.xml":
			return importer.Refuse(file, "import.ods")
		case name == "xl/workbook.bin":
			return importer.Refuse(file, "import.not_workbook")
		case strings.HasPrefix(name, "xl/"):
			workbook = true
		}
	}
	if !workbook {
		return importer.Refuse(file, "import.not_workbook")
	}
	return nil
}

// checkSizes goes by what the zip says of itself; archive/zip gives an error when an entry turns out longer.
func checkSizes(file string, entries []*zip.File, most int64) error {
	var total, inRAM uint64
	for _, e := range entries {
		size := e.UncompressedSize64
		if total += size; total > uint64(most) {
			return importer.Refuse(file, "import.zip_bomb")
		}
		if size > bombSize && size/bombRatio > e.CompressedSize64 {
			return importer.Refuse(file, "import.zip_bomb")
		}
		if name := partName(e.Name); !isWorksheet(name) && name != sharedStrings {
			if inRAM += size; inRAM > maxInRAM || isRead(name) && size > maxParsed {
				return importer.Refuse(file, "import.zip_bomb")
			}
		}
	}
	return nil
}

const sharedStrings = "xl/sharedstrings.xml"

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// isRead tells whether a part decides what the rows are.
func isRead(name string) bool {
	switch name = partName(name); name {
	case "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", sharedStrings:
		return true
	}
	return strings.HasPrefix(name, "xl/worksheets/") && path.Ext(name) == ".xml"
}

func isWorksheet(name string) bool { return strings.HasPrefix(partName(name), "xl/worksheets/sheet") }

// diskError tells trouble of this machine, which the system reports by number, from trouble with the file.
func diskError(err error) bool {
	var number syscall.Errno
	return errors.As(err, &number)
}
