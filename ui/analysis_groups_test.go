package ui

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
)

// TestTestsOnThePage turns the tests of groups on: the sentence, a letter and the method are there, and off again they are not.
func TestTestsOnThePage(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 6)
	s.code("coordination", 15, 20)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/analysis?by=org").says("Test differences").hides("Cramér")
	p := b.get("/p/s/analysis?by=org&tests=1").want(200).says("Cramér’s V", "No significant differences between the groups of “Organisation”.")
	if line := strings.Join(p.cells()["Coordination"], "|"); !strings.Contains(line, "V = ") {
		t.Errorf("no test in %q", line)
	}
	b.get("/p/s/analysis?by=question&tests=1").want(200).hides("Cramér")
	for _, lang := range []string{"fi", "sv"} {
		b.cookies["lang"].Value = lang
		b.get("/p/s/analysis?by=org&tests=1").want(200).says("Cramér", "Holm")
	}
}

// TestTwoVariables crosses the only variable with itself, which is no question, and checks that the second is offered only
// beside a first.
func TestTwoVariables(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 10)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/analysis?and=org").want(200).hides("No second variable")
	b.get("/p/s/analysis?by=org&and=org").want(200).says("Association")
	p := b.get("/p/s/analysis?by=language&and=org").want(200).says("Finnish · Association", "Swedish · Other")
	link := regexp.MustCompile(`<a href="([^"]+)">10</a>`).FindAllStringSubmatch(p.body, -1)
	found := false
	for _, l := range link {
		u, err := url.Parse(html.UnescapeString(l[1]))
		s.ok(err)
		found = found || u.Query().Get("language") == "fi" && u.Query().Get("org") == "a" && u.Query().Get("theme") == "coordination"
	}
	if !found {
		t.Errorf("no number of the pair leads to its answers: %v", link)
	}
}
