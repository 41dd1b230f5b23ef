package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
)

// TestTwoOnOneQuote: who comes second is told who was quicker and with what, finds the quote as it is and what was typed still in its
// field; comments stand beside each other; a quote that somebody took off the list is told of, and never of one that stays.
func TestTwoOnOneQuote(t *testing.T) {
	s := newTestSurvey(t)
	ann, lead := s.as(coding.RoleAnalyst), s.as(coding.RoleLead)
	q, err := s.svc.AddQuote(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, coding.Quote{Answer: s.answers[0]})
	s.ok(err)
	at := fmt.Sprintf("/p/s/quotes/%d", q.ID)
	lead.post(at+"/translate", "version", "1", "lang", "en", "text", "An answer of the lead").want(http.StatusSeeOther)
	page := ann.post(at+"/translate", "version", "1", "lang", "sv", "text", "Svar av analytikern").want(http.StatusUnprocessableEntity)
	page.says("Tester lead changed this quote at", "(translation)", "Your change was not made", "An answer of the lead", "Svar av analytikern")
	page = ann.post(at, "version", "1", "section", "Luku 2", "note", "muista tämä").want(http.StatusUnprocessableEntity).says("Tester lead changed this quote", "muista tämä")
	if !strings.Contains(page.body, `value="Luku 2"`) {
		t.Error("the section that was typed is gone")
	}
	ann.post(at+"/comment", "text", "ensimmäinen").want(http.StatusSeeOther)
	lead.post(at+"/comment", "text", "toinen").want(http.StatusSeeOther)
	ann.get("/p/s/quotes?at="+fmt.Sprint(q.ID)).says("ensimmäinen", "toinen")
	ann.post(at+"/state", "version", "1", "do", "nonsense").want(http.StatusNotFound)
	ann.post("/p/s/quotes/999/state", "version", "1", "do", "approve").want(http.StatusNotFound)
	lead.post(at + "/remove").want(http.StatusSeeOther)
	ann.post(at+"/translate", "version", "4", "lang", "sv", "text", "Svar").want(http.StatusUnprocessableEntity).says("Tester lead took this quote off the list at")
}

// TestLongQuote: a quote of 5,000 characters is chosen, cut, approved and exported whole.
func TestLongQuote(t *testing.T) {
	s := newTestSurvey(t)
	text := strings.Repeat("Yhteistyö sujuu, kun kaikki tuntevat toisensa. ", 110) // 5,170
	_, err := s.svc.Import(t.Context(), s.p.ID, coding.Operator, coding.Batch{File: "l", SHA256: "l", Round: coding.Round{Key: "long"}, Questions: []coding.Question{{Key: "q1"}},
		Rows: func(yield func(coding.BatchRow, error) bool) {
			yield(coding.BatchRow{External: "1", Answers: []coding.BatchAnswer{{Language: "fi", Text: text}}}, nil)
		}}, nil)
	s.ok(err)
	var id coding.AnswerID
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		for a, err := range r.EachAnswer(t.Context(), s.p.ID, 0, 0) {
			if id = a.ID; err != nil {
				return err
			}
		}
		return nil
	}))
	b := s.as(coding.RoleAnalyst)
	q, err := s.svc.AddQuote(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, coding.Quote{Answer: id})
	s.ok(err)
	at := fmt.Sprintf("/p/s/quotes/%d", q.ID)
	b.post(at+"/edit", "version", "1", "do", "cut", "start", "47", "end", "94").want(http.StatusSeeOther)
	b.post(at+"/edit", "version", "2", "do", "mask", "start", "0", "end", "9", "text", "asia").want(http.StatusSeeOther)
	b.post(at+"/state", "version", "3", "do", "approve").want(http.StatusSeeOther)
	want := "[asia] sujuu, kun kaikki tuntevat toisensa. […] " + strings.TrimSpace(text[2*len("Yhteistyö sujuu, kun kaikki tuntevat toisensa. "):])
	for _, ending := range []string{"md", "csv", "html", "txt"} {
		got := strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(b.get("/p/s/export/public-quotes." + ending).want(http.StatusOK).body)
		if !strings.Contains(got, want) {
			t.Errorf("%s has not the whole quote", ending)
		}
	}
	for _, ending := range []string{"docx", "xlsx"} {
		b.get("/p/s/export/public-quotes." + ending).want(http.StatusOK)
	}
}

// TestQuotesAsText is what goes to the clipboard: the quotes with or without who said them, and nothing else.
func TestQuotesAsText(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 12)
	b := s.as(coding.RoleAnalyst)
	q, err := s.svc.AddQuote(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, coding.Quote{Answer: s.answers[0], Theme: s.theme("coordination").ID})
	s.ok(err)
	at := fmt.Sprintf("/p/s/quotes/%d", q.ID)
	var org coding.VariableID
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		list, err := r.Variables(t.Context(), s.p.ID)
		org = list[0].ID
		return err
	}))
	b.post(at+"/show", "version", "1", "variable", fmt.Sprint(int64(org))).want(http.StatusSeeOther)
	b.post(at+"/edit", "version", "2", "do", "whole").want(http.StatusSeeOther)
	b.post(at+"/state", "version", "3", "do", "approve").want(http.StatusSeeOther)
	page := b.get("/p/s/quotes").want(http.StatusOK).says("without attribution", "Copy as text")
	for _, link := range []string{"public-quotes.txt?bare=1", "public-quotes.docx?attribution=0", "public-quotes.txt?bare=1&amp;attribution=0"} {
		if !strings.Contains(page.body, link) {
			t.Errorf("the page has no link to %s", link)
		}
	}
	said := "”Vastaus 👩‍👩‍👧 numero 0, jossa on sanoja.”\n"
	if got, want := b.get("/p/s/export/public-quotes.txt?bare=1").want(http.StatusOK).body, "Coordination\n\n"+said+"– Association\n"; got != want {
		t.Errorf("with attribution %q, want %q", got, want)
	}
	if got, want := b.get("/p/s/export/public-quotes.txt?bare=1&attribution=0").want(http.StatusOK).body, "Coordination\n\n"+said; got != want {
		t.Errorf("without %q, want %q", got, want)
	}
}

// slowFormat writes until the one who asked is gone.
type slowFormat struct {
	ctx     context.Context
	writing chan struct{}
}

func (slowFormat) Ending() string    { return "csv" }
func (slowFormat) MediaType() string { return "text/csv" }
func (f slowFormat) Write(w io.Writer, d *exporter.Document) error {
	if _, err := io.WriteString(w, "half a file"); err != nil {
		return err
	}
	close(f.writing)
	<-f.ctx.Done()
	for _, err := range d.Tables[0].Rows {
		if err != nil {
			return err
		}
	}
	return f.ctx.Err()
}

// TestCancelledExport: who closes the page gets nothing, no half file stays, and it is no error of the program.
func TestCancelledExport(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleLead)
	ctx, cancel := context.WithCancel(t.Context())
	slow := slowFormat{ctx, make(chan struct{})}
	s.server.Formats = exporter.Formats{slow}
	req := httptest.NewRequestWithContext(ctx, http.MethodGet, "/p/s/export/codings.csv", nil)
	for _, c := range b.cookies {
		req.AddCookie(c)
	}
	w := httptest.NewRecorder()
	done := make(chan struct{})
	go func() { defer close(done); s.server.ServeHTTP(w, req) }()
	<-slow.writing
	if left, err := os.ReadDir(s.server.Uploads); err != nil || len(left) != 1 {
		t.Fatalf("while writing: %v %v", left, err)
	}
	cancel()
	<-done
	if left, err := os.ReadDir(s.server.Uploads); err != nil || len(left) != 0 {
		t.Errorf("a half file stays: %v %v", left, err)
	}
	if strings.Contains(w.Body.String(), "half a file") || w.Code == http.StatusInternalServerError {
		t.Errorf("the answer is %d %q", w.Code, w.Body.String())
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.Error("not cancelled")
	}
}
