package report

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding/report/guard"
	"avokoodi/coding/sets"
)

// finest is the number of classes up to which a variable that makes up the classes of another is protected together with it.
const finest = 150

type linkedKey struct {
	threshold int
	at        place
}

// groups are the divisions of one place that hang together, and those that are too fine to be given to readers.
type groups struct {
	of   map[string]int // by key of the division
	fine map[string]bool
}

// linked finds which divisions of some answers hang together, as municipalities and regions do: each class of the one lies
// within one class of the other. A reader who has both tables can add the one up to the other.
func linked(b *sets.Board, answers *roaring.Bitmap) groups {
	c := &counter{board: b, unit: Respondents, answers: answers}
	type division struct {
		key  string
		cols []*roaring.Bitmap
	}
	var list []division
	add := func(by *Breakdown) {
		d := division{key: by.named()}
		for _, col := range c.columns(by).cols {
			if inside := roaring.And(col, answers); !inside.IsEmpty() {
				d.cols = append(d.cols, inside)
			}
		}
		list = append(list, d)
	}
	add(&Breakdown{Kind: ByLanguage, Key: string(ByLanguage)})
	for _, v := range b.Variables() {
		if !v.Multi {
			add(&Breakdown{Kind: ByVariable, Key: v.Key, Variable: v})
		}
	}
	out := groups{of: map[string]int{}, fine: map[string]bool{}}
	for i, d := range list {
		out.of[d.key] = i
	}
	for i, a := range list {
		for k, w := range list {
			if i == k || len(a.cols) < 2 || len(w.cols) < 2 || len(a.cols) < len(w.cols) || !refine(a.cols, w.cols) {
				continue
			}
			if len(a.cols) > finest {
				out.fine[a.key] = true
				continue
			}
			from, to := out.of[a.key], out.of[w.key]
			for key, g := range out.of {
				if g == from {
					out.of[key] = to
				}
			}
		}
	}
	return out
}

// refine tells whether each of the finer sets lies within one of the coarser ones.
func refine(fine, coarse []*roaring.Bitmap) bool {
	for _, f := range fine {
		first := f.Minimum()
		ok := false
		for _, c := range coarse {
			if c.Contains(first) {
				ok = f.AndCardinality(c) == f.GetCardinality()
				break
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

// named is a breakdown's name that no other has.
func (by *Breakdown) named() string {
	if by.Kind == ByVariable {
		return string(ByVariable) + ":" + by.Key
	}
	return string(by.Kind)
}

// divide protects a division of a place together with those that hang together with it. The numbers of the place itself were
// decided before.
func divide(b *sets.Board, at place, answers *roaring.Bitmap, by *Breakdown, threshold int, fixed hiding) (decided, error) {
	g := sets.Keep(b, linkedKey{threshold, at}, func() groups { return linked(b, answers) })
	if g.fine[by.named()] {
		return decided{}, problem("by", "report.public_fine", finest)
	}
	var group []*Breakdown
	for _, other := range append([]*Breakdown{{Kind: ByLanguage, Key: string(ByLanguage)}}, variableBreakdowns(b)...) {
		id, ok := g.of[other.named()]
		if ok && id == g.of[by.named()] && !g.fine[other.named()] {
			group = append(group, other)
		}
	}
	if len(group) < 2 || by.Variable.Multi {
		return sets.Keep(b, divisionKey{threshold, at, by.named()}, func() decided { return divideAlone(b, answers, by, threshold, fixed) }), nil
	}
	all := sets.Keep(b, groupKey{threshold, at, g.of[by.named()]}, func() map[string]decided {
		return divideTogether(b, answers, group, threshold, fixed)
	})
	return all[by.named()], nil
}

type groupKey struct {
	threshold int
	at        place
	group     int
}

func variableBreakdowns(b *sets.Board) []*Breakdown {
	var out []*Breakdown
	for _, v := range b.Variables() {
		out = append(out, &Breakdown{Kind: ByVariable, Key: v.Key, Variable: v})
	}
	return out
}

func divideAlone(b *sets.Board, answers *roaring.Bitmap, by *Breakdown, threshold int, fixed hiding) decided {
	c := &counter{board: b, unit: Respondents, answers: answers}
	t := &Table{Unit: Respondents, Threshold: threshold, By: &Breakdown{Kind: by.Kind, Key: by.Key, Variable: by.Variable}}
	f, _ := c.field(t, false)
	f.fixed, f.cuts = &fixed, nil // what is kept must hold no bitmap
	return decided{wholes: wholes{field: f, columns: t.By.Categories}, hiding: f.protect()}
}

func divideTogether(b *sets.Board, answers *roaring.Bitmap, group []*Breakdown, threshold int, fixed hiding) map[string]decided {
	j := newJoint(b, threshold)
	var mine []*member
	for _, by := range group {
		c := &counter{board: b, unit: Respondents, answers: answers}
		t := &Table{Unit: Respondents, Threshold: threshold, By: &Breakdown{Kind: by.Kind, Key: by.Key, Variable: by.Variable}}
		f, _ := c.field(t, false)
		x := &member{counter: c, table: t, field: f}
		j.take(x)
		mine = append(mine, x)
	}
	whole := mine[0].nodes[0].at
	j.fixed = map[cellKey]guard.Why{{whole, -1}: fixed.base[0]}
	for m, row := range fixed.cells {
		j.fixed[cellKey{whole, m}] = row[0]
	}
	out := map[string]decided{}
	safe := j.relate(mine) == nil && j.sys.Protect()
	for i, by := range group {
		h := j.hiding(mine[i])
		if !safe {
			h.cover()
		}
		h.under(fixed)
		mine[i].field.cuts = nil
		out[by.named()] = decided{wholes: wholes{field: mine[i].field, columns: mine[i].table.By.Categories}, hiding: h}
	}
	return out
}

// under hides what a hidden whole is divided into, and takes over what was decided of the whole.
func (h hiding) under(whole hiding) {
	for i := range h.base {
		if whole.base[0] != guard.Shown {
			h.base[i] = guard.Cover
		}
		for m := range h.cells {
			if whole.base[0] != guard.Shown || whole.cells[m][0] != guard.Shown {
				h.cells[m][i] = guard.Cover
			}
		}
	}
	h.base[0] = whole.base[0]
	for m := range h.cells {
		h.cells[m][0] = whole.cells[m][0]
	}
}

// cover hides everything.
func (h hiding) cover() {
	for i := range h.base {
		h.base[i] = guard.Cover
		for m := range h.cells {
			h.cells[m][i] = guard.Cover
		}
	}
}
