package sets

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"avokoodi/coding"
)

// Boards holds one Board for each project that was asked for. It is safe for use by many goroutines.
type Boards struct {
	store   coding.Store
	mu      sync.Mutex
	entries map[coding.ProjectID]*entry
}

type entry struct {
	mu    sync.RWMutex
	board *Board // nil until built
}

// New serves boards built from store. Nothing is read before the first Read.
func New(store coding.Store) *Boards {
	return &Boards{store: store, entries: map[coding.ProjectID]*entry{}}
}

// Read brings the project's Board up to the last change and runs fn on it. Readers run at the same time; fn must be
// short, must not call Read for the same project, and must not keep the Board or a bitmap that belongs to it. When nothing has
// changed, Read costs one query. A project that does not exist is coding.ErrNotFound.
func (b *Boards) Read(ctx context.Context, p coding.ProjectID, fn func(*Board) error) error {
	var last coding.Seq
	err := b.store.View(ctx, func(r coding.Reader) error {
		var err error
		last, err = r.LastSeq(ctx, p)
		return err
	})
	if errors.Is(err, coding.ErrNotFound) {
		b.Drop(p)
	}
	if err != nil {
		return fmt.Errorf("board of project %d: %w", p, err)
	}
	e := b.entry(p)
	for looked := false; ; looked = true {
		e.mu.RLock()
		// A board ahead of last was brought forward by another reader in between, or the store was put back to an older
		// state; catchUp tells which. After it, ahead is as good as level.
		if e.board != nil && (e.board.seq == last || looked && e.board.seq > last) {
			break
		}
		e.mu.RUnlock()
		if last, err = b.catchUp(ctx, p, e, nil); err != nil {
			return fmt.Errorf("board of project %d: %w", p, err)
		}
	}
	defer e.mu.RUnlock()
	return fn(e.board)
}

// View reads the store that the boards are built from.
func (b *Boards) View(ctx context.Context, fn func(coding.Reader) error) error {
	return b.store.View(ctx, fn)
}

// Drop forgets the project's Board; the next Read builds it anew. For a deleted project and a restored store.
func (b *Boards) Drop(p coding.ProjectID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.entries, p)
}

func (b *Boards) entry(p coding.ProjectID) *entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.entries[p]
	if e == nil {
		e = &entry{}
		b.entries[p] = e
	}
	return e
}

// catchUp builds the board or brings it forward, does then what else is to be done to it in the same state of the store, and
// returns the change at which it stands. It goes on when the one who asked goes away, since others wait for the same board.
func (b *Boards) catchUp(ctx context.Context, p coding.ProjectID, e *entry, then func(*Board, context.Context, coding.Reader) error) (coding.Seq, error) {
	ctx = context.WithoutCancel(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	err := b.store.View(ctx, func(r coding.Reader) error {
		if e.board != nil {
			if err := e.board.follow(ctx, r); err != nil {
				e.board = nil // half followed
				if !errors.Is(err, errRebuild) {
					return err
				}
			}
		}
		if e.board == nil {
			board, err := build(ctx, r, p)
			if err != nil {
				return err
			}
			e.board = board
		}
		if then != nil {
			return then(e.board, ctx, r)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return e.board.seq, nil
}
