package report

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/report/guard"
	"avokoodi/themes"
)

// tally is one number before disclosure control: units, and the respondents behind them.
type tally struct{ n, people int }

// field is the numbers behind a table, or several that are told together, before disclosure control: measures, which are
// themes alone and with their sub-themes, by nodes, which are the whole (0), categories, and pairs of them.
type field struct {
	threshold int
	never     []bool    // nodes that no table shows
	level     []int     // of each node: 0 the whole, 1 what it is divided into, 2 what that is divided into
	ties      []tie     // between nodes
	base      []tally   // by node
	cells     [][]tally // by measure, then node
	nets      []tie     // between measures: a theme with its sub-themes is a union
	family    []int     // of each measure; measures of different families have nothing to do with each other

	// fixed is what was decided before of node 0, in the table that it comes from; nil where it is decided here.
	fixed   *hiding
	whole   int     // the node of the table's whole
	columns []int   // the node of each of its columns
	above   [][]int // the nodes that each node is a part of
	cuts    []*cut  // that the nodes come from
	// preset is what is hidden from the start; nil for nothing.
	preset     *hiding
	categories []Category // of the columns
}

// tie says that a whole is the sum of its parts, or their union.
type tie struct {
	union bool
	whole int
	parts []int
}

// hiding says of each number of a field whether it is hidden.
type hiding struct {
	base  []guard.Why
	cells [][]guard.Why
}

// protect is the disclosure control of everything that is counted. It goes by the respondents behind a number, whatever
// the unit:
//
//   - A number about at least one respondent and fewer than the threshold is hidden (Primary). Zero is shown, since it is
//     about nobody.
//   - So is a number whose complement is that small (Secondary): of 12 respondents 9 having a theme says that 3 do not.
//   - Where a base is hidden its whole column is; where a number is hidden, so are all that it is divided into.
//   - Others are hidden (Secondary) until nobody can work a hidden number out of totals, margins, and themes with their
//     sub-themes; guard computes what can be worked out. A theme's numbers alone and with its sub-themes are judged
//     together, whichever of them is asked for, so that the two tables can be laid side by side.
//   - The whole is decided before what it is divided into, and does not change for its sake, so that it is the same in
//     every table.
//
// A threshold below 2 hides nothing.
func (f *field) protect() hiding {
	h := blankHiding(f)
	if f.threshold < 2 {
		return h
	}
	if f.preset != nil {
		h = *f.preset
	}
	if f.fixed != nil {
		h.base[0] = f.fixed.base[0]
		for m := range h.cells {
			h.cells[m][0] = f.fixed.cells[m][0]
		}
	}
	f.above = make([][]int, len(f.base))
	for _, t := range f.ties {
		for _, p := range t.parts {
			f.above[p] = append(f.above[p], t.whole)
		}
	}
	members := map[int][]int{}
	var order []int
	for m, fam := range f.family {
		if members[fam] == nil {
			order = append(order, fam)
		}
		members[fam] = append(members[fam], m)
	}
	last := slices.Max(f.level)
	for level := f.first(); level <= last; level++ {
		f.protectBases(&h, level)
	}
	for _, fam := range order {
		for level := f.first(); level <= last; level++ {
			f.protectFamily(&h, fam, members[fam], level)
		}
	}
	return h
}

// first is the level to begin with: the whole, unless it was decided before.
func (f *field) first() int {
	if f.fixed != nil {
		return 1
	}
	return 0
}

func (f *field) protectBases(h *hiding, level int) {
	s := guard.New(f.threshold)
	at := f.add(s, level, func(n int) guard.Cell {
		return guard.Cell{N: f.base[n].people, Most: f.base[0].people, Why: h.base[n]}
	}, h.base)
	s.Protect()
	f.take(s, at, level, h.base)
}

// add puts the nodes up to a level into a system and returns where each stands: those of the level itself to be decided, the
// others as they were. A node below a hidden one, by whole, is hidden with it.
func (f *field) add(s *guard.System, level int, cell func(n int) guard.Cell, whole []guard.Why) []int {
	at := make([]int, len(f.base))
	for n := range f.base {
		if at[n] = -1; f.level[n] > level {
			continue
		}
		c := cell(n)
		c.Never = f.never[n]
		switch {
		case c.Never, c.Fixed:
		case f.level[n] < level || c.Why != guard.Shown:
			c.Fixed = true
		case slices.ContainsFunc(f.above[n], func(up int) bool { return whole[up] != guard.Shown && !f.never[up] }):
			c.Fixed, c.Why = true, guard.Cover
		}
		at[n] = s.Add(c)
	}
	for _, t := range f.ties {
		if len(t.parts) == 0 || at[t.whole] < 0 || at[t.parts[0]] < 0 {
			continue
		}
		parts := make([]int, len(t.parts))
		for i, p := range t.parts {
			parts[i] = at[p]
		}
		if t.union {
			s.Union(at[t.whole], parts)
		} else {
			s.Sum(at[t.whole], parts)
		}
	}
	return at
}

// take reads what was decided of a level.
func (f *field) take(s *guard.System, at []int, level int, to []guard.Why) {
	for n, place := range at {
		if f.level[n] != level || place < 0 {
			continue
		}
		if to[n] = s.Cell(place).Why; f.never[n] {
			to[n] = guard.Cover
		}
	}
}

func (f *field) protectFamily(h *hiding, family int, members []int, level int) {
	s := guard.New(f.threshold)
	at := map[int][]int{} // by measure
	for _, m := range members {
		at[m] = f.add(s, level, func(n int) guard.Cell {
			c := guard.Cell{N: f.cells[m][n].people, Most: f.base[n].people, Both: !f.never[n], Why: h.cells[m][n]}
			switch {
			case f.everybody(h, m, n):
				c.Fixed, c.Why = true, guard.Shown // told by the base, and no help in hiding anything
			case f.level[n] == level && h.base[n] != guard.Shown:
				c.Why = guard.Cover
			}
			return c
		}, h.cells[m])
	}
	f.relateNets(s, family, at)
	s.Protect()
	for _, m := range members {
		f.take(s, at[m], level, h.cells[m])
		for n := range f.base {
			if f.level[n] == level && !f.never[n] && f.everybody(h, m, n) {
				h.cells[m][n] = h.base[n]
			}
		}
	}
}

// everybody tells whether a measure is seen to have everybody at a node, since it has everybody of a whole that the node is
// a part of. Then its numbers are the bases, and tell what those tell.
func (f *field) everybody(h *hiding, m, n int) bool {
	return slices.ContainsFunc(f.ties, func(t tie) bool {
		return !t.union && h.cells[m][t.whole] == guard.Shown && f.base[t.whole].people > 0 && f.cells[m][t.whole].people == f.base[t.whole].people && slices.Contains(t.parts, n)
	})
}

// relateNets ties the nets of a family to their parts, node by node.
func (f *field) relateNets(s *guard.System, family int, at map[int][]int) {
	for _, t := range f.nets {
		if f.family[t.whole] != family {
			continue
		}
		for n := range f.base {
			if at[t.whole][n] < 0 {
				continue
			}
			parts := make([]int, len(t.parts))
			for i, p := range t.parts {
				parts[i] = at[p][n]
			}
			s.Net(at[t.whole][n], parts, f.base[n].people)
		}
	}
}

// measures is the rows of a field: for each theme its measure alone and with its sub-themes, which may be the same one.
type measures struct {
	own, net map[coding.ThemeID]int
	themes   [][]coding.ThemeID // whose codings each measure counts
	family   []int
	nets     []tie
}

// measuresOf lists what is counted of a codebook. Without nets, where nobody is told of them, there are themes alone.
func measuresOf(tree themes.Tree) measures {
	m := measures{own: map[coding.ThemeID]int{}, net: map[coding.ThemeID]int{}}
	all := tree.All()
	add := func(family int, ids ...coding.ThemeID) int {
		m.themes, m.family = append(m.themes, ids), append(m.family, family)
		return len(m.themes) - 1
	}
	children := map[coding.ThemeID][]coding.ThemeID{}
	for i, th := range all {
		root := i
		if th.Parent != 0 {
			if p, ok := m.own[th.Parent]; ok {
				root = m.family[p]
				children[th.Parent] = append(children[th.Parent], th.ID)
			}
		}
		m.own[th.ID] = add(root, th.ID)
		m.net[th.ID] = m.own[th.ID]
	}
	// From the last to the first, so that the nets of sub-themes are there.
	for i := len(all) - 1; i >= 0; i-- {
		th := all[i]
		if kids := children[th.ID]; len(kids) > 0 {
			t := tie{union: true, parts: []int{m.own[th.ID]}}
			for _, k := range kids {
				t.parts = append(t.parts, m.net[k])
			}
			t.whole = add(m.family[m.own[th.ID]], tree.Within(th.ID)...)
			m.net[th.ID] = t.whole
			m.nets = append(m.nets, t)
		}
	}
	return m
}
