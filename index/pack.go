package index

// A posting of a text field carries, where Bleve expects the term's frequency, the places of the words that have the
// term, packed into one number. Term vectors would do the same, at twice the size of the whole index.
//
// The lowest bit tells two forms apart:
//
//	0: one place, in the bits above;
//	1: several places, each as its distance from the one before, in groups of four bits from the lowest up: three bits of
//	   the distance and one that says that more of it follows. A group of zero ends the list.
//
// A place is the word's position in the text, from 1. What does not fit goes to a further term; see spill.

const (
	groupBits  = 4
	firstGroup = 1  // bits before the first group
	packBits   = 61 // zap shifts the number up by one, and 1<<62 must not be reached
)

// pack adds a place behind those in packed (0 for none). It returns false when there is no room.
func pack(packed uint64, place int) (uint64, bool) {
	if packed == 0 {
		return uint64(place) << 1, true
	}
	shift, last := firstGroup, 0
	out := packed
	if packed&1 == 0 {
		out, shift = putGap(1, firstGroup, int(packed>>1))
		last = int(packed >> 1)
	} else {
		for gap, next := takeGap(packed, shift); gap > 0; gap, next = takeGap(packed, shift) {
			last += gap
			shift = next
		}
	}
	if shift < 0 || shift+gapBits(place-last) > packBits {
		return packed, false
	}
	out, _ = putGap(out, shift, place-last)
	return out, true
}

// unpack appends the places in packed to places.
func unpack(places []int, packed uint64) []int {
	if packed&1 == 0 {
		return append(places, int(packed>>1))
	}
	last := 0
	for gap, shift := takeGap(packed, firstGroup); gap > 0; gap, shift = takeGap(packed, shift) {
		last += gap
		places = append(places, last)
	}
	return places
}

// occurrences is the number of places in packed.
func occurrences(packed uint64) int {
	if packed&1 == 0 {
		return 1
	}
	n := 0
	for gap, shift := takeGap(packed, firstGroup); gap > 0; gap, shift = takeGap(packed, shift) {
		n++
	}
	return n
}

func gapBits(gap int) int {
	n := 0
	for ; gap > 0; gap >>= groupBits - 1 {
		n += groupBits
	}
	return n
}

// putGap writes a gap at shift and returns where the next one goes; -1 when it does not fit.
func putGap(packed uint64, shift, gap int) (uint64, int) {
	if shift+gapBits(gap) > packBits {
		return packed, -1
	}
	for gap > 0 {
		group := uint64(gap & 7)
		gap >>= groupBits - 1
		if gap > 0 {
			group |= 8
		}
		packed |= group << shift
		shift += groupBits
	}
	return packed, shift
}

// takeGap reads the gap at shift, 0 at the end, and where the next one stands.
func takeGap(packed uint64, shift int) (gap, next int) {
	for bit := 0; shift < 64; bit += groupBits - 1 {
		group := packed >> shift & 15
		gap |= int(group&7) << bit
		shift += groupBits
		if group&8 == 0 {
			break
		}
	}
	return gap, shift
}
