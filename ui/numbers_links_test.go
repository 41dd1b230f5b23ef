package ui

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

var numberLink = regexp.MustCompile(`<a [^>]*href="(/p/s/code\?[^"]*)"[^>]*>(?:<b>)?([0-9][0-9 \x{a0}\x{202f}]*)`)

// TestNumbersLeadToTheirAnswers follows every number of every page of numbers: behind it are as many respondents, or answers, as
// it says.
func TestNumbersLeadToTheirAnswers(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 20)
	s.code("services", 8, 30)
	s.code("roles", 12, 26)
	lead := s.as(coding.RoleLead)
	people := func(a, _ int) int { return a }
	answers := func(_, b int) int { return b }
	for _, c := range []struct {
		at    string
		least int // links
		unit  func(people, answers int) int
	}{
		{"/analysis", 4, people}, {"/analysis?by=question", 6, people}, {"/analysis?by=language&net=1", 4, people}, {"/analysis?question=q1&by=org", 3, people},
		{"/analysis?unit=answers&by=question", 6, answers}, {"/analysis?theme=services", 3, people}, {"/analysis?theme=services&theme=coordination&themes=all", 1, people},
		{"/analysis?theme=services&theme=coordination", 1, people}, {"/analysis?language=fi", 2, people},
		{"/analysis/together", 1, people}, {"/analysis/together?question=q1", 1, people}, {"/analysis/coverage", 2, people}, {"/analysis/coders", 3, answers},
	} {
		body := lead.get("/p/s" + c.at).want(200).body
		found := 0
		for _, m := range numberLink.FindAllStringSubmatch(body, -1) {
			n, err := strconv.Atoi(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(m[2]))
			if err != nil {
				t.Fatal(err)
			}
			to, err := url.Parse(html.UnescapeString(m[1]))
			s.ok(err)
			found++
			s.ok(s.server.Boards.Read(t.Context(), s.p.ID, func(b *sets.Board) error {
				var list []coding.Person
				err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
					var err error
					list, err = r.People(t.Context())
					return err
				})
				set := b.Answers(readFilter(b, to.Query(), list))
				if got := c.unit(int(b.RespondentsOf(set).GetCardinality()), int(set.GetCardinality())); got != n {
					t.Errorf("%s: %d leads to %s, which has %d", c.at, n, m[1], got)
				}
				return err
			}))
		}
		if found < c.least {
			t.Errorf("%s: %d links only", c.at, found)
		}
	}
	// The desk shows those answers.
	lead.get("/p/s/code?question=*&theme=coordination&theme=services&themes=people").want(200).says("all of the chosen, by one respondent")
}
