package importer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/themes"
)

func TestLookup(t *testing.T) {
	source := coding.Variable{ID: 4}
	for i, name := range []string{"Espoo", "Kerava", "Utsjoki", "Inari"} {
		source.Categories = append(source.Categories, coding.Category{ID: coding.CategoryID(i + 1), Key: name, Label: themes.Only("fi", name)})
	}
	f := readVersion(t, "fi.csv", "kunta;maakunta;koko\nESPOO;Uusimaa;yli 50 000\nKerava;uusimaa;10 000–50 000\nutsjoki ;Lappi;alle 10 000\nUtsjoki;Lappi;alle 10 000\nMuonio;Lappi;")
	list, problems, err := Lookup(f.Sheet, source, "fi")
	if err != nil || problems.Refused() || len(list) != 2 {
		t.Fatalf("%d variables, %v, %v", len(list), problems, err)
	}
	region, size := list[0], list[1]
	var labels []string
	for _, c := range size.Categories {
		labels = append(labels, c.Label.FI)
	}
	if diff := cmp.Diff([]string{"alle 10 000", "10 000–50 000", "yli 50 000"}, labels); diff != "" {
		t.Errorf("sizes are not in order: %s", diff)
	}
	if len(region.Categories) != 2 || region.Label.FI != "maakunta" || region.Recode.From != 4 {
		t.Errorf("region: %+v", region)
	}
	for name, want := range map[string]string{"Espoo": "uusimaa", "Kerava": "uusimaa", "Utsjoki": "lappi", "Inari": ""} {
		if got := region.Recode.ClassOf(coding.Category{Key: "k", Label: themes.Only("sv", name)}); got != want {
			t.Errorf("%s is in %q, want %q", name, got, want)
		}
	}
	var said []string
	for _, p := range problems {
		said = append(said, fmt.Sprint(p.Key, " ", p.Row, " ", p.Column, " ", p.Args))
	}
	want := []string{"import.lookup_no_class 6 koko [Muonio]", "import.lookup_lacks 0 kunta [Inari]"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		"a\nx":          "import.lookup_columns",
		"a;b\nx;1\nX;2": "import.lookup_twice",
		"a;b\n;1\nx;1":  "import.lookup_blank",
	} {
		_, problems, err := Lookup(readVersion(t, "fi.csv", text).Sheet, source, "fi")
		if err != nil || !problems.Refused() || problems[0].Key != want {
			t.Errorf("%q: %v, %v, want %s", text, problems, err, want)
		}
	}
}
