package main

import (
	"os"
	"syscall"
)

// highest is the resident memory of an ended process at its highest, in MiB.
func highest(p *os.ProcessState) float64 {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		return float64(u.Maxrss) / 1024
	}
	return 0
}
