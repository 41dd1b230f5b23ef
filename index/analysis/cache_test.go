package analysis

import (
	"fmt"
	"strings"
	"testing"
)

func TestCacheIsBounded(t *testing.T) {
	const limit = 320
	c := newCache[int](limit)
	for i := range 10 * limit {
		c.get(fmt.Append(nil, "word", i), func(string) int { return i })
	}
	n := 0
	for i := range c.shards {
		n += len(c.shards[i].young) + len(c.shards[i].old)
	}
	if n > limit {
		t.Errorf("%d words in a cache of %d", n, limit)
	}
}

// TestCacheKeepsFrequentWords uses one word again and again among many.
func TestCacheKeepsFrequentWords(t *testing.T) {
	c := newCache[string](64)
	made := 0
	for i := range 2000 {
		got := c.get([]byte("usein"), func(w string) string { made++; return w + "!" })
		if got != "usein!" {
			t.Fatalf("got %q", got)
		}
		c.get(fmt.Append(nil, i), func(w string) string { return w })
	}
	if made > 1 {
		t.Errorf("the frequent word was analysed %d times", made)
	}
}

func TestCacheSkipsLongWords(t *testing.T) {
	c := newCache[int](64)
	made := 0
	for range 3 {
		c.get([]byte(strings.Repeat("x", cacheMaxWord+1)), func(string) int { made++; return made })
	}
	if made != 3 {
		t.Errorf("analysed %d times, want 3", made)
	}
}
