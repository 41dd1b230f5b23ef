package room

import (
	"cmp"
	"slices"
)

// Board is what a room has come to, kept up to date by its news. The zero Board has heard nothing. It is for one goroutine.
type Board struct {
	Room    Room
	Cards   []Card
	People  int
	votes   Tally
	remarks map[RemarkID]Remark
}

// Hear takes news in. It tells the remarks that are new or changed for the room: shown ones, and those that are shown no more.
func (b *Board) Hear(n News) (changed []Remark) {
	if b.remarks == nil {
		b.remarks = map[RemarkID]Remark{}
	}
	b.Room, b.People, b.votes = n.Room, n.People, n.Votes
	for _, r := range n.Remarks {
		before, had := b.remarks[r.ID]
		if r.State == Shown || had && before.State == Shown {
			changed = append(changed, r)
		}
		b.remarks[r.ID] = r
	}
	return changed
}

// Standing is a card with what the room gave it.
type Standing struct {
	Card
	Place   int // 1 for the most; the same for cards that have the same; 0 for none
	Votes   map[Kind]int
	Remarks []Remark // shown, most agreements first
}

// Ranking is the cards, most votes of the first kind first, then of the second; equal ones in the order of the cards.
func (b *Board) Ranking(by Kind) []Standing {
	out := make([]Standing, 0, len(b.Cards))
	for _, c := range b.Cards {
		s := Standing{Card: c, Votes: map[Kind]int{}, Remarks: b.shown(func(r Remark) bool { return r.Card == c.Key })}
		for _, k := range Kinds {
			s.Votes[k] = b.votes[Ballot{k, c.Key}]
		}
		out = append(out, s)
	}
	second := Easy
	if by == Easy {
		second = Important
	}
	slices.SortStableFunc(out, func(x, y Standing) int {
		return cmp.Or(cmp.Compare(y.Votes[by], x.Votes[by]), cmp.Compare(y.Votes[second], x.Votes[second]))
	})
	for i := range out {
		out[i].Place = i + 1
		switch {
		case out[i].Votes[by] == 0:
			out[i].Place = 0
		case i > 0 && out[i].Votes[by] == out[i-1].Votes[by]:
			out[i].Place = out[i-1].Place
		}
	}
	return out
}

// Own is the participants' own themes that stand under no card, most agreements first.
func (b *Board) Own() []Remark { return b.shown(func(r Remark) bool { return r.Own && r.Card == "" }) }

// Remarks is all remarks in any state, the newest first.
func (b *Board) Remarks() []Remark {
	out := make([]Remark, 0, len(b.remarks))
	for _, r := range b.remarks {
		out = append(out, r)
	}
	slices.SortFunc(out, func(x, y Remark) int { return cmp.Compare(y.ID, x.ID) })
	return out
}

// Cast is the number of votes of a kind.
func (b *Board) Cast(k Kind) int {
	n := 0
	for ballot, votes := range b.votes {
		if ballot.Kind == k {
			n += votes
		}
	}
	return n
}

func (b *Board) shown(is func(Remark) bool) []Remark {
	var out []Remark
	for _, r := range b.remarks {
		if r.State == Shown && is(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(x, y Remark) int { return cmp.Or(cmp.Compare(y.Agrees, x.Agrees), cmp.Compare(x.ID, y.ID)) })
	return out
}

// Board is the board of a ledger.
func (l Ledger) Board() *Board {
	b := &Board{Cards: l.Cards}
	votes := Tally{}
	for _, list := range l.Votes {
		for _, v := range list {
			votes[v]++
		}
	}
	b.Hear(News{Room: l.Room, Votes: votes, People: len(l.People), Remarks: l.Remarks})
	return b
}
