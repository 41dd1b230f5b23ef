package analysis

import (
	"hash/fnv"
	"maps"
	"slices"
	"sync"
)

// maxVocabulary bounds the distinct words a vocabulary remembers; once it is
// full, words that were seen once make room.
const maxVocabulary = 300_000

// Vocabulary is the set of words that a project's own texts use. Where there
// is no dictionary it is what compounds are split by and what decides between
// possible base forms. It is safe for concurrent use, but an engine should be
// given a vocabulary that has finished learning: analyses are cached.
type Vocabulary struct {
	mu    sync.RWMutex
	words map[string]uint32
}

// NewVocabulary makes an empty vocabulary.
func NewVocabulary() *Vocabulary {
	return &Vocabulary{words: map[string]uint32{}}
}

// Learn takes in the words of a text.
func (v *Vocabulary) Learn(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s := scanner{text: text}
	for s.next() {
		if len(s.key) > cacheMaxWord || len(s.key) < 2 {
			continue
		}
		v.words[string(s.key)]++
	}
	if len(v.words) > maxVocabulary {
		maps.DeleteFunc(v.words, func(_ string, n uint32) bool { return n == 1 })
		for len(v.words) > maxVocabulary {
			for w := range v.words {
				delete(v.words, w)
				break
			}
		}
	}
}

// Count tells how often a word form was seen. A nil vocabulary is empty.
func (v *Vocabulary) Count(word string) int {
	if v == nil {
		return 0
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	return int(v.words[word])
}

// Len is the number of distinct word forms.
func (v *Vocabulary) Len() int {
	if v == nil {
		return 0
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	return len(v.words)
}

// Digest identifies the set of words, whatever the order they were learnt in.
func (v *Vocabulary) Digest() uint64 {
	if v == nil {
		return 0
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	h := fnv.New64a()
	for _, w := range slices.Sorted(maps.Keys(v.words)) {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return h.Sum64()
}
