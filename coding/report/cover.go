package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Cover is how much of its population each class of a variable has: '58 of 123 municipalities'.
type Cover struct {
	Table   // by the variable
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
	q = q.covering(b)
	t, err := CountOn(b, q)
	if err != nil {
		return Cover{}, err
	}
	return q.cover(b, t)
}

func (q Request) covering(b *sets.Board) Request {
	q.Second, q.Unit, q.None, q.Weight = "", Respondents, false, ""
	if q.By == "" {
		q.By = populated(b.Variables())
	}
	return q
}

// cover is that of a table that was counted for it.
func (q Request) cover(b *sets.Board, t Table) (Cover, error) {
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
	unsure, err := q.unsure(b, out)
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
		switch {
		case cat.Base.Suppressed != Shown:
			class.Reached = Cell{Suppressed: cat.Base.Suppressed}
		case unsure[one.Category]:
			class.Reached = Cell{Suppressed: Secondary}
		}
		all = all && (class.Reached.Suppressed == Shown || one.Population == 0)
		out.Classes = append(out.Classes, class)
	}
	switch {
	case !all:
		out.Reached = Cell{Suppressed: Secondary}
	case out.Population > 0:
		out.Reached.Share = float64(out.Reached.N) / float64(out.Population)
	}
	return out, nil
}

// unsure is the classes of which the number of those reached would tell something of the counted variable's own table: that one of its
// hidden classes has nobody, or has somebody. One that is called few is known to have somebody.
func (q Request) unsure(b *sets.Board, c Cover) (map[coding.CategoryID]bool, error) {
	out := map[coding.CategoryID]bool{}
	if c.Counted.ID == 0 {
		return out, nil
	}
	q.By = string(ByVariable) + ":" + c.Counted.Key
	t, err := CountOn(b, q)
	if err != nil {
		return nil, err
	}
	for _, cat := range t.By.Categories {
		if cat.Base.Suppressed != Secondary {
			continue
		}
		for _, class := range c.By.Variable.Categories {
			if b.Members(coding.CategoryID(cat.ID)).Intersects(b.Members(class.ID)) {
				out[class.ID] = true
			}
		}
	}
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
	Scope   Scope
	Block   int            // answers of a block
	Themes  []coding.Theme // of the codebook
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
	out := Reading{Block: block}
	err := r.boards.ReadMoments(ctx, q.Project, func(b *sets.Board) error {
		f, err := q.scope(b)
		if err != nil {
			return err
		}
		out.Project, out.Seq, out.Scope, out.Themes = b.Project(), b.Seq(), q.named(b, f), b.Tree().All()
		picked := b.Answers(f)
		picked.AndNot(b.State(coding.StateOpen))
		order := inOrder(picked, b.JudgedAt)
		for from := 0; from < len(order); from += block {
			out.Blocks = append(out.Blocks, ReadBlock{From: from + 1, To: min(from+block, len(order))})
		}
		for _, th := range firstUses(b, picked, order) {
			in := &out.Blocks[th.place/block]
			in.New = append(in.New, th.theme)
		}
		known := 0
		for i := range out.Blocks {
			known += len(out.Blocks[i].New)
			out.Blocks[i].Known = known
		}
		return nil
	})
	if err != nil {
		return Reading{}, fmt.Errorf("saturation: %w", err)
	}
	return out, nil
}

// firstUse is a theme and the place of the first answer with it.
type firstUse struct {
	theme coding.Theme
	place int
}

// firstUses lists the themes that any of the answers has by their first place in the order, those of one answer in the order of the
// codebook.
func firstUses(b *sets.Board, picked *roaring.Bitmap, order []coding.AnswerID) []firstUse {
	if len(order) == 0 {
		return nil
	}
	least := picked.Minimum()
	place := make([]int, picked.Maximum()-least+1)
	for i, id := range order {
		place[uint32(id)-least] = i
	}
	var out []firstUse
	for _, th := range b.Tree().All() {
		first := len(order)
		for it := roaring.And(b.Theme(th.ID), picked).Iterator(); it.HasNext(); {
			first = min(first, place[it.Next()-least])
		}
		if first < len(order) {
			out = append(out, firstUse{th, first})
		}
	}
	slices.SortStableFunc(out, func(a, b firstUse) int { return cmp.Compare(a.place, b.place) })
	return out
}

// inOrder is the answers of the set by when they were first judged, those of one moment by id.
func inOrder(set *roaring.Bitmap, at func(coding.AnswerID) int64) []coding.AnswerID {
	type judged struct {
		at int64
		id coding.AnswerID
	}
	list := make([]judged, 0, set.GetCardinality())
	for it := set.Iterator(); it.HasNext(); {
		id := coding.AnswerID(it.Next())
		list = append(list, judged{at(id), id})
	}
	slices.SortFunc(list, func(a, b judged) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) })
	out := make([]coding.AnswerID, len(list))
	for i, one := range list {
		out[i] = one.id
	}
	return out
}

// Mix is what each coder coded: how many of the coder's coded answers have each theme. In a report it counts respondents, and
// what is small is hidden: Threshold is not 0 then, and Codings and NoTheme are not told.
type Mix struct {
	Project   coding.Project
	Seq       coding.Seq
	Scope     Scope
	Threshold int
	Coders    []MixCoder
	Rows      []MixRow
}

// MixCoder is one person who judged answers of the scope.
type MixCoder struct {
	Coder   coding.PersonID
	Judged  int // answers coded or marked
	Coded   int
	NoTheme int
	Codings int
	Base    Cell // respondents of whom the coder judged an answer, in a report
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
