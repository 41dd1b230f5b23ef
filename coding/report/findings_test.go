package report_test

import (
	ctx "context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
	"avokoodi/themes"
)

// TestPairsEqualTheStreams compares pairs of themes with a count of the store's streams, with nothing hidden and with.
func TestPairsEqualTheStreams(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: rapid.IntRange(0, 80).Draw(t, "respondents"), Questions: 2, Rounds: 1,
			Themes: rapid.IntRange(0, 9).Draw(t, "themes"), Coders: 2, Codings: rapid.IntRange(0, 300).Draw(t, "codings"), Blank: 0.2, Seed: rapid.Uint64().Draw(t, "seed")})
		s := readStream(t, sv.Store, sv.Project.ID)
		named := map[coding.ThemeID]map[coding.RespondentID]bool{}
		all := map[coding.RespondentID]bool{}
		for _, a := range s.answers {
			all[a.Respondent] = true
			for _, c := range s.codings[a.ID] {
				if named[c.Theme] == nil {
					named[c.Theme] = map[coding.RespondentID]bool{}
				}
				named[c.Theme][a.Respondent] = true
			}
		}
		for _, threshold := range []int{1, 5} {
			p, err := report.New(sets.New(sv.Store)).Pairs(ctx.Background(), report.Request{Project: sv.Project.ID, Threshold: threshold})
			if err != nil {
				t.Fatal(err)
			}
			for i := range p.Rows {
				for j := i + 1; j < len(p.Rows); j++ {
					a, b := p.Rows[i].Theme, p.Rows[j].Theme
					n := 0
					for r := range named[a.ID] {
						if named[b.ID][r] {
							n++
						}
					}
					c := p.At(j, i)
					branch := rootOf(s, a) == rootOf(s, b)
					if c.Branch != branch {
						t.Fatalf("%s and %s: one branch is %v", a.Key, b.Key, c.Branch)
					}
					if c.Suppressed != report.Shown {
						if threshold == 1 && !branch {
							t.Fatalf("%s and %s are hidden", a.Key, b.Key)
						}
						continue
					}
					if c.N != n {
						t.Fatalf("%s and %s: %d, want %d", a.Key, b.Key, c.N, n)
					}
					if want := float64(n) * float64(len(all)) / float64(len(named[a.ID])*len(named[b.ID])); n > 0 && math.Abs(c.Lift-want) > 1e-12 {
						t.Fatalf("lift %v, want %v", c.Lift, want)
					}
					for _, rest := range []int{n, len(named[a.ID]) - n, len(named[b.ID]) - n} {
						if rest > 0 && rest < threshold {
							t.Fatalf("%s and %s: %d of %d and %d are shown", a.Key, b.Key, n, len(named[a.ID]), len(named[b.ID]))
						}
					}
				}
			}
		}
	})
}

func rootOf(s stream, th coding.Theme) coding.ThemeID {
	for th.Parent != 0 {
		th, _ = s.tree.Get(th.Parent)
	}
	return th.ID
}

// TestPairsOfReaders: readers get the whole project only.
func TestPairsOfReaders(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 200, Questions: 2, Rounds: 1, Themes: 6, Coders: 1, Codings: 500, Seed: 2})
	reports := report.New(sets.New(sv.Store))
	p, err := reports.Pairs(t.Context(), report.Request{Project: sv.Project.ID, Public: true})
	if err != nil || len(p.Together(false, 0)) == 0 {
		t.Fatalf("%v, %d pairs", err, len(p.Cells))
	}
	order := p.Together(true, 5)
	if !slices.IsSortedFunc(order, func(a, b [2]int) int { return int(math.Copysign(1, p.At(b[0], b[1]).Lift-p.At(a[0], a[1]).Lift)) }) {
		t.Error("pairs are not in the order of their lift")
	}
	var problem coding.Problem
	if _, err := reports.Pairs(t.Context(), report.Request{Project: sv.Project.ID, Public: true, Questions: []string{"q1"}}); !errors.As(err, &problem) || problem.Key != "report.public_whole" {
		t.Errorf("one question: %v", err)
	}
}

// panel is the approval ratings of Agresti (Categorical Data Analysis, 1990, table 10.1) as two rounds of one survey: of 1600 people
// 794 approve twice, 150 only at first, 86 only later, 570 never.
func panel(t *testing.T) (*setstest.Survey, *report.Reports) {
	t.Helper()
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 0, Questions: 1, Rounds: 2, Themes: 1, Coders: 1, Seed: 1})
	ctx := t.Context()
	err := sv.Store.Update(ctx, func(tx coding.Tx) error {
		rounds, err := tx.Rounds(ctx, sv.Project.ID)
		if err != nil {
			return err
		}
		questions, err := tx.Questions(ctx, sv.Project.ID)
		if err != nil {
			return err
		}
		list, err := tx.Themes(ctx, sv.Project.ID)
		if err != nil {
			return err
		}
		st, err := tx.Begin(ctx, sv.Project.ID, 1, coding.OpImport, "", 0)
		if err != nil {
			return err
		}
		for k, round := range rounds {
			imp := coding.Import{Round: round.ID, File: "panel"}
			id, err := tx.Put(ctx, st, nil, imp)
			if err != nil {
				return err
			}
			imp.ID = coding.ImportID(id)
			for i := range 1600 {
				one := []coding.Respondent{{Round: round.ID, Import: imp.ID, External: fmt.Sprint("p", i)}}
				if err := tx.AddRespondents(ctx, sv.Project.ID, one); err != nil {
					return err
				}
				answer := []coding.Answer{{Question: questions[0].ID, Round: round.ID, Respondent: one[0].ID, Import: imp.ID, Language: "en", Text: "well"}}
				if err := tx.AddAnswers(ctx, sv.Project.ID, answer); err != nil {
					return err
				}
				approves := i < 794+150
				if k == 1 {
					approves = i < 794 || i >= 794+150 && i < 794+150+86
				}
				if approves {
					if _, err := tx.Put(ctx, st, nil, coding.Coding{Answer: answer[0].ID, Theme: list[0].ID, Coder: 1, Source: coding.ByPerson, Version: 1}); err != nil {
						return err
					}
				}
			}
			before := imp
			imp.Respondents, imp.Answers = 1600, 1600
			if _, err := tx.Put(ctx, st, before, imp); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sv, report.New(sets.New(sv.Store))
}

// TestPairedRounds is Agresti's table by McNemar's test, as R's mcnemar.test(correct = FALSE) has it, and the same samples taken to
// be different people.
func TestPairedRounds(t *testing.T) {
	sv, reports := panel(t)
	q := report.Request{Project: sv.Project.ID}
	got, err := reports.Trend(t.Context(), q, [2]string{}, true)
	if err != nil {
		t.Fatal(err)
	}
	c := got.Changes[0]
	if got.Pairs.N != 1600 || math.Abs(c.P-3.099293e-05) > 1e-9 || math.Abs(c.Diff-(-0.04)) > 1e-12 || c.Method != report.MethodMcNemar {
		t.Errorf("%d pairs, %+v", got.Pairs.N, c)
	}
	got, err = reports.Trend(t.Context(), q, [2]string{"2020", "2022"}, false)
	if err != nil {
		t.Fatal(err)
	}
	// 944 and 880 of 1600: z = -2.2857…, by hand.
	c = got.Changes[0]
	z := (880.0 - 944) / 1600 / math.Sqrt(1824.0/3200*(1-1824.0/3200)*(2.0/1600))
	if want := math.Erfc(math.Abs(z) / math.Sqrt2); math.Abs(c.P-want) > 1e-9 || c.Method != report.MethodTwoShares || !(c.Lo < -0.04 && c.Hi > -0.04) {
		t.Errorf("%+v, want p %v", c, want)
	}
	var problem coding.Problem
	q.Public = true
	if _, err := reports.Trend(t.Context(), q, [2]string{}, true); !errors.As(err, &problem) || problem.Key != "report.public_paired" {
		t.Errorf("a reader's pairs: %v", err)
	}
	if got, err := reports.Trend(t.Context(), q, [2]string{"2020", "2020"}, false); err != nil || got.From != -1 || got.Changes != nil {
		t.Errorf("a round with itself: %v, %+v", err, got.Changes)
	}
}

// TestCoverAndReading counts municipalities reached and themes found.
func TestCoverAndReading(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 120, Questions: 1, Rounds: 1, Themes: 5, Coders: 2, Codings: 300, Categories: []int{8}, Seed: 7})
	addRecode(t, sv, "class", "v1", map[string]string{"v1-1": "north", "v1-2": "north", "v1-3": "south", "v1-4": "south", "v1-5": "south"})
	change := func(do func(coding.Variable) coding.Variable, populations map[string]int) {
		err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
			vars, err := tx.Variables(t.Context(), sv.Project.ID)
			if err != nil {
				return err
			}
			st, _ := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpVariable, "", 0)
			for _, v := range vars {
				if v.Key != "class" {
					continue
				}
				after := do(v)
				if _, err := tx.Put(t.Context(), st, v, after); err != nil {
					return err
				}
				for _, c := range v.Categories {
					with := c
					with.Population = populations[c.Key]
					if _, err := tx.Put(t.Context(), st, c, with); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	reports := report.New(sets.New(sv.Store))
	q := report.Request{Project: sv.Project.ID, By: "class"}
	got, err := reports.Cover(t.Context(), q)
	if err != nil || got.Population != 0 || len(got.Classes) != 2 {
		t.Fatalf("%v, %+v", err, got.Classes)
	}
	change(func(v coding.Variable) coding.Variable { v.Counted = v.Recode.From; return v }, map[string]int{"north": 4, "south": 10})
	if got, err = reports.Cover(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	if got.Counted.Key != "v1" || got.Population != 14 || got.Classes[0].Reached.N != 2 || got.Classes[0].Reached.Share != 0.5 || got.Reached.N != got.Classes[0].Reached.N+got.Classes[1].Reached.N {
		t.Errorf("%+v, all %+v of %d", got.Classes, got.Reached, got.Population)
	}
	q.Threshold = 1000 // now every class is small
	if got, err = reports.Cover(t.Context(), q); err != nil || got.Classes[0].Reached.Suppressed == report.Shown || got.Reached.Suppressed == report.Shown {
		t.Errorf("a small class is told: %v, %+v", err, got.Classes)
	}
	var problem coding.Problem
	if _, err := reports.Cover(t.Context(), report.Request{Project: sv.Project.ID, By: "language"}); !errors.As(err, &problem) {
		t.Errorf("coverage by language: %v", err)
	}

	reading, err := reports.Saturation(t.Context(), report.Request{Project: sv.Project.ID}, 10)
	if err != nil {
		t.Fatal(err)
	}
	found, read := 0, 0
	for i, b := range reading.Blocks {
		if b.From != read+1 || b.To-b.From > 9 || i < len(reading.Blocks)-1 && b.To-b.From != 9 {
			t.Errorf("block %d is from %d to %d", i, b.From, b.To)
		}
		read, found = b.To, found+len(b.New)
		if b.Known != found {
			t.Errorf("block %d knows %d themes, found %d", i, b.Known, found)
		}
	}
	if found != 5 || read < 60 {
		t.Errorf("%d themes in %d answers", found, read)
	}
	mix, err := reports.Mix(t.Context(), report.Request{Project: sv.Project.ID})
	if err != nil || len(mix.Coders) != 2 {
		t.Fatalf("%v, %d coders", err, len(mix.Coders))
	}
	sum := 0
	for _, r := range mix.Rows {
		for _, c := range r.Cells {
			sum += c.N
		}
	}
	if want := mix.Coders[0].Codings + mix.Coders[1].Codings; sum != want || sum == 0 {
		t.Errorf("%d codings in the rows, %d of the coders", sum, want)
	}
}

// weighted is a survey of 40 in two classes, weighed 2 and 0.5, some 0, -1, by a word, and not at all.
func weighted(t *testing.T) (*setstest.Survey, *report.Reports) {
	t.Helper()
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 400, Questions: 1, Rounds: 1, Themes: 3, Coders: 1, Codings: 500, Categories: []int{6, 2}, Seed: 3})
	err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
		vars, err := tx.Variables(t.Context(), sv.Project.ID)
		if err != nil {
			return err
		}
		st, _ := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpVariable, "", 0)
		after := vars[0]
		after.Weight = true
		if _, err := tx.Put(t.Context(), st, vars[0], after); err != nil {
			return err
		}
		for i, label := range []string{"2", "0,5", "1.25", "0", "-1", "paljon"} {
			c := vars[0].Categories[i]
			with := c
			with.Label = themes.Same(label)
			if _, err := tx.Put(t.Context(), st, c, with); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sv, report.New(sets.New(sv.Store))
}

// TestWeights compares weighted shares with sums over the streams. Weights of zero, negative ones, words and none weigh nothing.
func TestWeights(t *testing.T) {
	sv, reports := weighted(t)
	s := readStream(t, sv.Store, sv.Project.ID)
	weight := func(r coding.RespondentID) float64 {
		for i, w := range []float64{2, 0.5, 1.25, 0, 0, 0} {
			if s.category[r][s.variables[0].Categories[i].ID] {
				return w
			}
		}
		return 0
	}
	var sum, squares, theme float64
	people, with, unweighed := map[coding.RespondentID]bool{}, map[coding.RespondentID]bool{}, 0
	for _, a := range s.answers {
		if w := weight(a.Respondent); !people[a.Respondent] {
			people[a.Respondent], sum, squares = true, sum+w, squares+w*w
			if w == 0 {
				unweighed++
			}
		}
		for _, c := range s.codings[a.ID] {
			if c.Theme == s.tree.All()[0].ID && !with[a.Respondent] {
				with[a.Respondent], theme = true, theme+weight(a.Respondent)
			}
		}
	}
	for _, by := range []string{"", "v2", "language"} {
		got, err := reports.Count(t.Context(), report.Request{Project: sv.Project.ID, Weight: "v1", By: by})
		if err != nil {
			t.Fatal(err)
		}
		row := got.Rows[0]
		if got.Base.N != len(people) || row.Total.N != len(with) || math.Abs(row.Total.Share-theme/sum) > 1e-12 {
			t.Errorf("%d of %d, share %v, want %v", row.Total.N, got.Base.N, row.Total.Share, theme/sum)
		}
		if math.Abs(got.Effect.Effective-sum*sum/squares) > 1e-9 || got.Weighted.Without.N != unweighed {
			t.Errorf("effective n %v, want %v; without %+v, want %d", got.Effect.Effective, sum*sum/squares, got.Weighted.Without, unweighed)
		}
		if got.Tests() != nil {
			t.Error("weighted shares are tested as if they were counts")
		}
		for j, c := range row.Cells {
			if c.Suppressed != report.Shown && c.Share != 0 {
				t.Errorf("column %d has a share of a hidden number", j)
			}
		}
	}
	for _, c := range []struct {
		q   report.Request
		key string
	}{{report.Request{Weight: "v2"}, "report.weight_unmarked"}, {report.Request{Weight: "gone"}, "report.weight_unknown"},
		{report.Request{Weight: "v1", Unit: report.Answers}, "report.weight_unit"}, {report.Request{Weight: "v1", Public: true}, "report.public_weight"}} {
		c.q.Project = sv.Project.ID
		var p coding.Problem
		if _, err := reports.Count(t.Context(), c.q); !errors.As(err, &p) || p.Key != c.key {
			t.Errorf("%+v: %v", c.q, err)
		}
	}
	// A filter that leaves only those without a weight.
	none := sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{s.variables[0].ID: {s.variables[0].Categories[3].ID}}}
	got, err := reports.Count(t.Context(), report.Request{Project: sv.Project.ID, Weight: "v1", Filter: none, Threshold: 1})
	if err != nil || got.Effect.Effective != 0 || got.Rows[0].Total.Share != 0 || got.Base.N == 0 {
		t.Errorf("weights of zero only: %v, %+v, %+v", err, got.Effect, got.Rows[0].Total)
	}
}

// TestWeightedSharesTellNoHiddenNumber: of two classes with hidden numbers each weighs the same throughout, so that the plain and the
// weighted sum would be two equations for the two.
func TestWeightedSharesTellNoHiddenNumber(t *testing.T) {
	sv, reports := weighted(t)
	got, err := reports.Count(t.Context(), report.Request{Project: sv.Project.ID, Weight: "v1", By: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for _, row := range got.Rows {
		small := slices.ContainsFunc(row.Cells[:3], func(c report.Cell) bool { return c.Suppressed != report.Shown }) // the others weigh nothing
		if small {
			hidden++
		}
		if small != (row.Total.Suppressed != report.Shown) {
			t.Errorf("%s: a cell is hidden: %v; the whole is %+v", row.Theme.Key, small, row.Total)
		}
		if row.Total.Suppressed != report.Shown && row.Total.Share != 0 {
			t.Errorf("%s has a share of a hidden number", row.Theme.Key)
		}
	}
	if hidden == 0 {
		t.Error("nothing is hidden")
	}
}
