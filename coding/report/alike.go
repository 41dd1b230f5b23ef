package report

import (
	"fmt"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// alike sets aside the parts of a filter that leave out fewer respondents than the threshold. Otherwise the table with such
// a part, taken from the one without it, would be a table about those few. It names what it set aside. A question is no
// such part: what the same people say to another question is something else.
func alike(b *sets.Board, f sets.Filter, threshold int) (sets.Filter, []string) {
	if threshold < 2 {
		return f, nil
	}
	people := func(f sets.Filter) int { return int(b.RespondentsOf(b.Answers(f)).GetCardinality()) }
	var aside []string
	now := -1
	try := func(name string, without sets.Filter) {
		if now < 0 {
			now = people(f)
		}
		if n := people(without); n > now && n-now < threshold {
			f, now, aside = without, n, append(aside, name)
		}
	}
	for _, part := range parts(f) {
		without := f
		part.drop(&without)
		try(part.name, without)
	}
	return f, aside
}

type filterPart struct {
	name string
	drop func(*sets.Filter)
}

// parts lists the parts of a filter that pick respondents, in a fixed order.
func parts(f sets.Filter) []filterPart {
	var out []filterPart
	add := func(there bool, name string, drop func(*sets.Filter)) {
		if there {
			out = append(out, filterPart{name, drop})
		}
	}
	add(f.Within != nil, "search", func(f *sets.Filter) { f.Within = nil })
	add(f.Memo != sets.Either, "memo", func(f *sets.Filter) { f.Memo = sets.Either })
	add(f.Quote != sets.Either, "quote", func(f *sets.Filter) { f.Quote = sets.Either })
	add(f.Mixed != sets.Either, "mixed", func(f *sets.Filter) { f.Mixed = sets.Either })
	add(len(f.States) > 0, "state", func(f *sets.Filter) { f.States = nil })
	add(len(f.Coders) > 0, "coder", func(f *sets.Filter) { f.Coders = nil })
	add(len(f.Themes) > 0, "theme", func(f *sets.Filter) { f.Themes = nil })
	add(len(f.AllThemes) > 0, "theme", func(f *sets.Filter) { f.AllThemes = nil })
	add(len(f.PeopleThemes) > 0, "theme", func(f *sets.Filter) { f.PeopleThemes = nil })
	add(len(f.NoThemes) > 0, "without", func(f *sets.Filter) { f.NoThemes = nil })
	var variables []coding.VariableID
	for v, ids := range f.Categories {
		if len(ids) > 0 {
			variables = append(variables, v)
		}
	}
	slices.Sort(variables)
	for _, v := range variables {
		add(true, fmt.Sprint("variable:", v), func(f *sets.Filter) {
			rest := map[coding.VariableID][]coding.CategoryID{}
			for other, ids := range f.Categories {
				if other != v {
					rest[other] = ids
				}
			}
			f.Categories = rest
		})
	}
	add(len(f.Languages) > 0, "language", func(f *sets.Filter) { f.Languages = nil })
	add(len(f.Rounds) > 0, "round", func(f *sets.Filter) { f.Rounds = nil })
	return out
}
