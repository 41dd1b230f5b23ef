package coding

import (
	"cmp"
	"slices"

	"avokoodi/themes"
)

// Recode says how the categories of a derived variable (its classes) follow from those of another variable. Values that come
// later, with a new round, are classed by the same rules.
type Recode struct {
	From VariableID `json:"from"`
	// Values is the class (by key) of each value of the source, named by its key or by a label in any language, as
	// FoldValue writes it.
	Values map[string]string `json:"values,omitempty"`
	// Ranges are the classes of values that are numbers and that Values does not name.
	Ranges []Range `json:"ranges,omitempty"`
	// Rest is the class of everything else; "" leaves it without a class.
	Rest string `json:"rest,omitempty"`
}

// Range is the numbers of one class, from Least (inclusive) to Below (exclusive); nil is no bound.
type Range struct {
	Class string   `json:"class"`
	Least *float64 `json:"least,omitempty"`
	Below *float64 `json:"below,omitempty"`
}

// Holds tells whether n is in the range.
func (r Range) Holds(n float64) bool {
	return (r.Least == nil || n >= *r.Least) && (r.Below == nil || n < *r.Below)
}

// ClassOf is the key of the class that a category of the source falls into; "" for none.
func (r Recode) ClassOf(c Category) string {
	if class, ok := r.Values[FoldValue(c.Key)]; ok {
		return class
	}
	for _, l := range themes.Langs {
		if label := c.Label.Exact(l); label != "" {
			if class, ok := r.Values[FoldValue(label)]; ok {
				return class
			}
		}
	}
	if n, ok := c.Number(); ok {
		for _, one := range r.Ranges {
			if one.Holds(n) {
				return one.Class
			}
		}
	}
	return r.Rest
}

// Follow is, for each derived variable in an order in which every source comes before what is derived from it, which
// categories of its source make up each of its own. A variable whose source is missing, or which would follow itself, has no
// members.
func Follow(vars []Variable) []Derivation {
	byID := make(map[VariableID]Variable, len(vars))
	for _, v := range vars {
		byID[v.ID] = v
	}
	var out []Derivation
	done := map[VariableID]bool{}
	var visit func(v Variable, trail []VariableID)
	visit = func(v Variable, trail []VariableID) {
		if !v.Derived() || done[v.ID] || slices.Contains(trail, v.ID) {
			return
		}
		source, ok := byID[v.Recode.From]
		if !ok || loops(byID, v) {
			return
		}
		visit(source, append(trail, v.ID))
		done[v.ID] = true
		d := Derivation{Variable: v.ID, From: source.ID, Members: map[CategoryID][]CategoryID{}}
		classes := make(map[string]CategoryID, len(v.Categories))
		for _, c := range v.Categories {
			classes[c.Key] = c.ID
		}
		for _, c := range source.Categories {
			if id, ok := classes[v.Recode.ClassOf(c)]; ok {
				d.Members[id] = append(d.Members[id], c.ID)
			}
		}
		out = append(out, d)
	}
	for _, v := range vars {
		visit(v, nil)
	}
	return out
}

// loops tells whether v would follow itself.
func loops(byID map[VariableID]Variable, v Variable) bool {
	at := v
	for range byID {
		if !at.Derived() {
			return false
		}
		next, ok := byID[at.Recode.From]
		if !ok {
			return false
		}
		if at = next; at.ID == v.ID {
			return true
		}
	}
	return at.Derived()
}

// Derivation is how one derived variable follows its source.
type Derivation struct {
	Variable VariableID
	From     VariableID
	Members  map[CategoryID][]CategoryID // categories of the source by class
}

// WithDerived is the values together with those of the derived variables, by respondent, then category.
func WithDerived(vars []Variable, values []Value) []Value {
	follow := Follow(vars)
	if len(follow) == 0 {
		return values
	}
	classes := map[CategoryID][]CategoryID{} // by category of the source
	for _, d := range follow {
		for class, members := range d.Members {
			for _, c := range members {
				classes[c] = append(classes[c], class)
			}
		}
	}
	out := slices.Clone(values)
	for i := 0; i < len(out); i++ { // classes of classes follow as they are reached
		for _, class := range classes[out[i].Category] {
			out = append(out, Value{Respondent: out[i].Respondent, Category: class})
		}
	}
	order := func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.Respondent, b.Respondent), cmp.Compare(a.Category, b.Category))
	}
	slices.SortFunc(out, order)
	return slices.Compact(out)
}
