package ui

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

// TestSegments cuts texts with emoji, combining accents, right-to-left letters and invalid bytes at random evidence: the pieces
// together are the text, and what a theme marks is just the code points of its spans.
func TestSegments(t *testing.T) {
	pieces := []string{"palvelu ", "é", "e\u0301", "👩‍👩‍👧", "🇫🇮", "שלום ", "مرحبا", "ä", "\u200f", "\n", "a\u0308o", "\xff", "漢字"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 20).Draw(t, "text"), "")
		var points []string // as the server counts them
		for rest := text; rest != ""; {
			_, n := utf8.DecodeRuneInString(rest)
			points, rest = append(points, rest[:n]), rest[n:]
		}
		span := rapid.Custom(func(t *rapid.T) coding.Span {
			start := rapid.IntRange(0, len(points)).Draw(t, "start")
			return coding.Span{Start: start, End: rapid.IntRange(start, len(points)).Draw(t, "end")}
		})
		var marks []evidence
		for hue := range rapid.IntRange(0, 3).Draw(t, "themes") {
			marks = append(marks, evidence{by: view.MarkedBy{Hue: hue + 1}, spans: coding.MergeSpans(rapid.SliceOfN(span, 0, 3).Draw(t, "spans"))})
		}
		hits := coding.MergeSpans(rapid.SliceOfN(span, 0, 3).Draw(t, "hits"))
		var whole, found strings.Builder
		marked := map[int]*strings.Builder{}
		for _, seg := range segments(text, marks, hits) {
			whole.WriteString(seg.Text)
			if seg.Hit {
				found.WriteString(seg.Text)
			}
			for _, m := range seg.Marks {
				if marked[m.Hue] == nil {
					marked[m.Hue] = &strings.Builder{}
				}
				marked[m.Hue].WriteString(seg.Text)
			}
		}
		if whole.String() != text {
			t.Fatalf("the pieces are %q, the text %q", whole.String(), text)
		}
		want := func(spans []coding.Span) string {
			var b strings.Builder
			for _, s := range spans {
				b.WriteString(strings.Join(points[s.Start:s.End], ""))
			}
			return b.String()
		}
		if found.String() != want(hits) {
			t.Fatalf("found %q, want %q", found.String(), want(hits))
		}
		for _, m := range marks {
			got := ""
			if b := marked[m.by.Hue]; b != nil {
				got = b.String()
			}
			if got != want(m.spans) {
				t.Fatalf("theme %d marks %q, want %q", m.by.Hue, got, want(m.spans))
			}
		}
	})
}
