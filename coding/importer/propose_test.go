package importer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding/importer"
)

// roles writes a proposal as 'column: role reason'.
func roles(p importer.Proposal) string {
	var out []string
	for _, c := range p.Columns {
		out = append(out, fmt.Sprintf("%s: %s %s", c.Name, c.Role, strings.TrimPrefix(c.Reason.Key, "import.reason.")))
	}
	return strings.Join(out, "\n")
}

func TestProposeGoogleForms(t *testing.T) {
	s := readPath(t, shared+"data/formats/google_forms/koodiaapinen-taustakysely-anonymisoitu.csv")
	p := propose(t, s, byLetters)
	want := `Aikaleima: date dates
ID: ignore id_repeats
Asuinpaikka: variable few_values
Oppiaste: ignore many_values
MOOC-kokemus: variable few_values
Koodiaapisen linja: variable few_values
Oppiaineet: ignore many_values
Ohjelmointiympäristöt: question free_text
Ohjelmointi opetuksessa: ignore many_values
Kunka paljon aikaa luulet pystyväsi käyttämään MOOC:in suorittamiseen viikoittain: variable few_values
Sukupuoli: variable few_values
Ikä: variable few_values
Työtilanne: variable few_values
Koulun kunta: variable few_values`
	if diff := cmp.Diff(want, roles(p)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("koodiaapinen-taustakysely-anonymisoitu.csv:0 [ID] reason.id_repeats? [198 1001]", places(p.Warnings)); diff != "" {
		t.Error(diff)
	}
	plan := plan(t, s, p.Mapping, byLetters)
	if plan.Problems.Refused() || plan.Respondents != 1001 || plan.Answers != 995 || plan.Blank != 6 {
		t.Error(plan.Respondents, plan.Answers, plan.Blank, plan.Problems)
	}
	if got := plan.Variables[len(plan.Variables)-3]; got.Key != "ikä" || got.Categories[0].Key != "alle-25" || got.Categories[4].Key != "yli-55" || got.Categories[2].N != 318 {
		t.Error(got)
	}
}

func TestProposeCourseFeedback(t *testing.T) {
	s := readPath(t, shared+"data/answers/course_feedback_fi.tsv")
	p := propose(t, s, byLetters)
	if diff := cmp.Diff("source: variable few_values\nrow: ignore numbers\ncolumn: variable few_values\nquestion: variable few_values\ntext: question free_text", roles(p)); diff != "" {
		t.Error(diff)
	}
	plan := plan(t, s, p.Mapping, byLetters)
	if plan.Problems.Refused() || plan.Respondents != 5285 || plan.Answers != 5285 || !p.Mapping.RespondentID.IsZero() {
		t.Error(plan.Respondents, plan.Answers, plan.Problems)
	}
	for row := range plan.Batch.Rows {
		if row.External != "2" || row.Answers[0].Text != "alkeita" || row.Answers[0].Language != "fi" || len(row.Values) != 3 {
			t.Error(row)
		}
		break
	}
}

func TestProposeOthers(t *testing.T) {
	for file, want := range map[string][]string{
		"answers/r_survey_en.tsv":  {"row: id header_id", "Qlike_best: question free_text", "Qmost_difficult_aspect: ignore constant", "Qnot_live_without: question free_text"},
		"answers/arguments_sv.tsv": {"sentence_id: id header_id", "topic: variable few_values", "label: variable few_values", "sentence: question free_text"},
		"formats/surveymonkey/538_thanksgiving_condensed_header.csv": {"RespondentID: id header_id", "Do you celebrate Thanksgiving?: variable few_values",
			"What is typically the main dish at your Thanksgiving dinner? - Other (please specify): question free_text"},
		"formats/redcap/simple.data.csv": {"record_id: id header_id", "name_first: personal personal_header", "address: personal personal_header",
			"telephone: personal personal_values", "email: personal personal_values", "dob: date dates", "comments: question free_text"},
		"formats/qualtrics/qualtRics_sample_3row.csv": {"ResponseId: id header_id", "RecipientEmail: personal personal_header", "IPAddress: personal personal_header"},
	} {
		t.Run(file, func(t *testing.T) {
			s := readPath(t, shared+"data/"+file)
			p := propose(t, s, nil)
			got := "\n" + roles(p) + "\n"
			for _, line := range want {
				if !strings.Contains(got, "\n"+line+"\n") {
					t.Errorf("no %q in %s", line, got)
				}
			}
			if plan := plan(t, s, p.Mapping, nil); plan.Problems.Refused() {
				t.Error(places(plan.Problems))
			}
		})
	}
}

func TestProposeSmallFiles(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"three rows", "id;kieli;palaute\n1;fi;Hyvä kurssi\n2;sv;Bra kurs\n3;en;Good\n", "id: id header_id\nkieli: language language\npalaute: question free_text"},
		{"one column", "Palaute\nHyvä\nHuono\nOk\n", "Palaute: question free_text"},
		{"short answers", "respondent_id,organisation,answer\nA,Kunta,Hyvä\nB,Järjestö,Ei\n", "respondent_id: id header_id\norganisation: variable few_values\nanswer: question free_text"},
		{"repeated id", "respondent_id,q1\nA,kaikki oli hyvin tällä kertaa\nA,ei mitään sanottavaa enää\nB,kiitos paljon kaikesta\n", "respondent_id: id header_id\nq1: question free_text"},
		{"repeated short id", "id,q1\n1,kaikki oli hyvin tällä kertaa\n1,ei mitään sanottavaa enää\n2,kiitos paljon kaikesta\n", "id: id header_id\nq1: question free_text"},
		{"an id on every second row only", "id,q1\n" + strings.Repeat("a1,kaikki oli hyvin tällä kertaa\na2,ei mitään sanottavaa enää\nb,kiitos paljon kaikesta\n", 6),
			"id: ignore id_repeats\nq1: variable few_values"},
		{"mother tongue is no answer's language", "id;Äidinkieli;Kommentti\n1;suomi;a b c\n2;ruotsi;d e f\n", "id: id header_id\nÄidinkieli: variable few_values\nKommentti: question free_text"},
		{"another language", "id;Kieli;Kommentti\n1;suomi;a b c\n2;saame;d e f\n", "id: id header_id\nKieli: variable few_values\nKommentti: question free_text"},
		{"personal data", "Nimi;S-posti;Yhteystiedot;Puh;Hetu;IP-osoite;Kunnan nimi;Mitä mieltä olet?\nMaija M;maija@example.org;x;+358 40 123 4567;131052-308T;10.0.0.1;Espoo;Hyvä juttu tämä\n" +
			"Nils N;nils@example.org;y;040-7654321;131052-308T;10.0.0.2;Esbo;Bra att ni frågar\n",
			"Nimi: personal personal_header\nS-posti: personal personal_values\nYhteystiedot: personal personal_header\nPuh: personal personal_values\n" +
				"Hetu: personal personal_values\nIP-osoite: personal personal_values\nKunnan nimi: variable few_values\nMitä mieltä olet?: question free_text"},
		{"dates", "Tidstämpel;Timestamp;Pvm;Svar\n2022-11-04 10:15:00;2022/11/04 9:12:11 AM EET;4.11.2022;Bra\n2022-11-05 10:15:00;2022/11/05 9:12:11 AM EET;5.11.2022;Dåligt\n",
			"Tidstämpel: date dates\nTimestamp: date dates\nPvm: date dates\nSvar: question free_text"},
		{"numbers", "ID,Arvosana,Miksi?\n1,5,Koska\n2,4,Siksi\n3,5,Noin vain\n", "ID: id header_id\nArvosana: variable scale\nMiksi?: question free_text"},
		{"codes without a name", "x,Palaute\nab12,hyvä\ncd34,huono\nef56,ok\n", "x: id id_values\nPalaute: question free_text"},
		{"empty column", "id,tyhjä,q1\n1,,hyvä\n2,,huono\n", "id: id header_id\ntyhjä: ignore empty\nq1: question free_text"},
		{"no text", "id,a\n1,2\n2,3\n", "id: id header_id\na: variable scale"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := propose(t, readText(t, tt.text), byLetters)
			if diff := cmp.Diff(tt.want, roles(p)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What is proposed can be written, read back, and gives the same plan.
func TestProposalAsFile(t *testing.T) {
	s := readText(t, survey)
	m := propose(t, s, byLetters).Mapping
	var b strings.Builder
	if err := importer.WriteMapping(&b, m); err != nil {
		t.Fatal(err)
	}
	want := `profile: table
respondent_id: "Vastaaja"
language: {column: "Kieli"}
questions:
  - key: mitä-hyvää
    column: "Mitä hyvää?"
    label: {fi: "Mitä hyvää?"}
  - key: mitä-huonoa
    column: "Mitä huonoa?"
    label: {fi: "Mitä huonoa?"}
variables:
  - key: organisaatio
    column: "Organisaatio"
    label: {fi: "Organisaatio"}
  - key: ikä
    column: "Ikä"
    label: {fi: "Ikä"}
ignore:
  - "Nimi"
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	first, second := plan(t, s, m, byLetters), plan(t, s, mapping(t, b.String()), byLetters)
	if diff := cmp.Diff(rows(t, first.Batch), rows(t, second.Batch)); diff != "" {
		t.Error(diff)
	}
}

// Labels get the language of the answers where no column tells it.
func TestProposeLabelLanguage(t *testing.T) {
	p := propose(t, readText(t, "Vad tycker du?\nbra och bra\ndåligt och dåligt\nså och så\n"), byLetters)
	if p.Mapping.Questions[0].Label.SV != "Vad tycker du?" || p.Mapping.Questions[0].Label.FI != "" {
		t.Error(p.Mapping.Questions[0].Label)
	}
}
