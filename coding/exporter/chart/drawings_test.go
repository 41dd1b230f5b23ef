package chart

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/coding/exporter"
)

var themeNames = []string{"Koordinaatio", "Maahanmuuttajien osallisuus", "Kotoutumiskoulutusjärjestelmän kehittämistarpeet ja hyvinvointialueiden järjestöyhteistyö",
	"Ruotsinkieliset palvelut", "Rahoitus <&\">", "Yhteinen tilannekuva", "Työllisyys", "Viranomaisyhteistyö"}

func names(list []string, base string) []Name {
	var out []Name
	for i, n := range list {
		out = append(out, Name{Label: n, Hue: i%12 + 1, Base: base})
	}
	return out
}

// samples are one of each drawing, with hidden numbers and long names.
func samples() map[string]Drawing {
	rnd := rand.New(rand.NewPCG(1, 2))
	head := func(title string) Head {
		return Head{Title: title, Subtitle: "Kumppanuus 2022 · Vastaajat · n = 375", Lang: "fi", Notes: []string{"Luku kertoo, kuinka moni vastaaja mainitsi teeman.", "Alle 5 vastaajan luvut on peitetty."}}
	}
	value := func() Value {
		n := rnd.IntN(60)
		if n < 5 {
			return Value{Hidden: "<5", Why: "alle 5 vastaajaa", N: n}
		}
		return Value{N: n, Share: float64(n) / 90, Shared: true, Href: "/p/demo/code?x=1"}
	}
	cells := func(rows, columns int) [][]Value {
		out := make([][]Value, rows)
		for i := range out {
			for range columns {
				out[i] = append(out[i], value())
			}
		}
		return out
	}
	themes := names(themeNames, "")
	groups := names([]string{"Järjestö", "Kunta", "Hyvinvointialue tai sairaanhoitopiiri", "Valtio", "Muu"}, "n = 90")
	rounds := names([]string{"2018", "2020", "2022"}, "n = 128")
	var rows []Bar
	for i, n := range themes {
		v := Value{N: 130 - 17*i, Share: float64(130-17*i) / 375, Shared: true, Href: "/x"}
		if i == 7 {
			v = Value{Hidden: "<5", Why: "alle 5"}
		}
		rows = append(rows, Bar{n, v})
	}
	self := cells(8, 8)
	grid := cells(8, 5)
	return map[string]Drawing{
		"bars":      Bars{head("Teemat"), rows},
		"panels":    Groups{head("Teemat organisaation mukaan"), Panels, themes, groups, grid},
		"clustered": Groups{head("Teemat organisaation mukaan"), Clustered, themes[:4], groups, grid[:4]},
		"stacked":   Groups{head("Teemat organisaation mukaan"), Stacked, themes, groups, grid},
		"whole":     Groups{head("Teemat organisaation mukaan"), Whole, themes, groups, grid},
		"heat":      Heat{Head: head("Teemat organisaation mukaan"), Rows: themes, Columns: groups, Cells: grid},
		"together": Heat{Head: head("Yhdessä mainitut teemat"), Rows: themes, Columns: themes, Cells: self, Skip: func(i, j int) bool { return i <= j },
			Text: func(v Value) string { return exporter.Whole("fi", v.N) }},
		"wide":  Heat{Head: head("Paljon ryhmiä"), Rows: themes[:3], Columns: names(strings.Split(strings.Repeat("Hyvinvointialue,", 22)+"Muu", ","), "n = 9"), Cells: cells(3, 23)},
		"slope": Slope{head("Teemat kierroksittain"), themes, rounds, cells(8, 3)},
		"dots": Dots{Head: head("Yksimielisyys teemoittain"), Axis: "Krippendorffin alfa", From: -0.2, Marks: []AxisMark{{0.667, "0,667"}, {0.8, "0,800"}}, Rows: []Dot{
			{Name: themes[0], Value: 0.74, Low: 0.5, High: 0.98, Spoken: "0,74", Href: "/x"}, {Name: themes[2], Value: -0.05, Low: -0.15, High: 0.3, Spoken: "−0,05", Href: "/x"},
			{Name: themes[1], Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Why: "–", Spoken: "kaikki samoin", Href: "/x"}, {Name: themes[4], Value: 1, Low: math.NaN(), High: math.NaN(), Spoken: "1", Href: "/x"}}},
		"pareto": Pareto{head("Teemat"), rows, "esitettyjen mainintojen kertymä"},
	}
}

// TestSamplesForTheEye draws one of each into the folder that CHART_SAMPLES names, for people to look at.
func TestSamplesForTheEye(t *testing.T) {
	dir := os.Getenv("CHART_SAMPLES")
	if dir == "" {
		t.Skip("CHART_SAMPLES names no folder")
	}
	for name, d := range samples() {
		for ending, write := range map[string]func(*bytes.Buffer) error{
			".png":      func(b *bytes.Buffer) error { return PNG(b, d) },
			".svg":      func(b *bytes.Buffer) error { return File(b, d) },
			".page.svg": func(b *bytes.Buffer) error { return SVG(b, d) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name+ending), b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestNothingIsOutside looks at every shape of every sample: it is inside the picture, and letters are where they fit.
func TestNothingIsOutside(t *testing.T) {
	f, err := newFaces()
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range samples() {
		s := d.scene()
		inside := func(what string, p point) {
			if p.x < -0.01 || p.x > width+0.01 || p.y < -0.01 || p.y > s.y+0.01 || math.IsNaN(p.x+p.y) {
				t.Errorf("%s: %s at %v is outside %d × %.0f", name, what, p, width, s.y)
			}
		}
		for _, one := range s.shapes {
			switch one.kind {
			case rectangle:
				inside(one.class, one.at)
				inside(one.class, point{one.at.x + one.w, one.at.y + one.h})
			case polyline, polygon:
				for _, p := range one.pts {
					inside(one.class, p)
				}
			case letters:
				run, err := f.run(one)
				if err != nil {
					t.Fatal(err)
				}
				inside(one.text, point{run[0].x, one.at.y - one.size*0.7})
				inside(one.text, point{run[len(run)-1].x + one.size*0.5, one.at.y})
			}
		}
	}
}

// TestFilesNeedNoFont: an outlined file has no text element, and every letter that it uses is defined in it.
func TestFilesNeedNoFont(t *testing.T) {
	for name, d := range samples() {
		var b bytes.Buffer
		if err := File(&b, d); err != nil {
			t.Fatal(err)
		}
		ids, used := map[string]bool{}, 0
		list := parse(t, b.String())
		for _, e := range list {
			if id := e.attr["id"]; id != "" {
				ids["#"+id] = true
			}
		}
		for _, e := range list {
			switch e.name {
			case "text", "a":
				t.Errorf("%s has an element %s", name, e.name)
			case "use":
				used++
				if !ids[e.attr["href"]] {
					t.Errorf("%s uses %s, which is not there", name, e.attr["href"])
				}
			}
		}
		if used < 50 {
			t.Errorf("%s: %d letters", name, used)
		}
	}
}

func TestEveryNumberIsALink(t *testing.T) {
	for name, d := range samples() {
		links, titles := 0, 0
		for _, e := range parse(t, page(t, d)) {
			switch e.name {
			case "a":
				links++
				if e.attr["aria-label"] == "" || e.attr["href"] == "" {
					t.Errorf("%s: a link without words: %v", name, e.attr)
				}
			case "title":
				titles++
			}
		}
		if links < 3 || titles < links {
			t.Errorf("%s: %d links, %d titles", name, links, titles)
		}
	}
}

// TestHiddenNumbersShapeNothing changes what is hidden: no drawing changes.
func TestHiddenNumbersShapeNothing(t *testing.T) {
	with := func(n int) []Drawing {
		cells := [][]Value{{{N: 20, Share: 0.2, Shared: true}, {Hidden: "·", N: n, Share: float64(n) / 100, Shared: true}}, {{Hidden: "<5", N: n}, {N: 9, Share: 0.09, Shared: true}}}
		rows := names(themeNames[:2], "")
		return []Drawing{Bars{Head{}, []Bar{{rows[0], cells[0][0]}, {rows[1], cells[0][1]}}}, Groups{Head{}, Panels, rows, rows, cells}, Groups{Head{}, Clustered, rows, rows, cells},
			Groups{Head{}, Stacked, rows, rows, cells}, Groups{Head{}, Whole, rows, rows, cells}, Heat{Rows: rows, Columns: rows, Cells: cells},
			Slope{Head{}, rows, rows, cells}, Pareto{Head{}, []Bar{{rows[0], cells[0][0]}, {rows[1], cells[0][1]}}, ""}}
	}
	for i, d := range with(3) {
		if page(t, d) != page(t, with(4000)[i]) {
			t.Errorf("%T tells a hidden number", d)
		}
	}
}

// TestPNG reads the picture back: its size, its print size, and the colour of a bar where the scene has one.
func TestPNG(t *testing.T) {
	for name, d := range samples() {
		var b bytes.Buffer
		if err := PNG(&b, d); err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b.Bytes()[:60], append([]byte("pHYs"), 0, 0, 0x2e, 0x23)) {
			t.Errorf("%s: no print size", name)
		}
		img, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		s := d.scene()
		if img.Bounds().Dx() != width*pngScale || img.Bounds().Dy() != int(math.Ceil(s.y))*pngScale {
			t.Errorf("%s is %v", name, img.Bounds())
		}
		for _, one := range s.shapes {
			if one.class != "chart-bar" || one.kind != rectangle || one.w < 8 {
				continue
			}
			got := img.At(int((one.at.x+one.w/2)*pngScale), int((one.at.y+one.h-3)*pngScale))
			r, g, bl, _ := got.RGBA()
			if want := rgb(one.fill); r>>8 != uint32(want.R) || g>>8 != uint32(want.G) || bl>>8 != uint32(want.B) {
				t.Errorf("%s: a bar of %s is %v", name, one.fill, got)
				break
			}
		}
		if dark := darkDots(img); dark < 2000 {
			t.Errorf("%s: %d dark dots: letters are missing", name, dark)
		}
	}
}

func darkDots(img image.Image) int {
	n := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b < 3*0x5000 {
				n++
			}
		}
	}
	return n
}

// TestStackedLengths: the parts of a whole bar fill it, and those of a stacked one are in proportion to their numbers.
func TestStackedLengths(t *testing.T) {
	cells := [][]Value{{{N: 10}, {N: 30}}, {{N: 5}, {N: 5}}}
	rows := names(themeNames[:2], "")
	lengths := func(f Form) (out []float64) {
		for _, one := range (Groups{Head{}, f, rows, rows, cells}).scene().shapes {
			if (one.class == "chart-bar" || one.class == "chart-tile") && one.h == 22 {
				out = append(out, one.w)
			}
		}
		return out
	}
	whole, sum := lengths(Whole), lengths(Stacked)
	if len(whole) != 4 || math.Abs(whole[0]+whole[1]-whole[2]-whole[3]) > 1e-6 || math.Abs(whole[1]/whole[0]-3) > 1e-6 {
		t.Errorf("whole bars %v", whole)
	}
	if len(sum) != 4 || math.Abs((sum[0]+sum[1])/(sum[2]+sum[3])-4) > 1e-6 {
		t.Errorf("stacked bars %v", sum)
	}
}

func TestSteps(t *testing.T) {
	for most, want := range map[float64][]float64{0: {0, 1}, 10: {0, 2, 4, 6, 8, 10}, 0.43: {0, 0.1, 0.2, 0.3, 0.4, 0.5}, 128: {0, 50, 100, 150}} {
		got := steps(most, 5)
		ok := len(got) == len(want)
		for i := range got {
			ok = ok && math.Abs(got[i]-want[i]) < 1e-9
		}
		if !ok {
			t.Errorf("to %v: %v", most, got)
		}
	}
}

// TestShadesGetDarker: a larger number is darker, in grey too.
func TestShadesGetDarker(t *testing.T) {
	last := 256.0
	for x := 0.0; x <= 1; x += 0.1 {
		c := rgb(shadeOf(x))
		grey := 0.2126*float64(c.R) + 0.7152*float64(c.G) + 0.0722*float64(c.B)
		if grey >= last {
			t.Errorf("%v is not darker", x)
		}
		last = grey
	}
}

func TestLinesMeetNoName(t *testing.T) {
	var cells [][]Value
	for range themeNames {
		cells = append(cells, []Value{{N: 10}, {N: 20}})
	}
	var at []float64
	for _, one := range (Slope{Head{}, names(themeNames, ""), names([]string{"a", "b"}, ""), cells}).scene().shapes {
		if one.class == "chart-value" {
			at = append(at, one.at.y)
		}
	}
	if len(at) != len(themeNames) {
		t.Fatalf("%d names", len(at))
	}
	for i := 1; i < len(at); i++ {
		if at[i]-at[i-1] < 20 {
			t.Errorf("names %d and %d are %f apart", i-1, i, at[i]-at[i-1])
		}
	}
}
