package ui

import (
	"net/http"
	"testing"

	"avokoodi/coding"
)

// TestFlagged: answers in which somebody is identified are a filter of the desk, which follows imports, corrections and erasures.
func TestFlagged(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", map[coding.Lang]int{"en": 8})
	b := s.as(coding.RoleLead)
	b.get("/p/one/code?question=*").want(http.StatusOK).hides("Identifiers")
	bring := func(file string, update bool, rows ...string) {
		t.Helper()
		batch := coding.Batch{File: file, SHA256: file, Round: coding.Round{Key: "2023"}, Questions: []coding.Question{{Key: "q1"}}, Rows: func(yield func(coding.BatchRow, error) bool) {
			for i, text := range rows {
				if !yield(coding.BatchRow{External: string(rune('a' + i)), Answers: []coding.BatchAnswer{{Language: "en", Text: text}}}, nil) {
					return
				}
			}
		}}
		var err error
		if update {
			_, _, err = s.svc.Revise(t.Context(), p.ID, coding.Operator, []coding.Batch{batch}, coding.Decisions{}, nil)
		} else {
			_, err = s.svc.Import(t.Context(), p.ID, coding.Operator, batch, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	bring("1", false, "write to anna@example.org", "call 040 123 4567 or anna@example.org", "nothing of the kind")
	b.get("/p/one/code?question=*").says("Identifiers 2", "identifiers: e-mail")
	b.get("/p/one/code?question=*&identifies=yes").want(http.StatusOK).says("write to", "call", "identifiers: phone number, e-mail address").hides("nothing of the kind", "answer 1")
	bring("2", true, "nothing any more", "call 040 123 4567 or anna@example.org", "now write to bertil@example.org")
	b.get("/p/one/code?question=*").says("Identifiers 2")
	b.get("/p/one/code?question=*&identifies=yes").says("now write to").hides("nothing any more")
	found, err := s.svc.FindRespondents(t.Context(), p.ID, coding.Operator, "b")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if _, err := s.svc.Erase(t.Context(), p.ID, coding.Operator, []coding.RespondentID{found[0].ID}); err != nil {
		t.Fatal(err)
	}
	b.get("/p/one/code?question=*").says("Identifiers 1")
}
