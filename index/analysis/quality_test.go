package analysis

// The figures of the analysis, over the public data beside the project. For a
// base form typed as a query: which of its inflected forms in the file are
// found (recall), and which found forms belong to it (precision). They count
// base forms only; that parts find compounds is measured by itself.

import (
	"bufio"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// dataDir is the folder of public test data beside the project.
func dataDir(t testing.TB) string {
	return needed.File(t, filepath.Join("..", "..", "..", "shared", "data"))
}

type lemmaRow struct {
	form, lemma, class string
	count              int
}

func readTable(t testing.TB, name string) [][]string {
	f, err := os.Open(filepath.Join(dataDir(t), name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows [][]string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		rows = append(rows, strings.Split(lines.Text(), "\t"))
	}
	return rows[1:]
}

func readLemmas(t testing.TB, name string) []lemmaRow {
	var rows []lemmaRow
	for _, r := range readTable(t, name) {
		n := 0
		for _, c := range r[3] {
			n = n*10 + int(c-'0')
		}
		rows = append(rows, lemmaRow{strings.ToLower(r[0]), strings.ToLower(r[1]), r[2], n})
	}
	return rows
}

// frequent gives the n most frequent lemmas of the word classes that have at
// least two forms.
func frequent(rows []lemmaRow, n int, classes ...string) []string {
	counts, forms := map[string]int{}, map[string]map[string]bool{}
	for _, r := range rows {
		if !contains(classes, r.class) {
			continue
		}
		counts[r.lemma] += r.count
		if forms[r.lemma] == nil {
			forms[r.lemma] = map[string]bool{}
		}
		forms[r.lemma][r.form] = true
	}
	var list []string
	for l := range counts {
		if len(forms[l]) >= 2 {
			list = append(list, l)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if counts[a] != counts[b] {
			return counts[a] > counts[b]
		}
		return a < b
	})
	return list[:min(n, len(list))]
}

// termsFunc gives the terms a word is found by or a query looks for.
type termsFunc func(word string) []string

// score is how well base forms find their inflected forms.
type score struct {
	found, right, expected int
	missed, wrong          []string
}

func (s score) recall() float64    { return float64(s.right) / float64(s.expected) }
func (s score) precision() float64 { return float64(s.right) / float64(s.found) }

// measure searches for each lemma among all forms of the file. A form belongs
// to a lemma if the file says so for any word class.
func measure(rows []lemmaRow, lemmas []string, index, query termsFunc) score {
	belongs := map[string]map[string]bool{} // form, lemma
	forms := map[string]map[string]bool{}   // lemma, form
	postings := map[string][]string{}       // term, forms
	for _, r := range rows {
		if belongs[r.form] == nil {
			belongs[r.form] = map[string]bool{}
			for _, t := range index(r.form) {
				postings[t] = append(postings[t], r.form)
			}
		}
		belongs[r.form][r.lemma] = true
		if forms[r.lemma] == nil {
			forms[r.lemma] = map[string]bool{}
		}
		forms[r.lemma][r.form] = true
	}
	var s score
	for _, lemma := range lemmas {
		hit := map[string]bool{}
		for _, t := range query(lemma) {
			for _, f := range postings[t] {
				hit[f] = true
			}
		}
		for f := range hit {
			s.found++
			if belongs[f][lemma] {
				s.right++
			} else {
				s.wrong = append(s.wrong, lemma+"<"+f)
			}
		}
		for f := range forms[lemma] {
			s.expected++
			if !hit[f] {
				s.missed = append(s.missed, lemma+">"+f)
			}
		}
	}
	sort.Strings(s.missed)
	sort.Strings(s.wrong)
	return s
}

// indexBases and queryTerms make the terms of single words.
func indexBases(a Analyzer) termsFunc { return func(word string) []string { return basesOf(a, word) } }
func queryTerms(a Analyzer) termsFunc { return func(word string) []string { return queryOf(a, word) } }

// checkFigures measures an analyser over a file of forms and lemmas.
func checkFigures(t *testing.T, file string, a Analyzer, recall, precision float64) {
	t.Helper()
	rows := readLemmas(t, file)
	for _, test := range []struct {
		n       int
		classes []string
	}{
		{200, []string{"NOUN", "ADJ"}}, {200, []string{"VERB"}}, {400, []string{"NOUN", "ADJ", "VERB"}}, {len(rows), []string{"NOUN", "ADJ", "VERB"}},
	} {
		lemmas := frequent(rows, test.n, test.classes...)
		s := measure(rows, lemmas, indexBases(a), queryTerms(a))
		t.Logf("%d most frequent of %v: recall %.3f, precision %.3f (%d forms)", len(lemmas), test.classes, s.recall(), s.precision(), s.expected)
		if len(test.classes) == 3 && (s.recall() < recall || s.precision() < precision) {
			t.Errorf("want at least %.2f and %.2f; missed %q; wrong %q", recall, precision, s.missed, s.wrong)
		}
	}
}

func TestFinnishFigures(t *testing.T) {
	t.Run("dictionary", func(t *testing.T) {
		checkFigures(t, "morphology/lemma_fi.tsv", dictionaryEngine(t).For(Finnish), 0.97, 0.90)
	})
	t.Run("rules", func(t *testing.T) {
		checkFigures(t, "morphology/lemma_fi.tsv", rulesEngine().For(Finnish), 0.78, 0.80)
	})
	t.Run("rules and vocabulary", func(t *testing.T) {
		e := rulesEngine().With(learnt(t, "answers/course_feedback_fi.tsv"))
		checkFigures(t, "morphology/lemma_fi.tsv", e.For(Finnish), 0.78, 0.80)
	})
}

func TestSwedishFigures(t *testing.T) {
	t.Run("rules", func(t *testing.T) {
		checkFigures(t, "morphology/lemma_sv.tsv", rulesEngine().For(Swedish), 0.93, 0.85)
	})
	t.Run("system list", func(t *testing.T) {
		e := New(Options{})
		if _, found, reason := e.SwedishList(); !found {
			needed.Missing(t, "no Swedish word list on this machine: %v", reason)
		}
		checkFigures(t, "morphology/lemma_sv.tsv", e.For(Swedish), 0.93, 0.85)
	})
}

func TestEnglishFigures(t *testing.T) {
	checkFigures(t, "morphology/lemma_en.tsv", rulesEngine().For(English), 0.96, 0.92)
}

// learnt makes the vocabulary of a file of answers.
func learnt(t testing.TB, name string) *Vocabulary {
	v := NewVocabulary()
	for _, row := range readTable(t, name) {
		v.Learn(row[len(row)-1])
	}
	return v
}
