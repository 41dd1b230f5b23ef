package analysis

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestSwedishList(t *testing.T) {
	dir := t.TempDir()
	path := writeFile(t, dir, "sv_SE.dic", []byte("5\nmentor/ADY\nfärj-\nkyrkoherde/A\nÅke/A\nTV\n%/x\n"))
	e := New(Options{NoSystem: true, SwedishListPath: path})
	got, found, reason := e.SwedishList()
	if got != path || !found || reason != nil {
		t.Fatalf("got %s, %v, %v", got, found, reason)
	}
	for word, want := range map[string]bool{"mentor": true, "färj": true, "kyrkoherde": true, "åke": false, "tv": false, "%": false, "5": false} {
		if e.swedish.has(word) != want {
			t.Errorf("%q in the list: %v", word, !want)
		}
	}
	if parts := partsOf(e.For(Swedish), "mentorverksamheten"); !slices.Equal(parts, []string{"mentor", "verksamhet"}) {
		t.Errorf("with the list: %q", parts)
	}
	if parts := partsOf(New(Options{NoSystem: true}).For(Swedish), "mentorverksamheten"); len(parts) != 0 {
		t.Errorf("without the list: %q", parts)
	}
}

func TestUnusableSwedishLists(t *testing.T) {
	dir := t.TempDir()
	for name, test := range map[string]struct {
		path string
		want error
	}{
		"missing": {filepath.Join(dir, "none.dic"), os.ErrNotExist},
		"latin-1": {writeFile(t, dir, "latin1.dic", []byte("f\xe4rja/A\n")), ErrNotHunspell},
		"empty":   {writeFile(t, dir, "empty.dic", nil), ErrNotHunspell},
	} {
		e := New(Options{NoSystem: true, SwedishListPath: test.path})
		if _, found, reason := e.SwedishList(); found || !errors.Is(reason, test.want) {
			t.Errorf("%s: got %v, %v", name, found, reason)
		}
		if bases := basesOf(e.For(Swedish), "husen"); !slices.Equal(bases, []string{"hus"}) {
			t.Errorf("%s: the rules do not work: %q", name, bases)
		}
	}
}

func TestHunspellPlaces(t *testing.T) {
	env := func(name string) string { return "/" + name }
	for goos, want := range map[string]string{"linux": "/usr/share/hunspell", "darwin": "/Library/Spelling", "windows": "/LOCALAPPDATA/hunspell"} {
		places := hunspellPlaces(goos, env)
		for i := range places {
			places[i] = filepath.ToSlash(places[i])
		}
		if !slices.Contains(places, want) {
			t.Errorf("%s: %q lacks %s", goos, places, want)
		}
	}
}
