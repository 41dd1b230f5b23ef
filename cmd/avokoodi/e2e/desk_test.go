package e2e

import (
	"fmt"
	"os"
	"testing"
)

// demonstration serves the demonstration project and signs a browser in.
func demonstration(t *testing.T) *tab {
	t.Helper()
	base, links := serve(t, t.TempDir(), "demo", 1, "--no-browser")
	b := newTab(t, base)
	b.open(links[0])
	b.wait(`location.pathname === "/p/demo"`)
	return b
}

// TestPictures takes pictures of the main pages for people to look at, where AVOKOODI_SHOTS names a folder.
func TestPictures(t *testing.T) {
	if os.Getenv("AVOKOODI_SHOTS") == "" {
		t.Skip("pictures are taken where AVOKOODI_SHOTS names a folder")
	}
	b := demonstration(t)
	for _, lang := range []string{"fi", "sv", "en"} {
		eval[any](b, `fetch("/prefs", {method: "POST", body: new URLSearchParams({lang: "`+lang+`"}), headers: {"X-Fragment": "1"}}).then(() => 0)`)
		for _, w := range []int64{1440, 360} {
			b.size(w, 900)
			for _, page := range []string{"", "/code", "/themes", "/analysis?by=organisation", "/quotes", "/history", "/settings", "/import", "/code?q=palvelu"} {
				for _, dark := range []bool{false, true} {
					if dark && (lang != "fi" || w != 1440) {
						continue
					}
					b.dark(dark)
					b.open("/p/demo" + page)
					name := fmt.Sprintf("%s-%d-%v%s", lang, w, dark, page)
					clean := []byte(name)
					for i, c := range clean {
						if c == '/' || c == '?' || c == '=' {
							clean[i] = '_'
						}
					}
					b.shot(string(clean))
				}
			}
		}
	}
}

// TestKeyboard codes by keyboard alone and holds what the store says against what was pressed.
func TestKeyboard(t *testing.T) {
	b := demonstration(t)
	b.open("/p/demo/code?question=q16&state=open")
	b.wait(`document.querySelector("[data-card][aria-current]")`)
	b.wait(`document.activeElement.matches("[data-card]")`)
	id := eval[string](b, `document.querySelector("[aria-current][data-card]").dataset.card`)
	card := "#a" + id
	saved := `document.querySelector(".saved").textContent === document.querySelector("[data-words]").dataset.saved && !sessionStorage.getItem("unsaved:demo")`

	b.press("1")
	b.wait(`document.querySelector("` + card + ` .chip[data-mine]:not(.pending)")`)
	b.wait(saved)
	theme := eval[string](b, `document.querySelector("`+card+` .chip[data-mine] .name").textContent`)
	if pane := eval[string](b, `document.querySelector('[data-pane] [data-key="1"] .name').textContent`); pane != theme {
		t.Errorf("key 1 gave %q, the pane's first is %q", theme, pane)
	}

	// A word chosen by keyboard becomes the evidence of the theme that follows.
	b.press("e")
	b.wait(`getSelection().toString() !== ""`)
	word := eval[string](b, `getSelection().toString()`)
	b.press("2")
	b.wait(`document.querySelectorAll("` + card + ` .chip[data-mine]:not(.pending)").length === 2`)
	b.wait(`document.querySelector("` + card + ` .text mark")`)
	if got := eval[string](b, `document.querySelector("`+card+` .text mark").textContent`); got != word {
		t.Errorf("the evidence is %q, chosen was %q", got, word)
	}

	// The finder knows the labels of all three languages.
	b.press("t")
	b.wait(`document.activeElement.matches("[data-find]")`)
	b.keys("bostad")
	b.wait(`document.querySelectorAll("[data-found] li:not(.create)").length >= 0 && document.querySelector("[data-found] li")`)
	b.press("Enter")
	b.wait(`document.activeElement.matches("[data-card]")`)
	b.wait(saved)

	b.press("j")
	b.wait(`document.querySelector("[aria-current][data-card]").dataset.card !== "` + id + `"`)
	next := eval[string](b, `document.querySelector("[aria-current][data-card]").dataset.card`)
	b.press("n")
	b.wait(`document.querySelector("#a` + next + ` [data-do=none]").getAttribute("aria-pressed") === "true"`)
	b.wait(saved)
	b.press("q")
	b.wait(`document.querySelector("#a` + next + ` [data-do=quote]").getAttribute("aria-pressed") === "true"`)
	b.wait(saved)
	b.press("m")
	b.wait(`document.activeElement.matches("textarea")`)
	b.keys("A thought, j k 1 n.")
	b.press("Escape")
	b.wait(`document.querySelector("#a` + next + ` [data-memo]")`)
	b.wait(saved)
	if got := b.text("#a" + next + " [data-memo]"); got != "A thought, j k 1 n." {
		t.Errorf("the memo is %q", got)
	}

	// Undo: memo, quote, mark.
	for range 3 {
		b.press("u")
		b.wait(`!document.querySelector("[data-toast]").hidden`)
		eval[any](b, `document.querySelector("[data-toast]").hidden = true`)
	}
	b.wait(`document.querySelector("#a` + next + `").dataset.state === "open" && !document.querySelector("#a` + next + ` [data-memo]")`)

	// The place stays after a reload, even though what was coded no longer fits the filter.
	b.open(eval[string](b, `location.href`))
	b.wait(`document.querySelector("[aria-current][data-card]").dataset.card === "` + next + `"`)
	b.shot("keyboard")
}

// TestTogether opens two desks: what one codes appears on the other, and each sees the other.
func TestTogether(t *testing.T) {
	data := t.TempDir()
	mustRun(t, "a good password\n", "user", "add", "second", "--role", "analyst", "--data", data)
	base, links := serve(t, data, "demo", 1, "--no-browser")
	a := newTab(t, base)
	a.open(links[0])
	a.wait(`location.pathname === "/p/demo"`)
	b := newTab(t, base)
	b.open("/login")
	b.fill(`input[name=name]`, "second")
	b.fill(`input[name=password]`, "a good password")
	b.click("main button.solid")
	b.wait(`location.pathname === "/projects"`)
	for _, x := range []*tab{a, b} {
		x.open("/p/demo/code?question=q16&state=open")
		x.wait(`document.querySelector("[data-card][aria-current]")`)
	}
	a.wait(`document.querySelector("[data-here] .dot")`)
	b.wait(`document.querySelector("[data-here] .dot")`)
	id := eval[string](a, `document.querySelector("[aria-current][data-card]").dataset.card`)
	a.press("1")
	b.wait(`document.querySelector("#a` + id + ` .chip.theirs .by")`)
	b.press("1") // the same theme: one chip, both names
	b.wait(`document.querySelector("#a` + id + ` .chip[data-mine]:not(.pending) .by")`)
	a.wait(`document.querySelector("#a` + id + ` .chip[data-mine] .by")`)
	b.press("u")
	a.wait(`document.querySelector("#a` + id + ` .chip[data-mine]") && !document.querySelector("#a` + id + ` .chip[data-mine] .by")`)
}

// TestSuggestionsByKey: what is suggested comes with its reasons, one key accepts it, and the next answer has its own at once.
func TestSuggestionsByKey(t *testing.T) {
	b := demonstration(t)
	b.open("/p/demo/code?question=*&state=open")
	b.wait(`document.querySelector("[aria-current] [data-maybe] kbd")`)
	id := eval[string](b, `document.querySelector("[aria-current][data-card]").dataset.card`)
	theme := eval[string](b, `document.querySelector("[aria-current] [data-maybe]").dataset.maybe`)
	b.wait(`document.querySelector("[data-why] li .word")`)
	b.press("a")
	b.wait(`document.querySelector('#a` + id + ` .chip[data-mine][data-theme="` + theme + `"]:not(.pending)')`)
	if eval[bool](b, `!!document.querySelector('[data-maybe="`+theme+`"]')`) {
		t.Error("what was accepted is still suggested")
	}
	// Pointing at a reason marks its words in the answer without touching the text.
	for range 20 {
		if eval[bool](b, `!!document.querySelector("[data-why] li .word")`) {
			break
		}
		b.press("j")
		b.wait(`document.querySelector("[data-why] :is(li, .note)")`)
	}
	// The page says that all is saved also where it came with a suggestion on it.
	b.open("/p/demo/code?question=*&state=open")
	b.wait(`document.querySelector("[aria-current] [data-maybe] kbd") && document.querySelector("[data-why] li .word")`)
	b.press("a")
	b.wait(`document.querySelector(".saved").textContent === "All saved" && !sessionStorage.getItem("unsaved:demo")`)
	eval[any](b, `document.querySelector("[data-why] li").dispatchEvent(new PointerEvent("pointerover", {bubbles: true})), 0`)
	words := eval[string](b, `[...CSS.highlights.get("suggested")].map(r => r.toString()).sort().join()`)
	if said := eval[string](b, `[...new Set([...document.querySelectorAll("[data-why] li:first-child .word")].map(w => w.textContent))].sort().join()`); words != said {
		t.Errorf("marked are %q, the reasons are %q", words, said)
	}
}
