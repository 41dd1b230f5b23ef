package index

import (
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Scorch reports what goes wrong in its own goroutines to a function by name, with the index's path.

const asyncErrors = "avokoodi"

var listeners struct {
	sync.Mutex
	by map[string]*generation
}

func init() {
	listeners.by = map[string]*generation{}
	scorch.RegistryAsyncErrorCallbacks[asyncErrors] = func(err error, path string) {
		listeners.Lock()
		g := listeners.by[path]
		listeners.Unlock()
		if g != nil {
			g.failing.Do(func() {
				g.failure = damaged("background", err)
				close(g.failed)
			})
		}
	}
}

func listenTo(dir string, g *generation) {
	listeners.Lock()
	defer listeners.Unlock()
	listeners.by[dir] = g
}

func forget(dir string) {
	listeners.Lock()
	defer listeners.Unlock()
	delete(listeners.by, dir)
}
