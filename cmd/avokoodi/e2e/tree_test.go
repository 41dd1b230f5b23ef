package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// branches is the codebook's tree as the page shows it: of each theme its id, parent and place.
const branches = `[...document.querySelectorAll("[data-tree] li")].map(li => li.dataset.theme + "<" + li.dataset.parent + "@" + li.dataset.position).join(" ")`

// tops are the ids of the topmost themes.
const tops = `[...document.querySelectorAll("[data-tree] > ul > li")].map(li => li.dataset.theme)`

func row(id string) string { return `[data-tree] li[data-theme="` + id + `"] > [data-row]` }

func parent(id string) string {
	return `document.querySelector('[data-tree] li[data-theme="` + id + `"]').dataset.parent`
}

// drag takes one theme by the mouse and lets it go on another, at a share of its height from the top.
func (b *tab) drag(id, to string, at float64) {
	b.t.Helper()
	eval[any](b, `document.querySelector(`+quote(row(id))+`).scrollIntoView({block: "center"}), 0`)
	place := func(css string, share float64) []float64 {
		return eval[[]float64](b, fmt.Sprintf(`(() => { const r = document.querySelector(%s).getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height * %g]; })()`, quote(css), share))
	}
	from, dest := place(row(id)+" .grip", .5), place(row(to), at)
	b.do(chromedp.DragAndDropXY(from[0], from[1], dest[0], dest[1]))
}

// undoOffer takes back what the page offers to take back.
func (b *tab) undoOffer() {
	b.t.Helper()
	b.wait(`document.querySelector("[data-undone] .undo button")`)
	b.click("[data-undone] .undo button")
	b.wait(`!document.querySelector("[data-undone] .undo")`)
}

// TestTreeOfThemes moves themes by mouse and by keyboard, takes each move back, and holds the page against the store.
func TestTreeOfThemes(t *testing.T) {
	b := demonstration(t)
	b.open("/p/demo/themes")
	b.wait(`document.querySelectorAll("[data-tree] > ul > li").length > 3`)
	began, ids := eval[string](b, branches), eval[[]string](b, tops)
	first, second, third := ids[0], ids[1], ids[2]
	kept := func(what, want string) {
		t.Helper()
		b.wait(branches + " === " + quote(want))
		if got := await[string](b, `fetch(location.pathname).then(r => r.text()).then(html => { const document = new DOMParser().parseFromString(html, "text/html"); return `+branches+`; })`); got != want {
			t.Errorf("%s: the store has %s, want %s", what, got, want)
		}
	}

	// By mouse under another theme, while something is written in the form that nobody has saved.
	b.open("/p/demo/themes?theme=" + eval[string](b, `document.querySelector('#tree-`+second+`').dataset.key`))
	b.wait(`document.querySelector("[data-themeform] textarea")`)
	eval[any](b, `document.querySelector("[data-themeform] textarea").focus(), 0`)
	b.keys("Not saved. ")
	b.wait(`!document.querySelector("[data-dirty]").hidden`)
	b.drag(third, first, .5)
	b.wait(parent(third) + " === " + quote(first))
	moved := eval[string](b, branches)
	kept("dropped under another", moved)
	if !eval[bool](b, `document.querySelector("[data-themeform] textarea").value.includes("Not saved. ") && !document.querySelector("[data-dirty]").hidden`) {
		t.Error("what was written in the form is gone")
	}
	b.shot("tree-dragged")
	b.click("[data-themeform] .solid")
	b.wait(`document.querySelector("[data-dirty]").hidden`)
	b.open("/p/demo/themes")
	kept("after a reload", moved)

	// Between two, and back to the top level.
	b.drag(third, first, .1)
	b.wait(parent(third) + ` === "0"`)
	if got := eval[[]string](b, tops); got[0] != third || got[1] != first {
		t.Errorf("dropped before %s: %v", first, got)
	}
	b.undoOffer()
	kept("the second move undone", moved)
	b.drag(first, third, .5) // under its own sub-theme: refused, nothing sent
	if got := eval[string](b, branches); got != moved {
		t.Errorf("a theme is its own sub-theme: %s", got)
	}
	b.focusTree(third)
	b.alt("ArrowLeft")
	b.wait(parent(third) + ` === "0"`)
	b.undoOffer()
	b.focusTree(third)
	b.alt("ArrowLeft")
	b.wait(parent(third) + ` === "0"`)
	if got := eval[[]string](b, tops); got[0] != first || got[1] != third {
		t.Errorf("moved out: %v, want it behind %s", got, first)
	}
	b.alt("ArrowDown")
	kept("all by keyboard back where it was", began)

	// By keyboard: in, up, down, out; the focus stays on the theme, and plain arrows only walk.
	b.focusTree(second)
	b.alt("ArrowUp")
	b.wait(tops + `[0] === ` + quote(second))
	b.onTree(second)
	b.alt("ArrowUp") // there is nothing above
	b.wait(`!document.querySelector("[data-toast]").hidden`)
	b.onTree(second)
	b.alt("ArrowDown")
	kept("up and down", began)
	b.alt("ArrowRight")
	b.wait(parent(second) + " === " + quote(first))
	b.onTree(second)
	b.shot("tree-keys")
	b.undoOffer()
	kept("undone", began)
	b.focusTree(first)
	b.press("ArrowDown")
	if got := eval[string](b, `document.activeElement.id`); got == "tree-"+first || !strings.HasPrefix(got, "tree-") {
		t.Errorf("the arrow went to %q", got)
	}
	kept("walking moves nothing", began)
}

func (b *tab) alt(key string) { b.t.Helper(); b.held(key, 1) }

func (b *tab) focusTree(id string) {
	b.t.Helper()
	eval[any](b, `document.getElementById("tree-`+id+`").focus(), 0`)
}

func (b *tab) onTree(id string) {
	b.t.Helper()
	b.wait(`document.activeElement.id === "tree-` + id + `"`)
}

// TestOlderDefinition changes a theme's definition and goes through the codings that were made before.
func TestOlderDefinition(t *testing.T) {
	b := demonstration(t)
	b.open("/p/demo/themes")
	b.wait(`document.querySelector("[data-tree] li")`)
	key := eval[string](b, `[...document.querySelectorAll("[data-tree] .trow")].filter(r => Number(r.querySelector("b").textContent) > 30)[0].querySelector("a").dataset.key`)
	count := func() int {
		return eval[int](b, `Number(document.querySelector('[data-tree] a[data-key="`+key+`"]').closest(".trow").querySelector("b").textContent)`)
	}
	respondents := count()
	b.open("/p/demo/themes?theme=" + key)
	b.wait(`document.querySelector("[data-themeform]")`)
	before := eval[string](b, `document.querySelector(".older") ? document.querySelector(".older").textContent : ""`)
	b.fill(`[data-themeform] textarea[name^="definition_"][lang=en]`, "Another meaning from today on.")
	b.click("[data-themeform] .solid")
	b.wait(`document.querySelector("[data-dirty]").hidden && document.querySelector(".older") && document.querySelector(".older").textContent !== ` + quote(before))
	b.click(".older")
	b.wait(`document.querySelector("main.review [data-tick]")`)
	b.shot("older")
	left := `Number(document.querySelector(".ticks span").textContent.match(/\d+/)[0])`
	all := eval[int](b, left)
	if all < 30 {
		t.Fatalf("%d answers to look at again", all)
	}
	tick := `main.review [data-tick] input[type=checkbox]`

	// Three are still right: they leave the list and keep the theme.
	for i := range 3 {
		eval[any](b, fmt.Sprintf(`document.querySelectorAll(%s)[%d].click(), 0`, quote(tick), i))
	}
	b.click(`.decide button[value=confirm]`)
	b.wait(fmt.Sprintf("%s === %d", left, all-3))
	// The offer under the title takes that back, and they are there again.
	b.click(".undo button")
	b.wait(fmt.Sprintf("%s === %d", left, all))
	b.click("[data-tickall]")
	if n := eval[int](b, `document.querySelectorAll(`+quote(tick+":checked")+`).length`); n != 20 {
		t.Fatalf("%d ticked of the page's 20", n)
	}
	b.click(`.decide button[value=confirm]`)
	b.wait(fmt.Sprintf("%s === %d", left, all-20))
	// Shift ticks a range; the theme comes off these.
	eval[any](b, `document.querySelectorAll(`+quote(tick)+`)[0].click(), document.querySelectorAll(`+quote(tick)+`)[4].dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, shiftKey: true})), 0`)
	taken := eval[[]string](b, `[...document.querySelectorAll(`+quote(tick+":checked")+`)].map(x => x.value)`)
	if len(taken) != 5 {
		t.Fatalf("shift ticked %d", len(taken))
	}
	b.click(`.decide button[value=remove]`)
	b.wait(fmt.Sprintf("%s === %d", left, all-25))
	b.open("/p/demo/themes")
	if got := count(); got >= respondents || got < respondents-5 {
		t.Errorf("%d respondents after the theme was taken off five answers, %d before", got, respondents)
	}
	b.open("/p/demo/code?question=*&theme=" + key + "&a=" + taken[0])
	if eval[bool](b, `!!document.querySelector("#a`+taken[0]+` .chip[data-mine]")`) {
		t.Error("the theme is still on an answer that it was taken off")
	}
}
