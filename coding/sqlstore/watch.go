package sqlstore

import (
	"context"
	"sync"
	"time"
)

// pollTime is how often commits by other processes are looked for.
const pollTime = 200 * time.Millisecond

// watchers are those who want to know of commits.
type watchers struct {
	mu      sync.Mutex
	all     map[*watcher]struct{}
	stop    chan struct{} // ends the polling; nil while nobody watches
	polling sync.WaitGroup
	closed  bool
}

// watcher calls fn in a goroutine of its own, so that a slow one keeps nobody waiting. Commits that come while fn runs
// are one call more.
type watcher struct {
	fn   func()
	news chan struct{}
	stop chan struct{}
}

func (w *watcher) run() {
	for {
		select {
		case <-w.stop:
			return
		case <-w.news:
		}
		select {
		case <-w.stop: // both were ready
			return
		default:
			w.fn()
		}
	}
}

// Watch calls fn soon after every commit, by this process or another; several commits may be one call, and a call may
// come without a change. fn runs in a goroutine of the store, never twice at the same time.
func (s *Store) Watch(fn func()) (stop func()) {
	w := &watcher{fn: fn, news: make(chan struct{}, 1), stop: make(chan struct{})}
	ws := &s.watch
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.closed {
		return func() {}
	}
	if ws.all == nil {
		ws.all = map[*watcher]struct{}{}
	}
	ws.all[w] = struct{}{}
	if ws.stop == nil {
		stop := make(chan struct{})
		ws.stop = stop
		ws.polling.Go(func() { s.poll(stop) })
	}
	go w.run()
	return func() { ws.remove(w) }
}

func (ws *watchers) remove(w *watcher) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if _, ok := ws.all[w]; !ok {
		return
	}
	delete(ws.all, w)
	close(w.stop)
	if len(ws.all) == 0 {
		close(ws.stop)
		ws.stop = nil
	}
}

// signal tells all watchers that there was a commit.
func (ws *watchers) signal() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for w := range ws.all {
		select {
		case w.news <- struct{}{}:
		default: // it has not yet begun on the call before
		}
	}
}

// close stops all watchers, and returns when nothing is polled any more.
func (ws *watchers) close() {
	defer ws.polling.Wait()
	ws.mu.Lock()
	ws.closed = true
	all := make([]*watcher, 0, len(ws.all))
	for w := range ws.all {
		all = append(all, w)
	}
	ws.mu.Unlock()
	for _, w := range all {
		ws.remove(w)
	}
}

// poll looks for commits on a connection of its own. It sees those of this process as well, which only makes a call too
// many. Where the database cannot be asked for a moment, it tries again.
func (s *Store) poll(stop chan struct{}) {
	ctx := context.Background()
	var c *conn
	defer func() {
		if c != nil {
			_ = c.close()
		}
	}()
	tick := time.NewTicker(pollTime)
	defer tick.Stop()
	var last int64
	for {
		if c == nil {
			c, _ = openConn(ctx, s.side)
		}
		if c != nil {
			v, err := c.dataVersion(ctx)
			switch {
			case err != nil:
				_ = c.close()
				c, last = nil, 0
			case last != 0 && v != last:
				s.watch.signal()
				fallthrough
			default:
				last = v
			}
		}
		select {
		case <-stop:
			return
		case <-tick.C:
		}
	}
}
