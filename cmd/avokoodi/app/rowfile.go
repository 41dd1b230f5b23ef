package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/importer"
	csvin "avokoodi/coding/importer/csvfile"
)

// rowFile is a small text table whose columns a command knows by name.
type rowFile struct {
	name string // base name, for messages
	rows []fileRow
}

// fileRow is one row that is not blank. Line is where it begins, from 1.
type fileRow struct {
	line  int
	cells []string
	at    map[string]int
}

// cell is what stands in the column, "" where there is none.
func (r fileRow) cell(column string) string {
	if i, ok := r.at[column]; ok && i < len(r.cells) {
		return exporter.Unguard(strings.TrimSpace(r.cells[i]))
	}
	return ""
}

// readRows reads a file with a header row in which the needed columns must be, in any order and case. The delimiter is the one of
// , ; and tab that the header has most of; UTF-8, UTF-16 and what older programs write are told apart.
func (a *app) readRows(ctx context.Context, file string, need ...string) (rowFile, error) {
	out := rowFile{name: filepath.Base(file)}
	text, err := a.readText(ctx, file)
	if err != nil {
		return out, err
	}
	head, _, _ := strings.Cut(text, "\n")
	delimiter := ','
	for _, d := range []rune{';', '\t'} {
		if strings.Count(head, string(d)) > strings.Count(head, string(delimiter)) {
			delimiter = d
		}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter, -1
	header, err := r.Read()
	if err == io.EOF {
		return out, refused{[]string{out.name + ":1: " + a.t("codings.empty_file")}}
	}
	if err != nil {
		return out, a.brokenRow(out.name, err)
	}
	at := map[string]int{}
	for i, h := range header {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	var bad []string
	for _, column := range need {
		if _, ok := at[column]; !ok {
			bad = append(bad, fmt.Sprintf("%s:1 [%s]: %s", out.name, column, a.t("codings.no_column", column)))
		}
	}
	if len(bad) > 0 {
		return out, refused{bad}
	}
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, a.brokenRow(out.name, err)
		}
		if slices.ContainsFunc(rec, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			line, _ := r.FieldPos(0)
			out.rows = append(out.rows, fileRow{line, rec, at})
		}
	}
}

func (a *app) readText(ctx context.Context, file string) (string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", refused{[]string{a.t("cli.cannot_read", file, err.Error())}}
	}
	if len(raw) == 0 {
		return "", nil
	}
	f := &importer.File{Path: file, Name: filepath.Base(file), Size: int64(len(raw)), Head: raw[:min(len(raw), importer.HeadSize)]}
	in, _, err := csvin.Decode(ctx, bytes.NewReader(raw), f, "")
	if err == nil {
		raw, err = io.ReadAll(in)
	}
	if err != nil {
		return "", a.refuse(f.Name, err)
	}
	return string(raw), nil
}

// brokenRow says where the file is no table.
func (a *app) brokenRow(name string, err error) error {
	var wrong *csv.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	return a.rowProblems(name, coding.RowProblems{{Row: wrong.Line, Problem: coding.Problem{Key: "cli.broken_row"}}})
}
