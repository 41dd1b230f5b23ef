package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDiskFull imports more than a small file system holds, by the command line and by the wizard: each says so in the user's
// language, and the project is as it was.
func TestDiskFull(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	if err := syscall.Mount("tmpfs", data, "tmpfs", 0, "size=5m"); err != nil {
		t.Skipf("a small file system can't be mounted: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(data, syscall.MNT_DETACH) })
	small, large := filepath.Join(dir, "small.csv"), filepath.Join(dir, "large.csv")
	write(t, small, survey(50))
	write(t, large, survey(30_000))
	mustRun(t, "", "import", small, "--project", "full", "--round", "1", "--data", data)
	addPerson(t, data, "lauri", "lead")
	state := func() string { return mustRun(t, "", "project", "list", "--json", "--data", data) }
	before := state()
	for _, c := range []struct{ lang, project, says string }{{"fi", "full", "Levyllä ei ole tilaa"}, {"sv", "fresh", "inte plats på disken"}, {"en", "full", "no room on the disk"}} {
		out, errOut, status := program(t, "", "import", large, "--project", c.project, "--round", "2", "--data", data, "--lang", c.lang)
		if status != 1 || out != "" || !strings.Contains(errOut, c.says) {
			t.Errorf("%s into %s: status %d, %s\n%s", c.lang, c.project, status, out, errOut)
		}
		if after := state(); after != before {
			t.Errorf("something was written:\n%s\nbefore:\n%s", after, before)
		}
	}

	base, _ := serve(t, data, "serve", 0)
	v := signIn(t, base, "lauri")
	resize := func(size string) {
		t.Helper()
		if err := syscall.Mount("tmpfs", data, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
			t.Fatal(err)
		}
	}
	resize("32m")
	_, at, body := v.send("/p/full/import", "file", "large.csv", survey(30_000))
	var st syscall.Statfs_t
	if err := syscall.Statfs(data, &st); err != nil {
		t.Fatal(err)
	}
	resize(fmt.Sprint((st.Blocks-st.Bfree)*uint64(st.Bsize) + 2<<20))
	path := strings.TrimSuffix(at.Path, "/columns")
	if path == at.Path {
		t.Fatalf("the file was not taken in: %s", plain(body))
	}
	if status, body := v.check(t, path); status != http.StatusOK {
		t.Fatalf("the check: %d %s", status, plain(body))
	}
	v.try(http.MethodPost, path+"/run", url.Values{}, false)
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		status, body := v.get(path + "/progress")
		if status == http.StatusOK && time.Now().Before(end) {
			continue
		}
		if status != http.StatusInsufficientStorage || !strings.Contains(plain(body), "no room for this change") {
			t.Errorf("status %d: %s", status, plain(body))
		}
		break
	}
	if after := state(); after != before {
		t.Errorf("something was written by the wizard:\n%s\nbefore:\n%s", after, before)
	}
}
