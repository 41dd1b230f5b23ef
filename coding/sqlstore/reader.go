package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"time"

	"avokoodi/coding"
)

// reader reads within one transaction. Its methods are in the files of what they read.
type reader struct {
	conn *conn
	over bool  // the transaction has ended
	dead error // the transaction refuses everything since this error
}

var _ coding.Reader = (*reader)(nil)

var errOver = errors.New("used after its transaction ended")

func (r *reader) usable() error {
	if r.over {
		return errOver
	}
	if r.dead != nil {
		return fmt.Errorf("the transaction failed before: %w", r.dead)
	}
	return nil
}

// scanned reads one row.
type scanned[T any] func(*sql.Rows) (T, error)

// list is all rows of a query. op says in errors what was read.
func list[T any](ctx context.Context, r *reader, op string, scan scanned[T], query string, args ...any) ([]T, error) {
	return appendList(ctx, r, op, nil, scan, query, args...)
}

func appendList[T any](ctx context.Context, r *reader, op string, to []T, scan scanned[T], query string, args ...any) ([]T, error) {
	if err := r.usable(); err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	err := r.conn.query(ctx, query, args, func(rows *sql.Rows) error {
		v, err := scan(rows)
		to = append(to, v)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	return to, nil
}

// one is the only row of a query; coding.ErrNotFound when there is none.
func one[T any](ctx context.Context, r *reader, op string, scan scanned[T], query string, args ...any) (T, error) {
	all, err := list(ctx, r, op, scan, query, args...)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: %w", op, coding.ErrNotFound)
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// maxIn is the most ids asked for in one query.
const maxIn = 512

// byIDs is all rows of a query that holds `IN ({ids})`, for any number of ids. The ids follow args. They are asked for in
// ascending order, in groups whose size is a power of two, so that few statements are prepared; a query that orders by the
// id first therefore yields everything in that order.
func byIDs[T any, ID ~int64](ctx context.Context, r *reader, op string, scan scanned[T], ids []ID, query string, args ...any) ([]T, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var out []T
	var err error
	for group := range slices.Chunk(ids, maxIn) {
		n := 1 << bits.Len(uint(len(group)-1))
		all := slices.Grow(slices.Clone(args), n)
		for i := range n {
			all = append(all, int64(group[min(i, len(group)-1)]))
		}
		out, err = appendList(ctx, r, op, out, scan, r.conn.placed(query, len(args)+1, n), all...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A page of a stream ends after this many rows or bytes of text.
const (
	pageRows  = 1000
	pageBytes = 4 << 20
)

// stream is the rows of a query page by page, so that no statement is open while the caller works with a row: it may read
// and write in between, on any database. The query ends in `LIMIT 1000` and takes as its last parameters the cursor, which
// next makes of the last row of a page; size is the bytes of text in a row.
func stream[T any](ctx context.Context, r *reader, op string, scan scanned[T], next func(T) []any, size func(T) int,
	query string, cursor []any, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var page []T
		cursor := cursor // a stream can be read again
		for {
			page = page[:0]
			bytes := 0
			more := errors.New("the page is full")
			if err := r.usable(); err != nil {
				var none T
				yield(none, fmt.Errorf("%s: %w", op, err))
				return
			}
			err := r.conn.query(ctx, query, slices.Concat(args, cursor), func(rows *sql.Rows) error {
				v, err := scan(rows)
				page = append(page, v)
				if size != nil {
					bytes += size(v)
				}
				if err == nil && bytes > pageBytes {
					return more
				}
				return err
			})
			full := len(page) == pageRows || errors.Is(err, more)
			if err != nil && !errors.Is(err, more) {
				var none T
				yield(none, fmt.Errorf("%s: %w", op, err))
				return
			}
			for _, v := range page {
				if !yield(v, nil) {
					return
				}
			}
			if !full {
				return
			}
			cursor = next(page[len(page)-1])
		}
	}
}

// doc scans a row of id and JSON document.
func doc[T any](rows *sql.Rows) (T, error) {
	var id int64
	var raw sql.RawBytes
	var v T
	if err := rows.Scan(&id, &raw); err != nil {
		return v, err
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("document of %d: %w", id, err)
	}
	return coding.WithID(v, id).(T), nil
}

// Moments are kept as microseconds in UTC.

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// kept is t as it will be read back.
func kept(t time.Time) time.Time { return moment(micros(t)) }

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// null is NULL in place of the id 0.
func null[ID ~int64](id ID) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}
