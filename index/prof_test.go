package index

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func cpu() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
func TestProf(t *testing.T) {
	answers := surveyOf(t)[:90000]
	eng := systemEngine()
	for range 2 {
		var tb, to time.Duration
		if os.Getenv("OWN") == "" {
			c := cpu()
			took, n := bare(t, filepath.Join(t.TempDir(), "b"), answers)
			tb = took
			fmt.Println("bare wall", took, "cpu", cpu()-c, n)
		}
		c := cpu()
		g, took := own(t, filepath.Join(t.TempDir(), "o"), eng, answers)
		c1 := cpu() - c
		n := merged(t, g.bleve, g.dir)
		to = took
		fmt.Println("own wall", took, "cpu", c1, "with merge", cpu()-c, n, "ratio", float64(tb)/float64(to))
		g.close()
	}
}
