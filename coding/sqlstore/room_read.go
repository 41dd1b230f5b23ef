package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
)

// Mine is what a participant has done.
func (s *RoomStore) Mine(ctx context.Context, id room.ID, token string) (m room.Mine, err error) {
	err = s.store.read(ctx, func(r *reader) error {
		m.Person, err = personOf(ctx, r.conn, id, token)
		if errors.Is(err, coding.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		m.Votes, err = list(ctx, r, "votes", func(rows *sql.Rows) (b room.Ballot, err error) {
			return b, rows.Scan((*string)(&b.Kind), &b.Card)
		}, "SELECT kind, card FROM room_votes WHERE person_id = $1", m.Person.ID)
		if err != nil {
			return err
		}
		m.Remarks, err = list(ctx, r, "remarks", scanRemark, "SELECT "+remarkColumns+" FROM room_remarks WHERE person_id = $1 ORDER BY id", m.Person.ID)
		if err != nil {
			return err
		}
		m.Agreed, err = list(ctx, r, "agreements", func(rows *sql.Rows) (id room.RemarkID, err error) {
			return id, rows.Scan((*int64)(&id))
		}, "SELECT remark_id FROM room_agrees WHERE person_id = $1", m.Person.ID)
		return err
	})
	return m, err
}

// News is what has changed in a room, read in one snapshot.
func (s *RoomStore) News(ctx context.Context, id room.ID, since int64) (n room.News, err error) {
	err = s.store.read(ctx, func(r *reader) error {
		n.Room, err = one(ctx, r, "room", scanRoom, "SELECT "+roomColumns+" FROM live_rooms WHERE id = $1", int64(id))
		if err != nil {
			return err
		}
		n.Votes = room.Tally{}
		err = r.conn.query(ctx, "SELECT kind, card, count(*) FROM room_votes WHERE room_id = $1 GROUP BY kind, card", []any{int64(id)}, func(rows *sql.Rows) error {
			var b room.Ballot
			var votes int
			err := rows.Scan((*string)(&b.Kind), &b.Card, &votes)
			n.Votes[b] = votes
			return err
		})
		if err != nil {
			return err
		}
		if err := r.conn.queryRow(ctx, "SELECT count(*) FROM room_people WHERE room_id = $1", []any{int64(id)}, &n.People); err != nil {
			return err
		}
		n.Remarks, err = list(ctx, r, "remarks", scanRemark, "SELECT "+remarkColumns+" FROM room_remarks WHERE room_id = $1 AND seq > $2 ORDER BY seq", int64(id), since)
		return err
	})
	return n, err
}

// All is everything that a room has, read in one snapshot.
func (s *RoomStore) All(ctx context.Context, id room.ID) (l room.Ledger, err error) {
	l.Votes, l.Agreed = map[int64][]room.Ballot{}, map[int64][]room.RemarkID{}
	err = s.store.read(ctx, func(r *reader) error {
		if l.Room, err = one(ctx, r, "room", scanRoom, "SELECT "+roomColumns+" FROM live_rooms WHERE id = $1", int64(id)); err != nil {
			return err
		}
		if l.Cards, err = readCards(ctx, r, id); err != nil {
			return err
		}
		if l.People, err = list(ctx, r, "participants", scanParticipant, "SELECT id, seat, joined FROM room_people WHERE room_id = $1 ORDER BY id", int64(id)); err != nil {
			return err
		}
		err = r.conn.query(ctx, "SELECT person_id, kind, card FROM room_votes WHERE room_id = $1 ORDER BY kind, card, person_id", []any{int64(id)}, func(rows *sql.Rows) error {
			var who int64
			var b room.Ballot
			err := rows.Scan(&who, (*string)(&b.Kind), &b.Card)
			l.Votes[who] = append(l.Votes[who], b)
			return err
		})
		if err != nil {
			return err
		}
		if l.Remarks, err = list(ctx, r, "remarks", scanRemark, "SELECT "+remarkColumns+" FROM room_remarks WHERE room_id = $1 ORDER BY id", int64(id)); err != nil {
			return err
		}
		return r.conn.query(ctx, "SELECT a.person_id, a.remark_id FROM room_agrees a JOIN room_remarks m ON m.id = a.remark_id WHERE m.room_id = $1 ORDER BY a.remark_id, a.person_id",
			[]any{int64(id)}, func(rows *sql.Rows) error {
				var who int64
				var remark room.RemarkID
				err := rows.Scan(&who, (*int64)(&remark))
				l.Agreed[who] = append(l.Agreed[who], remark)
				return err
			})
	})
	return l, err
}
