package e2e

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
)

// judgement is what the demonstration's authors wrote beside an answer.
type judgement struct {
	themes []string
	key    string // n or - where no theme applies or the answer is unusable
}

// judged reads the demonstration's own answers: what each of them is to be coded as, by its folded text.
func judged(t *testing.T) (map[string]judgement, map[string]string) {
	t.Helper()
	dir := filepath.Join("..", "app", "demo", "content")
	read := func(name string) [][]string {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	labels := map[string]string{}
	for _, row := range read("themes.tsv") {
		labels[row[0]] = row[4] // English
	}
	marks := regexp.MustCompile(`⟦[^|]*\|([^⟧]*)⟧`)
	out := map[string]judgement{}
	for _, lang := range []string{"fi", "sv", "en"} {
		for _, row := range read("answers_" + lang + ".tsv") {
			j := judgement{}
			switch row[1] {
			case "-":
				j.key = "n"
			case "!":
				j.key = "-"
			default:
				j.themes = strings.Split(row[1], ";")
			}
			out[coding.Folded(marks.ReplaceAllString(strings.ReplaceAll(row[2], `\n`, "\n"), "$1"))] = j
		}
	}
	return out, labels
}

// judgementOf is what an answer is to be coded as: one that the authors wrote, or two of them in a row.
func judgementOf(truth map[string]judgement, folded string) (judgement, bool) {
	if j, ok := truth[folded]; ok {
		return j, true
	}
	for i, c := range folded {
		if c != ' ' {
			continue
		}
		a, first := truth[folded[:i]]
		b, second := truth[folded[i+1:]]
		if first && second {
			themes := slices.Concat(a.themes, b.themes)
			slices.Sort(themes)
			return judgement{themes: slices.Compact(themes)}, true
		}
	}
	return judgement{}, false
}

// TestKeyPresses codes a hundred answers of the demonstration by keyboard alone, each with every theme that its authors gave
// it, and counts what has to be pressed.
func TestKeyPresses(t *testing.T) {
	truth, labels := judged(t)
	b := demonstration(t)
	b.open("/p/demo/code?question=*&state=open")
	b.wait(`document.activeElement.matches("[data-card]")`)
	presses, answers, cards, given := 0, 0, 0, 0
	press := func(key string) { presses++; b.press(key) }
	current := `document.querySelector("[data-card][aria-current]")`
	for answers < 100 {
		at := eval[struct {
			ID, Text string
			N        int
		}](b, `({ID: `+current+`.dataset.card, Text: `+current+`.querySelector("[data-text]").textContent, N: `+current+`.dataset.answers.split(".").length})`)
		j, ok := judgementOf(truth, coding.Folded(at.Text))
		if !ok {
			t.Fatalf("the demonstration's authors did not write %q", at.Text)
		}
		if j.key != "" {
			press(j.key)
		}
		for _, theme := range j.themes {
			given++
			shortcut := eval[string](b, `(() => { const b = [...document.querySelectorAll("[data-pane] button")].find((b) => b.querySelector(".name").textContent === `+quote(labels[theme])+`); return b.dataset.key ?? ""; })()`)
			if shortcut != "" {
				press(shortcut)
				continue
			}
			press("t")
			first := `document.querySelector("[data-found] li .name")?.textContent`
			for _, letter := range strings.ToLower(labels[theme]) {
				if eval[bool](b, `!document.querySelector("[data-found]").hidden && `+first+` === `+quote(labels[theme])) {
					break
				}
				press(string(letter))
			}
			b.wait(first + ` === ` + quote(labels[theme]))
			press("Enter")
		}
		answers += at.N
		cards++
		press("j")
		b.wait(current + `.dataset.card !== ` + quote(at.ID))
	}
	b.wait(allSaved)
	t.Logf("%d answers on %d cards, %d themes given: %d key presses", answers, cards, given, presses)
	if limit := 230 * answers / 100; presses > limit {
		t.Errorf("%d key presses for %d answers, at most %d were asked for", presses, answers, limit)
	}
}
