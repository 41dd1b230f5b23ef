package e2e

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestFirstRun goes the whole way as a newcomer does, in the browser alone: the first administrator by the printed link, a new
// project, a real Finnish survey file through the wizard, themes, coding by keyboard, counts, export. What is exported must
// equal an independent count of the keys that were pressed.
func TestFirstRun(t *testing.T) {
	const file = "koodiaapinen-taustakysely-anonymisoitu.csv"
	path, err := filepath.Abs(shared(t, "data/formats/google_forms/"+file))
	if err != nil {
		t.Fatal(err)
	}
	base, links := serve(t, t.TempDir(), "serve", 1)
	b := newTab(t, base)

	// The first administrator.
	b.open(links[0])
	b.fill("[name=name]", "leena")
	b.fill("[name=display]", "Leena Lahti")
	b.fill("[name=password]", password)
	b.click("main form .solid")
	b.wait(`location.pathname === "/projects"`)

	// A project; its address follows from the name.
	b.fill(`main [name="name.en"]`, "Koodiaapinen: taustakysely")
	b.click("main form .solid")
	const project = "/p/koodiaapinen-taustakysely"
	b.wait(`location.pathname === "` + project + `/import"`) // the next sensible step
	b.importForms(project, path)

	// Themes on the codebook page.
	labels := map[string]string{"1": "Scratch", "2": "Lohkokielet", "3": "Verkkosivut", "4": "Yleiskielet", "5": "Vanhat kielet"}
	for _, key := range slices.Sorted(maps.Keys(labels)) {
		b.open(project + "/themes?new=1")
		b.fill("[name=label_fi]", labels[key])
		b.fill("[name=shortcut]", key)
		b.click("[data-themeform] .solid")
		b.wait(`document.querySelector('[data-tree] a[aria-current] .name')?.innerText.includes(` + quote(labels[key]) + `)`)
	}

	rows := tsv(t, path)
	said := b.codeForms(project, labels, rows)
	t.Logf("%d keys on %d answers", len(said.memory.pressed), len(said.memory.now))
	b.checkForms(project, said)
}

// importForms brings the file in through the wizard, with two questions.
func (b *tab) importForms(project, path string) {
	b.t.Helper()
	b.choose("[data-upload] [type=file]", path)
	b.wait(`location.pathname.endsWith("/columns")`)
	role := func(column, role string) {
		b.t.Helper()
		ok := eval[bool](b, `(() => {
			const col = [...document.querySelectorAll("[data-col]")].find(c => c.querySelector("h2").textContent === `+quote(column)+`);
			const pick = col.querySelector("[data-role-select]");
			pick.value = `+quote(role)+`;
			pick.dispatchEvent(new Event("change", {bubbles: true}));
			return pick.value === `+quote(role)+`;
		})()`)
		if !ok {
			b.t.Fatalf("no role %s for %s", role, column)
		}
	}
	role("Ohjelmointiympäristöt", "question")
	role("Ohjelmointi opetuksessa", "question")
	if n := b.text(`[data-tally] [data-n=question] b`); n != "2" {
		b.t.Errorf("the tally says %s questions, 2 were chosen", n)
	}
	b.click(`[data-columns] .solid`)
	b.wait(`location.pathname.endsWith("/language")`)
	eval[chromedp.Void](b, `document.querySelector("[name=rule][value=fixed]").click()`)
	eval[chromedp.Void](b, `document.querySelector("[name=fixed][value=fi]").click()`)
	b.fill("[name=round]", "2015")
	b.click(`[data-language] .solid`)
	b.wait(`location.pathname.endsWith("/check")`)
	b.click(`[data-once]`)
	b.wait(`document.querySelector(".big-acts")`)
	b.click(".big-acts .solid")
	b.wait(`location.pathname === ` + quote(project+"/code"))
}

// coded is what was pressed in the survey, and whose answers they were.
type coded struct {
	memory *memory
	row    map[string]int       // of the file, by answer; the header is row 1
	column map[string]string    // question, by answer
	spans  map[[2]string]string // words chosen as evidence, by answer and label
	bases  map[string]int       // respondents with an answer, by question; "" for any
}

// codeForms codes answers by keyboard: some at the beginning of the first question, some of the second, with changes of mind.
func (b *tab) codeForms(project string, labels map[string]string, rows [][]string) *coded {
	b.t.Helper()
	c := &coded{memory: newMemory(labels), row: map[string]int{}, column: map[string]string{}, spans: map[[2]string]string{}, bases: map[string]int{}}
	at := map[string]int{}
	for _, name := range []string{"Ohjelmointiympäristöt", "Ohjelmointi opetuksessa"} {
		at[name] = slices.Index(rows[0], name)
		if at[name] < 0 {
			b.t.Fatalf("no column %s", name)
		}
	}
	for _, row := range rows[1:] {
		any := false
		for name, i := range at {
			if strings.TrimSpace(row[i]) != "" {
				c.bases[name]++
				any = true
			}
		}
		if any {
			c.bases[""]++
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{"Ohjelmointiympäristöt", "Ohjelmointi opetuksessa"} {
		key := b.questionKey(project, name)
		b.open(project + "/code?alike=apart&question=" + key)
		b.wait(`document.activeElement.matches("[data-card]")`)
		for range 60 {
			card := eval[string](b, `document.querySelector("[data-card][aria-current]").dataset.card`)
			number, err := strconv.Atoi(strings.TrimLeft(strings.TrimPrefix(b.text("#a"+card+" [data-now]"), "#"), "0"))
			if err != nil {
				b.t.Fatal(err)
			}
			c.row[card], c.column[card] = number+1, name
			if got, want := eval[string](b, `document.querySelector("#a`+card+` [data-text]").textContent`), strings.TrimSpace(rows[number][at[name]]); got != want {
				b.t.Fatalf("answer %s reads %q, row %d of the file has %q", card, got, number+1, want)
			}
			b.codeOne(c, card, random)
			b.press("j")
			b.wait(`document.querySelector("[data-card][aria-current]").dataset.card !== ` + quote(card))
		}
		b.saved()
	}
	for card := range c.memory.now {
		if c.column[card] != "Ohjelmointi opetuksessa" {
			continue
		}
		got := eval[[]string](b, `[...document.querySelectorAll("#a`+card+` .chip[data-mine] .name")].map(e => e.textContent).sort()`)
		if want := c.memory.on(card); !slices.Equal(got, want) {
			b.t.Errorf("answer %s shows %q, pressed was %q", card, got, want)
		}
	}
	return c
}

// codeOne does with one answer what people do: nothing, a theme or several, another thought, a mark, evidence, undo.
func (b *tab) codeOne(c *coded, card string, random *rand.Rand) {
	b.t.Helper()
	m := c.memory
	key := func(key string) { b.t.Helper(); b.press(key); m.press(card, key) }
	weighted := func() string { return "11112222334"[random.IntN(11):][:1] }
	switch kind := random.IntN(12); kind {
	case 0:
		key("n")
	case 1:
		key("-")
	case 2: // a theme, and a better one
		key("1")
		key("4")
		key("1")
	case 3: // evidence: the answer's first word
		b.press("e")
		b.wait(`getSelection().toString() !== ""`)
		word := eval[string](b, `getSelection().toString()`)
		b.press("2")
		if !m.now[card].themes[m.themes["2"]] {
			m.press(card, "2")
		}
		c.spans[[2]string{card, m.themes["2"]}] = word
	case 4: // undo at once
		key(weighted())
		b.saved()
		key("3")
		b.saved()
		key("u")
		b.wait(b.shows(card, m.on(card)))
	case 5: // on, off and on again, quicker than any answer comes
		for range 3 {
			key("3")
		}
	case 6: // a mark, a theme after all, and the mark again
		key("n")
		key("2")
		key("n")
	default:
		for _, k := range []string{weighted(), weighted()} {
			if !m.now[card].themes[m.themes[k]] {
				key(k)
			}
		}
	}
	if len(m.themes) == 5 && len(m.now)%40 == 7 { // a rare theme, under the threshold
		key("5")
	}
}

// shows is an expression that is true when the answer shows these themes as the person's own.
func (b *tab) shows(card string, labels []string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("#a%s .chip[data-mine]:not(.pending) .name")].map(e => e.textContent).sort().join("|") === %s`, card, quote(strings.Join(labels, "|")))
}

// saved waits until everything that was pressed is saved.
func (b *tab) saved() {
	b.t.Helper()
	b.wait(`document.querySelector(".saved").textContent === document.querySelector("[data-words]").dataset.saved && !Object.keys(sessionStorage).some(k => k.startsWith("unsaved:"))`)
}

// questionKey is the key of a question by its label, from the desk's filter.
func (b *tab) questionKey(project, label string) string {
	b.t.Helper()
	b.open(project + "/code?question=*")
	key := eval[string](b, `([...document.querySelectorAll("[name=question]")].find(i => i.closest("label").querySelector("span").textContent === `+quote(label)+`) || {value: ""}).value`)
	return cmp.Or(key, "none")
}

// checkForms compares what the analysis page shows and what is exported with what was pressed.
func (b *tab) checkForms(project string, c *coded) {
	b.t.Helper()
	people := c.memory.count(func(card string) string { return strconv.Itoa(c.row[card]) })
	hidden := func(n int) string {
		if n > 0 && n < 5 {
			return "<5"
		}
		return strconv.Itoa(n)
	}
	if n := people["Vanhat kielet"]; n == 0 || n >= 5 {
		b.t.Fatalf("the rare theme is on %d respondents; the test wants it under the threshold", n)
	}

	b.open(project + "/analysis")
	shown := eval[map[string]string](b, `Object.fromEntries([...document.querySelectorAll("table.counts tbody tr")].map(tr =>
		[tr.querySelector("th .lab > span").textContent.trim(), (tr.querySelector("td .hid [aria-hidden]") || tr.querySelector("td a, td > span")).textContent.trim()]))`)
	for label, n := range people {
		if shown[label] != hidden(n) {
			b.t.Errorf("the analysis page says %q for %s, pressed was %d", shown[label], label, n)
		}
	}
	if len(shown) != len(c.memory.themes) {
		b.t.Errorf("the analysis page has %v", shown)
	}

	href := func(name string) string {
		b.t.Helper()
		return eval[string](b, `(document.querySelector('.exports a[href*="/export/`+name+`"]') || {getAttribute: () => ""}).getAttribute("href")`)
	}
	counts, codings := href("counts.csv"), href("codings.csv")
	if counts == "" || codings == "" {
		b.t.Fatal("the analysis page offers no CSV of counts and codings")
	}
	exported := map[string]string{}
	for _, row := range readCSV(b.t, b.download(counts), ',') {
		exported[row["Theme"]] = row["Respondents (n)"]
	}
	want := map[string]string{"Respondents, total": strconv.Itoa(c.bases[""])}
	for label, n := range people {
		want[label] = hidden(n)
	}
	if !maps.Equal(exported, want) {
		b.t.Errorf("exported counts\n%v\npressed\n%v\n%s", exported, want, c.memory)
	}
	b.checkCodings(readCSV(b.t, b.download(codings), ','), c)
}

// checkCodings compares the exported codings with what was pressed, one by one.
func (b *tab) checkCodings(rows []map[string]string, c *coded) {
	b.t.Helper()
	got := map[string]string{}
	for _, row := range rows {
		if row["coder"] != "leena" || row["source"] != "person" || row["round"] != "2015" || row["language"] != "fi" {
			b.t.Errorf("a coding by nobody: %v", row)
		}
		got[row["respondent"]+" "+row["question"]+" "+row["theme_label"]] = row["evidence"]
	}
	want := map[string]string{}
	keys := map[string]string{"Ohjelmointiympäristöt": "", "Ohjelmointi opetuksessa": ""}
	for name := range keys {
		for _, row := range rows {
			if strings.EqualFold(strings.ReplaceAll(row["question"], "-", " "), name) {
				keys[name] = row["question"]
			}
		}
	}
	for card := range c.memory.now {
		for _, label := range c.memory.on(card) {
			want[strconv.Itoa(c.row[card])+" "+keys[c.column[card]]+" "+label] = c.spans[[2]string{card, label}]
		}
	}
	if len(want) < 100 {
		b.t.Errorf("only %d codings", len(want))
	}
	if !maps.Equal(got, want) {
		for k, v := range want {
			if w, ok := got[k]; !ok || w != v {
				b.t.Errorf("missing or other: %s evidence %q, exported %q", k, v, w)
			}
		}
		for k := range got {
			if _, ok := want[k]; !ok {
				b.t.Errorf("exported and never pressed: %s", k)
			}
		}
		b.t.Log(c.memory)
	}
}
