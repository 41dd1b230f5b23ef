package savfile

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// settle puts together what the records say of each variable: names, segments, labels and missing values.
func (d *dictionary) settle(want string) error {
	if len(d.vars) == 0 {
		return damage{176}
	}
	if len(d.elements)*8 > maxCase {
		return errLarge
	}
	if err := d.findEncoding(want); err != nil {
		return err
	}
	if math.IsNaN(d.bias) || math.Abs(d.bias) > 1e6 {
		return damage{84}
	}
	if !d.fits() {
		return damage{176}
	}
	short := map[string]*variable{}
	for _, v := range d.vars {
		v.short = d.decode(v.rawName)
		v.name, v.label = v.short, d.decode(v.rawLabel)
		short[strings.ToUpper(v.short)] = v
	}
	for part := range strings.SplitSeq(d.decode(d.longNames), "\t") {
		if name, long, ok := strings.Cut(part, "="); ok && short[strings.ToUpper(name)] != nil && long != "" {
			short[strings.ToUpper(name)].name = strings.Trim(long, " \x00")
		}
	}
	if err := d.joinSegments(short); err != nil {
		return err
	}
	d.shareLabels()
	byName := map[string]*variable{}
	for _, v := range d.vars {
		byName[strings.ToUpper(v.name)] = v
	}
	if err := d.readLongLabels(byName); err != nil {
		return err
	}
	return d.readLongMissing(byName)
}

// fits tells whether each string has as many elements as its width needs.
func (d *dictionary) fits() bool {
	for _, v := range d.vars {
		first := v.segments[0].at / 8
		last := first + (v.width+7)/8 - 1
		if last >= len(d.elements) || last >= first && d.elements[last].v != v {
			return false
		}
	}
	return true
}

// What a segment of a very long string may hold, and how much of the string's width it stands for.
const (
	segmentBytes = 255
	segmentWidth = 252
)

// joinSegments makes one variable of the several that a string over 255 bytes is stored as.
func (d *dictionary) joinSegments(short map[string]*variable) error {
	place := map[*variable]int{}
	for i, v := range d.vars {
		place[v] = i
	}
	for part := range bytes.SplitSeq(d.veryLong, []byte("\t")) {
		name, size, ok := strings.Cut(d.decode(bytes.Trim(part, "\x00 ")), "=")
		if !ok {
			continue
		}
		width, err := strconv.Atoi(strings.Trim(size, "\x00 "))
		v := short[strings.ToUpper(name)]
		if err != nil || v == nil || width <= segmentBytes || width > 32767*8 {
			continue
		}
		n := (width + segmentWidth - 1) / segmentWidth
		first := place[v]
		if v.width != segmentBytes || first+n > len(d.vars) {
			return damage{176}
		}
		for _, more := range d.vars[first+1 : first+n] {
			if more.width == 0 || more.gone {
				return damage{176}
			}
			more.gone = true
			v.segments = append(v.segments, more.segments[0])
		}
		v.width = width
	}
	var left []*variable
	for _, v := range d.vars {
		if !v.gone {
			left = append(left, v)
		}
	}
	d.vars = left
	return nil
}

// shareLabels gives value labels to their variables.
func (d *dictionary) shareLabels() {
	n := 0
	for _, set := range d.labels {
		for _, i := range set.elements {
			v := d.elements[i].v
			if n += len(set.labels); n > maxLabels || v.gone {
				continue
			}
			v.values = append(v.values, set.labels...)
		}
	}
}

// slice is a part of an extension record that says its own lengths.
type slice struct {
	d    *dictionary
	data []byte
	bad  bool
}

func (s *slice) int() int {
	b := s.take(4)
	if b == nil {
		return 0
	}
	return int(int32(s.d.order.Uint32(b)))
}

func (s *slice) take(n int) []byte {
	if n < 0 || n > len(s.data) || s.bad {
		s.bad = true
		return nil
	}
	b := s.data[:n]
	s.data = s.data[n:]
	return b
}

// readLongLabels reads the value labels of strings longer than eight bytes: name, width, and pairs of value and label.
func (d *dictionary) readLongLabels(names map[string]*variable) error {
	s := slice{d: d, data: d.longLabels}
	for len(s.data) > 0 {
		v := names[strings.ToUpper(d.decode(s.take(s.int())))]
		s.int()
		n := s.int()
		for range n {
			value, label := s.take(s.int()), s.take(s.int())
			if s.bad {
				return damage{176}
			}
			if v != nil && v.width > 0 {
				v.values = append(v.values, valueLabel{value, label})
			}
		}
		if s.bad {
			return damage{176}
		}
	}
	return nil
}

// readLongMissing reads the missing values of strings longer than eight bytes: name, how many, their length, and they.
func (d *dictionary) readLongMissing(names map[string]*variable) error {
	s := slice{d: d, data: d.longMissing}
	for len(s.data) > 0 {
		v := names[strings.ToUpper(d.decode(s.take(s.int())))]
		count := s.take(1)
		if s.bad {
			return damage{176}
		}
		size := s.int()
		for range count[0] {
			value := s.take(size)
			if s.bad {
				return damage{176}
			}
			if v != nil && v.width > 0 {
				v.missing.texts = append(v.missing.texts, string(bytes.TrimRight(value, " \x00")))
			}
		}
	}
	return nil
}
