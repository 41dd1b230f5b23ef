package sqlstore

import (
	"context"
	"errors"
	"fmt"

	"avokoodi/coding"
)

// tx is one Update: a reader that also writes.
type tx struct {
	reader
	ledger ledger
}

var _ coding.Tx = (*tx)(nil)

func newTx(c *conn) *tx {
	t := &tx{reader: reader{conn: c}}
	t.ledger = newLedger(t)
	return t
}

// finish writes what the ledger has put off. An error that fn has swallowed comes up here.
func (t *tx) finish(ctx context.Context) error {
	if err := t.usable(); err != nil {
		return err
	}
	return t.ledger.flush(ctx)
}

// kill makes the transaction refuse everything from now on, for part of a change may have been written. It returns err.
func (t *tx) kill(err error) error {
	if err != nil && t.dead == nil {
		t.dead = err
	}
	return err
}

// settle gives the error of a write its meaning. A broken constraint leaves nothing of the statement, so that fn may go on;
// after any other error the database may have rolled back by itself, and what fn wrote next would be committed alone.
func (t *tx) settle(err error, creating bool) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if isUnique(err) || isForeignKey(err) {
		return conflict(err, creating)
	}
	return t.kill(err)
}

// whole runs several statements that stand or fall together: after an error of fn nothing of them is left, and the
// transaction can go on unless it was killed.
func (t *tx) whole(ctx context.Context, fn func() error) error {
	if err := t.usable(); err != nil {
		return err
	}
	if _, err := t.conn.exec(ctx, "SAVEPOINT whole"); err != nil {
		return t.kill(err)
	}
	err := fn()
	bg := context.Background()
	if err != nil {
		if _, e := t.conn.exec(bg, "ROLLBACK TO whole"); e != nil {
			return t.kill(err)
		}
	}
	if _, e := t.conn.exec(bg, "RELEASE whole"); e != nil {
		return t.kill(errors.Join(err, e))
	}
	return err
}

// write runs a statement that inserts or changes rows, and returns their number.
func (t *tx) write(ctx context.Context, query string, args ...any) (int64, error) {
	return t.run(ctx, true, query, args)
}

// remove runs a statement that deletes rows, and returns their number.
func (t *tx) remove(ctx context.Context, query string, args ...any) (int64, error) {
	return t.run(ctx, false, query, args)
}

func (t *tx) run(ctx context.Context, creating bool, query string, args []any) (int64, error) {
	if err := t.usable(); err != nil {
		return 0, err
	}
	res, err := t.conn.exec(ctx, query, args...)
	if err != nil {
		return 0, t.settle(err, creating)
	}
	n, err := res.RowsAffected()
	return n, t.kill(err)
}

// insertID runs an INSERT without an id, and returns the new id.
func (t *tx) insertID(ctx context.Context, query string, args ...any) (int64, error) {
	if err := t.usable(); err != nil {
		return 0, err
	}
	id, err := t.conn.insertID(ctx, query, args...)
	return id, t.settle(err, true)
}

// What the ledger has put off must be written before the log is read.

func (t *tx) LastSeq(ctx context.Context, p coding.ProjectID) (coding.Seq, error) {
	if err := t.ledger.flush(ctx); err != nil {
		return 0, err
	}
	return t.reader.LastSeq(ctx, p)
}

func (t *tx) ChangesOf(ctx context.Context, p coding.ProjectID, step coding.StepID) ([]coding.Change, error) {
	if err := t.ledger.flush(ctx); err != nil {
		return nil, err
	}
	return t.reader.ChangesOf(ctx, p, step)
}

func (t *tx) ChangeIn(ctx context.Context, p coding.ProjectID, step coding.StepID, kind coding.Kind, id int64) (coding.Change, error) {
	if err := t.ledger.flush(ctx); err != nil {
		return coding.Change{}, err
	}
	return t.reader.ChangeIn(ctx, p, step, kind, id)
}

func (t *tx) Step(ctx context.Context, p coding.ProjectID, id coding.StepID) (coding.Step, error) {
	if err := t.ledger.flush(ctx); err != nil {
		return coding.Step{}, err
	}
	return t.reader.Step(ctx, p, id)
}

func (t *tx) Steps(ctx context.Context, p coding.ProjectID, f coding.StepFilter) ([]coding.Step, error) {
	if err := t.ledger.flush(ctx); err != nil {
		return nil, err
	}
	return t.reader.Steps(ctx, p, f)
}

func (t *tx) MarkUndone(ctx context.Context, p coding.ProjectID, step, by coding.StepID) error {
	n, err := t.write(ctx, "UPDATE steps SET undone_by = $3 WHERE project_id = $1 AND id = $2", int64(p), int64(step), int64(by))
	if err == nil && n == 0 {
		err = coding.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("mark step %d undone: %w", step, err)
	}
	return nil
}
