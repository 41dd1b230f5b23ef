package analysis

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Sentinels for a dictionary that cannot be used. They arrive wrapped with the
// file and what was wrong; none of them is ever a panic.
var (
	ErrNotVFST    = errors.New("not a Voikko morphology file")
	ErrWeighted   = errors.New("weighted Voikko files are not supported")
	ErrDamaged    = errors.New("the file is damaged")
	ErrFormat     = errors.New("the dictionary has another format version")
	ErrNotFinnish = errors.New("it does not know common Finnish words")

	errNotFound   = errors.New("there is no Voikko dictionary on this machine")
	errNotRegular = errors.New("not a regular file")
	errTooLarge   = errors.New("larger than any Voikko dictionary")
)

const (
	vfstMagic1    = 0x00013A6E
	vfstMagic2    = 0x000351FA
	vfstHeader    = 16
	vfstRecord    = 8
	vfstFinal     = 0xFFFF
	vfstOverflow  = 255
	vfstMaxFlags  = 256
	vfstMaxValues = 1 << 15
)

// arc is one transition record, as in the file.
type arc struct {
	in, out uint16
	next    uint32 // target state; in a state's first record, the high byte counts the further ones
}

func (a arc) target() uint32 { return a.next & 0xFFFFFF }
func (a arc) more() uint32   { return a.next >> 24 }

// flag operations of finite-state toolkits.
const (
	flagSet = iota
	flagClear
	flagUnify
	flagRequire
	flagDisallow
)

// flagOp is a decoded flag diacritic. value -1 means "no value given".
type flagOp struct {
	op      uint8
	feature uint8
	value   int16
}

// transducer is a parsed, unweighted mor.vfst. It is immutable after
// parseVFST and safe for concurrent use; its memory is about the file's size.
type transducer struct {
	records   []arc
	symbols   []string
	runes     map[rune]uint16
	flags     []flagOp // by symbol, for symbols in [1, firstChar)
	firstChar uint16
	firstTag  uint16
	features  int
	sorted    bool // the arcs of every state are in the order of their symbols
}

// parseVFST decodes the bytes of a mor.vfst file. Every index the walk will
// follow is checked here, so that a damaged file is an error and not a crash.
func parseVFST(data []byte) (*transducer, error) {
	if len(data) < vfstHeader {
		return nil, fmt.Errorf("%w: %d bytes, the header alone takes %d", ErrNotVFST, len(data), vfstHeader)
	}
	le := binary.LittleEndian
	if le.Uint32(data) != vfstMagic1 || le.Uint32(data[4:]) != vfstMagic2 {
		return nil, fmt.Errorf("%w: wrong magic numbers", ErrNotVFST)
	}
	switch data[8] {
	case 0:
	case 1:
		return nil, ErrWeighted
	default:
		return nil, fmt.Errorf("%w: unknown kind %d in the header", ErrFormat, data[8])
	}
	t := &transducer{}
	end, err := t.parseSymbols(data)
	if err != nil {
		return nil, err
	}
	if err := t.parseRecords(data[end:]); err != nil {
		return nil, err
	}
	return t, nil
}

// parseSymbols reads the symbol table and returns the offset of the first
// transition.
func (t *transducer) parseSymbols(data []byte) (int, error) {
	pos := vfstHeader
	if len(data) < pos+2 {
		return 0, fmt.Errorf("%w: no symbol table", ErrDamaged)
	}
	count := int(binary.LittleEndian.Uint16(data[pos:]))
	pos += 2
	if count == 0 || count >= vfstFinal {
		return 0, fmt.Errorf("%w: %d symbols", ErrDamaged, count)
	}
	t.symbols = make([]string, count)
	t.runes = make(map[rune]uint16)
	for i := range count {
		n := bytes.IndexByte(data[pos:], 0)
		if n < 0 {
			return 0, fmt.Errorf("%w: the symbol table ends after %d of %d symbols", ErrDamaged, i, count)
		}
		t.symbols[i] = string(data[pos : pos+n])
		pos += n + 1
	}
	if err := t.classify(); err != nil {
		return 0, err
	}
	pos = (pos + vfstRecord - 1) / vfstRecord * vfstRecord
	if pos > len(data) {
		return 0, fmt.Errorf("%w: ends inside the symbol table", ErrDamaged)
	}
	return pos, nil
}

// classify finds the three blocks of symbols: flag diacritics, characters,
// tags.
func (t *transducer) classify() error {
	values := map[string]int16{}
	features := map[string]uint8{}
	i := 1
	t.flags = append(t.flags, flagOp{})
	for ; i < len(t.symbols) && isFlag(t.symbols[i]); i++ {
		op, err := parseFlag(t.symbols[i], features, values)
		if err != nil {
			return err
		}
		t.flags = append(t.flags, op)
	}
	t.firstChar, t.features = uint16(i), len(features)
	for ; i < len(t.symbols) && !strings.HasPrefix(t.symbols[i], "["); i++ {
		r, size := utf8.DecodeRuneInString(t.symbols[i])
		if size == 0 || size != len(t.symbols[i]) || r == utf8.RuneError {
			return fmt.Errorf("%w: symbol %d is not a single character", ErrDamaged, i)
		}
		t.runes[r] = uint16(i)
	}
	t.firstTag = uint16(i)
	return nil
}

func isFlag(s string) bool {
	return len(s) >= 5 && s[0] == '@' && s[2] == '.' && s[len(s)-1] == '@'
}

func parseFlag(s string, features map[string]uint8, values map[string]int16) (flagOp, error) {
	var f flagOp
	switch s[1] {
	case 'P':
		f.op = flagSet
	case 'C':
		f.op = flagClear
	case 'U':
		f.op = flagUnify
	case 'R':
		f.op = flagRequire
	case 'D':
		f.op = flagDisallow
	default:
		return f, fmt.Errorf("%w: unknown flag diacritic %q", ErrFormat, s)
	}
	name, value, given := strings.Cut(s[3:len(s)-1], ".")
	id, known := features[name]
	if !known {
		if len(features) == vfstMaxFlags-1 {
			return f, fmt.Errorf("%w: too many flag features", ErrDamaged)
		}
		id = uint8(len(features))
		features[name] = id
	}
	f.feature, f.value = id, -1
	if !given {
		return f, nil
	}
	v, known := values[value]
	if !known {
		if len(values) == vfstMaxValues-2 {
			return f, fmt.Errorf("%w: too many flag values", ErrDamaged)
		}
		v = int16(len(values) + 1) // 0 is "neutral"
		values[value] = v
	}
	f.value = v
	return f, nil
}

// parseRecords decodes the transitions and checks them.
func (t *transducer) parseRecords(data []byte) error {
	if len(data) < vfstRecord || len(data)%vfstRecord != 0 {
		return fmt.Errorf("%w: %d bytes of transitions are not whole records", ErrDamaged, len(data))
	}
	n := len(data) / vfstRecord
	t.records = make([]arc, n)
	le := binary.LittleEndian
	for i := range n {
		rec := data[i*vfstRecord:]
		t.records[i] = arc{in: le.Uint16(rec), out: le.Uint16(rec[2:]), next: le.Uint32(rec[4:])}
	}
	return t.check()
}

// span gives where the further records of state s begin and how many they are.
func (t *transducer) span(s uint32) (first, rest uint32, err error) {
	first, rest = s+1, t.records[s].more()
	if rest == vfstOverflow {
		if int(first) >= len(t.records) {
			return 0, 0, fmt.Errorf("%w: state %d has no overflow record", ErrDamaged, s)
		}
		o := t.records[first]
		rest = uint32(o.in) | uint32(o.out)<<16
		first++
	}
	if uint64(first)+uint64(rest) > uint64(len(t.records)) {
		return 0, 0, fmt.Errorf("%w: state %d reaches past the end", ErrDamaged, s)
	}
	return first, rest, nil
}
