package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"avokoodi/coding"
)

// What SQLite does differently from other databases is in this file.

const (
	driverName = "sqlite"

	beginWrite = "BEGIN IMMEDIATE"
	beginRead  = "BEGIN"

	// busyMillis is how long to wait for another process that writes.
	busyMillis = 10_000
)

// dsn is the data source name of the file at path with pragmas added to those that every connection gets.
func dsn(path string, pragmas ...string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/data becomes file:///C:/data
	}
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{
		fmt.Sprintf("busy_timeout(%d)", busyMillis),
		"journal_mode(WAL)",
		"synchronous(FULL)",
		"foreign_keys(1)",
		"journal_size_limit(67108864)", // what an import leaves of the log
	}, pragmas...) {
		q.Add("_pragma", p)
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + q.Encode()
}

func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func isBusy(err error) bool { return code(err)&0xff == sqlite3.SQLITE_BUSY }

func isUnique(err error) bool {
	switch code(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return false
}

func isForeignKey(err error) bool { return code(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY }

// conflict gives the errors of constraints their meaning: what exists already, and what others still point to, is a
// conflict. The reference of a new or changed row to what is not there (in its project) is ErrNotFound; creating tells.
func conflict(err error, creating bool) error {
	switch {
	case isUnique(err), isForeignKey(err) && !creating:
		return fmt.Errorf("%w: %w", coding.ErrConflict, err)
	case isForeignKey(err):
		return fmt.Errorf("%w: %w", coding.ErrNotFound, err)
	}
	return err
}

// full gives the errors of a disk without room their meaning. A write finds that out, and so does the file that processes
// share, when it has to grow.
func full(err error) error {
	if c := code(err); c&0xff == sqlite3.SQLITE_FULL || c == sqlite3.SQLITE_IOERR_SHMSIZE {
		return fmt.Errorf("%w: %w", coding.ErrFull, err)
	}
	return err
}

// openError says in plain words why a database cannot be opened.
func openError(path string, err error) error {
	err = full(err)
	switch code(err) & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("open %s: the file is not a database of this program: %w", path, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("open %s: the file or its folder cannot be written: %w", path, err)
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("open %s: the file cannot be opened or made here: %w", path, err)
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("open %s: another process keeps the database locked: %w", path, err)
	}
	return fmt.Errorf("open %s: %w", path, err)
}

// holder is the placeholder of the nth parameter in a long list of them. SQLite takes $1 for a name, and looks names up in
// a list; over hundreds of them that takes longer than the query.
func holder(int) string { return "?" }

// native is the query as SQLite likes it. It plans a statement anew whenever a bare parameter that it has looked at while
// planning is bound again, which takes longer than most queries; behind a + it does not look.
func native(query string) string {
	return strings.NewReplacer("= $", "= +$", "LIMIT $", "LIMIT +$").Replace(query)
}

// join is the values of a column over all rows of a query, in their order, with commas between them.
func join(column string) string { return "group_concat(" + column + ")" }

// insertID runs an INSERT that leaves the id to the database, and returns the id.
func (c *conn) insertID(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := c.exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// reserve returns the first of so many consecutive ids that the table has never given. The rows must be inserted in the same
// transaction, for it is their insertion that makes AUTOINCREMENT go on behind them.
func (c *conn) reserve(ctx context.Context, table string, _ int) (first int64, err error) {
	var last int64
	err = c.queryRow(ctx, "SELECT seq FROM sqlite_sequence WHERE name = $1", []any{table}, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	return last + 1, nil
}

// dataVersion is a number that changes with every commit made by another connection than c.
func (c *conn) dataVersion(ctx context.Context) (v int64, err error) {
	err = c.queryRow(ctx, "PRAGMA data_version", nil, &v)
	return v, err
}
