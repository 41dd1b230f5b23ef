package importer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
)

// chunkSize is how many bytes of rows are sealed at a time.
const chunkSize = 256 << 10

// spool keeps rows of cells in sealed chunks: in memory up to a budget, beyond it in a temporary file. A row is its number
// and then each cell as length and bytes, lengths and number as unsigned varints.
type spool struct {
	dir    string
	budget int64 // bytes that may stay in memory
	width  int   // cells in a row
	held   int64
	buf    []byte // the chunk being filled
	chunks []chunk
	file   *os.File
	end    int64 // of file
}

// chunk is sealed: text when it is in memory, else its place in the file.
type chunk struct {
	text string
	off  int64
	size int
}

func (s *spool) seal() error {
	if len(s.buf) == 0 {
		return nil
	}
	size := len(s.buf)
	if s.held+int64(size) <= s.budget {
		s.chunks = append(s.chunks, chunk{text: string(s.buf), size: size})
		s.held += int64(size)
		s.buf = s.buf[:0]
		return nil
	}
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "avokoodi-import-*")
		if err != nil {
			return fmt.Errorf("import: temporary file: %w", err)
		}
		// Survey answers must not stay on the disk after a crash. Where an open file can't be removed, close does it.
		_ = os.Remove(f.Name())
		s.file = f
	}
	if _, err := s.file.WriteAt(s.buf, s.end); err != nil {
		return fmt.Errorf("import: temporary file: %w", err)
	}
	s.chunks = append(s.chunks, chunk{off: s.end, size: size})
	s.end += int64(size)
	s.buf = s.buf[:0]
	return nil
}

func (s *spool) close() error {
	s.chunks, s.buf = nil, nil
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	err := f.Close()
	if rmErr := os.Remove(f.Name()); rmErr != nil && !errors.Is(rmErr, os.ErrNotExist) {
		err = errors.Join(err, rmErr)
	}
	return err
}

// text is a chunk's rows. What is read from the file is a new string each time, so that cells stay good for ever.
func (s *spool) text(c chunk) (string, error) {
	if c.text != "" {
		return c.text, nil
	}
	if s.file == nil {
		return "", errors.New("import: the sheet is closed")
	}
	var b strings.Builder
	b.Grow(c.size)
	if _, err := io.CopyN(&b, io.NewSectionReader(s.file, c.off, int64(c.size)), int64(c.size)); err != nil {
		return "", fmt.Errorf("import: temporary file: %w", err)
	}
	return b.String(), nil
}

// rows reads everything back, the first so many cells of each row. The slice of cells is used again for the next row.
func (s *spool) rows(first int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		cells := make([]string, s.width)
		for _, c := range s.chunks {
			text, err := s.text(c)
			if err != nil {
				yield(Row{}, err)
				return
			}
			for pos := 0; pos < len(text); {
				number, n := uvarint(text[pos:])
				pos += n
				for i := range cells {
					size, n := uvarint(text[pos:])
					pos += n
					cells[i] = text[pos : pos+size]
					pos += size
				}
				if !yield(Row{Number: number, Cells: cells[:first]}, nil) {
					return
				}
			}
		}
	}
}

// keep is a cell that may be kept while the sheet is open without keeping the whole chunk that was read from the file.
func (s *spool) keep(cell string) string {
	if s.file == nil {
		return cell
	}
	return strings.Clone(cell)
}

func uvarint(s string) (value, n int) {
	if s[0] < 0x80 {
		return int(s[0]), 1
	}
	var shift uint
	for n < binary.MaxVarintLen64 {
		b := s[n]
		n++
		if b < 0x80 {
			return value | int(b)<<shift, n
		}
		value |= int(b&0x7f) << shift
		shift += 7
	}
	panic("import: spool: bad length")
}
