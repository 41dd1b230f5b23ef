package profile_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/profile"
)

// book writes a workbook: sheets by name, each a table.
func book(t testing.TB, name string, sheets map[string][][]any, order ...string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, sheet := range order {
		if i == 0 {
			_ = f.SetSheetName("Sheet1", sheet)
		} else if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for r, row := range sheets[sheet] {
			cell, _ := excelize.CoordinatesToCellName(1, r+1)
			if err := f.SetSheetRow(sheet, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), name)
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestXLSForm: the form gives questions and choices their labels in each of its languages.
func TestXLSForm(t *testing.T) {
	form := book(t, "form.xlsx", map[string][][]any{
		"survey": {{"type", "name", "label::Suomi (fi)", "label::Svenska (sv)", "label::Dansk (da)"},
			{"start", "start", "", "", ""},
			{"select_one sex", "sex", "Sukupuoli", "Kön", "Køn"},
			{"select_multiple services", "services", "Mitä <b>käytät</b>?", "Vad använder du?", "x"},
			{"geopoint", "place", "Missä?", "Var?", "x"},
			{"text", "comment", "Miten meni?", "Hur gick det?", "x"}},
		"choices": {{"list_name", "name", "label::Suomi (fi)", "label::Svenska (sv)"},
			{"sex", "f", "Nainen", "Kvinna"}, {"sex", "m", "Mies", "Man"},
			{"services", "library", "Kirjasto", "Bibliotek"}, {"services", "pool", "Uimahalli", "Simhall"}},
	}, "survey", "choices")
	d, ok, err := profile.ReadDictionary(t.Context(), reader(), form, "form.xlsx", importer.Options{})
	if err != nil || !ok || d.Profile != "kobo" || len(d.Fields) != 5 {
		t.Fatal(d, ok, err)
	}
	opts := importer.Options{Dictionaries: []importer.Dictionary{d}}
	const table = "start,sex,services,place,comment,_uuid\n2024-01-01,f,library pool,60.1 24.9,Hyvin sujui tänä vuonna,u-1\n2024-01-01,m,pool,60.1 24.9,Huonommin kuin ennen,u-2\n"
	want := `kobo id=_uuid language= rows=2
? comment "Miten meni?|Hur gick det?": 2
= sex "Sukupuoli|Kön": f/Nainen|Kvinna=1 m/Mies|Man=1
* services "Mitä käytät?|Vad använder du?": library/Kirjasto|Bibliotek=1 pool/Uimahalli|Simhall=2
`
	if diff := cmp.Diff(want, text(t, opts, table).outline(t)); diff != "" {
		t.Error(diff)
	}
	const spread = "start,sex,services,services/library,services/pool,comment,_uuid\n2024-01-01,f,library pool,1,1,Hyvin sujui tänä vuonna,u-1\n2024-01-01,m,pool,0,1,Huonommin kuin ennen,u-2\n"
	if diff := cmp.Diff(want, text(t, opts, spread).outline(t)); diff != "" {
		t.Error(diff)
	}
}

// TestNotADictionary: answers are no dictionary, and a dictionary alone is said to be one.
func TestNotADictionary(t *testing.T) {
	for name, content := range map[string]string{"a.csv": "id,q\n1,a\n", "b.csv": "", "c.csv": "type,name\ntext,q\n"} {
		if d, ok, err := profile.ReadDictionary(t.Context(), reader(), file(t, name, content), name, importer.Options{}); ok || err != nil {
			t.Error(name, d, err)
		}
	}
	got := text(t, importer.Options{}, "Variable / Field Name,Form Name,Field Type,Field Label\nid,a,text,Tunnus\nq,a,notes,Miten yhteistyö kunnan kanssa sujui\n")
	if p := got.plan.Problems; got.sheet.Profile != "table" || len(p) == 0 || p[0].Key != "import.dictionary" || p.Refused() {
		t.Error(got.sheet.Profile, p)
	}
}
