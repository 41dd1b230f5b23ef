package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const measuredShape = `{"train":1,"test":1,"micro_f1":0.5,"macro_f1":0.5,"sample_f1":0.5,"accuracy":0.5,"top3_recall":0.5,"per_theme":[{"theme":"t","n":1,"precision":0.5,"recall":0.5,"f1":0.5}],"took_ms":1}`

// suggestible is a project of two rounds in which two themes follow from the words.
func suggestible(t *testing.T) *shell {
	t.Helper()
	s := newShell(t)
	s.write("s.yaml", "profile: table\nround: \"2022\"\nrespondent_id: Vastaaja\nlanguage: {fixed: fi}\nquestions:\n  - {key: q1, column: \"Mitä, missä?\", label: {fi: Parannettavaa, en: To improve}}\n")
	for round, name := range map[string]string{"2022": "one", "2024": "two"} {
		rows, codings := "Vastaaja;Mitä, missä?\n", "respondent;question;theme;round\n"
		for i := range 30 {
			words, theme := "tiloja on liian vähän", "Tilat"
			if i%2 == 0 {
				words, theme = "avustuksia pitäisi korottaa", "Avustukset"
			}
			rows += fmt.Sprintf("%s%d;%s asia %d\n", name, i, words, i)
			codings += fmt.Sprintf("%s%d;Mitä, missä?;%s;%s\n", name, i, theme, round)
		}
		s.write(name+".csv", rows+name+"open;Missä tilat ovat?\n")
		s.write(name+"-c.csv", codings)
		s.must("import @" + name + ".csv --project s --mapping @s.yaml --round " + round)
		s.must("codings import @" + name + "-c.csv --project s --create-themes")
	}
	return s
}

// TestContractSuggest suggests for one answer and for all that nobody coded, and measures by folds and by rounds; it writes
// nothing, and says the same each time.
func TestContractSuggest(t *testing.T) {
	s := suggestible(t)
	before := s.must("project show s")
	out := s.must("suggest oneopen q1 --project s --json")
	shaped(t, out, `{"respondent":"oneopen","round":"2022","question":"q1","language":"fi","text":"t","suggestions":[{"theme":"t","label":"l","score":0.5,"likely":true,"evidence":null}]}`)
	var one struct {
		Suggestions []struct {
			Theme    string
			Likely   bool
			Evidence []struct {
				Word       string
				Start, End int
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &one); err != nil {
		t.Fatal(err)
	}
	if first := one.Suggestions[0]; first.Theme != "tilat" || !first.Likely || len(first.Evidence) == 0 || first.Evidence[0].Word != "tilat" || first.Evidence[0].Start != 6 || first.Evidence[0].End != 11 {
		t.Errorf("%+v", one)
	}
	if again := s.must("suggest oneopen q1 --project s --json"); again != out {
		t.Errorf("%s\nand then %s", out, again)
	}
	if out := s.must("suggest oneopen Parannettavaa --project s --lang fi"); !strings.Contains(out, "Tilat") || !strings.Contains(out, "✓  tilat") {
		t.Errorf("for people: %s", out)
	}
	if lines := strings.Split(strings.TrimSpace(s.must("suggest --project s")), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[0], "oneopen\tq1\ttilat ") && !strings.HasPrefix(lines[1], "oneopen\tq1\ttilat ") {
		t.Errorf("for all: %q", lines)
	}
	if lines := strings.Split(strings.TrimSpace(s.must("suggest --project s --json --round 2024")), "\n"); len(lines) != 1 {
		t.Errorf("of one round: %q", lines)
	} else {
		shaped(t, lines[0], `{"respondent":"twoopen","round":"2024","suggestions":[{"theme":"tilat"}]}`)
	}

	for line, want := range map[string][2]int{"suggest evaluate --project s --json": {48, 60}, "suggest evaluate --project s --json --folds 3": {40, 60},
		"suggest evaluate --project s --train-round 2022 --test-round 2024 --json": {30, 30}} {
		out := s.must(line)
		shaped(t, out, measuredShape)
		var got struct {
			Train, Test int
			Micro       float64 `json:"micro_f1"`
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		if got.Train != want[0] || got.Test != want[1] || got.Micro < 0.9 {
			t.Errorf("%s: %+v", line, got)
		}
	}
	if out := s.must("suggest evaluate --project s --lang sv"); !strings.Contains(out, "Täckning") {
		t.Error(out)
	}
	if after := s.must("project show s"); after != before {
		t.Errorf("suggesting changed the project:\n%s\n%s", before, after)
	}
}

// TestContractSuggestRefused names what is wrong and prints nothing on standard output.
func TestContractSuggestRefused(t *testing.T) {
	s := suggestible(t)
	s.must("project create empty")
	for _, c := range []struct {
		line   string
		status int
		says   string
	}{
		{"suggest --project none", exitRefused, "“none”"}, {"suggest", exitUsage, "--project"}, {"suggest one1 --project s", exitUsage, "suggest [RESPONDENT QUESTION]"},
		{"suggest nobody q1 --project s", exitRefused, "nobody"}, {"suggest one1 q9 --project s", exitRefused, "q9"}, {"suggest one1 q1 --round 1999 --project s", exitRefused, "1999"},
		{"suggest one1 q1 --project s --limit 0", exitUsage, "--limit"}, {"suggest --project empty", exitRefused, "no themes"}, {"suggest evaluate --project empty", exitRefused, "no themes"},
		{"suggest evaluate --project s --folds 1", exitUsage, "--folds"}, {"suggest evaluate --project s --folds 40", exitRefused, "at least 80"},
		{"suggest evaluate --project s --train-round 2022", exitUsage, "--test-round"}, {"suggest evaluate --project s --train-round 2022 --test-round 2022", exitUsage, "two different"},
		{"suggest evaluate --project s --train-round 2022 --test-round 2030", exitRefused, "2030"},
		{"suggest evaluate --project s --train-round 2022 --test-round 2024 --folds 3", exitUsage, "--folds"}, {"suggest evaluate poem --project s", exitUsage, "suggest evaluate"},
	} {
		out, errOut, status := s.run("", c.line)
		if status != c.status || out != "" || !strings.Contains(errOut, c.says) {
			t.Errorf("%s: status %d, want %d with %q\nout: %s\nerr: %s", c.line, status, c.status, c.says, out, errOut)
		}
	}
}

// TestQuestionsByName: a question is meant by its key, its label in any language and its header in a survey file; a name that
// means two is refused with both keys.
func TestQuestionsByName(t *testing.T) {
	s := suggestible(t)
	want := s.must("count --project s --json --unit answers --threshold 1")
	for _, name := range []string{"q1", "Q1", "To improve", "parannettavaa", "Mitä,  missä?", "q1,To improve", "Mitä, missä?,q1"} {
		out, errOut, status := s.run("", "count --project s --json --unit answers --threshold 1 --question", name)
		if status != exitDone || !strings.Contains(out, `"base": 62`) || strings.Contains(name, ",") == false && out != want {
			t.Errorf("%q: status %d, %s%s", name, status, out, errOut)
		}
	}
	for _, q := range []string{`question:q1 tilat`, `question:"To improve" tilat`, `kysymys:Parannettavaa tilat`, `question:"mitä, missä?" tilat`} {
		out, _, status := s.run("", "search --project s --json", q)
		if status != exitDone || strings.HasPrefix(out, `{"query":"`) == false || strings.Contains(out, `"total":0`) {
			t.Errorf("%s: status %d, %s", q, status, out)
		}
	}

	s.write("t.yaml", "profile: table\nround: \"2022\"\nrespondent_id: V\nlanguage: {fixed: fi}\nquestions:\n  - {key: a, column: A, label: {fi: Muuta}}\n  - {key: b, column: B, label: {fi: Palaute, en: Muuta}}\n")
	s.write("t2.csv", "V;A;B\n1;Tilat ovat hyvät;Palvelut ovat kaukana\n")
	s.must("import @t2.csv --project t --mapping @t.yaml")
	s.write("tc.csv", "respondent,question,theme\n1,Muuta,x\n")
	for _, c := range [][]string{{"count --project t --question", "muuta"}, {"codings import @tc.csv --create-themes --project t"}, {"search --project t", "question:muuta"}, {"suggest --project t 1 Muuta"},
		{"agreement --project t --question", "Muuta"}, {"export answers -o @x.csv --project t --question", "Muuta"}} {
		out, errOut, status := s.run("", c[0], c[1:]...)
		if status != exitRefused || out != "" || !strings.Contains(errOut, "a, b") {
			t.Errorf("%v: status %d, %s%s", c, status, out, errOut)
		}
	}
	if _, errOut, _ := s.run("", "codings import @tc.csv --project t --create-themes"); !strings.HasPrefix(errOut, "tc.csv:2 [question]: ") {
		t.Error(errOut)
	}
}
