package e2e

import (
	"strings"
	"testing"

	"avokoodi/coding/exporter/ooxml/officetest"
)

// TestReportWithAFinding puts a report together as a person does: a new report, themes named together from their page, a weighted
// table, a heading of its own, another order. LibreOffice opens the file as it is.
func TestReportWithAFinding(t *testing.T) {
	base, links := serve(t, t.TempDir(), "demo", 1, "--no-browser")
	b := newTab(t, base)
	b.open(links[0])
	b.wait(`location.pathname === "/p/demo"`)
	b.open("/p/demo/report")
	b.fill(`form[action$="/report"] [name=name]`, "Yhdessä <&> erikseen")
	b.click(`form[action$="/report"] button`)
	b.wait(`document.querySelector("#parts").textContent === "Yhdessä <&> erikseen"`)

	b.open("/p/demo/analysis/together?question=q11a")
	b.wait(`document.querySelector(".toreport select").selectedOptions[0].textContent === "Yhdessä <&> erikseen"`)
	b.click(".toreport button")
	b.wait(`location.pathname === "/p/demo/report" && document.querySelectorAll("[data-part]").length === 1`)
	b.open("/p/demo/analysis?question=q11a")
	b.click(".toreport button")
	b.wait(`document.querySelectorAll("[data-part]").length === 2`)

	b.click(`[data-part="2"] summary`)
	eval[string](b, `document.querySelector('[data-part="2"] [name=weight]').value = "weight"`)
	b.fill(`[data-part="2"] [name=title]`, "Weighted needs")
	b.click(`[data-part="2"] button[value=edit]`)
	b.wait(`document.querySelector('[data-part="2"] .what').textContent.includes("Weight by organisation type")`)
	b.click(`[data-part="2"] button[value=up]`)
	b.wait(`document.querySelector('[data-part="1"] strong').textContent === "Weighted needs"`)
	b.shot("report")

	href := eval[string](b, `document.querySelector('a[href$="report.docx"]').getAttribute("href")`)
	text := strings.ReplaceAll(officetest.Text(t, officetest.PDF(t, "report.docx", b.download(href))), "\u00a0", " ")
	at := -1
	for _, want := range []string{"Yhdessä <&> erikseen", "Partnership barometer (demo)", "Weighted needs", "Effective n", "Themes named together", "Other theme", "Lift"} {
		i := strings.Index(text, want)
		if i < 0 {
			t.Fatalf("%q is not in the report:\n%s", want, text)
		}
		if i < at && want != "Lift" {
			t.Errorf("%q is out of order", want)
		}
		at = i
	}
}
