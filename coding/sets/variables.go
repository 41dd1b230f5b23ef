package sets

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// followVariables gives the categories of derived variables their members anew.
func (b *Board) followVariables() {
	for _, v := range b.variables {
		if v.Derived() {
			for _, c := range v.Categories {
				delete(b.members, c.ID)
				delete(b.categories, c.ID)
			}
		}
	}
	for _, d := range coding.Follow(b.variables) {
		for class, members := range d.Members {
			b.members[class] = b.members.union(members)
			b.categories[class] = b.categories.union(members)
		}
	}
}

// Weighing is a variable by whose numbers respondents are weighed.
type Weighing struct {
	weights []float64
	members []*roaring.Bitmap
}

// Weighing is the weights that the variable gives. False for a variable that is not marked as a weight.
func (b *Board) Weighing(v coding.VariableID) (Weighing, bool) {
	var w Weighing
	for _, one := range b.variables {
		if one.ID != v || !one.Weight {
			continue
		}
		for _, c := range one.Categories {
			if n, ok := c.Number(); ok && n > 0 {
				w.weights = append(w.weights, n)
				w.members = append(w.members, b.members.get(c.ID))
			}
		}
		return w, true
	}
	return w, false
}

// Sum is the weight of the respondents together. Those without a weight, or with one that is not positive, weigh nothing,
// as in other statistical programs; Weighed tells how many count.
func (w Weighing) Sum(respondents *roaring.Bitmap) float64 {
	sum := 0.0
	for i, set := range w.members {
		if n := set.AndCardinality(respondents); n > 0 {
			sum += w.weights[i] * float64(n)
		}
	}
	return sum
}

// Weighed is the respondents of the set that have a weight. The set is the caller's own.
func (w Weighing) Weighed(respondents *roaring.Bitmap) *roaring.Bitmap {
	out := roaring.FastOr(w.members...)
	out.And(respondents)
	return out
}

// SumSquares is the sum of the squared weights of the respondents, for the effective number of respondents after Kish:
// Sum² / SumSquares.
func (w Weighing) SumSquares(respondents *roaring.Bitmap) float64 {
	sum := 0.0
	for i, set := range w.members {
		if n := set.AndCardinality(respondents); n > 0 {
			sum += w.weights[i] * w.weights[i] * float64(n)
		}
	}
	return sum
}

// Coverage is how much of its population a category has: 'Reached of Population'. Reached counts the respondents of the
// category, or, where the variable counts another one (such as municipalities), that one's categories with a respondent
// among them.
type Coverage struct {
	Category    coding.CategoryID
	Respondents int
	Reached     int
	Population  int // 0 where it is not known
}

// Coverage is that of each category of the variable, in order, among the respondents of the set; nil means all.
func (b *Board) Coverage(v coding.Variable, among *roaring.Bitmap) []Coverage {
	if among == nil {
		among = b.respondents
	}
	units := b.categoriesOf(v.Counted)
	out := make([]Coverage, 0, len(v.Categories))
	for _, c := range v.Categories {
		here := roaring.And(b.members.get(c.ID), among)
		one := Coverage{Category: c.ID, Respondents: int(here.GetCardinality()), Population: c.Population}
		one.Reached = one.Respondents
		if v.Counted != 0 {
			one.Reached = 0
			for _, id := range units {
				if b.members.get(id).Intersects(here) {
					one.Reached++
				}
			}
		}
		out = append(out, one)
	}
	return out
}
