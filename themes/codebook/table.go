package codebook

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"avokoodi/themes"
)

// maxFile is the largest codebook file, in bytes.
const maxFile = 32 << 20

func readAll(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err == nil && len(raw) > maxFile {
		return nil, themes.Problem{Field: "file", Key: "codebook.large", Args: []any{maxFile >> 20}}
	}
	return raw, err
}

func writeCSV(w io.Writer, tree themes.Tree, lang themes.Lang) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if lang != themes.EN {
		out.Comma = ';'
	}
	if err := out.Write(Columns); err != nil {
		return err
	}
	for _, th := range tree.All() {
		cells := row(tree, th)
		for i := range cells {
			cells[i] = neutral(cells[i])
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func readCSV(r io.Reader) ([]Entry, error) {
	raw, err := readAll(r)
	if err != nil {
		return nil, err
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, themes.Problem{Field: "file", Key: "codebook.not_text"}
	}
	if !utf8.Valid(raw) { // Excel in Finland
		if raw, err = charmap.Windows1252.NewDecoder().Bytes(raw); err != nil {
			return nil, err
		}
	}
	head, _, _ := strings.Cut(string(raw), "\n")
	in := csv.NewReader(bytes.NewReader(raw))
	in.FieldsPerRecord = -1
	for _, d := range []rune{';', '\t'} {
		if strings.Count(head, string(d)) > strings.Count(head, string(in.Comma)) {
			in.Comma = d
		}
	}
	rows, err := in.ReadAll()
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		return nil, Problems{{Row: wrong.Line, Problem: themes.Problem{Key: "codebook.quote"}}}
	}
	if err != nil {
		return nil, err
	}
	return entries(rows, 1)
}

func writeXLSX(w io.Writer, tree themes.Tree) error {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Codebook"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := out.SetColWidth(1, len(Columns), 24); err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, cells := range append([][]string{Columns}, tableRows(tree)...) {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		values := make([]any, len(cells))
		for j, c := range cells {
			values[j] = neutral(c)
		}
		if err := out.SetRow(at, values); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

func tableRows(tree themes.Tree) [][]string {
	var rows [][]string
	for _, th := range tree.All() {
		rows = append(rows, row(tree, th))
	}
	return rows
}

func readXLSX(r io.Reader) ([]Entry, error) {
	raw, err := readAll(r)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		return nil, themes.Problem{Field: "file", Key: "codebook.not_xlsx"}
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		return nil, themes.Problem{Field: "file", Key: "codebook.not_xlsx"}
	}
	return entries(rows, 1)
}
