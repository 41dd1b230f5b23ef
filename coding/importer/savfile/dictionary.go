package savfile

import (
	"bytes"
	"encoding/binary"

	"golang.org/x/text/encoding"
)

// Compressions of the cases.
const (
	plain    = 0
	bytecode = 1
	zlibbed  = 2
)

// Limits beside those of a sheet.
const (
	maxElements = 1 << 20  // of eight bytes in a case
	maxLabels   = 1 << 20  // of values, in all
	maxCase     = 16 << 20 // bytes
)

// dictionary is what stands before the cases.
type dictionary struct {
	file        string
	order       binary.ByteOrder
	compression int32
	count       int64 // of cases, -1 when the file does not say
	bias        float64
	elements    []element
	vars        []*variable
	sysmis      float64
	low, high   float64 // what LOWEST and HIGHEST are in missing values

	codePage     int32
	encodingName string
	decoder      *encoding.Decoder // nil for UTF-8
	labels       []labelSet
	longNames    []byte
	veryLong     []byte
	longLabels   []byte
	longMissing  []byte
	sets         [][]byte
}

// element is eight bytes of a case as the dictionary numbers them: the first of a variable, or one that continues it.
type element struct{ v *variable }

// variable is a column: a number, or a string that may consist of several segments.
type variable struct {
	short, name string
	rawName     []byte
	rawLabel    []byte
	label       string
	width       int // bytes of a string, 0 for a number
	format      byte
	segments    []segment
	missing     missing
	values      []valueLabel
	gone        bool // a later segment of another variable
}

// segment is a part of a string: where it begins in the case, in bytes, and how long it is.
type segment struct{ at, width int }

// missing are the values that mean no answer.
type missing struct {
	ranged   bool
	from, to float64
	values   []float64
	texts    []string
}

// valueLabel is what a code means. raw is the value as stored.
type valueLabel struct {
	raw   []byte
	label []byte
}

// labelSet are labels and the elements that they are for.
type labelSet struct {
	labels   []valueLabel
	elements []int32
}

// readDictionary reads everything up to the first case.
func readDictionary(s *source) (*dictionary, error) {
	head, err := s.bytes(176)
	if err != nil {
		return nil, err
	}
	d := &dictionary{file: s.file}
	switch code := head[64:68]; {
	case bytes.Equal(code, []byte{2, 0, 0, 0}), bytes.Equal(code, []byte{3, 0, 0, 0}):
		d.order = binary.LittleEndian
	case bytes.Equal(code, []byte{0, 0, 0, 2}), bytes.Equal(code, []byte{0, 0, 0, 3}):
		d.order = binary.BigEndian
	default:
		return nil, damage{64}
	}
	s.order = d.order
	d.compression = int32(s.order.Uint32(head[72:]))
	d.count = int64(int32(s.order.Uint32(head[80:])))
	d.bias = s.float(head[84:])
	if d.compression < plain || d.compression > zlibbed {
		return nil, damage{72}
	}
	d.sysmis, d.high, d.low = -1.7976931348623157e308, 1.7976931348623157e308, -1.7976931348623155e308
	for {
		kind, err := s.int32()
		if err != nil {
			return nil, err
		}
		switch kind {
		case 2:
			err = d.readVariable(s)
		case 3:
			err = d.readLabels(s)
		case 6:
			var lines int32
			if err = s.ints(&lines); err == nil {
				err = s.skip(int64(lines) * 80)
			}
		case 7:
			err = d.readExtension(s)
		case 999:
			return d, s.skip(4)
		default:
			return nil, damage{s.at - 4}
		}
		if err != nil {
			return nil, err
		}
	}
}

// readVariable reads a record of type 2.
func (d *dictionary) readVariable(s *source) error {
	var kind, labelled, missings, print, write int32
	if err := s.ints(&kind, &labelled, &missings, &print, &write); err != nil {
		return err
	}
	name, err := s.bytes(8)
	if err != nil {
		return err
	}
	if kind < -1 || kind > 255 || missings < -3 || missings > 3 || len(d.elements) >= maxElements {
		return damage{s.at - 28}
	}
	v := &variable{rawName: bytes.TrimRight(name, " \x00"), width: int(max(kind, 0)), format: byte(print >> 16)}
	if labelled == 1 {
		var n int32
		if err := s.ints(&n); err != nil {
			return err
		}
		if n < 0 {
			return damage{s.at - 4}
		}
		text, err := s.bytes(padded(int64(n), 4))
		if err != nil {
			return err
		}
		v.rawLabel = text[:n]
	}
	if err := v.readMissing(s, missings); err != nil {
		return err
	}
	if kind == -1 { // continues a string
		if len(d.elements) == 0 {
			return damage{s.at}
		}
		d.elements = append(d.elements, d.elements[len(d.elements)-1])
		return nil
	}
	v.segments = []segment{{len(d.elements) * 8, v.width}}
	d.elements = append(d.elements, element{v})
	d.vars = append(d.vars, v)
	return nil
}

func (v *variable) readMissing(s *source, n int32) error {
	many := n
	if n < 0 {
		many = -n
	}
	raw, err := s.bytes(int64(many) * 8)
	if err != nil {
		return err
	}
	if v.width > 0 {
		for ; len(raw) > 0; raw = raw[8:] {
			v.missing.texts = append(v.missing.texts, string(bytes.TrimRight(raw[:8], " \x00")))
		}
		return nil
	}
	if n <= -2 {
		v.missing.ranged, v.missing.from, v.missing.to = true, s.float(raw), s.float(raw[8:])
		raw = raw[16:]
	}
	for ; len(raw) > 0; raw = raw[8:] {
		v.missing.values = append(v.missing.values, s.float(raw))
	}
	return nil
}

// readLabels reads a record of type 3 and the one of type 4 behind it.
func (d *dictionary) readLabels(s *source) error {
	var n int32
	if err := s.ints(&n); err != nil {
		return err
	}
	if n < 0 || n > maxLabels || int64(n)*16 > s.size-s.at {
		return damage{s.at - 4}
	}
	var set labelSet
	for range n {
		head, err := s.bytes(9)
		if err != nil {
			return err
		}
		size := int64(head[8])
		text, err := s.bytes(padded(size+1, 8) - 1)
		if err != nil {
			return err
		}
		set.labels = append(set.labels, valueLabel{head[:8], text[:size]})
	}
	var kind, count int32
	if err := s.ints(&kind, &count); err != nil {
		return err
	}
	if kind != 4 || count < 0 || int64(count)*4 > s.size-s.at {
		return damage{s.at - 8}
	}
	for range count {
		i, err := s.int32()
		if err != nil {
			return err
		}
		if i < 1 || int(i) > len(d.elements) {
			return damage{s.at - 4}
		}
		set.elements = append(set.elements, i-1)
	}
	d.labels = append(d.labels, set)
	return nil
}

// readExtension reads a record of type 7; those that say nothing for us are passed over.
func (d *dictionary) readExtension(s *source) error {
	var kind, size, count int32
	if err := s.ints(&kind, &size, &count); err != nil {
		return err
	}
	if size < 0 || count < 0 {
		return damage{s.at - 8}
	}
	data, err := s.bytes(int64(size) * int64(count))
	if err != nil {
		return err
	}
	switch kind {
	case 3:
		if size == 4 && count >= 8 {
			d.codePage = int32(s.order.Uint32(data[28:]))
		}
	case 4:
		if size == 8 && count >= 3 {
			d.sysmis, d.high, d.low = s.float(data), s.float(data[8:]), s.float(data[16:])
		}
	case 7, 19:
		d.sets = append(d.sets, data)
	case 13:
		d.longNames = data
	case 14:
		d.veryLong = data
	case 16:
		if size == 8 && count == 2 {
			if n := int64(s.order.Uint64(data[8:])); n >= 0 {
				d.count = n
			}
		}
	case 20:
		d.encodingName = string(bytes.TrimRight(data, " \x00"))
	case 21:
		d.longLabels = data
	case 22:
		d.longMissing = data
	}
	return nil
}
