package themes

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of what a codebook holds.
const (
	MaxLabel = 200    // code points in a label
	MaxNote  = 20_000 // code points in a definition, include or exclude
	MaxDepth = 5      // levels of the tree
	Hues     = 12     // theme colours
)

// Problem is something that a person must mend: the field it stands in, a message key and the message's arguments.
// It is an error, but its text is for logs; the interface shows the translated message of Key.
type Problem struct {
	Field string
	Key   string
	Args  []any
}

func (p Problem) Error() string {
	if p.Field == "" {
		return fmt.Sprintf("%s %v", p.Key, p.Args)
	}
	return fmt.Sprintf("%s: %s %v", p.Field, p.Key, p.Args)
}

// Check returns what is wrong with putting th (new, or in place of the theme with its id) into the tree; nil if nothing.
// Every error is a Problem.
func (t Tree) Check(th Theme) error {
	if th.Label.IsZero() {
		return Problem{Field: "label", Key: "theme.label_missing"}
	}
	for _, l := range Langs {
		if utf8.RuneCountInString(th.Label.Exact(l)) > MaxLabel {
			return Problem{Field: "label", Key: "theme.label_long", Args: []any{MaxLabel}}
		}
		for _, note := range []string{th.Definition.Exact(l), th.Include.Exact(l), th.Exclude.Exact(l)} {
			if utf8.RuneCountInString(note) > MaxNote {
				return Problem{Field: "definition", Key: "theme.note_long", Args: []any{MaxNote}}
			}
		}
	}
	if th.Key == "" || KeyFrom(th.Key) != th.Key {
		return Problem{Field: "key", Key: "theme.key_bad", Args: []any{th.Key}}
	}
	if th.Hue < 1 || th.Hue > Hues {
		return Problem{Field: "hue", Key: "theme.hue_bad", Args: []any{th.Hue, Hues}}
	}
	if th.Shortcut != "" && !ValidShortcut(th.Shortcut) {
		return Problem{Field: "shortcut", Key: "theme.shortcut_bad", Args: []any{th.Shortcut}}
	}
	if err := t.checkPlace(th); err != nil {
		return err
	}
	return t.checkUnique(th)
}

func (t Tree) checkPlace(th Theme) error {
	if th.Parent == 0 {
		return nil
	}
	if _, ok := t.Get(th.Parent); !ok {
		return Problem{Field: "parent", Key: "theme.parent_missing"}
	}
	height := t.height(th.ID)
	depth := 1
	for p := th.Parent; p != 0; depth++ {
		if p == th.ID {
			return Problem{Field: "parent", Key: "theme.cycle", Args: []any{th.Label.In(FI)}}
		}
		up, _ := t.Get(p)
		p = up.Parent
	}
	if depth+height > MaxDepth {
		return Problem{Field: "parent", Key: "theme.too_deep", Args: []any{MaxDepth}}
	}
	return nil
}

// height is the number of levels of id's subtree: 1 for a theme without sub-themes, also for one not in the tree yet.
func (t Tree) height(id ID) int {
	most := 0
	if id != 0 {
		for _, c := range t.children[id] {
			most = max(most, t.height(c))
		}
	}
	return most + 1
}

func (t Tree) checkUnique(th Theme) error {
	for _, other := range t.all {
		if other.ID == th.ID {
			continue
		}
		if other.Key == th.Key {
			return Problem{Field: "key", Key: "theme.key_taken", Args: []any{th.Key}}
		}
		if th.Shortcut != "" && other.Shortcut == th.Shortcut {
			return Problem{Field: "shortcut", Key: "theme.shortcut_taken", Args: []any{th.Shortcut, other.Label.In(FI)}}
		}
		if other.Parent != th.Parent {
			continue
		}
		for _, l := range Langs {
			if a := th.Label.Exact(l); a != "" && strings.EqualFold(a, other.Label.Exact(l)) {
				return Problem{Field: "label", Key: "theme.label_taken", Args: []any{a}}
			}
		}
	}
	return nil
}

// FreeKey is key, or key with the first number behind it that no theme has.
func (t Tree) FreeKey(key string) string {
	if key == "" {
		key = "theme"
	}
	taken := map[string]bool{}
	for _, th := range t.all {
		taken[th.Key] = true
	}
	for i := 2; ; i++ {
		if !taken[key] {
			return key
		}
		if taken[fmt.Sprintf("%s-%d", key, i)] {
			continue
		}
		return fmt.Sprintf("%s-%d", key, i)
	}
}

// FreeHue is the hue that the fewest themes have; the lowest of them.
func (t Tree) FreeHue() int {
	var used [Hues + 1]int
	for _, th := range t.all {
		if th.Hue >= 1 && th.Hue <= Hues {
			used[th.Hue]++
		}
	}
	best := 1
	// Step by 5 so that neighbours in the codebook get hues that are far apart.
	for i := range Hues {
		h := (i*5)%Hues + 1
		if used[h] < used[best] {
			best = h
		}
	}
	return best
}
