package index

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gaps := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, 200_000)), 1, 40).Draw(t, "gaps")
		var want []int
		packed, place := uint64(0), 0
		for _, gap := range gaps {
			next, ok := pack(packed, place+gap)
			if !ok {
				if next != packed {
					t.Fatalf("a refused place changed %x to %x", packed, next)
				}
				if len(want) < 2 {
					t.Fatalf("no room after %v", want)
				}
				break
			}
			place += gap
			packed = next
			want = append(want, place)
			if packed == 0 || packed >= 1<<62 {
				t.Fatalf("packed %x", packed)
			}
			if got := unpack(nil, packed); !slices.Equal(got, want) {
				t.Fatalf("%v, want %v", got, want)
			}
			if occurrences(packed) != len(want) {
				t.Fatalf("%d occurrences of %d", occurrences(packed), len(want))
			}
		}
	})
}

func TestPackIsSmall(t *testing.T) {
	for place, bytes := range map[int]int{1: 1, 31: 1, 32: 2, 4095: 2, 4096: 3} {
		packed, _ := pack(0, place)
		n := 1
		for v := packed << 1; v >= 128; v >>= 7 { // as zap writes it
			n++
		}
		if n != bytes {
			t.Errorf("place %d takes %d bytes, want %d", place, n, bytes)
		}
	}
}
