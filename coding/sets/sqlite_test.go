package sets_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/themes"
)

func openStore(t testing.TB) (*sqlstore.Store, *coding.Service) {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store, coding.NewService(store, nil)
}

func must[T any](v T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// file is n respondents with answers to every question.
func file(name string, n, questions, categories int) coding.Batch {
	b := coding.Batch{File: name, SHA256: name, Round: coding.Round{Key: "2024", Label: themes.Same("2024"), Kind: coding.RoundSurvey},
		Variables: []coding.Variable{{Key: "v", Label: themes.Same("V")}}}
	for q := range questions {
		key := fmt.Sprint("q", q+1)
		b.Questions = append(b.Questions, coding.Question{Key: key, Label: themes.Same(key)})
	}
	for c := range categories {
		key := fmt.Sprint("c", c+1)
		b.Variables[0].Categories = append(b.Variables[0].Categories, coding.Category{Key: key, Label: themes.Same(key)})
	}
	b.Rows = func(yield func(coding.BatchRow, error) bool) {
		for i := range n {
			row := coding.BatchRow{External: fmt.Sprint(name, "-", i), Values: []coding.BatchValue{{Variable: 0, Category: i % categories}}}
			for q := range questions {
				row.Answers = append(row.Answers, coding.BatchAnswer{Question: q, Language: []coding.Lang{"fi", "sv", ""}[(i+q)%3], Text: fmt.Sprint("vastaus ", i, " ", q)})
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return b
}

// TestBoardFollowsTheService works through coding.Service on SQLite, as the product does, undo and all, and compares the
// board with the store after every step.
func TestBoardFollowsTheService(t *testing.T) {
	store, service := openStore(t)
	ctx, rng := t.Context(), rand.New(rand.NewPCG(1, 2))
	p := must(service.CreateProject(ctx, coding.Operator, coding.Project{Slug: "a", Name: themes.Same("A")}))(t).ID
	var people []coding.PersonID
	for _, name := range []string{"anna", "bo"} {
		one := must(service.AddPerson(ctx, coding.Operator, coding.NewPerson{Name: name, Password: "salasana-salasana", Role: coding.RoleLead}))(t)
		people = append(people, one.ID)
	}
	must(service.Import(ctx, p, people[0], file("one", 15, 2, 3), nil))(t)
	var ids []coding.ThemeID
	for i := range 4 {
		ids = append(ids, must(service.AddTheme(ctx, p, people[0], coding.Theme{Label: themes.Same(fmt.Sprint("Teema ", i))}))(t).ID)
	}
	boards := sets.New(store)
	done := map[string]int{}
	for step := range 240 {
		tr := readTruth(t, store, p)
		var some []coding.AnswerID
		for range 1 + rng.IntN(4) {
			some = append(some, tr.answers[rng.IntN(len(tr.answers))].ID)
		}
		who, th := people[rng.IntN(2)], ids[rng.IntN(len(ids))]
		name, err := "", error(nil)
		switch rng.IntN(16) {
		case 0, 1, 2, 3:
			name = "apply"
			_, err = service.ApplyTheme(ctx, p, who, coding.Apply{Answers: some, Theme: th})
		case 4:
			name = "remove"
			_, err = service.RemoveTheme(ctx, p, who, th, some, rng.IntN(2) == 0)
		case 5, 6:
			name = "mark"
			_, err = service.MarkAnswers(ctx, p, who, some, []coding.State{coding.StateNoTheme, coding.StateUnusable, coding.StateOpen}[rng.IntN(3)])
		case 7:
			name = "memo"
			_, err = service.SetMemo(ctx, p, who, coding.MemoAnswer, int64(some[0]), []string{"huom", ""}[rng.IntN(2)])
		case 8:
			name = "quote"
			_, err = service.AddQuote(ctx, p, who, coding.Quote{Answer: some[0]})
		case 9:
			name = "language"
			_, err = service.CorrectLanguage(ctx, p, who, some, []coding.Lang{"fi", "sv", "en"}[rng.IntN(3)])
		case 10, 11:
			name = "undo"
			_, err = service.Undo(ctx, p, who)
		case 12:
			name = "redo"
			_, err = service.Redo(ctx, p, who)
		case 13:
			name = "import"
			_, err = service.Import(ctx, p, who, file(fmt.Sprint("more", step), 1+rng.IntN(4), 2, 4), nil)
		case 14, 15:
			name = "revise"
			b := file(fmt.Sprint("fixed", step), 15, 2, 3)
			rows := b.Rows
			b.Rows = func(yield func(coding.BatchRow, error) bool) {
				i := 0
				for row := range rows {
					row.External = fmt.Sprint("one-", i)
					if i++; i%5 == step%5 { // another text, other values, a blank, a row less
						row.Answers[0].Text = fmt.Sprint("korjattu ", step)
						row.Values[0].Category = step % 3
					}
					if i%7 == step%7 {
						row.Answers = row.Answers[:1]
					}
					if i != step%15 && !yield(row, nil) {
						return
					}
				}
			}
			_, _, err = service.Revise(ctx, p, who, []coding.Batch{b}, coding.Decisions{AllMissing: step%2 == 0, AllBlank: step%3 == 0}, nil)
		}
		switch {
		case err == nil:
			done[name]++
		case !errors.Is(err, coding.ErrNothing) && !errors.Is(err, coding.ErrConflict) && !errors.Is(err, coding.ErrNotFound):
			t.Fatalf("%s: %v", name, err)
		}
		tr = readTruth(t, store, p)
		if step%3 != 0 { // now and then several changes come together
			sameMoments(t, store, boards, p)
		}
		read(t, boards, p, func(b *sets.Board) {
			if diff := cmp.Diff(tr.pick(sets.Filter{}), sets.IDs(b.All()), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("step %d, %s: answers\n%s", step, name, diff)
			}
			for _, f := range []sets.Filter{{}, {By: who}, {Recheck: sets.Yes}, {States: []coding.State{coding.StateOpen, coding.StateNoTheme}, Memo: sets.No}, {Themes: []coding.ThemeID{th}}} {
				if diff := cmp.Diff(tr.facets(f, b), b.Facets(f), cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("step %d, %s, filter %+v:\n%s", step, name, f, diff)
				}
			}
		})
	}
	sameMoments(t, store, boards, p)
	for _, name := range []string{"apply", "remove", "mark", "memo", "quote", "language", "undo", "redo", "import", "revise"} {
		if done[name] == 0 {
			t.Errorf("nothing was done by %s: %v", name, done)
		}
	}
}

// sameMoments holds when each answer was first judged against the store.
func sameMoments(t *testing.T, store *sqlstore.Store, boards *sets.Boards, p coding.ProjectID) {
	t.Helper()
	want := map[coding.AnswerID]int64{}
	note := func(a coding.AnswerID, at time.Time) {
		if us := at.UnixMicro(); want[a] == 0 || us < want[a] {
			want[a] = us
		}
	}
	err := store.View(t.Context(), func(r coding.Reader) error {
		for c, err := range r.EachCoding(t.Context(), p) {
			if err != nil {
				return err
			}
			note(c.Answer, c.At)
		}
		for m, err := range r.EachMark(t.Context(), p) {
			if err != nil {
				return err
			}
			note(m.Answer, m.At)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = boards.ReadMoments(t.Context(), p, func(b *sets.Board) error {
		got := map[coding.AnswerID]int64{}
		for _, id := range sets.IDs(b.All()) {
			if at := b.JudgedAt(id); at != 0 {
				got[id] = at
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("first judged\n%s", diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestLargeOnSQLite measures the first build of 100,000 respondents × 4 questions with a million codings from SQLite. It takes
// minutes to make them, so it runs only when AVOKOODI_LARGE is set; to a directory, it keeps the database there.
func TestLargeOnSQLite(t *testing.T) {
	dir := os.Getenv("AVOKOODI_LARGE")
	if dir == "" {
		t.Skip("AVOKOODI_LARGE is not set")
	}
	path := filepath.Join(dir, "large.db")
	_, err := os.Stat(path)
	fresh := err != nil
	store, err := sqlstore.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	if fresh {
		makeLarge(t, coding.NewService(store, nil))
	}
	boards := sets.New(store)
	before, start := heap(), time.Now()
	read(t, boards, 1, func(b *sets.Board) { t.Log("answers", b.All().GetCardinality(), "codings", b.Codings()) })
	t.Logf("first build %v, board %.1f MB", time.Since(start), float64(heap()-before)/1e6)
	var took []time.Duration
	for range 2000 {
		start := time.Now()
		read(t, boards, 1, func(*sets.Board) {})
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	t.Logf("read of an unchanged board: median %v, p95 %v", took[1000], took[1900])
}

func makeLarge(t *testing.T, service *coding.Service) {
	ctx := context.Background()
	start := time.Now()
	p := must(service.CreateProject(ctx, coding.Operator, coding.Project{Slug: "large", Name: themes.Same("Large")}))(t).ID
	who := must(service.AddPerson(ctx, coding.Operator, coding.NewPerson{Name: "anna", Password: "salasana-salasana", Role: coding.RoleLead}))(t).ID
	must(service.Import(ctx, p, who, file("large", 100_000, 4, 20), nil))(t)
	t.Logf("import %v", time.Since(start))
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		th := must(service.AddTheme(ctx, p, who, coding.Theme{Label: themes.Same(fmt.Sprint("Teema ", i))}))(t)
		var some []coding.AnswerID
		for id := coding.AnswerID(1); id <= 400_000; id++ {
			if rng.IntN(24) == 0 {
				some = append(some, id)
			}
		}
		must(service.ApplyTheme(ctx, p, who, coding.Apply{Answers: some, Theme: th.ID, Source: coding.ByRule, Rule: "x"}))(t)
	}
	t.Logf("import and codings %v", time.Since(start))
}
