package suggest

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"avokoodi/coding"
	"avokoodi/themes"
)

func train(t *testing.T, examples []Example, codebook []coding.Theme, words Words) *Model {
	t.Helper()
	m, err := Train(t.Context(), examples, codebook, words)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestPlanted: themes that follow from words are found, with those words as evidence.
func TestPlanted(t *testing.T) {
	answers, codebook := planted(900, 8, 1)
	q, err := CrossValidate(t.Context(), answers, 5, codebook, plainly)
	if err != nil {
		t.Fatal(err)
	}
	if q.MicroF1 < 0.95 || q.MacroF1 < 0.95 || q.SampleF1 < 0.93 || q.Accuracy < 0.9 || q.Top3Recall < 0.97 || q.Test != 900 || q.Train != 720 || len(q.Themes) != 8 {
		t.Errorf("%+v", q)
	}
	list := train(t, answers, codebook, plainly).Suggest("fi", 1, "sanaab teemacab sanaaf", 1)
	if len(list) != 8 || list[0].Theme != 3 || !list[0].Likely || list[0].P < 0.8 || list[1].Likely {
		t.Fatalf("%+v", list)
	}
	if e := list[0].Evidence; len(e) == 0 || e[0].Word != "teemacab" || e[0].Start != 7 || e[0].End != 15 || e[0].Weight < 0.5 || list[1].Evidence != nil {
		t.Errorf("%+v", e)
	}
}

// TestEvidenceCountsCodePoints, and knows inflected words and the parts of compounds.
func TestEvidenceCountsCodePoints(t *testing.T) {
	var answers []Example
	for i, text := range []string{"Tiloja puuttuu iltaisin", "Avustuksia pitäisi korottaa"} {
		for k := range 6 {
			answers = append(answers, Example{Answer: coding.AnswerID(2*k + i + 1), Lang: "fi", Text: text, Same: coding.SameKey(2*k + i + 1), Themes: []coding.ThemeID{coding.ThemeID(i + 1)}})
		}
	}
	list := train(t, answers, nil, ruled).Suggest("fi", 0, "Äää 😀 ja tiloja", -1)
	if e := list[0].Evidence; list[0].Theme != 1 || len(e) != 1 || e[0].Word != "tiloja" || e[0].Start != 9 || e[0].End != 15 {
		t.Errorf("%+v", list)
	}
}

// TestDeterministic: the same codings give the same model, on one processor and on several.
func TestDeterministic(t *testing.T) {
	answers, codebook := planted(300, 6, 2)
	var first []Suggestion
	var quality Quality
	for _, processors := range []int{1, 4, 1} {
		was := runtime.GOMAXPROCS(processors)
		list := train(t, answers, codebook, plainly).Suggest("fi", 2, answers[0].Text, -1)
		q, err := CrossValidate(t.Context(), answers, 3, codebook, plainly)
		runtime.GOMAXPROCS(was)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first, quality = list, q
		} else if !reflect.DeepEqual(first, list) || !reflect.DeepEqual(quality, q) {
			t.Fatalf("trained again:\n%+v\n%+v", first, list)
		}
	}
}

// TestNothingLeaks: a fold is measured exactly as if its answers had not been there, and themes dealt at random are not found.
func TestNothingLeaks(t *testing.T) {
	answers, codebook := planted(400, 5, 3)
	const folds = 4
	whole, err := CrossValidate(t.Context(), answers, folds, codebook, plainly)
	if err != nil {
		t.Fatal(err)
	}
	exact, tested := 0.0, 0
	for fold := range folds {
		var in, left []Example
		for _, x := range answers {
			if x.fold(folds, 0) == fold {
				left = append(left, x)
			} else {
				in = append(in, x)
			}
		}
		q, err := Evaluate(t.Context(), in, left, codebook, plainly)
		if err != nil {
			t.Fatal(err)
		}
		exact, tested = exact+q.Accuracy*float64(q.Test), tested+q.Test
	}
	if tested != 400 || math.Abs(whole.Accuracy-exact/400) > 0.0026 { // one answer may stand on the edge of a threshold
		t.Errorf("in one go %v of %d answers are right, apart %v of %d", whole.Accuracy, whole.Test, exact/400, tested)
	}

	rng := rand.New(rand.NewPCG(4, 4))
	twice := append(answers, answers...) // answers that say the same must not tell on each other
	for i := range answers {
		th := []coding.ThemeID{coding.ThemeID(1 + rng.IntN(5))}
		twice[i].Themes, twice[i+len(answers)].Themes = th, th
		twice[i+len(answers)].Answer += 1000
	}
	q, err := CrossValidate(t.Context(), twice, 5, codebook, plainly)
	if err != nil {
		t.Fatal(err)
	}
	if q.Accuracy > 0.32 {
		t.Errorf("of themes dealt at random %v are found; a fifth is chance", q.Accuracy)
	}
}

// TestRule: where every answer has one theme, one is suggested.
func TestRule(t *testing.T) {
	answers, codebook := planted(400, 4, 5)
	var single []Example
	for _, x := range answers {
		if len(x.Themes) == 1 {
			single = append(single, x)
		}
	}
	m := train(t, single, codebook, plainly)
	for _, text := range []string{"", "sanaab", "teemaaab teemabab"} {
		likely := 0
		for _, s := range m.Suggest("fi", 1, text, 0) {
			if s.Likely {
				likely++
			}
		}
		if likely != 1 {
			t.Errorf("%q: %d themes", text, likely)
		}
	}
}

// TestLittle: with no or hardly any codings there are still suggestions, by the codebook's words, and no failure.
func TestLittle(t *testing.T) {
	codebook := []coding.Theme{{ID: 1, Key: "a", Label: coding.Text{FI: "Tilat"}, Keywords: themes.Keywords{FI: []string{"kokoustila"}}}, {ID: 2, Key: "b", Label: coding.Text{FI: "Avustukset"}},
		{ID: 3, Key: "c", Label: coding.Text{FI: "Vanha"}, Retired: true}}
	for n := range 4 {
		var answers []Example
		for i := range n {
			answers = append(answers, Example{Answer: coding.AnswerID(i + 1), Lang: "fi", Text: "jotain", Same: coding.SameKey(i + 1)})
		}
		list := train(t, answers, codebook, ruled).Suggest("fi", 1, "Avustuksia kaivataan", 2)
		if len(list) != 2 || list[0].Theme != 2 || !list[0].Likely {
			t.Errorf("%d codings: %+v", n, list)
		}
		for _, s := range train(t, answers, codebook[:1], ruled).Suggest("fi", 1, "Aivan muuta", 2) {
			if s.Likely {
				t.Errorf("%d codings, no word speaks for it: %+v", n, s)
			}
		}
	}
	if list := train(t, nil, []coding.Theme{}, ruled).Suggest("fi", 1, "Avustuksia", 2); len(list) != 0 {
		t.Errorf("without themes: %+v", list)
	}
	if q, err := CrossValidate(t.Context(), nil, 5, codebook, ruled); err != nil || q.Test != 0 || q.MicroF1 != 0 {
		t.Errorf("nothing to measure on: %+v, %v", q, err)
	}
}

// TestMeasures holds the measures to a case worked out by hand.
func TestMeasures(t *testing.T) {
	m := newMeasure([]coding.ThemeID{1, 2, 3, 4})
	say := func(truth []coding.ThemeID, ranked []coding.ThemeID, likely int) {
		var list []Suggestion
		for i, id := range ranked {
			list = append(list, Suggestion{Theme: id, Likely: i < likely})
		}
		m.add(list, &Example{Themes: truth})
	}
	say([]coding.ThemeID{1, 2}, []coding.ThemeID{1, 3, 4, 2}, 2) // 1 hit, 3 extra, 2 missed and ranked fourth
	say([]coding.ThemeID{2}, []coding.ThemeID{2, 1, 3, 4}, 1)    // exactly
	say(nil, []coding.ThemeID{2, 1, 3, 4}, 0)                    // none, as it should be
	q := m.quality()
	want := Quality{Test: 3, MicroF1: 2. * 2 / (4 + 1 + 1), SampleF1: (0.5 + 1 + 1) / 3, Accuracy: 2. / 3, Top3Recall: 2. / 3,
		Themes: []ThemeQuality{{1, 1, 1, 1, 1}, {2, 2, 1, 0.5, 2. / 3}, {3, 0, 0, 0, 0}}}
	if math.Abs(q.MacroF1-(1+2./3+0)/3) > 1e-12 {
		t.Errorf("mean over themes %v", q.MacroF1)
	}
	if q.MacroF1 = 0; !reflect.DeepEqual(q, want) {
		t.Errorf("%+v\nwant %+v", q, want)
	}
}

// TestSigmoid: probabilities are those by which the values were dealt.
func TestSigmoid(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	truth := sigmoid{-3, 1}
	var values []float64
	var has []bool
	for range 20_000 {
		v := rng.NormFloat64()
		values, has = append(values, v), append(has, rng.Float64() < truth.at(v))
	}
	got := fitSigmoid(values, has)
	if math.Abs(got.a-truth.a) > 0.15 || math.Abs(got.b-truth.b) > 0.1 {
		t.Errorf("%+v, want about %+v", got, truth)
	}
	if got := fitSigmoid(values, make([]bool, len(values))); got != plain {
		t.Errorf("of one kind only: %+v", got)
	}
}

// TestBest finds the threshold of the highest F1 between two probabilities.
func TestBest(t *testing.T) {
	threshold, f1 := best([]judged{{0.2, false}, {0.9, true}, {0.6, true}, {0.7, false}, {0.5, false}})
	if math.Abs(threshold-0.55) > 1e-12 || math.Abs(f1-0.8) > 1e-12 {
		t.Errorf("%v with F1 %v", threshold, f1)
	}
}
