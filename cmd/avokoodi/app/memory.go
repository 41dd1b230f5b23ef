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

// confined collects more often as the program's memory nears so many MiB. GOMEMLIMIT in the environment goes before it.
func confined(mib int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(mib << 20)
	}
}
