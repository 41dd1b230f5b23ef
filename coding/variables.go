package coding

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"avokoodi/themes"
)

// Limits of variables.
const (
	MaxClasses   = 500 // of a derived variable
	MaxVariables = 1000
	maxLabel     = 300 // code points
)

// AddVariable makes a derived variable with its classes, last in order. Key may be left empty; it is then made from the
// label, and so are those of the classes. Problems name the field: label, key, from, class, range, weight, population.
func (s *Service) AddVariable(ctx context.Context, p ProjectID, actor PersonID, v Variable) (Variable, error) {
	list, err := s.AddVariables(ctx, p, actor, []Variable{v})
	if err != nil {
		return Variable{}, err
	}
	return list[0], nil
}

// AddVariables is AddVariable for several in one step, such as all columns of a look-up table.
func (s *Service) AddVariables(ctx context.Context, p ProjectID, actor PersonID, list []Variable) ([]Variable, error) {
	var out []Variable
	_, err := s.step(ctx, p, actor, RoleLead, OpVariable, "", func(tx Tx, st *Step) error {
		all, err := tx.Variables(ctx, p)
		if err != nil {
			return err
		}
		for _, v := range list {
			v.ID, v.Order = 0, len(all)
			v = tidyVariable(v, all)
			if !v.Derived() {
				return problem("from", "variable.not_derived")
			}
			if err := checkVariable(v, all); err != nil {
				return err
			}
			if st.Detail == "" {
				st.Detail = v.Key
			}
			if v, err = putNewVariable(ctx, tx, st, v); err != nil {
				return err
			}
			all, out = append(all, v), append(out, v)
		}
		return nil
	})
	return out, err
}

func putNewVariable(ctx context.Context, tx Tx, st *Step, v Variable) (Variable, error) {
	bare := v
	bare.Categories = nil
	id, err := tx.Put(ctx, st, nil, bare)
	if err != nil {
		return v, err
	}
	v.ID = VariableID(id)
	for i := range v.Categories {
		c := &v.Categories[i]
		c.ID, c.Variable, c.Order = 0, v.ID, i
		id, err := tx.Put(ctx, st, nil, *c)
		if err != nil {
			return v, err
		}
		c.ID = CategoryID(id)
	}
	return v, nil
}

// ChangeVariable sets label, weight, what populations count, the categories' labels, populations and order (that of the
// list), and of a derived variable its rules and classes. An imported variable keeps exactly its categories; a class of a
// derived one that is not in the list is deleted, and one without an id is made. Keys stay as they are.
func (s *Service) ChangeVariable(ctx context.Context, p ProjectID, actor PersonID, v Variable) (StepID, error) {
	return s.step(ctx, p, actor, RoleLead, OpVariable, "", func(tx Tx, st *Step) error {
		all, err := tx.Variables(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(one Variable) bool { return one.ID == v.ID })
		if i < 0 {
			return ErrNotFound
		}
		old := all[i]
		st.Detail = old.Key
		v.Key, v.Order = old.Key, old.Order
		if !v.Derived() {
			v.Multi = old.Multi
		}
		if v.Derived() != old.Derived() {
			return problem("from", "variable.not_derived")
		}
		v = tidyVariable(v, all)
		if !v.Derived() && !sameCategories(old, v) {
			return fmt.Errorf("%w: the categories of an imported variable", ErrConflict)
		}
		if err := checkVariable(v, all); err != nil {
			return err
		}
		return putVariable(ctx, tx, st, old, v)
	})
}

func sameCategories(a, b Variable) bool {
	return maps.Equal(categoryIDs(a), categoryIDs(b)) && len(a.Categories) == len(b.Categories)
}

func categoryIDs(v Variable) map[CategoryID]bool {
	ids := make(map[CategoryID]bool, len(v.Categories))
	for _, c := range v.Categories {
		ids[c.ID] = true
	}
	return ids
}

// putVariable writes what differs between old and v.
func putVariable(ctx context.Context, tx Tx, st *Step, old, v Variable) error {
	before, after := old, v
	before.Categories, after.Categories = nil, nil
	if !sameVariable(before, after) {
		if _, err := tx.Put(ctx, st, before, after); err != nil {
			return err
		}
	}
	have := make(map[CategoryID]Category, len(old.Categories))
	for _, c := range old.Categories {
		have[c.ID] = c
	}
	keep := categoryIDs(v)
	for _, c := range old.Categories { // first, so that a key can be used again
		if !keep[c.ID] {
			if _, err := tx.Put(ctx, st, c, nil); err != nil {
				return err
			}
		}
	}
	for i, c := range v.Categories {
		c.Variable, c.Order = v.ID, i
		was, ok := have[c.ID]
		var err error
		switch {
		case c.ID == 0:
			_, err = tx.Put(ctx, st, nil, c)
		case !ok:
			err = ErrNotFound
		default:
			c.Key = was.Key
			if c != was {
				_, err = tx.Put(ctx, st, was, c)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func sameVariable(a, b Variable) bool {
	if a.Label != b.Label || a.Weight != b.Weight || a.Counted != b.Counted || a.Multi != b.Multi || a.Order != b.Order {
		return false
	}
	if a.Recode == nil || b.Recode == nil {
		return a.Recode == b.Recode
	}
	same := func(x, y *float64) bool { return x == y || x != nil && y != nil && *x == *y }
	return a.Recode.From == b.Recode.From && a.Recode.Rest == b.Recode.Rest && maps.Equal(a.Recode.Values, b.Recode.Values) &&
		slices.EqualFunc(a.Recode.Ranges, b.Recode.Ranges, func(x, y Range) bool {
			return x.Class == y.Class && same(x.Least, y.Least) && same(x.Below, y.Below)
		})
}

// RemoveVariable deletes a derived variable with its classes. One that others follow is a Problem.
func (s *Service) RemoveVariable(ctx context.Context, p ProjectID, actor PersonID, id VariableID) (StepID, error) {
	return s.step(ctx, p, actor, RoleLead, OpVariable, "", func(tx Tx, st *Step) error {
		all, err := tx.Variables(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(one Variable) bool { return one.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		v := all[i]
		st.Detail = v.Key
		if !v.Derived() {
			return problem("variable", "variable.imported", v.Label)
		}
		for _, other := range all {
			if other.Derived() && other.Recode.From == id || other.Counted == id {
				return problem("variable", "variable.followed", v.Label, other.Label)
			}
		}
		for _, c := range v.Categories {
			if _, err := tx.Put(ctx, st, c, nil); err != nil {
				return err
			}
		}
		v.Categories = nil
		_, err = tx.Put(ctx, st, v, nil)
		return err
	})
}

// OrderVariables puts the variables into the order of ids; those that it does not name come behind, as they were.
func (s *Service) OrderVariables(ctx context.Context, p ProjectID, actor PersonID, ids []VariableID) (StepID, error) {
	return s.step(ctx, p, actor, RoleLead, OpVariable, "", func(tx Tx, st *Step) error {
		all, err := tx.Variables(ctx, p)
		if err != nil {
			return err
		}
		place := func(v Variable) int {
			if i := slices.Index(ids, v.ID); i >= 0 {
				return i
			}
			return len(ids)
		}
		slices.SortStableFunc(all, func(a, b Variable) int { return place(a) - place(b) })
		for i, v := range all {
			if v.Order == i {
				continue
			}
			before := v
			before.Categories = nil
			after := before
			after.Order = i
			if _, err := tx.Put(ctx, st, before, after); err != nil {
				return err
			}
		}
		return nil
	})
}

// tidyVariable trims labels, makes the keys that are missing, writes the rules in their one form and takes over from the
// source whether a respondent may be in several classes.
func tidyVariable(v Variable, all []Variable) Variable {
	v.Label = v.Label.Trim()
	taken := map[string]bool{}
	for _, one := range all {
		taken[one.Key] = true
	}
	if v.Key == "" {
		v.Key = freeKey(v.Label, taken)
	}
	v.Categories = slices.Clone(v.Categories)
	keys := map[string]bool{}
	for _, c := range v.Categories {
		keys[c.Key] = true
	}
	for i := range v.Categories {
		c := &v.Categories[i]
		c.Label = c.Label.Trim()
		if c.Key == "" {
			c.Key = freeKey(c.Label, keys)
			keys[c.Key] = true
		}
	}
	if v.Recode == nil {
		return v
	}
	r := *v.Recode
	r.Values = make(map[string]string, len(v.Recode.Values))
	for value, class := range v.Recode.Values {
		if class != "" {
			r.Values[FoldValue(value)] = class
		}
	}
	v.Recode = &r
	for _, one := range all {
		if one.ID == r.From {
			v.Multi = one.Multi
		}
	}
	return v
}

func freeKey(label Text, taken map[string]bool) string {
	key := themes.KeyFrom(label.In(themes.EN))
	free := key
	for n := 2; taken[free]; n++ {
		free = fmt.Sprintf("%s-%d", key, n)
	}
	return free
}

// checkVariable lists what a person must mend in v, which may be new among all.
func checkVariable(v Variable, all []Variable) error {
	var ps Problems
	bad := func(field, key string, args ...any) { ps = append(ps, Problem{Field: field, Key: key, Args: args}) }
	if v.Label.IsZero() {
		bad("label", "variable.label_missing")
	}
	if tooLong(v.Label) {
		bad("label", "variable.label_long", maxLabel)
	}
	if v.ID == 0 && len(all) >= MaxVariables {
		bad("label", "variable.many", MaxVariables)
	}
	keys := map[string]bool{}
	for i, c := range v.Categories {
		switch {
		case c.Label.IsZero():
			bad("class", "variable.class_label_missing", i+1)
		case tooLong(c.Label):
			bad("class", "variable.label_long", maxLabel)
		case keys[c.Key]:
			bad("class", "variable.class_twice", c.Label)
		}
		if c.Population < 0 {
			bad("population", "variable.population_bad", c.Label)
		}
		keys[c.Key] = true
		if n, ok := c.Number(); v.Weight && (!ok || n < 0) {
			bad("weight", "variable.weight_not_number", c.Label)
		}
	}
	if v.Weight && v.Multi {
		bad("weight", "variable.weight_multi")
	}
	if v.Counted != 0 && !slices.ContainsFunc(all, func(one Variable) bool { return one.ID == v.Counted && one.ID != v.ID }) {
		bad("counted", "variable.counted_missing")
	}
	if v.Derived() {
		checkRecode(v, all, keys, bad)
	}
	return ps.Err()
}

func tooLong(t Text) bool {
	return slices.ContainsFunc(t.All(), func(s string) bool { return utf8.RuneCountInString(s) > maxLabel })
}

func checkRecode(v Variable, all []Variable, classes map[string]bool, bad func(field, key string, args ...any)) {
	r := v.Recode
	byID := map[VariableID]Variable{v.ID: v}
	for _, one := range all {
		if one.ID != v.ID {
			byID[one.ID] = one
		}
	}
	source, ok := byID[r.From]
	switch {
	case !ok || r.From == 0:
		bad("from", "variable.source_missing")
	case v.ID != 0 && (r.From == v.ID || loops(byID, v)):
		bad("from", "variable.recode_loop", v.Label, source.Label)
	}
	if len(v.Categories) == 0 {
		bad("class", "variable.no_class")
	}
	if len(v.Categories) > MaxClasses {
		bad("class", "variable.classes_many", MaxClasses)
	}
	for _, value := range slices.Sorted(maps.Keys(r.Values)) {
		if !classes[r.Values[value]] {
			bad("class", "variable.class_unknown", value, r.Values[value])
		}
	}
	if r.Rest != "" && !classes[r.Rest] {
		bad("class", "variable.class_unknown", "…", r.Rest)
	}
	for i, one := range r.Ranges {
		if !classes[one.Class] {
			bad("range", "variable.class_unknown", fmt.Sprint(i+1), one.Class)
		}
		if one.Least != nil && one.Below != nil && *one.Least >= *one.Below {
			bad("range", "variable.range_empty", i+1)
		}
		for j, other := range r.Ranges[:i] {
			if overlap(one, other) {
				bad("range", "variable.range_overlap", j+1, i+1)
			}
		}
	}
}

func overlap(a, b Range) bool {
	under := func(below, least *float64) bool { return below != nil && least != nil && *below <= *least }
	return !under(a.Below, b.Least) && !under(b.Below, a.Least)
}
