package suggest

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/coding/sets/setstest"
)

// table reads a tab-separated file without its header.
func table(t *testing.T, parts ...string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(needed.File(t, filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, parts...)...)))
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n") {
		out = append(out, strings.Split(line, "\t"))
	}
	return out[1:]
}

// labelled makes examples of texts and labels.
type labelled struct{ themes map[string]coding.ThemeID }

func (l *labelled) example(lang coding.Lang, text, label string) Example {
	if l.themes == nil {
		l.themes = map[string]coding.ThemeID{}
	}
	if l.themes[label] == 0 {
		l.themes[label] = coding.ThemeID(len(l.themes) + 1)
	}
	return Example{Question: 1, Lang: lang, Text: text, Same: coding.SameKeyOf(text), Themes: []coding.ThemeID{l.themes[label]}}
}

// TestRealTexts holds the quality on public texts to floors, by rules alone: topics in three languages from 701 sentences, and
// Swedish arguments from 200 and 2,400.
func TestRealTexts(t *testing.T) {
	for lang, floor := range map[coding.Lang]float64{"fi": 0.74, "sv": 0.74, "en": 0.76} {
		var l labelled
		var in, left []Example
		for _, r := range table(t, "topics", string(lang)+".train.tsv") {
			in = append(in, l.example(lang, r[2], r[1]))
		}
		for _, r := range table(t, "topics", string(lang)+".dev.tsv") {
			left = append(left, l.example(lang, r[2], r[1]))
		}
		q, err := Evaluate(t.Context(), in, left, nil, ruled)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("topics, %s: %.3f, first three %.3f", lang, q.Accuracy, q.Top3Recall)
		if q.Accuracy < floor || q.Top3Recall < 0.9 {
			t.Errorf("topics, %s: %.3f of sentences right, first three %.3f", lang, q.Accuracy, q.Top3Recall)
		}
	}
	var l labelled
	var all []Example
	for _, r := range table(t, "answers", "arguments_sv.tsv") {
		all = append(all, l.example("sv", r[3], r[1]))
	}
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for n, floor := range map[int]float64{200: 0.88, 2400: 0.93} {
		q, err := Evaluate(t.Context(), all[:n], all[2400:], nil, ruled)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("arguments from %d: %.3f", n, q.MicroF1)
		if q.MicroF1 < floor {
			t.Errorf("arguments from %d: %.3f", n, q.MicroF1)
		}
	}
}

// TestRead compares what is learned from with the state of every answer.
func TestRead(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 120, Questions: 2, Themes: 5, Coders: 3, Codings: 200, Categories: []int{3}, Rounds: 2, Seed: 4})
	_ = sv.Store.View(t.Context(), func(r coding.Reader) error {
		got, err := Read(t.Context(), r, sv.Project.ID)
		if err != nil {
			t.Fatal(err)
		}
		judged := map[coding.AnswerID]Example{}
		for _, x := range got.Judged {
			judged[x.Answer] = x
		}
		marks := map[coding.AnswerID][]coding.Mark{}
		for m := range r.EachMark(t.Context(), sv.Project.ID) {
			marks[m.Answer] = append(marks[m.Answer], m)
		}
		codings := map[coding.AnswerID][]coding.Coding{}
		for c := range r.EachCoding(t.Context(), sv.Project.ID) {
			codings[c.Answer] = append(codings[c.Answer], c)
		}
		open, none := 0, 0
		for a := range r.EachAnswer(t.Context(), sv.Project.ID, 0, 0) {
			x, found := judged[a.ID]
			said := false
			for _, m := range marks[a.ID] {
				said = said || m.State == coding.StateNoTheme
			}
			want := len(codings[a.ID]) > 0 || said
			if found != want || found && x.Text != a.Text {
				t.Errorf("answer %d: learned from %v, want %v", a.ID, found, want)
			}
			for _, c := range codings[a.ID] {
				if !x.has(c.Theme) {
					t.Errorf("answer %d lacks theme %d", a.ID, c.Theme)
				}
			}
			if want && len(x.Themes) == 0 {
				none++
			}
			if !want && len(marks[a.ID]) == 0 {
				open++
			}
		}
		if len(got.Open) != open || none == 0 || open == 0 {
			t.Errorf("%d answers are open, want %d; %d have no theme", len(got.Open), open, none)
		}
		return nil
	})
}

// BenchmarkTrain learns 26 themes from 100,000 answers.
func BenchmarkTrain(b *testing.B) {
	answers, codebook := planted(100_000, 26, 9)
	for b.Loop() {
		if _, err := Train(b.Context(), answers, codebook, plainly); err != nil {
			b.Fatal(err)
		}
	}
}
