package coding

import (
	"errors"
	"runtime"
	"strings"
	"syscall"
)

// The errors that callers tell apart; everything else is an internal error.
var (
	ErrNotFound  = errors.New("not found")
	ErrConflict  = errors.New("conflict with a later change")
	ErrForbidden = errors.New("not permitted")
	ErrSignIn    = errors.New("wrong name or password")
	ErrNothing   = errors.New("nothing to undo")
	ErrFull      = errors.New("no room on the disk")
)

// windowsFull is what Windows says of a disk without room; it has no name in package syscall.
const windowsFull = syscall.Errno(112)

// IsFull tells whether err comes of a full disk: that of the store, or of any other file.
func IsFull(err error) bool {
	return errors.Is(err, ErrFull) || errors.Is(err, syscall.ENOSPC) || runtime.GOOS == "windows" && errors.Is(err, windowsFull)
}

// Problems is several things that a person must mend at once.
type Problems []Problem

func (ps Problems) Error() string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(p.Error())
	}
	return b.String()
}

// Err is nil when there is no problem.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

func problem(field, key string, args ...any) error {
	return Problem{Field: field, Key: key, Args: args}
}
