package report_test

import (
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// BenchmarkPairs counts 60 × 60 themes named together over the same survey, with lift and disclosure control. Bare is the 1,770
// intersections of the same respondents as Roaring bitmaps.
func BenchmarkPairs(b *testing.B) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Large())
	err := sets.New(sv.Store).Read(b.Context(), sv.Project.ID, func(board *sets.Board) error {
		b.Run("pairs", func(b *testing.B) {
			for b.Loop() {
				if _, err := report.PairsOn(board, report.Request{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		var people []*roaring.Bitmap
		for _, th := range board.Tree().All() {
			people = append(people, board.RespondentsOf(board.Theme(th.ID)))
		}
		b.Run("bare-intersections", func(b *testing.B) {
			for b.Loop() {
				for i, x := range people {
					for _, y := range people[i+1:] {
						x.AndCardinality(y)
					}
				}
			}
		})
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCrosstab counts 60 themes × 20 categories over 100,000 respondents, 400,000 answers and a million codings. Bare
// is the same intersections without names, shares and disclosure control.
func BenchmarkCrosstab(b *testing.B) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Large())
	boards := sets.New(sv.Store)
	err := boards.Read(b.Context(), sv.Project.ID, func(board *sets.Board) error {
		for _, unit := range []report.Unit{report.Respondents, report.Answers, report.Codings} {
			for _, by := range []string{"", "v1", "question"} {
				b.Run(string(unit)+"/"+by, func(b *testing.B) {
					for b.Loop() {
						if _, err := report.CountOn(board, report.Request{Unit: unit, By: by}); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
		b.Run("tested", func(b *testing.B) {
			for b.Loop() {
				t, err := report.CountOn(board, report.Request{By: "v1"})
				if err != nil {
					b.Fatal(err)
				}
				t.Tests()
			}
		})
		b.Run("bare", func(b *testing.B) {
			v := board.Variables()[0]
			for b.Loop() {
				for _, th := range board.Tree().All() {
					people := board.RespondentsOf(board.Themes([]coding.ThemeID{th.ID}))
					for _, c := range v.Categories {
						people.AndCardinality(board.Members(c.ID))
					}
				}
			}
		})
		people := map[coding.ThemeID]*roaring.Bitmap{}
		for _, th := range board.Tree().All() {
			people[th.ID] = board.RespondentsOf(board.Theme(th.ID))
		}
		b.Run("bare-intersections", func(b *testing.B) {
			for b.Loop() {
				for _, th := range board.Tree().All() {
					for _, c := range board.Variables()[0].Categories {
						people[th.ID].AndCardinality(board.Members(c.ID))
					}
				}
			}
		})
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
