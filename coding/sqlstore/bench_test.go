package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"avokoodi/coding"
)

// The benchmarks come in pairs: what the store does, and what the bare driver needs for the least that must be written.

// sample is a project of respondents with one answer each.
type sample struct {
	project coding.ProjectID
	themes  []coding.ThemeID
	answers []coding.AnswerID
}

// words makes texts of about 40 words.
func words(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	vocabulary := strings.Fields("palvelu toimii hyvin mutta henkilökunnan määrä on liian pieni ja jonot pitkät " +
		"kirjaston aukioloaikoja voisi pidentää iltaisin koska työssäkäyvät eivät ehdi paikalle päivällä kiitos")
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for range 20 + r.IntN(40) {
			b.WriteString(vocabulary[r.IntN(len(vocabulary))])
			b.WriteByte(' ')
		}
		out[i] = b.String()
	}
	return out
}

func fill(tb testing.TB, s *Store, slug string, texts []string) sample {
	tb.Helper()
	ctx := tb.Context()
	var out sample
	err := s.Update(ctx, func(tx coding.Tx) error {
		p, err := tx.CreateProject(ctx, coding.Project{Slug: slug})
		if err != nil {
			return err
		}
		out.project = p.ID
		st, err := tx.Begin(ctx, p.ID, 1, coding.OpImport, "", 0)
		if err != nil {
			return err
		}
		put := func(e any) int64 {
			id, err := tx.Put(ctx, st, nil, e)
			if err != nil {
				tb.Fatal(err)
			}
			return id
		}
		round := coding.RoundID(put(coding.Round{Key: "r"}))
		question := coding.QuestionID(put(coding.Question{Key: "q"}))
		imp := coding.ImportID(put(coding.Import{Round: round, SHA256: slug}))
		for i := range 20 {
			out.themes = append(out.themes, coding.ThemeID(put(coding.Theme{Key: fmt.Sprint("t", i)})))
		}
		rs := make([]coding.Respondent, len(texts))
		for i := range rs {
			rs[i] = coding.Respondent{Round: round, Import: imp, External: fmt.Sprintf("R%06d", i)}
		}
		if err := tx.AddRespondents(ctx, p.ID, rs); err != nil {
			return err
		}
		as := make([]coding.Answer, len(texts))
		for i := range as {
			as[i] = coding.Answer{Question: question, Round: round, Respondent: rs[i].ID, Import: imp, Language: "fi", Text: texts[i]}
		}
		if err := tx.AddAnswers(ctx, p.ID, as); err != nil {
			return err
		}
		for _, a := range as {
			out.answers = append(out.answers, a.ID)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func apply(ctx context.Context, s *Store, p coding.ProjectID, c coding.Coding) error {
	return s.Update(ctx, func(tx coding.Tx) error {
		st, err := tx.Begin(ctx, p, c.Coder, coding.OpApply, "", 0)
		if err != nil {
			return err
		}
		c.At = st.At
		_, err = tx.Put(ctx, st, nil, c)
		return err
	})
}

// timed reports percentiles of the durations.
func timed(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

func BenchmarkApplyAlone(b *testing.B) {
	s := open(b)
	data := fill(b, s, "p", words(20_000))
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		c := coding.Coding{Answer: data.answers[(i*7919)%len(data.answers)], Theme: data.themes[i/len(data.answers)%20], Coder: 1, Source: coding.ByPerson}
		if err := apply(b.Context(), s, data.project, c); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		i++
	}
	timed(b, took)
}

func BenchmarkApply50(b *testing.B) {
	s := open(b)
	data := fill(b, s, "p", words(20_000))
	var next atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	b.ResetTimer()
	var wg sync.WaitGroup
	for coder := range 50 {
		wg.Go(func() {
			var mine []time.Duration
			for {
				i := int(next.Add(1))
				if i > b.N {
					break
				}
				start := time.Now()
				c := coding.Coding{Answer: data.answers[(i*7919)%len(data.answers)], Theme: data.themes[i/len(data.answers)%20],
					Coder: coding.PersonID(coder + 1), Source: coding.ByPerson}
				if err := apply(b.Context(), s, data.project, c); err != nil {
					b.Error(err)
					return
				}
				mine = append(mine, time.Since(start))
			}
			mu.Lock()
			took = append(took, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
	timed(b, took)
}

// bare is a database with one table and the pragmas of the store.
func bare(tb testing.TB, schema string) *sql.Conn {
	tb.Helper()
	db, err := sql.Open(driverName, dsn(filepath.Join(tb.TempDir(), "bare.db"), "cache_size(-16384)"))
	if err != nil {
		tb.Fatal(err)
	}
	c, err := db.Conn(tb.Context())
	if err == nil {
		_, err = c.ExecContext(tb.Context(), schema)
	}
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _, _ = c.Close(), db.Close() })
	return c
}

// BenchmarkBareCommit is the limit of BenchmarkApplyAlone: one row, one commit.
func BenchmarkBareCommit(b *testing.B) {
	c := bare(b, "CREATE TABLE codings (id INTEGER PRIMARY KEY, answer_id, theme_id, coder_id, at)")
	st, err := c.PrepareContext(b.Context(), "INSERT INTO codings (answer_id, theme_id, coder_id, at) VALUES ($1, $2, $3, $4)")
	if err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := st.Exec(1, 2, 3, start.UnixMicro()); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	timed(b, took)
}

const imported = 100_000

func BenchmarkImport(b *testing.B) {
	texts := words(imported)
	for b.Loop() {
		s := open(b)
		fill(b, s, "p", texts)
	}
	b.ReportMetric(float64(imported)*float64(b.N)/b.Elapsed().Seconds(), "respondents/s")
}

// BenchmarkBareImport is the limit of BenchmarkImport: the same rows into two tables with the keys that they cannot do
// without, by prepared statements of one row, in one transaction.
func BenchmarkBareImport(b *testing.B) {
	texts := words(imported)
	ctx := b.Context()
	for b.Loop() {
		c := bare(b, `CREATE TABLE respondents (id INTEGER PRIMARY KEY, round_id INTEGER, external TEXT, number INTEGER, UNIQUE (round_id, external));
			CREATE TABLE answers (id INTEGER PRIMARY KEY, respondent_id INTEGER, question_id INTEGER, language TEXT, body TEXT, UNIQUE (respondent_id, question_id))`)
		tx, err := c.BeginTx(ctx, nil)
		if err != nil {
			b.Fatal(err)
		}
		respondent, err := tx.Prepare("INSERT INTO respondents (id, round_id, external, number) VALUES ($1, $2, $3, $4)")
		if err != nil {
			b.Fatal(err)
		}
		answer, err := tx.Prepare("INSERT INTO answers (id, respondent_id, question_id, language, body) VALUES ($1, $2, $3, $4, $5)")
		if err != nil {
			b.Fatal(err)
		}
		for i := range texts {
			if _, err := respondent.Exec(i+1, 1, fmt.Sprintf("R%06d", i), i+1); err != nil {
				b.Fatal(err)
			}
		}
		for i, text := range texts {
			if _, err := answer.Exec(i+1, i+1, 1, "fi", text); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(imported)*float64(b.N)/b.Elapsed().Seconds(), "respondents/s")
}

func BenchmarkReadPage(b *testing.B) {
	s := open(b)
	data := fill(b, s, "p", words(imported))
	for i := range 2000 {
		if err := apply(b.Context(), s, data.project, coding.Coding{Answer: data.answers[i], Theme: data.themes[i%20], Coder: 1}); err != nil {
			b.Fatal(err)
		}
	}
	ctx := b.Context()
	i := 0
	for b.Loop() {
		err := s.View(ctx, func(r coding.Reader) error {
			ids := data.answers[i%1000 : i%1000+50]
			i++
			if _, err := r.Answers(ctx, data.project, ids); err != nil {
				return err
			}
			_, err := r.CodingsOf(ctx, data.project, ids)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStream(b *testing.B) {
	s := open(b)
	data := fill(b, s, "p", words(imported))
	ctx := b.Context()
	for _, part := range []struct {
		name string
		read func(coding.Reader) int
	}{
		{"answers", func(r coding.Reader) (n int) {
			for range r.EachAnswer(ctx, data.project, 0, 0) {
				n++
			}
			return n
		}},
		{"heads", func(r coding.Reader) (n int) {
			for range r.EachAnswerHead(ctx, data.project, 0) {
				n++
			}
			return n
		}},
	} {
		b.Run(part.name, func(b *testing.B) {
			for b.Loop() {
				err := s.View(ctx, func(r coding.Reader) error {
					if n := part.read(r); n != imported {
						return fmt.Errorf("%d answers", n)
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRule applies a theme to 20,000 answers in one step.
func BenchmarkRule(b *testing.B) {
	s := open(b)
	data := fill(b, s, "p", words(20_000))
	ctx := b.Context()
	coder := coding.PersonID(0)
	for b.Loop() {
		coder++
		err := s.Update(ctx, func(tx coding.Tx) error {
			st, err := tx.Begin(ctx, data.project, coder, coding.OpRule, "", 0)
			if err != nil {
				return err
			}
			for _, a := range data.answers {
				if _, err := tx.Put(ctx, st, nil, coding.Coding{Answer: a, Theme: data.themes[0], Coder: coder, Source: coding.ByRule, At: st.At}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(20_000*float64(b.N)/b.Elapsed().Seconds(), "puts/s")
}

// BenchmarkImportUndo deletes an import of 20,000 respondents beside another project of as many.
func BenchmarkImportUndo(b *testing.B) {
	ctx := b.Context()
	texts := words(20_000)
	for b.Loop() {
		b.StopTimer()
		s := open(b)
		fill(b, s, "a", texts)
		data := fill(b, s, "b", texts)
		b.StartTimer()
		err := s.Update(ctx, func(tx coding.Tx) error {
			st, err := tx.Begin(ctx, data.project, 1, coding.OpUndo, "", 0)
			if err != nil {
				return err
			}
			imports, err := tx.Imports(ctx, data.project)
			if err != nil {
				return err
			}
			_, err = tx.Put(ctx, st, imports[0], nil)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
