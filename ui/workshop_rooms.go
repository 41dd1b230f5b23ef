package ui

import (
	"avokoodi/coding"
	"avokoodi/ui/view"
)

// workshopRooms is the live rooms of a workshop.
func (s *Server) workshopRooms(_ *request, one coding.Workshop) (view.WorkshopRooms, error) {
	return view.WorkshopRooms{Workshop: int64(one.ID)}, nil
}
