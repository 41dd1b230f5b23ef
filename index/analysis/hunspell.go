package analysis

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf8"
)

// ErrNotHunspell says that a file is no Hunspell word list in UTF-8.
var ErrNotHunspell = errors.New("not a Hunspell word list in UTF-8")

const swedishList = "sv_SE.dic"

// findSwedishList loads the configured Hunspell word list, or the system's.
func findSwedishList(o Options) (*packed, source) {
	if o.SwedishListPath != "" {
		return openHunspell(o.SwedishListPath)
	}
	if o.NoSystem {
		return nil, source{err: os.ErrNotExist}
	}
	for _, place := range hunspellPlaces(runtime.GOOS, os.Getenv) {
		if path := filepath.Join(place, swedishList); exists(path) {
			return openHunspell(path)
		}
	}
	return nil, source{err: os.ErrNotExist}
}

func hunspellPlaces(goos string, getenv func(string) string) []string {
	switch goos {
	case "windows":
		return []string{filepath.Join(getenv("LOCALAPPDATA"), "hunspell"), filepath.Join(getenv("ProgramFiles"), "LibreOffice", "share", "extensions", "dict-sv")}
	case "darwin":
		return []string{filepath.Join(getenv("HOME"), "Library", "Spelling"), "/Library/Spelling", "/opt/homebrew/share/hunspell", "/usr/local/share/hunspell"}
	}
	return []string{"/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell"}
}

// openHunspell reads the words of a list; their flags are of no interest.
func openHunspell(path string) (*packed, source) {
	s := source{path: path}
	data, err := readDictionary(path)
	if err == nil && !utf8.Valid(data) {
		err = ErrNotHunspell
	}
	if err != nil {
		s.err = fmt.Errorf("word list %s: %w", path, err)
		return nil, s
	}
	var text strings.Builder
	words := 0
	for line := range strings.Lines(string(data)) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), "/")
		word = strings.TrimSuffix(word, "-")
		if isPlainSwedish(word) {
			text.WriteString(word)
			text.WriteByte('\n')
			words++
		}
	}
	if words == 0 {
		s.err = fmt.Errorf("word list %s: %w", path, ErrNotHunspell)
		return nil, s
	}
	s.digest = digest(data)
	return pack(strings.Clone(text.String()), words), s
}

// isPlainSwedish admits ordinary words in small letters: no names, no
// abbreviations.
func isPlainSwedish(word string) bool {
	if letters(word) < minSystemPart || !hasSwedishVowel(word) {
		return false
	}
	for _, r := range word {
		if (r < 'a' || r > 'z') && !strings.ContainsRune("åäöéü", r) {
			return false
		}
	}
	return true
}
