package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

const (
	mostAlike      = 20_000 // answers that one card stands for
	mostCards      = 500    // cards of one change
	mostAlikeShown = 200    // answers in the list that a card opens
)

// together is a card and the answers that it stands for, in order: one, or several that say the same.
type together []coding.AnswerID

func (t together) lead() coding.AnswerID { return t[0] }

// String packs the answers as the page keeps them: ids in base 36, each the difference from the one before.
func (t together) String() string {
	var b strings.Builder
	last := coding.AnswerID(0)
	for i, id := range t {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strconv.FormatInt(int64(id-last), 36))
		last = id
	}
	return b.String()
}

func idText(id coding.AnswerID) string { return strconv.FormatInt(int64(id), 10) }

// parseTogether reads cards as String packs them, with commas between cards.
func parseTogether(s string) ([]together, error) {
	var out []together
	total := 0
	for card := range strings.SplitSeq(s, ",") {
		var one together
		last := int64(0)
		for part := range strings.SplitSeq(card, ".") {
			n, err := strconv.ParseInt(part, 36, 64)
			if err != nil || n <= 0 || last+n > 1<<32 {
				return nil, coding.ErrNotFound
			}
			last += n
			one = append(one, coding.AnswerID(last))
		}
		if total += len(one); total > mostAlike || len(out) == mostCards {
			return nil, coding.Problem{Field: "on", Key: "desk.too_many", Args: []any{mostCards, mostAlike}}
		}
		out = append(out, one)
	}
	return out, nil
}

// on is what a change of the desk is about: the cards that the form names, or else the answer of the path.
func (r *request) on() ([]together, error) {
	id, err := r.id("id")
	if err != nil {
		return nil, err
	}
	packed := r.PostForm("on")
	if packed == "" {
		return []together{{coding.AnswerID(id)}}, nil
	}
	return parseTogether(packed)
}

// answersOn is all answers of cards, the first card's first answer before all others.
func answersOn(cards []together) []coding.AnswerID {
	return slices.Concat(cards...)
}

func leadsOf(cards []together) []coding.AnswerID {
	out := make([]coding.AnswerID, len(cards))
	for i, c := range cards {
		out[i] = c.lead()
	}
	return out
}

// put makes the frame one of cards that stand for several answers.
func (f *frame) put(judged map[coding.AnswerID]judgements, cards []together) {
	f.judged, f.groups = judged, map[coding.AnswerID]together{}
	for _, c := range cards {
		f.groups[c.lead()] = c
	}
}

// group puts together, on the cards of ids, the answers of the set that say the same.
func (s *Server) group(r *request, f *frame, ids []coding.AnswerID, set *roaring.Bitmap) error {
	return s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		cards := make([]together, 0, len(ids))
		for _, id := range ids {
			if t := b.Alike(set, id); len(t) > 1 {
				cards = append(cards, t[:min(len(t), mostAlike)])
			}
		}
		f.put(r.judge(b, cards), cards)
		return nil
	})
}

// len is the number of answers.
func (p picked) len() int { return int(p.set.GetCardinality()) }

// cardAt is the first answer of the card on which an answer stands; 0 for 0.
func (s *Server) cardAt(r *request, got picked, id coding.AnswerID) (coding.AnswerID, error) {
	if got.apart || id <= 0 {
		return id, nil
	}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		if t := b.Alike(got.set, id); len(t) > 0 {
			id = t[0]
		}
		return nil
	})
	return id, err
}

// judgements is how often the answers of one card have each theme and state.
type judgements struct {
	n      int
	themes map[coding.ThemeID]themeShare
	state  coding.State // what all of them share; else coded or open
	mine   coding.State // the same in the reader's own judgement
}

type themeShare struct {
	any, mine int
	others    []coding.PersonID
}

// judge counts on the board for cards that stand for several answers.
func (r *request) judge(b *sets.Board, cards []together) map[coding.AnswerID]judgements {
	out := map[coding.AnswerID]judgements{}
	var states, own [len(coding.States)]*roaring.Bitmap
	for _, card := range cards {
		if len(card) < 2 {
			continue
		}
		if states[0] == nil {
			for i, s := range coding.States {
				states[i], own[i] = b.State(s), b.StateBy(s, r.person.ID)
			}
		}
		set := sets.Of(card...)
		j := judgements{n: len(card), themes: map[coding.ThemeID]themeShare{}, state: stateOf(set, states), mine: stateOf(set, own)}
		blind := set.Intersects(b.Veiled(r.person.ID))
		if blind {
			j.state = j.mine
		}
		for _, th := range b.Tree().All() {
			mine := b.ThemeBy(th.ID, r.person.ID)
			with := b.Theme(th.ID)
			if refused := b.Decided(th.ID, false); refused.Intersects(set) { // shown as what it is
				with = roaring.Or(with, roaring.And(refused, b.GivenTheme(th.ID)))
			}
			if blind {
				with = mine
			}
			n := int(with.AndCardinality(set))
			if n == 0 {
				continue
			}
			share := themeShare{any: n, mine: int(mine.AndCardinality(set))}
			for _, who := range b.Coders() {
				if !blind && who != r.person.ID && b.ThemeBy(th.ID, who).Intersects(set) {
					share.others = append(share.others, who)
				}
			}
			j.themes[th.ID] = share
		}
		out[card.lead()] = j
	}
	return out
}

// stateOf is the state of several answers together: the one that all have, or else coded where any is, or else open.
func stateOf(set *roaring.Bitmap, states [len(coding.States)]*roaring.Bitmap) coding.State {
	n := set.GetCardinality()
	mixed := coding.StateOpen
	for i, s := range coding.States {
		switch in := states[i].AndCardinality(set); {
		case in == n:
			return s
		case in > 0 && s == coding.StateCoded:
			mixed = s
		}
	}
	return mixed
}

// groupChips are the themes of a card that stands for several answers, with how many of them have each.
func (r *request) groupChips(j judgements, lead []view.Chip, f frame) []view.Chip {
	var chips []view.Chip
	for _, th := range f.tree.All() {
		share, ok := j.themes[th.ID]
		if !ok {
			continue
		}
		chip := view.Chip{Theme: int64(th.ID), Label: th.Label.In(r.labels()), Hue: th.Hue, Mine: share.mine == j.n, Own: share.mine > 0}
		if i := slices.IndexFunc(lead, func(c view.Chip) bool { return c.Theme == chip.Theme }); i >= 0 {
			chip = lead[i]
			chip.Mine, chip.Own = share.mine == j.n, share.mine > 0
		}
		chip.Others = nil
		for _, who := range share.others {
			if p, ok := f.people[who]; ok {
				chip.Others = append(chip.Others, *person(p))
			}
		}
		if share.any < j.n {
			chip.Part = r.t("card.part", share.any, j.n)
		}
		chip.CanDrop = chip.Own || r.access.Role.AtLeast(coding.RoleLead)
		chips = append(chips, chip)
	}
	return chips
}

// alikeList writes the answers of one card one by one: how each was written, whose it is and where it stands alone.
func (s *Server) alikeList(r *request) error {
	cards, err := parseTogether(r.PostForm("on"))
	if err != nil {
		return err
	}
	list := view.AlikeList{Total: len(cards[0])}
	ids := cards[0][:min(len(cards[0]), mostAlikeShown)]
	list.More = list.Total - len(ids)
	people, err := s.people(r)
	if err != nil {
		return err
	}
	var f frame
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		f = r.frame(b, people)
		return nil
	})
	if err != nil {
		return err
	}
	f.filter = "question=*&same=" + idText(ids[0])
	if list.Cards, err = s.cards(r, ids, f); err != nil {
		return err
	}
	return s.part(r, "alikelist", list)
}
