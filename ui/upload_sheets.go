package ui

import (
	"context"
	"sync"
	"time"
)

// openSheet is a parsed file. It is closed when nobody uses it and it has been let go of.
type openSheet struct {
	reading string
	ready   chan struct{} // closed when file or err is there
	file    *readFile
	err     error
	users   int
	used    time.Time
	gone    bool
}

// open parses an upload, or returns it as parsed before; release lets go of it.
func (us *uploads) open(ctx context.Context, u upload, read func(context.Context, string) (*readFile, error)) (*readFile, func(), error) {
	us.mu.Lock()
	o := us.sheets[u.ID]
	if o == nil || o.reading != u.reading() {
		if o != nil {
			us.letGo(u.ID, o)
		}
		us.makeRoom()
		o = &openSheet{reading: u.reading(), ready: make(chan struct{}), users: 1} // the one who reads
		us.sheets[u.ID] = o
		go func() { // goes on when the person moves on: the next page wants it
			file, err := unpanicked(func() (*readFile, error) { return read(context.WithoutCancel(ctx), us.path(u.ID, "data")) })
			us.mu.Lock()
			o.file, o.err = file, err
			us.mu.Unlock()
			close(o.ready)
			us.release(u.ID, o)
		}()
	}
	o.users++
	us.mu.Unlock()

	release := sync.OnceFunc(func() { us.release(u.ID, o) })
	select {
	case <-o.ready:
	case <-ctx.Done():
		release()
		return nil, func() {}, ctx.Err()
	}
	if o.err != nil {
		release()
		return nil, func() {}, o.err
	}
	return o.file, release, nil
}

func (us *uploads) release(id string, o *openSheet) {
	us.mu.Lock()
	defer us.mu.Unlock()
	o.users--
	o.used = time.Now()
	if o.err != nil && us.sheets[id] == o {
		delete(us.sheets, id) // to be tried again
	}
	if o.users > 0 {
		return
	}
	if o.gone {
		o.close()
		return
	}
	time.AfterFunc(sheetIdle, func() {
		us.mu.Lock()
		defer us.mu.Unlock()
		if o.users == 0 && time.Since(o.used) >= sheetIdle && us.sheets[id] == o {
			us.letGo(id, o)
		}
	})
}

func (o *openSheet) close() {
	if o.file != nil {
		o.file.sheet.Close()
		o.file = nil
	}
}

// letGo takes a parsed file out of the list; the last who uses it closes it. us.mu is held.
func (us *uploads) letGo(id string, o *openSheet) {
	if us.sheets[id] == o {
		delete(us.sheets, id)
	}
	o.gone = true
	if o.users == 0 {
		o.close()
	}
}

func (us *uploads) closeSheet(id string) {
	us.mu.Lock()
	defer us.mu.Unlock()
	if o := us.sheets[id]; o != nil {
		us.letGo(id, o)
	}
}

// makeRoom lets go of the parsed files that have not been used for longest, so that there is room for one more. us.mu is held.
func (us *uploads) makeRoom() {
	for {
		oldest := ""
		for id, o := range us.sheets {
			if o.users == 0 && (oldest == "" || o.used.Before(us.sheets[oldest].used)) {
				oldest = id
			}
		}
		if len(us.sheets) < sheetsOpen || oldest == "" {
			return
		}
		us.letGo(oldest, us.sheets[oldest])
	}
}
