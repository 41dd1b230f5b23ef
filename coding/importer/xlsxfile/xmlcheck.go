package xlsxfile

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// errXML is text that is not well-formed XML, or has a document type definition, which workbooks may not have and in which
// XML bombs are made.
var errXML = errors.New("xlsxfile: not well-formed")

// The deepest nesting of elements, and the most cells in one row, which excelize keeps in memory together.
const (
	maxDepth = 200
	maxCells = 20_000
)

// xmlCheck makes sure that a part is well-formed. excelize takes the first error in a sheet for its end, so whatever Go's
// XML reader would not take must be found before. It is many times faster than that reader.
type xmlCheck struct {
	state  state
	quote  byte   // that ends the attribute
	name   []byte // of the tag, entity or declaration being read
	open   []byte // names of the open elements, one after another
	starts []int  // where each begins
	roots  int
	cells  int  // in the row
	odd    bool // it has formulas or errors of Excel's
	run    int  // of ']' or '-' or '?', to see what ends a section
}

type state uint8

const (
	inText    state = iota
	tagBegins       // after '<'
	inName          // of a start tag
	inTag           // between attributes
	inAttr          // name of an attribute
	afterAttr       // before '='
	beforeVal       // before the quotation mark
	inVal           // attribute value
	inValRef        // entity in it
	inTextRef       // entity in text
	slash           // after '/' of an empty element
	inEnd           // name of an end tag
	afterEnd        // spaces behind it
	inDecl          // '<!…' until it is clear what it is
	inComment
	inCDATA
	inPI
)

// check reads to the end. Errors of r come as they are.
func (x *xmlCheck) check(r io.Reader) error {
	buf := make([]byte, 128<<10)
	have := 0
	for {
		n, err := r.Read(buf[have:])
		block := buf[:have+n]
		last := err == io.EOF
		if err != nil && !last {
			return err
		}
		rest := 0
		if !last {
			rest = cutRune(block)
		} else if !utf8.Valid(block) {
			return errXML
		}
		whole := block[:len(block)-rest]
		if have == 0 && x.state == inText && x.roots == 0 {
			whole = bytes.TrimPrefix(whole, []byte("\xef\xbb\xbf"))
		}
		if !utf8.Valid(whole) {
			return errXML
		}
		for i := 0; i < len(whole); i++ {
			if x.state == inText {
				if x.run == 0 { // run straight to the next character that matters
					for i < len(whole) && plainText[whole[i]] {
						i++
					}
					if i == len(whole) {
						break
					}
				}
			}
			if !x.next(whole[i]) {
				return errXML
			}
		}
		if last {
			if x.state != inText || len(x.starts) > 0 || x.roots == 0 {
				return errXML
			}
			return nil
		}
		have = copy(buf, block[len(block)-rest:])
	}
}

// cutRune is how many bytes at the end of a block may be the beginning of a character.
func cutRune(block []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(block); n++ {
		if b := block[len(block)-n]; utf8.RuneStart(b) {
			if b >= 0xc0 && !utf8.FullRune(block[len(block)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

var plainText = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= ' ' && c != '<' && c != '&' && c != ']' || c == '\n' || c == '\r' || c == '\t'
	}
	return t
}()

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// next takes one byte; false when it may not stand there.
func (x *xmlCheck) next(c byte) bool {
	if c < ' ' && !isSpace(c) {
		return false
	}
	switch x.state {
	case inText:
		return x.text(c)
	case tagBegins:
		return x.begin(c)
	case inVal, inValRef, inTextRef:
		return x.value(c)
	case inEnd, afterEnd:
		return x.end(c)
	case inDecl, inComment, inCDATA, inPI:
		return x.section(c)
	}
	return x.tag(c)
}

func (x *xmlCheck) text(c byte) bool {
	switch c {
	case '<':
		x.state = tagBegins
	case '&':
		x.state, x.name = inTextRef, x.name[:0]
	case ']':
		x.run++
		return true
	case '>':
		if x.run >= 2 {
			return false
		}
	}
	x.run = 0
	return true
}

func (x *xmlCheck) begin(c byte) bool {
	x.name = x.name[:0]
	switch {
	case c == '/':
		x.state = inEnd
	case c == '!':
		x.state = inDecl
	case c == '?':
		x.state, x.run, x.name = inPI, 0, x.name[:0]
	case nameStart(c):
		x.name = append(x.name, c)
		x.state = inName
	default:
		return false
	}
	return true
}
