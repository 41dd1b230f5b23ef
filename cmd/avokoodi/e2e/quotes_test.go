package e2e

import (
	"os"
	"testing"
)

// presses counts keys.
type presses struct {
	*tab
	n int
}

func (p *presses) press(key string) {
	p.n++
	p.tab.press(key)
}

// TestFromSearchToApprovedQuote: with the answers found, at most eight keys make an approved quote of the first one.
func TestFromSearchToApprovedQuote(t *testing.T) {
	b := demonstration(t)
	b.open("/p/demo/code?q=yhteisty%C3%B6&state=coded&quote=no")
	b.wait(`document.activeElement.matches("[data-card]")`)
	k := &presses{tab: b}
	k.press("j")
	id := eval[string](b, `document.querySelector("[aria-current][data-card]").dataset.card`)
	k.press("Q")
	b.wait(`location.pathname === "/p/demo/quotes" && location.search.includes("answer=` + id + `")`)
	b.wait(`document.activeElement.matches("[data-now]")`)
	if !eval[bool](b, `document.querySelector("[data-now]").matches(".candidate")`) {
		t.Fatal("the answer was a quote before")
	}
	k.press("Enter")
	b.wait(`document.querySelector("[data-now].approved")`)
	if k.n > 8 {
		t.Errorf("%d keys", k.n)
	}
	t.Logf("%d keys", k.n)

	// The words that are chosen by keyboard in the original are what a key acts on; the quote says so and is to be approved again.
	k.press("e")
	b.wait(`getSelection().toString() !== ""`)
	word := eval[string](b, `getSelection().toString()`)
	k.press("x")
	b.wait(`document.querySelector("[data-now].edited")`)
	b.wait(`!document.querySelector("[data-now] .text").textContent.slice(1).startsWith(` + quote(word) + `)`)
	b.wait(`document.querySelector("[data-now] .src .out").textContent.includes(` + quote(word) + `)`)
	if dir := os.Getenv("AVOKOODI_SHOTS"); dir != "" {
		for _, lang := range []string{"fi", "sv", "en"} {
			eval[any](b, `fetch("/prefs", {method: "POST", body: new URLSearchParams({lang: "`+lang+`"}), headers: {"X-Fragment": "1"}}).then(() => 0)`)
			for _, w := range []int64{1440, 360} {
				b.size(w, 1400)
				b.dark(lang == "sv")
				b.open("/p/demo/quotes?answer=" + id)
				b.wait(`document.querySelector("[data-now]").getBoundingClientRect().top < innerHeight`)
				b.shot("quotes-" + lang + "-" + map[int64]string{1440: "wide", 360: "narrow"}[w])
				b.open("/p/demo/quotes/find?theme=coordination")
				b.shot("find-" + lang + "-" + map[int64]string{1440: "wide", 360: "narrow"}[w])
			}
		}
	}
}
