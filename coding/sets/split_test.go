package sets_test

import (
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// TestSplit compares one pass with an intersection for each part, for few parts and for more than have room.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: rapid.IntRange(0, 40).Draw(t, "respondents"), Questions: 4,
			Rounds: 1, Blank: 0.2, Seed: rapid.Uint64().Draw(t, "seed")})
		read(t, sets.New(sv.Store), sv.Project.ID, func(b *sets.Board) {
			parts := make([]*roaring.Bitmap, rapid.SampledFrom([]int{0, 1, 3, 70, 300}).Draw(t, "parts"))
			for i := range parts {
				parts[i] = roaring.New()
			}
			for _, id := range sets.IDs(b.All()) {
				if len(parts) > 0 && rapid.IntRange(0, 4).Draw(t, "in any") > 0 {
					parts[rapid.IntRange(0, min(len(parts), 6)-1).Draw(t, "part")*len(parts)/7].Add(uint32(id))
				}
			}
			s := b.Splitter(parts)
			answers, people := make([]int, len(parts)), make([]int, len(parts))
			for range 3 {
				set := roaring.New()
				for _, id := range sets.IDs(b.All()) {
					if rapid.Bool().Draw(t, "in set") {
						set.Add(uint32(id))
					}
				}
				set.Add(99_999) // nobody's
				n := s.Split(set, answers, people)
				set.Remove(99_999)
				if want := int(b.RespondentsOf(set).GetCardinality()); n != want {
					t.Fatalf("%d respondents, want %d", n, want)
				}
				wantAnswers, wantPeople := make([]int, len(parts)), make([]int, len(parts))
				for i, part := range parts {
					inside := roaring.And(set, part)
					wantAnswers[i], wantPeople[i] = int(inside.GetCardinality()), int(b.RespondentsOf(inside).GetCardinality())
				}
				if diff := cmp.Diff([][]int{wantAnswers, wantPeople}, [][]int{answers, people}); diff != "" {
					t.Fatal(diff)
				}
			}
		})
	})
}

func TestCodingSets(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 40, Questions: 2, Themes: 3, Coders: 3, Codings: 90, Rounds: 1, Seed: 2})
	tr := readTruth(t, sv.Store, sv.Project.ID)
	read(t, sets.New(sv.Store), sv.Project.ID, func(b *sets.Board) {
		for _, th := range b.Tree().All() {
			for _, who := range []coding.PersonID{0, 1, 2, 9} {
				want, got := 0, 0
				for _, a := range tr.answers {
					codings, _ := tr.judgement(a.ID, who)
					for _, c := range codings {
						if c.Theme == th.ID {
							want++
						}
					}
				}
				for _, set := range b.CodingSets(th.ID, who) {
					got += int(set.GetCardinality())
				}
				if got != want || b.CodingsBy(th.ID, who, b.All()) != want {
					t.Errorf("theme %d by %d: %d and %d codings, want %d", th.ID, who, got, b.CodingsBy(th.ID, who, b.All()), want)
				}
			}
		}
	})
}
