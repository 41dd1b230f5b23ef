package app

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// TestCountsEqualTheTruth makes a survey with planted themes, brings it in by the command line, and compares every table, by
// every question and variable, with a count of the generator's own files.
func TestCountsEqualTheTruth(t *testing.T) {
	generator := needed.File(t, filepath.Join("..", "..", "..", "..", "shared", "tools", "gen_survey.py"))
	python := needed.Program(t, "python3")
	s := newShell(t)
	gen := exec.CommandContext(t.Context(), python, generator, "-n", "800", "--seed", "11", "-o", filepath.Join(s.dir, "survey.csv"), "--truth", filepath.Join(s.dir, "truth.csv"))
	if out, err := gen.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	people, truth := records(t, filepath.Join(s.dir, "survey.csv")), records(t, filepath.Join(s.dir, "truth.csv"))
	codings := []string{"respondent,question,theme"}
	for _, row := range truth {
		for theme := range strings.SplitSeq(row["themes"], "|") {
			if theme != "" {
				codings = append(codings, row["respondent_id"]+","+row["question"]+","+theme)
			}
		}
	}
	s.write("codings.csv", strings.Join(codings, "\n")+"\n")
	s.must("import @survey.csv --project gen")
	s.must("codings import @codings.csv --project gen --create-themes")

	columns := map[string]string{"q1": "q1_cooperation", "q2": "q2_challenges", "q3": "q3_support", "q4": "q4_feedback"}
	background := map[string]map[string]string{}
	for _, p := range people {
		background[p["respondent_id"]] = p
	}
	compared := 0
	for _, question := range []string{"", "q1", "q2", "q3", "q4"} {
		// The truth: who named a theme, and who answered.
		named, answered := map[string]map[string]bool{}, map[string]bool{}
		for _, row := range truth {
			if question != "" && row["question"] != question {
				continue
			}
			for theme := range strings.SplitSeq(row["themes"], "|") {
				if theme != "" && named[theme] == nil {
					named[theme] = map[string]bool{}
				}
				if theme != "" {
					named[theme][row["respondent_id"]] = true
				}
			}
		}
		for _, p := range people {
			for q, column := range columns {
				if (question == "" || q == question) && strings.TrimSpace(p[column]) != "" {
					answered[p["respondent_id"]] = true
				}
			}
		}
		for _, by := range []string{"org_type", "region", "municipality_size", "activity_nature"} {
			line := "count --project gen --threshold 1 --format json --by " + by
			if question != "" {
				line += " --question " + question
			}
			var got struct {
				Base   int
				Themes []struct {
					Key, Label string
					N          int
				}
				By struct {
					Categories []struct {
						Label string
						Base  int
						Cells []struct {
							Theme string
							N     int
						}
					}
				}
			}
			if err := json.Unmarshal([]byte(s.must(line)), &got); err != nil {
				t.Fatal(err)
			}
			in := func(set map[string]bool, class string) int {
				n := 0
				for id := range set {
					if class == "" || background[id][by] == class {
						n++
					}
				}
				return n
			}
			label := map[string]string{}
			if got.Base != len(answered) {
				t.Errorf("%s: base %d, truth %d", line, got.Base, len(answered))
			}
			for _, th := range got.Themes {
				label[th.Key] = th.Label
				if th.N != len(named[th.Label]) {
					t.Errorf("%s: %s %d, truth %d", line, th.Label, th.N, len(named[th.Label]))
				}
			}
			for _, c := range got.By.Categories {
				if want := in(answered, c.Label); c.Base != want {
					t.Errorf("%s: %s has a base of %d, truth %d", line, c.Label, c.Base, want)
				}
				for _, cell := range c.Cells {
					compared++
					if want := in(named[label[cell.Theme]], c.Label); cell.N != want {
						t.Errorf("%s: %s in %s %d, truth %d", line, cell.Theme, c.Label, cell.N, want)
					}
				}
			}
		}
	}
	if compared < 3000 {
		t.Errorf("only %d cells were compared", compared)
	}

	// A saved table run again is the same to the byte.
	s.must("count --project gen --by region --question q2 --net --save-table @table.yaml")
	first := s.must("count --project gen --table @table.yaml --format csv")
	if again := s.must("count --project gen --table @table.yaml --format csv"); again != first || !strings.Contains(first, "Uusimaa") {
		t.Errorf("run again, the table is another:\n%s\n%s", first, again)
	}
	if direct := s.must("count --project gen --by region --question q2 --net --format csv"); direct != first {
		t.Error("the saved table is not the one that was saved")
	}
	s.write("bad.yaml", "by: region\nbye: true\n")
	if _, errOut, status := s.run("", "count --project gen --table @bad.yaml"); status != exitRefused || !strings.Contains(errOut, "bye") {
		t.Errorf("a wrong field: status %d, %s", status, errOut)
	}
}

func records(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		one := map[string]string{}
		for i, name := range rows[0] {
			one[strings.TrimPrefix(name, "\ufeff")] = row[i]
		}
		out = append(out, one)
	}
	return out
}
