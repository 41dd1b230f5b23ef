package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
)

// Act does an act once. What it depends on is read in the transaction that writes it, and transactions have their turn one after
// the other, so no two acts pass a limit together.
func (s *RoomStore) Act(ctx context.Context, id room.ID, token string, cards []string, a room.Act) (done room.Done, err error) {
	err = s.write(ctx, "act", func(c *conn) error {
		done, err = act(ctx, c, id, token, cards, a)
		return err
	})
	return done, err
}

func act(ctx context.Context, c *conn, id room.ID, token string, cards []string, a room.Act) (done room.Done, err error) {
	r, err := only(ctx, c, "room", scanRoom, "SELECT "+roomColumns+" FROM live_rooms WHERE id = $1", int64(id))
	if err != nil {
		return done, err
	}
	me, err := personOf(ctx, c, id, token)
	isNew := errors.Is(err, coding.ErrNotFound)
	if err != nil && !isNew {
		return done, err
	}
	if !isNew {
		again, err := actDone(ctx, c, me.ID, a.Key)
		if err != nil || again.Again {
			return again, err
		}
	}
	have, err := haveFor(ctx, c, id, me, isNew, a)
	if err != nil {
		return done, err
	}
	if err := r.Judge(a, me, have, cards); err != nil {
		return done, err
	}
	if isNew {
		if me.ID, err = c.insertID(ctx, "INSERT INTO room_people (room_id, token, joined) VALUES ($1, $2, $3)", int64(id), tokenKey(token), micros(a.At)); err != nil {
			return done, err
		}
	}
	if done.Seq, err = nextSeq(ctx, c, id); err != nil {
		return done, err
	}
	if done.Remark, done.State, err = perform(ctx, c, r, me, have, a, done.Seq); err != nil {
		return done, err
	}
	_, err = c.exec(ctx, "INSERT INTO room_acts (person_id, key, remark_id) VALUES ($1, $2, $3)", me.ID, a.Key, int64(done.Remark))
	return done, err
}

// actDone tells whether the participant has done the act before.
func actDone(ctx context.Context, c *conn, who int64, key string) (room.Done, error) {
	var done room.Done
	err := c.query(ctx, "SELECT a.remark_id, coalesce(m.state, '') FROM room_acts a LEFT JOIN room_remarks m ON m.id = a.remark_id WHERE a.person_id = $1 AND a.key = $2", []any{who, key}, func(rows *sql.Rows) error {
		done.Again = true
		return rows.Scan((*int64)(&done.Remark), (*string)(&done.State))
	})
	return done, err
}

func scanParticipant(rows *sql.Rows) (p room.Person, err error) {
	var joined int64
	err = rows.Scan(&p.ID, &p.Group, &joined)
	p.Joined = moment(joined)
	return p, err
}

func personOf(ctx context.Context, c *conn, id room.ID, token string) (room.Person, error) {
	return only(ctx, c, "participant", scanParticipant, "SELECT id, seat, joined FROM room_people WHERE room_id = $1 AND token = $2", int64(id), tokenKey(token))
}

// haveFor is what an act depends on.
func haveFor(ctx context.Context, c *conn, id room.ID, me room.Person, isNew bool, a room.Act) (h room.Have, err error) {
	count := func(to *int, query string, args ...any) {
		if err == nil {
			err = c.queryRow(ctx, query, args, to)
		}
	}
	if isNew {
		count(&h.People, "SELECT count(*) FROM room_people WHERE room_id = $1", int64(id))
	}
	switch a.Do {
	case room.Vote, room.Unvote:
		var voted int
		count(&h.Votes, "SELECT count(*) FROM room_votes WHERE person_id = $1 AND kind = $2", me.ID, string(a.Kind))
		count(&voted, "SELECT count(*) FROM room_votes WHERE room_id = $1 AND kind = $2 AND card = $3 AND person_id = $4", int64(id), string(a.Kind), a.Card, me.ID)
		h.Voted = voted > 0
	case room.Comment, room.OwnTheme:
		count(&h.Remarks, "SELECT count(*) FROM room_remarks WHERE person_id = $1", me.ID)
	case room.Agree, room.Disagree:
		var agreed int
		count(&agreed, "SELECT count(*) FROM room_agrees WHERE remark_id = $1 AND person_id = $2", int64(a.Remark), me.ID)
		h.Agreed = agreed > 0
		if err != nil {
			return h, err
		}
		other, e := only(ctx, c, "remark", scanRemark, "SELECT "+remarkColumns+" FROM room_remarks WHERE id = $1 AND room_id = $2", int64(a.Remark), int64(id))
		if e == nil {
			h.Other = &other
		} else if !errors.Is(e, coding.ErrNotFound) {
			return h, e
		}
	}
	return h, err
}

// perform writes what an act does. What is so already stays so.
func perform(ctx context.Context, c *conn, r room.Room, me room.Person, have room.Have, a room.Act, seq int64) (remark room.RemarkID, state room.RemarkState, err error) {
	exec := func(query string, args ...any) {
		if err == nil {
			_, err = c.exec(ctx, query, args...)
		}
	}
	switch a.Do {
	case room.Vote:
		exec("INSERT INTO room_votes (room_id, kind, card, person_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", int64(r.ID), string(a.Kind), a.Card, me.ID)
	case room.Unvote:
		exec("DELETE FROM room_votes WHERE room_id = $1 AND kind = $2 AND card = $3 AND person_id = $4", int64(r.ID), string(a.Kind), a.Card, me.ID)
	case room.Sit:
		exec("UPDATE room_people SET seat = $2 WHERE id = $1", me.ID, a.Group)
	case room.Agree, room.Disagree:
		if have.Agreed == (a.Do == room.Agree) {
			return 0, "", nil
		}
		change := 1
		if a.Do == room.Disagree {
			change = -1
			exec("DELETE FROM room_agrees WHERE remark_id = $1 AND person_id = $2", int64(a.Remark), me.ID)
		} else {
			exec("INSERT INTO room_agrees (remark_id, person_id) VALUES ($1, $2)", int64(a.Remark), me.ID)
		}
		exec("UPDATE room_remarks SET agrees = agrees + $2, seq = $3 WHERE id = $1", int64(a.Remark), change, seq)
	case room.Comment, room.OwnTheme:
		words, e := json.Marshal(a.Words)
		if e != nil {
			return 0, "", e
		}
		state = r.First(a.Words)
		id, e := c.insertID(ctx, "INSERT INTO room_remarks (room_id, person_id, seq, at, own, card, state, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			int64(r.ID), me.ID, seq, micros(a.At), flag(a.Do == room.OwnTheme), a.Card, string(state), string(words))
		return room.RemarkID(id), state, e
	}
	return 0, "", err
}
