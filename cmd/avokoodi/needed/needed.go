// Package needed is for tests that need more than Go: programs, dictionaries, the data beside the project. Where such a thing is
// missing they are skipped on somebody's laptop, and fail where everything is to be tested: 'make test' sets AVOKOODI_TEST_ALL
// after docs/test-tools.sh has installed what it can.
package needed

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// Missing ends the test: something that it needs is not here.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	why := fmt.Sprintf(format, args...)
	if os.Getenv("AVOKOODI_TEST_ALL") != "" {
		t.Fatal(why + " (docs/test-tools.sh installs what the tests need)")
	} else {
		t.Skip(why)
	}
}

// Program is the path of the first of the programs that is installed.
func Program(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Missing(t, "%v is not installed", names)
	return ""
}

// File is the path, where something is.
func File(t testing.TB, path string) string {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		Missing(t, "%v", err)
	}
	return path
}
