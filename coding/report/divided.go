package report

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/report/guard"
	"avokoodi/coding/sets"
)

// division is a table of everybody by a variable, the language or the round, as readers are given it.
type division struct {
	decided
	nodes   []int             // of its columns
	columns []*roaring.Bitmap // answers of each
	union   bool              // a respondent may be in several columns
}

// divisionsOf is the divisions of everybody that readers may ask: by round, and, where there is one question in one round, by
// language and every variable.
func divisionsOf(b *sets.Board, threshold int) ([]division, error) {
	kept := wholesKept(b, threshold)
	var out []division
	if rounds := b.Rounds(); len(rounds) > 1 {
		one := division{decided: kept}
		for i, r := range rounds {
			one.nodes, one.columns = append(one.nodes, kept.node(place{-1, i})), append(one.columns, b.Round(r.ID))
		}
		out = append(out, one)
	}
	if len(b.Questions()) > 1 || len(b.Rounds()) > 1 {
		return out, nil
	}
	at := place{-1, -1}
	c := &counter{board: b, unit: Respondents, answers: b.All()}
	for _, by := range append([]*Breakdown{{Kind: ByLanguage, Key: string(ByLanguage)}}, variableBreakdowns(b)...) {
		d, err := divide(b, at, c.answers, by, threshold, kept.hiding.at(kept.node(at)))
		if one, refused := err.(coding.Problem); refused && one.Key == "report.public_fine" {
			continue // not given to readers
		}
		if err != nil {
			return nil, err
		}
		one := division{decided: d, columns: c.columns(by).cols, union: by.Variable.Multi}
		for i := range one.columns {
			one.nodes = append(one.nodes, 1+i)
		}
		out = append(out, one)
	}
	return out, nil
}

// beside hides pairs that, laid beside a table by a variable, would tell what that hides: where everybody of a class named Y,
// those of it who named X are among those who named both.
func (s *square) beside(b *sets.Board) error {
	if s.threshold < 2 {
		return nil
	}
	divisions, err := divisionsOf(b, s.threshold)
	if err != nil {
		return err
	}
	for k := range divisions {
		d := &divisions[k]
		for i := range s.own {
			for j := i + 1; j < len(s.own); j++ {
				if s.open[i] && s.open[j] && !s.branch[i][j] && s.why[i][j] == Shown && s.tells(b, d, i, j) {
					s.hide(i, j, Secondary)
				}
			}
		}
	}
	return nil
}

// column is one class of a division, as two themes divide it.
type column struct {
	base, x, y, both    int
	baseWhy, xWhy, yWhy guard.Why
	never               bool
}

// tells tells whether a pair tells something that a division hides.
func (s *square) tells(b *sets.Board, d *division, i, j int) bool {
	mi, mj := s.m.own[s.t.Rows[i].Theme.ID], s.m.own[s.t.Rows[j].Theme.ID]
	list := make([]column, len(d.nodes))
	for k, n := range d.nodes {
		list[k] = column{base: d.field.base[n].people, x: d.field.cells[mi][n].people, y: d.field.cells[mj][n].people,
			baseWhy: d.hiding.base[n], xWhy: d.hiding.cells[mi][n], yWhy: d.hiding.cells[mj][n], never: d.never[n]}
	}
	if !d.union {
		return s.risky(list, i, j) && s.told(b, d, list, i, j)
	}
	for k, c := range list {
		rest := column{base: s.people - c.base, x: s.own[i] - c.x, y: s.own[j] - c.y, never: true}
		if two := []column{c, rest}; s.risky(two, i, j) && s.told(b, &division{columns: d.columns[k : k+1]}, two, i, j) {
			return true
		}
	}
	return false
}

// risky tells whether a pair is close to the most or the least that its numbers by class allow, so that it bounds hidden ones.
func (s *square) risky(list []column, i, j int) bool {
	most, least, hidden := 0, 0, 0
	for _, c := range list {
		most, least = most+min(c.x, c.y), least+max(0, c.x+c.y-c.base)
		if c.never || c.xWhy != guard.Shown || c.yWhy != guard.Shown {
			hidden++
		}
	}
	n, room := s.n[i][j], 2*hidden*(s.threshold-1)
	return hidden > 0 && (most-n < room || n-least < room)
}

// told looks with a linear program into what a pair and a division tell together.
func (s *square) told(b *sets.Board, d *division, list []column, i, j int) bool {
	pair := roaring.And(s.named[i], s.named[j])
	rest := s.n[i][j]
	for k := range list {
		if k < len(d.columns) {
			list[k].both = int(pair.AndCardinality(b.RespondentsOf(d.columns[k])))
			rest -= list[k].both
		} else {
			list[k].both = rest
		}
	}
	sys := guard.New(s.threshold)
	shown := func(n int) int { return sys.Add(guard.Cell{N: n, Most: s.people, Fixed: true}) }
	x, y, all, together := shown(s.own[i]), shown(s.own[j]), shown(s.people), sys.Add(guard.Cell{N: s.n[i][j], Most: s.people})
	var xs, ys, bases, boths, few []int
	for _, c := range list {
		add := func(n, most int, why guard.Why, hidden bool) int {
			at := sys.Add(guard.Cell{N: n, Most: most, Never: hidden, Fixed: !hidden, Why: why})
			if !hidden && why == guard.Few {
				few = append(few, at)
			}
			return at
		}
		base := add(c.base, s.people, c.baseWhy, c.never)
		xc, yc := add(c.x, c.base, c.xWhy, c.never), add(c.y, c.base, c.yWhy, c.never)
		inner := func(n int) int { return sys.Add(guard.Cell{N: max(n, 0), Most: c.base, Never: true}) }
		zc, one, other, none := inner(c.both), inner(c.x-c.both), inner(c.y-c.both), inner(c.base-c.x-c.y+c.both)
		sys.Sum(xc, []int{zc, one})
		sys.Sum(yc, []int{zc, other})
		sys.Sum(base, []int{zc, one, other, none})
		xs, ys, bases, boths = append(xs, xc), append(ys, yc), append(bases, base), append(boths, zc)
	}
	sys.Sum(x, xs)
	sys.Sum(y, ys)
	sys.Sum(all, bases)
	sys.Sum(together, boths)
	if !sys.Protect() || sys.Cell(together).Why != guard.Shown {
		return true
	}
	for _, c := range few { // what is called few is known to be from 1 to below the threshold, and no more
		if lo, hi := sys.Range(c); lo > 1 || hi < float64(s.threshold-1) {
			return true
		}
	}
	return false
}

// under hides pairs that, taken from those of a wider filter, would tell of a small group: those whom one part of the filter
// leaves out.
func (s *square) under(b *sets.Board, c *counter) {
	if s.threshold < 2 || len(parts(c.filter)) == 0 {
		return
	}
	for _, part := range parts(c.filter) {
		f := c.filter
		part.drop(&f)
		wider := &counter{board: b, unit: Respondents, coder: f.By, filter: f, whose: true, answers: b.Answers(f)}
		who := wider.people(s.m)
		for i := range s.own {
			left := roaring.AndNot(who.named[s.m.own[s.t.Rows[i].Theme.ID]], s.named[i])
			if left.IsEmpty() {
				continue
			}
			for j := i + 1; j < len(s.own); j++ {
				more := who.named[s.m.own[s.t.Rows[j].Theme.ID]]
				if s.why[i][j] == Shown && s.few(int(roaring.And(who.named[s.m.own[s.t.Rows[i].Theme.ID]], more).GetCardinality())-s.n[i][j]) {
					s.hide(i, j, Secondary)
				}
			}
		}
	}
}
