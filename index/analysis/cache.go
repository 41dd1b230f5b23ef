package analysis

import "sync"

const (
	cacheShards  = 16
	cacheMaxWord = 64 // bytes; longer words are analysed each time
)

// cache remembers the analyses of word forms. Each shard has a young and an
// old generation: when the young one is full it becomes the old one, so memory
// stays bounded and frequent words survive without any bookkeeping on a hit.
type cache[V any] struct {
	shards [cacheShards]shard[V]
	limit  int // words in one generation of one shard
}

type shard[V any] struct {
	mu         sync.RWMutex
	young, old map[string]V
}

// newCache makes a cache of at most about words entries.
func newCache[V any](words int) *cache[V] {
	return &cache[V]{limit: max(words/(2*cacheShards), 1)}
}

func (c *cache[V]) shard(word []byte) *shard[V] {
	h := uint32(2166136261)
	for _, b := range word {
		h = (h ^ uint32(b)) * 16777619
	}
	return &c.shards[(h^h>>16)%cacheShards]
}

// get returns the cached analysis of a word, or makes it.
func (c *cache[V]) get(word []byte, make func(string) V) V {
	if len(word) > cacheMaxWord {
		return make(string(word))
	}
	s := c.shard(word)
	s.mu.RLock()
	v, ok := s.young[string(word)]
	if ok {
		s.mu.RUnlock()
		return v
	}
	v, ok = s.old[string(word)]
	s.mu.RUnlock()
	key := string(word)
	if !ok {
		v = make(key)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.young) >= c.limit {
		s.old, s.young = s.young, nil
	}
	if s.young == nil {
		s.young = map[string]V{}
	}
	s.young[key] = v
	return v
}
