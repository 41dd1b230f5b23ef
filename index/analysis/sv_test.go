package analysis

import (
	"slices"
	"testing"
)

func TestSwedishWords(t *testing.T) {
	sv := rulesEngine().For(Swedish)
	for base, words := range map[string][]string{
		"flicka":    {"flickan", "flickor", "flickorna", "flickans", "flickornas"},
		"pojke":     {"pojken", "pojkar", "pojkarna"},
		"hus":       {"huset", "husen", "husets"},
		"rum":       {"rummet", "rummen"},
		"exempel":   {"exemplet", "exemplen"},
		"lärare":    {"läraren", "lärarna", "lärarens"},
		"samhälle":  {"samhället", "samhällen", "samhällets"},
		"möjlighet": {"möjligheten", "möjligheter", "möjligheterna"},
		"museum":    {"museet", "museer"},
		"stad":      {"staden", "städer", "städerna", "städernas"},
		"bok":       {"boken", "böcker", "böckerna"},
		"fin":       {"fint", "fina", "finare", "finast"},
		"säker":     {"säkert", "säkra"},
		"ny":        {"nytt", "nya", "nyare"},
		"känd":      {"känt", "kända"},
		"liten":     {"litet", "små", "mindre", "minsta"},
		"arbeta":    {"arbetar", "arbetade", "arbetat", "arbetas"},
		"köpa":      {"köper", "köpte", "köpt", "köps"},
		"glömma":    {"glömmer", "glömde", "glömt"},
		"leda":      {"leder", "ledde", "lett"},
		"bo":        {"bor", "bodde", "bott"},
		"skriva":    {"skriver", "skrev", "skrivit", "skrivs"},
		"förstå":    {"förstår", "förstod", "förstått"},
		"få":        {"får", "fick", "fått"},
		"vara":      {"är", "var", "varit"},
	} {
		for _, word := range words {
			if !slices.Contains(basesOf(sv, word), base) {
				t.Errorf("%s: %q lacks %s", word, basesOf(sv, word), base)
			}
		}
	}
}

func TestSwedishCompounds(t *testing.T) {
	sv := rulesEngine().For(Swedish)
	for word, want := range map[string][]string{
		"integrationsarbetet":  {"integration", "arbete"},
		"arbetsmarknaden":      {"arbete", "marknad"},
		"familjemedlemmarna":   {"familj", "medlem"},
		"hälsovårdscentralen":  {"hälsa", "vård", "central"},
		"utvecklingsländerna":  {"utveckling", "land"},
		"språkundervisning":    {"språk", "undervisning"},
		"ungdomsgårdar":        {"ungdom", "gård"},
		"skolelev":             {"skola", "elev"},
		"barn- och ungdomsråd": {"ungdom", "råd"},
		"EU-medlem":            {"eu", "medlem"},
	} {
		if got := partsOf(sv, word); !slices.Equal(got, want) {
			t.Errorf("%s: parts %q, want %q", word, got, want)
		}
	}
}

// TestSwedishPlainWords are no compounds, whatever they look like.
func TestSwedishPlainWords(t *testing.T) {
	sv := rulesEngine().For(Swedish)
	for _, word := range []string{
		"planering", "verksamheten", "möjligheter", "läkaren", "lärarna", "svenskarna", "information", "tillsammans", "sammanhang", "psykologiska",
		"gynnsam", "skapandet", "svårigheter", "människorna", "transporten", "rapporter", "utvecklingen", "deltagare", "föreningen", "offentlig",
		"naturligtvis", "kommunikation", "universitetet", "föräldrarna", "diskriminering", "anmärkning", "restaurangen", "populära", "officiell",
	} {
		if got := partsOf(sv, word); len(got) > 0 {
			t.Errorf("%s was cut into %q", word, got)
		}
	}
}

func TestSwedishQuery(t *testing.T) {
	sv := rulesEngine().For(Swedish)
	for _, test := range []struct {
		query, text string
		found       bool
	}{
		{"arbete", "integrationsarbetet fungerar", true},
		{"integrationsarbete", "arbetet fungerar", false},
		{"integrationsarbetet", "ett bra integrationsarbete", true},
		{"kvinna", "kvinnornas röster", true},
		{"land", "industriländer", true},
		{"får", "man får inte", true},
		{"har", "här", false},
	} {
		if got := finds(sv, test.query, test.text); got != test.found {
			t.Errorf("%q in %q: %v", test.query, test.text, got)
		}
	}
}
