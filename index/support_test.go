package index

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
	"avokoodi/themes"
)

// desk is a store with one project, and the Index that follows it.
type desk struct {
	testing.TB
	dir     string
	store   coding.Store
	service *coding.Service
	project coding.ProjectID
	engine  *analysis.Engine
	index   *Index
	files   int
}

// newDesk makes a project; the index is opened by open.
func newDesk(t testing.TB) *desk {
	t.Helper()
	dir := t.TempDir()
	store, err := sqlstore.Open(context.Background(), filepath.Join(dir, "avokoodi.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	d := &desk{TB: t, dir: dir, store: store, engine: testEngine(), service: coding.NewService(store, nil)}
	d.project = d.newProject("kysely")
	t.Cleanup(d.close)
	return d
}

func (d *desk) newProject(slug string) coding.ProjectID {
	d.Helper()
	p, err := d.service.CreateProject(context.Background(), coding.Operator, coding.Project{Slug: slug, Name: themes.Same("Kysely")})
	if err != nil {
		d.Fatal(err)
	}
	return p.ID
}

func (d *desk) path() string { return filepath.Join(d.dir, "index") }

func (d *desk) open() *desk {
	d.Helper()
	x, err := Open(d.path(), d.store, Config{Engine: d.engine})
	if err != nil {
		d.Fatal(err)
	}
	d.index = x
	return d
}

func (d *desk) close() {
	if d.index != nil {
		if err := d.index.Close(); err != nil {
			d.Error(err)
		}
		d.index = nil
	}
}

// said is one answer to import.
type said struct {
	lang coding.Lang
	text string
}

// add imports answers, four to a respondent. It returns the ids of all answers of the import.
func (d *desk) add(all ...said) coding.ImportID {
	d.Helper()
	return d.addTo(d.project, all...)
}

func (d *desk) addTo(p coding.ProjectID, all ...said) coding.ImportID {
	d.Helper()
	d.files++
	imp, err := d.service.Import(context.Background(), p, coding.Operator, coding.Batch{
		File: fmt.Sprintf("%d.csv", d.files), SHA256: fmt.Sprintf("%064d", d.files), Profile: "table",
		Round:     coding.Round{Key: "2024", Label: themes.Same("2024"), Kind: coding.RoundSurvey},
		Questions: []coding.Question{{Key: "q1", Label: themes.Same("Q1")}, {Key: "q2", Label: themes.Same("Q2")}, {Key: "q3", Label: themes.Same("Q3")}, {Key: "q4", Label: themes.Same("Q4")}},
		Rows:      rowsOf(d.files, all),
	}, nil)
	if err != nil {
		d.Fatal(err)
	}
	return imp.ID
}

func rowsOf(file int, all []said) iter.Seq2[coding.BatchRow, error] {
	return func(yield func(coding.BatchRow, error) bool) {
		n := 0
		for some := range slices.Chunk(all, 4) {
			n++
			row := coding.BatchRow{External: fmt.Sprintf("%d-%d", file, n)}
			for i, s := range some {
				if s.text != "" {
					row.Answers = append(row.Answers, coding.BatchAnswer{Question: i, Language: s.lang, Text: s.text})
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// answers is all answers of the project.
func (d *desk) answers() []coding.Answer {
	d.Helper()
	var out []coding.Answer
	err := d.store.View(context.Background(), func(r coding.Reader) error {
		for a, err := range r.EachAnswer(context.Background(), d.project, 0, 0) {
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
	return out
}

func (d *desk) sync() {
	d.Helper()
	if err := d.index.Sync(context.Background(), d.project); err != nil {
		d.Fatal(err)
	}
}

func parse(t testing.TB, text string) *query.Query {
	t.Helper()
	q, err := query.Parse(text, nil)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

// found is the texts that match, in order of id, once the index is up to date.
func (d *desk) found(text string) []string {
	d.Helper()
	d.sync()
	set, err := d.index.Matching(context.Background(), d.project, parse(d, text), nil)
	if err != nil {
		d.Fatalf("%s: %v", text, err)
	}
	var out []string
	for _, a := range d.answers() {
		if set.Contains(uint32(a.ID)) {
			out = append(out, a.Text)
		}
	}
	return out
}

func (d *desk) expect(text string, want ...string) {
	d.Helper()
	if got := d.found(text); !slices.Equal(got, want) {
		d.Errorf("%s: found %q, want %q", text, got, want)
	}
}

// testEngine is the analysers without what this machine happens to have installed.
var testEngine = sync.OnceValue(func() *analysis.Engine { return analysis.New(analysis.Options{NoSystem: true}) })

func testWords() wording { return newWords(testEngine(), learnt{}) }
