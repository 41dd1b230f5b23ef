package e2e

import (
	"fmt"
	"os"
	"testing"
)

// demonstration serves the demonstration project and signs a browser in.
func demonstration(t *testing.T) *tab {
	t.Helper()
	base, links := serve(t, t.TempDir(), "demo", 1, "--no-browser")
	b := newTab(t, base)
	b.open(links[0])
	b.wait(`location.pathname === "/p/demo"`)
	return b
}

// TestPictures takes pictures of the main pages for people to look at, where AVOKOODI_SHOTS names a folder.
func TestPictures(t *testing.T) {
	if os.Getenv("AVOKOODI_SHOTS") == "" {
		t.Skip("pictures are taken where AVOKOODI_SHOTS names a folder")
	}
	b := demonstration(t)
	for _, lang := range []string{"fi", "sv", "en"} {
		eval[any](b, `fetch("/prefs", {method: "POST", body: new URLSearchParams({lang: "`+lang+`"}), headers: {"X-Fragment": "1"}}).then(() => 0)`)
		for _, w := range []int64{1440, 360} {
			b.size(w, 900)
			for _, page := range []string{"", "/code", "/themes", "/analysis?by=organisation", "/quotes", "/history", "/settings", "/import", "/code?q=palvelu"} {
				for _, dark := range []bool{false, true} {
					if dark && (lang != "fi" || w != 1440) {
						continue
					}
					b.dark(dark)
					b.open("/p/demo" + page)
					name := fmt.Sprintf("%s-%d-%v%s", lang, w, dark, page)
					clean := []byte(name)
					for i, c := range clean {
						if c == '/' || c == '?' || c == '=' {
							clean[i] = '_'
						}
					}
					b.shot(string(clean))
				}
			}
		}
	}
}
