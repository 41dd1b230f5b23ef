package demo_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/cmd/avokoodi/app"
	"avokoodi/cmd/avokoodi/app/demo"
	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
)

// TestThreeLanguageVersions brings three exports of the demonstration questionnaire in by the command, at once and one after
// another, and holds the project to the survey.
func TestThreeLanguageVersions(t *testing.T) {
	for name, c := range map[string]struct{ spread, apart bool }{
		"choices in columns": {spread: true}, "choices in cells": {}, "one after another": {spread: true, apart: true},
		"choices in cells, one after another": {apart: true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			want := demo.Exported(t, dir, c.spread)
			run := func(later bool, files ...string) {
				t.Helper()
				var out, errOut bytes.Buffer
				args := append([]string{"import", "--data", dir, "--lang", "en", "--project", "b", "--round", "2022"}, files...)
				if code := app.Run(t.Context(), args, strings.NewReader(""), &out, &errOut); code != 0 {
					t.Fatalf("exit %d: %s%s", code, out.String(), errOut.String())
				}
				for line := range strings.Lines(errOut.String()) {
					switch {
					case strings.HasPrefix(line, "time="): // the log
					case later && strings.HasPrefix(line, "Matched: "): // with what the project has; nothing is left without a match
					default:
						t.Errorf("said: %s", line)
					}
				}
			}
			if c.apart {
				for i, f := range want.Files {
					run(i > 0, f)
				}
			} else {
				run(false, want.Files...)
			}
			holds(t, filepath.Join(dir, "avokoodi.db"), want)
		})
	}
}

// holds compares a project with the survey: respondents, texts, values, and each question and category once with the labels
// of all languages in which somebody could see it.
func holds(t *testing.T, db string, want demo.Survey) {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	err = store.View(t.Context(), func(r coding.Reader) error {
		ctx := context.Background()
		p, err := r.Project(ctx, "b")
		if err != nil {
			return err
		}
		questions, err := r.Questions(ctx, p.ID)
		if err != nil {
			return err
		}
		var got, labels []coding.Text
		keys := map[coding.QuestionID]string{}
		for i, q := range questions {
			got = append(got, q.Label)
			if i < len(want.Questions) {
				keys[q.ID] = want.Questions[i].Key
			}
		}
		for _, q := range want.Questions {
			labels = append(labels, q.Label)
		}
		if diff := cmp.Diff(labels, got); diff != "" {
			t.Errorf("questions (-want +got):\n%s", diff)
		}
		variables, err := r.Variables(ctx, p.ID)
		if err != nil {
			return err
		}
		if len(variables) != len(want.Variables) {
			t.Errorf("%d variables, want %d", len(variables), len(want.Variables))
			return nil
		}
		category := map[coding.CategoryID][2]string{} // variable and category by the survey's keys
		for i, v := range variables {
			x := want.Variables[i]
			if v.Label != x.Label {
				t.Errorf("variable %+v, want %+v", v.Label, x.Label)
			}
			found := map[string]bool{}
			for _, c := range v.Categories {
				for _, w := range x.Categories {
					if c.Label.FI == w.Label.FI {
						if c.Label.SV != w.Label.SV && c.Label.SV != "" || c.Label.EN != w.Label.EN && c.Label.EN != "" {
							t.Errorf("category %+v, want %+v", c.Label, w.Label)
						}
						category[c.ID] = [2]string{x.Key, w.Key}
						found[w.Key] = true
					}
				}
			}
			if len(found) != len(v.Categories) {
				t.Errorf("%s has %d categories of which %d are the survey's: %+v", x.Key, len(v.Categories), len(found), v.Categories)
			}
		}
		texts, values := map[string]map[string]string{}, map[string]map[string]string{}
		names := map[coding.RespondentID]string{}
		for x, err := range r.EachRespondent(ctx, p.ID, 0) {
			if err != nil {
				return err
			}
			names[x.ID] = x.External
			texts[x.External], values[x.External] = map[string]string{}, map[string]string{}
		}
		for a, err := range r.EachAnswer(ctx, p.ID, 0, 0) {
			if err != nil {
				return err
			}
			texts[names[a.Respondent]][keys[a.Question]] = a.Text
		}
		for v, err := range r.EachValue(ctx, p.ID, 0) {
			if err != nil {
				return err
			}
			at := category[v.Category]
			values[names[v.Respondent]][at[0]] = at[1]
		}
		if len(names) != 375 {
			t.Errorf("%d respondents", len(names))
		}
		if diff := cmp.Diff(want.Texts, texts); diff != "" {
			t.Errorf("answers:\n%.2000s", diff)
		}
		if diff := cmp.Diff(want.Values, values); diff != "" {
			t.Errorf("values:\n%.2000s", diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
