package query

import (
	"errors"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "kunta palvelu", `"kunnan tuki"~ OR -(a* | bb~2)`, `teema:"a b",c,,"`, "((((", "***", "a:b EU:n",
		"--\"", "\xff\xfe", "a\u0308*\u200b", "kieli:fi,sv)", "NOT NOT OR", "”–»"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text, regions)
		n := utf8.RuneCountInString(text)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Start < 0 || e.End < e.Start || e.End > n {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		terms := 0
		last := 0
		q.Leaves(func(leaf Node, _ bool) {
			at := leaf.At()
			if at.Start < last || at.End <= at.Start || at.End > n {
				t.Fatalf("%q: %#v after %d", text, leaf, last)
			}
			last = at.End
			terms++
		})
		if terms > MaxTerms {
			t.Fatalf("%d terms", terms)
		}
		if q.Root != nil {
			q.Root.At()
		}
		written := q.String()
		if utf8.RuneCountInString(written) > MaxLength {
			return
		}
		again, err := Parse(written, regions)
		if err != nil {
			t.Fatalf("%q written as %q: %v", text, written, err)
		}
		if a, b := shape(q.Root), shape(again.Root); a != b {
			t.Fatalf("%q written as %q: %s, then %s", text, written, a, b)
		}
	})
}
