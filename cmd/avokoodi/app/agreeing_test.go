package app

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

const agreementShape = `{"units":1,"coders":1,"percent":0.5,"cohen_kappa":null,"fleiss_kappa":0.5,"krippendorff_alpha":0.5,"gwet_ac1":0.5,"alpha_jaccard":null,"alpha_masi":null,
	"ci95":{"percent":[0.5,0.5],"cohen_kappa":null,"fleiss_kappa":[0.5,0.5],"krippendorff_alpha":[0.5,0.5],"gwet_ac1":[0.5,0.5],"alpha_jaccard":null,"alpha_masi":null},"notes":{}}`

// TestContractAgreement measures files: the worked example of Krippendorff (2011, C) as Excel in Finland writes it, and sets.
func TestContractAgreement(t *testing.T) {
	s := newShell(t)
	rows := "Unit;Coder;Value\r\n"
	for u, row := range []string{"11-1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "-555", "--11", "--3-"} {
		for c, v := range row {
			if v != '-' {
				rows += strings.Join([]string{"yksikkö " + string(rune('A'+u)), string(rune('a' + c)), string(v)}, ";") + "\r\n"
			}
		}
	}
	s.write("k.csv", strings.ReplaceAll(rows, "ö", "\xf6")) // Windows-1252
	out := s.must("agreement @k.csv --json")
	shaped(t, out, agreementShape)
	var got struct {
		Units, Coders int
		Alpha         float64  `json:"krippendorff_alpha"`
		Cohen         *float64 `json:"cohen_kappa"`
		Notes         map[string]string
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Units != 12 || got.Coders != 4 || math.Abs(got.Alpha-0.743421) > 1e-6 || got.Cohen != nil || got.Notes["cohen_kappa"] == "" {
		t.Errorf("%+v", got)
	}
	if out := s.must("agreement @k.csv --lang fi"); !strings.Contains(out, "Krippendorffin alfa") || !strings.Contains(out, "0,743") {
		t.Errorf("for people: %s", out)
	}

	s.write("sets.csv", "unit,coder,value\n1,a,x\n1,a,y\n1,b,x\n2,a,z\n2,b,z\n3,a,\n3,b,\n")
	var sets struct {
		Units                  int
		Percent                float64
		Jaccard, MASI, Nominal float64
		Notes                  map[string]string
	}
	for key, to := range map[string]*float64{"percent": &sets.Percent, "alpha_jaccard": &sets.Jaccard, "alpha_masi": &sets.MASI, "krippendorff_alpha": &sets.Nominal} {
		var all map[string]any
		if err := json.Unmarshal([]byte(s.must("agreement @sets.csv --multi --json")), &all); err != nil {
			t.Fatal(err)
		}
		*to, _ = all[key].(float64)
		sets.Units = int(all["units"].(float64))
	}
	// Six ratings {x,y}, {x}, {z}, {z}, {}, {}: of the 30 ordered pairs two have distance d, four are alike, the others 1.
	by := func(d float64) float64 { return 1 - (2*d/6)/((2*d+24)/30) }
	if sets.Units != 3 || math.Abs(sets.Percent-2./3) > 1e-9 || math.Abs(sets.Jaccard-by(.5)) > 1e-9 || math.Abs(sets.MASI-by(2./3)) > 1e-9 || math.Abs(sets.Nominal-by(1)) > 1e-9 {
		t.Errorf("%+v", sets)
	}
}

// TestContractAgreementRefused names file, row and column of what is wrong, and prints nothing on standard output.
func TestContractAgreementRefused(t *testing.T) {
	s := newShell(t).filled()
	for name, text := range map[string]string{
		"none.csv": "", "head.csv": "unit,coder,value\n", "lacks.csv": "unit,rater\n1,a\n", "one.csv": "unit,coder,value\n1,a,x\n2,a,y\n",
		"apart.csv": "unit,coder,value\n1,a,x\n2,b,y\n", "twice.csv": "unit,coder,value\n1,a,x\n1,b,x\n\n1,a,y\n", "blank.csv": "unit,coder,value\n,a,x\n1,,x\n",
		"quote.csv": "unit,coder,value\n1,a,\"x\n2,b,y\n",
	} {
		s.write(name, text)
	}
	for _, c := range []struct {
		line   string
		status int
		says   string
	}{
		{"agreement @none.csv", exitRefused, "none.csv:1: "}, {"agreement @head.csv", exitRefused, "head.csv:1: "}, {"agreement @lacks.csv", exitRefused, "lacks.csv:1 [coder]: "},
		{"agreement @lacks.csv --multi", exitRefused, "lacks.csv:1 [value]: "}, {"agreement @one.csv", exitRefused, "one.csv:1 [coder]: "},
		{"agreement @apart.csv --json", exitRefused, "apart.csv:1 [unit]: "}, {"agreement @twice.csv", exitRefused, "twice.csv:5 [coder]: a has already rated the unit “1” in row 2"},
		{"agreement @blank.csv", exitRefused, "blank.csv:2 [unit]: "}, {"agreement @blank.csv", exitRefused, "blank.csv:3 [coder]: "}, {"agreement @quote.csv", exitRefused, "quote.csv:"},
		{"agreement @twice.csv --lang fi", exitRefused, "on jo arvioinut"}, {"agreement @twice.csv --lang sv", exitRefused, "har redan bedömt"}, {"agreement @gone.csv", exitRefused, "gone.csv"},
		{"agreement", exitUsage, "--project SLUG"}, {"agreement @one.csv --project p", exitUsage, "--project SLUG"}, {"agreement --project none", exitRefused, "none"},
		{"agreement --project p --question q9", exitRefused, "q9"},
	} {
		out, errOut, status := s.run("", c.line)
		if status != c.status || out != "" || !strings.Contains(errOut, c.says) {
			t.Errorf("%s: status %d, want %d with %q\nout: %s\nerr: %s", c.line, status, c.status, c.says, out, errOut)
		}
	}
	if _, _, status := s.run("", "agreement @twice.csv --multi"); status != exitDone {
		t.Errorf("several values as a set: status %d", status)
	}
}

// TestContractAgreementOfProject: both coders read v3 only; anna gave one theme, bertta another.
func TestContractAgreementOfProject(t *testing.T) {
	s := newShell(t).filled()
	s.write("d.csv", "respondent,question,theme,coder\nv1,q1,tiedotus,bertta\nv2,q1,palvelut,bertta\nv4,q1,palvelut,bertta\n")
	s.must("codings import @d.csv --project p")
	out := s.must("agreement --project p --json")
	shaped(t, out, strings.TrimSuffix(agreementShape, "}")+`,"themes":[{"theme":"t","label":"l","n":1,"percent":0.5,"krippendorff_alpha":0.5,"ci95":{},"notes":{}}]}`)
	var got struct {
		Units, Coders int
		Percent       float64
		Themes        []struct {
			Theme   string
			N       int
			Percent float64
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Units != 3 || got.Coders != 2 || math.Abs(got.Percent-2./3) > 1e-9 || len(got.Themes) != 3 {
		t.Fatalf("%+v", got)
	}
	for _, th := range got.Themes {
		if want := map[string]float64{"tiedotus": 2. / 3, "palvelut": 1, "ruotsi": 2. / 3}[th.Theme]; math.Abs(th.Percent-want) > 1e-9 {
			t.Errorf("%+v, want %v", th, want)
		}
	}
	if out := s.must("agreement --project p"); !strings.Contains(out, "Services in Swedish") {
		t.Error(out)
	}
}
