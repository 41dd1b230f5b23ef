package savfile_test

import (
	"bytes"
	"encoding/binary"
	"math"
)

var orders = []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian}

const (
	sysmis  = -math.MaxFloat64
	highest = math.MaxFloat64
)

var lowest = math.Nextafter(-math.MaxFloat64, 0)

// writer writes SPSS files record by record, right or wrong.
type writer struct {
	order binary.AppendByteOrder
	buf   bytes.Buffer
	page  int32
}

func newWriter(order binary.AppendByteOrder) *writer { return &writer{order: order} }

func (w *writer) ints(list ...int32) {
	for _, n := range list {
		w.buf.Write(w.order.AppendUint32(nil, uint32(n)))
	}
}

func (w *writer) int64s(list ...int64) {
	for _, n := range list {
		w.buf.Write(w.order.AppendUint64(nil, uint64(n)))
	}
}

// values writes cells of numbers.
func (w *writer) values(list ...float64) {
	for _, x := range list {
		w.buf.Write(w.order.AppendUint64(nil, math.Float64bits(x)))
	}
}

// cell writes a string of up to eight bytes.
func (w *writer) cell(text []byte) { w.buf.Write(append(bytes.Clone(text), "        "[len(text):]...)) }

// number declares a variable of that format with missing values: n of them, -2 for a range.
func (w *writer) number(name string, format, n int32, missing ...float64) {
	w.ints(2, 0, 0, n, format<<16|8<<8, format<<16|8<<8)
	w.cell([]byte(name))
	w.values(missing...)
}

// text declares a string with a label.
func (w *writer) text(name string, width int32, label string) {
	w.ints(2, width, 1, 0, 1<<16|width<<8, 1<<16|width<<8)
	w.cell([]byte(name))
	w.ints(int32(len(label)))
	w.buf.WriteString(label)
	for w.buf.Len()%4 != 0 {
		w.buf.WriteByte(0)
	}
	for n := int32(8); n < width; n += 8 {
		w.ints(2, -1, 0, 0, 0, 0)
		w.cell(nil)
	}
}

func (w *writer) extension(kind, size int32, data []byte) {
	w.ints(7, kind, size, int32(len(data))/size)
	w.buf.Write(data)
}

func (w *writer) float64(sysmis, highest, lowest float64) {
	w.ints(7, 4, 8, 3)
	w.values(sysmis, highest, lowest)
}

func (w *writer) machine() {
	w.ints(7, 3, 4, 8)
	w.ints(20, 0, 0, -1, 1, 1, 2, w.page)
}

func (w *writer) end() { w.ints(999, 0) }

// bytes is the file with its header, uncompressed, saying that it has so many cases.
func (w *writer) bytes(cases int32) []byte {
	head := []byte("$FL2" + string(bytes.Repeat([]byte{' '}, 60)))
	for _, n := range []int32{2, 1, 0, 0, cases} {
		head = w.order.AppendUint32(head, uint32(n))
	}
	head = w.order.AppendUint64(head, math.Float64bits(100))
	head = append(head, bytes.Repeat([]byte{' '}, 176-len(head))...)
	return append(head, w.buf.Bytes()...)
}
