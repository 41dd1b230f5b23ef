package themes_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"avokoodi/themes"
)

// drawn is a codebook by chance; parents may be missing or stand in a cycle, as in a damaged file.
func drawn(t *rapid.T) []themes.Theme {
	n := rapid.IntRange(0, 14).Draw(t, "themes")
	list := make([]themes.Theme, n)
	for i := range list {
		list[i] = themes.Theme{ID: themes.ID(i + 1), Parent: themes.ID(rapid.IntRange(0, n+1).Draw(t, "parent")), Order: rapid.IntRange(0, 3).Draw(t, "order"),
			Key: fmt.Sprint("k", i+1), Label: themes.Same(fmt.Sprint("Theme ", i+1)), Hue: i%themes.Hues + 1}
	}
	return list
}

// TestTreeHoldsEveryThemeOnce: whatever the parents say, each theme stands in the tree once, behind its parent, at its depth.
func TestTreeHoldsEveryThemeOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawn(t)
		tree := themes.NewTree(list)
		if tree.Len() != len(list) || len(tree.All()) != len(list) {
			t.Fatalf("%d of %d themes", tree.Len(), len(list))
		}
		place := map[themes.ID]int{}
		for i, th := range tree.All() {
			if _, twice := place[th.ID]; twice {
				t.Fatalf("theme %d stands there twice", th.ID)
			}
			place[th.ID] = i
		}
		below := map[themes.ID]bool{}
		var walk func(id themes.ID, depth int)
		walk = func(id themes.ID, depth int) {
			last := -1
			for _, c := range tree.Children(id) {
				if below[c] {
					t.Fatalf("theme %d has two places", c)
				}
				below[c] = true
				if tree.Depth(c) != depth {
					t.Fatalf("theme %d is at depth %d, want %d", c, tree.Depth(c), depth)
				}
				if id != 0 && place[c] <= place[id] {
					t.Fatalf("theme %d stands before its parent", c)
				}
				th, ok := tree.Get(c)
				if !ok || th.Order < last {
					t.Fatalf("theme %d is out of order among its siblings", c)
				}
				last = th.Order
				inside := tree.Within(c)
				if inside[0] != c || slices.ContainsFunc(inside[1:], func(x themes.ID) bool { return tree.Depth(x) <= depth }) {
					t.Fatalf("within %d: %v", c, inside)
				}
				for k, x := range inside { // they stand in a row
					if place[x] != place[c]+k {
						t.Fatalf("within %d: %v is no stretch of the tree", c, inside)
					}
				}
				walk(c, depth+1)
			}
		}
		walk(0, 0)
		if len(below) != len(list) {
			t.Fatalf("%d themes can be reached, of %d", len(below), len(list))
		}
	})
}

func book() themes.Tree {
	th := func(id, parent themes.ID, key, fi, sv string, aliases ...string) themes.Theme {
		return themes.Theme{ID: id, Parent: parent, Key: key, Label: themes.Text{FI: fi, SV: sv}, Hue: 1, Order: int(id), Aliases: aliases}
	}
	return themes.NewTree([]themes.Theme{th(1, 0, "palvelut", "Palvelut", "Tjänster"), th(2, 1, "ruotsiksi", "Palvelut ruotsiksi", "Tjänster på svenska", "kielelliset", "Språket"),
		th(3, 2, "tulkit", "Tulkit", "Tolkar"), th(4, 0, "raha", "Raha", "")})
}

func TestFindByAnyName(t *testing.T) {
	tree := book()
	for name, want := range map[string]themes.ID{"ruotsiksi": 2, "RUOTSIKSI": 2, "tjänster PÅ  svenska": 2, "Språket": 2, "kielelliset": 2, "Raha": 4, "tolkar": 3,
		"ruotsi": 0, "": 0, "palvelut": 1} {
		if got, ok := tree.Find(name); got.ID != want || ok != (want != 0) {
			t.Errorf("%q is %d (%v), want %d", name, got.ID, ok, want)
		}
	}
	if path := tree.Path(3, themes.SV); strings.Join(path, "/") != "Tjänster/Tjänster på svenska/Tolkar" {
		t.Errorf("path %q", path)
	}
	if path := tree.Path(4, themes.SV); strings.Join(path, "/") != "Raha" {
		t.Errorf("a theme without a Swedish label: %q", path)
	}
	if tree.Path(99, themes.FI) != nil || tree.Depth(99) != 0 || tree.Children(99) != nil {
		t.Error("a theme that is not there has a place")
	}
}

func TestCheck(t *testing.T) {
	tree := book()
	ok := themes.Theme{Key: "uusi", Label: themes.Text{EN: "New"}, Hue: 12, Shortcut: "k"}
	if err := tree.Check(ok); err != nil {
		t.Fatalf("a good theme: %v", err)
	}
	for _, c := range []struct {
		key    string
		change func(*themes.Theme)
	}{
		{"theme.label_missing", func(th *themes.Theme) { th.Label = themes.Text{} }},
		{"theme.label_long", func(th *themes.Theme) { th.Label.SV = strings.Repeat("ä", themes.MaxLabel+1) }},
		{"", func(th *themes.Theme) { th.Label.SV = strings.Repeat("ä", themes.MaxLabel) }},
		{"theme.note_long", func(th *themes.Theme) { th.Exclude.FI = strings.Repeat("x", themes.MaxNote+1) }},
		{"theme.key_bad", func(th *themes.Theme) { th.Key = "Isolla Alkukirjaimella" }},
		{"theme.key_bad", func(th *themes.Theme) { th.Key = "" }},
		{"theme.key_taken", func(th *themes.Theme) { th.Key = "raha" }},
		{"theme.hue_bad", func(th *themes.Theme) { th.Hue = 13 }},
		{"theme.hue_bad", func(th *themes.Theme) { th.Hue = 0 }},
		{"theme.shortcut_bad", func(th *themes.Theme) { th.Shortcut = "0" }},
		{"theme.shortcut_bad", func(th *themes.Theme) { th.Shortcut = "ab" }},
		{"theme.parent_missing", func(th *themes.Theme) { th.Parent = 99 }},
		{"theme.label_taken", func(th *themes.Theme) { th.Label = themes.Text{FI: "RAHA"} }},
		{"", func(th *themes.Theme) { th.Label, th.Parent = themes.Text{FI: "Raha"}, 1 }}, // under another parent it is another theme
		{"theme.cycle", func(th *themes.Theme) { th.ID, th.Key, th.Parent = 1, "palvelut", 3 }},
		{"theme.too_deep", func(th *themes.Theme) { th.ID, th.Parent, th.Key, th.Label = 1, 0, "palvelut", themes.Same("Palvelut") }},
	} {
		th := ok
		c.change(&th)
		use := tree
		if c.key == "theme.too_deep" { // a chain of five, put below another theme
			var list []themes.Theme
			for i := themes.ID(1); i <= themes.MaxDepth; i++ {
				list = append(list, themes.Theme{ID: i, Parent: i - 1, Key: fmt.Sprint("k", i), Label: themes.Same(fmt.Sprint("L", i)), Hue: 1})
			}
			use = themes.NewTree(append(list, themes.Theme{ID: 9, Key: "muu", Label: themes.Same("Muu"), Hue: 1}))
			th = list[0]
			th.Parent = 9
		}
		err := use.Check(th)
		var p themes.Problem
		if errors.As(err, &p); p.Key != c.key || (err == nil) != (c.key == "") {
			t.Errorf("%+v: %v, want %q", th, err, c.key)
		}
		if err != nil && !strings.Contains(err.Error(), c.key) {
			t.Errorf("a log would not say %s: %v", c.key, err)
		}
	}
}

// TestKeys: a key is its own key, made of letters, digits and single dashes, whatever the label.
func TestKeys(t *testing.T) {
	for label, want := range map[string]string{"Palvelut ruotsiksi": "palvelut-ruotsiksi", "  Työ & äly!! ": "työ-äly", "2. Koordinaatio": "2-koordinaatio", "–?": "", "": ""} {
		if got := themes.KeyFrom(label); got != want {
			t.Errorf("%q gives %q, want %q", label, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		key := themes.KeyFrom(rapid.String().Draw(t, "label"))
		if again := themes.KeyFrom(key); again != key {
			t.Fatalf("the key of %q is %q", key, again)
		}
		if strings.HasPrefix(key, "-") || strings.HasSuffix(key, "-") || strings.Contains(key, "--") {
			t.Fatalf("%q", key)
		}
		tree := themes.NewTree([]themes.Theme{{ID: 1, Key: "theme"}, {ID: 2, Key: "theme-2"}, {ID: 3, Key: key}})
		if free := tree.FreeKey(key); slices.ContainsFunc(tree.All(), func(th themes.Theme) bool { return th.Key == free }) {
			t.Fatalf("%q is taken", free)
		}
	})
}

// TestHues: a new theme gets the hue that is used least, and twelve in a row get twelve.
func TestHues(t *testing.T) {
	var list []themes.Theme
	seen := map[int]bool{}
	for i := range themes.Hues {
		h := themes.NewTree(list).FreeHue()
		seen[h] = true
		list = append(list, themes.Theme{ID: themes.ID(i + 1), Hue: h})
	}
	if len(seen) != themes.Hues {
		t.Errorf("twelve themes have %d hues", len(seen))
	}
	css, err := os.ReadFile("../ui/assets/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	for h := 1; h <= themes.Hues; h++ {
		if c := themes.Color(h); len(c) != 7 || c[0] != '#' || strings.Count(string(css), "data-hue") == 0 {
			t.Errorf("hue %d is %q", h, c)
		}
	}
	if themes.Color(0) != "" || themes.Color(13) != "" {
		t.Error("there is no such hue")
	}
}

func TestTexts(t *testing.T) {
	text := themes.Text{SV: " Tjänster   på\nsvenska "}
	if text.In(themes.FI) != text.SV || text.In("de") != text.SV || text.Exact(themes.FI) != "" || text.Worded("en") != text.SV {
		t.Errorf("%+v in Finnish is %q", text, text.In(themes.FI))
	}
	if got := text.Trim(); got.SV != "Tjänster på svenska" || got.IsZero() || len(got.All()) != 1 {
		t.Errorf("trimmed %+v", got)
	}
	if themes.Only(themes.EN, "x") != (themes.Text{EN: "x"}) || !themes.Only("de", "x").IsZero() {
		t.Error("a text in one language only")
	}
	for s, ok := range map[string]bool{"fi": true, " SV ": true, "En": true, "de": false, "": false} {
		if _, got := themes.ParseLang(s); got != ok {
			t.Errorf("%q is a language: %v", s, got)
		}
	}
	if got := themes.SplitWords("tulkki; tulkkaus,\n  kaksi  sanaa ;;"); !slices.Equal(got, []string{"tulkki", "tulkkaus", "kaksi sanaa"}) {
		t.Errorf("words %q", got)
	}
	a := themes.Theme{Label: themes.Same("A"), Include: themes.Same("i"), Hue: 1}
	b := a
	b.Hue, b.Keywords, b.Retired = 2, themes.Keywords{FI: []string{"x"}}, true
	if !themes.SameMeaning(a, b) {
		t.Error("colour and keywords are no other meaning")
	}
	if b.Exclude = themes.Same("e"); themes.SameMeaning(a, b) {
		t.Error("what a theme excludes is its meaning")
	}
}
