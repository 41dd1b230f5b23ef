package qr

import (
	"fmt"
	"strings"
)

// Quiet is how many light modules must surround a code.
const Quiet = 4

// Path is the dark modules as the data of an SVG path, in modules, with the quiet zone: one stretch for each run in a row.
func (c *Code) Path() string {
	var b strings.Builder
	for row := range c.Size {
		for k := 0; k < c.Size; k++ {
			from := k
			for k < c.Size && c.Dark(row, k) {
				k++
			}
			if k > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+Quiet, row+Quiet, k-from, k-from)
			}
		}
	}
	return b.String()
}

// Side is the side of the square that Path lies in, in modules.
func (c *Code) Side() int { return c.Size + 2*Quiet }
