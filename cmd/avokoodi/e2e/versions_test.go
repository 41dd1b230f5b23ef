package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// questionnaires writes a made-up survey in three languages as SurveyMonkey exports it. The colours of the Swedish file say
// nothing that could be told from their words, and the English file has a question of its own.
func questionnaires(t *testing.T, dir string) []string {
	t.Helper()
	says := map[string][]string{
		"fi": {"1. Koko", "1 Pieni", "2 Suuri", "2. Väri", "1 punainen", "2 vihreä", "3. Missä tarvitaan enemmän yhteistyötä?", "4. Mitä muuta haluat sanoa?"},
		"sv": {"1. Storlek", "1 Liten", "2 Stor", "2. Färg", "falurött", "mossa", "3. Var behövs det mer samarbete?", "4. Vad vill du säga dessutom?"},
		"en": {"1. Size", "1 Small", "2 Large", "2. Colour", "1 red", "2 green", "3. Where is more cooperation needed?", "4. What else would you like to say?"},
	}
	words := map[string][]string{
		"fi": {"Yhteistyö kunnan kanssa sujuu hyvin", "Tiedotus on hidasta eikä kukaan vastaa", "Tilat ovat ahtaat mutta henkilökunta auttaa"},
		"sv": {"Samarbetet med kommunen fungerar bra", "Informationen är långsam och ingen svarar", "Lokalerna är trånga men personalen hjälper"},
		"en": {"Cooperation with the town works well", "Information is slow and nobody answers", "The rooms are small but the staff help"},
	}
	var out []string
	for n, lang := range []string{"sv", "fi", "en"} {
		s := says[lang]
		head, sub := "Respondent ID,Collector ID,Start Date,"+s[0]+","+s[3]+","+s[6]+","+s[7], ",,,Response,Response,Open-Ended Response,Open-Ended Response"
		if lang == "en" {
			head, sub = head+",Which service did you use last?", sub+",Open-Ended Response"
		}
		var f strings.Builder
		f.WriteString(head + "\n" + sub + "\n")
		for i := range map[string]int{"fi": 60, "sv": 24, "en": 18}[lang] {
			fmt.Fprintf(&f, "%d,40%d,11/0%d/2024 10:15:00 AM,%s,%s,%s %d,%s %d", 11450000000+1000*n+i, n, 1+i%9, s[1+i%2], s[4+i/2%2], words[lang][i%3], i, words[lang][(i+1)%3], i*7)
			if lang == "en" {
				fmt.Fprintf(&f, ",The library on street %d", i)
			}
			f.WriteString("\n")
		}
		path := filepath.Join(dir, "barometer-"+lang+".csv")
		write(t, path, []byte(f.String()))
		out = append(out, path)
	}
	return out
}

func (b *tab) chooseAll(css string, files []string) {
	b.t.Helper()
	b.steady(chromedp.SetUploadFiles(chromedp.CSS(css), files))
}

// TestWizardOfLanguageVersions drops three files at once: they align side by side, what is left is listed and aligned by keyboard
// and by dragging, and all of it is one project after at most twelve clicks.
func TestWizardOfLanguageVersions(t *testing.T) {
	base, links := serve(t, t.TempDir(), "demo", 1)
	b := newTab(t, base)
	b.open(links[0])
	b.wait(`location.pathname.startsWith("/p/demo")`)
	if !await[bool](b, `fetch("/projects", {method: "POST", body: new URLSearchParams({"name.en": "Barometer", slug: "barometer", threshold: "5"})}).then(r => r.ok)`) {
		t.Fatal("no project")
	}
	files := questionnaires(t, t.TempDir())
	began, clicks := time.Now(), 0
	click := func(css string) {
		t.Helper()
		clicks++
		b.click(css)
	}
	b.open("/p/barometer/import")
	clicks++ // the drop
	b.chooseAll("[data-upload] [type=file]", files)
	b.wait(`location.pathname.endsWith("/columns")`)
	if name := b.text(".wizard-file strong"); !strings.HasPrefix(name, "barometer-fi.csv") || !strings.Contains(name, "barometer-sv.csv") {
		t.Errorf("the files are %q", name)
	}
	click("[data-columns] .solid")
	b.wait(`location.pathname.endsWith("/versions")`)
	versions := eval[string](b, `location.pathname`)
	gaps := `document.querySelectorAll(".v-values .v-cell.gap[data-slot]").length`
	if n := eval[int](b, gaps); n < 2 {
		t.Errorf("%d values are left without a counterpart", n)
	}
	if left := b.text("#left"); !strings.Contains(left, "counterpart") || !strings.Contains(b.text(".v-extras"), "Which service did you use last?") {
		t.Errorf("what is left: %q", left)
	}
	for _, lang := range []string{"fi", "sv", "en"} {
		b.speak(base, lang)
		b.open(versions)
		for _, width := range []int64{1440, 320} {
			b.size(width, 900)
			if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s, %d wide: the page is %d px too wide", lang, width, over)
			}
			b.shot(fmt.Sprintf("versions-%s-%d", lang, width))
		}
		b.dark(true)
		b.shot("versions-" + lang + "-dark")
		b.dark(false)
	}
	b.size(1440, 900)

	// A question is moved by the keyboard and back again: the handle keeps the focus, the other takes its place.
	third := `[...document.querySelectorAll(".v-row")].find(r => r.innerText.includes("3. Missä")).innerText`
	eval[any](b, `[...document.querySelectorAll(".v-row")].find(r => r.innerText.includes("3. Missä")).querySelector('[data-grip]').focus()`)
	b.press("ArrowDown")
	b.wait(third + `.includes("4. Vad vill du")`)
	if got := eval[string](b, `document.activeElement.id`); !strings.HasPrefix(got, "g-c.") {
		t.Errorf("the focus is on %q", got)
	}
	b.press("ArrowUp")
	b.wait(third + `.includes("3. Var behövs")`)
	// One value is dragged to its counterpart, one is chosen from the list.
	eval[any](b, `(() => {
		const values = [...document.querySelectorAll(".v-values li")];
		const from = values.find(li => li.innerText.includes("falurött"));
		const to = values.find(li => li.innerText.includes("punainen")).querySelector('[data-slot^="v."].gap');
		const loose = from.querySelector("[data-grip], [data-loose]");
		const data = new DataTransfer();
		loose.dispatchEvent(new DragEvent("dragstart", {bubbles: true, dataTransfer: data}));
		to.dispatchEvent(new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer: data}));
		to.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data}));
		loose.dispatchEvent(new DragEvent("dragend", {bubbles: true, dataTransfer: data}));
	})(); 0`)
	clicks++
	b.wait(`[...document.querySelectorAll(".v-values li")].some(li => li.innerText.includes("punainen") && li.innerText.includes("falurött"))`)
	eval[any](b, `(() => {
		const cell = [...document.querySelectorAll(".v-values li")].find(li => li.innerText.includes("vihreä")).querySelector(".gap[data-slot]");
		const list = cell.querySelector("select");
		list.value = [...list.options].find(o => o.text.includes("mossa")).value;
		list.dispatchEvent(new Event("change", {bubbles: true}));
	})(); 0`)
	clicks += 2
	b.wait(gaps + " === 0")
	b.shot("versions-done")
	click("[data-continue]")
	b.wait(`location.pathname.endsWith("/language")`)
	click("[data-language] .solid")
	b.wait(`location.pathname.endsWith("/check")`)
	b.shot("versions-check")
	click("[data-once]")
	b.wait(`document.querySelector(".big-acts")`)
	if got := b.text(".figures"); !strings.Contains(got, "102") {
		t.Errorf("what came in: %q", got)
	}
	click(".big-acts a")
	b.wait(`location.pathname.endsWith("/code")`)
	took := time.Since(began)
	t.Logf("%d clicks and %.1f s from the drop to the coding page", clicks, took.Seconds())
	if clicks > 12 {
		t.Errorf("%d clicks", clicks)
	}
	if took > 90*time.Second {
		t.Errorf("it took %v", took)
	}
}
