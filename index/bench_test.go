package index

import (
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	bleveanalysis "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	bleveDocument "github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/registry"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/index/analysis"
)

const surveySize = 100_000

// survey is the answers to one question of a made-up survey of 100,000 respondents, from the shared generator.
var survey = sync.OnceValues(func() ([]coding.Answer, error) {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("avokoodi-survey-%d.csv", surveySize))
	if _, err := os.Stat(path); err != nil {
		part := fmt.Sprintf("%s.%d", path, os.Getpid())
		out, err := exec.Command("python3", "../../shared/tools/gen_survey.py", "-n", fmt.Sprint(surveySize), "-o", part).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("gen_survey: %w: %s", err, out)
		}
		if err := os.Rename(part, path); err != nil {
			return nil, err
		}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	column := slices.IndexFunc(head, func(h string) bool { return strings.HasPrefix(h, "q1") })
	var out []coding.Answer
	for row := 1; ; row++ {
		rec, err := r.Read()
		if err != nil {
			break
		}
		if strings.TrimSpace(rec[column]) != "" {
			out = append(out, coding.Answer{ID: coding.AnswerID(len(out) + 1), Question: 1, Round: 1, Respondent: coding.RespondentID(row), Import: 1,
				Language: coding.Lang(rec[1]), Text: rec[column]})
		}
	}
	return out, nil
})

func surveyOf(t testing.TB) []coding.Answer {
	t.Helper()
	answers, err := survey()
	if err != nil {
		needed.Missing(t, "%v", err)
	}
	return answers
}

// listed is a store of nothing but answers.
type listed struct {
	coding.Store
	answers []coding.Answer
}

type listedReader struct {
	coding.Reader
	answers []coding.Answer
}

func (s listed) View(_ context.Context, fn func(coding.Reader) error) error {
	return fn(listedReader{answers: s.answers})
}

func (r listedReader) EachAnswer(_ context.Context, _ coding.ProjectID, after coding.AnswerID, _ coding.ImportID) iter.Seq2[coding.Answer, error] {
	return func(yield func(coding.Answer, error) bool) {
		for _, a := range r.answers {
			if a.ID > after && !yield(a, nil) {
				return
			}
		}
	}
}

func (r listedReader) Answers(_ context.Context, _ coding.ProjectID, ids []coding.AnswerID) ([]coding.Answer, error) {
	var out []coding.Answer
	for _, id := range ids {
		out = append(out, r.answers[id-1])
	}
	return out, nil
}

func folderSize(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			if i, err := e.Info(); err == nil {
				n += i.Size()
			}
		}
		return nil
	})
	return n
}

// merged is the size of the index in one segment, which does not depend on when Bleve last merged.
func merged(t testing.TB, s *scorch.Scorch, dir string) int64 {
	t.Helper()
	if err := s.ForceMerge(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	size := folderSize(dir)
	for range 50 { // the old files go a little later
		time.Sleep(100 * time.Millisecond)
		now := folderSize(dir)
		if now == size && len(glob1(dir)) == 1 {
			break
		}
		size = now
	}
	return size
}

func glob1(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*.zap"))
	return files
}

func stockAnalyzers(t testing.TB) map[coding.Lang]bleveanalysis.Analyzer {
	c := registry.NewCache()
	out := map[coding.Lang]bleveanalysis.Analyzer{}
	for l, name := range map[coding.Lang]string{"fi": fi.AnalyzerName, "sv": sv.AnalyzerName, "en": en.AnalyzerName} {
		a, err := c.AnalyzerNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		out[l] = a
	}
	return out
}

// bare indexes answers as one would with Bleve alone: the stock analyser of the language, not stored, with term vectors
// for highlights, and the same keywords. It returns the time and the size.
func bare(t testing.TB, dir string, answers []coding.Answer) (time.Duration, int64) {
	stock := stockAnalyzers(t)
	ix, err := bleve.NewUsing(dir, bleve.NewIndexMapping(), scorch.Name, scorch.Name, map[string]any{"unsafe_batch": false})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for batch := range slices.Chunk(answers, batchAnswers) {
		b := ix.NewBatch()
		for _, a := range batch {
			d := bleveDocument.NewDocument(docID(a.ID))
			d.AddField(bleveDocument.NewTextFieldCustom("body_"+string(a.Language), nil, []byte(a.Text), bleveapi.IndexField|bleveapi.IncludeTermVectors, stock[a.Language]))
			for name, value := range map[string]string{"question": "1", "round": "1", "language": string(a.Language)} {
				d.AddField(bleveDocument.NewTextFieldCustom(name, nil, []byte(value), bleveapi.IndexField|bleveapi.DocValues|bleveapi.SkipFreqNorm, nil))
			}
			if err := b.IndexAdvanced(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := ix.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	took := time.Since(began)
	inner, err := ix.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	size := merged(t, inner.(*scorch.Scorch), filepath.Join(dir, "store"))
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	return took, size
}

// own indexes answers as a rebuild does, from learning the words on. It returns the time that took.
func own(t testing.TB, dir string, engine *analysis.Engine, answers []coding.Answer) (*generation, time.Duration) {
	ctx := context.Background()
	store := listed{answers: answers}
	p := newProject(&Index{store: store, engine: func() *analysis.Engine { return engine }}, 1)
	began := time.Now()
	g, err := p.begin(ctx, dir, []coding.Import{{ID: 1, Answers: len(answers)}})
	if err == nil {
		err = g.feed(ctx, store, 1, 0, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g, time.Since(began)
}

// systemEngine is the analysers with the system's dictionary, if there is one.
var systemEngine = sync.OnceValue(func() *analysis.Engine { return analysis.New(analysis.Options{}) })

// BenchmarkIndexing measures our indexing and, in the same run, Bleve's own.
func BenchmarkIndexing(b *testing.B) {
	answers := surveyOf(b)
	for name, engine := range map[string]*analysis.Engine{"dictionary": systemEngine(), "rules": testEngine()} {
		b.Run(name, func(b *testing.B) { benchmarkIndexing(b, engine, answers) })
	}
}

func benchmarkIndexing(b *testing.B, engine *analysis.Engine, answers []coding.Answer) {
	var ours, theirs []float64
	var size, bareSize int64
	for b.Loop() {
		took, n := bare(b, filepath.Join(b.TempDir(), "bare"), answers)
		theirs, bareSize = append(theirs, took.Seconds()), n
		dir := filepath.Join(b.TempDir(), "own")
		g, took := own(b, dir, engine, answers)
		ours = append(ours, took.Seconds())
		size = merged(b, g.bleve, dir)
		g.close()
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	us, them := ours[len(ours)/2], theirs[len(theirs)/2]
	b.ReportMetric(float64(len(answers))/us, "answers/s")
	b.ReportMetric(float64(len(answers))/them, "bare-answers/s")
	b.ReportMetric(them/us, "of-bare-throughput")
	b.ReportMetric(float64(size)/float64(bareSize), "of-bare-size")
	b.ReportMetric(float64(size)/1e6, "MB")
}
