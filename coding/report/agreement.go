package report

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/agreement"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

// Agreement is how far the coders of a project agree. Units are the answers that at least two coders have read: coded, or marked
// as without a theme or unusable. A coder's judgement of a unit is the set of themes given, empty for either mark.
type Agreement struct {
	Coders []coding.PersonID // who read at least one unit, by id
	All    agreement.Result  // of whole sets
	Themes []ThemeAgreement  // in the order of the codebook; themes that nobody gave to a unit are left out
}

// ThemeAgreement is agreement on whether one theme applies or not.
type ThemeAgreement struct {
	Theme themes.Theme
	N     int // units to which any coder gave it
	agreement.Result
}

// Agreement measures the coders' agreement on the answers that the request picks; its breakdown, unit and threshold play no
// part.
func (r *Reports) Agreement(ctx context.Context, q Request) (Agreement, error) {
	var out Agreement
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		f, err := q.scope(b)
		if err == nil {
			out = AgreementOn(b, b.Answers(f))
		}
		return err
	})
	if err != nil {
		return Agreement{}, fmt.Errorf("agreement: %w", err)
	}
	return out, nil
}

// AgreementOn is Agreement on the answers of a set.
func AgreementOn(b *sets.Board, set *roaring.Bitmap) Agreement {
	coders, read, units := readByTwo(b, set, nil)
	return measured(b, coders, read, units)
}

// measured is agreement on units of those who read them.
func measured(b *sets.Board, coders []coding.PersonID, read []*roaring.Bitmap, units *roaring.Bitmap) Agreement {
	out := Agreement{Coders: coders}
	judged := make([][]agreement.Set, units.GetCardinality())
	for i := range judged {
		judged[i] = make([]agreement.Set, len(read))
	}
	for c, mine := range read {
		each(units, mine, func(u int) { judged[u][c].Judged = true })
	}
	for _, th := range b.Tree().All() {
		if one, ok := onTheme(b, th, units, read, out.Coders, judged, len(out.Themes)); ok {
			out.Themes = append(out.Themes, one)
		}
	}
	out.All = agreement.Sets(judged)
	return out
}

// onTheme measures agreement on one theme, and notes it as value in the sets of those who gave it.
func onTheme(b *sets.Board, th themes.Theme, units *roaring.Bitmap, read []*roaring.Bitmap, coders []coding.PersonID, judged [][]agreement.Set, value int) (ThemeAgreement, bool) {
	one := ThemeAgreement{Theme: th}
	gave := make([]*roaring.Bitmap, len(coders))
	for c, who := range coders {
		gave[c] = roaring.And(b.ThemeBy(th.ID, who), read[c])
	}
	if one.N = int(roaring.FastOr(gave...).GetCardinality()); one.N == 0 {
		return one, false
	}
	m := make(agreement.Matrix, len(judged))
	for u := range m {
		m[u] = make([]int, len(read))
		for c := range read {
			if !judged[u][c].Judged {
				m[u][c] = agreement.Missing
			}
		}
	}
	for c := range coders {
		each(units, gave[c], func(u int) {
			m[u][c] = 1
			judged[u][c].Values = append(judged[u][c].Values, value)
		})
	}
	one.Result = agreement.Nominal(m)
	return one, true
}

// each calls fn with the place among the units of every answer of a part of them.
func each(units, part *roaring.Bitmap, fn func(u int)) {
	u, at := 0, units.Iterator()
	for it := part.Iterator(); it.HasNext(); {
		for id := it.Next(); at.Next() != id; u++ {
		}
		fn(u)
		u++
	}
}
