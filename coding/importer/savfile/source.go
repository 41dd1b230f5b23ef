package savfile

import (
	"bufio"
	"encoding/binary"
	"io"
	"math"
)

// source reads a file in order and knows where it is, so that no length is believed that goes beyond its end.
type source struct {
	r     *bufio.Reader
	at    int64
	size  int64
	file  string
	order binary.ByteOrder
}

// bytes reads n bytes, which are new each time.
func (s *source) bytes(n int64) ([]byte, error) {
	if n < 0 || n > s.size-s.at {
		return nil, damage{s.at}
	}
	buf := make([]byte, n)
	if _, err := io.ReadFull(s.r, buf); err != nil {
		return nil, err
	}
	s.at += n
	return buf, nil
}

func (s *source) skip(n int64) error {
	if n < 0 || n > s.size-s.at {
		return damage{s.at}
	}
	s.at += n
	_, err := io.CopyN(io.Discard, s.r, n)
	return err
}

func (s *source) int32() (int32, error) {
	b, err := s.bytes(4)
	if err != nil {
		return 0, err
	}
	return int32(s.order.Uint32(b)), nil
}

// ints reads several numbers.
func (s *source) ints(to ...*int32) error {
	for _, p := range to {
		n, err := s.int32()
		if err != nil {
			return err
		}
		*p = n
	}
	return nil
}

func (s *source) float(b []byte) float64 { return math.Float64frombits(s.order.Uint64(b)) }

// padded is n rounded up to a multiple of to.
func padded(n, to int64) int64 { return (n + to - 1) / to * to }
