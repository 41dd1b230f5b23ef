package reading

import (
	"bytes"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"avokoodi/coding"
)

// keys puts words in the order of a language's dictionaries: in Finnish and Swedish å, ä and ö come last. It remembers the
// sort key of each word and belongs to one goroutine.
type keys struct {
	c      *collate.Collator
	buffer collate.Buffer
	known  map[string][]byte
}

func collation(l coding.Lang) *keys {
	tag := language.Finnish
	switch l {
	case "sv":
		tag = language.Swedish
	case "en":
		tag = language.English
	}
	return &keys{c: collate.New(tag), known: map[string][]byte{}}
}

func (k *keys) key(s string) []byte {
	key, ok := k.known[s]
	if !ok {
		key = bytes.Clone(k.c.KeyFromString(&k.buffer, s))
		k.buffer.Reset()
		k.known[s] = key
	}
	return key
}

func (k *keys) compare(a, b string) int {
	if a == b {
		return 0
	}
	return bytes.Compare(k.key(a), k.key(b))
}
