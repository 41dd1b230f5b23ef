package qr

// draw places the codewords of a version and chooses the mask.
func draw(version int, words []byte) *Code {
	c := &Code{Version: version, Size: 17 + 4*version}
	c.dark, c.fixed = make([]bool, c.Size*c.Size), make([]bool, c.Size*c.Size)
	c.patterns()
	c.place(words)
	best := -1
	for mask := range masks {
		c.invert(mask)
		c.format(mask)
		if p := c.penalty(); best < 0 || p < best {
			best, c.Mask = p, mask
		}
		c.invert(mask)
	}
	c.invert(c.Mask)
	c.format(c.Mask)
	return c
}

func (c *Code) set(row, column int, dark bool) {
	c.dark[row*c.Size+column], c.fixed[row*c.Size+column] = dark, true
}

// patterns draws what does not depend on the data: finders, timing, alignment, version; and keeps the format's place free.
func (c *Code) patterns() {
	n := c.Size
	for i := range n {
		c.set(6, i, i%2 == 0)
		c.set(i, 6, i%2 == 0)
	}
	for _, at := range [][2]int{{3, 3}, {3, n - 4}, {n - 4, 3}} {
		c.rings(at[0], at[1], 4, func(d int) bool { return d != 2 && d != 4 })
	}
	align := layouts[c.Version].align
	for i, row := range align {
		for j, column := range align {
			last := len(align) - 1
			if i == 0 && j == 0 || i == 0 && j == last || i == last && j == 0 {
				continue // the finders
			}
			c.rings(row, column, 2, func(d int) bool { return d != 1 })
		}
	}
	c.format(0)
	if c.Version < 7 {
		return
	}
	v := c.Version<<12 | bch(c.Version, 12, 0x1F25)
	for i := range 18 {
		dark, a, b := v>>i&1 == 1, n-11+i%3, i/3
		c.set(a, b, dark)
		c.set(b, a, dark)
	}
}

// rings draws squares around a centre; is tells which distances are dark.
func (c *Code) rings(row, column, reach int, is func(int) bool) {
	for y := -reach; y <= reach; y++ {
		for x := -reach; x <= reach; x++ {
			if r, k := row+y, column+x; r >= 0 && r < c.Size && k >= 0 && k < c.Size {
				c.set(r, k, is(max(y, -y, x, -x)))
			}
		}
	}
}

// bch is the check bits of a value: the remainder of value·2ⁿ by a polynomial of degree n.
func bch(value, n, polynomial int) int {
	r := value << n
	for i := 5; i >= 0; i-- {
		if r>>(n+i)&1 == 1 {
			r ^= polynomial << i
		}
	}
	return r
}

// format writes level M and a mask, twice.
func (c *Code) format(mask int) {
	f := (mask<<10 | bch(mask, 10, 0x537)) ^ 0x5412 // level M is 00
	n := c.Size
	for i := range 15 {
		dark := f>>i&1 == 1
		switch { // down the column beside the upper left finder, and back along its row
		case i < 6:
			c.set(i, 8, dark)
		case i < 8:
			c.set(i+1, 8, dark)
		case i == 8:
			c.set(8, 7, dark)
		default:
			c.set(8, 14-i, dark)
		}
		if i < 8 {
			c.set(8, n-1-i, dark)
		} else {
			c.set(n-15+i, 8, dark)
		}
	}
	c.set(n-8, 8, true)
}

// place fills the columns in pairs from the right, going up and down in turn.
func (c *Code) place(words []byte) {
	i, up := 0, true
	for right := c.Size - 1; right > 0; right -= 2 {
		if right == 6 {
			right--
		}
		for step := range c.Size {
			row := step
			if up {
				row = c.Size - 1 - step
			}
			for _, column := range [2]int{right, right - 1} {
				at := row*c.Size + column
				if c.fixed[at] {
					continue
				}
				c.dark[at] = i < 8*len(words) && words[i/8]>>(7-i%8)&1 == 1
				i++
			}
		}
		up = !up
	}
}

var masks = [8]func(i, j int) bool{
	func(i, j int) bool { return (i+j)%2 == 0 },
	func(i, j int) bool { return i%2 == 0 },
	func(i, j int) bool { return j%3 == 0 },
	func(i, j int) bool { return (i+j)%3 == 0 },
	func(i, j int) bool { return (i/2+j/3)%2 == 0 },
	func(i, j int) bool { return i*j%2+i*j%3 == 0 },
	func(i, j int) bool { return (i*j%2+i*j%3)%2 == 0 },
	func(i, j int) bool { return ((i+j)%2+i*j%3)%2 == 0 },
}

// invert turns the data modules that a mask names; a second time turns them back.
func (c *Code) invert(mask int) {
	for row := range c.Size {
		for column := range c.Size {
			if at := row*c.Size + column; !c.fixed[at] && masks[mask](row, column) {
				c.dark[at] = !c.dark[at]
			}
		}
	}
}

// penalty is how hard the code is to read, by the four rules of the standard.
func (c *Code) penalty() int {
	sum, dark := 0, 0
	for i := range c.Size {
		sum += c.line(func(k int) bool { return c.Dark(i, k) }) + c.line(func(k int) bool { return c.Dark(k, i) })
		for k := range c.Size {
			d := c.Dark(i, k)
			if d {
				dark++
			}
			if i > 0 && k > 0 && c.Dark(i-1, k) == d && c.Dark(i, k-1) == d && c.Dark(i-1, k-1) == d {
				sum += 3
			}
		}
	}
	off := dark*20 - c.Size*c.Size*10 // from one half, in twentieths
	return sum + max(off, -off)/(c.Size*c.Size)*10
}

// line is the penalty of one row or column: runs of five and more, and what looks like a finder beside four light modules.
func (c *Code) line(dark func(int) bool) int {
	sum, run := 0, 0
	history := 0
	for k := range c.Size {
		if k > 0 && dark(k) == dark(k-1) {
			run++
		} else {
			run = 1
		}
		if run == 5 {
			sum += 3
		} else if run > 5 {
			sum++
		}
		history = history << 1 & 0x7FF
		if dark(k) {
			history |= 1
		}
		if k >= 10 && (history == 0b10111010000 || history == 0b00001011101) {
			sum += 40
		}
	}
	return sum
}
