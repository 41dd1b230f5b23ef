package index

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// ErrLocked says that another process has the index directory open; ask that one.
var ErrLocked = errors.New("index: in use by another process")

// ErrClosed says that the Index was closed.
var ErrClosed = errors.New("index: closed")

// errDamaged says that the files of an index can't be read; it is then built anew.
var errDamaged = errors.New("index: damaged")

func damaged(what string, err error) error { return fmt.Errorf("%w: %s: %v", errDamaged, what, err) }

// guard runs fn and turns a panic into errDamaged: the readers below us index into mapped files without looking, and a
// file cut short even faults. A panic in others' code that fn calls through foreign goes on.
func guard(what string, fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch r := recover().(type) {
		case nil:
		case foreignPanic:
			panic(r.value)
		default:
			err = damaged(what, fmt.Errorf("%v", r))
		}
	}()
	return fn()
}

type foreignPanic struct{ value any }

func foreign(fn func() error) error {
	defer func() {
		if r := recover(); r != nil {
			panic(foreignPanic{r})
		}
	}()
	return fn()
}
