package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestErase tells first and erases only with --yes; an id in several rounds wants a choice.
func TestErase(t *testing.T) {
	dir := t.TempDir()
	run := func(code int, args ...string) string {
		t.Helper()
		var out, errOut bytes.Buffer
		args = append([]string{args[0], "--data", dir, "--lang", "en", "--project", "p"}, args[1:]...)
		if got := Run(t.Context(), args, strings.NewReader(""), &out, &errOut); got != code {
			t.Fatalf("%v: exit %d, want %d: %s%s", args, got, code, out.String(), errOut.String())
		}
		return out.String() + errOut.String()
	}
	for _, round := range []string{"1", "2"} {
		path := filepath.Join(dir, round+".csv")
		text := "id;What would help you most in your work?\na1;somebody who answers the phone in the morning\na2;more time in round " + round + "\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		run(0, "import", "--round", round, path)
	}
	if said := run(3, "erase", "nobody"); !strings.Contains(said, "no respondent “nobody”") {
		t.Error(said)
	}
	if said := run(3, "erase", "a1"); !strings.Contains(said, "several rounds: 1, 2") {
		t.Error(said)
	}
	if said := run(0, "erase", "a1", "--round", "1"); !strings.Contains(said, "Nothing was erased; add --yes") {
		t.Error(said)
	}
	if said := run(0, "erase", "a1", "--round", "1", "--yes", "--json"); !strings.Contains(said, `"erased":true,"respondents":1,"rounds":["1"],"answers":1`) {
		t.Error(said)
	}
	run(3, "erase", "a1", "--round", "1", "--yes")
	if said := run(0, "search", "phone", "--json"); !strings.Contains(said, `"total":1`) {
		t.Error(said)
	}
	// The same row in a corrected file stays out.
	path := filepath.Join(dir, "3.csv")
	if err := os.WriteFile(path, []byte("id;What would help you most in your work?\na1;somebody who answers the phone in the morning\na2;more time in round one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := run(0, "import", "--round", "1", "--update", path); !strings.Contains(said, "1 row belongs to somebody who was erased") {
		t.Error(said)
	}
}
