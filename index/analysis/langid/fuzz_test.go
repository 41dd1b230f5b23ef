package langid

import (
	"errors"
	"testing"
	"unicode/utf8"
)

func FuzzDetect(f *testing.F) {
	for _, name := range []string{"short", "cannot", "other"} {
		for _, row := range readRows(f, "testdata/"+name+".tsv") {
			f.Add(row[1])
		}
	}
	for _, row := range readRows(f, "testdata/mixed.tsv") {
		f.Add(row[2])
	}
	for _, s := range []string{"\xff\xfe", "a\u0308\u0308", "İstanbul ǅ ß ﬁ", "'':'", "a'b:c", "\x00", "@", "a@", "...", "x.fi/", "ª º µ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g := Detect(text)
		checkGuess(t, text, g)
		if again := Detect(text); again != g {
			t.Errorf("not repeatable: %+v, %+v", g, again)
		}
		EachWord(text, func(word []rune) {
			if len(word) == 0 || len(word) > maxWord {
				t.Errorf("word of %d letters", len(word))
			}
			for _, r := range word {
				if !utf8.ValidRune(r) || r == utf8.RuneError {
					t.Errorf("%q: not a letter", r)
				}
			}
		})
	})
}

func FuzzReadModel(f *testing.F) {
	f.Add(EncodeModel(0.01, []Feature{{Hash: 1, Weights: [3]int8{1, -1, 2}}, {Hash: 77, Weights: [3]int8{-128, -128, -128}}}), true)
	f.Add([]byte(modelMagic), false)
	f.Fuzz(func(t *testing.T, data []byte, seal bool) {
		if seal {
			data = sealed(data)
		}
		m, err := ReadModel(data)
		if err != nil {
			if !errors.Is(err, ErrModel) {
				t.Errorf("error is no ErrModel: %v", err)
			}
			return
		}
		checkGuess(t, "yö", m.Detect("Kiitos hyvästä yhteistyöstä"))
	})
}
