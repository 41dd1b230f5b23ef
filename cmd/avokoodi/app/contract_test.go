package app

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const contractSurvey = `Vastaaja;Kieli;Taustaorganisaatio;Mitä pitäisi parantaa?
v1;fi;Järjestö;Tiedotusta pitäisi lisätä kunnan ja yhdistysten välillä
v2;fi;Kunta;Palvelut ovat hajallaan, ja ihmiset eksyvät niihin
v3;sv;Förening;Mera service på svenska skulle behövas i vardagen
v4;en;Association;More funding for small associations, please
v5;fi;Järjestö;
v5;fi;Kunta;Toistuva tunnus tässä rivissä on
v6;fi;Kunta;Ei tule mitään mieleen juuri nyt
`

const contractMapping = `profile: table
round: "2022"
respondent_id: "Vastaaja"
language: {column: "Kieli"}
questions:
  - {key: q1, column: "Mitä pitäisi parantaa?", label: {fi: Parannettavaa, sv: Att förbättra, en: To improve}}
variables:
  - key: organisation
    column: "Taustaorganisaatio"
    label: {fi: Taustaorganisaatio, sv: Bakgrundsorganisation, en: Organisation}
    values:
      - {key: association, label: {fi: Järjestö, sv: Organisation, en: Association}, match: ["Järjestö", "Förening", "Association"]}
`

// shell is a data folder with files beside it, and the command line on it.
type shell struct {
	t    *testing.T
	dir  string
	data string
}

func newShell(t *testing.T) *shell {
	dir := t.TempDir()
	s := &shell{t: t, dir: dir, data: filepath.Join(dir, "data")}
	for name, text := range map[string]string{
		"a.csv":  contractSurvey,
		"m.yaml": contractMapping,
		"t.csv":  "key,parent,label_fi,label_sv,label_en\ntiedotus,,Tiedotus,Information,Information\npalvelut,,Palvelut,Tjänster,Services\nruotsi,palvelut,Palvelut ruotsiksi,Service på svenska,Services in Swedish\n",
		"c.csv":  "respondent,question,theme,round,coder,start,end\nv1,q1,tiedotus,2022,anna,0,10\nv2,q1,Palvelut,2022,anna,,\nv3,q1,Service på svenska,2022,anna,,\nv3,q1,tiedotus,2022,bertta,,\n",
	} {
		s.write(name, text)
	}
	return s
}

func (s *shell) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// run runs a command given as words; a word that begins with @ is a file. Without --lang messages are English.
func (s *shell) run(stdin, line string, more ...string) (out, errOut string, status int) {
	s.t.Helper()
	args := append(strings.Fields(line), more...)
	for i, a := range args {
		if name, ok := strings.CutPrefix(a, "@"); ok {
			args[i] = filepath.Join(s.dir, name)
		}
	}
	if !strings.Contains(line, "--lang") {
		args = append(args, "--lang", "en")
	}
	var o, e strings.Builder
	status = Run(s.t.Context(), append(args, "--data", s.data), strings.NewReader(stdin), &o, &e)
	return o.String(), e.String(), status
}

// must runs what has to be done, and returns its output.
func (s *shell) must(line string, more ...string) string {
	s.t.Helper()
	out, errOut, status := s.run("", line, more...)
	if status != exitDone {
		s.t.Fatalf("avokoodi %s: status %d\n%s%s", line, status, out, errOut)
	}
	return out
}

// shaped compares JSON with a value that shows what it must be like: objects have at least its keys, arrays its first element
// over and over, strings, numbers and booleans their kind. null matches anything.
func shaped(t *testing.T, raw, like string) {
	t.Helper()
	var have, want any
	if err := json.Unmarshal([]byte(raw), &have); err != nil {
		t.Errorf("%v: %s", err, raw)
		return
	}
	if err := json.Unmarshal([]byte(like), &want); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range differ("", have, want) {
		t.Errorf("%s\n%s", wrong, raw)
	}
}

func differ(path string, have, want any) (wrong []string) {
	switch want := want.(type) {
	case nil:
	case map[string]any:
		object, ok := have.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s is %v, no object", path, have)}
		}
		for key, w := range want {
			h, ok := object[key]
			if !ok {
				wrong = append(wrong, path+"."+key+" is missing")
				continue
			}
			wrong = append(wrong, differ(path+"."+key, h, w)...)
		}
	case []any:
		array, ok := have.([]any)
		if !ok || len(array) == 0 {
			return []string{fmt.Sprintf("%s is %v, no array with something in it", path, have)}
		}
		for i, h := range array {
			wrong = append(wrong, differ(fmt.Sprintf("%s[%d]", path, i), h, want[0])...)
		}
	default:
		if fmt.Sprintf("%T", have) != fmt.Sprintf("%T", want) {
			wrong = append(wrong, fmt.Sprintf("%s is %T, want %T", path, have, want))
		}
	}
	return wrong
}

func (s *shell) filled() *shell {
	s.t.Helper()
	s.must("import @a.csv --project p --mapping @m.yaml")
	s.must("themes import @t.csv --project p")
	s.must("codings import @c.csv --project p")
	return s
}

// TestContractJSON holds the JSON that scripts rely on to its keys and kinds.
func TestContractJSON(t *testing.T) {
	s := newShell(t)
	dry := s.must("import @a.csv --project p --mapping @m.yaml --dry-run --json")
	done := s.must("import @a.csv --project p --mapping @m.yaml --json")
	shaped(t, done, `{"respondents":1,"answers":1,"blank":1,"duplicates":1,"rounds":["r"],"languages":{"fi":1,"sv":1,"en":1},"problems":[{"file":"f","row":1,"column":"c","message":"m"}]}`)
	if dry != done {
		t.Errorf("the dry run promised\n%s\nand it came to\n%s", dry, done)
	}
	if want := `{"respondents":6,"answers":5,"blank":1,"duplicates":1,`; !strings.HasPrefix(done, want) {
		t.Errorf("%s, want %s", done, want)
	}
	out, _, status := s.run("", "import @a.csv --project p --mapping @m.yaml --json")
	if status != exitRefused || !strings.Contains(out, "already imported") {
		t.Errorf("the same file again: status %d, %s", status, out)
	}
	s.must("themes import @t.csv --project p")
	s.must("codings import @c.csv --project p")

	shaped(t, s.must("search palvelu --project p --json"), `{"query":"q","total":1,"took_ms":1,"hits":[{"respondent":"r","round":"r","question":"q","language":"fi","score":1,"text":"t","matches":[[0,1]]}]}`)
	shaped(t, s.must("count --project p --by organisation --threshold 1 --format json"),
		`{"unit":"respondents","base":1,"themes":[{"key":"k","label":"l","n":1,"share":0.5,"suppressed":false}],"by":{"variable":"v","categories":[{"key":"k","label":"l","base":1,"cells":[{"theme":"t","n":1,"share":0.5,"suppressed":false}]}]}}`)
	shaped(t, s.must("count --project p --json"), `{"unit":"respondents","base":null,"themes":[{"key":"k","label":"l","n":null,"share":null,"suppressed":true}]}`)
	all, some := s.must("count --project p --threshold 1 --json"), s.must("count --project p --threshold 1 --search palvelu --json")
	if all == some || !strings.Contains(some, `"base": `) {
		t.Errorf("a search narrows nothing: %s", some)
	}
	if _, said, status := s.run("", "count --project p --search", "("); status != exitRefused || said == "" {
		t.Errorf("a wrong search: status %d, %q", status, said)
	}
	for _, line := range []string{"count --project p --weight organisation", "count --project p --weight nothing"} {
		if _, said, status := s.run("", line); status != exitRefused || !strings.Contains(said, "weight") {
			t.Errorf("%s: status %d, %q", line, status, said)
		}
	}
	for _, kind := range []string{"cooccurrence", "rounds", "coverage", "saturation", "coders"} {
		for _, ending := range []string{"csv", "xlsx", "docx", "json"} {
			s.must("export " + kind + " --project p -o @found." + ending)
		}
		s.must("export " + kind + " --project p -o @again.csv")
		first, err := os.ReadFile(filepath.Join(s.dir, "found.csv"))
		again, err2 := os.ReadFile(filepath.Join(s.dir, "again.csv"))
		if err != nil || err2 != nil || string(first) != string(again) || len(first) == 0 {
			t.Errorf("%s: %v, %v; the same state gives two files", kind, err, err2)
		}
	}
	shaped(t, s.must("project list --json"), `[{"slug":"p","respondents":1,"answers":1}]`)
	shaped(t, s.must("doctor --json"), `[{"key":"k","label":"l","value":"v","warn":false}]`)
	shaped(t, s.must("version --json"), `{"version":"v","commit":"c","go":"g","platform":"p","dictionary":null}`)
	shaped(t, s.must("index check --json"), `{"project":"p","ok":true}`)

	lines, _, status := s.run("palvelu\n(\nservice\n", "search - --project p")
	if got := strings.Split(strings.TrimSpace(lines), "\n"); status != exitDone || len(got) != 3 {
		t.Errorf("three queries: status %d\n%s", status, lines)
	} else {
		shaped(t, got[0], `{"query":"palvelu","total":1,"hits":[{"respondent":"v2"}]}`)
		shaped(t, got[1], `{"query":"(","total":0,"error":"e"}`)
	}
}

// TestContractStatus holds commands to their exit status, results to standard output and messages to standard error.
func TestContractStatus(t *testing.T) {
	s := newShell(t).filled()
	s.write("two.yaml", "questions:\n  - {key: q1, column: Kieli}\n  - {key: q1, column: Vastaaja}\n")
	s.write("no.csv", "respondent,question,theme\nv9,q1,tiedotus\nv1,q7,poem\n")
	s.write("labels.csv", "a,b\n1,2\n")
	for _, c := range []struct {
		line   string
		status int
		says   string // on standard error; or on standard output where the status is 0
	}{
		{"version", exitDone, "avokoodi "}, {"doctor", exitDone, "Database"}, {"index check", exitDone, "p: "}, {"index rebuild --project p", exitDone, "p: "},
		{"project show p", exitDone, `"slug": "p"`}, {"project list", exitDone, "5 answers"}, {"count --project p", exitDone, "<5"},
		{"count --project p --by organisation --threshold 1", exitDone, "Association (3)"},
		{"count --project p --format csv --unit answers --question q1 --round 2022 --language fi,sv", exitDone, "Theme"},
		{"export counts --project p -o @e.csv", exitDone, ""}, {"export matrix --project p -o @e.xlsx", exitDone, ""}, {"export quotes --project p -o @e.md", exitDone, ""},
		{"export codings --project p -o @c2.csv", exitDone, ""}, {"export answers --project p -o @a2.csv", exitDone, ""}, {"export codebook --project p -o @b.qdc", exitDone, ""},
		{"export workshop --project p -o @w.zip", exitDone, ""}, {"export workshop --project p -o @w.pdf --part sheets,cards --languages fi,sv", exitDone, ""}, {"export workshop --project p -o @w.pptx", exitDone, ""},
		{"export workshop --project p -o @w.docx --lang sv", exitDone, ""}, {"themes export @b.xlsx --project p", exitDone, ""}, {"export project --project p -o @p.zip", exitDone, ""}, {"backup @b.db", exitDone, "b.db"},

		{"poem", exitUsage, "no command “avokoodi poem”"}, {"cuont --project p", exitUsage, "Did you mean: avokoodi count"}, {"user", exitUsage, "add, disable, list, password"},
		{"poem --project p", exitUsage, "no command “avokoodi poem”"}, {"user poem --json", exitUsage, "no command “avokoodi user poem”"}, {"user poem", exitUsage, "no command “avokoodi user poem”"}, {"count --project p --poem", exitUsage, "no option --poem"}, {"count --project p --threshold x", exitUsage, "--threshold can’t be “x”"},
		{"count", exitUsage, "--project SLUG"}, {"count --project p extra", exitUsage, "avokoodi count"}, {"count --project p --unit heads", exitUsage, "respondents, answers"},
		{"search palvelu --project p --limit 0", exitUsage, "--limit"}, {"export poem --project p -o @x.csv", exitUsage, "counts"}, {"export counts --project p -o @x.poem", exitUsage, "csv"}, {"export workshop --project p -o @x.odt", exitUsage, "pptx"},
		{"export workshop --project p -o @x.pdf --part songs", exitUsage, "posters"}, {"export workshop --project p -o @x.pdf --languages fi,fi", exitUsage, "sv"}, {"export workshop --project p -o @x.zip --workshop Nobody", exitRefused, "Nobody"},
		{"export counts --project p", exitUsage, "-o FILE"}, {"export codebook --project p -o @x.poem", exitUsage, ".qdc"}, {"themes export @x.poem --project p", exitUsage, ".qdc"},
		{"export project --project p -o @p.csv", exitUsage, "zip"}, {"mask extra", exitUsage, "avokoodi mask"}, {"restore", exitUsage, "restore FILE"}, {"suggest --project p --limit 0", exitUsage, "--limit"}, {"import", exitUsage, "import FILE"}, {"import @a.csv", exitUsage, "--project"}, {"project delete p", exitUsage, "--yes"},
		{"import @a.csv --project p --profile poem", exitUsage, "webropol"}, {"version --lang xx", exitUsage, "fi, sv or en"}, {"user add x --role king", exitUsage, "admin, lead"},

		{"count --project none", exitRefused, "no project “none”"}, {"project create a/b", exitRefused, "“a/b”"}, {"project create p", exitRefused, "“p”"},
		{"count --project p --by poem", exitRefused, "poem"}, {"search ( --project p", exitRefused, "parenthesis"}, {"themes import @labels.csv --project p", exitRefused, "labels.csv:1: "},
		{"codings import @no.csv --project p", exitRefused, "no.csv:2 [respondent]: "}, {"import @a.csv --project new --mapping @two.yaml", exitRefused, "two.yaml:3: "},
		{"import @none.csv --project p", exitRefused, "none.csv: "}, {"backup @b.db", exitRefused, "exists already"}, {"restore @a.csv", exitRefused, "not a backup"},
		{"user disable nobody", exitRefused, "nobody"}, {"user add x", exitRefused, "at least 10"},

		{"export counts --project p -o @nowhere/x.csv", exitFailed, "can’t be written"},
	} {
		out, errOut, status := s.run("", c.line)
		said := errOut
		if c.status == exitDone {
			said = out
		} else if out != "" {
			t.Errorf("%s: on standard output: %s", c.line, out)
		}
		if status != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%s: status %d, want %d with %q\nout: %s\nerr: %s", c.line, status, c.status, c.says, out, errOut)
		}
		if c.status == exitDone && errOut != "" {
			t.Errorf("%s: on standard error: %s", c.line, errOut)
		}
	}
}

// TestContractLanguages says the same in the user's language, also before the settings are read.
func TestContractLanguages(t *testing.T) {
	s := newShell(t)
	for line, want := range map[string][3]string{
		"count --project none":                 {"Projektia ”none” ei ole", "Projektet ”none” finns inte", "There is no project “none”"},
		"poem":                                 {"Komentoa ”avokoodi poem” ei ole", "inget kommando ”avokoodi poem”", "no command “avokoodi poem”"},
		"count --poem":                         {"Valitsinta --poem ei ole", "inget alternativ --poem", "no option --poem"},
		"project create a/b":                   {"Osoite ”a/b”", "Adressen ”a/b”", "The address “a/b”"},
		"import @a.csv --project p --dry-run":  {"on jo rivillä 6", "finns redan på rad 6", "is already in row 6"},
		"export counts --project p -o @x.poem": {"Projektia ”p” ei ole", "Projektet ”p” finns inte", "There is no project “p”"},
	} {
		for i, lang := range []string{"fi", "sv", "en"} {
			if _, errOut, _ := s.run("", line+" --lang "+lang); !strings.Contains(errOut, want[i]) {
				t.Errorf("%s in %s: no %q in %s", line, lang, want[i], errOut)
			}
		}
	}
	t.Setenv("LC_ALL", "sv_FI.UTF-8")
	var e strings.Builder
	if status := Run(t.Context(), []string{"poem"}, strings.NewReader(""), io.Discard, &e); status != exitUsage || !strings.Contains(e.String(), "inget kommando") {
		t.Errorf("by the locale: status %d, %s", status, e.String())
	}
}

// TestContractSettings goes from the flag to the environment to the file.
func TestContractSettings(t *testing.T) {
	s := newShell(t)
	s.write("s.yaml", "lang: fi\ndata: "+filepath.Join(s.dir, "from-file")+"\n")
	s.write("bad.yaml", "poem: 1\n")
	run := func(args ...string) (string, int) {
		var o, e strings.Builder
		status := Run(t.Context(), args, strings.NewReader(""), &o, &e)
		return o.String() + e.String(), status
	}
	config := filepath.Join(s.dir, "s.yaml")
	if out, status := run("project", "create", "x", "--config", config); status != exitDone {
		t.Fatal(out)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "from-file", "avokoodi.db")); err != nil {
		t.Error(err)
	}
	if out, _ := run("project", "show", "none", "--config", config); !strings.Contains(out, "ei ole") {
		t.Errorf("the file's language: %s", out)
	}
	t.Setenv("AVOKOODI_LANG", "sv")
	if out, _ := run("project", "show", "none", "--config", config); !strings.Contains(out, "finns inte") {
		t.Errorf("the environment's language: %s", out)
	}
	if out, _ := run("project", "show", "none", "--config", config, "--lang", "en"); !strings.Contains(out, "no project") {
		t.Errorf("the flag's language: %s", out)
	}
	if out, status := run("project", "list", "--config", filepath.Join(s.dir, "bad.yaml")); status != exitUsage || !strings.Contains(out, "poem") {
		t.Errorf("an unknown setting: status %d, %s", status, out)
	}
}

// TestContractStreams gives the line commands lines.
func TestContractStreams(t *testing.T) {
	s := newShell(t)
	if found, _, _ := s.run("soita 040 1234567\nei mitään\n", "mask"); found != "1\t6\t17\tphone\t040 1234567\n" {
		t.Errorf("mask: %q", found)
	}
	out, _, status := s.run("Palvelut toimivat\n\nyhdistys\n", "tokens --lang fi")
	if lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n"); status != exitDone || len(lines) != 3 || !strings.Contains(lines[0], "\t") || lines[1] != "" {
		t.Errorf("tokens: status %d, %q", status, out)
	}
	out, _, status = s.run("Palvelut ovat hajallaan eivätkä ihmiset löydä niitä\nMera service på svenska skulle behövas\n", "detect")
	var langs []string
	for line := range strings.Lines(out) {
		lang, confidence, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || confidence < "0" || confidence > "1.001" {
			t.Errorf("detect: %q", line)
		}
		langs = append(langs, lang)
	}
	if status != exitDone || strings.Join(langs, " ") != "fi sv" {
		t.Errorf("detect: status %d, %v", status, langs)
	}
}

// TestContractBesideServer runs the commands while a server has the data directory.
func TestContractBesideServer(t *testing.T) {
	s := newShell(t).filled()
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- Run(ctx, []string{"serve", "--data", s.data, "--listen", "127.0.0.1:0", "--lang", "en"}, strings.NewReader(""), w, io.Discard)
		w.Close()
	}()
	defer func() {
		stop()
		if status := <-done; status != exitDone {
			t.Errorf("the server ended with status %d", status)
		}
	}()
	in := bufio.NewScanner(r)
	if !in.Scan() || !strings.Contains(in.Text(), "http://127.0.0.1:") {
		t.Fatalf("the server said %q", in.Text())
	}
	go io.Copy(io.Discard, r)

	s.write("b.csv", "Vastaaja;Kieli;Taustaorganisaatio;Mitä pitäisi parantaa?\nv9;fi;Kunta;Kirjastoauto saisi kulkea useammin\n")
	s.must("import @b.csv --project p --mapping @m.yaml")
	shaped(t, s.must("search kirjastoauto --project p --json"), `{"total":1,"hits":[{"respondent":"v9"}]}`)
	// The server holds the index; count asks it for the hits.
	shaped(t, s.must("count --project p --search kirjastoauto --threshold 1 --json"), `{"base":1,"themes":[{"n":0}]}`)
	if out := s.must("count --project p --search kirjastoauto --threshold 1 --json"); !strings.Contains(out, `"base": 1,`) {
		t.Errorf("the search picks one respondent: %s", out)
	}
	for _, line := range []string{"count --project p", "export answers --project p -o @x.csv", "themes export @x.qdc --project p", "project list", "backup @beside.db", "doctor", "user list",
		"agreement --project p --question q1", "suggest --project p", "suggest v9 q1 --project p", "export project --project p -o @x.zip"} {
		s.must(line)
	}
	if out, _, status := s.run("", "restore @beside.db"); status != exitFailed || out != "" {
		t.Errorf("restoring under a server: status %d, %s", status, out)
	}
}

// TestImportSaysWhatItGuessed warns where a column that looks like an id was not taken for one.
func TestImportSaysWhatItGuessed(t *testing.T) {
	s := newShell(t)
	s.write("g.csv", "ID;Mielipide\n1;Tiedotus kaipaa parannusta kunnassa\n2;Palvelut ovat liian hajallaan meillä\n2;Tiloja saisi olla enemmän kaikille\n1;Avustuksia pitäisi jakaa reilummin\n2;Kokouksia on aivan liikaa vuodessa\n")
	out, errOut, status := s.run("", "import @g.csv --project g --dry-run --json")
	if status != exitDone || !strings.Contains(errOut, "g.csv [ID]: ") || !strings.Contains(out, `"column":"ID"`) {
		t.Errorf("status %d\n%s%s", status, out, errOut)
	}
}

// TestImportOfSeveralFiles brings in all of them or none.
func TestImportOfSeveralFiles(t *testing.T) {
	s := newShell(t).filled()
	s.write("b.csv", strings.ReplaceAll(contractSurvey, "\nv", "\nx"))
	before := s.must("project show p")
	_, errOut, status := s.run("", "import @b.csv @a.csv --project p --mapping @m.yaml")
	if status != exitRefused || !strings.Contains(errOut, "a.csv: ") || !strings.Contains(errOut, "already imported") {
		t.Errorf("status %d, %s", status, errOut)
	}
	if after := s.must("project show p"); after != before {
		t.Errorf("the first file came in without the second:\n%s", after)
	}
	if _, _, status := s.run("", "import @b.csv @b.csv --project new --mapping @m.yaml"); status != exitRefused {
		t.Errorf("one file twice: status %d", status)
	}
	if out := s.must("project list"); strings.Contains(out, "new") {
		t.Errorf("a project is left behind: %s", out)
	}
}
