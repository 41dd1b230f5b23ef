package profile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"avokoodi/coding/importer"
)

const msCSV = "ID;Alkamisaika;Valmistumisaika;Sähköposti;Nimi;Miten yhteistyö sujui?\r\n1;2.1.2024 10.00;2.1.2024 10.05;a@example.org;Äijä;Hyvin, mutta tilat ovat ahtaat\r\n2;2.1.2024 11.00;2.1.2024 11.05;b@example.org;Öö;Kehitettävää löytyy yhä\r\n"

const msWant = `ms-forms id=ID language= rows=2
? miten-yhteistyö-sujui "Miten yhteistyö sujui?": 2
`

// TestMicrosoftFormsInEveryForm: with and without BOM, in Windows-1252, and as the workbook that Forms gives.
func TestMicrosoftFormsInEveryForm(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String(msCSV)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-8": msCSV, "UTF-8 (BOM)": "\ufeff" + msCSV, "Windows-1252": latin} {
		i := text(t, importer.Options{}, content)
		if diff := cmp.Diff(msWant, i.outline(t)); diff != "" || i.sheet.Encoding != name {
			t.Error(name, i.sheet.Encoding, diff)
		}
	}
	xlsx := book(t, "forms.xlsx", map[string][][]any{"Sheet1": {
		{"ID", "Alkamisaika", "Valmistumisaika", "Sähköposti", "Nimi", "Miten yhteistyö sujui?\u00a0"},
		{1, 45293.4166, 45293.42, "a@example.org", "Äijä", "Hyvin, mutta tilat ovat ahtaat"},
		{2, 45293.4583, 45293.46, "b@example.org", "Öö", "Kehitettävää löytyy yhä"}}}, "Sheet1")
	if diff := cmp.Diff(msWant, bring(t, importer.Options{}, xlsx).outline(t)); diff != "" {
		t.Error(diff)
	}
}

// TestTwoHeaderRowsInAWorkbook: a spreadsheet leaves out the blank cells at the end of the first row.
func TestTwoHeaderRowsInAWorkbook(t *testing.T) {
	rows := [][]any{
		{"Respondent ID", "Start Date", "Miten yhteistyö sujui?", "Mitä palveluja käytät?"},
		{"", "", "Open-Ended Response", "Kirjasto", "Uimahalli", "Muu (mikä?)"},
		{10012345678, "2024-01-02", "Hyvin sujui tänä vuonna", "Kirjasto", "Uimahalli", ""},
		{10012345679, "2024-01-02", "Huonommin kuin ennen", "", "Uimahalli", "jäähalli"},
	}
	want := `surveymonkey id=Respondent ID language= rows=2
? miten-yhteistyö-sujui "Miten yhteistyö sujui?": 2
? mitä-palveluja-käytät-other of mitä-palveluja-käytät "Mitä palveluja käytät? - Muu (mikä?)": 1
* mitä-palveluja-käytät "Mitä palveluja käytät?": kirjasto/Kirjasto=1 uimahalli/Uimahalli=2
`
	if diff := cmp.Diff(want, bring(t, importer.Options{}, book(t, "a.xlsx", map[string][][]any{"Vastaukset": rows}, "Vastaukset")).outline(t)); diff != "" {
		t.Error(diff)
	}
}

// TestARowThatIsTooWide is still a problem where no layout has a second header row.
func TestARowThatIsTooWide(t *testing.T) {
	got := text(t, importer.Options{}, "id;Kommentti\n;hyvin sujui tänä vuonna;ylimääräinen\n2;huonommin kuin ennen\n")
	if p := got.plan.Problems; !p.Refused() || !strings.Contains(got.outline(t), "! 2 [] ragged [2 C ylimääräinen]") {
		t.Error(p)
	}
}

// TestLegendInTheMiddle: answers below the legend could belong to it, so nothing is guessed.
func TestLegendInTheMiddle(t *testing.T) {
	got := text(t, importer.Options{}, "Vastausaika\tID\tSukupuoli\tKommentti\n-\t\t-\t-\n1.2.2024 12:01:00\t1\t1\tHyvin sujui tänä vuonna\n\t\t1 = Nainen\t\n\t\t2 = Mies\t\n1.2.2024 12:01:00\t2\t2\tHuonommin kuin ennen\n")
	if out := got.outline(t); !got.plan.Problems.Refused() || !strings.Contains(out, "! 6 [] legend_middle [4]") {
		t.Error(out)
	}
}

// TestTheWrongProfile: a file that describes itself is not read as something else, and a table that has nothing of a tool's
// layout loses no row to it.
func TestTheWrongProfile(t *testing.T) {
	path := formats + "spss/pyreadstat_sample.sav"
	s, err := reader().Read(t.Context(), path, path, importer.Options{Profile: "webropol"})
	var p importer.Problem
	if !errors.As(err, &p) || p.Key != "import.no_file" && (p.Key != "import.profile_other" || p.Args[1] != "spss") {
		t.Error(s, err)
	}
	s, err = reader().Read(t.Context(), file(t, "a.csv", "id;q\n1;a\n"), "a.csv", importer.Options{Profile: "spss"})
	if !errors.As(err, &p) || p.Key != "import.profile_other" || p.Args[1] != "table" {
		t.Error(s, err)
	}
	const table = "id;Maakunta;Kommentti\n1;Uusimaa;Hyvin sujui tänä vuonna\n2;Uusimaa;Huonommin kuin ennen\n"
	for _, name := range []string{"webropol", "surveymonkey", "limesurvey", "qualtrics", "google-forms", "ms-forms", "redcap", "kobo"} {
		got := text(t, importer.Options{Profile: name}, table)
		if got.sheet.Profile != name || got.plan.Respondents != 2 || got.plan.Answers != 2 {
			t.Error(name, got.outline(t))
		}
	}
}
