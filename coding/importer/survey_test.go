package importer_test

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding/importer"
)

// generate runs the generator of made-up surveys and returns the file it wrote.
func generate(t testing.TB, rows int, args ...string) string {
	t.Helper()
	tool, python := needed.File(t, shared+"tools/gen_survey.py"), needed.Program(t, "python3")
	out := filepath.Join(t.TempDir(), "survey.csv")
	cmd := exec.CommandContext(t.Context(), python, append([]string{tool, "-n", strconv.Itoa(rows), "-o", out, "--vocab", "builtin"}, args...)...)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return out
}

// counted is what an independent reader finds in the plain UTF-8 file of the generator.
type counted struct {
	Respondents, Answers, Blank, Duplicates int
	Languages                               map[string]int
	Texts                                   map[string]string // 'id question' → text
}

func countPlain(t testing.TB, path string) counted {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	c := counted{Languages: map[string]int{}, Texts: map[string]string{}}
	seen := map[string]bool{}
	for _, row := range all[1:] {
		if seen[row[0]] {
			c.Duplicates++
			continue
		}
		seen[row[0]] = true
		c.Respondents++
		for q := range 4 {
			text := strings.TrimSpace(row[6+q])
			if text == "" {
				c.Blank++
				continue
			}
			c.Answers++
			c.Languages[row[1]]++
			c.Texts[row[0]+" "+strconv.Itoa(q)] = text
		}
	}
	return c
}

const surveyRows = 200

// Every way in which the generator can write a survey must be mapped without help and come in whole.
func TestGeneratedSurveys(t *testing.T) {
	tests := []struct {
		name      string
		content   []string
		form      []string
		encoding  string
		delimiter string
		lossy     bool // the encoding has no place for some characters
	}{
		{"plain", nil, nil, "UTF-8", ",", false},
		{"Finnish Excel", nil, []string{"--delimiter", ";", "--bom"}, "UTF-8 (BOM)", ";", false},
		{"Windows-1252", nil, []string{"--delimiter", ";", "--encoding", "cp1252"}, "Windows-1252", ";", false},
		{"tabs", nil, []string{"--delimiter", "tab"}, "UTF-8", "\t", false},
		{"UTF-16 with BOM", nil, []string{"--encoding", "utf-16", "--delimiter", "tab"}, "UTF-16LE", "\t", false},
		{"UTF-16BE", nil, []string{"--encoding", "utf-16-be", "--delimiter", ";"}, "UTF-16BE", ";", false},
		{"duplicates", []string{"--dup", "0.05"}, nil, "UTF-8", ",", false},
		{"evil", []string{"--evil", "0.05", "--pii", "0.05"}, nil, "UTF-8", ",", false},
		{"evil with semicolons", []string{"--evil", "0.05"}, []string{"--delimiter", ";"}, "UTF-8", ";", false},
		{"evil with tabs", []string{"--evil", "0.05", "--dup", "0.02"}, []string{"--delimiter", "tab"}, "UTF-8", "\t", false},
		{"evil in Windows-1252", []string{"--evil", "0.05"}, []string{"--delimiter", ";", "--encoding", "cp1252"}, "Windows-1252", ";", true},
		{"long headers", []string{"--long-headers"}, []string{"--delimiter", ";"}, "UTF-8", ";", false},
	}
	plain := map[string]string{}
	for _, tt := range tests {
		content := strings.Join(tt.content, " ")
		if plain[content] == "" {
			plain[content] = generate(t, surveyRows, tt.content...)
		}
		t.Run(tt.name, func(t *testing.T) {
			path := plain[content]
			want := countPlain(t, path)
			if len(tt.form) > 0 {
				path = generate(t, surveyRows, append(tt.content, tt.form...)...)
			}
			s := readPath(t, path)
			if s.Encoding != tt.encoding || s.Delimiter != tt.delimiter {
				t.Errorf("%s %q", s.Encoding, s.Delimiter)
			}
			m := propose(t, s, byLetters).Mapping
			p := plan(t, s, m, byLetters)
			got := counted{p.Respondents, p.Answers, p.Blank, p.Duplicates, p.Languages, map[string]string{}}
			for row, err := range p.Batch.Rows {
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range row.Answers {
					got.Texts[row.External+" "+strconv.Itoa(a.Question)] = a.Text
				}
				if len(row.Values) != 4 {
					t.Fatal(row)
				}
			}
			if tt.lossy {
				got.Texts, want.Texts = nil, nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			checkSurveyMapping(t, m, tt.name == "long headers")
		})
	}
}

func checkSurveyMapping(t *testing.T, m importer.Mapping, long bool) {
	t.Helper()
	var keys []string
	for _, q := range m.Questions {
		keys = append(keys, q.Key)
	}
	for _, v := range m.Variables {
		keys = append(keys, v.Key)
	}
	want := []string{"q1", "q2", "q3", "q4", "org_type", "region", "municipality_size", "activity_nature"}
	if long {
		copy(want, []string{"miten-yhteistyö-kunnan-kanssa", "mitkä-ovat-järjestönne", "millaista-tukea-toivoisitte", "muuta-palautetta-tai"})
	}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Error(diff)
	}
	if m.RespondentID.Name != "respondent_id" || m.Language.Column.Name != "language" || len(m.Ignore) > 0 {
		t.Errorf("%+v", m)
	}
}
