package ui

import (
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/themes"
)

// cells is the words of the table's cells by row heading, without what only screen readers are told.
func (p *testPage) cells() map[string][]string {
	out := map[string][]string{}
	body := regexp.MustCompile(`<span class="vh">[^<]*</span>|<svg.*?</svg>`).ReplaceAllString(p.body, "")
	for _, row := range regexp.MustCompile(`(?s)<tr><th scope="row".*?</tr>`).FindAllString(body, -1) {
		var cells []string
		for _, c := range regexp.MustCompile(`(?s)<t[hd].*?</t[hd]>`).FindAllString(row, -1) {
			cells = append(cells, strings.TrimSpace(html.UnescapeString(testSpaces.ReplaceAllString(testTags.ReplaceAllString(c, " "), " "))))
		}
		out[cells[0]] = cells[1:]
	}
	return out
}

func TestAnalysisTable(t *testing.T) {
	s := newTestSurvey(t)
	// Associations are 0–14, municipalities 15–29, others 30–37; the others are the Swedish ones.
	s.code("coordination", 0, 10)
	s.code("coordination", 15, 18)
	s.code("coordination", 30, 36)
	s.code("roles", 7, 10)
	_, err := s.svc.ApplyTheme(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, coding.Apply{Answers: append(s.second[:2:2], s.answers[0]), Theme: s.themes["coordination"].ID})
	s.ok(err)

	for _, c := range []struct {
		query string
		want  map[string]string
	}{
		{"", map[string]string{"Coordination": "19 50%", "Roles": "<5", "Services <b>&</b>": "0"}},
		{"unit=answers", map[string]string{"Coordination": "21 28%"}},
		{"unit=codings", map[string]string{"Coordination": "22 88%"}},
		{"net=1", map[string]string{"Coordination": "19 50%"}},
		{"question=q1&language=sv", map[string]string{"Coordination": "·", "Services <b>&</b>": "0"}}, // 6 of 8: two have it not
		{"by=org", map[string]string{"Coordination": "19 50%|10 67%|·|·"}},
		{"by=question", map[string]string{"Coordination": "19 50%|19 50%|<5"}},
		{"org=a", map[string]string{"Coordination": "10 67%"}},
	} {
		got := s.as(coding.RoleAnalyst).get("/p/s/analysis?" + c.query).want(200).cells()
		for theme, want := range c.want {
			if line := strings.Join(got[theme], "|"); line != want {
				t.Errorf("?%s: %s is %q, want %q", c.query, theme, line, want)
			}
		}
	}
	p := s.as(coding.RoleAnalyst).get("/p/s/analysis?by=org")
	p.says("Only Coordination can be shown so far (19 respondents, 50%).", "The numbers are not final", "<5 = fewer than 5 respondents.", "· = hidden")

	// A number leads to its answers: the theme's in the group.
	link := regexp.MustCompile(`<a href="([^"]+)">10</a>`).FindStringSubmatch(p.body)
	if link == nil {
		t.Fatal("10 is no link")
	}
	u, err := url.Parse(html.UnescapeString(link[1]))
	s.ok(err)
	if q := u.Query(); u.Path != "/p/s/code" || q.Get("theme") != "coordination" || q.Get("org") != "a" || q.Get("question") != "*" || len(q) != 3 {
		t.Errorf("10 leads to %s", u)
	}
	net := s.as(coding.RoleAnalyst).get("/p/s/analysis?net=1&question=q1")
	if !strings.Contains(net.body, "question=q1&amp;theme=coordination&amp;theme=roles") {
		t.Error("a net number does not lead to the sub-themes' answers too")
	}
}

// TestReadersSeeNothingSmall holds the threshold against a reader who asks in every way that the page knows.
func TestReadersSeeNothingSmall(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 9)
	s.code("roles", 8, 11)
	b := s.as(coding.RoleReader)
	whole := b.get("/p/s/analysis").want(200)
	whole.hides("/code?", "unit=codings")
	for _, q := range []string{"org=a", "theme=roles", "state=coded", "coder=analyst", "without=roles", "memo=yes", "unit=codings"} {
		if p := b.get("/p/s/analysis?" + q).want(200); p.cells()["Coordination"][0] != whole.cells()["Coordination"][0] {
			t.Errorf("?%s gives a reader other numbers", q)
		}
	}
	_, err := s.svc.CorrectLanguage(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, s.answers[:3], "en")
	s.ok(err)
	if p := b.get("/p/s/analysis?language=en").want(200); p.cells()["Coordination"][0] != whole.cells()["Coordination"][0] {
		t.Error("a reader's table is narrowed to three people")
	}
	b.get("/p/s/analysis?by=org").want(200).says("Narrow the selection", "Choose a question first").hides("<table")
	b.get("/p/s/analysis?by=org&question=q1").want(200).says("Association").hides("/code?")
	b.get("/p/s/export/counts.json?by=org").want(422)
}

func TestAnalysisIsEmpty(t *testing.T) {
	s := newTestSite(t)
	p := s.project("e", nil)
	lead, reader := s.as(coding.RoleLead), s.as(coding.RoleReader)
	lead.get("/p/e/analysis").want(200).says("There are no answers yet", "Import answers")
	reader.get("/p/e/analysis").want(200).says("There are no answers yet").hides("/import")
	q := s.project("f", map[coding.Lang]int{"fi": 8})
	lead.get("/p/f/analysis").says("There are no themes yet", "Create a theme")
	th, err := s.svc.AddTheme(t.Context(), q.ID, coding.Operator, coding.Theme{Label: themes.Same("Only")})
	if err != nil {
		t.Fatal(err)
	}
	lead.get("/p/f/analysis").says("Nothing has been coded yet", "Start coding")
	reader.get("/p/f/analysis").says("Nothing has been coded yet").hides("Start coding")
	th.Retired = true
	if _, err := s.svc.ChangeTheme(t.Context(), q.ID, coding.Operator, th, false); err != nil {
		t.Fatal(err)
	}
	lead.get("/p/f/analysis").says("There are no themes yet")
	lead.get("/p/e/analysis?question=x&by=nothing").want(422)
	_ = p
}

func TestChartStandsAlone(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 9)
	for _, c := range []struct {
		query string
		bars  int
	}{{"", 1}, {"by=org", 1}, {"by=language&net=1", 1}, {"by=org&chart=clustered", 1}, {"by=org&chart=stacked", 1}, {"by=org&chart=whole", 1}, {"chart=pareto", 1}, {"chart=nothing", 1}} {
		p := s.as(coding.RoleAnalyst).get("/p/s/analysis/chart.svg?" + c.query).want(200)
		if kind := p.header.Get("Content-Type"); kind != "image/svg+xml; charset=utf-8" {
			t.Errorf("kind %q", kind)
		}
		if d := p.header.Get("Content-Disposition"); !regexp.MustCompile(`^attachment; filename=s-chart-\d{4}-\d\d-\d\d\.svg$`).MatchString(d) {
			t.Errorf("disposition %q", d)
		}
		bars, links, texts := 0, 0, ""
		for d := xml.NewDecoder(strings.NewReader(p.body)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			s.ok(err)
			switch e := token.(type) {
			case xml.StartElement:
				at := map[string]string{}
				for _, a := range e.Attr {
					at[a.Name.Local] = a.Value
				}
				if e.Name.Local == "a" {
					links++
				}
				if at["class"] == "chart-bar" || at["class"] == "chart-tile" {
					if bars++; at["class"] == "chart-bar" && (!strings.HasPrefix(at["fill"], "#") || strings.HasPrefix(at["width"], "0")) {
						t.Errorf("bar %v", at)
					}
				}
				if at["class"] == "chart-label" {
					texts += at["aria-label"] + "|"
				}
			}
		}
		if bars < c.bars || links > 0 || !strings.Contains(texts, "Services <b>&</b>") {
			t.Errorf("?%s: %d bars, %d links, %q", c.query, bars, links, texts)
		}
	}
	if p := s.as(coding.RoleAnalyst).get("/p/s/analysis?view=chart"); !strings.Contains(p.body, `<a href="/p/s/code?question=%2A&amp;theme=services"`) {
		t.Error("a bar on the page is no link")
	}
}

func TestDifferenceIsAboutGroupsOfSomeSize(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 10)
	p := s.as(coding.RoleAnalyst).get("/p/s/analysis?by=org").want(200)
	p.hides("The groups differ most") // 15, 15 and 8 are too few to speak of
	if got := fmt.Sprint(p.cells()["Coordination"]); got != "[10 26% 10 67% 0 0]" {
		t.Errorf("cells %s", got)
	}
}
