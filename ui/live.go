package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
)

// live tells the open desks of each project what others changed and who is there. One reader follows the change log for all
// of them; a desk that was away says up to which change it knows and is told the rest.
type live struct {
	store coding.Store
	wake  chan struct{}
	mu    sync.Mutex
	rooms map[coding.ProjectID]*deskRoom
	done  chan struct{}
	stop  func()
	once  sync.Once
}

type deskRoom struct {
	seq  coding.Seq
	subs map[*listener]bool
}

// listener is one open desk.
type listener struct {
	person coding.Person
	out    chan liveEvent
}

// liveEvent is what a desk is told: changed answers by step, whether the codebook changed, or who is there.
type liveEvent struct {
	Seq     coding.Seq   `json:"seq,omitempty"`
	Changes []liveChange `json:"changes,omitempty"`
	Themes  bool         `json:"themes,omitempty"`
	Here    []liveHere   `json:"here,omitempty"`
	Many    bool         `json:"many,omitempty"` // too many answers to name: read everything again
}

type liveChange struct {
	Step    int64   `json:"step"`
	Answers []int64 `json:"answers"`
}

type liveHere struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Initials string `json:"initials"`
	Hue      int    `json:"hue"`
}

const (
	liveCoalesce = 200 * time.Millisecond
	liveMost     = 300 // answers in one event
	liveBeat     = 20 * time.Second
	liveBehind   = 20_000 // changes missed above which a desk reads everything again
)

func newLive(store coding.Store) *live {
	l := &live{store: store, wake: make(chan struct{}, 1), rooms: map[coding.ProjectID]*deskRoom{}, done: make(chan struct{})}
	l.stop = store.Watch(func() {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	})
	go l.follow()
	return l
}

// close ends every open stream.
func (l *live) close() {
	l.once.Do(func() {
		l.stop()
		close(l.done)
	})
}

func (l *live) follow() {
	for {
		select {
		case <-l.done:
			return
		case <-l.wake:
		}
		l.mu.Lock()
		for p, r := range l.rooms {
			l.tell(p, r)
		}
		l.mu.Unlock()
		select {
		case <-l.done:
			return
		case <-time.After(liveCoalesce):
		}
	}
}

// tell sends a room what is new. A desk too slow to take it is cut off and comes back for the rest.
func (l *live) tell(p coding.ProjectID, r *deskRoom) {
	ev, err := l.since(context.Background(), p, r.seq)
	if err != nil || ev.Seq == r.seq {
		return
	}
	r.seq = ev.Seq
	r.send(ev)
}

func (r *deskRoom) send(ev liveEvent) {
	for sub := range r.subs {
		select {
		case sub.out <- ev:
		default:
			close(sub.out)
			delete(r.subs, sub)
		}
	}
}

// since reads the change log after a change.
func (l *live) since(ctx context.Context, p coding.ProjectID, after coding.Seq) (liveEvent, error) {
	ev := liveEvent{Seq: after}
	total := 0
	err := l.store.View(ctx, func(rd coding.Reader) error {
		for {
			changes, err := rd.Changes(ctx, p, ev.Seq, 1000)
			if err != nil {
				return err
			}
			for _, c := range changes {
				ev.Seq = c.Seq
				ev.Themes = ev.Themes || c.Kind == coding.KindTheme
				ev.Many = ev.Many || c.Kind == coding.KindImport || c.Emptied()
				id := answerOf(c)
				if id == 0 || ev.Many {
					continue
				}
				// Changes of a step stand together in the log.
				if n := len(ev.Changes); n == 0 || ev.Changes[n-1].Step != int64(c.Step) {
					ev.Changes = append(ev.Changes, liveChange{Step: int64(c.Step)})
				}
				step := &ev.Changes[len(ev.Changes)-1]
				if !slices.Contains(step.Answers, int64(id)) {
					step.Answers = append(step.Answers, int64(id))
					total++
				}
				ev.Many = ev.Many || total > liveMost
			}
			if len(changes) < 1000 {
				return nil
			}
		}
	})
	if ev.Many {
		ev.Changes = nil
	}
	return ev, err
}

func (l *live) join(ctx context.Context, p coding.ProjectID, sub *listener) (*deskRoom, coding.Seq, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.rooms[p]
	if r == nil {
		r = &deskRoom{subs: map[*listener]bool{}}
		err := l.store.View(ctx, func(rd coding.Reader) error {
			var err error
			r.seq, err = rd.LastSeq(ctx, p)
			return err
		})
		if err != nil {
			return nil, 0, err
		}
		l.rooms[p] = r
	}
	r.subs[sub] = true
	r.send(r.here())
	return r, r.seq, nil
}

func (l *live) leave(p coding.ProjectID, r *deskRoom, sub *listener) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(r.subs, sub)
	if len(r.subs) == 0 {
		delete(l.rooms, p)
		return
	}
	r.send(r.here())
}

// here is who has a desk open, each once.
func (r *deskRoom) here() liveEvent {
	ev := liveEvent{Here: []liveHere{}}
	for sub := range r.subs {
		id := int64(sub.person.ID)
		if !slices.ContainsFunc(ev.Here, func(h liveHere) bool { return h.ID == id }) {
			p := person(sub.person)
			ev.Here = append(ev.Here, liveHere{ID: id, Name: p.Name, Initials: p.Initials, Hue: p.Hue})
		}
	}
	slices.SortFunc(ev.Here, func(a, b liveHere) int { return int(a.ID - b.ID) })
	return ev
}

func (s *Server) routeLive(g gin.IRouter) {
	g.GET("/p/:slug/live", s.project(coding.RoleAnalyst, s.liveStream))
}

// liveStream is the desk's open line: server-sent events until either side goes.
func (s *Server) liveStream(r *request) error {
	sub := &listener{person: r.person, out: make(chan liveEvent, 32)}
	rm, now, err := s.live.join(r.ctx(), r.projectID(), sub)
	if err != nil {
		return err
	}
	defer s.live.leave(r.projectID(), rm, sub)
	h := r.Writer.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	r.Writer.WriteHeader(http.StatusOK)
	write := func(ev liveEvent) bool {
		raw, err := json.Marshal(ev)
		if err != nil {
			return false
		}
		if ev.Seq > 0 {
			fmt.Fprintf(r.Writer, "id: %d\n", ev.Seq)
		}
		_, err = fmt.Fprintf(r.Writer, "data: %s\n\n", raw)
		r.Writer.Flush()
		return err == nil
	}
	// What happened while the desk was away comes first.
	known := r.GetHeader("Last-Event-ID")
	if known == "" {
		known = r.Query("since")
	}
	last, err := strconv.ParseInt(known, 10, 64)
	switch {
	case err != nil || last < 0 || coding.Seq(last) >= now:
		if !write(liveEvent{Seq: now}) {
			return nil
		}
	case now-coding.Seq(last) > liveBehind:
		if !write(liveEvent{Seq: now, Themes: true, Many: true}) {
			return nil
		}
	default:
		ev, err := s.live.since(r.ctx(), r.projectID(), coding.Seq(last))
		if err != nil || !write(ev) {
			return nil
		}
	}
	beat := time.NewTicker(liveBeat)
	defer beat.Stop()
	for {
		select {
		case <-r.ctx().Done():
			return nil
		case <-s.live.done:
			return nil
		case <-beat.C:
			if _, err := fmt.Fprint(r.Writer, ": beat\n\n"); err != nil {
				return nil
			}
			r.Writer.Flush()
		case ev, open := <-sub.out:
			if !open || !write(ev) {
				return nil
			}
		}
	}
}

// Close ends the open lines of the desks and the imports under way, so that a server can stop.
func (s *Server) Close() {
	s.live.close()
	s.halls.close()
	s.uploads.stop()
}
