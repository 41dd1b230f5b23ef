package app

import (
	"os"
	"runtime/debug"
)

// roomy lets the heap grow further between collections than Go's default of 100 %, which trades memory that a desktop machine
// has for processor time that it has less of. GOGC in the environment goes before it.
func roomy(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
