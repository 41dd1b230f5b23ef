package query

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/themes"
)

// shape writes a tree so that every difference shows.
func shape(n Node) string {
	list := func(name string, nodes []Node) string {
		parts := make([]string, len(nodes))
		for i, c := range nodes {
			parts[i] = shape(c)
		}
		return name + "(" + strings.Join(parts, " ") + ")"
	}
	switch n := n.(type) {
	case nil:
		return "all"
	case *And:
		return list("and", n.Nodes)
	case *Or:
		return list("or", n.Nodes)
	case *Not:
		return "not(" + shape(n.Node) + ")"
	case *Word:
		return n.Text
	case *Phrase:
		if n.Loose {
			return "loose[" + n.Text + "]"
		}
		return "[" + n.Text + "]"
	case *Pattern:
		return "pattern[" + n.Text + "]"
	case *Fuzzy:
		return fmt.Sprintf("fuzzy%d[%s]", n.Distance, n.Text)
	case *Field:
		s := n.Label()
		for _, v := range n.Values {
			s += "=" + v.Text
		}
		return s
	}
	return "?"
}

func regions(name string) (string, bool) {
	if name == "region" || name == "maakunta" {
		return "region", true
	}
	return "", false
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "all",
		" \t\u00a0\u0007 ":                     "all",
		"palvelu":                              "palvelu",
		"kunta palvelu":                        "and(kunta palvelu)",
		"kunta AND palvelu":                    "and(kunta palvelu)",
		"a1 OR b1":                             "or(a1 b1)",
		"a1 TAI b1 ELLER c1 | d1":              "or(a1 b1 c1 d1)",
		"a1 b1 OR c1":                          "or(and(a1 b1) c1)",
		"a1 (b1 OR c1)":                        "and(a1 or(b1 c1))",
		"tai eller or not":                     "and(tai eller or not)",
		"-hanke kunta":                         "and(not(hanke) kunta)",
		"−hanke":                               "not(hanke)",
		"NOT hanke":                            "not(hanke)",
		"--hanke":                              "not(not(hanke))",
		"-(a1 OR b1)":                          "not(or(a1 b1))",
		`"kunnan tuki"`:                        "[kunnan tuki]",
		`”kunnan tuki” «stöd»`:                 "and([kunnan tuki] [stöd])",
		`"kunta tuki"~`:                        "loose[kunta tuki]",
		`kunta"tuki"`:                          "and(kunta [tuki])",
		"maahan*":                              "pattern[maahan*]",
		"*työ":                                 "pattern[*työ]",
		"ko**tu***":                            "pattern[ko*tu*]",
		"yhteistyö~":                           "fuzzy0[yhteistyö]",
		"yhteistyö~2":                          "fuzzy2[yhteistyö]",
		"teema:koordinaatio":                   "theme=koordinaatio",
		"Tema:koordinering":                    "theme=koordinering",
		"theme: koordinaatio":                  "theme=koordinaatio",
		`teema:"Palvelut ruotsiksi" kunta`:     "and(theme=Palvelut ruotsiksi kunta)",
		`språk:sv,en`:                          "language=sv=en",
		`kieli:fi, sv`:                         "and(language=fi sv)",
		`läge:"ei koodattu","ei teemaa"`:       "state=ei koodattu=ei teemaa",
		"la\u0308ge:open":                      "state=open",
		"-kierros:2022":                        "not(round=2022)",
		"fråga:q11a kysymys:q2 question:q3":    "and(question=q11a question=q2 question=q3)",
		"kodare:anna koodaaja:b1 coder:c1":     "and(coder=anna coder=b1 coder=c1)",
		"maakunta:Etelä-Savo":                  "region=Etelä-Savo",
		"EU:n STM:lle klo 12:30 huom: asia":    "and(EU:n STM:lle klo 12:30 huom: asia)",
		"https://avokoodi.fi/a":                "https://avokoodi.fi/a",
		"kunta, valtio!":                       "and(kunta, valtio!)",
		"kunta … & valtio":                     "and(kunta valtio)",
		"sosiaali- ja terveysala":              "and(sosiaali- ja terveysala)",
		"tai\u0301 \U0001F600 kunta\U0001F600": "and(tai\u0301 kunta\U0001F600)",
	} {
		q, err := Parse(text, regions)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := shape(q.Root); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		again, err := Parse(q.String(), regions)
		if err != nil {
			t.Errorf("%q written as %q: %v", text, q.String(), err)
		} else if got := shape(again.Root); got != want {
			t.Errorf("%q written as %q: %s, want %s", text, q.String(), got, want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		`kunta "tuki`:                 "quote_open 6–7",
		`äö "`:                        "quote_open 3–4",
		`kunta ""`:                    "quote_empty 6–8",
		`"..."`:                       "quote_empty 0–5",
		"kunta -":                     "minus_alone 6–7",
		"kunta - tuki":                "minus_alone 6–7",
		"(kunta -)":                   "minus_alone 7–8",
		"kunta NOT":                   "minus_alone 6–9",
		"OR kunta":                    "or_alone 0–2",
		"kunta OR":                    "or_alone 6–8",
		"kunta OR OR tuki":            "or_alone 9–11",
		"(kunta OR) tuki":             "or_alone 7–9",
		"(kunta":                      "open_alone 0–1",
		"kunta (":                     "open_alone 6–7",
		"kunta ( )":                   "group_empty 6–9",
		"kunta)":                      "close_alone 5–6",
		")":                           "close_alone 0–1",
		"***":                         "star_short 0–3",
		"kunta a*":                    "star_short 6–8",
		"*ab":                         "star_short 0–3",
		"a*kunta":                     "star_short 0–7",
		"ab~":                         "fuzzy_short 0–3",
		"kunta~3":                     "fuzzy_distance 0–7",
		"asia:tärkeä":                 "field_unknown 0–4",
		`asia:"tärkeä juttu"`:         "field_unknown 0–4",
		"ääkköset teema:":             "value_missing 9–15",
		`teema:"`:                     "quote_open 6–7",
		`teema:(a1 OR b1)`:            "value_missing 0–6",
		"!!! ...":                     "no_words 0–3",
		"\U0001F600":                  "no_words 0–1",
		strings.Repeat("a ", 1500):    "too_long 2000–3000",
		strings.Repeat("a ", 300):     "too_many 400–401",
		strings.Repeat("(", 50):       "too_deep 20–21",
		strings.Repeat("-", 50) + "a": "too_deep 20–21",
	} {
		_, err := Parse(text, regions)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q: error %v", text, err)
			continue
		}
		got := fmt.Sprintf("%s %d–%d", strings.TrimPrefix(e.Key, "query."), e.Start, e.End)
		if got != want {
			t.Errorf("%.40q: %s, want %s", text, got, want)
		}
		var p coding.Problem
		if !errors.As(err, &p) || p.Field != "q" || p.Key != e.Key {
			t.Errorf("%.40q: problem %v", text, p)
		}
	}
}

func TestPlaces(t *testing.T) {
	text := `ääni -"kunnan tuki" (teema:"a b",c OR työ~)`
	q, err := Parse(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	runes := []rune(text)
	var got []string
	q.Leaves(func(n Node, not bool) {
		at := n.At()
		got = append(got, fmt.Sprintf("%v %s", not, string(runes[at.Start:at.End])))
	})
	want := `[false ääni true "kunnan tuki" false teema:"a b",c false työ~]`
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if at := q.Root.At(); at.Start != 0 || at.End != len(runes)-1 {
		t.Errorf("root at %v", at)
	}
}

func TestForKeywords(t *testing.T) {
	k := themes.Keywords{
		FI: []string{"palvelu", "ruotsinkieliset palvelut", "EU:n", "TAI", "(…)"},
		SV: []string{"service", "-tjänst"},
		EN: []string{"service", `so-called "service"`},
	}
	got := ForKeywords(k)
	want := `palvelu OR "ruotsinkieliset palvelut"~ OR "eu:n"~ OR tai OR service OR tjänst OR "so-called service"~`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := Parse(got, nil); err != nil {
		t.Error(err)
	}
	if got := ForKeywords(themes.Keywords{}); got != "" {
		t.Errorf("nothing gives %q", got)
	}
}

func TestFieldNames(t *testing.T) {
	for _, k := range Kinds {
		for _, lang := range []string{"fi", "sv", "en"} {
			name := FieldName(k, lang)
			if got, _, ok := Variables(nil).lookup(strings.ToUpper(name)); !ok || got != k {
				t.Errorf("%s: %q is %v", lang, name, got)
			}
		}
	}
	if FieldName(KindVariable, "fi") != "" {
		t.Error("a variable has no fixed name")
	}
}

// TestMessages: every key has a message in each language, with no placeholder that is not filled.
func TestMessages(t *testing.T) {
	args := map[string]int{}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`fail\(.*, "(\w+)"((?:, [\w.]+)*)\)`)
	for _, path := range sources {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(data), -1) {
			args["query."+m[1]] = strings.Count(m[2], ",") + 1
		}
	}
	if len(args) < 15 {
		t.Fatalf("found only %v", args)
	}
	for _, lang := range []string{"fi", "sv", "en"} {
		data, err := os.ReadFile(filepath.Join("../../ui/i18n/catalog", "query."+lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		messages := map[string]string{}
		if err := json.Unmarshal(data, &messages); err != nil {
			t.Fatal(err)
		}
		for key, n := range args {
			text, ok := messages[key]
			if !ok {
				t.Errorf("%s: no message %s", lang, key)
			}
			for i := n; i < 5; i++ {
				if strings.Contains(text, fmt.Sprintf("{%d}", i)) {
					t.Errorf("%s: %s has {%d} but %d arguments", lang, key, i, n)
				}
			}
			delete(messages, key)
		}
		for key := range messages {
			if strings.HasPrefix(key, "query.") {
				t.Errorf("%s: %s is never used", lang, key)
			}
		}
	}
}
