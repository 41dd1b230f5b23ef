package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
)

// lockWait is how long another process gets to let go of the directory.
const lockWait = 100 * time.Millisecond

// lock takes dir for this process. The lock is that of an empty bolt file, which locks alike on all systems and is let go
// when the process ends, however it ends.
func lock(dir string) (*bbolt.DB, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	path := filepath.Join(dir, "lock")
	for try := 0; ; try++ {
		var db *bbolt.DB
		err := guard("lock", func() (err error) {
			db, err = bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait})
			return err
		})
		switch {
		case err == nil:
			return db, nil
		case errors.Is(err, bbolt.ErrTimeout):
			return nil, ErrLocked
		case try > 0:
			return nil, fmt.Errorf("index: lock: %w", err)
		}
		if err := os.Remove(path); err != nil { // not a bolt file: damaged
			return nil, fmt.Errorf("index: lock: %w", err)
		}
	}
}
