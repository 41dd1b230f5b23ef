package ui

import (
	"sync"
	"time"

	"avokoodi/coding"
)

// known remembers everybody for a moment, so that a hundred cards a second do not read the same names a hundred times. It serves
// only what is shown; permission is always read from the store.
type known struct {
	mu     sync.Mutex
	at     time.Time
	people []coding.Person
}

// knownFor is how old a name that is shown may be.
const knownFor = time.Second

// people lists everybody, as of at most a second ago.
func (s *Server) people(r *request) ([]coding.Person, error) {
	s.known.mu.Lock()
	defer s.known.mu.Unlock()
	if time.Since(s.known.at) < knownFor {
		return s.known.people, nil
	}
	list, err := s.Service.People(r.ctx(), coding.Operator)
	if err != nil {
		return nil, err
	}
	s.known.people, s.known.at = list, time.Now()
	return list, nil
}
