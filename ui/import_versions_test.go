package ui

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
)

// sendAll uploads several files at once and gives the address of the upload.
func (b *testBrowser) sendAll(slug string, files ...[2]string) *testPage {
	b.site.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := w.CreateFormFile("file", f[0])
		if err == nil {
			_, err = part.Write([]byte(f[1]))
		}
		if err != nil {
			b.site.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.site.t.Fatal(err)
	}
	return b.do(http.MethodPost, "/p/"+slug+"/import", w.FormDataContentType(), &body)
}

// versionFiles is a questionnaire in Finnish and Swedish. Whose value is whose can't be told from the words for the colours.
func versionFiles() (fi, sv [2]string) {
	make := func(n, rows int, head string, colours []string, says string) string {
		var f strings.Builder
		f.WriteString(head + "\n")
		for i := range rows {
			fmt.Fprintf(&f, "%d;%s;%s %d\n", n+i, colours[i%2], says, i)
		}
		return f.String()
	}
	return [2]string{"fi.csv", make(100, 30, "Tunnus;1. Väri;2. Mitä haluat sanoa tästä asiasta?", []string{"falu", "sammal"}, "Yhteistyö kunnan kanssa sujuu hyvin ja apua saa")},
		[2]string{"sv.csv", make(200, 12, "Id;1. Färg;2. Vad vill du säga om saken?", []string{"rost", "mossa"}, "Samarbetet med kommunen fungerar bra och hjälp finns")}
}

var slotForm = regexp.MustCompile(`name="(v\.1\.[^"]*)"`)

// TestSeveralFiles: two language versions come in as one; what could not be aligned is listed and aligned by hand without scripts.
func TestSeveralFiles(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	fi, sv := versionFiles()
	to := b.sendAll("one", sv, fi).to("/p/one/import/[A-Z2-7]{26}/columns")
	at := strings.TrimSuffix(to, "/columns")
	b.get("/p/one/import").want(http.StatusOK).says("fi.csv · sv.csv")
	b.get(at+"/columns").want(http.StatusOK).says("fi.csv · sv.csv", "Language versions", "30 rows")
	b.get(at + "/language").to(at + "/columns")
	b.post(at+"/columns", "do", "continue").to(at + "/versions")
	page := b.get(at+"/versions").want(http.StatusOK).says("2 things have no counterpart", "2. Vad vill du säga om saken?", "same number", "rost", "mossa")
	slots := slotForm.FindAllStringSubmatch(page.body, -1)
	if len(slots) != 2 {
		t.Fatalf("%d values may be aligned: %v", len(slots), slots)
	}
	b.get(at + "/check").to(at + "/versions")
	b.post(at+"/versions", slots[0][1], "rost", slots[1][1], "mossa").to(at + "/versions")
	page = b.get(at+"/versions").want(http.StatusOK).says("Everything has a counterpart", "by hand")
	// They change places, and come back with the proposal.
	rowOf := func(page *testPage, text string) string {
		rows := strings.Split(page.body, `<li class="v-cells`)
		for _, row := range rows {
			if strings.Contains(row, ">"+text+"<") {
				return row
			}
		}
		return ""
	}
	if !strings.Contains(rowOf(page, "falu"), ">rost<") {
		t.Errorf("falu stands with %s", rowOf(page, "falu"))
	}
	key := func(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
	b.post(at+"/versions", slots[0][1], key(slots[1][1]), slots[1][1], key(slots[0][1])).to(at + "/versions")
	if page = b.get(at + "/versions"); !strings.Contains(rowOf(page, "falu"), ">mossa<") || !strings.Contains(rowOf(page, "sammal"), ">rost<") {
		t.Errorf("after the change falu stands with %s", rowOf(page, "falu"))
	}
	b.post(at+"/versions", "do", "reset").to(at + "/versions")
	b.get(at + "/versions").says("2 things have no counterpart")
	b.post(at+"/versions", slots[0][1], "rost", slots[1][1], "mossa", "do", "continue").to(at + "/language")
	b.get(at + "/language").want(http.StatusOK).says("Each file is in its own language")
	b.post(at+"/language", "do", "continue", "rule", "files", "round", "2024").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("42 respondents", "42 answers", "falu", "sammal")
	for i, column := range []string{"1. Väri", "1. Färg"} { // each file has a mapping of its own, with the same keys
		page := b.get(fmt.Sprintf("%s/mapping.yaml?file=%d", at, i)).want(http.StatusOK)
		if !strings.Contains(page.body, `column: "`+column+`"`) || !strings.Contains(page.body, "key: q1") {
			t.Errorf("mapping of file %d: %s", i, page.body)
		}
	}
	b.imported(at).want(http.StatusOK).says("42 answers")
	err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		questions, err := r.Questions(t.Context(), p.ID)
		if err != nil {
			return err
		}
		vars, err := r.Variables(t.Context(), p.ID)
		if err != nil {
			return err
		}
		if len(questions) != 1 || questions[0].Label.FI == "" || questions[0].Label.SV == "" || len(vars) != 1 || len(vars[0].Categories) != 2 ||
			vars[0].Categories[0].Label != (coding.Text{FI: "falu", SV: "rost"}) {
			t.Errorf("%+v %+v", questions, vars)
		}
		counts := map[coding.Lang]int{}
		for a, err := range r.EachAnswer(t.Context(), p.ID, 0, 0) {
			if err != nil {
				return err
			}
			counts[a.Language]++
		}
		if counts["fi"] != 30 || counts["sv"] != 12 {
			t.Errorf("languages %v", counts)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if left := s.server.uploads.all(); len(left) != 0 {
		t.Errorf("files are left: %+v", left)
	}
}

// TestSeveralFilesRefused: one bad file refuses all and is named; other files than versions keep to themselves; a dictionary goes
// with the answers.
func TestSeveralFilesRefused(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleLead)
	fi, sv := versionFiles()
	b.sendAll("one", fi, [2]string{"rikki.csv", "Tunnus;Kysymys\n"}).want(http.StatusUnprocessableEntity).says("rikki.csv", "only a header row", "None of the files was taken in")
	if left := s.server.uploads.all(); len(left) != 0 {
		t.Errorf("files are left: %+v", left)
	}
	other := [2]string{"toinen.csv", "Koodi;Paikka;Hinta;Miksi valitsit tämän palvelun?\n" + strings.Repeat("k1;Vaasa;3;Se oli lähellä kotia ja halpa\nk2;Åbo;4;Tarvitsin sen nopeasti\n", 3)}
	at := strings.TrimSuffix(b.sendAll("one", fi, other).to("/p/one/import/[A-Z2-7]{26}/columns"), "/columns")
	b.post(at+"/columns", "do", "continue").to(at + "/versions")
	b.get(at + "/versions").want(http.StatusOK).says("Match it all the same")
	b.post(at+"/versions", "lang.1", "sv", "do", "together.1").to(at + "/versions")
	b.get(at + "/versions").want(http.StatusOK).says("Only in this file").hides("Match it all the same")

	to := b.sendAll("one", [2]string{"kuvaus.csv", redcapDictionary}, [2]string{"vastaukset.csv", redcapFile}).to("/p/one/import/[A-Z2-7]{26}/columns")
	b.get(to).want(http.StatusOK).says("Labels come from kuvaus.csv.", "Miten yhteistyö sujui?")
	// The same id in both files is told apart by language.
	same := [2]string{"sv.csv", strings.ReplaceAll(sv[1], "\n20", "\n10")}
	at = strings.TrimSuffix(b.sendAll("one", fi, same).to("/p/one/import/[A-Z2-7]{26}/columns"), "/columns")
	b.post(at+"/columns", "do", "continue").to(at + "/versions")
	b.get(at + "/versions").says("is put before them")
	var many [][2]string
	for range mostFiles + 1 {
		many = append(many, fi)
	}
	b.sendAll("one", many...).want(http.StatusUnprocessableEntity).says("At most 12 files")
}

// TestChangedWording: a later round that asks in other words joins the question; the check shows the difference, the round keeps
// its words, and the settings show them.
func TestChangedWording(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	bring := func(round, question string, from int) *testPage {
		t.Helper()
		var f strings.Builder
		f.WriteString("Tunnus;" + question + "\n")
		for i := range 12 {
			fmt.Fprintf(&f, "%d;Vastaus numero %d yhteistyöstä kunnan kanssa\n", from+i, i)
		}
		at := b.send("one", round+".csv", []byte(f.String()))
		b.post(at+"/columns", "do", "continue").to(at + "/language")
		b.post(at+"/language", "do", "continue", "rule", "fixed", "fixed", "fi", "round", round).to(at + "/check")
		page := b.get(at + "/check")
		b.imported(at).want(http.StatusOK).says("12 answers")
		return page
	}
	bring("2022", "1. Missä asioissa tarvitaan enemmän yhteistyötä paikallisesti?", 1).hides("wording of the question has changed")
	bring("2024", "1. Missä asioissa tarvitaan enemmän yhteistyötä alueella?", 100).says("already in the project", "wording of the question has changed", "alueella")
	bring("2026", "1. Missä asioissa tarvitaan enemmän yhteistyötä paikallisesti?", 200).hides("wording of the question has changed")
	b.get("/p/one/settings").want(http.StatusOK).says("One round asked in other words", "alueella")
	err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		questions, err := r.Questions(t.Context(), p.ID)
		if err != nil {
			return err
		}
		rounds, err := r.Rounds(t.Context(), p.ID)
		if err != nil {
			return err
		}
		if len(questions) != 1 || len(rounds) != 3 || !strings.HasSuffix(rounds[1].Worded(questions[0].ID).FI, "alueella?") ||
			!strings.HasSuffix(rounds[2].Worded(questions[0].ID).FI, "paikallisesti?") || !strings.HasSuffix(questions[0].Label.FI, "paikallisesti?") {
			t.Errorf("%+v %+v", questions, rounds)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
