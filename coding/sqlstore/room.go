package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
)

// RoomStore keeps the live rooms of workshops beside the rest. They are outside the change log.
type RoomStore struct{ store *Store }

var _ room.Store = (*RoomStore)(nil)

// LiveRooms is the room store of this database.
func (s *Store) LiveRooms() *RoomStore { return &RoomStore{s} }

const roomColumns = "id, project_id, code, seq, doc"

func scanRoom(rows *sql.Rows) (r room.Room, err error) {
	var raw sql.RawBytes
	var id, project, seq int64
	var code string
	if err := rows.Scan(&id, &project, &code, &seq, &raw); err != nil {
		return r, err
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, fmt.Errorf("room %d: %w", id, err)
	}
	r.ID, r.Project, r.Code, r.Seq = room.ID(id), coding.ProjectID(project), code, seq
	r.Opened, r.Ended = kept(r.Opened), kept(r.Ended)
	return r, nil
}

// only is the only row of a query on a connection; coding.ErrNotFound when there is none.
func only[T any](ctx context.Context, c *conn, op string, scan scanned[T], query string, args ...any) (T, error) {
	return one(ctx, &reader{conn: c}, op, scan, query, args...)
}

// Open keeps a new room. A code that another room has, or had, is coding.ErrConflict.
func (s *RoomStore) Open(ctx context.Context, r room.Room, cards []room.Card) (room.Room, error) {
	doc, err := json.Marshal(r)
	if err != nil {
		return r, fmt.Errorf("open room: %w", err)
	}
	frozen, err := json.Marshal(cards)
	if err != nil {
		return r, fmt.Errorf("open room: %w", err)
	}
	err = s.write(ctx, "open room", func(c *conn) error {
		id, err := c.insertID(ctx, "INSERT INTO live_rooms (project_id, code, doc, cards) VALUES ($1, $2, $3, $4)", int64(r.Project), r.Code, string(doc), string(frozen))
		r.ID, r.Seq = room.ID(id), 0
		return conflict(err, true)
	})
	return r, err
}

func (s *RoomStore) write(ctx context.Context, op string, fn func(*conn) error) error {
	if err := full(s.store.writer.do(ctx, false, fn)); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}

// Rooms lists the rooms of a project, the newest first.
func (s *RoomStore) Rooms(ctx context.Context, p coding.ProjectID) (out []room.Room, err error) {
	err = s.store.read(ctx, func(r *reader) (err error) {
		out, err = list(ctx, r, "rooms", scanRoom, "SELECT "+roomColumns+" FROM live_rooms WHERE project_id = $1 ORDER BY id DESC", int64(p))
		return err
	})
	return out, err
}

// Room is a room of a project.
func (s *RoomStore) Room(ctx context.Context, p coding.ProjectID, id room.ID) (out room.Room, err error) {
	err = s.store.read(ctx, func(r *reader) (err error) {
		out, err = one(ctx, r, "room", scanRoom, "SELECT "+roomColumns+" FROM live_rooms WHERE id = $1 AND project_id = $2", int64(id), int64(p))
		return err
	})
	return out, err
}

// ByCode is the room that a code opens.
func (s *RoomStore) ByCode(ctx context.Context, code string) (out room.Room, err error) {
	err = s.store.read(ctx, func(r *reader) (err error) {
		out, err = one(ctx, r, "room by code", scanRoom, "SELECT "+roomColumns+" FROM live_rooms WHERE code = $1", code)
		return err
	})
	return out, err
}

// Cards are those of a room, as they were frozen.
func (s *RoomStore) Cards(ctx context.Context, id room.ID) (cards []room.Card, err error) {
	err = s.store.read(ctx, func(r *reader) error {
		cards, err = readCards(ctx, r, id)
		return err
	})
	return cards, err
}

func readCards(ctx context.Context, r *reader, id room.ID) ([]room.Card, error) {
	return one(ctx, r, "cards of a room", func(rows *sql.Rows) (cards []room.Card, err error) {
		var raw sql.RawBytes
		if err := rows.Scan(&raw); err != nil {
			return nil, err
		}
		return cards, json.Unmarshal(raw, &cards)
	}, "SELECT cards FROM live_rooms WHERE id = $1", int64(id))
}

// Change changes a room within a transaction, and counts its seq on.
func (s *RoomStore) Change(ctx context.Context, p coding.ProjectID, id room.ID, fn func(*room.Room) error) (out room.Room, err error) {
	err = s.write(ctx, "change room", func(c *conn) error {
		out, err = only(ctx, c, "room", scanRoom, "SELECT "+roomColumns+" FROM live_rooms WHERE id = $1 AND project_id = $2", int64(id), int64(p))
		if err != nil {
			return err
		}
		if err := fn(&out); err != nil {
			return err
		}
		doc, err := json.Marshal(out)
		if err != nil {
			return err
		}
		out.Seq++
		_, err = c.exec(ctx, "UPDATE live_rooms SET doc = $2, seq = $3 WHERE id = $1", int64(id), string(doc), out.Seq)
		return err
	})
	return out, err
}

// Moderate changes a remark within a transaction.
func (s *RoomStore) Moderate(ctx context.Context, id room.ID, remark room.RemarkID, fn func(*room.Remark) error) (out room.Remark, err error) {
	err = s.write(ctx, "moderate", func(c *conn) error {
		out, err = only(ctx, c, "remark", scanRemark, "SELECT "+remarkColumns+" FROM room_remarks WHERE id = $1 AND room_id = $2", int64(remark), int64(id))
		if err != nil {
			return err
		}
		if err := fn(&out); err != nil {
			return err
		}
		if out.Seq, err = nextSeq(ctx, c, id); err != nil {
			return err
		}
		_, err = c.exec(ctx, "UPDATE room_remarks SET card = $2, state = $3, as_is = $4, seq = $5 WHERE id = $1", int64(remark), out.Card, string(out.State), flag(out.AsIs), out.Seq)
		return err
	})
	return out, err
}

// nextSeq counts a room on.
func nextSeq(ctx context.Context, c *conn, id room.ID) (seq int64, err error) {
	err = c.queryRow(ctx, "UPDATE live_rooms SET seq = seq + 1 WHERE id = $1 RETURNING seq", []any{int64(id)}, &seq)
	if errors.Is(err, sql.ErrNoRows) {
		err = coding.ErrNotFound
	}
	return seq, err
}

const remarkColumns = "id, person_id, seq, at, own, card, state, as_is, agrees, words"

func scanRemark(rows *sql.Rows) (m room.Remark, err error) {
	var raw sql.RawBytes
	var id, at, own, asIs int64
	if err := rows.Scan(&id, &m.Person, &m.Seq, &at, &own, &m.Card, (*string)(&m.State), &asIs, &m.Agrees, &raw); err != nil {
		return m, err
	}
	m.ID, m.At, m.Own, m.AsIs = room.RemarkID(id), moment(at), own != 0, asIs != 0
	return m, json.Unmarshal(raw, &m.Words)
}

// emptyRooms deletes what participants have left in the rooms of a project.
func (t *tx) emptyRooms(ctx context.Context, p coding.ProjectID) error {
	const rooms = " IN (SELECT id FROM live_rooms WHERE project_id = $1)"
	const people = "person_id IN (SELECT id FROM room_people WHERE room_id" + rooms + ")"
	for _, query := range []string{"DELETE FROM room_agrees WHERE " + people, "DELETE FROM room_acts WHERE " + people, "DELETE FROM room_remarks WHERE room_id" + rooms,
		"DELETE FROM room_votes WHERE room_id" + rooms, "DELETE FROM room_people WHERE room_id" + rooms} {
		if _, err := t.remove(ctx, query, int64(p)); err != nil {
			return fmt.Errorf("rooms: %w", err)
		}
	}
	return nil
}
