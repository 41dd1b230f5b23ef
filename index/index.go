package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// coalesce is how long changes are gathered before the index takes them in.
const coalesce = 150 * time.Millisecond

// Index is the indexes of all projects of a store, below one directory. It is safe for use by many goroutines.
type Index struct {
	dir    string
	store  coding.Store
	engine func() *analysis.Engine
	log    *slog.Logger
	lock   *bbolt.DB

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	tasks  sync.WaitGroup
	news   chan struct{} // a commit in the store, not yet looked at

	mu       sync.Mutex
	projects map[coding.ProjectID]*project
	closed   bool
}

// Config is how an Index works.
type Config struct {
	Log *slog.Logger // nil discards
	// Engine analyses texts; nil makes one with what the system has to offer.
	Engine *analysis.Engine
	// Once is for a command that looks something up and ends: nothing is followed but what Sync and the first use of a
	// project bring in.
	Once bool
}

// Open takes the directory dir for the indexes of store. The directory is made when it is missing. ErrLocked says that
// another process has it.
func Open(dir string, store coding.Store, c Config) (*Index, error) {
	db, err := lock(dir)
	if err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	engine := func() *analysis.Engine { return c.Engine }
	if c.Engine == nil {
		engine = sync.OnceValue(func() *analysis.Engine { return analysis.New(analysis.Options{}) })
	}
	x := &Index{dir: dir, store: store, engine: engine, log: c.Log, lock: db, news: make(chan struct{}, 1), projects: map[coding.ProjectID]*project{}}
	x.ctx, x.cancel = context.WithCancel(context.Background())
	if c.Once {
		return x, nil
	}
	stop := store.Watch(x.notice)
	x.notice()
	x.tasks.Go(func() {
		defer stop()
		x.watch()
	})
	return x, nil
}

// Close stops following, closes all indexes and lets go of the directory.
func (x *Index) Close() error {
	x.mu.Lock()
	if x.closed {
		x.mu.Unlock()
		return nil
	}
	x.closed = true
	x.mu.Unlock()
	x.cancel()
	x.tasks.Wait()
	return x.lock.Close()
}

func (x *Index) notice() {
	select {
	case x.news <- struct{}{}:
	default:
	}
}

// watch wakes the projects whose log has grown.
func (x *Index) watch() {
	for {
		select {
		case <-x.ctx.Done():
			return
		case <-x.news:
		}
		if err := x.wakeAll(); err != nil && x.ctx.Err() == nil {
			x.log.Error("index: looking for changes", "error", err)
		}
		select {
		case <-x.ctx.Done():
			return
		case <-time.After(coalesce): // what comes meanwhile is one more look
		}
	}
}

func (x *Index) wakeAll() error {
	last := map[coding.ProjectID]coding.Seq{}
	err := x.store.View(x.ctx, func(r coding.Reader) error {
		list, err := r.Projects(x.ctx)
		if err != nil {
			return err
		}
		for _, p := range list {
			if last[p.ID], err = r.LastSeq(x.ctx, p.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.mu.Lock()
	var gone []*project
	for id, p := range x.projects {
		if _, ok := last[id]; !ok {
			gone = append(gone, p)
		}
	}
	x.mu.Unlock()
	for _, p := range gone {
		p.wake()
	}
	for id, seq := range last {
		p, err := x.project(id)
		if err != nil {
			return err
		}
		if !p.has(seq) {
			p.wake()
		}
	}
	return nil
}

// project is the follower of a project; it is started when there is none.
func (x *Index) project(id coding.ProjectID) (*project, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil, ErrClosed
	}
	p := x.projects[id]
	if p == nil {
		p = newProject(x, id)
		x.projects[id] = p
		x.tasks.Go(p.run)
	}
	return p, nil
}

func (x *Index) forget(p *project) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.projects[p.id] == p {
		delete(x.projects, p.id)
	}
}

func (x *Index) root(id coding.ProjectID) string {
	return filepath.Join(x.dir, strconv.FormatInt(int64(id), 10))
}

// Sync brings the project's index up to the store's last change. It builds the index when there is none.
func (x *Index) Sync(ctx context.Context, id coding.ProjectID) error {
	return x.ask(ctx, id, request{kind: askSync})
}

// Progress hears how many of a project's answers are in the index that is being built.
type Progress func(done, total int)

// Rebuild builds the project's index anew. Searches use the old one until the new one is whole.
func (x *Index) Rebuild(ctx context.Context, id coding.ProjectID, progress Progress) error {
	return x.ask(ctx, id, request{kind: askRebuild, progress: progress})
}

func (x *Index) ask(ctx context.Context, id coding.ProjectID, r request) error {
	p, err := x.project(id)
	if err != nil {
		return err
	}
	if err := p.ask(ctx, r); err != nil {
		return fmt.Errorf("index of project %d: %w", id, err)
	}
	return nil
}

// read runs fn on the project's index. Where the index is not open yet, or turns out to be damaged, it waits for the
// follower to put that right.
func (x *Index) read(ctx context.Context, id coding.ProjectID, fn func(*generation) error) error {
	for try := 0; ; try++ {
		g, err := x.readOnce(ctx, id, fn)
		if !errors.Is(err, errDamaged) || g == nil || try > 0 {
			return err
		}
		x.log.Error("index: search failed, building anew", "project", id, "error", err)
		if err := x.ask(ctx, id, request{kind: askRepair, broken: g}); err != nil {
			return err
		}
	}
}

func (x *Index) readOnce(ctx context.Context, id coding.ProjectID, fn func(*generation) error) (*generation, error) {
	p, err := x.project(id)
	if err != nil {
		return nil, err
	}
	g, release := p.open()
	if g == nil {
		if err := x.ask(ctx, id, request{kind: askSync}); err != nil {
			return nil, err
		}
		if g, release = p.open(); g == nil {
			return nil, fmt.Errorf("index of project %d: %w", id, coding.ErrNotFound)
		}
	}
	defer release()
	return g, fn(g)
}
