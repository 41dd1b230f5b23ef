package importer

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
)

func TestKeysOf(t *testing.T) {
	headers := []string{"q1_cooperation", "Q2", "rse16a. Are you employed?", "11a) Paikallisella tasolla:", "Kysymys 5: Mitä?", "Fråga 6b", "22. Kerro",
		"org_type", "Taustaorganisaatio", "Miten yhteistyö kunnan kanssa on sujunut viime vuonna?", "Miten yhteistyö kunnan kanssa on", "?", "??",
		"COVID19 vaikutukset", "2022", "skill2-1. In your opinion", "Q7_1", "Q7_2", "Q8 - a", "Q8 - b", "_x_", "Elämänlaatu & hyvinvointi", strings.Repeat("a", 50)}
	want := []string{"q1", "q2", "rse16a", "q11a", "q5", "q6b", "q22",
		"org_type", "taustaorganisaatio", "miten-yhteistyö-kunnan-kanssa", "miten-yhteistyö-kunnan-kanssa-2", "x" + hash("?"), "x" + hash("??"),
		"covid19", "2022", "skill2-1", "q7_1", "q7_2", "q8-a", "q8-b", "x", "elämänlaatu-hyvinvointi", strings.Repeat("a", 32)}
	got := keysOf(headers)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, k := range got {
		if !goodKey(k) {
			t.Error("not a good key:", k)
		}
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != len(headers) {
		t.Error("keys are not unique")
	}
}

func TestNumberOrder(t *testing.T) {
	tests := []struct{ in, want string }{
		{"3|1|2", "1|2|3"},
		{"10|9|-1|1,5|1.25", "-1|1.25|1,5|9|10"},
		{"vähintään 100 000 asukasta|10 000–49 999 asukasta|alle 10 000 asukasta|50 000–99 999 asukasta",
			"alle 10 000 asukasta|10 000–49 999 asukasta|50 000–99 999 asukasta|vähintään 100 000 asukasta"},
		{"Yli 55|36-45|alle 25|25-35|46-55", "alle 25|25-35|36-45|46-55|Yli 55"},
		{"> 60|18-29|45-60|30-44", "18-29|30-44|45-60|> 60"},
		{"$100,000 - $149,999|$0 - $24,999|$25,000 - $49,999", "$0 - $24,999|$25,000 - $49,999|$100,000 - $149,999"},
		{"en osaa sanoa|5|4|3|2|1", "1|2|3|4|5|en osaa sanoa"},
		{"Uusimaa|Lappi", "Uusimaa|Lappi"},
		{"b 1|a 2", "b 1|a 2"},
		{"muu|2|1", "muu|2|1"},
		{"över 10|under 5|5–10", "under 5|5–10|över 10"},
	}
	for _, tt := range tests {
		in := strings.Split(tt.in, "|")
		got := slices.Clone(in)
		for at, i := range numberOrder(in) {
			got[at] = in[i]
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s: %s", tt.in, s)
		}
	}
}

func TestParseLanguage(t *testing.T) {
	for cell, want := range map[string]coding.Lang{"fi": "fi", "Suomi": "fi", "FINNISH": "fi", "finska": "fi", " fin ": "fi", "sv": "sv", "Svenska": "sv", "ruotsi": "sv",
		"swe": "sv", "Swedish": "sv", "sv-FI": "sv", "en": "en", "English": "en", "englanti": "en", "engelska": "en", "eng": "en", "EN-GB": "en"} {
		if got, ok := ParseLanguage(cell); !ok || got != want {
			t.Errorf("%q: %q", cell, got)
		}
	}
	for _, cell := range []string{"", "saame", "de", "suomi ja ruotsi", strings.Repeat("fi", 30)} {
		if got, ok := ParseLanguage(cell); ok {
			t.Errorf("%q: %q", cell, got)
		}
	}
}

func TestLetter(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Letter(i); got != want {
			t.Error(i, got, want)
		}
	}
}

func TestBaseName(t *testing.T) {
	for in, want := range map[string]string{"a.csv": "a.csv", "/x/y/a.csv": "a.csv", `C:\kyselyt\vastaukset 2022.csv`: "vastaukset 2022.csv"} {
		if got := BaseName(in); got != want {
			t.Error(in, got)
		}
	}
}

func TestTrim(t *testing.T) {
	for in, want := range map[string]string{"": "", " ": "", "\u00a0\u200b\ufeff\t": "", " a ": "a", "ä ": "ä", "\u2003å\u2003": "å", "a b": "a b", "\xff ": "\xff", "😀\u00a0": "😀"} {
		if got := string(trim([]byte(in))); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestShorten(t *testing.T) {
	if got := shorten("a\n b " + strings.Repeat("ä", 50)); got != "a b "+strings.Repeat("ä", 35)+"…" {
		t.Error(got)
	}
	if got := clip(strings.Repeat("ä", 1500)); len(got) > sampleChars+len("…") || !strings.HasSuffix(got, "ä…") {
		t.Error(len(got))
	}
}
