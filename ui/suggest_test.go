package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"avokoodi/coding"
)

// suggestSite is a project of answers about trams and about parks, none of them coded.
func suggestSite(t *testing.T) (s *testSite, p coding.Project, answers []coding.AnswerID, trams, parks coding.Theme) {
	s = newTestSite(t)
	p = s.project("s", nil)
	rows := func(yield func(coding.BatchRow, error) bool) {
		for i := range 60 {
			text := fmt.Sprintf("Tram number %d is always late", i)
			if i%2 == 1 {
				text = fmt.Sprintf("Park number %d needs benches", i)
			}
			if !yield(coding.BatchRow{External: fmt.Sprint(i), Answers: []coding.BatchAnswer{{Language: "en", Text: text}}}, nil) {
				return
			}
		}
	}
	_, err := s.svc.Import(t.Context(), p.ID, coding.Operator, coding.Batch{File: "a", SHA256: "a", Round: coding.Round{Key: "1"}, Questions: []coding.Question{{Key: "q"}}, Rows: rows}, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		for a, err := range r.EachAnswer(t.Context(), p.ID, 0, 0) {
			if err != nil {
				return err
			}
			answers = append(answers, a.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		to    *coding.Theme
		label string
	}{{&trams, "Getting about"}, {&parks, "Green places"}} {
		if *one.to, err = s.svc.AddTheme(t.Context(), p.ID, coding.Operator, coding.Theme{Label: coding.Text{EN: one.label}}); err != nil {
			t.Fatal(err)
		}
	}
	return s, p, answers, trams, parks
}

// TestSuggestions: they begin when enough is read, show their words and their record, and can be had by a form without a script.
func TestSuggestions(t *testing.T) {
	s, p, answers, trams, parks := suggestSite(t)
	ann := s.as(coding.RoleAnalyst)
	code := func(from, to int) {
		t.Helper()
		for i := from; i < to; i++ {
			th := trams.ID
			if i%2 == 1 {
				th = parks.ID
			}
			ann.post(fmt.Sprintf("/p/s/answers/%d/themes", answers[i]), "add", fmt.Sprint(th))
		}
	}
	code(0, 10)
	ask := fmt.Sprintf("/p/s/code/suggest?on=%d,%d,%d", answers[50], answers[51], answers[0])
	ann.get(ask).want(http.StatusOK).says("Suggestions begin when 30 answers have been read; so far 10 have.").hides("data-maybe=")
	code(10, 40)
	var page *testPage
	for range 200 {
		if page = ann.get(ask).want(http.StatusOK); !strings.Contains(page.text(), "Learning from 40 answers") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	page.says("Getting about", "because of", "Tram", "Park", "right 20 times out of 20", "Learned from 40 answers", "100% of the suggestions were right")
	if n := strings.Count(page.body, "data-maybe="); n != 2 {
		t.Errorf("%d suggestions: two answers are open, and one has been read", n)
	}
	if strings.Contains(page.body, "1.00") {
		t.Error("certain of something")
	}
	ann.post(fmt.Sprintf("/p/s/answers/%d/themes", answers[52]), "add", fmt.Sprint(trams.ID), "suggested", "1").to("/p/s/code")
	err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		list, err := r.CodingsOf(t.Context(), p.ID, answers[:60])
		for _, c := range list {
			if (c.Source == coding.BySuggestion) != (c.Answer == answers[52]) {
				t.Errorf("answer %d was coded by %s", c.Answer, c.Source)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	desk := ann.get(fmt.Sprintf("/p/s/code?question=*&at=%d", answers[51])).want(http.StatusOK)
	desk.says("Why this is suggested", "because of")
	if !strings.Contains(desk.body, fmt.Sprintf(`data-maybe="%d"`, parks.ID)) || !strings.Contains(desk.body, `name="next"`) {
		t.Error("nothing is suggested on the page itself")
	}
	ann.get(fmt.Sprintf("/p/s/code?question=*&at=%d", answers[1])).hides("because of")
	// The answers for which a theme is suggested are a filter, until somebody has judged them.
	filtered := fmt.Sprintf("/p/s/code?question=*&suggested=%s", parks.Key)
	ann.get(filtered).want(http.StatusOK).says("Suggested theme Getting about 9 Green places 10", "10 answers in the selection").hides("Tram")
	ann.post(fmt.Sprintf("/p/s/answers/%d/state", answers[59]), "state", "none")
	ann.get(filtered).says("9 answers in the selection")
	ann.get("/p/s/code?question=*&suggested=nothing").says("0 answers in the selection")
	// A person, and then a lead, would rather do without.
	ann.post("/p/s/code/settings", usualKeys()...).to("/p/s/code/settings.*")
	ann.get(ask).want(http.StatusOK).hides("Getting about")
	ann.get(fmt.Sprintf("/p/s/code?question=*&at=%d", answers[51])).hides("because of", "accept suggestion")
	lead := s.as(coding.RoleLead)
	lead.get(ask).says("Getting about")
	lead.post("/p/s/settings", "name.en", "Survey", "threshold", "5").to("/p/s/settings")
	lead.get(ask).hides("Getting about")
	lead.get("/p/s/code/settings").hides("Suggest themes to me")
	lead.post("/p/s/settings", "name.en", "Survey", "threshold", "5", "suggest", "1").to("/p/s/settings")
	// Answers that two people were given are judged without advice.
	for _, role := range []coding.Role{coding.RoleAnalyst, coding.RoleLead} {
		_, err := s.svc.Assign(t.Context(), p.ID, coding.Operator, []coding.Share{{Coder: s.people[role].ID, Answers: answers[50:51]}}, "")
		if err != nil {
			t.Fatal(err)
		}
	}
	lead.get(ask).says("several people code this answer independently", "Green places").hides("Getting about")
	s.as(coding.RoleReader).get(ask).want(http.StatusForbidden)
	lead.get("/p/s/code/suggest?on=x").want(http.StatusNotFound)
	lead.get("/p/s/code/suggest?on=" + strings.Repeat("1,", suggestAsked) + "1").want(http.StatusNotFound)
}

// TestSuggestionsLearnAgain only when enough has changed, and not too often.
func TestSuggestionsLearnAgain(t *testing.T) {
	one := &suggester{}
	if !one.due(40, 100) {
		t.Error("nothing is known yet")
	}
	one.tried, one.ended, one.took = 100, time.Now().Add(-time.Minute), time.Second
	for seq, want := range map[coding.Seq]bool{100: false, 109: false, 110: true} {
		if one.due(40, seq) != want {
			t.Errorf("change %d: want %v", seq, want)
		}
	}
	if one.due(5000, 150) {
		t.Error("fifty changes are little beside five thousand answers")
	}
	one.took = 20 * time.Second
	if one.due(40, 200) {
		t.Error("learning takes too much of the time")
	}
	one.took, one.learning = time.Second, true
	if one.due(40, 200) {
		t.Error("it is learning already")
	}
}

// TestCardKeepsItsQuestion where several are mixed, also when it comes back after a change.
func TestCardKeepsItsQuestion(t *testing.T) {
	s := newTestSurvey(t)
	ann := s.as(coding.RoleAnalyst)
	for filter, shown := range map[string]bool{"question=*": true, "question=q1": false} {
		if desk := ann.get("/p/s/code?" + filter).want(http.StatusOK); strings.Contains(desk.body, `<span class="q">`) != shown {
			t.Errorf("%s: the desk's cards name their question: %v", filter, !shown)
		}
		back := ann.do(http.MethodPost, fmt.Sprintf("/p/s/answers/%d/state", s.answers[0]), "application/x-www-form-urlencoded", strings.NewReader("state=none"),
			"X-Fragment", "1", "X-Desk", filter).want(http.StatusOK)
		if strings.Contains(back.body, `<span class="q">`) != shown {
			t.Errorf("%s: the card that comes back names its question: %v", filter, !shown)
		}
	}
}

// TestGallery: every component is there for administrators, in all languages.
func TestGallery(t *testing.T) {
	s := newTestSite(t)
	s.as(coding.RoleLead).get("/gallery").want(http.StatusForbidden)
	admin := s.as(coding.RoleAdmin)
	for _, lang := range []string{"fi", "sv", "en"} {
		admin.post("/prefs", "lang", lang)
		page := admin.get("/gallery").want(http.StatusOK).says(longLabel)
		if n := strings.Count(page.body, "<article"); n != 8 {
			t.Errorf("%s: %d cards", lang, n)
		}
	}
}
