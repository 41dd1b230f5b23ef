package e2e

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// scripts switches the page's own scripts on or off; what the test evaluates still runs.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// TestWithoutScript codes on the desk without any JavaScript: every step is a link or a form and a page that comes back to the
// same place.
func TestWithoutScript(t *testing.T) {
	b := demonstration(t)
	b.scripts(false)
	b.open("/p/demo/code?question=q16")
	if eval[bool](b, `document.documentElement.classList.contains("scripted")`) {
		t.Fatal("the page's scripts still run")
	}
	// An answer that the person has not coded; its number is a link that makes it the current one.
	card := eval[string](b, `[...document.querySelectorAll("[data-card]")].find(c => c.dataset.state === "open" && !c.matches("[aria-current]")).dataset.card`)
	b.click("#a" + card + " [data-now]")
	b.wait(`document.querySelector("[aria-current][data-card]").dataset.card === "` + card + `"`)

	// A theme by its button in the pane.
	b.click(`[data-pane] button[data-key="2"]`)
	b.wait(`document.querySelector("#a` + card + ` .chip[data-mine]")`)
	theme := b.text(`[data-pane] button[data-key="2"] .name`)
	if got := b.text("#a" + card + " .chip[data-mine] .name"); got != theme || theme == "" {
		t.Errorf("the button gave %q, it says %q", got, theme)
	}
	if got := b.current(); got != card {
		t.Errorf("the page came back to answer %s, from %s", got, card)
	}
	if pressed := eval[string](b, `document.querySelector('[data-pane] button[data-key="2"]').getAttribute("aria-pressed")`); pressed != "true" {
		t.Errorf("the pane says aria-pressed=%s of a theme that the answer has", pressed)
	}

	// Undo by its button.
	b.click(`.keys [data-do=undo]`)
	b.wait(`!document.querySelector("#a` + card + ` .chip[data-mine]")`)

	// Two themes; one goes again by its cross. A mark by its button takes the other off.
	b.click(`[data-pane] button[data-key="1"]`)
	b.wait(`document.querySelectorAll("#a` + card + ` .chip[data-mine]").length === 1`)
	b.click(`[data-pane] button[data-key="3"]`)
	b.wait(`document.querySelectorAll("#a` + card + ` .chip[data-mine]").length === 2`)
	b.click("#a" + card + " .chip[data-mine] [data-do=remove]")
	b.wait(`document.querySelectorAll("#a` + card + ` .chip[data-mine]").length === 1`)
	b.click("#a" + card + " [data-do=none]")
	b.wait(`document.querySelector("#a` + card + ` [data-do=none][aria-pressed=true]") && !document.querySelector("#a` + card + ` .chip[data-mine]")`)

	// A memo, and a quote.
	b.fill("[data-memotext]", "Kirjoitettu ilman skriptejä")
	b.click("[data-memobox] button")
	b.wait(`document.querySelector("#a` + card + ` [data-memo]")`)
	b.click("#a" + card + " [data-do=quote]")
	b.wait(`document.querySelector("#a` + card + ` [data-do=quote][aria-pressed=true]")`)

	// The next answer is a link, and the pane is about it.
	next := eval[string](b, `document.querySelector("#a`+card+`").nextElementSibling.dataset.card`)
	b.click("#a" + next + " [data-now]")
	b.wait(`document.querySelector("[aria-current][data-card]").dataset.card === "` + next + `"`)
	b.click(`[data-pane] button[data-key="1"]`)
	b.wait(`document.querySelector("#a` + next + ` .chip[data-mine]")`)

	// Filters and search by their buttons.
	b.open("/p/demo/code?question=*")
	b.fill("#q", "ruotsi")
	b.do(chromedp.Submit(chromedp.CSS("[data-search]")))
	b.wait(`new URLSearchParams(location.search).get("q") === "ruotsi" && document.querySelector(".found") && document.querySelector("mark.hit")`)
	b.open("/p/demo/analysis")
	b.do(chromedp.SetValue(chromedp.CSS("select[name=by]"), "organisation"))
	b.click(".controls .nojs")
	b.wait(`new URLSearchParams(location.search).get("by") === "organisation" && document.querySelector("table.counts thead th:nth-child(3)")`)

	// A theme on the codebook page.
	b.open("/p/demo/themes?new=1")
	b.fill("[name=label_fi]", "Ilman skriptejä")
	b.click("[data-themeform] .solid")
	b.wait(`[...document.querySelectorAll("[data-tree] .name")].some(e => e.innerText.includes("Ilman skriptejä"))`)
}

// current is the desk's current answer.
func (b *tab) current() string {
	b.t.Helper()
	return eval[string](b, `(document.querySelector("[data-card][aria-current]") || {dataset: {card: ""}}).dataset.card`)
}
