package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// badFile is a file that must be refused with its place and its reason.
type badFile struct {
	name    string
	content []byte
	place   string // of the problem on the command line: file, row, column
	says    string // of the message, in English
	status  int    // of the wizard's answer to the upload; 200 where the file gets as far as the check
}

func badFiles(t *testing.T) []badFile {
	t.Helper()
	noise := make([]byte, 50_000)
	random := rand.New(rand.NewPCG(5, 6))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	good := strings.Repeat("7;Ääkkösiä öylätti pöytä\n", 40)
	whole := book(t, func(f *excelize.File) { fill(t, f, "Sheet1", []any{"ID", "Mielipide"}, []any{1, "hyvin sujui"}) })
	return []badFile{
		{"empty.csv", nil, "empty.csv: ", "empty", http.StatusUnprocessableEntity},
		{"header.csv", []byte("ID;Mielipide\n"), "header.csv:1: ", "only a header row", http.StatusUnprocessableEntity},
		{"binary.csv", append([]byte("\x89PNG\r\n\x1a\n"), noise...), "binary.csv: ", "not a table", http.StatusUnprocessableEntity},
		{"ragged.csv", []byte("ID;Mielipide\n1;Hyvä asia kaikille\n2;huono;ylimääräinen;vielä\n3;kelpaa\n"), "ragged.csv:3 [C]: ", "more cells", http.StatusOK},
		{"quote.csv", []byte("ID;Mielipide\n1;\"lainaus ei sulkeudu\n2;toinen vastaus\n"), "quote.csv:2: ", "never closed", http.StatusUnprocessableEntity},
		{"long.csv", []byte("ID;Mielipide\n1;lyhyt vastaus on tämä\n2;" + strings.Repeat("pitkä ", 220_000) + "\n3;taas lyhyt vastaus\n"), "long.csv:3 [Mielipide]: ", "room for", http.StatusOK},
		{"bytes.csv", []byte("ID;Mielipide\n1;hyvä\n2;huono \xff\xfe\xc3( t\xe4ss\xe4\n" + good), "bytes.csv:3 [Mielipide]: ", "can’t be read", http.StatusOK},
		{"bomb.xlsx", bomb(t), "bomb.xlsx: ", "unreasonably large", http.StatusUnprocessableEntity},
		{"words.xlsx", []byte("This is not a workbook."), "words.xlsx", "", http.StatusUnprocessableEntity},
		{"legend.csv", []byte("Vastausaika\tID\tSukupuoli\tMielipide\n-\t\t-\t-\n1.2.2024 12:01:00\t1\t1\tHyvin sujui\n\t\t1 = Nainen\t\n1.2.2024 12:01:00\t2\t2\tHuonosti\n"), "legend.csv:5: ",
			"below the legend of codes", http.StatusOK},
		{"password.xlsx", append([]byte(oldOffice+strings.Repeat("\x00", 600)), "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...), "password.xlsx: ",
			"protected with a password", http.StatusUnprocessableEntity},
		{"old.xlsx", []byte(oldOffice + strings.Repeat("\x00", 600)), "old.xlsx: ", "old Excel file", http.StatusUnprocessableEntity},
		{"cut.xlsx", whole[:len(whole)/2], "cut.xlsx: ", "damaged or incomplete", http.StatusUnprocessableEntity},
		{"laughs.xlsx", laughs(t), "laughs.xlsx: ", "damaged", http.StatusUnprocessableEntity},
		{"lengths.sav", []byte("$FL2" + strings.Repeat(" ", 60) + "\x02\x00\x00\x00" + strings.Repeat("\xff", 300)), "lengths.sav: ", "The SPSS file", http.StatusUnprocessableEntity},
		{"nul.csv", []byte("ID;Mielipide\n1;hyvin sujui\n2;t\x00oinen vastaus on\n" + good), "nul.csv:3 [Mielipide]: ", "NUL", http.StatusOK},
		{"mixed.csv", []byte("ID;Mielipide\n1;hyvää työtä täällä\n2;tässä hyv\xe4\xe4 ja päästö\n" + good), "mixed.csv:3 [Mielipide]: ", "can’t be read", http.StatusOK},
		{"merged.xlsx", book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", []any{"ID", "Mielipide"}, []any{1, "hyvin sujui"}, []any{2, "huonosti", "ja muuta"}, []any{3, "kelpo"})
			_ = f.MergeCell("Sheet1", "B2", "B3")
		}), "merged.xlsx:3 [C]: ", "more cells", http.StatusOK},
		{"formula.xlsx", book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", []any{"ID", "Mielipide"}, []any{1, "hyvin sujui"}, []any{2, nil}, []any{3, "kelpo"})
			_ = f.SetCellFormula("Sheet1", "B3", `CONCAT("a","b")`)
		}), "formula.xlsx:3 [Mielipide]: ", "formula without a result", http.StatusOK},
		{"hidden.xlsx", book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", []any{"ID", "Mielipide"}, []any{1, "hyvin sujui"})
			_, _ = f.NewSheet("Tyhjä")
			f.SetActiveSheet(1)
			_ = f.SetSheetVisible("Sheet1", false)
		}), "hidden.xlsx: ", "no visible sheet with answers", http.StatusUnprocessableEntity},
	}
}

const oldOffice = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // how .xls files and locked workbooks begin

// oddFiles are taken as they are: each has two respondents with an answer.
func oddFiles(t *testing.T) map[string][]byte {
	t.Helper()
	table := [][]any{{"ID", "Maakunta", "Mielipide"}, {1, "Uusimaa", "Hyvin sujui tänä vuonna"}, {2, "Kainuu", "Huonommin kuin ennen kaikki"}}
	wide := strings.Repeat("sarake;", 2000) + "Mielipide\n" + strings.Repeat("1;", 2000) + "hyvin sujui tänä vuonna\n" + strings.Repeat("2;", 2000) + "huonommin kuin ennen\n"
	return map[string][]byte{
		"shuffled.csv": []byte("Mielipide;Maakunta;ID\nHyvin sujui tänä vuonna;Uusimaa;1\nHuonommin kuin ennen;Kainuu;2\n"),
		"again.csv":    []byte("ID;Mielipide\n1;Hyvin sujui tänä vuonna\nID;Mielipide\n2;Huonommin kuin ennen\n"),
		"dates.xlsx": book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", []any{"ID", "Päivä", "Mielipide"}, []any{1, 45293, "Hyvin sujui tänä vuonna"}, []any{2, 45294, "Huonommin kuin ennen"})
		}),
		"formulas.xlsx": book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", table...)
			_ = f.SetCellFormula("Sheet1", "B2", `CONCAT("Uusi","maa")`)
		}),
		"beside.xlsx": book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", []any{"salainen"}, []any{"1"})
			_, _ = f.NewSheet("Vastaukset")
			fill(t, f, "Vastaukset", table...)
			f.SetActiveSheet(1)
			_ = f.SetSheetVisible("Sheet1", false)
		}),
		"title.xlsx": book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", append([][]any{{"Kyselyn tulokset"}}, table...)...)
			_ = f.MergeCell("Sheet1", "A1", "C1")
		}),
		"wide.csv": []byte(wide),
	}
}

// book is a workbook.
func book(t *testing.T, write func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	write(f)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func fill(t *testing.T, f *excelize.File, sheet string, rows ...[]any) {
	t.Helper()
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
}

// laughs is a workbook with entities that stand for others, many times over.
func laughs(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/workbook.xml")
	if err == nil {
		_, err = io.WriteString(w, `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><workbook>&c;</workbook>`)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a workbook of some hundred kilobytes that unpacks to hundreds of megabytes.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name, text string, times int) {
		t.Helper()
		w, err := z.Create(name)
		for range times {
			if err == nil {
				_, err = io.WriteString(w, text)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write("[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`, 1)
	write("xl/worksheets/sheet1.xml", strings.Repeat(" ", 1<<20), 300)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 1<<20 {
		t.Fatalf("the bomb is %d bytes packed", b.Len())
	}
	return b.Bytes()
}

const goodSurvey = "ID;Mielipide;Toinen\n1;Hyvä asia kaikille;Sama täällä sanon\n2;Tieto ei kulje meille asti;Ei kulje täälläkään\n3;Kiitos avusta;Kiitos\n"

// kept makes a project with answers and gives a check that nothing has been written since.
func kept(t *testing.T, data string) (dir string, check func(t *testing.T)) {
	t.Helper()
	dir = t.TempDir()
	write(t, filepath.Join(dir, "good.csv"), []byte(goodSurvey))
	mustRun(t, "", "import", filepath.Join(dir, "good.csv"), "--project", "kept", "--data", data)
	state := func() string {
		return mustRun(t, "", "project", "list", "--json", "--data", data) + mustRun(t, "", "project", "show", "kept", "--data", data)
	}
	before := state()
	return dir, func(t *testing.T) {
		t.Helper()
		if after := state(); after != before {
			t.Errorf("something was written:\n%s\nbefore:\n%s", after, before)
		}
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestBadInput gives the command line what it can't take: each gets status 3 and a line with file, row and column, and nothing
// is written.
func TestBadInput(t *testing.T) {
	data := t.TempDir()
	dir, untouched := kept(t, data)
	refuse := func(t *testing.T, place, says string, args ...string) {
		t.Helper()
		out, errOut, status := program(t, "", append([]string{"import", "--data", data, "--lang", "en", "--round", "2"}, args...)...)
		if status != 3 {
			t.Errorf("status %d, want 3", status)
		}
		if out != "" {
			t.Errorf("on standard output: %q", out)
		}
		ok := false
		for line := range strings.Lines(errOut) {
			ok = ok || strings.HasPrefix(line, place) && strings.Contains(line, says)
		}
		if !ok {
			t.Errorf("no line begins %q and says %q:\n%s", place, says, errOut)
		}
		if strings.Contains(errOut, "goroutine ") || strings.Contains(errOut, ".go:") {
			t.Errorf("internals are shown:\n%s", errOut)
		}
		untouched(t)
	}
	for _, bad := range badFiles(t) {
		path := filepath.Join(dir, bad.name)
		write(t, path, bad.content)
		t.Run(bad.name, func(t *testing.T) {
			refuse(t, bad.place, bad.says, path, "--project", "kept")
			refuse(t, bad.place, bad.says, path, "--project", "new") // a project that would be new is not left behind
		})
	}
	good := filepath.Join(dir, "good.csv")
	for name, c := range map[string]struct{ mapping, place, says string }{
		"unknown key":     {"profile: table\nquestionss:\n  - {key: q1, column: Mielipide}\n", "m.yaml:2: ", "questionss"},
		"unknown key in":  {"questions:\n  - {key: q1, colunm: Mielipide}\n", "m.yaml:2: ", "colunm"},
		"no such column":  {"questions:\n  - {key: q1, column: Puuttuva}\n", "m.yaml:2 [Puuttuva]: ", "no column"},
		"two columns":     {"questions:\n  - {key: q1, column: Mielipide}\n  - {key: q1, column: Toinen}\n", "m.yaml:3: ", "Two columns"},
		"not YAML at all": {"questions: [\n", "m.yaml", ""},
	} {
		t.Run(name, func(t *testing.T) {
			mapping := filepath.Join(t.TempDir(), "m.yaml")
			write(t, mapping, []byte(c.mapping))
			refuse(t, c.place, c.says, good, "--project", "new", "--mapping", mapping)
		})
	}
	t.Run("slug", func(t *testing.T) { refuse(t, "", "“a/b”", good, "--project", "a/b") })
	t.Run("the same file", func(t *testing.T) { refuse(t, "good.csv: ", "already", good, "--project", "kept") })
	t.Run("no file", func(t *testing.T) {
		refuse(t, "none.csv: ", "not found", filepath.Join(dir, "none.csv"), "--project", "new")
	})
	t.Run("one of two files", func(t *testing.T) {
		other := filepath.Join(dir, "other.csv")
		write(t, other, []byte(strings.ReplaceAll(goodSurvey, "Kiitos", "Kippis")))
		refuse(t, "ragged.csv:3 [C]: ", "more cells", other, filepath.Join(dir, "ragged.csv"), "--project", "new")
	})
	t.Run("too large", func(t *testing.T) {
		t.Setenv("AVOKOODI_UPLOAD_MB", "1")
		refuse(t, "long.csv: ", "largest allowed is 1 MB", filepath.Join(dir, "long.csv"), "--project", "new")
	})
	t.Run("usage", func(t *testing.T) {
		for _, args := range [][]string{{"import"}, {"import", good}, {"import", good, "--project", "x", "--profile", "nothing"}, {"imprt", good}, {"count", "--project", "kept", "--unit", "heads"}} {
			if _, errOut, status := program(t, "", append(args, "--data", data, "--lang", "en")...); status != 2 || errOut == "" {
				t.Errorf("%v: status %d, want 2\n%s", args, status, errOut)
			}
		}
		untouched(t)
	})
}

// send uploads a file to a path of the site as a browser without scripts does, and gives the page that it leads to.
func (v *visitor) send(path, field, name string, content []byte) (status int, at *url.URL, body string) {
	v.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		v.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, v.base+path, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Accept-Language", "en")
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, res.Request.URL, string(raw)
}

// TestBadInputInWizard gives the same to the wizard: each gets a page that says what is wrong, and nothing is written.
func TestBadInputInWizard(t *testing.T) {
	data := t.TempDir()
	_, untouched := kept(t, data)
	addPerson(t, data, "lauri", "lead")
	base, _ := serve(t, data, "serve", 0, "--upload-mb", "2")
	v := signIn(t, base, "lauri")
	says := func(t *testing.T, body, text string) {
		t.Helper()
		if !strings.Contains(plain(body), text) {
			t.Errorf("the page does not say %q:\n%s", text, plain(body))
		}
	}
	drop := func(at *url.URL) {
		if m := regexp.MustCompile(`^/p/kept/import/[A-Z2-7]{26}`).FindString(at.Path); m != "" {
			v.form(m+"/drop", url.Values{}, http.StatusOK)
		}
	}
	for _, bad := range badFiles(t) {
		t.Run(bad.name, func(t *testing.T) {
			status, at, body := v.send("/p/kept/import", "file", bad.name, bad.content)
			defer drop(at)
			if bad.status == http.StatusOK {
				at.Path = strings.TrimSuffix(at.Path, "/columns")
				status, body = v.check(t, at.Path)
				place := regexp.MustCompile(`:([0-9]+)(?: \[(.*)\])?: `).FindStringSubmatch(bad.place) // row and column
				says(t, body, strings.TrimSpace(" "+place[1]+" "+place[2])+" ")
				if strings.Contains(body, at.Path+"/run") {
					t.Error("the check offers to import it")
				}
				v.form(at.Path+"/run", url.Values{}, http.StatusUnprocessableEntity) // and imports nothing when asked to
			}
			if status != http.StatusUnprocessableEntity {
				t.Errorf("status %d, want 422", status)
			}
			says(t, body, bad.says)
			untouched(t)
		})
	}
	for name, content := range oddFiles(t) {
		t.Run(name, func(t *testing.T) {
			_, at, body := v.send("/p/kept/import", "file", name, content)
			defer drop(at)
			path := strings.TrimSuffix(at.Path, "/columns")
			form := url.Values{"do": {"continue"}}
			for _, m := range regexp.MustCompile(`id="c([0-9]+)">(ID|Mielipide)</h2>`).FindAllStringSubmatch(body, -1) {
				form.Set("role."+m[1], map[string]string{"ID": "id", "Mielipide": "question"}[m[2]])
			}
			v.form(path+"/columns", form, http.StatusOK)
			v.try(http.MethodPost, path+"/language", url.Values{"rule": {"fixed"}, "fixed": {"fi"}, "round": {"2"}, "do": {"continue"}}, false)
			status, body := v.get(path + "/check")
			if status != http.StatusOK || !strings.Contains(body, path+"/run") {
				t.Errorf("status %d; it can't be imported: %s", status, plain(body))
			}
			says(t, body, "2 respondents 2 answers")
			untouched(t)
		})
	}
	t.Run("too large", func(t *testing.T) {
		for name, content := range map[string][]byte{"large.csv": []byte("ID;Mielipide\n" + strings.Repeat("1;asiaa\n", 300_000)), "huge.csv": bytes.Repeat([]byte("1;asiaa\n"), 2<<20)} {
			status, _, body := v.send("/p/kept/import", "file", name, content)
			if status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: status %d, want 413", name, status)
			}
			says(t, body, "large")
		}
		untouched(t)
	})
	t.Run("mapping", func(t *testing.T) {
		_, at, _ := v.send("/p/kept/import", "file", "other.csv", []byte(strings.ReplaceAll(goodSurvey, "Kiitos", "Kippis")))
		defer drop(at)
		path := strings.TrimSuffix(at.Path, "/columns")
		for mapping, text := range map[string]string{
			"questionss:\n  - {key: q1, column: Mielipide}\n":                               "“questionss” is not known",
			"questions:\n  - {key: q1, column: Mielipide}\n  - {key: q1, column: Toinen}\n": "Two columns have the key",
			"questions:\n  - {key: q1, column: Puuttuva}\n":                                 "no column “Puuttuva”",
			"\x00\x01\x02":                              "",
			strings.Repeat("a: &a [*a]\n", 3):           "",
			"questions: " + strings.Repeat("[", 10_000): "",
		} {
			status, _, body := v.send(path+"/mapping", "mapping", "m.yaml", []byte(mapping))
			if status != http.StatusUnprocessableEntity {
				t.Errorf("%.40q: status %d, want 422", mapping, status)
			}
			says(t, body, text)
		}
		untouched(t)
	})
	t.Run("slug", func(t *testing.T) {
		body := v.form("/projects", url.Values{"name.en": {"A"}, "name.fi": {"A"}, "name.sv": {"A"}, "slug": {"a/b"}}, http.StatusUnprocessableEntity)
		says(t, body, "a/b")
		untouched(t)
	})
	t.Run("the same file", func(t *testing.T) {
		_, at, _ := v.send("/p/kept/import", "file", "again.csv", []byte(goodSurvey))
		defer drop(at)
		status, body := v.check(t, strings.TrimSuffix(at.Path, "/columns"))
		if status != http.StatusUnprocessableEntity {
			t.Errorf("status %d, want 422", status)
		}
		says(t, body, "already")
		untouched(t)
	})
	t.Run("no file", func(t *testing.T) {
		for _, path := range []string{"/p/kept/import"} {
			v.form(path, url.Values{}, http.StatusUnprocessableEntity)
		}
		untouched(t)
	})
	if left, _ := filepath.Glob(filepath.Join(data, "uploads", "*")); len(left) > 0 {
		t.Errorf("files stay behind: %v", left)
	}
}

// check goes through the wizard to its check with the columns as proposed.
func (v *visitor) check(t *testing.T, path string) (int, string) {
	t.Helper()
	_, body := v.get(path + "/columns")
	form := url.Values{"do": {"continue"}}
	for i, m := range regexp.MustCompile(`(?s)<select name="role\.(\d+)".*?</select>`).FindAllStringSubmatch(body, -1) {
		role := []string{"id", "question", "question"}[min(i, 2)]
		form.Set(fmt.Sprint("role.", m[1]), role)
	}
	v.form(path+"/columns", form, http.StatusOK)
	v.try(http.MethodPost, path+"/language", url.Values{"rule": {"fixed"}, "fixed": {"fi"}, "round": {"2"}, "do": {"continue"}}, false)
	return v.get(path + "/check")
}
