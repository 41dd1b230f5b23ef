package reading_test

import (
	"fmt"
	"iter"
	"math"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/reading"
)

// stem is a small analysis whose results can be seen: a final 's' is an ending, and 'a+b' (written a_b, a letter to it) is a
// compound of a and b.
func stem(_ coding.Lang, text string) []analysis.Token {
	var out []analysis.Token
	for i := 0; i < len(text); {
		if !letter(text[i]) {
			i++
			continue
		}
		from := i
		for i < len(text) && letter(text[i]) {
			i++
		}
		base := strings.TrimSuffix(strings.ToLower(text[from:i]), "s")
		t := analysis.Token{Start: from, End: i, Position: len(out) + 1, Terms: []analysis.Term{{Text: base}}}
		if parts := strings.Split(base, "_"); len(parts) > 1 {
			for _, p := range parts {
				t.Terms = append(t.Terms, analysis.Term{Text: p, Kind: analysis.Part})
			}
		}
		out = append(out, t)
	}
	return out
}

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

// corpus is answers in English, two of each respondent, numbered from 1.
func corpus(t testing.TB, texts ...string) *reading.Corpus {
	t.Helper()
	c, err := reading.Build(stream(texts...), stem)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func stream(texts ...string) iter.Seq2[coding.Answer, error] {
	return func(yield func(coding.Answer, error) bool) {
		for i, text := range texts {
			if !yield(coding.Answer{ID: coding.AnswerID(i + 1), Respondent: coding.RespondentID(i/2 + 1), Language: "en", Text: text}, nil) {
				return
			}
		}
	}
}

var english = reading.Scope{Lang: "en"}

func TestWords(t *testing.T) {
	c := corpus(t, "Cats like the cat_house.", "CATS!", "A cat 123", "the cat_houses houses")
	got := c.Words(english, reading.ByCount, false)
	want := reading.List{Tokens: 11, Answers: 4, Respondents: 2, Words: []reading.Word{
		{Base: "cat", Count: 3, Answers: 3, Respondents: 2, Compounds: 2, CompoundRespondents: 2, Forms: []reading.Form{{"cats", 2}, {"cat", 1}}},
		{Base: "cat_house", Count: 2, Answers: 2, Respondents: 2, Forms: []reading.Form{{"cat_house", 1}, {"cat_houses", 1}}},
		{Base: "house", Count: 1, Answers: 1, Respondents: 1, Compounds: 2, CompoundRespondents: 2, Forms: []reading.Form{{"houses", 1}}},
		{Base: "like", Count: 1, Answers: 1, Respondents: 1, Forms: []reading.Form{{"like", 1}}}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	all := c.Words(english, reading.ByName, true).Words
	if len(all) != 6 || all[0].Base != "a" || !all[0].Function {
		t.Errorf("with function words: %+v", all)
	}
	if got := c.Words(reading.Scope{Lang: "en", Answers: roaring.BitmapOf(2)}, reading.ByCount, false); len(got.Words) != 1 || got.Words[0].Count != 1 {
		t.Errorf("of one answer: %+v", got)
	}
	if got := c.Words(reading.Scope{Lang: "fi"}, reading.ByCount, true); len(got.Words) != 0 {
		t.Errorf("of a language without answers: %+v", got)
	}
}

// Finnish and Swedish have å, ä and ö at the end of the alphabet.
func TestAlphabet(t *testing.T) {
	c, err := reading.Build(func(yield func(coding.Answer, error) bool) {
		yield(coding.Answer{ID: 1, Respondent: 1, Language: "sv", Text: "öl ål zon ärt arm"}, nil)
	}, stem)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range c.Words(reading.Scope{Lang: "sv"}, reading.ByName, false).Words {
		got = append(got, w.Base)
	}
	if d := cmp.Diff([]string{"arm", "zon", "ål", "ärt", "öl"}, got); d != "" {
		t.Error(d)
	}
}

func TestPhrases(t *testing.T) {
	c := corpus(t, "big cats run fast. big cat", "Big cats; run. the big cat", "cat the run", "cats the run")
	got := c.Phrases(english, 2, false)
	want := []reading.Phrase{{Bases: []string{"big", "cat"}, Text: "big cat", Forms: []reading.Form{{"big cat", 2}, {"big cats", 2}}, Count: 4, Answers: 2, Respondents: 1}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	three := c.Phrases(english, 3, false)
	if len(three) != 1 || three[0].Text != "cat the run" || three[0].Count != 2 || three[0].Respondents != 1 {
		t.Errorf("three words, the middle one a function word: %+v", three)
	}
}

// TestLogLikelihood: a word 20 times in 1000 words and 5 times in 2000. By hand: E₁ = 1000·25/3000 = 8.3333, E₂ = 16.6667;
// G² = 2·(20·ln(20/8.3333) + 5·ln(5/16.6667)) = 2·(20·0.875469 + 5·(−1.203973)) = 2·(17.509375 − 6.019864) = 22.979022.
func TestLogLikelihood(t *testing.T) {
	for _, c := range []struct {
		a, b, c, d int
		g2, ratio  float64
	}{
		{20, 5, 1000, 2000, 22.979022, 3}, // 2 % against 0.25 %: eight times
		{10, 20, 1000, 2000, 0, 0},
		{5, 20, 2000, 1000, 22.979022, -3},
		{8, 0, 1000, 1000, 2 * 8 * math.Ln2, 4}, // 0 taken as ½ : 16 times
		{0, 0, 1000, 1000, 0, 0},
		{3, 0, 100, 0, 0, 0},
	} {
		if g := reading.LogLikelihood(c.a, c.b, c.c, c.d); math.Abs(g-c.g2) > 1e-5 {
			t.Errorf("G²(%d, %d, %d, %d) = %f, want %f", c.a, c.b, c.c, c.d, g, c.g2)
		}
		if r := reading.LogRatio(c.a, c.b, c.c, c.d); math.Abs(r-c.ratio) > 1e-9 {
			t.Errorf("log ratio(%d, %d, %d, %d) = %f, want %f", c.a, c.b, c.c, c.d, r, c.ratio)
		}
	}
}

func TestCompare(t *testing.T) {
	var texts []string
	group, rest := roaring.New(), roaring.New()
	for i := range 40 {
		word := "school"
		if i < 20 {
			word = "library"
			group.Add(uint32(i + 1))
		} else {
			rest.Add(uint32(i + 1))
		}
		texts = append(texts, fmt.Sprintf("%s town the", word))
	}
	texts[0] += " hapax hapax hapax"
	c := corpus(t, texts...)
	got := c.Compare("en", group, rest, 2, false)
	if got.Tokens != 63 || got.Rest != 60 || got.Respondents != 10 || got.Others != 10 || got.Compared != 3 {
		t.Fatalf("%+v", got)
	}
	byBase := map[string]reading.Key{}
	for _, k := range got.Keys {
		byBase[k.Base] = k
	}
	lib, town := byBase["library"], byBase["town"]
	if lib.Count != 20 || lib.Rest != 0 || lib.Respondents != 10 || lib.RestRespondents != 0 || !lib.Clear || lib.LogRatio < 5 {
		t.Errorf("library %+v", lib)
	}
	if town.Clear || town.P < 0.5 {
		t.Errorf("town %+v", town)
	}
	if byBase["school"].LogRatio >= 0 {
		t.Errorf("school %+v", byBase["school"])
	}
	if _, ok := byBase["hapax"]; ok {
		t.Error("the word of a single respondent is listed")
	}
	if got := c.Compare("en", group, roaring.New(), 2, false); len(got.Keys) != 0 {
		t.Error("something is typical against nothing")
	}
	// The chance of a χ² with one degree of freedom to reach 3.841459 is 5 %.
	if p := reading.LogLikelihood(0, 0, 1, 1); p != 0 {
		t.Error(p)
	}
}

func TestContext(t *testing.T) {
	texts := []string{"zebra cats run", "a cat_house", "Apple cats jump.\nDogs", "cat"}
	c := corpus(t, texts...)
	line := func(h reading.Hit, width int) string {
		text := texts[h.Answer-1]
		l, ok := h.Line(text, stem("en", text), width)
		if !ok {
			t.Fatalf("no line for %+v", h)
		}
		return fmt.Sprintf("%v|%s|%s|%s|%v", l.CutLeft, l.Left, l.Match, l.Right, l.CutRight)
	}
	found := c.Find(english, c.Base("en", false, "cat"), reading.ByLeft)
	var got []string
	for _, h := range found.Hits {
		got = append(got, line(h, 40))
	}
	if d := cmp.Diff([]string{"false||cat||false", "false|Apple |cats| jump. Dogs|false", "false|zebra |cats| run|false"}, got); d != "" {
		t.Error(d)
	}
	if found.All != 3 || found.Answers != 3 || found.Respondents != 2 {
		t.Errorf("%+v", found)
	}
	for name, want := range map[string]int{"also": 4, "only": 1} {
		p := c.Base("en", true, "cat")
		if name == "only" {
			p = c.Inside("en", "cat")
		}
		if got := c.Find(english, p, reading.ByRight); got.All != want {
			t.Errorf("%s in compounds: %d, want %d", name, got.All, want)
		}
	}
	if got := c.Find(english, c.Base("en", false, "apple", "cat"), reading.AsCame); got.All != 1 || line(got.Hits[0], 3) != "false||Apple cats||true" {
		t.Errorf("a phrase: %+v %s", got, line(got.Hits[0], 3))
	}
	typed := c.Typed(map[coding.Lang][]reading.Slot{"en": {{Terms: []string{"cat"}}, {Beginning: "ju"}}})
	if got := c.Find(english, typed, reading.ByMatch); got.All != 1 {
		t.Errorf("typed: %+v", got)
	}
	if got := c.Find(english, reading.Pattern{}, reading.AsCame); got.All != 0 {
		t.Error("the empty pattern finds something")
	}
	if _, ok := (reading.Hit{Answer: 4, From: 3, To: 4}).Line("cat", stem("en", "cat"), 10); ok {
		t.Error("a line from beyond the text")
	}
}

// Each number of the list is as many lines of context.
func TestListAgreesWithContext(t *testing.T) {
	c := corpus(t, strings.Repeat("cats run to the cat_house. ", 7), "runs run run", "the dog_house is a cat's", "x1 y2 run")
	for _, w := range c.Words(english, reading.ByCount, true).Words {
		found := c.Find(english, c.Base("en", false, w.Base), reading.AsCame)
		if found.All != w.Count || found.Answers != w.Answers || found.Respondents != w.Respondents {
			t.Errorf("%s: %+v in the list, %d places", w.Base, w, found.All)
		}
		if inside := c.Find(english, c.Inside("en", w.Base), reading.AsCame); inside.All != w.Compounds {
			t.Errorf("%s: %d in compounds, %d places", w.Base, w.Compounds, inside.All)
		}
	}
}

func BenchmarkReading(b *testing.B) {
	var texts []string
	for i := range 100_000 {
		texts = append(texts, fmt.Sprintf("word%d word%d helps the people of town%d with a long course of language%d and more support for families", i%5000, i%700, i%300, i%50))
	}
	var c *reading.Corpus
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			c = corpus(b, texts...)
		}
	})
	b.Run("words", func(b *testing.B) {
		for b.Loop() {
			c.Words(english, reading.ByCount, false)
		}
	})
	b.Run("phrases", func(b *testing.B) {
		for b.Loop() {
			c.Phrases(english, 2, false)
		}
	})
	b.Run("context", func(b *testing.B) {
		for b.Loop() {
			c.Find(english, c.Base("en", false, "support"), reading.ByLeft)
		}
	})
}

// TestListsAreKept asks in turn for lists of different scopes, each of which must be what a corpus that keeps nothing gives.
func TestListsAreKept(t *testing.T) {
	var answers []coding.Answer
	for i := range 60 {
		answers = append(answers, coding.Answer{ID: coding.AnswerID(i + 1), Respondent: coding.RespondentID(i/2 + 1), Language: "en",
			Text: fmt.Sprintf("the library is open, word%d and word%d in the library", i%7, i%5)})
	}
	build := func() *reading.Corpus {
		c, err := reading.Build(func(yield func(coding.Answer, error) bool) {
			for _, a := range answers {
				if !yield(a, nil) {
					return
				}
			}
		}, stem)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	same := build()
	for turn := range 3 {
		for n := range uint32(8) { // more than are kept
			some, rest := roaring.New(), roaring.New()
			some.AddRange(1, uint64(20+n))
			rest.AddRange(uint64(20+n), 61)
			for _, small := range []bool{false, true} {
				s := reading.Scope{Answers: some, Lang: "en"}
				want, got := build(), same
				if diff := cmp.Diff(want.Words(s, reading.ByName, small), got.Words(s, reading.ByName, small)); diff != "" {
					t.Fatalf("turn %d, %d: words\n%s", turn, n, diff)
				}
				if diff := cmp.Diff(want.Phrases(s, 2, small), got.Phrases(s, 2, small)); diff != "" {
					t.Fatalf("turn %d, %d: phrases\n%s", turn, n, diff)
				}
				if diff := cmp.Diff(want.Compare("en", some, rest, 0, small), got.Compare("en", some, rest, 0, small)); diff != "" {
					t.Fatalf("turn %d, %d: keys\n%s", turn, n, diff)
				}
			}
			if &same.Words(reading.Scope{Answers: some, Lang: "en"}, reading.ByName, true).Words[0] != &same.Words(reading.Scope{Answers: some.Clone(), Lang: "en"}, reading.ByName, true).Words[0] {
				t.Fatal("the same list is made twice")
			}
		}
	}
}

// TestBuildInPieces builds a corpus of more answers than are analysed at a time, and lets an analysis break.
func TestBuildInPieces(t *testing.T) {
	answers := func(yield func(coding.Answer, error) bool) {
		for i := range 1300 {
			if !yield(coding.Answer{ID: coding.AnswerID(i + 1), Respondent: coding.RespondentID(i + 1), Language: "en", Text: strings.Repeat("x", i+1)}, nil) {
				return
			}
		}
	}
	c, err := reading.Build(answers, stem)
	if err != nil || c.Tokens() != 1300 {
		t.Fatalf("%d words, %v", c.Tokens(), err)
	}
	only := c.Words(reading.Scope{Answers: roaring.BitmapOf(700), Lang: "en"}, reading.ByCount, true)
	if len(only.Words) != 1 || only.Words[0].Forms[0].Text != strings.Repeat("x", 200)+"…" {
		t.Errorf("answer 700 is %+v", only.Words)
	}
	defer func() {
		if recover() != "broken" {
			t.Error("the panic does not reach the caller")
		}
	}()
	_, _ = reading.Build(answers, func(l coding.Lang, text string) []analysis.Token {
		if len(text) == 999 {
			panic("broken")
		}
		return stem(l, text)
	})
}
