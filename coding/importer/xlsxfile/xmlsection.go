package xlsxfile

import (
	"bytes"
	"regexp"
	"unicode/utf8"
)

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
	if c == '>' && x.run >= times {
		x.state, x.run = inText, 0
		return true
	}
	if x.state == inComment && x.run >= times { // '--' may stand nowhere else, and '--->' ends nothing
		return false
	}
	if x.run++; c != mark {
		x.run = 0
	}
	return true
}
