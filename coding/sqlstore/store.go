package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"avokoodi/coding"
)

// Store is a coding.Store in one SQLite file. It is safe for use by many goroutines, and several processes may have the
// same file open.
type Store struct {
	path    string
	writer  *writer
	readers *pool
	side    *sql.DB // for what is neither reading nor writing of ours: watching, backup
	watch   watchers

	closing sync.Once
	closed  error
}

var _ coding.Store = (*Store)(nil)

// Option changes how a store is opened.
type Option func(*options)

type options struct{ readers int }

// WithReaders sets how many Views can run at the same time; 16 when not given.
func WithReaders(n int) Option { return func(o *options) { o.readers = n } }

var errClosed = errors.New("the store is closed")

// opening is held while a file is made: closing a file drops this process's locks on it, also those of another Store.
var opening sync.Mutex

// Open opens the database file at path, makes it when there is none, and brings it to the form that this program knows.
func Open(ctx context.Context, path string, opts ...Option) (*Store, error) {
	o := options{readers: 16}
	for _, opt := range opts {
		opt(&o)
	}
	opening.Lock()
	defer opening.Unlock()
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, openError(path, err)
	}
	if err := create(path); err != nil {
		return nil, openError(path, err)
	}
	db, err := sql.Open(driverName, dsn(path, "cache_size(-16384)", "secure_delete(1)")) // what is deleted is overwritten
	if err != nil {
		return nil, openError(path, err)
	}
	db.SetMaxOpenConns(1)
	s := &Store{path: path}
	if s.writer, err = openWriter(ctx, db, s.watch.signal); err != nil {
		return nil, openError(path, errors.Join(err, db.Close()))
	}
	if s.side, err = sql.Open(driverName, dsn(path)); err != nil {
		return nil, openError(path, errors.Join(err, s.writer.close()))
	}
	s.side.SetMaxIdleConns(0) // closing a connection closes it, and what was open on it
	reading, err := sql.Open(driverName, dsn(path, "query_only(1)", "cache_size(-2048)"))
	if err != nil {
		return nil, openError(path, errors.Join(err, s.writer.close(), s.side.Close()))
	}
	reading.SetMaxIdleConns(0)
	s.readers = newPool(reading, o.readers)
	return s, nil
}

// create makes an empty file that only its owner can read, unless there is one.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// openWriter opens the writing connection of a database in the newest form.
func openWriter(ctx context.Context, db *sql.DB, committed func()) (*writer, error) {
	// A database that cannot be written is found out here, not at the first Update.
	c, err := openConn(ctx, db)
	if err != nil {
		return nil, err
	}
	_, err = c.exec(ctx, beginWrite)
	if err == nil {
		_, err = c.exec(ctx, "ROLLBACK")
	}
	if err := errors.Join(err, c.close()); err != nil {
		return nil, err
	}
	if err := migrate(ctx, db); err != nil {
		return nil, err
	}
	if c, err = openConn(ctx, db); err != nil {
		return nil, err
	}
	if err := describe(ctx, c); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return newWriter(db, c, committed)
}

// View runs fn with a reader of one snapshot. fn must not use the reader from several goroutines at once.
func (s *Store) View(ctx context.Context, fn func(coding.Reader) error) error {
	return s.read(ctx, func(r *reader) error { return fn(r) })
}

func (s *Store) read(ctx context.Context, fn func(*reader) error) (err error) {
	c, err := s.readers.take(ctx)
	if err != nil {
		return fmt.Errorf("view: %w", err)
	}
	r := &reader{conn: c}
	defer func() { // also when fn panics
		r.over = true
		_, end := c.exec(context.Background(), "ROLLBACK")
		s.readers.give(c, end == nil)
	}()
	if _, err := c.exec(ctx, beginRead); err != nil {
		return fmt.Errorf("view: %w", err)
	}
	return fn(r)
}

// Update runs fn with a transaction of its own, in the caller's goroutine, and returns when what fn wrote is on disk. fn
// must not call Update, and must not use the transaction from several goroutines at once. After an error of the database
// that is not a broken constraint the transaction refuses everything, and Update fails even if fn returns nil. Where the disk
// has no room for what was written, the error is coding.ErrFull.
func (s *Store) Update(ctx context.Context, fn func(coding.Tx) error) error {
	return full(s.writer.do(ctx, true, func(c *conn) error {
		t := newTx(c)
		defer func() { t.over = true }()
		if err := fn(t); err != nil {
			return err
		}
		return t.finish(ctx)
	}))
}

// Close waits for Views and Updates under way and closes the file. Closing twice is harmless.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.watch.close()
		s.closed = errors.Join(s.writer.close(), s.readers.close(), s.side.Close())
	})
	return s.closed
}
