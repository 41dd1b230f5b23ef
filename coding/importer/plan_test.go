package importer_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

const survey = `Vastaaja;Kieli;Organisaatio;Ikä;Mitä hyvää?;Mitä huonoa?;Nimi
A1;suomi;Järjestö;yli 65;Hyvä henki;-;Maija
A2;Svenska;förening;25–34;"Bra stämning
och kaffe";;Nils
A1;suomi;Kunta;alle 25;toinen kerta;;Maija
A3;;kunta;35-44;Kaikki oli hyvin;the end;Olli
A4;EN; Association ;;  ;N/A;
`

const surveyMap = `round: "2022"
respondent_id: Vastaaja
language: {column: Kieli}
questions:
  - {key: q1, column: "Mitä hyvää?", label: {fi: "Mitä hyvää?", sv: "Vad bra?"}}
  - {key: q2, column: 6}
variables:
  - key: org
    column: Organisaatio
    values:
      - {key: association, label: {fi: Järjestö, en: Association}, match: [Förening]}
  - {key: age, column: ikä, label: {fi: Ikä}}
ignore: [Nimi]
`

func TestPlan(t *testing.T) {
	s := readText(t, survey)
	p := plan(t, s, mapping(t, surveyMap), byLetters)
	if diff := cmp.Diff("kysely.csv:4 [Vastaaja] id_again? [A1 2]", places(p.Problems)); diff != "" {
		t.Fatal(diff)
	}
	want := `A1: q1/fi="Hyvä henki" q2/fi="-" org=association age=yli-65
A2: q1/sv="Bra stämning\noch kaffe" org=association age=25-34
A3: q1/fi="Kaikki oli hyvin" q2/en="the end" org=kunta age=35-44
A4: q2/en="N/A" org=association`
	for range 2 { // the batch can be gone through again
		if diff := cmp.Diff(want, rows(t, p.Batch)); diff != "" {
			t.Error(diff)
		}
	}
	counts := fmt.Sprint(p.Respondents, p.Answers, p.Blank, p.Duplicates, p.Languages)
	if counts != "4 6 2 1 map[en:2 fi:3 sv:1]" {
		t.Error(counts)
	}
	b := p.Batch
	b.Rows = nil
	if diff := cmp.Diff(coding.Batch{File: "kysely.csv", SHA256: s.SHA256, Profile: "table",
		Round: coding.Round{Key: "2022", Label: coding.Text{FI: "2022", SV: "2022", EN: "2022"}, Kind: coding.RoundSurvey},
		Questions: []coding.Question{{Key: "q1", Label: coding.Text{FI: "Mitä hyvää?", SV: "Vad bra?"}},
			{Key: "q2", Label: coding.Text{FI: "Mitä huonoa?"}}},
		Variables: []coding.Variable{
			{Key: "org", Label: coding.Text{FI: "Organisaatio"}, Categories: []coding.Category{
				{Key: "association", Label: coding.Text{FI: "Järjestö", EN: "Association"}}, {Key: "kunta", Label: coding.Text{FI: "kunta"}}}},
			{Key: "age", Label: coding.Text{FI: "Ikä"}, Categories: []coding.Category{
				{Key: "25-34", Label: coding.Text{FI: "25–34"}}, {Key: "35-44", Label: coding.Text{FI: "35-44"}}, {Key: "yli-65", Label: coding.Text{FI: "yli 65"}}}}},
		Blank: 2, Duplicate: 1}, b); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]importer.QuestionPreview{
		{Key: "q1", Column: "Mitä hyvää?", Answers: 3, Blank: 1, Sample: []string{"Hyvä henki", "Bra stämning\noch kaffe", "Kaikki oli hyvin"}},
		{Key: "q2", Column: "Mitä huonoa?", Answers: 3, Blank: 1, Sample: []string{"-", "the end", "N/A"}}}, p.Questions); diff != "" {
		t.Error(diff)
	}
	if v := p.Variables[0]; v.Categories[0].N != 3 || v.Categories[1].N != 1 || v.Blank != 0 || p.Variables[1].Blank != 1 {
		t.Error(p.Variables)
	}
}

func TestPlanProblems(t *testing.T) {
	tests := []struct{ name, text, yaml, want string }{
		{"unknown language", "id;k;q\n1;suomi;a\n2;saame;b\n3;;c\n", "respondent_id: id\nlanguage: {column: k}\nquestions: [{key: q, column: q}]\n",
			"kysely.csv:3 [k] language_value [saame]"},
		{"blank and long id", "id;q\n;a\n2;b\n" + strings.Repeat("x", 201) + ";c\n", "respondent_id: id\nquestions: [{key: q, column: q}]\n",
			"kysely.csv:2 [id] id_blank []\nkysely.csv:4 [id] id_long [200]"},
		{"column is not there", "id;q\n1;a\n", "respondent_id: ID number\nquestions:\n- {key: q, column: q}\n- {key: r, column: 3}\n",
			"map.yaml:0 [] column_unmapped? [1 id]\nmap.yaml:1 [ID number] column_missing [ID number id, q]\nmap.yaml:4 [3] column_missing [3 id, q]"},
		{"two roles on a column", "id;q\n1;a\n", "respondent_id: id\nquestions: [{key: q, column: q}]\nvariables:\n- {key: v, column: 2}\nignore: [id]\n",
			"map.yaml:4 [q] column_twice [questions: q variables: v]\nmap.yaml:5 [id] column_twice [respondent_id ignore]"},
		{"two columns for a key", "a;b\n1;x\n", "questions:\n- {key: q, column: a}\n- {key: q, column: b}\n", "map.yaml:3 [] key_twice [q a b]"},
		{"bad key", "a;b\n1;x\n", "questions:\n- {key: \"q 1/2\", column: a}\nignore: [b]\n", "map.yaml:2 [] key_bad [q 1/2]"},
		{"no question", "a;b\n1;x\n", "variables:\n- {key: q, column: a}\nignore: [b]\n", "map.yaml:0 [] only_variables? []"},
		{"nothing", "a;b\n1;x\n", "ignore: [a, b]\n", "map.yaml:0 [] no_question []"},
		{"a value means two categories", "a;b\n1;x\n", "questions: [{key: q, column: a}]\nvariables:\n- key: v\n  column: b\n  values:\n  - {key: k, match: [X]}\n  - {key: l, match: [x]}\n",
			"map.yaml:7 [] value_twice [x k l]"},
		{"columns that nobody mentions", "a;b;c\n1;x;y\n", "questions: [{key: q, column: a}]\n", "map.yaml:0 [] column_unmapped? [2 b, c]"},
		{"ragged", "a;b\n1;x;y\n", "questions: [{key: q, column: a}, {key: r, column: b}]\n", "kysely.csv:2 [C] ragged [2 C y]"},
		{"text that can't be read matters only where it is used", "a;b\nä\xff;ää\n\xc3\xa4\xc3\xa4;\xff\n\xc3\xa4;\xc3\xa4\n", "questions: [{key: q, column: b}]\nignore: [a]\n",
			"kysely.csv:3 [b] bad_text [\ufffd]"},
		{"long value", "a;b\n1;" + strings.Repeat("x", 301) + "\n", "questions: [{key: q, column: a}]\nvariables: [{key: v, column: b}]\n", "kysely.csv:2 [b] value_long [300]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := plan(t, readText(t, tt.text), mapping(t, tt.yaml), byLetters)
			if diff := cmp.Diff(tt.want, places(p.Problems)); diff != "" {
				t.Error(diff)
			}
			if refused := p.Problems.Refused(); refused == onlyWarns(tt.want) || refused != (p.Batch.Rows == nil) {
				t.Error("refused:", refused, p.Batch.Rows == nil)
			}
		})
	}
}

// onlyWarns tells whether every problem that places lists is a warning.
func onlyWarns(listed string) bool {
	for line := range strings.Lines(listed) {
		if !strings.Contains(line, "? [") {
			return false
		}
	}
	return true
}

// A Problem reaches whoever asks for a coding.Problem, with its key and arguments.
func TestProblemUnwraps(t *testing.T) {
	err := error(importer.Problem{File: "a.csv", Row: 3, Column: "q", Key: "import.id_long", Args: []any{200}})
	var p coding.Problem
	if !errors.As(fmt.Errorf("import: %w", err), &p) || p.Key != "import.id_long" || p.Field != "q" || p.Args[0] != 200 {
		t.Error(p)
	}
	if err.Error() != "a.csv:3 [q]: import.id_long [200]" {
		t.Error(err)
	}
	warnings := importer.Problems{{Key: "x", Severity: importer.Warning}}
	if warnings.Err() != nil || append(warnings, importer.Problem{Severity: importer.Error}).Err() == nil {
		t.Error("only errors refuse")
	}
}

func TestRowNumberIsTheID(t *testing.T) {
	p := plan(t, readText(t, "q\n\na\nb\n\nb\n"), mapping(t, "language: {fixed: sv}\nquestions: [{key: q, column: 1}]"), nil)
	if diff := cmp.Diff("3: q/sv=\"a\"\n4: q/sv=\"b\"\n6: q/sv=\"b\"", rows(t, p.Batch)); diff != "" {
		t.Error(diff)
	}
	if p.Batch.Questions[0].Label.SV != "q" {
		t.Error("the header is in the fixed language:", p.Batch.Questions[0].Label)
	}
}

func TestManyDuplicates(t *testing.T) {
	p := plan(t, readText(t, "id;q\n"+strings.Repeat("1;a\n", 3000)), mapping(t, "respondent_id: id\nquestions: [{key: q, column: q}]"), nil)
	last := p.Problems[len(p.Problems)-1]
	if len(p.Problems) != 1001 || last.Key != "import.more" || last.Args[0] != 1999 || last.Severity != importer.Warning || p.Duplicates != 2999 || p.Problems.Refused() {
		t.Error(len(p.Problems), last, p.Duplicates)
	}
}

func TestManyValues(t *testing.T) {
	for _, tt := range []struct {
		n    int
		want string
	}{{200, ""}, {201, "values_several? [201]"}, {2000, "values_several? [2000]"}, {2001, "values_many [2000]"}} {
		var b strings.Builder
		b.WriteString("q;v\n")
		for i := range tt.n {
			fmt.Fprintf(&b, "a;%d\n", tt.n-i)
		}
		p := plan(t, readText(t, b.String()), mapping(t, "questions: [{key: q, column: q}]\nvariables: [{key: v, column: v}]"), nil)
		if got := strings.TrimPrefix(places(p.Problems), "kysely.csv:0 [v] "); got != tt.want {
			t.Errorf("%d: %s", tt.n, got)
		}
		if c := p.Variables[0].Categories; c[0].Key != "1" && tt.n < 2001 || len(c) != min(tt.n, 2000) {
			t.Error(tt.n, len(c), c[0])
		}
	}
}

// Texts that differ in more than case and spaces stay apart, whatever the difference.
func TestValuesStayApart(t *testing.T) {
	values := []string{"A+", "A-", "A", "C", "C#", "C++", "<5", ">5", "5", "-5", "1,5", "1-5", "15", "kyllä, ehkä", "kyllä ehkä", "?", "-", "😀", "😡", "ja/tai", "ja tai",
		strings.Repeat("pitkä ", 20) + "1", strings.Repeat("pitkä ", 20) + "2", "µ", "ä"}
	var b strings.Builder
	b.WriteString("q;v\n")
	for _, v := range values {
		fmt.Fprintf(&b, "x;\"%s\"\n", v)
	}
	b.WriteString("x;kyllä  EHKÄ\nx;Kyllä, ehkä.\nx;\"+5\"\n")
	p := plan(t, readText(t, b.String()), mapping(t, "questions: [{key: q, column: q}]\nvariables: [{key: v, column: v}]"), nil)
	if n := len(p.Variables[0].Categories); n != len(values) {
		t.Error(n, "categories, want", len(values), p.Variables[0].Categories)
	}
	for _, c := range p.Variables[0].Categories {
		if want := map[string]int{"kyllä,-ehkä": 2, "kyllä-ehkä": 2, "5": 2}[c.Key]; want != 0 && c.N != want {
			t.Error(c)
		}
	}
}

func TestRounds(t *testing.T) {
	for name, want := range map[string]string{"": "1", "2022": "2022", " R1 ": "R1", "Kevät  2022": "kevät-2022", "2022/2": "2022/2"} {
		if got := importer.RoundOf(name); got.Key != want || got.Label.IsZero() || got.Kind != coding.RoundSurvey {
			t.Errorf("%q: %+v", name, got)
		}
	}
}

func TestPlanStops(t *testing.T) {
	s := readText(t, "q\n"+strings.Repeat("vastaus\n", 5000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := importer.NewPlan(ctx, s, mapping(t, "questions: [{key: q, column: q}]"), byLetters); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// The languages that several goroutines found must land on the answers they belong to.
func TestDetectionKeepsOrder(t *testing.T) {
	var b strings.Builder
	b.WriteString("k;q;r\n")
	n := 5000
	for i := range n {
		k := ""
		if i%5 == 0 {
			k = "fi"
		}
		fmt.Fprintf(&b, "%s;%s %d;%s\n", k, []string{"suomea", "och", "the", "å the"}[i%4], i, []string{"", "och"}[i%2])
	}
	p := plan(t, readText(t, b.String()), mapping(t, "language: {column: k}\nquestions: [{key: q, column: q}, {key: r, column: r}]"), byLetters)
	i := 0
	for row, err := range p.Batch.Rows {
		if err != nil {
			t.Fatal(err)
		}
		lang, mixed := []coding.Lang{"fi", "sv", "en", "sv"}[i%4], i%4 == 3
		if i%5 == 0 {
			lang, mixed = "fi", false
		}
		if a := row.Answers[0]; a.Language != lang || a.Mixed != mixed {
			t.Fatalf("row %d: %+v", i, a)
		}
		i++
	}
	if i != n || p.Respondents != n || p.Blank != n/2 {
		t.Error(i, p.Respondents, p.Blank)
	}
}

// TestConfidence: each answer carries how sure the guess was; a column that says the language is certain.
func TestConfidence(t *testing.T) {
	sure := map[string]float64{"a": .40, "b": .74, "c": .75, "d": 1}
	detect := func(text string) (coding.Lang, float64, bool) { return "fi", sure[text], false }
	p := plan(t, readText(t, "k;q\n;a\n;b\n;c\nsv;a\n;d\n"), mapping(t, "language: {column: k}\nquestions: [{key: q, column: q}]"), detect)
	var got []int
	for row, err := range p.Batch.Rows {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row.Answers[0].Confidence)
	}
	if want := []int{40, 74, 75, 100, 100}; !slices.Equal(got, want) || p.Unsure != 2 {
		t.Errorf("%v with %d unsure, want %v with 2", got, p.Unsure, want)
	}
}
