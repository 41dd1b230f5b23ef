package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestLaterLanguageVersion: the Swedish file comes to a project that has the Finnish one. It stands beside the project, a question is
// moved by the keyboard and a value by dragging, and the import fills the Swedish labels in.
func TestLaterLanguageVersion(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	rows := func(head, one, two string, colours [2]string, from, n int) []byte {
		var f strings.Builder
		f.WriteString(head + "\n")
		for i := range n {
			fmt.Fprintf(&f, "%d;%s;%s %d;%s %d\n", from+i, colours[i%2], one, i, two, i)
		}
		return []byte(f.String())
	}
	fi, sv := filepath.Join(dir, "fi.csv"), filepath.Join(dir, "sv.csv")
	write(t, fi, rows("Tunnus;1. Väri;2. Mitä haluat sanoa yhteistyöstä?;3. Mitä palveluja puuttuu vielä kunnasta?", "Yhteistyö kunnan kanssa sujuu hyvin ja apua saa", "Busseja tarvitaan illalla enemmän joka päivä",
		[2]string{"falu", "sammal"}, 1, 30))
	write(t, sv, rows("Id;1. Färg;2. Vad vill du säga om samarbetet?;3. Vilka tjänster fattas ännu i kommunen?", "Samarbetet med kommunen fungerar bra och hjälp finns", "Det behövs flera bussar på kvällen varje dag",
		[2]string{"rost", "mossa"}, 500, 20))
	mustRun(t, "", "import", fi, "--project", "later", "--round", "2024", "--data", data)
	addPerson(t, data, "lauri", "lead")
	base, links := serve(t, data, "demo", 1)
	b := newTab(t, base)
	b.open(links[0])
	b.wait(`location.pathname.startsWith("/p/demo")`)
	clicks := 0
	click := func(css string) {
		t.Helper()
		clicks++
		b.click(css)
	}
	b.open("/p/later/import")
	clicks++ // the drop
	b.choose("[data-upload] [type=file]", sv)
	b.wait(`location.pathname.endsWith("/columns")`)
	click("[data-columns] .solid")
	b.wait(`location.pathname.endsWith("/versions")`)
	page := eval[string](b, `location.pathname`)
	for _, lang := range []string{"sv", "en", "fi"} {
		b.speak(base, lang)
		b.open(page)
		for _, width := range []int64{320, 1440} {
			b.size(width, 900)
			if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s, %d wide: the page is %d px too wide", lang, width, over)
			}
			b.shot(fmt.Sprintf("later-%s-%d", lang, width))
		}
	}
	second := `[...document.querySelectorAll(".v-row")].find(r => r.innerText.includes("2. Mitä haluat")).innerText`
	eval[any](b, `[...document.querySelectorAll(".v-row")].find(r => r.innerText.includes("2. Mitä haluat")).querySelector('[data-grip]').focus()`)
	b.press("ArrowDown")
	b.wait(second + `.includes("3. Vilka tjänster")`)
	if got := eval[string](b, `document.activeElement.id`); !strings.HasPrefix(got, "g-p.question.") {
		t.Errorf("the focus is on %q", got)
	}
	b.press("ArrowUp")
	b.wait(second + `.includes("2. Vad vill du")`)
	drag := func(from, to string) {
		t.Helper()
		clicks++
		eval[any](b, `(() => {
			const values = [...document.querySelectorAll(".v-values li")];
			const loose = values.find(li => li.innerText.includes(`+quote(from)+`)).querySelector("[data-grip], [data-loose]");
			const to = values.find(li => li.innerText.includes(`+quote(to)+`)).querySelector("[data-slot].gap");
			const data = new DataTransfer();
			loose.dispatchEvent(new DragEvent("dragstart", {bubbles: true, dataTransfer: data}));
			to.dispatchEvent(new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer: data}));
			to.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data}));
			loose.dispatchEvent(new DragEvent("dragend", {bubbles: true, dataTransfer: data}));
		})(); 0`)
		b.wait(`[...document.querySelectorAll(".v-values li")].some(li => li.innerText.includes(` + quote(from) + `) && li.innerText.includes(` + quote(to) + `))`)
	}
	drag("rost", "falu")
	drag("mossa", "sammal")
	click("[data-continue]")
	b.wait(`location.pathname.endsWith("/language")`)
	click("[data-language] .solid")
	b.wait(`location.pathname.endsWith("/check")`)
	click("[data-once]")
	b.wait(`document.querySelector(".big-acts")`)
	click(".big-acts a")
	b.wait(`location.pathname.endsWith("/code")`)
	t.Logf("%d clicks from the drop to the coding page", clicks)
	if clicks > 12 {
		t.Errorf("%d clicks", clicks)
	}
	out := mustRun(t, "", "count", "--project", "later", "--by", "q1", "--threshold", "1", "--format", "csv", "--lang", "sv", "--data", data)
	if !strings.Contains(out, "rost") || !strings.Contains(out, "mossa") || strings.Contains(out, "falu") {
		t.Errorf("the table is not in Swedish: %s", out)
	}
}
