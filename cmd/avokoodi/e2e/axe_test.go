package e2e

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"avokoodi/cmd/avokoodi/needed"
)

var onlyPages = flag.String("pages", "", "in TestAccessible, look only at pages whose address matches this expression")

// fetched is a file that docs/test-tools.sh puts into .cache by npm.
func fetched(t *testing.T, path string) string {
	t.Helper()
	return needed.File(t, filepath.Join("..", "..", "..", ".cache", "node_modules", path))
}

// looked is a page, with what is done on it before it is looked at.
type looked struct {
	path string
	do   string // JavaScript
	then string // what is true after it, where that takes a moment
	out  bool   // seen by somebody who has not signed in
}

// TestAccessible runs axe-core on every page, and lets nothing scroll sideways at 320 pixels. A page is looked at in each
// language once, and over the three looks in light and dark, wide and narrow; the combinations go round from page to page.
func TestAccessible(t *testing.T) {
	axe, err := os.ReadFile(fetched(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	a := &auditor{axe: string(axe), found: map[string][]string{}}
	t.Cleanup(func() {
		for _, what := range slices.Sorted(maps.Keys(a.found)) {
			t.Errorf("%s\n\t%s", what, strings.Join(a.found[what], " · "))
		}
	})
	fresh, setup := serve(t, t.TempDir(), "serve", 1)
	base, links := serve(t, t.TempDir(), "demo", 1, "--no-browser")

	out, in := newTab(t, base), newTab(t, base)
	in.open(links[0])
	in.wait(`location.pathname === "/p/demo"`)
	pages := append(visitorPages(fresh, setup[0]), in.pages()...)
	pages = slices.DeleteFunc(pages, func(p looked) bool { return !regexp.MustCompile(*onlyPages).MatchString(p.path) })
	for k, lang := range []string{"fi", "sv", "en"} {
		in.speak(base, lang)
		out.speak(base, lang)
		out.speak(fresh, lang)
		for i, p := range pages {
			w := way{lang: lang, scheme: []string{"light", "dark"}[(i+k)%2], width: []int64{1440, 320}[(i/2+(k+1)/2)%2]}
			if p.out {
				a.look(out, p, w)
			} else {
				a.look(in, p, w)
			}
		}
	}
	t.Logf("%d pages, %d looks", len(pages), a.looks)
	if *onlyPages == "" && len(pages) < 60 || a.looks < 3*len(pages) {
		t.Errorf("only %d looks at %d pages", a.looks, len(pages))
	}
}

// speak sets the language of a site's pages for this tab.
func (b *tab) speak(site, lang string) {
	b.t.Helper()
	b.open(site + "/login")
	b.wait(`document.querySelector("main h1")`)
	if !await[bool](b, `fetch("/prefs", {method: "POST", body: new URLSearchParams({lang: `+quote(lang)+`}), headers: {"X-Fragment": "1"}}).then(r => r.ok)`) {
		b.t.Fatalf("the language %s was not taken", lang)
	}
}

// scheme sets the colour scheme, without transitions, so that no colour is half-way.
func (b *tab) scheme(scheme string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	}))
}

// way is how a page is looked at.
type way struct {
	lang, scheme string
	width        int64
}

// auditor gathers what is wrong, with the pages and ways in which it is.
type auditor struct {
	axe   string // the library's source
	found map[string][]string
	looks int
}

func (a *auditor) wrong(what, where string) {
	if !slices.Contains(a.found[what], where) {
		a.found[what] = append(a.found[what], where)
	}
}

// look runs axe on one page in one way, and measures it at 320 pixels.
func (a *auditor) look(b *tab, p looked, w way) {
	b.t.Helper()
	b.size(w.width, 900)
	b.scheme(w.scheme)
	b.open(p.path)
	b.wait(`document.querySelector("main h1")`)
	if p.do != "" {
		eval[any](b, p.do+";0")
		b.wait(`document.querySelector("main h1") && ` + cmp.Or(p.then, "true"))
	}
	if got := eval[string](b, `document.documentElement.lang`); got != w.lang {
		b.t.Errorf("%s is in %q, want %q", p.path, got, w.lang)
	}
	where := ids.ReplaceAllString(regexp.MustCompile(`^http://[^/]*`).ReplaceAllString(p.path, ""), "…")
	if p.do != "" {
		where += " opened"
	}
	where += fmt.Sprintf(" (%s %s %d)", w.lang, w.scheme, w.width)
	a.run(b, where)
	if w.width != 320 {
		b.size(320, 800)
	}
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

// run brings axe into the page by the way of the debugger, which does not ask the page's policy, and runs it.
func (a *auditor) run(b *tab, where string) {
	b.t.Helper()
	a.looks++
	eval[any](b, a.axe+";0")
	found := await[[]string](b, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]}).then(r =>
		r.violations.flatMap(v => v.nodes.slice(0, 4).map(n => v.id + ": " + v.help + "\n\t" + n.html.slice(0, 200) + "\n\t" + n.any.concat(n.all, n.none).slice(0, 1).map(c => c.message).join())))`)
	for _, what := range found {
		a.wrong(what, where)
	}
}

// visitorPages is what somebody sees who has not signed in: setting up, with a link that is right and wrong, and signing in.
func visitorPages(fresh, setup string) []looked {
	return []looked{
		{out: true, path: "/login"},
		{out: true, path: "/login", then: `document.querySelector(".problems")`,
			do: `document.querySelector("[name=name]").value = "x"; document.querySelector("[name=password]").value = "x"; document.querySelector("main form").requestSubmit()`},
		{out: true, path: setup},
		{out: true, path: fresh + "/setup?token=x"},
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
	other := eval[string](b, `[...document.querySelectorAll("[data-tree] a[data-key]")].at(-1).dataset.key`)
	out := []looked{{path: "/projects"}, {path: "/projects", do: `document.querySelector("[data-opens]").click()`}, {path: "/projects/new"},
		{path: "/account"}, {path: "/people"}, {path: href("/people", ".persons a")}, {path: "/system"}, {path: "/gallery"}, {path: "/p/nothing"}, {path: "/nowhere"},
		{path: "/account", do: `document.querySelector("[name=old]").value = "x"; document.querySelector("[name=password]").value = "x"; document.querySelector("[name=old]").form.noValidate = true; document.querySelector("[name=old]").form.requestSubmit()`, then: `document.querySelector(".problems")`},
		{path: p}, {path: p, do: `document.querySelector("[data-menu]").open = true`}, {path: p + "/search-help"},
		{path: p + "/code"}, {path: p + "/code?question=*&q=palvelu"}, {path: p + "/code?question=q16&q=%22"}, {path: p + "/code?question=q16&theme=none-such"},
		{path: p + "/code", do: `document.querySelector("[data-do=help]").click()`},
		{path: p + "/code", do: `document.querySelector("[data-tab=facets]").click()`}, {path: p + "/code", do: `document.querySelector("[data-tab=side]").click()`},
		{path: p + "/code", do: `document.querySelector("[data-find]").focus(); document.querySelector("[data-find]").value = "ko"; document.querySelector("[data-find]").dispatchEvent(new Event("input", {bubbles: true}))`},
		{path: p + "/themes"}, {path: theme}, {path: theme + "&examples=1"}, {path: p + "/themes?new=1"}, {path: p + "/themes?view=read"},
		{path: p + "/themes/" + id + "/delete"}, {path: p + "/themes/" + id + "/merge"}, {path: p + "/themes/" + id + "/split"}, {path: p + "/themes/" + id + "/older"}, {path: p + "/themes/import"},
		{path: p + "/themes/" + id + "/merge?into=" + other}, {path: p + "/themes/" + id + "/split?to=" + other},
		{path: p + "/themes/import", do: give("[type=file]", "book.csv", "key,label_fi,label_en\nuusi,Uusi teema,New theme\n"+other+",Toinen nimi,Another name\n"), then: `document.querySelector("[name=content]")`},
		{path: p + "/themes/import", do: give("[type=file]", "book.csv", "key,colour\na,nine\n"), then: `document.querySelector(".problems")`},
		{path: p + "/code/language?to=sv&filter=question%3Dq16"},
		{path: p + "/analysis"}, {path: p + "/analysis?by=organisation"}, {path: p + "/analysis?by=language&view=chart"}, {path: p + "/analysis?question=q16&unit=answers&net=1"},
		{path: p + "/analysis", do: `document.querySelector(".exports").open = true`}, {path: p + "/analysis?q=kunta"},
		{path: p + "/analysis/together"}, {path: p + "/analysis/together?measure=lift&question=q16"}, {path: p + "/analysis/rounds"}, {path: p + "/analysis/coverage?by=region"},
		{path: p + "/analysis/saturation"}, {path: p + "/analysis/coders"}, {path: p + "/analysis/coverage"}, {path: "/p/demo-rounds/analysis/rounds"},
		{path: p + "/report"}, {path: p + "/report", do: `document.querySelectorAll(".packitems .edit").forEach(d => d.open = true)`},
		{path: p + "/agreement"}, {path: p + "/agreement?question=q16&measure=cohen_kappa&order=differ"}, {path: p + "/agreement/answers", do: `document.querySelectorAll("main details").forEach(d => d.open = true)`},
		{path: p + "/agreement/answers?is=settled"}, {path: p + "/work?double=1"},
		{path: p + "/words"}, {path: p + "/words/analyse"}, {path: p + "/words/analyse?text=Yhdistyksen+palveluneuvonta+toimii&ask=palvelu&language=fi"}, {path: p + "/words?q=palvelu"}, {path: p + "/quotes"}, {path: p + "/quotes?at=1", do: `document.querySelectorAll(".qedit, .qrules").forEach(d => d.open = true)`},
		{path: p + "/quotes/find"}, {path: p + "/quotes/identifiers"},
		{path: p + "/history"}, {path: href(p+"/history", `.steps a[href*="/history/"]`)}, {path: p + "/settings"}, {path: p + "/settings/erase"}, {path: p + "/settings/erase?who=%2312"}, {path: p + "/settings", do: `document.querySelectorAll(".variable").forEach(d => d.open = true)`}}
	return slices.Concat(out, workshopPages, b.roomPages(), b.workPages(), b.emptyPages(), b.wizardPages())
}

// emptyPages is a project in which there is nothing yet.
func (b *tab) emptyPages() []looked {
	b.t.Helper()
	b.open("/projects/new")
	b.fill(`main [name="name.en"]`, "Empty")
	b.click("main form .solid")
	b.wait(`location.pathname === "/p/empty/import"`)
	var out []looked
	for _, page := range []string{"", "/code", "/themes", "/analysis", "/agreement", "/report", "/words", "/quotes", "/workshop", "/history", "/settings"} {
		out = append(out, looked{path: "/p/empty" + page})
	}
	return out
}

// give is JavaScript that chooses a file in a field and sends its form.
func give(css, name, content string) string {
	return `{ const d = new DataTransfer(); d.items.add(new File([` + quote(content) + `], ` + quote(name) + `)); const i = document.querySelector(` + quote(css) + `); i.files = d.files; i.form.requestSubmit() }`
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

// wizardPages goes through the import wizard: to the end with a good file, to the check with a ragged one, to the versions with three
// and to the columns with one that can't be read as it is.
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
	b.open("/p/demo/import")
	b.chooseAll("[data-upload] [type=file]", questionnaires(b.t, dir))
	b.wait(`location.pathname.endsWith("/columns")`)
	several := eval[string](b, `location.pathname.replace(/\/columns$/, "")`)
	b.click("[data-columns] .solid")
	b.wait(`location.pathname.endsWith("/versions")`)
	out = append(out, looked{path: several + "/versions"}, looked{path: several + "/versions", do: `document.querySelectorAll("main details").forEach(d => d.open = true)`})
	open := send("quote.csv", "ID;Mielipide\n1;\"lainaus ei sulkeudu\n2;toinen vastaus\n")
	return append(out, looked{path: open + "/columns"}, looked{path: "/p/demo/import"},
		looked{path: "/p/demo/import", do: give("[type=file]", "empty.csv", ""), then: `document.querySelector(".fault:not([hidden])")`})
}
