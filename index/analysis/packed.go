package analysis

import "hash/maphash"

// packed is a large set of words in a seventh of the memory of a map: one text with a line for each word, and a table of where
// they begin. The nil one is empty.
type packed struct {
	text  string
	slots []uint32 // place of a word in text, plus one; 0 is a free slot
	seed  maphash.Seed
}

// pack makes the set of words that are the lines of text, each of them once.
func pack(text string, words int) *packed {
	size := 4
	for 2*size < 3*words {
		size *= 2
	}
	p := &packed{text: text, slots: make([]uint32, size), seed: maphash.MakeSeed()}
	for start := 0; start < len(text); {
		end := start
		for text[end] != '\n' {
			end++
		}
		p.slots[p.slot(text[start:end])] = uint32(start) + 1
		start = end + 1
	}
	return p
}

// slot is where a word is, or where it would be.
func (p *packed) slot(word string) int {
	last := uint64(len(p.slots) - 1)
	for i := maphash.String(p.seed, word) & last; ; i = (i + 1) & last {
		at := p.slots[i]
		if at == 0 {
			return int(i)
		}
		if rest := p.text[at-1:]; len(rest) > len(word) && rest[len(word)] == '\n' && rest[:len(word)] == word {
			return int(i)
		}
	}
}

func (p *packed) has(word string) bool { return p != nil && p.slots[p.slot(word)] != 0 }
