package ui

import (
	"fmt"
	"net/url"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// roomImport is the import that brought a room into the data, if it stands: it may have been undone.
func (s *Server) roomImport(r *request, one room.Room) (in bool, imp coding.Import, err error) {
	if one.State != room.Closed {
		return false, imp, nil
	}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		list, err := rd.Imports(r.ctx(), one.Project)
		i := slices.IndexFunc(list, func(i coding.Import) bool { return i.SHA256 == one.Source() })
		if in = i >= 0; in {
			imp = list[i]
		}
		return err
	})
	return in, imp, err
}

// roomData tells how a closed room stands with the data.
func (s *Server) roomData(r *request, one room.Room) (view.RoomData, error) {
	var d view.RoomData
	in, imp, err := s.roomImport(r, one)
	if err != nil {
		return d, err
	}
	if in {
		d.Brought = true
		var key string
		err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
			rounds, err := rd.Rounds(r.ctx(), one.Project)
			for _, x := range rounds {
				if x.ID == imp.Round {
					key, d.Round = x.Key, x.Label.In(r.labels())
				}
			}
			return err
		})
		d.Href = r.path("/code?" + url.Values{"question": {"*"}, "round": {key}}.Encode())
		return d, err
	}
	d.Nothing = true
	err = s.halls.with(r.ctx(), one.ID, func(b *room.Board) error {
		for _, k := range room.Kinds {
			d.Nothing = d.Nothing && b.Cast(k) == 0
		}
		for _, m := range b.Remarks() {
			switch m.State {
			case room.Hidden:
				d.Skipped++
			case room.Held:
				d.Waiting++
				d.Nothing = false
			default:
				d.Nothing = false
			}
		}
		return nil
	})
	lead := r.access.Role.AtLeast(coding.RoleLead)
	d.CanBring, d.MayNot = !d.Nothing && lead, !d.Nothing && !lead
	return d, err
}

// roomWording is the words of the data that a room becomes, in three languages.
func roomWording(key string, args ...any) coding.Text {
	var out coding.Text
	for _, l := range themes.Langs {
		out.Set(l, i18n.T(string(l), "room.data_"+key, args...))
	}
	return out
}

// bringRoom makes a round of a closed room: one step, which can be undone.
func (s *Server) bringRoom(r *request, one room.Room, back string) error {
	l, err := s.Rooms.All(r.ctx(), one.ID)
	if err != nil {
		return err
	}
	if l.Room.State != room.Closed {
		return coding.Problem{Field: "do", Key: "room.data_open"}
	}
	var rounds []coding.Round
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) (err error) {
		rounds, err = rd.Rounds(r.ctx(), one.Project)
		return err
	})
	if err != nil {
		return err
	}
	key := "workshop-" + l.Room.Opened.Local().Format("2006-01-02")
	for base, n := key, 2; slices.ContainsFunc(rounds, func(x coding.Round) bool { return x.Key == key }); n++ {
		key = fmt.Sprintf("%s-%d", base, n)
	}
	imp, err := s.Service.Import(r.ctx(), one.Project, r.person.ID, l.Batch(key, roomWording, room.Detect(s.Detect)), nil)
	if err != nil {
		return err
	}
	_, err = s.Rooms.Change(r.ctx(), one.Project, one.ID, func(x *room.Room) error {
		x.Import = imp.ID
		return nil
	})
	if err != nil {
		return err
	}
	return s.goToDone(r, back)
}
