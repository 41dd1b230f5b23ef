package ui

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"avokoodi/coding"
)

func TestHistory(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 5)
	_, err := s.svc.MarkAnswers(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, s.answers[7:8], coding.StateUnusable)
	s.ok(err)
	_, err = s.svc.SetMemo(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, coding.MemoAnswer, int64(s.answers[7]), "a thought")
	s.ok(err)
	s.ok(s.svc.SaveView(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, "my secret view", "question=q1"))
	b := s.as(coding.RoleAnalyst)
	p := b.get("/p/s/history").want(200)
	p.says("Today", "Tester analyst", "theme added Coordination #0001 #0002 #0003 and 2 more", "state marked: Unusable #0008", "memo: on an answer", "theme created Roles")
	p.hides("my secret view", "a thought")
	steps := func(query string) int {
		return strings.Count(b.get("/p/s/history?"+query).want(200).body, `<li class="step`)
	}
	for query, want := range map[string]int{"": 7, "who=lead": 2, "who=analyst": 4, "who=nobody": 0, "what=mark": 1, "what=apply&who=analyst": 1,
		"day=" + time.Now().Format(time.DateOnly): 7, "day=2001-01-01": 0, "day=nonsense": 7, "what=nonsense": 7} {
		if got := steps(query); got != want {
			t.Errorf("?%s: %d steps, want %d", query, got, want)
		}
	}
	one := regexp.MustCompile(`href="(/p/s/history/\d+)"`).FindStringSubmatch(b.get("/p/s/history?what=apply").body)[1]
	b.get(one).want(200).says("What changed", "added coding Coordination #0001", "Undoing takes back 5 changes.")
	memo := regexp.MustCompile(`href="(/p/s/history/\d+)"`).FindStringSubmatch(b.get("/p/s/history?what=memo").body)[1]
	b.get(memo).want(200).says("a thought").hides("/revert") // the lead's step, which an analyst may not reverse
}

func TestHistoryPages(t *testing.T) {
	s := newTestSurvey(t)
	for i := range 60 {
		_, err := s.svc.SetMemo(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, coding.MemoProject, int64(s.p.ID), fmt.Sprint("memo ", i))
		s.ok(err)
	}
	b := s.as(coding.RoleLead)
	seen, path := map[string]bool{}, "/p/s/history?who=lead"
	for pages := 0; path != ""; pages++ {
		if pages > 5 {
			t.Fatal("the pages do not end")
		}
		p := b.get(path).want(200)
		for _, m := range regexp.MustCompile(`<li class="step[^>]*id="(s\d+)"`).FindAllStringSubmatch(p.body, -1) {
			if seen[m[1]] {
				t.Errorf("%s stands on two pages", m[1])
			}
			seen[m[1]] = true
		}
		path = ""
		if m := regexp.MustCompile(`href="(/p/s/history\?before=\d+&amp;who=lead)"`).FindStringSubmatch(p.body); m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d steps on the pages, want 60", len(seen))
	}
}

func TestRevert(t *testing.T) {
	s := newTestSurvey(t)
	analyst, lead := s.people[coding.RoleAnalyst].ID, s.people[coding.RoleLead].ID
	step, err := s.svc.SetMemo(t.Context(), s.p.ID, analyst, coding.MemoAnswer, int64(s.answers[0]), "first")
	s.ok(err)
	theirs, err := s.svc.MarkAnswers(t.Context(), s.p.ID, lead, s.answers[1:2], coding.StateNoTheme)
	s.ok(err)
	a := s.as(coding.RoleAnalyst)
	a.post(fmt.Sprintf("/p/s/history/%d/revert", theirs)).want(http.StatusForbidden)
	s.as(coding.RoleReader).post(fmt.Sprintf("/p/s/history/%d/revert", step)).want(http.StatusForbidden)
	a.post("/p/s/history/99999/revert").want(http.StatusNotFound)
	a.post(fmt.Sprintf("/p/s/history/%d/revert", step), "next", "//evil.example").to("/p/s/history")
	a.get("/p/s/history").says("Undone: memo.", "undone: memo", "Undone: Tester analyst")
	a.post(fmt.Sprintf("/p/s/history/%d/revert", step)).want(http.StatusConflict).says("Nothing to undo")

	// Somebody changed the same thing later: explained, and nothing is changed.
	th := s.theme("services")
	th.Label.EN = "Service"
	changed, err := s.svc.ChangeTheme(t.Context(), s.p.ID, analyst, th, false)
	s.ok(err)
	mine := regexp.MustCompile(`href="(/p/s/history/\d+)"`).FindStringSubmatch(a.get("/p/s/history?what=theme").body)[1]
	changed.Label.EN = "Services again"
	_, err = s.svc.ChangeTheme(t.Context(), s.p.ID, lead, changed, false)
	s.ok(err)
	a.post(mine+"/revert").want(http.StatusConflict).says("Somebody else was first", "Tester lead later changed the same thing (theme changed)")
	if s.theme("services").Label.EN != "Services again" {
		t.Error("the later change was lost")
	}
	s.as(coding.RoleLead).post(fmt.Sprintf("/p/s/history/%d/revert", theirs)).to("/p/s/history")
}
