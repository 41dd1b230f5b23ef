package sets_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// large is 100,000 respondents × 4 questions with a million codings, made once.
var large = sync.OnceValue(func() *setstest.Survey { return setstest.NewSurvey(setstest.NewStore(), setstest.Large()) })

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestMemory holds the board of the large survey to 60 MB.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("a million codings")
	}
	sv := large()
	before := heap()
	boards := sets.New(sv.Store)
	start := time.Now()
	read(t, boards, sv.Project.ID, func(b *sets.Board) { t.Log("codings", b.Codings(), "answers", b.All().GetCardinality()) })
	took := time.Since(start)
	used := float64(heap()-before) / 1e6
	t.Logf("board %.1f MB, built in %v (store in memory)", used, took)
	if used > 60 {
		t.Errorf("board takes %.1f MB", used)
	}
	runtime.KeepAlive(boards)
}

func BenchmarkBuild(b *testing.B) {
	sv := large()
	for b.Loop() {
		read(b, sets.New(sv.Store), sv.Project.ID, func(*sets.Board) {})
	}
}

func filters(b *sets.Board) map[string]sets.Filter {
	v := b.Variables()
	all := b.Tree().All()
	return map[string]sets.Filter{
		"none":  {},
		"state": {States: []coding.State{coding.StateOpen}},
		"theme": {Themes: []coding.ThemeID{all[0].ID, all[7].ID}, NoThemes: []coding.ThemeID{all[2].ID}},
		"everything": {
			Questions: []coding.QuestionID{b.Questions()[0].ID, b.Questions()[1].ID}, Rounds: []coding.RoundID{b.Rounds()[0].ID},
			Languages: []coding.Lang{"fi", "sv"}, States: []coding.State{coding.StateCoded}, Themes: []coding.ThemeID{all[0].ID, all[1].ID, all[2].ID},
			Categories: map[coding.VariableID][]coding.CategoryID{
				v[0].ID: {v[0].Categories[0].ID, v[0].Categories[1].ID}, v[1].ID: {v[1].Categories[0].ID}, v[2].ID: {0, v[2].Categories[3].ID},
			},
			Coders: []coding.PersonID{1, 2}, Memo: sets.No, Quote: sets.No, Mixed: sets.No, Unsure: sets.No,
		},
		"blind": {By: 2, States: []coding.State{coding.StateOpen}},
	}
}

func BenchmarkFacets(b *testing.B) {
	sv := large()
	boards := sets.New(sv.Store)
	read(b, boards, sv.Project.ID, func(board *sets.Board) {
		for name, f := range filters(board) {
			b.Run(name, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					start := time.Now()
					board.Facets(f)
					took = append(took, time.Since(start))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
	})
}

func BenchmarkAnswers(b *testing.B) {
	sv := large()
	read(b, sets.New(sv.Store), sv.Project.ID, func(board *sets.Board) {
		for name, f := range filters(board) {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					sets.At(board.Answers(f), 500, 50)
				}
			})
		}
	})
}

func BenchmarkReadUnchanged(b *testing.B) {
	sv := large()
	boards := sets.New(sv.Store)
	read(b, boards, sv.Project.ID, func(*sets.Board) {})
	for b.Loop() {
		read(b, boards, sv.Project.ID, func(*sets.Board) {})
	}
}

func BenchmarkFollowOneChange(b *testing.B) {
	sv := large()
	boards := sets.New(sv.Store)
	read(b, boards, sv.Project.ID, func(*sets.Board) {})
	step := 0
	for b.Loop() {
		err := sv.Store.Update(b.Context(), func(tx coding.Tx) error {
			st, _ := tx.Begin(b.Context(), sv.Project.ID, 1, coding.OpQuote, fmt.Sprint(step), 0)
			step++
			p, _ := tx.ProjectByID(b.Context(), sv.Project.ID)
			_ = p
			_, err := tx.Put(b.Context(), st, nil, coding.Quote{Answer: coding.AnswerID(step%1000 + 1)})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		read(b, boards, sv.Project.ID, func(*sets.Board) {})
	}
}

func BenchmarkRespondentsOf(b *testing.B) {
	sv := large()
	read(b, sets.New(sv.Store), sv.Project.ID, func(board *sets.Board) {
		for b.Loop() {
			board.RespondentsOf(board.All())
		}
	})
}
