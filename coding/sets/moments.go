package sets

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"avokoodi/coding"
)

// moments is when somebody first coded or marked each answer. It is read from the store when it is first asked for, and follows
// the changes from then on.
type moments struct {
	first *column[int64]           // answer → microseconds since 1970, 0 for never; nil until somebody asks
	stale map[coding.AnswerID]bool // what was first there may be gone
}

func (m *moments) came(a coding.AnswerID, at time.Time) {
	if m.first == nil {
		return
	}
	if first := m.first.at(uint32(a)); *first == 0 || instant(at) < *first {
		*first = instant(at)
	}
}

func (m *moments) went(a coding.AnswerID, at time.Time) {
	if m.first != nil && instant(at) <= m.first.get(uint32(a)) {
		m.stale[a] = true
	}
}

// instant is a moment in microseconds, never 0.
func instant(t time.Time) int64 {
	if us := t.UnixMicro(); us != 0 {
		return us
	}
	return 1
}

func (m *moments) ready() bool { return m.first != nil && len(m.stale) == 0 }

// readMoments makes the moments ready, with a reader of the board's very state.
func (b *Board) readMoments(ctx context.Context, r coding.Reader) error {
	m := &b.moments
	if m.first != nil {
		ids := slices.Sorted(maps.Keys(m.stale))
		codings, err := r.CodingsOf(ctx, b.project.ID, ids)
		if err != nil {
			return fmt.Errorf("moments: %w", err)
		}
		marks, err := r.MarksOf(ctx, b.project.ID, ids)
		if err != nil {
			return fmt.Errorf("moments: %w", err)
		}
		for _, id := range ids {
			*m.first.at(uint32(id)) = 0
		}
		for _, c := range codings {
			m.came(c.Answer, c.At)
		}
		for _, x := range marks {
			m.came(x.Answer, x.At)
		}
		clear(m.stale)
		return nil
	}
	all := moments{first: &column[int64]{}, stale: map[coding.AnswerID]bool{}}
	for c, err := range r.EachCodingMoment(ctx, b.project.ID) {
		if err != nil {
			return fmt.Errorf("moments: %w", err)
		}
		all.came(c.Answer, c.At)
	}
	for x, err := range r.EachMark(ctx, b.project.ID) {
		if err != nil {
			return fmt.Errorf("moments: %w", err)
		}
		all.came(x.Answer, x.At)
	}
	*m = all
	return nil
}

// ReadMoments is Read on a board whose JudgedAt can be asked.
func (b *Boards) ReadMoments(ctx context.Context, p coding.ProjectID, fn func(*Board) error) error {
	for {
		ready := false
		err := b.Read(ctx, p, func(board *Board) error {
			if ready = board.moments.ready(); ready {
				return fn(board)
			}
			return nil
		})
		if err != nil || ready {
			return err
		}
		if _, err := b.catchUp(ctx, p, b.entry(p), (*Board).readMoments); err != nil {
			return fmt.Errorf("board of project %d: %w", p, err)
		}
	}
}

// JudgedAt is when somebody first coded or marked an answer that is coded or marked, in microseconds since 1970; 0 for another
// answer. It is known inside ReadMoments only.
func (b *Board) JudgedAt(a coding.AnswerID) int64 { return b.moments.first.get(uint32(a)) }
