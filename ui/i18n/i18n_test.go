package i18n

import (
	"regexp"
	"slices"
	"testing"
)

var slot = regexp.MustCompile(`\{\d\}`)

// TestCatalogParity holds the three languages equal: the same keys, the same arguments, the same plural forms.
func TestCatalogParity(t *testing.T) {
	all, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(all["fi"]) < 100 {
		t.Fatalf("only %d messages: the catalogues were not read", len(all["fi"]))
	}
	for _, l := range Langs {
		for key, m := range all[l] {
			for _, other := range Langs {
				o, ok := all[other][key]
				if !ok {
					t.Errorf("%s has %q, %s has not", l, key, other)
					continue
				}
				if (m.one == "") != (o.one == "") {
					t.Errorf("%q has 'one' in %s or %s only", key, l, other)
				}
				if a, b := slots(m.other), slots(o.other); !slices.Equal(a, b) {
					t.Errorf("%q takes %v in %s and %v in %s", key, a, l, b, other)
				}
			}
			if m.other == "" {
				t.Errorf("%s: %q is empty", l, key)
			}
		}
	}
}

func slots(s string) []string {
	found := slot.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Int("fi", 1234567), "1\u00a0234\u00a0567"},
		{Int("en", 100000), "100,000"},
		{Int("sv", -12), "−12"},
		{Decimal("fi", 0.306, 2), "0,31"},
		{Decimal("en", 0.306, 2), "0.31"},
		{Percent("fi", 0.163), "16\u00a0%"},
		{Percent("en", 0.163), "16%"},
		{Match("fi-FI,fi;q=0.9,en;q=0.8"), "fi"},
		{Match("sv_FI.UTF-8"), "sv"},
		{Match("C.UTF-8"), "en"},
		{Match("de-DE"), "en"},
		{Match(""), "en"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestPlaces: arguments go where their numbers stand, and a brace that is no place stays.
func TestPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"{0} of {1}": "a of {0}", "{1}{0}{1}": "{0}a{0}", "{2} {x} {": "{2} {x} {", "}{0}": "}a", "{+0} {-1} {}": "{+0} {-1} {}", "ä{0}ö": "äaö",
	} {
		catalogs()["en"]["test.places"] = message{other: text}
		if got := T("en", "test.places", "a", "{0}"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	delete(catalogs()["en"], "test.places")
}
