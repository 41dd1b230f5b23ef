package themes

import (
	"cmp"
	"slices"
	"strings"
)

// Tree is a codebook to look things up in; it does not change.
type Tree struct {
	all      []Theme // in tree order: a parent stands before its children
	depth    []int
	byID     map[ID]int
	children map[ID][]ID
}

// NewTree orders themes as a tree. A theme whose parent is missing, or that stands in a cycle, becomes a top theme.
func NewTree(list []Theme) Tree {
	t := Tree{byID: make(map[ID]int, len(list)), children: map[ID][]ID{}}
	given := make(map[ID]Theme, len(list))
	for _, th := range list {
		given[th.ID] = th
	}
	for _, th := range list {
		p := th.Parent
		if _, ok := given[p]; !ok || cyclic(given, th.ID) {
			p = 0
		}
		t.children[p] = append(t.children[p], th.ID)
	}
	for _, ids := range t.children {
		slices.SortFunc(ids, func(a, b ID) int {
			return cmp.Or(cmp.Compare(given[a].Order, given[b].Order), cmp.Compare(a, b))
		})
	}
	var walk func(ID, int)
	walk = func(id ID, depth int) {
		for _, c := range t.children[id] {
			t.byID[c] = len(t.all)
			t.all = append(t.all, given[c])
			t.depth = append(t.depth, depth)
			walk(c, depth+1)
		}
	}
	walk(0, 0)
	return t
}

func cyclic(given map[ID]Theme, id ID) bool {
	at := id
	for range len(given) + 1 {
		th, ok := given[at]
		if !ok || th.Parent == 0 {
			return false
		}
		if at = th.Parent; at == id {
			return true
		}
	}
	return true
}

// All lists every theme in tree order, retired ones too.
func (t Tree) All() []Theme { return t.all }

// Len is the number of themes.
func (t Tree) Len() int { return len(t.all) }

// Get finds a theme by its id.
func (t Tree) Get(id ID) (Theme, bool) {
	i, ok := t.byID[id]
	if !ok {
		return Theme{}, false
	}
	return t.all[i], true
}

// Depth is the number of ancestors of id; 0 for a top theme.
func (t Tree) Depth(id ID) int {
	if i, ok := t.byID[id]; ok {
		return t.depth[i]
	}
	return 0
}

// Children lists the direct sub-themes of id in order; of 0, the top themes.
func (t Tree) Children(id ID) []ID { return t.children[id] }

// Within lists id and all themes below it, in tree order.
func (t Tree) Within(id ID) []ID {
	out := []ID{id}
	for _, c := range t.children[id] {
		out = append(out, t.Within(c)...)
	}
	return out
}

// Find finds a theme by key, by a label in any language or by an alias, ignoring case; retired themes too.
func (t Tree) Find(name string) (Theme, bool) {
	name = Fold(name)
	for _, th := range t.all {
		if strings.EqualFold(th.Key, name) {
			return th, true
		}
	}
	for _, th := range t.all {
		for _, l := range append(th.Label.All(), th.Aliases...) {
			if strings.EqualFold(Fold(l), name) {
				return th, true
			}
		}
	}
	return Theme{}, false
}

// Path is the labels from the top theme down to id, in l.
func (t Tree) Path(id ID, l Lang) []string {
	var out []string
	for range len(t.all) + 1 {
		th, ok := t.Get(id)
		if !ok {
			break
		}
		out = append(out, th.Label.In(l))
		id = th.Parent
	}
	slices.Reverse(out)
	return out
}
