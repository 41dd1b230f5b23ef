package report

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Cover is how much of its population each class of a variable has: '58 of 123 municipalities'.
type Cover struct {
	Table   // by the variable; it has no rows
	Counted coding.Variable
	Classes []CoverClass // in the order of the table's categories
	// Reached and Population add up all classes whose population is known; Reached is hidden where one of them is.
	Reached    Cell
	Population int
}

// CoverClass is one class. Reached counts respondents, or, where the variable counts another's classes, those with a respondent;
// its share is of the population.
type CoverClass struct {
	Category   Category
	Reached    Cell
	Population int // 0 where it is not known
}

// Cover counts the respondents of the scope against the figures of the population. The request's By names the variable; "" is the first with a population. What is
// told of a class is hidden where its respondents are.
func (r *Reports) Cover(ctx context.Context, q Request) (Cover, error) {
	var out Cover
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		var err error
		out, err = CoverOn(b, q)
		return err
	})
	if err != nil {
		return Cover{}, fmt.Errorf("cover: %w", err)
	}
	return out, nil
}

// CoverOn is Cover on a board that is being read.
func CoverOn(b *sets.Board, q Request) (Cover, error) {
	q.Second, q.Unit, q.None = "", Respondents, false
	if q.By == "" {
		q.By = populated(b.Variables())
	}
	t, err := CountOn(b, q)
	if err != nil {
		return Cover{}, err
	}
	if t.By == nil || t.By.Kind != ByVariable {
		return Cover{}, problem("by", "report.cover_variable")
	}
	out := Cover{Table: t}
	for _, v := range b.Variables() {
		if v.ID == t.By.Variable.Counted {
			out.Counted = v
		}
	}
	c, err := q.scoped(b, t)
	if err != nil {
		return Cover{}, err
	}
	all := true
	for i, one := range b.Coverage(t.By.Variable, b.RespondentsOf(c.answers)) {
		cat := t.By.Categories[i]
		class := CoverClass{Category: cat, Population: one.Population, Reached: Cell{N: one.Reached}}
		if one.Population > 0 {
			class.Reached.Share = float64(one.Reached) / float64(one.Population)
			out.Population += one.Population
			out.Reached.N += one.Reached
		}
		if cat.Base.Suppressed != Shown {
			class.Reached = Cell{Suppressed: cat.Base.Suppressed}
			all = all && one.Population == 0
		}
		out.Classes = append(out.Classes, class)
	}
	switch {
	case !all:
		out.Reached = Cell{Suppressed: Secondary}
	case out.Population > 0:
		out.Reached.Share = float64(out.Reached.N) / float64(out.Population)
	}
	out.Rows = nil
	return out, nil
}

// populated is the first variable with a population, or else the first.
func populated(vars []coding.Variable) string {
	at := slices.IndexFunc(vars, func(v coding.Variable) bool {
		return slices.ContainsFunc(v.Categories, func(c coding.Category) bool { return c.Population > 0 })
	})
	if at < 0 && len(vars) == 0 {
		return ""
	}
	return string(ByVariable) + ":" + vars[max(at, 0)].Key
}

// Reading is how the codebook filled up as answers were read: the new themes of each block of answers.
type Reading struct {
	Project coding.Project
	Seq     coding.Seq
	Block   int // answers of a block
	Blocks  []ReadBlock
}

// ReadBlock is some answers that were read one after another.
type ReadBlock struct {
	From, To int // of the answers in the order of reading, from 1
	New      []coding.Theme
	Known    int // themes by the end of it
}

// Saturation orders the answers that were judged, of those that the request picks, by when somebody first coded or marked them, and
// finds the themes that come up first in each block of answers. Themes that were deleted since are left out. It is for those
// who do the work.
func (r *Reports) Saturation(ctx context.Context, q Request, block int) (Reading, error) {
	sel, err := r.Select(ctx, q)
	if err != nil {
		return Reading{}, err
	}
	type read struct {
		at     time.Time
		themes []coding.ThemeID
	}
	out := Reading{Project: sel.Project, Seq: sel.Seq, Block: block}
	answers := map[coding.AnswerID]*read{}
	note := func(a coding.AnswerID, at time.Time, th coding.ThemeID) {
		if !sel.Answers.Contains(uint32(a)) {
			return
		}
		one := answers[a]
		if one == nil {
			one = &read{at: at}
			answers[a] = one
		}
		if at.Before(one.at) {
			one.at = at
		}
		if th != 0 {
			one.themes = append(one.themes, th)
		}
	}
	themes := map[coding.ThemeID]coding.Theme{}
	err = r.boards.View(ctx, func(rd coding.Reader) error {
		list, err := rd.Themes(ctx, q.Project)
		if err != nil {
			return err
		}
		for _, th := range list {
			themes[th.ID] = th
		}
		for c, err := range rd.EachCoding(ctx, q.Project) {
			if err != nil {
				return err
			}
			note(c.Answer, c.At, c.Theme)
		}
		for m, err := range rd.EachMark(ctx, q.Project) {
			if err != nil {
				return err
			}
			note(m.Answer, m.At, 0)
		}
		return nil
	})
	if err != nil {
		return Reading{}, fmt.Errorf("saturation: %w", err)
	}
	order := inOrder(answers, func(a *read) time.Time { return a.at })
	known := map[coding.ThemeID]bool{}
	for i, id := range order {
		if i%block == 0 {
			out.Blocks = append(out.Blocks, ReadBlock{From: i + 1})
		}
		b := &out.Blocks[len(out.Blocks)-1]
		b.To = i + 1
		for _, th := range answers[id].themes {
			if one, ok := themes[th]; ok && !known[th] {
				known[th] = true
				b.New = append(b.New, one)
			}
		}
		b.Known = len(known)
	}
	return out, nil
}

// inOrder is the answers by time, those of one moment by id.
func inOrder[T any](answers map[coding.AnswerID]T, at func(T) time.Time) []coding.AnswerID {
	return slices.SortedFunc(maps.Keys(answers), func(a, b coding.AnswerID) int {
		return cmp.Or(at(answers[a]).Compare(at(answers[b])), cmp.Compare(a, b))
	})
}

// Mix is what each coder coded: how many of the coder's coded answers have each theme.
type Mix struct {
	Project coding.Project
	Seq     coding.Seq
	Scope   Scope
	Coders  []MixCoder
	Rows    []MixRow
}

// MixCoder is one person who judged answers of the scope.
type MixCoder struct {
	Coder   coding.PersonID
	Judged  int // answers coded or marked
	Coded   int
	NoTheme int
	Codings int
}

// MixRow is one theme: the answers that each coder gave it, in the order of the coders. Shares are of the coder's coded answers.
type MixRow struct {
	Theme coding.Theme
	Depth int
	Cells []Cell
}

// Mix counts what each coder did with the answers of the request. It is for the one who leads the work: nothing is hidden.
func (r *Reports) Mix(ctx context.Context, q Request) (Mix, error) {
	var out Mix
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		f, err := q.scope(b)
		if err != nil {
			return err
		}
		answers := b.Answers(f)
		out = Mix{Project: b.Project(), Seq: b.Seq(), Scope: q.named(b, f)}
		for _, who := range b.Coders() {
			p := progress(states(b, who), answers)
			one := MixCoder{Coder: who, Judged: p.Done(), Coded: p.Coded, NoTheme: p.NoTheme}
			if one.Judged > 0 {
				out.Coders = append(out.Coders, one)
			}
		}
		tree := b.Tree()
		for _, th := range tree.All() {
			row := MixRow{Theme: th, Depth: tree.Depth(th.ID)}
			sum := 0
			for i := range out.Coders {
				c := &out.Coders[i]
				n := int(b.ThemeBy(th.ID, c.Coder).AndCardinality(answers))
				c.Codings += n
				sum += n
				one := Cell{N: n}
				if c.Coded > 0 {
					one.Share = float64(n) / float64(c.Coded)
				}
				row.Cells = append(row.Cells, one)
			}
			if sum > 0 || !th.Retired {
				out.Rows = append(out.Rows, row)
			}
		}
		return nil
	})
	if err != nil {
		return Mix{}, fmt.Errorf("mix: %w", err)
	}
	return out, nil
}
