package e2e

import (
	"cmp"
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// fetched is a file that docs/test-tools.sh puts into .cache by npm. Where everything is tested it must be there.
func fetched(t *testing.T, path string) string {
	t.Helper()
	p := filepath.Join("..", "..", "..", ".cache", "node_modules", path)
	if _, err := os.Stat(p); err != nil {
		if os.Getenv("AVOKOODI_TEST_ALL") != "" {
			t.Fatalf("no %s: run sh docs/test-tools.sh", path)
		}
		t.Skipf("no %s: sh docs/test-tools.sh fetches it", path)
	}
	return p
}

// looked is a page, with what is done on it before it is looked at.
type looked struct {
	path string
	do   string // JavaScript
	then string // what is true after it, where that takes a moment
}

// TestAccessible runs axe-core on every page in three languages, light and dark, wide and at 320 pixels, where nothing may
// make the page scroll sideways.
func TestAccessible(t *testing.T) {
	axe, err := os.ReadFile(fetched(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	a := &auditor{found: map[string][]string{}}
	t.Cleanup(func() {
		for _, what := range slices.Sorted(maps.Keys(a.found)) {
			t.Errorf("%s\n\t%s", what, strings.Join(a.found[what], " · "))
		}
	})
	fresh, _ := serve(t, t.TempDir(), "serve", 1)
	base, links := serve(t, t.TempDir(), "demo", 1, "--no-browser")

	out := newTab(t, base)
	out.withAxe(axe)
	in := newTab(t, base)
	in.withAxe(axe)
	in.open(links[0])
	in.wait(`location.pathname === "/p/demo"`)
	pages := in.pages()
	for _, lang := range []string{"fi", "sv", "en"} {
		for _, b := range []*tab{in, out} {
			b.open("/login")
			await[bool](b, `fetch("/prefs", {method: "POST", body: new URLSearchParams({lang: `+quote(lang)+`}), headers: {"X-Fragment": "1"}}).then(r => r.ok)`)
		}
		a.look(out, lang, looked{path: "/login"})
		a.look(out, lang, looked{path: "/login", do: `document.querySelector("[name=name]").value = "x"; document.querySelector("[name=password]").value = "x"; document.querySelector("main form").requestSubmit()`, then: `document.querySelector(".problems")`})
		a.look(out, lang, looked{path: fresh + "/setup?token=x"})
		for _, p := range pages {
			a.look(in, lang, p)
		}
	}
	t.Logf("%d looks", a.looks)
	if a.looks < 300 {
		t.Errorf("only %d looks", a.looks)
	}
}

// withAxe puts axe into every page that the tab opens. The pages' policy lets no script in; this way does not ask it.
func (b *tab) withAxe(axe []byte) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: string(axe)})
		return err
	}))
}

// look is the colour scheme without transitions, so that no colour is half-way.
func (b *tab) look(scheme string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	}))
}

// auditor gathers what is wrong, with the pages and ways in which it is.
type auditor struct {
	found map[string][]string
	looks int
}

func (a *auditor) wrong(what, where string) {
	if !slices.Contains(a.found[what], where) {
		a.found[what] = append(a.found[what], where)
	}
}

// look runs axe on one page in every size and scheme. The scheme changes nothing but colours, so the second is asked about
// colours alone.
func (a *auditor) look(b *tab, lang string, p looked) {
	b.t.Helper()
	b.size(1440, 900)
	b.look("light")
	b.open(p.path)
	b.wait(`document.querySelector("main h1") && window.axe`)
	if p.do != "" {
		eval[any](b, p.do+";0")
		b.wait(`document.querySelector("main h1") && window.axe && ` + cmp.Or(p.then, "true"))
	}
	if got := eval[string](b, `document.documentElement.lang`); got != lang {
		b.t.Errorf("%s is in %q, want %q", p.path, got, lang)
	}
	where := lang + " " + ids.ReplaceAllString(strings.TrimPrefix(p.path, b.base), "…")
	if p.do != "" {
		where += " opened"
	}
	const all, colours = `runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`, `runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}`
	a.axe(b, all, where+" 1440")
	b.look("dark")
	a.axe(b, colours, where+" 1440 dark")
	b.size(320, 800)
	a.axe(b, colours, where+" 320 dark")
	b.look("light")
	a.axe(b, all, where+" 320")
	for _, wide := range eval[[]string](b, sideways) {
		a.wrong("scrolls sideways: "+wide, where)
	}
}

var ids = regexp.MustCompile(`[A-Z2-7]{26}`)

// sideways lists what makes the page scroll sideways: nothing, unless the page is wider than the window.
const sideways = `(() => {
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
	const out = [];
	for (const e of document.querySelectorAll("body *")) {
		const box = e.getBoundingClientRect();
		if (box.right <= width + 0.5 || box.width === 0) continue;
		let held = false;
		for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) held ||= getComputedStyle(p).overflowX !== "visible";
		if (!held) out.push(e.tagName.toLowerCase() + "." + e.className + " to " + Math.round(box.right));
	}
	return out.length ? out.slice(0, 3) : ["something " + document.documentElement.scrollWidth + " wide"];
})()`

func (a *auditor) axe(b *tab, options, where string) {
	b.t.Helper()
	a.looks++
	t0 := time.Now()
	defer func() { println(where, time.Since(t0).Milliseconds()) }()
	found := await[[]string](b, `new Promise(done => requestAnimationFrame(done)).then(() => axe.run(document, {`+options+`, resultTypes: ["violations"]})).then(r =>
		r.violations.flatMap(v => v.nodes.slice(0, 4).map(n => v.id + ": " + v.help + "\n\t" + n.html.slice(0, 200) + "\n\t" + n.any.concat(n.all, n.none).slice(0, 1).map(c => c.message).join())))`)
	for _, what := range found {
		a.wrong(what, where)
	}
}

// pages is every page that the administrator of the demonstration can see, with its menus and forms opened.
func (b *tab) pages() []looked {
	b.t.Helper()
	href := func(page, css string) string {
		b.t.Helper()
		b.open(page)
		b.wait(`document.querySelector(` + quote(css) + `)`)
		return eval[string](b, `document.querySelector(`+quote(css)+`).getAttribute("href")`)
	}
	const p = "/p/demo"
	b.codeSomething()
	theme := href(p+"/themes", "[data-tree] a[data-key]")
	id := eval[string](b, `document.querySelector("[data-tree] li[data-theme]").dataset.theme`)
	out := []looked{{path: "/projects"}, {path: "/projects", do: `document.querySelector("[data-opens]").click()`}, {path: "/projects/new"},
		{path: "/account"}, {path: "/people"}, {path: href("/people", ".persons a")}, {path: "/system"}, {path: "/p/nothing"},
		{path: p}, {path: p, do: `document.querySelector("[data-menu]").open = true`}, {path: p + "/search-help"},
		{path: p + "/code"}, {path: p + "/code?question=*&q=palvelu"}, {path: p + "/code?question=q16&q=%22"}, {path: p + "/code?question=q16&theme=none-such"},
		{path: p + "/code", do: `document.querySelector("[data-do=help]").click()`},
		{path: p + "/code", do: `document.querySelector("[data-tab=facets]").click()`}, {path: p + "/code", do: `document.querySelector("[data-tab=side]").click()`},
		{path: p + "/code", do: `document.querySelector("[data-find]").focus(); document.querySelector("[data-find]").value = "ko"; document.querySelector("[data-find]").dispatchEvent(new Event("input", {bubbles: true}))`},
		{path: p + "/themes"}, {path: theme}, {path: theme + "&examples=1"}, {path: p + "/themes?new=1"}, {path: p + "/themes?view=read"},
		{path: p + "/themes/" + id + "/delete"}, {path: p + "/themes/" + id + "/merge"}, {path: p + "/themes/" + id + "/split"}, {path: p + "/themes/" + id + "/older"}, {path: p + "/themes/import"},
		{path: p + "/analysis"}, {path: p + "/analysis?by=organisation"}, {path: p + "/analysis?by=language&view=chart"}, {path: p + "/analysis?question=q16&unit=answers&net=1"},
		{path: p + "/analysis", do: `document.querySelector(".exports").open = true`},
		{path: p + "/words"}, {path: p + "/words/analyse"}, {path: p + "/quotes"}, {path: p + "/quotes", do: `document.querySelectorAll(".qedit").forEach(d => d.open = true)`},
		{path: p + "/history"}, {path: href(p+"/history", `.steps a[href*="/history/"]`)}, {path: p + "/settings"}, {path: p + "/settings", do: `document.querySelectorAll(".variable").forEach(d => d.open = true)`}}
	return append(out, b.wizardPages()...)
}

// codeSomething leaves traces on the desk: a theme with evidence, a memo and a quote on its first answer.
func (b *tab) codeSomething() {
	b.t.Helper()
	b.open("/p/demo/code")
	b.wait(`document.activeElement.matches("[data-card]")`)
	for _, key := range []string{"1", "e", "2", "q", "m"} {
		b.press(key)
	}
	b.wait(`document.activeElement.matches("textarea")`)
	b.keys("Muistiin.")
	b.press("Escape")
	b.saved()
	b.open("/p/demo/code")
}

// wizardPages goes through the import wizard three times: to the end with a good file, to the check with a ragged one and to
// the columns with one that can't be read as it is.
func (b *tab) wizardPages() []looked {
	b.t.Helper()
	var out []looked
	dir := b.t.TempDir()
	send := func(name, content string) string {
		b.t.Helper()
		write(b.t, filepath.Join(dir, name), []byte(content))
		b.open("/p/demo/import")
		b.choose("[data-upload] [type=file]", filepath.Join(dir, name))
		b.wait(`location.pathname.endsWith("/columns")`)
		return eval[string](b, `location.pathname.replace(/\/columns$/, "")`)
	}
	goOn := func() {
		b.t.Helper()
		b.click("[data-columns] .solid")
		b.wait(`location.pathname.endsWith("/language")`)
		b.fill("[name=round]", "2019")
		b.click("[data-language] .solid")
		b.wait(`location.pathname.endsWith("/check")`)
	}
	good := send("survey.csv", string(survey(60)))
	out = append(out, looked{path: good + "/columns"}, looked{path: good + "/columns", do: `document.querySelectorAll("main details").forEach(d => d.open = true)`})
	goOn()
	out = append(out, looked{path: good + "/language"}, looked{path: good + "/check"})
	done := send("other.csv", strings.ReplaceAll(string(survey(30)), "kokouksessa", "istunnossa"))
	goOn()
	b.click("[data-once]")
	b.wait(`document.querySelector(".big-acts")`)
	out = append(out, looked{path: done + "/progress"})
	ragged := send("ragged.csv", "ID;Mielipide\n1;Hyvä asia kaikille\n2;huono;ylimääräinen;vielä\n3;kelpaa\n")
	goOn()
	out = append(out, looked{path: ragged + "/check"})
	open := send("quote.csv", "ID;Mielipide\n1;\"lainaus ei sulkeudu\n2;toinen vastaus\n")
	return append(out, looked{path: open + "/columns"}, looked{path: "/p/demo/import"})
}
