package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Limits of a variable's categories.
const (
	MaxValues     = 2000 // more is refused
	manyValues    = 200  // more gives a warning, and is not proposed
	MaxValueText  = 300  // code points
	notACategory  = -1
	tooManyValues = -2
	tooLongValue  = -3
)

// categories sorts the cells of one column into the categories of a variable: those that the mapping lists, in its order,
// and one more for each other text.
type categories struct {
	listed []ValueMap
	keys   []string
	texts  []string // as first seen; for a listed one what it is called in the file
	counts []int
	byCell map[string]int
	byFold map[string]int
	byKey  map[string]int
	split  string
	known  []string // texts of listed values that hold the split themselves, the longest first
	place  []int    // index in the order in which they go out
	full   bool     // there were more values than MaxValues
}

func newCategories(v VariableMap) *categories {
	c := &categories{listed: v.Values, byCell: map[string]int{}, byFold: map[string]int{}, byKey: map[string]int{}, split: v.Split}
	for i, val := range v.Values {
		text := val.Key
		if len(val.Match) > 0 {
			text = val.Match[0]
		}
		c.keys, c.texts, c.counts = append(c.keys, val.Key), append(c.texts, text), append(c.counts, 0)
		c.byKey[val.Key] = i
		for _, t := range val.texts() {
			c.byFold[fold(t)] = i
			if v.Split != "" && strings.Contains(t, v.Split) {
				c.known = append(c.known, t)
			}
		}
	}
	slices.SortStableFunc(c.known, func(a, b string) int { return len(b) - len(a) })
	return c
}

// of is the category of a cell that is not blank, made if it is new; or one of the negative answers.
func (c *categories) of(cell string) int {
	i, ok := c.byCell[cell]
	if !ok {
		if i = c.look(cell); i >= 0 {
			c.byCell[strings.Clone(cell)] = i
		}
	}
	if i >= 0 {
		c.counts[i]++
	}
	return i
}

func (c *categories) look(cell string) int {
	if utf8.RuneCountInString(cell) > MaxValueText {
		return tooLongValue
	}
	folded := fold(cell)
	if i, ok := c.byFold[folded]; ok {
		return i
	}
	key := valueKey(cell)
	if i, ok := c.byKey[key]; ok {
		return i
	}
	if len(c.keys) >= MaxValues {
		return tooManyValues
	}
	i := len(c.keys)
	c.keys, c.counts = append(c.keys, key), append(c.counts, 0)
	c.texts = append(c.texts, strings.Join(strings.Fields(cell), " "))
	c.byKey[key] = i
	c.byFold[folded] = i
	return i
}

// order settles where the categories go: the listed ones first, the others by number or as they appeared.
func (c *categories) order() {
	first := len(c.listed)
	c.place = make([]int, len(c.keys))
	for i := range c.place {
		c.place[i] = i
	}
	for at, i := range numberOrder(c.texts[first:]) {
		c.place[first+i] = first + at
	}
}

// all is the categories in their order, labelled in the language of the file where the mapping does not say.
func (c *categories) all(l coding.Lang) []coding.Category {
	out := make([]coding.Category, len(c.keys))
	for i, key := range c.keys {
		cat := coding.Category{Key: key, Label: themes.Only(l, c.texts[i])}
		if i < len(c.listed) && !c.listed[i].Label.IsZero() {
			cat.Label = c.listed[i].Label
		}
		out[c.place[i]] = cat
	}
	return out
}

// placed is the category of a cell as a place in all, notACategory for a blank cell.
func (c *categories) placed(cell string) int {
	if cell == "" {
		return notACategory
	}
	i, ok := c.byCell[cell]
	if !ok {
		return notACategory
	}
	return c.place[i]
}
