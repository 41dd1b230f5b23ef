package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"
)

// sweepTime is how often sessions that have expired are deleted.
const sweepTime = 10 * time.Minute

// SessionStore keeps the sessions of scs beside the rest. A token is stored as its SHA-256 only, so that nobody can sign
// in with what stands in the database or a copy of it.
type SessionStore struct {
	store *Store
	swept atomic.Int64 // Unix time
}

var _ scs.CtxStore = (*SessionStore)(nil)

// Sessions is the session store of this database.
func (s *Store) Sessions() *SessionStore { return &SessionStore{store: s} }

func tokenKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FindCtx returns the data of the session that has the token and has not expired.
func (s *SessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.read(ctx, func(r *reader) error {
		return r.conn.query(ctx, "SELECT data FROM sessions WHERE token = $1 AND expires > $2",
			[]any{tokenKey(token), micros(time.Now())}, func(rows *sql.Rows) error {
				found = true
				return rows.Scan(&data)
			})
	})
	if err != nil {
		return nil, false, fmt.Errorf("find session: %w", err)
	}
	return data, found, nil
}

// CommitCtx keeps the data of the session until it expires.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	if data == nil {
		data = []byte{}
	}
	now := time.Now()
	swept := s.swept.Load()
	sweep := now.Unix()-swept > int64(sweepTime/time.Second) && s.swept.CompareAndSwap(swept, now.Unix())
	err := s.store.writer.do(ctx, false, func(c *conn) error {
		if sweep {
			if _, err := c.exec(ctx, "DELETE FROM sessions WHERE expires <= $1", micros(now)); err != nil {
				return err
			}
		}
		_, err := c.exec(ctx, `INSERT INTO sessions (token, data, expires) VALUES ($1, $2, $3)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`, tokenKey(token), data, micros(expiry))
		return err
	})
	if err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// DeleteCtx ends the session; one that is not there is no error.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	err := s.store.writer.do(ctx, false, func(c *conn) error {
		_, err := c.exec(ctx, "DELETE FROM sessions WHERE token = $1", tokenKey(token))
		return err
	})
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Find is FindCtx without a context.
func (s *SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *SessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}
