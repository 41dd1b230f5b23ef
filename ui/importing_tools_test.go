package ui

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

const redcapFile = `record_id,first_name,sex,services___1,services___2,comments,survey_complete
1,Aino,1,1,0,Palvelut toimivat hyvin tänä vuonna,2
2,Eino,2,1,1,Huonommin kuin ennen kaikki sujuu,2
3,Outi,2,0,0,,2
`

const redcapDictionary = `Variable / Field Name,Form Name,Field Type,Field Label,"Choices, Calculations, OR Slider Labels",Identifier?
record_id,survey,text,Numero,,
first_name,survey,text,Etunimi,,y
sex,survey,radio,Sukupuoli,"1, Nainen | 2, Mies",
services,survey,checkbox,Mitä palveluja käytät?,"1, Kirjasto | 2, Uimahalli",
comments,survey,notes,Miten yhteistyö sujui?,,
`

// TestSurveyTools: the tool is named, its choices are one variable, a dictionary gives labels, and the tool can be chosen.
func TestSurveyTools(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "vastaukset.csv", []byte(redcapFile))
	b.get(at+"/columns").want(http.StatusOK).says("REDCap", "One choice of a question: “1”", "One choice of several", "A column that the survey tool adds")
	b.upload(at+"/dictionary", "dictionary", "kuvaus.csv", []byte("a;b\n1;2\n")).want(http.StatusUnprocessableEntity).says("neither a REDCap data dictionary nor an XLSForm")
	b.post(at + "/dictionary").want(http.StatusUnprocessableEntity).says("Choose a file first.")
	b.upload(at+"/dictionary", "dictionary", "kuvaus.csv", []byte(redcapDictionary)).to(at + "/columns")
	b.get(at+"/columns").want(http.StatusOK).says("Labels come from kuvaus.csv.", "Miten yhteistyö sujui?", "One choice of a question: “Uimahalli”", "Sukupuoli")
	mapping := func() importer.Mapping {
		t.Helper()
		m, err := importer.ReadMapping("m", strings.NewReader(b.get(at+"/mapping.yaml").want(http.StatusOK).body))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	// What is proposed survives the form: the two columns stay choices of one variable, codes keep their words.
	b.post(at+"/columns", "do", "continue", "role.2", "variable", "role.3", "choice", "key.3", "services", "role.4", "choice", "key.4", "services").to(at + "/language")
	m := mapping()
	if len(m.Variables) != 2 || !m.Variables[1].Spread() || len(m.Variables[1].Values) != 2 || m.Variables[1].Label.FI != "Mitä palveluja käytät?" ||
		m.Variables[1].Values[1].Label.FI != "Uimahalli" || m.Variables[0].Values[0].Label.FI != "Nainen" || m.Profile != "redcap" {
		t.Errorf("%+v", m.Variables)
	}
	// A column taken out of the variable leaves the other.
	b.post(at+"/columns", "role.4", "ignore").to(at + "/columns")
	if m := mapping(); len(m.Variables) != 2 || len(m.Variables[1].Values) != 1 {
		t.Errorf("%+v", m.Variables)
	}
	b.post(at+"/columns", "do", "continue", "role.4", "choice", "key.4", "services").to(at + "/language")
	b.post(at+"/language", "do", "continue", "rule", "fixed", "fixed", "fi", "round", "2024").to(at + "/check")
	b.get(at+"/check").want(http.StatusOK).says("3 respondents", "2 answers", "Kirjasto", "Uimahalli")
	b.imported(at).want(http.StatusOK).says("2 answers")
	err := s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		vars, err := r.Variables(t.Context(), p.ID)
		if err != nil {
			return err
		}
		if len(vars) != 2 || vars[0].Multi || !vars[1].Multi || len(vars[1].Categories) != 2 {
			t.Errorf("%+v", vars)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}

	at = b.send("one", "b.csv", []byte(redcapFile))
	b.post(at+"/reading", "profile", "table").to(at + "/columns")
	b.get(at+"/columns").want(http.StatusOK).says("Plain table", "services___1")
	b.post(at+"/reading", "profile", "nonsense").to(at + "/columns")
	b.get(at + "/columns").want(http.StatusOK).says("REDCap")
}

// TestSPSSFile: an SPSS file goes through the wizard as any other; a damaged one is refused when it is sent.
func TestSPSSFile(t *testing.T) {
	raw, err := os.ReadFile("../coding/importer/savfile/testdata/bytecode.sav")
	if err != nil {
		t.Fatal(err)
	}
	s := newTestSite(t)
	s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "kysely.sav", raw)
	b.get(at+"/columns").want(http.StatusOK).says("SPSS", "3 rows", "9 columns", "Sukupuoli", "Miten yhteistyö sujui?", "One choice of a question: “Ruotsi”")
	b.through(at).want(http.StatusOK).says("3 respondents", "Nainen", "defined as missing")
	b.imported(at).want(http.StatusOK).says("3 answers")
	b.upload("/p/one/import", "file", "rikki.sav", raw[:900]).want(http.StatusUnprocessableEntity).says("The SPSS file")
}
