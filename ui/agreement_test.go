package ui

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
)

// rated is a project in which the analyst and the lead gave answers one of three themes each, as a contingency table says.
func rated(t *testing.T, s *testSite, slug string, cells ...[]int) coding.Project {
	t.Helper()
	n := 0
	for _, row := range cells {
		for _, k := range row {
			n += k
		}
	}
	p := s.project(slug, map[coding.Lang]int{"fi": n})
	var ids []coding.AnswerID
	err := s.svc.Store().View(t.Context(), func(rd coding.Reader) error {
		for a, err := range rd.EachAnswer(t.Context(), p.ID, 0, 0) {
			if err != nil {
				return err
			}
			ids = append(ids, a.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var list []coding.Theme
	for i := range cells {
		th, err := s.svc.AddTheme(t.Context(), p.ID, s.people[coding.RoleAnalyst].ID, coding.Theme{Key: fmt.Sprint("t", i), Label: coding.Text{EN: fmt.Sprint("Theme ", i)}})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, th)
	}
	at := 0
	for i, row := range cells {
		for j, k := range row {
			for range k {
				for who, th := range map[coding.Role]int{coding.RoleAnalyst: i, coding.RoleLead: j} {
					if _, err := s.svc.ApplyTheme(t.Context(), p.ID, s.people[who].ID, coding.Apply{Answers: ids[at : at+1], Theme: list[th].ID}); err != nil {
						t.Fatal(err)
					}
				}
				at++
			}
		}
	}
	return p
}

// TestAgreementIsThePublished codes as published examples have it and reads the coefficients off the page and its files.
func TestAgreementIsThePublished(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleAnalyst)
	// Gwet's table of abstractors in the manual of irrCAC: AC1 0.8493 (0.764–0.935), percent 0.89 (0.828–0.952), kappa 0.7964,
	// alpha 0.7973 (0.680–0.914).
	rated(t, s.testSite, "gwet", []int{13, 0, 0}, []int{0, 20, 7}, []int{0, 4, 56})
	page := b.get("/p/gwet/agreement").want(200)
	page.says("100 answers read by at least two coders, of 100 answers", "Tester analyst and Tester lead gave exactly the same themes to 89 of 100 answers (89%)",
		"0.85 0.76–0.94", "89% 83–95%", "0.80 0.68–0.92", "The coders differ on 11 answers; 0 of them have been decided.",
		"Krippendorff’s alpha with partial agreement counted is 0.80 (0.68–0.92).")
	whole := func(slug string) []any {
		var doc struct {
			Tables []struct{ Rows [][]any }
		}
		if err := json.Unmarshal([]byte(b.get("/p/"+slug+"/export/agreement.json").want(200).body), &doc); err != nil {
			t.Fatal(err)
		}
		return doc.Tables[0].Rows[0]
	}
	near := func(what string, got any, want, within float64) {
		t.Helper()
		if x, ok := got.(float64); !ok || math.Abs(x-want) > within {
			t.Errorf("%s is %v, published as %v", what, got, want)
		}
	}
	// theme, n, all, only A, only B, none, decided, then value, low and high of percent, kappa, alpha and AC1
	row := whole("gwet")
	near("percent", row[7], 0.89, 1e-9)
	near("Cohen's kappa", row[10], 0.7964094, 1e-6)
	near("alpha", row[13], 0.7972585, 1e-6)
	near("AC1", row[16], 0.8493305, 1e-6)
	near("AC1, lower", row[17], 0.764, 1.5e-3)
	// The table whose interval of kappa SAS prints.
	rated(t, s.testSite, "sas", []int{0, 4, 1}, []int{0, 8, 0}, []int{0, 1, 5})
	row = whole("sas")
	near("Cohen's kappa", row[10], 0.4842, 5e-5)
	near("lower", row[11], 0.2137, 5e-5)
	near("upper", row[12], 0.7547, 5e-5)
	b.get("/p/sas/agreement").says("With only 19 compared answers every number is uncertain", "0.48 0.21–0.75")
}

// TestAgreementOfOneTheme is Krippendorff's example of two observers and binary data (2011, example A): alpha 0.095.
func TestAgreementOfOneTheme(t *testing.T) {
	s := newTestSurvey(t)
	one, two := []int{0, 1, 0, 0, 0, 0, 0, 0, 1, 0}, []int{1, 1, 1, 0, 0, 1, 0, 0, 0, 0}
	for i := range one {
		for who, gave := range map[coding.Role]int{coding.RoleAnalyst: one[i], coding.RoleLead: two[i]} {
			if gave == 1 {
				s.gave(who, "coordination", i)
			} else {
				s.marked(who, i)
			}
		}
	}
	b := s.as(coding.RoleAnalyst)
	p := b.get("/p/s/agreement").want(200)
	p.says("10 answers read by at least two coders, of 76 answers", "60% 23–97%", "Of 5 answers that anybody gave it, all gave it to 1.")
	// Of the four 1s of one and two of the other, one is shared: the numbers lead to their answers.
	for what, want := range map[string]string{"Only Tester analyst": "a:1", "Only Tester lead": "b:3", "All gave it": "alike:1", "Nobody gave it": "none:5"} {
		is, n, _ := strings.Cut(want, ":")
		m := regexp.MustCompile(`<a href="([^"]*theme=coordination[^"]*)">` + n + `<span class="vh"> ` + regexp.QuoteMeta(what)).FindStringSubmatch(p.body)
		if m == nil || !strings.Contains(m[1], "is="+is) {
			t.Errorf("%s: no link to %s answers (%v)", what, n, m)
			continue
		}
		b.get(strings.ReplaceAll(m[1], "&amp;", "&")).want(200).says(" of " + n + " answers")
	}
	var doc struct {
		Tables []struct{ Rows [][]any }
	}
	if err := json.Unmarshal([]byte(b.get("/p/s/export/agreement.json").body), &doc); err != nil {
		t.Fatal(err)
	}
	if alpha, _ := doc.Tables[0].Rows[3][13].(float64); math.Abs(alpha-0.0952381) > 1e-6 {
		t.Errorf("alpha is %v, published as 0.095", alpha)
	}
	for _, kind := range []string{"csv", "xlsx", "docx"} {
		b.get("/p/s/export/agreement." + kind + "?question=q1").want(200)
	}
	if csv := b.get("/p/s/export/agreement.csv").body; !strings.Contains(csv, "\nCoordination,10,1,1,3,5,0,60.0,23.1,96.9,0.0909,") {
		t.Errorf("the CSV is %s", csv)
	}
	for _, lang := range []string{"fi", "sv", "en"} {
		if !strings.Contains(p.body, `<p lang="`+lang+`" id="methods-`+lang+`">`) {
			t.Errorf("no text for a methods section in %s", lang)
		}
	}
	p.says("Two coders each coded 10 answers.").hides("blind to each other")
}

// gave is the theme given by the person of a role to the answer of the i-th respondent.
func (s *testSurvey) gave(who coding.Role, theme string, i int, evidence ...coding.Span) {
	s.t.Helper()
	_, err := s.svc.ApplyTheme(s.t.Context(), s.p.ID, s.people[who].ID, coding.Apply{Answers: s.answers[i : i+1], Theme: s.themes[theme].ID, Evidence: evidence})
	s.ok(err)
}

func (s *testSurvey) marked(who coding.Role, i int) {
	s.t.Helper()
	_, err := s.svc.MarkAnswers(s.t.Context(), s.p.ID, s.people[who].ID, s.answers[i:i+1], coding.StateNoTheme)
	s.ok(err)
}

// TestAgreementSaysWhyThereIsNone shows each reason why there is nothing to compare.
func TestAgreementSaysWhyThereIsNone(t *testing.T) {
	s := newTestSurvey(t)
	s.testSite.project("none", nil)
	lead, anna := s.as(coding.RoleLead), s.as(coding.RoleAnalyst)
	s.as(coding.RoleReader).get("/p/s/agreement").want(403)
	lead.get("/p/none/agreement").want(200).says("Nothing has been coded yet")
	s.gave(coding.RoleAnalyst, "roles", 0)
	lead.get("/p/s/agreement").says("Only one coder so far", "Only Tester analyst has coded here", "Set up double coding")
	anna.get("/p/s/agreement").hides("Set up double coding")
	s.gave(coding.RoleLead, "roles", 1)
	lead.get("/p/s/agreement").says("No answer has been coded twice")
	lead.get("/p/s/agreement/answers").want(200).says("No answer has been coded twice")
	s.gave(coding.RoleLead, "roles", 0)
	lead.get("/p/s/agreement").says("1 answer read by at least two coders", "All ratings are the same value")
	lead.get("/p/s/agreement?question=q2").says("No such answers in this selection", "Show everything")
	lead.get("/p/s/agreement/answers").says("All disagreements have been decided")
	lead.get("/p/s/agreement/answers?is=sideways").want(404)
	lead.get("/p/s/agreement/answers?theme=nothing").want(404)
	s.gave(coding.RoleAdmin, "services", 0)
	lead.get("/p/s/agreement").says("3 coders are compared", "All coders (3)", "Coder by coder", "Tester analyst – Tester lead")
	lead.get("/p/s/agreement?coder=analyst,lead").says("Tester analyst and Tester lead gave exactly the same themes").hides("Coder by coder")
}

// TestDisagreementIsDecided settles what two coders differ on, and looks at what counts then.
func TestDisagreementIsDecided(t *testing.T) {
	s := newTestSurvey(t)
	s.gave(coding.RoleAnalyst, "coordination", 0, coding.Span{Start: 0, End: 7})
	s.gave(coding.RoleLead, "services", 0)
	for i := 1; i < 7; i++ { // all alike
		s.gave(coding.RoleAnalyst, "coordination", i)
		s.gave(coding.RoleLead, "coordination", i)
	}
	s.gave(coding.RoleAnalyst, "roles", 7)
	s.marked(coding.RoleLead, 7)
	b := s.as(coding.RoleLead)
	count := func(theme string) string { // with nothing hidden
		table, err := report.New(s.server.Boards).Count(t.Context(), report.Request{Project: s.p.ID, Questions: []string{"q1"}, Unit: report.Answers, Threshold: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			if row.Theme.Key == theme {
				return fmt.Sprint(row.Total.N)
			}
		}
		return "hidden"
	}
	if got := count("coordination"); got != "7" {
		t.Fatalf("coordination counts %s before any decision", got)
	}
	before := b.get("/p/s/agreement").says("The coders differ on 2 answers", "Coordination Services").body
	p := b.get("/p/s/agreement/answers").want(200).says("1–2 of 2 answers", "As Tester analyst", "No theme applies")
	if !strings.Contains(p.body, `title="Coordination · Tester analyst"`) {
		t.Error("the evidence of a coder is not marked")
	}
	answer := fmt.Sprint(s.answers[0])
	decide := func(do string, more ...string) *testPage {
		return b.post("/p/s/agreement/decide", append([]string{"answer", answer, "do", do, "next", "/p/s/agreement/answers"}, more...)...)
	}
	s.as(coding.RoleReader).post("/p/s/agreement/decide", "answer", answer, "do", "yes:1").want(403)
	decide("nothing").want(422).says("Press the button of a side or of a theme")
	decide("sideways").want(404)
	decide("yes:99").want(422)
	decide(fmt.Sprintf("as:%d", s.people[coding.RoleReader].ID)).want(404)

	// The lead is right: coordination does not apply, services do.
	b.get(decide(fmt.Sprintf("as:%d", s.people[coding.RoleLead].ID), "why", "agreed on <b>Monday</b>").to(`/p/s/agreement/answers\?did=\d+`)).
		says("1–1 of 1 answers", "Done: disagreement decided.").hides("agreed on")
	b.get("/p/s/agreement/answers?is=settled").says("Tester lead", "agreed on <b>Monday</b>", "decided")
	if got := count("coordination"); got != "6" {
		t.Errorf("coordination counts %s after the decision", got)
	}
	b.get("/p/s/code?question=q1").says("decided: does not apply", "decided: applies")
	if csv := b.get("/p/s/export/matrix.csv?question=q1").want(200).body; !regexp.MustCompile(`(?m)^"?r00"?[,;].*coded[,;]0[,;]0[,;]1`).MatchString(csv) {
		t.Errorf("the matrix does not follow the decision: %.400s", csv)
	}
	// Agreement is as it was: the codings are all there.
	after := b.get("/p/s/agreement").says("1 of them have been decided").body
	table := func(body string) string { return regexp.MustCompile(`(?s)<svg.*</svg>`).FindString(body) }
	if table(before) != table(after) {
		t.Error("a decision changed the coefficients")
	}
	b.get("/p/s/history?what=decide").says("disagreement decided")

	// Undo brings the disagreement back; taking back does too.
	b.post("/p/s/undo")
	if got := count("coordination"); got != "7" {
		t.Errorf("coordination counts %s after undo", got)
	}
	b.get("/p/s/agreement/answers").says("1–2 of 2 answers")
	th := s.themes["coordination"].ID
	b.get(decide(fmt.Sprint("no:", th)).to(`/p/s/agreement/answers\?did=\d+`)).says("1–2 of 2 answers") // services are still open
	decide(fmt.Sprint("no:", th)).to(`/p/s/agreement/answers`)
	b.get(decide(fmt.Sprint("back:", th)).to(`/p/s/agreement/answers\?did=\d+`)).says("decision taken back")
	// None of what they gave: another theme.
	decide(fmt.Sprint("no:", th)).to(`/p/s/agreement/answers\?did=\d+`)
	decide(fmt.Sprint("no:", s.themes["services"].ID)).to(`/p/s/agreement/answers\?did=\d+`)
	state := func() string {
		return regexp.MustCompile(`class="card state-\w+" id="a` + answer + `"`).FindString(b.get("/p/s/code?question=q1").body)
	}
	if got := state(); !strings.Contains(got, "state-none") {
		t.Errorf("an answer without any theme left stands as %s", got)
	}
	decide("other").want(422)
	decide("other", "theme", fmt.Sprint(s.themes["roles"].ID)).to(`/p/s/agreement/answers\?did=\d+`)
	if got := count("roles"); got != "2" && got != "hidden" {
		t.Errorf("roles count %s", got)
	}
	if got := state(); !strings.Contains(got, "state-coded") {
		t.Errorf("with the other theme it stands as %s", got)
	}

	// A note for the codebook is the person's memo on the theme.
	b.post("/p/s/agreement/note", "theme", fmt.Sprint(th), "note", "Say where it ends.", "next", "/p/s/agreement/answers").to(`/p/s/agreement/answers\?did=\d+`)
	b.get("/p/s/memos?on=theme").says("Say where it ends.")
	b.get("/p/s/agreement/answers?is=split&theme=coordination").says("Say where it ends.")
	b.get("/p/s/agreement/answers?is=split&theme=coordination&for=services").says("1–1 of 1 answers")
	b.get("/p/s/agreement/answers?is=split&theme=coordination&for=-").says("No answer stands so")
}

// TestBlindCodersSeeNothing sets up double coding, codes as one coder, and looks for it as the other.
func TestBlindCodersSeeNothing(t *testing.T) {
	s := newTestSurvey(t)
	lead, anna := s.as(coding.RoleLead), s.as(coding.RoleAnalyst)
	annaID, adminID := s.people[coding.RoleAnalyst].ID, s.people[coding.RoleAdmin].ID
	lead.get("/p/s/work?double=1").want(200).says("the same answers to everybody ticked")
	lead.get(fmt.Sprintf("/p/s/work?how=double&who=%d", annaID)).want(422).says("Double coding needs at least two coders")
	p := lead.get(fmt.Sprintf("/p/s/work?how=double&blind=1&who=%d&who=%d&question=q1&sample=25%%25&strata=1&note=first+trial", annaID, adminID)).want(200)
	p.says("10 answers to each. They code blind.", "Tester admin 10, Tester analyst 10")
	lead.get(lead.confirm(p).to(`/p/s/agreement\?did=\d+#trials`)).want(200).says("first trial", "10 answers", "0 / 10 read", "End the blind phase early")
	if s.given() != "analyst 10, admin 10" {
		t.Fatalf("given: %s", s.given())
	}
	list, err := s.svc.Assignments(t.Context(), s.p.ID, coding.Operator)
	s.ok(err)
	answers := list[0].Answers
	at := answers[0]
	_, err = s.svc.ApplyTheme(t.Context(), s.p.ID, adminID, coding.Apply{Answers: answers, Theme: s.themes["services"].ID, Evidence: nil})
	s.ok(err)
	_, err = s.svc.SetMemo(t.Context(), s.p.ID, adminID, coding.MemoAnswer, int64(at), "surely about services")
	s.ok(err)

	card := func(b *testBrowser, query string) string {
		body := b.get("/p/s/code?" + query).want(200).body
		return regexp.MustCompile(`(?s)<article[^>]*id="a` + fmt.Sprint(at) + `".*?</article>`).FindString(body)
	}
	if got := card(lead, "question=q1"); !strings.Contains(got, "Services") || !strings.Contains(got, "surely about") {
		t.Fatalf("the lead, who does not take part, sees no coding: %s", got)
	}
	hidden := card(anna, "question=q1")
	if hidden == "" || strings.Contains(hidden, `data-theme="`+fmt.Sprint(s.themes["services"].ID)+`"`) || strings.Contains(hidden, "surely about") || !strings.Contains(hidden, "state-open") {
		t.Errorf("the blind coder sees what the other gave: %s", hidden)
	}
	for _, query := range []string{"question=q1&theme=services", "question=q1&state=coded", "question=q1&coder=admin"} {
		if card(anna, query) != "" {
			t.Errorf("the filter %s tells what the other gave", query)
		}
		if card(lead, query) == "" {
			t.Errorf("the filter %s tells the lead nothing", query)
		}
	}
	anna.get("/p/s/memos").hides("surely about services")
	anna.get(fmt.Sprintf("/p/s/memos/answer/%d", at)).hides("surely about services")
	anna.get("/p/s/history").says("hidden while you code blind").hides("#0001")
	for _, kind := range []string{"matrix", "codings", "answers"} {
		anna.get("/p/s/export/" + kind + ".csv").want(422).says("this file would show what others gave them")
	}
	anna.get("/p/s/agreement").says("0 answers read by at least two coders, of 76 answers", "You take part")

	// Both have coded; nothing may be decided before the end of the phase.
	_, err = s.svc.ApplyTheme(t.Context(), s.p.ID, annaID, coding.Apply{Answers: answers[:9], Theme: s.themes["services"].ID})
	s.ok(err)
	_, err = s.svc.ApplyTheme(t.Context(), s.p.ID, annaID, coding.Apply{Answers: answers[9:], Theme: s.themes["roles"].ID})
	s.ok(err)
	anna.get("/p/s/agreement").says("The blind phase is still on", "10 answers that you still code blind are left out")
	anna.get("/p/s/agreement/answers").says("The blind phase is still on")
	lead.get("/p/s/agreement").says("10 answers read by at least two coders", "Everybody is done.", "10 of the compared answers were given out to be coded blind")
	lead.post("/p/s/agreement/decide", "answer", fmt.Sprint(answers[9]), "do", fmt.Sprint("yes:", s.themes["roles"].ID)).want(422).says("still codes this answer blind")
	anna.post("/p/s/agreement/unveil", "trial", list[0].Trial).want(403)
	lead.post("/p/s/agreement/unveil", "trial", "").want(404)
	lead.get(lead.post("/p/s/agreement/unveil", "trial", list[0].Trial).to(`/p/s/agreement\?did=\d+`)).says("blind phase ended", "The coders worked blind to each other’s codings.")
	if got := card(anna, "question=q1"); !strings.Contains(got, "Services") || !strings.Contains(got, "surely about") {
		t.Errorf("after the phase the coder sees nothing: %s", got)
	}
	anna.get("/p/s/agreement/answers").says("1–1 of 1 answers")
	lead.post("/p/s/undo") // the phase goes on
	if strings.Contains(card(anna, "question=q1"), "surely about") {
		t.Error("undo did not bring the veil back")
	}
}
