package ui

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"avokoodi/coding"
)

// job is one import under way, or how it ended.
type job struct {
	id      string // of the upload
	file    string
	person  coding.PersonID
	project coding.ProjectID
	total   int    // rows
	aligns  string // name of the step in which it was aligned, "" for none
	cancel  context.CancelFunc
	began   time.Time
	done    chan struct{} // closed at the end

	mu      sync.Mutex
	rows    int
	logOnce sync.Once
	logID   string
	ended   time.Time // zero while it runs
	imp     coding.Import
	err     error
}

// jobState is how a job stands.
type jobState struct {
	Rows   int
	Ended  bool
	Import coding.Import
	Err    error
}

func (j *job) state() jobState {
	j.mu.Lock()
	defer j.mu.Unlock()
	return jobState{Rows: j.rows, Ended: !j.ended.IsZero(), Import: j.imp, Err: j.err}
}

func (j *job) progress(rows int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.rows = rows
}

func (j *job) end(imp coding.Import, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.imp, j.err, j.ended = imp, err, time.Now()
	close(j.done)
}

// errUnderWay says that the file is being imported already.
var errUnderWay = errors.New("import under way")

// start runs an import beside the requests, so that it goes on when the person closes the page. work gets a context that
// Cancel ends, and says how far it is.
func (us *uploads) start(u upload, aligning string, total int, work func(context.Context, coding.Progress) (coding.Import, error)) error {
	us.mu.Lock()
	defer us.mu.Unlock()
	for old, j := range us.jobs {
		if s := j.state(); s.Ended && time.Since(j.began) > jobRemembered {
			delete(us.jobs, old)
		}
	}
	if j := us.jobs[u.ID]; j != nil {
		if s := j.state(); !s.Ended || s.Err == nil {
			return errUnderWay
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{id: u.ID, file: u.names(), aligns: aligning, person: u.Person, project: u.Project, total: total, cancel: cancel, began: time.Now(),
		done: make(chan struct{})}
	us.jobs[u.ID] = j
	go func() {
		defer cancel()
		imp, err := unpanicked(func() (coding.Import, error) { return work(ctx, j.progress) })
		if err == nil {
			us.remove(u.ID) // the answers are in the project; the file is not needed any more
		}
		j.end(imp, err)
	}()
	return nil
}

// unpanicked turns a panic into an error: nobody else would catch it, and one bad file must not end the server.
func unpanicked[T any](work func() (T, error)) (out T, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("import: panic: %v\n%s", v, debug.Stack())
		}
	}()
	return work()
}

// job is the import of an upload, nil when none was started.
func (us *uploads) job(id string) *job {
	us.mu.Lock()
	defer us.mu.Unlock()
	return us.jobs[id]
}

// stop ends every import that is under way: nothing of it comes in. For a server that stops.
func (us *uploads) stop() {
	us.mu.Lock()
	defer us.mu.Unlock()
	for _, j := range us.jobs {
		j.cancel()
	}
}

func (us *uploads) running(id string) bool {
	j := us.job(id)
	return j != nil && !j.state().Ended
}
