package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"avokoodi/coding"
)

// describedBy is the setting that tells by which rules coding.Answer.Describe was done for the answers that are kept.
const describedBy = "answers.described"

// describe fills in what is derived from the answers' texts where they were kept before there was such a thing, or under
// other rules. It is one transaction: another process finds the work done, or not begun.
func describe(ctx context.Context, c *conn) (err error) {
	rules := strconv.Itoa(coding.SameRules)
	if done, err := described(ctx, c); err != nil || done == rules {
		return err
	}
	if _, err := c.exec(ctx, beginWrite); err != nil {
		return err
	}
	defer func() {
		end := "COMMIT"
		if err != nil {
			end = "ROLLBACK"
		}
		_, ended := c.exec(context.Background(), end)
		if err = errors.Join(err, ended); err != nil {
			err = fmt.Errorf("describe answers: %w", err)
		}
	}()
	for after := coding.AnswerID(0); ; {
		var page []coding.Answer
		err := c.query(ctx, "SELECT id, body FROM answers WHERE id > $1 ORDER BY id LIMIT 1000", []any{int64(after)}, func(rows *sql.Rows) error {
			var a coding.Answer
			err := rows.Scan((*int64)(&a.ID), &a.Text)
			page = append(page, a)
			return err
		})
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		for _, a := range page {
			a.Describe()
			if _, err := c.exec(ctx, "UPDATE answers SET length = $2, same = $3 WHERE id = $1", int64(a.ID), a.Length, int64(a.Same)); err != nil {
				return err
			}
			after = a.ID
		}
	}
	_, err = c.exec(ctx, "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", describedBy, rules)
	return err
}

func described(ctx context.Context, c *conn) (rules string, err error) {
	err = c.queryRow(ctx, "SELECT value FROM settings WHERE key = $1", []any{describedBy}, &rules)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return rules, err
}
