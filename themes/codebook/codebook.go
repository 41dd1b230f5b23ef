// Package codebook reads and writes codebook files: tables (CSV, XLSX) with all three languages, and REFI-QDA codebooks (QDC)
// that other programs read.
package codebook

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"avokoodi/themes"
)

// Columns of a codebook table, in the order in which they are written. Reading needs a label in some language; columns may
// stand in any order and others are passed over.
var Columns = []string{"key", "parent", "label_fi", "label_sv", "label_en", "definition_fi", "definition_sv", "definition_en",
	"include_fi", "include_sv", "include_en", "exclude_fi", "exclude_sv", "exclude_en",
	"keywords_fi", "keywords_sv", "keywords_en", "hue", "shortcut", "retired"}

// Entry is one theme of a file.
type Entry = themes.Entry

// Problem is what is wrong with one row of a file.
type Problem struct {
	Row    int
	Column string
	themes.Problem
}

// Problems is everything that is wrong with a file, as an error.
type Problems []Problem

func (ps Problems) Error() string {
	return fmt.Sprintf("%d problems, first in row %d: %v", len(ps), ps[0].Row, ps[0].Problem)
}

// row is a theme as the cells of Columns.
func row(tree themes.Tree, th themes.Theme) []string {
	parent, _ := tree.Get(th.Parent)
	join := func(words []string) string { return strings.Join(words, "; ") }
	retired := ""
	if th.Retired {
		retired = "1"
	}
	return []string{th.Key, parent.Key, th.Label.FI, th.Label.SV, th.Label.EN, th.Definition.FI, th.Definition.SV, th.Definition.EN,
		th.Include.FI, th.Include.SV, th.Include.EN, th.Exclude.FI, th.Exclude.SV, th.Exclude.EN,
		join(th.Keywords.FI), join(th.Keywords.SV), join(th.Keywords.EN), strconv.Itoa(th.Hue), th.Shortcut, retired}
}

// neutral makes a cell harmless to a spreadsheet: text that would be read as a formula gets an apostrophe before it, which
// reading takes away again.
func neutral(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func plain(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(s[1])) {
		return s[1:]
	}
	return s
}

// entries turns the rows of a table, header first, into entries.
func entries(rows [][]string, first int) ([]Entry, error) {
	if len(rows) == 0 {
		return nil, Problems{{Problem: themes.Problem{Key: "codebook.empty"}}}
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))] = i
	}
	if _, ok := at["label"]; ok && at["label_en"] == 0 {
		at["label_fi"], at["label_sv"], at["label_en"] = at["label"], at["label"], at["label"]
	}
	found := false
	for _, l := range themes.Langs {
		_, ok := at["label_"+string(l)]
		found = found || ok
	}
	if !found {
		return nil, Problems{{Row: first, Problem: themes.Problem{Key: "codebook.no_label", Args: []any{"label_fi, label_sv, label_en"}}}}
	}
	var out []Entry
	var bad Problems
	for i, cells := range rows[1:] {
		n := first + 1 + i
		e, problems, ok := entry(at, cells, n)
		bad = append(bad, problems...)
		if ok {
			out = append(out, e)
		}
	}
	if len(bad) > 0 {
		return nil, bad
	}
	if len(out) == 0 {
		return nil, Problems{{Problem: themes.Problem{Key: "codebook.empty"}}}
	}
	return out, nil
}

func entry(at map[string]int, cells []string, n int) (Entry, Problems, bool) {
	var bad Problems
	blank := true
	cell := func(column string) string {
		i, ok := at[column]
		if !ok || i >= len(cells) {
			return ""
		}
		s := plain(strings.TrimSpace(cells[i]))
		blank = blank && s == ""
		return s
	}
	text := func(column string) themes.Text {
		return themes.Text{FI: cell(column + "_fi"), SV: cell(column + "_sv"), EN: cell(column + "_en")}
	}
	e := Entry{Row: n, Parent: cell("parent")}
	th := &e.Theme
	th.Key = cell("key")
	th.Label, th.Definition, th.Include, th.Exclude = text("label").Trim(), text("definition"), text("include"), text("exclude")
	words := text("keywords")
	th.Keywords = themes.Keywords{FI: themes.SplitWords(words.FI), SV: themes.SplitWords(words.SV), EN: themes.SplitWords(words.EN)}
	th.Shortcut = strings.ToLower(cell("shortcut"))
	th.Retired = truth(cell("retired"))
	if s := cell("hue"); s != "" {
		hue, err := strconv.Atoi(s)
		if err != nil || hue < 1 || hue > themes.Hues {
			bad = append(bad, Problem{n, "hue", themes.Problem{Field: "hue", Key: "theme.hue_bad", Args: []any{s, themes.Hues}}})
		}
		th.Hue = hue
	}
	if blank {
		return e, nil, false
	}
	if th.Label.IsZero() {
		bad = append(bad, Problem{n, "label", themes.Problem{Field: "label", Key: "theme.label_missing"}})
	}
	if th.Key == "" {
		th.Key = themes.KeyFrom(th.Label.In(themes.EN))
	}
	return e, bad, true
}

func truth(s string) bool {
	switch strings.ToLower(s) {
	case "1", "true", "yes", "x", "kyllä", "ja":
		return true
	}
	return false
}

// Write writes the codebook in the format that the ending of name tells: .csv, .xlsx or .qdc. lang chooses the delimiter of a
// CSV file (';' for fi and sv, ',' for en) and the language of a QDC file, which has room for one.
func Write(w io.Writer, name string, tree themes.Tree, lang themes.Lang) error {
	switch ending(name) {
	case "csv":
		return writeCSV(w, tree, lang)
	case "xlsx":
		return writeXLSX(w, tree)
	case "qdc":
		return writeQDC(w, tree, lang)
	}
	return themes.Problem{Field: "file", Key: "codebook.format", Args: []any{name}}
}

// Read reads a codebook by the ending of name. The error is Problems or a themes.Problem where a person can mend the file.
// lang is the language of a QDC file's labels.
func Read(r io.Reader, name string, lang themes.Lang) ([]Entry, error) {
	switch ending(name) {
	case "csv", "tsv", "txt":
		return readCSV(r)
	case "xlsx":
		return readXLSX(r)
	case "qdc":
		return readQDC(r, lang)
	}
	return nil, themes.Problem{Field: "file", Key: "codebook.format", Args: []any{name}}
}

func ending(name string) string {
	i := strings.LastIndexByte(name, '.')
	return strings.ToLower(name[i+1:])
}
