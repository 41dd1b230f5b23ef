package analysis

import (
	"slices"
	"testing"
)

func TestToStrong(t *testing.T) {
	for weak, want := range map[string]string{
		"kadu": "katu", "luvu": "luku", "puvu": "puku", "kuka": "kukka", "lammu": "lampu", "kauppa": "kauppa", "rinna": "rinta", "kenga": "kenka",
		"kulla": "kulta", "virra": "virta", "jala": "jalka", "jae": "jake", "talo": "talo", "lehde": "lehte", "auto": "auto", "vaa'a": "vaaka",
	} {
		s, _ := toLatin1(weak)
		var stems []string
		for _, g := range toStrong(s) {
			stems = append(stems, fromLatin1(g.stem))
		}
		if !slices.Contains(stems, want) {
			t.Errorf("%s: %q lacks %s", weak, stems, want)
		}
	}
}

func TestToWeak(t *testing.T) {
	for strong, want := range map[string]string{"rikka": "rika", "satee": "satee", "tarte": "tarre", "hampa": "hamma", "pelkä": "pelä", "tapa": "tava", "talo": "talo"} {
		s, _ := toLatin1(strong)
		var stems []string
		for _, g := range toWeak(s) {
			stems = append(stems, fromLatin1(g.stem))
		}
		if !slices.Contains(stems, want) {
			t.Errorf("%s: %q lacks %s", strong, stems, want)
		}
	}
}

// TestGuess looks for the base form among the guesses, whatever the word
// lists say.
func TestGuess(t *testing.T) {
	for base, words := range map[string][]string{
		"talo":         {"talon", "taloa", "talossa", "talosta", "taloon", "talolla", "talolta", "talolle", "talona", "taloksi", "talotta", "talot", "talojen", "taloja", "taloissa", "taloihin", "taloineen", "talonsa", "talossani", "taloissammekin"},
		"katu":         {"kadun", "katua", "kadulla", "katuun", "kadut", "katujen", "katuja", "kaduilla"},
		"kauppa":       {"kaupan", "kauppaa", "kaupassa", "kauppaan", "kaupat", "kauppoja", "kaupoissa", "kauppojen"},
		"kivi":         {"kiven", "kiveä", "kivessä", "kivet", "kivien", "kiviä", "kivissä", "kiviin"},
		"käsi":         {"käden", "kättä", "kädessä", "käteen", "kädet", "käsien", "käsiä", "käsissä"},
		"nainen":       {"naisen", "naista", "naisella", "naiset", "naisten", "naisia", "naisilla", "naisiin"},
		"huone":        {"huoneen", "huonetta", "huoneessa", "huoneeseen", "huoneet", "huoneiden", "huoneita", "huoneissa"},
		"sade":         {"sateen", "sadetta", "sateessa", "sateet", "sateita"},
		"rikas":        {"rikkaan", "rikasta", "rikkaat", "rikkaiden", "rikkaita", "rikkaille"},
		"vastaus":      {"vastauksen", "vastausta", "vastauksessa", "vastaukset", "vastausten", "vastauksia", "vastauksiin"},
		"mahdollisuus": {"mahdollisuuden", "mahdollisuutta", "mahdollisuuteen", "mahdollisuudet", "mahdollisuuksia", "mahdollisuuksien"},
		"puhelin":      {"puhelimen", "puhelinta", "puhelimessa", "puhelimet", "puhelimia"},
		"tytär":        {"tyttären", "tytärtä", "tyttäret", "tyttäriä"},
		"maa":          {"maan", "maata", "maassa", "maahan", "maat", "maiden", "maita", "maissa", "maihin"},
		"työ":          {"työn", "työtä", "työssä", "työhön", "työt", "töiden", "töitä", "töissä"},
		"suomalainen":  {"suomalaisen", "suomalaista", "suomalaisille", "suomalaisiin"},
		"vanha":        {"vanhan", "vanhempi", "vanhemman", "vanhempaa", "vanhin", "vanhimman"},
		"kaunis":       {"kauniin", "kaunista", "kauniit", "kauniita"},
		"maksuton":     {"maksuttoman", "maksutonta", "maksuttomia"},
		"puhua":        {"puhun", "puhuu", "puhumme", "puhuvat", "puhuin", "puhui", "puhuisi", "puhutaan", "puhuttiin", "puhunut", "puhumaan", "puhuminen", "puhuessa", "puhuva", "puhuttu"},
		"antaa":        {"annan", "antaa", "antavat", "annoin", "antoi", "antaisi", "annetaan", "annettiin", "antanut", "antamaan", "annettu"},
		"lukea":        {"luen", "lukee", "lukevat", "luki", "lukisi", "luetaan", "lukenut", "lukemaan", "lukiessa"},
		"tulla":        {"tulen", "tulee", "tulevat", "tuli", "tulisi", "tullaan", "tultiin", "tullut", "tulemaan", "tullessa"},
		"haluta":       {"haluan", "haluaa", "haluavat", "halusi", "haluaisi", "halutaan", "haluttiin", "halunnut", "haluamaan"},
		"tavata":       {"tapaan", "tapaa", "tapasi", "tapaisi", "tavataan", "tavattiin", "tavannut", "tapaamaan"},
		"tarvita":      {"tarvitsen", "tarvitsee", "tarvitsi", "tarvitaan", "tarvinnut"},
		"syödä":        {"syön", "syövät", "söi", "söisi", "syödään", "syötiin", "syönyt", "syömään"},
		"nousta":       {"nousen", "nousee", "nousi", "noustaan", "noustiin", "noussut", "nousemaan"},
		"ajatella":     {"ajattelen", "ajattelee", "ajatteli", "ajatellaan", "ajatellut", "ajattelemaan"},
		"ymmärtää":     {"ymmärrän", "ymmärtää", "ymmärsi", "ymmärtäisi", "ymmärretään", "ymmärtänyt"},
		"vanheta":      {"vanhenen", "vanhenee", "vanheni"},
	} {
		for _, word := range words {
			if !slices.ContainsFunc(guess(word), func(g graded) bool { return g.stem == base }) {
				t.Errorf("%s is not among the guesses for %s", base, word)
			}
		}
	}
}

// TestRulesWords checks what is indexed without a dictionary.
func TestRulesWords(t *testing.T) {
	fi := rulesEngine().For(Finnish)
	for _, test := range []struct {
		word         string
		bases, parts []string
	}{
		{"palveluiden", []string{"palvelu"}, nil},
		{"kaupungeissa", []string{"kaupunki"}, nil},
		{"kotoutujille", []string{"kotoutuja"}, nil},
		{"eivät", []string{"ei"}, nil},
		{"parempaa", []string{"parempi"}, nil},
		{"maahanmuuttajapalveluiden", []string{"maahanmuuttajapalvelu"}, []string{"maahanmuuttaja", "palvelu"}},
		{"kansalaisjärjestöt", []string{"kansalaisjärjestö"}, []string{"kansalainen", "kansalais", "järjestö"}},
		{"lastensuojelun", []string{"lastensuojelu"}, []string{"lapsi", "suojelu"}},
		{"terveydenhuolto", []string{"terveydenhuolto"}, []string{"terveys", "huolto"}},
		{"opiskelupaikkaa", []string{"opiskelupaikka"}, []string{"opiskelu", "paikka"}},
		{"kokoontumistiloja", []string{"kokoontumistila"}, []string{"kokoontuminen", "tila"}},
		{"mahdollisuuden", []string{"mahdollisuus"}, nil},
		{"koodaamassa", nil, nil},
		{"2024", []string{"2024"}, nil},
		{"A4-paperit", []string{"a4-paperi"}, []string{"a4", "paperi"}},
	} {
		if got := basesOf(fi, test.word); test.bases != nil && !slices.Equal(got, test.bases) {
			t.Errorf("%s: base forms %q, want %q", test.word, got, test.bases)
		}
		if got := partsOf(fi, test.word); !slices.Equal(got, test.parts) {
			t.Errorf("%s: parts %q, want %q", test.word, got, test.parts)
		}
	}
}

// TestSpoken finds words by their written base form without a dictionary.
func TestSpoken(t *testing.T) {
	fi := rulesEngine().For(Finnish)
	for spoken, base := range map[string]string{
		"mun": "minä", "oon": "olla", "ois": "olla", "tehny": "tehdä", "tullu": "tulla", "sais": "saada", "tietoo": "tieto",
		"tämmösiä": "tämmöinen", "pieneks": "pieni", "tarviin": "tarvita",
	} {
		if !slices.Contains(basesOf(fi, spoken), base) {
			t.Errorf("%s: %q lacks %s", spoken, basesOf(fi, spoken), base)
		}
	}
}

// TestQuery checks what a query looks for, as against what is indexed.
func TestQuery(t *testing.T) {
	for _, e := range []*Engine{rulesEngine(), New(Options{})} {
		fi := e.For(Finnish)
		for _, test := range []struct {
			query, text string
			found       bool
		}{
			{"palvelu", "Maahanmuuttajapalveluiden laatu", true},
			{"maahanmuuttajapalvelu", "Maahanmuuttajapalveluiden laatu", true},
			{"maahanmuuttajapalvelu", "palvelu oli hyvä", false},
			{"maahanmuuttajapalvelut", "palvelut toimivat", false},
			{"palveluja", "palvelu", true},
			{"kuu", "kuusi kuusen", false},
			{"kuusi", "kuusen", true},
			{"saari", "sääri", false},
			{"sääri", "saari", false},
			{"terveyspalvelut", "terveyspalveluista", true},
			{"huono palvelu", "palvelut olivat huonoja", true},
			{"huono palvelu", "palvelut olivat hyviä", false},
		} {
			if got := finds(fi, test.query, test.text); got != test.found {
				_, dictionary, _ := e.Dictionary()
				t.Errorf("dictionary %v: %q in %q: %v", dictionary, test.query, test.text, got)
			}
		}
	}
}
