package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// conn is one connection with its prepared statements. It serves one transaction at a time.
type conn struct {
	*sql.Conn
	stmts map[string]*sql.Stmt
	lists map[listKey]string // what placed made
	tidy  bool               // the log of the database still holds what was erased
}

// tidyUp writes the log into the database file and empties it, so that nothing of what was erased is left there. While others
// read an older state this does not succeed, and the writer tries again.
func (c *conn) tidyUp() {
	if !c.tidy {
		return
	}
	var busy, pages, done int
	err := c.queryRow(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)", nil, &busy, &pages, &done)
	c.tidy = err != nil || busy != 0
}

type listKey struct {
	query    string
	first, n int
}

func openConn(ctx context.Context, db *sql.DB) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, stmts: map[string]*sql.Stmt{}, lists: map[listKey]string{}}, nil
}

// close ends the connection for good.
func (c *conn) close() error {
	var errs []error
	for _, st := range c.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, c.Conn.Close())...)
}

// prepared is the statement of query, prepared once for each connection. The number of different queries is small.
func (c *conn) prepared(query string) (*sql.Stmt, error) {
	if st, ok := c.stmts[query]; ok {
		return st, nil
	}
	st, err := c.PrepareContext(context.Background(), native(query))
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	c.stmts[query] = st
	return st, nil
}

// exec runs a statement that yields no rows. ctx is looked at before, never during: see the package comment.
func (c *conn) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	st, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(context.Background(), args...)
}

// query runs a statement that yields rows, and hands each to scan.
func (c *conn) query(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	st, err := c.prepared(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(context.Background(), args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// queryRow scans the only row of a query; sql.ErrNoRows when there is none. It reads to the end, so that a statement
// which also writes is complete.
func (c *conn) queryRow(ctx context.Context, query string, args []any, dest ...any) error {
	found := false
	err := c.query(ctx, query, args, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(dest...)
	})
	if err == nil && !found {
		return sql.ErrNoRows
	}
	return err
}

// placed is query with its {ids} replaced by n placeholders. They stand behind all others, and the first has the number
// first.
func (c *conn) placed(query string, first, n int) string {
	key := listKey{query, first, n}
	text, ok := c.lists[key]
	if !ok {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(holder(first + i))
		}
		text = strings.Replace(query, "{ids}", b.String(), 1)
		c.lists[key] = text
	}
	return text
}
