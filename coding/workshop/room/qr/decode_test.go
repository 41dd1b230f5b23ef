package qr

import (
	"errors"
	"fmt"
)

// decode reads a code without errors back, written from the standard and not from the encoder: tables of logarithms instead of
// shifts, the map of function modules by geometry, and the check that all syndromes are zero.
func decode(size int, dark func(row, column int) bool) (string, error) {
	version := (size - 17) / 4
	format := 0
	for _, at := range [15][2]int{{8, 0}, {8, 1}, {8, 2}, {8, 3}, {8, 4}, {8, 5}, {8, 7}, {8, 8}, {7, 8}, {5, 8}, {4, 8}, {3, 8}, {2, 8}, {1, 8}, {0, 8}} {
		format <<= 1
		if dark(at[0], at[1]) {
			format |= 1
		}
	}
	other := 0
	for i := range 15 {
		other <<= 1
		row, column := size-1-i, 8
		if i >= 7 {
			row, column = 8, size-15+i
		}
		if dark(row, column) {
			other |= 1
		}
	}
	mask := -1
	// The fifteen bits of level M with each mask, from the standard's annex.
	for i, f := range []int{0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0} {
		if format == f && other == f {
			mask = i
		}
	}
	if mask < 0 {
		return "", fmt.Errorf("format %#x and %#x", format, other)
	}
	if version >= 7 {
		known := map[int]int{7: 0x07C94, 8: 0x085BC, 9: 0x09A99, 10: 0x0A4D3}[version]
		for i := range 18 {
			want := known>>i&1 == 1
			if dark(size-11+i%3, i/3) != want || dark(i/3, size-11+i%3) != want {
				return "", errors.New("version information")
			}
		}
	}
	words := read(size, version, func(r, c int) bool { return dark(r, c) != masked(mask, r, c) })
	return unpack(version, words)
}

func masked(mask, y, x int) bool {
	switch mask {
	case 0:
		return (y+x)&1 == 0
	case 1:
		return y&1 == 0
	case 2:
		return x%3 == 0
	case 3:
		return (y+x)%3 == 0
	case 4:
		return (y>>1+x/3)&1 == 0
	case 5:
		return (y*x)&1+(y*x)%3 == 0
	case 6:
		return ((y*x)&1+(y*x)%3)&1 == 0
	}
	return ((y*x)%3+(y+x)&1)&1 == 0
}

var centres = map[int][]int{1: {}, 2: {18}, 3: {22}, 4: {26}, 5: {30}, 6: {34}, 7: {22, 38}, 8: {24, 42}, 9: {26, 46}, 10: {28, 50}}

// function tells whether a module belongs to a pattern.
func function(size, version, r, c int) bool {
	if r == 6 || c == 6 || r < 9 && c < 9 || r < 9 && c >= size-8 || r >= size-8 && c < 9 {
		return true
	}
	if version >= 7 && (r < 6 && c >= size-11 || c < 6 && r >= size-11) {
		return true
	}
	in := func(v, centre int) bool { return v >= centre-2 && v <= centre+2 }
	all := append([]int{6}, centres[version]...)
	for _, y := range all {
		for _, x := range all {
			last := all[len(all)-1]
			if y == 6 && (x == 6 || x == last) || x == 6 && y == last {
				continue
			}
			if in(r, y) && in(c, x) {
				return true
			}
		}
	}
	return false
}

func read(size, version int, bit func(r, c int) bool) []byte {
	var out []byte
	n := 0
	var cur byte
	for pair := 0; pair < (size-1)/2; pair++ {
		x := size - 1 - 2*pair
		if x <= 6 {
			x--
		}
		for i := range size {
			y := i
			if pair%2 == 0 {
				y = size - 1 - i
			}
			for dx := range 2 {
				if function(size, version, y, x-dx) {
					continue
				}
				cur <<= 1
				if bit(y, x-dx) {
					cur |= 1
				}
				if n++; n%8 == 0 {
					out = append(out, cur)
				}
			}
		}
	}
	return out
}

// unpack takes the blocks apart, checks them and reads the text. The sizes are: check codewords, then data of each block.
func unpack(version int, words []byte) (string, error) {
	sizes := map[int][]int{1: {10, 16}, 2: {16, 28}, 3: {26, 44}, 4: {18, 32, 32}, 5: {24, 43, 43}, 6: {16, 27, 27, 27, 27}, 7: {18, 31, 31, 31, 31},
		8: {22, 38, 38, 39, 39}, 9: {22, 36, 36, 36, 37, 37}, 10: {26, 43, 43, 43, 43, 44}}[version]
	check, data := sizes[0], sizes[1:]
	blocks := make([][]byte, len(data))
	at := 0
	for i := 0; i < data[len(data)-1]; i++ {
		for b := range blocks {
			if i < data[b] {
				blocks[b] = append(blocks[b], words[at])
				at++
			}
		}
	}
	var all []byte
	for _, b := range blocks {
		all = append(all, b...)
	}
	for range check {
		for b := range blocks {
			blocks[b] = append(blocks[b], words[at])
			at++
		}
	}
	if at != len(words) {
		return "", fmt.Errorf("%d codewords of %d", at, len(words))
	}
	var exp [255]byte
	var log [256]int
	for i, x := 0, 1; i < 255; i++ {
		exp[i], log[x] = byte(x), i
		if x *= 2; x > 255 {
			x ^= 0x11D
		}
	}
	for _, b := range blocks {
		for root := range check {
			var s byte
			for i, w := range b {
				if w != 0 {
					s ^= exp[(log[w]+root*(len(b)-1-i))%255]
				}
			}
			if s != 0 {
				return "", errors.New("a block does not check")
			}
		}
	}
	bit := 0
	take := func(n int) int {
		v := 0
		for range n {
			v = v<<1 | int(all[bit/8]>>(7-bit%8)&1)
			bit++
		}
		return v
	}
	if mode := take(4); mode != 4 {
		return "", fmt.Errorf("mode %d", mode)
	}
	n := take(map[bool]int{true: 8, false: 16}[version < 10])
	var text []byte
	for range n {
		text = append(text, byte(take(8)))
	}
	return string(text), nil
}
