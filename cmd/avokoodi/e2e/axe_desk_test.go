package e2e

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestDeskAccessible runs axe-core on the desk, the codebook and the history in every language, light and dark, at 320 and
// 1,440 pixels: all twelve ways of each, where TestAccessible takes three.
func TestDeskAccessible(t *testing.T) {
	axe, err := os.ReadFile(fetched(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	a := &auditor{axe: string(axe), found: map[string][]string{}}
	b := demonstration(t)
	b.codeSomething()
	const p = "/p/demo"
	pages := []looked{{path: p + "/code"}, {path: p + "/code?question=q16&state=coded", do: `document.querySelector("[data-examples]").open = true`}, {path: p + "/themes"}, {path: p + "/history"}}
	for _, lang := range []string{"fi", "sv", "en"} {
		b.speak(b.base, lang)
		for _, page := range pages {
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{1440, 320} {
					a.look(b, page, way{lang: lang, scheme: scheme, width: width})
				}
			}
		}
	}
	for _, what := range slices.Sorted(maps.Keys(a.found)) {
		t.Errorf("%s\n\t%s", what, strings.Join(a.found[what], " · "))
	}
	if a.looks != 12*len(pages) {
		t.Errorf("%d looks at %d pages", a.looks, len(pages))
	}
}

// workPages is the division of work, the settings of the desk and the memos.
func (b *tab) workPages() []looked {
	b.t.Helper()
	const p = "/p/demo"
	b.open(p + "/work?how=even&open=1&sample=20&who=1") // so that there is a queue to show
	b.click("#preview .solid")
	b.wait(`document.querySelector(".assignments")`)
	return []looked{
		{path: p + "/work"}, {path: p + "/code?queue=demo&question=*"}, {path: p + "/work?how=even&open=1&who=1"}, {path: p + "/work?how=question&sample=x"},
		{path: p + "/code/settings", do: `document.querySelectorAll("main details").forEach(d => d.open = true)`},
		{path: p + "/code/settings", do: `document.querySelector('[name="key.next"]').value = "k"; document.querySelector(".saveall .solid").click()`, then: `document.querySelector(".problems")`},
		{path: p + "/memos"}, {path: p + "/memos/project/1"},
	}
}
