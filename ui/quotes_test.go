package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
)

func (s *testSurvey) quote(answer coding.AnswerID, theme string, span coding.Span) coding.Quote {
	s.t.Helper()
	q := coding.Quote{Answer: answer, Theme: s.themes[theme].ID}
	if span != (coding.Span{}) {
		q.Long.Keep = []coding.Span{span}
	}
	q, err := s.svc.AddQuote(s.t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, q)
	s.ok(err)
	return q
}

// approved is quote with the desk's approval.
func (s *testSurvey) approved(answer coding.AnswerID, theme string, span coding.Span) coding.Quote {
	s.t.Helper()
	q, err := s.server.quoteDesk().Approve(s.t.Context(), quotes.Change{Project: s.p.ID, Actor: s.people[coding.RoleAnalyst].ID, Quote: s.quote(answer, theme, span).ID}, nil)
	s.ok(err)
	return q
}

// quoteOrder is the numbers of the quotes as the page shows them.
func (p *testPage) quoteOrder() string {
	var out []string
	for _, m := range regexp.MustCompile(`data-quote="(\d+)"`).FindAllStringSubmatch(p.body, -1) {
		out = append(out, m[1])
	}
	return strings.Join(out, " ")
}

func TestQuotesPage(t *testing.T) {
	s := newTestSurvey(t)
	s.approved(s.answers[2], "services", coding.Span{})
	s.approved(s.answers[1], "coordination", coding.Span{Start: 0, End: 13})
	s.approved(s.answers[31], "", coding.Span{})
	b := s.as(coding.RoleAnalyst)
	p := b.get("/p/s/quotes").want(200)
	p.says("3 quotes · 3 approved · 2 languages", "”Vastaus 👩‍👩‍👧”", "source #0002", "Without a theme")
	if got := p.quoteOrder(); got != "2 1 3" { // in the order of the codebook, without a theme last
		t.Errorf("order %s", got)
	}
	if got := b.get("/p/s/quotes?language=sv").says("1 quote of 3").quoteOrder(); got != "3" {
		t.Errorf("in Swedish %s", got)
	}
	if got := b.get("/p/s/quotes?theme=none").quoteOrder(); got != "3" {
		t.Errorf("without a theme %s", got)
	}
	b.get("/p/s/quotes?theme=roles").want(200).says("No quote matches the filter")

	b.get("/p/s/quotes?at=2").says("Original answer", "numero 1, jossa on sanoja.", "Approved by Tester analyst")
	s.quote(s.answers[9], "roles", coding.Span{}) // a candidate: not for readers

	r := s.as(coding.RoleReader).get("/p/s/quotes").want(200).says("”Vastaus 👩‍👩‍👧”")
	r.hides("#0002", "Tester analyst", "numero 1,", "/quotes/2", "Association", "Organisation", "numero 9") // only the quoted words, and nobody's background
	s.as(coding.RoleReader).post("/p/s/quotes/2", "note", "x").want(403)
	s.as(coding.RoleAnalyst).get("/p/s/quotes").says("Organisation", "Association 3 39%") // balance, for those who code
}

func TestChangeQuotes(t *testing.T) {
	s := newTestSurvey(t)
	for i := range 3 {
		s.quote(s.answers[i], "services", coding.Span{Start: 0, End: 7})
	}
	b := s.as(coding.RoleAnalyst)
	b.post("/p/s/quotes/3/move?language=fi", "before", "2").to(`/p/s/quotes\?at=3&language=fi#q3`)
	if got := b.get("/p/s/quotes").quoteOrder(); got != "1 3 2" {
		t.Errorf("up: %s", got)
	}
	b.post("/p/s/quotes/1/move", "after", "2").to(".*#q1")
	if got := b.get("/p/s/quotes").quoteOrder(); got != "3 2 1" {
		t.Errorf("down: %s", got)
	}
	b.post("/p/s/quotes/1/move", "before", "999").to(".*")
	b.post("/p/s/quotes/999/move", "before", "1").want(404)

	b.post("/p/s/quotes/2", "theme", fmt.Sprint(s.themes["roles"].ID), "note", " for chapter 2\r\nsecond line ").to(".*#q2")
	b.post("/p/s/quotes/2/edit", "do", "whole").to(".*#q2")
	p := b.get("/p/s/quotes?theme=roles").says("for chapter 2", "numero 1, jossa on sanoja.”")
	if strings.Contains(p.body, "\r") {
		t.Error("line ends were kept as the browser sent them")
	}
	b.post("/p/s/quotes/2", "note", "").to(".*")
	if got := b.get("/p/s/quotes?theme=roles").hides("for chapter 2").quoteOrder(); got != "2" {
		t.Errorf("a form without a theme changed it: %q", got)
	}

	to := b.post("/p/s/quotes/2/remove?theme=roles").to(`/p/s/quotes\?did=\d+&theme=roles`)
	p = b.get(to).says("The quote was removed.", "No quote matches")
	revert := regexp.MustCompile(`action="(/p/s/history/\d+/revert)"`).FindStringSubmatch(p.body)
	if revert == nil {
		t.Fatal("no offer to undo")
	}
	b.post(revert[1], "next", "/p/s/quotes").to("/p/s/quotes")
	b.get("/p/s/quotes?theme=roles").says("numero 1, jossa")
}

func TestBalanceHidesSmallGroups(t *testing.T) {
	s := newTestSurvey(t)
	_, err := s.svc.CorrectLanguage(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, append(s.answers[:3:3], s.second[:3]...), "en")
	s.ok(err)
	s.approved(s.answers[10], "services", coding.Span{})
	s.as(coding.RoleReader).get("/p/s/quotes").want(200).hides("In the data", "<5", "21%") // shares of other totals than readers' tables have
	p := s.as(coding.RoleAnalyst).get("/p/s/quotes").want(200)
	p.says("English 0 <5", "No share is shown for groups of fewer than 5 respondents.", "svenska 0 21%", "No quote in Swedish has been chosen.")
	p.hides("No quote in English")
}
