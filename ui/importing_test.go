package ui

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/sets"
)

// send uploads a file and gives the address of the upload.
func (b *testBrowser) send(slug, name string, content []byte) string {
	b.site.t.Helper()
	to := b.upload("/p/"+slug+"/import", "file", name, content).to("/p/" + slug + "/import/[A-Z2-7]{26}/columns")
	return strings.TrimSuffix(to, "/columns")
}

// through goes on with what is proposed, to the check.
func (b *testBrowser) through(at string, language ...string) *testPage {
	b.site.t.Helper()
	b.post(at+"/columns", "do", "continue").to(at + "/language")
	b.post(at+"/language", append(language, "do", "continue", "rule", "auto", "round", "2022")...).to(at + "/check")
	return b.get(at + "/check")
}

// imported starts the import and waits for its end.
func (b *testBrowser) imported(at string) *testPage {
	b.site.t.Helper()
	b.post(at + "/run").to(at + "/progress")
	id := at[strings.LastIndexByte(at, '/')+1:]
	soon(b.site.t, "the end of the import", func() bool { return !b.site.server.uploads.running(id) })
	return b.get(at + "/progress")
}

const threeLanguages = `id;Kieli;Järjestö;Palaute
1;suomi;Yhdistys;Yhteistyö kunnan kanssa on sujunut hyvin ja apua on saanut.
2;svenska;Kommun;Vi behöver mera information och tjänster på svenska.
3;English;Yhdistys;Small associations need someone who answers the phone.
4;suomi;Kunta;
`

// TestWizard goes through every step as a browser without scripts does.
func TestWizard(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	b.get("/p/one/import").want(http.StatusOK).says("Import answers", "t most 1 MB")
	at := b.send("one", `C:\kysely\vastaukset 2024.csv`, []byte(threeLanguages))
	page := b.get(at + "/columns").want(http.StatusOK)
	page.says("vastaukset 2024.csv", "UTF-8", "semicolon", "headers on row 1", "4 rows", "4 columns", "Respondent’s id", "Each cell names Finnish, Swedish or English.")
	b.get(at).to(at + "/columns")
	b.get(at + "/check").to(at + "/columns") // no step is skipped

	page = b.through(at, "rule", "column", "column", "1", "round", "2024").want(http.StatusOK)
	page.says("4 respondents", "3 answers", "1 open question", "1 background variable", "1 blank", "The answers become a new round “2024”.", "Finnish 1 33%")
	b.get(at+"/language").want(http.StatusOK).says("suomi → Finnish 2", "svenska → Swedish 1") // going back is safe
	b.get(at).to(at + "/check")
	b.imported(at).want(http.StatusOK).says("The answers are in", "4 respondents", "3 answers", "suomi 1 · svenska 1 · English 1")

	err := s.server.Boards.Read(t.Context(), p.ID, func(board *sets.Board) error {
		if n := board.All().GetCardinality(); n != 3 {
			t.Errorf("%d answers came in", n)
		}
		if q := board.Questions(); len(q) != 1 || q[0].Key != "palaute" || q[0].Label.FI != "Palaute" {
			t.Errorf("questions %+v", q)
		}
		if v := board.Variables(); len(v) != 1 || len(v[0].Categories) != 3 {
			t.Errorf("variables %+v", v)
		}
		if r := board.Rounds(); len(r) != 1 || r[0].Key != "2024" {
			t.Errorf("rounds %+v", r)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.uploads, "*")); len(left) > 0 {
		t.Errorf("the import left %v", left)
	}
	for _, step := range []string{"", "/columns", "/language", "/check"} {
		b.get(at + step).to(at + "/progress") // back in the browser's history finds the end, not an error
	}
	b.get("/p/one").says("vastaukset 2024.csv", "1 file imported")

	again := b.send("one", "again.csv", []byte(threeLanguages))
	b.through(again, "rule", "column", "column", "1", "round", "2025").want(http.StatusUnprocessableEntity).
		says("The file can’t be imported yet", "was already imported on", "as vastaukset 2024.csv")
	b.post(again + "/run").to(again + "/progress")
	soon(t, "the refusal", func() bool { return !s.server.uploads.running(again[len(again)-26:]) })
	b.get(again+"/progress").want(http.StatusUnprocessableEntity).says("The import failed", "was already imported", "the project is exactly as it was")
}

func TestRespondentsOfTheRound(t *testing.T) {
	s := newTestSite(t)
	s.project("one", map[coding.Lang]int{"fi": 8})
	b := s.as(coding.RoleLead)
	at := b.send("one", "more.csv", []byte("id;What helps?\n7;somebody who answers the phone\n8;a place where people can meet\n9;more time for each other\n"))
	b.get(at + "/columns").says("Joins: What helps?")
	b.through(at).want(http.StatusOK).says("A corrected file for the round “2022”", "2 answers change", "1 new respondent", "6 respondents are not in the file", "already in the project")
	b.post(at + "/run").to(at + "/progress") // not as a correction: refused, and nothing is written
	soon(t, "the refusal", func() bool { return !s.server.uploads.running(at[len(at)-26:]) })
	b.get(at + "/progress").want(http.StatusUnprocessableEntity).says("The import failed")
	b.post(at+"/language", "do", "continue", "rule", "auto", "round", "2023").to(at + "/check")
	b.get(at + "/check").want(http.StatusOK)
	b.imported(at).want(http.StatusOK)
	a, err := s.svc.Open(t.Context(), coding.Operator, "one")
	if err != nil {
		t.Fatal(err)
	}
	err = s.server.Boards.Read(t.Context(), a.Project.ID, func(board *sets.Board) error {
		if len(board.Questions()) != 1 || len(board.Rounds()) != 2 {
			t.Errorf("the file did not join the question: %+v", board.Questions())
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestGoogleForms imports a real export with a choice of columns of one's own.
func TestGoogleForms(t *testing.T) {
	raw, err := os.ReadFile(needed.File(t, "../../shared/data/formats/google_forms/koodiaapinen-taustakysely-anonymisoitu.csv"))
	if err != nil {
		t.Fatal(err)
	}
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "koodiaapinen.csv", raw)
	b.get(at+"/columns").says("1,001 rows", "14 columns", "tab", "Google Forms", "The survey tool’s time stamp.", "A cell may list several choices", "HTML, CSS 281")
	b.post(at+"/columns", "do", "continue", "role.7", "ignore", "role.8", "question", "key.8", "opetus", "label.8.en", "Programming in teaching").to(at + "/language")
	b.get(at + "/language").want(http.StatusOK).says("Finnish 993")
	if !strings.Contains(b.get(at+"/language").body, `name="round" value="2015"`) {
		t.Error("the year of the answers is not proposed as the round")
	}
	b.post(at+"/language", "do", "continue", "rule", "fixed", "fixed", "fi", "round", "2015").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("1,001 respondents", "995 answers", "Programming in teaching", "Finnish 995 100%")
	yaml := b.get(at + "/mapping.yaml").want(http.StatusOK)
	m, err := importer.ReadMapping("m.yaml", strings.NewReader(yaml.body))
	if err != nil || len(m.Questions) != 1 || m.Questions[0].Key != "opetus" || m.Language.Fixed != "fi" || m.Round != "2015" {
		t.Errorf("mapping %+v, %v", m, err)
	}
	if !strings.Contains(yaml.header.Get("Content-Disposition"), `filename="koodiaapinen.mapping.yaml"`) {
		t.Errorf("the mapping is not a download: %v", yaml.header)
	}
	b.imported(at).want(http.StatusOK).says("995 answers")
	err = s.server.Boards.Read(t.Context(), p.ID, func(board *sets.Board) error {
		if n := board.Language("fi").GetCardinality(); n != 995 {
			t.Errorf("%d Finnish answers", n)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestColumnRoles(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "a.csv", []byte("a;b;c;d\n1;5;some words here;fi\n2;6;other words there;sv\n3;7;even more words;en\n"))
	mapping := func() importer.Mapping {
		t.Helper()
		m, err := importer.ReadMapping("m", strings.NewReader(b.get(at+"/mapping.yaml").want(http.StatusOK).body))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	// Two ids: the one that was not the id before wins, and the page without scripts says so by showing it.
	b.post(at+"/columns", "role.0", "id", "role.1", "ignore").to(at + "/columns")
	b.post(at+"/columns", "role.0", "id", "role.1", "id").to(at + "/columns")
	if m := mapping(); m.RespondentID.Name != "b" {
		t.Errorf("id %v", m.RespondentID)
	}
	// Two columns under one key get an answer at the check; a blank key is made from the header.
	b.post(at+"/columns", "do", "continue", "role.2", "question", "key.2", "", "role.3", "question", "key.3", "").to(at + "/language")
	if m := mapping(); len(m.Questions) != 2 || m.Questions[0].Key != "c" || m.Questions[1].Key != "d" {
		t.Errorf("questions %+v", m.Questions)
	}
	b.post(at+"/columns", "do", "continue", "role.2", "question", "key.2", "same", "role.3", "question", "key.3", "same").to(at + "/language")
	b.post(at+"/language", "do", "continue", "rule", "auto").to(at + "/check")
	b.get(at + "/check").want(http.StatusUnprocessableEntity).says("Two columns have the key “same”")
	b.post(at + "/run").to(at + "/check")
	b.post(at+"/columns", "do", "continue", "role.2", "question", "key.2", "a b/ä", "role.3", "nonsense").to(at + "/language")
	b.get(at + "/check").want(http.StatusUnprocessableEntity).says("“a-b/ä” can’t be a key")
	// No question at all is said at once.
	b.post(at+"/columns", "do", "continue", "role.2", "ignore", "role.3", "ignore").want(http.StatusUnprocessableEntity).says("No open question is chosen.")
	// A language column is chosen at the language, too, and let go of again.
	b.post(at+"/columns", "do", "continue", "role.2", "question").to(at + "/language")
	b.post(at+"/language", "rule", "column", "column", "3").to(at + "/language")
	if m := mapping(); m.Language.Column.Name != "d" {
		t.Errorf("language %+v", m.Language)
	}
	b.post(at+"/language", "rule", "auto", "round", strings.Repeat("x", 61)).want(http.StatusUnprocessableEntity).says("at most 60 characters")
	b.post(at+"/language", "rule", "fixed", "fixed", "sv").to(at + "/language")
	if m := mapping(); !m.Language.Column.IsZero() || m.Language.Fixed != "sv" {
		t.Errorf("language %+v", m.Language)
	}
}

func TestMappingFile(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "a.csv", []byte(threeLanguages))
	bad := "profile: table\nquestions:\n  - {key: q1, colum: Palaute}\n"
	b.upload(at+"/mapping", "mapping", "m.yaml", []byte(bad)).want(http.StatusUnprocessableEntity).says("“colum” is not known here", "3")
	b.upload(at+"/mapping", "mapping", "m.yaml", []byte(":\n\t-")).want(http.StatusUnprocessableEntity).says("not valid YAML")
	b.post(at + "/mapping").want(http.StatusUnprocessableEntity).says("Choose a file first.")
	good := "round: \"R1\"\nrespondent_id: id\nlanguage: {column: Kieli}\nquestions:\n  - {key: q11a, column: 4, label: {sv: Respons}}\nignore: [Järjestö]\n"
	b.upload(at+"/mapping", "mapping", "m.yaml", []byte(good)).to(at + "/columns")
	b.get(at + "/columns").says("The roles of the columns were taken from m.yaml.")
	b.post(at+"/columns", "do", "continue").to(at + "/language")
	page := b.get(at + "/language").want(http.StatusOK)
	if !strings.Contains(page.body, `value="R1"`) {
		t.Error("the round of the mapping is not proposed")
	}
	b.post(at+"/language", "do", "continue", "rule", "column", "column", "1", "round", "R1").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("Respons", "q11a", "One column is left out Järjestö")
	missing := "questions:\n  - {key: q1, column: Nowhere}\n"
	b.upload(at+"/mapping", "mapping", "m.yaml", []byte(missing)).want(http.StatusUnprocessableEntity).says("The file has no column “Nowhere”", "2")
	b.get(at + "/check").want(http.StatusOK).says("Respons") // what was there before stays
}

// TestReadAnotherWay chooses delimiter and encoding by hand.
func TestReadAnotherWay(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "a.csv", []byte("id;comment, long\n1;yes, but not here\n2;no, or perhaps so\n"))
	b.get(at+"/columns").says("semicolon", "2 columns")
	b.post(at+"/columns", "role.1", "question").to(at + "/columns")
	b.post(at+"/reading", "delimiter", ",", "encoding", "Windows-1252").to(at + "/columns")
	b.get(at+"/columns").want(http.StatusOK).says("comma", "Windows-1252", "id;comment")
	b.post(at+"/reading", "delimiter", "x", "encoding", "EBCDIC").to(at + "/columns")
	b.get(at+"/columns").want(http.StatusOK).says("semicolon", "UTF-8")

	at = b.send("one", "open.csv", []byte("id,comment\n1,\"never closed\n2,another\n"))
	b.get(at+"/columns").want(http.StatusUnprocessableEntity).says("is never closed", "Try another encoding or delimiter.")
	b.get(at + "/check").to(at + "/columns")
	b.get(at + "/mapping.yaml").want(http.StatusUnprocessableEntity)
}

// TestBadFiles gives files that can't be answers. Nothing may come in, and a person must hear why.
func TestBadFiles(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	f, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: 4, UncompressedSize64: 5 << 30})
	if err != nil {
		t.Fatal(err)
	}
	f.Write([]byte("bomb"))
	z.Close()
	for _, c := range []struct {
		name    string
		content []byte
		status  int
		says    string
	}{
		{"empty.csv", nil, 422, "The file is empty"},
		{"blank.csv", []byte(" \n ; ; \n"), 422, "The file is empty"},
		{"header.csv", []byte("id;comment\n"), 422, "only a header row"},
		{"picture.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00"), 422, "This is not a table"},
		{"old.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), 422, "old Excel file"},
		{"bomb.xlsx", bomb.Bytes(), 422, "unreasonably large"},
		{"cut.xlsx", []byte("PK\x03\x04rest"), 422, "damaged or incomplete"},
		{"large.csv", append([]byte("id;comment\n"), bytes.Repeat([]byte("1;word\n"), testUploadMax/7+10)...), 413, "larger than this server accepts"},
		{"larger.csv", bytes.Repeat([]byte("1;word\n"), testUploadMax), 413, "larger than this server accepts"},
	} {
		if len(c.content) > testUploadMax && c.status != http.StatusRequestEntityTooLarge {
			t.Fatalf("%s is too large for this test", c.name)
		}
		b.upload("/p/one/import", "file", c.name, c.content).want(c.status).says(c.says)
		fragment := b.upload("/p/one/import", "file", c.name, c.content, "X-Fragment", "1").want(c.status)
		if !strings.Contains(fragment.body, c.says) || !strings.HasPrefix(fragment.header.Get("Content-Type"), "application/json") {
			t.Errorf("%s: the script is told %q", c.name, fragment.body)
		}
	}
	b.post("/p/one/import", "file", "x").want(http.StatusUnprocessableEntity).says("Choose a file first.")
	b.upload("/p/one/import", "other", "a.csv", []byte("x")).want(http.StatusUnprocessableEntity).says("Choose a file first.")
	cut := b.do(http.MethodPost, "/p/one/import", "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nid;com"))
	cut.want(http.StatusUnprocessableEntity).says("did not arrive whole")
	if left, _ := filepath.Glob(filepath.Join(s.uploads, "*")); len(left) > 0 {
		t.Errorf("refused files left %v", left)
	}

	// These are read, and stopped by the check with row and column.
	for _, c := range []struct{ name, content, says string }{
		{"ragged.csv", "id;comment\n1;a good comment\n2;another one;extra\n", "3 C The row has more cells than there are headers (2)"},
		{"long.csv", "id;comment\n1;" + strings.Repeat("x", 600_000) + "\n2;b\n", ""},
		{"bytes.csv", "id;comment\n1;kyll\xe4 n\xc3\xa4in \xc3\xb6 \xc3\xa5 on hyv\xc3\xa4 \xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 \xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\n2;b\n", "comment The cell has characters that can’t be read"},
		{"ids.csv", "respondent id;comment\n1;first of all this\n2;then comes that\n2;and again here\n3;four words in it\n", "is already in row 3"},
	} {
		at := b.send("one", c.name, []byte(c.content))
		b.post(at+"/columns", "do", "continue", "role.1", "question").to(at + "/language")
		b.post(at+"/language", "do", "continue", "rule", "auto").to(at + "/check")
		b.get(at + "/check").says(c.says)
	}
	imports := 0
	s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		list, err := r.Imports(t.Context(), p.ID)
		imports = len(list)
		return err
	})
	if imports != 0 {
		t.Errorf("%d imports came in", imports)
	}
}

// TestUploadsArePrivate: an upload belongs to one person and one project, and its file to the server alone.
func TestUploadsArePrivate(t *testing.T) {
	s := newTestSite(t)
	s.project("one", nil)
	s.project("two", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "../../etc/passwd", []byte(threeLanguages))
	b.get("/p/one/import").says("passwd", "Unfinished imports")
	for _, other := range []struct {
		browser *testBrowser
		path    string
	}{{s.as(coding.RoleAdmin), at}, {b, strings.Replace(at, "/one/", "/two/", 1)}} {
		base := other.path[:strings.LastIndexByte(other.path, '/')]
		other.browser.get(other.path + "/columns").to(base)
		other.browser.post(other.path + "/run").to(base)
		other.browser.get(other.path + "/mapping.yaml").to(base)
		other.browser.post(other.path + "/drop").want(http.StatusNotFound)
		other.browser.post(other.path + "/cancel").want(http.StatusNotFound)
		other.browser.get(base).hides("passwd")
	}
	files, _ := filepath.Glob(filepath.Join(s.uploads, "*"))
	if len(files) != 2 {
		t.Errorf("files %v", files)
	}
	for _, f := range files {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v", f, info.Mode(), err)
		}
	}
	b.post(at + "/drop").to("/p/one/import")
	b.get(at + "/columns").to("/p/one/import")
	if files, _ := filepath.Glob(filepath.Join(s.uploads, "*")); len(files) != 0 {
		t.Errorf("files %v", files)
	}
}

func TestCancel(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "a.csv", []byte(threeLanguages))
	b.through(at).want(http.StatusOK)
	u, err := s.server.uploads.get(at[len(at)-26:], s.people[coding.RoleLead].ID, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	stored := make(chan struct{})
	err = s.server.uploads.start(u, "", 4, func(ctx context.Context, progress coding.Progress) (coding.Import, error) {
		progress(3)
		close(stored)
		<-ctx.Done()
		return coding.Import{}, ctx.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	<-stored
	b.post(at + "/run").to(at + "/progress")
	b.get(at + "/columns").to(at + "/progress")
	b.get(at+"/progress").want(http.StatusOK).says("3 of 4 respondents", "Cancel the import")
	if got := b.do(http.MethodGet, at+"/progress", "", nil, "X-Fragment", "1"); !strings.Contains(got.body, `"rows":3`) || !strings.Contains(got.body, `"ended":false`) {
		t.Errorf("the script hears %q", got.body)
	}
	b.post(at + "/cancel").to(at + "/progress")
	b.get(at + "/progress").to(at + "/check")
	b.get(at + "/check").want(http.StatusOK).says("The import was cancelled. Nothing was imported")
	b.imported(at).want(http.StatusOK).says("The answers are in") // the file is still there
}

// TestImportFails: a fault of the program or the disk is told without its words, which go to the log.
func TestImportFails(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	for _, fail := range []func() error{func() error { return errors.New("secret words") }, func() error { panic("secret words") }} {
		at := b.send("one", "a.csv", []byte(threeLanguages))
		u, err := s.server.uploads.get(at[len(at)-26:], s.people[coding.RoleLead].ID, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		err = s.server.uploads.start(u, "", 4, func(context.Context, coding.Progress) (coding.Import, error) { return coding.Import{}, fail() })
		if err != nil {
			t.Fatal(err)
		}
		soon(t, "the failure", func() bool { return !s.server.uploads.running(u.ID) })
		page := b.get(at+"/progress").want(http.StatusInternalServerError).says("The import failed", "the project is exactly as it was", "The error’s ID in the log")
		page.hides("secret words")
		if !strings.Contains(s.log.String(), "secret words") {
			t.Error("the log does not have the error")
		}
		b.get(at + "/columns").want(http.StatusOK)
	}
}

func TestUploadsExpire(t *testing.T) {
	us := newUploads(t.TempDir())
	put := func(person coding.PersonID, age time.Duration) upload {
		t.Helper()
		u, err := us.put(person, 1, "a.csv", "", strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		u.At = time.Now().Add(-age)
		if err := us.save(u); err != nil {
			t.Fatal(err)
		}
		return u
	}
	old, young := put(1, 25*time.Hour), put(1, 23*time.Hour)
	if _, err := us.get(old.ID, 1, 1); !errors.Is(err, coding.ErrNotFound) {
		t.Errorf("an upload of yesterday is still there: %v", err)
	}
	if _, err := us.get(young.ID, 1, 1); err != nil {
		t.Error(err)
	}
	put(2, 0)
	if _, err := os.Stat(us.path(old.ID, "data")); err == nil {
		t.Error("the old file is still on the disk")
	}
	for i := range uploadsEach + 3 {
		put(3, time.Duration(i)*time.Second)
	}
	if n := len(us.of(3, 1)); n != uploadsEach {
		t.Errorf("one person has %d uploads", n)
	}
	for _, id := range []string{"", "..", "../x", strings.Repeat("A", 25), strings.Repeat("a", 26)} {
		if _, err := us.load(id); !errors.Is(err, coding.ErrNotFound) {
			t.Errorf("load(%q): %v", id, err)
		}
	}
}

// TestSheetsAreLetGo: few parsed files are kept, each is read once, and none is closed while it is used.
func TestSheetsAreLetGo(t *testing.T) {
	us := newUploads(t.TempDir())
	reader := newTestSite(t).server.Reader
	reads := 0
	open := func(u upload) (*readFile, func()) {
		t.Helper()
		f, release, err := us.open(t.Context(), u, func(ctx context.Context, path string) (*readFile, error) {
			reads++
			sheet, err := reader.Read(ctx, path, u.File, importer.Options{})
			return &readFile{sheet: sheet}, err
		})
		if err != nil {
			t.Fatal(err)
		}
		return f, release
	}
	var first upload
	for i := range sheetsOpen + 3 {
		u, err := us.put(coding.PersonID(i), 1, "a.csv", "", strings.NewReader(threeLanguages))
		if err != nil {
			t.Fatal(err)
		}
		_, release := open(u)
		_, again := open(u)
		release()
		again()
		if i == 0 {
			first = u
		}
	}
	if n := len(us.sheets); n > sheetsOpen {
		t.Errorf("%d parsed files are kept", n)
	}
	if reads != sheetsOpen+3 {
		t.Errorf("%d reads of %d files", reads, sheetsOpen+3)
	}
	f, release := open(first)
	us.drop(first.ID)
	n := 0
	for _, err := range f.sheet.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	release()
	if n != 4 {
		t.Errorf("%d rows of a file in use", n)
	}
}
