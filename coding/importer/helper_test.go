package importer_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
	"avokoodi/coding/importer/xlsxfile"
)

const shared = "../../../shared/"

func readPath(t testing.TB, path string) *importer.Sheet {
	t.Helper()
	s, err := importer.NewReader(xlsxfile.Format{}, csvfile.Format{}).Read(t.Context(), path, path, importer.Options{})
	var p importer.Problem
	if errors.As(err, &p) && p.Key == "import.no_file" {
		needed.Missing(t, "no %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func readText(t testing.TB, text string) *importer.Sheet {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kysely.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readPath(t, path)
}

func mapping(t testing.TB, yaml string) importer.Mapping {
	t.Helper()
	m, err := importer.ReadMapping("map.yaml", strings.NewReader(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func propose(t testing.TB, s *importer.Sheet, detect importer.Detect) importer.Proposal {
	t.Helper()
	p, err := importer.Propose(s, detect)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func plan(t testing.TB, s *importer.Sheet, m importer.Mapping, detect importer.Detect) *importer.Plan {
	t.Helper()
	p, err := importer.NewPlan(t.Context(), s, m, detect)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// byLetters is a stand-in for language identification.
func byLetters(text string) (coding.Lang, float64, bool) {
	text = strings.ToLower(text)
	switch {
	case strings.Contains(text, "och") || strings.Contains(text, "å"):
		return "sv", 0.9, strings.Contains(text, "the")
	case strings.Contains(text, "the"):
		return "en", 0.9, false
	case len(text) < 4:
		return "", 0, false
	}
	return "fi", 0.8, false
}

// places writes problems as 'file:row column key args', with '?' behind a warning.
func places(ps importer.Problems) string {
	var out []string
	for _, p := range ps {
		mark := ""
		if p.Severity == importer.Warning {
			mark = "?"
		}
		out = append(out, fmt.Sprintf("%s:%d [%s] %s%s %v", p.File, p.Row, p.Column, strings.TrimPrefix(p.Key, "import."), mark, p.Args))
	}
	return strings.Join(out, "\n")
}

// rows writes the rows of a batch as 'id: question/language=text … variable=category'.
func rows(t testing.TB, b coding.Batch) string {
	t.Helper()
	var out []string
	for row, err := range b.Rows {
		if err != nil {
			t.Fatal(err)
		}
		line := row.External + ":"
		for _, a := range row.Answers {
			mixed := ""
			if a.Mixed {
				mixed = "+"
			}
			line += fmt.Sprintf(" %s/%s%s=%q", b.Questions[a.Question].Key, a.Language, mixed, a.Text)
		}
		for _, v := range row.Values {
			line += fmt.Sprintf(" %s=%s", b.Variables[v.Variable].Key, b.Variables[v.Variable].Categories[v.Category].Key)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
