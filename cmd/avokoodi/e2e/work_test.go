package e2e

import (
	"strings"
	"testing"
)

// TestWorkSharedOut shares answers out between two coders as a lead, and codes from one's queue as one of them.
func TestWorkSharedOut(t *testing.T) {
	data := t.TempDir()
	base, links := serve(t, data, "demo", 1, "--no-browser")
	addPerson(t, data, "anna", "analyst")
	addPerson(t, data, "ben", "analyst")
	lead := newTab(t, base)
	lead.open(links[0])
	lead.wait(`location.pathname === "/p/demo"`)
	lead.open("/p/demo/work")
	lead.fill(`[name=sample]`, "240")
	eval[any](lead, `for (const l of document.querySelectorAll(".for-even label")) if (/anna|ben/.test(l.textContent)) l.querySelector("input").click()`)
	lead.click(`.workform [name=order][value=random]`)
	lead.click(`.workform .acts button`)
	lead.wait(`document.querySelector("#preview")`)
	if said := lead.text("#preview .say"); said != "anna 120, ben 120" {
		t.Errorf("the preview says %q", said)
	}
	lead.wait(`document.querySelector("#preview .solid").getBoundingClientRect().top < innerHeight`)
	lead.click(`#preview .solid`)
	lead.wait(`document.querySelectorAll(".assignments > li").length === 2`)

	anna := newTab(t, base)
	anna.open("/login")
	anna.fill(`main [name=name]`, "anna")
	anna.fill(`main [name=password]`, password)
	anna.click(`main form button`)
	anna.wait(`location.pathname === "/projects"`)
	anna.open("/p/demo/code")
	anna.wait(`document.activeElement.matches("[data-card]")`)
	if head := anna.text("h1"); head != "My queue" {
		t.Errorf("the desk opens on %q", head)
	}
	anna.press("1")
	anna.saved()
	anna.press("j")
	anna.press("n")
	anna.saved()
	anna.wait(`document.querySelector("[data-progress]").textContent.startsWith("2 / 120")`)
	here := eval[string](anna, `document.querySelector("[aria-current][data-card]").dataset.card`)
	anna.open("/p/demo/code")
	anna.wait(`document.activeElement.matches("[data-card]")`)
	if at := eval[string](anna, `document.querySelector("[aria-current][data-card]").dataset.card`); at == here {
		t.Error("the desk opens again at an answer that is done")
	}

	lead.open("/p/demo/work")
	if line := lead.text(".assignments > li:has(strong)"); !strings.Contains(line, "2 / 120") {
		t.Errorf("the lead sees %q", line)
	}
	lead.open("/p/demo")
	lead.wait(`[...document.querySelectorAll("#by-queue ~ table th[scope=row]")].some(h => h.textContent === "anna")`)
}

// TestRemappedKeys gives the desk other keys and works with them; then turns single keys off.
func TestRemappedKeys(t *testing.T) {
	b := demonstration(t)
	b.open("/p/demo/code?question=q16&state=open")
	b.wait(`document.activeElement.matches("[data-card]")`)
	b.click(`.keys a[href*="/code/settings"]`)
	b.wait(`document.querySelector(".keymap")`)
	b.fill(`[name="key.next"]`, "d")
	b.fill(`[name="key.none"]`, "j")
	b.click(`.saveall .solid`)
	b.wait(`document.querySelector("[data-toast]:not([hidden])") && document.querySelectorAll(".changed-key").length === 2`)
	b.click(`.saveall a`)
	b.wait(`document.activeElement.matches("[data-card]")`)
	if filter := eval[string](b, `document.querySelector("[data-desk]").dataset.filter`); !strings.Contains(filter, "question=q16") {
		t.Errorf("back on the desk the filter is %q", filter)
	}
	now := func() string {
		return eval[string](b, `document.querySelector("[aria-current][data-card]").dataset.card`)
	}
	first := now()
	b.press("d")
	b.wait(`document.querySelector("[aria-current][data-card]").dataset.card !== "` + first + `"`)
	b.press("k")
	b.wait(`document.querySelector("[aria-current][data-card]").dataset.card === "` + first + `"`)
	b.press("j") // which is 'no theme' now, and moves nowhere
	b.saved()
	if now() != first || eval[string](b, `document.querySelector("#a`+first+`").dataset.state`) != "none" {
		t.Error("j did not mark the answer")
	}
	b.press("n")
	b.press("?")
	b.wait(`document.querySelector("[data-help]").open`)
	if help := b.text("[data-help]"); !strings.Contains(help, "d ↓\tnext answer") || !strings.Contains(help, "j\tno theme applies") {
		t.Errorf("the help says %q", help)
	}
	b.press("Escape")
	if eval[string](b, `document.querySelector("#a`+first+`").dataset.state`) != "none" {
		t.Error("n still does something")
	}

	b.open("/p/demo/code/settings")
	b.click(`[name=keys][type=checkbox]`)
	b.click(`.saveall .solid`)
	b.wait(`document.querySelector("[data-toast]:not([hidden])") && !document.querySelector("[name=keys][type=checkbox]").checked`)
	b.open("/p/demo/code?question=q16&state=open")
	b.wait(`document.activeElement.matches("[data-card]")`)
	first = now()
	for _, key := range []string{"d", "j", "1", "s", "/", "?"} {
		b.press(key)
	}
	if now() != first || eval[string](b, `document.querySelector("#a`+first+`").dataset.state`) != "open" || eval[bool](b, `document.querySelector("[data-help]").open || document.activeElement.matches("input")`) {
		t.Error("a single key does something though they are off")
	}
	b.press("ArrowDown")
	b.wait(`document.querySelector("[aria-current][data-card]").dataset.card !== "` + first + `"`)
}
