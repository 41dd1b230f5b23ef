package importer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
)

// questionnaire is n columns as they read in one language; some have numbers. The nth word of each language is its own.
func questionnaire(t *rapid.T, n int, lang string) []Item {
	out := make([]Item, n)
	for i := range out {
		name := fmt.Sprintf("%s%s", lang, strings.Repeat("x", i+1))
		out[i] = Item{Names: []string{name}}
	}
	return out
}

func TestAlignFindsEveryNumberInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "columns")
		a, b := questionnaire(t, n, "f"), questionnaire(t, n, "s")
		for i := range n {
			a[i].Number, b[i].Number = fmt.Sprint(i+1), fmt.Sprint(i+1)
		}
		order := rapid.Permutation(numbers(n)).Draw(t, "order")
		shuffled := make([]Item, n)
		for i, at := range order {
			shuffled[i] = b[at]
		}
		for i, m := range Align(a, shuffled, true) {
			if m.A != i || order[m.B] != i || m.By != ByNumber {
				t.Fatalf("%d is aligned with %d: %+v", i, order[m.B], m)
			}
		}
		if got := len(Align(a, shuffled, true)); got != n {
			t.Fatalf("%d of %d", got, n)
		}
	})
}

// TestAlignIsNeverWrong leaves columns out of one version. What is aligned is right; beside what is missing, it is left alone.
func TestAlignIsNeverWrong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(t, "columns")
		a, full := questionnaire(t, n, "f"), questionnaire(t, n, "s")
		for i := range n {
			if rapid.IntRange(0, 2).Draw(t, "numbered") == 0 {
				a[i].Number, full[i].Number = fmt.Sprint(i), fmt.Sprint(i)
			}
			if rapid.IntRange(0, 5).Draw(t, "the same word") == 0 {
				full[i].Names = a[i].Names
			}
		}
		var b []Item
		var is []int
		for i := range n {
			if rapid.IntRange(0, 6).Draw(t, "left out") > 0 {
				b, is = append(b, full[i]), append(is, i)
			}
		}
		got := Align(a, b, true)
		seen := map[int]bool{}
		for _, m := range got {
			if is[m.B] != m.A || seen[m.B] {
				t.Fatalf("%d is aligned with %d", m.A, is[m.B])
			}
			seen[m.B] = true
		}
		if len(b) == n && len(got) != n {
			t.Fatalf("nothing is missing and %d of %d are aligned", len(got), n)
		}
		for i, item := range b {
			if (item.Number != "" || cmp.Equal(item.Names, a[is[i]].Names)) && !seen[i] {
				t.Fatalf("%+v was not found", item)
			}
		}
	})
}

func TestAlignHoldsBack(t *testing.T) {
	names := func(texts ...string) []Item {
		var out []Item
		for _, s := range texts {
			out = append(out, Item{Names: []string{s}, Number: numberOfHeader(s)})
		}
		return out
	}
	for name, c := range map[string]struct {
		a, b []Item
		want []Match
	}{
		"a number twice":         {names("1. a", "1. b"), names("1. c"), nil},
		"not as many":            {names("1. a", "x", "2. b"), names("1. a", "y", "z", "2. b"), []Match{{0, 0, ByWording}, {2, 3, ByWording}}},
		"as many":                {names("1. a", "x", "2. b"), names("1. c", "y", "2. d"), []Match{{0, 0, ByNumber}, {1, 1, ByOrder}, {2, 2, ByNumber}}},
		"other classes":          {[]Item{{Class: "date"}}, []Item{{Class: "choice"}}, nil},
		"the glossary":           {names("Kyllä", "En osaa sanoa", "Ei"), names("No", "Yes", "Cannot say"), nil},
		"neighbours out of step": {names("1. a", "x", "2. b"), names("2. d", "y", "1. c"), []Match{{0, 2, ByNumber}, {2, 0, ByNumber}}},
	} {
		got := Align(c.a, c.b, name != "the glossary")
		if name == "the glossary" {
			c.want = []Match{{0, 1, ByWords}, {1, 2, ByWords}, {2, 0, ByWords}}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestNumbersOfHeadersAndValues(t *testing.T) {
	for header, want := range map[string]string{"11a. Missä": "11a", "1bb) Om ni": "1bb", "Q4: x": "4", "Kysymys 12. y": "12", "2022 vuonna": "", "Ikä": ""} {
		if got := numberOfHeader(header); got != want {
			t.Errorf("%q has number %q, want %q", header, got, want)
		}
	}
	for _, same := range [][]string{{"Vähintään 100 000 asukasta", "Minst 100 000 invånare", "100,000 inhabitants or more"},
		{"Alle 10 000", "Under 10 000", "Fewer than 10,000"}, {"1 – En tunne", "1 - Känner inte"}, {"10 000–49 999", "10,000–49,999 inhabitants"}} {
		for _, s := range same {
			if numberOfValue(s) != numberOfValue(same[0]) || numberOfValue(s) == "" {
				t.Errorf("%q is %q, %q is %q", s, numberOfValue(s), same[0], numberOfValue(same[0]))
			}
		}
	}
	if numberOfValue("10 000–49 999") == numberOfValue("Alle 10 000") {
		t.Error("under ten thousand is ten thousand")
	}
}

// readVersion is a CSV text as a Version, by a reader of the test's own.
func readVersion(t *testing.T, name, text string) Version {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	b := NewBuilder(&File{Path: path, Name: name}, Options{})
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if err := b.AddStrings(i+1, strings.Split(line, ";")); err != nil {
			t.Fatal(err)
		}
	}
	s, err := b.Sheet()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p, err := Propose(s, func(string) (coding.Lang, float64, bool) { return coding.Lang(name[:2]), 1, false })
	if err != nil {
		t.Fatal(err)
	}
	return Version{s, p}
}

// version is a file of a language with so many rows.
func version(t *testing.T, lang string, rows int, header string, cells func(i int) string) Version {
	var b strings.Builder
	b.WriteString(header)
	for i := range rows {
		b.WriteString("\n" + cells(i))
	}
	return readVersion(t, lang+".csv", b.String())
}

func TestVersionsListWhatDoesNotAlign(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	words := func(w string) string { return fmt.Sprintf("%s %d %d %s", w, rnd.IntN(1e6), rnd.IntN(1e6), w) }
	fi := version(t, "fi", 60, "Tunnus;1. Missä tarvitaan yhteistyötä?;Koko;Väri;2. Mitä muuta haluatte sanoa?", func(i int) string {
		return fmt.Sprintf("F%d;%s;%s;%s;%s", i, words("yhteistyö"), []string{"1 pieni", "2 suuri"}[i%2], []string{"punainen", "vihreä"}[i%2], words("muuta"))
	})
	sv := version(t, "sv", 20, "Id;1. Var behövs samarbete?;Storlek;Färg;2. Vad vill ni ännu säga?;3. Extra fråga som inte finns?", func(i int) string {
		return fmt.Sprintf("S%d;%s;%s;%s;%s;%s", i, words("samarbete"), []string{"2 stor", "1 liten"}[i%2], []string{"grön", "röd"}[i%2], words("annat"), words("extra"))
	})
	got, err := AlignVersions([]Version{sv, fi}, swedish, ByHands{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Reference != 1 || !slices.Equal(got.Languages, []coding.Lang{"sv", "fi"}) {
		t.Fatalf("reference %d, languages %v", got.Reference, got.Languages)
	}
	var keys []string
	for _, p := range got.Problems {
		keys = append(keys, p.Key+" "+p.Column)
	}
	slices.Sort(keys)
	want := []string{"import.align_extra 3. Extra fråga som inte finns?", "import.align_value Färg", "import.align_value Färg"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	size := got.Mappings[0].Variables[0]
	if size.Key != got.Mappings[1].Variables[0].Key || size.Label != (coding.Text{FI: "Koko", SV: "Storlek"}) ||
		size.Values[0].Label != (coding.Text{FI: "1 pieni", SV: "1 liten"}) {
		t.Errorf("size: %+v", size)
	}
	// A person aligns what is left: the colours and the extra question with nothing.
	key := func(fi string) string {
		for _, r := range got.Rows {
			if r.Kind == "category" && r.Texts[1] == fi {
				return r.Key
			}
		}
		return ""
	}
	hand := ByHands{Values: []map[string]map[string]string{{got.Mappings[0].Variables[1].Key: {"grön": key("vihreä"), "röd": key("punainen")}}, nil}}
	again, err := AlignVersions([]Version{sv, fi}, swedish, hand)
	if err != nil {
		t.Fatal(err)
	}
	colour := again.Mappings[0].Variables[1]
	if len(colour.Values) != 2 || colour.Values[0].Label.SV == "" || colour.Values[0].Label.FI == "" || len(again.Problems) != 1 {
		t.Errorf("by hand: %+v, %v", colour, again.Problems)
	}
	for i, v := range []Version{sv, fi} {
		plan, err := NewPlan(context.Background(), v.Sheet, again.Mappings[i], nil)
		if err != nil {
			t.Fatal(err)
		}
		if plan.Problems.Refused() || plan.Respondents != v.Sheet.Len {
			t.Errorf("plan %d: %v", i, plan.Problems)
		}
	}
}

// swedish tells the words of the two files apart.
func swedish(text string) (coding.Lang, float64, bool) {
	for _, w := range []string{"annat", "extra", "samarbete"} {
		if strings.Contains(text, w) {
			return "sv", 1, false
		}
	}
	return "fi", 1, false
}
