package csvfile

import (
	"bytes"
	"io"
)

// quoted cuts a row that has quotation marks and returns its length in b with the line end. It is io.ErrUnexpectedEOF when
// b ends within the row.
func (s *scanner) quoted(b []byte) (int, error) {
	s.cells, s.scratch = s.cells[:0], s.scratch[:0]
	s.stray, s.strayLines = -1, false
	pos := 0
	for {
		var err error
		if open := skipBlanks(b, pos, s.delim); open < len(b) && b[open] == '"' {
			pos, err = s.quotedCell(b, open)
		} else {
			pos, err = s.plainCell(b, pos)
		}
		if err != nil {
			return 0, err
		}
		if pos >= len(b) {
			return pos, nil
		}
		if b[pos] != s.delim || s.delim == 0 {
			if b[pos] == '\r' && !s.cr {
				pos++
			}
			return min(pos+1, len(b)), nil
		}
		pos++
	}
}

func skipBlanks(b []byte, pos int, delim byte) int {
	for pos < len(b) && b[pos] == ' ' && delim != ' ' {
		pos++
	}
	return pos
}

// plainCell reads a cell up to the delimiter or the line end, whose position it returns.
func (s *scanner) plainCell(b []byte, pos int) (int, error) {
	end := pos
	for ; end < len(b) && !s.ends(b, end); end++ {
		if b[end] == '"' && s.stray < 0 && s.delim != '\t' {
			s.stray = len(s.cells)
		}
	}
	if end == len(b) && !s.eof {
		return 0, io.ErrUnexpectedEOF
	}
	s.cells = append(s.cells, b[pos:end])
	return end, nil
}

// ends tells whether a delimiter or a line end is at pos.
func (s *scanner) ends(b []byte, pos int) bool {
	switch c := b[pos]; {
	case c == s.delim && s.delim != 0, c == s.end():
		return true
	case c == '\r':
		return pos+1 < len(b) && b[pos+1] == '\n' || pos+1 == len(b) && s.eof
	}
	return false
}

// quotedCell reads a cell whose quotation mark is at open. A quotation mark within that is not doubled is kept as text when
// the cell is closed later on the same line; otherwise the cell is taken as plain text that happens to begin with one.
func (s *scanner) quotedCell(b []byte, open int) (int, error) {
	from := len(s.scratch)
	pos := open + 1
	doubled, stray := false, false
	begin := pos
	for {
		i := bytes.IndexByte(b[pos:], '"')
		if i < 0 {
			s.opened = s.line + 1 + bytes.Count(b[:open], []byte{s.end()})
			return 0, io.ErrUnexpectedEOF
		}
		pos += i
		if pos+1 == len(b) && !s.eof {
			return 0, io.ErrUnexpectedEOF
		}
		if pos+1 < len(b) && b[pos+1] == '"' {
			s.scratch = append(s.scratch, b[begin:pos+1]...)
			doubled = true
			pos += 2
			begin = pos
			continue
		}
		after := skipBlanks(b, pos+1, s.delim)
		if after == len(b) && !s.eof {
			return 0, io.ErrUnexpectedEOF
		}
		if after == len(b) || s.ends(b, after) {
			cell := b[begin:pos]
			if doubled {
				s.scratch = append(s.scratch, cell...)
				cell = s.scratch[from:]
			}
			s.strayLines = s.strayLines || stray && bytes.IndexByte(b[open:pos], '\n') >= 0
			s.cells = append(s.cells, cell)
			return after, nil
		}
		closes, known := s.closesOnLine(b, pos+1)
		if !known {
			return 0, io.ErrUnexpectedEOF
		}
		if s.stray < 0 {
			s.stray = len(s.cells)
		}
		stray = true
		if !closes {
			if bytes.IndexByte(b[open:pos], '\n') >= 0 {
				s.strayLines = true
			}
			s.scratch = s.scratch[:from]
			return s.plainFrom(b, open, pos+1)
		}
		pos++
	}
}

// plainFrom ends a cell as plain text from its opening quotation mark to the first delimiter or line end at or after pos.
func (s *scanner) plainFrom(b []byte, open, pos int) (int, error) {
	end, err := s.plainCell(b, pos)
	if err != nil {
		return 0, err
	}
	s.cells[len(s.cells)-1] = b[open:end]
	return end, nil
}

// closesOnLine tells whether a quotation mark after pos and on the same line closes a cell before another opens one. It is
// not known when the line goes on beyond b.
func (s *scanner) closesOnLine(b []byte, pos int) (closes, known bool) {
	for ; pos < len(b); pos++ {
		if b[pos] == s.end() {
			return false, true
		}
		if b[pos] != '"' {
			continue
		}
		if s.delim != 0 && b[pos-1] == s.delim {
			return false, true
		}
		if pos+1 == len(b) {
			return s.eof, s.eof
		}
		if s.ends(b, pos+1) {
			return true, true
		}
	}
	return false, s.eof
}
