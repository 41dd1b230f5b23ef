package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"avokoodi/coding/workshop/room"
)

// halls tells the phones, the wall and the organiser of each room what has changed. A room that somebody listens to has a hall: a
// board in memory that one goroutine keeps up to date for all of them. What is told comes from the store, so that a listener who
// was away, or a server that was started anew, goes on where it was.
type halls struct {
	store room.Store
	mu    sync.Mutex
	open  map[room.ID]*hall
	done  chan struct{}
	once  sync.Once
}

type hall struct {
	id    room.ID
	wake  chan struct{}
	gone  chan struct{} // closed when nobody listens any more
	mu    sync.Mutex
	board room.Board
	ears  map[*ear]bool
}

// ear is one open line. A phone is told what changed; others only that something did.
type ear struct {
	phone bool
	from  string // address
	out   chan []byte
}

// phoneNews is what phones are told.
type phoneNews struct {
	Seq     int64         `json:"seq"`
	State   string        `json:"state"`
	Remarks []phoneRemark `json:"remarks,omitempty"`
}

type phoneRemark struct {
	ID     int64  `json:"id"`
	Gone   bool   `json:"gone,omitempty"` // not shown to the room, or no more
	Own    bool   `json:"own,omitempty"`
	Card   string `json:"card,omitempty"`
	Said   string `json:"said,omitempty"`
	Lang   string `json:"lang,omitempty"`
	Agrees int    `json:"agrees"`
}

const (
	hallCoalesce = 200 * time.Millisecond
	hallBeat     = 20 * time.Second
	hallMost     = 1500 // open lines of a room
)

// hallFrom is how many open lines of a room one address may have: that of a whole room with two tabs each.
var hallFrom = 600

func newHalls(store room.Store) *halls {
	return &halls{store: store, open: map[room.ID]*hall{}, done: make(chan struct{})}
}

func (h *halls) close() { h.once.Do(func() { close(h.done) }) }

// with runs fn with the board of a room as it is now. fn must be quick, and must not keep the board.
func (h *halls) with(ctx context.Context, id room.ID, fn func(*room.Board) error) error {
	h.mu.Lock()
	one := h.open[id]
	h.mu.Unlock()
	if one != nil {
		one.mu.Lock()
		defer one.mu.Unlock()
		if err := one.refresh(ctx, h.store); err != nil {
			return err
		}
		return fn(&one.board)
	}
	l, err := h.store.All(ctx, id)
	if err != nil {
		return err
	}
	return fn(l.Board())
}

// touch says that a room has changed.
func (h *halls) touch(id room.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if one := h.open[id]; one != nil {
		select {
		case one.wake <- struct{}{}:
		default:
		}
	}
}

// listen opens a line that knows the room up to a number; what it is told at once is what it has missed since. It is nil where the
// room has too many.
func (h *halls) listen(ctx context.Context, id room.ID, phone bool, from string, since int64) (*hall, *ear, error) {
	h.mu.Lock()
	one := h.open[id]
	if one == nil {
		l, err := h.store.All(ctx, id)
		if err != nil {
			h.mu.Unlock()
			return nil, nil, err
		}
		one = &hall{id: id, wake: make(chan struct{}, 1), gone: make(chan struct{}), board: *l.Board(), ears: map[*ear]bool{}}
		h.open[id] = one
		go h.run(one)
	}
	one.mu.Lock() // before h.mu is given up, so that the hall is not left empty and shut meanwhile
	h.mu.Unlock()
	e, err := one.enter(ctx, h.store, phone, from, since)
	one.mu.Unlock()
	if err != nil {
		h.leave(one, nil) // nobody may be in it
		return nil, nil, err
	}
	return one, e, nil
}

// enter opens a line in a hall that is locked.
func (one *hall) enter(ctx context.Context, store room.Store, phone bool, from string, since int64) (*ear, error) {
	mine := 0
	for e := range one.ears {
		if e.from == from {
			mine++
		}
	}
	if len(one.ears) >= hallMost || phone && mine >= hallFrom {
		return nil, errTooMany
	}
	if err := one.refresh(ctx, store); err != nil {
		return nil, err
	}
	e := &ear{phone: phone, from: from, out: make(chan []byte, 16)}
	var missed []room.Remark
	for _, m := range one.board.Remarks() {
		if m.Seq > since {
			missed = append(missed, m)
		}
	}
	e.out <- one.told(phone, missed)
	one.ears[e] = true
	return e, nil
}

func (h *halls) leave(one *hall, e *ear) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	delete(one.ears, e)
	if len(one.ears) == 0 && h.open[one.id] == one {
		delete(h.open, one.id)
		close(one.gone)
	}
}

func (h *halls) run(one *hall) {
	for {
		select {
		case <-h.done:
			return
		case <-one.gone:
			return
		case <-one.wake:
		}
		one.mu.Lock()
		_ = one.refresh(context.Background(), h.store) // what could not be read now is read the next time
		one.mu.Unlock()
		select {
		case <-h.done:
			return
		case <-one.gone:
			return
		case <-time.After(hallCoalesce):
		}
	}
}

// refresh reads what is new and tells everybody. A line too slow to take it is cut off, and comes back for the rest.
func (one *hall) refresh(ctx context.Context, store room.Store) error {
	since := one.board.Room.Seq
	news, err := store.News(ctx, one.id, since)
	if err != nil || news.Room.Seq == since {
		return err
	}
	changed := one.board.Hear(news)
	frames := map[bool][]byte{}
	for e := range one.ears {
		if frames[e.phone] == nil {
			frames[e.phone] = one.told(e.phone, changed)
		}
		select {
		case e.out <- frames[e.phone]:
		default:
			close(e.out)
			delete(one.ears, e)
		}
	}
	return nil
}

// told is a message of the open line. Of what is not shown a phone hears the number only.
func (one *hall) told(phone bool, changed []room.Remark) []byte {
	news := phoneNews{Seq: one.board.Room.Seq, State: string(one.board.Room.State)}
	if phone {
		for _, m := range changed {
			p := phoneRemark{ID: int64(m.ID), Gone: m.State != room.Shown}
			if !p.Gone {
				p.Own, p.Card, p.Said, p.Lang, p.Agrees = m.Own, m.Card, m.Said(), string(m.Lang), m.Agrees
			}
			news.Remarks = append(news.Remarks, p)
		}
	}
	raw, err := json.Marshal(news)
	if err != nil {
		return nil
	}
	return fmt.Appendf(nil, "id: %d\ndata: %s\n\n", news.Seq, raw)
}

// stream is an open line: server-sent events until either side goes.
func (s *Server) stream(r *request, id room.ID, phone bool, since int64) error {
	one, e, err := s.halls.listen(r.ctx(), id, phone, r.address(), since)
	if err != nil {
		return err
	}
	defer s.halls.leave(one, e)
	h := r.Writer.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	r.Writer.WriteHeader(http.StatusOK)
	beat := time.NewTicker(hallBeat)
	defer beat.Stop()
	for {
		frame := []byte(": beat\n\n")
		select {
		case <-r.ctx().Done():
			return nil
		case <-s.halls.done:
			return nil
		case <-beat.C:
		case told, open := <-e.out:
			if !open {
				return nil
			}
			frame = told
		}
		if _, err := r.Writer.Write(frame); err != nil {
			return nil
		}
		r.Writer.Flush()
	}
}

func (s *Server) roomLive(r *request) error {
	one, err := s.roomOf(r)
	if err != nil {
		return err
	}
	return s.stream(r, one.ID, false, 0)
}
