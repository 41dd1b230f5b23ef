package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/agreement"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

// Compare is what a comparison of coders is asked for.
type Compare struct {
	Request
	Coders []coding.PersonID // who are compared; nobody is everybody
	Veiled coding.PersonID   // who asks: answers that this person still codes blind are left out; 0 leaves none out
}

// Comparison is how far coders agree on the answers that at least two of them read.
type Comparison struct {
	Project coding.Project
	Seq     coding.Seq
	Scope   Scope
	Agreement
	Answers  int // of the scope, veiled ones among them
	Blind    int // compared answers that two were given to code blind
	Used     int // themes of the codebook that are not retired
	Veiled   int // answers read by two that were left out
	Decided  int // answers on which all that differs has been decided
	Differ   int // answers on which coders differ
	Pairs    []PairAgreement
	Cells    []ThemeCells // in the order of Themes
	Confused []Confused
	Version  int // of the codebook: the highest version of a theme's definition
}

// PairAgreement is agreement of two coders on whole sets of themes.
type PairAgreement struct {
	A, B coding.PersonID
	agreement.Result
}

// ThemeCells is on how many answers the coders were of one mind about a theme. With two coders OnlyA and OnlyB part Split.
type ThemeCells struct {
	All, Split, None int
	OnlyA, OnlyB     int
	Open             int // of Split: not decided
}

// Standing is how coders stand to a theme on a compared answer; Undecided, Settled, Split and Alike also to all themes together.
type Standing string

// Standings.
const (
	Undecided Standing = ""        // they differ, and not all of it is decided
	Settled   Standing = "settled" // they differed, and all of it is decided
	Split     Standing = "split"   // they differ, decided or not
	Alike     Standing = "alike"   // all gave the theme; of all themes: all gave the same ones
	OnlyA     Standing = "a"       // only the first of two gave it
	OnlyB     Standing = "b"
	Neither   Standing = "none" // all read the answer and none gave it
)

// Standings lists them.
var Standings = []Standing{Undecided, Settled, Split, Alike, OnlyA, OnlyB, Neither}

// Confused is how often coders took one theme for another: answers to which one gave First and not Second, and the other
// Second and not First. Second 0 stands for nothing in its place.
type Confused struct {
	First, Second themes.Theme
	N             int
}

// Compare measures how far coders agree. Fewer than two of them on any answer leave all coefficients undefined.
func (r *Reports) Compare(ctx context.Context, q Compare) (Comparison, error) {
	var out Comparison
	err := r.boards.Read(ctx, q.Project, func(b *sets.Board) error {
		c, err := newCompared(b, q)
		if err != nil {
			return err
		}
		out = c.comparison(q)
		return nil
	})
	if err != nil {
		return Comparison{}, fmt.Errorf("compare: %w", err)
	}
	return out, nil
}

// compared is the answers that at least two coders read.
type compared struct {
	b      *sets.Board
	filter sets.Filter
	scope  *roaring.Bitmap // without what is veiled
	total  int             // answers of the scope, with it
	veiled int
	coders []coding.PersonID
	read   []*roaring.Bitmap // by coder: units that the coder read
	units  *roaring.Bitmap
}

func newCompared(b *sets.Board, q Compare) (*compared, error) {
	f, err := q.scope(b)
	if err != nil {
		return nil, err
	}
	c := &compared{b: b, filter: f, scope: b.Answers(f)}
	c.total = int(c.scope.GetCardinality())
	if q.Veiled != 0 {
		veiled := b.Veiled(q.Veiled)
		veiled.And(c.scope)
		if !veiled.IsEmpty() {
			_, _, hidden := readByTwo(b, veiled, q.Coders)
			c.veiled = int(hidden.GetCardinality())
			c.scope.AndNot(veiled)
		}
	}
	c.coders, c.read, c.units = readByTwo(b, c.scope, q.Coders)
	return c, nil
}

// readByTwo is who of the coders, of all for nobody, read the answers of a set that at least two of them read, and those answers.
func readByTwo(b *sets.Board, set *roaring.Bitmap, only []coding.PersonID) (coders []coding.PersonID, read []*roaring.Bitmap, units *roaring.Bitmap) {
	once, units := roaring.New(), roaring.New()
	var who []coding.PersonID
	for _, id := range b.Coders() {
		if len(only) > 0 && !slices.Contains(only, id) {
			continue
		}
		who = append(who, id)
		mine := b.Coder(id)
		mine.And(set)
		units.Or(roaring.And(once, mine))
		once.Or(mine)
	}
	for _, id := range who {
		if mine := roaring.And(b.Coder(id), units); !mine.IsEmpty() {
			coders, read = append(coders, id), append(read, mine)
		}
	}
	return coders, read, units
}

func (c *compared) comparison(q Compare) Comparison {
	out := Comparison{Project: c.b.Project(), Seq: c.b.Seq(), Scope: q.named(c.b, c.filter), Veiled: c.veiled,
		Answers: c.total, Agreement: measured(c.b, c.coders, c.read, c.units)}
	split, open := roaring.New(), roaring.New()
	for _, one := range out.Themes {
		cells, differ, left := c.cells(one.Theme.ID)
		out.Cells = append(out.Cells, cells)
		split.Or(differ)
		open.Or(left)
	}
	for _, th := range c.b.Tree().All() {
		if out.Version = max(out.Version, th.Version); !th.Retired {
			out.Used++
		}
	}
	out.Blind = int(c.b.Blind(c.coders).AndCardinality(c.units))
	out.Differ, out.Decided = int(split.GetCardinality()), int(split.GetCardinality()-open.GetCardinality())
	for i, a := range c.coders {
		for j := i + 1; len(c.coders) > 2 && j < len(c.coders); j++ {
			pair := []coding.PersonID{a, c.coders[j]}
			who, read, units := readByTwo(c.b, c.scope, pair)
			if r := measured(c.b, who, read, units).All; r.Paired > 0 {
				out.Pairs = append(out.Pairs, PairAgreement{A: a, B: c.coders[j], Result: r})
			}
		}
	}
	out.Confused = c.confused(split)
	return out
}

// gave is the units to which each coder gave the theme.
func (c *compared) gave(t coding.ThemeID) []*roaring.Bitmap {
	out := make([]*roaring.Bitmap, len(c.coders))
	for i, who := range c.coders {
		out[i] = roaring.And(c.b.ThemeBy(t, who), c.read[i])
	}
	return out
}

// split is the units on which two who read them differ about a theme, and those that anybody gave it.
func (c *compared) split(t coding.ThemeID) (differ, any *roaring.Bitmap) {
	gave := c.gave(t)
	any, without := roaring.FastOr(gave...), roaring.New()
	for i := range gave {
		without.Or(roaring.AndNot(c.read[i], gave[i]))
	}
	return roaring.And(any, without), any
}

// undecided is the answers of a set on which nothing was decided of a theme.
func (c *compared) undecided(t coding.ThemeID, set *roaring.Bitmap) *roaring.Bitmap {
	out := roaring.AndNot(set, c.b.Decided(t, true))
	out.AndNot(c.b.Decided(t, false))
	return out
}

func (c *compared) cells(t coding.ThemeID) (cells ThemeCells, differ, open *roaring.Bitmap) {
	differ, any := c.split(t)
	open = c.undecided(t, differ)
	cells = ThemeCells{Split: int(differ.GetCardinality()), Open: int(open.GetCardinality())}
	cells.All = int(any.GetCardinality()) - cells.Split
	cells.None = int(c.units.GetCardinality() - any.GetCardinality())
	if len(c.coders) == 2 {
		cells.OnlyA = int(differ.AndCardinality(c.b.ThemeBy(t, c.coders[0])))
		cells.OnlyB = cells.Split - cells.OnlyA
	}
	return cells, differ, open
}

// standing is the units that stand so, to one theme or, for 0, to all.
func (c *compared) standing(t coding.ThemeID, at Standing) *roaring.Bitmap {
	differ, open, any := roaring.New(), roaring.New(), roaring.New()
	for _, th := range c.b.Tree().All() {
		if t != 0 && th.ID != t {
			continue
		}
		one, some := c.split(th.ID)
		differ.Or(one)
		open.Or(c.undecided(th.ID, one))
		any.Or(some)
	}
	switch at {
	case Settled:
		return roaring.AndNot(differ, open)
	case Split:
		return differ
	case Alike:
		if t == 0 { // all coders gave the same set
			return roaring.AndNot(c.units, differ)
		}
		return roaring.AndNot(any, differ)
	case Neither:
		return roaring.AndNot(c.units, any)
	case OnlyA, OnlyB:
		if len(c.coders) != 2 || t == 0 {
			return roaring.New()
		}
		if at == OnlyA {
			return roaring.And(differ, c.b.ThemeBy(t, c.coders[0]))
		}
		return roaring.And(differ, c.b.ThemeBy(t, c.coders[1]))
	}
	return open
}

// confused counts which themes coders took for each other, the most frequent first; those with nothing in their place last.
func (c *compared) confused(split *roaring.Bitmap) []Confused {
	list := c.b.Tree().All()
	counts := map[[2]int]int{}
	c.eachTaken(split, func(_ uint32, seen map[[2]int]bool) { // an answer counts once for each pair of themes
		for pair := range seen {
			counts[pair]++
		}
	})
	var out []Confused
	for pair, n := range counts {
		one := Confused{First: list[pair[0]], N: n}
		if pair[1] >= 0 {
			one.Second = list[pair[1]]
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(x, y Confused) int {
		switch {
		case x.Second.ID != 0 && y.Second.ID == 0: // what was taken for another theme before what was left out
			return -1
		case x.Second.ID == 0 && y.Second.ID != 0:
			return 1
		}
		return cmp.Or(y.N-x.N, cmp.Compare(x.First.ID, y.First.ID), cmp.Compare(x.Second.ID, y.Second.ID))
	})
	return out
}

// eachTaken calls fn with every answer of a set and the pairs of themes, by their places in the codebook, that coders took for
// each other there.
func (c *compared) eachTaken(set *roaring.Bitmap, fn func(id uint32, seen map[[2]int]bool)) {
	list := c.b.Tree().All()
	gave := make([][]*roaring.Bitmap, len(list))
	for i, th := range list {
		gave[i] = c.gave(th.ID)
	}
	for it := set.Iterator(); it.HasNext(); {
		id := it.Next()
		seen := map[[2]int]bool{}
		for a := range c.coders {
			for b := range c.coders {
				if a != b && c.read[a].Contains(id) && c.read[b].Contains(id) {
					taken(gave, a, b, id, seen)
				}
			}
		}
		fn(id, seen)
	}
}

// takenFor is the answers of a set on which the two themes of the question were taken for each other.
func (c *compared) takenFor(asked Asked, set *roaring.Bitmap) *roaring.Bitmap {
	at := func(t coding.ThemeID) int {
		return slices.IndexFunc(c.b.Tree().All(), func(th themes.Theme) bool { return th.ID == t })
	}
	pair, out := [2]int{at(asked.Theme), -1}, roaring.New()
	if !asked.Nothing {
		other := at(asked.For)
		pair = [2]int{min(pair[0], other), max(pair[0], other)}
	}
	c.eachTaken(set, func(id uint32, seen map[[2]int]bool) {
		if seen[pair] {
			out.Add(id)
		}
	})
	return out
}

// taken notes the pairs of themes of which coder a gave an answer one and coder b the other; the smaller comes first. Where b
// gave nothing else, the second is -1.
func taken(gave [][]*roaring.Bitmap, a, b int, id uint32, seen map[[2]int]bool) {
	var mine, theirs []int
	for i := range gave {
		switch x, y := gave[i][a].Contains(id), gave[i][b].Contains(id); {
		case x && !y:
			mine = append(mine, i)
		case y && !x:
			theirs = append(theirs, i)
		}
	}
	for _, i := range mine {
		if len(theirs) == 0 {
			seen[[2]int{i, -1}] = true
		}
		for _, j := range theirs {
			seen[[2]int{min(i, j), max(i, j)}] = true
		}
	}
}
