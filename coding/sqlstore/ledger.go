package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"avokoodi/coding"
)

// ledger numbers the changes of one Update and writes their rows. The first change in a project takes its number from the
// project's row, which on a database with row locks keeps other writers of the project out until the commit; so the
// numbers behind it are counted here, and the row and the steps are brought up to date by flush.
type ledger struct {
	tx    *tx
	seqs  map[coding.ProjectID]*counter
	steps map[*coding.Step]*entry
}

// counter is the number of the last change of a project, and whether the project's row is behind.
type counter struct {
	last   coding.Seq
	behind bool
}

// entry is a step that was begun in this Update, with the number of its last change, and whether its row is behind.
type entry struct {
	last   coding.Seq
	behind bool
}

func newLedger(t *tx) ledger {
	return ledger{tx: t, seqs: map[coding.ProjectID]*counter{}, steps: map[*coding.Step]*entry{}}
}

func (t *tx) Begin(_ context.Context, p coding.ProjectID, actor coding.PersonID, op coding.Op, detail string, undoes coding.StepID) (*coding.Step, error) {
	if err := t.usable(); err != nil {
		return nil, fmt.Errorf("begin %s: %w", op, err)
	}
	st := &coding.Step{Project: p, Actor: actor, At: kept(time.Now()), Op: op, Detail: detail, Undoes: undoes}
	t.ledger.steps[st] = &entry{}
	return st, nil
}

// next is the number for the next change in the project.
func (l *ledger) next(ctx context.Context, p coding.ProjectID) (coding.Seq, error) {
	if c, ok := l.seqs[p]; ok {
		c.last++
		c.behind = true
		return c.last, nil
	}
	c := &counter{}
	err := l.tx.conn.queryRow(ctx, "UPDATE projects SET seq = seq + 1 WHERE id = $1 RETURNING seq", []any{int64(p)}, (*int64)(&c.last))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("project %d: %w", p, coding.ErrNotFound)
	}
	if err != nil {
		return 0, err
	}
	l.seqs[p] = c
	return c.last, nil
}

// record writes the row of one change, and that of its step with the first of its changes. before and after are JSON or
// nil.
func (l *ledger) record(ctx context.Context, st *coding.Step, kind coding.Kind, id int64, before, after any) error {
	e := l.steps[st]
	seq, err := l.next(ctx, st.Project)
	if err != nil {
		return err
	}
	e.last = seq
	st.Changes++
	if st.ID == 0 {
		st.ID = coding.StepID(seq)
		_, err = l.tx.conn.exec(ctx, `INSERT INTO steps (project_id, id, last_seq, changes, actor_id, at, op, detail, undoes, undone_by)
			VALUES ($1, $2, $2, 1, $3, $4, $5, $6, $7, 0)`, int64(st.Project), int64(seq), int64(st.Actor), micros(st.At),
			string(st.Op), st.Detail, int64(st.Undoes))
		if err != nil {
			return fmt.Errorf("step: %w", err)
		}
	} else {
		e.behind = true
	}
	_, err = l.tx.conn.exec(ctx, `INSERT INTO changes (project_id, seq, step_id, kind, entity_id, before, after)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, int64(st.Project), int64(seq), int64(st.ID), string(kind), id, before, after)
	if err != nil {
		return fmt.Errorf("change: %w", err)
	}
	return nil
}

// flush writes what record has put off.
func (l *ledger) flush(ctx context.Context) error {
	for p, c := range l.seqs {
		if !c.behind {
			continue
		}
		if _, err := l.tx.write(ctx, "UPDATE projects SET seq = $2 WHERE id = $1", int64(p), int64(c.last)); err != nil {
			return fmt.Errorf("number of the last change: %w", err)
		}
		c.behind = false
	}
	for st, e := range l.steps {
		if !e.behind {
			continue
		}
		_, err := l.tx.write(ctx, "UPDATE steps SET changes = $3, last_seq = $4 WHERE project_id = $1 AND id = $2",
			int64(st.Project), int64(st.ID), st.Changes, int64(e.last))
		if err != nil {
			return fmt.Errorf("size of step %d: %w", st.ID, err)
		}
		e.behind = false
	}
	return nil
}

// forget drops what is known of a project that is deleted.
func (l *ledger) forget(p coding.ProjectID) {
	delete(l.seqs, p)
	for st := range l.steps {
		if st.Project == p {
			delete(l.steps, st)
		}
	}
}
