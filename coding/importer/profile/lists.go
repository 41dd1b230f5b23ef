package profile

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"avokoodi/coding/importer"
)

// Limits of a column whose cells list choices.
const (
	mostCells     = 20_000 // different cells that are looked at
	mostItems     = 400    // different choices
	timesEach     = 3      // how often a choice occurs on average, or else it is prose
	frequentShare = 0.6    // of what cells list are choices that occur more than once
	listShare     = 0.03   // of the cells list more than one
	longestItem   = 120    // bytes, on average
)

// separator is what a tool puts between the choices of a cell.
type separator struct {
	sep   string
	tight bool                   // no space follows it, so that one with a space is part of the words
	ends  bool                   // it also stands behind the last one, so that it can't be part of the words
	item  func(item string) bool // what can be a choice; nil for anything
	in    func(col int) bool     // columns to look at; nil for all that nothing is known of
}

// listChoices finds the columns whose cells list several choices, and says what the choices are.
func listChoices(t *importer.Table, by separator) error {
	cells := make([]map[string]int, len(t.Columns))
	for i := range cells {
		if h := t.Hint(i); h.Role == "" && h.Split == "" && len(h.Values) == 0 && (by.in == nil || by.in(i)) {
			cells[i] = map[string]int{}
		}
	}
	for row, err := range t.Every() {
		if err != nil {
			return err
		}
		for i, cell := range row.Cells {
			if cells[i] == nil || cell == "" {
				continue
			}
			if _, ok := cells[i][cell]; !ok {
				if len(cells[i]) == mostCells || len(cell) > 2000 {
					cells[i] = nil
					continue
				}
				cell = strings.Clone(cell)
			}
			cells[i][cell]++
		}
	}
	for i, counts := range cells {
		if items := itemsOf(counts, by); items != nil {
			h := t.Hint(i)
			h.Split = by.sep
			for _, item := range items {
				h.Values = append(h.Values, importer.Choice{Label: importer.Plain(item)})
			}
		}
	}
	return nil
}

// itemsOf gives the choices of a column's cells, the commonest first, nil where the cells are no lists.
func itemsOf(cells map[string]int, by separator) []string {
	joined := by.whole(cells)
	for range mostItems { // each turn joins something more
		c := countItems(cells, by, joined)
		if len(c.items) == 0 || float64(c.lists) < listShare*float64(c.filled) {
			return nil
		}
		more := inseparable(cells, by.sep, joined)
		if len(more) == 0 {
			return c.choices(cells, by, joined)
		}
		if slices.ContainsFunc(more, func(text string) bool { return slices.Contains(joined, text) }) {
			return nil
		}
		joined = append(more, joined...)
		slices.SortFunc(joined, func(a, b string) int { return len(b) - len(a) })
	}
	return nil
}

// whole finds the choices that hold a tight separator with a space behind it.
func (by separator) whole(cells map[string]int) []string {
	if !by.tight {
		return nil
	}
	found := map[string]bool{}
	for cell := range cells {
		from := 0
		for i := 0; i <= len(cell); i++ {
			if i < len(cell) && (!strings.HasPrefix(cell[i:], by.sep) || strings.HasPrefix(cell[i+len(by.sep):], " ")) {
				continue
			}
			if text := cell[from:i]; strings.Contains(text, by.sep) {
				found[text] = true
			}
			from = min(i+len(by.sep), len(cell))
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
}

// counted is what cells hold when they are cut.
type counted struct {
	items  map[string]int // by item
	lists  int            // cells with several
	filled int
}

func countItems(cells map[string]int, by separator, joined []string) counted {
	c := counted{items: map[string]int{}}
	for cell, n := range cells {
		k := 0
		for item := range importer.Choices(cell, by.sep, joined) {
			c.items[item] += n
			k++
		}
		c.filled += n
		if k > 1 || by.ends && strings.HasSuffix(cell, by.sep) {
			c.lists += n
		}
	}
	return c
}

// choices are the items that occur more than once. Cells are lists of them only when most of what they hold are such items,
// each of them several times, and they combine them: a single choice with a comma in its words has no more different cells
// than items.
func (c counted) choices(cells map[string]int, by separator, joined []string) []string {
	all, often, text, combined := 0, 0, 0, 0
	items := map[string]int{}
	for item, n := range c.items {
		all += n
		if n > 1 {
			items[item] = n
			often += n
			text += n * len(item)
		}
	}
	for cell := range cells {
		whole := true
		for item := range importer.Choices(cell, by.sep, joined) {
			whole = whole && items[item] > 0
		}
		if whole {
			combined++
		}
	}
	switch {
	case len(items) == 0 || len(items) > mostItems || text > longestItem*often || float64(often) < frequentShare*float64(all):
		return nil
	case by.item != nil && slices.ContainsFunc(slices.Collect(maps.Keys(c.items)), func(item string) bool { return !by.item(item) }):
		return nil
	case !by.ends && (often < timesEach*len(items) || combined <= len(items) && !chained(cells, by.sep, joined)):
		return nil
	}
	return sorted(items)
}

// chained tells that some choice stands first in one list and behind another in a second one. Tools list choices in the order of
// the form, and the parts of one choice with a comma in its words keep their places.
func chained(cells map[string]int, sep string, joined []string) bool {
	first, behind := map[string]bool{}, map[string]bool{}
	for cell, n := range cells {
		k := 0
		var head string
		for item := range importer.Choices(cell, sep, joined) {
			if k++; k == 1 {
				head = item
				continue
			}
			first[head] = true
			behind[item] = behind[item] || n > 1
		}
	}
	for item := range first {
		if behind[item] {
			return true
		}
	}
	return false
}

// inseparable finds texts that only look like two choices: 'Sijainen, määräaikainen', whose halves never stand without each
// other, at least twice.
func inseparable(cells map[string]int, sep string, joined []string) []string {
	type pair struct{ a, b string }
	pairs, first, second, alone := map[pair]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for cell, n := range cells {
		last := ""
		for item := range importer.Choices(cell, sep, joined) {
			alone[item] += n
			if last != "" {
				pairs[pair{last, item}] += n
				first[last] += n
				second[item] += n
			}
			last = item
		}
	}
	var out []string
	taken := map[string]bool{}
	for p, n := range pairs {
		if n >= 2 && n == alone[p.a] && n == alone[p.b] && !taken[p.a] && !taken[p.b] {
			taken[p.a], taken[p.b] = true, true
			out = append(out, p.a+sep+p.b)
		}
	}
	return out
}

// sorted lists the items, the commonest first. Of two that differ in case only the commoner stays.
func sorted(items map[string]int) []string {
	out := slices.SortedFunc(maps.Keys(items), func(a, b string) int { return cmp.Or(items[b]-items[a], strings.Compare(a, b)) })
	seen := map[string]bool{}
	return slices.DeleteFunc(out, func(item string) bool {
		again := seen[fold(item)]
		seen[fold(item)] = true
		return again
	})
}
