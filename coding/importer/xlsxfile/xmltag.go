package xlsxfile

import (
	"bytes"
	"strconv"
)

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
		return x.count() && x.tag(c)
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

// count counts the cells of a row.
func (x *xmlCheck) count() bool {
	switch name := x.name[bytes.IndexByte(x.name, ':')+1:]; string(name) {
	case "row":
		x.cells = 0
	case "c":
		x.cells++
	case "f":
		x.odd = true
	}
	return x.cells <= maxCells
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
