package savfile

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"math"
	"os"

	"avokoodi/coding/importer"
)

var errLarge = errors.New("savfile: too large")

// caseReader gives the cases, eight bytes for each element. The bytes are good until the next case; io.EOF ends them.
type caseReader interface{ next() ([]byte, error) }

// cases reads the cases that follow the dictionary.
func (d *dictionary) cases(s *source, in *os.File, opts importer.Options) (caseReader, error) {
	size := len(d.elements) * 8
	switch d.compression {
	case bytecode:
		return d.newBytecode(&limited{r: s.r, left: math.MaxInt64}, size, opts.Unzipped()), nil
	case zlibbed:
		z, err := d.openBlocks(s, in)
		if err != nil {
			return nil, err
		}
		return d.newBytecode(&limited{r: z, left: opts.Unzipped()}, size, opts.Unzipped()), nil
	}
	return &plainCases{r: s.r, row: make([]byte, size)}, nil
}

type plainCases struct {
	r   io.Reader
	row []byte
}

func (p *plainCases) next() ([]byte, error) {
	_, err := io.ReadFull(p.r, p.row)
	return p.row, err
}

// limited ends with errLarge where a file unpacks to more than it may.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return n, errLarge
	}
	return n, err
}

// bytecodes unpacks cases of the simple compression: eight command bytes, then the values that they do not stand for.
type bytecodes struct {
	d    *dictionary
	r    io.Reader
	row  []byte
	left int64 // bytes of cases that may still come

	buf      []byte
	from, to int
	commands [8]byte
	at       int
	end      bool
	numbers  [256][8]byte
}

// The commands that are no numbers.
const (
	codePadding = 0
	codeEnd     = 252
	codeRaw     = 253
	codeSpaces  = 254
	codeSysmis  = 255
)

func (d *dictionary) newBytecode(r io.Reader, size int, most int64) *bytecodes {
	b := &bytecodes{d: d, r: r, row: make([]byte, size), left: most, buf: make([]byte, 64<<10), at: 8}
	for c := range b.numbers {
		d.order.PutUint64(b.numbers[c][:], math.Float64bits(float64(c)-d.bias))
	}
	copy(b.numbers[codeSpaces][:], "        ")
	d.order.PutUint64(b.numbers[codeSysmis][:], math.Float64bits(d.sysmis))
	return b
}

// eight gives the next eight bytes of the stream.
func (b *bytecodes) eight() ([]byte, error) {
	for b.to-b.from < 8 {
		copy(b.buf, b.buf[b.from:b.to])
		b.from, b.to = 0, b.to-b.from
		n, err := b.r.Read(b.buf[b.to:])
		b.to += n
		if err == io.EOF && b.to >= 8 {
			break
		}
		if err == io.EOF && b.to > 0 {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil && n == 0 {
			return nil, err
		}
	}
	b.from += 8
	return b.buf[b.from-8 : b.from], nil
}

func (b *bytecodes) next() ([]byte, error) {
	if b.left -= int64(len(b.row)); b.left < 0 {
		return nil, errLarge
	}
	for pos := 0; pos < len(b.row); {
		if b.at == 8 {
			next, err := b.eight()
			if err != nil || b.end {
				return nil, b.ended(pos, err)
			}
			copy(b.commands[:], next)
			b.at = 0
		}
		c := b.commands[b.at]
		b.at++
		switch c {
		case codePadding:
		case codeEnd:
			b.end = true
			return nil, b.ended(pos, io.EOF)
		case codeRaw:
			raw, err := b.eight()
			if err != nil {
				return nil, b.ended(1, err)
			}
			copy(b.row[pos:], raw)
			pos += 8
		default:
			*(*[8]byte)(b.row[pos:]) = b.numbers[c]
			pos += 8
		}
	}
	return b.row, nil
}

// ended is the error of a stream that ends at a place of a case: only between cases it may.
func (b *bytecodes) ended(pos int, err error) error {
	if err == io.EOF && pos > 0 {
		return io.ErrUnexpectedEOF
	}
	if err == nil {
		return io.EOF
	}
	return err
}

// openBlocks reads the zlib header and trailer and gives the blocks one behind the other.
func (d *dictionary) openBlocks(s *source, in *os.File) (io.Reader, error) {
	head, err := s.bytes(24)
	if err != nil {
		return nil, err
	}
	start, trailer, size := int64(d.order.Uint64(head)), int64(d.order.Uint64(head[8:])), int64(d.order.Uint64(head[16:]))
	if start != s.at-24 || trailer < s.at || size < 24 || size > s.size || trailer > s.size-size {
		return nil, damage{s.at - 24}
	}
	raw := make([]byte, size)
	if _, err := in.ReadAt(raw, trailer); err != nil {
		return nil, err
	}
	n := int64(int32(d.order.Uint32(raw[20:])))
	if n < 0 || 24+n*24 > size {
		return nil, damage{trailer}
	}
	b := &blocks{in: in}
	at := s.at
	for i := range n {
		entry := raw[24+i*24:]
		from, length := int64(d.order.Uint64(entry[8:])), int64(int32(d.order.Uint32(entry[20:])))
		if from != at || length < 0 || from+length > trailer {
			return nil, damage{trailer + 24 + i*24}
		}
		b.list = append(b.list, block{from, length})
		at = from + length
	}
	return b, nil
}

type block struct{ from, size int64 }

// blocks reads zlib streams one behind the other.
type blocks struct {
	in   *os.File
	list []block
	z    io.ReadCloser
}

func (b *blocks) Read(p []byte) (int, error) {
	for {
		if b.z == nil {
			if len(b.list) == 0 {
				return 0, io.EOF
			}
			z, err := zlib.NewReader(io.NewSectionReader(b.in, b.list[0].from, b.list[0].size))
			if err != nil {
				return 0, b.broken(err)
			}
			b.z = z
		}
		n, err := b.z.Read(p)
		if err == io.EOF {
			b.z, b.list, err = nil, b.list[1:], nil
			if n == 0 {
				continue
			}
		}
		return n, b.broken(err)
	}
}

// broken is the damage of a block that is no zlib stream.
func (b *blocks) broken(err error) error {
	if errors.Is(err, zlib.ErrHeader) || errors.Is(err, zlib.ErrChecksum) || errors.Is(err, zlib.ErrDictionary) || errors.Is(err, io.ErrUnexpectedEOF) ||
		err != nil && bytes.HasPrefix([]byte(err.Error()), []byte("flate:")) {
		return damage{b.list[0].from}
	}
	return err
}
