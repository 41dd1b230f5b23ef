package ui

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// repeats is a project of two questions, both answered by thirty, whose answers to the first are of five sayings.
func repeats(t *testing.T) (*testSite, coding.Project, []coding.Answer, coding.Theme) {
	t.Helper()
	s := newTestSite(t)
	ctx := t.Context()
	p, err := s.svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: "r", Name: coding.Text{EN: "Repeats"}})
	if err != nil {
		t.Fatal(err)
	}
	sayings := []string{"Ei.", "ei", "EOS", "Lisää rahaa", "lisää rahaa!", "-"}
	_, err = s.svc.Import(ctx, p.ID, coding.Operator, coding.Batch{File: "r.csv", SHA256: "r", Round: coding.Round{Key: "2026"},
		Questions: []coding.Question{{Key: "q1", Label: coding.Text{EN: "What helps?"}}, {Key: "q2", Label: coding.Text{EN: "What else?"}}},
		Rows: func(yield func(coding.BatchRow, error) bool) {
			for i := range 30 {
				row := coding.BatchRow{External: fmt.Sprint(i), Answers: []coding.BatchAnswer{{Question: 0, Language: "fi", Text: sayings[i%6]},
					{Question: 1, Language: "fi", Text: []string{"ei", fmt.Sprintf("Pitkä vastaus %d rahasta", i)}[min(i, 1)]}}}
				if !yield(row, nil) {
					return
				}
			}
		}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	th, err := s.svc.AddTheme(ctx, p.ID, s.people[coding.RoleAnalyst].ID, coding.Theme{Key: "money", Label: coding.Text{EN: "Money"}})
	if err != nil {
		t.Fatal(err)
	}
	var answers []coding.Answer
	err = s.svc.Store().View(ctx, func(r coding.Reader) error {
		for a, err := range r.EachAnswer(ctx, p.ID, 0, 0) {
			if err != nil {
				return err
			}
			answers = append(answers, a)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, p, answers, th
}

// state is how many answers have each state.
func (s *testSite) state(p coding.ProjectID) string {
	s.t.Helper()
	var out []string
	err := s.server.Boards.Read(s.t.Context(), p, func(b *sets.Board) error {
		for _, st := range coding.States {
			if n := b.State(st).GetCardinality(); n > 0 {
				out = append(out, fmt.Sprintf("%s %d", st, n))
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Join(out, ", ")
}

func (s *testSite) wantState(p coding.Project, want string) {
	s.t.Helper()
	if got := s.state(p.ID); got != want {
		s.t.Errorf("states are %q, want %q", got, want)
	}
}

func TestTogetherPacked(t *testing.T) {
	for _, one := range []together{{1}, {1, 2, 3}, {7, 36, 4_000_000_000}} {
		got, err := parseTogether(one.String())
		if err != nil || len(got) != 1 || !slices.Equal(got[0], one) {
			t.Errorf("%v is packed as %q and read as %v, %v", one, one, got, err)
		}
	}
	got, err := parseTogether(together{5, 9}.String() + "," + together{6}.String())
	if err != nil || !slices.Equal(answersOn(got), []coding.AnswerID{5, 9, 6}) || !slices.Equal(leadsOf(got), []coding.AnswerID{5, 6}) {
		t.Errorf("two cards are read as %v, %v", got, err)
	}
	for _, bad := range []string{"", "0", "1.0", "1.-1", "x!", "1,,2", "zzzzzzzzzz", strings.Repeat("1.", mostAlike) + "1", strings.Repeat("1,", mostCards) + "1"} {
		if got, err := parseTogether(bad); err == nil {
			t.Errorf("%.20q is read as %d cards", bad, len(got))
		}
	}
}

// TestCardOfMany reads a card that stands for ten answers and judges it without a script.
func TestCardOfMany(t *testing.T) {
	s, p, answers, th := repeats(t)
	b := s.as(coding.RoleAnalyst)
	page := b.get("/p/r/code?question=q1").want(http.StatusOK).says("10 answers that say the same", "0 / 30 read", "26 answers are together")
	if n := strings.Count(page.body, "<article"); n != 4 {
		t.Errorf("%d cards, want 4", n)
	}
	on := regexp.MustCompile(`name="on" value="([^"]+)"`).FindStringSubmatch(page.body)[1]
	path := fmt.Sprintf("/p/r/answers/%d/", answers[0].ID)
	b.post(path+"themes", "add", fmt.Sprint(th.ID), "on", on, "next", "/p/r/code?question=q1").to("/p/r/code\\?question=q1")
	s.wantState(p, "open 50, coded 10")
	b.post(path+"state", "state", "none", "on", on).to("/p/r/code")
	s.wantState(p, "open 50, none 10")
	for range 2 {
		b.post("/p/r/undo").to("/p/r/code")
	}
	s.wantState(p, "open 60")

	// Words of the first answer are evidence where the text is the very same, and nowhere else.
	b.post(path+"themes", "add", fmt.Sprint(th.ID), "on", on, "spans", "0-2")
	with := map[string]int{}
	_ = s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		cs, err := r.CodingsWith(t.Context(), p.ID, th.ID)
		for _, c := range cs {
			i := slices.IndexFunc(answers, func(a coding.Answer) bool { return a.ID == c.Answer })
			with[fmt.Sprintf("%s %v", answers[i].Text, c.Evidence)]++
		}
		return err
	})
	if want := map[string]int{"Ei. [{0 2}]": 5, "ei []": 5}; fmt.Sprint(with) != fmt.Sprint(want) {
		t.Errorf("codings %v, want %v", with, want)
	}
	b.post(path+"themes", "add", fmt.Sprint(th.ID), "on", together{answers[0].ID, answers[3].ID}.String(), "spans", "0-1").want(http.StatusUnprocessableEntity)
	b.post(path+"themes", "add", fmt.Sprint(th.ID), "on", "nonsense!").want(http.StatusNotFound)

	// Each on its own card.
	apart := b.get("/p/r/code?question=q1&alike=apart").want(http.StatusOK)
	if n := strings.Count(apart.body, "<article"); n != 30 {
		t.Errorf("%d cards apart, want 30", n)
	}
	same := b.get(fmt.Sprintf("/p/r/code?question=*&same=%d", answers[2].ID)).want(http.StatusOK) // ei
	if n := strings.Count(same.body, "<article"); n != 10 {
		t.Errorf("%d answers that say the same, want 10: one question's only", n)
	}
	// An address that names one of the ten leads to their card.
	if at := b.get(fmt.Sprintf("/p/r/code?question=q1&at=%d", answers[2].ID)); !strings.Contains(at.body, fmt.Sprintf(`id="a%d" data-card="%d"`, answers[0].ID, answers[0].ID)) ||
		!regexp.MustCompile(fmt.Sprintf(`data-card="%d"[^>]*aria-current="true"`, answers[0].ID)).MatchString(at.body) {
		t.Errorf("the card is not the current one")
	}
	b.do(http.MethodPost, "/p/r/code/alike", "application/x-www-form-urlencoded", strings.NewReader("on="+on), "X-Fragment", "1").want(http.StatusOK).says("Ei.", "ei")
}

func TestManyCards(t *testing.T) {
	s, p, answers, th := repeats(t)
	b := s.as(coding.RoleAnalyst)
	one, two := together{answers[0].ID, answers[2].ID}.String(), together{answers[1].ID}.String()
	b.post("/p/r/code/many", "on", one, "on", two, "do", "add", "theme", fmt.Sprint(th.ID)).to("/p/r/code")
	s.wantState(p, "open 57, coded 3")
	b.post("/p/r/code/many", "on", one, "do", "unusable").to("/p/r/code")
	s.wantState(p, "open 57, coded 1, unusable 2")
	b.post("/p/r/undo")
	b.post("/p/r/code/many", "on", one, "on", two, "do", "remove", "theme", fmt.Sprint(th.ID)).to("/p/r/code")
	s.wantState(p, "open 60")
	b.post("/p/r/code/many", "do", "none").want(http.StatusUnprocessableEntity).says("Select some answers first.")
	b.post("/p/r/code/many", "on", one, "do", "add").want(http.StatusUnprocessableEntity).says("Choose a theme.")
	b.post("/p/r/code/many", "on", one, "do", "coded").want(http.StatusUnprocessableEntity)
	s.as(coding.RoleReader).post("/p/r/code/many", "on", one, "do", "none").want(http.StatusForbidden)
	s.wantState(p, "open 60")
}

func TestCodeAll(t *testing.T) {
	s, p, answers, th := repeats(t)
	b := s.as(coding.RoleAnalyst)
	me := s.people[coding.RoleAnalyst].ID
	_, err := s.svc.MarkAnswers(t.Context(), p.ID, me, []coding.AnswerID{answers[6].ID}, coding.StateNoTheme) // "Lisää rahaa"
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.svc.ApplyTheme(t.Context(), p.ID, me, coding.Apply{Answers: []coding.AnswerID{answers[8].ID}, Theme: th.ID}); err != nil {
		t.Fatal(err)
	}
	filter := url.QueryEscape(fmt.Sprintf("question=*&same=%d", answers[6].ID))
	at := fmt.Sprintf("/p/r/code/all?filter=%s", filter)
	b.get(at).want(http.StatusOK).says("10 answers")
	page := b.get(at+fmt.Sprintf("&theme=%d", th.ID)).want(http.StatusOK).says("would be added to 9 answers", "You have already given it to 1 answer",
		"You have marked 1 answer", "9 answers that say the same", fmt.Sprintf("same=%d", answers[6].ID), "Code 9 answers")
	s.wantState(p, "open 58, coded 1, none 1")
	sum := regexp.MustCompile(`name="sum" value="([^"]+)"`).FindStringSubmatch(page.body)[1]
	form := []string{"filter", fmt.Sprintf("question=*&same=%d", answers[6].ID), "theme", fmt.Sprint(th.ID), "sum"}
	b.post("/p/r/code/all", append(form, "other")...).want(http.StatusUnprocessableEntity).says("The list has changed")
	b.post("/p/r/code/all", "filter", "question=q1", "theme", "").want(http.StatusUnprocessableEntity).says("Choose a theme.")
	s.wantState(p, "open 58, coded 1, none 1")
	b.post("/p/r/code/all", append(form, sum)...).to(`/p/r/code\?question=%2A&same=\d+`)
	s.wantState(p, "open 50, coded 10")

	rules := map[string]int{}
	_ = s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		cs, err := r.CodingsWith(t.Context(), p.ID, th.ID)
		for _, c := range cs {
			rules[string(c.Source)+" "+c.Rule]++
		}
		return err
	})
	if want := map[string]int{"person ": 1, fmt.Sprintf("rule same=%d", answers[6].ID): 9}; fmt.Sprint(rules) != fmt.Sprint(want) {
		t.Errorf("codings by %v, want %v", rules, want)
	}
	b.get("/p/r/history?what=rule").want(http.StatusOK).says("Money", fmt.Sprintf("same=%d", answers[6].ID))
	b.post("/p/r/undo").to("/p/r/code")
	s.wantState(p, "open 58, coded 1, none 1")
	b.post("/p/r/code/all", append(form, sum)...)
	b.post("/p/r/code/all", append(form, sum)...).to("/p/r/code.*") // there is nothing left to do
	s.wantState(p, "open 50, coded 10")
	s.as(coding.RoleReader).get(at).want(http.StatusForbidden)
}

func TestRuleText(t *testing.T) {
	s := newTestSurvey(t)
	for filter, want := range map[string]string{
		"question=q1":                            `question:"q1"`,
		"question=*":                             "",
		"q=tuki+OR+apu":                          "tuki OR apu",
		"q=tuki+OR+apu&question=q1&state=open":   `(tuki OR apu) question:"q1" state:"open"`,
		"language=fi&language=sv&org=a&memo=yes": `language:"fi","sv" org:"a" memo=yes`,
	} {
		q, err := url.ParseQuery(filter)
		s.ok(err)
		err = s.server.Boards.Read(t.Context(), s.p.ID, func(b *sets.Board) error {
			if got := ruleText(b, q); got != want {
				t.Errorf("%s is %q, want %q", filter, got, want)
			}
			return nil
		})
		s.ok(err)
	}
}

func TestEmptyTalk(t *testing.T) {
	s, p, answers, th := repeats(t)
	b := s.as(coding.RoleAnalyst)
	me := s.people[coding.RoleAnalyst].ID
	if _, err := s.svc.ApplyTheme(t.Context(), p.ID, me, coding.Apply{Answers: []coding.AnswerID{answers[0].ID}, Theme: th.ID}); err != nil {
		t.Fatal(err)
	}
	b.get("/p/r").want(http.StatusOK).says("Look through answers with no content (20)") // 10 + 5 + 5 + 1, one of them coded
	page := b.get("/p/r/code/empty").want(http.StatusOK).says("Finnish", "EOS", "2 questions", "Other short answers given often", "Lisää rahaa")
	if strings.Contains(page.body, "checked") {
		t.Error("something is ticked beforehand")
	}
	b.get("/p/r/code/empty?question=q2").want(http.StatusOK).hides("EOS")
	b.post("/p/r/code/empty").want(http.StatusUnprocessableEntity).says("Choose first")
	b.post("/p/r/code/empty", "talk", "not there").want(http.StatusUnprocessableEntity).says("None of the chosen")
	s.wantState(p, "open 59, coded 1")
	b.post("/p/r/code/empty", "talk", "ei", "talk", "eos").to("/p/r/code/empty.*")
	s.wantState(p, "open 44, coded 1, unusable 15") // q1: 9 of 'ei' and 5 of 'eos', q2: 1 of 'ei'
	b.get("/p/r/code/empty").want(http.StatusOK).hides("EOS")
	b.get("/p/r/history?what=rule").want(http.StatusOK).says("ei · eos")
	b.post("/p/r/undo").to("/p/r/code")
	s.wantState(p, "open 59, coded 1")
	b.post("/p/r/code/empty", "talk", "ei", "question", "q2").to("/p/r/code/empty.*")
	s.wantState(p, "open 58, coded 1, unusable 1")
	b.get("/p/r/code/empty?lang=fi").want(http.StatusOK)
	s.as(coding.RoleReader).get("/p/r/code/empty").want(http.StatusForbidden)
}

// TestThemesAllOrAny narrows by two themes.
func TestThemesAllOrAny(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 9)
	s.code("services", 6, 14)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/code?question=q1&theme=coordination").want(http.StatusOK).says("9 answers in the selection").hides("all of the chosen")
	b.get("/p/s/code?question=q1&theme=coordination&theme=services").want(http.StatusOK).says("14 answers in the selection", "any of the chosen", "all of the chosen")
	b.get("/p/s/code?question=q1&theme=coordination&theme=services&themes=all").want(http.StatusOK).says("3 answers in the selection")
}

func TestLengthOrder(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleAnalyst)
	first := func(sort string) string {
		return regexp.MustCompile(`(?s)data-text>(.*?)</p>`).FindStringSubmatch(b.get("/p/s/code?question=*&sort=" + sort).want(http.StatusOK).body)[1]
	}
	if short, long := first("short"), first("long"); !strings.HasPrefix(short, "toinen 0") || !strings.HasPrefix(long, "Vastaus") {
		t.Errorf("the shortest is %q, the longest %q", short, long)
	}
}
