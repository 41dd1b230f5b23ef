package e2e

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// twoCoders is a served project with two coders and two themes, keys 1 and 2.
func twoCoders(t *testing.T, serve func(data string) string) (base string) {
	t.Helper()
	data := t.TempDir()
	file := filepath.Join(data, "a.csv")
	if err := os.WriteFile(file, survey(60), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "", "import", file, "--project", "bad", "--data", data)
	for _, name := range []string{"anna", "bertil"} {
		addPerson(t, data, name, "lead")
	}
	base = serve(data)
	v := signIn(t, base, "anna")
	v.addTheme("bad", "First", "1")
	v.addTheme("bad", "Second", "2")
	return base
}

// desk opens the coding desk of the project, all answers one by one.
func (b *tab) desk() {
	b.t.Helper()
	b.open("/p/bad/code?question=*&alike=apart")
	b.wait(`document.activeElement.matches("[data-card]")`)
}

func (b *tab) now() string {
	b.t.Helper()
	return eval[string](b, `document.querySelector("[data-card][aria-current]").dataset.card`)
}

// chips is the themes on an answer as the server knows them: name, and + where the reader gave it.
func (b *tab) chips(id string) string {
	b.t.Helper()
	return await[string](b, `fetch("/p/bad/code/cards", {method: "POST", headers: {"X-Fragment": "1"}, body: new URLSearchParams({on: Number(`+id+`).toString(36)})}).then((r) => r.text()).then((html) => {
		const t = document.createElement("template"); t.innerHTML = html;
		return [...t.content.querySelectorAll(".chip")].map((c) => c.querySelector(".name").textContent + ("mine" in c.dataset ? "+" : "")).join(" ");
	})`)
}

const nothingWaits = allSaved + ` && !sessionStorage.getItem("unsaved:bad")`

// TestServerGoesAway kills the server while a person codes on: what waits is said and kept, and saved when the server is back.
func TestServerGoesAway(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := l.Addr().String()
	l.Close()
	var data string
	var kill func()
	run := func(dir string) string {
		cmd, base := serveChildAt(t, dir, listen)
		data, kill = dir, func() { cmd.Process.Kill(); cmd.Wait() }
		return base
	}
	base := twoCoders(t, run)
	b := newTab(t, base)
	b.signIn("anna")
	b.desk()
	first := b.now()
	b.press("1")
	b.wait(nothingWaits)
	kill()
	b.press("2")
	b.press("j")
	second := b.now()
	b.press("1")
	b.press("j")
	third := b.now()
	b.press("n")
	b.wait(`document.querySelector(".saved").classList.contains("wait") && document.querySelector(".saved").textContent.includes("waiting to be saved: 3")`)
	if n := eval[int](b, `document.querySelectorAll(".chip.pending").length`); n != 2 {
		t.Errorf("%d themes are drawn as not saved yet, want 2", n)
	}
	b.shot("server-away")
	run(data)
	b.wait(nothingWaits)
	for id, want := range map[string]string{first: "First+ Second+", second: "First+", third: ""} {
		if got := b.chips(id); got != want {
			t.Errorf("answer %s has %q, want %q", id, got, want)
		}
	}
	b.desk()
	b.wait(`document.querySelector("#a` + third + `").dataset.state === "none"`)
	if n := eval[int](b, `document.querySelectorAll(".chip.pending").length`); n != 0 {
		t.Errorf("%d themes are still drawn as not saved", n)
	}
}

// TestThemeDeleted deletes a theme while another person is about to use it and has its chip before them.
func TestThemeDeleted(t *testing.T) {
	base := twoCoders(t, func(data string) string { base, _ := serve(t, data, "serve", 0); return base })
	a, b := newTab(t, base), newTab(t, base)
	a.signIn("anna")
	b.signIn("bertil")
	a.desk()
	b.desk()
	id := a.now()
	a.press("1")
	a.press("2")
	a.wait(nothingWaits)
	a.press("j")
	next := a.now()
	theme := eval[string](a, `document.querySelector('[data-pane] [data-key="1"]').dataset.theme`)
	// In the same moment: the colleague deletes, this person codes before the desk has heard of it.
	await[any](b, `fetch("/p/bad/themes/`+theme+`/delete", {method: "POST", headers: {"X-Fragment": "1"}, body: new URLSearchParams({confirm: "1"})}).then((r) => r.status)`)
	a.press("1")
	a.wait(`document.querySelector("[data-alert]").textContent.includes("deleted meanwhile") || !document.querySelector('[data-pane] [data-key="1"]')`)
	a.wait(`!document.querySelector('[data-pane] [data-key="1"]') && !document.querySelector('.chip[data-theme="` + theme + `"]')`)
	a.wait(nothingWaits)
	if got := a.chips(id); got != "Second+" {
		t.Errorf("the first answer has %q", got)
	}
	if got := a.chips(next); got != "" {
		t.Errorf("the next answer has %q", got)
	}
	a.press("2") // work goes on
	a.wait(nothingWaits)
	if got := a.chips(next); got != "Second+" {
		t.Errorf("the next answer has %q", got)
	}
}

// TestTwoTabs codes one answer in two tabs of one person.
func TestTwoTabs(t *testing.T) {
	base := twoCoders(t, func(data string) string { base, _ := serve(t, data, "serve", 0); return base })
	a, b := newTab(t, base), newTab(t, base)
	for _, x := range []*tab{a, b} {
		x.signIn("anna")
		x.desk()
	}
	id := a.now()
	a.press("1")
	b.wait(`document.querySelectorAll("#a` + id + ` .chip[data-mine]").length === 1`) // the other tab sees it
	b.press("2")
	a.wait(`document.querySelectorAll("#a` + id + ` .chip[data-mine]:not(.pending)").length === 2`)
	// Both put the same theme on the next answer at once: one coding.
	a.press("j")
	b.press("j")
	next := a.now()
	a.press("1")
	b.press("1")
	for _, x := range []*tab{a, b} {
		x.wait(nothingWaits)
	}
	a.press("u") // the undo of one tab shows in the other
	for _, x := range []*tab{a, b} {
		x.wait(`document.querySelectorAll("#a` + next + ` .chip").length === document.querySelectorAll("#a` + next + ` .chip[data-mine]:not(.pending)").length`)
	}
	if got := a.chips(id); got != "First+ Second+" {
		t.Errorf("the answer has %q", got)
	}
	a.wait(fmt.Sprintf(`document.querySelectorAll("#a%s .chip").length === %d`, next, strings.Count(a.chips(next), "+")))
	b.wait(fmt.Sprintf(`document.querySelectorAll("#a%s .chip").length === %d`, next, strings.Count(a.chips(next), "+")))
}

// TestSessionEnds ends the sign-in in the middle of work: one signs in in place and goes on.
func TestSessionEnds(t *testing.T) {
	base := twoCoders(t, func(data string) string { base, _ := serve(t, data, "serve", 0); return base })
	b := newTab(t, base)
	b.signIn("anna")
	b.desk()
	id := b.now()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{})
		return err
	}))
	b.press("1")
	b.wait(`document.querySelector("[data-signin]").open`)
	b.shot("signed-out")
	b.press("Escape") // there is no way round it, and nothing is lost
	b.wait(`document.querySelector("[data-signin]").open`)
	b.fill(`[data-signin] input[name=name]`, "anna")
	b.fill(`[data-signin] input[name=password]`, "wrong")
	b.press("Enter")
	b.click(`[data-signin] button.solid`)
	b.wait(`!document.querySelector("[data-wrong]").hidden`)
	b.fill(`[data-signin] input[name=password]`, password)
	b.click(`[data-signin] button.solid`)
	b.wait(`!document.querySelector("[data-signin]").open`)
	b.wait(nothingWaits)
	if got := b.chips(id); got != "First+" {
		t.Errorf("the answer has %q", got)
	}
	if got := b.now(); got != id {
		t.Errorf("the place moved from %s to %s", id, got)
	}
	b.wait(`document.activeElement.matches("[data-card]")`)
	b.press("j")
	b.press("2")
	b.wait(nothingWaits)
	if got := b.chips(b.now()); got != "Second+" {
		t.Errorf("the next answer has %q", got)
	}
}

// TestLongMemo pastes 50,000 characters into the memo of an answer; they are kept. Twice as many and one more are refused in
// words.
func TestLongMemo(t *testing.T) {
	base := twoCoders(t, func(data string) string { base, _ := serve(t, data, "serve", 0); return base })
	b := newTab(t, base)
	b.signIn("anna")
	b.desk()
	id := b.now()
	write := func(n int) {
		b.press("m")
		b.wait(`document.activeElement.matches("textarea")`)
		eval[any](b, fmt.Sprintf(`document.activeElement.value = "å".repeat(%d), document.activeElement.dispatchEvent(new Event("input", {bubbles: true})), 0`, n))
		b.press("Escape")
		b.wait(`document.activeElement.matches("[data-card]")`)
	}
	kept := func() int {
		return await[int](b, `fetch("/p/bad/code/cards", {method: "POST", headers: {"X-Fragment": "1"}, body: new URLSearchParams({on: Number(`+id+`).toString(36)})}).then((r) => r.text()).then((html) => (html.match(/å+/g) ?? [""]).sort((a, b) => b.length - a.length)[0].length)`)
	}
	write(50_000)
	b.wait(nothingWaits)
	if n := kept(); n != 50_000 {
		t.Errorf("%d characters are kept", n)
	}
	write(100_001)
	b.wait(`/100.?000/.test(document.querySelector("[data-alert]").textContent)`)
	b.wait(nothingWaits)
	if n := kept(); n != 50_000 {
		t.Errorf("%d characters are kept after what was too long", n)
	}
}

// TestKeysWaitForTheirAnswer presses keys at the last card that is loaded, while the next ones are on their way: the theme goes
// on the answer that was meant. Where they do not come, it goes on none.
func TestKeysWaitForTheirAnswer(t *testing.T) {
	base := twoCoders(t, func(data string) string { base, _ := serve(t, data, "serve", 0); return base })
	b := newTab(t, base)
	b.signIn("anna")
	for _, come := range []bool{true, false} {
		b.desk()
		eval[bool](b, `(() => {
			const fetch = window.fetch.bind(window);
			window.fetch = async (to, ...rest) => {
				if (String(to).includes("/code/cards?") && !await new Promise((r) => { window.answer = r; })) throw new TypeError("no network");
				return fetch(to, ...rest);
			};
			document.querySelector("[data-cards]").lastElementChild.click();
			return true;
		})()`)
		last := b.now()
		b.wait(`!!window.answer`)
		b.press("j")
		b.press("2")
		if got := b.now(); got != last {
			t.Fatalf("the current answer is %s before the next one is there", got)
		}
		eval[bool](b, fmt.Sprintf(`window.answer(%t) ?? true`, come))
		if !come {
			b.wait(`!document.querySelector("[data-after]") || document.querySelector("[data-card][aria-current]").dataset.card === "` + last + `"`)
			b.press("k") // what was held is gone by now
			b.wait(nothingWaits)
			if got := b.chips(last); got != "" {
				t.Errorf("the theme of an answer that never came is on another: %q", got)
			}
			continue
		}
		b.wait(`document.querySelector("[data-card][aria-current]").dataset.card !== "` + last + `"`)
		b.wait(nothingWaits)
		if got := b.chips(b.now()); got != "Second+" {
			t.Errorf("the answer that was meant has %q", got)
		}
		if got := b.chips(last); got != "" {
			t.Errorf("the answer before it has %q", got)
		}
	}
}
