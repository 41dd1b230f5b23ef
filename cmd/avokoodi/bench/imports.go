package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	_ "modernc.org/sqlite"
)

// importRuns is how often the import and its bare parts are measured; the middle one counts.
const importRuns = 3

// imports measures import from file to searchable project, by the program as it is shipped, beside the sum of the bare parts, of a
// file with one open question.
func (b *bench) imports(ctx context.Context) error {
	narrow, err := b.survey()
	if err != nil {
		return err
	}
	return b.importing(ctx, narrow, "big", 1, 600, importRuns)
}

// importsWide is imports of a file with four open questions.
func (b *bench) importsWide(ctx context.Context) error {
	wide, err := b.wideSurvey()
	if err != nil {
		return err
	}
	return b.importing(ctx, wide, "wide", wideQuestions, 700, 2)
}

// importing measures so many imports of a file with so many questions. The processor time of both sides is measured too, which
// other work on the machine changes less than the clock.
func (b *bench) importing(ctx context.Context, file, slug string, questions, most, runs int) error {
	var ours, raw, memory, oursCPU, rawCPU []float64
	for range runs {
		scratch, err := os.MkdirTemp(b.dir, "bare")
		if err != nil {
			return err
		}
		runtime.GC()
		before := processorTime()
		bare, err := b.bareParts(ctx, file, scratch, questions)
		if err != nil {
			return err
		}
		used := processorTime() - before
		os.RemoveAll(scratch)
		runtime.GC()
		took, state, err := b.bringIn(ctx, file, slug)
		if err != nil {
			return err
		}
		mine := (state.UserTime() + state.SystemTime()).Seconds()
		fmt.Printf("import %.2f s, bare %.2f s, ratio %.2f; processor time %.2f s, bare %.2f s, ratio %.2f; %.0f MiB; load %s\n", took, bare, took/bare, mine, used, mine/used, highest(state), load())
		ours, raw, memory = append(ours, took), append(raw, bare), append(memory, highest(state))
		oursCPU, rawCPU = append(oursCPU, mine), append(rawCPU, used)
	}
	what := fmt.Sprintf("%d × %d question", b.n, questions)
	if questions > 1 {
		what += "s"
	}
	b.put(row{Name: "import " + what + ", searchable", Value: median(ours), Unit: "s", Raw: median(raw), Of: "bare CSV + SQLite + Bleve", Goal: "ratio ≤ 1.5"})
	if median(rawCPU) > 0 {
		b.put(row{Name: "processor time of it", Value: median(oursCPU), Unit: "s", Raw: median(rawCPU), Of: "bare CSV + SQLite + Bleve"})
	}
	if m := median(memory); m > 0 {
		b.put(row{Name: "memory at its highest, import " + what, Value: m, Unit: "MiB", Goal: fmt.Sprintf("< %d", most)})
	}
	return nil
}

// bringIn imports a file into a new data directory by the program as it is shipped.
func (b *bench) bringIn(ctx context.Context, file, slug string) (seconds float64, state *os.ProcessState, err error) {
	bin, err := b.binary(ctx)
	if err != nil {
		return 0, nil, err
	}
	data := filepath.Join(b.dir, slug)
	os.RemoveAll(data)
	cmd := exec.CommandContext(ctx, bin, "import", file, "--project", slug, "--data", data, "--lang", "en")
	var said bytes.Buffer
	cmd.Stderr = &said
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, nil, fmt.Errorf("import: %w: %s", err, said.String())
	}
	return time.Since(start).Seconds(), cmd.ProcessState, nil
}

// project is a data directory with the imported project of one question, as imports leaves it.
func (b *bench) project(ctx context.Context) (string, error) {
	return b.imported(ctx, "big", b.survey)
}

func (b *bench) imported(ctx context.Context, slug string, survey func() (string, error)) (string, error) {
	data := filepath.Join(b.dir, slug)
	if _, err := os.Stat(data); err == nil {
		return data, nil
	}
	file, err := survey()
	if err == nil {
		_, _, err = b.bringIn(ctx, file, slug)
	}
	return data, err
}

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// bareParts is the seconds that reading the CSV, inserting the texts into SQLite and indexing them by Bleve take one after
// the other, each as fast as its library goes with the same durability.
func (b *bench) bareParts(ctx context.Context, file, dir string, questions int) (float64, error) {
	start := time.Now()
	var texts, langs []string
	people := 0
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	for {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return 0, err
		}
		people++
		for _, text := range rec[firstQuestion : firstQuestion+questions] {
			if strings.TrimSpace(text) != "" {
				texts, langs = append(texts, text), append(langs, rec[1])
			}
		}
	}
	read := time.Since(start)

	start = time.Now()
	if err := bareSQLite(ctx, filepath.Join(dir, "bare.db"), people, texts, langs); err != nil {
		return 0, err
	}
	insert := time.Since(start)

	start = time.Now()
	if err := bareBleve(filepath.Join(dir, "bare.bleve"), texts, langs); err != nil {
		return 0, err
	}
	index := time.Since(start)
	fmt.Printf("bare: CSV %.2f s, SQLite %.2f s, Bleve %.2f s\n", read.Seconds(), insert.Seconds(), index.Seconds())
	return (read + insert + index).Seconds(), nil
}

func bareSQLite(ctx context.Context, path string, respondents int, texts, langs []string) error {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "CREATE TABLE answers (id INTEGER PRIMARY KEY, lang TEXT, text TEXT); CREATE TABLE respondents (id INTEGER PRIMARY KEY, ext TEXT UNIQUE)"); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	answers, err := tx.PrepareContext(ctx, "INSERT INTO answers (lang, text) VALUES ($1, $2)")
	if err != nil {
		return err
	}
	people, err := tx.PrepareContext(ctx, "INSERT INTO respondents (ext) VALUES ($1)")
	if err != nil {
		return err
	}
	for i := range respondents {
		if _, err := people.ExecContext(ctx, strconv.Itoa(i)); err != nil {
			return err
		}
	}
	for i := range texts {
		if _, err := answers.ExecContext(ctx, langs[i], texts[i]); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// bareBleve indexes the texts with Bleve's own Finnish, Swedish and English analysers, with places for highlights.
func bareBleve(path string, texts, langs []string) error {
	m := bleve.NewIndexMapping()
	for l, analyzer := range map[string]string{"fi": fi.AnalyzerName, "sv": sv.AnalyzerName, "en": en.AnalyzerName} {
		doc := bleve.NewDocumentStaticMapping()
		body := bleve.NewTextFieldMapping()
		body.Analyzer, body.Store, body.IncludeTermVectors, body.IncludeInAll = analyzer, false, true, false
		doc.AddFieldMappingsAt("body", body)
		m.AddDocumentMapping(l, doc)
	}
	m.TypeField = "lang"
	ix, err := bleve.New(path, m)
	if err != nil {
		return err
	}
	batch := ix.NewBatch()
	for i, text := range texts {
		if err := batch.Index(strconv.Itoa(i), map[string]any{"lang": langs[i], "body": text}); err != nil {
			return err
		}
		if batch.Size() == 2000 {
			if err := ix.Batch(batch); err != nil {
				return err
			}
			batch = ix.NewBatch()
		}
	}
	if err := ix.Batch(batch); err != nil {
		return err
	}
	return ix.Close()
}
