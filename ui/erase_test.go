package ui

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// TestErasePage erases a respondent by the page, with every slip of the hand on the way.
func TestErasePage(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", map[coding.Lang]int{"en": 8})
	b := s.as(coding.RoleLead)
	const path = "/p/one/settings/erase"
	s.as(coding.RoleAnalyst).get(path).want(http.StatusForbidden)
	b.get("/p/one/settings").says("Erase a respondent")
	b.get(path).want(http.StatusOK).hides("Erase for good")
	b.get(path + "?who=%23999").want(http.StatusOK).says("Nobody was found by “#999”")
	page := b.get(path + "?who=%233").want(http.StatusOK)
	page.says("What is erased", "#0003", "1 answer", "0 quotes", "Erase for good", "can’t be undone")
	found, err := s.svc.FindRespondents(t.Context(), p.ID, coding.Operator, "#3")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	id := fmt.Sprint(int64(found[0].ID))
	var text string
	_ = s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		qs, _ := r.Questions(t.Context(), p.ID)
		a, err := r.AnswerOf(t.Context(), p.ID, found[0].ID, qs[0].ID)
		text = a.Text
		return err
	})
	b.post(path, "who", "#3", "sure", "1").want(http.StatusUnprocessableEntity).says("Tick whom to erase.")
	b.post(path, "who", "#3", "respondent", id).want(http.StatusUnprocessableEntity).says("Tick that you understand. Nothing was erased.")
	count := func() (n int) {
		_ = s.server.Boards.Read(t.Context(), p.ID, func(x *sets.Board) error { n = int(x.All().GetCardinality()); return nil })
		return n
	}
	if count() != 8 {
		t.Fatalf("%d answers before", count())
	}
	b.post(path, "who", "#3", "respondent", id, "sure", "1").to(path)
	b.get(path).says("Erased for good: respondents 1, answers 1")
	if count() != 7 {
		t.Errorf("%d answers after", count())
	}
	b.post(path, "who", "#3", "respondent", id, "sure", "1").to(path + `\?who=%233`)
	history := b.get("/p/one/history").want(http.StatusOK)
	history.says("respondents erased", "1 respondent").hides(text)
	step := regexp.MustCompile(`/p/one/history/\d+`).FindString(history.body)
	b.get(step).want(http.StatusOK).says("erased for good").hides("Undo the changes", text)
	b.get("/p/one/history?what=erase").want(http.StatusOK).says("respondents erased")
	b.get("/p/one/code?question=*").want(http.StatusOK).hides("#0003")
}
