package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"avokoodi/coding"
)

// bulkRows is how many rows one statement inserts. More make the statement longer to bind and no quicker.
const bulkRows = 32

// bulk inserts rows of one width by many at a time.
type bulk struct {
	tx      *tx
	table   string
	columns []string
}

// statement inserts n rows.
func (b bulk) statement(n int) string {
	var s strings.Builder
	fmt.Fprintf(&s, "INSERT INTO %s (%s) VALUES ", b.table, strings.Join(b.columns, ", "))
	at := 1
	for row := range n {
		if row > 0 {
			s.WriteByte(',')
		}
		s.WriteByte('(')
		for col := range b.columns {
			if col > 0 {
				s.WriteByte(',')
			}
			s.WriteString(holder(at))
			at++
		}
		s.WriteByte(')')
	}
	return s.String()
}

// insert inserts n rows, all or none; values appends those of row i.
func (b bulk) insert(ctx context.Context, n int, values func(to []any, i int) []any) error {
	many, single := b.statement(bulkRows), b.statement(1)
	args := make([]any, 0, bulkRows*len(b.columns))
	return b.tx.whole(ctx, func() error {
		for i := 0; i < n; {
			query, rows := many, bulkRows
			if n-i < bulkRows {
				query, rows = single, 1
			}
			args = args[:0]
			for range rows {
				args = values(args, i)
				i++
			}
			if _, err := b.tx.write(ctx, query, args...); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) AddRespondents(ctx context.Context, p coding.ProjectID, rs []coding.Respondent) error {
	if len(rs) == 0 {
		return nil
	}
	first, err := t.reserve(ctx, "respondents", len(rs))
	if err != nil {
		return fmt.Errorf("add respondents: %w", err)
	}
	// Numbers grow with ids, so the youngest respondent has the highest.
	last, err := list(ctx, &t.reader, "last respondent", scanInt,
		"SELECT number FROM respondents WHERE project_id = $1 ORDER BY id DESC LIMIT 1", int64(p))
	if err != nil {
		return fmt.Errorf("add respondents: %w", err)
	}
	number := 0
	if len(last) > 0 {
		number = int(last[0])
	}
	for i := range rs {
		rs[i].ID = coding.RespondentID(first + int64(i))
		rs[i].Number = number + 1 + i
	}
	b := bulk{tx: t, table: "respondents", columns: []string{"id", "project_id", "round_id", "import_id", "external", "number"}}
	err = b.insert(ctx, len(rs), func(to []any, i int) []any {
		r := &rs[i]
		return append(to, int64(r.ID), int64(p), int64(r.Round), int64(r.Import), r.External, r.Number)
	})
	if err != nil {
		return fmt.Errorf("add respondents: %w", err)
	}
	return nil
}

func (t *tx) AddAnswers(ctx context.Context, p coding.ProjectID, as []coding.Answer) error {
	if len(as) == 0 {
		return nil
	}
	first, err := t.reserve(ctx, "answers", len(as))
	if err != nil {
		return fmt.Errorf("add answers: %w", err)
	}
	for i := range as {
		as[i].ID = coding.AnswerID(first + int64(i))
	}
	var group sync.WaitGroup
	for part := range slices.Chunk(as, len(as)/runtime.GOMAXPROCS(0)+1) { // takes half as long as writing them
		group.Go(func() {
			for i := range part {
				part[i].Describe()
			}
		})
	}
	group.Wait()
	b := bulk{tx: t, table: "answers", columns: []string{"id", "project_id", "question_id", "round_id", "respondent_id",
		"import_id", "language", "mixed", "confidence", "length", "same", "body"}}
	err = b.insert(ctx, len(as), func(to []any, i int) []any {
		a := &as[i]
		return append(to, int64(a.ID), int64(p), int64(a.Question), int64(a.Round), int64(a.Respondent), int64(a.Import),
			string(a.Language), flag(a.Mixed), a.Confidence, a.Length, int64(a.Same), a.Text)
	})
	if err != nil {
		return fmt.Errorf("add answers: %w", err)
	}
	return nil
}

// reserve returns the first of n ids that the table has never given.
func (t *tx) reserve(ctx context.Context, table string, n int) (int64, error) {
	if err := t.usable(); err != nil {
		return 0, err
	}
	return t.conn.reserve(ctx, table, n)
}

func scanInt(rows *sql.Rows) (n int64, err error) {
	err = rows.Scan(&n)
	return n, err
}
