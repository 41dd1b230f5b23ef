package analysis

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// testArc is one transition of a hand-made transducer; symbols by name.
type testArc struct {
	in, out string
	target  int // state number
	final   bool
}

// buildVFST writes a dictionary file with the given symbols and states.
func buildVFST(symbols []string, states [][]testArc) []byte {
	le := binary.LittleEndian
	data := le.AppendUint32(nil, vfstMagic1)
	data = le.AppendUint32(data, vfstMagic2)
	data = append(data, make([]byte, 8)...)
	data = le.AppendUint16(data, uint16(len(symbols)))
	for _, s := range symbols {
		data = append(append(data, s...), 0)
	}
	for len(data)%vfstRecord != 0 {
		data = append(data, 0)
	}
	first := make([]int, len(states))
	for i, n := 0, 0; i < len(states); i++ {
		first[i] = n
		n += len(states[i])
		if len(states[i]) > vfstOverflow {
			n++
		}
	}
	for _, arcs := range states {
		for k, a := range arcs {
			in, target := slices.Index(symbols, a.in), 0
			if a.final {
				in = vfstFinal
			} else {
				target = first[a.target]
			}
			if k == 0 {
				target |= min(len(arcs)-1, vfstOverflow) << 24
			}
			data = le.AppendUint16(data, uint16(in))
			data = le.AppendUint16(data, uint16(max(slices.Index(symbols, a.out), 0)))
			data = le.AppendUint32(data, uint32(target))
			if k == 0 && len(arcs) > vfstOverflow {
				data = le.AppendUint32(data, uint32(len(arcs)-1))
				data = le.AppendUint32(data, 0)
			}
		}
	}
	return data
}

// testTags are the tags that hand-made dictionaries use.
var testTags = []string{"[Ln]", "[Lt]", "[Ll]", "[Lp]", "[Xp]", "[Xj]", "[X]", "[Bc]", "[Bm]", "[Tn4]", "[Ru]", "[Rt]", "[Rm]", "[De]", "[Sine]", "[O2y]"}

const testLetters = "-=abcdefghijklmnopqrstuvwxyzäåö"

// wordDictionary writes a dictionary of 'word analysis' pairs, the analysis as
// Voikko gives it.
func wordDictionary(entries ...[2]string) []byte {
	symbols := []string{""}
	for _, r := range testLetters {
		symbols = append(symbols, string(r))
	}
	symbols = append(symbols, testTags...)
	states := [][]testArc{{}, {{final: true}}}
	for _, e := range entries {
		from := 0
		step := func(in, out string, last bool) {
			to := len(states)
			if last {
				to = 1
			} else {
				states = append(states, nil)
			}
			states[from] = append(states[from], testArc{in: in, out: out, target: to})
			from = to
		}
		for rest := e[1]; rest != ""; {
			n := len(string([]rune(rest)[0]))
			if rest[0] == '[' {
				n = strings.IndexByte(rest, ']') + 1
			}
			step("", rest[:n], false)
			rest = rest[n:]
		}
		letters := []rune(e[0])
		for i, r := range letters {
			step(string(r), "", i == len(letters)-1)
		}
	}
	return buildVFST(symbols, states)
}

// tinyDictionary holds enough for an engine to accept it.
func tinyDictionary() []byte {
	return wordDictionary(
		[2]string{"talo", "[Ln][Xp]talo[X]talo"},
		[2]string{"talossa", "[Ln][Xp]talo[X]talo[Sine]ssa"},
		[2]string{"olla", "[Lt][Xp]olla[X]olla"},
		[2]string{"hyvä", "[Ll][Xp]hyvä[X]hyvä"},
		[2]string{"maahanmuuttajapalveluiden", "[Ln][Xp]maahan=muuttaja[X]maahan[Bm]muuttaja[Bc][Lt][Xp]palvella[X]palvel[Ln][Xj]u[X]uiden"},
	)
}

func lookupAll(t *transducer, word string) []string {
	var all []string
	t.lookup(word, func(output []uint16) bool {
		s := ""
		for _, o := range output {
			s += t.symbols[o]
		}
		all = append(all, s)
		return true
	})
	return all
}

func mustParse(t testing.TB, data []byte) *transducer {
	t.Helper()
	tr, err := parseVFST(data)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func TestLookup(t *testing.T) {
	tr := mustParse(t, tinyDictionary())
	for word, want := range map[string][]string{
		"talo":    {"[Ln][Xp]talo[X]talo"},
		"talossa": {"[Ln][Xp]talo[X]talo[Sine]ssa"},
		"talos":   nil, // only the beginning of a word
		"":        nil,
		"tal€":    nil, // a letter that the dictionary lacks
	} {
		if got := lookupAll(tr, word); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

// TestFlagDiacritics walks a transducer where a flag decides whether a path is
// open.
func TestFlagDiacritics(t *testing.T) {
	symbols := []string{"", "@P.F.ON@", "@P.F.OFF@", "@C.F@", "@U.F.ON@", "@R.F@", "@R.F.ON@", "@D.F@", "@D.F.ON@", "a"}
	for _, test := range []struct {
		flags string
		open  bool
	}{
		{"", true},
		{"@R.F@", false},
		{"@R.F.ON@", false},
		{"@D.F@", true},
		{"@D.F.ON@", true},
		{"@U.F.ON@", true},
		{"@P.F.ON@ @R.F@", true},
		{"@P.F.ON@ @R.F.ON@", true},
		{"@P.F.OFF@ @R.F.ON@", false},
		{"@P.F.ON@ @D.F@", false},
		{"@P.F.ON@ @D.F.ON@", false},
		{"@P.F.OFF@ @D.F.ON@", true},
		{"@P.F.OFF@ @U.F.ON@", false},
		{"@U.F.ON@ @R.F.ON@", true},
		{"@P.F.ON@ @C.F@ @R.F@", false},
		{"@P.F.ON@ @C.F@ @D.F@", true},
	} {
		var states [][]testArc
		for i, flag := range append(strings.Fields(test.flags), "a") {
			states = append(states, []testArc{{in: flag, target: i + 1}})
		}
		states = append(states, []testArc{{final: true}})
		tr := mustParse(t, buildVFST(symbols, states))
		if got := len(lookupAll(tr, "a")) == 1; got != test.open {
			t.Errorf("%s: open = %v, want %v", test.flags, got, test.open)
		}
		if len(test.flags) > 0 && len(lookupAll(tr, "a")) != len(lookupAll(tr, "a")) {
			t.Errorf("%s: a second look-up differs", test.flags)
		}
	}
}

// TestFlagsAreUndone takes a branch that sets a flag and fails, then one that
// must not see it.
func TestFlagsAreUndone(t *testing.T) {
	symbols := []string{"", "@P.F.ON@", "@D.F@", "a", "b"}
	tr := mustParse(t, buildVFST(symbols, [][]testArc{
		{{in: "@P.F.ON@", target: 1}, {in: "@D.F@", target: 2}},
		{{in: "b", target: 3}},
		{{in: "a", target: 3}},
		{{final: true}},
	}))
	if n := len(lookupAll(tr, "a")); n != 1 {
		t.Fatalf("%d analyses, want 1", n)
	}
}

func TestOverflowState(t *testing.T) {
	arcs := make([]testArc, 0, 400)
	symbols := []string{""}
	for r := rune(0x400); len(arcs) < 400; r++ {
		symbols = append(symbols, string(r))
		arcs = append(arcs, testArc{in: string(r), target: 1})
	}
	tr := mustParse(t, buildVFST(symbols, [][]testArc{arcs, {{final: true}}}))
	for _, a := range []int{0, 1, 2, 254, 255, 256, 399} {
		if len(lookupAll(tr, arcs[a].in)) != 1 {
			t.Errorf("arc %d of the big state is not found", a)
		}
	}
}

func TestCircles(t *testing.T) {
	symbols := []string{"", "@P.F.ON@", "a", "b"}
	for name, states := range map[string][][]testArc{
		"reads nothing":          {{{in: "", target: 0}, {in: "a", target: 1}}, {{final: true}}},
		"of flags":               {{{in: "@P.F.ON@", target: 1}}, {{in: "", target: 0}}},
		"behind the first state": {{{in: "a", target: 1}}, {{in: "", target: 2}}, {{in: "", target: 1}, {in: "b", target: 3}}, {{final: true}}},
	} {
		if _, err := parseVFST(buildVFST(symbols, states)); !errors.Is(err, ErrDamaged) {
			t.Errorf("a circle that %s: got %v", name, err)
		}
	}
	loop := mustParse(t, buildVFST(symbols, [][]testArc{{{in: "a", out: "b", target: 0}, {in: "b", target: 1}}, {{final: true}}}))
	if got := lookupAll(loop, "aaab"); !slices.Equal(got, []string{"bbb"}) {
		t.Errorf("a circle that reads letters: got %q", got)
	}
}

// TestExplosion looks a word up where every letter can be read in two ways.
func TestExplosion(t *testing.T) {
	symbols := []string{"", "a", "b", "c"}
	tr := mustParse(t, buildVFST(symbols, [][]testArc{{{in: "a", out: "b", target: 0}, {in: "a", out: "c", target: 0}, {in: "b", target: 1}}, {{final: true}}}))
	if n := len(newVoikko(tr).readings(strings.Repeat("a", 100) + "b")); n > walkMaxResults {
		t.Errorf("%d readings", n)
	}
	if n := len(lookupAll(tr, strings.Repeat("a", 60)+"c")); n != 0 {
		t.Errorf("%d analyses of a word that is none", n)
	}
}

func TestDamagedFiles(t *testing.T) {
	good := tinyDictionary()
	change := func(at int, b ...byte) []byte {
		bad := slices.Clone(good)
		copy(bad[at:], b)
		return bad
	}
	records := len(good) - vfstRecord
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"empty":                 {nil, ErrNotVFST},
		"a text":                {[]byte(strings.Repeat("no dictionary ", 9)), ErrNotVFST},
		"other byte order":      {change(0, 0, 1, 0x3A, 0x6E), ErrNotVFST},
		"weighted":              {change(8, 1), ErrWeighted},
		"unknown kind":          {change(8, 7), ErrFormat},
		"header only":           {good[:vfstHeader], ErrDamaged},
		"no symbols":            {change(vfstHeader, 0, 0), ErrDamaged},
		"more symbols than are": {change(vfstHeader, 0xFE, 0xFF), ErrDamaged},
		"inside the symbols":    {good[:40], ErrDamaged},
		"half a record":         {good[:len(good)-3], ErrDamaged},
		"target outside":        {change(records-vfstRecord+4, 0xFF, 0xFF, 0xFF), ErrDamaged},
		"symbol outside":        {change(records-vfstRecord, 0xF0, 0xF0), ErrDamaged},
		"state past the end":    {change(len(good)-1, 200), ErrDamaged},
		"overlapping states":    {overlapping(), ErrDamaged},
		"unknown flag":          {buildVFST([]string{"", "@Z.A.B@"}, [][]testArc{{{final: true}}}), ErrFormat},
		"long character":        {buildVFST([]string{"", "ab"}, [][]testArc{{{final: true}}}), ErrDamaged},
	} {
		if _, err := parseVFST(test.data); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
	for n := range good {
		if n%vfstRecord == 0 && n > 300 {
			continue // whole records may be missing behind the last state that is used
		}
		if _, err := parseVFST(good[:n]); err == nil {
			t.Errorf("the first %d bytes pass for a dictionary", n)
		}
	}
}

// overlapping makes a file where each state claims most records as its own.
func overlapping() []byte {
	states := make([][]testArc, 200)
	for i := range states {
		states[i] = []testArc{{in: "a", target: min(i+1, len(states)-1)}}
	}
	data := buildVFST([]string{"", "a"}, states)
	for i := range 100 {
		data[len(data)-(len(states)-i)*vfstRecord+7] = 90
	}
	return data
}

func FuzzVFST(f *testing.F) {
	good := tinyDictionary()
	f.Add(good, "talossa")
	f.Add(good[:len(good)/2], "talo")
	f.Add(buildVFST([]string{"", "@P.F.ON@", "a"}, [][]testArc{{{in: "@P.F.ON@", target: 1}}, {{in: "a", target: 0}}}), "aaaa")
	f.Fuzz(func(t *testing.T, data []byte, word string) {
		tr, err := parseVFST(data)
		if err != nil {
			return
		}
		begin := time.Now()
		newVoikko(tr).readings(word)
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("one word took %v", d)
		}
	})
}
