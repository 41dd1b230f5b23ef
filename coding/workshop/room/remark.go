package room

import (
	"slices"
	"time"

	"avokoodi/coding"
)

// RemarkState is who sees a remark.
type RemarkState string

// States of a remark. Its author always sees it.
const (
	Held   RemarkState = "held"   // waits for the organiser
	Shown  RemarkState = "shown"  // everybody in the room
	Hidden RemarkState = "hidden" // the organiser has put it away
)

// Remark is a comment on a card, or a participant's own theme.
type Remark struct {
	ID     RemarkID
	Person int64 // who wrote it; never shown
	Seq    int64 // of the room when it last changed
	At     time.Time
	Own    bool   // an own theme
	Card   string // of a comment, or where the organiser has put an own theme; "" for none
	State  RemarkState
	AsIs   bool // the organiser has let the text through as it was written
	Agrees int
	Words
}

// Said is the words of the remark as the room sees them: masked, unless the organiser has let them through.
func (r Remark) Said() string {
	if r.Masked != "" && !r.AsIs {
		return r.Masked
	}
	return r.Text
}

// Step is what an organiser does with a remark.
type Step string

// Steps of moderation.
const (
	Show    Step = "show" // with identifiers masked
	ShowAll Step = "asis" // as it was written
	Hide    Step = "hide" // away from the room
	Move    Step = "move" // groups it under a card; an own theme may go back to none
)

// Moderate does a step. cards has the key of every card.
func (r *Remark) Moderate(s Step, card string, cards []string) error {
	switch s {
	case Show:
		r.State, r.AsIs = Shown, false
	case ShowAll:
		r.State, r.AsIs = Shown, true
	case Hide:
		r.State = Hidden
	case Move:
		if !(r.Own && card == "") && !slices.Contains(cards, card) {
			return coding.ErrNotFound
		}
		r.Card = card
	default:
		return coding.ErrNotFound
	}
	return nil
}
