package analysis

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	morphologyFile   = "mor.vfst"
	maxDictionary    = 256 << 20 // bytes; the real ones have four million
	dictionaryLayout = "5"       // Voikko's name for this format
)

// findDictionary loads the configured dictionary, or the first one in the
// usual places that can be used.
func findDictionary(o Options) (*voikko, source) {
	if o.DictionaryPath != "" {
		path, err := morphologyIn(o.DictionaryPath)
		if err != nil {
			return nil, source{path: o.DictionaryPath, err: err}
		}
		return openDictionary(path)
	}
	if o.NoSystem {
		return nil, source{err: errNotFound}
	}
	first := source{err: errNotFound}
	for _, place := range dictionaryPlaces(runtime.GOOS, os.Getenv) {
		path, err := morphologyIn(place)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		found := source{path: path, err: err}
		if err == nil {
			var v *voikko
			if v, found = openDictionary(path); v != nil {
				return v, found
			}
		}
		if errors.Is(first.err, errNotFound) {
			first = found
		}
	}
	return nil, first
}

// dictionaryPlaces lists the folders where Voikko dictionaries are installed,
// the user's own first.
func dictionaryPlaces(goos string, getenv func(string) string) []string {
	var places []string
	add := func(root string, below ...string) {
		if root != "" {
			places = append(places, filepath.Join(append([]string{root}, below...)...))
		}
	}
	for _, p := range filepath.SplitList(getenv("VOIKKO_DICTIONARY_PATH")) {
		add(p)
	}
	add(getenv("HOME"), ".voikko")
	if exe, err := os.Executable(); err == nil {
		add(filepath.Dir(exe), "voikko")
	}
	switch goos {
	case "windows":
		add(getenv("USERPROFILE"), ".voikko")
		for _, v := range []string{"LOCALAPPDATA", "APPDATA", "PROGRAMDATA", "ProgramFiles", "ProgramFiles(x86)"} {
			add(getenv(v), "voikko")
		}
	case "darwin":
		add(getenv("HOME"), "Library", "Spelling", "voikko")
		add("/Library/Spelling/voikko")
		for _, prefix := range []string{"/opt/homebrew", "/usr/local", "/opt/local"} {
			add(prefix, "lib", "voikko")
			add(prefix, "share", "voikko")
			add(prefix, "opt", "libvoikko", "lib", "voikko")
		}
	default:
		for _, p := range []string{"/etc", "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share", "/home/linuxbrew/.linuxbrew/lib"} {
			add(p, "voikko")
		}
	}
	return places
}

// morphologyIn finds mor.vfst: path may be the file itself, the folder that
// holds it, or a folder in Voikko's layout (5/mor-standard).
func morphologyIn(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return path, nil
	}
	for _, pattern := range []string{"", "mor-standard", "mor-*", dictionaryLayout + "/mor-standard", dictionaryLayout + "/mor-*"} {
		files, err := filepath.Glob(filepath.Join(path, filepath.FromSlash(pattern), morphologyFile))
		if err == nil && len(files) > 0 {
			return files[0], nil
		}
	}
	if old, _ := filepath.Glob(filepath.Join(path, "[1-46-9]", "mor-*")); len(old) > 0 {
		return old[0], fmt.Errorf("%w: %s, version %s is needed", ErrFormat, old[0], dictionaryLayout)
	}
	return "", fmt.Errorf("no %s in %s: %w", morphologyFile, path, os.ErrNotExist)
}

// openDictionary reads and tries a dictionary.
func openDictionary(path string) (*voikko, source) {
	s := source{path: path}
	data, err := readDictionary(path)
	if err == nil {
		err = checkIndex(filepath.Join(filepath.Dir(path), "index.txt"))
	}
	var t *transducer
	if err == nil {
		t, err = parseVFST(data)
	}
	if err != nil {
		s.err = fmt.Errorf("dictionary %s: %w", path, err)
		return nil, s
	}
	v := newVoikko(t)
	for _, word := range []string{"talo", "olla", "hyvä"} {
		if len(v.readings(word)) == 0 {
			s.err = fmt.Errorf("dictionary %s: %w", path, ErrNotFinnish)
			return nil, s
		}
	}
	s.digest = digest(data)
	return v, s
}

// readDictionary reads a file that somebody else put there: only a regular
// one of a sensible size.
func readDictionary(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > maxDictionary:
		return nil, errTooLarge
	}
	return io.ReadAll(io.LimitReader(f, maxDictionary))
}

// checkIndex refuses a dictionary whose index.txt names another format.
func checkIndex(path string) error {
	data, err := readDictionary(path)
	if err != nil {
		return nil // the index is optional
	}
	for line := range strings.Lines(string(data)) {
		format, ok := strings.CutPrefix(line, "Voikko-Dictionary-Format:")
		if ok && strings.TrimSpace(format) != dictionaryLayout {
			return fmt.Errorf("%w: %s, version %s is needed", ErrFormat, strings.TrimSpace(format), dictionaryLayout)
		}
	}
	return nil
}

// InstallHint is the one command that installs the Finnish dictionary, or
// where to put it.
func InstallHint() string { return installHint(runtime.GOOS, exists) }

func installHint(goos string, exists func(string) bool) string {
	switch {
	case goos == "windows":
		return `unpack a Voikko dictionary (https://www.puimula.org/htp/testing/voikko-snapshot-v5/) into %LOCALAPPDATA%\voikko`
	case goos == "darwin":
		return "brew install libvoikko"
	case exists("/usr/bin/dnf"):
		return "sudo dnf install voikko-fi"
	}
	return "sudo apt-get install voikko-fi"
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
