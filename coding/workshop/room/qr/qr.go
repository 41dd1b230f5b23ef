// Package qr draws QR codes (ISO/IEC 18004): byte mode, error correction level M, versions 1 to 10, which is up to 213 bytes,
// more than any address of a room. It knows nothing of what it encodes.
package qr

import "fmt"

// MaxBytes is the most that a code holds.
const MaxBytes = 213

// TooLong says that a text does not fit.
type TooLong int

func (n TooLong) Error() string {
	return fmt.Sprintf("qr: %d bytes are more than %d", int(n), MaxBytes)
}

// Code is a square of modules, without the quiet zone of four light ones that must surround it.
type Code struct {
	Version int
	Size    int // modules on a side: 17 + 4·version
	Mask    int
	dark    []bool
	fixed   []bool // belongs to a pattern or to the format, and holds no data
}

// Dark tells whether the module in a row and column, counted from 0 at the top left, is dark.
func (c *Code) Dark(row, column int) bool { return c.dark[row*c.Size+column] }

// layout is how the codewords of a version at level M are split (table 9 of the standard).
type layout struct {
	check         int // error correction codewords of each block
	short, blocks int // data codewords of a short block, and how many of these there are
	long          int // blocks of one data codeword more
	align         []int
}

var layouts = [...]layout{1: {10, 16, 1, 0, nil}, {16, 28, 1, 0, []int{6, 18}}, {26, 44, 1, 0, []int{6, 22}}, {18, 32, 2, 0, []int{6, 26}},
	{24, 43, 2, 0, []int{6, 30}}, {16, 27, 4, 0, []int{6, 34}}, {18, 31, 4, 0, []int{6, 22, 38}}, {22, 38, 2, 2, []int{6, 24, 42}},
	{22, 36, 3, 2, []int{6, 26, 46}}, {26, 43, 4, 1, []int{6, 28, 50}}}

func (l layout) data() int { return l.short*l.blocks + (l.short+1)*l.long }

// New encodes a text in the smallest version that holds it, with the mask of the least penalty. A longer text is TooLong.
func New(text string) (*Code, error) {
	for v := 1; v < len(layouts); v++ {
		if head := 4 + counter(v); (head+8*len(text)+7)/8 <= layouts[v].data() {
			return draw(v, interleave(layouts[v], codewords(v, text))), nil
		}
	}
	return nil, TooLong(len(text))
}

// counter is the number of bits that say how long a text in byte mode is.
func counter(version int) int {
	if version < 10 {
		return 8
	}
	return 16
}

// codewords is the data of the code: mode, length, text, terminator and padding.
func codewords(version int, text string) []byte {
	var b bits
	b.put(0b0100, 4)
	b.put(len(text), counter(version))
	for i := range len(text) {
		b.put(int(text[i]), 8)
	}
	room := layouts[version].data()
	b.put(0, min(4, 8*room-b.n))
	out := b.bytes
	for pad := byte(0xEC); len(out) < room; pad ^= 0xEC ^ 0x11 {
		out = append(out, pad)
	}
	return out
}

// bits gathers bits, the highest first; what is missing of the last byte is zero.
type bits struct {
	bytes []byte
	n     int
}

func (b *bits) put(value, width int) {
	for i := width - 1; i >= 0; i-- {
		if b.n%8 == 0 {
			b.bytes = append(b.bytes, 0)
		}
		b.bytes[b.n/8] |= byte(value>>i&1) << (7 - b.n%8)
		b.n++
	}
}

// interleave splits data into blocks, adds the check codewords of each, and takes them in turn.
func interleave(l layout, data []byte) []byte {
	g := generator(l.check)
	var blocks, checks [][]byte
	for i := range l.blocks + l.long {
		n := l.short
		if i >= l.blocks {
			n++
		}
		blocks, checks = append(blocks, data[:n]), append(checks, remainder(data[:n], g))
		data = data[n:]
	}
	var out []byte
	for i := range l.short + 1 {
		for _, b := range blocks {
			if i < len(b) {
				out = append(out, b[i])
			}
		}
	}
	for i := range l.check {
		for _, c := range checks {
			out = append(out, c[i])
		}
	}
	return out
}

// times multiplies in the field of 256 elements of the standard: polynomials modulo x⁸+x⁴+x³+x²+1.
func times(a, b byte) byte {
	var p byte
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			p ^= a
		}
		carry := a & 0x80
		a <<= 1
		if carry != 0 {
			a ^= 0x1D
		}
	}
	return p
}

// generator is the coefficients of (x−2⁰)(x−2¹)…(x−2ⁿ⁻¹) without the first, which is 1.
func generator(n int) []byte {
	g := make([]byte, n)
	g[n-1] = 1
	root := byte(1)
	for range n {
		for i := range g {
			g[i] = times(g[i], root)
			if i+1 < n {
				g[i] ^= g[i+1]
			}
		}
		root = times(root, 2)
	}
	return g
}

// remainder is the check codewords of a block.
func remainder(data, g []byte) []byte {
	r := make([]byte, len(g))
	for _, d := range data {
		lead := d ^ r[0]
		copy(r, r[1:])
		r[len(r)-1] = 0
		for i := range r {
			r[i] ^= times(g[i], lead)
		}
	}
	return r
}
