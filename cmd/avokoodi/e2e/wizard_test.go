package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// webropolFile is a made-up survey in the form that Webropol exports: two header rows, choices over several columns, a legend.
func webropolFile() string {
	var f strings.Builder
	f.WriteString("Vastausaika\tID\tSukupuoli\tMitä palveluja käytät?\t\t\tMiten yhteistyö kunnan kanssa on sujunut?\tSähköposti\n")
	f.WriteString("-\t\t-\tKirjasto\tUimahalli\tMuu, mikä?\t-\t-\n")
	words := []string{"Yhteistyö sujui hyvin kirjaston kanssa", "Tiedotus oli hidasta eikä kukaan vastannut", "Tilat ovat ahtaat mutta henkilökunta auttaa aina"}
	for i := range 40 {
		fmt.Fprintf(&f, "%d.2.2024 12:%02d:00\t%d\t%d\t%s\t%s\t%s\t%s %d\tv%d@example.org\n", 1+i%28, i, i+1, 1+i%2, []string{"1", ""}[i%2], []string{"2", "", "2"}[i%3],
			[]string{"", "", "", "torit"}[i%4], words[i%3], i, i)
	}
	f.WriteString("\n\t\t1 = Nainen\t1 = Kirjasto\n\t\t2 = Mies\t2 = Uimahalli\n")
	return f.String()
}

// TestWizardOfATool drops a survey tool's file and accepts what is proposed: from the drop to the coding page it takes at most
// twelve clicks, the tool is named, e-mail addresses stay out, and choices over several columns are one variable.
func TestWizardOfATool(t *testing.T) {
	base, links := serve(t, t.TempDir(), "demo", 1)
	b := newTab(t, base)
	b.open(links[0])
	b.wait(`location.pathname.startsWith("/p/demo")`)
	file := filepath.Join(t.TempDir(), "webropol.csv")
	write(t, file, []byte(webropolFile()))
	clicks := 0
	click := func(css string) {
		t.Helper()
		clicks++
		b.click(css)
	}
	b.open("/p/demo/import")
	clicks++ // the drop
	b.choose("[data-upload] [type=file]", file)
	b.wait(`location.pathname.endsWith("/columns")`)
	if facts := b.text(".reading-box .facts"); !strings.Contains(facts, "Webropol") || !strings.Contains(facts, "40 rows") {
		t.Errorf("it was read as %q", facts)
	}
	roles := eval[string](b, `[...document.querySelectorAll("[data-col]")].map(c => c.dataset.role).join(" ")`)
	if roles != "ignore id variable choice choice question question ignore" {
		t.Errorf("roles %q", roles)
	}
	columns := eval[string](b, `location.pathname`)
	for _, lang := range []string{"fi", "sv", "en"} {
		b.speak(base, lang)
		b.open(columns)
		for _, width := range []int64{1440, 360} {
			b.size(width, 900)
			if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s, %d wide: the page is %d px too wide", lang, width, over)
			}
			b.shot(fmt.Sprintf("columns-%s-%d", lang, width))
		}
		b.dark(true)
		b.shot("columns-" + lang + "-dark")
		b.dark(false)
	}
	b.size(1440, 900)
	click("[data-columns] .solid")
	b.wait(`location.pathname.endsWith("/language")`)
	b.fill("[name=round]", "2024")
	clicks++
	click("[data-language] .solid")
	b.wait(`location.pathname.endsWith("/check")`)
	b.shot("check")
	click("[data-once]")
	b.wait(`document.querySelector(".big-acts")`)
	click(".big-acts a")
	b.wait(`location.pathname.endsWith("/code")`)
	t.Logf("%d clicks from the drop to the coding page", clicks)
	if clicks > 12 {
		t.Errorf("%d clicks", clicks)
	}
}
