package ui

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
)

// with is how many answers have the theme, by all coders.
func (s *testSurvey) with(key string) int {
	s.t.Helper()
	n := 0
	s.ok(s.svc.Store().View(s.t.Context(), func(rd coding.Reader) error {
		codings, err := rd.CodingsWith(s.t.Context(), s.p.ID, s.theme(key).ID)
		n = len(codings)
		return err
	}))
	return n
}

func TestMergeThemes(t *testing.T) {
	s := newTestSurvey(t)
	s.code("services", 0, 6)
	s.code("coordination", 4, 9)
	s.quote(s.answers[1], "services", coding.Span{})
	b := s.as(coding.RoleAnalyst)
	path := fmt.Sprintf("/p/s/themes/%d/merge", s.themes["services"].ID)
	p := b.get(path).want(200).says("Theme to merge into", "Coordination")
	p.hides(`<option value="services"`)
	b.get(path+"?into=coordination").want(200).says("6 codings move with their evidence. 2 of them unite", "1 quote moves along.", "The name Services <b>&</b> is remembered")
	b.post(path, "into", "999").want(404)
	b.post(path, "into", fmt.Sprint(s.themes["services"].ID)).want(422).says("can’t be merged into itself")
	b.post(fmt.Sprintf("/p/s/themes/%d/merge", s.themes["coordination"].ID), "into", fmt.Sprint(s.themes["roles"].ID)).want(422).says("its own sub-theme")
	to := b.post(path, "into", fmt.Sprint(s.themes["coordination"].ID)).to(`/p/s/themes\?did=\d+&theme=coordination`)
	p = b.get(to).want(200).says("The themes were merged.", "9 respondents · 9 answers", "Merged into this:")
	b.get("/p/s/history?what=merge").says("themes merged Coordination ← services")
	revert := regexp.MustCompile(`action="(/p/s/history/\d+/revert)"`).FindStringSubmatch(p.body)[1]
	b.post(revert, "next", "/p/s/themes").to("/p/s/themes")
	if s.with("services") != 6 || s.with("coordination") != 5 {
		t.Errorf("undone: %d and %d", s.with("services"), s.with("coordination"))
	}
}

func TestSplitTheme(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 25)
	_, err := s.svc.ApplyTheme(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, coding.Apply{Answers: s.answers[1:2], Theme: s.themes["coordination"].ID})
	s.ok(err)
	b := s.as(coding.RoleAnalyst)
	path := fmt.Sprintf("/p/s/themes/%d/split", s.themes["coordination"].ID)
	b.get(path).want(200).says("The other theme", "or a new theme").hides("Give both")
	b.post(path, "new", "Coordination").want(422).says("already has a theme")
	to := b.post(path, "new", "Steering").to(path + `\?to=steering`)
	p := b.get(to).want(200).says("25 answers left", "Move to Steering", "another coder’s coding, which only a lead can move")
	if n := strings.Count(p.body, `name="answer"`); n != reviewPage {
		t.Errorf("%d answers on the page", n)
	}
	next := html.UnescapeString(regexp.MustCompile(`href="([^"]*after=\d+[^"]*)"`).FindStringSubmatch(p.body)[1])
	if n := strings.Count(b.get(next).want(200).says("5 answers left", "From the first").body, `name="answer"`); n != 5 {
		t.Errorf("%d answers on the second page", n)
	}
	steering := fmt.Sprint(s.theme("steering").ID)
	answer := func(i int) string { return fmt.Sprint(s.answers[i]) }
	b.post(path, "to", steering, "next", to).to(".*")
	b.get(to).says("Tick answers first.")
	p = b.get(b.post(path, "to", steering, "do", "move", "answer", answer(3), "answer", answer(4), "next", to).to(regexp.QuoteMeta(path) + `\?did=\d+&to=steering`))
	p.says("Split: 2 changes.", "23 answers left")
	b.post(path, "to", steering, "do", "both", "answer", answer(5), "next", to).to(".*")
	if s.with("steering") != 3 || s.with("coordination") != 24 { // 23 answers, one of them by two coders
		t.Errorf("%d and %d", s.with("steering"), s.with("coordination"))
	}
	b.post(path, "to", steering, "do", "move", "answer", answer(1)).want(http.StatusForbidden)
	b.post(path, "to", steering, "do", "move", "answer", "x").want(404)
	b.post(path, "to", "999", "do", "move", "answer", answer(6)).want(http.StatusUnprocessableEntity).says("has been deleted in the meantime")
	s.as(coding.RoleLead).post(path, "to", steering, "do", "move", "answer", answer(1)).to(".*")
}

func TestOlderDefinition(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 4)
	th := s.theme("coordination")
	th.Definition.EN = "Something else now"
	_, err := s.svc.ChangeTheme(t.Context(), s.p.ID, s.people[coding.RoleLead].ID, th, false)
	s.ok(err)
	s.code("coordination", 4, 6)
	b := s.as(coding.RoleAnalyst)
	b.get("/p/s/themes?theme=coordination").says("4 codings made under an older definition")
	path := fmt.Sprintf("/p/s/themes/%d/older", th.ID)
	b.get(path).want(200).says("4 answers left", "Something else now", "Still right")
	b.post(path, "do", "confirm", "answer", fmt.Sprint(s.answers[0]), "answer", fmt.Sprint(s.answers[1])).to(path + `\?did=\d+`)
	b.post(path, "do", "remove", "answer", fmt.Sprint(s.answers[2])).to(".*")
	b.get(path).says("1 answer left")
	if s.with("coordination") != 5 {
		t.Errorf("%d codings", s.with("coordination"))
	}
	b.post(path, "do", "confirm", "answer", fmt.Sprint(s.answers[3])).to(".*")
	b.get(path).says("All codings follow the present definition")
}

func TestImportCodebook(t *testing.T) {
	s := newTestSurvey(t)
	b := s.as(coding.RoleAnalyst)
	const path = "/p/s/themes/import"
	file := "key;parent;label_fi;label_en;definition_en;hue\ncoordination;;Koordinaatio;Coordinating;What it is;7\nnew-one;coordination;;Brand new;;\nroles;coordination;;;;\n"
	// A blank label is refused with the row, and nothing is written.
	b.upload(path, "file", "book.csv", []byte(file)).want(422).says("The file book.csv can’t be imported.", "row 4, column label:", "Write the theme’s name")
	file = strings.Replace(file, "roles;coordination;;;", "roles;coordination;;Roles;", 1)
	p := b.upload(path, "file", "book.csv", []byte(file)).want(200)
	p.says("Nothing has been changed yet.", "1 new theme", "Brand new", "1 theme changes", "Coordination Coordinating", "What it is", "1 theme stays the same.")
	if s.order() != "coordination(roles) services" || s.theme("coordination").Label.EN != "Coordination" {
		t.Fatal("the preview changed something")
	}
	content := regexp.MustCompile(`name="content" value="([^"]+)"`).FindStringSubmatch(p.body)[1]
	b.post(path, "name", "book.csv", "content", html.UnescapeString(content)).to("/p/s/themes")
	b.get("/p/s/themes").says("The codebook was imported: 1 new, 1 changed.")
	if th := s.theme("coordination"); s.order() != "coordination(roles new-one) services" || th.Label.EN != "Coordinating" || th.Label.SV != "Samordning" || th.Hue != 7 {
		t.Errorf("%s %+v", s.order(), th)
	}
	b.upload(path, "file", "book.csv", []byte(file)).want(200).says("The file would change nothing")
	b.get("/p/s/history?what=codebook").says("codebook imported: book.csv")

	// What was exported comes back unchanged, in every format.
	for _, ending := range []string{"csv", "xlsx"} {
		out := b.get("/p/s/export/codebook." + ending).want(200)
		b.upload(path, "file", "own."+ending, []byte(out.body)).want(200).says("The file would change nothing")
	}
	for name, words := range map[string]string{"empty.csv": "no theme", "x.pdf": "is not a format for codebooks", "broken.xlsx": "not a valid XLSX", "broken.qdc": "not a valid REFI-QDA"} {
		b.upload(path, "file", name, []byte("")).want(422).says(words)
	}
	b.post(path).want(422).says("Choose a file first.")
	b.post(path, "name", "x.csv", "content", "!").want(404)
	b.upload(path, "file", "large.csv", []byte(strings.Repeat("x", 5<<20))).want(http.StatusRequestEntityTooLarge)
	s.as(coding.RoleReader).post(path, "name", "b.csv", "content", base64.StdEncoding.EncodeToString([]byte(file))).want(403)
}
