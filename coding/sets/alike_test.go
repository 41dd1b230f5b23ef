package sets_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// TestAlike holds the groups against answers compared one with another by their texts, before and after an import.
func TestAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		survey := setstest.NewSurvey(setstest.NewStore(), small(t))
		boards := sets.New(survey.Store)
		p := survey.Project.ID
		check := func() {
			truth := readTruth(t, survey.Store, p)
			read(t, boards, p, func(b *sets.Board) {
				f := drawFilter(t, b)
				in := map[coding.AnswerID]bool{}
				for _, id := range sets.IDs(b.Answers(f)) {
					in[id] = true
				}
				want := map[coding.AnswerID][]coding.AnswerID{}
				var leads []coding.AnswerID
				for _, a := range truth.answers {
					for _, other := range truth.answers {
						if in[other.ID] && a.Question == other.Question && coding.Folded(a.Text) == coding.Folded(other.Text) {
							want[a.ID] = append(want[a.ID], other.ID)
						}
					}
					if in[a.ID] && want[a.ID][0] == a.ID {
						leads = append(leads, a.ID)
					}
					if got := b.LengthOf(a.ID); got != len([]rune(a.Text)) {
						t.Fatalf("answer %d has length %d", a.ID, got)
					}
				}
				set := b.Answers(f)
				for _, a := range truth.answers {
					if diff := cmp.Diff(want[a.ID], b.Alike(set, a.ID)); diff != "" {
						t.Fatalf("alike %d: %s", a.ID, diff)
					}
				}
				if got := sets.IDs(b.Leads(set)); !slices.Equal(got, leads) {
					t.Fatalf("leads %v, want %v", got, leads)
				}
				if !set.Equals(b.Answers(f)) {
					t.Fatal("Leads changed the set")
				}
				for _, a := range truth.answers {
					others := 0
					for _, other := range truth.answers {
						if a.Question == other.Question && coding.Folded(a.Text) == coding.Folded(other.Text) {
							others++
						}
					}
					if b.Repeated().Contains(uint32(a.ID)) != (others > 1) {
						t.Fatalf("answer %d is given by %d", a.ID, others)
					}
					if b.EmptyTalk().Contains(uint32(a.ID)) != (coding.Folded(a.Text) == "-") {
						t.Fatalf("answer %d (%s) as empty talk", a.ID, a.Text)
					}
				}
			})
		}
		check()
		survey.AddImport(rapid.IntRange(1, 20).Draw(t, "more"))
		check()
	})
}
