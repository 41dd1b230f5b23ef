package ui

import (
	"bytes"
	"net/http"
	"path/filepath"
	"syscall"
	"testing"

	"avokoodi/coding"
)

// TestUploadOnFullDisk fills a small file system, where one can be mounted.
func TestUploadOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small file system can't be mounted: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 0) })
	s := newTestSite(t)
	s.project("one", nil)
	s.server.uploads.dir = dir
	s.as(coding.RoleLead).upload("/p/one/import", "file", "a.csv", bytes.Repeat([]byte("1;word\n"), 50_000)).
		want(http.StatusUnprocessableEntity).says("The server’s disk is full", "The project is as it was.")
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
