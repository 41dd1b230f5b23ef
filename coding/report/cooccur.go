package report

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding/sets"
)

// Pairs tells which themes are named together by the same respondents. A theme counts alone, without its sub-themes.
type Pairs struct {
	Table // by nothing; its rows are the themes, in order
	// Cells has a row and a column for each row of the table. The lower half is empty, and so is the diagonal.
	Cells [][]Pair
}

// Pair is two themes.
type Pair struct {
	Cell // respondents who named both; its share is of the base
	// Lift is how many times as often they are named together as if neither had to do with the other: n·N / (a·b). It is NaN where
	// one of the numbers is hidden or nobody named one of the themes.
	Lift float64
	// Branch tells that one theme is below the other, or that both are below one: these are not compared, since what they have in
	// common follows from the table that counts sub-themes in.
	Branch bool
}

// At is the pair of two rows, in any order.
func (p Pairs) At(i, j int) Pair {
	if i > j {
		i, j = j, i
	}
	return p.Cells[i][j]
}

// Pairs counts themes named together. Breakdowns, unit and nets of the request play no part.
func (r *Reports) Pairs(ctx context.Context, q Request) (Pairs, error) {
	var out Pairs
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		var err error
		out, err = PairsOn(b, q)
		return err
	})
	if err != nil {
		return Pairs{}, fmt.Errorf("pairs: %w", err)
	}
	return out, nil
}

// PairsOn is Pairs on a board that is being read. A reader gets those of the whole project only.
//
// Two themes divide everybody in four: those who named both, the one, the other, and neither. A pair is hidden where one of the
// four is a small group, or where one of the themes is hidden itself. More are hidden until none of these can be worked out of
// other pairs (square.go), and, for readers, until no pair tells what a table by a variable hides (divided.go). Pairs of one
// branch are left out, since themes with their sub-themes tell of them.
func PairsOn(b *sets.Board, q Request) (Pairs, error) {
	q.By, q.Second, q.Unit, q.Net = "", "", Respondents, false
	if q.Public && (len(q.Questions)+len(q.Rounds)+len(q.Filter.Questions)+len(q.Filter.Rounds) > 0) {
		return Pairs{}, problem("question", "report.public_whole")
	}
	t, err := CountOn(b, q)
	if err != nil {
		return Pairs{}, err
	}
	return q.pairs(b, t)
}

// pairs are those of a table that was counted for them.
func (q Request) pairs(b *sets.Board, t Table) (Pairs, error) {
	out := Pairs{Table: t}
	c, err := q.scoped(b, t)
	if err != nil {
		return Pairs{}, err
	}
	sq := newSquare(c, t)
	sq.protect()
	if q.Public {
		if err := sq.beside(b); err != nil {
			return Pairs{}, err
		}
	}
	sq.under(b, c)
	for i := range t.Rows {
		line := make([]Pair, len(t.Rows))
		for j := i + 1; j < len(t.Rows); j++ {
			line[j] = sq.pair(i, j)
		}
		out.Cells = append(out.Cells, line)
	}
	return out, nil
}

// scoped is the counter of the answers that a table was made from: without the parts of the filter that it set aside.
func (q Request) scoped(b *sets.Board, t Table) (*counter, error) {
	f, err := q.scope(b)
	if err != nil {
		return nil, err
	}
	if !q.Public {
		f, _ = alike(b, f, t.Threshold)
	}
	return &counter{board: b, unit: Respondents, coder: f.By, filter: f, whose: true, answers: b.Answers(f)}, nil
}

// words is a set of respondents as a field of bits, from the first respondent on.
func words(set, all *roaring.Bitmap) []uint64 {
	if all.IsEmpty() {
		return nil
	}
	base := all.Minimum()
	out := make([]uint64, (all.Maximum()-base)/64+1)
	it := set.ManyIterator()
	var buf [1024]uint32
	for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
		for _, id := range buf[:n] {
			out[(id-base)/64] |= 1 << ((id - base) % 64)
		}
	}
	return out
}

func both(a, b []uint64) int {
	n := 0
	b = b[:len(a)]
	for i, w := range a {
		n += bits.OnesCount64(w & b[i])
	}
	return n
}

// Together lists the pairs that are shown, those that are named together most by the measure first: by lift, of pairs that at least
// a number of respondents named, or by number.
func (p Pairs) Together(byLift bool, least int) [][2]int {
	var out [][2]int
	for i := range p.Cells {
		for j := i + 1; j < len(p.Cells); j++ {
			if c := p.Cells[i][j]; c.Suppressed == Shown && c.N >= max(least, 1) {
				out = append(out, [2]int{i, j})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b [2]int) int {
		x, y := p.Cells[a[0]][a[1]], p.Cells[b[0]][b[1]]
		if byLift && x.Lift != y.Lift {
			if x.Lift > y.Lift {
				return -1
			}
			return 1
		}
		return y.N - x.N
	})
	return out
}
