package ui

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// line opens a line and gives what it is told.
func (h *testHall) line(ctx context.Context, srv *httptest.Server, path string, cookies ...*http.Cookie) <-chan phoneNews {
	h.t.Helper()
	req, err := http.NewRequestWithContext(ctx, "GET", srv.URL+path, nil)
	h.ok(err)
	for _, c := range cookies {
		req.AddCookie(c)
	}
	res, err := srv.Client().Do(req)
	h.ok(err)
	h.t.Cleanup(func() { res.Body.Close() })
	out := make(chan phoneNews, 100)
	go func() {
		defer close(out)
		in := bufio.NewScanner(res.Body)
		for in.Scan() {
			if raw, ok := strings.CutPrefix(in.Text(), "data: "); ok {
				var n phoneNews
				if json.Unmarshal([]byte(raw), &n) == nil {
					out <- n
				}
			}
		}
	}()
	return out
}

// TestOpenLine: what is said comes to the other phones once, and never what is held; who was away is told the rest.
func TestOpenLine(t *testing.T) {
	h := newTestHall(t)
	srv := httptest.NewServer(h.server)
	defer srv.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	line := h.line(ctx, srv, h.join+"/live?since=0")
	if first := <-line; first.State != "open" || len(first.Remarks) != 0 {
		t.Errorf("%+v", first)
	}
	anna := h.phone()
	anna.act(h.join, "do", "comment", "card", "roles", "text", "ensimmäinen", "key", "1").want(200)
	next := func() phoneNews {
		t.Helper()
		select {
		case n := <-line:
			return n
		case <-time.After(10 * time.Second):
			t.Fatal("nothing is told")
			return phoneNews{}
		}
	}
	n := next()
	if len(n.Remarks) != 1 || n.Remarks[0].Said != "ensimmäinen" || n.Remarks[0].Card != "roles" {
		t.Errorf("%+v", n)
	}
	anna.act(h.join, "do", "comment", "card", "roles", "text", "Soita 040 123 4567", "key", "2").want(200)
	if n := next(); len(n.Remarks) != 0 {
		t.Errorf("what is held is told: %+v", n)
	}
	h.lead.post(h.at, "do", "pause").want(303)
	if n := next(); n.State != "paused" {
		t.Errorf("%+v", n)
	}
	late := h.line(ctx, srv, fmt.Sprintf("%s/live?since=%d", h.join, 0))
	if n := <-late; len(n.Remarks) != 2 || n.State != "paused" || n.Remarks[0].Said+n.Remarks[1].Said != "ensimmäinen" {
		t.Errorf("who was away is told %+v", n)
	}
	cancel()
	soon(t, "the hall is empty", func() bool {
		h.server.halls.mu.Lock()
		defer h.server.halls.mu.Unlock()
		return len(h.server.halls.open) == 0
	})
}

// TestManyLinesOfOneAddress: one address can't take all of a room's lines.
func TestManyLinesOfOneAddress(t *testing.T) {
	h := newTestHall(t)
	defer func(most int) { hallFrom = most }(hallFrom)
	hallFrom = 3
	for i := range 5 {
		one, e, err := h.server.halls.listen(t.Context(), h.room.ID, true, "192.0.2.7", 0)
		if (err != nil) != (i >= 3) {
			t.Errorf("line %d: %v", i+1, err)
		}
		if err == nil {
			defer h.server.halls.leave(one, e)
		}
	}
	one, e, err := h.server.halls.listen(t.Context(), h.room.ID, true, "192.0.2.8", 0)
	if err != nil {
		t.Fatalf("another address: %v", err)
	}
	h.server.halls.leave(one, e)
}
