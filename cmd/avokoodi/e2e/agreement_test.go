package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// TestDisagreementsByKeyboard settles what the demonstration's two coders differ on, by keyboard alone, and undoes it.
func TestDisagreementsByKeyboard(t *testing.T) {
	b := demonstration(t)
	b.open("/p/demo/agreement")
	b.wait(`document.querySelector(".agreement svg.chart a")`)
	b.click(`.subs a[href$="/agreement/answers"]`)
	b.wait(`document.querySelectorAll("[data-dispute]").length === 20`)
	total := func() string {
		return eval[string](b, `document.querySelector("[data-say]").textContent.split(" ")[2]`)
	}
	now := func() string {
		return eval[string](b, `(document.querySelector("[data-dispute][aria-current]") || {id: ""}).id`)
	}
	all := total()
	first := now()
	if first == "" {
		t.Fatal("no card is the current one")
	}
	b.press("j")
	b.wait(`document.activeElement.matches("[data-dispute]") && document.activeElement.id !== "` + first + `"`)
	second := now()
	b.press("k")
	b.wait(`document.activeElement.id === "` + first + `"`)

	// A reason, then the second coder's side: the answer leaves the list, and the next one is the current one.
	b.press("w")
	b.wait(`document.activeElement.matches("[data-why]")`)
	b.keys("We talked: 2 is right.")
	b.press("Enter") // settles nothing
	b.press("Escape")
	b.wait(`document.activeElement.id === "` + first + `"`)
	b.press("2")
	b.wait(`!document.getElementById("` + first + `") && document.querySelector(".undo")`)
	if now() != second {
		t.Errorf("the current card is %s, want %s", now(), second)
	}
	if total() == all {
		t.Errorf("still %s answers", all)
	}
	b.open("/p/demo/agreement/answers?is=settled")
	b.wait(`document.querySelector("#` + first + `")`)
	if said := b.text("#" + first); !strings.Contains(said, "We talked: 2 is right.") || strings.Count(said, "We talked") < 2 {
		t.Errorf("the decision is kept as %q", said)
	}

	// One theme at a time, with y and n; the other rows stay open.
	b.open("/p/demo/agreement/answers")
	b.wait(`document.querySelector("[data-dispute][aria-current]")`)
	if now() != second {
		t.Fatalf("the list begins with %s, want %s", now(), second)
	}
	rows := eval[int](b, `document.querySelectorAll("#`+second+` tbody tr").length`)
	b.press("n")
	b.wait(`document.querySelector("#` + second + ` [data-no][aria-pressed=true]")`)
	if rows < 2 {
		t.Fatalf("%s has %d themes to decide one at a time", second, rows)
	}
	if now() != second {
		t.Fatalf("with one theme decided the current card is %s, want %s", now(), second)
	}
	for i := 2; i < rows; i++ {
		b.press("y")
		b.wait(fmt.Sprintf(`document.querySelectorAll("#%s [aria-pressed=true]").length === %d`, second, i))
	}
	b.press("y")
	b.wait(`!document.getElementById("` + second + `")`)
	b.press("u")
	b.wait(`document.querySelectorAll("#` + second + ` tr[data-up]").length === 1 && document.querySelector("#` + second + ` [data-no][aria-pressed=true]")`)
	b.wait(`document.querySelector("[data-dispute][aria-current]").id === "` + second + `"`) // and it is the one under the hand

	// d opens the definitions of what they differ on.
	b.press("k")
	b.press("d")
	b.wait(`document.querySelector("[data-dispute][aria-current] .definitions").open`)
}

// TestBlindDoubleCoding gives two coders the same answers, and looks over the shoulder of each.
func TestBlindDoubleCoding(t *testing.T) {
	data := t.TempDir()
	base, links := serve(t, data, "demo", 1, "--no-browser")
	addPerson(t, data, "anna", "analyst")
	addPerson(t, data, "ben", "analyst")
	lead := newTab(t, base)
	lead.open(links[0])
	lead.wait(`location.pathname === "/p/demo"`)
	lead.open("/p/demo/work?double=1")
	lead.fill(`[name=sample]`, "1 %")
	eval[any](lead, `for (const l of document.querySelectorAll(".for-even label")) if (/anna|ben/.test(l.textContent)) l.querySelector("input").click()`)
	lead.click(`.workform .acts button`)
	lead.wait(`document.querySelector("#preview")`)
	if said := lead.text("#preview .say"); !strings.HasPrefix(said, "17 answers to each. They code blind.") {
		t.Errorf("the preview says %q", said)
	}
	lead.click(`#preview .solid`)
	lead.wait(`document.querySelectorAll(".trial li").length === 2`)

	coder := func(name string) *tab {
		b := newTab(t, base)
		b.open("/login")
		b.fill(`main [name=name]`, name)
		b.fill(`main [name=password]`, password)
		b.click(`main form button`)
		b.wait(`location.pathname === "/projects"`)
		b.open("/p/demo/code")
		b.wait(`document.activeElement.matches("[data-card]")`)
		return b
	}
	anna, ben := coder("anna"), coder("ben")
	id := eval[string](anna, `document.activeElement.id`)
	if other := eval[string](ben, `document.activeElement.id`); other != id {
		t.Fatalf("the queues begin with %s and %s", id, other)
	}
	chips := `document.querySelectorAll("#` + id + ` .chip").length`
	if n := eval[int](anna, chips); n != 0 {
		t.Errorf("a blind coder sees %d themes of others", n)
	}
	anna.press("1")
	anna.saved()
	ben.wait(`document.querySelector("[data-card]")`)
	ben.open("/p/demo/code")
	ben.wait(`document.activeElement.matches("[data-card]")`)
	if n := eval[int](ben, chips); n != 0 {
		t.Errorf("Ben sees %d themes of Anna's", n)
	}
	lead.open("/p/demo/agreement")
	lead.click(`.trial form button`)
	lead.wait(`document.querySelector(".trial") && !document.querySelector(".trial form")`)
	ben.open("/p/demo/code?question=*&at=" + strings.TrimPrefix(id, "a"))
	ben.wait(`document.querySelector("#` + id + ` .chip")`)
}
