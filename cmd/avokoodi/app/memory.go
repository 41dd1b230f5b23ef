package app

import (
	"os"
	"runtime"
	"runtime/debug"
	"time"
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

// settle gives back, a little after the start, what starting took: the demonstration or an index in the making need far more
// than serving pages does. What is kept for reuse in pools goes with the second collection only.
func settle() {
	time.AfterFunc(8*time.Second, func() {
		runtime.GC()
		debug.FreeOSMemory()
	})
}
