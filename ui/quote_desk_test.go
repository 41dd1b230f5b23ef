package ui

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
)

// versionOf is the version that the open quote's forms send.
func (p *testPage) versionOf() string {
	m := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(p.body)
	if m == nil {
		p.t.Fatal("no quote is open")
	}
	return m[1]
}

func TestQuoteDesk(t *testing.T) {
	s := newTestSurvey(t)
	q := s.quote(s.answers[2], "services", coding.Span{})
	b := s.as(coding.RoleAnalyst)
	at := fmt.Sprintf("/p/s/quotes/%d", q.ID)
	open := fmt.Sprintf("/p/s/quotes?at=%d", q.ID)
	version := b.get(open).want(200).says("Original answer", "Candidate").versionOf()

	// Words can be typed: no script is needed.
	b.post(at+"/edit", "version", version, "do", "cut", "words", "numero 2,").to(".*at=.*")
	b.get(open).says("”Vastaus 👩‍👩‍👧 […] jossa on sanoja.”", "Edited")
	b.post(at+"/edit", "do", "mask", "words", "sanoja", "text", "[asia]").to(".*")
	b.get(open).says("[asia]")
	b.post(at+"/edit", "do", "cut", "words", "ei ole siinä").want(422).says("The answer does not have the words “ei ole siinä”.", "Original answer")
	b.post(at+"/edit", "do", "mask", "words", "jossa").want(422).says("Write 1–80 characters on one line for the brackets.")
	b.post(at+"/edit", "do", "fix", "words", "jossa", "text", "kaikki").want(422).says("is not an obvious typing error")
	// Somebody with an old page does not write over what is new.
	b.post(at+"/edit", "version", version, "do", "whole").want(422).says("Tester analyst changed this quote at", "Your change was not made.", "[asia]")
	// A short version beside the long one.
	b.post(at+"/edit", "short", "1", "do", "only", "words", "jossa on").to(".*short=1.*")
	b.get(open).says("Short version ”jossa on”", "[asia]")

	b.post(at+"/state", "do", "approve").to(".*")
	b.get(open).says("Approved by Tester analyst", "1 approved")
	b.post(at+"/state", "do", "use", "report", "Loppuraportti").to(".*")
	b.get(open).says("used in: Loppuraportti", "Used")
	b.post(at+"/translate", "lang", "en", "text", "An answer.").to(".*")
	b.post(at+"/comment", "text", "Good one").to(".*")
	b.post(at, "section", "Chapter 2", "theme", fmt.Sprint(s.themes["services"].ID)).to(".*")
	b.get(open).says("Translation An answer.", "Good one", "Chapter 2 · Services", "1 comment")
	s.as(coding.RoleReader).get("/p/s/quotes").says("Translation An answer.").hides("Good one", "Loppuraportti", "#0003")
	s.as(coding.RoleReader).post(at+"/state", "do", "reopen").want(403)

	// House rules are for those who lead.
	b.post("/p/s/quotes/rules", "mark", "(…)", "k", "10").want(403)
	lead := s.as(coding.RoleLead)
	lead.post("/p/s/quotes/rules", "mark", "***", "k", "10").want(422)
	lead.post("/p/s/quotes/rules", "mark", "(…)", "k", "3", "second", "1", "names", "Vastaus").to("/p/s/quotes")
	b.post(at+"/state", "do", "reopen").to(".*")
	b.get(open).says("A second person must check the quote before it is approved.", "Possible identifiers", "organisation")
	b.post(at+"/state", "do", "approve").want(422).says("A second person must check the quote first.")
}

func TestQuoteAttribution(t *testing.T) {
	s := newTestSurvey(t)
	q := s.quote(s.answers[31], "services", coding.Span{}) // one of few who answered in Swedish
	b := s.as(coding.RoleAnalyst)
	at := fmt.Sprintf("/p/s/quotes/%d/show", q.ID)
	var variable string
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		vs, err := r.Variables(t.Context(), s.p.ID)
		variable = fmt.Sprint(vs[0].ID)
		return err
	}))
	p := b.post(at, "variable", variable)
	p.want(422).says("The attribution can’t be shown: only")
	b.post(at, "variable", variable, "reason", "The respondent agreed.").to(".*")
	b.get(fmt.Sprintf("/p/s/quotes?at=%d", q.ID)).says("Limit overridden by Tester analyst", "The respondent agreed.")
	b.post(at).to(".*")
	b.get(fmt.Sprintf("/p/s/quotes?at=%d", q.ID)).hides("Limit overridden").says("Without background")
}

func TestFindQuotes(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 9)
	b := s.as(coding.RoleAnalyst)
	p := b.get("/p/s/quotes/find?theme=services").want(200).says("out of 9 answers", "complete sentences", "this theme only")
	post := regexp.MustCompile(`action="(/p/s/answers/\d+/quote)"`).FindStringSubmatch(p.body)
	if post == nil {
		t.Fatal("nothing to choose")
	}
	b.post(post[1], "theme", fmt.Sprint(s.themes["services"].ID), "next", "/p/s/quotes/find?theme=services").to(regexp.QuoteMeta("/p/s/quotes/find?theme=services"))
	b.get("/p/s/quotes?theme=services").says("1 quote of 1 · 0 approved")
	b.get("/p/s/quotes/find?theme=roles").want(200).says("No answer of this theme could be quoted")
	s.as(coding.RoleReader).get("/p/s/quotes/find").want(403)
}

// TestCorrectedAnswerStopsTheExport: the difference is shown, and the export waits for somebody to look.
func TestCorrectedAnswerStopsTheExport(t *testing.T) {
	s := newTestSurvey(t)
	q := s.approved(s.answers[2], "services", coding.Span{})
	s.ok(s.svc.Store().Update(t.Context(), func(tx coding.Tx) error {
		old, err := tx.Answer(t.Context(), s.p.ID, q.Answer)
		s.ok(err)
		st, err := tx.Begin(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, coding.OpImport, "b.csv", 0)
		s.ok(err)
		after := old
		after.Text = strings.Replace(old.Text, "sanoja", "lauseita", 1) + " Soita 040 123 4567."
		after.Describe()
		_, err = tx.Put(t.Context(), st, old, after)
		return err
	}))
	b := s.as(coding.RoleAnalyst)
	open := fmt.Sprintf("/p/s/quotes?at=%d", q.ID)
	p := b.get(open).says("The answer of 1 quote was corrected", "The quote before the correction", "jossa on sanoja.")
	if !strings.Contains(p.body, `<span class="gone">sanoja</span>`) || !strings.Contains(p.body, `<span class="new">lauseita`) {
		t.Errorf("the difference is not marked: %s", regexp.MustCompile(`(?s)data-text.*?</div>`).FindString(p.body))
	}
	for _, file := range []string{"quotes.csv", "public-quotes.docx"} {
		b.get("/p/s/export/" + file).want(422).says("The export was stopped: quote 1")
	}
	s.as(coding.RoleReader).get("/p/s/quotes").hides("sanoja", "lauseita")
	b.post(fmt.Sprintf("/p/s/quotes/%d/state", q.ID), "do", "refresh").to(".*")
	b.get("/p/s/export/quotes.csv").want(200).says("lauseita")
	b.post(fmt.Sprintf("/p/s/quotes/%d/state", q.ID), "do", "approve").want(422).says("The quote has “040 123 4567”")
	b.get("/p/s/quotes/identifiers").want(200).says("1 answer has possible identifiers", "phone number", "#0003")
	b.post(fmt.Sprintf("/p/s/quotes/%d/edit", q.ID), "do", "maskall").to(".*")
	b.post(fmt.Sprintf("/p/s/quotes/%d/state", q.ID), "do", "approve").to(".*")
	s.as(coding.RoleReader).get("/p/s/export/quotes.html").want(200).says("”Vastaus 👩‍👩‍👧 numero 2, jossa on lauseita. Soita [puhelinnumero].”").hides("r02", "040 123")
}

func TestExportWithoutAttribution(t *testing.T) {
	s := newTestSurvey(t)
	q := s.approved(s.answers[2], "services", coding.Span{})
	desk := quotes.New(s.svc, s.server.Boards.Sharing)
	c := quotes.Change{Project: s.p.ID, Actor: s.people[coding.RoleAnalyst].ID, Quote: q.ID}
	var v []coding.Variable
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) (err error) { v, err = r.Variables(t.Context(), s.p.ID); return err }))
	_, err := desk.Show(t.Context(), c, []coding.VariableID{v[0].ID}, "")
	s.ok(err)
	_, err = desk.Approve(t.Context(), c, nil)
	s.ok(err)
	r := s.as(coding.RoleReader)
	r.get("/p/s/export/quotes.csv").want(200).says("Association")
	r.get("/p/s/export/quotes.csv?" + url.Values{"attribution": {"0"}}.Encode()).want(200).hides("Association")
}
