package profile

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestItemsEnd: whatever the cells and the separator, the search ends, and what it gives are pieces of the cells. A choice that holds
// the separator with other spaces than it is written with once went on for ever.
func TestItemsEnd(t *testing.T) {
	if got := itemsOf(map[string]int{"Kirjasto": 8, "Kirjasto,Uimahalli": 8, "Muu, mikä?": 8}, separator{sep: ","}); slices.Contains(got, "Muu,mikä?") {
		t.Errorf("%q", got)
	}
	if got := itemsOf(map[string]int{"a": 5, "a,b": 5, "b,Muu, mikä?": 5}, separator{sep: ",", tight: true}); !slices.Contains(got, "Muu, mikä?") {
		t.Errorf("%q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SampledFrom([]string{"a", "b", "c d", ",", ", ", ";", " ", "(x, y)"})
		cells := map[string]int{}
		for range rapid.IntRange(0, 12).Draw(t, "cells") {
			cell := ""
			for _, p := range rapid.SliceOfN(parts, 0, 6).Draw(t, "cell") {
				cell += p
			}
			cells[cell] += rapid.IntRange(1, 9).Draw(t, "times")
		}
		for _, by := range []separator{{sep: ","}, {sep: ","}, {sep: ", "}, {sep: ",", tight: true}, {sep: ";", ends: true}, {sep: " "}} {
			if got := itemsOf(cells, by); slices.Contains(got, "") {
				t.Fatalf("a blank choice of %v", cells)
			}
		}
	})
}
