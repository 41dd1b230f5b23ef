package sets

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// Count is how many answers have one value of a facet.
type Count[K comparable] struct {
	Of K
	N  int
}

// Facets is the live counts beside a list of answers: for each value of a facet, the answers that have it among those
// that all the other facets' choices, and Within, admit. Values stand in the project's order, those without an answer too,
// except languages and coders, which are listed when the project has them at all.
//
// The counts of themes leave Themes and NoThemes aside but keep AllThemes, which narrows step by step.
type Facets struct {
	Total     int // answers that the whole filter picks
	Questions []Count[coding.QuestionID]
	Rounds    []Count[coding.RoundID]
	Languages []Count[coding.Lang]
	States    []Count[coding.State]
	Themes    []Count[coding.ThemeID] // in the order of the codebook, retired ones too
	Variables []VariableFacet
	Coders    []Count[coding.PersonID] // answers coded or marked by the person
	Queues    []Count[coding.PersonID] // answers given to the person; last, under 0, to nobody. Empty when nobody was given any
	Memo      YesNo
	Quote     YesNo
	Mixed     YesNo
	Unsure    YesNo // of their language
	Recheck   YesNo // a coding or mark is to be looked at again
	// Identifies is of Filter.Identifying.
	Identifies YesNo
}

// VariableFacet is the counts of one variable's categories; None is the answers whose respondent is in none of them.
type VariableFacet struct {
	Variable   coding.VariableID
	Categories []Count[coding.CategoryID]
	None       int
}

// YesNo is how many answers have something and how many do not.
type YesNo struct{ Yes, No int }

// Facets counts every value of every facet under the filter.
func (b *Board) Facets(f Filter) Facets {
	whole, but := b.leavingOut(b.parts(f))
	base := func(k facetKind, v coding.VariableID) *roaring.Bitmap {
		if set := but[facet{k, v}]; set != nil {
			return set
		}
		return whole
	}
	out := Facets{Total: int(whole.GetCardinality())}

	under := base(facetQuestion, 0)
	for _, q := range b.questions {
		out.Questions = append(out.Questions, countIn(q.ID, b.byQuestion.get(q.ID), under))
	}
	under = base(facetRound, 0)
	for _, r := range b.rounds {
		out.Rounds = append(out.Rounds, countIn(r.ID, b.byRound.get(r.ID), under))
	}
	under = base(facetLanguage, 0)
	for _, l := range b.Languages() {
		out.Languages = append(out.Languages, countIn(l, b.languages.get(l), under))
	}
	under = base(facetState, 0)
	open := int(under.GetCardinality())
	out.States = []Count[coding.State]{{Of: coding.StateOpen}}
	for _, s := range coding.States[1:] {
		c := countIn(s, b.statesBy(f.By).get(s), under)
		open -= c.N
		out.States = append(out.States, c)
	}
	out.States[0].N = open

	under = base(facetTheme, 0)
	themes := b.themesBy(f.By)
	for _, th := range b.tree.All() {
		out.Themes = append(out.Themes, countIn(th.ID, themes.get(th.ID), under))
	}
	for _, v := range b.variables {
		out.Variables = append(out.Variables, b.variableFacet(v, base(facetCategory, v.ID)))
	}
	under = base(facetCoder, 0)
	for _, who := range b.Coders() {
		out.Coders = append(out.Coders, countIn(who, b.Coder(who), under))
	}
	if people := b.Queues(); len(people) > 0 {
		under = base(facetQueue, 0)
		for _, who := range append(people, 0) {
			out.Queues = append(out.Queues, countIn(who, b.inQueues([]coding.PersonID{who}), under))
		}
	}
	out.Memo = split(b.memo, base(facetMemo, 0))
	out.Quote = split(b.quote, base(facetQuote, 0))
	out.Mixed = split(b.mixed, base(facetMixed, 0))
	out.Unsure = split(b.unsure, base(facetUnsure, 0))
	out.Recheck = split(b.recheck, base(facetRecheck, 0))
	if f.Identifying != nil {
		out.Identifies = split(b.identifying(f), base(facetIdentifies, 0))
	}
	return out
}

// leavingOut is the intersection of all parts, and for each facet that restricts that of all the others. Beginnings and endings
// of the list of facets are intersected once, so that each facet costs three intersections however many there are. The sets
// may be the board's own.
func (b *Board) leavingOut(parts []part) (whole *roaring.Bitmap, but map[facet]*roaring.Bitmap) {
	fixed := b.all
	sets := map[facet]*roaring.Bitmap{}
	var order []facet
	for _, p := range parts {
		switch old := sets[p.facet]; {
		case p.facet.kind == facetNone:
			fixed = roaring.And(fixed, p.set)
		case old == nil:
			sets[p.facet] = p.set
			order = append(order, p.facet)
		default:
			sets[p.facet] = roaring.And(old, p.set)
		}
	}
	// The smallest first: what follows need only be looked into.
	slices.SortStableFunc(order, func(x, y facet) int { return int(sets[x].GetCardinality()) - int(sets[y].GetCardinality()) })
	ends := make([]*roaring.Bitmap, len(order)) // the intersection of those behind each
	for i := len(order) - 2; i >= 0; i-- {
		next := sets[order[i+1]]
		if ends[i] = next; ends[i+1] != nil {
			ends[i] = roaring.And(next, ends[i+1])
		}
	}
	but = make(map[facet]*roaring.Bitmap, len(order))
	for i, one := range order {
		if but[one] = fixed; ends[i] != nil {
			but[one] = roaring.And(fixed, ends[i])
		}
		fixed = roaring.And(fixed, sets[one])
	}
	return fixed, but
}

func (b *Board) variableFacet(v coding.Variable, under *roaring.Bitmap) VariableFacet {
	out := VariableFacet{Variable: v.ID, Categories: make([]Count[coding.CategoryID], 0, len(v.Categories))}
	for _, c := range v.Categories {
		out.Categories = append(out.Categories, countIn(c.ID, b.categories.get(c.ID), under))
	}
	// A respondent may be in several categories, so that the counts don't tell how many are in none.
	out.None = split(b.categories.union(b.categoriesOf(v.ID)), under).No
	return out
}

// statesBy is the states that one coder gave; all together for 0. StateOpen is not among them.
func (b *Board) statesBy(who coding.PersonID) group[coding.State] {
	if who == 0 {
		return b.states
	}
	if c := b.coders[who]; c != nil {
		return c.states
	}
	return nil
}

// Languages lists the languages that answers are in: fi, sv, en, others, and "" last.
func (b *Board) Languages() []coding.Lang { return languagesIn(b.languages) }

func countIn[K comparable](of K, set, under *roaring.Bitmap) Count[K] {
	return Count[K]{of, int(set.AndCardinality(under))}
}

func split(set, under *roaring.Bitmap) YesNo {
	yes := int(set.AndCardinality(under))
	return YesNo{yes, int(under.GetCardinality()) - yes}
}
