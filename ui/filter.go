package ui

import (
	"net/url"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// reserved are the desk's own parameters; a variable whose key is one of them is written v.KEY.
var reserved = []string{"question", "language", "round", "state", "theme", "themes", "without", "coder", "queue", "by", "memo", "quote", "mixed", "unsure", "identifies",
	"q", "at", "sort", "seed", "alike", "same", "after", "before", "ids", "view", "next",
	"and", "tests", "tab", "where", "vs", "word", "base", "inside", "side", "small", "size", "way", "show",
	"net", "unit", "order", "chart", "weight", "from", "to", "paired", "measure"}

// filterParam is the form field of a variable.
func filterParam(key string) string {
	if slices.Contains(reserved, key) || strings.HasPrefix(key, "v.") {
		return "v." + key
	}
	return key
}

// values of one parameter; a value may be repeated, an empty one does not count.
func values(q url.Values, name string) []string {
	return slices.DeleteFunc(slices.Clone(q[name]), func(s string) bool { return s == "" })
}

// readFilter turns the page's parameters into a filter. A value that the project does not have picks nothing, rather than
// everything. The search is not part of it.
func readFilter(b *sets.Board, q url.Values, people []coding.Person) sets.Filter {
	var f sets.Filter
	for _, key := range values(q, "question") {
		if key == "*" {
			continue
		}
		f.Questions = append(f.Questions, find(b.Questions(), func(x coding.Question) bool { return x.Key == key }).ID)
	}
	for _, key := range values(q, "round") {
		f.Rounds = append(f.Rounds, find(b.Rounds(), func(x coding.Round) bool { return x.Key == key }).ID)
	}
	for _, l := range values(q, "language") {
		if l == "none" {
			l = ""
		}
		f.Languages = append(f.Languages, coding.Lang(l))
	}
	for _, s := range values(q, "state") {
		f.States = append(f.States, coding.State(s))
	}
	for _, key := range values(q, "theme") {
		th, _ := b.Tree().Find(key)
		switch q.Get("themes") {
		case "all":
			f.AllThemes = append(f.AllThemes, th.ID)
		case "people":
			f.PeopleThemes = append(f.PeopleThemes, th.ID)
		default:
			f.Themes = append(f.Themes, th.ID)
		}
	}
	for _, key := range values(q, "without") {
		th, _ := b.Tree().Find(key)
		f.NoThemes = append(f.NoThemes, th.ID)
	}
	coder := func(name string) coding.PersonID {
		p := find(people, func(p coding.Person) bool { return strings.EqualFold(p.Name, name) })
		if p.ID == 0 {
			return -1
		}
		return p.ID
	}
	for _, name := range values(q, "coder") {
		f.Coders = append(f.Coders, coder(name))
	}
	for _, name := range values(q, "queue") {
		if name == "none" {
			f.Queues = append(f.Queues, 0)
		} else {
			f.Queues = append(f.Queues, coder(name))
		}
	}
	if name := q.Get("by"); name != "" {
		f.By = coder(name)
	}
	f.Memo, f.Quote = choice(q.Get("memo")), choice(q.Get("quote"))
	f.Mixed, f.Unsure = choice(q.Get("mixed")), choice(q.Get("unsure"))
	for _, v := range b.Variables() {
		for _, key := range values(q, filterParam(v.Key)) {
			if f.Categories == nil {
				f.Categories = map[coding.VariableID][]coding.CategoryID{}
			}
			id := coding.CategoryID(-1)
			if key == "none" {
				id = 0
			}
			for _, c := range v.Categories {
				if c.Key == key {
					id = c.ID
				}
			}
			f.Categories[v.ID] = append(f.Categories[v.ID], id)
		}
	}
	return f
}

func choice(s string) sets.Choice {
	switch s {
	case "yes":
		return sets.Yes
	case "no":
		return sets.No
	}
	return sets.Either
}

func find[T any](list []T, is func(T) bool) T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i]
	}
	var zero T
	return zero
}
