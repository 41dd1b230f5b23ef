package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/app/demo"
	"avokoodi/coding/exporter"
	"avokoodi/config"
)

// demonstration is a shell whose data hold the demonstration.
func demonstration(t *testing.T) *shell {
	t.Helper()
	s := newShell(t)
	a := &app{cfg: config.Config{Data: s.data}}
	h, err := a.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	if _, _, err := demo.Ensure(t.Context(), h.store); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFindingsRunAgain saves each finding, runs it again in two ways, and gets the same CSV to the byte.
func TestFindingsRunAgain(t *testing.T) {
	s := demonstration(t)
	read := func(name string) string {
		t.Helper()
		raw, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for _, kind := range exporter.Findings {
		name := string(kind)
		more := map[exporter.Kind]string{exporter.KindRounds: "--project demo-rounds --compare 2024,2026", exporter.KindCoverage: "--project demo --by organisation"}[kind]
		if more == "" {
			more = "--project demo --question q11a --language fi"
		}
		project := strings.Join(strings.Fields(more)[:2], " ")
		s.must("export " + name + " --lang en " + more + " -o @a.csv --save-table @" + name + ".yaml")
		first := read("a.csv")
		if strings.Count(first, "\n") < 2 {
			t.Errorf("%s: a table of\n%s", name, first)
		}
		if yaml := read(name + ".yaml"); !strings.Contains(yaml, "find: "+name) {
			t.Errorf("%s saved as\n%s", name, yaml)
		}
		s.must("export " + name + " " + project + " --table @" + name + ".yaml -o @b.csv")
		if again := read("b.csv"); again != first {
			t.Errorf("%s: exported again, it is another", name)
		}
		if printed := s.must("count " + project + " --table @" + name + ".yaml --format csv"); printed != first {
			t.Errorf("%s: counted again, it is another:\n%s", name, printed)
		}
		if table := s.must("count " + project + " --table @" + name + ".yaml"); len(table) < 100 {
			t.Errorf("%s for eyes: %s", name, table)
		}
	}
	if _, errOut, status := s.run("", "export rounds --project demo --table @coverage.yaml -o @x.csv"); status != exitUsage || !strings.Contains(errOut, "coverage") {
		t.Errorf("a file of another finding: status %d, %s", status, errOut)
	}
	s.write("f.yaml", "by: nature\nunit: respondents\nnet: false\nfilter:\n  organisation: [association]\n")
	if out := s.must("count --project demo --table @f.yaml"); !strings.Contains(out, "n = 57") {
		t.Errorf("a filter by a variable: %s", out)
	}
	s.write("g.yaml", "filter:\n  organization: [association]\n")
	if _, errOut, status := s.run("", "count --project demo --table @g.yaml"); status != exitRefused || !strings.Contains(errOut, "organization") {
		t.Errorf("a filter by nothing: status %d, %s", status, errOut)
	}
}

// TestReportsAreMadeAgain writes the demonstration's reports by name and by default.
func TestReportsAreMadeAgain(t *testing.T) {
	s := demonstration(t)
	for _, name := range []string{"r.docx", "r.pptx", "r.xlsx"} {
		s.must("export pack --project demo -o @" + name)
		if raw, err := os.ReadFile(filepath.Join(s.dir, name)); err != nil || !bytes.HasPrefix(raw, []byte("PK")) || len(raw) < 10_000 {
			t.Errorf("%s: %v, %d bytes", name, err, len(raw))
		}
	}
	if _, errOut, status := s.run("", "export pack --project demo -o @e.docx --pack", "Partnership barometer 2026: summary in English"); status != exitDone {
		t.Errorf("status %d: %s", status, errOut)
	}
	if _, errOut, status := s.run("", "export pack --project demo -o @e.docx --pack Nothing"); status != exitRefused || !strings.Contains(errOut, "Nothing") {
		t.Errorf("status %d: %s", status, errOut)
	}
	if _, _, status := s.run("", "export pack --project demo -o @e.odt"); status != exitUsage {
		t.Errorf("another format: status %d", status)
	}
}
