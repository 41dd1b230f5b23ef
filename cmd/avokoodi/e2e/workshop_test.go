package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"avokoodi/cmd/avokoodi/needed"
)

// workshopPages are the builder with everything opened, the sheets and the slides of the demonstration's workshop.
var workshopPages = []looked{
	{path: "/p/demo/workshop"}, {path: "/p/demo/workshop", do: `document.querySelectorAll(".wtheme:nth-child(-n+2) details, .wagenda details").forEach(d => d.open = true)`},
	{path: "/p/demo/workshop/1/print/facilitator"}, {path: "/p/demo/workshop/1/print/sheets"}, {path: "/p/demo/workshop/1/print/cards"}, {path: "/p/demo/workshop/1/print/posters"},
	{path: "/p/demo/workshop/1/present"}, {path: "/p/demo/workshop/1/present#s4"}, {path: "/p/demo/workshop/1/present?notes=1#s5"},
	{path: "/p/demo/workshop/1/present#s7", do: `document.querySelector(".stagekeys").open = true`},
}

// TestWorkshopBuilder makes a workshop and changes it, with scripts and without.
func TestWorkshopBuilder(t *testing.T) {
	b := demonstration(t)
	b.speak("", "en")
	for _, scripts := range []bool{true, false} {
		b.scripts(scripts)
		b.open("/p/demo/workshop")
		b.wait(`document.querySelector("main h1")`)
		name := map[bool]string{true: "Spring", false: "Autumn"}[scripts]
		b.fill(`#new ~ form [name=name]`, name)
		b.click(`#new ~ form button`)
		b.wait(`document.querySelector("#themes")?.textContent === ` + quote(name))
		n := eval[int](b, `document.querySelectorAll(".wtheme").length`)
		if n < 4 {
			t.Fatalf("the draft has %d themes", n)
		}
		second := b.text(".wtheme:nth-child(2) strong")
		b.click(`.wtheme:nth-child(2) [value=up]`)
		b.wait(`document.querySelector(".wtheme:nth-child(1) strong").textContent === ` + quote(second))
		b.click(`.wsuggest [value=add]`)
		b.wait(`document.querySelectorAll(".wtheme").length === ` + strconv.Itoa(n+1))
		b.click(`.wtheme:last-child [value=remove]`)
		b.wait(`document.querySelector(".notice.undo")`)
		b.click(`.notice.undo button`)
		b.wait(`document.querySelectorAll(".wtheme").length === ` + strconv.Itoa(n+1))
		b.click(`.wtheme:nth-child(1) summary`)
		b.click(`.wtheme:nth-child(1) [name=asked][value=own]`)
		b.fill(`.wtheme:nth-child(1) [name="question.en"]`, "What now?")
		b.click(`.wtheme:nth-child(1) [value=edit]`)
		b.wait(`document.querySelector(".wtheme:nth-child(1) .wasks li").textContent === "What now?"`)
		b.click(`#settings ~ form [name=plain]`)
		b.click(`#settings ~ form [value=settings]`)
		b.wait(`/That is/.test(document.querySelector(".wtheme .whead p").textContent)`)
	}
}

// TestWorkshopPrintsFromTheBrowser prints the sheets as a browser does: as many pages as there are sheets, each of its own size.
func TestWorkshopPrintsFromTheBrowser(t *testing.T) {
	info := needed.Program(t, "pdfinfo")
	b := demonstration(t)
	for path, size := range map[string]string{"sheets": `59[45](\.\d+)? x 84[12]`, "cards": `59[45](\.\d+)? x 84[12]`, "posters": `84[12](\.\d+)? x 119[01]`} {
		b.open("/p/demo/workshop/1/print/" + path)
		b.wait(`document.fonts.status === "loaded" && document.fonts.check("700 12px Go") && document.querySelectorAll("svg.paper").length`)
		sheets := eval[int](b, `document.querySelectorAll("svg.paper").length`)
		var data []byte
		yes := true
		b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			got, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes, PrintBackground: &yes})
			if err == nil {
				data = got.Data
			}
			return err
		}))
		file := filepath.Join(t.TempDir(), path+".pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(info, file).CombinedOutput()
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`Pages: +` + strconv.Itoa(sheets) + `\n`).Match(out) {
			t.Errorf("%s: %d sheets are printed as\n%s", path, sheets, out)
		}
		if !regexp.MustCompile(`Page size: +` + size).Match(out) {
			t.Errorf("%s: of another size:\n%s", path, out)
		}
	}
}

// TestPresenter shows slides by the keyboard, keeps a second window along, and works for somebody who may only read, without scripts too.
func TestPresenter(t *testing.T) {
	b := demonstration(t)
	b.speak("", "fi")
	b.size(1280, 720)
	b.open("/p/demo/workshop/1/present")
	at := func(n string) {
		t.Helper()
		b.wait(`document.querySelector("[data-at]").textContent.startsWith("` + n + ` /")`)
	}
	at("1")
	if n := eval[int](b, `[...document.querySelectorAll("[data-slide]")].filter(s => s.getClientRects().length).length`); n != 1 {
		t.Errorf("%d slides are seen at once", n)
	}
	for _, step := range []struct{ key, at string }{{"ArrowRight", "2"}, {" ", "3"}, {"PageDown", "4"}, {"ArrowLeft", "3"}, {"Home", "1"}, {"ArrowLeft", "1"}, {"End", "54"}, {"ArrowRight", "54"}, {"PageUp", "53"}} {
		b.press(step.key)
		at(step.at)
	}
	b.open("/p/demo/workshop/1/present#s4")
	at("4")
	if over := eval[int](b, `document.querySelector("main").scrollHeight - document.querySelector("main").clientHeight`); over > 0 {
		t.Errorf("a slide of twelve themes is %d pixels too high for the screen", over)
	}
	if got := eval[string](b, `getComputedStyle(document.querySelector("[data-slide='4'] .speech")).display`); got != "none" {
		t.Error("the wall shows the speaker's notes")
	}
	b.press("n")
	b.wait(`getComputedStyle(document.querySelector("[data-slide='4'] .speech")).display !== "none"`)
	b.press("n")
	b.press("t")
	b.wait(`document.querySelector("[data-clock]").textContent.startsWith("0:01")`)
	b.press("t")
	b.press("b")
	b.wait(`document.body.classList.contains("dark")`)
	b.press("b")
	// Another window of the same browser goes along.
	if !await[bool](b, `new Promise(done => { const c = new BroadcastChannel(document.body.dataset.stage); c.onmessage = e => done(e.data.at === 4); document.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"})); })`) {
		t.Error("other windows are not told")
	}
	eval[any](b, `new BroadcastChannel(document.body.dataset.stage).postMessage({at: 9}); 0`)
	at("10")
	b.scripts(false)
	b.open("/p/demo/workshop/1/present")
	b.wait(`document.querySelectorAll("[data-slide]").length === 54`)
	if n := eval[int](b, `[...document.querySelectorAll("[data-slide]")].filter(s => s.getClientRects().length).length`); n != 54 {
		t.Errorf("without scripts %d slides are seen", n)
	}
	b.scripts(true)
}
