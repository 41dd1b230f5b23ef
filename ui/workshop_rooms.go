package ui

import (
	"fmt"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

// workshopRooms is the live rooms of a workshop: those of the project, for one workshop's rooms may show other themes.
func (s *Server) workshopRooms(r *request, one coding.Workshop) (view.WorkshopRooms, error) {
	out := view.WorkshopRooms{Workshop: int64(one.ID), New: r.path(fmt.Sprintf("/workshop/room?workshop=%d#new", one.ID)), All: r.path("/workshop/room")}
	if !r.access.Role.AtLeast(coding.RoleAnalyst) {
		return out, nil
	}
	var err error
	out.Rooms, err = s.roomRows(r)
	out.Rooms = out.Rooms[:min(len(out.Rooms), 5)]
	return out, err
}
