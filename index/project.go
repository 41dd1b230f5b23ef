package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"avokoodi/coding"
)

// project keeps the index of one project. One goroutine (run) does everything that writes; readers borrow the generation.
type project struct {
	x        *Index
	id       coding.ProjectID
	news     chan struct{}
	requests chan request
	ended    chan struct{} // closed when run returns

	mu  sync.RWMutex
	gen *generation // nil until open

	repaired time.Time // when a failed search last made us build anew
	failures int       // in a row
	after    time.Time // not to be tried again before
}

type request struct {
	kind     requestKind
	progress Progress
	broken   *generation // for askRepair: the one in which the search failed
	reply    chan error
}

type requestKind int

const (
	askSync requestKind = iota
	askRebuild
	askRepair
)

// repairPause is how long after building anew another failed search does not make us do it again: what fails twice in a
// row is no damage to the files.
const repairPause = 10 * time.Minute

func newProject(x *Index, id coding.ProjectID) *project {
	return &project{x: x, id: id, news: make(chan struct{}, 1), requests: make(chan request), ended: make(chan struct{})}
}

func (p *project) wake() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// has tells whether the index is open and has the change.
func (p *project) has(seq coding.Seq) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.gen != nil && coding.Seq(p.gen.seq.Load()) == seq
}

// open borrows the generation; nil when there is none yet. Call release when done with it.
func (p *project) open() (g *generation, release func()) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.gen == nil {
		return nil, nil
	}
	p.gen.readers.Add(1)
	return p.gen, p.gen.readers.Done
}

// swap puts g in the place of the present generation and closes that one once nobody reads it.
func (p *project) swap(g *generation) {
	p.mu.Lock()
	old := p.gen
	p.gen = g
	p.mu.Unlock()
	if old != nil && old != g {
		old.readers.Wait()
		old.close()
	}
}

// ask has the follower do something and waits for it. The work goes on when ctx ends.
func (p *project) ask(ctx context.Context, r request) error {
	r.reply = make(chan error, 1)
	select {
	case p.requests <- r:
	case <-p.ended:
		return p.endedBy()
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-r.reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *project) endedBy() error {
	if p.x.ctx.Err() != nil {
		return ErrClosed
	}
	return coding.ErrNotFound
}

// run follows the project until the Index is closed or the project is deleted.
func (p *project) run() {
	ctx := p.x.ctx
	defer close(p.ended)
	defer p.swap(nil)
	for {
		var err error
		news, later := p.news, (<-chan time.Time)(nil)
		if wait := time.Until(p.after); wait > 0 {
			news, later = nil, time.After(wait)
		}
		select {
		case <-ctx.Done():
			return
		case r := <-p.requests:
			err = p.do(ctx, r)
			r.reply <- err
		case <-news:
			err = p.sync(ctx)
		case <-later:
			err = p.sync(ctx)
		}
		switch {
		case errors.Is(err, coding.ErrNotFound):
			p.x.forget(p)
			p.swap(nil)
			_ = os.RemoveAll(p.x.root(p.id))
			return
		case err == nil:
			p.failures, p.after = 0, time.Time{}
		case ctx.Err() == nil:
			// A full disk, say: try again by ourselves, less and less often.
			p.x.log.Error("index: following the store", "project", p.id, "error", err)
			p.failures++
			p.after = time.Now().Add(min(time.Second<<min(p.failures, 6), time.Minute))
		}
	}
}

func (p *project) do(ctx context.Context, r request) error {
	switch r.kind {
	case askRebuild:
		return p.rebuild(ctx, r.progress)
	case askRepair:
		if g := p.gen; g != r.broken {
			return nil // somebody was quicker
		}
		if time.Since(p.repaired) < repairPause {
			return fmt.Errorf("%w, although it was built anew at %s", errDamaged, p.repaired.Format(time.TimeOnly))
		}
		p.repaired = time.Now()
		return p.rebuild(ctx, nil)
	}
	return p.sync(ctx)
}

// sync opens the index if need be, and brings it up to the store's last change. An index of no use is built anew, while
// searches use the old one as long as it can be read.
func (p *project) sync(ctx context.Context) error {
	if p.gen == nil {
		if err := p.reopen(ctx); err != nil {
			return p.mend(ctx, err)
		}
	}
	err := p.gen.follow(ctx, p.x.store, p.id)
	if !errors.Is(err, errDamaged) {
		return p.mend(ctx, err)
	}
	// A batch failed. It may be a full disk, and the files all right: read on, and try again later.
	p.swap(nil)
	if err := p.reopen(ctx); err != nil {
		return p.mend(ctx, err)
	}
	if p.failures > 0 {
		return p.mend(ctx, err)
	}
	return err
}

// mend builds the index anew if err says that only that helps.
func (p *project) mend(ctx context.Context, err error) error {
	for _, mendable := range []error{errNone, errOutgrown, errErased, errDamaged, errOtherStore} {
		if errors.Is(err, mendable) {
			p.x.log.Info("index: building it anew", "project", p.id, "because", err)
			return p.rebuild(ctx, nil)
		}
	}
	return err
}

// reopen opens the generation that counts for searches.
func (p *project) reopen(ctx context.Context) error {
	g, err := p.openCurrent(ctx)
	if err == nil {
		p.swap(g)
	}
	return err
}

// errNone says that there is no index that this version of the program could use.
var errNone = errors.New("no usable index")

// openCurrent opens the generation that counts, if it is of this project and version.
func (p *project) openCurrent(ctx context.Context) (*generation, error) {
	head, err := p.head(ctx)
	if err != nil {
		return nil, err
	}
	root := p.x.root(p.id)
	n, m, err := current(root)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, errNone
	}
	sweep(root, n)
	dir := generationDir(root, n)
	if want := p.marker(head, m.Learnt); m != want {
		p.x.log.Info("index: of another version", "project", p.id, "has", m.Version, "want", want.Version)
		return nil, errNone
	}
	known, err := loadLearnt(dir)
	if err != nil {
		return nil, err
	}
	g, err := openGeneration(dir, newWords(p.x.engine(), known))
	if err == nil {
		g.learnt = m.Learnt
	}
	return g, err
}

func (p *project) head(ctx context.Context) (head coding.Project, err error) {
	err = p.x.store.View(ctx, func(r coding.Reader) error {
		head, err = r.ProjectByID(ctx, p.id)
		return err
	})
	return head, err
}

func (p *project) marker(head coding.Project, learntFrom int) marker {
	return marker{Version: mappingVersion + "/" + p.x.engine().Version(), Project: p.id, Created: head.Created.UnixMilli(), Learnt: learntFrom}
}
