package xlsxfile

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// errXML is text that is not well-formed XML, or has a document type definition, which workbooks may not have and in which
// XML bombs are made.
var errXML = errors.New("xlsxfile: not well-formed")

// maxDepth is the deepest nesting of elements.
const maxDepth = 200

// xmlCheck makes sure that a part is well-formed. excelize takes the first error in a sheet for its end, so whatever Go's
// XML reader would not take must be found before. It is many times faster than that reader.
type xmlCheck struct {
	state  state
	quote  byte   // that ends the attribute
	name   []byte // of the tag, entity or declaration being read
	open   []byte // names of the open elements, one after another
	starts []int  // where each begins
	roots  int
	run    int // of ']' or '-' or '?', to see what ends a section
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

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' // workbooks have no others
}

func nameChar(c byte) bool {
	return nameStart(c) || c >= '0' && c <= '9' || c == ':' || c == '-' || c == '.'
}

// tag is within a start tag, outside of attribute values.
func (x *xmlCheck) tag(c byte) bool {
	switch x.state {
	case inName:
		if nameChar(c) {
			x.name = append(x.name, c)
			return len(x.name) < 1000
		}
		if bytes.Count(x.name, []byte(":")) > 1 {
			return false
		}
		x.starts = append(x.starts, len(x.open))
		x.open = append(x.open, x.name...)
		if len(x.starts) > maxDepth {
			return false
		}
		x.state = inTag
		return x.tag(c)
	case inTag:
		switch {
		case isSpace(c):
		case c == '>':
			x.state = inText
		case c == '/':
			x.state = slash
		case nameStart(c):
			x.state, x.name = inAttr, append(x.name[:0], c)
		default:
			return false
		}
		return true
	case inAttr, afterAttr:
		switch {
		case c == '=':
			x.state = beforeVal
			return bytes.Count(x.name, []byte(":")) <= 1
		case isSpace(c):
			x.state = afterAttr
		case x.state == afterAttr || !nameChar(c):
			return false
		default:
			x.name = append(x.name, c)
		}
		return len(x.name) < 1000
	case beforeVal:
		if c == '"' || c == '\'' {
			x.state, x.quote = inVal, c
			return true
		}
		return isSpace(c)
	case slash:
		if c != '>' {
			return false
		}
		x.state = inText
		x.pop()
		return true
	}
	return false
}

func (x *xmlCheck) pop() {
	last := len(x.starts) - 1
	x.open, x.starts = x.open[:x.starts[last]], x.starts[:last]
	if last == 0 {
		x.roots++
	}
}

// value is within an attribute value or an entity.
func (x *xmlCheck) value(c byte) bool {
	if x.state == inVal {
		switch c {
		case x.quote:
			x.state = inTag
		case '&':
			x.state, x.name = inValRef, x.name[:0]
		case '<':
			return false
		}
		return true
	}
	if c != ';' {
		x.name = append(x.name, c)
		return len(x.name) < 10 && c > ' '
	}
	if x.state == inValRef {
		x.state = inVal
	} else {
		x.state = inText
	}
	return knownEntity(string(x.name))
}

func knownEntity(name string) bool {
	switch name {
	case "lt", "gt", "amp", "quot", "apos":
		return true
	}
	if len(name) < 2 || name[0] != '#' {
		return false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return err == nil && (n == '\t' || n == '\n' || n == '\r' || n >= ' ' && n <= 0xd7ff || n >= 0xe000 && n <= 0xfffd ||
		n >= 0x10000 && n <= 0x10ffff)
}

func (x *xmlCheck) end(c byte) bool {
	switch {
	case c == '>':
		if len(x.starts) == 0 || !bytes.Equal(x.open[x.starts[len(x.starts)-1]:], x.name) {
			return false
		}
		x.pop()
		x.state = inText
	case isSpace(c) && len(x.name) > 0:
		x.state = afterEnd
	case x.state == afterEnd || !nameChar(c):
		return false
	default:
		x.name = append(x.name, c)
		return len(x.name) < 1000
	}
	return true
}

// section is within a comment, CDATA, a processing instruction, or the beginning of one.
func (x *xmlCheck) section(c byte) bool {
	switch x.state {
	case inDecl:
		x.name = append(x.name, c)
		switch name := string(x.name); {
		case name == "--":
			x.state, x.run = inComment, 0
		case name == "[CDATA[":
			x.state, x.run = inCDATA, 0
		default:
			return len(name) < 7 && (name == "-" || name == "[CDATA["[:len(name)])
		}
	case inComment:
		return x.until('-', c, 2)
	case inCDATA:
		return x.until(']', c, 2)
	case inPI:
		if x.name = append(x.name, c); len(x.name) > 1000 {
			return false
		}
		return x.until('?', c, 1) && (x.state == inPI || soundPI(x.name[:len(x.name)-2]))
	}
	return true
}

var declaration = regexp.MustCompile(`^xml\s+version\s*=\s*["']1\.0["'](\s+encoding\s*=\s*["'][A-Za-z0-9._-]+["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*$`)

// soundPI tells whether a processing instruction has a name and, where it is the declaration, says XML 1.0.
func soundPI(text []byte) bool {
	if len(text) == 0 || !nameStart(text[0]) {
		return false
	}
	target := text
	if i := bytes.IndexAny(text, " \t\r\n"); i >= 0 {
		target = text[:i]
	}
	return bytes.IndexFunc(target, func(r rune) bool { return r >= utf8.RuneSelf || !nameChar(byte(r)) }) < 0 &&
		(string(target) != "xml" || declaration.Match(text))
}

// until ends a section at '>' behind the mark, which must stand there so many times.
func (x *xmlCheck) until(mark, c byte, times int) bool {
	switch {
	case c == mark:
		x.run++
		return true
	case c == '>' && x.run >= times:
		x.state, x.run = inText, 0
		return true
	}
	sound := x.state != inComment || x.run < 2 // '--' may not stand within a comment
	x.run = 0
	return sound
}
