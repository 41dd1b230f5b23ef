package analysis

import (
	"fmt"
	"strings"
	"testing"
)

func TestVocabulary(t *testing.T) {
	v := NewVocabulary()
	v.Learn("Mentori tapasi MENTORIN. Mentori, a!")
	v.Learn("mentori")
	for word, want := range map[string]int{"mentori": 3, "mentorin": 1, "tapasi": 1, "a": 0, "Mentori": 0, "muu": 0} {
		if got := v.Count(word); got != want {
			t.Errorf("%s: %d, want %d", word, got, want)
		}
	}
	if v.Len() != 3 {
		t.Errorf("%d words, want 3", v.Len())
	}
	var none *Vocabulary
	if none.Len() != 0 || none.Count("x") != 0 || none.Digest() != 0 {
		t.Error("a nil vocabulary is not empty")
	}
}

func TestVocabularyDigest(t *testing.T) {
	a, b, c := NewVocabulary(), NewVocabulary(), NewVocabulary()
	a.Learn("yksi kaksi")
	b.Learn("kaksi yksi")
	c.Learn("yksi kaksi kolme")
	if a.Digest() != b.Digest() || a.Digest() == c.Digest() {
		t.Errorf("digests %x, %x, %x", a.Digest(), b.Digest(), c.Digest())
	}
}

func TestVocabularyIsBounded(t *testing.T) {
	v := NewVocabulary()
	v.Learn("usein usein usein")
	var b strings.Builder
	for i := range maxVocabulary + 1000 {
		fmt.Fprintf(&b, "w%d ", i)
	}
	v.Learn(b.String())
	if v.Len() > maxVocabulary {
		t.Errorf("%d words", v.Len())
	}
	if v.Count("usein") != 3 {
		t.Error("a frequent word was forgotten")
	}
}
