package report

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Finding is what a part of a report tells.
type Finding string

// Findings, named as their documents are.
const (
	FindCounts     Finding = ""
	FindPairs      Finding = "cooccurrence"
	FindRounds     Finding = "rounds"
	FindCoverage   Finding = "coverage"
	FindSaturation Finding = "saturation"
	FindCoders     Finding = "coders"
	FindProgress   Finding = "progress"
)

// Findings are all but FindCounts.
var Findings = []Finding{FindPairs, FindRounds, FindCoverage, FindSaturation, FindCoders, FindProgress}

// ReadStep is the number of answers by which reading is told.
const ReadStep = 50

// Part asks for one part of a report.
type Part struct {
	Request
	Find    Finding
	Compare [2]string // rounds, of FindRounds; see Trend
	Paired  bool
}

// Found is one part; which field is set is up to its Finding. Table is always there but for FindSaturation.
type Found struct {
	Table   Table
	Pairs   *Pairs
	Trend   *Trend
	Cover   *Cover
	Reading *Reading
	Mix     *Mix
	Work    *Work
}

// Work is how far the reading of each question has come.
type Work struct {
	Table // by question
	Rows  []WorkRow
}

// WorkRow is one question; both cells are answers, and hidden where its respondents are.
type WorkRow struct {
	Question Category
	Answers  Cell
	Judged   Cell // its share is of the answers
}

// Together makes the parts of one report. As by CountTogether, the tables that they rest on are protected as one; what is told
// of pairs, rounds, classes and coders is told only where these tables show it. A part with pairs whose answers overlap with
// those of an earlier one has all of its pairs hidden, and pairs with a theme that another part filters by are hidden too, since a
// number could be had by taking one from the other.
func (r *Reports) Together(ctx context.Context, p coding.ProjectID, parts []Part) ([]Found, error) {
	out := make([]Found, len(parts))
	same := make([]map[coding.RespondentID]coding.RespondentID, len(parts))
	for i, x := range parts {
		var err error
		switch {
		case x.Find == FindRounds && x.Paired && x.Public:
			err = problem("paired", "report.public_paired")
		case x.Find == FindRounds && x.Paired:
			same[i], err = r.boards.Panel(ctx, p, x.Compare)
		case x.Find == FindSaturation:
			var one Reading
			one, err = r.Saturation(ctx, x.Request, ReadStep)
			out[i].Reading = &one
		}
		if err != nil {
			return nil, fmt.Errorf("together: %w", err)
		}
	}
	err := r.boards.Read(ctx, p, func(b *sets.Board) error { return togetherOn(b, parts, same, out) })
	if err != nil {
		return nil, fmt.Errorf("together: %w", err)
	}
	return out, nil
}

func togetherOn(b *sets.Board, parts []Part, same []map[coding.RespondentID]coding.RespondentID, out []Found) error {
	var asks []Request
	from := make([]int, len(parts)+1)
	for i := range parts {
		list, err := parts[i].tables(b)
		if err != nil {
			return err
		}
		asks = append(asks, list...)
		from[i+1] = len(asks)
	}
	tables, err := CountTogetherOn(b, asks)
	if err != nil {
		return err
	}
	for i, x := range parts {
		mine := tables[from[i]:from[i+1]]
		if len(mine) == 0 {
			continue
		}
		if err := x.find(b, mine, asks[from[i]], same[i], &out[i]); err != nil {
			return err
		}
	}
	return coverPairs(b, parts, out)
}

// tables are the requests that a part rests on.
func (x *Part) tables(b *sets.Board) ([]Request, error) {
	q := x.Request
	if x.Find != FindCounts {
		q.Second, q.Unit, q.Weight = "", Respondents, ""
	}
	switch x.Find {
	case FindPairs:
		q.By, q.Net = "", false
		if q.Public && (len(q.Questions)+len(q.Rounds)+len(q.Filter.Questions)+len(q.Filter.Rounds) > 0) {
			return nil, problem("question", "report.public_whole")
		}
	case FindRounds:
		q.By = string(ByRound)
	case FindCoverage:
		q = q.covering(b)
	case FindProgress:
		q.By, q.Net = string(ByQuestion), false
	case FindSaturation:
		return nil, nil
	case FindCoders:
		q.By, q.Net, q.Order = "", false, ByCodebook
		list := []Request{q}
		for _, who := range b.Coders() {
			own := q
			own.Filter.By, own.Filter.Coders = who, []coding.PersonID{who}
			list = append(list, own)
		}
		return list, nil
	}
	return []Request{q}, nil
}

func (x *Part) find(b *sets.Board, tables []Table, q Request, same map[coding.RespondentID]coding.RespondentID, out *Found) error {
	t := tables[0]
	out.Table = t
	switch x.Find {
	case FindPairs:
		p, err := q.pairs(b, t)
		out.Pairs = &p
		return err
	case FindRounds:
		one, err := q.trend(b, t, x.Compare, x.Paired, same)
		one.veil()
		out.Trend = &one
		return err
	case FindCoverage:
		c, err := q.cover(b, t)
		out.Cover = &c
		return err
	case FindProgress:
		w, err := q.work(b, t)
		out.Work = &w
		return err
	case FindCoders:
		m := mixed(b, tables)
		out.Mix = &m
	}
	return nil
}

// veil takes a change away where the table hides one of its two numbers, whoever was compared.
func (t *Trend) veil() {
	for i := range t.Changes {
		row, c := t.Rows[i], &t.Changes[i]
		if row.Cells[t.From].Suppressed != Shown || row.Cells[t.To].Suppressed != Shown {
			c.Diff, c.Lo, c.Hi, c.P, c.Holm = math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()
		}
	}
}

// work is the progress of a table by question.
func (q Request) work(b *sets.Board, t Table) (Work, error) {
	out := Work{Table: t}
	c, err := q.scoped(b, t)
	if err != nil {
		return out, err
	}
	by := states(b, 0)
	for _, cat := range t.By.Categories {
		if cat.Base.Suppressed == Shown && cat.Base.N == 0 {
			continue
		}
		row := WorkRow{Question: cat, Answers: Cell{Suppressed: cat.Base.Suppressed}, Judged: Cell{Suppressed: cat.Base.Suppressed}}
		if cat.Base.Suppressed == Shown {
			p := progress(by, roaring.And(c.answers, b.Question(coding.QuestionID(cat.ID))))
			row.Answers.N, row.Judged.N, row.Judged.Share = p.Answers, p.Done(), p.Share()
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// mixed is the mix of coders in respondents: the first table is of all, the others are of one coder each. A number is shown where
// that of all is.
func mixed(b *sets.Board, tables []Table) Mix {
	all := tables[0]
	out := Mix{Project: all.Project, Seq: all.Seq, Scope: all.Scope, Threshold: all.Threshold}
	tree := b.Tree()
	for _, r := range all.Rows {
		out.Rows = append(out.Rows, MixRow{Theme: r.Theme, Depth: tree.Depth(r.Theme.ID)})
	}
	for i, who := range b.Coders() {
		t := tables[i+1]
		if t.Base.Suppressed == Shown && t.Base.N == 0 {
			continue
		}
		out.Coders = append(out.Coders, MixCoder{Coder: who, Base: t.Base})
		cells := map[coding.ThemeID]Cell{}
		for _, r := range t.Rows {
			cells[r.Theme.ID] = r.Total
		}
		for k := range out.Rows {
			c := cells[out.Rows[k].Theme.ID]
			if all.Rows[k].Total.Suppressed != Shown || t.Base.Suppressed != Shown {
				c = Cell{Suppressed: Secondary}
			}
			out.Rows[k].Cells = append(out.Rows[k].Cells, c)
		}
	}
	return out
}

// coverPairs hides the pairs that two parts together would give away.
func coverPairs(b *sets.Board, parts []Part, out []Found) error {
	var told []*roaring.Bitmap
	for i, x := range parts {
		if x.Find != FindPairs || x.Public {
			continue
		}
		c, err := x.scoped(b, out[i].Table)
		if err != nil {
			return err
		}
		overlaps := slices.ContainsFunc(told, func(s *roaring.Bitmap) bool { return s.Intersects(c.answers) && !s.Equals(c.answers) })
		if !overlaps {
			told = append(told, c.answers)
		}
		known := map[coding.ThemeID]bool{}
		for k, other := range parts {
			if k == i {
				continue
			}
			f := other.Filter
			for _, id := range slices.Concat(f.Themes, f.AllThemes, f.NoThemes) {
				known[id] = true
			}
		}
		p := out[i].Pairs
		for j, line := range p.Cells {
			for k := range line {
				if k > j && (overlaps || known[p.Rows[j].Theme.ID] || known[p.Rows[k].Theme.ID]) {
					line[k].Cell, line[k].Lift = Cell{Suppressed: Secondary}, math.NaN()
				}
			}
		}
	}
	return nil
}
