package ui

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
)

var metForm = regexp.MustCompile(`<select name="(p\.[^"]*)"`)

// laterVersion is the Swedish version of versionFiles with one question more and another order of the rest; nothing tells whose
// colour is whose.
const laterHead = "Id;2. Vad vill du säga om saken?;1. Färg;3. Vad fattas ännu i den här kommunen?"

func laterVersion(from int) []byte {
	var f strings.Builder
	f.WriteString(laterHead + "\n")
	for i := range 12 {
		fmt.Fprintf(&f, "%d;Samarbetet med kommunen fungerar bra och hjälp finns %d;%s;Det behövs flera bussar på kvällen %d\n", from+i, i, []string{"rost", "mossa"}[i%2], i)
	}
	return []byte(f.String())
}

// labels is the questions, variables and categories of a project in two languages.
func (s *testSite) labels(p coding.ProjectID) (out []string) {
	s.t.Helper()
	err := s.svc.Store().View(s.t.Context(), func(r coding.Reader) error {
		questions, err := r.Questions(s.t.Context(), p)
		if err != nil {
			return err
		}
		for _, q := range questions {
			out = append(out, q.Label.FI+" | "+q.Label.SV)
		}
		vars, err := r.Variables(s.t.Context(), p)
		for _, v := range vars {
			out = append(out, v.Label.FI+" | "+v.Label.SV)
			for _, c := range v.Categories {
				out = append(out, c.Label.FI+" | "+c.Label.SV)
			}
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// TestLaterVersion: the Swedish version comes a week after the Finnish one. It is put beside what the project has; what can't be
// aligned is listed and matched by hand without scripts; the labels are filled in, and undo takes them away.
func TestLaterVersion(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	fi, _ := versionFiles()
	at := b.send("one", fi[0], []byte(fi[1]))
	b.through(at, "rule", "fixed", "fixed", "fi").want(http.StatusOK)
	b.imported(at).want(http.StatusOK).says("30 answers")
	before := s.labels(p.ID)

	at = b.send("one", "sv.csv", laterVersion(500))
	b.post(at+"/columns", "do", "continue").to(at + "/versions")
	b.get(at + "/check").to(at + "/versions") // no step is skipped
	page := b.get(at + "/versions").want(http.StatusOK)
	page.says("The file beside the project", "The file is in Swedish", "Project", "falu", "rost", "same code", "not in the project", "3. Vad fattas ännu")
	page.says("3 things have no counterpart", "No counterpart was found in the project for the value “rost”")
	slots := metForm.FindAllStringSubmatch(page.body, -1)
	var names []string
	for _, m := range slots {
		names = append(names, m[1])
	}
	if diff := cmp.Diff([]string{"p.question.q2", "p.variable.q1", "p.category.q1.falu", "p.category.q1.sammal"}, names); diff != "" {
		t.Fatalf("slots (-want +got):\n%s", diff)
	}
	b.post(at+"/versions", "p.category.q1.falu", "rost", "p.category.q1.sammal", "mossa").to(at + "/versions")
	b.get(at+"/versions").says("One thing has no counterpart", "by hand")
	// Another question can stand there instead; what stood there gets a key of its own, and back again.
	b.post(at+"/versions", "p.question.q2", "q3").to(at + "/versions")
	page = b.get(at + "/versions")
	if row := rowWith(page.body, "Mitä haluat sanoa"); !strings.Contains(row, "3. Vad fattas") {
		t.Errorf("the question stands with %s", row)
	}
	page.says("2. Vad vill du säga om saken?")
	b.post(at+"/versions", "do", "reset").to(at + "/versions")
	page = b.get(at + "/versions").says("3 things have no counterpart")
	if row := rowWith(page.body, "Mitä haluat sanoa"); !strings.Contains(row, "2. Vad vill du") {
		t.Errorf("after the reset the question stands with %s", row)
	}
	b.post(at+"/versions", "p.category.q1.falu", "mossa", "p.category.q1.sammal", "rost", "do", "continue").to(at + "/language")
	if page := b.get(at + "/language").says("Each file is in its own language"); !strings.Contains(page.body, `href="`+at+`/versions">Back`) {
		t.Error("the step before is another")
	}
	b.post(at+"/language", "do", "continue", "rule", "files", "round", "2022").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("12 respondents", "24 answers", "already in the project")
	if page := b.get(at + "/mapping.yaml").want(http.StatusOK); !strings.Contains(page.body, `key: falu, label: {sv: "mossa"}, match: ["mossa"]`) {
		t.Errorf("mapping: %s", page.body)
	}
	b.imported(at).want(http.StatusOK).says("24 answers", "svenska 24")
	want := []string{"2. Mitä haluat sanoa tästä asiasta? | 2. Vad vill du säga om saken?", " | 3. Vad fattas ännu i den här kommunen?",
		"1. Väri | 1. Färg", "falu | mossa", "sammal | rost"}
	if diff := cmp.Diff(want, s.labels(p.ID)); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if _, err := s.svc.Undo(t.Context(), p.ID, s.people[coding.RoleLead].ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, s.labels(p.ID)); diff != "" {
		t.Errorf("undo leaves (-want +got):\n%s", diff)
	}
}

// rowWith is the row of the side-by-side page that has the text.
func rowWith(body, text string) string {
	for _, row := range strings.Split(body, `<li class="v-row`) {
		if strings.Contains(row, text) {
			return row
		}
	}
	return ""
}

// TestLaterVersionPeople: the same ids in another language are other people, unless a person says that they are the same; a
// corrected file of that language is then known by the ids that the round has.
func TestLaterVersionPeople(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	fi, _ := versionFiles()
	at := b.send("one", fi[0], []byte(fi[1]))
	b.through(at, "rule", "fixed", "fixed", "fi")
	b.imported(at).want(http.StatusOK)

	at = b.send("one", "sv.csv", laterVersion(100))
	b.post(at+"/columns", "do", "continue").to(at + "/versions")
	b.post(at+"/versions", "do", "continue").to(at + "/language")
	b.post(at+"/language", "do", "continue", "rule", "files", "round", "2022").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("12 respondents with the ids of this file", "Are these the same people?")
	b.post(at+"/people", "same", "1").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("A corrected file for the round", "They are different people").hides("with the ids of this file")
	b.post(at + "/people").to(at + "/check")
	b.imported(at).want(http.StatusOK).says("12 respondents")
	ids := map[string]bool{}
	err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		for one, err := range r.EachRespondent(t.Context(), p.ID, 0) {
			if err != nil {
				return err
			}
			ids[one.External] = true
		}
		return nil
	})
	if err != nil || len(ids) != 42 || !ids["sv-100"] || !ids["100"] {
		t.Errorf("ids %v, %v", ids, err)
	}
	fixed := strings.Replace(string(laterVersion(100)), "hjälp finns 3", "hjälp finns alltid", 1)
	at = b.send("one", "sv2.csv", []byte(fixed))
	b.post(at+"/columns", "do", "continue").to(at + "/language")
	b.post(at+"/language", "do", "continue", "rule", "files", "round", "2022").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("A corrected file for the round", "11 respondents unchanged", "1 answer changes")
}

// TestSeveralCorrected: corrected files of both languages go through the wizard together; who is in neither is missing.
func TestSeveralCorrected(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleLead)
	fi, sv := versionFiles()
	bring := func(fi, sv [2]string) (string, *testPage) {
		t.Helper()
		at := strings.TrimSuffix(b.sendAll("one", fi, sv).to("/p/one/import/[A-Z2-7]{26}/columns"), "/columns")
		b.post(at+"/columns", "do", "continue").to(at + "/versions")
		b.post(at+"/versions", "do", "continue").to(at + "/language")
		b.post(at+"/language", "do", "continue", "rule", "files", "round", "2024").to(at + "/check")
		return at, b.get(at + "/check")
	}
	at, _ := bring(fi, sv)
	b.imported(at).want(http.StatusOK).says("42 answers")
	fi[1] = strings.Replace(fi[1], "apua saa 0", "apua saa heti", 1)
	lines := strings.SplitAfter(sv[1], "\n")
	sv[1] = strings.Join(lines[:len(lines)-2], "") // without the last respondent
	sv[1] = strings.Replace(sv[1], "hjälp finns 5", "hjälp finns alltid", 1)
	at, page := bring(fi, sv)
	page.want(http.StatusOK).says("A corrected file for the round", "39 respondents unchanged", "2 answers change", "1 respondent is not in the file")
	b.post(at+"/run", "revise", "1").to(at + "/progress")
	id := at[strings.LastIndexByte(at, '/')+1:]
	soon(t, "the end of the import", func() bool { return !s.server.uploads.running(id) })
	b.get(at + "/progress").want(http.StatusOK)
	b.get("/p/one/history").want(http.StatusOK).says("fi.csv · sv.csv")
}

// TestChangedCategories: a later round that calls categories otherwise is matched by hand once; the rounds keep their names for
// them, which are shown where the variable is, and the round after that is matched by them.
func TestChangedCategories(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	bring := func(round string, colours []string, from int, hand ...string) *testPage {
		t.Helper()
		var f strings.Builder
		f.WriteString("Tunnus;Väri;Mitä haluat sanoa tästä asiasta?\n")
		for i := range 20 {
			fmt.Fprintf(&f, "%d;%s;Yhteistyö kunnan kanssa sujuu hyvin ja apua saa %d\n", from+i, colours[i%2], from+i)
		}
		at := b.send("one", round+".csv", []byte(f.String()))
		b.post(at+"/columns", "do", "continue").to(at + "/language")
		if len(hand) > 0 {
			b.post(at+"/versions", append(hand, "do", "continue")...).to(at + "/language")
		}
		b.post(at+"/language", "do", "continue", "rule", "fixed", "fixed", "fi", "round", round).to(at + "/check")
		page := b.get(at + "/check")
		b.imported(at).want(http.StatusOK)
		return page
	}
	bring("2022", []string{"falu", "sammal"}, 1)
	bring("2024", []string{"ruoste", "tiili"}, 100, "p.category.väri.falu", "ruoste", "p.category.väri.sammal", "tiili").says("2 categories have other names than before")
	bring("2026", []string{"tiili", "ruoste"}, 200)
	if diff := cmp.Diff([]string{"Mitä haluat sanoa tästä asiasta? | ", "Väri | ", "falu | ", "sammal | "}, s.labels(p.ID)); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	b.get("/p/one/settings").want(http.StatusOK).says("in the round 2024: ruoste", "in the round 2026: tiili")
	var id coding.VariableID
	err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		vars, err := r.Variables(t.Context(), p.ID)
		id = vars[0].ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.get(fmt.Sprintf("/p/one/settings/variables/v/%d", id)).want(http.StatusOK).says("in the round 2024: ruoste", "in the round 2024: tiili")
}
