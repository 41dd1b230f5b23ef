package demo

import (
	"context"
	"math"
	"path/filepath"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
)

// TestDemonstration holds the demonstration to what is promised of it.
func TestDemonstration(t *testing.T) {
	ctx := context.Background()
	store, err := sqlstore.Open(ctx, filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	start := time.Now()
	p, host, err := Ensure(ctx, store)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("made in %v", time.Since(start).Round(time.Millisecond))
	if !p.Synthetic || host.Role != coding.RoleAdmin {
		t.Errorf("project %+v, host %+v", p, host)
	}
	c, err := readContent()
	if err != nil {
		t.Fatal(err)
	}
	texts, answers, languages := map[string]bool{}, 0, map[coding.Lang]map[coding.RespondentID]bool{}
	read := map[coding.AnswerID]bool{}
	coders := map[coding.PersonID]int{}
	both := map[coding.AnswerID]map[coding.PersonID]bool{}
	evidence, themes := 0, 0
	categories := map[coding.CategoryID]int{}
	var quotes []coding.Quote
	var variables []coding.Variable
	err = store.View(ctx, func(r coding.Reader) error {
		for a, err := range r.EachAnswer(ctx, p.ID, 0, 0) {
			if err != nil {
				return err
			}
			answers++
			texts[a.Text] = true
			if languages[a.Language] == nil {
				languages[a.Language] = map[coding.RespondentID]bool{}
			}
			languages[a.Language][a.Respondent] = true
		}
		note := func(a coding.AnswerID, who coding.PersonID) {
			read[a] = true
			coders[who]++
			if both[a] == nil {
				both[a] = map[coding.PersonID]bool{}
			}
			both[a][who] = true
		}
		for x, err := range r.EachCoding(ctx, p.ID) {
			if err != nil {
				return err
			}
			note(x.Answer, x.Coder)
			if len(x.Evidence) > 0 {
				evidence++
			}
		}
		for x, err := range r.EachMark(ctx, p.ID) {
			if err != nil {
				return err
			}
			note(x.Answer, x.Coder)
		}
		for v, err := range r.EachValue(ctx, p.ID, 0) {
			if err != nil {
				return err
			}
			categories[v.Category]++
		}
		list, err := r.Themes(ctx, p.ID)
		if err != nil {
			return err
		}
		themes = len(list)
		if quotes, err = r.Quotes(ctx, p.ID); err != nil {
			return err
		}
		variables, err = r.Variables(ctx, p.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if answers < 1500 || len(texts) < 450 {
		t.Errorf("%d answers of %d different texts; want at least 1500 of 450", answers, len(texts))
	}
	if themes < 20 || themes > 30 {
		t.Errorf("%d themes", themes)
	}
	if len(coders) != 2 {
		t.Errorf("%d coders", len(coders))
	}
	if share := float64(len(read)) / float64(answers); share < .55 || share > .65 {
		t.Errorf("coders have read %.0f %% of the answers; want about 60", share*100)
	}
	twice := 0
	for _, who := range both {
		if len(who) == 2 {
			twice++
		}
	}
	if twice < 100 {
		t.Errorf("only %d answers were read by both coders", twice)
	}
	if evidence < 200 || len(quotes) < 10 {
		t.Errorf("%d codings with evidence, %d quotes", evidence, len(quotes))
	}
	ready := map[coding.ThemeID]int{}
	for _, q := range quotes {
		if q.Ready() {
			ready[q.Theme]++
		}
	}
	full := 0
	for _, n := range ready {
		if n >= 4 {
			full++
		}
	}
	if full < 12 {
		t.Errorf("%d themes have four approved quotes; a workshop of twelve needs them: %v", full, ready)
	}
	for vi, v := range variables {
		if v.Derived() {
			continue
		}
		for ci, cat := range v.Categories {
			if got, want := categories[cat.ID], c.counts[vi][ci]; got != want {
				t.Errorf("%s %s: %d respondents, want %d", v.Key, cat.Key, got, want)
			}
		}
	}
	people := survey(c)
	for _, s := range speakers {
		n := 0
		for _, x := range people {
			if x.lang == s.lang {
				n++
			}
		}
		if n != s.n {
			t.Errorf("%d respondents in %s, want %d", n, s.lang, s.n)
		}
	}
	shape(t, store, p)
	again, _, err := Ensure(ctx, store)
	if err != nil || again.ID != p.ID {
		t.Errorf("a second Ensure gave project %d, %v", again.ID, err)
	}
	t.Logf("%d answers, %d texts, read %d, twice %d, evidence %d, quotes %d, coders %v", answers, len(texts), len(read), twice, evidence, len(quotes), coders)
}

// shape holds the demonstration to what it is to show beside the survey: a population, a weight, memos, reports and two rounds.
func shape(t *testing.T, store coding.Store, p coding.Project) {
	t.Helper()
	svc := coding.NewService(store, nil)
	packs, err := svc.Packs(t.Context(), p.ID, coding.Operator)
	if err != nil {
		t.Fatal(err)
	}
	kinds, langs := map[coding.PackKind]int{}, map[coding.Lang]bool{}
	for _, one := range packs {
		langs[one.Lang] = true
		for _, it := range one.Items {
			kinds[it.Kind]++
			if it.Kind == coding.PackTheme && it.Theme == 0 {
				t.Errorf("%s: a part of no theme", one.Name)
			}
		}
	}
	for _, k := range []coding.PackKind{coding.PackText, coding.PackTable, coding.PackChart, coding.PackTheme, coding.PackPairs, coding.PackCoverage, coding.PackSaturation, coding.PackProgress} {
		if kinds[k] == 0 {
			t.Errorf("no report has a part %q", k)
		}
	}
	if len(langs) != 3 {
		t.Errorf("reports in %v", langs)
	}
	reports := report.New(sets.New(store))
	c, err := reports.Cover(t.Context(), report.Request{Project: p.ID})
	if err != nil || c.Population < 1000 || c.Reached.Suppressed != report.Shown {
		t.Errorf("coverage: %+v of %d, %v", c.Reached, c.Population, err)
	}
	table, err := reports.Count(t.Context(), report.Request{Project: p.ID, Weight: "weight"})
	if err != nil || table.Effect.Effective < 250 || table.Effect.Effective > 370 {
		t.Errorf("weighted: effective %v, %v", table.Effect, err)
	}
	access, err := svc.Open(t.Context(), coding.Operator, RoundsSlug)
	if err != nil || !access.Project.Synthetic {
		t.Fatal(err)
	}
	trend, err := reports.Trend(t.Context(), report.Request{Project: access.Project.ID}, [2]string{"2024", "2026"}, false)
	if err != nil || trend.From < 0 {
		t.Fatalf("rounds: %v", err)
	}
	changed, shown := 0, 0
	for _, ch := range trend.Changes {
		if !math.IsNaN(ch.P) {
			shown++
		}
		if ch.Holm < report.Significant {
			changed++
		}
	}
	if changed == 0 || shown < 8 {
		t.Errorf("between the rounds %d themes can be compared, %d changed", shown, changed)
	}
	memos := 0
	err = store.View(t.Context(), func(r coding.Reader) error {
		for _, on := range []coding.MemoOn{coding.MemoTheme, coding.MemoAnswer} {
			for _, err := range r.EachMemo(t.Context(), p.ID, on) {
				if err != nil {
					return err
				}
				memos++
			}
		}
		return nil
	})
	if err != nil || memos < 6 {
		t.Errorf("%d memos, %v", memos, err)
	}
}
