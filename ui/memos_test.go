package ui

import (
	"encoding/csv"
	"fmt"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"avokoodi/coding"
)

func TestMemos(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 2)
	ann, lead := s.as(coding.RoleAnalyst), s.as(coding.RoleLead)
	var coded coding.Coding
	s.ok(s.svc.Store().View(t.Context(), func(rd coding.Reader) error {
		list, err := rd.CodingsWith(t.Context(), s.p.ID, s.themes["coordination"].ID)
		coded = list[0]
		return err
	}))
	ann.get("/p/s/memos").want(200).says("There are no memos yet")
	paths := map[string]string{
		"answer":  fmt.Sprintf("/p/s/memos/answer/%d", s.answers[4]),
		"coding":  fmt.Sprintf("/p/s/memos/coding/%d", coded.ID),
		"theme":   fmt.Sprintf("/p/s/memos/theme/%d", s.themes["roles"].ID),
		"project": fmt.Sprintf("/p/s/memos/project/%d", s.p.ID),
	}
	for kind, path := range paths {
		ann.get(path).want(200).says("Your memo", "At most 100,000 characters").hides("Delete</button>")
		ann.post(path, "text", "Note on "+kind+" with <b> & ; =1+1\r\nsecond line", "back", "/p/s/code").to("/p/s/code")
		p := ann.get(path).want(200)
		if !strings.Contains(html.UnescapeString(p.body), "Note on "+kind+" with <b> & ; =1+1\nsecond line</textarea>") || !strings.Contains(p.body, `value="delete"`) {
			t.Errorf("%s: the page does not hold what was written", kind)
		}
		lead.get(path).want(200).says("Others’ memos on the same", "Note on "+kind).hides(`value="delete"`)
	}
	lead.post(paths["theme"], "text", "The lead’s view").to("/p/s/memos\\?did=\\d+")

	// Where the memos are about: the card, the theme's page, the list.
	ann.get("/p/s/code?question=q1").says("Note on answer", "Coordination: Note on coding")
	ann.get("/p/s/code?question=q1&memo=yes").says("#0005").hides(`data-card="` + fmt.Sprint(s.answers[5]) + `"`)
	ann.get("/p/s/themes?theme=roles").says("Note on theme", "The lead’s view")
	all := ann.get("/p/s/memos").says("5 memos", "Note on answer", "Note on coding", "Note on theme", "Note on project", "Vastaus 👩‍👩‍👧 numero 4")
	if n := strings.Count(all.body, `value="delete"`); n != 4 {
		t.Errorf("%d memos can be deleted, want one's own 4", n)
	}
	ann.get("/p/s/memos?on=coding").says("1 memo", "Note on coding").hides("Note on answer")
	ann.get("/p/s/memos?who=lead").says("1 memo", "The lead’s view").hides("Note on theme")
	ann.get("/p/s/memos?q=SECOND+project").says("1 memo", "Note on project")
	ann.get("/p/s/memos?q=nowhere").says("No memo matches")

	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(ann.get("/p/s/memos/export.csv?on=coding").want(200).body, "\ufeff"))).ReadAll()
	s.ok(err)
	if len(rows) != 2 || rows[1][0] != "coding" || rows[1][1] != "#0001" || rows[1][2] != "coordination" || rows[1][3] != "analyst" || !strings.Contains(rows[1][6], "=1+1\nsecond") {
		t.Errorf("exported %q", rows)
	}

	// Deleting is undone.
	to := ann.post(paths["project"], "do", "delete", "text", "ignored", "back", "/p/s/memos").to(`/p/s/memos\?did=\d+`)
	ann.get(to).says("Done: memo.", "4 memos").hides("Note on project")
	ann.post("/p/s/undo")
	ann.get("/p/s/memos").says("5 memos", "Note on project")
	ann.post(paths["project"], "text", "Note on project with <b> & ; =1+1\nsecond line\n").to("/p/s/memos")
	ann.get("/p/s/memos").says("The memo is as it was.")

	for _, path := range []string{"/p/s/memos/answer/99999", "/p/s/memos/coding/99999", "/p/s/memos/theme/99999", "/p/s/memos/project/99999", "/p/s/memos/quote/1", "/p/s/memos/answer/x"} {
		ann.get(path).want(404)
		ann.post(path, "text", "x").want(404)
	}
	for _, path := range []string{"/p/s/memos", "/p/s/memos/export.csv", paths["answer"]} {
		s.as(coding.RoleReader).get(path).want(403)
	}
}

// TestLongMemo pastes 50,000 characters, which fit, and more than fit, which are refused in words and not lost.
func TestLongMemo(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleAnalyst)
	path := fmt.Sprintf("/p/s/memos/answer/%d", s.answers[0])
	long := strings.Repeat("ä👍 ", 50_000/3) + "loppu"
	b.post(path, "text", long).to(`/p/s/memos\?did=\d+`)
	memos := func() string {
		var out []coding.Memo
		s.ok(s.svc.Store().View(t.Context(), func(rd coding.Reader) (err error) {
			out, err = rd.MemosOf(t.Context(), s.p.ID, coding.MemoAnswer, []int64{int64(s.answers[0])})
			return err
		}))
		return out[0].Text
	}
	if memos() != long {
		t.Errorf("kept %d characters of %d", utf8.RuneCountInString(memos()), utf8.RuneCountInString(long))
	}
	if p := b.get("/p/s/memos").want(200); len(p.body) > 60_000 || strings.Contains(p.body, "loppu") {
		t.Error("the list shows all of a long memo")
	}
	more := strings.Repeat("ö", coding.MaxMemo+1)
	p := b.post(path, "text", more).want(422).says("at most 100,000 characters, and this one has 100,001", "Nothing was saved")
	if !strings.Contains(p.body, more+"</textarea>") || !strings.Contains(p.body, `aria-invalid="true"`) {
		t.Error("what was written is lost")
	}
	if memos() != long {
		t.Error("a refused memo was written")
	}
	said := b.do("POST", fmt.Sprintf("/p/s/answers/%d/memo", s.answers[0]), "application/x-www-form-urlencoded", strings.NewReader("text="+more), "X-Fragment", "1").want(422)
	if !strings.Contains(said.body, "100,001") {
		t.Errorf("the desk is told %.200s", said.body)
	}
}
