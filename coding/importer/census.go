package importer

import (
	"hash/maphash"
)

// census is what all rows of some columns hold.
type census struct {
	blank     int
	distinct  map[uint64]struct{}
	languages int
}

// takeCensus goes through every row for a few columns.
func takeCensus(s *Sheet, cols []int) (map[int]*census, error) {
	out := map[int]*census{}
	for _, c := range cols {
		out[c] = &census{distinct: make(map[uint64]struct{}, s.Len)}
	}
	if len(out) == 0 {
		return out, nil
	}
	seed := maphash.MakeSeed()
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		for i, c := range out {
			cell := row.Cells[i]
			if cell == "" {
				c.blank++
				continue
			}
			c.distinct[maphash.String(seed, cell)] = struct{}{}
			if _, ok := ParseLanguage(cell); ok {
				c.languages++
			}
		}
	}
	return out, nil
}
