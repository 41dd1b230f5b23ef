package analysis

import (
	"slices"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// TestReadings interprets outputs as the real dictionary gives them.
func TestReadings(t *testing.T) {
	for _, test := range []struct {
		word, output string
		want         reading
	}{
		{"talossa", "[Ln][Xp]talo[X]talo[Sine]ssa", reading{base: "talo"}},
		{"palvelu", "[Lt][Xp]palvella[X]palvel[Ln][Xj]u[X]u", reading{base: "palvelu"}},
		{"saanut", "[Lt][Xp]saada[X]saa[Ll][Ru]n[Xj]ut[X]ut", reading{base: "saanut", also: []string{"saada"}, derived: true, past: true}},
		{"tekemä", "[Lt][Xp]tehdä[X]teke[Ln]m[Xj]ä[X][Rm]ä", reading{base: "tekemä", also: []string{"tehdä"}, derived: true}},
		{"käyvä", "[Lt][Xp]käydä[X]käy[Ll]v[Xj]ä[X]ä", reading{base: "käyvä", also: []string{"käydä"}, derived: true}},
		{"uudistumisen", "[Lt][Xp]uudistaa[X]uudist[Xj]ua[X]u[Tn4]misen", reading{base: "uudistuminen", also: []string{"uudistua"}}},
		{"kuusi", "[Ln][Xp]kuu[X]kuu[O2y]si", reading{base: "kuu", possessive: true}},
		{"sairaus-", "[Ln][Xp]sairaus[X]sairaus-[Bc]", reading{base: "sairaus", joints: 1}},
		{"yhdys-", "[Lp]yhdys-[Bc]", reading{base: "yhdys", joints: 1}},
		{
			"eu-virkamies", "[Xp]eu[X]eu-[Bc][Ln][Xp]virka[X]virka[Bc][Ln][Xp]mies[X]mies",
			reading{base: "eu-virkamies", parts: []string{"eu", "eu-virka", "virka", "virkamies", "mies"}, joints: 2},
		},
		{
			"maahanmuuttaja", "[Ln][Xp]maahan=muuttaja[X]maahan[Bm]muuttaja",
			reading{base: "maahanmuuttaja", inner: [][]string{{"maahan", "muuttaja"}}},
		},
		{
			"allekirjoittanut", "[Lt][Xp]alle=kirjoittaa[X]alle[Bm]kirjoitta[Ll][Ru]n[Xj]ut[X]",
			reading{base: "allekirjoittanut", also: []string{"allekirjoittaa"}, inner: [][]string{{"alle", "kirjoittanut"}}, derived: true, past: true},
		},
		{
			"isossa-britanniassa", "[Ll][De][Xp]iso[X]iso[Sine]ssa-[Bc][Ln][Xp]britannia[X]britannia[Sine]ssa",
			reading{base: "iso-britannia", parts: []string{"iso", "britannia"}, joints: 1},
		},
	} {
		v := newVoikko(mustParse(t, wordDictionary([2]string{test.word, test.output})))
		got := v.readings(test.word)
		if len(got) != 1 {
			t.Errorf("%s: %d readings", test.word, len(got))
			continue
		}
		g := got[0]
		same := g.base == test.want.base && slices.Equal(g.also, test.want.also) && slices.Equal(g.parts, test.want.parts) &&
			slices.EqualFunc(g.inner, test.want.inner, slices.Equal) && g.joints == test.want.joints &&
			g.possessive == test.want.possessive && g.derived == test.want.derived && g.past == test.want.past
		if !same {
			t.Errorf("%s:\n got %+v\nwant %+v", test.word, g, test.want)
		}
	}
}

// TestManyParts bounds the runs of parts of a monster.
func TestManyParts(t *testing.T) {
	word, output := "", ""
	for range 12 {
		word += "talo"
		output += "[Ln][Xp]talo[X]talo[Bc]"
	}
	v := newVoikko(mustParse(t, wordDictionary([2]string{word, output})))
	got := v.readings(word)
	if len(got) != 1 || got[0].base != word {
		t.Fatalf("got %+v", got)
	}
	if n := len(got[0].parts); n > 12*maxRuns {
		t.Errorf("%d parts", n)
	}
}

// TestLikely drops what only a dictionary would think of.
func TestLikely(t *testing.T) {
	v := newVoikko(mustParse(t, wordDictionary(
		[2]string{"kuusi", "[Ln][Xp]kuu[X]kuu[O2y]si"},
		[2]string{"kuusi", "[Ln][Xp]kuusi[X]kuusi"},
		[2]string{"paikkaansa", "[Ln][Xp]paikka[X]paikka[Bc][Ln][Xp]ansa[X]ansa"},
		[2]string{"paikkaansa", "[Ln][Xp]paikka[X]paikkaansa"},
		[2]string{"autosi", "[Ln][Xp]auto[X]auto[O2y]si"},
	)))
	for word, want := range map[string]string{"kuusi": "kuusi", "paikkaansa": "paikka", "autosi": "auto"} {
		if got := likely(v.readings(word)); len(got) != 1 || got[0].base != want {
			t.Errorf("%s: got %+v, want %s", word, got, want)
		}
	}
}

// dictionaryEngine uses the dictionary of this machine.
func dictionaryEngine(t testing.TB) *Engine {
	e := New(Options{})
	if _, found, reason := e.Dictionary(); !found {
		needed.Missing(t, "no Finnish dictionary on this machine: %v", reason)
	}
	return e
}

func TestDictionaryWords(t *testing.T) {
	fi := dictionaryEngine(t).For(Finnish)
	for _, test := range []struct {
		word         string
		bases, parts []string
	}{
		{"maahanmuuttajapalveluiden", []string{"maahanmuuttajapalvelu"}, []string{"maahanmuuttaja", "palvelu"}},
		{"terveydenhuoltojärjestelmässä", []string{"terveydenhuoltojärjestelmä"}, []string{"terveys", "terveydenhuolto", "huolto", "huoltojärjestelmä", "järjestelmä"}},
		{"EU-virkamiehen", []string{"eu-virkamies"}, []string{"eu", "eu-virka", "virka", "virkamies", "mies"}},
		{"Isossa-Britanniassa", []string{"iso-britannia"}, []string{"iso", "britannia"}},
		{"demokraatin", []string{"demokraatti"}, nil},
		{"maahanmuutosta", []string{"maahanmuutto"}, nil},
		{"saanut", []string{"saada"}, nil},
		{"tehdyssä", []string{"tehty", "tehdä"}, nil},
		{"kuin", []string{"kuin"}, nil},
		{"parempia", []string{"parempi", "hyvä"}, nil},
		{"sosiaali-", []string{"sosiaali"}, nil},
		{"THL:llä", []string{"thl"}, nil},
		{"brexit-äänestyksen", []string{"brexit-äänestys"}, []string{"brexit", "äänestys"}},
		{"tietoo", []string{"tieto"}, nil},
		{"semmosia", []string{"semmoinen"}, nil},
		{"onks", []string{"olla"}, nil},
		{"mahollista", []string{"mahdollinen", "mahdollistaa"}, nil},
	} {
		if got := basesOf(fi, test.word); !slices.Equal(got, test.bases) {
			t.Errorf("%s: base forms %q, want %q", test.word, got, test.bases)
		}
		if got := partsOf(fi, test.word); !slices.Equal(got, test.parts) {
			t.Errorf("%s: parts %q, want %q", test.word, got, test.parts)
		}
	}
}
