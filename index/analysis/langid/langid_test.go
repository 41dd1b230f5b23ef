package langid

import (
	"math"
	"strings"
	"sync"
	"testing"
)

func TestShortAnswers(t *testing.T) {
	for _, row := range readRows(t, "testdata/short.tsv") {
		if g := Detect(row[1]); g.Lang != row[0] || g.Mixed {
			t.Errorf("%q: %+v, want %s", row[1], g, row[0])
		}
	}
}

func TestCannotTell(t *testing.T) {
	for _, row := range readRows(t, "testdata/cannot.tsv") {
		if g := Detect(row[1]); g.Lang != "" || g.Mixed {
			t.Errorf("%s %q: %+v, want 'cannot tell'", row[0], row[1], g)
		}
	}
}

// Other languages are refused as a rule, not always: Norwegian and Danish are
// close to Swedish, Estonian is close to Finnish.
func TestOtherLanguages(t *testing.T) {
	rows := readRows(t, "testdata/other.tsv")
	taken := 0
	for _, row := range rows {
		if g := Detect(row[1]); g.Lang != "" {
			taken++
			t.Logf("%s taken for %s (%.2f): %s", row[0], g.Lang, g.Confidence, row[1])
		}
	}
	if taken*20 > len(rows) {
		t.Errorf("%d of %d taken for Finnish, Swedish or English; at most 5 %% allowed", taken, len(rows))
	}
}

func TestMixedTexts(t *testing.T) {
	for _, row := range readRows(t, "testdata/mixed.tsv") {
		g := Detect(row[2])
		if g.Mixed != (row[0] == "1") {
			t.Errorf("%q: %+v, want mixed=%s", row[2], g, row[0])
		}
		if !g.Mixed && g.Lang != row[1] {
			t.Errorf("%q: %+v, want %s", row[2], g, row[1])
		}
	}
}

// The language of a mixed text is that of most letters, and Scores its shares.
func TestMixedShares(t *testing.T) {
	long := "Toivomme kunnalta enemmän tukea järjestöille ja selkeämpää tiedotusta asukkaille. "
	g := Detect(long + "Vi önskar mera stöd.")
	if !g.Mixed || g.Lang != "fi" {
		t.Fatalf("%+v, want mixed, mostly fi", g)
	}
	if g.Scores[classSv] < 0.08 || g.Scores[classSv] > 0.3 {
		t.Errorf("share of Swedish %.2f, want about 0.17", g.Scores[classSv])
	}
}

func TestSameTextDifferentlyWritten(t *testing.T) {
	const composed, decomposed = "Hyvää työtä, kiitos", "Hyva\u0308a\u0308 tyo\u0308ta\u0308, kiitos"
	if a, b := Detect(composed), Detect(decomposed); a != b {
		t.Errorf("composed %+v, decomposed %+v", a, b)
	}
	if a, b := Detect("I don't know"), Detect("I don’t know"); a != b {
		t.Errorf("apostrophes: %+v, %+v", a, b)
	}
	if a, b := Detect("yhteistyö"), Detect("yhteis\u00adtyö"); a != b {
		t.Errorf("soft hyphen: %+v, %+v", a, b)
	}
}

func TestHugeInput(t *testing.T) {
	for name, text := range map[string]string{
		"one word":    strings.Repeat("yö", 50_000),
		"one letter":  strings.Repeat("a", 1_000_000),
		"one chunk":   strings.Repeat("ja,", 300_000),
		"dots":        strings.Repeat(".", 1_000_000),
		"marks":       "a" + strings.Repeat("\u0308", 500_000),
		"bad UTF-8":   strings.Repeat("\xff\xc3", 500_000),
		"answers":     strings.Repeat("Yhteistyö toimii hyvin. ", 50_000),
		"apostrophes": "a" + strings.Repeat("'", 500_000),
	} {
		g := Detect(text)
		checkGuess(t, name, g)
		if name == "answers" && (g.Lang != "fi" || g.Mixed || g.Confidence < 0.99) {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	want := Detect("Tack för ett gott samarbete")
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 200 {
				if got := Detect("Tack för ett gott samarbete"); got != want {
					t.Errorf("%+v, want %+v", got, want)
				}
			}
		})
	}
	group.Wait()
}

// checkGuess checks what holds for every guess.
func checkGuess(t *testing.T, text string, g Guess) {
	t.Helper()
	sum, top := 0.0, 0.0
	for _, s := range g.Scores {
		if math.IsNaN(s) || s < 0 || s > 1 {
			t.Errorf("%.80q: score out of range: %+v", text, g)
		}
		sum += s
		top = max(top, s)
	}
	if sum > 1+1e-9 || g.Confidence != top {
		t.Errorf("%.80q: scores and confidence disagree: %+v", text, g)
	}
	switch g.Lang {
	case "":
		if g.Mixed {
			t.Errorf("%.80q: mixed without a language: %+v", text, g)
		}
	case "fi", "sv", "en":
		if g.Scores[index(t, g.Lang)] != top || g.Confidence == 0 {
			t.Errorf("%.80q: not the best language: %+v", text, g)
		}
	default:
		t.Errorf("%.80q: unknown language: %+v", text, g)
	}
}
