package profile_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/profile"
)

// workbook writes rows into the first sheet of a file of that name, times as Excel keeps them: numbers with a format.
func workbook(t *testing.T, name string, rows [][]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), name)
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func at(minute int) time.Time { return time.Date(2024, 2, 1, 10, minute, 0, 0, time.UTC) }

// formsRows is a workbook of Microsoft Forms, in the language of its headers.
func formsRows(id, start, end, mail, name, uses, went string, choices [2]string, says [4]string) [][]any {
	rows := [][]any{{id, start, end, mail, name, uses, went}}
	for i, list := range []string{choices[0] + ";", choices[0] + ";" + choices[1] + ";", choices[1] + ";", ""} {
		rows = append(rows, []any{i + 1, at(i), at(i + 5), "anonymous", nil, list, says[i]})
	}
	return rows
}

// workbooks are exports of survey tools as Excel files, made here in the form that each tool writes.
var workbooks = []struct {
	name string
	rows [][]any
	want string
}{
	{"Microsoft Forms, Finnish", formsRows("ID", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi", "Mitä palveluja käytät?", "Miten yhteistyö on sujunut?",
		[2]string{"Kirjasto", "Uimahalli"}, [4]string{"Hyvin sujui tänä vuonna", "Huonommin kuin ennen", "En osaa sanoa ääneen", "Ihan hyvin"}), `ms-forms id=ID language= rows=4
? miten-yhteistyö-on-sujunut "Miten yhteistyö on sujunut?": 4
* mitä-palveluja-käytät "Mitä palveluja käytät?": kirjasto/Kirjasto=2 uimahalli/Uimahalli=2
`},
	{"Microsoft Forms, Swedish", formsRows("ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Vilka tjänster använder du?", "Hur har samarbetet gått?",
		[2]string{"Biblioteket", "Simhallen"}, [4]string{"Det gick bra på det hela taget", "Sämre än förut måste jag säga", "Vet inte riktigt", "Bra"}), `ms-forms id=ID language= rows=4
? hur-har-samarbetet-gått "Hur har samarbetet gått?": 4
* vilka-tjänster-använder-du "Vilka tjänster använder du?": biblioteket/Biblioteket=2 simhallen/Simhallen=2
`},
	{"Microsoft Forms, English", formsRows("ID", "Start time", "Completion time", "Email", "Name", "Which services do you use?", "How has the cooperation gone?",
		[2]string{"Library", "Pool"}, [4]string{"It went well this year", "Worse than it used to be", "I do not really know", "Fine"}), `ms-forms id=ID language= rows=4
? how-has-the-cooperation-gone "How has the cooperation gone?": 4
* which-services-do-you-use "Which services do you use?": library/Library=2 pool/Pool=2
`},
	{"Qualtrics, choice text", qualtricsRows([]any{"Town", "Library,Pool", "Very important"}, []any{"Country", "Pool", "Not important"}, []any{"Town", "", "Very important"},
		[]any{"Town", "Library", "Very important"}, []any{"Country", "Library,Pool", "Not important"}), `qualtrics id=ResponseId language=UserLanguage rows=5
? q4 "Tell us more": 5
= q1 "Where do you live?": town/Town=3 country/Country=2
* q2 "Which services do you use?": library/Library=3 pool/Pool=3
= q3_1 "How important is it? - Cooperation": very-important/Very important=3 not-important/Not important=2
`},
	{"Qualtrics, numeric", qualtricsRows([]any{1, "1,2", 5}, []any{2, "2", 1}, []any{1, "", 5}, []any{1, "1", 5}, []any{2, "1,2", 1}), `qualtrics id=ResponseId language=UserLanguage rows=5
? q4 "Tell us more": 5
= q1 "Where do you live?": 1/1=3 2/2=2
* q2 "Which services do you use?": 1/1=3 2/2=3
= q3_1 "How important is it? - Cooperation": 1/1=2 5/5=3
`},
	{"SurveyMonkey", [][]any{
		{"Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1", "Mitä palveluja käytät?", nil, nil, "Miten yhteistyö sujui?"},
		{nil, nil, nil, nil, nil, nil, nil, nil, nil, "Kirjasto", "Uimahalli", "Muu (kerro mikä)", "Open-Ended Response"},
		{114012345678, 438012345, at(0), at(5), "192.0.2.1", nil, nil, nil, nil, "Kirjasto", "Uimahalli", nil, "Hyvin sujui tänä vuonna"},
		{114012345679, 438012345, at(1), at(6), "192.0.2.2", nil, nil, nil, nil, nil, "Uimahalli", "jäähalli", "Huonommin kuin ennen"},
		{114012345680, 438012345, at(2), at(7), "192.0.2.3", nil, nil, nil, nil, "Kirjasto", nil, nil, "En osaa sanoa ääneen"}}, `surveymonkey id=Respondent ID language= rows=3
? mitä-palveluja-käytät-other of mitä-palveluja-käytät "Mitä palveluja käytät? - Muu (kerro mikä)": 1
? miten-yhteistyö-sujui "Miten yhteistyö sujui?": 3
* mitä-palveluja-käytät "Mitä palveluja käytät?": kirjasto/Kirjasto=2 uimahalli/Uimahalli=2
`},
	{"Webropol, with its legend", [][]any{
		{"Vastausaika", "ID", "Sukupuoli", "Mitä kieliä puhut?", nil, nil, "Kuinka tärkeää?", nil, "Kerro lisää"},
		{"-", nil, "-", "Suomi", "Ruotsi", "Muu, mikä?", "Yhteistyö", "Tiedotus", "-"},
		{at(0), 1, 1, 1, 2, nil, 5, 4, "Sujuva arki on yhteistä työtä"},
		{at(1), 2, 2, nil, 2, "saame", 1, 4, "Enemmän tietoa kunnalta kiitos"},
		{at(2), 3, 2, 1, nil, nil, 3, nil, "Kaikki hyvin täällä meillä"},
		{},
		{nil, nil, "1 = Nainen", "1 = Suomi", nil, nil, "1 = Ei lainkaan"},
		{nil, nil, "2 = Mies", "2 = Ruotsi", nil, nil, "5 = Erittäin"}}, `webropol id=ID language= rows=3
? mitä-kieliä-puhut-other of mitä-kieliä-puhut "Mitä kieliä puhut?: Muu, mikä?": 1
? kerro-lisää "Kerro lisää": 3
= sukupuoli "Sukupuoli": 1/Nainen=1 2/Mies=2
* mitä-kieliä-puhut "Mitä kieliä puhut?": 1/Suomi=2 2/Ruotsi=2
= kuinka-tärkeää-yhteistyö "Kuinka tärkeää?: Yhteistyö": 1/Ei lainkaan=1 5/Erittäin=1 3/3=1
= kuinka-tärkeää-tiedotus "Kuinka tärkeää?: Tiedotus": 1/Ei lainkaan=0 5/Erittäin=0 4/4=2
`},
	{"Google Forms, Swedish", [][]any{
		{"Tidstämpel", "E-postadress", "Kön", "Vilka tjänster använder du?", "Hur gick det?"},
		{at(0), "a@example.org", "Kvinna", "Biblioteket, Simhallen", "Det gick bra på det hela taget"},
		{at(1), "b@example.org", "Man", "Simhallen", "Sämre än förut måste jag säga"},
		{at(2), "c@example.org", "Man", "Biblioteket", "Vet inte riktigt vad jag tycker"},
		{at(3), "d@example.org", "Kvinna", "Biblioteket, Simhallen", "Bra"}}, `google-forms id= language= rows=4
? hur-gick-det "Hur gick det?": 4
= kön "Kön": kvinna/Kvinna=2 man/Man=2
* vilka-tjänster-använder-du "Vilka tjänster använder du?": biblioteket/Biblioteket=3 simhallen/Simhallen=3
`},
}

// qualtricsRows is a workbook of Qualtrics with three rows of headers and the closed answers given.
func qualtricsRows(answers ...[]any) [][]any {
	rows := [][]any{
		{"StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId", "RecipientEmail", "LocationLatitude", "DistributionChannel", "UserLanguage", "Q1", "Q2", "Q3_1", "Q4"},
		{"Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished", "Recorded Date", "Response ID", "Recipient Email", "Location Latitude", "Distribution Channel", "User Language",
			"Where do you live?", "Which services do you use? - Selected Choice", "How important is it? - Cooperation", "Tell us more"},
		{`{"ImportId":"startDate","timeZone":"Europe/Helsinki"}`, `{"ImportId":"endDate","timeZone":"Europe/Helsinki"}`, `{"ImportId":"status"}`, `{"ImportId":"ipAddress"}`, `{"ImportId":"progress"}`, `{"ImportId":"duration"}`, `{"ImportId":"finished"}`,
			`{"ImportId":"recordedDate","timeZone":"Europe/Helsinki"}`, `{"ImportId":"_recordId"}`, `{"ImportId":"recipientEmail"}`, `{"ImportId":"locationLatitude"}`, `{"ImportId":"distributionChannel"}`, `{"ImportId":"userLanguage"}`,
			`{"ImportId":"QID1"}`, `{"ImportId":"QID2"}`, `{"ImportId":"QID3_1"}`, `{"ImportId":"QID4_TEXT"}`}}
	for i, a := range answers {
		rows = append(rows, append(append([]any{at(i), at(i + 5), "IP Address", "192.0.2.1", 100, 300, true, at(i + 5), "R_2abcDEF" + string(rune('0'+i)), nil, 60.17, "anonymous", "EN"}, a...),
			[]string{"It went well this year", "Worse than it used to be", "I do not really know", "Better than anybody hoped", "The same as last year"}[i]))
	}
	return rows
}

func TestWorkbooks(t *testing.T) {
	for _, c := range workbooks {
		t.Run(c.name, func(t *testing.T) {
			got := bring(t, importer.Options{}, workbook(t, "kysely.xlsx", c.rows)).outline(t)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestKoboWorkbooks: answers and the form that describes them, both as Excel files, the form in two languages.
func TestKoboWorkbooks(t *testing.T) {
	answers := workbook(t, "vastaukset.xlsx", [][]any{
		{"start", "end", "sukupuoli", "palvelut", "palvelut/kirjasto", "palvelut/uimahalli", "kommentti", "_id", "_uuid", "_submission_time", "__version__", "_index"},
		{at(0), at(5), "n", "kirjasto uimahalli", 1, 1, "Hyvin sujui tänä vuonna", 101, "0b1c-1", at(5), "v1", 1},
		{at(1), at(6), "m", "uimahalli", 0, 1, "Huonommin kuin ennen", 102, "0b1c-2", at(6), "v1", 2},
		{at(2), at(7), "n", nil, 0, 0, "En osaa sanoa ääneen", 103, "0b1c-3", at(7), "v1", 3}})
	f := excelize.NewFile()
	defer f.Close()
	for sheet, rows := range map[string][][]any{
		"survey": {{"type", "name", "label::Suomi (fi)", "label::Svenska (sv)"}, {"select_one sp", "sukupuoli", "Sukupuoli", "Kön"},
			{"select_multiple pal", "palvelut", "Mitä palveluja käytät?", "Vilka tjänster använder du?"}, {"text", "kommentti", "Kerro lisää", "Berätta mera"}},
		"choices": {{"list_name", "name", "label::Suomi (fi)", "label::Svenska (sv)"}, {"sp", "n", "Nainen", "Kvinna"}, {"sp", "m", "Mies", "Man"},
			{"pal", "kirjasto", "Kirjasto", "Bibliotek"}, {"pal", "uimahalli", "Uimahalli", "Simhall"}},
		"settings": {{"form_title"}, {"Kysely"}},
	} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err == nil {
				err = f.SetSheetRow(sheet, cell, &row)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	form := filepath.Join(t.TempDir(), "lomake.xlsx")
	if err := f.SaveAs(form); err != nil {
		t.Fatal(err)
	}
	d, ok, err := profile.ReadDictionary(t.Context(), reader(), form, "lomake.xlsx", importer.Options{})
	if err != nil || !ok {
		t.Fatalf("the form is not seen to be one: %v", err)
	}
	got := bring(t, importer.Options{Dictionaries: []importer.Dictionary{d}}, answers).outline(t)
	want := `kobo id=_uuid language= rows=3
? kommentti "Kerro lisää|Berätta mera": 3
= sukupuoli "Sukupuoli|Kön": n/Nainen|Kvinna=2 m/Mies|Man=1
* palvelut "Mitä palveluja käytät?|Vilka tjänster använder du?": kirjasto/Kirjasto|Bibliotek=1 uimahalli/Uimahalli|Simhall=2
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	alone := `kobo id=_uuid language= rows=3
? kommentti "kommentti": 3
= sukupuoli "sukupuoli": n/n=2 m/m=1
* palvelut "palvelut": kirjasto/kirjasto=1 uimahalli/uimahalli=2
`
	if got := bring(t, importer.Options{}, answers).outline(t); got != alone {
		t.Errorf("got alone:\n%s", got)
	}
}
