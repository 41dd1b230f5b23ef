package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"avokoodi/coding"
)

// TestUncertainLanguages: what detection is unsure of is shown before the import, found on the desk after it, and certain once
// a person has said it.
func TestUncertainLanguages(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	s.server.Detect = func(text string) (coding.Lang, float64, bool) {
		if strings.Contains(text, "hej") {
			return "sv", .61, false
		}
		return "fi", .99, false
	}
	b := s.as(coding.RoleLead)
	var csv strings.Builder
	csv.WriteString("id;Palaute\n")
	for i := range 20 {
		fmt.Fprintf(&csv, "%d;Yhteistyö kunnan kanssa on sujunut hyvin %d\n", i, i)
	}
	csv.WriteString("30;hej bara yhteistyö\n31;hej palvelu\n")
	at := b.send("one", "a.csv", []byte(csv.String()))
	b.post(at+"/columns", "do", "continue").to(at + "/language")
	b.get(at+"/language").want(http.StatusOK).says("Finnish 20", "confidence 99% on average", "confidence 61% on average", "The language of 2 answers is uncertain", "sv 61% hej palvelu")
	b.through(at).want(http.StatusOK).says("The language of 2 answers is uncertain")
	b.imported(at).want(http.StatusOK)

	b.get("/p/one/code?question=*&unsure=yes").want(http.StatusOK).says("hej palvelu", "language uncertain: 61%", "language uncertain 2")
	b.get("/p/one/settings").want(http.StatusOK).says("language uncertain 2")
	var ids []coding.AnswerID
	err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		for a, err := range r.EachAnswer(t.Context(), p.ID, 0, 0) {
			if err != nil {
				return err
			}
			if a.Spoken().Unsure() {
				ids = append(ids, a.ID)
			}
		}
		return nil
	})
	if err != nil || len(ids) != 2 {
		t.Fatal(ids, err)
	}
	// To say that the guess was right is a correction too.
	b.post(fmt.Sprintf("/p/one/answers/%d/language", ids[0]), "lang", "sv")
	b.post(fmt.Sprintf("/p/one/answers/%d/language", ids[1]), "lang", "fi")
	b.get("/p/one/settings").says("Finnish 21", "Swedish 1").hides("language uncertain")
	b.post("/p/one/undo")
	b.get("/p/one/settings").says("Finnish 20", "language uncertain 1")
}

// TestHeaderRow: a person says which row has the headers; what is above it stays out.
func TestHeaderRow(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "a.csv", []byte("Kysely;2024\nLuottamuksellinen;x\nid;Palaute\n1;Yhteistyö kunnan kanssa on sujunut hyvin.\n2;Apua on saanut.\n"))
	b.get(at+"/columns").says("headers on row 1", "4 rows")
	b.post(at+"/reading", "header", "3").to(at + "/columns")
	b.get(at+"/columns").want(http.StatusOK).says("headers on row 3", "2 rows", "Palaute").hides("Luottamuksellinen")
	b.post(at+"/reading", "header", "99").to(at + "/columns")
	b.get(at + "/columns").says("empty") // and the form is there to mend it
	b.post(at+"/reading", "header", "").to(at + "/columns")
	b.get(at + "/columns").says("headers on row 1")
}
