package report

import (
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/report/guard"
	"avokoodi/coding/sets"
)

// How much is protected together: columns of all tables, with what is left over between them, and numbers.
const (
	mostColumns  = 1_200
	mostTogether = 120_000
)

// CountTogether makes the tables of one export. They will lie side by side, so that they are protected as one: a number that
// one table hides can't be worked out from the others, by taking one filter from another, or by adding up the categories of
// which a recoded one consists. The tables are as those of CountOn otherwise; they may hide more, never less. The threshold of
// all is the highest among them. Too many tables to look through together are a coding.Problem.
func (r *Reports) CountTogether(ctx context.Context, p coding.ProjectID, qs []Request) ([]Table, error) {
	var out []Table
	err := r.boards.Read(ctx, p, func(b *sets.Board) error {
		var err error
		out, err = CountTogetherOn(b, qs)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count together: %w", err)
	}
	return out, nil
}

// CountTogetherOn is CountTogether on a board that is being read. Public tables are protected together anyway and are made
// one by one.
func CountTogetherOn(b *sets.Board, qs []Request) ([]Table, error) {
	out := make([]Table, len(qs))
	j := newJoint(b, 0)
	var mine []*member
	for i, q := range qs {
		if q.Public {
			t, err := publicOn(b, q)
			if err != nil {
				return nil, err
			}
			out[i] = t
			continue
		}
		c, t, err := q.begin(b)
		if err != nil {
			return nil, err
		}
		x := &member{at: i, order: q.Order, counter: c, table: t}
		if x.field, _, x.alone = q.narrowed(c, t); len(parts(c.filter)) == 0 {
			x.alone = hiding{} // no other table has a say in it
		}
		mine = append(mine, x)
		j.threshold = max(j.threshold, t.Threshold)
	}
	columns := 0
	for _, x := range mine {
		columns += len(x.field.base)
	}
	if columns > mostColumns && len(mine) > 1 {
		return nil, problem("table", "report.together_many")
	}
	if len(mine) == 1 { // alone, a table needs nobody else
		x := mine[0]
		one, err := CountOn(b, qs[x.at])
		if err != nil {
			return nil, err
		}
		out[x.at] = one
		return out, nil
	}
	for _, x := range mine {
		j.take(x)
	}
	if len(mine) > 0 && j.threshold > 1 {
		if err := j.relate(mine); err != nil {
			return nil, err
		}
		j.sys.Protect()
	}
	for _, x := range mine {
		x.table.Threshold = j.threshold
		x.table.fill(b.Tree(), x.field, j.m, j.hiding(x))
		x.table.judge(x.counter)
		if err := qs[x.at].weighted(x.counter, x.table); err != nil {
			return nil, err
		}
		x.table.sort(x.order)
		out[x.at] = *x.table
	}
	return out, nil
}

// joint is the numbers of several tables as one system. What two tables count of the same answers is one number.
type joint struct {
	board     *sets.Board
	m         measures
	threshold int
	nodes     []*node
	cells     map[cellKey]int // place in the system
	sys       *guard.System
	alias     map[cellKey]cellKey // numbers that are another one
	tied      map[string]bool
	fixed     map[cellKey]guard.Why // what was decided before
	hidden    map[cellKey]guard.Why // what is hidden in any case
}

func newJoint(b *sets.Board, threshold int) *joint {
	return &joint{board: b, m: measuresOf(b.Tree()), threshold: threshold, cells: map[cellKey]int{}, alias: map[cellKey]cellKey{}, tied: map[string]bool{}, hidden: map[cellKey]guard.Why{}}
}

// node is some answers of which tables tell numbers.
type node struct {
	set    *roaring.Bitmap
	coder  coding.PersonID // whose codings are counted
	base   tally
	cells  []tally // by measure
	never  bool    // no table shows it
	filled bool
	at     int
}

// cellKey is a measure (-1 for the base) of a node.
type cellKey struct{ node, measure int }

// member is one table of a joint.
type member struct {
	at      int
	order   Order
	counter *counter
	table   *Table
	field   *field
	nodes   []*node // of the field's
	alone   hiding  // what its filter alone hides; empty for nothing
}

// node finds or makes the node of a set of answers.
func (j *joint) node(set *roaring.Bitmap, coder coding.PersonID) *node {
	for _, n := range j.nodes {
		if n.coder == coder && n.set.Equals(set) {
			return n
		}
	}
	n := &node{set: set, coder: coder, never: true, at: len(j.nodes)}
	j.nodes = append(j.nodes, n)
	return n
}

// take gives the nodes of a table's field their place.
func (j *joint) take(x *member) {
	for i, set := range x.counter.sets(x.field) {
		n := j.node(set, x.counter.coder)
		if !n.filled {
			n.filled, n.base = true, x.field.base[i]
			for m := range x.field.cells {
				n.cells = append(n.cells, x.field.cells[m][i])
			}
		}
		n.never = n.never && x.field.never[i]
		x.nodes = append(x.nodes, n)
		if x.alone.base == nil {
			continue
		}
		j.hide(cellKey{n.at, -1}, x.alone.base[i])
		for m := range x.alone.cells {
			j.hide(cellKey{n.at, m}, x.alone.cells[m][i])
		}
	}
}

// hide notes that a number is hidden, whatever the tables tell together. Small ones are hidden anyway, and may be called so.
func (j *joint) hide(k cellKey, why guard.Why) {
	if why == guard.Cover {
		j.hidden[k] = why
	}
}

// fill counts a node that no table has.
func (j *joint) fill(n *node) {
	if n.filled {
		return
	}
	c := &counter{board: j.board, unit: Respondents, coder: n.coder, answers: n.set}
	n.filled = true
	n.base, _ = c.measure(nil, n.set, nil)
	for _, ids := range j.m.themes {
		set := j.board.ThemesBy(ids, n.coder)
		set.And(n.set)
		t, _ := c.measure(nil, set, ids)
		n.cells = append(n.cells, t)
	}
}

// link is a whole with its parts.
type link struct {
	whole *node
	parts []*node
	union bool
	cross bool // between tables, where answers may not divide respondents
}

// relate finds how the tables hang together and puts everything into the system.
func (j *joint) relate(mine []*member) error {
	var links, cuts []link
	for _, x := range mine {
		cuts = append(cuts, link{whole: x.nodes[0], parts: x.nodes[:1]})
		for _, t := range x.field.ties {
			one := link{whole: x.nodes[t.whole], union: t.union}
			for _, p := range t.parts {
				one.parts = append(one.parts, x.nodes[p])
			}
			links, cuts = append(links, one), append(cuts, one)
		}
	}
	for _, n := range slices.Clone(j.nodes) {
		for _, c := range cuts {
			if one, ok := j.refines(n, c); ok {
				links = append(links, one)
			}
			if len(j.nodes) > mostColumns || len(j.nodes)*(len(j.m.themes)+1) > mostTogether {
				return problem("table", "report.together_many")
			}
		}
	}
	j.sys = guard.New(j.threshold)
	for _, n := range j.nodes {
		j.fill(n)
	}
	unions := j.same(mine)
	everybody := map[cellKey]bool{}
	for _, l := range links {
		j.everybody(l, everybody)
	}
	j.add(everybody)
	for _, l := range links {
		j.tie(l)
	}
	for _, n := range j.nodes {
		for _, t := range j.m.nets {
			j.union(cellKey{n.at, t.whole}, n, t.parts)
		}
	}
	for _, u := range unions {
		j.union(u.whole, u.node, u.parts)
	}
	return nil
}

func (j *joint) union(whole cellKey, n *node, measures []int) {
	parts := make([]int, len(measures))
	for i, m := range measures {
		parts[i] = j.cells[j.find(cellKey{n.at, m})]
	}
	j.sys.Net(j.cells[j.find(whole)], parts, n.base.people)
}

// refines tells whether a cut divides the answers of a node, as municipalities divide a region, or one filter's answers are
// among another's: no part of it is half inside. The link then has those inside, and the rest of the node as one more part.
func (j *joint) refines(n *node, c link) (link, bool) {
	if n.never || n.set.IsEmpty() || c.whole == n && len(c.parts) > 1 || c.whole.coder != n.coder || !c.whole.set.Intersects(n.set) {
		return link{}, false
	}
	out := link{whole: n, union: c.union, cross: true}
	inside := uint64(0)
	for _, p := range c.parts {
		common := p.set.AndCardinality(n.set)
		switch {
		case common == 0:
		case p == n || common < p.set.GetCardinality():
			return out, false
		default:
			out.parts = append(out.parts, p)
			inside += common
		}
	}
	if len(out.parts) == 0 {
		return out, false
	}
	rest := n.set.Clone()
	for _, p := range out.parts {
		rest.AndNot(p.set)
	}
	if !rest.IsEmpty() {
		out.parts = append(out.parts, j.node(rest, n.coder))
	}
	key := fmt.Sprint(n.at)
	places := make([]int, len(out.parts))
	for i, p := range out.parts {
		places[i] = p.at
	}
	slices.Sort(places)
	key += fmt.Sprint(places)
	if j.tied[key] {
		return out, false
	}
	j.tied[key] = true
	return out, true
}

// find is the number that stands for this one.
func (j *joint) find(k cellKey) cellKey {
	for {
		up, ok := j.alias[k]
		if !ok {
			return k
		}
		k = up
	}
}

// themesUnion says that a number is of those who named any of some themes at a node.
type themesUnion struct {
	whole cellKey
	node  *node
	parts []int
}

// same finds the numbers that a filter by themes makes equal: the base of the answers that have a theme is the number of the
// theme. Where a filter has several themes, the base is their union.
func (j *joint) same(mine []*member) []themesUnion {
	var out []themesUnion
	seen := map[string]bool{}
	for _, x := range mine {
		f := x.counter.filter
		lists := [][]coding.ThemeID{f.Themes, f.NoThemes}
		for _, id := range f.AllThemes {
			lists = append(lists, []coding.ThemeID{id})
		}
		for _, ids := range lists {
			ids = slices.Clone(ids)
			slices.Sort(ids)
			if key := fmt.Sprint(x.counter.coder, ids); len(ids) > 0 && !seen[key] {
				seen[key] = true
				out = append(out, j.sameBy(ids, x.counter.coder)...)
			}
		}
	}
	return out
}

func (j *joint) sameBy(ids []coding.ThemeID, coder coding.PersonID) []themesUnion {
	var out []themesUnion
	with := j.board.ThemesBy(ids, coder)
	measure := slices.IndexFunc(j.m.themes, func(list []coding.ThemeID) bool {
		list = slices.Clone(list)
		slices.Sort(list)
		return slices.Equal(list, ids)
	})
	for _, a := range j.nodes {
		if a.coder != coder {
			continue
		}
		inside := roaring.And(a.set, with)
		for _, n := range j.nodes {
			if inside.IsEmpty() || !n.set.Equals(inside) {
				continue
			}
			base := cellKey{n.at, -1}
			if measure >= 0 {
				if from, to := j.find(base), j.find(cellKey{a.at, measure}); from != to {
					j.alias[from] = to
				}
				continue
			}
			var parts []int
			for _, id := range ids {
				if m, ok := j.m.own[id]; ok {
					parts = append(parts, m)
				}
			}
			out = append(out, themesUnion{base, a, parts})
		}
	}
	return out
}

// add puts the numbers of all nodes into the system, those that are one only once.
func (j *joint) add(everybody map[cellKey]bool) {
	cells := map[cellKey]guard.Cell{}
	var order []cellKey
	put := func(n *node, m int, c guard.Cell) {
		key := cellKey{n.at, m}
		c.Fixed, c.Why = everybody[key], j.hidden[key]
		itself := m >= 0 && c.N == c.Most // then the base is no news
		key = j.find(key)
		was, ok := cells[key]
		if !ok {
			order = append(order, key)
			was = c
			was.Never = true
		}
		was.Never, was.Fixed, was.Why = was.Never && n.never, was.Fixed && c.Fixed, max(was.Why, c.Why)
		if !itself {
			was.Most, was.Both = min(was.Most, c.Most), was.Both || c.Both
		}
		cells[key] = was
	}
	everyone := int(j.board.Respondents().GetCardinality())
	for _, n := range j.nodes {
		put(n, -1, guard.Cell{N: n.base.people, Most: everyone})
		for m, t := range n.cells {
			put(n, m, guard.Cell{N: t.people, Most: n.base.people, Both: !n.never})
		}
	}
	for _, key := range order {
		c := cells[key]
		if c.Fixed = c.Fixed && !c.Never; c.Fixed {
			c.Why = guard.Shown
		} else if why, ok := j.fixed[key]; ok {
			c.Why, c.Fixed = why, true
		} else {
			c.Fixed = c.Why != guard.Shown && !c.Never
		}
		j.cells[key] = j.sys.Add(c)
	}
}

func (n *node) number(measure int) int {
	if measure < 0 {
		return n.base.people
	}
	return n.cells[measure].people
}

// everybody notes the numbers that are told by the base, since a whole that they are a part of has everybody.
func (j *joint) everybody(l link, to map[cellKey]bool) {
	for m := range j.m.themes {
		if n := l.whole.number(m); n == 0 || n != l.whole.base.people || l.union {
			continue
		}
		for _, p := range l.parts {
			to[cellKey{p.at, m}] = p.number(m) == p.base.people
		}
	}
}

// tie puts a link into the system, for the base and each measure. Parts that overlap in respondents make a union.
func (j *joint) tie(l link) {
	for m := -1; m < len(j.m.themes); m++ {
		parts, sum := make([]int, len(l.parts)), 0
		for i, p := range l.parts {
			parts[i] = j.cells[j.find(cellKey{p.at, m})]
			sum += p.number(m)
		}
		whole := j.cells[j.find(cellKey{l.whole.at, m})]
		if l.union || l.cross && sum != l.whole.number(m) {
			j.sys.Union(whole, parts)
		} else {
			j.sys.Sum(whole, parts)
		}
	}
}

// hiding is what was decided of a table's numbers.
func (j *joint) hiding(x *member) hiding {
	h := hiding{base: make([]guard.Why, len(x.field.base)), cells: make([][]guard.Why, len(x.field.cells))}
	for m := range h.cells {
		h.cells[m] = make([]guard.Why, len(x.field.base))
	}
	if j.sys == nil {
		return h
	}
	for i, n := range x.nodes {
		base := j.find(cellKey{n.at, -1})
		h.base[i] = j.sys.Cell(j.cells[base]).Why
		for m := range h.cells {
			key := j.find(cellKey{n.at, m})
			switch c := j.sys.Cell(j.cells[key]); {
			case h.base[i] == guard.Shown:
				h.cells[m][i] = c.Why
			case c.Fixed, key == base:
				h.cells[m][i] = h.base[i]
			default:
				h.cells[m][i] = guard.Cover
			}
		}
	}
	return h
}
