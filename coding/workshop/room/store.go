package room

import (
	"context"
	"time"

	"avokoodi/coding"
)

// Store keeps rooms. What it says was done is on disk. It is not part of the change log: what happens in a room becomes data, with
// its history, when the room is closed.
type Store interface {
	// Open keeps a new room with its cards, and gives it its id.
	Open(ctx context.Context, r Room, cards []Card) (Room, error)
	Rooms(ctx context.Context, p coding.ProjectID) ([]Room, error) // the newest first
	Room(ctx context.Context, p coding.ProjectID, id ID) (Room, error)
	ByCode(ctx context.Context, code string) (Room, error)
	Cards(ctx context.Context, id ID) ([]Card, error)
	// Change changes a room as it stands by fn.
	Change(ctx context.Context, p coding.ProjectID, id ID, fn func(*Room) error) (Room, error)
	// Act does what Room.Judge allows, once for each key of a participant, whom the token names; the first act makes the
	// participant. again tells that the act had been done before.
	Act(ctx context.Context, id ID, token string, cards []string, a Act) (done Done, err error)
	// Moderate changes a remark as it stands by fn.
	Moderate(ctx context.Context, id ID, remark RemarkID, fn func(*Remark) error) (Remark, error)
	// Mine is what the token's participant has done; nothing for one who has done nothing.
	Mine(ctx context.Context, id ID, token string) (Mine, error)
	// News is what has changed since a number, with the remarks that changed in order, and the votes as they are.
	News(ctx context.Context, id ID, since int64) (News, error)
	// All is everything that the room has.
	All(ctx context.Context, id ID) (Ledger, error)
}

// Done is what came of an act.
type Done struct {
	Again  bool     // it had been done before
	Seq    int64    // of the room
	Remark RemarkID // that the act made
	State  RemarkState
}

// Ballot is one vote.
type Ballot struct {
	Kind Kind
	Card string
}

// Mine is what a participant has done.
type Mine struct {
	Person  Person // ID 0 when the store does not know one
	Votes   []Ballot
	Remarks []Remark // in order
	Agreed  []RemarkID
}

// Tally is how many votes each card has, by kind.
type Tally map[Ballot]int

// News is what has changed in a room.
type News struct {
	Room    Room
	Votes   Tally
	People  int
	Remarks []Remark // changed since, by Seq
}

// Ledger is everything that a room has.
type Ledger struct {
	Room    Room
	Cards   []Card
	People  []Person
	Votes   map[int64][]Ballot // by participant
	Remarks []Remark           // by id
	Agreed  map[int64][]RemarkID
}

// quarter is the time from the opening to a moment, in whole quarters of an hour.
func (r Room) quarter(at time.Time) int { return max(int(at.Sub(r.Opened)/(15*time.Minute)), 0) }
