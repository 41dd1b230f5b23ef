package ui

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
	"avokoodi/coding/workshop/room/qr"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// Most remarks that a page lists.
const (
	roomListed = 100 // on the organiser's page, ?all=1 for all
	wallListed = 3   // of a card on the wall
	wallOwn    = 6   // own themes on the wall
)

// roomPage is where the organiser runs a room.
func (s *Server) roomPage(r *request) error {
	one, err := s.roomOf(r)
	if err != nil {
		return err
	}
	return s.showRoom(r, one, faults{})
}

func (s *Server) showRoom(r *request, one room.Room, wrong faults) error {
	at := fmt.Sprintf("/workshop/room/%d", one.ID)
	page := view.RoomPage{Page: r.base("room.title", "workshop"), Title: one.Title, State: string(one.State), StateText: r.t("room.state_" + string(one.State)), Code: room.Spaced(one.Code),
		Join: s.joinAddress(r, one.Code), Action: r.path(at), Wall: r.path(at + "/wall"), Live: r.path(at + "/live"), Covered: one.Covered, Screen: one.Screen, All: r.path(at + "?all=1"),
		Closing: r.Query("close") != ""}
	page.Scripts, page.Errors = []string{"js/room.js"}, wrong.texts
	page.Page.Title = one.Title
	page.Nearby = nearby(page.Join)
	page.QR = drawQR(page.Join)
	var err error
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	by := r.rankedBy()
	for _, k := range room.Kinds {
		if one.Votes[k] > 0 {
			page.Kinds = append(page.Kinds, view.Option{Value: r.path(at + "?by=" + string(k)), Label: r.t("room.kind_" + string(k)), Selected: k == by})
		}
	}
	err = s.halls.with(r.ctx(), one.ID, func(b *room.Board) error {
		r.fillRoom(&page, b, by)
		return nil
	})
	if err != nil {
		return err
	}
	for _, ending := range roomFiles {
		page.Files = append(page.Files, view.ExportLink{Href: r.path(at + "/file/summary." + ending), Format: strings.ToUpper(ending)})
	}
	if one.State == room.Closed {
		if page.Data, err = s.roomData(r, one); err != nil {
			return err
		}
	}
	return s.render(r, max(wrong.status(), http.StatusOK), "room", page)
}

// rankedBy is the kind of votes that ?by= names.
func (r *request) rankedBy() room.Kind {
	return room.Kind(oneOf(r.Query("by"), string(room.Important), string(room.Easy)))
}

func (r *request) fillRoom(page *view.RoomPage, b *room.Board, by room.Kind) {
	page.People = b.People
	for _, k := range room.Kinds {
		if b.Room.Votes[k] > 0 {
			page.Votes = append(page.Votes, view.RoomCast{Label: r.t("room.kind_" + string(k)), N: b.Cast(k)})
		}
	}
	labels := map[string]string{}
	for _, c := range b.Cards {
		labels[c.Key] = c.Label.In(r.labels())
		page.Cards = append(page.Cards, view.Option{Value: c.Key, Label: labels[c.Key]})
	}
	for _, m := range b.Remarks() {
		row := r.remark(m)
		row.About = labels[m.Card]
		switch {
		case m.State == room.Held:
			page.Waiting = append(page.Waiting, row)
		case len(page.Remarks) == roomListed && r.Query("all") == "":
			page.More++
		default:
			page.Remarks = append(page.Remarks, row)
		}
	}
	slices.Reverse(page.Waiting) // who has waited longest comes first
	page.Ranking = r.standings(b, by, 0)
}

// remark is a remark as the organiser sees it.
func (r *request) remark(m room.Remark) view.RoomRemark {
	var found []string
	for _, k := range m.Found {
		found = append(found, r.t("privacy.kind."+k))
	}
	return view.RoomRemark{ID: int64(m.ID), Said: m.Said(), Lang: string(m.Lang), Masked: m.Masked != "" && !m.AsIs, Found: strings.Join(found, ", "), AsIs: m.AsIs, Own: m.Own,
		State: string(m.State), Card: m.Card, Agrees: m.Agrees, When: i18n.Clock(r.lang, m.At)}
}

// standings is the ranking with at most so many remarks of each card.
func (r *request) standings(b *room.Board, by room.Kind, most int) []view.RoomStanding {
	longest := 1
	ranking := b.Ranking(by)
	for _, s := range ranking {
		for _, n := range s.Votes {
			longest = max(longest, n)
		}
	}
	var out []view.RoomStanding
	for _, s := range ranking {
		row := view.RoomStanding{Key: s.Key, Place: s.Place, Label: s.Label.In(r.labels()), Also: also(s.Label, r.labels()), Hue: s.Hue}
		for _, k := range room.Kinds {
			if b.Room.Votes[k] > 0 {
				row.Votes = append(row.Votes, view.RoomCount{Label: r.t("room.kind_" + string(k)), N: s.Votes[k], Bar: 100 * s.Votes[k] / longest})
			}
		}
		for _, m := range s.Remarks[:min(len(s.Remarks), most)] {
			row.Remarks = append(row.Remarks, r.remark(m))
		}
		row.More = len(s.Remarks) - len(row.Remarks)
		out = append(out, row)
	}
	return out
}

func drawQR(text string) view.QR {
	c, err := qr.New(text)
	if err != nil {
		return view.QR{} // the address is said in letters
	}
	return view.QR{Path: c.Path(), Side: c.Side()}
}

// changeRoom does one thing to a room: open, pause, close, cover, uncover, screen, unscreen; or to one of its remarks: show, asis,
// hide, move; or brings it into the data.
func (s *Server) changeRoom(r *request) error {
	one, err := s.roomOf(r)
	if err != nil {
		return err
	}
	defer s.halls.touch(one.ID)
	back, do := r.path(fmt.Sprintf("/workshop/room/%d", one.ID)), r.PostForm("do")
	switch do {
	case "show", "asis", "hide", "move":
		return s.moderate(r, one, room.Step(do), back)
	case "data":
		return s.bringRoom(r, one, back)
	case "close":
		if r.PostForm("sure") == "" {
			return r.goTo(back+"?close=1#closing", "")
		}
	}
	_, err = s.Rooms.Change(r.ctx(), r.projectID(), one.ID, func(c *room.Room) error {
		switch do {
		case "open":
			return c.Set(room.Open, time.Now())
		case "pause":
			return c.Set(room.Paused, time.Now())
		case "close":
			return c.Set(room.Closed, time.Now().UTC().Truncate(time.Millisecond))
		case "cover", "uncover":
			c.Covered = do == "cover"
		case "screen", "unscreen":
			c.Screen = do == "screen"
		default:
			return coding.ErrNotFound
		}
		return nil
	})
	if err != nil {
		return s.roomFail(r, err)
	}
	if do == "close" {
		return s.closed(r, one, back)
	}
	return r.goTo(back, "room.did_"+do)
}

// closed brings a room that was closed just now into the data, where the person may do that and there is something.
func (s *Server) closed(r *request, one room.Room, back string) error {
	data, err := s.roomData(r, one)
	if err != nil {
		return err
	}
	if !data.CanBring {
		return r.goTo(back, "room.did_close")
	}
	return s.bringRoom(r, one, back)
}

func (s *Server) moderate(r *request, one room.Room, do room.Step, back string) error {
	keys, err := s.cardKeys(r, one.ID)
	if err != nil {
		return err
	}
	_, err = s.Rooms.Moderate(r.ctx(), one.ID, room.RemarkID(formInt(r, "remark")), func(m *room.Remark) error {
		return m.Moderate(do, r.PostForm("card"), keys)
	})
	if err != nil {
		return err
	}
	return r.goTo(back+"#remarks", "room.remark_"+string(do))
}

// wallPage is what the room sees: how to join, the ranking and what is said, kept up to date.
func (s *Server) wallPage(r *request) error {
	one, err := s.roomOf(r)
	if err != nil {
		return err
	}
	if l := r.Query("lang"); slices.Contains(i18n.Langs[:], l) {
		r.lang, r.person.Desk.Labels = l, coding.Lang(l)
	}
	at := r.path(fmt.Sprintf("/workshop/room/%d", one.ID))
	join := s.joinAddress(r, one.Code)
	page := view.WallPage{Page: r.base("room.wall", "workshop"), Title: one.Title, State: string(one.State), StateText: r.t("room.state_" + string(one.State)), Code: room.Spaced(one.Code),
		Join: join[strings.Index(join, "//")+2:], QR: drawQR(join), Live: at + "/live", Back: at, Covered: one.Covered}
	page.Scripts, page.Page.Title = []string{"js/room.js"}, one.Title
	for _, l := range i18n.Langs {
		page.Langs = append(page.Langs, view.RoomWord{Lang: l, Text: at + "/wall?lang=" + l + "&by=" + string(r.rankedBy())})
	}
	err = s.halls.with(r.ctx(), one.ID, func(b *room.Board) error {
		page.People = b.People
		page.Ranking = r.standings(b, r.rankedBy(), wallListed)
		if b.Room.Covered {
			slices.SortStableFunc(page.Ranking, func(a, c view.RoomStanding) int { return placeOf(b.Cards, a.Key) - placeOf(b.Cards, c.Key) })
		}
		own := b.Own()
		for _, m := range own[:min(len(own), wallOwn)] {
			page.Own = append(page.Own, r.remark(m))
		}
		page.OwnMore = len(own) - len(page.Own)
		return nil
	})
	if err != nil {
		return err
	}
	return s.write(r, http.StatusOK, "room_wall", "wall-layout", page)
}

func placeOf(cards []room.Card, key string) int {
	return slices.IndexFunc(cards, func(c room.Card) bool { return c.Key == key })
}
