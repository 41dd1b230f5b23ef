package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// blockRows is how many rows a block holds at most.
const blockRows = 4096

// block is rows of whole numbers and short words, column by column. It is used again for the next block.
type block struct {
	rows  int
	ints  [][]int64 // of each column of numbers, in the order of the query
	words []string  // of the one column of words, if there is one
	known map[string]string
}

// blocks streams rows a block at a time: the database joins each column of a block to one text. To hand over a value costs the
// driver more than to find it, so that this reads several times as fast as a row at a time. Columns are numbers that are never
// null; word, unless it is "", is one column more of words without a comma. from is the query behind `SELECT …`, which orders by
// the first so many columns as there are parameters in cursor and takes them as its last ones.
func blocks(ctx context.Context, r *reader, op string, columns []string, word, from string, cursor []any, args ...any) iter.Seq2[*block, error] {
	joined := make([]string, 0, len(columns)+1)
	inner := slices.Clone(columns)
	if word != "" {
		inner = append(inner, word)
	}
	for _, c := range inner {
		joined = append(joined, join(c))
	}
	query := fmt.Sprintf("SELECT count(*), %s FROM (SELECT %s %s LIMIT %d) AS b", strings.Join(joined, ", "), strings.Join(inner, ", "), from, blockRows)
	return func(yield func(*block, error) bool) {
		b := &block{ints: make([][]int64, len(columns)), known: map[string]string{}}
		for cursor := slices.Clone(cursor); ; {
			err := r.usable()
			if err == nil {
				err = r.conn.query(ctx, query, slices.Concat(args, cursor), func(rows *sql.Rows) error { return b.scan(rows, word != "") })
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", op, err))
				return
			}
			if b.rows == 0 || !yield(b, nil) || b.rows < blockRows {
				return
			}
			for i := range cursor {
				cursor[i] = b.ints[i][b.rows-1]
			}
		}
	}
}

// scan reads the one row that a block is.
func (b *block) scan(rows *sql.Rows, word bool) error {
	texts := make([]sql.RawBytes, len(b.ints), len(b.ints)+1)
	if word {
		texts = append(texts, nil)
	}
	to := []any{&b.rows}
	for i := range texts {
		to = append(to, &texts[i])
	}
	if err := rows.Scan(to...); err != nil || b.rows == 0 {
		return err
	}
	for i := range b.ints {
		var err error
		if b.ints[i], err = numbers(b.ints[i][:0], texts[i]); err != nil {
			return err
		}
		if len(b.ints[i]) != b.rows {
			return errBlock
		}
	}
	b.words = b.words[:0]
	if word {
		for w := range bytes.SplitSeq(texts[len(texts)-1], []byte{','}) {
			s, ok := b.known[string(w)]
			if !ok {
				s = string(w)
				b.known[s] = s
			}
			b.words = append(b.words, s)
		}
		if len(b.words) != b.rows {
			return errBlock
		}
	}
	return nil
}

var errBlock = errors.New("a column of a block does not hold a value for each row")

// numbers appends the numbers of a text with commas between them.
func numbers(to []int64, text []byte) ([]int64, error) {
	var n int64
	digits, minus := 0, false
	for i := 0; ; i++ {
		switch {
		case i == len(text) || text[i] == ',':
			if digits == 0 {
				return nil, errBlock
			}
			if minus {
				n = -n
			}
			if to = append(to, n); i == len(text) {
				return to, nil
			}
			n, digits, minus = 0, 0, false
		case text[i] >= '0' && text[i] <= '9':
			n = n*10 + int64(text[i]-'0')
			digits++
		case text[i] == '-' && digits == 0 && !minus:
			minus = true
		default:
			return nil, errBlock
		}
	}
}
