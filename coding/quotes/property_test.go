package quotes

import (
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
	"unicode"

	"avokoodi/coding"
)

var bits = []string{"a", "b", "ä", "Ö", "é", "e\u0301", "o\u0308", "k", "t", "n", "S", " ", " ", " ", "\n", "\r\n", "\u00a0", "”", "“", "\"", "’", ".", ",", "!",
	"👍", "👍🏽", "👩‍👩‍👧", "🇫🇮", "❤️", "[", "]", "…", "1", "ß", "İ", "中"}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(60) {
		b.WriteString(bits[r.IntN(len(bits))])
	}
	return b.String()
}

// randomVersion is sometimes right, sometimes wrong in place, order or kind.
func randomVersion(r *rand.Rand, text string) coding.Version {
	runes := []rune(text)
	n := len(runes)
	place := func() int { // mostly between letters
		i := r.IntN(n + 1)
		for r.IntN(12) > 0 && !border(runes, i) {
			i++
		}
		return i
	}
	var v coding.Version
	if r.IntN(4) > 0 {
		points := make([]int, 2*(1+r.IntN(3)))
		for i := range points {
			points[i] = place()
		}
		if r.IntN(8) > 0 {
			sort.Ints(points)
		}
		for i := 0; i < len(points); i += 2 {
			v.Keep = append(v.Keep, coding.Span{Start: points[i], End: points[i+1]})
		}
	}
	for range r.IntN(3) {
		at, end := place(), place()
		if r.IntN(3) > 0 {
			end = min(at+1+r.IntN(2), n)
		}
		if len(v.Keep) > 0 && r.IntN(3) == 0 {
			at, end = v.Keep[0].Start, v.Keep[0].Start+1
		}
		e := coding.QuoteEdit{Span: coding.Span{Start: min(at, end), End: max(at, end)}, Do: []coding.EditKind{coding.EditMask, coding.EditMask, coding.EditSic, coding.EditFix, coding.EditCapital, coding.EditCapital, "x"}[min(r.IntN(9), 6+r.IntN(2))%7]}
		if e.Do == coding.EditMask || e.Do == coding.EditFix {
			e.Text = []string{"kunta", "nimi", "a", "", "[x]", " y"}[min(r.IntN(14), 5)%6]
		}
		v.Edits = append(v.Edits, e)
	}
	if r.IntN(5) > 0 {
		sort.Slice(v.Edits, func(i, j int) bool { return v.Edits[i].Start < v.Edits[j].Start })
	}
	if r.IntN(3) == 0 {
		v.Mark = append(coding.CutMarks, "***")[r.IntN(4)]
	}
	return v
}

// rebuild is the definition of a quote, told in another way: every code point of the answer is given a fate, and the quote is
// read off. ok is false where no quote follows from the operations.
func rebuild(text string, v coding.Version) (said string, ok bool) {
	t := []rune(text)
	glued := func(i int) bool { // code point i may not be parted from the one before
		if i <= 0 || i >= len(t) {
			return false
		}
		flags := 0
		for j := i; j >= 0 && t[j] >= 0x1F1E6 && t[j] <= 0x1F1FF; j-- {
			flags++
		}
		return unicode.Is(unicode.M, t[i]) || t[i] == '\u200d' || t[i-1] == '\u200d' || t[i] >= 0x1F3FB && t[i] <= 0x1F3FF ||
			t[i-1] == '\r' && t[i] == '\n' || flags > 1 && flags%2 == 0
	}
	mark := v.Mark
	switch mark {
	case "":
		mark = "[…]"
	case "[…]", "(…)", "[--]":
	default:
		return "", false
	}
	stretch := make([]int, len(t)) // number of the stretch that keeps the code point, 0 for none
	for i := range stretch {
		if len(v.Keep) == 0 {
			stretch[i] = 1
		}
	}
	end := -1
	for n, k := range v.Keep {
		if k.Start < 0 || k.End > len(t) || k.End <= k.Start || k.Start <= end || glued(k.Start) || glued(k.End) {
			return "", false
		}
		end = k.End
		for i := k.Start; i < k.End; i++ {
			stretch[i] = n + 1
		}
	}
	stretches := max(len(v.Keep), 1)
	first := make([]int, stretches+1) // first code point of each that is no white space
	for n := 1; n <= stretches; n++ {
		lo, hi := -1, -1
		for i := range t {
			if stretch[i] == n && !unicode.IsSpace(t[i]) {
				if lo < 0 {
					lo = i
				}
				hi = i
			}
		}
		if lo < 0 {
			return "", false
		}
		first[n] = lo
		for i := range t {
			if stretch[i] == n && (i < lo || i > hi) {
				stretch[i] = 0
			}
		}
	}
	open := make([]string, len(t)+1)  // written before the code point
	shut := make([]string, len(t)+1)  // written behind it
	silent := make([]bool, len(t)+1)  // not written itself
	touched := make([]bool, len(t)+1) // by an edit
	at := 0
	for _, e := range v.Edits {
		if e.Start < at || e.End <= e.Start || e.End > len(t) || glued(e.Start) || glued(e.End) {
			return "", false
		}
		at = e.End
		for i := e.Start; i < e.End; i++ {
			if stretch[i] == 0 || stretch[i] != stretch[e.Start] || touched[i] {
				return "", false
			}
			touched[i] = true
		}
		was := string(t[e.Start:e.End])
		plain := e.Text != "" && e.Text == strings.TrimSpace(e.Text) && !strings.ContainsAny(e.Text, "[]\n\r\t")
		switch e.Do {
		case coding.EditMask:
			if !plain {
				return "", false
			}
		case coding.EditFix:
			if !plain || e.Text == was || strings.ContainsFunc(was, unicode.IsSpace) || far([]rune(was), []rune(e.Text)) > 2 {
				return "", false
			}
		case coding.EditSic:
			shut[e.End-1] += " [sic]"
			continue
		case coding.EditCapital:
			inner := false
			for i := e.Start + 1; i < e.End; i++ {
				inner = inner || !glued(i)
			}
			if e.Start != first[stretch[e.Start]] || !unicode.IsLetter(t[e.Start]) || strings.ToUpper(was) == was || inner {
				return "", false
			}
			e.Text = strings.ToUpper(was)
		default:
			return "", false
		}
		open[e.Start] = "[" + e.Text + "]"
		for i := e.Start; i < e.End; i++ {
			silent[i] = true
		}
	}
	var b strings.Builder
	last := 0
	for i, c := range t {
		if stretch[i] == 0 {
			continue
		}
		if last != 0 && stretch[i] != last {
			b.WriteString(" " + mark + " ")
		}
		last = stretch[i]
		b.WriteString(open[i])
		if !silent[i] {
			b.WriteRune(c)
		}
		b.WriteString(shut[i])
	}
	return b.String(), true
}

// far is the optimal string alignment distance by recursion.
func far(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	cost := 0
	if a[0] != b[0] {
		cost = 1
	}
	d := min(far(a[1:], b)+1, far(a, b[1:])+1, far(a[1:], b[1:])+cost)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		d = min(d, far(a[2:], b[2:])+1)
	}
	return d
}

// The verifier accepts exactly the quotes that can be rebuilt from the source.
func TestVerifierAcceptsWhatCanBeRebuilt(t *testing.T) {
	r := rand.New(rand.NewPCG(20261122, 7))
	right, wrong, forged := 0, 0, 0
	for n := range 10_000 {
		text := randomText(r)
		v := randomVersion(r, text)
		want, ok := rebuild(text, v)
		v.Said = want
		err := Verify(text, v)
		if ok != (err == nil) {
			said, _ := Said(text, v, "[…]")
			t.Fatalf("case %d: %q %+v: can be rebuilt: %v (%q), verifier: %v (%q)", n, text, v, ok, want, err, said)
		}
		if !ok {
			wrong++
			v.Said = text // nor with any words
			if Verify(text, v) == nil {
				t.Fatalf("case %d: wrong operations were accepted with other words", n)
			}
			continue
		}
		right++
		// The same operations with other words are refused, whatever was added, left out or changed.
		runes := []rune(want)
		at := r.IntN(len(runes))
		v.Said = string(runes[:at]) + []string{"", "x", "ei "}[r.IntN(3)] + string(runes[at+1:])
		if v.Said != want {
			if forged++; Verify(text, v) == nil {
				t.Fatalf("case %d: %q was accepted in place of %q", n, v.Said, want)
			}
		}
	}
	if right < 1500 || wrong < 1500 || forged < 1500 {
		t.Errorf("%d can be rebuilt, %d cannot, %d forged: the cases say too little", right, wrong, forged)
	}
	t.Logf("%d can be rebuilt, %d cannot, %d forged", right, wrong, forged)
}

// Changes made by the desk's own tools always verify, and never add a word that is not in brackets.
func TestChangesVerify(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	done := 0
	for range 3000 {
		text := randomText(r)
		n := len([]rune(text))
		var v coding.Version
		for range 6 {
			a, b := r.IntN(n), r.IntN(n)
			at := coding.Span{Start: min(a, b), End: max(a, b) + 1}
			var next coding.Version
			var err error
			switch r.IntN(5) {
			case 0:
				next, err = Without(text, v, at)
			case 1:
				next, err = With(text, v, at)
			case 2:
				next, err = Only(text, v, at)
			case 3:
				next, err = Put(text, v, coding.QuoteEdit{Span: at, Do: coding.EditMask, Text: "kunta"})
			case 4:
				if at, ok := FirstLetter(text, v); ok && len(strings.TrimSpace(text)) > 0 {
					next, err = Put(text, v, coding.QuoteEdit{Span: at, Do: coding.EditCapital})
				} else {
					continue
				}
			}
			if err != nil {
				continue // and v stands
			}
			v, done = next, done+1
			if v.Said, err = Said(text, v, "(…)"); err != nil {
				t.Fatalf("%q %+v: %v", text, v, err)
			}
			v.Mark = "(…)"
			if want, ok := rebuild(text, v); !ok || want != v.Said {
				t.Fatalf("%q %+v: %q, rebuilt %q %v", text, v, v.Said, want, ok)
			}
		}
	}
	if done < 3000 {
		t.Errorf("only %d changes", done)
	}
}
