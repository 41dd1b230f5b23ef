package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
)

var update = flag.Bool("update", false, "write the golden files")

func options(l coding.Lang) exporter.Options {
	return exporter.Options{Lang: l, T: func(key string, args ...any) string { return i18n.T(string(l), key, args...) }}
}

func page(t interface{ Fatal(...any) }, d Drawing) string {
	var b bytes.Buffer
	if err := SVG(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// element is a shape with its attributes and the text inside.
type element struct {
	name string
	attr map[string]string
	text string
}

func parse(t interface{ Fatalf(string, ...any) }, svg string) []element {
	var out []element
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := element{name: tok.Name.Local, attr: map[string]string{}}
			for _, a := range tok.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			out = append(out, e)
		case xml.CharData:
			if len(out) > 0 {
				out[len(out)-1].text += strings.TrimSpace(string(tok))
			}
		}
	}
}

func class(list []element, name string) []element {
	var out []element
	for _, e := range list {
		if e.attr["class"] == name {
			out = append(out, e)
		}
	}
	return out
}

func TestGolden(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 200, Questions: 2, Themes: 8, Coders: 2, Codings: 260, Categories: []int{4}, Rounds: 1, Seed: 6})
	table, err := report.New(sets.New(sv.Store)).Count(t.Context(), report.Request{Project: sv.Project.ID, Order: report.ByNumber})
	if err != nil {
		t.Fatal(err)
	}
	table.Rows[1].Theme.Label.FI = "Kotoutumiskoulutusjärjestelmän kehittämistarpeet ja hyvinvointialueiden järjestöyhteistyö <&\">"
	got := page(t, BarsOf(table, -1, options("fi"), func(r report.Row, _ int) string { return "/p/demo/code?theme=" + r.Theme.Key + "&unit=respondents" }))
	parse(t, got)
	path := filepath.Join("testdata", "themes.svg")
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-update writes it:\n%s", diff)
	}
}

// TestBarsAreInProportion measures the bars.
func TestBarsAreInProportion(t *testing.T) {
	c := Bars{Head: Head{Title: "T", Lang: "fi"}, Rows: []Bar{{Name{Label: "a", Hue: 1}, Value{N: 80, Shared: true, Share: 0.4}}, {Name{Label: "b", Hue: 12}, Value{N: 20}}, {Name{Label: "c"}, Value{}}, {Name{Label: "d", Hue: 3}, Value{N: 1}}}}
	list := parse(t, page(t, c))
	bars := class(list, "chart-bar")
	if len(bars) != 3 {
		t.Fatalf("%d bars", len(bars))
	}
	for i, want := range []float64{barWidth, barWidth / 4, barWidth / 80.0} {
		got, _ := strconv.ParseFloat(bars[i].attr["width"], 64)
		if math.Abs(got-want) > 0.06 {
			t.Errorf("bar %d is %f long, want %f", i, got, want)
		}
	}
	if bars[0].attr["fill"] != "#ca6477" || bars[1].attr["fill"] != "#c26594" {
		t.Errorf("hues %s, %s", bars[0].attr["fill"], bars[1].attr["fill"])
	}
	values := class(list, "chart-value")
	for i, want := range []string{"80 (40\u00a0%)", "20", "0", "1"} {
		if values[i].text != want {
			t.Errorf("value %q, want %q", values[i].text, want)
		}
	}
}

// TestHiddenBarsTellNothing draws the same table with other hidden numbers: the picture is the same.
func TestHiddenBarsTellNothing(t *testing.T) {
	of := func(n int) string {
		hidden := func(why report.Hidden) report.Cell { return report.Cell{N: n, Share: float64(n) / 50, Suppressed: why} }
		table := report.Table{Unit: report.Respondents, Threshold: 5, Base: report.Cell{N: 50}, Rows: []report.Row{
			{Theme: coding.Theme{Label: themes.Same("a"), Hue: 2}, Total: report.Cell{N: 20, Share: 0.4}},
			{Theme: coding.Theme{Label: themes.Same("b"), Hue: 3}, Total: hidden(report.Primary)},
			{Theme: coding.Theme{Label: themes.Same("c"), Hue: 4}, Total: hidden(report.Secondary)}}}
		return page(t, BarsOf(table, -1, options("fi"), nil))
	}
	if of(1) != of(47) {
		t.Error("the picture depends on a hidden number")
	}
	stubs := class(parse(t, of(3)), "chart-hidden")
	if len(stubs) != 2 || stubs[0].attr["width"] != stubs[1].attr["width"] || !strings.HasPrefix(stubs[0].attr["fill"], "url(#") {
		t.Errorf("stubs %+v", stubs)
	}
	values := class(parse(t, of(3)), "chart-value")
	if values[1].text != "<5" || values[2].text != "·" {
		t.Errorf("values %+v", values)
	}
}

func TestCategoryChart(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 200, Questions: 1, Themes: 4, Coders: 2, Codings: 260, Categories: []int{2}, Rounds: 1, Seed: 6})
	table, err := report.New(sets.New(sv.Store)).Count(t.Context(), report.Request{Project: sv.Project.ID, By: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	c := BarsOf(table, 0, options("en"), nil)
	if !strings.Contains(c.Title, "Class v1-1") || !strings.Contains(c.Subtitle, fmt.Sprint("n = ", table.By.Categories[0].Base.N)) {
		t.Errorf("%q, %q", c.Title, c.Subtitle)
	}
	for i, b := range c.Rows {
		if cell := table.Rows[i].Cells[0]; b.N != cell.N || (b.Hidden == "") != (cell.Suppressed == report.Shown) {
			t.Errorf("bar %+v of %+v", b, cell)
		}
	}
}

func TestEmptyChart(t *testing.T) {
	svg := page(t, BarsOf(report.Table{Unit: report.Respondents}, -1, options("sv"), nil))
	if !strings.Contains(svg, options("sv").T("export.chart_empty")) {
		t.Error("an empty chart says nothing")
	}
	parse(t, svg)
}

// TestAnythingIsWellFormed draws names that people may write.
func TestAnythingIsWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[<&"'>\x00-\x1f]{0,9}`))
		head := Head{ID: "a-", Title: s.Draw(t, "title"), Subtitle: s.Draw(t, "sub"), Lang: "en", Notes: []string{s.Draw(t, "note")}}
		rows := []Name{{Label: s.Draw(t, "label"), Hue: rapid.IntRange(-1, 14).Draw(t, "hue")}, {Label: s.Draw(t, "label")}}
		first := Value{Href: "/x?a=1&b=" + s.Draw(t, "href"), N: 3}
		cells := [][]Value{{first, {N: 2}}, {{Hidden: "<5", Why: "few"}, {N: 0}}}
		for _, d := range []Drawing{Bars{head, []Bar{{rows[0], first}, {rows[1], cells[1][0]}}}, Groups{head, rapid.SampledFrom([]Form{Panels, Clustered, Stacked, Whole}).Draw(t, "form"), rows, rows, cells},
			Heat{Head: head, Rows: rows, Columns: rows, Cells: cells}, Slope{head, rows, rows, cells}, Pareto{Head: head, Rows: []Bar{{rows[0], first}}}} {
			parse(t, page(t, d))
			var b bytes.Buffer
			if err := File(&b, d); err != nil {
				t.Fatal(err)
			}
			parse(t, b.String())
		}
	})
}

// TestWrap keeps the words, the width and the number of lines.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-zåäöA-Z]{1,40}[ -]){0,12}`)).Draw(t, "text")
		most := rapid.IntRange(1, 5).Draw(t, "most")
		lines := wrap(s, 200, 15, most)
		if len(lines) < 1 || len(lines) > most {
			t.Fatalf("%d lines of %d", len(lines), most)
		}
		for _, l := range lines {
			if advance(l, 15) > 201 {
				t.Fatalf("%q is %f wide", l, advance(l, 15))
			}
		}
		bare := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == '-' {
					return -1
				}
				return r
			}, strings.Join(strings.Fields(s), ""))
		}
		whole, got := bare(s), bare(strings.Join(lines, " "))
		if cut, ok := strings.CutSuffix(got, "…"); ok && !strings.HasSuffix(s, "…") {
			if !strings.HasPrefix(whole, cut) {
				t.Fatalf("%q of %q", got, whole)
			}
		} else if got != whole {
			t.Fatalf("%q of %q", got, whole)
		}
	})
}

// TestTonesAreTheTokens computes the sRGB of the OKLCH tokens: --theme-ink oklch(.42 .11 h), --theme-soft oklch(.945 .038 h),
// --theme-line oklch(.63 .13 h), with the matrices of Björn Ottosson's Oklab.
func TestTonesAreTheTokens(t *testing.T) {
	for i, h := range []float64{10, 40, 70, 105, 135, 160, 190, 225, 255, 290, 320, 350} {
		want := tone{oklch(0.42, 0.11, h), oklch(0.945, 0.038, h), oklch(0.63, 0.13, h)}
		if tones[i+1] != want {
			t.Errorf("hue %d: %v, want %v", i+1, tones[i+1], want)
		}
		if Ink(i+1) != want.ink || Soft(i+1) != want.soft || Line(i+1) != want.line {
			t.Errorf("hue %d: %s %s %s", i+1, Ink(i+1), Soft(i+1), Line(i+1))
		}
	}
	if Line(0) != Line(99) {
		t.Error("a hue that is not there has a colour")
	}
}

func oklch(l, c, h float64) string {
	a, b := c*math.Cos(h*math.Pi/180), c*math.Sin(h*math.Pi/180)
	cube := func(x float64) float64 { return x * x * x }
	lms := [3]float64{cube(l + 0.3963377774*a + 0.2158037573*b), cube(l - 0.1055613458*a - 0.0638541728*b), cube(l - 0.0894841775*a - 1.2914855480*b)}
	out := "#"
	for _, m := range [3][3]float64{{4.0767416621, -3.3077115913, 0.2309699292}, {-1.2684380046, 2.6097574011, -0.3413193965}, {-0.0041960863, -0.7034186147, 1.7076147010}} {
		x := min(max(m[0]*lms[0]+m[1]*lms[1]+m[2]*lms[2], 0), 1)
		if x <= 0.0031308 {
			x *= 12.92
		} else {
			x = 1.055*math.Pow(x, 1/2.4) - 0.055
		}
		out += fmt.Sprintf("%02x", int(math.Round(255*x)))
	}
	return out
}
