package room

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"avokoodi/coding"
)

// ID is a room's; RemarkID is that of a comment or of a participant's own theme. Zero is neither's.
type (
	ID       int64
	RemarkID int64
)

// State is whether a room takes acts.
type State string

// States of a room.
const (
	Open   State = "open"
	Paused State = "paused" // can be read; what is sent has to wait
	Closed State = "closed" // for good
)

// Why an act is not taken now. Neither is the participant's fault.
var (
	ErrPaused = errors.New("the room is paused")
	ErrClosed = errors.New("the room is closed")
)

// Kind is what a vote says.
type Kind string

// Kinds of votes.
const (
	Important Kind = "important"
	Easy      Kind = "easy"
)

// Kinds lists the kinds of votes in order.
var Kinds = [2]Kind{Important, Easy}

// Limits of a room.
const (
	MaxCards   = 30
	MaxQuotes  = 8  // of a card
	MaxVotes   = 20 // of a kind and participant
	MaxGroups  = 40
	MaxTitle   = 200  // code points
	MaxText    = 1000 // code points of a comment
	MaxOwn     = 200  // code points of an own theme
	MaxRemarks = 40   // of a participant
	MaxPeople  = 1000 // of a room
	MaxKey     = 80   // bytes of an act's key
)

// Room is a live session without its cards.
type Room struct {
	ID      ID               `json:"-"`
	Project coding.ProjectID `json:"-"`
	Code    string           `json:"-"` // what participants type; see NewCode
	Seq     int64            `json:"-"` // of the last act or change
	Title   string           `json:"title"`
	State   State            `json:"state"`
	Votes   map[Kind]int     `json:"votes"`            // how many a participant has; 0 or none: that kind is off
	Groups  []string         `json:"groups,omitempty"` // tables to choose from
	Screen  bool             `json:"screen,omitempty"` // the organiser sees everything before the room does
	Covered bool             `json:"covered,omitempty"`
	By      coding.PersonID  `json:"by"`
	Opened  time.Time        `json:"opened"`
	Ended   time.Time        `json:"ended,omitzero"`
	Import  coding.ImportID  `json:"import,omitempty"` // that brought it into the data; it may have been undone since
}

// Card is a theme as it was when the room was opened.
type Card struct {
	Key    string      `json:"key"` // the theme's
	Label  coding.Text `json:"label"`
	Hue    int         `json:"hue,omitempty"`
	N      int         `json:"n,omitempty"`
	Base   int         `json:"base,omitempty"`
	Hidden bool        `json:"hidden,omitempty"` // the number may not be told
	Quotes []Quote     `json:"quotes,omitempty"`
}

// Quote is an approved quote as it may be shown.
type Quote struct {
	Said        string      `json:"said"`
	Lang        coding.Lang `json:"lang"`
	Translated  coding.Text `json:"translated,omitzero"` // where a person has translated it
	Attribution coding.Text `json:"attribution,omitzero"`
}

func problem(field, key string, args ...any) error {
	return coding.Problem{Field: field, Key: key, Args: args}
}

// Check returns a Problem unless the room can be opened with the cards.
func (r *Room) Check(cards []Card) error {
	r.Title = strings.Join(strings.Fields(r.Title), " ")
	switch {
	case r.Title == "":
		return problem("title", "room.title_missing")
	case utf8.RuneCountInString(r.Title) > MaxTitle:
		return problem("title", "room.title_long", MaxTitle)
	case len(cards) == 0:
		return problem("theme", "room.cards_missing")
	case len(cards) > MaxCards:
		return problem("theme", "room.cards_many", MaxCards)
	case len(r.Groups) > MaxGroups:
		return problem("groups", "room.groups_many", MaxGroups)
	}
	for _, k := range Kinds {
		if n := r.Votes[k]; n < 0 || n > MaxVotes {
			return problem("votes_"+string(k), "room.votes_bad", MaxVotes)
		}
	}
	for _, g := range r.Groups {
		if utf8.RuneCountInString(g) > 60 {
			return problem("groups", "room.group_long", 60)
		}
	}
	return nil
}

// Groups reads a list of groups, one a line; the same name twice counts once.
func Groups(text string) []string {
	var out []string
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		name := strings.Join(strings.Fields(line), " ")
		if key := keyOf(name); name != "" && !seen[key] {
			seen[key] = true
			out = append(out, name)
		}
	}
	return out
}

// Set changes the state. A closed room stays closed.
func (r *Room) Set(to State, now time.Time) error {
	switch {
	case r.State == Closed:
		return ErrClosed
	case to == Closed:
		r.Ended = now
	case to != Open && to != Paused:
		return coding.ErrNotFound
	}
	r.State = to
	return nil
}

// Taking is nil when the room takes acts.
func (r Room) Taking() error {
	switch r.State {
	case Open:
		return nil
	case Paused:
		return ErrPaused
	}
	return ErrClosed
}
