package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes a copy of the database, as it stands at this moment, into a new file at path. Reading and writing go on
// meanwhile. A file that exists is left alone, and is an error.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("back up to %s: %w", path, full(err))
		}
	}()
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	// The file is not yet a database, so closing it drops no lock; SQLite writes into an empty file.
	if err := f.Close(); err != nil {
		return err
	}
	if err := s.vacuumInto(ctx, path); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return flushFile(path)
}

func (s *Store) vacuumInto(ctx context.Context, path string) error {
	c, err := openConn(ctx, s.side)
	if err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "VACUUM INTO $1", path)
	return errors.Join(err, c.close())
}

// flushFile brings a file and its name to the disk.
func flushFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
