package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEvidence chooses words by keyboard in texts of emoji, combining accents and right-to-left letters: what was chosen is what
// becomes evidence, several spans for one theme and overlapping ones for two.
func TestEvidence(t *testing.T) {
	texts := []string{
		"👩‍👩‍👧 perhe 🇫🇮 auttoi paljon e\u0301cole tänä vuonna",
		"שלום עולם tervetuloa مرحبا بالعالم kaikille",
		"a\u0308iti ja isä 😀😀 sanoivat kiitos",
	}
	data := t.TempDir()
	file := filepath.Join(data, "a.csv")
	if err := os.WriteFile(file, []byte("id;palaute\n1;"+strings.Join([]string{texts[0], "2;" + texts[1], "3;" + texts[2]}, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	addPerson(t, data, "anna", "lead")
	mustRun(t, "", "import", file, "--project", "bad", "--data", data)
	base, _ := serve(t, data, "serve", 0)
	v := signIn(t, base, "anna")
	v.addTheme("bad", "First", "1")
	v.addTheme("bad", "Second", "2")
	b := newTab(t, base)
	b.signIn("anna")
	b.desk()
	chosen := func() string { return eval[string](b, `getSelection().toString()`) }
	marked := func(hues string) string { // what the outermost or inner marks of a theme cover
		return eval[string](b, `[...document.querySelectorAll("[data-card][aria-current] .text mark[title=`+hues+`]")].map((m) => m.textContent).join("|")`)
	}
	for i := range texts {
		shown := eval[string](b, `document.querySelector("[data-card][aria-current] [data-text]").textContent`)
		b.press("e")
		b.press("ArrowRight")
		first := chosen()
		if first == "" || !strings.Contains(shown, first) {
			t.Fatalf("text %d: chosen is %q", i, first)
		}
		b.press("1")
		b.wait(`document.querySelector("[data-card][aria-current] .text mark")`)
		b.wait(nothingWaits)
		if got := marked("First"); got != first {
			t.Errorf("text %d: evidence is %q, chosen was %q", i, got, first)
		}
		// A second span of the same theme, two words wide, shrunk and widened again.
		b.press("e")
		b.press("ArrowRight")
		b.press("ArrowRight")
		b.press("ArrowRight")
		one := chosen()
		b.shift("ArrowRight")
		two := chosen()
		if !strings.HasPrefix(two, one) || len(two) <= len(one) {
			t.Errorf("text %d: %q was widened to %q", i, one, two)
		}
		b.shift("ArrowLeft")
		if got := chosen(); got != one {
			t.Errorf("text %d: %q was shrunk to %q", i, two, got)
		}
		b.shift("ArrowRight")
		b.press("1")
		b.wait(`document.querySelectorAll("[data-card][aria-current] .text mark").length >= 2`)
		b.wait(nothingWaits)
		if got := marked("First"); got != first+"|"+two {
			t.Errorf("text %d: evidence is %q, want %q and %q", i, got, first, two)
		}
		// The other theme overlaps: both are drawn, one inside the other.
		b.press("e")
		b.press("ArrowRight")
		b.shift("ArrowRight")
		b.shift("ArrowRight")
		over := chosen()
		b.press("2")
		b.wait(`document.querySelector("[data-card][aria-current] .text mark mark")`)
		b.wait(nothingWaits)
		if got := strings.ReplaceAll(marked("Second"), "|", ""); got != over {
			t.Errorf("text %d: evidence of the second theme is %q, chosen was %q", i, got, over)
		}
		if got := eval[string](b, `document.querySelector("[data-card][aria-current] [data-text]").textContent`); got != shown {
			t.Errorf("text %d changed to %q", i, got)
		}
		b.shot("evidence-" + string(rune('0'+i)))
		// Saved evidence is taken up again, its ends are moved by keyboard, and it is saved or taken away.
		spans := func() string {
			return eval[string](b, `document.querySelector("[data-card][aria-current] .chip[data-spans]").dataset.spans`)
		}
		count := strings.Count(spans(), ",")
		b.press("e")
		b.press("e") // the first evidence of the first theme
		if got := chosen(); got != first {
			t.Errorf("text %d: %q was taken up, want %q", i, got, first)
		}
		b.shift("ArrowRight")
		if wider := chosen(); len(wider) <= len(first) {
			t.Errorf("text %d: the end did not move: %q", i, wider)
		}
		b.altShift("ArrowRight")
		moved := chosen()
		if moved == first || strings.HasPrefix(moved, first) {
			t.Errorf("text %d: the beginning did not move: %q", i, moved)
		}
		before := spans()
		b.press("Enter")
		b.wait(`document.querySelector("[data-card][aria-current] .chip[data-spans]").dataset.spans !== ` + quote(before))
		b.wait(nothingWaits)
		if got := marked("First"); !strings.Contains(strings.ReplaceAll(got, "|", ""), moved) || strings.HasPrefix(got, first) {
			t.Errorf("text %d: after moving both ends evidence is %q, chosen was %q", i, got, moved)
		}
		b.press("e")
		b.press("e")
		b.press("Delete")
		b.wait(`(document.querySelector("[data-card][aria-current] .chip[data-mine]")?.dataset.spans ?? "").split(",").length <= ` + fmt.Sprint(count))
		b.wait(nothingWaits)
		b.press("j")
	}
}
