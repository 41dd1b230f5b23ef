package langid

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// class numbers the things a word can be; the first three are also the order
// of Guess.Scores.
const (
	classFi = iota
	classSv
	classEn
	classOther // any other language
	classes
)

// ErrModel is wrapped by every error of ReadModel.
var ErrModel = errors.New("language model unreadable")

const modelMagic = "AVLID\x01"

// Feature is one trained feature: its hash (see Features) and its weights for
// Finnish, Swedish and English in units of the model's scale. The weight for
// 'another language' is what makes the four add up to zero.
type Feature struct {
	Hash    uint32
	Weights [3]int8
}

// Model is a trained language model. It is safe for concurrent use.
//
// It is a hash table with open addressing, a power of two in size and at most
// three quarters full. The keys lie apart from the weights because most
// look-ups find nothing and need only the keys.
type Model struct {
	keys    []uint32 // hash+1; 0 is empty
	weights [][classes]int8
	scale   float64 // natural logarithm of odds per unit of weight
}

// EncodeModel writes features as a model file: the magic, the scale as a
// 32-bit float, the number of features, for each its hash as a difference
// from the one before and its three weights, and a CRC-32 of all that. The
// features are sorted in place. With an n-gram, those that it begins with must
// be among them (but for the lone boundary), or it will not be found.
func EncodeModel(scale float32, features []Feature) []byte {
	slices.SortFunc(features, func(a, b Feature) int { return int(a.Hash) - int(b.Hash) })
	out := []byte(modelMagic)
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	out = binary.AppendUvarint(out, uint64(len(features)))
	last := uint32(0)
	for _, f := range features {
		out = binary.AppendUvarint(out, uint64(f.Hash-last))
		out = append(out, byte(f.Weights[0]), byte(f.Weights[1]), byte(f.Weights[2]))
		last = f.Hash
	}
	return binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
}

// ReadModel reads what EncodeModel wrote. A file that is cut short, altered
// or of another version gives an error wrapping ErrModel.
func ReadModel(data []byte) (*Model, error) {
	body := len(data) - 4
	if body < len(modelMagic)+4 || string(data[:len(modelMagic)]) != modelMagic {
		return nil, fmt.Errorf("%w: not a model file of this version", ErrModel)
	}
	if crc32.ChecksumIEEE(data[:body]) != binary.LittleEndian.Uint32(data[body:]) {
		return nil, fmt.Errorf("%w: checksum differs", ErrModel)
	}
	data = data[len(modelMagic):body]
	scale := float64(math.Float32frombits(binary.LittleEndian.Uint32(data)))
	data = data[4:]
	count, n := binary.Uvarint(data)
	if n <= 0 || count > uint64(len(data)) || !(scale > 0 && scale < 1) {
		return nil, fmt.Errorf("%w: header out of range", ErrModel)
	}
	return readFeatures(data[n:], int(count), scale)
}

func readFeatures(data []byte, count int, scale float64) (*Model, error) {
	size := 4
	for size*3 < count*4 {
		size *= 2
	}
	m := &Model{keys: make([]uint32, size), weights: make([][classes]int8, size), scale: scale}
	hash := uint64(0)
	for i := range count {
		delta, n := binary.Uvarint(data)
		hash += delta
		if n <= 0 || len(data) < n+3 || hash >= 1<<hashBits || (i > 0 && delta == 0) {
			return nil, fmt.Errorf("%w: feature %d of %d", ErrModel, i+1, count)
		}
		at, _ := m.find(uint32(hash))
		m.keys[at] = uint32(hash) + 1
		m.weights[at] = balanced(int8(data[n]), int8(data[n+1]), int8(data[n+2]))
		data = data[n+3:]
	}
	if len(data) != 0 {
		return nil, fmt.Errorf("%w: %d bytes too many", ErrModel, len(data))
	}
	return m, nil
}

// balanced adds the weight for 'another language'.
func balanced(fi, sv, en int8) [classes]int8 {
	rest := -int(fi) - int(sv) - int(en)
	return [classes]int8{fi, sv, en, int8(max(math.MinInt8, min(math.MaxInt8, rest)))}
}

// find gives the place of a feature and whether it is there.
func (m *Model) find(hash uint32) (at uint32, found bool) {
	mask := uint32(len(m.keys) - 1)
	at = hash & mask
	for m.keys[at] != hash+1 && m.keys[at] != 0 {
		at = (at + 1) & mask
	}
	return at, m.keys[at] != 0
}

// tally is the evidence of one word for each class, in units of the scale.
type tally [classes]int32

func (t *tally) add(w [classes]int8) {
	t[0] += int32(w[0])
	t[1] += int32(w[1])
	t[2] += int32(w[2])
	t[3] += int32(w[3])
}

// weigh adds up the features of one folded word (see Features), and tells
// whether the word as a whole is one of them.
func (m *Model) weigh(letters []rune) (t tally, known bool) {
	var buf [maxWord + 2]rune
	padded := pad(&buf, letters)
	for i := range padded {
		h := uint32(gramSeed)
		for j, r := range padded[i:min(i+maxGram, len(padded))] {
			h = (h ^ uint32(r)) * hashPrime
			if j == 0 && (i == 0 || i == len(padded)-1) {
				continue // a lone boundary
			}
			at, found := m.find(mix(h))
			if !found {
				break // then no longer n-gram from here is a feature either
			}
			t.add(m.weights[at])
		}
	}
	at, known := m.find(wordHash(letters))
	if known {
		t.add(m.weights[at])
	}
	return t, known
}
