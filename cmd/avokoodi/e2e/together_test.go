package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// repetitive serves a project whose answers repeat each other and signs a browser in.
func repetitive(t *testing.T) *tab {
	t.Helper()
	data := t.TempDir()
	var rows strings.Builder
	rows.WriteString("id;kieli;mitä puuttuu\n")
	for i := range 60 {
		text := []string{"Ei.", "ei", "EOS", "en osaa sanoa", "-", fmt.Sprintf("Vastaus numero %d palveluista", i)}[i%6]
		fmt.Fprintf(&rows, "r%02d;fi;%s\n", i, text)
	}
	file := filepath.Join(data, "a.csv")
	if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	mapping := filepath.Join(data, "a.yaml")
	if err := os.WriteFile(mapping, []byte("profile: table\nround: \"2026\"\nrespondent_id: id\nlanguage: {column: kieli}\nquestions:\n  - {key: q1, column: \"mitä puuttuu\", label: {fi: \"Mitä puuttuu?\"}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	addPerson(t, data, "coder", "lead")
	mustRun(t, "", "import", file, "--project", "same", "--mapping", mapping, "--data", data)
	base, _ := serve(t, data, "serve", 0)
	b := newTab(t, base)
	b.signIn("coder")
	await[any](b, `fetch("/p/same/code/theme", {method: "POST", body: new URLSearchParams({label: "Services"}), headers: {"X-Fragment": "1"}}).then(() => 0)`)
	return b
}

func (b *tab) signIn(name string) {
	b.t.Helper()
	b.open("/login")
	b.fill(`input[name=name]`, name)
	b.fill(`input[name=password]`, password)
	b.click("main button.solid")
	b.wait(`location.pathname === "/projects"`)
}

const allSaved = `document.querySelector(".saved").textContent === document.querySelector("[data-words]").dataset.saved`

// states is how many answers of the filter have each state, as the desk's own filters count them.
func (b *tab) states() map[string]int {
	b.t.Helper()
	return await[map[string]int](b, `fetch("/p/same/code/side?question=*").then((r) => r.text()).then((html) => {
		const t = document.createElement("template"); t.innerHTML = html;
		return Object.fromEntries([...t.content.querySelectorAll('[data-count^="state="]')].map((c) => [c.dataset.count.slice(6), Number(c.textContent)]));
	})`)
}

func (b *tab) wantStates(open, coded, none, unusable int) {
	b.t.Helper()
	got := b.states()
	if got["open"] != open || got["coded"] != coded || got["none"] != none || got["unusable"] != unusable {
		b.t.Fatalf("states %v, want open %d, coded %d, none %d, unusable %d", got, open, coded, none, unusable)
	}
}

// TestSameAnswers judges answers that say the same as one card, takes it back as one step, and ticks several cards.
func TestSameAnswers(t *testing.T) {
	b := repetitive(t)
	b.open("/p/same/code?question=q1&state=open")
	b.wait(`document.querySelector("[data-card][aria-current]")`)
	if n := eval[int](b, `document.querySelectorAll("[data-card]").length`); n != 13 {
		t.Fatalf("%d cards, want 13: three sayings and ten answers of their own", n)
	}
	b.wantStates(60, 0, 0, 0)
	if got := b.text("[data-card][aria-current] .alike summary"); !strings.HasPrefix(got, "20 ") {
		t.Errorf("the first card says %q", got)
	}
	b.shot("same-answers")
	b.press("-")
	b.wait(allSaved)
	b.wait(`document.querySelector("[data-card][aria-current]").dataset.state === "unusable"`)
	b.wantStates(40, 0, 0, 20)
	b.press("j") // eos
	b.press("t")
	b.wait(`document.activeElement.matches("[data-find]")`)
	b.keys("Services")
	b.press("Enter")
	b.wait(`document.querySelector("[data-card][aria-current] .chip[data-mine]:not(.pending)")`)
	b.wantStates(20, 20, 0, 20)

	// The answers behind the card, one by one.
	b.click("[data-card][aria-current] .alike summary")
	b.wait(`document.querySelectorAll("[data-card][aria-current] .samelist li").length === 20`)
	b.shot("same-open")
	b.open(eval[string](b, `document.querySelector("[data-card][aria-current] .alike p a").href`))
	b.wait(`document.querySelectorAll("[data-card]").length === 20 && !document.querySelector(".alike")`)
	b.wait(`document.activeElement.matches("[data-card]")`)
	b.press("n") // one of them is different
	b.wait(`document.querySelector("[data-card][aria-current]").dataset.state === "none"`)
	b.wait(allSaved)
	b.wantStates(20, 19, 1, 20)

	// Together again, the card says that not all have the theme; its key gives it to all.
	b.open("/p/same/code?question=q1&state=coded&state=none")
	b.wait(`document.querySelector("[data-card][aria-current] .chip.part .share")`)
	if got := b.text("[data-card][aria-current] .chip.part .share"); got != "19 of 20" {
		t.Errorf("the chip says %q", got)
	}
	b.shot("same-part")
	b.wait(`document.activeElement.matches("[data-card]")`)
	b.press("u")
	b.wait(`document.querySelector("[data-card][aria-current] .chip[data-mine]:not(.part)")`)
	b.wantStates(20, 20, 0, 20)
	b.press("u")
	b.wait(`!document.querySelector("[data-card][aria-current] .chip")`)
	b.wantStates(40, 0, 0, 20)
	b.press("u")
	b.wait(`document.querySelector('[data-count="state=open"]').textContent === "60"`)
	b.wantStates(60, 0, 0, 0)

	// Several cards: two of one answer and one of twenty.
	b.open("/p/same/code?question=q1&alike=apart")
	b.wait(`document.querySelectorAll("[data-card]").length === 40`)
	b.open("/p/same/code?question=q1")
	b.wait(`document.activeElement.matches("[data-card]")`)
	b.press("x")
	b.press("J")
	b.press("J")
	b.press("J")
	b.wait(`document.querySelectorAll("[data-pick]:checked").length === 4`)
	b.press("K")
	b.wait(`document.querySelectorAll("[data-pick]:checked").length === 3`)
	if got := b.text("[data-picked]"); got != "Selected: 50" {
		t.Errorf("the bar says %q", got)
	}
	if got := b.text("[data-picksaid]"); got != "Selected: 50" {
		t.Errorf("a screen reader hears %q", got)
	}
	b.shot("picked")
	b.press("n")
	b.wait(allSaved)
	b.wantStates(10, 0, 50, 0)
	b.press("Escape")
	b.wait(`document.querySelectorAll("[data-pick]:checked").length === 0`)
	b.press("u")
	b.wait(`document.querySelectorAll('[data-card][data-state="none"]').length === 0`)
	b.wantStates(60, 0, 0, 0)

	// All that are loaded, by the bar.
	eval[any](b, `document.querySelector("[data-card][aria-current]").focus(), 0`)
	eval[any](b, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "a", ctrlKey: true, bubbles: true, cancelable: true})), 0`)
	b.wait(`document.querySelectorAll("[data-pick]:checked").length === 13`)
	eval[any](b, `document.querySelector("[data-manytheme]").selectedIndex = 1, 0`)
	b.click(`[data-many] button[value=add]`)
	b.wait(allSaved)
	b.wait(`document.querySelectorAll(".chip[data-mine]:not(.pending)").length === 13`)
	b.wantStates(0, 60, 0, 0)

	// A theme made on the spot is put on all answers of the card.
	b.press("Escape")
	eval[any](b, `document.querySelector("[data-card][aria-current]").focus(), 0`)
	b.press("Escape")
	b.wait(`document.querySelectorAll("[data-pick]:checked").length === 0`)
	b.press("t")
	b.wait(`document.activeElement.matches("[data-find]")`)
	b.keys("Brand new")
	b.press("Enter")
	b.wait(`document.querySelectorAll("[data-card][aria-current] .chip[data-mine]:not(.part, .pending)").length === 2`)
}
