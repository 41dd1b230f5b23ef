package analysis

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPacked compares the set with a map.
func TestPacked(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abö")), 1, 5, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 0, 60).Draw(t, "words")
		want := map[string]bool{}
		var text strings.Builder
		for _, w := range words {
			want[w] = true
			text.WriteString(w + "\n")
		}
		p := pack(text.String(), len(words))
		for _, w := range append(rapid.SliceOfN(word, 20, 20).Draw(t, "others"), words...) {
			if p.has(w) != want[w] {
				t.Fatalf("%q in %q: %v", w, words, !want[w])
			}
		}
		if p.has("") {
			t.Fatal("has the empty word")
		}
	})
	if (*packed)(nil).has("a") {
		t.Error("the missing set has a word")
	}
}
