package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/index"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
	"avokoodi/ui/ask"
)

// found is what a search is timed on: the project's store, bitmaps and index as the server has them.
type found struct {
	store   *sqlstore.Store
	index   *index.Index
	ask     ask.Project
	answers []coding.Answer // a thousand of them
}

// find opens the large project.
func (b *bench) find(ctx context.Context) (*found, func(), error) {
	data, err := b.project(ctx)
	if err != nil {
		return nil, nil, err
	}
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return nil, nil, err
	}
	ix, err := index.Open(filepath.Join(data, "index"), store, index.Config{})
	if err != nil {
		store.Close()
		return nil, nil, err
	}
	done := func() { ix.Close(); store.Close() }
	got, err := coding.NewService(store, nil).Open(ctx, coding.Operator, "big")
	if err != nil {
		done()
		return nil, nil, err
	}
	p := got.Project.ID
	f := &found{store: store, index: ix, ask: ask.Project{Boards: sets.New(store), Index: ix, ID: p}}
	err = store.View(ctx, func(r coding.Reader) error {
		n := 0
		for a, err := range r.EachAnswer(ctx, p, 0, 0) {
			if err != nil {
				return err
			}
			if n++; n%(b.n/1000+1) == 0 {
				f.answers = append(f.answers, a)
			}
		}
		return nil
	})
	if err == nil {
		err = ix.Sync(ctx, p)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return f, done, nil
}

// search measures what lies between a query and its hits: parsing, matching, ranking, the texts of the best twenty with
// their places, and for one row the counts of every facet over what was found. Every query of a row is another one.
func (b *bench) search(ctx context.Context) error {
	f, done, err := b.find(ctx)
	if err != nil {
		return err
	}
	defer done()
	words, pairs := vocabulary(f.answers)
	rnd := rand.New(rand.NewPCG(1, 2))
	word := func() string { return words[rnd.IntN(len(words))] }
	kinds := []struct {
		name, goal string
		query      func() string
		facets     bool
	}{
		{"search, one or two words", "p50 ≤ 10, p99 ≤ 60", func() string { return strings.Join([]string{word(), word()}[:1+rnd.IntN(2)], " ") }, false},
		{"search, phrase", "p50 ≤ 10, p99 ≤ 60", func() string { return `"` + pairs[rnd.IntN(len(pairs))] + `"` }, false},
		{"search, fuzzy", "p50 ≤ 10, p99 ≤ 60", func() string { return typo(rnd, word()) + "~" }, false},
		{"search, boolean with facets", "p50 ≤ 10, p99 ≤ 60", func() string {
			return "(" + word() + " OR " + word() + ") -" + word() + " language:" + []string{"fi", "sv", "en"}[rnd.IntN(3)]
		}, true},
		{"search, prefix of two letters", "p99 ≤ 150", func() string { return string([]rune(word())[:2]) + "*" }, false},
	}
	for _, k := range kinds {
		var times []time.Duration
		for range 300 {
			text := k.query()
			start := time.Now()
			if err := f.once(ctx, text, k.facets); err != nil {
				return fmt.Errorf("%s: %w", text, err)
			}
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		b.put(row{Name: k.name + ", p50", Value: percentile(times, .5), Unit: "ms", Goal: k.goal})
		b.put(row{Name: k.name + ", p99", Value: percentile(times, .99), Unit: "ms"})
	}
	return b.visible(ctx, f)
}

func (f *found) once(ctx context.Context, text string, facets bool) error {
	q, err := f.ask.Parse(ctx, text)
	if err != nil {
		return err
	}
	if _, err := f.ask.Search(ctx, q, 20); err != nil || !facets {
		return err
	}
	set, err := f.ask.Matching(ctx, q)
	if err != nil {
		return err
	}
	return f.ask.Boards.Read(ctx, f.ask.ID, func(board *sets.Board) error {
		board.Facets(sets.Filter{Within: set})
		return nil
	})
}

// visible measures how long after a change has been acknowledged the index has it. The change: a Finnish answer is declared
// English, and so is no longer found by the base form of a word that it has inflected.
func (b *bench) visible(ctx context.Context, f *found) error {
	svc := coding.NewService(f.store, nil)
	finnish := analysis.New(analysis.Options{}).For(analysis.Finnish)
	var times []time.Duration
	for _, a := range f.answers {
		if a.Language != "fi" || len(times) == 20 {
			continue
		}
		q, err := f.inflected(ctx, finnish, a)
		if err != nil {
			return err
		}
		if q == nil {
			continue
		}
		if _, err := svc.CorrectLanguage(ctx, f.ask.ID, coding.Operator, []coding.AnswerID{a.ID}, "en"); err != nil {
			return err
		}
		start := time.Now()
		for found := true; found; time.Sleep(time.Millisecond) {
			if found, err = f.finds(ctx, q, a.ID); err != nil {
				return err
			}
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.put(row{Name: fmt.Sprintf("an edit is in the index, longest of %d", len(times)), Value: percentile(times, 1), Unit: "ms", Goal: "≤ 500"})
	return nil
}

// inflected is a query for the base form of a word of the answer that finds it and does not stand in it; nil if there is none.
func (f *found) inflected(ctx context.Context, finnish analysis.Analyzer, a coding.Answer) (*query.Query, error) {
	text := strings.ToLower(a.Text)
	for _, t := range finnish.Index(a.Text) {
		base := t.Terms[0].Text
		if t.Source != analysis.FromDictionary || len(base) < 5 || strings.Contains(text, base) {
			continue
		}
		q, err := f.ask.Parse(ctx, base)
		if err != nil {
			return nil, err
		}
		if found, err := f.finds(ctx, q, a.ID); found || err != nil {
			return q, err
		}
	}
	return nil, nil
}

func (f *found) finds(ctx context.Context, q *query.Query, id coding.AnswerID) (bool, error) {
	res, err := f.index.Search(ctx, f.ask.ID, q, index.Options{Limit: 1, Fields: f.ask, Within: roaring.BitmapOf(uint32(id))})
	return res.Total == 1, err
}

// vocabulary is the words of the texts, each once, and pairs of neighbours.
func vocabulary(answers []coding.Answer) (words, pairs []string) {
	seen := map[string]bool{}
	for _, a := range answers {
		fields := strings.FieldsFunc(strings.ToLower(a.Text), func(r rune) bool { return !unicode.IsLetter(r) })
		for i, w := range fields {
			if len([]rune(w)) > 3 && !seen[w] {
				seen[w] = true
				words = append(words, w)
			}
			if i > 0 && i%7 == 0 {
				pairs = append(pairs, fields[i-1]+" "+w)
			}
		}
	}
	return words, pairs
}

// typo swaps two letters within a word.
func typo(rnd *rand.Rand, word string) string {
	letters := []rune(word)
	i := 1 + rnd.IntN(len(letters)-2)
	letters[i], letters[i+1] = letters[i+1], letters[i]
	return string(letters)
}

// language and indexing run the measurements that live beside the code they measure.

var metric = regexp.MustCompile(`([0-9.]+) (\S+)`)

// indexing compares the speed and size of the index with Bleve's own analysers in the same run.
func (b *bench) indexing(ctx context.Context) error {
	out, err := b.goTest(ctx, "./index", "-run", "^$", "-bench", "^BenchmarkIndexing$", "-benchtime", "3x")
	if err != nil {
		return err
	}
	for line := range strings.Lines(out) {
		name, rest, ok := strings.Cut(strings.TrimSpace(line), "\t")
		name, is := strings.CutPrefix(name, "BenchmarkIndexing/")
		if !ok || !is {
			continue
		}
		name, _, _ = strings.Cut(name, "-")
		for _, m := range metric.FindAllStringSubmatch(rest, -1) {
			v, err := strconv.ParseFloat(m[1], 64)
			if err != nil {
				return err
			}
			switch m[2] {
			case "of-bare-throughput":
				b.put(row{Name: "indexing against bare Bleve, " + name, Value: v, Unit: "×", Goal: "≥ 0.75"})
			case "of-bare-size":
				b.put(row{Name: "index size against bare Bleve, " + name, Value: v, Unit: "×", Goal: "≤ 1.4"})
			}
		}
	}
	return nil
}

// language prints the quality of the analysis and of the language detection over the public data beside the project.
func (b *bench) language(ctx context.Context) error {
	out, err := b.goTest(ctx, "./index/analysis/...", "-run", "Figures", "-v", "-count=1")
	in := bufio.NewScanner(strings.NewReader(out))
	for in.Scan() {
		if line := in.Text(); strings.Contains(line, "_test.go:") || strings.Contains(line, "=== RUN") {
			if _, rest, ok := strings.Cut(line, ".go:"); ok {
				_, rest, _ = strings.Cut(rest, ": ")
				line = "    " + rest
			}
			fmt.Println(strings.TrimPrefix(line, "=== RUN   "))
		}
	}
	return err
}

func (b *bench) goTest(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test"}, args...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("go test %s: %w\n%s", strings.Join(args, " "), err, out.String())
	}
	return out.String(), nil
}
