package ui

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) routeRooms(g gin.IRouter) {
	g.GET("/p/:slug/workshop/room", s.project(coding.RoleAnalyst, s.roomsPage))
	g.POST("/p/:slug/workshop/room", s.project(coding.RoleAnalyst, s.openRoom))
	g.GET("/p/:slug/workshop/room/:id", s.project(coding.RoleAnalyst, s.roomPage))
	g.POST("/p/:slug/workshop/room/:id", s.project(coding.RoleAnalyst, s.changeRoom))
	g.GET("/p/:slug/workshop/room/:id/wall", s.project(coding.RoleAnalyst, s.wallPage))
	g.GET("/p/:slug/workshop/room/:id/live", s.project(coding.RoleAnalyst, s.roomLive))
	g.GET("/p/:slug/workshop/room/:id/file/:file", s.project(coding.RoleAnalyst, s.roomFile))
	s.routeJoin(g)
}

// roomDefaults is what a new room begins with.
var roomDefaults = room.Room{Votes: map[room.Kind]int{room.Important: 3, room.Easy: 2}}

// Of a new room.
const (
	roomThemes = 12 // chosen beforehand
	roomQuotes = 3  // of each
)

func (s *Server) roomsPage(r *request) error {
	chosen, from, err := s.fromWorkshop(r, r.Query("workshop"))
	if err != nil {
		return err
	}
	return s.showRooms(r, roomForm{Room: roomDefaults, themes: chosen, from: from, quotes: roomQuotes}, faults{})
}

// roomForm is a room in the making.
type roomForm struct {
	room.Room
	themes []coding.ThemeID // none: the most named are proposed
	groups string
	quotes int
	from   coding.Workshop // ID 0 for none
}

// fromWorkshop is the themes of the workshop that an id names.
func (s *Server) fromWorkshop(r *request, id string) ([]coding.ThemeID, coding.Workshop, error) {
	if id == "" {
		return nil, coding.Workshop{}, nil
	}
	list, err := s.Service.Workshops(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return nil, coding.Workshop{}, err
	}
	i := slices.IndexFunc(list, func(w coding.Workshop) bool { return fmt.Sprint(w.ID) == id })
	if i < 0 {
		return nil, coding.Workshop{}, coding.ErrNotFound
	}
	var chosen []coding.ThemeID
	for _, th := range list[i].Themes {
		chosen = append(chosen, th.Theme)
	}
	return chosen, list[i], nil
}

func (s *Server) showRooms(r *request, f roomForm, wrong faults) error {
	page := view.RoomsPage{Page: r.base("room.rooms", "workshop"), Action: r.path("/workshop/room"), Name: f.Title, Groups: f.groups, Screen: f.Screen, Fields: wrong.fields}
	page.Errors = wrong.texts
	if f.from.ID != 0 {
		page.From, page.FromOf = fmt.Sprint(f.from.ID), f.from.Name
		page.Name = orText(page.Name, f.from.Name)
	}
	var err error
	if page.Rooms, err = s.roomRows(r); err != nil {
		return err
	}
	if page.Themes, err = s.roomThemes(r, f); err != nil {
		return err
	}
	for _, k := range room.Kinds {
		page.Votes = append(page.Votes, view.RoomVotes{Kind: string(k), Label: r.t("room.limit_" + string(k)), Limit: f.Votes[k]})
	}
	for n := range room.MaxQuotes + 1 {
		page.Quotes = append(page.Quotes, view.Option{Value: fmt.Sprint(n), Label: i18n.Int(r.lang, int64(n)), Selected: n == f.quotes})
	}
	return s.render(r, max(wrong.status(), http.StatusOK), "rooms", page)
}

func (s *Server) roomRows(r *request) ([]view.RoomRow, error) {
	rooms, err := s.Rooms.Rooms(r.ctx(), r.projectID())
	if err != nil {
		return nil, err
	}
	var out []view.RoomRow
	for _, one := range rooms {
		row := view.RoomRow{Href: r.path(fmt.Sprintf("/workshop/room/%d", one.ID)), Title: one.Title, State: string(one.State), StateText: r.t("room.state_" + string(one.State)),
			When: i18n.Moment(r.lang, one.Opened)}
		if one.State != room.Closed {
			row.Code = room.Spaced(one.Code)
		}
		err := s.halls.with(r.ctx(), one.ID, func(b *room.Board) error {
			row.People, row.Remarks = b.People, len(b.Remarks())
			return nil
		})
		if err != nil {
			return nil, err
		}
		if row.InData, _, err = s.roomImport(r, one); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// openRoom freezes the cards and opens a room.
func (s *Server) openRoom(r *request) error {
	f := roomForm{Room: room.Room{Project: r.projectID(), Title: trimmed(r, "title"), State: room.Open, Votes: map[room.Kind]int{}, Groups: room.Groups(r.PostForm("groups")),
		Screen: r.PostForm("screen") != "", By: r.person.ID, Opened: time.Now().UTC().Truncate(time.Millisecond)}, groups: r.PostForm("groups"), quotes: int(formInt(r, "quotes"))}
	for _, k := range room.Kinds {
		n, err := strconv.Atoi(orText(trimmed(r, "votes_"+string(k)), "0"))
		if err != nil {
			n = -1
		}
		f.Votes[k] = n
	}
	for _, id := range r.PostFormArray("theme") {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			f.themes = append(f.themes, coding.ThemeID(n))
		}
	}
	var err error
	if _, f.from, err = s.fromWorkshop(r, r.PostForm("workshop")); err != nil {
		return err
	}
	cards, err := s.freeze(r, f)
	if err != nil {
		return err
	}
	if wrong, ok := r.faulty(f.Check(cards)); ok {
		if len(f.themes) == 0 {
			f.themes = []coding.ThemeID{0} // none is chosen, and none is proposed again
		}
		return s.showRooms(r, f, wrong)
	}
	for range 5 { // a code that was given before is possible, twice in a row hardly
		f.Code = room.NewCode()
		opened, err := s.Rooms.Open(r.ctx(), f.Room, cards)
		if err == nil {
			return r.goTo(r.path(fmt.Sprintf("/workshop/room/%d", opened.ID)), "room.opened")
		}
		if !errors.Is(err, coding.ErrConflict) {
			return err
		}
	}
	return coding.ErrConflict
}

// roomOf is the room that the address names.
func (s *Server) roomOf(r *request) (room.Room, error) {
	id, err := r.id("id")
	if err != nil {
		return room.Room{}, err
	}
	return s.Rooms.Room(r.ctx(), r.projectID(), room.ID(id))
}

// joinAddress is the whole address of a room's page for participants, as the organiser's browser reaches this server.
func (s *Server) joinAddress(r *request, code string) string {
	scheme := "http://"
	if s.Secure || r.Request.TLS != nil || r.GetHeader("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	return scheme + r.Request.Host + "/join/" + code
}

// nearby tells whether an address leads to this machine only.
func nearby(address string) bool {
	host := address[strings.Index(address, "//")+2:]
	for _, local := range []string{"localhost", "127.", "[::1]"} {
		if strings.HasPrefix(host, local) {
			return true
		}
	}
	return false
}

// also is a text in the other languages, where it differs.
func also(t coding.Text, l coding.Lang) []view.RoomWord {
	var out []view.RoomWord
	main := t.In(l)
	for _, other := range themes.Langs {
		if s := t.Exact(other); other != l && s != "" && s != main && !slices.ContainsFunc(out, func(w view.RoomWord) bool { return w.Text == s }) {
			out = append(out, view.RoomWord{Lang: string(other), Text: s})
		}
	}
	return out
}
