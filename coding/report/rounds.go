package report

import (
	"context"
	"fmt"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/report/stat"
	"avokoodi/coding/sets"
)

// Trend is themes over rounds, with a comparison of two of them.
type Trend struct {
	Table        // by round
	From, To int // the compared rounds, by their column; both -1 where there are not two
	Changes  []Change
	// Paired tells that the comparison goes by respondents who are in both rounds; else their samples are taken to differ.
	Paired bool
	Pairs  Cell // respondents in both, where Paired
}

// Change is how the share of a theme changed between two rounds.
type Change struct {
	Diff   float64 // difference of the shares, later less earlier; NaN where a number is hidden
	Lo, Hi float64 // 95 % interval of it (Newcombe); NaN where Paired
	P      float64 // NaN where there is no test
	Holm   float64
	Method Method
}

// Methods of comparing rounds.
const (
	MethodTwoShares Method = "two-shares"
	MethodMcNemar   Method = "mcnemar"
)

// Trend counts themes by round and compares the first with the last, or those that compare names. paired says that the same
// respondent id means the same person in both rounds; then McNemar's test compares those who are in both. The design is the
// survey's, and nothing in the data tells it, so that the caller must know. Readers get no paired comparison.
func (r *Reports) Trend(ctx context.Context, q Request, compare [2]string, paired bool) (Trend, error) {
	var out Trend
	var same map[coding.RespondentID]coding.RespondentID
	q.By, q.Second, q.Unit = string(ByRound), "", Respondents
	if paired && q.Public {
		return out, problem("paired", "report.public_paired")
	}
	if paired {
		var err error
		if same, err = r.boards.Panel(ctx, q.Project, compare); err != nil {
			return out, fmt.Errorf("trend: %w", err)
		}
	}
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		t, err := CountOn(b, q)
		if err != nil {
			return err
		}
		out, err = q.trend(b, t, compare, paired, same)
		return err
	})
	if err != nil {
		return Trend{}, fmt.Errorf("trend: %w", err)
	}
	return out, nil
}

// trend compares rounds of a table that was counted for it; same is who is the same where paired.
func (q Request) trend(b *sets.Board, t Table, compare [2]string, paired bool, same map[coding.RespondentID]coding.RespondentID) (Trend, error) {
	out := Trend{Table: t, From: -1, To: -1, Paired: paired}
	out.choose(compare)
	if out.From < 0 {
		return out, nil
	}
	if paired {
		return out, out.match(b, q, same)
	}
	out.compare()
	return out, nil
}

// choose finds the rounds to compare: those named, or the first and the last with a base.
func (t *Trend) choose(compare [2]string) {
	for j, c := range t.By.Categories {
		if c.Base.Suppressed == Shown && c.Base.N == 0 {
			continue
		}
		if c.Key == compare[0] || compare[0] == "" && t.From < 0 {
			t.From = j
		}
		if c.Key == compare[1] || compare[1] == "" {
			t.To = j
		}
	}
	if t.From < 0 || t.To < 0 || t.From == t.To {
		t.From, t.To = -1, -1
	}
}

// compare goes by the numbers that are shown: the z test of two shares, or Fisher's where an expected number is below 5.
func (t *Trend) compare() {
	var p []float64
	a, b := t.By.Categories[t.From].Base, t.By.Categories[t.To].Base
	for _, row := range t.Rows {
		x, y := row.Cells[t.From], row.Cells[t.To]
		c := Change{Diff: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), P: math.NaN(), Method: MethodTwoShares}
		if a.Suppressed == Shown && b.Suppressed == Shown && x.Suppressed == Shown && y.Suppressed == Shown && a.N > 0 && b.N > 0 {
			c.Diff = y.Share - x.Share
			c.Lo, c.Hi = stat.Newcombe(y.N, b.N, x.N, a.N, 0.95)
			if _, c.P = stat.TwoShares(y.N, b.N, x.N, a.N); stat.Independence([][]int{{x.N, y.N}, {a.N - x.N, b.N - y.N}}).LeastExpect < 5 {
				c.Method, c.P = MethodFisher, stat.Fisher(x.N, y.N, a.N-x.N, b.N-y.N)
			}
		}
		t.Changes, p = append(t.Changes, c), append(p, c.P)
	}
	t.adjust(p)
}

func (t *Trend) adjust(p []float64) {
	for i, h := range stat.Holm(p) {
		t.Changes[i].Holm = h
	}
}

// match compares those who are in both rounds. A test is told only where nobody can read a small number of people who changed
// their answer out of it.
func (t *Trend) match(b *sets.Board, q Request, same map[coding.RespondentID]coding.RespondentID) error {
	c, err := q.scoped(b, t.Table)
	if err != nil {
		return err
	}
	m := measuresOf(b.Tree())
	who := c.people(m)
	pairs := 0
	for r, s := range same {
		if who.all.Contains(uint32(r)) && who.all.Contains(uint32(s)) {
			pairs++
		} else {
			delete(same, r)
		}
	}
	t.Pairs = Cell{N: pairs}
	few := func(n int) bool { return n > 0 && n < t.Threshold }
	if few(pairs) {
		t.Pairs = Cell{Suppressed: Primary}
	}
	var p []float64
	for _, row := range t.Rows {
		at := m.own[row.Theme.ID]
		if t.Net {
			at = m.net[row.Theme.ID]
		}
		lost, won, stayed := changed(who.named[at], same)
		one := Change{Diff: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), P: math.NaN(), Method: MethodMcNemar}
		if pairs > 0 && !few(pairs) && !few(lost) && !few(won) && !few(stayed) && !few(pairs-lost-won-stayed) {
			one.Diff = float64(won-lost) / float64(pairs)
			_, one.P = stat.McNemar(lost, won)
		}
		t.Changes, p = append(t.Changes, one), append(p, one.P)
	}
	t.adjust(p)
	return nil
}

// changed counts the pairs that are in the set before and not after, the other way round, and both times.
func changed(set *roaring.Bitmap, same map[coding.RespondentID]coding.RespondentID) (lost, won, stayed int) {
	for r, s := range same {
		before, after := set.Contains(uint32(r)), set.Contains(uint32(s))
		switch {
		case before && !after:
			lost++
		case after && !before:
			won++
		case before && after:
			stayed++
		}
	}
	return lost, won, stayed
}
