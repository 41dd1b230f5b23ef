package ui

import (
	"crypto/rand"
	"net/http"
	"slices"
	"sync"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// frozenCards keeps the cards of rooms that were asked for lately: they never change.
type frozenCards struct {
	mu    sync.Mutex
	cards map[room.ID][]room.Card
}

const frozenMost = 20 // rooms

// roomCards are those of a room.
func (s *Server) roomCards(r *request, id room.ID) ([]room.Card, error) {
	f := &s.frozen
	f.mu.Lock()
	list, ok := f.cards[id]
	f.mu.Unlock()
	if ok {
		return list, nil
	}
	list, err := s.Rooms.Cards(r.ctx(), id)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cards == nil || len(f.cards) >= frozenMost {
		f.cards = map[room.ID][]room.Card{}
	}
	f.cards[id] = list
	return list, nil
}

// forget reads cards again at the next turn: an erasure takes quotes off them.
func (f *frozenCards) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cards = nil
}

func (s *Server) cardKeys(r *request, id room.ID) ([]string, error) {
	cards, err := s.roomCards(r, id)
	keys := make([]string, len(cards))
	for i, c := range cards {
		keys[i] = c.Key
	}
	return keys, err
}

// projectOf is the project of a room, for what its organisers hold to identify.
func (s *Server) projectOf(r *request, one room.Room) (p coding.Project, err error) {
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		p, err = rd.ProjectByID(r.ctx(), one.Project)
		return err
	})
	return p, err
}

func (r *request) joinBase(title string) view.JoinPage {
	page := view.JoinPage{Lang: r.lang, Title: title, Flash: r.flash()}
	for _, l := range i18n.Langs {
		page.Langs = append(page.Langs, view.RoomWord{Lang: l, Text: "?lang=" + l})
	}
	if c, err := r.Request.Cookie("look"); err == nil && (c.Value == "light" || c.Value == "dark") {
		page.Look = c.Value
	}
	return page
}

// showJoinStart asks for a code.
func (s *Server) showJoinStart(r *request, status int, code, wrong string) error {
	page := r.joinBase(r.t("room.join_title"))
	if page.Code = code; wrong != "" {
		page.Errors = []string{wrong}
	}
	if r.Request.URL.Path != "/join" { // the language is switched on the page that takes codes
		for i, l := range i18n.Langs {
			page.Langs[i].Text = "/join?lang=" + l
		}
	}
	return s.write(r, status, "join", "join-layout", page)
}

// showJoin is the room on a phone.
func (s *Server) showJoin(r *request, one room.Room, token string) error {
	mine, err := s.Rooms.Mine(r.ctx(), one.ID, token)
	if err != nil {
		return err
	}
	page := r.joinBase(one.Title)
	p := &view.JoinRoom{Code: one.Code, Action: "/join/" + one.Code, Live: "/join/" + one.Code + "/live", Key: rand.Text()[:16], Agreed: map[int64]bool{}, MaxText: room.MaxText, MaxOwn: room.MaxOwn}
	for _, k := range room.Kinds {
		if limit := one.Votes[k]; limit > 0 {
			used := 0
			for _, v := range mine.Votes {
				if v.Kind == k {
					used++
				}
			}
			p.Votes = append(p.Votes, view.JoinVotes{Kind: string(k), Label: r.t("room.kind_" + string(k)), Limit: limit, Left: max(limit-used, 0)})
		}
	}
	if len(one.Groups) > 0 {
		p.Groups = append(p.Groups, view.Option{Label: r.t("room.group_none"), Selected: mine.Person.Group == ""})
		for _, g := range one.Groups {
			p.Groups = append(p.Groups, view.Option{Value: g, Label: g, Selected: g == mine.Person.Group})
		}
	}
	for _, id := range mine.Agreed {
		p.Agreed[int64(id)] = true
	}
	err = s.halls.with(r.ctx(), one.ID, func(b *room.Board) error {
		p.State, p.Seq = string(b.Room.State), b.Room.Seq
		p.StateText = r.t("room.phone_" + p.State)
		r.fillPhone(p, b, mine)
		return nil
	})
	if err != nil {
		return err
	}
	page.Room = p
	return s.write(r, http.StatusOK, "join", "join-layout", page)
}

// fillPhone lays out the cards with what the room has said, and what the participant has said that the room does not see.
func (r *request) fillPhone(p *view.JoinRoom, b *room.Board, mine room.Mine) {
	own := map[room.RemarkID]bool{}
	var unseen []room.Remark
	for _, m := range mine.Remarks {
		if own[m.ID] = true; m.State != room.Shown {
			unseen = append(unseen, m)
		}
	}
	said := func(list []room.Remark, is func(room.Remark) bool) []view.RoomRemark {
		var out []view.RoomRemark
		for _, m := range append(slices.Clone(list), slices.DeleteFunc(slices.Clone(unseen), func(m room.Remark) bool { return !is(m) })...) {
			row := view.RoomRemark{ID: int64(m.ID), Said: m.Said(), Lang: string(m.Lang), State: string(m.State), Agrees: m.Agrees, Own: m.Own, Mine: own[m.ID]}
			if row.Mine {
				row.Said = m.Text
			}
			out = append(out, row)
		}
		return out
	}
	lang := coding.Lang(r.lang)
	byKey := map[string][]room.Remark{}
	for _, s := range b.Ranking(room.Important) {
		byKey[s.Key] = s.Remarks
	}
	for _, c := range b.Cards { // in the order of the organiser, so that no card moves under a thumb
		card := view.JoinCard{Key: c.Key, Label: c.Label.In(lang), Hue: c.Hue}
		if !c.Hidden && c.Base > 0 {
			card.Named = r.t("room.named", c.N, c.Base)
		}
		for _, v := range p.Votes {
			on := slices.Contains(mine.Votes, room.Ballot{Kind: room.Kind(v.Kind), Card: c.Key})
			card.Votes = append(card.Votes, view.JoinVote{Kind: v.Kind, Label: v.Label, On: on})
		}
		for _, q := range c.Quotes {
			card.Quotes = append(card.Quotes, phoneQuote(q, lang))
		}
		card.Remarks = said(byKey[c.Key], func(m room.Remark) bool { return m.Card == c.Key })
		p.Cards = append(p.Cards, card)
	}
	p.Own = said(b.Own(), func(m room.Remark) bool { return m.Own && m.Card == "" })
}

// phoneQuote is a quote in the language of the reader, where a person has translated it.
func phoneQuote(q room.Quote, lang coding.Lang) view.JoinQuote {
	out := view.JoinQuote{Said: q.Said, Lang: string(q.Lang), By: q.Attribution.In(lang)}
	if t := q.Translated.Exact(lang); t != "" && q.Lang != lang {
		out.Said, out.Lang, out.Translated = t, string(lang), true
	}
	return out
}
