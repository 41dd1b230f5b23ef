package agreement

import (
	"encoding/binary"
	"math/bits"
)

// Set is the values that one coder gave one unit. Judged tells a coder who gave none from one who did not judge.
type Set struct {
	Values []int // from 0, in any order
	Judged bool
}

// Sets works out the coefficients of units, one row for each, to which a coder may give several values. Percent, the kappas,
// alpha and AC1 take a whole set as one value: two sets agree when they are equal. AlphaJaccard and AlphaMASI are alpha with
// a distance between sets: that of Jaccard, 1 − |A∩B|/|A∪B|, and that of Passonneau (2006), Measuring Agreement on Set-valued
// Items: 1 − |A∩B|/|A∪B| · M, where M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap otherwise and
// 0 where they are apart. Two empty sets are equal.
func Sets(units [][]Set) Result {
	m, distinct := numbered(units)
	r := Nominal(m)
	rated, values := m.rated()
	r.AlphaJaccard = alpha(rated, values, func(k, l int) float64 {
		both, either, _ := distinct.compare(k, l)
		return float64(both) / float64(either)
	})
	r.AlphaMASI = alpha(rated, values, func(k, l int) float64 {
		both, either, within := distinct.compare(k, l)
		if within {
			return 2. / 3 * float64(both) / float64(either)
		}
		return 1. / 3 * float64(both) / float64(either)
	})
	return r
}

// bitsets are sets as bits, each of so many words.
type bitsets struct {
	width int
	words []uint64
}

// compare counts what two unlike sets share and hold together, and tells whether one holds the other.
func (b bitsets) compare(k, l int) (both, either int, within bool) {
	var onlyK, onlyL uint64
	for i := range b.width {
		x, y := b.words[k*b.width+i], b.words[l*b.width+i]
		both += bits.OnesCount64(x & y)
		either += bits.OnesCount64(x | y)
		onlyK |= x &^ y
		onlyL |= y &^ x
	}
	return both, either, onlyK == 0 || onlyL == 0
}

// numbered gives each distinct set a number.
func numbered(units [][]Set) (Matrix, bitsets) {
	most := 0
	for _, row := range units {
		for _, s := range row {
			for _, v := range s.Values {
				most = max(most, v)
			}
		}
	}
	b := bitsets{width: most/64 + 1}
	known := map[string]int{}
	m := make(Matrix, len(units))
	words, key := make([]uint64, b.width), []byte(nil)
	for i, row := range units {
		m[i] = make([]int, len(row))
		for j, s := range row {
			if !s.Judged {
				m[i][j] = Missing
				continue
			}
			clear(words)
			for _, v := range s.Values {
				words[v/64] |= 1 << (v % 64)
			}
			key = key[:0]
			for _, w := range words {
				key = binary.LittleEndian.AppendUint64(key, w)
			}
			n, ok := known[string(key)]
			if !ok {
				n = len(known)
				known[string(key)] = n
				b.words = append(b.words, words...)
			}
			m[i][j] = n
		}
	}
	return m, b
}
