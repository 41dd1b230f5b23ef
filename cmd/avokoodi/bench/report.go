package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/themes"
)

// Of the coded project.
const (
	codedThemes  = 60
	codedCodings = 10 // a respondent, on average
)

// coded is the data directory of the wide project with ten codings a respondent of sixty themes, by rule, made once.
func (b *bench) coded(ctx context.Context) (string, error) {
	if b.codedIn != "" {
		return b.codedIn, nil
	}
	data, err := b.imported(ctx, "wide", b.wideSurvey)
	if err != nil {
		return "", err
	}
	s, err := b.ready(ctx, data, "wide")
	if err != nil {
		return "", err
	}
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return "", err
	}
	defer store.Close()
	if len(s.themes) == codedThemes { // by an earlier run in the same folder
		b.codedIn, b.coder = data, s.person
		return data, nil
	}
	svc := coding.NewService(store, nil)
	for i := len(s.themes); i < codedThemes; i++ {
		if _, err := svc.AddTheme(ctx, s.id, coding.Operator, coding.Theme{Label: themes.Same(fmt.Sprintf("Theme %d", i+1))}); err != nil {
			return "", err
		}
	}
	tree, err := svc.Codebook(ctx, s.id, coding.Operator)
	if err != nil {
		return "", err
	}
	start, rnd := time.Now(), rand.New(rand.NewPCG(1, 2))
	share := float64(b.n*codedCodings) / float64(codedThemes*len(s.answers))
	for _, th := range tree.All() {
		var some []coding.AnswerID
		for _, id := range s.answers {
			if rnd.Float64() < share {
				some = append(some, id)
			}
		}
		if _, err := svc.ApplyTheme(ctx, s.id, s.person, coding.Apply{Answers: some, Theme: th.ID, Source: coding.ByRule, Rule: "bench"}); err != nil {
			return "", err
		}
	}
	fmt.Printf("%d themes given to answers by rule in %.1f s\n", tree.Len(), time.Since(start).Seconds())
	b.codedIn, b.coder = data, s.person
	return data, nil
}

// report measures counting over the coded project, from the store on.
func (b *bench) report(ctx context.Context) error {
	data, err := b.coded(ctx)
	if err != nil {
		return err
	}
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return err
	}
	defer store.Close()
	got, err := coding.NewService(store, nil).Open(ctx, coding.Operator, "wide")
	if err != nil {
		return err
	}
	p := got.Project.ID
	boards, err := b.building(ctx, store, data, p)
	if err != nil {
		return err
	}
	if err := boards.Read(ctx, p, b.counting); err != nil {
		return err
	}
	if err := b.current(ctx, store, boards, p); err != nil {
		return err
	}
	return b.shown(ctx, data)
}

// building measures the first build of the bitmaps, each from a store that was just opened, beside bare SELECTs of the same rows.
func (b *bench) building(ctx context.Context, store *sqlstore.Store, data string, p coding.ProjectID) (*sets.Boards, error) {
	var took, used, raw, rawUsed []float64
	for range importRuns {
		start, before := time.Now(), processorTime()
		if err := bareSelects(ctx, filepath.Join(data, "avokoodi.db"), p); err != nil {
			return nil, err
		}
		raw, rawUsed = append(raw, time.Since(start).Seconds()), append(rawUsed, processorTime()-before)
		runtime.GC()
		start, before = time.Now(), processorTime()
		fresh, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
		if err != nil {
			return nil, err
		}
		err = sets.New(fresh).Read(ctx, p, func(board *sets.Board) error {
			took, used = append(took, time.Since(start).Seconds()), append(used, processorTime()-before)
			return nil
		})
		if err = errors.Join(err, fresh.Close()); err != nil {
			return nil, err
		}
	}
	boards := sets.New(store)
	before := heap()
	var codings, answers int
	err := boards.Read(ctx, p, func(board *sets.Board) error {
		codings, answers = board.Codings(), int(board.All().GetCardinality())
		return nil
	})
	memory := float64(heap()-before) / 1e6
	fmt.Printf("%d codings on %d answers of %d respondents; load %s\n", codings, answers, b.n, load())
	b.put(row{Name: "first build after start, from SQLite", Value: median(took), Unit: "s", Raw: median(raw), Of: "bare SELECTs of the same rows", Goal: "≤ 3"})
	b.put(row{Name: "processor time of it", Value: median(used), Unit: "s", Raw: median(rawUsed), Of: "bare SELECTs of the same rows"})
	b.put(row{Name: "bitmaps", Value: memory, Unit: "MB", Goal: "≤ 60"})
	return boards, err
}

// bareSelects reads what the bitmaps are made of, a row at a time, and keeps nothing.
func bareSelects(ctx context.Context, path string, p coding.ProjectID) error {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	for _, query := range []string{
		"SELECT answer_id, theme_id, coder_id FROM codings WHERE project_id = ?",
		"SELECT id, question_id, round_id, respondent_id, length, same, mixed, confidence, language FROM answers WHERE project_id = ?",
		"SELECT id, number FROM respondents WHERE project_id = ?",
		"SELECT respondent_id, categories FROM respondent_values WHERE project_id = ?",
	} {
		rows, err := db.QueryContext(ctx, query, int64(p))
		if err != nil {
			return err
		}
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		to := make([]any, len(columns))
		values := make([]sql.RawBytes, len(columns))
		numbers := make([]int64, len(columns))
		for i, name := range columns {
			if to[i] = &numbers[i]; name == "language" || name == "categories" {
				to[i] = &values[i]
			}
		}
		for rows.Next() {
			if err := rows.Scan(to...); err != nil {
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// often is the sorted times of so many runs.
func often(n int, do func() error) ([]time.Duration, error) {
	var all []time.Duration
	for range n {
		start := time.Now()
		if err := do(); err != nil {
			return nil, err
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	return all, nil
}

// counting measures tables with suppression and tests beside bare intersections of the same sets, turn by turn.
func (b *bench) counting(board *sets.Board) error {
	var classes []*roaring.Bitmap
	for _, v := range board.Variables() {
		for _, c := range v.Categories {
			if v.Key == "class" {
				classes = append(classes, board.Members(c.ID))
			}
		}
	}
	var people []*roaring.Bitmap
	for _, th := range board.Tree().All() {
		people = append(people, board.RespondentsOf(board.Theme(th.ID)))
	}
	if len(classes) != wideClasses || len(people) != codedThemes {
		return fmt.Errorf("%d themes × %d classes", len(people), len(classes))
	}
	for _, c := range []struct {
		name, goal string
		ours, bare func() error
	}{
		{fmt.Sprintf("crosstab %d × %d, suppressed and tested", len(people), len(classes)), "≤ 25, ratio ≤ 2.5", func() error {
			t, err := report.CountOn(board, report.Request{By: "class"})
			if err == nil && len(t.Tests()) == 0 {
				err = errors.New("no tests")
			}
			return err
		}, func() error {
			for _, x := range people {
				for _, y := range classes {
					x.AndCardinality(y)
				}
			}
			return nil
		}},
		{fmt.Sprintf("named together, %d × %d", len(people), len(people)), "≤ 15", func() error {
			_, err := report.PairsOn(board, report.Request{})
			return err
		}, func() error {
			for i, x := range people {
				for _, y := range people[i+1:] {
					x.AndCardinality(y)
				}
			}
			return nil
		}},
	} {
		if err := c.ours(); err != nil { // warm
			return err
		}
		var ours, bare []time.Duration
		for range 20 {
			a, err := often(5, c.ours)
			if err != nil {
				return err
			}
			r, err := often(5, c.bare)
			if err != nil {
				return err
			}
			ours, bare = append(ours, a...), append(bare, r...)
		}
		slices.Sort(ours)
		slices.Sort(bare)
		b.put(row{Name: c.name + ", p50", Value: percentile(ours, .5), Unit: "ms", Raw: percentile(bare, .5), Of: "bare Roaring intersections", Goal: c.goal})
	}
	return nil
}

// current measures from the acknowledgement of a change until a table with it is there, and holds the table against a count of
// the store by SQL.
func (b *bench) current(ctx context.Context, store *sqlstore.Store, boards *sets.Boards, p coding.ProjectID) error {
	svc := coding.NewService(store, nil)
	tree, err := svc.Codebook(ctx, p, coding.Operator)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.codedIn, "avokoodi.db")+"?_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	var answers []coding.AnswerID
	err = boards.Read(ctx, p, func(board *sets.Board) error { answers = sets.IDs(board.All()); return nil })
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, size := range []int{1, 2000} {
		var times []time.Duration
		for i := range 40 / min(size, 4) {
			th := tree.All()[i%tree.Len()]
			from := rnd.IntN(len(answers) - size)
			if i%2 == 0 {
				_, err = svc.ApplyTheme(ctx, p, b.coder, coding.Apply{Answers: answers[from : from+size], Theme: th.ID, Source: coding.ByRule, Rule: "bench"})
			} else {
				_, err = svc.RemoveTheme(ctx, p, b.coder, th.ID, answers[from:from+size], true)
			}
			if err != nil && !errors.Is(err, coding.ErrNothing) {
				return err
			}
			var t report.Table
			start := time.Now()
			err := boards.Read(ctx, p, func(board *sets.Board) (err error) {
				t, err = report.CountOn(board, report.Request{By: "class"})
				return err
			})
			if err != nil {
				return err
			}
			times = append(times, time.Since(start))
			if err := sameAsSQL(ctx, db, p, t, th.ID); err != nil {
				return fmt.Errorf("after a change of %d answers: %w", size, err)
			}
		}
		slices.Sort(times)
		b.put(row{Name: fmt.Sprintf("a change of %d answers is in the table, p50", size), Value: percentile(times, .5), Unit: "ms"})
		b.put(row{Name: fmt.Sprintf("a change of %d answers is in the table, longest", size), Value: percentile(times, 1), Unit: "ms"})
	}
	return boards.Read(ctx, p, func(board *sets.Board) error {
		t, err := report.CountOn(board, report.Request{By: "class"})
		if err != nil {
			return err
		}
		return sameAsSQL(ctx, db, p, t, 0)
	})
}

// sameAsSQL holds the numbers of respondents with a theme, or with each for 0, over all classes, against the store.
func sameAsSQL(ctx context.Context, db *sql.DB, p coding.ProjectID, t report.Table, only coding.ThemeID) error {
	rows, err := db.QueryContext(ctx, `SELECT theme_id, count(DISTINCT respondent_id) FROM codings JOIN answers ON answers.id = answer_id
		WHERE codings.project_id = ? AND theme_id BETWEEN ? AND ? GROUP BY theme_id`, int64(p), int64(only), cmp.Or(int64(only), math.MaxInt64))
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var th coding.ThemeID
		var want int
		if err := rows.Scan(&th, &want); err != nil {
			return err
		}
		i := slices.IndexFunc(t.Rows, func(r report.Row) bool { return r.Theme.ID == th })
		if i < 0 || t.Rows[i].Total.N != want {
			return fmt.Errorf("theme %d: the store has %d respondents, the table does not", th, want)
		}
		n++
	}
	if only == 0 && n != len(t.Rows) || n == 0 {
		return fmt.Errorf("%d themes in the store, %d in the table", n, len(t.Rows))
	}
	return rows.Err()
}

// shown measures the page, plain and just after a change.
func (b *bench) shown(ctx context.Context, data string) error {
	s, err := b.ready(ctx, data, "wide")
	if err != nil {
		return err
	}
	if err := b.startProgram(ctx, s); err != nil {
		return err
	}
	defer s.stop()
	get := func(int, int) error { return s.send(http.MethodGet, "/p/wide/analysis?by=class", nil) }
	start := time.Now()
	if err := get(0, 0); err != nil {
		return err
	}
	b.put(row{Name: "analysis page, first after start", Value: time.Since(start).Seconds(), Unit: "s"})
	times, _, err := many(1, 6*time.Second, get)
	if err != nil {
		return err
	}
	b.put(row{Name: "analysis page by class, p50", Value: percentile(times, .5), Unit: "ms", Goal: "≤ 300"})
	b.put(row{Name: "analysis page by class, p99", Value: percentile(times, .99), Unit: "ms"})
	times = nil
	for i := range 40 {
		code := url.Values{"add": {fmt.Sprint(int64(s.themes[i%len(s.themes)].ID))}}
		if err := s.send(http.MethodPost, fmt.Sprintf("/p/wide/answers/%d/themes", s.answers[i*97]), code); err != nil {
			return err
		}
		t := time.Now()
		if err := get(0, 0); err != nil {
			return err
		}
		times = append(times, time.Since(t))
	}
	slices.Sort(times)
	b.put(row{Name: "analysis page by class after a coding, p50", Value: percentile(times, .5), Unit: "ms", Goal: "≤ 300"})
	return nil
}
