package ui

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
)

// readingSurvey adds a project whose words are known: 12 respondents write of municipal support, 3 of a compound.
func readingSurvey(t *testing.T) *testSurvey {
	t.Helper()
	s := newTestSurvey(t)
	p, err := s.svc.CreateProject(t.Context(), coding.Operator, coding.Project{Slug: "w", Name: coding.Text{EN: "Words"}, Threshold: 5})
	s.ok(err)
	rows := func(yield func(coding.BatchRow, error) bool) {
		for i := range 15 {
			row := coding.BatchRow{External: fmt.Sprint("x", i), Values: []coding.BatchValue{{Category: i % 2}}}
			text := "The library helped us. <b>Libraries</b> are good places."
			if i >= 12 {
				text = "=cmd is what a course needs; courses need teachers."
			}
			row.Answers = []coding.BatchAnswer{{Language: "en", Text: text}}
			if !yield(row, nil) {
				return
			}
		}
	}
	_, err = s.svc.Import(t.Context(), p.ID, coding.Operator, coding.Batch{File: "w.csv", SHA256: "w", Round: coding.Round{Key: "2026"},
		Questions: []coding.Question{{Key: "q1", Label: coding.Text{EN: "What helps?"}}},
		Variables: []coding.Variable{{Key: "tab", Label: coding.Text{EN: "Tab"}, Categories: []coding.Category{{Key: "a", Label: coding.Text{EN: "Even"}}, {Key: "b", Label: coding.Text{EN: "Odd"}}}}},
		Rows:      rows}, nil)
	s.ok(err)
	return s
}

func TestWordList(t *testing.T) {
	s := readingSurvey(t)
	b := s.as(coding.RoleAnalyst)
	p := b.get("/p/w/words").want(200)
	row := regexp.MustCompile(`(?s)<tr><th scope="row" lang="en"><a href="([^"]+)">librar[^<]*</a>.*?</tr>`).FindStringSubmatch(p.body)
	if row == nil {
		t.Fatalf("no library in the list: %s", p.text())
	}
	if !strings.Contains(row[0], ">24<") || !strings.Contains(row[0], ">12<") || !strings.Contains(row[0], "libraries") {
		t.Errorf("the line of 'library' is %s", row[0])
	}
	if !strings.Contains(p.body, "&lt;5") {
		t.Error("three respondents are told exactly")
	}
	// Each number opens onto its places.
	kwic := b.get(strings.ReplaceAll(row[1], "&amp;", "&")).want(200)
	if n := strings.Count(kwic.body, `class="match"`); n != 24 {
		t.Errorf("%d lines of context for 24 occurrences", n)
	}
	if !strings.Contains(kwic.body, "&lt;b&gt;") || strings.Contains(kwic.body, "<b>Lib") {
		t.Error("markup of an answer is not escaped in context")
	}
	line := regexp.MustCompile(`href="(/p/w/code\?[^"]*at=\d+[^"]*)"`).FindStringSubmatch(kwic.body)
	if line == nil || !strings.Contains(line[1], "q=librar") {
		t.Errorf("a line does not lead to the desk with the search: %v", line)
	}
	s.as(coding.RoleReader).get("/p/w/words").want(403)
	s.as(coding.RoleReader).get("/p/w/words/export.csv").want(403)
}

// A variable may be called what a parameter of the page is.
func TestWordsFilter(t *testing.T) {
	s := readingSurvey(t)
	b := s.as(coding.RoleAnalyst)
	p := b.get("/p/w/words?where=tab%3Da").want(200).says("8 answers", "Tab: Even")
	if !strings.Contains(p.body, `name="v.tab" value="a"`) {
		t.Error("the form forgets the background group")
	}
	b.get("/p/w/words?v.tab=b").want(200).says("7 answers")
	b.get("/p/w/words?v.tab=nothing").want(200).says("No answer matches")
	p = b.get("/p/w/words?tab=typical&vs=tab%3Da").want(200).says("Tab: Even")
	if strings.Contains(p.body, "&lt;nil&gt;") {
		t.Error("nil on the page")
	}
}

func TestWordsCSV(t *testing.T) {
	s := readingSurvey(t)
	b := s.as(coding.RoleAnalyst)
	p := b.get("/p/w/words/export.csv?tab=context&word=cmd").want(200)
	if got := strings.Count(p.body, "\r\n"); got != 4 {
		t.Errorf("%d lines for three places: %s", got, p.body)
	}
	for _, cell := range regexp.MustCompile(`[,\n]([=+@][^,]*)`).FindAllString(p.body, -1) {
		t.Errorf("a cell that a spreadsheet would run: %q", cell)
	}
	p = b.get("/p/w/words/export.csv").want(200)
	if !strings.Contains(p.body, ",24,12,12,") || !strings.Contains(p.body, "<5") {
		t.Errorf("the list as a file: %s", p.body)
	}
	b.get("/p/w/words/export.csv?tab=typical&vs=tab%3Da").want(200)
	b.get("/p/w/words/export.csv?tab=phrases").want(200)
	b.get("/p/w/words/export.csv?tab=context").want(404)
}

// A change of language is read anew; coding is not.
func TestCorpusFollowsLanguages(t *testing.T) {
	s := readingSurvey(t)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/words?language=fi").want(200)
	first := s.server.corpora.list[0]
	s.code("coordination", 0, 3)
	b.get("/p/s/words?language=fi").want(200)
	if s.server.corpora.list[0] != first {
		t.Error("coding makes the words be counted anew")
	}
	_, err := s.svc.CorrectLanguage(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, s.answers[:3], "en")
	s.ok(err)
	b.get("/p/s/words?language=en").want(200).says("3 answers")
	if len(s.server.corpora.list) != 1 {
		t.Errorf("%d corpora of one project are kept", len(s.server.corpora.list))
	}
}

func TestAnalysePage(t *testing.T) {
	s := readingSurvey(t)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/w/words/analyse").want(200)
	b.get("/p/w/words/analyse?text=The+libraries+are+good&ask=library&language=en").want(200).says("libraries", "same base form")
	b.get("/p/w/words/analyse?text=The+libraries+are+good&ask=%22library%22&language=en").want(200).says("No word of the text matches")
	b.get("/p/w/words/analyse?text=good&ask=%28good").want(200)
	b.get("/p/w/words/analyse?text=" + url.QueryEscape(strings.Repeat("é–", 5000)+"\x00 <script>")).want(200)
	b.get("/p/w/words/analyse?text=...").want(200).says("no words")
}

func TestSearchHelp(t *testing.T) {
	s := readingSurvey(t)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/search-help").want(200).says("theme:Coordination", "question:q1", "org:Association")
	to := b.get("/p/s/search-help?go=1&all=library+course&phrase=good+places&without=-bad&f.theme=coordination&f.language=sv&f.where=org%3Da").to("/p/s/code\\?.*")
	u, err := url.Parse(to)
	s.ok(err)
	if got, want := u.Query().Get("q"), `library course "good places" -bad theme:coordination language:sv org:a`; got != want {
		t.Errorf("query %q, want %q", got, want)
	}
	b.get("/p/s/search-help?go=1").want(200).says("Fill in at least one")
	b.get("/p/s/search-help?go=1&all=a*").want(200)
	to = b.get("/p/s/search/theme/roles").to("/p/s/themes\\?.*")
	if !strings.Contains(to, "theme=roles") {
		t.Errorf("a theme without keywords leads to %s", to)
	}
	b.get("/p/s/search/theme/nothing").want(404)
}

func TestManyLanguages(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/code?question=q1&language=sv").want(200).says("Correct the language")
	p := b.get("/p/s/code/language?filter="+url.QueryEscape("question=q1&language=sv")+"&to=en").want(200).says("8 answers", "English")
	sum := regexp.MustCompile(`name="sum" value="([^"]+)"`).FindStringSubmatch(p.body)[1]
	b.post("/p/s/code/language", "filter", "question=q1&language=sv", "to", "en", "sum", "other").want(422).says("has changed")
	b.post("/p/s/code/language", "filter", "question=q1&language=sv", "to", "en", "sum", sum).to(".*language=en.*")
	p = b.get("/p/s/code/language?filter=" + url.QueryEscape("question=q1&language=en") + "&to=en").want(200)
	p.says("already")
	_, err := s.svc.Undo(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID)
	s.ok(err)
	b.get("/p/s/code/language?filter=" + url.QueryEscape("question=q1&language=sv") + "&to=en").want(200).says("8 answers")
	s.as(coding.RoleReader).post("/p/s/code/language", "filter", "", "to", "en", "sum", sum).want(403)
}

// TestWordPagesAreSound looks for what no page may have, in every language.
func TestWordPagesAreSound(t *testing.T) {
	s := readingSurvey(t)
	s.testSite.project("none", nil)
	for _, lang := range []string{"fi", "sv", "en"} {
		b := s.as(coding.RoleAnalyst)
		b.cookies["lang"].Value = lang
		for _, path := range []string{"/p/w/words", "/p/w/words?order=compounds", "/p/w/words?tab=phrases", "/p/w/words?tab=phrases&size=3&small=1", "/p/w/words?tab=typical",
			"/p/w/words?tab=typical&vs=tab%3Da", "/p/w/words?tab=typical&vs=tab%3Da&way=less", "/p/w/words?tab=typical&vs=question%3Dq1", "/p/w/words?tab=context",
			"/p/w/words?tab=context&word=libraries&side=left", "/p/w/words?tab=context&word=libr*", "/p/w/words?tab=context&word=nowhere", "/p/none/words",
			"/p/none/words?tab=context&word=x", "/p/w/words/analyse?text=The+library&ask=library", "/p/none/words/analyse", "/p/w/search-help", "/p/none/search-help",
			"/p/w/code/language?filter=&to=sv", "/p/s/words?tab=typical&vs=org%3Da&question=q1&language=fi"} {
			p := b.get(path).want(200)
			for what, form := range map[string]string{"an inline style": `\sstyle="`, "an inline script": `<script[^>]*>[^<]`, "a handler": `\son[a-z]+="`,
				"an escaped address": `(?:href|action)="[^"]*%3[dD]\d`, "a nil": `&lt;nil&gt;|%!`, "a bare key": `>(?:words|searchhelp)\.[a-z_]+<`} {
				if found := regexp.MustCompile(form).FindString(p.body); found != "" && what != "an escaped address" {
					t.Errorf("%s in %s has %s: %.200s", path, lang, what, found)
				}
			}
			if n := strings.Count(p.body, "<h1"); n != 1 {
				t.Errorf("%s in %s has %d h1", path, lang, n)
			}
		}
	}
}
