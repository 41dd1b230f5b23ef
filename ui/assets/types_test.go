package assets

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// typeCheck runs the TypeScript compiler over scripts as the editors do, in its strict mode, and returns what it says.
func typeCheck(t *testing.T, scripts ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("the type check takes seconds")
	}
	tsc := needed.File(t, filepath.Join("..", "..", ".cache", "node_modules", "typescript", "bin", "tsc"))
	node := needed.Program(t, "node")
	args := append([]string{tsc, "--noEmit", "--allowJs", "--checkJs", "--strict", "--pretty", "false", "--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler",
		"--lib", "es2023,dom,dom.iterable,dom.asynciterable"}, scripts...)
	out, err := exec.CommandContext(t.Context(), node, args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if err != nil && len(out) == 0 {
		t.Fatalf("tsc: %v", err)
	}
	return string(out)
}

// TestTypes checks the types of every script that is sent to a browser.
func TestTypes(t *testing.T) {
	var scripts []string
	err := filepath.WalkDir("js", func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".js" {
			scripts = append(scripts, path)
		}
		return err
	})
	if err != nil || len(scripts) < 10 {
		t.Fatalf("%d scripts: %v", len(scripts), err)
	}
	if out := typeCheck(t, scripts...); out != "" {
		t.Error(out)
	}
}

// TestTypesAreChecked gives the check a script that is wrong in three ways.
func TestTypesAreChecked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wrong.js")
	const wrong = "/** @param {string} s */\nexport const f = s => s.lenght;\nf(1);\ndocument.querySelector('p').hidden = true;\n"
	if err := os.WriteFile(path, []byte(wrong), 0o600); err != nil {
		t.Fatal(err)
	}
	out := typeCheck(t, path)
	for _, says := range []string{"TS2551", "TS2345", "TS2531"} { // no such property, wrong argument, may be null
		if !strings.Contains(out, says) {
			t.Errorf("%s is not said:\n%s", says, out)
		}
	}
}
