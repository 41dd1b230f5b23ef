package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
)

var roomKeys = []string{"a", "b", "c", "d"}

func roomProject(t testing.TB, s *Store, slug string) coding.ProjectID {
	t.Helper()
	p, err := coding.NewService(s, nil).CreateProject(t.Context(), coding.Operator, coding.Project{Slug: slug, Name: coding.Text{EN: slug}})
	must(t, err)
	return p.ID
}

func openRoom(t testing.TB, s *Store, p coding.ProjectID, change func(*room.Room)) room.Room {
	t.Helper()
	r := room.Room{Project: p, Code: room.NewCode(), Title: "Työpaja", State: room.Open, Votes: map[room.Kind]int{room.Important: 2, room.Easy: 1},
		Groups: []string{"Table 1"}, Opened: time.Now().Truncate(time.Millisecond).UTC()}
	if change != nil {
		change(&r)
	}
	var cards []room.Card
	for _, k := range roomKeys {
		cards = append(cards, room.Card{Key: k, Label: coding.Text{FI: "Kortti " + k}})
	}
	r, err := s.LiveRooms().Open(t.Context(), r, cards)
	must(t, err)
	return r
}

func TestRoomIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s, err := Open(t.Context(), path)
	must(t, err)
	p := roomProject(t, s, "one")
	r := openRoom(t, s, p, nil)
	rooms := s.LiveRooms()
	ctx := t.Context()
	act := func(token string, a room.Act) room.Done {
		t.Helper()
		a.At = r.Opened.Add(time.Minute)
		d, err := rooms.Act(ctx, r.ID, token, roomKeys, a)
		must(t, err)
		return d
	}
	act("anna", room.Act{Key: "1", Do: room.Vote, Kind: room.Important, Card: "a"})
	act("anna", room.Act{Key: "2", Do: room.Sit, Group: "Table 1"})
	said := act("anna", room.Act{Key: "3", Do: room.Comment, Card: "b", Words: room.Words{Text: "Hyvä", Lang: "fi"}})
	act("berit", room.Act{Key: "1", Do: room.Agree, Remark: said.Remark})
	if again := act("anna", room.Act{Key: "3", Do: room.Comment, Card: "b", Words: room.Words{Text: "Hyvä", Lang: "fi"}}); !again.Again || again.Remark != said.Remark || again.State != room.Shown {
		t.Errorf("the same act again: %+v", again)
	}
	act("anna", room.Act{Key: "4", Do: room.Unvote, Kind: room.Important, Card: "a"})
	if late := act("anna", room.Act{Key: "1", Do: room.Vote, Kind: room.Important, Card: "a"}); !late.Again {
		t.Error("an act that was late is done a second time, after it was taken back")
	}
	act("anna", room.Act{Key: "5", Do: room.Vote, Kind: room.Easy, Card: "c"})
	_, err = rooms.Moderate(ctx, r.ID, said.Remark, func(m *room.Remark) error { return m.Moderate(room.Move, "d", roomKeys) })
	must(t, err)
	_, err = rooms.Change(ctx, p, r.ID, func(r *room.Room) error { return r.Set(room.Paused, time.Now()) })
	must(t, err)
	before, err := rooms.All(ctx, r.ID)
	must(t, err)
	must(t, s.Close())

	s = openAt(t, path)
	rooms = s.LiveRooms()
	after, err := rooms.All(ctx, r.ID)
	must(t, err)
	if d := cmp.Diff(before, after); d != "" {
		t.Error(d)
	}
	if len(after.Cards) != 4 || after.Room.State != room.Paused || len(after.People) != 2 || after.People[0].Group != "Table 1" ||
		len(after.Remarks) != 1 || after.Remarks[0].Agrees != 1 || after.Remarks[0].Card != "d" {
		t.Errorf("%+v", after)
	}
	mine, err := rooms.Mine(ctx, r.ID, "anna")
	must(t, err)
	if len(mine.Votes) != 1 || mine.Votes[0] != (room.Ballot{Kind: room.Easy, Card: "c"}) || len(mine.Remarks) != 1 {
		t.Errorf("%+v", mine)
	}
	if none, err := rooms.Mine(ctx, r.ID, "nobody"); err != nil || none.Person.ID != 0 {
		t.Errorf("%+v %v", none, err)
	}
	if _, err := rooms.Act(ctx, r.ID, "anna", roomKeys, room.Act{Key: "9", Do: room.Sit}); !errors.Is(err, room.ErrPaused) {
		t.Errorf("a paused room takes an act: %v", err)
	}
	// What was done before the pause is still known as done.
	if d, err := rooms.Act(ctx, r.ID, "anna", roomKeys, room.Act{Key: "5", Do: room.Vote, Kind: room.Easy, Card: "c"}); err != nil || !d.Again {
		t.Errorf("%+v %v", d, err)
	}
	byCode, err := rooms.ByCode(ctx, r.Code)
	must(t, err)
	list, err := rooms.Rooms(ctx, p)
	must(t, err)
	if byCode.ID != r.ID || len(list) != 1 {
		t.Errorf("%+v %+v", byCode, list)
	}
	if _, err := rooms.Open(ctx, byCode, nil); !errors.Is(err, coding.ErrConflict) {
		t.Errorf("a code is given twice: %v", err)
	}
	if _, err := rooms.Room(ctx, p+1, r.ID); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("a room of another project: %v", err)
	}
}

// TestRoomNews: each piece of news has what changed since the last, and nothing twice.
func TestRoomNews(t *testing.T) {
	s := open(t)
	r := openRoom(t, s, roomProject(t, s, "one"), nil)
	rooms, ctx := s.LiveRooms(), t.Context()
	var since int64
	for i := range 5 {
		d, err := rooms.Act(ctx, r.ID, fmt.Sprint("p", i), roomKeys, room.Act{Key: "k", Do: room.Comment, Card: "a", Words: room.Words{Text: fmt.Sprint(i)}})
		must(t, err)
		n, err := rooms.News(ctx, r.ID, since)
		must(t, err)
		if len(n.Remarks) != 1 || n.Remarks[0].ID != d.Remark || n.Room.Seq != d.Seq || n.People != i+1 {
			t.Errorf("%+v", n)
		}
		since = n.Room.Seq
	}
}

// TestVotesInARace: as many requests at once as there are cards and more, several times; the limit holds, and what was said to be
// done is there.
func TestVotesInARace(t *testing.T) {
	s := open(t)
	r := openRoom(t, s, roomProject(t, s, "one"), nil)
	rooms := s.LiveRooms()
	for n := range 20 {
		token := fmt.Sprint("p", n)
		var taken atomic.Int32
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				_, err := rooms.Act(context.Background(), r.ID, token, roomKeys, room.Act{Key: fmt.Sprint(i), Do: room.Vote, Kind: room.Important, Card: roomKeys[i%4]})
				var p coding.Problem
				switch {
				case err == nil:
					taken.Add(1)
				case !errors.As(err, &p) || p.Key != "room.votes_used":
					t.Error(err)
				}
			})
		}
		wg.Wait()
		mine, err := rooms.Mine(t.Context(), r.ID, token)
		must(t, err)
		if len(mine.Votes) != 2 || taken.Load() < 2 {
			t.Fatalf("%d votes, %d taken", len(mine.Votes), taken.Load())
		}
	}
	if l, err := rooms.All(t.Context(), r.ID); err != nil || len(l.People) != 20 {
		t.Errorf("%d participants: racing first acts made more than one each; %v", len(l.People), err)
	}
}

// TestActsAgree runs random acts, each sent one to three times, and compares with a naive model.
func TestActsAgree(t *testing.T) {
	s := open(t)
	r := openRoom(t, s, roomProject(t, s, "one"), nil)
	rooms, ctx := s.LiveRooms(), t.Context()
	rnd := rand.New(rand.NewPCG(1, 2))
	votes := map[string]bool{}
	agrees := map[string]bool{}
	var remarks []room.RemarkID
	author := map[room.RemarkID]string{}
	for i := range 600 {
		who := fmt.Sprint("p", rnd.IntN(6))
		a := room.Act{Key: fmt.Sprint(i), Kind: room.Kinds[rnd.IntN(2)], Card: roomKeys[rnd.IntN(4)]}
		a.Do = []room.Deed{room.Vote, room.Vote, room.Unvote, room.Comment, room.Agree, room.Disagree}[rnd.IntN(6)]
		switch a.Do {
		case room.Comment:
			a.Words.Text = fmt.Sprint("text ", i)
		case room.Agree, room.Disagree:
			if len(remarks) == 0 {
				continue
			}
			a.Remark = remarks[rnd.IntN(len(remarks))]
		}
		for range 1 + rnd.IntN(3) {
			d, err := rooms.Act(ctx, r.ID, who, roomKeys, a)
			if err != nil {
				var p coding.Problem
				if !errors.As(err, &p) {
					t.Fatal(err)
				}
				continue
			}
			vote, agree := fmt.Sprint(who, a.Kind, a.Card), fmt.Sprint(who, a.Remark)
			switch {
			case d.Again:
			case a.Do == room.Vote:
				votes[vote] = true
			case a.Do == room.Unvote:
				delete(votes, vote)
			case a.Do == room.Comment:
				remarks = append(remarks, d.Remark)
				author[d.Remark] = who
			case a.Do == room.Agree:
				if agrees[agree] = true; author[a.Remark] == who {
					t.Error("agreed with oneself")
				}
			case a.Do == room.Disagree:
				delete(agrees, agree)
			}
		}
	}
	l, err := rooms.All(ctx, r.ID)
	must(t, err)
	stored, agreed, counted := 0, 0, 0
	for _, list := range l.Votes {
		stored += len(list)
	}
	for _, list := range l.Agreed {
		agreed += len(list)
	}
	for _, m := range l.Remarks {
		counted += m.Agrees
	}
	if stored != len(votes) || agreed != len(agrees) || counted != len(agrees) || len(l.Remarks) != len(remarks) {
		t.Errorf("votes %d of %d, agreements %d and %d of %d, remarks %d of %d", stored, len(votes), agreed, counted, len(agrees), len(l.Remarks), len(remarks))
	}
}

func TestDeletedProjectLeavesNoRoom(t *testing.T) {
	s := open(t)
	p, other := roomProject(t, s, "one"), roomProject(t, s, "two")
	rooms, ctx := s.LiveRooms(), t.Context()
	for _, id := range []coding.ProjectID{p, other} {
		r := openRoom(t, s, id, nil)
		d, err := rooms.Act(ctx, r.ID, "a", roomKeys, room.Act{Key: "1", Do: room.Comment, Card: "a", Words: room.Words{Text: "x"}})
		must(t, err)
		_, err = rooms.Act(ctx, r.ID, "b", roomKeys, room.Act{Key: "1", Do: room.Agree, Remark: d.Remark})
		must(t, err)
		_, err = rooms.Act(ctx, r.ID, "b", roomKeys, room.Act{Key: "2", Do: room.Vote, Kind: room.Easy, Card: "a"})
		must(t, err)
	}
	must(t, s.Update(ctx, func(tx coding.Tx) error { return tx.DeleteProject(ctx, p) }))
	must(t, s.read(ctx, func(r *reader) error {
		for table, want := range map[string]int{"live_rooms": 1, "room_people": 2, "room_acts": 3, "room_votes": 1, "room_remarks": 1, "room_agrees": 1} {
			var n int
			if err := r.conn.queryRow(ctx, "SELECT count(*) FROM "+table, nil, &n); err != nil || n != want {
				t.Errorf("%s: %d rows, want %d: %v", table, n, want, err)
			}
		}
		return nil
	}))
}
