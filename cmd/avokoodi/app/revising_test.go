package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUpdate corrects a round by the command: what differs is changed, who is missing stays until that is asked for.
func TestUpdate(t *testing.T) {
	dir := t.TempDir()
	run := func(code int, text string, flags ...string) string {
		t.Helper()
		path := filepath.Join(dir, "a.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errOut bytes.Buffer
		args := append([]string{"import", "--data", dir, "--lang", "en", "--project", "p", "--round", "1", path}, flags...)
		if got := Run(t.Context(), args, strings.NewReader(""), &out, &errOut); got != code {
			t.Fatalf("exit %d, want %d: %s%s", got, code, out.String(), errOut.String())
		}
		return errOut.String()
	}
	const head = "id;What would help you most in your work?\n"
	run(0, head+"1;somebody who answers the phone in the morning\n2;a place where people can meet each other\n3;more time for the work itself\n")
	fixed := head + "1;somebody who always answers the phone\n2;a place where people can meet each other\n"
	run(3, fixed) // not without --update
	said := run(0, fixed, "--update")
	if !strings.Contains(said, "Respondents unchanged 1; answers changed 1") || !strings.Contains(said, "1 respondent of the round is not in the file and stays: 3") {
		t.Errorf("said %s", said)
	}
	if said = run(0, fixed+"\n", "--update", "--remove-missing"); !strings.Contains(said, "was removed: 3") {
		t.Errorf("said %s", said)
	}
	run(2, fixed, "--remove-blank")
}
