package codebook

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/themes"
)

func sample() themes.Tree {
	return themes.NewTree([]themes.Theme{
		{ID: 1, Key: "coordination", Label: themes.Text{FI: "Koordinaatio", SV: "Samordning", EN: "Coordination"}, Definition: themes.Text{FI: "Kokonaisuuden johtaminen; ”yksi” vastuu"},
			Include: themes.Text{EN: "who leads"}, Keywords: themes.Keywords{FI: []string{"koordinaatio", "johtaa"}, SV: []string{"samordna"}}, Hue: 2, Shortcut: "1", Version: 1},
		{ID: 2, Parent: 1, Key: "roles", Label: themes.Text{FI: "=Roolit", EN: "Roles"}, Hue: 2},
		{ID: 3, Key: "old", Label: themes.Text{SV: "Gammalt"}, Hue: 12, Retired: true},
	})
}

func TestTablesRoundTrip(t *testing.T) {
	for _, name := range []string{"a.csv", "a.xlsx"} {
		for _, lang := range themes.Langs {
			var buf bytes.Buffer
			if err := Write(&buf, name, sample(), lang); err != nil {
				t.Fatal(err)
			}
			if name == "a.csv" && bytes.Contains(buf.Bytes(), []byte(";=")) {
				t.Error("a live formula was written")
			}
			got, err := Read(&buf, name, lang)
			if err != nil {
				t.Fatal(name, err)
			}
			for i, th := range sample().All() {
				parent, _ := sample().Get(th.Parent)
				want := Entry{Row: i + 2, Parent: parent.Key, Theme: th}
				want.Theme.ID, want.Theme.Parent, want.Theme.Version = 0, 0, 0
				if diff := cmp.Diff(want, got[i]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
		}
	}
}

func TestQDCRoundTrip(t *testing.T) {
	var buf bytes.Buffer
	if err := Write(&buf, "a.qdc", sample(), themes.FI); err != nil {
		t.Fatal(err)
	}
	text := buf.String()
	got, err := Read(&buf, "a.qdc", themes.FI)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got[0].Theme.Label.FI != "Koordinaatio" || got[1].Parent != got[0].Theme.Key || got[0].Theme.Hue != 2 || !got[2].Theme.Retired {
		t.Errorf("got %+v", got)
	}
	var again bytes.Buffer
	if err := Write(&again, "a.qdc", sample(), themes.FI); err != nil || again.String() != text {
		t.Error("the same codebook gave another file")
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct{ file, text, key string }{
		"empty":     {"a.csv", "", "codebook.empty"},
		"header":    {"a.csv", "key;label_fi\n", "codebook.empty"},
		"no label":  {"a.csv", "key;parent\nx;y\n", "codebook.no_label"},
		"hue":       {"a.csv", "key;label_fi;hue\nx;X;13\n", "theme.hue_bad"},
		"unlabeled": {"a.csv", "key;label_fi\nx;\n", "theme.label_missing"},
		"binary":    {"a.csv", "PK\x03\x04\x00\x00", "codebook.not_text"},
		"quote":     {"a.csv", "key;label_fi\nx;\"X\n", "codebook.quote"},
		"not zip":   {"a.xlsx", "hello", "codebook.not_xlsx"},
		"not xml":   {"a.qdc", "hello", "codebook.not_qdc"},
		"ending":    {"a.doc", "hello", "codebook.format"},
	} {
		_, err := Read(strings.NewReader(c.text), c.file, themes.FI)
		var many Problems
		var one themes.Problem
		key := ""
		switch {
		case errors.As(err, &many):
			key = many[0].Key
		case errors.As(err, &one):
			key = one.Key
		}
		if key != c.key {
			t.Errorf("%s: got %v, want %s", name, err, c.key)
		}
	}
}

func TestWindows1252(t *testing.T) {
	got, err := Read(strings.NewReader("key;label_fi\nx;P\xe4\xe4t\xf6s\n"), "a.csv", themes.FI)
	if err != nil || got[0].Theme.Label.FI != "Päätös" {
		t.Errorf("got %+v, %v", got, err)
	}
}
