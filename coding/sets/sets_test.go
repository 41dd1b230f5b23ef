package sets_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

func read(t fataler, boards *sets.Boards, p coding.ProjectID, fn func(*sets.Board)) {
	t.Helper()
	err := boards.Read(context.Background(), p, func(b *sets.Board) error { fn(b); return nil })
	if err != nil {
		t.Fatalf("read: %v", err)
	}
}

func small(t *rapid.T) setstest.Size {
	return setstest.Size{Respondents: rapid.IntRange(0, 30).Draw(t, "respondents"), Questions: rapid.IntRange(1, 3).Draw(t, "questions"),
		Themes: rapid.IntRange(0, 6).Draw(t, "themes"), Coders: 3, Codings: rapid.IntRange(0, 120).Draw(t, "codings"),
		Categories: []int{4, 2}, Rounds: rapid.IntRange(1, 3).Draw(t, "rounds"), Blank: 0.2, Seed: rapid.Uint64().Draw(t, "seed")}
}

func some[T any](t *rapid.T, label string, from []T) []T {
	if len(from) == 0 || rapid.IntRange(0, 2).Draw(t, label+"?") > 0 {
		return nil
	}
	return rapid.SliceOfN(rapid.SampledFrom(from), 1, 3).Draw(t, label)
}

func drawFilter(t *rapid.T, b *sets.Board) sets.Filter {
	var f sets.Filter
	for _, q := range b.Questions() {
		f.Questions = append(f.Questions, q.ID)
	}
	f.Questions = some(t, "questions", f.Questions)
	for _, r := range b.Rounds() {
		f.Rounds = append(f.Rounds, r.ID)
	}
	f.Rounds = some(t, "rounds", f.Rounds)
	f.Languages = some(t, "languages", []coding.Lang{"fi", "sv", "en", ""})
	f.States = some(t, "states", coding.States[:])
	themes := []coding.ThemeID{999}
	for _, th := range b.Tree().All() {
		themes = append(themes, th.ID)
	}
	f.Themes, f.NoThemes, f.AllThemes = some(t, "themes", themes), some(t, "no themes", themes), some(t, "all themes", themes)
	f.Categories = map[coding.VariableID][]coding.CategoryID{}
	for _, v := range b.Variables() {
		ids := []coding.CategoryID{0, 9999}
		for _, c := range v.Categories {
			ids = append(ids, c.ID)
		}
		f.Categories[v.ID] = some(t, "categories", ids)
	}
	coders := []coding.PersonID{1, 2, 3, 77}
	f.Coders = some(t, "coders", coders)
	f.Queues = some(t, "queues", []coding.PersonID{0, 1, 2, 77})
	f.By = rapid.SampledFrom([]coding.PersonID{0, 0, 1, 2, 77}).Draw(t, "by")
	choice := rapid.SampledFrom([]sets.Choice{sets.Either, sets.Either, sets.Yes, sets.No})
	f.Recheck = choice.Draw(t, "recheck")
	f.Memo, f.Quote, f.Mixed, f.Unsure = choice.Draw(t, "memo"), choice.Draw(t, "quote"), choice.Draw(t, "mixed"), choice.Draw(t, "unsure")
	if rapid.IntRange(0, 3).Draw(t, "within?") == 0 {
		ids := rapid.SliceOf(rapid.Map(rapid.IntRange(1, 120), func(i int) coding.AnswerID { return coding.AnswerID(i) }))
		f.Within = sets.Of(ids.Draw(t, "within")...)
	}
	return f
}

func check(t *rapid.T, sv *setstest.Survey, boards *sets.Boards) {
	tr := readTruth(t, sv.Store, sv.Project.ID)
	read(t, boards, sv.Project.ID, func(b *sets.Board) {
		f := drawFilter(t, b)
		if diff := cmp.Diff(tr.pick(f), sets.IDs(b.Answers(f)), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("answers of %+v:\n%s", f, diff)
		}
		if diff := cmp.Diff(tr.facets(f, b), b.Facets(f), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("facets of %+v:\n%s", f, diff)
		}
		codings := 0
		for _, a := range tr.answers {
			codings += len(tr.codings[a.ID])
			if b.RespondentOf(a.ID) != a.Respondent || b.QuestionOf(a.ID) != a.Question || b.CodingsOn(a.ID) != len(tr.codings[a.ID]) {
				t.Fatalf("answer %d: respondent %d, question %d, codings %d", a.ID, b.RespondentOf(a.ID), b.QuestionOf(a.ID), b.CodingsOn(a.ID))
			}
		}
		if b.Codings() != codings {
			t.Fatalf("codings %d, want %d", b.Codings(), codings)
		}
		set := b.Answers(f)
		want := map[coding.RespondentID]bool{}
		for _, a := range tr.answers {
			if set.Contains(uint32(a.ID)) {
				want[a.Respondent] = true
			}
		}
		people := b.RespondentsOf(set)
		if int(people.GetCardinality()) != len(want) {
			t.Fatalf("respondents %v, want %v", people, want)
		}
		for _, a := range tr.answers {
			if b.AnswersOf(people).Contains(uint32(a.ID)) != want[a.Respondent] {
				t.Fatalf("answers of respondents: %d", a.ID)
			}
		}
	})
}

// TestBoardFollowsTheStore changes a project in every way, in between reads, and compares every set and count with one
// made answer by answer from the store's streams.
func TestBoardFollowsTheStore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := setstest.NewStore()
		setstest.NewSurvey(store, setstest.Size{Respondents: 3, Questions: 2, Rounds: 1}) // so that ids do not start at 1
		sv := setstest.NewSurvey(store, small(t))
		boards := sets.New(store)
		t.Repeat(map[string]func(*rapid.T){
			"change": func(t *rapid.T) {
				for range rapid.IntRange(1, 12).Draw(t, "changes") {
					change(t, sv)
				}
			},
			"": func(t *rapid.T) { check(t, sv, boards) },
		})
	})
}

func change(t *rapid.T, sv *setstest.Survey) {
	tr := readTruth(t, sv.Store, sv.Project.ID)
	kind := rapid.SampledFrom([]string{"code", "code", "code", "uncode", "move", "mark", "unmark", "memo", "quote", "language",
		"assign", "assign", "reassign", "withdraw", "theme", "import", "undo import", "project", "recode", "recode", "class", "unrecode",
		"text", "no text", "decide", "decide", "undecide", "new text", "values", "respondent", "recheck", "recheck"}).Draw(t, "change")
	if kind == "import" {
		sv.AddImport(rapid.IntRange(0, 5).Draw(t, "new respondents"))
		return
	}
	ctx := context.Background()
	err := sv.Store.Update(ctx, func(tx coding.Tx) error {
		st, _ := tx.Begin(ctx, sv.Project.ID, 1, coding.OpApply, "", 0)
		list, _ := tx.Themes(ctx, sv.Project.ID)
		if len(tr.answers) == 0 || len(list) == 0 {
			kind = "theme"
		}
		var a coding.Answer
		if len(tr.answers) > 0 {
			a = rapid.SampledFrom(tr.answers).Draw(t, "answer")
		}
		th := coding.Theme{Key: "new", Label: coding.Text{FI: "uusi"}, Hue: 1}
		if len(list) > 0 {
			th = rapid.SampledFrom(list).Draw(t, "theme")
		}
		who := coding.PersonID(rapid.IntRange(1, 3).Draw(t, "coder"))
		var before, after any
		switch kind {
		case "code":
			after = coding.Coding{Answer: a.ID, Theme: th.ID, Coder: who}
			if tr.has(a.ID, th.ID, who) {
				return nil
			}
		case "uncode", "move":
			if len(tr.codings[a.ID]) == 0 {
				return nil
			}
			c := tr.codings[a.ID][0]
			before = c
			if c.Theme = th.ID; kind == "move" && !tr.has(a.ID, th.ID, c.Coder) {
				after = c
			}
		case "mark":
			after = coding.Mark{Answer: a.ID, Coder: who, State: rapid.SampledFrom(coding.States[2:]).Draw(t, "state")}
			for _, m := range tr.marks[a.ID] {
				if m.Coder == who {
					changed := m
					changed.State = after.(coding.Mark).State
					before, after = m, changed
				}
			}
		case "unmark":
			if len(tr.marks[a.ID]) == 0 {
				return nil
			}
			before = tr.marks[a.ID][0]
		case "memo":
			after = coding.Memo{On: rapid.SampledFrom([]coding.MemoOn{coding.MemoAnswer, coding.MemoTheme}).Draw(t, "on"), Target: int64(a.ID), Author: who}
			for m := range tx.EachMemo(ctx, sv.Project.ID, coding.MemoAnswer) {
				if m.Target == int64(a.ID) {
					before, after = m, nil
				}
			}
		case "quote":
			after = coding.Quote{Answer: a.ID}
			quotes, _ := tx.Quotes(ctx, sv.Project.ID)
			if len(quotes) > 0 && rapid.Bool().Draw(t, "drop") {
				before, after = quotes[0], nil
			}
		case "language":
			before = a.Spoken()
			after = coding.AnswerLanguage{ID: a.ID, Language: rapid.SampledFrom([]coding.Lang{"fi", "sv", ""}).Draw(t, "to"), Mixed: !a.Mixed, Confidence: rapid.IntRange(0, 100).Draw(t, "confidence")}
		case "assign":
			ids := rapid.SliceOfN(rapid.SampledFrom(tr.answers), 1, 8).Draw(t, "given")
			given := make([]coding.AnswerID, len(ids))
			for i, one := range ids {
				given[i] = one.ID
			}
			after = coding.Assignment{Coder: who, Answers: coding.NewAnswerSet(given)}
		case "reassign", "withdraw":
			if len(tr.given) == 0 {
				return nil
			}
			g := rapid.SampledFrom(tr.given).Draw(t, "assignment")
			before = g
			if g.Coder = who; kind == "reassign" {
				g.Answers = g.Answers[:len(g.Answers)-len(g.Answers)/2]
				after = g
			}
		case "text":
			b := a
			b.Text, b.Language = rapid.SampledFrom([]string{"ei", "kanssa resurssit", "aivan uusi"}).Draw(t, "text"), "en"
			b.Describe()
			before, after = a, b
		case "decide", "undecide":
			after = coding.Decision{Answer: a.ID, Theme: th.ID, Applies: rapid.Bool().Draw(t, "applies")}
			for _, d := range tr.decisions[a.ID] {
				if d.Theme == th.ID {
					now := d
					now.Applies = !d.Applies
					before, after = d, now
				}
			}
			if kind == "undecide" {
				if after = nil; before == nil {
					return nil
				}
			}
		case "no text":
			if len(tr.decisions[a.ID]) > 0 || tr.handled(a.ID, 0) || tr.memo[a.ID] || tr.quote[a.ID] {
				return nil
			}
			before = a
		case "new text": // as a later file brings it, of a respondent who is known
			for q := range 4 {
				if !slices.ContainsFunc(tr.answers, func(x coding.Answer) bool { return x.Respondent == a.Respondent && x.Question == coding.QuestionID(q) }) {
					after = coding.Answer{Question: coding.QuestionID(q), Round: a.Round, Respondent: a.Respondent, Import: a.Import, Text: "myöhempi"}
				}
			}
			if after == nil {
				return nil
			}
		case "values":
			all, _ := tx.Variables(ctx, sv.Project.ID)
			v := coding.RespondentValues{Respondent: a.Respondent}
			for _, one := range all {
				if !one.Derived() && rapid.Bool().Draw(t, one.Key) {
					v.Categories = append(v.Categories, one.Categories[0].ID)
				}
			}
			before, after = coding.RespondentValues{Respondent: a.Respondent}, v
		case "respondent":
			after = coding.Respondent{Round: a.Round, Import: a.Import, External: "back", Number: 5}
		case "recheck":
			for _, c := range tr.codings[a.ID] {
				b := c
				if b.Recheck = 9; c.Recheck != 0 {
					b.Recheck = 0
				}
				before, after = c, b
			}
			for _, m := range tr.marks[a.ID] {
				b := m
				if b.Recheck = 9; m.Recheck != 0 {
					b.Recheck = 0
				}
				before, after = m, b
			}
			if after == nil {
				return nil
			}
		case "theme":
			th.ID = 0
			after = th
		case "project":
			p, _ := tx.ProjectByID(ctx, sv.Project.ID)
			before = p
			p.Threshold++
			after = p
		case "recode":
			all, _ := tx.Variables(ctx, sv.Project.ID)
			if len(all) == 0 {
				return nil
			}
			source := rapid.SampledFrom(all).Draw(t, "source")
			rules := &coding.Recode{From: source.ID, Values: map[string]string{}, Rest: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "rest")}
			for _, c := range source.Categories {
				rules.Values[coding.FoldValue(c.Key)] = rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "class")
			}
			v := coding.Variable{Key: "derived", Order: len(all), Recode: rules}
			if old := rapid.SampledFrom(all).Draw(t, "old"); old.Derived() && rules.From != old.ID { // may make a loop
				old.Categories = nil
				before, v = old, old
				v.Recode = rules
			}
			after = v
		case "class":
			all, _ := tx.Variables(ctx, sv.Project.ID)
			for _, v := range all {
				if v.Derived() && len(v.Categories) < 3 {
					after = coding.Category{Variable: v.ID, Key: []string{"a", "b", "c"}[len(v.Categories)], Order: len(v.Categories)}
				}
			}
			if after == nil {
				return nil
			}
		case "unrecode":
			all, _ := tx.Variables(ctx, sv.Project.ID)
			if len(all) == 0 || !all[len(all)-1].Derived() {
				return nil
			}
			last := all[len(all)-1]
			last.Categories = nil
			before = last
		case "undo import":
			imports, _ := tx.Imports(ctx, sv.Project.ID)
			imp := imports[len(imports)-1]
			for _, a := range tr.answers { // as the store does, refuse where somebody has worked
				if a.Import == imp.ID && (len(tr.decisions[a.ID]) > 0 || tr.handled(a.ID, 0) || tr.memo[a.ID] || tr.quote[a.ID]) {
					return nil
				}
			}
			before = imp
		}
		_, err := tx.Put(ctx, st, before, after)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
}

func TestPages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfDistinct(rapid.Map(rapid.Uint32Range(1, 200), func(i uint32) coding.AnswerID { return coding.AnswerID(i) * 997 }),
			func(id coding.AnswerID) coding.AnswerID { return id }).Draw(t, "ids")
		set := sets.Of(ids...)
		slices.Sort(ids)
		if diff := cmp.Diff(ids, sets.IDs(set), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		at := coding.AnswerID(rapid.IntRange(-1, 200*997+5).Draw(t, "at"))
		n := rapid.IntRange(0, 10).Draw(t, "n")
		rank, _ := slices.BinarySearch(ids, at)
		if got := sets.Rank(set, at); got != rank {
			t.Fatalf("rank of %d is %d, want %d", at, got, rank)
		}
		after, _ := slices.BinarySearch(ids, at+1)
		if diff := cmp.Diff(ids[after:min(after+n, len(ids))], sets.After(set, at, n), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("after: %s", diff)
		}
		if diff := cmp.Diff(ids[max(rank-n, 0):rank], sets.Before(set, at, n), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("before: %s", diff)
		}
		from := rapid.IntRange(-1, len(ids)+1).Draw(t, "from")
		want := ids[min(max(from, 0), len(ids)):min(max(from, 0)+n, len(ids))]
		if from > len(ids) {
			want = nil
		}
		if diff := cmp.Diff(want, sets.At(set, from, n), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("at: %s", diff)
		}
	})
}

func TestReadWithoutAChangeIsOneQuery(t *testing.T) {
	store := setstest.NewStore()
	sv := setstest.NewSurvey(store, setstest.Size{Respondents: 20, Questions: 2, Themes: 3, Coders: 2, Codings: 20, Rounds: 1})
	boards := sets.New(store)
	read(t, boards, sv.Project.ID, func(*sets.Board) {})
	before := store.Queries()
	read(t, boards, sv.Project.ID, func(*sets.Board) {})
	if n := store.Queries() - before; n != 1 {
		t.Errorf("%d queries, want 1", n)
	}
}

func TestProjectThatIsNotThere(t *testing.T) {
	store := setstest.NewStore()
	sv := setstest.NewSurvey(store, setstest.Size{Respondents: 5, Questions: 1, Rounds: 1})
	boards := sets.New(store)
	none := func(*sets.Board) error { return nil }
	if err := boards.Read(t.Context(), 99, none); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("a project that never was: %v", err)
	}
	read(t, boards, sv.Project.ID, func(*sets.Board) {})
	err := store.Update(t.Context(), func(tx coding.Tx) error { return tx.DeleteProject(t.Context(), sv.Project.ID) })
	if err != nil {
		t.Fatal(err)
	}
	if err := boards.Read(t.Context(), sv.Project.ID, none); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("a deleted project: %v", err)
	}
}

// TestCancelledReadKeepsTheBoard reads with a store that refuses once; the board is not built a second time.
func TestCancelledReadKeepsTheBoard(t *testing.T) {
	store := setstest.NewStore()
	sv := setstest.NewSurvey(store, setstest.Size{Respondents: 5, Questions: 1, Rounds: 1})
	both := &swap{Store: store}
	boards := sets.New(both)
	read(t, boards, sv.Project.ID, func(*sets.Board) {})
	both.Store = refusing{store}
	if err := boards.Read(t.Context(), sv.Project.ID, func(*sets.Board) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	both.Store = store
	before := store.Queries()
	read(t, boards, sv.Project.ID, func(*sets.Board) {})
	if n := store.Queries() - before; n != 1 {
		t.Errorf("%d queries, want 1", n)
	}
}

type refusing struct{ coding.Store }

func (refusing) View(context.Context, func(coding.Reader) error) error { return context.Canceled }

func TestErrorOfTheReaderComesBack(t *testing.T) {
	store := setstest.NewStore()
	sv := setstest.NewSurvey(store, setstest.Size{Respondents: 5, Questions: 1, Rounds: 1})
	want := errors.New("mine")
	if err := sets.New(store).Read(t.Context(), sv.Project.ID, func(*sets.Board) error { return want }); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

// TestStorePutBack reads a store whose log is shorter than the board's, as after a restore, and one that was dropped.
func TestStorePutBack(t *testing.T) {
	for _, drop := range []bool{false, true} {
		long, short := setstest.NewStore(), setstest.NewStore()
		size := setstest.Size{Respondents: 5, Questions: 1, Themes: 2, Coders: 1, Codings: 5, Rounds: 1}
		sv := setstest.NewSurvey(long, size)
		setstest.NewSurvey(short, size)
		sv.AddImport(4)
		both := &swap{Store: long}
		boards := sets.New(both)
		read(t, boards, sv.Project.ID, func(b *sets.Board) {
			if n := b.All().GetCardinality(); n != 9 {
				t.Fatalf("%d answers", n)
			}
		})
		both.Store = short
		if drop {
			boards.Drop(sv.Project.ID)
		}
		read(t, boards, sv.Project.ID, func(b *sets.Board) {
			if n := b.All().GetCardinality(); n != 5 {
				t.Errorf("%d answers after the store was put back, want 5; drop %v", n, drop)
			}
		})
	}
}

type swap struct{ coding.Store }

// TestManyReaders reads while others write; run with -race.
func TestManyReaders(t *testing.T) {
	store := setstest.NewStore()
	sv := setstest.NewSurvey(store, setstest.Size{Respondents: 200, Questions: 2, Themes: 5, Coders: 3, Codings: 300, Categories: []int{3}, Rounds: 1, Seed: 4})
	boards := sets.New(store)
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 40 {
				if w%4 == 0 {
					write(t, sv, coding.AnswerID(1+w*40+i))
				}
				read(t, boards, sv.Project.ID, func(b *sets.Board) {
					if w%4 == 0 && !b.Memo().Contains(uint32(1+w*40+i)) {
						t.Error("a read after a write does not see it")
					}
					_ = b.Facets(sets.Filter{States: []coding.State{coding.StateCoded}, Memo: sets.Yes})
				})
			}
		})
	}
	wg.Wait()
}

func write(t *testing.T, sv *setstest.Survey, a coding.AnswerID) {
	err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
		st, _ := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpMemo, "", 0)
		_, err := tx.Put(t.Context(), st, nil, coding.Memo{On: coding.MemoAnswer, Target: int64(a), Author: 9})
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestCoverageAndWeights(t *testing.T) {
	store := setstest.NewStore()
	sv := setstest.NewSurvey(store, setstest.Size{Respondents: 60, Questions: 2, Rounds: 1, Categories: []int{6, 3}, Seed: 3})
	ctx := context.Background()
	weights := map[string]float64{"v2-1": 0.5, "v2-2": 2, "v2-3": 0} // by key
	var town, size, weight coding.Variable
	err := store.Update(ctx, func(tx coding.Tx) error {
		st, _ := tx.Begin(ctx, sv.Project.ID, 1, coding.OpVariable, "", 0)
		all, _ := tx.Variables(ctx, sv.Project.ID)
		town, weight = all[0], all[1]
		for _, c := range weight.Categories {
			after := c
			after.Label = coding.Text{FI: fmt.Sprint(weights[c.Key])}
			if _, err := tx.Put(ctx, st, c, after); err != nil {
				return err
			}
		}
		bare := weight
		bare.Categories = nil
		marked := bare
		marked.Weight = true
		if _, err := tx.Put(ctx, st, bare, marked); err != nil {
			return err
		}
		size = coding.Variable{Key: "size", Counted: town.ID, Recode: &coding.Recode{From: town.ID,
			Values: map[string]string{"v1-1": "big", "v1-2": "big"}, Rest: "small"}}
		id, err := tx.Put(ctx, st, nil, size)
		size.ID = coding.VariableID(id)
		for i, key := range []string{"big", "small"} {
			if err == nil {
				_, err = tx.Put(ctx, st, nil, coding.Category{Variable: size.ID, Key: key, Order: i, Population: 10 * (i + 1)})
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	tr := readTruth(t, store, sv.Project.ID)
	read(t, sets.New(store), sv.Project.ID, func(b *sets.Board) {
		for _, v := range b.Variables() {
			if v.ID == size.ID {
				size = v
			}
		}
		for i, got := range b.Coverage(size, nil) {
			towns, people := map[coding.CategoryID]bool{}, 0
			for _, in := range tr.values {
				if !slices.Contains(in, size.Categories[i].ID) {
					continue
				}
				people++
				for _, c := range in {
					if tr.variable[c] == town.ID {
						towns[c] = true
					}
				}
			}
			want := sets.Coverage{Category: size.Categories[i].ID, Respondents: people, Reached: len(towns), Population: 10 * (i + 1)}
			if got != want || people == 0 {
				t.Errorf("coverage %+v, want %+v", got, want)
			}
		}
		w, ok := b.Weighing(weight.ID)
		if _, none := b.Weighing(town.ID); !ok || none {
			t.Errorf("weighing: %v by the weight, %v by the town", ok, none)
		}
		sum, squares, weighed := 0.0, 0.0, 0
		for _, in := range tr.values {
			for _, c := range weight.Categories {
				if n := weights[c.Key]; slices.Contains(in, c.ID) && n > 0 {
					sum, squares, weighed = sum+n, squares+n*n, weighed+1
				}
			}
		}
		all := b.Respondents()
		if got := w.Sum(all); math.Abs(got-sum) > 1e-9 || sum == 0 {
			t.Errorf("weights sum to %v, want %v", got, sum)
		}
		if got := w.SumSquares(all); math.Abs(got-squares) > 1e-9 {
			t.Errorf("squares sum to %v, want %v", got, squares)
		}
		if got := w.Weighed(all).GetCardinality(); int(got) != weighed {
			t.Errorf("%d have a weight, want %d", got, weighed)
		}
	})
}
