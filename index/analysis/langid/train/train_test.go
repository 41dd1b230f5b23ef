package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/index/analysis/langid"
)

const sharedData = "../../../../../shared/data"

func needShared(t *testing.T) {
	needed.File(t, filepath.Join(sharedData, "answers"))
}

// The committed model is what this program makes. If this fails, run it.
func TestModelIsCurrent(t *testing.T) {
	needShared(t)
	if runtime.GOARCH != "amd64" {
		t.Skip("the model was made on amd64; other processors may round otherwise")
	}
	want, err := os.ReadFile("../model.bin")
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := train(sharedData, standard)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("model.bin (%d bytes) is not what training gives (%d bytes): run the command in main.go", len(want), len(got))
	}
}

func TestTrainWithoutData(t *testing.T) {
	if _, _, err := train(t.TempDir(), standard); !os.IsNotExist(err) {
		t.Errorf("error %v, want 'not exist'", err)
	}
}

func TestReadAnswersShortRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tsv")
	if err := os.WriteFile(path, []byte("h1\th2\nNA\tb\nonly one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := newCorpus()
	err := c.readAnswers(path, source{class: fi, columns: []int{0, 1}})
	if err == nil || !strings.Contains(err.Error(), "row 3") {
		t.Errorf("error %v, want one that names row 3", err)
	}
	if c.counts[fi]["na"] != 0 || c.counts[fi]["b"] != 1 {
		t.Errorf("counts %v", c.counts[fi])
	}
}

// A tiny corpus is enough to learn what it shows.
func TestLearn(t *testing.T) {
	c := newCorpus()
	for k, words := range []string{"työ yö päivä hyvä", "och är arbete mycket", "the with work thing", "und nicht ich auch"} {
		c.readList(words, k)
	}
	o := standard
	o.minimum, o.start, o.epochs = 1, 0.1, 30
	examples := c.examples(o)
	table := newTable(examples, o.minimum)
	items := table.items(examples)
	byWord := slices.Clone(items)
	w := learn(items, len(table.hashes), o)
	for i, it := range byWord {
		if p := w.predict(it.features); p[it.class] < 0.5 {
			t.Errorf("%s: %v, want class %d", examples[i].word, p, it.class)
		}
	}
	m, err := langid.ReadModel(encode(w, table.hashes))
	if err != nil {
		t.Fatal(err)
	}
	if g := m.Detect("hyvä työ"); g.Lang != "fi" {
		t.Errorf("%+v", g)
	}
}

func TestExamples(t *testing.T) {
	c := newCorpus()
	c.counts[fi] = map[string]float64{"koodi": 10, "workshop": 1, "ja": 100}
	c.counts[en] = map[string]float64{"workshop": 20, "code": 5}
	c.totals[fi], c.totals[en] = 111, 25
	c.readList("# a comment\nkoodi", sv)
	c.readList("ja code und", other)
	share := map[int]float64{}
	words := map[int][]string{}
	for _, e := range c.examples(standard) {
		share[e.class] += e.weight
		words[e.class] = append(words[e.class], e.word)
	}
	for class, want := range map[int]string{fi: "ja", sv: "koodi", en: "code workshop", other: "und"} {
		if got := strings.Join(words[class], " "); got != want {
			t.Errorf("class %d: %q, want %q", class, got, want)
		}
		if d := share[class] - standard.share[class]; d > 1e-9 || d < -1e-9 {
			t.Errorf("class %d: share %v", class, share[class])
		}
	}
}

// Our lists must not be cut into nonsense by the scanner, and no word may be
// listed twice in one class under different spellings of the same thing.
func TestLists(t *testing.T) {
	for _, name := range []string{"fi", "sv", "en", "other"} {
		text, err := lists.ReadFile("words/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			for _, w := range strings.Fields(line) {
				var got []string
				langid.EachWord(w, func(word []rune) { got = append(got, string(word)) })
				if len(got) != 1 || got[0] != strings.ToLower(w) {
					t.Errorf("%s: %q reads as %q", name, w, got)
				}
			}
		}
	}
}
