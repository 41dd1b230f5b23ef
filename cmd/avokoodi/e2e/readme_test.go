package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "take the README's pictures anew")

// pictures are the README's, by page.
var pictures = []struct{ name, page string }{
	{"desk", "/p/demo/code?question=q11a&at=300"}, {"analysis", "/p/demo/analysis?question=q11a"}, {"themes", "/p/demo/themes?theme=coordination"},
	{"quotes", "/p/demo/quotes"}, {"workshop", "/p/demo/workshop"}, {"sheet", "/p/demo/workshop/1/print/sheets"},
}

// TestReadmePictures holds the README's pictures to what there is, and takes them anew with -update.
func TestReadmePictures(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "docs", "screenshots")
	if !*update {
		for _, p := range pictures {
			if st, err := os.Stat(filepath.Join(dir, p.name+".png")); err != nil || st.Size() > 400_000 {
				t.Errorf("picture %s: %v; take it by go test ./cmd/avokoodi/e2e -run Readme -update", p.name, err)
			}
		}
		return
	}
	b := demonstration(t)
	await[bool](b, `fetch("/prefs", {method: "POST", body: new URLSearchParams({lang: "en"}), headers: {"X-Fragment": "1"}}).then(() => true)`)
	b.size(1200, 760)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, p := range pictures {
		b.open(p.page)
		b.wait(`document.readyState === "complete"`)
		png, err := run(b, chromedp.CaptureScreenshot())
		if err != nil {
			b.fail(err)
		}
		if err := os.WriteFile(filepath.Join(dir, p.name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
