package profile_test

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/profile"
)

const formats = "../../../../shared/data/formats/"

// golden is what a real file must come to with nothing chosen by hand. The numbers were counted by a separate program from the
// raw file; texts are known by their hash, since the files are not ours to repeat.
type golden struct {
	file, dictionary                           string
	profile, id                                string
	respondents, answers                       int
	questions, variables, multiple, categories int
	others                                     int      // questions tied to a variable
	texts                                      []string // 'respondent question: hash of the text'
	values                                     []string // 'respondent variable: keys of its categories'
}

var goldens = []golden{
	{file: "google_forms/koodiaapinen-taustakysely-anonymisoitu.csv", profile: "google-forms", respondents: 1001, variables: 12, multiple: 5, categories: 630,
		values: []string{"2 ohjelmointiympäristöt: basic-visual-cool-tms code.org scratchjr", "5 ohjelmointiympäristöt: code.org html-css scratch", "2 ikä: 36-45"}},
	{file: "limesurvey/ssi_uk_rse_2016_public_data_code_text_headers.csv", profile: "limesurvey", id: "A", respondents: 273, answers: 1519, questions: 8,
		variables: 57, categories: 330,
		texts:  []string{"4 skill2-1: 6383e1a0486c1bb0", "9 skill2-1: 03ade3c28423d508", "21 skill2-1: a16fb578830afa04"},
		values: []string{"4 currentemp1: yes"}},
	{file: "qualtrics/qualtRics_sample_3row.csv", profile: "qualtrics", id: "ResponseId", respondents: 1, answers: 1, questions: 1, variables: 1, categories: 1,
		texts: []string{"R_2YPOQ602ER1jkf1 q2: 7f83b1657ff1fc53"}, values: []string{"R_2YPOQ602ER1jkf1 q1: 2"}},
	{file: "redcap/decimal-comma.data.csv", profile: "redcap", id: "record_id", respondents: 4, variables: 3, categories: 12,
		values: []string{"1 height: 1.54", "3 weight: 123.4", "4 bmi: 17.7"}},
	{file: "redcap/simple.data.csv", dictionary: "redcap/simple.dictionary.csv", profile: "redcap", id: "record_id", respondents: 5, answers: 5, questions: 1,
		variables: 7, multiple: 1, categories: 29,
		texts:  []string{"1 comments: bf47324b56ea117c", "4 comments: b1b6e2ed137f277d", "5 comments: 0bb091a92d9718f3"},
		values: []string{"1 race: 5", "3 race: 4 5", "1 sex: 0", "2 sex: 1"}},
	{file: "redcap/simple.data.csv", profile: "redcap", id: "record_id", respondents: 5, answers: 5, questions: 1, variables: 8, multiple: 1, categories: 30,
		values: []string{"3 race: 4 5", "1 sex: false"}},
	{file: "spss/haven_labelled-num.sav", profile: "spss", respondents: 1, variables: 1, categories: 1, values: []string{"1 var00002: 1"}},
	{file: "spss/haven_umlauts.sav", profile: "spss", respondents: 4, variables: 1, categories: 3, values: []string{"1 var1: 1", "2 var1: 2", "3 var1: 1", "4 var1: 3"}},
	{file: "spss/koodiaapinen_graduaineisto_fi.sav", profile: "spss", respondents: 317, variables: 164, categories: 542,
		values: []string{"1 sukupuoli: 1", "1 ikä: 8", "317 se1:"}},
	{file: "spss/pyreadstat_missing_test.sav", profile: "spss", respondents: 2, variables: 1, categories: 1},
	{file: "spss/pyreadstat_sample.sav", profile: "spss", respondents: 5, variables: 5, categories: 19, values: []string{"3 mynum: -1000.3", "3 myord: 3", "2 mylabl: 2"}},
	{file: "spss/pyreadstat_sample.zsav", profile: "spss", respondents: 5, variables: 5, categories: 19, values: []string{"3 mynum: -1000.3", "3 myord: 3", "2 mylabl: 2"}},
	{file: "surveymonkey/538_comma_survey_head300.csv", profile: "surveymonkey", id: "RespondentID", respondents: 299, variables: 12, categories: 46,
		values: []string{"3292953864 gender: male", "3292953864 age: 30-44", "3292953864 household-income: $50,000-$99,999"}},
	{file: "surveymonkey/538_thanksgiving_condensed_header.csv", profile: "surveymonkey", id: "RespondentID", respondents: 1058, answers: 463, questions: 7,
		variables: 23, multiple: 4, categories: 121, others: 7,
		texts: []string{"4337951949 which-of-these-desserts-do-you-other: aab1827ef2c57b71", "4337772882 what-is-typically-the-main-dish-other: 51a0e8f3fbeb8f06",
			"4337395533 what-is-typically-the-main-dish-other: 7977a66d0554a282"},
		values: []string{"4337951949 which-of-these-desserts-do-you: cheesecake cookies other-please-specify"}},
	{file: "webropol/koodiaapinen-tutkimuskysely-osa1-anonymisoitu.csv", profile: "webropol", id: "ID", respondents: 317, variables: 60, multiple: 22, categories: 416,
		values: []string{"1 sukupuoli: 1", "6 ohjelmointikokemus-scratchjr: 3 5 6", "13 ohjelmointikokemus-scratchjr: 2 5", "2 mielipiteet-ohjelmoinnin: 5"}},
}

func TestGolden(t *testing.T) {
	for _, want := range goldens {
		t.Run(strings.Join([]string{filepath.Base(want.file), filepath.Base(want.dictionary)}, " "), func(t *testing.T) {
			got := golden{file: want.file, dictionary: want.dictionary}
			opts := importer.Options{}
			if want.dictionary != "" {
				needed.File(t, formats+want.dictionary)
				d, ok, err := profile.ReadDictionary(t.Context(), reader(), formats+want.dictionary, want.dictionary, importer.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if !ok {
					t.Fatal("it is not seen to be a dictionary")
				}
				opts.Dictionaries = []importer.Dictionary{d}
			}
			i := bring(t, opts, formats+want.file)
			m := i.proposal.Mapping
			got.profile, got.id, got.respondents, got.answers = i.sheet.Profile, m.RespondentID.Name, i.plan.Respondents, i.plan.Answers
			got.questions, got.variables = len(m.Questions), len(m.Variables)
			for _, q := range m.Questions {
				if q.OtherOf != "" {
					got.others++
				}
			}
			for k, v := range m.Variables {
				if got.categories += len(i.plan.Variables[k].Categories); v.Multi() {
					got.multiple++
				}
			}
			got.texts, got.values = pick(t, i, want)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(golden{})); diff != "" {
				t.Error(diff)
			}
			if i.plan.Problems.Refused() {
				t.Error(i.plan.Problems)
			}
		})
	}
}

// pick looks up what the golden file names.
func pick(t *testing.T, i imported, want golden) (texts, values []string) {
	t.Helper()
	found := map[string]string{}
	for row, err := range i.plan.Batch.Rows {
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range row.Answers {
			sum := sha256.Sum256([]byte(a.Text))
			found[row.External+" "+i.plan.Batch.Questions[a.Question].Key] = hex.EncodeToString(sum[:8])
		}
		keys := map[string][]string{}
		for _, v := range row.Values {
			variable := i.plan.Batch.Variables[v.Variable]
			keys[variable.Key] = append(keys[variable.Key], variable.Categories[v.Category].Key)
		}
		for key, list := range keys {
			slices.Sort(list)
			found[row.External+" "+key] = strings.Join(list, " ")
		}
	}
	look := func(lines []string) (out []string) {
		for _, line := range lines {
			place, _, _ := strings.Cut(line, ":")
			out = append(out, strings.TrimSpace(place+": "+found[place]))
		}
		return out
	}
	return look(want.texts), look(want.values)
}

// TestSAVAsItsOwnersReadIt compares the cells of the sample with the table that its owners publish.
func TestSAVAsItsOwnersReadIt(t *testing.T) {
	f, err := os.Open(needed.File(t, formats+"spss/pyreadstat_sample_expected.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want[0][0] = strings.TrimPrefix(want[0][0], "\ufeff")
	for _, row := range want {
		for i := range row {
			row[i] = strings.TrimSuffix(row[i], ".000000")
		}
	}
	for _, file := range []string{"spss/pyreadstat_sample.sav", "spss/pyreadstat_sample.zsav"} {
		s := bring(t, importer.Options{}, formats+file).sheet
		got := [][]string{nil}
		for _, c := range s.Columns {
			got[0] = append(got[0], c.Name)
		}
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, slices.Clone(row.Cells))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(file, diff)
		}
	}
}

// TestEveryFileIsPinned: a file that comes to the shared data must come to this test too.
func TestEveryFileIsPinned(t *testing.T) {
	files, _ := filepath.Glob(formats + "*/*")
	known := []string{"spss/pyreadstat_sample_expected.csv"}
	for _, g := range goldens {
		known = append(known, g.file, g.dictionary)
	}
	for _, f := range files {
		if name := strings.TrimPrefix(filepath.ToSlash(f), formats); !slices.Contains(known, name) {
			t.Error(fmt.Sprintf("%s is not pinned", name))
		}
	}
}
