package coding_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
)

func TestDiffWords(t *testing.T) {
	same, gone, come := coding.EditSame, coding.EditRemoved, coding.EditAdded
	for _, c := range []struct {
		old, new string
		want     []coding.Piece
	}{
		{"", "", nil},
		{"sama", "sama", []coding.Piece{{same, "sama"}}},
		{"", "uusi", []coding.Piece{{come, "uusi"}}},
		{"kukaan ei johda", "kukaan ei koordinoi", []coding.Piece{{same, "kukaan ei "}, {gone, "johda"}, {come, "koordinoi"}}},
		{"a b c", "a c", []coding.Piece{{same, "a "}, {gone, "b "}, {same, "c"}}},
		{"yksi kaksi kolme", "yksi neljä viisi", []coding.Piece{{same, "yksi "}, {gone, "kaksi kolme"}, {come, "neljä viisi"}}},
		{"No, ei.", "No ei!", []coding.Piece{{same, "No"}, {gone, ","}, {same, " ei"}, {gone, "."}, {come, "!"}}},
	} {
		if diff := cmp.Diff(c.want, coding.DiffWords(c.old, c.new)); diff != "" {
			t.Errorf("%q to %q:\n%s", c.old, c.new, diff)
		}
	}
}

func text(t *rapid.T, name string) string {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"palvelut", "på", "svenska", "ei", ",", " ", "\n", "👩‍👩‍👧", "ä", "."}), 0, 25).Draw(t, name)
	return strings.Join(words, rapid.SampledFrom([]string{" ", ""}).Draw(t, "between"))
}

func TestDiffRebuildsBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := text(t, "old"), text(t, "new")
		var a, b strings.Builder
		for _, p := range coding.DiffWords(old, new) {
			if p.Text == "" {
				t.Fatal("an empty piece")
			}
			if p.Op != coding.EditAdded {
				a.WriteString(p.Text)
			}
			if p.Op != coding.EditRemoved {
				b.WriteString(p.Text)
			}
		}
		if a.String() != old || b.String() != new {
			t.Fatalf("%q and %q come back as %q and %q", old, new, a.String(), b.String())
		}
	})
}

var markedWord = regexp.MustCompile(`[\pL\pN\pM]+|[^\s\pL\pN\pM]`)

func TestMovedSpansHoldTheirWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := text(t, "old"), text(t, "new")
		n := utf8.RuneCountInString(old)
		var spans []coding.Span
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			from := rapid.IntRange(0, n).Draw(t, "from")
			spans = append(spans, coding.Span{Start: from, End: rapid.IntRange(from, n).Draw(t, "to")})
		}
		spans = coding.MergeSpans(spans)
		moved := coding.MoveSpans(old, new, spans)
		was, is := []rune(old), []rune(new)
		var before strings.Builder
		for _, s := range spans {
			before.WriteString(string(was[s.Start:s.End]))
		}
		for i, s := range moved {
			if s.Start < 0 || s.End > len(is) || s.End <= s.Start || i > 0 && s.Start <= moved[i-1].End {
				t.Fatalf("span %v of %d", moved, len(is))
			}
			for _, word := range markedWord.FindAllString(string(is[s.Start:s.End]), -1) { // signs that stood apart may meet
				if !strings.Contains(before.String(), word) && !strings.Contains(strings.ReplaceAll(old, " ", ""), word) {
					t.Fatalf("%q was not marked in %q", word, before.String())
				}
			}
		}
		if old == new && !cmp.Equal(moved, spans) && strings.TrimSpace(before.String()) != "" && len(moved) == 0 {
			t.Fatalf("the same text: %v became %v", spans, moved)
		}
	})
}

func TestMoveSpans(t *testing.T) {
	span := func(s, part string) coding.Span {
		from := utf8.RuneCountInString(s[:strings.Index(s, part)])
		return coding.Span{Start: from, End: from + utf8.RuneCountInString(part)}
	}
	old := "Kukaan ei johda kokonaisuutta, ja tieto ei kulje."
	new := "Meillä kukaan ei oikein johda kokonaisuutta, eikä tieto kulje."
	got := coding.MoveSpans(old, new, []coding.Span{span(old, "ei johda kokonaisuutta")})
	want := []coding.Span{{Start: 14, End: 16}, span(new, "johda kokonaisuutta")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s", diff)
	}
}
