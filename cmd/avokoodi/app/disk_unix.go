//go:build linux || darwin

package app

import "syscall"

// freeBytes is what the program may still write to the disk of a folder.
func freeBytes(dir string) (n int64, ok bool) {
	var st syscall.Statfs_t
	if syscall.Statfs(dir, &st) != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true
}
