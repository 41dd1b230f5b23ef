package sets

import (
	"sync"

	"avokoodi/coding"
)

// kept is what others have worked out from a Board and want to find again as long as nothing changes.
type kept struct {
	mu   sync.Mutex
	seq  coding.Seq
	what map[any]*keptValue
}

type keptValue struct {
	once  sync.Once
	value any
}

// Keep returns what produce made for the key at the Board's change, calling it only the first time after each change. The value
// must not hold a bitmap of the Board's, and must not be changed. produce may keep something else under another key.
func Keep[T any](b *Board, key any, produce func() T) T {
	b.kept.mu.Lock()
	if b.kept.what == nil || b.kept.seq != b.seq {
		b.kept.seq, b.kept.what = b.seq, map[any]*keptValue{}
	}
	one := b.kept.what[key]
	if one == nil {
		one = &keptValue{}
		b.kept.what[key] = one
	}
	b.kept.mu.Unlock()
	one.once.Do(func() { one.value = produce() })
	return one.value.(T)
}
