package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

const corrected = `id;Kieli;Järjestö;Palaute
1;suomi;Yhdistys;Yhteistyö kunnan kanssa ei ole sujunut hyvin ja apua on saanut.
2;svenska;Kommun;Vi behöver mera information och tjänster på svenska.
4;suomi;Yhdistys;Uusi vastaus, joka tuli myöhemmin.
`

// TestCorrectedFile goes from a first file over codings to a corrected one, the list of changed answers, and back by undo.
func TestCorrectedFile(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "a.csv", []byte(threeLanguages))
	b.through(at, "rule", "column", "column", "1")
	b.imported(at)
	th, err := s.server.Service.AddTheme(t.Context(), p.ID, coding.Operator, coding.Theme{Label: coding.Text{EN: "Cooperation"}})
	if err != nil {
		t.Fatal(err)
	}
	var ids []coding.AnswerID
	_ = s.server.Boards.Read(t.Context(), p.ID, func(board *sets.Board) error { ids = sets.IDs(board.All()); return nil })
	lead := s.people[coding.RoleLead].ID
	if _, err := s.server.Service.ApplyTheme(t.Context(), p.ID, lead, coding.Apply{Answers: ids[:2], Theme: th.ID}); err != nil {
		t.Fatal(err)
	}

	at = b.send("one", "b.csv", []byte(corrected))
	page := b.through(at, "rule", "column", "column", "1").want(http.StatusOK)
	page.says("A corrected file for the round", "1 respondent unchanged", "1 answer changes", "1 of them coded", "1 new answer", "1 respondent’s background changes",
		"1 respondent is not in the file", "added: ei ole", "removed: on", "Update the round")
	b.post(at+"/run", "revise", "1").to(at + "/progress")
	id := at[strings.LastIndexByte(at, '/')+1:]
	soon(t, "the end of the import", func() bool { return !s.server.uploads.running(id) })
	b.get(at + "/progress").want(http.StatusOK)

	b.get("/p/one").want(http.StatusOK).says("1 changed answer waits to be checked")
	b.get("/p/one/code?question=*").want(http.StatusOK).says("The answer has changed since it was coded")
	page = b.get("/p/one/recheck").want(http.StatusOK)
	page.says("1 answer has changed since it was coded", "Cooperation", "removed: on", "added: ei ole")
	b.post("/p/one/recheck", "do", "keep").to("/p/one/recheck")
	list, err := s.server.Service.Rechecks(t.Context(), p.ID, lead)
	if err != nil || len(list) != 1 || len(list[0].Codings) != 1 {
		t.Fatalf("to look at: %+v, %v", list, err)
	}
	b.post("/p/one/recheck", "do", "keep", "coding", fmt.Sprint(list[0].Codings[0].ID)).to("/p/one/recheck")
	b.get("/p/one/recheck").want(http.StatusOK).says("Nothing to check")
	s.as(coding.RoleReader).get("/p/one/recheck").want(http.StatusForbidden)
	for range 2 { // 'still right', then the corrected file
		if _, err := s.server.Service.Undo(t.Context(), p.ID, lead); err != nil {
			t.Fatal(err)
		}
	}
	_ = s.server.Boards.Read(t.Context(), p.ID, func(board *sets.Board) error {
		if n := board.All().GetCardinality(); n != 3 || board.Recheck().GetCardinality() != 0 {
			t.Errorf("%d answers after undo, %d to look at", n, board.Recheck().GetCardinality())
		}
		return nil
	})
}
