package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
)

// paths measures the pages and files that read a whole project, in the coded one: each page a few times, each file once, and the
// memory of the serving process at its highest after it.
func (b *bench) paths(ctx context.Context) error {
	data, err := b.coded(ctx)
	if err != nil {
		return err
	}
	s, err := b.ready(ctx, data, "wide")
	if err != nil {
		return err
	}
	if err := b.startProgram(ctx, s); err != nil {
		return err
	}
	defer s.stop()
	key := s.themes[0].Key
	for _, page := range []struct{ name, path string }{
		{"overview", ""},
		{"desk, 50 cards of four questions", "/code?question=*"},
		{"facets and themes of the desk", "/code/side?question=*"},
		{"facets, filtered by theme and region", "/code/side?question=*&theme=" + key + "&region=uusimaa"},
		{"codebook", "/themes"},
		{"codebook, one theme open", "/themes?theme=" + key},
		{"analysis by class", "/analysis?by=class"},
		{"analysis by class and language", "/analysis?by=class&and=language"},
		{"named together", "/analysis/together"},
		{"coverage", "/analysis/coverage"},
		{"saturation", "/analysis/saturation"},
		{"coders", "/analysis/coders"},
		{"word list", "/words?language=fi"},
		{"phrases", "/words?tab=phrases&language=fi"},
		{"keyness, one class against the rest", "/words?tab=typical&language=fi&vs=class%3Dclass-01"},
		{"word in context", "/words?tab=context&word=avustus"},
		{"quotes desk", "/quotes"},
		{"candidates for quotes", "/quotes/find?theme=" + key},
		{"history", "/history"},
		{"memos", "/memos"},
		{"work", "/work"},
		{"recheck", "/recheck"},
		{"variables", "/settings/variables"},
	} {
		if err := b.pageTimes(s, page.name, page.path); err != nil {
			return err
		}
	}
	resident, err := residentMiB(s.pid)
	if err == nil {
		b.put(row{Name: "memory after these pages", Value: resident, Unit: "MiB"})
	}
	for _, file := range []string{"export/matrix.csv", "export/matrix.xlsx", "export/codings.csv", "export/codings.xlsx", "export/answers.csv", "export/answers.xlsx", "export/counts.xlsx?by=class", "history/export.csv", "words/export.csv?language=fi"} {
		start := time.Now()
		res, err := s.client.Get(s.base + "/p/wide/" + file)
		if err != nil {
			return err
		}
		first := time.Since(start)
		n, err := io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err == nil && res.StatusCode != http.StatusOK {
			err = fmt.Errorf("%s", res.Status)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		took := time.Since(start)
		resident, _ := residentMiB(s.pid)
		b.put(row{Name: file, Value: took.Seconds(), Unit: "s"})
		fmt.Printf("    %.1f MB, first byte after %.2f s, server's memory %.0f MiB after it, %.0f at its highest\n", float64(n)/1e6, first.Seconds(), resident, peakMiB(s.pid))
	}
	s.stop()
	return b.commands(ctx, data, s.answers)
}

// pageTimes measures one page, up to twenty times or four seconds.
func (b *bench) pageTimes(s *site, name, path string) error {
	var times []time.Duration
	for begin := time.Now(); len(times) < 2 || len(times) < 21 && time.Since(begin) < 4*time.Second; {
		start := time.Now()
		if err := s.send(http.MethodGet, "/p/wide"+path, nil); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		times = append(times, time.Since(start))
	}
	first := times[0]
	times = times[1:]
	slices.Sort(times)
	b.put(row{Name: name + ", p50", Value: percentile(times, .5), Unit: "ms", Goal: "≤ 300"})
	fmt.Printf("    the first time %.0f ms, p95 %.0f ms, load %s\n", float64(first.Microseconds())/1000, percentile(times, .95), load())
	return nil
}

// commands measures what the command line does over the whole project.
func (b *bench) commands(ctx context.Context, data string, answers []coding.AnswerID) error {
	bin, err := b.binary(ctx)
	if err != nil {
		return err
	}
	respondent, question, err := someAnswer(ctx, data, answers[len(answers)/2])
	if err != nil {
		return err
	}
	out := func(name string) string { return filepath.Join(b.dir, name) }
	for _, c := range []struct {
		name string
		args []string
	}{
		{"suggest for one answer", []string{"suggest", respondent, question}},
		{"agreement", []string{"agreement"}},
		{"export project", []string{"export", "project", "-o", out("project.zip")}},
		{"export codings.csv", []string{"export", "codings", "-o", out("codings.csv")}},
		{"export matrix.xlsx", []string{"export", "matrix", "-o", out("matrix.xlsx")}},
		{"count by class", []string{"count", "--by", "class"}},
		{"search", []string{"search", "avustus"}},
		{"doctor", []string{"doctor"}},
	} {
		args := append(c.args, "--data", data, "--lang", "en")
		if c.name != "doctor" {
			args = append(args, "--project", "wide")
		}
		cmd := exec.CommandContext(ctx, bin, args...)
		start := time.Now()
		text, err := cmd.CombinedOutput()
		if err != nil {
			fmt.Printf("%s: %v: %.300s\n", c.name, err, text)
			continue
		}
		b.put(row{Name: "avokoodi " + c.name, Value: time.Since(start).Seconds(), Unit: "s"})
		fmt.Printf("    %.1f s of processor time, %.0f MiB at its highest, load %s\n", (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), highest(cmd.ProcessState), load())
	}
	return nil
}

// someAnswer names an answer as commands do: the respondent's id in the file and the question's key.
func someAnswer(ctx context.Context, data string, id coding.AnswerID) (respondent, question string, err error) {
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return "", "", err
	}
	defer store.Close()
	err = store.View(ctx, func(r coding.Reader) error {
		p, err := r.Project(ctx, "wide")
		if err != nil {
			return err
		}
		a, err := r.Answer(ctx, p.ID, id)
		if err != nil {
			return err
		}
		people, err := r.Respondents(ctx, p.ID, []coding.RespondentID{a.Respondent})
		if err != nil {
			return err
		}
		questions, err := r.Questions(ctx, p.ID)
		for _, q := range questions {
			if q.ID == a.Question {
				question = q.Key
			}
		}
		respondent = people[0].External
		return err
	})
	return respondent, question, err
}
