package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	csvout "avokoodi/coding/exporter/csvfile"
	"avokoodi/coding/exporter/docxfile"
	"avokoodi/coding/exporter/htmlfile"
	"avokoodi/coding/exporter/markdown"
	xlsxout "avokoodi/coding/exporter/xlsxfile"
)

// testSurvey is a project with enough in it to count: 30 Finnish and 8 Swedish respondents, two questions, a variable with
// three classes and three themes.
type testSurvey struct {
	*testSite
	p       coding.Project
	answers []coding.AnswerID // to q1, by respondent
	second  []coding.AnswerID // to q2, by respondent
	themes  map[string]coding.Theme
}

func newTestSurvey(t *testing.T) *testSurvey {
	t.Helper()
	s := &testSurvey{testSite: newTestSite(t), themes: map[string]coding.Theme{}}
	s.server.Formats = exporter.Formats{csvout.Format{}, xlsxout.Format{}, markdown.Format{}, markdown.Plain{}, docxfile.Format{}, htmlfile.Format{}}
	s.server.Uploads = t.TempDir()
	ctx := t.Context()
	var err error
	s.p, err = s.svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: "s", Name: coding.Text{EN: "Survey", FI: "Kysely"}, Threshold: 5})
	s.ok(err)
	rows := func(yield func(coding.BatchRow, error) bool) {
		for i := range 38 {
			lang := coding.Lang("fi")
			if i >= 30 {
				lang = "sv"
			}
			row := coding.BatchRow{External: fmt.Sprintf("r%02d", i), Values: []coding.BatchValue{{Variable: 0, Category: min(i/15, 2)}},
				Answers: []coding.BatchAnswer{{Question: 0, Language: lang, Text: fmt.Sprintf("Vastaus 👩‍👩‍👧 numero %d, jossa on sanoja.", i)},
					{Question: 1, Language: lang, Text: fmt.Sprint("toinen ", i)}}}
			if !yield(row, nil) {
				return
			}
		}
	}
	_, err = s.svc.Import(ctx, s.p.ID, coding.Operator, coding.Batch{File: "s.csv", SHA256: "s", Round: coding.Round{Key: "2026"},
		Questions: []coding.Question{{Key: "q1", Label: coding.Text{EN: "What helps?"}}, {Key: "q2", Label: coding.Text{EN: "What else?"}}},
		Variables: []coding.Variable{{Key: "org", Label: coding.Text{EN: "Organisation"}, Categories: []coding.Category{
			{Key: "a", Label: coding.Text{EN: "Association"}}, {Key: "m", Label: coding.Text{EN: "Municipality"}}, {Key: "x", Label: coding.Text{EN: "Other"}}}}},
		Rows: rows}, nil)
	s.ok(err)
	s.ok(s.svc.Store().View(ctx, func(rd coding.Reader) error {
		for a, err := range rd.EachAnswer(ctx, s.p.ID, 0, 0) {
			s.ok(err)
			if strings.HasPrefix(a.Text, "toinen") {
				s.second = append(s.second, a.ID)
			} else {
				s.answers = append(s.answers, a.ID)
			}
		}
		return nil
	}))
	for _, th := range []coding.Theme{{Key: "coordination", Label: coding.Text{FI: "Koordinaatio", SV: "Samordning", EN: "Coordination"}, Shortcut: "1"},
		{Key: "roles", Label: coding.Text{EN: "Roles"}}, {Key: "services", Label: coding.Text{EN: "Services <b>&</b>"}}} {
		if th.Key == "roles" {
			th.Parent = s.themes["coordination"].ID
		}
		s.themes[th.Key], err = s.svc.AddTheme(ctx, s.p.ID, s.people[coding.RoleAnalyst].ID, th)
		s.ok(err)
	}
	return s
}

func (s *testSurvey) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// code puts a theme on the answers to q1 of respondents from up to but without to, by the analyst.
func (s *testSurvey) code(theme string, from, to int) {
	s.t.Helper()
	_, err := s.svc.ApplyTheme(s.t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, coding.Apply{Answers: s.answers[from:to], Theme: s.themes[theme].ID})
	s.ok(err)
}

func (s *testSurvey) theme(key string) coding.Theme {
	s.t.Helper()
	tree, err := s.svc.Codebook(s.t.Context(), s.p.ID, coding.Operator)
	s.ok(err)
	th, ok := tree.Find(key)
	if !ok {
		s.t.Fatalf("no theme %q", key)
	}
	return th
}

// order is the keys of the codebook as a tree: a(b c) d.
func (s *testSurvey) order() string {
	s.t.Helper()
	tree, err := s.svc.Codebook(s.t.Context(), s.p.ID, coding.Operator)
	s.ok(err)
	var branch func(coding.ThemeID) string
	branch = func(id coding.ThemeID) string {
		var out []string
		for _, c := range tree.Children(id) {
			th, _ := tree.Get(c)
			one := th.Key
			if subs := branch(c); subs != "" {
				one += "(" + subs + ")"
			}
			out = append(out, one)
		}
		return strings.Join(out, " ")
	}
	return branch(0)
}

// TestWorkPagesAreSound opens the pages of the work with themes in every language and as everybody, and looks for what no
// page may have.
func TestWorkPagesAreSound(t *testing.T) {
	s := newTestSurvey(t)
	s.testSite.project("none", nil)
	s.code("coordination", 0, 12)
	s.code("roles", 10, 13)
	_, err := s.svc.AddQuote(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, coding.Quote{Answer: s.answers[3], Theme: s.themes["roles"].ID, Long: coding.Version{Keep: []coding.Span{{Start: 0, End: 7}}}})
	s.ok(err)
	paths := []string{"/p/s/themes", "/p/s/themes?view=read", "/p/s/analysis", "/p/s/analysis?by=org&net=1", "/p/s/analysis?by=language&view=chart",
		"/p/s/analysis?question=q1&unit=answers", "/p/s/quotes", "/p/s/quotes?theme=roles&language=fi", "/p/none/themes", "/p/none/analysis", "/p/none/quotes", "/p/s/analysis/together", "/p/s/analysis/rounds", "/p/none/analysis/together"}
	inside := []string{"/p/s/analysis/coverage", "/p/s/analysis/saturation", "/p/none/analysis/coverage", "/p/none/analysis/saturation", "/p/s/themes?theme=coordination&examples=1", "/p/s/themes?new=1&under=coordination", "/p/s/analysis?org=a&theme=roles&state=coded",
		"/p/s/history", "/p/s/history?who=analyst&what=apply", "/p/s/history/1", "/p/none/history", "/p/s/work", "/p/none/work", "/p/s/code/settings", "/p/none/code/settings", "/p/s/memos", "/p/none/memos", fmt.Sprintf("/p/s/memos/answer/%d", s.answers[0])}
	for _, work := range []string{"/merge", "/merge?into=services", "/split", "/split?to=services", "/older"} {
		inside = append(inside, fmt.Sprintf("/p/s/themes/%d%s", s.themes["coordination"].ID, work))
	}
	inside = append(inside, "/p/s/themes/import")
	lead := []string{fmt.Sprintf("/p/s/themes/%d/delete", s.themes["coordination"].ID), fmt.Sprintf("/p/s/work?how=even&open=1&who=%d", s.people[coding.RoleLead].ID)}
	for _, lang := range []string{"fi", "sv", "en"} {
		for _, role := range []coding.Role{coding.RoleReader, coding.RoleAnalyst, coding.RoleLead} {
			b := s.as(role)
			b.cookies["lang"].Value = lang
			list := paths
			if role != coding.RoleReader {
				list = append(list[:len(list):len(list)], inside...)
			}
			if role == coding.RoleLead {
				list = append(list, lead...)
			}
			for _, path := range list {
				p := b.get(path).want(200)
				for what, form := range map[string]string{"an inline style": `\sstyle="`, "an inline script": `<script[^>]*>[^<]`, "a handler": `\son[a-z]+="`,
					"an escaped address": `(?:href|action)="[^"]*(?:%3[dD]|%26)`, "a nil": `&lt;nil&gt;|%!`, "raw markup": `<b>&amp;`, "two of": `</main>[\s\S]*</main>`} {
					if found := regexp.MustCompile(form).FindString(p.body); found != "" {
						t.Errorf("%s as %s in %s has %s: %.200s", path, role, lang, what, found)
					}
				}
				if n := strings.Count(p.body, "<h1"); n != 1 {
					t.Errorf("%s in %s has %d h1", path, lang, n)
				}
				seen := map[string]bool{}
				for _, m := range regexp.MustCompile(`\sid="([^"]+)"`).FindAllStringSubmatch(p.body, -1) {
					if seen[m[1]] {
						t.Errorf("%s as %s has the id %q twice", path, role, m[1])
					}
					seen[m[1]] = true
				}
				if role == coding.RoleReader && strings.Contains(p.body, "/code?") {
					t.Errorf("%s leads a reader to the desk", path)
				}
			}
		}
	}
	r := s.as(coding.RoleReader)
	for _, path := range []string{"/p/s/history", "/p/s/history/1", "/p/s/history/export.csv", lead[0], "/p/s/themes/import", "/p/s/themes/1/merge", "/p/s/themes/1/split", "/p/s/themes/1/older"} {
		r.get(path).want(403)
	}
	for _, path := range []string{"/p/s/themes?theme=nothing", "/p/s/history/9999", "/p/s/history/x", "/p/s/themes/999/delete"} {
		s.as(coding.RoleLead).get(path).want(404)
	}
}
