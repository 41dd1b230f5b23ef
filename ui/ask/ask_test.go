package ask_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
	"avokoodi/index"
	"avokoodi/ui/ask"
)

// asked is a survey with its index, and the board beside it.
func asked(t *testing.T) (ask.Project, *setstest.Survey) {
	t.Helper()
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 120, Questions: 2, Rounds: 2, Themes: 6, Coders: 2, Codings: 300, Categories: []int{4, 2}, Blank: 0.1, Seed: 5})
	ix, err := index.Open(t.TempDir(), sv.Store, index.Config{Once: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := ix.Sync(t.Context(), sv.Project.ID); err != nil {
		t.Fatal(err)
	}
	return ask.Project{Boards: sets.New(sv.Store), Index: ix, ID: sv.Project.ID, People: []coding.Person{{ID: 1, Name: "coder1", Display: "Coder One"}, {ID: 2, Name: "coder2"}}}, sv
}

// want is the answers of a filter.
func want(t *testing.T, p ask.Project, make func(b *sets.Board) *roaring.Bitmap) *roaring.Bitmap {
	t.Helper()
	var out *roaring.Bitmap
	if err := p.Boards.Read(t.Context(), p.ID, func(b *sets.Board) error { out = make(b).Clone(); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestFieldsMeanSets compares what each field finds with the bitmaps, under the names of three languages.
func TestFieldsMeanSets(t *testing.T) {
	p, _ := asked(t)
	answers := func(f func(b *sets.Board) sets.Filter) func(b *sets.Board) *roaring.Bitmap {
		return func(b *sets.Board) *roaring.Bitmap { return b.Answers(f(b)) }
	}
	category := func(v, c int) func(b *sets.Board) *roaring.Bitmap {
		return answers(func(b *sets.Board) sets.Filter {
			one := b.Variables()[v]
			id := coding.CategoryID(0)
			if c >= 0 {
				id = one.Categories[c].ID
			}
			return sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{one.ID: {id}}}
		})
	}
	theme := answers(func(b *sets.Board) sets.Filter { return sets.Filter{Themes: []coding.ThemeID{b.Tree().All()[0].ID}} })
	open := answers(func(*sets.Board) sets.Filter { return sets.Filter{States: []coding.State{coding.StateOpen}} })
	swedish := answers(func(*sets.Board) sets.Filter { return sets.Filter{Languages: []coding.Lang{"sv"}} })
	coder := answers(func(*sets.Board) sets.Filter { return sets.Filter{Coders: []coding.PersonID{1}} })
	q2 := answers(func(b *sets.Board) sets.Filter {
		return sets.Filter{Questions: []coding.QuestionID{b.Questions()[1].ID}}
	})
	later := answers(func(b *sets.Board) sets.Filter { return sets.Filter{Rounds: []coding.RoundID{b.Rounds()[1].ID}} })
	for query, make := range map[string]func(b *sets.Board) *roaring.Bitmap{
		"theme:teema-1": theme, `theme:"Teema 1"`: theme, `theme:"tema 1"`: theme, `theme:"THEME 1"`: theme,
		"state:open": open, "state:koodaamatta": open, "state:okodat": open,
		"language:sv": swedish, "language:ruotsi": swedish, "language:svenska": swedish, "language:Swedish": swedish,
		"language:none": answers(func(*sets.Board) sets.Filter { return sets.Filter{Languages: []coding.Lang{""}} }),
		"coder:coder1":  coder, `coder:"coder one"`: coder,
		"question:q2": q2, `question:"Fråga q2"`: q2, "round:2022": later,
		"v1:v1-2": category(0, 1), `v1:"Klass v1-2"`: category(0, 1), "v1:none": category(0, -1), `"muuttuja v2":v2-1`: category(1, 0),
		"language:sv AND theme:teema-1": func(b *sets.Board) *roaring.Bitmap { return roaring.And(swedish(b), theme(b)) },
		"language:sv -theme:teema-1":    func(b *sets.Board) *roaring.Bitmap { return roaring.AndNot(swedish(b), theme(b)) },
	} {
		q, err := p.Parse(t.Context(), query)
		if err != nil {
			if strings.HasPrefix(query, `"`) { // a label of two words is no name of a field
				continue
			}
			t.Errorf("%s: %v", query, err)
			continue
		}
		got, err := p.Matching(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		if set := want(t, p, make); !strings.HasPrefix(query, `"`) && !got.Equals(set) {
			t.Errorf("%s finds %d answers, want %d", query, got.GetCardinality(), set.GetCardinality())
		}
		all := p.All(t.Context(), query)
		if all.Total != int(got.GetCardinality()) || !slices.Equal(all.IDs, sets.IDs(got)) {
			t.Errorf("%s: all are %d, %d match", query, all.Total, got.GetCardinality())
		}
	}
}

// TestWrongNames: a name that the project does not have is told to the person, in the response too.
func TestWrongNames(t *testing.T) {
	p, sv := asked(t)
	for _, query := range []string{"theme:nowhere", "state:half", "language:klingon", "coder:nobody", "question:q9", "round:1999", "v1:zzz", "(", `"open`} {
		q, err := p.Parse(t.Context(), query)
		if err == nil {
			_, err = p.Matching(t.Context(), q)
		}
		var wrong coding.Problem
		if !errors.As(err, &wrong) || wrong.Key == "" {
			t.Errorf("%s: %v", query, err)
			continue
		}
		for _, res := range []ask.Response{p.Answer(t.Context(), sv.Store, query, 5), p.All(t.Context(), query)} {
			if res.Problem == nil || res.Problem.Key != wrong.Key || res.Failed != "" || res.Total != 0 || res.Hits == nil {
				t.Errorf("%s: the response is %+v", query, res)
			}
		}
	}
}

// TestAnswerNamesEverything: hits carry respondent, round, question, language and matches that lie on the words.
func TestAnswerNamesEverything(t *testing.T) {
	p, sv := asked(t)
	res := p.Answer(t.Context(), sv.Store, "koordinaatio", 1000)
	if res.Problem != nil || res.Failed != "" || res.Total == 0 || len(res.Hits) != res.Total {
		t.Fatalf("%+v", res)
	}
	ids := p.All(t.Context(), "koordinaatio")
	if ids.Total != res.Total {
		t.Errorf("%d ids of %d hits", ids.Total, res.Total)
	}
	for _, h := range res.Hits {
		text := []rune(h.Text)
		if !strings.HasPrefix(h.Respondent, "r") || h.Round != "2020" && h.Round != "2022" || h.Question != "q1" && h.Question != "q2" || len(h.Matches) == 0 {
			t.Fatalf("%+v", h)
		}
		for _, m := range h.Matches {
			if m[0] < 0 || m[1] > len(text) || !strings.HasPrefix(strings.ToLower(string(text[m[0]:m[1]])), "koordinaatio") {
				t.Errorf("%v of %q", m, h.Text)
			}
		}
	}
	if few := p.Answer(t.Context(), sv.Store, "koordinaatio", 2); len(few.Hits) != 2 || few.Total != res.Total {
		t.Errorf("at most two of %d: %d", few.Total, len(few.Hits))
	}
	if none := p.Answer(t.Context(), sv.Store, "eisellaista", 10); none.Total != 0 || none.Hits == nil || none.Problem != nil {
		t.Errorf("nothing found: %+v", none)
	}
	if gone := (ask.Project{Boards: p.Boards, Index: p.Index, ID: 99}).Answer(t.Context(), sv.Store, "x", 1); gone.Failed == "" {
		t.Errorf("a project that is not there: %+v", gone)
	}
}
