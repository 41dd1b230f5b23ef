package csvfile_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
)

func file(t testing.TB, name string, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readFile(t testing.TB, path string, opts importer.Options) (*importer.Sheet, error) {
	t.Helper()
	s, err := importer.NewReader(csvfile.Format{}).Read(t.Context(), path, path, opts)
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

func readText(t testing.TB, content string) (*importer.Sheet, error) {
	t.Helper()
	return readFile(t, file(t, "a.csv", content), importer.Options{})
}

// show writes a sheet as 'name|name' and '2:cell|cell' lines, with \n for line breaks.
func show(t testing.TB, s *importer.Sheet) string {
	t.Helper()
	var names []string
	for _, c := range s.Columns {
		names = append(names, c.Name)
	}
	lines := []string{strings.Join(names, "|")}
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%d:%s", row.Number, strings.ReplaceAll(strings.Join(row.Cells, "|"), "\n", `\n`)))
	}
	return strings.Join(lines, "\n")
}

// places writes problems as 'row column key'.
func places(ps importer.Problems) string {
	var out []string
	for _, p := range ps {
		severity := ""
		if p.Severity == importer.Warning {
			severity = "?"
		}
		out = append(out, fmt.Sprintf("%d %s %s%s", p.Row, p.Column, strings.TrimPrefix(p.Key, "import."), severity))
	}
	return strings.Join(out, "\n")
}

func key(err error) string {
	var p importer.Problem
	if errors.As(err, &p) {
		return p.Key
	}
	return fmt.Sprint(err)
}
