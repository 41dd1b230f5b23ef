package langid

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// sharedData is where the public data sets are, outside the repository.
const sharedData = "../../../../shared/data"

// readShared gives the rows of a shared file below its header, or skips the
// test where the data are absent.
func readShared(t testing.TB, name string) [][]string {
	t.Helper()
	return readRows(t, needed.File(t, filepath.Join(sharedData, name)))
}

// readRows gives the cells of a tab-separated file, without its header row.
// In a cell, \n stands for a line break.
func readRows(t testing.TB, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `\n`, "\n")
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows[1:]
}

// index gives the place of a language in Guess.Scores.
func index(t testing.TB, lang string) int {
	for i, code := range codes[:classOther] {
		if code == lang {
			return i
		}
	}
	t.Fatalf("no such language: %q", lang)
	return -1
}
