package index

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
	"avokoodi/themes"
)

// truth answers a query by reading one answer after another.
type truth struct {
	words  wording
	fields map[string]map[coding.AnswerID]bool
}

func (o truth) matches(n query.Node, a coding.Answer) bool {
	switch n := n.(type) {
	case nil:
		return true
	case *query.And:
		return !slices.ContainsFunc(n.Nodes, func(c query.Node) bool { return !o.matches(c, a) })
	case *query.Or:
		return slices.ContainsFunc(n.Nodes, func(c query.Node) bool { return o.matches(c, a) })
	case *query.Not:
		return !o.matches(n.Node, a)
	case *query.Field:
		return slices.ContainsFunc(n.Values, func(v query.Value) bool { return o.fields[n.Label()+"="+v.Text][a.ID] })
	case *query.Word:
		return o.inflected(n.Text, a, false)
	case *query.Phrase:
		if n.Loose {
			return o.inflected(n.Text, a, true)
		}
		want := o.words.Exact(n.Text)
		return len(want) > 0 && sequence(want, o.words.Exact(a.Text))
	case *query.Pattern:
		form := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(strings.ToLower(n.Text)), `\*`, ".*") + "$")
		return slices.ContainsFunc(o.words.Exact(a.Text), func(t analysis.Token) bool { return form.MatchString(t.Terms[0].Text) })
	case *query.Fuzzy:
		for _, w := range o.words.Exact(n.Text) {
			if !o.near(w.Terms[0].Text, n, a) {
				return false
			}
		}
		return true
	}
	panic(fmt.Sprintf("%T", n))
}

func (o truth) inflected(text string, a coding.Answer, ordered bool) bool {
	for _, l := range languagesOf(a) {
		want, have := o.words.Query(l, text), o.words.Index(l, a.Text)
		switch {
		case len(want) == 0:
		case ordered:
			if sequence(want, have) {
				return true
			}
		case !slices.ContainsFunc(want, func(w analysis.Token) bool {
			return !slices.ContainsFunc(have, func(h analysis.Token) bool { return share(w, h) })
		}):
			return true
		}
	}
	return false
}

func share(a, b analysis.Token) bool {
	return slices.ContainsFunc(a.Terms, func(x analysis.Term) bool {
		return slices.ContainsFunc(b.Terms, func(y analysis.Term) bool { return x.Text == y.Text })
	})
}

func sequence(want, have []analysis.Token) bool {
	for _, first := range have {
		ok := true
		for _, w := range want {
			ok = ok && slices.ContainsFunc(have, func(h analysis.Token) bool {
				return h.Position-first.Position == w.Position-want[0].Position && share(w, h)
			})
		}
		if ok {
			return true
		}
	}
	return false
}

func (o truth) near(word string, n *query.Fuzzy, a coding.Answer) bool {
	most := n.Distance
	if most == 0 {
		most = 2
		if utf8.RuneCountInString(word) <= 5 {
			most = 1
		}
	}
	tokens := o.words.Exact(a.Text)
	for _, l := range languagesOf(a) {
		tokens = append(tokens, o.words.Index(l, a.Text)...)
	}
	return slices.ContainsFunc(tokens, func(t analysis.Token) bool {
		return slices.ContainsFunc(t.Terms, func(term analysis.Term) bool { return edits([]rune(term.Text), []rune(word)) <= most })
	})
}

// edits is the distance by the book: optimal string alignment, recursively.
func edits(a, b []rune) int {
	memo := map[[2]int]int{}
	var d func(i, j int) int
	d = func(i, j int) int {
		if i == 0 || j == 0 {
			return i + j
		}
		if v, ok := memo[[2]int{i, j}]; ok {
			return v
		}
		cost := 1
		if a[i-1] == b[j-1] {
			cost = 0
		}
		v := min(d(i-1, j)+1, d(i, j-1)+1, d(i-1, j-1)+cost)
		if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
			v = min(v, d(i-2, j-2)+1)
		}
		memo[[2]int{i, j}] = v
		return v
	}
	return d(len(a), len(b))
}

// Resolve makes truth a Resolver.
func (o truth) Resolve(_ context.Context, f *query.Field, v query.Value) (*roaring.Bitmap, bool, error) {
	ids, ok := o.fields[f.Label()+"="+v.Text]
	set := roaring.New()
	for id := range ids {
		set.Add(uint32(id))
	}
	return set, ok, nil
}

var someWords = []string{"kunta", "kunnan", "kuntaa", "tuki", "tukea", "palvelu", "palveluissa", "Palvelut", "päivä", "paiva", "ja", "ei",
	"stöd", "stödet", "arbete", "arbetet", "help", "helped", "helping", "hand", "EU:n", "vapaa-aika", "12", "a\u0308a\u0308ni", "ääni", "ÄÄNI"}

var someSigns = []string{" ", " ", " ", " ", ", ", ". ", "\n", " \U0001F600 ", " – ", "/", " (", ") ", " \u200B", "!"}

func someText(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(1, 12).Draw(t, "words") {
		b.WriteString(rapid.SampledFrom(someWords).Draw(t, "word"))
		b.WriteString(rapid.SampledFrom(someSigns).Draw(t, "sign"))
	}
	return b.String()
}

func someQuery(t *rapid.T, depth int) string {
	word := rapid.SampledFrom(someWords)
	most := 9
	if depth == 0 {
		most = 6
	}
	switch rapid.IntRange(0, most).Draw(t, "kind") {
	case 0, 1:
		return word.Draw(t, "word")
	case 2:
		return `"` + strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "phrase"), " ") + `"`
	case 3:
		return `"` + strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "phrase"), " ") + `"~`
	case 4:
		return rapid.SampledFrom([]string{"ku*", "pal*t", "*ped", "pa*lu", "*alv*", "st*", "hel*"}).Draw(t, "pattern")
	case 5:
		return rapid.SampledFrom([]string{"kumta~", "plavelu~", "help~2", "arbte~1", "päivä~", "tuuki~"}).Draw(t, "fuzzy")
	case 6:
		return rapid.SampledFrom([]string{"theme:a", "state:b,c", `-theme:a`}).Draw(t, "field")
	case 7:
		return "-(" + someQuery(t, depth-1) + ")"
	case 8:
		return "(" + someQuery(t, depth-1) + " OR " + someQuery(t, depth-1) + ")"
	}
	return "(" + someQuery(t, depth-1) + " " + someQuery(t, depth-1) + ")"
}

// TestAgainstTruth compares the index with reading one answer after another, over texts and queries made by chance.
func TestAgainstTruth(t *testing.T) {
	t.Run("rules", func(t *testing.T) { againstTruth(t, testEngine()) })
	t.Run("dictionary", func(t *testing.T) {
		if _, found, reason := systemEngine().Dictionary(); !found {
			needed.Missing(t, "no Finnish dictionary: %v", reason)
		}
		againstTruth(t, systemEngine())
	})
}

func againstTruth(t *testing.T, engine *analysis.Engine) {
	d := newDesk(t)
	d.engine = engine
	d.open()
	batches := 0
	rapid.Check(t, func(t *rapid.T) {
		if batches < 12 && rapid.IntRange(0, 5).Draw(t, "more?") == 0 || batches == 0 {
			batches++
			var all []said
			for range rapid.IntRange(1, 40).Draw(t, "answers") {
				all = append(all, said{rapid.SampledFrom([]coding.Lang{themes.FI, themes.SV, themes.EN, ""}).Draw(t, "lang"), someText(t)})
			}
			d.add(all...)
			if rapid.Bool().Draw(t, "undo") && batches > 2 {
				if _, err := d.service.Undo(context.Background(), d.project, coding.Operator); err != nil {
					t.Fatal(err)
				}
			}
			d.sync()
		}
		text := someQuery(t, 3)
		q, err := query.Parse(text, nil)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		answers := d.answers()
		o := truth{words: d.words(), fields: map[string]map[coding.AnswerID]bool{"theme=a": {}, "state=b": {}, "state=c": {}}}
		for _, a := range answers {
			o.fields["theme=a"][a.ID] = a.ID%2 == 0
			o.fields["state=b"][a.ID] = a.ID%3 == 0
			o.fields["state=c"][a.ID] = a.ID%5 == 0
		}
		for _, ids := range o.fields {
			for id, in := range ids {
				if !in {
					delete(ids, id)
				}
			}
		}
		compareWithTruth(t, d, o, q, answers)
	})
	d.whole()
}

func (d *desk) words() wording {
	p, err := d.index.project(d.project)
	if err != nil {
		d.Fatal(err)
	}
	return p.gen.words
}

func compareWithTruth(t *rapid.T, d *desk, o truth, q *query.Query, answers []coding.Answer) {
	var want []uint32
	for _, a := range answers {
		if o.matches(q.Root, a) {
			want = append(want, uint32(a.ID))
		}
	}
	if len(want) == 0 && foldable(q) {
		return // see TestFolding
	}
	set, err := d.index.Matching(context.Background(), d.project, q, o)
	if err != nil {
		t.Fatalf("%s: %v", q.Text, err)
	}
	if got := set.ToArray(); !slices.Equal(got, want) {
		for _, a := range answers {
			if set.Contains(uint32(a.ID)) != slices.Contains(want, uint32(a.ID)) {
				t.Logf("%d %s %q", a.ID, a.Language, a.Text)
			}
		}
		t.Fatalf("%s: %v, want %v", q.Text, got, want)
	}
	res, err := d.index.Search(context.Background(), d.project, q, Options{Limit: 10, Fields: o})
	if err != nil {
		t.Fatalf("%s: %v", q.Text, err)
	}
	if res.Total != len(want) || len(res.Hits) != min(10, len(want)) {
		t.Fatalf("%s: %d hits of %d, want %d", q.Text, len(res.Hits), res.Total, len(want))
	}
	marks, err := d.index.Highlight(context.Background(), d.project, q, answers)
	if err != nil {
		t.Fatalf("%s: %v", q.Text, err)
	}
	for i, h := range res.Hits {
		if !set.Contains(uint32(h.Answer.ID)) || i > 0 && h.Score > res.Hits[i-1].Score {
			t.Fatalf("%s: hit %d is %+v", q.Text, i, h)
		}
		if !slices.Equal(marks[h.Answer.ID], h.Matches) && len(marks[h.Answer.ID])+len(h.Matches) > 0 {
			t.Fatalf("%s: marks %v and %v", q.Text, marks[h.Answer.ID], h.Matches)
		}
	}
	for _, a := range answers {
		checkSpans(t, q, a, marks[a.ID])
	}
}

// checkSpans holds spans to whole words, in order, inside the text.
func checkSpans(t interface {
	Helper()
	Fatalf(string, ...any)
}, q *query.Query, a coding.Answer, spans []coding.Span) {
	t.Helper()
	runes := []rune(a.Text)
	last := 0
	for _, s := range spans {
		if s.Start < last || s.End <= s.Start || s.End > len(runes) {
			t.Fatalf("%s in %q: spans %v", q.Text, a.Text, spans)
		}
		last = s.End
		inside := func(i int) bool {
			return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsNumber(runes[i]))
		}
		mark := func(i int) bool { return i < len(runes) && unicode.IsMark(runes[i]) }
		if !inside(s.Start) || inside(s.Start-1) || mark(s.End) || inside(s.End-1) && inside(s.End) {
			t.Fatalf("%s in %q: %q is no whole word", q.Text, a.Text, string(runes[s.Start:s.End]))
		}
	}
}

// TestPositiveQueriesHighlight: what matches by its words shows at least one of them.
func TestPositiveQueriesHighlight(t *testing.T) {
	d := newDesk(t).open()
	var all []said
	for i := range 300 {
		text := rapid.Custom(someText).Example(i)
		all = append(all, said{[]coding.Lang{themes.FI, themes.SV, themes.EN, ""}[i%4], text})
	}
	d.add(all...)
	d.sync()
	for _, text := range []string{"kunta", "palvelut", `"kunnan tuki"`, `"kunta tuki"~`, "ku*", "*ped", "kumta~", "help hand", "stöd OR ääni", "paiva"} {
		res, err := d.index.Search(context.Background(), d.project, parse(t, text), Options{Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			if len(h.Matches) == 0 {
				t.Errorf("%s: nothing marked in %q", text, h.Answer.Text)
			}
			checkSpans(t, parse(t, text), h.Answer, h.Matches)
		}
	}
}
