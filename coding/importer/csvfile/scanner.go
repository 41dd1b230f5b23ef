package csvfile

import (
	"bytes"
	"errors"
	"io"
)

// maxRecord is the longest row in bytes; what is longer most likely is an unclosed quotation mark.
const maxRecord = 32 << 20

var (
	errQuoteOpen = errors.New("csvfile: quotation mark is not closed")
	errRowLong   = errors.New("csvfile: row is too long")
)

// dialect is how a text table is written.
type dialect struct {
	delim  byte // 0 for a table of one column
	quotes bool // a cell may stand in quotation marks
	cr     bool // rows end in a lone carriage return
	skip   int  // bytes before the first row: the 'sep=' line
}

func (d dialect) name() string {
	if d.delim == 0 {
		return ""
	}
	return string(rune(d.delim))
}

func (d dialect) end() byte {
	if d.cr {
		return '\r'
	}
	return '\n'
}

// scanner splits text into rows and cells. It takes what Excel takes and notes what is irregular.
type scanner struct {
	dialect
	r          io.Reader
	buf        []byte
	start      int // of the next row in buf
	eof        bool
	cells      [][]byte // of the row; good until the next one
	scratch    []byte   // cells whose quotation marks were doubled
	row        int      // number of the row, blank rows counted as Excel does
	line       int      // lines before the next row
	opened     int      // line of the quotation mark that was not closed
	stray      int      // column of the first stray quotation mark, -1 for none
	strayLines bool     // a cell with a stray quotation mark goes over several lines
}

func newScanner(r io.Reader, d dialect) *scanner {
	return &scanner{dialect: d, r: r, buf: make([]byte, 0, 128<<10), stray: -1}
}

// next reads one row; io.EOF after the last.
func (s *scanner) next() error {
	s.stray, s.strayLines = -1, false
	for {
		rest := s.buf[s.start:]
		if len(rest) == 0 && s.eof {
			return io.EOF
		}
		end := bytes.IndexByte(rest, s.end())
		if end < 0 && !s.eof {
			if err := s.fill(); err != nil {
				return err
			}
			continue
		}
		next := end + 1
		if end < 0 {
			end, next = len(rest), len(rest)
		}
		if !s.quotes || bytes.IndexByte(rest[:end], '"') < 0 {
			s.split(rest[:end])
			s.start += next
			s.row++
			s.line++
			return nil
		}
		n, err := s.quoted(rest)
		if errors.Is(err, io.ErrUnexpectedEOF) && !s.eof {
			if err := s.fill(); err != nil {
				return err
			}
			continue
		}
		s.row++
		if err != nil {
			return errQuoteOpen
		}
		s.line += bytes.Count(rest[:n], []byte{s.end()})
		s.start += n
		return nil
	}
}

// fill reads more behind what is not used yet.
func (s *scanner) fill() error {
	rest := len(s.buf) - s.start
	if rest >= maxRecord {
		s.row++
		return errRowLong
	}
	if rest > cap(s.buf)/2 {
		grown := make([]byte, rest, 2*cap(s.buf))
		copy(grown, s.buf[s.start:])
		s.buf = grown
	} else {
		s.buf = s.buf[:copy(s.buf, s.buf[s.start:])]
	}
	s.start = 0
	for tries := 0; ; tries++ {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		switch {
		case err == io.EOF:
			s.eof = true
			return nil
		case err != nil:
			return err
		case n > 0:
			return nil
		case tries > 100:
			return io.ErrNoProgress
		}
	}
}

// split cuts a row without quotation marks.
func (s *scanner) split(line []byte) {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	s.cells = s.cells[:0]
	if s.delim != 0 {
		for {
			i := bytes.IndexByte(line, s.delim)
			if i < 0 {
				break
			}
			s.cells = append(s.cells, line[:i])
			line = line[i+1:]
		}
	}
	s.cells = append(s.cells, line)
}
