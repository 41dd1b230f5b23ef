package ooxml

import (
	"bytes"
	"encoding/xml"
	"strconv"
)

// tree writes XML: elements are opened and closed, or written at once. Names have their prefixes in them.
type tree struct {
	b    bytes.Buffer
	open []string
	head bool // the last start tag lacks its '>'
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func (t *tree) finish() {
	if t.head {
		t.b.WriteByte('>')
		t.head = false
	}
}

// start opens an element; attributes are pairs of name and value, and a pair with the value "" is left out.
func (t *tree) start(name string, attrs ...string) {
	t.finish()
	t.b.WriteByte('<')
	t.b.WriteString(name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		t.b.WriteByte(' ')
		t.b.WriteString(attrs[i])
		t.b.WriteString(`="`)
		escape(&t.b, attrs[i+1])
		t.b.WriteByte('"')
	}
	t.head = true
	t.open = append(t.open, name)
}

// end closes the element opened last.
func (t *tree) end() {
	name := t.open[len(t.open)-1]
	t.open = t.open[:len(t.open)-1]
	if t.head {
		t.b.WriteString("/>")
		t.head = false
		return
	}
	t.b.WriteString("</")
	t.b.WriteString(name)
	t.b.WriteByte('>')
}

// ends closes n elements.
func (t *tree) ends(n int) {
	for range n {
		t.end()
	}
}

// leaf is an element without content.
func (t *tree) leaf(name string, attrs ...string) {
	t.start(name, attrs...)
	t.end()
}

// with is an element around what fn writes.
func (t *tree) with(name string, fn func(), attrs ...string) {
	t.start(name, attrs...)
	fn()
	t.end()
}

// text is character data.
func (t *tree) text(s string) {
	t.finish()
	escape(&t.b, s)
}

// elem is an element with text.
func (t *tree) elem(name, s string, attrs ...string) {
	t.start(name, attrs...)
	t.text(s)
	t.end()
}

// raw is XML that is written already.
func (t *tree) raw(s string) {
	t.finish()
	t.b.WriteString(s)
}

// part is the whole as a file of a package.
func (t *tree) part() []byte {
	return append([]byte(xmlHead), t.b.Bytes()...)
}

func escape(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a bytes.Buffer takes everything
}

func num(n int) string { return strconv.Itoa(n) }

// float is a number as XML Schema writes it.
func float(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
