package analysis

import (
	"embed"
	"strings"
	"sync"
)

//go:embed words/*.txt
var wordFiles embed.FS

// lexicon is a set of base forms.
type lexicon map[string]struct{}

func (l lexicon) has(word string) bool {
	_, ok := l[word]
	return ok
}

// ownText reads one of our own lists.
func ownText(name string) string {
	data, err := wordFiles.ReadFile("words/" + name)
	if err != nil {
		panic("analysis: the embedded list " + name + " is missing")
	}
	return string(data)
}

// ownWords reads a list as a set of words; lines beginning with # are
// comments.
func ownWords(name string) lexicon {
	l := lexicon{}
	for line := range strings.Lines(ownText(name)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			l[w] = struct{}{}
		}
	}
	return l
}

var (
	finnishFixed = sync.OnceValue(func() lexicon { return ownWords("fi_fixed.txt") }) // never inflected
	swedishFixed = sync.OnceValue(func() lexicon { return ownWords("sv_fixed.txt") })

	swedishNouns     = sync.OnceValue(func() lexicon { return ownWords("sv.txt") }) // and adjectives
	swedishBaseVerbs = sync.OnceValue(func() lexicon {
		l := ownWords("sv_base_verbs.txt")
		for _, infinitives := range swedishVerbs() {
			for _, v := range infinitives {
				l[v] = struct{}{}
			}
		}
		return l
	})

	finnishNouns = sync.OnceValue(func() lexicon { return ownWords("fi.txt") }) // and adjectives
	finnishVerbs = sync.OnceValue(func() lexicon { return ownWords("fi_verbs.txt") })
)
