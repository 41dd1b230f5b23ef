package sqlstore

import (
	"testing"
	"time"

	"avokoodi/coding"
)

func TestSessions(t *testing.T) {
	s := open(t)
	sessions := s.Sessions()
	find := func(token string) string {
		data, found, err := sessions.Find(token)
		must(t, err)
		if !found {
			return "none"
		}
		return string(data)
	}
	soon := time.Now().Add(time.Hour)
	must(t, sessions.Commit("token", []byte("a\x00b"), soon))
	must(t, sessions.Commit("other", []byte("o"), soon))
	must(t, sessions.Commit("old", []byte("x"), time.Now().Add(-time.Second)))
	if find("token") != "a\x00b" || find("other") != "o" || find("old") != "none" || find("unknown") != "none" {
		t.Errorf("found %q %q %q %q", find("token"), find("other"), find("old"), find("unknown"))
	}
	must(t, sessions.Commit("token", []byte("c"), soon))
	if find("token") != "c" {
		t.Errorf("not replaced: %q", find("token"))
	}
	must(t, sessions.Delete("token"))
	must(t, sessions.Delete("token"))
	if find("token") != "none" || find("other") != "o" {
		t.Errorf("after deleting: %q %q", find("token"), find("other"))
	}

	count := func(where string) (n int64) {
		must(t, s.read(t.Context(), func(r *reader) error {
			return r.conn.queryRow(t.Context(), "SELECT count(*) FROM sessions WHERE "+where, nil, &n)
		}))
		return n
	}
	if n := count("token LIKE '%other%' OR length(token) <> 64"); n != 0 {
		t.Errorf("%d tokens stand in the database as they are", n)
	}
	if count("1 = 1") != 2 {
		t.Errorf("%d sessions, want the living one and the expired one", count("1 = 1"))
	}
	sessions.swept.Store(0) // as if long ago
	must(t, sessions.Commit("new", nil, soon))
	if count("1 = 1") != 2 || find("other") != "o" {
		t.Errorf("the expired session was not deleted: %d", count("1 = 1"))
	}
	if _, found, err := sessions.Find("new"); !found || err != nil {
		t.Errorf("session without data: %v %v", found, err)
	}
}

// TestSessionsAreNoNews: a session is nothing that followers of the log need to hear of.
func TestSessionsAreNoNews(t *testing.T) {
	s := open(t)
	calls := 0
	must(t, s.writer.do(t.Context(), false, func(*conn) error { return nil }))
	s.writer.committed = func() { calls++ }
	must(t, s.Sessions().Commit("token", nil, time.Now().Add(time.Hour)))
	must(t, s.Update(t.Context(), func(tx coding.Tx) error { return tx.SetSetting(t.Context(), "k", "v") }))
	must(t, s.writer.do(t.Context(), false, func(*conn) error { return nil }))
	if calls != 1 {
		t.Errorf("%d calls, want that of the setting", calls)
	}
}
