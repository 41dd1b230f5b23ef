package analysis

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// writeFile writes a file below a fresh or given folder and returns its path.
func writeFile(t testing.TB, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDictionaryPath(t *testing.T) {
	for _, layout := range []string{"mor.vfst", "mor-standard/mor.vfst", "mor-medicine/mor.vfst", "5/mor-standard/mor.vfst", "5/mor-own/mor.vfst"} {
		dir := t.TempDir()
		file := writeFile(t, dir, layout, tinyDictionary())
		for _, configured := range []string{dir, file} {
			path, found, reason := New(Options{DictionaryPath: configured, NoSystem: true}).Dictionary()
			if path != file || !found || reason != nil {
				t.Errorf("%s: got %s, %v, %v", layout, path, found, reason)
			}
		}
	}
}

func TestUnusableDictionaries(t *testing.T) {
	dir := t.TempDir()
	good := tinyDictionary()
	weighted := slices.Clone(good)
	weighted[8] = 1
	for name, test := range map[string]struct {
		path string
		want error
	}{
		"missing":      {filepath.Join(dir, "nowhere"), os.ErrNotExist},
		"empty folder": {t.TempDir(), os.ErrNotExist},
		"truncated":    {writeFile(t, dir, "truncated.vfst", good[:len(good)-5]), ErrDamaged},
		"weighted":     {writeFile(t, dir, "weighted.vfst", weighted), ErrWeighted},
		"a text":       {writeFile(t, dir, "text.vfst", []byte("talo\nolla\nhyvä\n")), ErrNotVFST},
		"not Finnish":  {writeFile(t, dir, "sami.vfst", wordDictionary([2]string{"giella", "[Ln][Xp]giella[X]giella"})), ErrNotFinnish},
		"old version":  {filepath.Dir(filepath.Dir(filepath.Dir(writeFile(t, dir, "old/2/mor-standard/voikko-fi_FI.lex", nil)))), ErrFormat},
		"other format": {otherFormat(t, good), ErrFormat},
	} {
		e := New(Options{DictionaryPath: test.path, NoSystem: true})
		path, found, reason := e.Dictionary()
		if found || !errors.Is(reason, test.want) {
			t.Errorf("%s: got %v, %v, want %v", name, found, reason, test.want)
		}
		if path == "" {
			t.Errorf("%s: no path for the message", name)
		}
		if got := e.For(Finnish).Index("talossa"); len(got) != 1 || got[0].Terms[0].Text != "talo" {
			t.Errorf("%s: the rules do not take over: %v", name, got)
		}
	}
}

// otherFormat makes a dictionary whose index names another format.
func otherFormat(t *testing.T, data []byte) string {
	dir := t.TempDir()
	writeFile(t, dir, "index.txt", []byte("Language: fi\nVoikko-Dictionary-Format: 6\n"))
	return writeFile(t, dir, "mor.vfst", data)
}

func TestSymlinkLoop(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need rights on Windows")
	}
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if err := errors.Join(os.Symlink(a, b), os.Symlink(b, a)); err != nil {
		t.Fatal(err)
	}
	if _, found, reason := New(Options{DictionaryPath: a, NoSystem: true}).Dictionary(); found || reason == nil {
		t.Errorf("got %v, %v", found, reason)
	}
	inside := t.TempDir()
	if err := os.Symlink(filepath.Join(inside, "mor.vfst"), filepath.Join(inside, "mor.vfst")); err != nil {
		t.Fatal(err)
	}
	if _, found, reason := New(Options{DictionaryPath: inside, NoSystem: true}).Dictionary(); found || reason == nil {
		t.Errorf("inside a folder: got %v, %v", found, reason)
	}
}

func TestNotRegular(t *testing.T) {
	if _, err := readDictionary(t.TempDir()); err == nil {
		t.Error("a folder was read as a dictionary")
	}
}

func TestDictionaryPlaces(t *testing.T) {
	env := map[string]string{"HOME": "home", "LOCALAPPDATA": "appdata", "VOIKKO_DICTIONARY_PATH": "words"}
	for goos, want := range map[string][]string{
		"linux":   {"words", "home/.voikko", "/usr/lib/voikko", "/usr/lib64/voikko", "/usr/share/voikko", "/usr/local/lib/voikko"},
		"darwin":  {"home/.voikko", "home/Library/Spelling/voikko", "/opt/homebrew/lib/voikko", "/usr/local/lib/voikko"},
		"windows": {"home/.voikko", env["LOCALAPPDATA"] + "/voikko"},
	} {
		got := dictionaryPlaces(goos, func(name string) string { return env[name] })
		for i := range got {
			got[i] = filepath.ToSlash(got[i])
		}
		at := -1
		for _, place := range want {
			i := slices.Index(got, place)
			if i <= at {
				t.Errorf("%s: %s is missing or out of order in %q", goos, place, got)
			}
			at = i
		}
	}
}

func TestNoDictionary(t *testing.T) {
	_, found, reason := New(Options{NoSystem: true}).Dictionary()
	if found || !errors.Is(reason, errNotFound) {
		t.Errorf("got %v, %v", found, reason)
	}
}

func TestInstallHint(t *testing.T) {
	has := func(paths ...string) func(string) bool {
		return func(p string) bool { return slices.Contains(paths, p) }
	}
	for _, test := range []struct {
		goos, path, want string
	}{
		{"linux", "", "apt-get install voikko-fi"},
		{"linux", "/usr/bin/dnf", "dnf install voikko-fi"},
		{"darwin", "", "brew install libvoikko"},
		{"windows", "", `%LOCALAPPDATA%\voikko`},
	} {
		if got := installHint(test.goos, has(test.path)); !strings.Contains(got, test.want) {
			t.Errorf("%s: %q does not say %q", test.goos, got, test.want)
		}
	}
	if InstallHint() == "" {
		t.Error("no hint for this system")
	}
}
