package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// A batch takes in no further job after this many or this long.
const (
	batchJobs = 128
	batchTime = 5 * time.Millisecond
)

// tidyPause is how long to wait before the log of what was erased is emptied once more, where readers were in the way.
const tidyPause = 500 * time.Millisecond

// writer owns the one connection that writes. Jobs get their turn one after the other; those that are waiting at the
// same moment share a commit.
type writer struct {
	db        *sql.DB
	conn      *conn
	jobs      chan *job
	committed func()
	batchTime time.Duration
	busyTime  time.Duration

	quit chan struct{} // closed when no further job is taken
	done chan struct{} // closed when run has ended
}

// job is one function that waits for its turn to write. The function runs in its caller's goroutine, so that a panic and
// runtime.Goexit go where they belong.
type job struct {
	came time.Time
	gone <-chan struct{} // closed when the caller does not wait any more
	data bool            // whether the job may change what watchers look at
	turn chan turn       // the writer says that it is this job's turn
	ran  chan bool       // the caller says that fn has run, and whether its writes are to be kept
	kept chan error      // the writer says whether they were
}

type turn struct {
	conn *conn
	err  error
}

// newWriter starts the writer on c, the only connection of db. committed is called after each commit in which a job changed
// what watchers look at; it must be quick.
func newWriter(db *sql.DB, c *conn, committed func()) (*writer, error) {
	// The waiting of SQLite itself doubles its pauses to 100 ms, with which one process would starve beside another that
	// writes all the time; begin waits in small steps instead.
	if _, err := c.ExecContext(context.Background(), "PRAGMA busy_timeout = 2"); err != nil {
		return nil, errors.Join(err, c.close())
	}
	w := &writer{
		db: db, conn: c, committed: committed, batchTime: batchTime, busyTime: busyMillis * time.Millisecond,
		jobs: make(chan *job), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go w.run()
	return w, nil
}

// do runs fn with the connection when its turn comes, and returns when what it wrote is committed. An error or panic of
// fn takes back what fn wrote, and nothing else.
func (w *writer) do(ctx context.Context, data bool, fn func(*conn) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	j := &job{came: time.Now(), gone: ctx.Done(), data: data, turn: make(chan turn), ran: make(chan bool, 1), kept: make(chan error, 1)}
	select {
	case w.jobs <- j:
	case <-ctx.Done():
		return fmt.Errorf("update: %w", ctx.Err())
	case <-w.quit:
		return errClosed
	}
	select {
	case t := <-j.turn:
		if t.err != nil {
			return fmt.Errorf("update: %w", t.err)
		}
		if err := j.run(t.conn, fn); err != nil {
			return err
		}
		if err := <-j.kept; err != nil {
			return fmt.Errorf("update: %w", err)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("update: %w", ctx.Err())
	}
}

func (j *job) run(c *conn, fn func(*conn) error) (err error) {
	keep := false
	defer func() { j.ran <- keep }() // also when fn panics
	err = fn(c)
	keep = err == nil
	return err
}

func (w *writer) run() {
	defer close(w.done)
	for {
		var again <-chan time.Time
		if w.conn.tidy {
			again = time.After(tidyPause)
		}
		select {
		case j := <-w.jobs:
			w.batch(j)
		case <-again:
			w.conn.tidyUp()
		case <-w.quit:
			return
		}
	}
}

// batch runs first, and jobs that are waiting behind it, in one transaction.
func (w *writer) batch(first *job) {
	err := w.begin()
	start := time.Now()
	if err != nil {
		// Those who came meanwhile have waited too, and would wait as long again one after the other. Who comes now has not waited.
		for j := first; j != nil; j = w.next(0, start) {
			if j.came.After(start) {
				w.batch(j)
				return
			}
			j.answer(turn{err: err})
		}
		return
	}
	var kept []*job
	var lost error
	for j := first; j != nil; j = w.next(len(kept), start) {
		var keep, over bool
		if len(kept) == 0 {
			keep, over = w.alone(j)
		} else {
			keep, lost = w.behind(j, len(kept) == 1)
		}
		if keep {
			kept = append(kept, j)
		}
		if over || lost != nil {
			break // before next takes a job out that would get no answer
		}
	}
	if lost == nil && len(kept) > 0 {
		_, lost = w.conn.exec(context.Background(), "COMMIT")
	}
	if lost != nil || len(kept) == 0 {
		// Fails when the database has rolled back by itself, which is as good.
		_, _ = w.conn.exec(context.Background(), "ROLLBACK")
	}
	w.conn.tidyUp()
	data := false
	for _, j := range kept {
		j.kept <- lost
		data = data || j.data
	}
	if lost == nil && data {
		w.committed()
	}
}

// next is a job that is waiting, or nil when there is none or the batch has become long.
func (w *writer) next(kept int, start time.Time) *job {
	if kept >= batchJobs || time.Since(start) > w.batchTime {
		return nil
	}
	select {
	case j := <-w.jobs:
		return j
	default:
		return nil
	}
}

// alone runs a job when nothing of others is in the transaction. It needs no savepoint, which would have an import copy every
// page that it changes: over says that the whole transaction must be taken back to take back what the job wrote.
func (w *writer) alone(j *job) (keep, over bool) {
	if !j.answer(turn{conn: w.conn}) {
		return false, false
	}
	keep = <-j.ran
	return keep, !keep
}

// behind runs a job behind a savepoint. lost says that the transaction as a whole is gone, with what earlier jobs wrote.
// second says that only one job ran before, without a savepoint that would tell.
func (w *writer) behind(j *job, second bool) (keep bool, lost error) {
	bg := context.Background()
	if second {
		if _, err := w.conn.exec(bg, "BEGIN"); err == nil { // refused inside a transaction
			lost = errors.New("the transaction was lost by the change before")
			j.answer(turn{err: lost})
			return false, lost
		}
	}
	if _, err := w.conn.exec(bg, "SAVEPOINT job"); err != nil {
		j.answer(turn{err: err})
		return false, fmt.Errorf("savepoint: %w", err)
	}
	if j.answer(turn{conn: w.conn}) {
		keep = <-j.ran
	}
	if !keep {
		if _, err := w.conn.exec(bg, "ROLLBACK TO job"); err != nil {
			return false, fmt.Errorf("the transaction was lost by another change: %w", err)
		}
	}
	if _, err := w.conn.exec(bg, "RELEASE job"); err != nil {
		return keep, fmt.Errorf("the transaction was lost: %w", err)
	}
	return keep, nil
}

// answer gives the job its turn, and tells whether the caller was still there to take it.
func (j *job) answer(t turn) bool {
	select {
	case j.turn <- t:
		return true
	case <-j.gone:
		return false
	}
}

// begin opens the transaction, and waits while another process writes.
func (w *writer) begin() error {
	deadline := time.Now().Add(w.busyTime)
	for pause := time.Millisecond; ; pause = min(2*pause, 8*time.Millisecond) {
		_, err := w.conn.exec(context.Background(), beginWrite)
		if err == nil {
			return nil
		}
		if !isBusy(err) || time.Now().After(deadline) {
			return fmt.Errorf("begin: %w", err)
		}
		time.Sleep(rand.N(pause))
	}
}

// close waits for the batch under way, writes the log into the database file and closes the connection.
func (w *writer) close() error {
	close(w.quit)
	<-w.done
	// Other processes may be reading; the log then stays for them.
	_, _ = w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
	return errors.Join(w.conn.close(), w.db.Close())
}
