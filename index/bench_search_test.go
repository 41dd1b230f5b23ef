package index

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/index/query"
)

// surveyIndex is an Index with the whole survey, made once.
var surveyIndex = sync.OnceValues(func() (*Index, error) {
	answers, err := survey()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(surveyDir, "own")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	g, err := createGeneration(dir, newWords(systemEngine(), learnt{}))
	if err != nil {
		return nil, err
	}
	if err := g.feed(context.Background(), listed{answers: answers}, 1, 0, nil); err != nil {
		return nil, err
	}
	x := &Index{store: listed{answers: answers}, log: slog.New(slog.DiscardHandler), projects: map[coding.ProjectID]*project{}}
	x.ctx, x.cancel = context.WithCancel(context.Background())
	x.projects[1] = newProject(x, 1)
	x.projects[1].gen = g
	time.Sleep(2 * time.Second) // merging
	return x, nil
})

var surveyDir string

// someOfField answers every field with a third of the answers.
type someOfField struct{ set *roaring.Bitmap }

func (s someOfField) Resolve(context.Context, *query.Field, query.Value) (*roaring.Bitmap, bool, error) {
	return s.set, true, nil
}

// queriesOf makes n queries of a kind from the survey's own words.
func queriesOf(kind string, n int, answers []coding.Answer) []string {
	dice := rand.New(rand.NewPCG(1, 2))
	words := func() []string {
		for {
			w := strings.FieldsFunc(answers[dice.IntN(len(answers))].Text, func(r rune) bool { return strings.ContainsRune(" .,!?;:()\"'-–/\n*~", r) })
			if len(w) > 6 {
				return w
			}
		}
	}
	word := func(least int) string {
		for {
			w := words()
			if s := w[dice.IntN(len(w))]; utf8.RuneCountInString(s) >= least && !slices.Contains([]string{"OR", "NOT", "TAI"}, s) {
				return s
			}
		}
	}
	out := make([]string, n)
	for i := range out {
		switch kind {
		case "word":
			out[i] = word(2)
		case "words":
			out[i] = word(3) + " " + word(3)
		case "phrase":
			w := words()
			at := dice.IntN(len(w) - 3)
			out[i] = `"` + strings.Join(w[at:at+2+dice.IntN(2)], " ") + `"`
		case "inflected phrase":
			w := words()
			at := dice.IntN(len(w) - 3)
			out[i] = `"` + strings.Join(w[at:at+2], " ") + `"~`
		case "fuzzy":
			r := []rune(word(5))
			at := 1 + dice.IntN(len(r)-2)
			r[at] = 'x'
			out[i] = string(r) + "~"
		case "boolean":
			out[i] = fmt.Sprintf("(%s OR %s) %s -%s theme:a language:fi", word(3), word(3), word(3), word(4))
		case "two-letter prefix":
			out[i] = string([]rune(word(3))[:2]) + "*"
		}
	}
	return out
}

var searchKinds = []string{"word", "words", "phrase", "inflected phrase", "fuzzy", "boolean", "two-letter prefix"}

func BenchmarkSearch(b *testing.B) {
	if surveyDir == "" {
		surveyDir = b.TempDir()
	}
	answers := surveyOf(b)
	x, err := surveyIndex()
	if err != nil {
		b.Fatal(err)
	}
	third := roaring.New()
	for _, a := range answers {
		if a.ID%3 == 0 {
			third.Add(uint32(a.ID))
		}
	}
	ctx := context.Background()
	for _, kind := range searchKinds {
		var queries []*query.Query
		for _, text := range queriesOf(kind, 400, answers) {
			if q, err := query.Parse(text, nil); err == nil {
				queries = append(queries, q)
			}
		}
		for _, what := range []string{"Search", "Matching"} {
			b.Run(what+"/"+kind, func(b *testing.B) {
				var took []time.Duration
				hits, i := 0, 0
				for b.Loop() {
					q := queries[i%len(queries)]
					i++
					began := time.Now()
					if what == "Search" {
						res, err := x.Search(ctx, 1, q, Options{Fields: someOfField{third}})
						if err != nil {
							b.Fatal(err)
						}
						hits += res.Total
					} else {
						set, err := x.Matching(ctx, 1, q, someOfField{third})
						if err != nil {
							b.Fatal(err)
						}
						hits += int(set.GetCardinality())
					}
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				ms := func(p float64) float64 { return float64(took[int(float64(len(took)-1)*p)].Microseconds()) / 1000 }
				b.ReportMetric(ms(0.5), "p50-ms")
				b.ReportMetric(ms(0.99), "p99-ms")
				b.ReportMetric(float64(hits)/float64(len(took)), "hits")
			})
		}
	}
}
