package e2e

import (
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// memory is what a person pressed, and what must come of it: a count that owes nothing to the product.
type memory struct {
	themes  map[string]string // label by key
	pressed []press
	now     map[string]answered // by answer
	before  []undoable
}

type press struct{ card, key string }

// answered is one coder's judgement of one answer.
type answered struct {
	themes map[string]bool // by label
	mark   string          // none, unusable or nothing
}

type undoable struct {
	card string
	was  answered
}

func newMemory(themes map[string]string) *memory {
	return &memory{themes: themes, now: map[string]answered{}}
}

// press remembers a key and does what the interface promises of it.
func (m *memory) press(card, key string) {
	m.pressed = append(m.pressed, press{card, key})
	if key == "u" {
		last := m.before[len(m.before)-1]
		m.before = m.before[:len(m.before)-1]
		m.now[last.card] = last.was
		return
	}
	was := m.now[card]
	next := answered{themes: maps.Clone(was.themes)}
	if next.themes == nil {
		next.themes = map[string]bool{}
	}
	marks := map[string]string{"n": "none", "-": "unusable"}
	switch mark, isMark := marks[key]; {
	case isMark && was.mark == mark: // again takes the mark away
	case isMark:
		next = answered{themes: map[string]bool{}, mark: mark} // a mark takes the themes off
	default:
		label := m.themes[key]
		if label == "" {
			panic("no theme on key " + key)
		}
		if next.themes[label] {
			delete(next.themes, label)
			next.mark = was.mark
		} else {
			next.themes[label] = true
		}
	}
	m.before = append(m.before, undoable{card, was})
	m.now[card] = next
}

// on is the themes of an answer in order.
func (m *memory) on(card string) []string { return slices.Sorted(maps.Keys(m.now[card].themes)) }

// answers counts the answers that have each theme.
func (m *memory) answers() map[string]int { return m.count(func(card string) string { return card }) }

// count counts units of answers, such as their respondents, by theme, each once.
func (m *memory) count(unit func(card string) string) map[string]int {
	seen := map[[2]string]bool{}
	out := map[string]int{}
	for card, a := range m.now {
		for label := range a.themes {
			if k := [2]string{label, unit(card)}; !seen[k] {
				seen[k] = true
				out[label]++
			}
		}
	}
	return out
}

// String lists what was pressed, for a failing test.
func (m *memory) String() string {
	var b strings.Builder
	last := ""
	for _, p := range m.pressed {
		if p.card != last {
			fmt.Fprintf(&b, "\n%s:", p.card)
			last = p.card
		}
		b.WriteString(" " + p.key)
	}
	return b.String()
}

// readCSV reads a file that the product wrote: UTF-8 with BOM, and the delimiter that the language's Excel expects.
func readCSV(t *testing.T, raw []byte, delimiter rune) []map[string]string {
	t.Helper()
	text, ok := strings.CutPrefix(string(raw), "\ufeff")
	if !ok {
		t.Errorf("the CSV has no BOM, so Excel would take it for Windows-1252: %.40q", text)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = delimiter
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		one := map[string]string{}
		for i, cell := range row {
			one[rows[0][i]] = cell
		}
		out = append(out, one)
	}
	return out
}

// tsv reads a tab-separated file of ../shared/data, header and all.
func tsv(t *testing.T, path string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(strings.TrimPrefix(string(raw), "\ufeff")) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return rows
}

// download fetches a path within the page, with the person's own cookies, and gives the bytes.
func (b *tab) download(path string) []byte {
	b.t.Helper()
	text := await[string](b, `fetch(`+quote(path)+`).then(async r => {
		if (!r.ok) throw new Error(r.url + ": " + r.status);
		let s = "";
		for (const c of new Uint8Array(await r.arrayBuffer())) s += String.fromCharCode(c);
		return btoa(s);
	})`)
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b.t.Fatal(err)
	}
	return raw
}
