package demo

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"avokoodi/coding"
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
	again, _, err := Ensure(ctx, store)
	if err != nil || again.ID != p.ID {
		t.Errorf("a second Ensure gave project %d, %v", again.ID, err)
	}
	t.Logf("%d answers, %d texts, read %d, twice %d, evidence %d, quotes %d, coders %v", answers, len(texts), len(read), twice, evidence, len(quotes), coders)
}
