package sets

import (
	"sync"

	"avokoodi/coding"
)

// kept is what others have worked out from a Board and want to find again as long as nothing changes.
type kept struct {
	mu   sync.Mutex
	seq  coding.Seq
	what map[any]any
}

// Keep returns what produce made for the key at the Board's change, calling it only the first time after each change. The value
// must not hold a bitmap of the Board's, and must not be changed.
func Keep[T any](b *Board, key any, produce func() T) T {
	b.kept.mu.Lock()
	defer b.kept.mu.Unlock()
	if b.kept.what == nil || b.kept.seq != b.seq {
		b.kept.seq, b.kept.what = b.seq, map[any]any{}
	}
	if v, ok := b.kept.what[key].(T); ok {
		return v
	}
	v := produce()
	b.kept.what[key] = v
	return v
}
