package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// seenColumn is what all cells of a column have in common, up to a few different ones.
type seenColumn struct {
	filled int
	values map[string]int // nil when there are more than maxSeen
	lists  int            // cells such as '1,4,7'
	listed int            // cells that are a number or such a list
}

const maxSeen = 12

var numberList = regexp.MustCompile(`^[0-9]{1,3}(?:, ?[0-9]{1,3})*$`)

// survey goes through all rows once.
func survey(t *importer.Table) ([]seenColumn, error) {
	out := make([]seenColumn, len(t.Columns))
	for i := range out {
		out[i].values = map[string]int{}
	}
	for row, err := range t.Every() {
		if err != nil {
			return nil, err
		}
		for i, cell := range row.Cells {
			if cell != "" {
				out[i].see(cell)
			}
		}
	}
	return out, nil
}

func (s *seenColumn) see(cell string) {
	s.filled++
	if len(cell) < 200 && cell[0] >= '0' && cell[0] <= '9' && numberList.MatchString(cell) {
		s.listed++
		if strings.Contains(cell, ",") {
			s.lists++
		}
	}
	if s.values == nil {
		return
	}
	if _, ok := s.values[cell]; !ok {
		if len(s.values) == maxSeen {
			s.values = nil
			return
		}
		cell = strings.Clone(cell)
	}
	s.values[cell]++
}

// numberLists tells that all cells are codes, and some list several.
func (s seenColumn) numberLists() bool { return s.lists > 0 && s.listed == s.filled }

// onlyTicks tells that the column holds one value, which is 1 or the words.
func (s seenColumn) onlyTicks(words string) bool {
	if len(s.values) > 1 || s.values == nil {
		return false
	}
	for v := range s.values {
		if v != "1" && fold(v) != fold(words) {
			return false
		}
	}
	return true
}

// yesOrNo are the cells of a tick box.
var yesOrNo = map[string]bool{"y": true, "n": true, "yes": true, "no": true, "kyllä": true, "ei": true, "ja": true, "nej": true, "1": true, "0": true,
	"true": true, "false": true, "checked": true, "unchecked": true, "tosi": true, "epätosi": true, "1.0": true, "0.0": true}

// boxes tells that every cell says yes or no.
func (s seenColumn) boxes() bool {
	for v := range s.values {
		if !yesOrNo[fold(v)] {
			return false
		}
	}
	return s.values != nil
}
