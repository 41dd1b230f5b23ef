package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// pool lends read connections, the one used last first, and opens a new one only when all are out.
type pool struct {
	db    *sql.DB
	slots chan struct{} // holds one token for each connection lent
	quit  chan struct{} // closed when none is lent any more

	mu   sync.Mutex
	idle []*conn
}

func newPool(db *sql.DB, size int) *pool {
	return &pool{db: db, slots: make(chan struct{}, size), quit: make(chan struct{})}
}

func (p *pool) take(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.quit:
		return nil, errClosed
	}
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	c, err := openConn(ctx, p.db)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return c, nil
}

// give takes a connection back; one that is not sound is closed.
func (p *pool) give(c *conn, sound bool) {
	if sound {
		p.mu.Lock()
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	} else {
		_ = c.close()
	}
	<-p.slots
}

// close waits for all connections to come back, and closes them.
func (p *pool) close() error {
	close(p.quit)
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, c := range p.idle {
		errs = append(errs, c.close())
	}
	p.idle = nil
	return errors.Join(append(errs, p.db.Close())...)
}
