package ui

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
)

// given is who was given how many answers, in order.
func (s *testSurvey) given() string {
	s.t.Helper()
	list, err := s.svc.Assignments(s.t.Context(), s.p.ID, coding.Operator)
	s.ok(err)
	var out []string
	for _, a := range list {
		p, err := s.svc.Person(s.t.Context(), a.Coder)
		s.ok(err)
		out = append(out, fmt.Sprintf("%s %d", p.Name, len(a.Answers)))
	}
	return strings.Join(out, ", ")
}

// confirm sends the form of a preview.
func (b *testBrowser) confirm(p *testPage, more ...string) *testPage {
	b.site.t.Helper()
	form := []string{}
	for _, name := range []string{"plan", "seen"} {
		m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(p.body)
		if m == nil {
			b.site.t.Fatalf("the page has no preview: %s", p.text())
		}
		form = append(form, name, html.UnescapeString(m[1]))
	}
	return b.post("/p/s/work", append(form, more...)...)
}

func TestWorkIsSharedOut(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 8)
	lead, ann := s.as(coding.RoleLead), s.as(coding.RoleAnalyst)
	anna, leo := s.people[coding.RoleAnalyst].ID, s.people[coding.RoleLead].ID
	lead.get("/p/s/work").want(200).says("The work has not been divided yet", "Preview the division").hides("The division would be", "Tester reader")
	ann.get("/p/s/work").want(200).says("You can code any answers.").hides("Preview the division")
	s.as(coding.RoleReader).get("/p/s/work").want(403)

	// 76 answers, 8 of them coded: 34 for each.
	p := lead.get(fmt.Sprintf("/p/s/work?how=even&open=1&free=1&who=%d&who=%d", anna, leo)).want(200)
	p.says("Tester analyst 34, Tester lead 34", "The selection has 68 answers.")
	if s.given() != "" {
		t.Fatalf("the preview gave out %s", s.given())
	}
	lead.get(lead.confirm(p).to(`/p/s/work\?did=\d+`)).want(200).says("Done: work assigned.", "0 / 34 read", "Move 34 unread")
	if s.given() != "analyst 34, lead 34" {
		t.Errorf("given: %s", s.given())
	}

	// The coder's desk opens on the own queue, at its first answer, and says how much is left.
	ann.get("/p/s").says("Go on with your queue", "34 of the answers that you were given are still unread.")
	desk := ann.get("/p/s/code").want(200).says("My queue", "0 / 34 read")
	if !strings.Contains(desk.body, `name="queue" value="analyst" checked`) {
		t.Error("the filter does not show the queue")
	}
	ann.get("/p/s/work").says("34 answers are left (of 34).", "Go on coding")
	first := regexp.MustCompile(`<article [^>]*data-card="(\d+)"[^>]*aria-current`).FindStringSubmatch(desk.body)
	if first == nil || first[1] != fmt.Sprint(s.answers[8]) && first[1] != fmt.Sprint(s.second[0]) {
		t.Errorf("the desk opens at %v", first)
	}
	ann.post("/p/s/answers/"+first[1]+"/state", "state", "none")
	ann.get("/p/s/code").says("1 / 34 read")

	// What is left goes to the lead, and back to nobody; undo brings it all back.
	list, err := s.svc.Assignments(t.Context(), s.p.ID, coding.Operator)
	s.ok(err)
	path := fmt.Sprintf("/p/s/work/%d", list[0].ID)
	ann.post(path, "do", "withdraw").want(403)
	lead.post(path, "do", "move", "to", fmt.Sprint(s.people[coding.RoleReader].ID)).want(422).says("Tester reader can’t code in this project")
	lead.get(lead.post(path, "do", "move", "to", fmt.Sprint(leo)).to(`/p/s/work\?did=\d+`)).says("work reassigned", "1 / 1 read")
	if s.given() != "analyst 1, lead 34, lead 33" {
		t.Errorf("given: %s", s.given())
	}
	lead.post(path, "do", "withdraw").to("/p/s/work")
	lead.get("/p/s/work").says("There was nothing to move")
	lead.post("/p/s/undo").to("/p/s/code")
	lead.post("/p/s/undo").to("/p/s/code")
	if s.given() != "" {
		t.Errorf("after undo: %s", s.given())
	}
	lead.post("/p/s/work/999", "do", "withdraw").want(404)
	lead.get("/p/s/history?what=assign").says("work assigned", "Tester analyst 34, Tester lead 34")
}

func TestWorkWays(t *testing.T) {
	s := newTestSurvey(t)
	lead := s.as(coding.RoleLead)
	anna, leo, admin := s.people[coding.RoleAnalyst].ID, s.people[coding.RoleLead].ID, s.people[coding.RoleAdmin].ID
	for query, want := range map[string]string{
		fmt.Sprintf("how=count&n.%d=20&n.%d=7", anna, leo):                          "Tester analyst 20, Tester lead 7",
		fmt.Sprintf("how=question&q.q1=%d&q.q2=%d", leo, anna):                      "Tester lead 38, Tester analyst 38",
		fmt.Sprintf("how=question&q.q1=%d&q.q2=%d&language=sv", anna, anna):         "Tester analyst 16 ",
		fmt.Sprintf("how=language&l.fi=%d&l.sv=%d&question=q1", anna, admin):        "Tester analyst 30, Tester admin 8",
		fmt.Sprintf("how=even&who=%d&who=%d&who=%d&sample=31", anna, leo, admin):    "Tester admin 11, Tester analyst 10, Tester lead 10",
		fmt.Sprintf("how=even&who=%d&order=random&seed=a&sample=9&round=2026", leo): "Tester lead 9 ",
		fmt.Sprintf("how=even&who=%d&sample=1000&question=q2", anna):                "Tester analyst 38 ",
		fmt.Sprintf("how=count&n.%d=5&question=q2&language=sv&language=none", anna): "of them go to nobody",
		fmt.Sprintf("how=language&l.sv=%d", anna):                                   "60 of them go to nobody.",
		"how=even": "Choose at least one coder",
		fmt.Sprintf("how=even&who=%d&sample=x", leo):         "whole number, at least 1, or a share such as 10%; now it is “x”",
		fmt.Sprintf("how=even&who=%d&sample=0", leo):         "at least 1",
		fmt.Sprintf("how=count&n.%d=77", leo):                "add up to 77, but the selection has only 76 answers",
		fmt.Sprintf("how=count&n.%d=1.5", leo):               "must be a whole number: Tester lead “1.5”",
		fmt.Sprintf("how=even&who=%d&question=nothing", leo): "The selection has no answers",
	} {
		status := 200
		if !strings.Contains(want, "Tester a") && !strings.Contains(want, "Tester lead 9") && !strings.Contains(want, "to nobody") && !strings.Contains(want, "Tester lead 38") {
			status = 422
		}
		lead.get("/p/s/work?" + query).want(status).says(strings.TrimSpace(want))
	}
	if s.given() != "" {
		t.Errorf("looking gave out %s", s.given())
	}
}

// TestWorkChangedMeanwhile confirms a preview that no longer holds.
func TestWorkChangedMeanwhile(t *testing.T) {
	s := newTestSurvey(t)
	lead, anna := s.as(coding.RoleLead), s.people[coding.RoleAnalyst].ID
	p := lead.get(fmt.Sprintf("/p/s/work?how=even&open=1&who=%d&note=first", anna)).says("Tester analyst 76")
	s.code("roles", 0, 6)
	p = lead.confirm(p).want(409).says("have changed since the preview", "Tester analyst 70")
	if s.given() != "" {
		t.Fatalf("given all the same: %s", s.given())
	}
	lead.confirm(p).to(`/p/s/work\?did=\d+`)
	if s.given() != "analyst 70" {
		t.Errorf("given %s", s.given())
	}
	lead.get("/p/s/work").says("first · ")
	lead.post("/p/s/work", "plan", "how=even", "seen", "").want(422)
	lead.post("/p/s/work", "plan", "%zz").want(404)
	lead.post("/p/s/work", "plan", url.Values{"how": {"even"}, "who": {fmt.Sprint(anna)}, "note": {strings.Repeat("x", 201)}}.Encode(),
		"seen", fmt.Sprintf("%d:76", anna)).want(422).says("at most 200 characters")
}
