package attack

import (
	"fmt"
	"math"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
)

// Reader is somebody who keeps every table that a reader is given.
type Reader struct {
	*Knowledge
	questions, rounds []string // keys
	threshold         int
	hidden            map[string]report.Hidden
	derived           map[string]bool // numbers that no table has, but that follow from two that lie side by side
}

// NewReader asks for every table that a board's project gives to readers; of the divisions of questions, for those of the
// first ones only where most is not 0.
func NewReader(b *sets.Board, most int) (*Reader, error) {
	a := &Reader{Knowledge: New(), threshold: b.Project().Threshold, hidden: map[string]report.Hidden{}, derived: map[string]bool{}}
	for _, q := range b.Questions() {
		a.questions = append(a.questions, q.Key)
	}
	for _, r := range b.Rounds() {
		a.rounds = append(a.rounds, r.Key)
	}
	bys := []string{"", "question", "round", "language"}
	for _, v := range b.Variables() {
		bys = append(bys, "variable:"+v.Key)
	}
	for i, q := range append([]string{""}, a.questions...) {
		bys := bys
		if most > 0 && i > most {
			bys = bys[:3]
		}
		for _, r := range append([]string{""}, a.rounds...) {
			for _, by := range bys {
				for _, net := range []bool{false, true} {
					ask := report.Request{Project: b.Project().ID, By: by, Net: net, Public: true}
					if q != "" {
						ask.Questions = []string{q}
					}
					if r != "" {
						ask.Rounds = []string{r}
					}
					t, err := report.CountOn(b, ask)
					if _, refused := err.(coding.Problem); refused {
						continue
					}
					if err != nil {
						return nil, err
					}
					if err := a.Learn(t); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	a.recodes(b)
	return a, nil
}

// recodes takes in how derived variables follow from others: a class is the sum of the categories that fall into it.
func (a *Reader) recodes(b *sets.Board) {
	vars := b.Variables()
	key := map[coding.CategoryID]string{}
	for _, v := range vars {
		for _, c := range v.Categories {
			key[c.ID] = v.Key + "=" + c.Key
		}
	}
	for _, d := range coding.Follow(vars) {
		for class, members := range d.Members {
			for name := range a.hidden {
				at, ok := strings.CutSuffix(name, "/"+key[class])
				if !ok {
					continue
				}
				var parts []string
				for _, m := range members {
					parts = append(parts, at+"/"+key[m])
				}
				a.Sum(name, parts)
			}
		}
	}
}

// node names a column of a table: a question, a round, and a class of a variable.
func (a *Reader) node(t report.Table, c *report.Category) string {
	q, r, class := "", "", ""
	if len(t.Scope.Questions) == 1 {
		q = t.Scope.Questions[0].Key
	}
	if len(t.Scope.Rounds) == 1 {
		r = t.Scope.Rounds[0].Key
	}
	if t.By != nil {
		switch {
		case t.By.Kind == report.ByQuestion:
			if q = ""; c != nil {
				q = c.Key
			}
		case t.By.Kind == report.ByRound:
			if r = ""; c != nil {
				r = c.Key
			}
		case c != nil:
			class = fmt.Sprintf("%s=%s", t.By.Key, c.Key)
		}
	}
	if q == "" && len(a.questions) == 1 {
		q = a.questions[0]
	}
	if r == "" && len(a.rounds) == 1 {
		r = a.rounds[0]
	}
	return q + "/" + r + "/" + class
}

// Learn takes a table in.
func (a *Reader) Learn(t report.Table) error {
	whole := a.node(t, nil)
	columns := []string{whole}
	if t.By != nil {
		for i := range t.By.Categories {
			columns = append(columns, a.node(t, &t.By.Categories[i]))
		}
	}
	bases := []report.Cell{t.Base}
	if t.By != nil {
		for _, c := range t.By.Categories {
			bases = append(bases, c.Base)
		}
	}
	if err := a.row(t, "base", columns, bases); err != nil {
		return err
	}
	for _, row := range t.Rows {
		name := row.Theme.Key
		if len(row.Themes) > 1 {
			name += "+"
		}
		if err := a.row(t, name, columns, append([]report.Cell{row.Total}, row.Cells...)); err != nil {
			return err
		}
		if t.Net {
			a.nets(t, row, columns)
		}
	}
	return nil
}

func (a *Reader) row(t report.Table, measure string, columns []string, cells []report.Cell) error {
	for i, c := range cells {
		name, lo, hi := measure+" "+columns[i], float64(c.N), float64(c.N)
		switch c.Suppressed {
		case report.Primary:
			lo, hi = 1, float64(a.threshold-1)
		case report.Secondary:
			lo, hi = 0, math.Inf(1)
		}
		if was, ok := a.hidden[name]; ok && was != c.Suppressed {
			return fmt.Errorf("%s: %q in one table and %q in another", name, was, c.Suppressed)
		}
		a.hidden[name] = c.Suppressed
		if measure == "base" && i > 0 && c.Suppressed == report.Secondary && cells[0].Suppressed == report.Shown {
			hi = float64(cells[0].N)
		}
		if err := a.Between(name, lo, hi); err != nil {
			return err
		}
		// A hidden base bounds what is below it by what is known of it; tying the two together would tie everything together.
		if base := a.Number("base " + columns[i]); measure != "base" && !math.IsInf(a.hi[base], 1) {
			if err := a.Between(name, 0, a.hi[base]); err != nil {
				return err
			}
		}
	}
	if t.By == nil {
		return nil
	}
	if divides := t.By.Kind == report.ByVariable || t.By.Kind == report.ByLanguage; divides && cells[0].Suppressed != report.Shown {
		// Nothing is told of the parts of a hidden whole, so that they say nothing of it, and tie nothing together.
		for i, c := range cells[1:] {
			if c.Suppressed != report.Secondary {
				return fmt.Errorf("%s %s: %+v is told of a part of a hidden whole", measure, columns[i+1], c)
			}
		}
		return nil
	}
	var parts []string
	for _, c := range columns[1:] {
		parts = append(parts, measure+" "+c)
	}
	switch whole := measure + " " + columns[0]; {
	case t.By.Kind == report.ByVariable:
		rest := columns[0] + t.By.Key + "=?"
		parts = append(parts, measure+" "+rest)
		if t.By.Variable.Multi {
			a.Union(whole, parts)
		} else {
			a.Sum(whole, parts)
		}
	case t.By.Kind == report.ByQuestion:
		a.Union(whole, parts)
	default:
		a.Sum(whole, parts)
	}
	return nil
}

// nets ties a theme with its sub-themes to its parts.
func (a *Reader) nets(t report.Table, row report.Row, columns []string) {
	if len(row.Themes) < 2 {
		return
	}
	for _, c := range columns {
		parts := []string{row.Theme.Key + " " + c}
		for _, other := range t.Rows {
			if other.Theme.Parent == row.Theme.ID {
				name := other.Theme.Key
				if len(other.Themes) > 1 {
					name += "+"
				}
				parts = append(parts, name+" "+c)
			}
		}
		whole := row.Theme.Key + "+ " + c
		a.Union(whole, parts)
		a.rests(whole, parts)
	}
}

// rests takes numbers from each other: those of a whole who are not in a part, and, of two parts that alone have anybody, those who are
// in both.
func (a *Reader) rests(whole string, parts []string) {
	var some []string
	for _, p := range parts {
		if i := a.Number(p); !(a.Known(p) && a.hi[i] == 0) {
			some = append(some, p)
		}
	}
	for _, p := range some {
		rest := whole + " but " + p
		a.Sum(whole, []string{p, rest})
		a.derived[rest] = true
	}
	if len(some) == 2 {
		both := some[0] + " and " + some[1]
		a.Sum(some[1], []string{whole + " but " + some[0], both})
		a.derived[both] = true
	}
}

// Recovered lists the hidden numbers that can be told: exactly, or of '<5' more than that. It also gives the number of
// hidden ones that were attacked, which are those whose name pick picks; nil picks all.
func (a *Reader) Recovered(pick func(name string) bool) (told []string, hidden int, err error) {
	for name, why := range a.hidden {
		if why == report.Shown || pick != nil && !pick(name) {
			continue
		}
		hidden++
		enough := 1.0
		if why == report.Primary {
			enough = float64(a.threshold - 2)
		}
		lo, hi, err := a.Range(name, enough)
		if err != nil {
			return nil, hidden, err
		}
		if hi-lo < enough-1e-6 && hi > tiny {
			told = append(told, fmt.Sprintf("%s (%s): from %.3f to %.3f", name, why, lo, hi))
		}
	}
	for name := range a.derived {
		if pick != nil && !pick(name) {
			continue
		}
		hidden++
		enough := float64(a.threshold - 2)
		lo, hi, err := a.Range(name, math.Inf(1))
		if err != nil {
			return nil, hidden, err
		}
		if lo > tiny && hi < float64(a.threshold)-tiny && hi-lo < enough-tiny {
			told = append(told, fmt.Sprintf("%s: from %.3f to %.3f", name, lo, hi))
		}
	}
	return told, hidden, nil
}
